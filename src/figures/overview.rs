//! The programme at a glance: the big figure, the target, and the facts beside them.

use super::ranking::is_model;
use super::rate::{Metric, RateFigure, counts};
use crate::feed::{AsOf, Count, Feed, Progress};

/// The programme at a glance.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// The rate of the whole.
    pub rate: RateFigure,
    /// Started, completed or spent.
    pub part: Option<Count>,
    /// Planned.
    pub whole: Option<Count>,
    /// Unit of the counts where the feed gives one (investment).
    pub unit: Option<String>,
    /// What the rate divides by, as the feed words it.
    pub basis: Option<String>,
    /// The rate to reach.
    pub target: Option<RateFigure>,
    /// The day by which.
    pub target_by: Option<AsOf>,
    /// Days from `as_of` to the target's day; negative once it has passed.
    pub days_left: Option<i32>,
    /// What else the feed tells of the whole, most telling first.
    pub facts: Vec<Fact>,
}

/// One further figure of the whole.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// Completed projects and the completion rate.
    Completed(Option<Count>, RateFigure),
    /// Money spent, its unit, and the investment rate.
    Invested(Option<Count>, Option<String>, RateFigure),
    /// How many of the listed regions carry the tag `model`.
    ModelTowns(usize),
    /// How many of N have something: name, done, of.
    Coverage(String, Option<Count>, Option<Count>),
    /// Activities of the expert teams.
    Activities(Count),
    /// Problems that they solved.
    ProblemsSolved(Count),
}

impl Overview {
    /// What the feed tells of the whole.
    #[must_use]
    pub fn of(feed: &Feed, metric: Metric) -> Overview {
        let nothing = Progress::default();
        let total = feed.total.as_ref().unwrap_or(&nothing);
        let (part, whole) = counts(total, metric);
        // The target is one for start rates: FEED says "rate to reach" of the programme's rate.
        let target = feed.target.as_ref().filter(|_| metric == Metric::Start);
        let target_by = target.and_then(|t| t.by);
        Overview {
            rate: RateFigure::of(total, metric),
            part: part.cloned(),
            whole: whole.cloned(),
            unit: total
                .investment
                .as_ref()
                .filter(|_| metric == Metric::Investment)
                .and_then(|i| i.unit.clone()),
            basis: total.rate_basis.clone().filter(|_| metric == Metric::Start),
            target: target.map(|t| RateFigure::published(&t.rate)),
            target_by,
            days_left: target_by.map(|by| feed.as_of.date.days_until(by.date)),
            facts: facts(feed, total, metric),
        }
    }
}

fn facts(feed: &Feed, total: &Progress, shown: Metric) -> Vec<Fact> {
    let mut facts = Vec::new();
    let rate = |metric| RateFigure::of(total, metric);
    let known = |rate: &RateFigure| rate.value.is_some() || rate.text.is_some();
    let completion = rate(Metric::Completion);
    if shown != Metric::Completion && (total.completed.is_some() || known(&completion)) {
        facts.push(Fact::Completed(total.completed.clone(), completion));
    }
    let invested = rate(Metric::Investment);
    let (done, _) = counts(total, Metric::Investment);
    if shown != Metric::Investment && (done.is_some() || known(&invested)) {
        let unit = total.investment.as_ref().and_then(|i| i.unit.clone());
        facts.push(Fact::Invested(done.cloned(), unit, invested));
    }
    let models = feed.regions.iter().filter(|r| is_model(r)).count();
    if models > 0 {
        facts.push(Fact::ModelTowns(models));
    }
    if let Some(c) = feed.coverage.iter().find(|c| c.done.is_some()) {
        facts.push(Fact::Coverage(c.name.clone(), c.done.clone(), c.of.clone()));
    }
    if let Some(teams) = &feed.teams {
        facts.extend(teams.activities.clone().map(Fact::Activities));
        facts.extend(teams.problems_solved.clone().map(Fact::ProblemsSolved));
    }
    facts
}
