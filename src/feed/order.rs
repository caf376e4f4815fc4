//! Sorting, once for everything here: each type sorted on its own would cost the browser half a
//! kilobyte.

use std::cmp::Ordering;

/// The indices `0..len`, those with the lowest number first; equal ones keep their order.
pub(crate) fn order(len: usize, number: &dyn Fn(usize) -> f64) -> Vec<usize> {
    order_by(len, &|a, b| number(a).total_cmp(&number(b)))
}

/// The indices `0..len` in the order that `compare` gives them; equal ones keep theirs.
pub(crate) fn order_by(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut indices: Vec<usize> = (0..len).collect();
    indices.sort_unstable_by(|&a, &b| compare(a, b).then(a.cmp(&b)));
    indices
}

/// Puts a list into an order: what stands at `order[i]` comes to `i`. `swap` exchanges two places.
pub(crate) fn arrange(mut order: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        // Round by round: each place gets what belongs there, and the hole moves on.
        let mut at = start;
        while let Some(slot) = order.get_mut(at) {
            let next = std::mem::replace(slot, at);
            if next == start || next == at {
                break;
            }
            swap(at, next);
            at = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_into_order_and_equals_keep_theirs() {
        let mut list = vec!["c2", "a", "d", "c1", "b", "c3"];
        let order = order_by(list.len(), &|a, b| list[a][..1].cmp(&list[b][..1]));
        arrange(order, &mut |a, b| list.swap(a, b));
        assert_eq!(list, ["a", "b", "c2", "c1", "c3", "d"]);
    }
}
