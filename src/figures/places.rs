//! Regions as points: what the size of a point tells, which are drawn first.

use super::ranking::Row;
use crate::feed::order_by;

/// What the area of a point tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SizeBy {
    /// What is planned.
    Whole,
    /// What is done: nothing is known to be planned.
    Part,
    /// Neither is known of any region: all points are equal.
    Nothing,
}

/// The rows of a map of points.
#[derive(Clone, Debug, PartialEq)]
pub struct Places {
    /// What the area of a point tells.
    pub by: SizeBy,
    /// Indices of the rows that have a point: largest first, then models, then as the rows stand.
    pub order: Vec<usize>,
    /// Whether any row has a rate, as number or as text.
    pub any_rate: bool,
    /// How many rows are models.
    pub models: usize,
}

impl Places {
    /// Of these rows.
    #[must_use]
    pub fn of(rows: &[Row]) -> Places {
        let by = if rows.iter().any(|row| row.whole.is_some()) {
            SizeBy::Whole
        } else if rows.iter().any(|row| row.part.is_some()) {
            SizeBy::Part
        } else {
            SizeBy::Nothing
        };
        // A size that is not known comes last.
        let size = |at: usize| rows.get(at).and_then(|row| by.size(row)).unwrap_or(-1.0);
        let model = |at: usize| rows.get(at).is_some_and(|row| row.model);
        let mut order = order_by(rows.len(), &|a, b| {
            (size(b).total_cmp(&size(a))).then(model(b).cmp(&model(a)))
        });
        order.retain(|&at| rows.get(at).is_some_and(|row| row.point.is_some()));
        Places {
            by,
            order,
            any_rate: rows
                .iter()
                .any(|row| row.rate.value.is_some() || row.rate.text.is_some()),
            models: rows.iter().filter(|row| row.model).count(),
        }
    }

    /// Whether the feed tells anything of any row but that it is there.
    #[must_use]
    pub fn any_figure(&self) -> bool {
        self.any_rate || self.by != SizeBy::Nothing
    }
}

impl SizeBy {
    /// The figure that the area of a row's point tells; `None` where it is missing.
    #[must_use]
    pub fn size(self, row: &Row) -> Option<f64> {
        match self {
            SizeBy::Whole => row.whole,
            SizeBy::Part => row.part,
            SizeBy::Nothing => None,
        }
        .map(|count| count.value)
    }
}
