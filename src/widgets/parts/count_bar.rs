//! A bar for one count: solid as far as it is certain, hatched where its bound leaves it open.

use super::rows::Row;
use crate::figures::{Bound, Count};
use crate::scene::{Draft, Fill};

/// Adds the bar of a count, divided by `unit`, on a scale that ends at `high`; of one that is
/// missing, hatched as far. What a bound leaves open is a twenty-fifth of the scale: "more than 800"
/// does not say how many more.
pub fn add(row: &mut Row, draft: &Draft, count: Option<&Count>, unit: f64, high: f64) {
    let Some(count) = count else {
        row.part(0.0, high, draft.missing());
        return;
    };
    let (end, some) = (count.value / unit, high / 25.0);
    let (sure, open) = match count.bound {
        Bound::Exact => (end, end),
        Bound::AtLeast | Bound::MoreThan => (end, end + some),
        Bound::About => (end - some / 2.0, end + some / 2.0),
        Bound::AtMost => (0.0, end),
    };
    let (sure, open) = (sure.max(0.0), open.min(high));
    let accent = draft.theme.accent;
    if sure > 0.0 {
        row.part(0.0, sure, Fill::solid(accent));
    }
    if open > sure {
        row.part(sure, open, Fill::hatch(draft.theme.ground, accent));
    }
}
