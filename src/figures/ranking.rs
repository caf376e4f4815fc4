//! Regions or categories with one rate each: which ones, in which order, at which rank.

use super::rate::{Metric, RateFigure, counts};
use super::sheet::unit;
use crate::feed::{AsOf, Code, Count, Feed, Level, Progress, Region, arrange, order, order_by};

/// The order of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Sort {
    /// Highest first, published texts that are no numbers next, missing last.
    #[default]
    Value,
    /// By name.
    Name,
    /// As the feed lists them.
    Feed,
}

/// What the rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Group {
    /// Regions.
    #[default]
    Regions,
    /// Categories.
    Categories,
    /// The programme as a whole.
    Total,
}

/// Which rows to show.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Selection {
    /// Regions or categories.
    pub group: Group,
    /// Only regions of this level. `None`: the coarsest level of the feed at which any region has
    /// a figure; districts and zones count as one level, because portals rank them together.
    pub level: Option<Level>,
    /// Only regions that belong to this one, by `parent` or else by the digits of the code.
    pub parent: Option<Code>,
}

/// One region or category with its rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row<'a> {
    /// A category's id, else the name; see [`Row::id`].
    id: &'a str,
    /// A region's code.
    pub code: Option<Code>,
    /// Shown as label.
    pub name: &'a str,
    /// Level of a region.
    pub level: Option<Level>,
    /// Where a region lies, `[longitude, latitude]` in the geometry's coordinate system.
    pub point: Option<[f64; 2]>,
    /// A region tagged `model`: 样板镇.
    pub model: bool,
    /// The rate.
    pub rate: RateFigure<'a>,
    /// Started, completed or spent, by the metric.
    pub part: Option<&'a Count>,
    /// Planned.
    pub whole: Option<&'a Count>,
    /// Unit of the counts where the feed gives one (investment).
    pub unit: Option<&'a str>,
    /// Its place among the feed's regions or categories.
    pub index: usize,
    /// 1 for the highest rate; equal rates share a rank and the next ranks are skipped; `None`
    /// where there is no number.
    pub rank: Option<usize>,
    /// What [`Selection::compare`] found in its history.
    pub before: Option<Before<'a>>,
}

/// The rate of an earlier day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Before<'a> {
    /// The day: that of all rows.
    pub day: AsOf,
    /// The rate, never missing.
    pub rate: RateFigure<'a>,
}

impl Before<'_> {
    fn days(&self) -> i32 {
        self.day.date.days_since_epoch()
    }
}

impl<'a> Row<'a> {
    /// A region's.
    pub(super) fn of(region: &'a Region, metric: Metric) -> Row<'a> {
        let mut row = Row::new(&region.name, &region.progress, metric);
        row.code = region.code;
        row.level = region.level;
        row.point = region.point;
        row.model = is_model(region);
        row
    }

    /// That of the whole, by a name.
    #[must_use]
    pub fn whole(feed: &'a Feed, metric: Metric, name: &'a str) -> Option<Row<'a>> {
        let mut row = Row::new(name, feed.total.as_ref()?, metric);
        row.id = "";
        Some(row)
    }

    /// The code, else the category's id, else the name.
    #[must_use]
    pub fn id(&self) -> String {
        self.code.map_or_else(|| self.id.to_owned(), Code::text)
    }

    /// The change since the earlier day, see [`RateFigure::points_since`].
    #[must_use]
    pub fn change(&self) -> Option<(f64, usize)> {
        self.rate.points_since(&self.before.as_ref()?.rate)
    }

    /// Without a name or figures, for tests of layouts.
    #[cfg(test)]
    pub(crate) fn unnamed() -> Row<'static> {
        Row::new("", &NOTHING, Metric::Start)
    }

    /// Of something that has a name and figures.
    pub(super) fn new(name: &'a str, progress: &'a Progress, metric: Metric) -> Row<'a> {
        let (part, whole) = counts(progress, metric);
        Row {
            id: name,
            code: None,
            name,
            level: None,
            point: None,
            model: false,
            rate: RateFigure::of(progress, metric),
            part,
            whole,
            unit: unit(progress).filter(|_| metric == Metric::Investment),
            index: 0,
            rank: None,
            before: None,
        }
    }
}

