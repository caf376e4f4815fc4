//! The programme at a glance: its target, what its rate divides by, its model regions.

use super::ranking::is_model;
use super::rate::Metric;
use crate::feed::{Feed, Progress, Target};

/// What a rate divides by, as the feed words it: it does so of start rates.
#[must_use]
pub fn basis(total: &Progress, metric: Metric) -> Option<&String> {
    total
        .rate_basis
        .as_ref()
        .filter(|_| metric == Metric::Start)
}

/// Whether a rate reaches its target. A published 100% and a target of 1 may differ in the last bit.
#[must_use]
pub fn reaches(rate: f64, target: f64) -> bool {
    rate >= target - 1e-9
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
