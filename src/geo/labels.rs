//! Labels of regions: inside where they fit, else beside the map with a leader line, else nowhere.
//!
//! Greedy, most important first: no label overlaps another, a leader line crosses neither a label
//! nor another leader line. Imports the layout's shapes.

use super::free::Free;
pub use super::layout::overlap;

use super::layout::{Shape, whole};
use super::sort::{rank, sort};

/// Upper left and lower right corner in CSS pixels.
pub type Corners = [[f64; 2]; 2];

/// A region that wants a label.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The region.
    pub shape: &'a Shape,
    /// Widths and heights to try inside the region, best first.
    pub inside: &'a [[f64; 2]],
    /// Widths and heights to try beside the map, best first.
    pub outside: &'a [[f64; 2]],
}

/// Where a label goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Placement {
    /// Wholly inside its region, with air.
    Inside {
        /// Index in [`Candidate::inside`].
        size: usize,
        /// Middle of the box.
        center: [f64; 2],
    },
    /// Off the map.
    Outside {
        /// Index in [`Candidate::outside`].
        size: usize,
        /// Middle of the box.
        center: [f64; 2],
        /// Line from a point inside the region to the box's edge.
        leader: [[f64; 2]; 2],
    },
    /// No room: left to hover and the table.
    Hidden,
}

/// What labels have to respect.
#[derive(Clone, Copy, Debug)]
pub struct Room<'a> {
    /// Labels stay within.
    pub bounds: Corners,
    /// No label and no leader line touches these.
    pub obstacles: &'a [Corners],
    /// Kept free around labels, inside their region as outside. Default of the look: 2.
    pub air_px: f64,
    /// Leader lines are no longer than this.
    pub max_leader_px: f64,
}

/// Places labels; `candidates` most important first, one placement each. `shapes` is the whole map:
/// labels beside it keep off all of them.
#[must_use]
pub fn place(candidates: &[Candidate], shapes: &[Shape], room: &Room) -> Vec<Placement> {
    let mut taken = Taken {
        boxes: room.obstacles.to_vec(),
        leaders: Vec::new(),
        air: room.air_px.max(0.0),
    };
    let mut placements: Vec<Placement> = candidates
        .iter()
        .map(|candidate| taken.inside(candidate))
        .collect();
    let mut left: Vec<Left> = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let hidden = placements.get(index) == Some(&Placement::Hidden);
        if hidden && !candidate.outside.is_empty() {
            left.extend(candidate.shape.pole().map(|anchor| Left {
                index,
                anchor,
                weight: 1.0,
            }));
        }
    }
    for (weight, label) in (1_u32..).zip(left.iter_mut().rev()) {
        label.weight = f64::from(weight);
    }
    if left.is_empty() {
        return placements;
    }
    let mut spots = Spots {
        free: Free::around(shapes, room.bounds, taken.air),
        bounds: room.bounds,
        known: Vec::new(),
    };
    // Which comes first decides which leader lines stand in the way of others: of some orders the
    // one that shows most, with the shortest lines. The first is by importance.
    let mut best: Option<(f64, Vec<(usize, Placement)>)> = None;
    // By importance, then from each side.
    for order in [
        None,
        Some((1, 0)),
        Some((1, u64::MAX)),
        Some((0, 0)),
        Some((0, u64::MAX)),
    ] {
        let mut turns: Vec<(u64, u32)> = Vec::with_capacity(left.len());
        for (at, label) in (0_u32..).zip(&left) {
            let key = order.map_or(0, |(axis, flip): (usize, u64)| {
                rank(label.anchor.get(axis).copied().unwrap_or_default()) ^ flip
            });
            turns.push((key, at));
        }
        sort(&mut turns);
        let (cost, placed) = taken.all_outside(&left, &turns, candidates, &mut spots, room);
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, placed));
        }
        // More orders cost more than they gain: on such a map labels are not the point.
        if left.len() > 40 {
            break;
        }
    }
    for (index, placement) in best.into_iter().flat_map(|(_, placed)| placed) {
        if let Some(slot) = placements.get_mut(index) {
            *slot = placement;
        }
    }
    placements
}