impl Selection {
    /// The selected rows in the wanted order.
    #[must_use]
    pub fn rows<'a>(&self, feed: &'a Feed, metric: Metric, sort: Sort) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        match self.group {
            Group::Total => {}
            Group::Categories => {
                for category in &feed.categories {
                    let mut row = Row::new(&category.name, &category.progress, metric);
                    row.id = &category.id;
                    row.index = rows.len();
                    rows.push(row);
                }
            }
            Group::Regions => {
                let level = self
                    .level
                    .map_or_else(|| self.default_step(feed, metric), step);
                let wanted = |r: &Region| region_step(r) == level && self.within_parent(r);
                // Counted first: a list that grows holds itself three times over.
                rows.reserve_exact(feed.regions.iter().filter(|r| wanted(r)).count());
                for (index, region) in feed.regions.iter().enumerate() {
                    if wanted(region) {
                        let mut row = Row::of(region, metric);
                        row.index = index;
                        rows.push(row);
                    }
                }
            }
        }
        let by_value = rank(&mut rows);
        let name = |index: usize| rows.get(index).map(|row| row.name);
        let order = match sort {
            Sort::Feed => return rows,
            Sort::Name => order_by(rows.len(), &|a, b| name(a).cmp(&name(b))),
            Sort::Value => by_value,
        };
        arrange(order, &mut |a, b| rows.swap(a, b));
        rows
    }

    /// Adds to rows the rates of the latest day up to `until`, in days since 1970, and before the
    /// feed's own, on which any of them has a rate: of one day for all, because changes over
    /// different spans can't be compared. Where there is no such day, and to categories, which
    /// have no history, nothing.
    pub fn compare<'a>(&self, rows: &mut [Row<'a>], feed: &'a Feed, metric: Metric, until: i32) {
        let until = until.min(feed.as_of.date.days_since_epoch().saturating_sub(1));
        let mut latest = i32::MIN;
        for row in &mut *rows {
            let history = match (self.group, feed.regions.get(row.index)) {
                (Group::Total, _) => &feed.history[..],
                (Group::Regions, Some(region)) => &region.history,
                _ => &[],
            };
            // Oldest first: the last one that is taken is the latest.
            for point in history {
                let before = Before {
                    day: point.as_of,
                    rate: RateFigure::of(&point.progress, metric),
                };
                if before.days() <= until && before.rate.is_known() {
                    latest = latest.max(before.days());
                    row.before = Some(before);
                }
            }
        }
        for row in rows {
            if row
                .before
                .as_ref()
                .is_some_and(|before| before.days() < latest)
            {
                row.before = None;
            }
        }
    }

    /// The same regions at the level of towns, where none is asked for and the feed has towns.
    #[must_use]
    pub fn of_towns(&self, feed: &Feed) -> Selection {
        let town = |r: &Region| r.level == Some(Level::Town) && self.within_parent(r);
        let towns = feed.regions.iter().any(town).then_some(Level::Town);
        Selection {
            group: Group::Regions,
            level: self.level.or(towns),
            parent: self.parent,
        }
    }

    /// The name of the region that all belong to, where one is asked for and the feed names it;
    /// else empty.
    #[must_use]
    pub fn parent_name<'a>(&self, feed: &'a Feed) -> &'a str {
        let place = self.parent.map(Code::same_place);
        for region in &feed.regions {
            if place.is_some()
                && self.group == Group::Regions
                && region.code.map(Code::same_place) == place
            {
                return &region.name;
            }
        }
        ""
    }

    /// Whether a region is of the level and the parent asked for, as far as any are.
    pub(super) fn takes(&self, region: &Region) -> bool {
        let level = self.level.map(step);
        self.within_parent(region) && level.is_none_or(|level| region_step(region) == level)
    }

    fn within_parent(&self, region: &Region) -> bool {
        let Some(parent) = self.parent else {
            return true;
        };
        match (region.parent, region.code) {
            (Some(own), _) => own.same_place() == parent.same_place(),
            (None, Some(code)) => lies_within(code, parent),
            (None, None) => false,
        }
    }

    /// The coarsest step at which a region has a figure, else the coarsest of all.
    fn default_step(&self, feed: &Feed, metric: Metric) -> u8 {
        let (mut coarsest, mut with_figure) = (NO_LEVEL, u8::MAX);
        for region in &feed.regions {
            if self.within_parent(region) {
                let step = region_step(region);
                coarsest = coarsest.min(step);
                let (part, whole) = counts(&region.progress, metric);
                let rate = RateFigure::of(&region.progress, metric);
                if rate.is_known() || part.is_some() || whole.is_some() {
                    with_figure = with_figure.min(step);
                }
            }
        }
        if with_figure > NO_LEVEL {
            coarsest
        } else {
            with_figure
        }
    }
}

