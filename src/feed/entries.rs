//! Entries of the document's lists → the model.

use super::check;
use super::json::Token;
use super::model::{
    Category, Cluster, Code, Coverage, Feed, Grade, HistoryPoint, Level, Milestone, Region,
    RegionRef, Role, Teams, Tone,
};
use super::notice::Problem;
use super::order::order;
use super::path::{Step, show};
use super::reader::{Cap, List, Reader};
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

/// Where an entry of the document's lists stands: its index, and the offset of the field that
/// may be wrong once all are read.
pub(super) struct Place {
    pub(super) index: usize,
    pub(super) at: usize,
    /// The same of the regions that it names.
    pub(super) refs: Vec<(usize, usize)>,
}

impl Reader<'_> {
    pub(super) fn regions(&mut self, feed: &mut Feed, places: &mut Vec<(usize, usize)>) {
        let Some(mut list) = self.list(Cap::Regions) else {
            return;
        };
        feed.regions.reserve_exact(self.regions_ahead());
        while self.entry(&mut list) {
            let mut region = Region::default();
            if let Some(code_at) = self.region(&mut region) {
                feed.regions.push(region);
                places.push((list.index(), code_at));
            }
        }
    }

    /// Reads a region; where its code stands. `None` where it can't be used.
    fn region(&mut self, region: &mut Region) -> Option<usize> {
        let mut object = self.object(region::NAMES, true)?;
        object.figures = true;
        let mut name = None;
        while let Some(field) = self.field(&mut object) {
            match field {
                region::code => region.code = self.code(),
                region::name => self.text(&mut name),
                region::level => {
                    let words = "province city district zone town";
                    let word = self.word(words, Problem::UnknownLevel);
                    region.level = word.and_then(|word| LEVELS.get(word).copied());
                }
                region::parent => region.parent = self.code(),
                region::point => region.point = self.point(),
                region::tags => self.texts(&mut region.tags),
                region::batch => self.text(&mut region.batch),
                region::history => self.history(&mut region.history),
                figure => self.figure(figure, &mut region.progress),
            }
        }
        if let Some(name) = name {
            region.name = name;
        } else if let Some(code) = region.code {
            self.note(Problem::NameMissing);
            region.name = code.text();
        } else {
            self.left_out("name");
            return None;
        }
        if region.code.is_some()
            && region.code.map(Code::same_place) == region.parent.map(Code::same_place)
        {
            self.tell_of(&object, region::parent, Problem::OwnParent, String::new());
            region.parent = None;
        }
        check::progress(self, &object, &region.progress);
        Some(object.at(region::code))
    }

    fn point(&mut self) -> Option<[f64; 2]> {
        let mut point = [f64::NAN; 2];
        let token = self.scan.value(true);
        if token == Token::List {
            let mut list = List::new(Cap::Entries, self.path.len(), self.at);
            while self.entry(&mut list) {
                let number = match self.scalar() {
                    Token::Number(number) => number,
                    _ => f64::NAN,
                };
                match point.get_mut(list.index()) {
                    Some(slot) => *slot = number,
                    None => point = [f64::NAN; 2],
                }
            }
        } else {
            self.leave(&token);
        }
        // What is no number is not within any bound.
        let [lon, lat] = point;
        let found = lon.abs() <= 180.0 && lat.abs() <= 90.0;
        self.unless(found, &token, Problem::BadPoint);
        found.then_some(point)
    }

    pub(super) fn texts(&mut self, texts: &mut Vec<String>) {
        let Some(mut list) = self.list(Cap::Entries) else {
            return;
        };
        while self.entry(&mut list) {
            match self.scalar() {
                Token::Text(text) => texts.extend(self.clean(&text)),
                _ => self.note(Problem::ExpectedText),
            }
        }
    }

    /// Reads a history: oldest first; of one day, the earlier in the document.
    pub(super) fn history(&mut self, history: &mut Vec<HistoryPoint>) {
        let Some(mut list) = self.list(Cap::History) else {
            return;
        };
        let mut points = Vec::new();
        let mut places = Vec::new();
        while self.entry(&mut list) {
            let Some(mut object) = self.object(history_point::NAMES, true) else {
                continue;
            };
            object.figures = true;
            let mut point = HistoryPoint::default();
            let mut as_of = None;
            while let Some(field) = self.field(&mut object) {
                match field {
                    history_point::as_of => as_of = self.as_of(),
                    figure => self.figure(figure, &mut point.progress),
                }
            }
            if self.absent(&object, history_point::as_of) {
                self.left_out("as_of");
            }
            if let Some(as_of) = as_of {
                point.as_of = as_of;
                check::progress(self, &object, &point.progress);
                points.push(Some(point));
                places.push((list.index(), object.at(history_point::as_of)));
            }
        }
        // They stand in the document's order, and equal ones keep it.
        let day = |index: usize| points.get(index)?.as_ref().map(|point| point.as_of.date);
        let order = order(points.len(), &|a, b| day(a).cmp(&day(b)));
        history.reserve_exact(points.len());
        let mut first = 0;
        for index in order {
            let Some(point) = points.get_mut(index).and_then(Option::take) else {
                continue;
            };
            let (place, at) = places.get(index).copied().unwrap_or_default();
            let before = history.last().map(|before| before.as_of.date);
            if before == Some(point.as_of.date) {
                self.duplicate((place, "as_of", at), Problem::DuplicateDay, first);
            } else {
                first = place;
                history.push(point);
            }
        }
    }

    /// Lists that a field of one entry of the list being read says what stands in an earlier
    /// entry already.
    pub(super) fn duplicate(
        &mut self,
        (index, field, at): (usize, &'static str, usize),
        problem: Problem,
        first: usize,
    ) {
        self.path.push(Step::Index(first));
        let first = show(&self.path);
        self.path.pop();
        self.path.extend([Step::Index(index), Step::Key(field)]);
        self.at = at;
        self.tell(problem, first);
        self.path.truncate(self.path.len().saturating_sub(2));
    }

    pub(super) fn categories(&mut self, categories: &mut Vec<Category>) {
        let Some(mut list) = self.list(Cap::Entries) else {
            return;
        };
        while self.entry(&mut list) {
            let Some(mut object) = self.object(category::NAMES, true) else {
                continue;
            };
            object.figures = true;
            let mut category = Category::default();
            let (mut id, mut name) = (None, None);
            while let Some(field) = self.field(&mut object) {
                match field {
                    category::id => self.text(&mut id),
                    category::name => self.text(&mut name),
                    figure => self.figure(figure, &mut category.progress),
                }
            }
            let shown = name.or_else(|| id.clone());
            if let Some(name) = self.needed(shown, "name") {
                category.id = id.unwrap_or_else(|| name.clone());
                category.name = name;
                check::progress(self, &object, &category.progress);
                categories.push(category);
            }
        }
    }

    pub(super) fn milestones(&mut self, milestones: &mut Vec<Milestone>) {
        let Some(mut list) = self.list(Cap::Entries) else {
            return;
        };
        while self.entry(&mut list) {
            let Some(mut object) = self.object(milestone::NAMES, true) else {
                continue;
            };
            let (mut name, mut date) = (None, None);
            let (mut done, mut deadline) = (None, None);
            while let Some(field) = self.field(&mut object) {
                match field {
                    milestone::date => date = self.as_of(),
                    milestone::name => self.text(&mut name),
                    milestone::done => done = self.flag(),
                    _ => deadline = self.flag(),
                }
            }
            let Some(name) = self.needed(name, "name") else {
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

    pub(super) fn clusters(&mut self, clusters: &mut Vec<Cluster>, places: &mut Vec<Place>) {
        let Some(mut list) = self.list(Cap::Entries) else {
            return;
        };
        while self.entry(&mut list) {
            let Some(mut object) = self.object(cluster::NAMES, true) else {
                continue;
            };
            let mut cluster = Cluster::default();
            let (mut name, mut refs) = (None, Vec::new());
            while let Some(field) = self.field(&mut object) {
                match field {
                    cluster::name => self.text(&mut name),
                    cluster::lead => cluster.lead = self.region_ref(),
                    cluster::members => self.region_refs(&mut cluster.members, &mut refs),
                    _ => cluster.region = self.region_ref(),
                }
            }
            if let Some(name) = self.needed(name, "name") {
                cluster.name = name;
                clusters.push(cluster);
                places.push(Place {
                    index: list.index(),
                    at: object.at(cluster::lead),
                    refs,
                });
            }
        }
    }

    /// Regions by code or name, with their indices in the document and their offsets.
    fn region_refs(&mut self, regions: &mut Vec<RegionRef>, refs: &mut Vec<(usize, usize)>) {
        let Some(mut list) = self.list(Cap::Entries) else {
            return;
        };
        while self.entry(&mut list) {
            let at = self.at;
            if self.text.as_bytes().get(at) == Some(&b'n') {
                self.scan.skip();
                self.note(Problem::ExpectedText);
            } else if let Some(region) = self.region_ref() {
                regions.push(region);
                refs.push((list.index(), at));
            }
        }
    }

    pub(super) fn coverage(&mut self, all: &mut Vec<Coverage>, places: &mut Vec<Place>) {
        let Some(mut list) = self.list(Cap::Entries) else {
            return;
        };
        while self.entry(&mut list) {
            let Some(mut object) = self.object(coverage::NAMES, true) else {
                continue;
            };
            let mut coverage = Coverage::default();
            let (mut name, mut refs) = (None, Vec::new());
            while let Some(field) = self.field(&mut object) {
                match field {
                    coverage::name => self.text(&mut name),
                    coverage::done => self.count(&mut coverage.done),
                    coverage::of => self.count(&mut coverage.of),
                    _ => self.region_refs(&mut coverage.regions, &mut refs),
                }
            }
            if let Some(name) = self.needed(name, "name") {
                coverage.name = name;
                check::coverage(self, &object, &coverage);
                all.push(coverage);
                places.push(Place {
                    index: list.index(),
                    at: 0,
                    refs,
                });
            }
        }
    }

    pub(super) fn teams(&mut self) -> Option<Teams> {
        let mut object = self.object(teams::NAMES, false)?;
        let mut teams = Teams::default();
        while let Some(field) = self.field(&mut object) {
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
        let Some(mut list) = self.list(Cap::Entries) else {
            return;
        };
        while self.entry(&mut list) {
            let Some(mut object) = self.object(role::NAMES, true) else {
                continue;
            };
            let (mut name, mut attendances) = (None, None);
            while let Some(field) = self.field(&mut object) {
                match field {
                    role::name => self.text(&mut name),
                    _ => self.count(&mut attendances),
                }
            }
            if let Some(name) = self.needed(name, "name") {
                roles.push(Role { name, attendances });
            }
        }
    }

    pub(super) fn grades(&mut self, grades: &mut Vec<Grade>) {
        let Some(mut list) = self.list(Cap::Entries) else {
            return;
        };
        while self.entry(&mut list) {
            let Some(mut object) = self.object(grade::NAMES, true) else {
                continue;
            };
            let mut grade = Grade::default();
            let mut name = None;
            while let Some(field) = self.field(&mut object) {
                match field {
                    grade::name => self.text(&mut name),
                    grade::count => self.count(&mut grade.count),
                    _ => {
                        let tone = self.word("good warn bad", Problem::UnknownTone);
                        grade.tone = tone.and_then(|tone| TONES.get(tone).copied());
                    }
                }
            }
            if let Some(name) = self.needed(name, "name") {
                grade.name = name;
                grades.push(grade);
            }
        }
    }
}
