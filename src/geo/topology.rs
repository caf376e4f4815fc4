//! Rings → weighed rings: a border between two regions gets the same weights in both.
//!
//! A point is a junction where rings pass it with different neighbours. Between junctions a border
//! is the same in every ring that uses it, and is weighed in the same direction in each. All by
//! sorting: no input makes it slower than n log n. Imports nothing.

use super::rings::{Rings, cell};
use super::simplify::Border;
use super::sort::sort;
use std::ops::Range;

/// The weight of each point. Each ring comes to begin at a junction, or where any ring of the same
/// points would, and `points` holds nothing but the rings.
pub(super) fn weigh(rings: &mut Rings) -> Vec<f32> {
    let ids = identify(&mut rings.points);
    let neighbours = neighbours(rings, &ids);
    let mut points = Vec::with_capacity(rings.points.len());
    let mut weights = Vec::with_capacity(rings.points.len());
    let mut border = Border::default();
    for range in &mut rings.ranges {
        let (ids, ring) = (slice(&ids, range), slice(&rings.points, range));
        let is_junction = |at: usize| entry(&neighbours, pick(ids, at) as usize) == JUNCTION;
        // An island, or an enclave with one neighbour, is all one border: from its first place on.
        let mut start = 0;
        for at in 0..ids.len() {
            if is_junction(at) {
                start = at;
                break;
            }
            if pick(ids, at) < pick(ids, start) {
                start = at;
            }
        }
        let begin = points.len() as u32;
        let last = start.saturating_add(ids.len());
        for end in start.saturating_add(1)..=last {
            if end < last && !is_junction(end) {
                continue;
            }
            let edges = end.saturating_sub(start);
            // Of both directions the one whose first edge has the smaller number.
            let edge = |from: usize, to: usize| (pick(ids, from), pick(ids, to));
            let backward = edge(end, end.saturating_sub(1));
            let reversed = backward < edge(start, start.saturating_add(1));
            let turned = |step: usize| {
                if reversed {
                    edges.saturating_sub(step)
                } else {
                    step
                }
            };
            border.points.clear();
            for step in 0..=edges {
                let at = start.saturating_add(turned(step));
                border.points.push(pick(ring, at));
            }
            border.weigh();
            for step in 0..edges {
                points.push(pick(ring, start.saturating_add(step)));
                weights.push(entry(&border.weights, turned(step)));
            }
            start = end;
        }
        *range = begin..points.len() as u32;
    }
    rings.points = points;
    weights
}

/// Numbers the different places; the same number for the same place, which is the first of them
/// from now on.
fn identify(points: &mut [[f64; 2]]) -> Vec<u32> {
    let mut order: Vec<(u64, u32)> = Vec::with_capacity(points.len());
    for (at, &mut point) in (0..).zip(&mut *points) {
        order.push((cell(point), at));
    }
    sort(&mut order);
    let mut ids = vec![0; points.len()];
    let mut id = 0_u32;
    let mut first = (0, 0);
    for &(place, at) in &order {
        if place != first.0 {
            id = id.saturating_add(1);
            first = (place, at);
        }
        set(&mut ids, at, id);
        let known = entry(points, first.1 as usize);
        set(points, at, known);
    }
    ids
}

/// Rings pass a place in different ways.
const JUNCTION: u64 = u64::MAX;

/// For each place its neighbours in the rings, both numbers in one, or that it is a junction.
fn neighbours(rings: &Rings, ids: &[u32]) -> Vec<u64> {
    // 0 is no id.
    let mut neighbours = vec![0; ids.len().saturating_add(1)];
    for range in &rings.ranges {
        let ids = slice(ids, range);
        let mut previous = ids.last().copied().unwrap_or(0);
        for (at, &id) in ids.iter().enumerate() {
            let next = pick(ids, at.saturating_add(1));
            let pair = u64::from(previous.min(next)) << 32 | u64::from(previous.max(next));
            let known = entry(&neighbours, id as usize);
            let same = known == 0 || known == pair;
            set(&mut neighbours, id, if same { pair } else { JUNCTION });
            previous = id;
        }
    }
    neighbours
}

fn slice<'a, T>(all: &'a [T], range: &Range<u32>) -> &'a [T] {
    all.get(range.start as usize..range.end as usize)
        .unwrap_or(&[])
}

/// The entry at an index that may be one turn too far.
fn pick<T: Copy + Default>(ring: &[T], at: usize) -> T {
    let turn = if at < ring.len() { 0 } else { ring.len() };
    entry(ring, at.wrapping_sub(turn))
}

fn entry<T: Copy + Default>(all: &[T], at: usize) -> T {
    all.get(at).copied().unwrap_or_default()
}

fn set<T>(all: &mut [T], at: u32, value: T) {
    if let Some(slot) = all.get_mut(at as usize) {
        *slot = value;
    }
}
