//! Class breaks of a choropleth of rates.

use crate::figures::Row;
use crate::scene::{Draft, Fill};
use crate::widgets::Options;

/// Up to five classes by four or fewer bounds, ascending. Class `i` holds `bound[i-1] <= v <
/// bound[i]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Classes {
    /// Bounds between classes.
    pub bounds: Vec<f64>,
    /// The last class holds 100% and more, and nothing below.
    pub last_is_whole: bool,
    /// Some value is above 100%.
    pub above_whole: bool,
    /// What all values lie between, in whole hundredths of a percent.
    pub range: (f64, f64),
}

/// Steps that readers can count in, as fractions: 0.1 to 25 percentage points.
const STEPS: [f64; 10] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25];

impl Classes {
    /// The classes of rows: as the page asks, else chosen from the figures.
    #[must_use]
    pub fn of_rows(options: &Options, rows: &[Row]) -> Classes {
        let mut values = Vec::new();
        for row in rows {
            values.extend(row.rate.value);
        }
        Classes::new(&options.breaks, &values)
    }

    /// Classes by given breaks: the finite ones, ascending, at most four; or, without any, by equal
    /// steps that readers can count in, with what is wholly done apart.
    ///
    /// Rates bunch just below 100%, and whether a place has reached it is the question; so 100% is
    /// a class of its own where anything reaches it, and the rest is cut into equal steps of the
    /// smallest round size with which four bounds reach down to the lowest value.
    #[must_use]
    pub fn new(breaks: &[f64], values: &[f64]) -> Classes {
        let (mut low, mut high, mut most) = (f64::INFINITY, 0.0, 0.0);
        for &value in values {
            most = value.max(most);
            if value < 1.0 {
                (low, high) = (value.min(low), value.max(high));
            }
        }
        let mut bounds: Vec<f64> = Vec::new();
        for &bound in breaks {
            let place = below(&bounds, bound);
            if bound.is_finite() && bounds.get(place) != Some(&bound) {
                bounds.insert(place, bound);
            }
        }
        bounds.truncate(4);
        if breaks.is_empty() {
            let mut left = 4.0;
            if most >= 1.0 {
                (left, high) = (3.0, 1.0);
                bounds.push(1.0);
            }
            let (mut step, mut last) = (0.0, 0.0);
            for size in STEPS {
                step = size;
                last = (high / step - 1e-9).ceil();
                if last - (low / step + 1e-9).floor() <= left + 1.0 {
                    break;
                }
            }
            // Bounds are whole multiples of the step, computed from integers so that 0.94 is 0.94.
            while left > 0.0 && (last - 1.0) * step > low + 1e-9 {
                last -= 1.0;
                left -= 1.0;
                bounds.insert(0, (last * step * 1e6 + 0.5).floor() / 1e6);
            }
        }
        Classes {
            last_is_whole: bounds.last() == Some(&1.0) && most >= 1.0,
            above_whole: most > 1.0,
            range: (
                (low.min(most) * 1e4 + 1e-9).floor() / 1e4,
                (most * 1e4 - 1e-9).ceil() / 1e4,
            ),
            bounds,
        }
    }

    /// What a value is filled with; a missing one is hatched.
    #[must_use]
    pub fn fill(&self, draft: &Draft, value: Option<f64>) -> Fill {
        match value {
            Some(value) => self.fill_of(draft, self.of(value)),
            None => draft.missing(),
        }
    }

    /// The fill of class `i`.
    #[must_use]
    pub fn fill_of(&self, draft: &Draft, class: usize) -> Fill {
        let color = draft.theme.classes.get(self.color_index(class)).copied();
        Fill::solid(color.unwrap_or(draft.theme.accent))
    }

    /// How many classes there are, 1 to 5.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bounds.len().saturating_add(1)
    }

    /// Never: there is always a class.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The class of a value, 0 for the lowest.
    #[must_use]
    pub fn of(&self, value: f64) -> usize {
        // A published 94% and a bound of 0.94 may differ in the last bit.
        below(&self.bounds, value + 1e-9)
    }

    /// The place of class `i` among five colours: spread out, the darkest always in use.
    #[must_use]
    pub fn color_index(&self, class: usize) -> usize {
        match (self.len(), class) {
            (1, _) => 3,
            (2, 0) => 1,
            (2, _) => 4,
            (3, i) => i.saturating_mul(2).min(4),
            (n, i) => i.saturating_add(5_usize.saturating_sub(n)).min(4),
        }
    }
}

/// How many of the bounds lie below a value.
#[inline(never)]
fn below(bounds: &[f64], value: f64) -> usize {
    let mut count = 0_usize;
    for &bound in bounds {
        count = count.wrapping_add(usize::from(bound < value));
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hangzhou_like_rates_get_steps_of_two_points_and_a_class_for_all() {
        let values = [
            1.0, 1.0, 0.993, 0.984, 0.982, 0.978, 0.972, 0.968, 0.964, 0.948, 0.939,
        ];
        let classes = Classes::new(&[], &values);
        assert_eq!(classes.bounds, [0.94, 0.96, 0.98, 1.0]);
        assert!(classes.last_is_whole);
        assert_eq!(classes.of(0.939), 0);
        assert_eq!(classes.of(0.94), 1);
        assert_eq!(classes.of(0.9999), 3);
        assert_eq!(classes.of(1.0), 4);
    }

    #[test]
    fn one_class_has_a_range() {
        for (values, range) in [
            (&[0.97, 0.97][..], (0.97, 0.97)),
            (&[0.29121, 0.2915], (0.2912, 0.2915)),
            (&[2.0 / 3.0], (0.6666, 0.6667)),
        ] {
            let classes = Classes::new(&[], values);
            assert_eq!((classes.len(), classes.range), (1, range));
        }
    }

    #[test]
    fn provinces_get_steps_of_twenty() {
        let values = [1.0, 0.99, 0.86, 0.79, 0.44, 0.30, 0.29];
        assert_eq!(Classes::new(&[], &values).bounds, [0.4, 0.6, 0.8, 1.0]);
    }

    #[test]
    fn every_value_has_a_class_whatever_the_values() {
        for values in [
            vec![],
            vec![0.5],
            vec![0.5; 9],
            vec![1.0],
            vec![0.0, 1.3],
            vec![0.0, 1e-9, 0.999_999],
            vec![0.9, 0.9001],
            vec![0.01, 0.02, 0.99],
        ] {
            let classes = Classes::new(&[], &values);
            assert!(classes.len() <= 5, "{values:?} {classes:?}");
            assert!(
                classes.bounds.windows(2).all(|w| w[0] < w[1]),
                "{classes:?}"
            );
            for v in values {
                assert!(classes.of(v) < classes.len());
                assert!(classes.color_index(classes.of(v)) < 5);
            }
        }
    }

    #[test]
    fn given_breaks_are_sorted_and_cut_to_four() {
        let classes = Classes::new(&[0.9, 0.5, f64::NAN, 0.9, 0.8, 0.95, 0.99], &[0.7]);
        assert_eq!(classes.bounds, [0.5, 0.8, 0.9, 0.95]);
    }
}
