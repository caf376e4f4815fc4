//! Which of two issues of a feed is older, and from when on the newest is overdue. Imports nothing.

/// When an issue of a feed was made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Age {
    /// Instant of publication, seconds since 1970, where the feed says it.
    pub published_s: Option<f64>,
    /// The day that its figures describe, in days since 1970.
    pub as_of_days: i32,
}

impl Age {
    /// Whether this issue is older than another: published earlier, or else, of the same moment or
    /// where one does not say, describing an earlier day.
    ///
    /// Publication comes first because a correction may take back a day that was wrong.
    #[must_use]
    pub fn older_than(self, other: Age) -> bool {
        match (self.published_s, other.published_s) {
            (Some(own), Some(others)) if own != others => own < others,
            _ => self.as_of_days < other.as_of_days,
        }
    }

    /// When it was new: its publication, else the end of its day. Seconds since 1970.
    ///
    /// The day ends in UTC, because a feed's day has no zone: in China that is eight hours late,
    /// and no page calls a feed old on the day itself.
    fn since_s(self) -> f64 {
        self.published_s
            .unwrap_or_else(|| (f64::from(self.as_of_days) + 1.0) * 86_400.0)
    }
}

/// From when on (seconds since 1970) an issue is overdue: the time between issues has passed
/// twice. One miss is a holiday; two are an outage.
#[must_use]
pub fn overdue_after(age: Age, expected_every_s: f64) -> f64 {
    age.since_s() + 2.0 * expected_every_s
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn age(published_s: Option<f64>, as_of_days: i32) -> Age {
        Age {
            published_s,
            as_of_days,
        }
    }

    #[test]
    fn publication_decides_before_the_day() {
        let first = age(Some(100.0), 20);
        assert!(age(Some(99.0), 21).older_than(first));
        // A correction that takes back a wrong day.
        assert!(!age(Some(101.0), 19).older_than(first));
        assert!(age(Some(100.0), 19).older_than(first));
        assert!(!first.older_than(first));
    }

    #[test]
    fn without_publication_the_day_decides() {
        assert!(age(None, 19).older_than(age(Some(100.0), 20)));
        assert!(age(Some(100.0), 19).older_than(age(None, 20)));
        assert!(!age(None, 20).older_than(age(None, 20)));
        assert!(!age(None, 21).older_than(age(Some(100.0), 20)));
    }

    #[test]
    fn overdue_after_twice_the_time_between_issues() {
        assert_eq!(overdue_after(age(Some(1000.0), 0), 300.0), 1600.0);
        // The end of the first day of 1970, and two days more.
        assert_eq!(overdue_after(age(None, 0), 86_400.0), 3.0 * 86_400.0);
    }
}
