//! Points and boxes inside a shape, as far from its border as there is room.
//!
//! A box of fixed size fits around a point exactly where the point is far enough from the border
//! by the larger of both axes' distances, each measured in half boxes. That distance changes by no
//! more than the point moves, so a search by quarters finds its maximum and knows when to stop.
//! Imports the layout's shapes.

use super::layout::Shape;
use std::collections::BinaryHeap;

/// Points looked at in one search; most need 20 to 100.
const MAX_PROBES: usize = 300;

/// A clearance that is nearer than this to the best one is as good, in half boxes.
const PRECISION: f64 = 0.04;

impl Shape {
    /// Whether a point lies inside, by the even-odd rule.
    #[must_use]
    pub fn contains(&self, at: [f64; 2]) -> bool {
        distance(&self.edges([1.0; 2]), at) > 0.0
    }

    /// The middle of the largest upright square that fits inside: where a label, or the end of a
    /// leader line, is farthest from the border. Always inside; `None` only where there is no area.
    #[must_use]
    pub fn pole(&self) -> Option<[f64; 2]> {
        let [[left, top], [right, bottom]] = self.bounds;
        let side = (right - left).min(bottom - top) / 2.0;
        // Of no extent, or not a number.
        if side.is_nan() || side <= 0.0 {
            return None;
        }
        let found = self.search([side; 2], 0.0);
        found.or_else(|| self.across())
    }

    /// The middle of a box that lies wholly inside with `air_px` to spare on all sides, where it
    /// has the most room; `None` where it fits nowhere.
    #[must_use]
    pub fn place_box(&self, width_px: f64, height_px: f64, air_px: f64) -> Option<[f64; 2]> {
        let half = [width_px / 2.0 + air_px, height_px / 2.0 + air_px];
        let [low, high] = self.bounds;
        let fits = |axis: usize| {
            let (low, high, half) = (low.get(axis)?, high.get(axis)?, half.get(axis)?);
            (*half > 0.0 && high - low >= 2.0 * half).then_some(())
        };
        fits(0).and_then(|()| fits(1))?;
        self.search(half, 1.0)
    }

    /// The point with the largest clearance above `least`, both in units of `half`.
    fn search(&self, half: [f64; 2], least: f64) -> Option<[f64; 2]> {
        let edges = self.edges(half);
        let [low, high] = self.bounds;
        let low = [low[0] / half[0], low[1] / half[1]];
        let size = [high[0] / half[0] - low[0], high[1] / half[1] - low[1]];
        // Squares that cover the bounds, no more than 16 along the longer side.
        let side = size[0].min(size[1]).max(size[0].max(size[1]) / 16.0);
        let mut quest = Quest {
            edges,
            best: None,
            clearance: least,
            cells: Vec::new(),
            queue: BinaryHeap::new(),
        };
        let [columns, rows] = size.map(|size| libm::ceil((size / side).min(17.0)) as u32);
        for row in 0..rows {
            for column in 0..columns {
                quest.probe(
                    [
                        low[0] + side * (f64::from(column) + 0.5),
                        low[1] + side * (f64::from(row) + 0.5),
                    ],
                    side / 2.0,
                );
            }
        }
        while let Some(top) = quest.queue.pop() {
            let bound = f64::from(f32::from_bits((top >> 32) as u32));
            if bound < quest.clearance + PRECISION || quest.cells.len() > MAX_PROBES {
                break;
            }
            let Some(&([x, y], reach)) = quest.cells.get(top as u32 as usize) else {
                break;
            };
            let quarter = reach / 2.0;
            for (dx, dy) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
                quest.probe([x + dx * quarter, y + dy * quarter], quarter);
            }
        }
        quest.best.map(|[x, y]| [x * half[0], y * half[1]])
    }

    /// The middle of the longest way across at half height.
    fn across(&self) -> Option<[f64; 2]> {
        let [[_, top], [_, bottom]] = self.bounds;
        // Less than this is rounding.
        let mut best = (1e-6, None);
        // Some heights, because one may run along a border.
        for part in [0.5, 0.37, 0.71] {
            let y = top + (bottom - top) * part;
            let mut crossings: Vec<f64> = self
                .edges([1.0; 2])
                .iter()
                .filter(|[from, to]| (from[1] > y) != (to[1] > y))
                .map(|[from, to]| from[0] + (to[0] - from[0]) * (y - from[1]) / (to[1] - from[1]))
                .collect();
            crossings.sort_unstable_by(f64::total_cmp);
            for pair in crossings.chunks_exact(2) {
                if let [left, right] = *pair
                    && right - left > best.0
                {
                    best = (right - left, Some([(left + right) / 2.0, y]));
                }
            }
        }
        best.1
    }

    /// All edges, in units of `half`.
    fn edges(&self, half: [f64; 2]) -> Vec<[[f64; 2]; 2]> {
        let count = self.rings.iter().map(Vec::len).sum();
        let mut edges = Vec::with_capacity(count);
        for ring in &self.rings {
            let scaled = |point: &[f64; 2]| [point[0] / half[0], point[1] / half[1]];
            let Some(mut before) = ring.last().map(scaled) else {
                continue;
            };
            for point in ring {
                let here = scaled(point);
                edges.push([before, here]);
                before = here;
            }
        }
        edges
    }
}