/// No figures at all: of what the feed names and does not list.
pub(super) static NOTHING: Progress = Progress {
    planned: None,
    started: None,
    completed: None,
    accepted: None,
    rate: None,
    completion_rate: None,
    rate_basis: None,
    investment: None,
};

/// The day with which rows are compared.
#[must_use]
pub fn compared_with(rows: &[Row]) -> Option<AsOf> {
    for row in rows {
        if let Some(before) = &row.before {
            return Some(before.day);
        }
    }
    None
}

/// Whether a region is tagged as a model for others.
pub(super) fn is_model(region: &Region) -> bool {
    region.tags.iter().any(|tag| tag == "model")
}

/// Ranks the rows that have a number; the order by value: numbers, then texts, then nothing.
fn rank(rows: &mut [Row]) -> Vec<usize> {
    let order = order(rows.len(), &|index| {
        rows.get(index).map_or(0.0, |row| match row.rate {
            RateFigure {
                value: Some(value), ..
            } => -value,
            RateFigure { text: Some(_), .. } => 1.0,
            _ => 2.0,
        })
    });
    let (mut rate, mut rank, mut place) = (-1.0, 0, 0);
    for &index in &order {
        place = 1_usize.saturating_add(place);
        if let Some(row) = rows.get_mut(index)
            && let Some(value) = row.rate.value
        {
            if value != rate {
                (rate, rank) = (value, place);
            }
            row.rank = Some(rank);
        }
    }
    order
}

/// Levels from coarse to fine; districts and zones stand side by side.
fn step(level: Level) -> u8 {
    match level {
        Level::Province => 0,
        Level::City => 1,
        Level::District | Level::Zone => 2,
        Level::Town => 3,
    }
}

/// The step of a region that says no level.
const NO_LEVEL: u8 = 4;

pub(super) fn region_step(region: &Region) -> u8 {
    region.level.map_or(NO_LEVEL, step)
}

/// Whether a code lies within another by its digits (GB/T 2260: two digits a province, two a
/// city, two a district; GB/T 10114: three more a town).
fn lies_within(code: Code, parent: Code) -> bool {
    let (code, parent) = (code.same_place(), parent.same_place());
    let unit = [10_000_000_000_u64, 100_000_000, 1_000_000, 1_000]
        .into_iter()
        .find(|unit| parent.is_multiple_of(*unit))
        .unwrap_or(1);
    code != parent && code.checked_div(unit) == parent.checked_div(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Code {
        Code::parse(text).unwrap()
    }

    #[test]
    fn codes_nest_by_digits() {
        assert!(lies_within(code("330102"), code("330100")));
        assert!(lies_within(code("330109113"), code("330109")));
        assert!(lies_within(code("330109113"), code("330000")));
        assert!(!lies_within(code("330109113"), code("330110")));
        assert!(!lies_within(code("330100"), code("330100")));
    }

    #[test]
    fn equal_rates_share_a_rank() {
        let row = |value| Row {
            rate: RateFigure {
                value,
                text: None,
                origin: super::super::Origin::Published,
            },
            ..Row::unnamed()
        };
        let mut rows = vec![row(Some(0.5)), row(Some(1.0)), row(None), row(Some(1.0))];
        rank(&mut rows);
        let ranks: Vec<_> = rows.iter().map(|r| r.rank).collect();
        assert_eq!(ranks, [Some(3), Some(1), None, Some(1)]);
    }
}
