//! Labels of regions: inside where they fit, else beside the map with a leader line, else nowhere.
//!
//! Greedy, most important first: no label overlaps another, a leader line crosses neither a label
//! nor another leader line. Imports the layout's shapes.

use super::free::Free;
use super::layout::{Shape, overlap};

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
    // Drawn only where it is needed: most maps of provinces have room for all.
    let mut free = None;
    for (candidate, placement) in candidates.iter().zip(&mut placements) {
        if *placement == Placement::Hidden && !candidate.outside.is_empty() {
            let free = free.get_or_insert_with(|| Free::around(shapes, room.bounds, taken.air));
            *placement = taken.outside(candidate, free, room);
        }
    }
    placements
}

/// What is taken already.
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

    fn outside(&mut self, candidate: &Candidate, free: &Free, room: &Room) -> Placement {
        let Some(anchor) = candidate.shape.pole() else {
            return Placement::Hidden;
        };
        for (size, &half_of) in candidate.outside.iter().enumerate() {
            if let Some((center, leader)) = self.beside(anchor, half_of, free, room) {
                self.boxes.push(around(center, half_of, 0.0));
                self.leaders.push(leader);
                return Placement::Outside {
                    size,
                    center,
                    leader,
                };
            }
        }
        Placement::Hidden
    }

    /// The cheapest free place for a box: a short leader line, in line with other labels.
    fn beside(
        &self,
        anchor: [f64; 2],
        size: [f64; 2],
        free: &Free,
        room: &Room,
    ) -> Option<([f64; 2], [[f64; 2]; 2])> {
        let [[left, top], [right, bottom]] = room.bounds;
        let step = 4.0;
        let [columns, rows] = [right - left - size[0], bottom - top - size[1]].map(|span| {
            if span >= 0.0 {
                (span / step).min(2000.0) as u32
            } else {
                0
            }
        });
        if right - left < size[0] || bottom - top < size[1] {
            return None;
        }
        let mut best = None;
        let mut least = f64::INFINITY;
        for row in 0..=rows {
            for column in 0..=columns {
                let center = [
                    left + step * f64::from(column) + size[0] / 2.0,
                    top + step * f64::from(row) + size[1] / 2.0,
                ];
                let end = attach(anchor, center, size);
                let length = reach(anchor, end);
                // The bonus for lining up is what a place can be better than its leader.
                if length > room.max_leader_px || length - LINED_UP >= least {
                    continue;
                }
                let corners = around(center, size, 0.0);
                let cost = length - self.lined_up(&corners);
                if cost < least && free.is_free(&corners) && self.is_free(&corners, [anchor, end]) {
                    least = cost;
                    best = Some((center, [anchor, end]));
                }
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

/// How much longer a leader line may be for a label that stands in line with another.
const LINED_UP: f64 = 16.0;

fn around(center: [f64; 2], size: [f64; 2], air: f64) -> Corners {
    let half = [size[0] / 2.0 + air, size[1] / 2.0 + air];
    [
        [center[0] - half[0], center[1] - half[1]],
        [center[0] + half[0], center[1] + half[1]],
    ]
}

/// Where a leader line meets the box: the middle of the side that faces the region.
fn attach(anchor: [f64; 2], center: [f64; 2], size: [f64; 2]) -> [f64; 2] {
    let [x, y] = [anchor[0] - center[0], anchor[1] - center[1]];
    if x.abs() * size[1] >= y.abs() * size[0] || x.abs() > size[0] / 2.0 {
        [center[0] + size[0] / 2.0 * x.signum(), center[1]]
    } else {
        [center[0], center[1] + size[1] / 2.0 * y.signum()]
    }
}

fn reach(a: [f64; 2], b: [f64; 2]) -> f64 {
    ((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])).sqrt()
}

/// On which side of a line a point lies.
fn side([a, b]: [[f64; 2]; 2], point: [f64; 2]) -> f64 {
    (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
}

fn cross(a: [[f64; 2]; 2], b: [[f64; 2]; 2]) -> bool {
    side(a, b[0]) * side(a, b[1]) <= 0.0 && side(b, a[0]) * side(b, a[1]) <= 0.0
}

/// Whether a line passes through a box.
fn meets(corners: &Corners, line: [[f64; 2]; 2]) -> bool {
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