struct Quest {
    edges: Vec<[[f64; 2]; 2]>,
    best: Option<[f64; 2]>,
    clearance: f64,
    /// Middle and half side of each square looked at.
    cells: Vec<([f64; 2], f64)>,
    /// Bits of the best that a square can hold, then its index.
    queue: BinaryHeap<u64>,
}

impl Quest {
    fn probe(&mut self, at: [f64; 2], reach: f64) {
        let clearance = distance(&self.edges, at);
        if clearance > self.clearance {
            self.clearance = clearance;
            self.best = Some(at);
        }
        let bound = clearance + reach;
        if bound > self.clearance + PRECISION {
            let index = self.cells.len() as u64;
            self.queue
                .push(u64::from((bound as f32).to_bits()) << 32 | index);
        }
        self.cells.push((at, reach));
    }
}

/// The larger of both axes' distances to the nearest border; negative outside.
fn distance(edges: &[[[f64; 2]; 2]], [x, y]: [f64; 2]) -> f64 {
    let mut least = f64::INFINITY;
    let mut inside = false;
    for [from, to] in edges {
        let a = [from[0] - x, from[1] - y];
        let b = [to[0] - x, to[1] - y];
        if (a[1] > 0.0) != (b[1] > 0.0) && a[0] - a[1] * (b[0] - a[0]) / (b[1] - a[1]) > 0.0 {
            inside = !inside;
        }
        // No point of an edge is nearer than the box around it.
        let box_distance =
            (a[0].min(b[0]).max(-a[0].max(b[0]))).max(a[1].min(b[1]).max(-a[1].max(b[1])));
        if box_distance < least {
            least = least.min(edge_distance(a, b));
        }
    }
    if inside { least } else { -least }
}

/// The same to one edge, seen from the origin.
fn edge_distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    let along = [b[0] - a[0], b[1] - a[1]];
    // The larger of two absolute values is least where one is 0 or both are equal, or at an end.
    let mut least = f64::INFINITY;
    for (from, by) in [
        (a[0], along[0]),
        (a[1], along[1]),
        (a[0] - a[1], along[0] - along[1]),
        (a[0] + a[1], along[0] + along[1]),
    ] {
        let part = -from / by;
        // 0/0 where the edge is parallel: another candidate decides.
        let part = if part.is_nan() {
            0.0
        } else {
            part.clamp(0.0, 1.0)
        };
        let x = (a[0] + along[0] * part).abs();
        let y = (a[1] + along[1] * part).abs();
        least = least.min(x.max(y));
    }
    least
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(rings: &[&[[f64; 2]]]) -> Shape {
        let mut shape = Shape {
            rings: rings.iter().map(|ring| ring.to_vec()).collect(),
            bounds: [[f64::INFINITY; 2], [f64::NEG_INFINITY; 2]],
            ..Shape::default()
        };
        for &point in rings.iter().copied().flatten() {
            super::super::layout::stretch(&mut shape.bounds, point);
        }
        shape
    }

    const ROOM: &[[f64; 2]] = &[[0.0, 0.0], [100.0, 0.0], [100.0, 60.0], [0.0, 60.0]];

    #[test]
    fn distance_to_an_edge_is_the_larger_axis() {
        assert_eq!(edge_distance([3.0, -1.0], [3.0, 5.0]), 3.0);
        assert_eq!(edge_distance([2.0, 5.0], [6.0, 5.0]), 5.0);
        // The line x + y = 4 is nearest at (2, 2).
        assert_eq!(edge_distance([0.0, 4.0], [4.0, 0.0]), 2.0);
        assert_eq!(edge_distance([1.0, 1.0], [1.0, 1.0]), 1.0);
        assert_eq!(edge_distance([-1.0, -1.0], [1.0, 1.0]), 0.0);
    }

    #[test]
    fn a_box_fits_into_a_room_to_the_last_pixel_and_no_further() {
        let room = shape(&[ROOM]);
        let [x, y] = room.place_box(95.0, 55.0, 2.0).unwrap();
        assert!(
            (x - 50.0).abs() <= 0.6 && (y - 30.0).abs() <= 0.6,
            "{x} {y}"
        );
        assert_eq!(room.place_box(97.0, 10.0, 2.0), None);
        assert_eq!(room.place_box(10.0, 57.0, 2.0), None);
        assert_eq!(room.place_box(f64::NAN, 10.0, 2.0), None);
    }

    #[test]
    fn a_box_keeps_out_of_a_hole() {
        let hole: &[[f64; 2]] = &[[40.0, 10.0], [60.0, 10.0], [60.0, 50.0], [40.0, 50.0]];
        let room = shape(&[ROOM, hole]);
        let [x, _] = room.place_box(30.0, 40.0, 2.0).unwrap();
        assert!(x <= 23.0 || x >= 77.0, "{x}");
        assert_eq!(room.place_box(40.0, 40.0, 2.0), None);
        assert!(!room.contains([50.0, 30.0]));
        assert!(room.contains(room.pole().unwrap()));
    }

    #[test]
    fn a_sliver_has_a_point_inside_too() {
        let sliver = shape(&[&[[0.0, 0.0], [1000.0, 700.0], [1000.0, 700.001]]]);
        assert!(sliver.contains(sliver.pole().unwrap()));
        let nothing = shape(&[&[[0.0, 0.0], [5.0, 5.0], [9.0, 9.0]]]);
        assert_eq!(nothing.pole(), None);
        assert_eq!(Shape::default().pole(), None);
    }
}
