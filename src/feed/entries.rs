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
        let mut object = self.objects(region::NAMES, ErrorKind::TooManyRegions);
        feed.regions.reserve_exact(self.ahead(&object));
        while self.next(&mut object) {
            let mut region = Region::default();
            while let Some(field) = self.field(&mut object, Some(&mut region.progress)) {
                match field {
                    region::code => region.code = self.code(),
                    region::level => {
                        let words = "province city district zone town";
                        let word = self.word(words, Problem::UnknownLevel);
                        region.level = word.and_then(|word| LEVELS.get(word).copied());
                    }
                    region::parent => region.parent = self.code(),
                    region::point => region.point = self.point(),
                    region::tags => self.texts(&mut region.tags),
                    region::batch => self.text(&mut region.batch),
                    _ => self.history(&mut region.history),
                }
            }
            let code = Code::number(region.code);
            if self.name.is_none()
                && let Some(code) = region.code
            {
                self.note(Problem::NameMissing);
                self.name = Some(code.text());
            }
            let Some(name) = self.named(&object) else {
                continue;
            };
            region.name = name;
            if code > 0 && code == Code::number(region.parent) {
                let at = object.at(region::parent);
                self.tell(at, Problem::OwnParent, String::new());
                region.parent = None;
            }
            check::progress(self, &object, &region.progress);
            feed.regions.push(region);
            keys.push(Key::of(code, &object, region::code));
        }
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
        let mut object = self.objects(history_point::NAMES, ErrorKind::TooManyHistoryPoints);
        let mut points = Vec::new();
        let mut keys = Vec::new();
        while self.next(&mut object) {
            let mut point = HistoryPoint::default();
            let mut as_of = None;
            while self.field(&mut object, Some(&mut point.progress)).is_some() {
                as_of = self.as_of();
            }
            if self.absent(&object, history_point::as_of) {
                self.left_out(&object, "as_of");
            }
            if let Some(as_of) = as_of {
                point.as_of = as_of;
                check::progress(self, &object, &point.progress);
                points.push(Some(point));
                let day = as_of.date.number();
                keys.push(Key::of(day, &object, history_point::as_of));
            }
        }
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
                self.list_draft(Draft {
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
        let mut object = self.objects(category::NAMES, ErrorKind::TooManyEntries);
        while self.next(&mut object) {
            let mut category = Category::default();
            let mut id = None;
            while self
                .field(&mut object, Some(&mut category.progress))
                .is_some()
            {
                self.text(&mut id);
            }
            self.name = self.name.take().or_else(|| id.clone());
            if let Some(name) = self.named(&object) {
                category.id = id.unwrap_or_else(|| name.clone());
                category.name = name;
                check::progress(self, &object, &category.progress);
                categories.push(category);
            }
        }
    }

    pub(super) fn milestones(&mut self, milestones: &mut Vec<Milestone>) {
        let mut object = self.objects(milestone::NAMES, ErrorKind::TooManyEntries);
        while self.next(&mut object) {
            let (mut date, mut done, mut deadline) = (None, None, None);
            while let Some(field) = self.field(&mut object, None) {
                match field {
                    milestone::date => date = self.as_of(),
                    milestone::done => done = self.flag(),
                    _ => deadline = self.flag(),
                }
            }
            let Some(name) = self.named(&object) else {
                continue;
            };
            if self.absent(&object, milestone::date) {
                self.missing("date");
            }
            if let Some(date) = date {
                milestones.push(Milestone {
                    date,
                    name,
                    done,
                    deadline: deadline == Some(true),
                });
            }
        }
    }

    pub(super) fn clusters(&mut self, clusters: &mut Vec<Cluster>) {
        let mut object = self.objects(cluster::NAMES, ErrorKind::TooManyEntries);
        while self.next(&mut object) {
            let mut cluster = Cluster::default();
            while let Some(field) = self.field(&mut object, None) {
                match field {
                    cluster::lead => cluster.lead = self.region_ref(),
                    cluster::members => self.region_refs(&mut cluster.members),
                    _ => cluster.region = self.region_ref(),
                }
            }
            if let Some(name) = self.named(&object) {
                cluster.name = name;
                clusters.push(cluster);
            }
        }
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
        let mut object = self.objects(coverage::NAMES, ErrorKind::TooManyEntries);
        while self.next(&mut object) {
            let mut coverage = Coverage::default();
            while let Some(field) = self.field(&mut object, None) {
                match field {
                    coverage::done => self.count(&mut coverage.done),
                    coverage::of => self.count(&mut coverage.of),
                    _ => self.region_refs(&mut coverage.regions),
                }
            }
            if let Some(name) = self.named(&object) {
                coverage.name = name;
                check::coverage(self, &object, &coverage);
                all.push(coverage);
            }
        }
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
        let mut object = self.objects(role::NAMES, ErrorKind::TooManyEntries);
        while self.next(&mut object) {
            let mut attendances = None;
            while self.field(&mut object, None).is_some() {
                self.count(&mut attendances);
            }
            if let Some(name) = self.named(&object) {
                roles.push(Role { name, attendances });
            }
        }
    }

    pub(super) fn grades(&mut self, grades: &mut Vec<Grade>) {
        let mut object = self.objects(grade::NAMES, ErrorKind::TooManyEntries);
        while self.next(&mut object) {
            let mut grade = Grade::default();
            while let Some(field) = self.field(&mut object, None) {
                if field == grade::count {
                    self.count(&mut grade.count);
                } else {
                    let tone = self.word("good warn bad", Problem::UnknownTone);
                    grade.tone = tone.and_then(|tone| TONES.get(tone).copied());
                }
            }
            if let Some(name) = self.named(&object) {
                grade.name = name;
                grades.push(grade);
            }
        }
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
