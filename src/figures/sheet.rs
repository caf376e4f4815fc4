//! All figures side by side: a line a region, a column a figure, for tables.

use super::ranking::{Group, Row, Selection, Sort, compared_with};
use super::rate::{Metric, RateFigure, counts};
use crate::feed::{AsOf, Code, Count, Feed, Lookup, Progress, arrange, order};

/// Most lines of a sheet; more are counted in [`Sheet::left_out`].
const MOST_LINES: usize = 10_000;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A rate.
    Rate(Metric),
    /// Its change since [`Sheet::since`].
    Change(Metric),
    /// Its part: started, completed, invested.
    Part(Metric),
    /// Its whole: planned.
    Whole(Metric),
    /// Projects accepted.
    Accepted,
}

/// Every column; the rate that is asked for comes first with its change and its counts.
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
    /// See [`RateFigure::points_since`].
    pub change: Option<(f64, usize)>,
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
    /// The day that changes are counted from.
    pub since: Option<AsOf>,
    /// The rows that the lines are made of, in the selection's order; none for states of the whole.
    pub rows: Vec<Row>,
}

impl Column {
    /// The count that a whole has in this column.
    #[must_use]
    pub fn count(self, whole: &Progress) -> Option<&Count> {
        match self {
            Column::Rate(_) | Column::Change(_) => None,
            Column::Part(metric) => counts(whole, metric).0,
            Column::Whole(metric) => counts(whole, metric).1,
            Column::Accepted => whole.accepted.as_ref(),
        }
    }

    /// The rate that it belongs to.
    #[must_use]
    pub fn metric(self) -> Metric {
        match self {
            Column::Rate(metric)
            | Column::Change(metric)
            | Column::Part(metric)
            | Column::Whole(metric) => metric,
            Column::Accepted => Metric::Completion,
        }
    }

    fn is_known(self, line: &Line) -> bool {
        match self {
            Column::Rate(metric) => RateFigure::of(line.whole, metric).is_known(),
            _ => self.count(line.whole).is_some(),
        }
    }

    /// What it sorts by; not a number where there is none.
    fn value(self, line: &Line) -> f64 {
        let value = match self {
            Column::Rate(metric) => RateFigure::of(line.whole, metric).value,
            Column::Change(_) => line.change.map(|change| change.0),
            _ => self.count(line.whole).map(|count| count.value),
        };
        let unit = unit(line.whole).filter(|_| self.metric() == Metric::Investment);
        // Amounts in different units are compared, never added up.
        let scale = match unit.and_then(|unit| unit.chars().next()) {
            Some('亿' | '億') => 1e8,
            Some('万' | '萬') => 1e4,
            _ => 1.0,
        };
        match self {
            Column::Part(_) | Column::Whole(_) => value.map(|value| value * scale),
            _ => value,
        }
        .unwrap_or(f64::NAN)
    }
}

/// The unit of a whole's investment.
#[must_use]
pub fn unit(whole: &Progress) -> Option<&str> {
    whole.investment.as_ref()?.unit.as_deref()
}

impl<'a> Line<'a> {
    fn of(name: &'a str, whole: &'a Progress) -> Line<'a> {
        Line {
            name,
            day: None,
            parent: "",
            whole,
            change: None,
        }
    }
}

