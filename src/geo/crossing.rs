//! Whether the borders of a polygon cross each other. Imports the rings.

use super::layout::stretch;
use super::rings::{Rings, grid};
use super::sort::sort;

/// Whether two edges of these rings cross. Borders that touch, or run along each other, don't.
///
/// Edges are sorted into the squares of a grid and compared within each. Where that takes more
/// than some hundred steps an edge (a ball of wool, no border) the polygon counts as sound.
pub(super) fn crosses(rings: &Rings, polygon: &[usize]) -> bool {
    let mut edges: Vec<[[i64; 2]; 2]> = Vec::new();
    for ring in polygon {
        let Some(range) = rings.ranges.get(*ring) else {
            continue;
        };
        let points = rings.points.get(range.start as usize..range.end as usize);
        let points = points.unwrap_or(&[]);
        let mut before = points.last().map(|&point| grid(point));
        for &point in points {
            let here = grid(point);
            if let Some(before) = before {
                edges.push([before.min(here), before.max(here)]);
            }
            before = Some(here);
        }
    }
    let edge = |at: u32| edges.get(at as usize).copied().unwrap_or_default();
    let Some(squares) = squares(&edges) else {
        return false;
    };
    let mut budget = edges.len().saturating_mul(128).saturating_add(1 << 16);
    for (place, &(square, at)) in squares.iter().enumerate() {
        let rest = squares.get(place.saturating_add(1)..).unwrap_or(&[]);
        for &(other, with) in rest {
            if other != square {
                break;
            }
            let Some(left) = budget.checked_sub(1) else {
                return false;
            };
            budget = left;
            let (a, b) = (edge(at), edge(with));
            if splits(a, b) && splits(b, a) {
                return true;
            }
        }
    }
    false
}

/// Squares that edges pass through, with the edges, sorted; `None` where there are too many.
fn squares(edges: &[[[i64; 2]; 2]]) -> Option<Vec<(u64, u32)>> {
    let mut bounds = [[f64::INFINITY; 2], [f64::NEG_INFINITY; 2]];
    let float = |[x, y]: [i64; 2]| [x as f64, y as f64];
    for &corner in edges.iter().flatten() {
        stretch(&mut bounds, float(corner));
    }
    let [[west, south], [east, north]] = bounds;
    // A border is some 4 to 20 times as long as its box is wide: squares as large as its edges.
    let across = (edges.len() as f64 / 8.0).ceil();
    let side = (east - west).max(north - south) / across + 1.0;
    let most = edges.len().saturating_mul(16).saturating_add(4096);
    let mut squares = Vec::new();
    for (index, &[from, to]) in (0_u32..).zip(edges) {
        let ([x1, y1], [x2, y2]) = (float(from), float(to));
        // The corners are in order: x1 is not above x2.
        let [first, last] = [x1, x2].map(|x| ((x - west) / side) as u64);
        for column in first..=last {
            let left = west + side * column as f64;
            let height = |x: f64| {
                let part = if x2 > x1 {
                    (x.clamp(x1, x2) - x1) / (x2 - x1)
                } else {
                    0.0
                };
                y1 + (y2 - y1) * part
            };
            // An upright edge has both its ends in one column.
            let [a, b] = if x2 > x1 {
                [height(left), height(left + side)]
            } else {
                [y1, y2]
            };
            let [low, high] = [a.min(b), a.max(b)].map(|y| ((y - south) / side) as u64);
            for row in low..=high {
                squares.push((column << 32 | row, index));
                if squares.len() > most {
                    return None;
                }
            }
        }
    }
    sort(&mut squares);
    Some(squares)
}

/// Whether the ends of `b` lie on different sides of `a`, neither of them on it.
fn splits(a: [[i64; 2]; 2], b: [[i64; 2]; 2]) -> bool {
    let side = |point: [i64; 2]| {
        // Grid coordinates are below 2^31: differences fit 32 bits, products 62, their
        // difference 63.
        let along = [a[1][0].wrapping_sub(a[0][0]), a[1][1].wrapping_sub(a[0][1])];
        let to = [
            point[0].wrapping_sub(a[0][0]),
            point[1].wrapping_sub(a[0][1]),
        ];
        along[0]
            .wrapping_mul(to[1])
            .wrapping_sub(along[1].wrapping_mul(to[0]))
            .signum()
    };
    side(b[0]).wrapping_mul(side(b[1])) < 0
}

#[allow(clippy::arithmetic_side_effects)] // Small numbers, and a test fails loudly.
#[cfg(test)]
mod tests {
    use super::*;

    fn crossing(rings: &[&[[f64; 2]]]) -> bool {
        let mut all = Rings::default();
        for ring in rings {
            all.begin();
            ring.iter().all(|&point| all.add(point, 1_000_000));
            all.end(None);
        }
        crosses(&all, &(0..rings.len()).collect::<Vec<_>>())
    }

    #[test]
    fn a_bow_tie_crosses_and_a_square_does_not() {
        let bow: &[[f64; 2]] = &[[0.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]];
        assert!(crossing(&[bow]));
        let square: &[[f64; 2]] = &[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]];
        assert!(!crossing(&[square]));
    }

    #[test]
    fn a_hole_may_touch_its_outer_ring_but_not_cross_it() {
        let outer: &[[f64; 2]] = &[[0.0, 0.0], [8.0, 0.0], [8.0, 8.0], [0.0, 8.0], [0.0, 0.0]];
        let touching: &[[f64; 2]] = &[[0.0, 4.0], [4.0, 2.0], [4.0, 6.0], [0.0, 4.0]];
        assert!(!crossing(&[outer, touching]));
        let through: &[[f64; 2]] = &[[-1.0, 4.0], [4.0, 2.0], [4.0, 6.0], [-1.0, 4.0]];
        assert!(crossing(&[outer, through]));
    }

    /// A star that winds round its middle `turns` times in `points` steps.
    fn star(points: u32, turns: u32) -> Vec<[f64; 2]> {
        (0..=points)
            .map(|step| {
                let place = u64::from(step) * u64::from(turns) % u64::from(points);
                let angle = place as f64 / f64::from(points) * std::f64::consts::TAU;
                let reach = 1.0 + 0.3 * libm::sin(angle * 40.0);
                [reach * libm::cos(angle), reach * libm::sin(angle)]
            })
            .collect()
    }

    #[test]
    fn one_crossing_among_thousands_of_edges_is_found() {
        let mut ring = star(20_000, 1);
        assert!(!crossing(&[&ring]));
        ring.swap(9_000, 9_001);
        assert!(crossing(&[&ring]));
    }

    #[test]
    fn a_ball_of_wool_is_given_up_in_time() {
        // 100,000 edges from side to side: 5 × 10^9 pairs, all of them crossing or nearly.
        assert!(!crossing(&[&star(100_001, 50_000)]));
    }
}
