//! All figures side by side: a line a region, a column a figure, for tables.

use super::ranking::{Group, Row, Selection, Sort};
use super::rate::{Metric, RateFigure, counts};
use crate::feed::{AsOf, Code, Count, Feed, Found, Lookup, Progress, RegionRef, order};

/// Most lines of a sheet; more are counted in [`Sheet::left_out`].
const MOST_LINES: usize = 10_000;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A rate.
    Rate(Metric),
    /// Its part: started, completed, invested.
    Part(Metric),
    /// Its whole: planned.
    Whole(Metric),
    /// Projects accepted.
    Accepted,
}

/// Every column; the rate that is asked for comes first with its counts.
const COLUMNS: [Column; 9] = [
    Column::Rate(Metric::Start),
    Column::Part(Metric::Start),
    Column::Whole(Metric::Start),
    Column::Rate(Metric::Completion),
    Column::Part(Metric::Completion),
    Column::Accepted,
    Column::Rate(Metric::Investment),
    Column::Part(Metric::Investment),
    Column::Whole(Metric::Investment),
];

/// A figure of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure<'a> {
    /// A count.
    Count(&'a Count),
    /// A rate.
    Rate(RateFigure),
    /// Not in the feed.
    Missing,
}

/// A line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line<'a> {
    /// The region's or category's; empty for a state of the whole.
    pub name: &'a str,
    /// The day, where the lines are states of the whole.
    pub day: Option<AsOf>,
    /// Name of the region that it belongs to; empty where none is known.
    pub parent: &'a str,
    /// Its figures.
    pub whole: &'a Progress,
}

/// All figures that a selection has.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Sheet<'a> {
    /// Those that the feed has a figure for.
    pub columns: Vec<Column>,
    /// In the order asked for; the first is the whole programme where [`Sheet::total`] says so.
    pub lines: Vec<Line<'a>>,
    /// Whether the first line is the whole of the others.
    pub total: bool,
    /// Whether the lines are categories.
    pub by_category: bool,
    /// How many lines more there are.
    pub left_out: usize,
    /// Whether investments have different units.
    pub units_differ: bool,
    /// The rows that the lines are made of, in the selection's order; none for states of the whole.
    pub rows: Vec<Row>,
}

impl Column {
    /// The figure that a whole has in this column.
    #[must_use]
    pub fn figure(self, whole: &Progress) -> Figure<'_> {
        let count = match self {
            Column::Rate(metric) => {
                let rate = RateFigure::of(whole, metric);
                if rate.value.is_none() && rate.text.is_none() {
                    return Figure::Missing;
                }
                return Figure::Rate(rate);
            }
            Column::Part(metric) => counts(whole, metric).0,
            Column::Whole(metric) => counts(whole, metric).1,
            Column::Accepted => whole.accepted.as_ref(),
        };
        count.map_or(Figure::Missing, Figure::Count)
    }

    /// The rate that it belongs to.
    #[must_use]
    pub fn metric(self) -> Metric {
        match self {
            Column::Rate(metric) | Column::Part(metric) | Column::Whole(metric) => metric,
            Column::Accepted => Metric::Completion,
        }
    }

    /// What it sorts by; not a number where there is none.
    fn value(self, whole: &Progress) -> f64 {
        match self.figure(whole) {
            Figure::Rate(rate) => rate.value.unwrap_or(f64::NAN),
            Figure::Missing => f64::NAN,
            Figure::Count(count) => {
                let unit = unit(whole).filter(|_| self.metric() == Metric::Investment);
                // Amounts in different units are compared, never added up.
                let scale = match unit.and_then(|unit| unit.chars().next()) {
                    Some('亿' | '億') => 1e8,
                    Some('万' | '萬') => 1e4,
                    _ => 1.0,
                };
                count.value * scale
            }
        }
    }
}

/// The unit of a whole's investment.
#[must_use]
pub fn unit(whole: &Progress) -> Option<&str> {
    whole.investment.as_ref()?.unit.as_deref()
}