/// A label that does not fit inside its region.
struct Left {
    /// Index of the candidate.
    index: usize,
    /// Where its leader line begins.
    anchor: [f64; 2],
    /// The most important has the largest.
    weight: f64,
}

/// What is taken already.
#[derive(Clone)]
struct Taken {
    boxes: Vec<Corners>,
    leaders: Vec<[[f64; 2]; 2]>,
    air: f64,
}

impl Taken {
    fn inside(&mut self, candidate: &Candidate) -> Placement {
        for (size, &[width, height]) in candidate.inside.iter().enumerate() {
            if let Some(center) = candidate.shape.place_box(width, height, self.air) {
                let corners = around(center, [width, height], self.air);
                if !self.boxes.iter().any(|other| overlap(other, &corners)) {
                    self.boxes.push(around(center, [width, height], 0.0));
                    return Placement::Inside { size, center };
                }
            }
        }
        Placement::Hidden
    }

    /// Places labels outside, in this order; what it costs, and where they go.
    fn all_outside(
        &self,
        left: &[Left],
        turns: &[(u64, u32)],
        candidates: &[Candidate],
        spots: &mut Spots,
        room: &Room,
    ) -> (f64, Vec<(usize, Placement)>) {
        let mut taken = self.clone();
        let mut cost = 0.0;
        let mut placed = Vec::new();
        for &(_, turn) in turns {
            let Some(label) = left.get(turn as usize) else {
                continue;
            };
            let Left {
                index,
                anchor,
                weight,
            } = label;
            let sizes = candidates.get(*index).map_or(&[][..], |of| of.outside);
            let mut missing = HIDDEN * weight;
            for (size, &extent) in sizes.iter().enumerate() {
                let centers = spots.of(extent);
                if let Some((center, leader)) = taken.beside(*anchor, extent, centers, left, room) {
                    taken.boxes.push(around(center, extent, 0.0));
                    taken.leaders.push(leader);
                    placed.push((
                        *index,
                        Placement::Outside {
                            size,
                            center,
                            leader,
                        },
                    ));
                    // A shorter form of a label is a loss, too.
                    missing = reach(leader[0], leader[1]) + size as f64 * SHORTENED;
                    break;
                }
            }
            cost += missing;
        }
        (cost, placed)
    }

    /// The cheapest free place for a box: a short leader line, in line with other labels.
    fn beside(
        &self,
        anchor: [f64; 2],
        size: [f64; 2],
        centers: &[[f64; 2]],
        left: &[Left],
        room: &Room,
    ) -> Option<([f64; 2], [[f64; 2]; 2])> {
        let mut best = None;
        let mut least = f64::INFINITY;
        for &center in centers {
            // No leader line is shorter than the way to the box; the bonus for lining up is what
            // a place can be better than its leader.
            let across = ((anchor[0] - center[0]).abs() - size[0] / 2.0).max(0.0);
            let down = ((anchor[1] - center[1]).abs() - size[1] / 2.0).max(0.0);
            let most = room.max_leader_px.min(least + LINED_UP);
            if across * across + down * down > most * most {
                continue;
            }
            let end = attach(anchor, center, size);
            let length = reach(anchor, end);
            if length > most {
                continue;
            }
            let corners = around(center, size, 0.0);
            let cost = length - self.lined_up(&corners);
            if cost < least
                && self.is_free(&corners, [anchor, end])
                && !left
                    .iter()
                    .any(|other| touches(other.anchor, [anchor, end]))
            {
                least = cost;
                best = Some((center, [anchor, end]));
            }
        }
        best
    }

    /// The bonus in pixels of a box that stands under or over another label outside.
    fn lined_up(&self, corners: &Corners) -> f64 {
        let outside = self.boxes.iter().rev().take(self.leaders.len());
        let same = |a: f64, b: f64| (a - b).abs() < 0.5;
        let lined = outside
            .into_iter()
            .any(|other| same(other[0][0], corners[0][0]) || same(other[1][0], corners[1][0]));
        if lined { LINED_UP } else { 0.0 }
    }

