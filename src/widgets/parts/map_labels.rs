//! Labels of a map's regions: name over rate inside, `name rate` with a leader line beside it.

use super::base_map::Base;
use crate::figures::{arrange, order};
use crate::geo::Shape;
use crate::geo::labels::{Candidate, Placement, Room, place};
use crate::scene::{Anchor, Draft, Fill, Mark, Point, Px, Type};

/// A label and what it stands on.
pub struct Label<'a> {
    /// The region.
    pub shape: &'a Shape,
    /// Bold, first.
    pub name: &'a str,
    /// Below the name or behind it.
    pub rate: String,
    /// The region's fill.
    pub fill: Fill,
}

/// Space between a leader line and its label.
const GAP: f64 = 3.0;

/// Draws the labels that have room, the largest regions' first. What has no room is left to hover
/// and the table.
pub fn draw(draft: &mut Draft, base: &Base, mut labels: Vec<Label>) {
    let (layout, origin) = (&base.layout, base.corners[0]);
    let area = |index: usize| labels.get(index).map_or(0.0, |l| l.shape.area_px2);
    let largest_first = order(labels.len(), &|a, b| area(b).total_cmp(&area(a)));
    arrange(largest_first, &mut |a, b| labels.swap(a, b));
    let (name, rate) = (draft.bold(draft.sizes.label), draft.ink(draft.sizes.count));
    // A smaller label inside its region reads better than a leader line.
    let smaller = |set: Type| set.sized(set.size.min(11.5).max(set.size - 4.0));
    let small = (smaller(name), smaller(rate));
    let stacked_size = |label: &Label, (name, rate): (Type, Type)| {
        let width = name.width(label.name).max(rate.width(&label.rate));
        [width, name.line_height() + rate.line_height() - 4.0]
    };
    let mut candidates = Vec::new();
    for label in &labels {
        let (a, b) = (name.width(label.name), rate.width(&label.rate));
        let [stacked, height] = stacked_size(label, (name, rate));
        candidates.push(Candidate {
            shape: label.shape,
            // Name over rate, in full and a little smaller.
            inside: [[stacked, height], stacked_size(label, small)],
            // On one line, else name over rate.
            outside: [
                [a + 4.0 + b + 2.0 * GAP, name.line_height()],
                [stacked + 2.0 * GAP, height],
            ],
        });
    }
    let room = Room {
        bounds: [[0.0, 0.0], [layout.width_px, layout.height_px]],
        obstacles: &[],
        air_px: 2.0,
        // A longer line is harder to follow than a row of the table.
        max_leader_px: layout.width_px * 0.3,
    };
    let placements = place(&candidates, &layout.shapes, &room);
    for ((placement, candidate), label) in placements.iter().zip(&candidates).zip(&labels) {
        let Some(Placement {
            size,
            center,
            leader,
        }) = placement
        else {
            continue;
        };
        let (x, y) = (origin[0] + center[0], origin[1] + center[1]);
        let Some(line) = leader else {
            let (name, rate) = if *size == 0 { (name, rate) } else { small };
            let [_, height] = stacked_size(label, (name, rate));
            let text = (label.name, label.rate.as_str());
            stacked(draft, text, (x, y - height / 2.0), (name, rate), label.fill);
            continue;
        };
        let [one_line, two_lines] = candidate.outside;
        self::leader(draft, origin, *line);
        if *size == 0 {
            let [width, height] = one_line;
            let baseline = y - height / 2.0 + name.baseline_in(height);
            let at = (x - width / 2.0 + GAP, baseline);
            draft.text(label.name, at, Anchor::Left, name);
            let at = (x + width / 2.0 - GAP, baseline);
            draft.text(&label.rate, at, Anchor::Right, rate);
        } else {
            let text = (label.name, label.rate.as_str());
            let at = (x, y - two_lines[1] / 2.0);
            stacked(draft, text, at, (name, rate), Fill::NONE);
        }
    }
}

/// Name over rate, centred below a point, in the colour that shows on `fill`.
pub fn stacked(
    draft: &mut Draft,
    (name, rate): (&str, &str),
    (x, top): (f64, f64),
    (name_set, rate_set): (Type, Type),
    fill: Fill,
) {
    let (color, halo) = match fill.color() {
        Some(color) => (draft.theme.text_on(color), None),
        None => (draft.theme.ink, fill.ground()),
    };
    let mut top = top;
    for (text, set) in [(name, name_set), (rate, rate_set)] {
        let height = set.line_height() - 2.0;
        let at = (x, top + set.baseline_in(height));
        draft.text_over(text, at, Anchor::Middle, set.colored(color), halo);
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
    draft.push(Mark::Circle {
        center: Point::from_css(from.0, from.1),
        radius: Px::from_css(3.0),
        fill: Fill::solid(ground),
        stroke: None,
    });
    draft.line(from, to, ink, 1.0, 0.0);
    draft.push(Mark::Circle {
        center: Point::from_css(from.0, from.1),
        radius: Px::from_css(2.0),
        fill: Fill::solid(ink),
        stroke: None,
    });
}
