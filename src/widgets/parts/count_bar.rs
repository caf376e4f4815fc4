//! A bar for one count: solid as far as it is certain, hatched where its bound leaves it open.

use crate::figures::{Bound, Count};
use crate::scene::{Draft, Fill, Mark, Px, Rect};

/// Width of what a bound leaves open, in CSS pixels: "more than 800" does not say how many more.
const OPEN_CSS_PX: f64 = 12.0;

/// Draws the bar from the left edge of `(x, y, width, height)`, which stands for `whole`. `key`
/// names it from picture to picture.
pub fn draw(
    draft: &mut Draft,
    (x, y, width, height): (f64, f64, f64, f64),
    count: &Count,
    whole: f64,
    key: u64,
) {
    let end = (count.value / whole * width).clamp(0.0, width);
    let (sure, open) = match count.bound {
        Bound::Exact => (end, end),
        Bound::AtLeast | Bound::MoreThan => (end, (end + OPEN_CSS_PX).min(width)),
        Bound::About => (
            (end - OPEN_CSS_PX / 2.0).max(0.0),
            (end + OPEN_CSS_PX / 2.0).min(width),
        ),
        Bound::AtMost => (0.0, end),
    };
    if sure > 0.0 {
        let round = if open > sure { 0.0 } else { 2.0 };
        draft.push(Mark::Rect {
            rect: Rect::from_css(x, y, sure, height),
            fill: Fill::Solid(draft.theme.accent),
            round_end: Px::from_css(round),
            key,
        });
    }
    if open > sure {
        let fill = Fill::Hatch {
            ground: draft.theme.ground,
            line: draft.theme.accent,
        };
        draft.rect(Rect::from_css(x + sure, y, open - sure, height), fill);
    }
}
