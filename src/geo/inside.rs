//! Points and boxes inside a shape, as far from its border as there is room.
//!
//! A box of fixed size fits around a point exactly where the point is far enough from the border
//! by the larger of both axes' distances, each measured in half boxes. That distance changes by no
//! more than the point moves, so a search by quarters finds its maximum and knows when to stop.
//! Imports the layout's shapes.

use super::layout::{Shape, whole};
use std::collections::BinaryHeap;
use std::ops::Range;

/// Points looked at in one search; most need 20 to 100.
const MAX_PROBES: usize = 300;

/// Entries of all lists of near edges in one search: 32 MB, reached only by outlines of some
/// hundred thousand edges.
const MAX_NEAR: usize = 1_000_000;

/// A clearance that is better by no more than this, in half boxes and as a part of it, is as good.
const PRECISION: f64 = 0.04;

impl Shape {
    /// Whether a point lies inside, by the even-odd rule.
    #[must_use]
    pub fn contains(&self, at: [f64; 2]) -> bool {
        distance(&self.edges([1.0; 2]), at) > 0.0
    }

    /// The middle of the largest upright square that fits inside: where a label, or the end of a
    /// leader line, is farthest from the border. Always inside; `None` where there is no area, or
    /// only a thread, a few hundredths of its length wide, that no line could point at.
    #[must_use]
    pub fn pole(&self) -> Option<[f64; 2]> {
        let [[left, top], [right, bottom]] = self.bounds;
        let side = (right - left).min(bottom - top) / 2.0;
        // Of no extent, or not a number.
        if side.is_nan() || side <= 0.0 {
            return None;
        }
        self.search([side; 2], 0.0)
    }

    /// The middle of a box that lies wholly inside with `air_px` to spare on all sides, where it
    /// has the most room; `None` where it fits nowhere.
    #[must_use]
    pub fn place_box(&self, width_px: f64, height_px: f64, air_px: f64) -> Option<[f64; 2]> {
        let half = [width_px / 2.0 + air_px, height_px / 2.0 + air_px];
        let [low, high] = self.bounds;
        let fits = |extent: f64, half: f64| half > 0.0 && extent >= 2.0 * half;
        if !fits(high[0] - low[0], half[0]) || !fits(high[1] - low[1], half[1]) {
            return None;
        }
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
            all: edges.len(),
            near: edges,
            best: None,
            clearance: least,
            cells: Vec::new(),
            queue: BinaryHeap::new(),
        };
        let [columns, rows] = size.map(|size| whole((size / side).min(17.0).ceil()) as u32);
        for row in 0..rows {
            for column in 0..columns {
                let at = [
                    low[0] + side * (f64::from(column) + 0.5),
                    low[1] + side * (f64::from(row) + 0.5),
                ];
                // From far to the left, which is outside.
                quest.probe(
                    at,
                    side / 2.0,
                    [f64::NEG_INFINITY, at[1]],
                    false,
                    0..quest.all,
                );
            }
        }
        while let Some(top) = quest.queue.pop() {
            let bound = f64::from(f32::from_bits((top >> 32) as u32));
            let spent = quest.cells.len() > MAX_PROBES || quest.near.len() > MAX_NEAR;
            if spent || bound < quest.enough() {
                break;
            }
            let Some(cell) = quest.cells.get(top as u32 as usize).cloned() else {
                break;
            };
            quest.quarter(&cell);
        }
        let best = quest.best?;
        // Quarters know their side of the border from their parents: where rounding misled one,
        // the whole outline has the last word.
        let clearance = distance(quest.near.get(..quest.all)?, best);
        (clearance > 0.0 && clearance >= least).then(|| [best[0] * half[0], best[1] * half[1]])
    }

    /// All edges, in units of `half`.
    pub(super) fn edges(&self, half: [f64; 2]) -> Vec<Edge> {
        let mut edges = Vec::new();
        for ring in &self.rings {
            let Some(&[x, y]) = ring.last() else {
                continue;
            };
            let mut before = [x / half[0], y / half[1]];
            for &[x, y] in ring {
                let here = [x / half[0], y / half[1]];
                edges.push([before, here]);
                before = here;
            }
        }
        edges
    }
}

type Edge = [[f64; 2]; 2];

struct Quest {
    /// All edges, and after them those that are near to one square or another.
    near: Vec<Edge>,
    all: usize,
    best: Option<[f64; 2]>,
    clearance: f64,
    cells: Vec<Cell>,
    /// Bits of the best that a square can hold, then its index.
    queue: BinaryHeap<u64>,
}

/// A square that was looked at.
#[derive(Clone)]
struct Cell {
    at: [f64; 2],
    /// Half its side.
    reach: f64,
    inside: bool,
    /// Distance of its middle to the border.
    distance: f64,
    /// The part of `near` that holds all edges that can be nearest to a point of it.
    near: Range<usize>,
}

impl Quest {
    /// What a square must be able to hold to be worth a look.
    fn enough(&self) -> f64 {
        self.clearance * (1.0 + PRECISION) + PRECISION
    }

