//! One sort for everything: by a number, keeping the order of equals. Imports nothing.

/// Sorts by the first of each pair; equal ones keep their order.
///
/// Byte by byte from the lowest (radix sort): two million points take eight passes at most, in
/// time that no input makes longer.
pub(super) fn sort(pairs: &mut Vec<(u64, u32)>) {
    let mut spare = vec![(0, 0); pairs.len()];
    for shift in [0, 8, 16, 24, 32, 40, 48, 56] {
        // How many have each byte, then where the first of those goes.
        let mut places = [0_u32; 256];
        let byte = |key: u64| (key >> shift & 255) as usize;
        for &(key, _) in &*pairs {
            if let Some(count) = places.get_mut(byte(key)) {
                *count = count.saturating_add(1);
            }
        }
        if places.contains(&(pairs.len() as u32)) {
            continue;
        }
        let mut next = 0_u32;
        for place in &mut places {
            let count = *place;
            *place = next;
            next = next.saturating_add(count);
        }
        for &pair in &*pairs {
            if let Some(place) = places.get_mut(byte(pair.0))
                && let Some(slot) = spare.get_mut(*place as usize)
            {
                *slot = pair;
                *place = place.saturating_add(1);
            }
        }
        std::mem::swap(pairs, &mut spare);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_and_keeps_the_order_of_equals() {
        let keys = [5, u64::MAX, 0, 1 << 40, 5, 256, 255, 1 << 40, 0];
        let mut pairs: Vec<(u64, u32)> = keys.into_iter().zip(0..).collect();
        let mut expected = pairs.clone();
        expected.sort();
        sort(&mut pairs);
        assert_eq!(pairs, expected);
        sort(&mut Vec::new());
    }
}
