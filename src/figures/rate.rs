//! One rate of one whole: as published, or computed where that is honest, or missing.

use crate::feed::{Bound, Count, Progress, Rate, rounding};

/// Which rate a widget shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Metric {
    /// 开工率: started of planned.
    #[default]
    Start,
    /// 完工率: completed of planned.
    Completion,
    /// 投资完成率: money spent of money planned.
    Investment,
}

/// Where a rate comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The feed gives it.
    Published,
    /// Not published; both counts are exact.
    Computed,
    /// Neither.
    Missing,
}

/// A rate to show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateFigure<'a> {
    /// 0 or more, finite; `None` where missing or where the published text is no number.
    pub value: Option<f64>,
    /// The published text.
    pub text: Option<&'a str>,
    /// Where it comes from.
    pub origin: Origin,
}

impl<'a> RateFigure<'a> {
    /// The rate of a whole by a metric.
    ///
    /// A published rate wins, whatever the counts say. Without one it is computed, but only from
    /// two exact counts and a plan above zero.
    #[must_use]
    pub fn of(progress: &'a Progress, metric: Metric) -> RateFigure<'a> {
        let published = match metric {
            Metric::Start => progress.rate.as_ref(),
            Metric::Completion => progress.completion_rate.as_ref(),
            Metric::Investment => progress.investment.as_ref().and_then(|i| i.rate.as_ref()),
        };
        if let Some(rate) = published {
            return RateFigure::published(rate);
        }
        let (part, whole) = counts(progress, metric);
        match (exact(part), exact(whole)) {
            (Some(part), Some(whole)) if whole > 0.0 => RateFigure {
                value: Some(part / whole),
                text: None,
                origin: Origin::Computed,
            },
            _ => RateFigure::MISSING,
        }
    }

    /// None: neither published nor computed.
    pub const MISSING: RateFigure<'a> = RateFigure {
        value: None,
        text: None,
        origin: Origin::Missing,
    };

    /// Whether there is anything to show.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.value.is_some() || self.text.is_some()
    }

    /// By how many points it changed since an earlier one, and with how many decimals that is to
    /// be said: with those of the more exact of both. `None` unless both are numbers: "97%以上" is
    /// none.
    #[must_use]
    pub fn points_since(&self, earlier: &RateFigure) -> Option<(f64, usize)> {
        let decimals = self.decimals()?.max(earlier.decimals()?);
        Some(((self.value? - earlier.value?) * 100.0, decimals))
    }

    /// Decimals of the percentage that is shown; `None` where it is not exact.
    fn decimals(&self) -> Option<usize> {
        if self.origin == Origin::Computed {
            return Some(1);
        }
        let mut half_of_last_digit = rounding(self.value, self.text)?;
        let mut decimals = 0;
        while half_of_last_digit > 0.0 && half_of_last_digit < 0.004 {
            half_of_last_digit *= 10.0;
            decimals = 1_usize.saturating_add(decimals);
        }
        Some(decimals)
    }

    /// A published rate.
    #[must_use]
    pub fn published(rate: &'a Rate) -> RateFigure<'a> {
        RateFigure {
            value: rate.value,
            text: rate.text.as_deref(),
            origin: Origin::Published,
        }
    }
}

/// The value of an exact count: only such a one is ever divided.
#[must_use]
pub fn exact(count: Option<&Count>) -> Option<f64> {
    count.filter(|c| c.bound == Bound::Exact).map(|c| c.value)
}

/// The counts behind a metric: the part and the whole.
#[must_use]
pub fn counts(progress: &Progress, metric: Metric) -> (Option<&Count>, Option<&Count>) {
    let investment = progress.investment.as_ref();
    match metric {
        Metric::Start => (progress.started.as_ref(), progress.planned.as_ref()),
        Metric::Completion => (progress.completed.as_ref(), progress.planned.as_ref()),
        Metric::Investment => (
            investment.and_then(|i| i.done.as_ref()),
            investment.and_then(|i| i.planned.as_ref()),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(value: f64, bound: Bound) -> Option<Count> {
        Some(Count {
            value,
            bound,
            text: None,
        })
    }

    #[test]
    fn published_wins_over_counts() {
        let progress = Progress {
            started: count(1892.0, Bound::Exact),
            planned: count(1900.0, Bound::Exact),
            rate: Some(Rate {
                value: Some(0.97),
                text: Some("97%".into()),
            }),
            ..Progress::default()
        };
        let figure = RateFigure::of(&progress, Metric::Start);
        assert_eq!(figure.value, Some(0.97));
        assert_eq!(figure.text, Some("97%"));
        assert_eq!(figure.origin, Origin::Published);
    }

    #[test]
    fn bounded_counts_are_never_divided() {
        for bound in [Bound::About, Bound::AtLeast, Bound::MoreThan, Bound::AtMost] {
            let progress = Progress {
                started: count(1892.0, Bound::Exact),
                planned: count(1900.0, bound),
                ..Progress::default()
            };
            let figure = RateFigure::of(&progress, Metric::Start);
            assert_eq!(figure.origin, Origin::Missing, "{bound:?}");
        }
    }

    #[test]
    fn nothing_is_divided_by_zero_and_absent_is_not_zero() {
        let none_planned = Progress {
            started: count(0.0, Bound::Exact),
            planned: count(0.0, Bound::Exact),
            ..Progress::default()
        };
        assert_eq!(RateFigure::of(&none_planned, Metric::Start).value, None);
        assert_eq!(
            RateFigure::of(&Progress::default(), Metric::Start).value,
            None
        );
        let none_started = Progress {
            started: count(0.0, Bound::Exact),
            planned: count(4.0, Bound::Exact),
            ..Progress::default()
        };
        assert_eq!(
            RateFigure::of(&none_started, Metric::Start).value,
            Some(0.0)
        );
    }
}
