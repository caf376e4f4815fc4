//! A bar for one count: solid as far as it is certain, hatched where its bound leaves it open.

use super::rows::Part;
use crate::figures::{Bound, Count};
use crate::scene::{Draft, Fill};

/// The parts of a bar whose scale ends at `high`. What a bound leaves open is a twenty-fifth of the
/// scale: "more than 800" does not say how many more.
#[must_use]
pub fn parts(draft: &Draft, count: &Count, high: f64) -> Vec<Part> {
    let (end, some) = (count.value, high / 25.0);
    let (sure, open) = match count.bound {
        Bound::Exact => (end, end),
        Bound::AtLeast | Bound::MoreThan => (end, end + some),
        Bound::About => (end - some / 2.0, end + some / 2.0),
        Bound::AtMost => (0.0, end),
    };
    let hatch = Fill::Hatch {
        ground: draft.theme.ground,
        line: draft.theme.accent,
    };
    let solid = Part::new(0.0, sure, Fill::Solid(draft.theme.accent));
    [solid, Part::new(sure.max(0.0), open.min(high), hatch)]
        .into_iter()
        .filter(|part| part.to > part.from)
        .collect()
}
