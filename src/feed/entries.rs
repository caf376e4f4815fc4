//! Entries of the document's lists → the model.

use super::check;
use super::error::ErrorKind;
use super::json::Token;
use super::model::{
    Category, Cluster, Code, Coverage, Feed, Grade, HistoryPoint, Level, Milestone, Region,
    RegionRef, Role, Teams, Tone,
};
use super::notice::{Draft, Problem};
use super::order::order;
use super::reader::{Object, Reader};
use super::shape::{
    category, cluster, coverage, grade, history_point, milestone, region, role, teams,
};

const LEVELS: [Level; 5] = [
    Level::Province,
    Level::City,
    Level::District,
    Level::Zone,
    Level::Town,
];

const TONES: [Tone; 3] = [Tone::Good, Tone::Warn, Tone::Bad];

/// An entry of the document that no other may repeat.
#[derive(Clone, Copy, Default)]
pub(super) struct Key {
    /// What it must not repeat, as a number; 0 where it says nothing.
    pub(super) number: u64,
    /// Where the entry begins, and where it says so.
    start: usize,
    at: usize,
    /// An earlier one says the same.
    pub(super) repeated: bool,
}

impl Reader<'_> {
    pub(super) fn regions(&mut self, feed: &mut Feed, keys: &mut Vec<Key>) {
        feed.regions.reserve_exact(self.ahead());
        self.each(
            region::NAMES,
            ErrorKind::TooManyRegions,
            &mut |reader, object| {
                let mut region = Region::default();
                while let Some(field) = reader.field(object, Some(&mut region.progress)) {
                    match field {
                        region::code => region.code = reader.code(),
                        region::level => {
                            let words = "province city district zone town";
                            let word = reader.word(words, Problem::UnknownLevel);
                            region.level = word.and_then(|word| LEVELS.get(word).copied());
                        }
                        region::parent => region.parent = reader.code(),
                        region::point => region.point = reader.point(),
                        region::tags => reader.texts(&mut region.tags),
                        region::batch => reader.text(&mut region.batch),
                        _ => reader.history(&mut region.history),
                    }
                }
                let code = Code::number(region.code);
                if reader.name.is_none()
                    && let Some(code) = region.code
                {
                    reader.note(Problem::NameMissing);
                    reader.name = Some(code.text());
                }
                if !reader.named(object, &mut region.name) {
                    return;
                }
                if code > 0 && code == Code::number(region.parent) {
                    let at = object.at(region::parent);
                    reader.tell(at, Problem::OwnParent, String::new());
                    region.parent = None;
                }
                check::progress(reader, object, &region.progress);
                feed.regions.push(region);
                keys.push(Key::of(code, object, region::code));
            },
        );
    }

    fn point(&mut self) -> Option<[f64; 2]> {
        let mut point = [f64::NAN; 2];
        let token = self.scan.value(true);
        if token == Token::List {
            let mut list = self.opened(true, ErrorKind::TooManyEntries);
            while self.entry(&mut list) {
                self.scalar();
                match point.get_mut(list.count.saturating_sub(1)) {
                    Some(slot) => *slot = self.scan.number,
                    None => point = [f64::NAN; 2],
                }
            }
        } else {
            self.leave(token);
        }
        // What is no number is not within any bound.
        let [lon, lat] = point;
        let found = lon.abs() <= 180.0 && lat.abs() <= 90.0;
        self.unless(found, token, Problem::BadPoint);
        found.then_some(point)
    }

    pub(super) fn texts(&mut self, texts: &mut Vec<String>) {
        let mut list = self.list(ErrorKind::TooManyEntries);
        while self.entry(&mut list) {
            match self.scalar() {
                Token::Text => texts.extend(self.clean()),
                _ => self.note(Problem::ExpectedText),
            }
        }
    }

    /// Reads a history: oldest first; of one day, the earlier in the document.
    pub(super) fn history(&mut self, history: &mut Vec<HistoryPoint>) {
        let mut points = Vec::new();
        let mut keys = Vec::new();
        self.each(
            history_point::NAMES,
            ErrorKind::TooManyHistoryPoints,
            &mut |reader, object| {
                let mut point = HistoryPoint::default();
                let mut as_of = None;
                while reader.field(object, Some(&mut point.progress)).is_some() {
                    as_of = reader.as_of();
                }
                if reader.absent(object, history_point::as_of) {
                    reader.left_out(object, "as_of");
                }
                if let Some(as_of) = as_of {
                    point.as_of = as_of;
                    check::progress(reader, object, &point.progress);
                    points.push(Some(point));
                    let day = as_of.date.number();
                    keys.push(Key::of(day, object, history_point::as_of));
                }
            },
        );
        history.reserve_exact(points.len());
        for index in self.repeated(&mut keys, Problem::DuplicateDay) {
            let first = keys.get(index).is_some_and(|key| !key.repeated);
            history.extend(
                points
                    .get_mut(index)
                    .and_then(Option::take)
                    .filter(|_| first),
            );
        }
    }

    /// Marks and lists the entries whose number stands in the document already; their order by
    /// number.
    pub(super) fn repeated(&mut self, keys: &mut [Key], problem: Problem) -> Vec<usize> {
        // They stand in the document's order, and equal ones keep it.
        // Codes and days are numbers that are exact so.
        let order = order(keys.len(), &|index| {
            keys.get(index).map_or(0.0, |key| key.number as f64)
        });
        let mut first = Key::default();
        for &index in &order {
            let Some(key) = keys.get_mut(index) else {
                continue;
            };
            // Two that say nothing are not the same.
            key.repeated = key.number != 0 && key.number == first.number;
            if key.repeated {
                self.notices.add(Draft {
                    at: key.at,
                    first: first.start,
                    problem,
                    detail: String::new(),
                });
            } else {
                first = *key;
            }
        }
        order
    }

    pub(super) fn categories(&mut self, categories: &mut Vec<Category>) {
        self.each(
            category::NAMES,
            ErrorKind::TooManyEntries,
            &mut |reader, object| {
                let mut category = Category::default();
                let mut id = None;
                while reader.field(object, Some(&mut category.progress)).is_some() {
                    reader.text(&mut id);
                }
                reader.name = reader.name.take().or_else(|| id.clone());
                if reader.named(object, &mut category.name) {
                    category.id = id.unwrap_or_else(|| category.name.clone());
                    check::progress(reader, object, &category.progress);
                    categories.push(category);
                }
            },
        );
    }

    pub(super) fn milestones(&mut self, milestones: &mut Vec<Milestone>) {
        self.each(
            milestone::NAMES,
            ErrorKind::TooManyEntries,
            &mut |reader, object| {
                let (mut date, mut done, mut deadline) = (None, None, None);
                let mut name = String::new();
                while let Some(field) = reader.field(object, None) {
                    match field {
                        milestone::date => date = reader.as_of(),
                        milestone::done => done = reader.flag(),
                        _ => deadline = reader.flag(),
                    }
                }
                if !reader.named(object, &mut name) {
                    return;
                }
                if reader.absent(object, milestone::date) {
                    reader.missing("date");
                }
                if let Some(date) = date {
                    milestones.push(Milestone {
                        date,
                        name,
                        done,
                        deadline: deadline == Some(true),
                    });
                }
            },
        );
    }

    pub(super) fn clusters(&mut self, clusters: &mut Vec<Cluster>) {
        self.each(
            cluster::NAMES,
            ErrorKind::TooManyEntries,
            &mut |reader, object| {
                let mut cluster = Cluster::default();
                while let Some(field) = reader.field(object, None) {
                    match field {
                        cluster::lead => cluster.lead = reader.region_ref(),
                        cluster::members => reader.region_refs(&mut cluster.members),
                        _ => cluster.region = reader.region_ref(),
                    }
                }
                if reader.named(object, &mut cluster.name) {
                    clusters.push(cluster);
                }
            },
        );
    }

    /// Regions by code or name.
    fn region_refs(&mut self, regions: &mut Vec<RegionRef>) {
        let mut list = self.list(ErrorKind::TooManyEntries);
        while self.entry(&mut list) {
            if self.text.as_bytes().get(self.at) == Some(&b'n') {
                self.scan.skip();
                self.note(Problem::ExpectedText);
            } else {
                regions.extend(self.region_ref());
            }
        }
    }

    pub(super) fn coverage(&mut self, all: &mut Vec<Coverage>) {
        self.each(
            coverage::NAMES,
            ErrorKind::TooManyEntries,
            &mut |reader, object| {
                let mut coverage = Coverage::default();
                while let Some(field) = reader.field(object, None) {
                    match field {
                        coverage::done => reader.count(&mut coverage.done),
                        coverage::of => reader.count(&mut coverage.of),
                        _ => reader.region_refs(&mut coverage.regions),
                    }
                }
                if reader.named(object, &mut coverage.name) {
                    check::coverage(reader, object, &coverage);
                    all.push(coverage);
                }
            },
        );
    }

    pub(super) fn teams(&mut self) -> Option<Teams> {
        let mut object = Object::new(teams::NAMES);
        if !self.open(&mut object, false) {
            return None;
        }
        let mut teams = Teams::default();
        while let Some(field) = self.field(&mut object, None) {
            match field {
                teams::activities => self.count(&mut teams.activities),
                teams::attendances => self.count(&mut teams.attendances),
                teams::problems_solved => self.count(&mut teams.problems_solved),
                _ => self.roles(&mut teams.roles),
            }
        }
        check::teams(self, &object, &teams);
        Some(teams)
    }

    fn roles(&mut self, roles: &mut Vec<Role>) {
        self.each(
            role::NAMES,
            ErrorKind::TooManyEntries,
            &mut |reader, object| {
                let mut role = Role::default();
                while reader.field(object, None).is_some() {
                    reader.count(&mut role.attendances);
                }
                if reader.named(object, &mut role.name) {
                    roles.push(role);
                }
            },
        );
    }

    pub(super) fn grades(&mut self, grades: &mut Vec<Grade>) {
        self.each(
            grade::NAMES,
            ErrorKind::TooManyEntries,
            &mut |reader, object| {
                let mut grade = Grade::default();
                while let Some(field) = reader.field(object, None) {
                    if field == grade::count {
                        reader.count(&mut grade.count);
                    } else {
                        let tone = reader.word("good warn bad", Problem::UnknownTone);
                        grade.tone = tone.and_then(|tone| TONES.get(tone).copied());
                    }
                }
                if reader.named(object, &mut grade.name) {
                    grades.push(grade);
                }
            },
        );
    }
}

impl Key {
    /// Of an object that has been read; its number stands in that field.
    fn of(number: u64, object: &Object, field: usize) -> Key {
        Key {
            number,
            start: object.start,
            at: object.at(field),
            repeated: false,
        }
    }
}
