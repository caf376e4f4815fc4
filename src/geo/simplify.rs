//! How much each point of an arc matters: Visvalingam's effective area, in square degrees.
//!
//! In degrees, because both projections stretch the axes apart from each other: an area in the
//! picture is this one times a factor, so it is computed once and serves every size. Imports
//! nothing.

use super::model::Arcs;
use std::collections::BinaryHeap;

/// Fills in the weights and the bounds.
pub(super) fn weigh(arcs: &mut Arcs) {
    arcs.weights = vec![f32::INFINITY; arcs.points.len()];
    let mut work = Work::default();
    let mut start = 0;
    for &end in &arcs.ends {
        let range = start..end as usize;
        start = end as usize;
        if let (Some(points), Some(weights)) =
            (arcs.points.get(range.clone()), arcs.weights.get_mut(range))
        {
            work.weigh(points, weights);
        }
    }
    let mut bounds = [[f64::INFINITY; 2], [f64::NEG_INFINITY; 2]];
    for &point in &arcs.points {
        super::layout::stretch(&mut bounds, point);
    }
    arcs.bounds = bounds;
}

/// Memory that is used again from arc to arc.
#[derive(Default)]
struct Work {
    /// Smallest area first: complement of the area's bits, then of the index.
    heap: BinaryHeap<u64>,
    /// Neighbours that are still there.
    links: Vec<[u32; 2]>,
}

impl Work {
    fn weigh(&mut self, points: &[[f64; 2]], weights: &mut [f32]) {
        let length = points.len();
        if length < 3 {
            return;
        }
        self.heap.clear();
        self.links.clear();
        self.links
            .extend((0..length as u32).map(|at| [at.saturating_sub(1), at.saturating_add(1)]));
        for at in 1..length.saturating_sub(1) as u32 {
            self.queue(points, weights, at, 0.0);
        }
        // A closed arc keeps two points besides its ends: a triangle.
        let closed = points.first() == points.last();
        let mut left = length.saturating_sub(2);
        let stop = if closed { 2 } else { 0 };
        while left > stop {
            let Some(top) = self.heap.pop() else { break };
            let (bits, at) = ((!top >> 32) as u32, !top as u32);
            // What was queued before a neighbour went is out of date.
            if weight(weights, at).to_bits() != bits || self.gone(at) {
                continue;
            }
            left = left.saturating_sub(1);
            let [before, after] = self.link(at);
            if let Some(link) = self.links.get_mut(before as usize) {
                link[1] = after;
            }
            if let Some(link) = self.links.get_mut(after as usize) {
                link[0] = before;
            }
            if let Some(link) = self.links.get_mut(at as usize) {
                *link = [u32::MAX; 2];
            }
            let least = f32::from_bits(bits);
            for next in [before, after] {
                if next != 0 && (next as usize) < length.saturating_sub(1) {
                    self.queue(points, weights, next, least);
                }
            }
        }
        if closed {
            for (at, weight) in weights.iter_mut().enumerate() {
                if !self.gone(at as u32) {
                    *weight = f32::INFINITY;
                }
            }
        }
    }

    fn link(&self, at: u32) -> [u32; 2] {
        self.links
            .get(at as usize)
            .copied()
            .unwrap_or([u32::MAX; 2])
    }

    fn gone(&self, at: u32) -> bool {
        self.link(at) == [u32::MAX; 2]
    }

    fn queue(&mut self, points: &[[f64; 2]], weights: &mut [f32], at: u32, least: f32) {
        let [before, after] = self.link(at);
        let point = |index: u32| points.get(index as usize).copied().unwrap_or_default();
        let ([ax, ay], [bx, by], [cx, cy]) = (point(before), point(at), point(after));
        let area = (((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)).abs() / 2.0) as f32;
        // Never below what has gone already, so that a coarser picture is a part of a finer one.
        let area = area.max(least);
        if let Some(weight) = weights.get_mut(at as usize) {
            *weight = area;
        }
        // The bits of floats from 0 up sort as the floats do.
        self.heap
            .push(!(u64::from(area.to_bits()) << 32 | u64::from(at)));
    }
}

fn weight(weights: &[f32], at: u32) -> f32 {
    weights.get(at as usize).copied().unwrap_or(f32::INFINITY)
}
