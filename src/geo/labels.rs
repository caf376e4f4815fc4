//! Labels of regions: inside where they fit, else beside the map with a leader line, else nowhere.
//!
//! Greedy, most important first: no label overlaps another, a leader line crosses neither a label
//! nor another leader line. Imports the layout's shapes.

use super::free::Free;
pub use super::layout::overlap;

use super::layout::Shape;
use crate::feed::order;

/// Upper left and lower right corner in CSS pixels.
pub type Corners = [[f64; 2]; 2];

/// From one end to the other.
pub type Line = [[f64; 2]; 2];

/// A region that wants a label.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The region.
    pub shape: &'a Shape,
    /// Widths and heights to try inside the region, best first.
    pub inside: [[f64; 2]; 2],
    /// Widths and heights to try beside the map, best first.
    pub outside: [[f64; 2]; 2],
    /// Where it goes: what [`place`] finds. `None`: no room, it is left to hover and the table.
    pub placement: Option<Placement>,
}

/// Where a label goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placement {
    /// Index in [`Candidate::outside`] where there is a leader line, else in [`Candidate::inside`].
    pub size: usize,
    /// Middle of the box.
    pub center: [f64; 2],
    /// Off the map: the line from a point inside the region to the box's edge.
    pub leader: Option<Line>,
}

/// Kept free around labels, inside their region as outside, in CSS pixels.
pub const AIR: f64 = 2.0;

/// More labels are no help to find one's way, and take long to place.
const MOST: usize = 200;

/// Directions in which the orders go that labels beside a map are placed in.
const ORDERS: [[f64; 2]; 5] = [[0.0, 0.0], [0.0, 1.0], [0.0, -1.0], [1.0, 0.0], [-1.0, 0.0]];

/// Places labels, the largest regions' first, within `bounds` and off the `obstacles`. With leader
/// lines no longer than `max_leader_px`; 0: no labels beside the map. `shapes` is the whole map:
/// labels beside it keep off all of them.
pub fn place(
    candidates: &mut [Candidate],
    shapes: &[Shape],
    bounds: Corners,
    obstacles: Vec<Corners>,
    max_leader_px: f64,
) {
    let mut taken = Taken {
        boxes: obstacles,
        lines: Vec::new(),
    };
    // With the points where their leader lines begin.
    let mut left: Vec<(usize, [f64; 2])> = Vec::new();
    let largest = order(candidates.len(), &|at| {
        candidates.get(at).map_or(0.0, |of| -of.shape.area_px2)
    });
    for &index in largest.iter().take(MOST) {
        let Some(candidate) = candidates.get_mut(index) else {
            continue;
        };
        candidate.placement = None;
        for (size, &[width, height]) in candidate.inside.iter().enumerate() {
            if candidate.placement.is_none()
                && let Some(center) = candidate.shape.place_box(width, height, AIR)
            {
                let corners = around(center, [width, height]);
                if taken.is_free(&corners, [AIR; 2], None) {
                    taken.boxes.push(corners);
                    candidate.placement = Some(Placement {
                        size,
                        center,
                        leader: None,
                    });
                }
            }
        }
        if candidate.placement.is_none()
            && max_leader_px > 0.0
            && let Some(anchor) = candidate.shape.pole()
        {
            left.push((index, anchor));
        }
    }
    if left.is_empty() {
        return;
    }
    let free = Free::around(shapes, bounds, AIR);
    let inside = taken.boxes.len();
    // One label after the other in each of its forms: the places off the map, which are the same
    // whatever the order, and how many there are by then.
    let mut spots: Vec<Line> = Vec::new();
    let mut ends = vec![0];
    for &(index, anchor) in &left {
        for extent in candidates.get(index).map_or([[0.0; 2]; 2], |of| of.outside) {
            scan(
                &mut spots,
                anchor,
                extent,
                &free,
                &left,
                bounds,
                max_leader_px,
            );
            ends.push(spots.len());
        }
    }
    // Which comes first decides which leader lines stand in the way of others: of some orders the
    // one that shows most, with the shortest lines, and that once more. The first is by importance,
    // the others from each side.
    let mut best = [0.0, 0.0];
    let mut least = f64::INFINITY;
    for round in 0..=ORDERS.len() {
        let [x, y] = ORDERS.get(round).copied().unwrap_or(best);
        let far = |at: usize| left.get(at).map_or(0.0, |(_, to)| to[0] * x + to[1] * y);
        taken.boxes.truncate(inside);
        taken.lines.clear();
        let mut cost = 0.0;
        for turn in order(left.len(), &far) {
            let Some(&(index, anchor)) = left.get(turn) else {
                continue;
            };
            let Some(candidate) = candidates.get_mut(index) else {
                continue;
            };
            candidate.placement = None;
            // The most important costs most.
            let mut missing = HIDDEN * left.len().saturating_sub(turn) as f64;
            for (size, &extent) in candidate.outside.iter().enumerate() {
                let list = match ends.get(turn.wrapping_mul(2).wrapping_add(size)..) {
                    Some(&[from, to, ..]) => spots.get(from..to),
                    _ => None,
                };
                let found = taken.beside(anchor, extent, list.unwrap_or_default());
                if let Some((center, leader)) = found {
                    taken.boxes.push(around(center, extent));
                    taken.lines.push(leader);
                    candidate.placement = Some(Placement {
                        size,
                        center,
                        leader: Some(leader),
                    });
                    // A shorter form of a label is a loss, too.
                    missing = reach(leader[0], leader[1]) + size as f64 * SHORTENED;
                    break;
                }
            }
            cost += missing;
        }
        if cost < least {
            (least, best) = (cost, [x, y]);
        }
        // More orders cost more than they gain: on such a map labels are not the point.
        if left.len() > 40 {
            break;
        }
    }
}