    /// Looks at the middle of a square, coming from a point whose side of the border is known.
    fn probe(
        &mut self,
        at: [f64; 2],
        reach: f64,
        from: [f64; 2],
        from_inside: bool,
        near: Range<usize>,
    ) {
        let edges = self.near.get(near.clone()).unwrap_or(&[]);
        let (distance, crossings) = look(edges, at, from);
        let inside = from_inside ^ crossings;
        let clearance = if inside { distance } else { -distance };
        if clearance > self.clearance {
            self.clearance = clearance;
            self.best = Some(at);
        }
        let bound = clearance + reach;
        if bound > self.enough() {
            let index = self.cells.len() as u64;
            self.queue
                .push(u64::from((bound as f32).to_bits()) << 32 | index);
        }
        self.cells.push(Cell {
            at,
            reach,
            inside,
            distance,
            near,
        });
    }

    fn quarter(&mut self, cell: &Cell) {
        let [x, y] = cell.at;
        // A point of the square is within `reach` of its middle, the edge nearest to that point
        // within `distance + reach` of the point.
        let far = cell.distance + 2.0 * cell.reach;
        let start = self.near.len();
        for at in cell.near.clone() {
            let Some(&edge) = self.near.get(at) else {
                break;
            };
            if box_distance(edge, x, y) <= far {
                self.near.push(edge);
            }
        }
        let near = start..self.near.len();
        let quarter = cell.reach / 2.0;
        for at in &[
            [x - quarter, y - quarter],
            [x + quarter, y - quarter],
            [x - quarter, y + quarter],
            [x + quarter, y + quarter],
        ] {
            self.probe(*at, quarter, cell.at, cell.inside, near.clone());
        }
    }
}

/// The distance of a point to the nearest edge, and whether the way to it from another, first
/// across and then up or down, crosses the border an odd number of times.
///
/// Written out, because this is where labels spend their time.
fn look(edges: &[Edge], [x, y]: [f64; 2], from: [f64; 2]) -> (f64, bool) {
    let mut least = f64::INFINITY;
    let mut odd = false;
    for &edge in edges {
        let [[x1, y1], [x2, y2]] = edge;
        if (y1 > from[1]) != (y2 > from[1]) {
            let crossing = x1 + (x2 - x1) * (from[1] - y1) / (y2 - y1);
            odd ^= (crossing > from[0]) != (crossing > x);
        }
        if (x1 > x) != (x2 > x) {
            let crossing = y1 + (y2 - y1) * (x - x1) / (x2 - x1);
            odd ^= (crossing > from[1]) != (crossing > y);
        }
        // No point of an edge is nearer than the box around it.
        if box_distance(edge, x, y) < least {
            let exact = edge_distance([x1 - x, y1 - y], [x2 - x, y2 - y]);
            if exact < least {
                least = exact;
            }
        }
    }
    (least, odd)
}

/// Distance from a point to the box around an edge; negative within.
fn box_distance([[x1, y1], [x2, y2]]: Edge, x: f64, y: f64) -> f64 {
    let across = if x1 < x2 {
        apart(x1 - x, x - x2)
    } else {
        apart(x2 - x, x - x1)
    };
    let down = if y1 < y2 {
        apart(y1 - y, y - y2)
    } else {
        apart(y2 - y, y - y1)
    };
    apart(across, down)
}

/// The larger; `f64::max` is a call where code is kept small.
fn apart(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The larger of both axes' distances to the nearest border; negative outside.
fn distance(edges: &[Edge], at: [f64; 2]) -> f64 {
    let (least, inside) = look(edges, at, [f64::NEG_INFINITY, at[1]]);
    if inside { least } else { -least }
}

/// The same to one edge, seen from the origin.
fn edge_distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    let along = [b[0] - a[0], b[1] - a[1]];
    // The larger of two absolute values is least where one is 0 or both are equal, or at an end.
    let mut least = f64::INFINITY;
    for &(from, by) in &[
        (a[0], along[0]),
        (a[1], along[1]),
        (a[0] - a[1], along[0] - along[1]),
        (a[0] + a[1], along[0] + along[1]),
    ] {
        let part = -from / by;
        // Not-a-number where the edge is parallel becomes 0: another candidate decides.
        let part = if part > 0.0 {
            if part < 1.0 { part } else { 1.0 }
        } else {
            0.0
        };
        let x = (a[0] + along[0] * part).abs();
        let y = (a[1] + along[1] * part).abs();
        let here = if x > y { x } else { y };
        if here < least {
            least = here;
        }
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
    fn a_sliver_has_a_point_inside_or_none() {
        let sliver = shape(&[&[[0.0, 0.0], [100.0, 70.0], [100.0, 80.0]]]);
        assert!(sliver.contains(sliver.pole().unwrap()));
        let thread = shape(&[&[[0.0, 0.0], [1000.0, 700.0], [1000.0, 700.001]]]);
        assert!(thread.pole().is_none_or(|pole| thread.contains(pole)));
        let nothing = shape(&[&[[0.0, 0.0], [5.0, 5.0], [9.0, 9.0]]]);
        assert_eq!(nothing.pole(), None);
        assert_eq!(Shape::default().pole(), None);
    }
}
