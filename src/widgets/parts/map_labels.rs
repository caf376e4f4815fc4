//! Labels of a map's regions: name over rate inside, `name rate` with a leader line beside it.

use super::base_map::Base;
use crate::geo::labels::{Candidate, Corners, Placement, place};
use crate::scene::{Anchor, Draft, Fill, Type};

/// What is written on a region.
pub struct Label<'a> {
    /// First.
    pub name: &'a str,
    /// Below the name or behind it; may be empty.
    pub rate: String,
    /// The region's fill; none where it is quiet.
    pub fill: Fill,
}

/// How name and rate are set.
type Sets = (Type, Type);

/// Space between a leader line and its label.
const GAP: f64 = 3.0;

/// Draws the labels that have room beside what is `taken`, the largest regions' first, and beside
/// the map with leader lines no longer than a part of its width. `label` is told a feature's index.
/// What has no room is left to hover and the table.
pub fn draw<'a>(
    draft: &mut Draft,
    base: &Base,
    (name, rate): Sets,
    mut taken: Vec<Corners>,
    longest: f64,
    label: &dyn Fn(usize) -> Option<Label<'a>>,
) {
    let (layout, [left, top]) = (&base.layout, base.corners[0]);
    // A smaller label inside its region reads better than a leader line.
    let smaller = |set: Type| set.sized(set.size.min(draft.sizes.footer));
    let small = (smaller(name), smaller(rate));
    let mut candidates = Vec::new();
    for shape in &layout.shapes {
        let Some(label) = label(shape.feature) else {
            continue;
        };
        let [width, height] = extent(&label, (name, rate));
        let line = name.width(label.name) + 4.0 + rate.width(&label.rate);
        candidates.push(Candidate {
            shape,
            // Name over rate, in full and a little smaller.
            inside: [[width, height], extent(&label, small)],
            // On one line, else name over rate.
            outside: [
                [line + 2.0 * GAP, name.line_height()],
                [width + 2.0 * GAP, height],
            ],
            placement: None,
        });
    }
    let bounds = [[0.0, 0.0], [layout.width_px, layout.height_px]];
    for corners in &mut taken {
        for [x, y] in corners {
            (*x, *y) = (*x - left, *y - top);
        }
    }
    let longest = layout.width_px * longest;
    place(&mut candidates, &layout.shapes, bounds, taken, longest);
    for candidate in &candidates {
        let (Some(placement), Some(label)) = (candidate.placement, label(candidate.shape.feature))
        else {
            continue;
        };
        let Placement {
            size,
            center: [x, y],
            leader,
        } = placement;
        let (x, y) = (left + x, top + y);
        let (mut sets, mut fill) = ((name, rate), label.fill);
        if let Some(line) = leader {
            self::leader(draft, [left, top], line);
            fill = Fill::NONE;
            if size == 0 {
                let half = candidate.outside[0][0] / 2.0 - GAP;
                let (top, height) = (y - name.line_height() / 2.0, name.line_height());
                draft.label(label.name, (x - half, top), height, Anchor::Left, name);
                let baseline = top + name.baseline_in(height);
                draft.text(&label.rate, (x + half, baseline), Anchor::Right, rate);
                continue;
            }
        } else if size > 0 {
            sets = small;
        }
        let at = (x, y - extent(&label, sets)[1] / 2.0);
        stacked(draft, (label.name, &label.rate), at, sets, fill);
    }
}

/// Width and height of name over rate.
fn extent(label: &Label, (name, rate): Sets) -> [f64; 2] {
    let width = name.width(label.name).max(rate.width(&label.rate));
    [width, height(&label.rate, (name, rate))]
}

/// Height of name over rate, or of the name alone.
#[must_use]
pub fn height(rate: &str, (name_set, rate_set): Sets) -> f64 {
    let name = name_set.line_height() - 2.0;
    match rate {
        "" => name,
        _ => name + rate_set.line_height() - 2.0,
    }
}

/// Name over rate, centred below a point, in the colour that shows on `fill`.
pub fn stacked(
    draft: &mut Draft,
    (name, rate): (&str, &str),
    (x, mut top): (f64, f64),
    (name_set, rate_set): Sets,
    fill: Fill,
) {
    for (text, mut set) in [(name, name_set), (rate, rate_set)] {
        let (mut halo, color) = (fill.ground(), fill.color());
        if let Some(color) = color {
            set = set.colored(draft.theme.text_on(color));
            halo = None;
        }
        let height = set.line_height() - 2.0;
        let at = (x, top + set.baseline_in(height));
        draft.text_over(text, at, Anchor::Middle, set, halo);
        top += height;
    }
}

/// A thin line from a dot in the region to its label, over a wider one of the ground's colour so
/// that it shows on light and dark classes alike.
fn leader(draft: &mut Draft, [left, top]: [f64; 2], [from, to]: [[f64; 2]; 2]) {
    let place = |[x, y]: [f64; 2]| (x + left, y + top);
    let (from, to) = (place(from), place(to));
    let (ground, ink) = (draft.theme.ground, draft.theme.mute);
    draft.line(from, to, ground, 3.0, 0.0);
    draft.circle(from, 3.0, Fill::solid(ground), (ground, 0.0));
    draft.line(from, to, ink, 1.0, 0.0);
    draft.circle(from, 2.0, Fill::solid(ink), (ink, 0.0));
}