/// What is taken already.
#[derive(Default)]
pub struct Taken {
    /// By labels and obstacles.
    pub boxes: Vec<Corners>,
    /// By leader lines.
    pub lines: Vec<Line>,
}

impl Taken {
    /// Whether a label with so much air across and down, and its leader line, touch nothing.
    #[must_use]
    pub fn is_free(&self, corners: &Corners, [x, y]: [f64; 2], leader: Option<Line>) -> bool {
        let [[left, top], [right, bottom]] = *corners;
        let wide = [[left - x, top - y], [right + x, bottom + y]];
        for other in &self.boxes {
            if overlap(other, &wide) || leader.is_some_and(|line| meets(other, line)) {
                return false;
            }
        }
        for &other in &self.lines {
            if meets(&wide, other) || leader.is_some_and(|line| cross(other, line)) {
                return false;
            }
        }
        true
    }

    /// The cheapest of the places that is still free: a short leader line, in line with other labels.
    fn beside(&self, anchor: [f64; 2], size: [f64; 2], spots: &[Line]) -> Option<([f64; 2], Line)> {
        let mut best = None;
        let mut least = f64::INFINITY;
        for &[center, end] in spots {
            let leader = [anchor, end];
            let length = reach(anchor, end);
            // What a place can be better than its leader is the bonus for lining up.
            if length - LINED_UP < least {
                let corners = around(center, size);
                let cost = length - self.lined_up(&corners);
                if cost < least && self.is_free(&corners, [AIR; 2], Some(leader)) {
                    least = cost;
                    best = Some((center, leader));
                }
            }
        }
        best
    }

    /// The bonus in pixels of a box that stands under or over another label outside.
    fn lined_up(&self, corners: &Corners) -> f64 {
        let same = |a: f64, b: f64| (a - b).abs() < 0.5;
        // Those outside were placed last, each with a line.
        let inside = self.boxes.len().saturating_sub(self.lines.len());
        for other in self.boxes.get(inside..).unwrap_or(&[]) {
            if same(other[0][0], corners[0][0]) || same(other[1][0], corners[1][0]) {
                return LINED_UP;
            }
        }
        0.0
    }
}

