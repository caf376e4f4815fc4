//! Planned, started, completed, accepted: how far the projects of one whole have come.

use super::rate::exact;
use crate::feed::{Count, Progress};

/// Number of stages: planned, started, completed, accepted.
pub const STAGES: usize = 4;

/// The counts of one whole by stage, each a part of the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stages<'a>(pub [Option<&'a Count>; STAGES]);

/// A stretch of the plan: those that have reached one stage, and no further as far as is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Part {
    /// Where it begins and ends, as shares of the plan.
    pub from: f64,
    /// See `from`.
    pub to: f64,
    /// How many have come further is not known: the next stage is not reported, or not exactly.
    pub open: bool,
}

impl<'a> Stages<'a> {
    /// As published.
    #[must_use]
    pub fn of(progress: &'a Progress) -> Stages<'a> {
        Stages([
            progress.planned.as_ref(),
            progress.started.as_ref(),
            progress.completed.as_ref(),
            progress.accepted.as_ref(),
        ])
    }

    /// The count of a stage.
    #[must_use]
    pub fn count(&self, stage: usize) -> Option<&'a Count> {
        *self.0.get(stage)?
    }

    /// Whether any is reported.
    #[must_use]
    pub fn any(&self) -> bool {
        self.0.iter().any(Option::is_some)
    }

    /// The exact count of a stage.
    #[must_use]
    pub fn exact(&self, stage: usize) -> Option<f64> {
        exact(self.count(stage))
    }

    /// The share of the plan that has reached a stage; only of exact counts.
    #[must_use]
    pub fn share(&self, stage: usize) -> Option<f64> {
        let whole = self.exact(0).filter(|whole| *whole > 0.0)?;
        Some(self.exact(stage)? / whole)
    }

    /// The plan cut into parts, those that have reached the furthest stage first, down to those that
    /// are planned only; an empty one ends where it begins. `charted` are the stages that the chart
    /// knows.
    ///
    /// All are empty where the plan is not known exactly, and where a later stage counts more than an
    /// earlier one: no cut would be true.
    #[must_use]
    pub fn parts(&self, charted: [bool; STAGES]) -> [Part; STAGES] {
        let mut parts = [Part::default(); STAGES];
        let (mut from, mut open, mut stage) = (0.0, false, STAGES);
        for part in &mut parts {
            stage = stage.saturating_sub(1);
            let Some(to) = self.share(stage) else {
                open |= charted.get(stage).copied().unwrap_or(false);
                continue;
            };
            if to < from {
                return [Part::default(); STAGES];
            }
            *part = Part { from, to, open };
            (from, open) = (to, false);
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::Bound;

    fn progress(counts: [Option<f64>; STAGES]) -> Progress {
        let [planned, started, completed, accepted] = counts.map(|value| {
            value.map(|value| Count {
                value,
                bound: Bound::Exact,
                text: None,
            })
        });
        Progress {
            planned,
            started,
            completed,
            accepted,
            ..Progress::default()
        }
    }

    fn cut(counts: [Option<f64>; STAGES]) -> Vec<(usize, f64, f64, bool)> {
        let progress = progress(counts);
        let parts = Stages::of(&progress).parts([true; STAGES]);
        let stages = [3, 2, 1, 0].into_iter().zip(parts);
        let drawn = stages.filter(|(_, part)| part.to > part.from);
        drawn
            .map(|(stage, p)| (stage, p.from, p.to, p.open))
            .collect()
    }

    #[test]
    fn the_plan_is_cut_from_the_furthest_stage() {
        assert_eq!(
            cut([Some(100.0), Some(80.0), Some(50.0), Some(10.0)]),
            [
                (3, 0.0, 0.1, false),
                (2, 0.1, 0.5, false),
                (1, 0.5, 0.8, false),
                (0, 0.8, 1.0, false)
            ]
        );
        assert_eq!(
            cut([Some(100.0), Some(100.0), Some(0.0), Some(0.0)]),
            [(1, 0.0, 1.0, false)]
        );
    }

    #[test]
    fn a_missing_stage_is_not_zero() {
        assert_eq!(
            cut([Some(100.0), Some(80.0), None, Some(10.0)]),
            [
                (3, 0.0, 0.1, false),
                (1, 0.1, 0.8, true),
                (0, 0.8, 1.0, false)
            ],
            "those started may be completed"
        );
        assert_eq!(cut([Some(100.0), None, None, None]), [(0, 0.0, 1.0, true)]);
        let uncharted = progress([Some(100.0), Some(80.0), None, None]);
        let parts = Stages::of(&uncharted).parts([true, true, false, false]);
        assert!(parts.iter().all(|part| !part.open));
    }

    #[test]
    fn without_an_exact_plan_or_nesting_there_is_no_cut() {
        assert_eq!(cut([None, Some(80.0), None, None]), []);
        assert_eq!(cut([Some(0.0), Some(0.0), None, None]), []);
        assert_eq!(cut([Some(100.0), Some(120.0), None, None]), []);
        assert_eq!(cut([Some(100.0), Some(50.0), Some(60.0), None]), []);
        let mut bounded = progress([Some(1900.0), Some(1892.0), None, None]);
        if let Some(planned) = &mut bounded.planned {
            planned.bound = Bound::MoreThan;
        }
        let bounded = Stages::of(&bounded);
        assert!(
            bounded
                .parts([true; STAGES])
                .iter()
                .all(|part| part.to == 0.0)
        );
        assert_eq!(bounded.share(1), None);
    }
}
