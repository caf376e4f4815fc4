//! Whether the borders of a polygon cross each other. Imports the rings.

use super::rings::{Rings, grid};

/// Pairs of edges looked at for each edge, and at least; past that the polygon counts as sound.
/// A border of 100,000 points takes some 50 for each.
const PAIRS_PER_EDGE: usize = 256;

/// Whether two edges of these rings cross. Borders that touch, or run along each other, don't.
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
    // From west to east; the first corner of an edge is its western one.
    let mut order: Vec<(u64, u32)> = (0_u32..)
        .zip(&edges)
        .map(|(at, edge)| (edge[0][0] as u64, at))
        .collect();
    order.sort_unstable();
    let edge = |at: u32| edges.get(at as usize).copied().unwrap_or_default();
    let mut budget = edges.len().saturating_mul(PAIRS_PER_EDGE);
    for (place, &(_, at)) in order.iter().enumerate() {
        let a = edge(at);
        let rest = order.get(place.saturating_add(1)..).unwrap_or(&[]);
        for &(west, other) in rest {
            if west > a[1][0] as u64 {
                break;
            }
            let Some(left) = budget.checked_sub(1) else {
                return false;
            };
            budget = left;
            let b = edge(other);
            let apart = a[0][1].max(a[1][1]) < b[0][1].min(b[1][1])
                || b[0][1].max(b[1][1]) < a[0][1].min(a[1][1]);
            if !apart && splits(a, b) && splits(b, a) {
                return true;
            }
        }
    }
    false
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
