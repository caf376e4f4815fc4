//! How much each point of a border matters: Visvalingam's effective area, in square degrees.
//!
//! In degrees, because both projections stretch the axes apart from each other: an area in the
//! picture is this one times a factor, so it is computed once and serves every size. Imports
//! nothing.

use std::collections::BinaryHeap;

/// A border from junction to junction, or all around; and memory that is used again for the next.
#[derive(Default)]
pub(super) struct Border {
    /// To be weighed.
    pub points: Vec<[f64; 2]>,
    /// Infinite at the ends and where most depends on a point: between two junctions one is kept,
    /// all around two are, so that no region loses all its area. No other is smaller than that of
    /// a point that goes before it.
    pub weights: Vec<f32>,
    /// Smallest area first: complement of the area's bits, then of the index.
    heap: BinaryHeap<u64>,
    /// Neighbours that are still there.
    links: Vec<[u32; 2]>,
}

/// No neighbours: the point has gone.
const GONE: [u32; 2] = [u32::MAX; 2];

impl Border {
    /// Fills in the weights.
    pub fn weigh(&mut self) {
        let length = self.points.len();
        let last = length.saturating_sub(1) as u32;
        self.heap.clear();
        self.links.clear();
        self.weights.clear();
        self.weights.resize(length, 0.0);
        for at in 0..length as u32 {
            self.links
                .push([at.saturating_sub(1), at.saturating_add(1)]);
        }
        for at in 1..last {
            self.queue(at, 0.0);
        }
        let closed = self.points.first() == self.points.last();
        let stop = if closed { 4 } else { 3 };
        let mut left = length;
        while left > stop {
            let Some(top) = self.heap.pop() else { break };
            let (bits, at) = ((!top >> 32) as u32, !top as u32);
            let [before, after] = self.link(at);
            // What was queued before a neighbour went is out of date.
            let weight = self.weights.get(at as usize).map(|weight| weight.to_bits());
            if weight != Some(bits) || [before, after] == GONE {
                continue;
            }
            left = left.saturating_sub(1);
            if let Some(link) = self.links.get_mut(before as usize) {
                link[1] = after;
            }
            if let Some(link) = self.links.get_mut(after as usize) {
                link[0] = before;
            }
            if let Some(link) = self.links.get_mut(at as usize) {
                *link = GONE;
            }
            for next in [before, after] {
                if next != 0 && next < last {
                    self.queue(next, f32::from_bits(bits));
                }
            }
        }
        for (weight, link) in self.weights.iter_mut().zip(&self.links) {
            if *link != GONE {
                *weight = f32::INFINITY;
            }
        }
    }

    fn link(&self, at: u32) -> [u32; 2] {
        self.links.get(at as usize).copied().unwrap_or(GONE)
    }

    fn queue(&mut self, at: u32, least: f32) {
        let [before, after] = self.link(at);
        let point = |index: u32| self.points.get(index as usize).copied().unwrap_or_default();
        let ([ax, ay], [bx, by], [cx, cy]) = (point(before), point(at), point(after));
        let area = (((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)).abs() / 2.0) as f32;
        // Never below what has gone already, so that a coarser picture is a part of a finer one.
        let area = area.max(least);
        if let Some(weight) = self.weights.get_mut(at as usize) {
            *weight = area;
        }
        // The bits of floats from 0 up sort as the floats do.
        self.heap
            .push(!(u64::from(area.to_bits()) << 32 | u64::from(at)));
    }
}
