//! Rings → arcs: each border between two regions once, cut where three regions meet.
//!
//! A point is a junction where rings pass it with different neighbours. Between junctions a
//! border is the same in every ring that uses it, and the edge it begins with names it. All by
//! sorting: no input makes it slower than n log n. Imports nothing.

use super::model::{ArcRef, Arcs};
use super::rings::{Rings, cell};
use super::sort::sort;
use std::ops::Range;

/// Cuts rings into arcs; for each ring, the arcs that make it up.
pub(super) fn build(rings: &Rings) -> (Arcs, Vec<Vec<ArcRef>>) {
    let ids = identify(rings);
    let junctions = junctions(rings, &ids);
    let is_junction = |id: u32| junctions.get(id as usize).copied().unwrap_or(false);

    // Pieces of rings: (ring, where it starts in the ring, how many edges).
    let mut pieces: Vec<Piece> = Vec::new();
    for (ring, range) in rings.ranges.iter().enumerate() {
        let ids = slice(&ids, range);
        let length = ids.len();
        let mut cuts = (0..length).filter(|&at| is_junction(pick(ids, at)));
        if let Some(first) = cuts.next() {
            let mut start = first;
            for next in cuts.chain([first.saturating_add(length)]) {
                pieces.push(Piece::new(ring, ids, start, next.saturating_sub(start)));
                start = next;
            }
        } else {
            // An island, or an enclave with one neighbour: begin where any ring would begin.
            let start = (0..length).min_by_key(|&at| pick(ids, at)).unwrap_or(0);
            pieces.push(Piece::new(ring, ids, start, length));
        }
    }

    let mut order: Vec<(u64, u32)> = (0_u32..)
        .zip(&pieces)
        .map(|(index, piece)| (piece.name, index))
        .collect();
    sort(&mut order);
    // The first of those with the same name is the one that is kept.
    let mut kept: Vec<u32> = vec![0; pieces.len()];
    let mut before = None;
    for &(name, index) in &order {
        let same = before.filter(|&(named, _)| named == name);
        let first = same.map_or(index, |(_, first)| first);
        before = Some((name, first));
        set(&mut kept, index, first);
    }

    let mut arcs = Arcs::default();
    let mut numbers: Vec<u32> = vec![0; pieces.len()];
    let mut refs: Vec<Vec<ArcRef>> = vec![Vec::new(); rings.ranges.len()];
    for (index, piece) in (0_u32..).zip(&pieces) {
        let first = pick(&kept, index as usize);
        if first == index {
            set(&mut numbers, index, arcs.ends.len() as u32);
            piece.write(rings, &mut arcs);
        }
        if let Some(list) = refs.get_mut(piece.ring) {
            list.push(ArcRef {
                index: pick(&numbers, first as usize),
                reversed: piece.reversed,
            });
        }
    }
    (arcs, refs)
}

/// Numbers the different places; the same number for the same place.
fn identify(rings: &Rings) -> Vec<u32> {
    let mut order: Vec<(u64, u32)> = Vec::with_capacity(rings.points.len());
    order.extend(
        (0_u32..)
            .zip(&rings.points)
            .map(|(at, &point)| (cell(point), at)),
    );
    sort(&mut order);
    let mut ids = vec![0; rings.points.len()];
    let mut id = 0_u32;
    let mut before = None;
    for &(place, at) in &order {
        if before.is_some_and(|before| before != place) {
            id = id.saturating_add(1);
        }
        before = Some(place);
        set(&mut ids, at, id);
    }
    ids
}

/// For each place whether rings pass it in different ways.
fn junctions(rings: &Rings, ids: &[u32]) -> Vec<bool> {
    // u32::MAX is no id: there are fewer vertices.
    let mut neighbours = vec![(u32::MAX, u32::MAX); ids.len()];
    let mut junctions = vec![false; ids.len()];
    for range in &rings.ranges {
        let ids = slice(ids, range);
        let mut previous = ids.last().copied().unwrap_or(0);
        for (at, &id) in ids.iter().enumerate() {
            let next = pick(ids, at.saturating_add(1));
            let pair = (previous.min(next), previous.max(next));
            if let Some(known) = neighbours.get_mut(id as usize) {
                if *known == (u32::MAX, u32::MAX) {
                    *known = pair;
                } else if *known != pair {
                    set(&mut junctions, id, true);
                }
            }
            previous = id;
        }
    }
    junctions
}

/// A part of a ring, from junction to junction, or the whole.
struct Piece {
    ring: usize,
    start: usize,
    edges: usize,
    /// The edge that it begins with, walked in the direction that gives the smaller number.
    name: u64,
    reversed: bool,
}

impl Piece {
    fn new(ring: usize, ids: &[u32], start: usize, edges: usize) -> Piece {
        let end = start.saturating_add(edges);
        let edge = |from, to| u64::from(pick(ids, from)) << 32 | u64::from(pick(ids, to));
        let forward = edge(start, start.saturating_add(1));
        let backward = edge(end, end.saturating_sub(1));
        Piece {
            ring,
            start,
            edges,
            name: forward.min(backward),
            reversed: backward < forward,
        }
    }

    fn write(&self, rings: &Rings, arcs: &mut Arcs) {
        let ring = rings
            .ranges
            .get(self.ring)
            .map_or(&[][..], |range| slice(&rings.points, range));
        let end = self.start.saturating_add(self.edges);
        for step in 0..=self.edges {
            arcs.points.push(if self.reversed {
                pick(ring, end.saturating_sub(step))
            } else {
                pick(ring, self.start.saturating_add(step))
            });
        }
        arcs.ends.push(arcs.points.len() as u32);
    }
}

fn slice<'a, T>(all: &'a [T], range: &Range<u32>) -> &'a [T] {
    all.get(range.start as usize..range.end as usize)
        .unwrap_or(&[])
}

/// The entry at an index that may be one turn too far.
fn pick<T: Copy + Default>(ring: &[T], at: usize) -> T {
    ring.get(at)
        .or_else(|| ring.get(at.checked_sub(ring.len())?))
        .copied()
        .unwrap_or_default()
}

fn set<T>(all: &mut [T], at: u32, value: T) {
    if let Some(slot) = all.get_mut(at as usize) {
        *slot = value;
    }
}