impl<'a> Sheet<'a> {
    /// The sheet of a selection: of regions, or where none has a figure of categories, or else of
    /// the whole programme's states, the newest first.
    ///
    /// Changes of the rate asked for are counted from the latest earlier day up to `until`, see
    /// [`Selection::compare`]. `by` sorts by a figure's place, counted from 1, or by code (0); true
    /// for highest first. What has no figure comes last either way.
    #[must_use]
    pub fn of(
        feed: &'a Feed,
        selection: &Selection,
        metric: Metric,
        sort: Sort,
        until: i32,
        by: Option<(usize, bool)>,
    ) -> Sheet<'a> {
        let mut sheet = Sheet::default();
        let mut total = None;
        if let Some(whole) = feed.total.as_ref().filter(|_| selection.parent.is_none()) {
            total = Some(Line::of("", whole));
        }
        let mut selection = selection.clone();
        loop {
            sheet.rows = selection.rows(feed, metric, sort);
            selection.compare(&mut sheet.rows, feed, metric, until);
            sheet.by_category = selection.group == Group::Categories;
            sheet.lines(feed);
            if COLUMNS.iter().any(|column| sheet.is_known(*column)) {
                break;
            }
            sheet.lines.clear();
            sheet.rows.clear();
            if selection.group != Group::Regions {
                sheet.states(feed, total);
                break;
            }
            selection.group = Group::Categories;
        }
        sheet.since = compared_with(&sheet.rows);
        if let Some(since) = sheet.since
            && let Some(line) = &mut total
        {
            for point in &feed.history {
                if point.as_of.date == since.date {
                    let earlier = RateFigure::of(&point.progress, metric);
                    line.change = RateFigure::of(line.whole, metric).points_since(&earlier);
                }
            }
        }
        for asked in [true, false] {
            for column in COLUMNS {
                let known =
                    sheet.is_known(column) || total.is_some_and(|total| column.is_known(&total));
                if (column.metric() == metric) == asked && known {
                    sheet.columns.push(column);
                    if column == Column::Rate(metric) && sheet.since.is_some() {
                        sheet.columns.push(Column::Change(metric));
                    }
                }
            }
        }
        let mut first = None;
        for line in sheet.lines.iter().chain(&total) {
            if line.whole.investment.is_some() {
                let unit = unit(line.whole);
                sheet.units_differ |= *first.get_or_insert(unit) != unit;
            }
        }
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

    fn is_known(&self, column: Column) -> bool {
        self.lines.iter().any(|line| column.is_known(line))
    }

    /// Of regions or categories.
    fn lines(&mut self, feed: &'a Feed) {
        let lookup = Lookup::new(&feed.regions);
        for row in &self.rows {
            let mut line = if self.by_category {
                let Some(category) = feed.categories.get(row.index) else {
                    continue;
                };
                Line::of(&category.name, &category.progress)
            } else {
                let Some(region) = feed.regions.get(row.index) else {
                    continue;
                };
                let mut line = Line::of(&region.name, &region.progress);
                // Named, or the first six digits of a town's code.
                let district = region.code.and_then(|code| {
                    let six = code.same_place().checked_div(1_000_000)?;
                    Code::from_integer(six)
                });
                let parent = region.parent.or(district);
                if parent.is_some()
                    && let Ok(index) = lookup.find(parent, "")
                    && index != row.index
                    && let Some(parent) = feed.regions.get(index)
                {
                    line.parent = &parent.name;
                }
                line
            };
            line.change = row.change();
            self.lines.push(line);
        }
    }

    /// Of the whole, the newest first.
    fn states(&mut self, feed: &'a Feed, mut total: Option<Line<'a>>) {
        for point in &feed.history {
            let mut line = Line::of("", &point.progress);
            line.day = Some(point.as_of);
            self.lines.push(line);
            if point.as_of == feed.as_of {
                total = None;
            }
        }
        if let Some(mut line) = total {
            line.day = Some(feed.as_of);
            self.lines.push(line);
        }
        self.lines.reverse();
    }

    fn sort(&mut self, (place, descending): (usize, bool)) {
        let column = place.checked_sub(1).and_then(|at| self.columns.get(at));
        let mut keys = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            let key = match (column, self.rows.get(index)) {
                (Some(column), _) => column.value(line),
                // By code, as every yearbook has it; those without one follow as the feed has
                // them: a code has twelve digits here, an index fewer.
                (None, Some(row)) => row
                    .code
                    .map_or(1e12 + row.index as f64, |code| code.same_place() as f64),
                (None, None) => line
                    .day
                    .map_or(f64::NAN, |day| f64::from(day.date.days_since_epoch())),
            };
            keys.push(match descending {
                _ if key.is_nan() => f64::INFINITY,
                true => -key,
                false => key,
            });
        }
        let key = |index: usize| keys.get(index).copied().unwrap_or_default();
        let places = order(keys.len(), &|a, b| key(a).total_cmp(&key(b)));
        arrange(places, &mut |a, b| self.lines.swap(a, b));
    }
}
