//! How fast figures have grown of late, and where that leads.
//!
//! The recent pace is the mean change a day from the first figure of a window to the last: what
//! forecasters call the drift method (Hyndman and Athanasopoulos, "Forecasting: Principles and
//! Practice", 3rd edition, section 5.2). Its range is that of the window's stretches, the slowest
//! and the fastest: what has been seen, not a probability, because cumulative figures, rounded and
//! published on uneven days, meet none of the assumptions of a prediction interval.

use super::series::Known;

/// Figures of the window where that many lie in it; more where they reach back less than
/// [`SHORTEST_DAYS`].
const FIGURES: usize = 6;

/// The window reaches back at least this long, where the figures do.
const SHORTEST_DAYS: f64 = 30.0;

/// A stretch is at least this share of the window: over a day or two, the rounding of a published
/// rate would pass for a change of pace.
const STRETCH: f64 = 0.2;

/// A recent pace: change a day, and over which days it was seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// The window's first figure: its place.
    pub since: usize,
    /// Length of the window. A forecast reaches no further ahead than this.
    pub days: f64,
    /// Mean change a day.
    pub mean: f64,
    /// Of the slowest stretch.
    pub slowest: f64,
    /// Of the fastest stretch.
    pub fastest: f64,
}

impl Pace {
    /// The recent pace of figures, oldest first, each day once.
    ///
    /// `None` for fewer than three figures, or where they make fewer than two stretches.
    #[must_use]
    pub fn of(figures: &[Known]) -> Option<Pace> {
        let last = figures.last()?;
        let place = |index: usize| figures.get(index);
        let mut since = figures.len().saturating_sub(FIGURES);
        while since > 0 && last.day - place(since)?.day < SHORTEST_DAYS {
            since = since.saturating_sub(1);
        }
        let first = place(since)?;
        let days = last.day - first.day;
        if figures.len() < 3 || days <= 0.0 {
            return None;
        }
        let mut pace = Pace {
            since,
            days,
            mean: (last.value - first.value) / days,
            slowest: f64::INFINITY,
            fastest: f64::NEG_INFINITY,
        };
        let (mut end, mut stretches) = (last, 0_u32);
        for start in figures.get(since..)?.iter().rev() {
            let length = end.day - start.day;
            if length > 0.0 && length >= days * STRETCH {
                let change = (end.value - start.value) / length;
                pace.slowest = pace.slowest.min(change);
                pace.fastest = pace.fastest.max(change);
                end = start;
                stretches = stretches.saturating_add(1);
            }
        }
        (stretches >= 2).then_some(pace)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace_of(figures: &[(f64, f64)]) -> Option<Pace> {
        let known = |(index, &(day, value)): (usize, &(f64, f64))| Known { index, day, value };
        let known: Vec<Known> = figures.iter().enumerate().map(known).collect();
        Pace::of(&known)
    }

    #[test]
    fn there_is_no_pace_of_fewer_than_three_figures() {
        assert_eq!(pace_of(&[]), None);
        assert_eq!(pace_of(&[(0.0, 0.5)]), None);
        assert_eq!(pace_of(&[(0.0, 0.5), (60.0, 0.6)]), None);
        // Two of three lie so close that they are one stretch.
        assert_eq!(pace_of(&[(0.0, 0.5), (99.0, 0.6), (100.0, 0.6)]), None);
        assert!(pace_of(&[(0.0, 0.5), (30.0, 0.6), (60.0, 0.6)]).is_some());
    }

    #[test]
    fn mean_and_range_are_those_of_the_window() {
        let figures = [
            (0.0, 0.0),
            (10.0, 0.30),
            (20.0, 0.32),
            (30.0, 0.36),
            (40.0, 0.37),
            (50.0, 0.40),
            (60.0, 0.42),
        ];
        let pace = pace_of(&figures).unwrap();
        assert_eq!((pace.since, pace.days), (1, 50.0));
        assert!((pace.mean - 0.12 / 50.0).abs() < 1e-12);
        assert!((pace.slowest - 0.001).abs() < 1e-12, "{pace:?}");
        assert!((pace.fastest - 0.004).abs() < 1e-12, "{pace:?}");
    }

    #[test]
    fn daily_figures_reach_back_a_month_and_their_rounding_is_no_pace() {
        // A percentage point every fourth day, published in whole percent.
        let figures: Vec<(f64, f64)> = (0..200_u32)
            .map(|day| (f64::from(day), f64::from(day / 4) / 100.0))
            .collect();
        let pace = pace_of(&figures).unwrap();
        assert_eq!(pace.days, 30.0);
        assert!(pace.slowest > 0.0 && pace.fastest < 0.005, "{pace:?}");
        // Falling and equal figures are what they are.
        let equal = pace_of(&[(0.0, 0.5), (30.0, 0.5), (60.0, 0.5)]).unwrap();
        assert_eq!((equal.slowest, equal.mean, equal.fastest), (0.0, 0.0, 0.0));
        let falling = pace_of(&[(0.0, 0.5), (30.0, 0.4), (60.0, 0.3)]).unwrap();
        assert!(falling.mean < 0.0);
    }
}
