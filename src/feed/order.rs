//! Sorting, once for everything here: each type sorted on its own would cost the browser half a
//! kilobyte.

use std::cmp::Ordering;

/// The indices `0..len` in the order that `compare` gives them; equal ones keep theirs.
pub(crate) fn order(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut indices: Vec<usize> = (0..len).collect();
    indices.sort_unstable_by(|&a, &b| compare(a, b).then(a.cmp(&b)));
    indices
}