/// Appends the middles of all places for a box that are off the map, with a leader line that is short
/// enough and runs over the beginning of no other.
fn scan(
    spots: &mut Vec<Line>,
    anchor: [f64; 2],
    size: [f64; 2],
    free: &Free,
    left: &[(usize, [f64; 2])],
    [low, high]: Corners,
    max_leader_px: f64,
) {
    let [across, down] = [high[0] - low[0] - size[0], high[1] - low[1] - size[1]];
    // The last row and column stand at the very edge.
    let mut row = 0.0;
    while down >= 0.0 && row < down + STEPS[1] && spots.len() < MOST_SPOTS {
        let y = low[1] + f64::min(row, down) + size[1] / 2.0;
        row += STEPS[1];
        let mut column = 0.0;
        while across >= 0.0 && column < across + STEPS[0] {
            if (y - anchor[1]).abs() > max_leader_px + size[1] {
                break;
            }
            let center = [low[0] + f64::min(column, across) + size[0] / 2.0, y];
            column += STEPS[0];
            let leader = [anchor, attach(anchor, center, size)];
            if reach(anchor, leader[1]) <= max_leader_px
                && free.is_free(&around(center, size))
                && !left.iter().any(|&(_, other)| touches(other, leader))
            {
                spots.push([center, leader[1]]);
            }
        }
    }
}

/// Places that are looked at in one map; only hundreds of labels beside it have more.
const MOST_SPOTS: usize = 200_000;

/// Between places that are tried, across and down, in CSS pixels.
const STEPS: [f64; 2] = [8.0, 4.0];

/// What the least important label costs where it is not shown, as if it were leader line.
const HIDDEN: f64 = 1000.0;

/// The same for a label in a shorter form.
const SHORTENED: f64 = 100.0;

/// How much longer a leader line may be for a label that stands in line with another.
const LINED_UP: f64 = 40.0;

fn around([x, y]: [f64; 2], [width, height]: [f64; 2]) -> Corners {
    [
        [x - width / 2.0, y - height / 2.0],
        [x + width / 2.0, y + height / 2.0],
    ]
}

/// Where a leader line meets the box: the middle of the side that faces the region, or below or
/// above where it would come in steeply.
fn attach(anchor: [f64; 2], center: [f64; 2], size: [f64; 2]) -> [f64; 2] {
    let half = [size[0] / 2.0, size[1] / 2.0];
    let [x, y] = [anchor[0] - center[0], anchor[1] - center[1]];
    if x.abs() - half[0] > y.abs() / 2.0 {
        [center[0] + half[0] * x.signum(), center[1]]
    } else {
        let inset = (half[0] - half[1]).max(0.0);
        [
            anchor[0].max(center[0] - inset).min(center[0] + inset),
            center[1] + half[1] * y.signum(),
        ]
    }
}

fn reach(a: [f64; 2], b: [f64; 2]) -> f64 {
    ((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])).sqrt()
}

/// On which side of a line a point lies.
fn side([a, b]: Line, point: [f64; 2]) -> f64 {
    (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
}

/// Whether a line that begins elsewhere runs over the beginning of another.
fn touches(anchor: [f64; 2], [a, b]: Line) -> bool {
    let along = [b[0] - a[0], b[1] - a[1]];
    let to = [anchor[0] - a[0], anchor[1] - a[1]];
    let square = along[0] * along[0] + along[1] * along[1];
    let part = ((to[0] * along[0] + to[1] * along[1]) / square).clamp(0.0, 1.0);
    let near = [a[0] + along[0] * part, a[1] + along[1] * part];
    // Not its own; and false for a line of no length.
    anchor != a && reach(anchor, near) < TOUCH
}

/// Nearer than this, in CSS pixels, a line seems to begin where it passes.
const TOUCH: f64 = 3.0;

/// Whether two lines cross or touch.
#[must_use]
pub fn cross(a: Line, b: Line) -> bool {
    side(a, b[0]) * side(a, b[1]) <= 0.0 && side(b, a[0]) * side(b, a[1]) <= 0.0
}

/// Whether a line passes through a box.
#[must_use]
pub fn meets(corners: &Corners, line: Line) -> bool {
    let [a, b] = line;
    let reach = [
        [a[0].min(b[0]), a[1].min(b[1])],
        [a[0].max(b[0]), a[1].max(b[1])],
    ];
    if !overlap(corners, &reach) {
        return false;
    }
    let (mut left, mut right) = (false, false);
    for [x, _] in corners {
        for [_, y] in corners {
            let side = side(line, [*x, *y]);
            left |= side >= 0.0;
            right |= side <= 0.0;
        }
    }
    left && right
}
