//! A bar for one count: solid as far as it is certain, hatched where its bound leaves it open.

use super::rows::{Body, Part};
use crate::figures::{Bound, Count};
use crate::scene::{Draft, Fill};

/// The bar of a count, divided by `unit`, on a scale that ends at `high`; of one that is missing,
/// hatched as far. What a bound leaves open is a twenty-fifth of the scale: "more than 800" does
/// not say how many more.
#[must_use]
pub fn body(draft: &Draft, count: Option<&Count>, unit: f64, high: f64) -> Body {
    let Some(count) = count else {
        return Body::Bar(vec![Part::new(0.0, high, draft.missing())]);
    };
    let (end, some) = (count.value / unit, high / 25.0);
    let (sure, open) = match count.bound {
        Bound::Exact => (end, end),
        Bound::AtLeast | Bound::MoreThan => (end, end + some),
        Bound::About => (end - some / 2.0, end + some / 2.0),
        Bound::AtMost => (0.0, end),
    };
    let hatch = Fill::hatch(draft.theme.ground, draft.theme.accent);
    let mut parts = Vec::new();
    for (from, to, fill) in [
        (0.0, sure, Fill::solid(draft.theme.accent)),
        (sure.max(0.0), open.min(high), hatch),
    ] {
        if to > from {
            parts.push(Part::new(from, to, fill));
        }
    }
    Body::Bar(parts)
}
