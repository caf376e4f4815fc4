//! The programme at a glance: the big figure and the target.

use super::ranking::is_model;
use super::rate::{Metric, RateFigure, counts};
use crate::feed::{AsOf, Count, Feed, Progress, Target};

/// The programme at a glance.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview<'a> {
    /// The rate of the whole.
    pub rate: RateFigure<'a>,
    /// Started, completed or spent.
    pub part: Option<&'a Count>,
    /// Planned.
    pub whole: Option<&'a Count>,
    /// What the rate divides by, as the feed words it.
    pub basis: Option<&'a str>,
    /// The rate to reach.
    pub target: Option<RateFigure<'a>>,
    /// The day by which.
    pub target_by: Option<AsOf>,
    /// Days from `as_of` to the target's day; negative once it has passed.
    pub days_left: Option<i32>,
}

impl Overview<'_> {
    /// What the feed tells of its total.
    #[must_use]
    pub fn of<'a>(feed: &'a Feed, total: &'a Progress, metric: Metric) -> Overview<'a> {
        let (part, whole) = counts(total, metric);
        let target = target(feed, metric);
        let target_by = target.and_then(|t| t.by);
        Overview {
            rate: RateFigure::of(total, metric),
            part,
            whole,
            basis: total
                .rate_basis
                .as_deref()
                .filter(|_| metric == Metric::Start),
            target: target.map(|t| RateFigure::published(&t.rate)),
            target_by,
            days_left: target_by.map(|by| feed.as_of.date.days_until(by.date)),
        }
    }
}

impl Overview<'_> {
    /// Whether the target is reached. A published 100% and a target of 1 may differ in the last bit.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        let target = self.target.as_ref().and_then(|target| target.value);
        let (Some(target), Some(rate)) = (target, self.rate.value) else {
            return false;
        };
        rate >= target - 1e-9
    }
}

/// The target of a rate: the feed's is one for start rates, the programme's rate.
#[must_use]
pub fn target(feed: &Feed, metric: Metric) -> Option<&Target> {
    feed.target.as_ref().filter(|_| metric == Metric::Start)
}

/// How many of the listed regions carry the tag `model`.
#[must_use]
pub fn models(feed: &Feed) -> usize {
    feed.regions
        .iter()
        .filter(|region| is_model(region))
        .count()
}
