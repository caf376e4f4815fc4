//! The part of a ring that lies in a box. Imports nothing but the boxes' type.

use super::labels::Corners;

/// Cuts a ring along the sides of a box, one after the other (Sutherland and Hodgman, 1974). What
/// lies outside is drawn along the box's sides, where filling by the even-odd rule loses it; a
/// ring that lies outside altogether has no points.
#[must_use]
pub fn clip(ring: &[[f64; 2]], [[left, top], [right, bottom]]: &Corners) -> Vec<[f64; 2]> {
    let mut ring = ring.to_vec();
    for side in 0..4 {
        let depth = |[x, y]: [f64; 2]| match side {
            0 => x - left,
            1 => right - x,
            2 => y - top,
            _ => bottom - y,
        };
        let mut kept = Vec::new();
        let mut before = ring.last().copied().unwrap_or_default();
        for &here in &ring {
            let (from, to) = (depth(before), depth(here));
            if (from < 0.0) != (to < 0.0) {
                let part = from / (from - to);
                kept.push([
                    before[0] + (here[0] - before[0]) * part,
                    before[1] + (here[1] - before[1]) * part,
                ]);
            }
            if to >= 0.0 {
                kept.push(here);
            }
            before = here;
        }
        ring = kept;
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Corners = [[0.0, 0.0], [10.0, 10.0]];

    fn area(ring: &[[f64; 2]]) -> f64 {
        let mut twice = 0.0;
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            twice += a[0] * b[1] - b[0] * a[1];
        }
        twice.abs() / 2.0
    }

    #[test]
    fn a_ring_is_cut_at_the_box() {
        let over = [[5.0, 5.0], [15.0, 5.0], [15.0, 15.0], [5.0, 15.0]];
        assert_eq!(area(&clip(&over, &BOX)), 25.0);
        let around = [[-5.0, -5.0], [15.0, -5.0], [15.0, 15.0], [-5.0, 15.0]];
        assert_eq!(area(&clip(&around, &BOX)), 100.0);
        let inside = [[1.0, 1.0], [2.0, 1.0], [2.0, 2.0]];
        assert_eq!(clip(&inside, &BOX), inside);
        let outside = [[11.0, 1.0], [12.0, 1.0], [12.0, 2.0]];
        assert!(clip(&outside, &BOX).is_empty());
        assert!(clip(&[], &BOX).is_empty());
    }

    #[test]
    fn no_point_is_left_outside() {
        let star = [
            [5.0, -9.0],
            [12.0, 19.0],
            [-8.0, 2.0],
            [18.0, 2.0],
            [-2.0, 19.0],
        ];
        for [x, y] in clip(&star, &BOX) {
            assert!(
                (0.0..=10.0).contains(&x) && (0.0..=10.0).contains(&y),
                "{x} {y}"
            );
        }
    }
}