    fn is_free(&self, corners: &Corners, leader: [[f64; 2]; 2]) -> bool {
        let wide = [
            [corners[0][0] - self.air, corners[0][1] - self.air],
            [corners[1][0] + self.air, corners[1][1] + self.air],
        ];
        !self
            .boxes
            .iter()
            .any(|other| overlap(other, &wide) || meets(other, leader))
            && !self
                .leaders
                .iter()
                .any(|other| meets(&wide, *other) || cross(*other, leader))
    }
}

/// Where boxes of a size have room beside the map; worked out once for each size.
struct Spots {
    free: Free,
    bounds: Corners,
    known: Vec<([f64; 2], Vec<[f64; 2]>)>,
}

impl Spots {
    fn of(&mut self, size: [f64; 2]) -> &[[f64; 2]] {
        let known = self.known.iter().position(|(other, _)| *other == size);
        let at = known.unwrap_or(self.known.len());
        if known.is_none() {
            let centers = self.centers(size);
            self.known.push((size, centers));
        }
        self.known.get(at).map_or(&[], |(_, centers)| centers)
    }

    fn centers(&self, size: [f64; 2]) -> Vec<[f64; 2]> {
        let [[left, top], [right, bottom]] = self.bounds;
        let [across, down] = [right - left - size[0], bottom - top - size[1]];
        let mut centers = Vec::new();
        // Written so that not-a-number fails it.
        if !(across >= 0.0 && down >= 0.0) {
            return centers;
        }
        let steps = |span: f64, step: f64| whole((span / step).ceil().min(1000.0)) as u32;
        for row in 0..=steps(down, STEPS[1]) {
            for column in 0..=steps(across, STEPS[0]) {
                // The last row and column stand at the very edge.
                let corner = [
                    left + (STEPS[0] * f64::from(column)).min(across),
                    top + (STEPS[1] * f64::from(row)).min(down),
                ];
                let center = [corner[0] + size[0] / 2.0, corner[1] + size[1] / 2.0];
                if self.free.is_free(&around(center, size, 0.0)) {
                    centers.push(center);
                }
            }
        }
        centers
    }
}

/// Between places that are tried, across and down, in CSS pixels.
const STEPS: [f64; 2] = [8.0, 4.0];

/// What the least important label costs where it is not shown, as if it were leader line.
const HIDDEN: f64 = 1000.0;

/// The same for a label in a shorter form.
const SHORTENED: f64 = 100.0;

/// How much longer a leader line may be for a label that stands in line with another.
const LINED_UP: f64 = 40.0;

fn around(center: [f64; 2], size: [f64; 2], air: f64) -> Corners {
    let half = [size[0] / 2.0 + air, size[1] / 2.0 + air];
    [
        [center[0] - half[0], center[1] - half[1]],
        [center[0] + half[0], center[1] + half[1]],
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
            anchor[0].clamp(center[0] - inset, center[0] + inset),
            center[1] + half[1] * y.signum(),
        ]
    }
}

fn reach(a: [f64; 2], b: [f64; 2]) -> f64 {
    ((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])).sqrt()
}

/// On which side of a line a point lies.
fn side([a, b]: [[f64; 2]; 2], point: [f64; 2]) -> f64 {
    (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
}

/// Whether a line that begins elsewhere runs over the beginning of another.
fn touches(anchor: [f64; 2], [a, b]: [[f64; 2]; 2]) -> bool {
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
pub fn cross(a: [[f64; 2]; 2], b: [[f64; 2]; 2]) -> bool {
    side(a, b[0]) * side(a, b[1]) <= 0.0 && side(b, a[0]) * side(b, a[1]) <= 0.0
}

/// Whether a line passes through a box.
#[must_use]
pub fn meets(corners: &Corners, line: [[f64; 2]; 2]) -> bool {
    let [a, b] = line;
    let reach = [
        [a[0].min(b[0]), a[1].min(b[1])],
        [a[0].max(b[0]), a[1].max(b[1])],
    ];
    if !overlap(corners, &reach) {
        return false;
    }
    let [[left, top], [right, bottom]] = *corners;
    let sides = [[left, top], [right, top], [right, bottom], [left, bottom]]
        .map(|corner| side(line, corner));
    sides.iter().any(|&side| side >= 0.0) && sides.iter().any(|&side| side <= 0.0)
}
