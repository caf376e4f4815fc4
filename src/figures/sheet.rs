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
    /// The unit of investments, that of the first line that has one, the whole's before others.
    pub unit: Option<&'a str>,
    /// Whether others have another.
    pub units_differ: bool,
    /// The day that changes are counted from.
    pub since: Option<AsOf>,
    /// The rows that the lines are made of, in the selection's order; none for states of the whole.
    pub rows: Vec<Row<'a>>,
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
        let value = value.unwrap_or(f64::NAN);
        if let Column::Part(Metric::Investment) | Column::Whole(Metric::Investment) = self {
            // Amounts in different units are compared, never added up.
            return match unit(line.whole).and_then(|unit| unit.chars().next()) {
                Some('亿' | '億') => value * 1e8,
                Some('万' | '萬') => value * 1e4,
                _ => value,
            };
        }
        value
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
        let total = feed.total.as_ref();
        let total = total.filter(|_| selection.parent.is_none());
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
        if let Some(whole) = total.filter(|_| !sheet.rows.is_empty()) {
            let mut line = Line::of("", whole);
            for point in &feed.history {
                if Some(point.as_of.date) == sheet.since.map(|since| since.date) {
                    let earlier = RateFigure::of(&point.progress, metric);
                    line.change = RateFigure::of(whole, metric).points_since(&earlier);
                }
            }
            sheet.lines.insert(0, line);
            sheet.total = true;
        }
        let mut asked = true;
        loop {
            for &column in &COLUMNS {
                if (column.metric() == metric) == asked && sheet.is_known(column) {
                    sheet.columns.push(column);
                    if column == Column::Rate(metric) && sheet.since.is_some() {
                        sheet.columns.push(Column::Change(metric));
                    }
                }
            }
            if !asked {
                break;
            }
            asked = false;
        }
        let mut first = true;
        for line in &sheet.lines {
            if line.whole.investment.is_some() {
                let unit = unit(line.whole);
                if first {
                    sheet.unit = unit;
                }
                first = false;
                sheet.units_differ |= unit != sheet.unit;
            }
        }
        if let Some(by) = by {
            sheet.sort(by);
        }
        let most = MOST_LINES.saturating_add(usize::from(sheet.total));
        sheet.left_out = sheet.lines.len().saturating_sub(most);
        sheet.lines.truncate(most);
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
    fn states(&mut self, feed: &'a Feed, total: Option<&'a Progress>) {
        if let Some(whole) = total
            && !feed.history.iter().any(|point| point.as_of == feed.as_of)
        {
            let mut line = Line::of("", whole);
            line.day = Some(feed.as_of);
            self.lines.push(line);
        }
        for point in feed.history.iter().rev() {
            let mut line = Line::of("", &point.progress);
            line.day = Some(point.as_of);
            self.lines.push(line);
        }
    }

    fn sort(&mut self, (place, descending): (usize, bool)) {
        let column = place.checked_sub(1).and_then(|at| self.columns.get(at));
        let mut keys = Vec::new();
        // The whole stays above its parts.
        let lines = self.lines.get_mut(usize::from(self.total)..);
        let lines = lines.unwrap_or_default();
        for (index, line) in lines.iter().enumerate() {
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
        let places = order(keys.len(), &|index| {
            keys.get(index).copied().unwrap_or_default()
        });
        arrange(places, &mut |a, b| lines.swap(a, b));
    }
}