impl<'a> Sheet<'a> {
    /// The sheet of a selection: of regions, or where none has a figure of categories, or else of
    /// the whole programme's states, the newest first.
    ///
    /// `by` sorts by a figure's place, counted from 1, or by code (0); true for highest first.
    /// What has no figure comes last either way.
    #[must_use]
    pub fn of(
        feed: &'a Feed,
        selection: &Selection,
        metric: Metric,
        sort: Sort,
        by: Option<(usize, bool)>,
    ) -> Sheet<'a> {
        let mut sheet = Sheet::default();
        sheet.select(feed, selection, metric, sort);
        let total = feed.total.as_ref().filter(|_| selection.parent.is_none());
        let total = total.map(|whole| Line {
            name: "",
            day: None,
            parent: "",
            whole,
        });
        if sheet.rows.is_empty() {
            let states = feed
                .history
                .iter()
                .map(|point| (point.as_of, &point.progress));
            let known = feed.history.iter().any(|point| point.as_of == feed.as_of);
            let now = total.filter(|_| !known);
            let now = now.map(|line| (feed.as_of, line.whole));
            sheet.lines = states
                .chain(now)
                .map(|(day, whole)| Line {
                    name: "",
                    day: Some(day),
                    parent: "",
                    whole,
                })
                .collect();
            sheet.lines.reverse();
        }
        let all = || sheet.lines.iter().chain(&total).map(|line| line.whole);
        let mut columns = Vec::new();
        for asked in [true, false] {
            for column in COLUMNS {
                let known = || all().any(|whole| column.figure(whole) != Figure::Missing);
                if (column.metric() == metric) == asked && known() {
                    columns.push(column);
                }
            }
        }
        let mut units = all().filter(|w| w.investment.is_some()).map(unit);
        let first = units.next();
        sheet.units_differ = units.any(|other| Some(other) != first);
        sheet.columns = columns;
        if let Some(by) = by {
            sheet.sort(by);
        }
        sheet.left_out = sheet.lines.len().saturating_sub(MOST_LINES);
        sheet.lines.truncate(MOST_LINES);
        if let Some(total) = total.filter(|_| !sheet.rows.is_empty()) {
            sheet.total = true;
            sheet.lines.insert(0, total);
        }
        sheet
    }

    /// Regions, or where none has a figure categories, or else nothing.
    fn select(&mut self, feed: &'a Feed, selection: &Selection, metric: Metric, sort: Sort) {
        let mut selection = selection.clone();
        self.rows = selection.rows(feed, metric, sort);
        self.by_category = selection.group == Group::Categories;
        self.lines = match selection.group {
            Group::Regions | Group::Total => regions(feed, &self.rows),
            Group::Categories => {
                let categories = self.rows.iter().map(|row| feed.categories.get(row.index));
                let line = |category: &'a crate::feed::Category| Line {
                    name: &category.name,
                    day: None,
                    parent: "",
                    whole: &category.progress,
                };
                categories.flatten().map(line).collect()
            }
        };
        let known = |line: &Line| {
            COLUMNS
                .iter()
                .any(|c| c.figure(line.whole) != Figure::Missing)
        };
        if self.lines.iter().any(known) {
            return;
        }
        self.lines.clear();
        self.rows.clear();
        if selection.group == Group::Regions {
            selection.group = Group::Categories;
            self.select(feed, &selection, metric, sort);
        }
    }

    fn sort(&mut self, (place, descending): (usize, bool)) {
        let column = place.checked_sub(1).and_then(|at| self.columns.get(at));
        let key = |index: usize| {
            let key = match (column, self.lines.get(index), self.rows.get(index)) {
                (Some(column), Some(line), _) => column.value(line.whole),
                // By code, as every yearbook has it; those without one follow as the feed has
                // them: a code has twelve digits here, an index fewer.
                (None, _, Some(row)) => row
                    .code
                    .map_or(1e12 + row.index as f64, |code| code.same_place() as f64),
                (None, Some(Line { day: Some(day), .. }), _) => {
                    f64::from(day.date.days_since_epoch())
                }
                _ => f64::NAN,
            };
            match descending {
                _ if key.is_nan() => f64::INFINITY,
                true => -key,
                false => key,
            }
        };
        let keys: Vec<f64> = (0..self.lines.len()).map(key).collect();
        let key = |index: usize| keys.get(index).copied().unwrap_or_default();
        let places = order(keys.len(), &|a, b| key(a).total_cmp(&key(b)));
        let lines = places.iter().filter_map(|&index| self.lines.get(index));
        self.lines = lines.copied().collect();
    }
}

fn regions<'a>(feed: &'a Feed, rows: &[Row]) -> Vec<Line<'a>> {
    let lookup = Lookup::new(&feed.regions);
    let line = |row: &Row| {
        let region = feed.regions.get(row.index)?;
        // Named, or the first six digits of a town's code.
        let district = region.code.and_then(|code| {
            let six = code.same_place().checked_div(1_000_000)?;
            Code::from_integer(six)
        });
        let parent = match region.parent.or(district) {
            Some(code) => lookup.find(&RegionRef::Code(code)),
            None => Found::None,
        };
        let parent = match parent {
            Found::One(index) if index != row.index => feed.regions.get(index),
            _ => None,
        };
        Some(Line {
            name: &region.name,
            day: None,
            parent: parent.map_or("", |parent| &parent.name),
            whole: &region.progress,
        })
    };
    rows.iter().filter_map(line).collect()
}
