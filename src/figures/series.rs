//! A whole's figures over time: its history and its present state, oldest first, no day twice.

use super::rate::{Metric, Origin, RateFigure, counts};
use crate::feed::{AsOf, Code, Count, Feed, HistoryPoint, Progress, Target};

/// Rates or the counts behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Show {
    /// The metric's rate.
    #[default]
    Rate,
    /// What is counted: started, completed, spent.
    Count,
}

/// The figures of one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment<'a> {
    /// The day.
    pub day: AsOf,
    /// The rate.
    pub rate: RateFigure,
    /// Started, completed or spent.
    pub part: Option<&'a Count>,
    /// Planned.
    pub whole: Option<&'a Count>,
}

impl Moment<'_> {
    /// The figure to draw, where there is one.
    #[must_use]
    pub fn value(&self, show: Show) -> Option<f64> {
        match show {
            Show::Rate => self.rate.value,
            Show::Count => self.part.map(|part| part.value),
        }
    }

    /// Whether the figure to draw was computed. Counts never are.
    #[must_use]
    pub fn is_computed(&self, show: Show) -> bool {
        show == Show::Rate && self.rate.origin == Origin::Computed
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn days(&self) -> f64 {
        f64::from(self.day.date.days_since_epoch())
    }
}

/// Figures over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Series<'a> {
    /// The region's name; `None` for the whole programme.
    pub region: Option<&'a str>,
    /// Oldest first; each day once.
    pub moments: Vec<Moment<'a>>,
    /// Unit of the counts where the feed gives one (investment).
    pub unit: Option<&'a str>,
    /// The rate to reach; only start rates have one.
    pub target: Option<&'a Target>,
}

impl<'a> Series<'a> {
    /// The programme's figures over time, or those of the region with that code; `None` where the
    /// feed has no such region.
    ///
    /// The present state is a moment like the earlier ones. Where the history holds its day too,
    /// the present state is taken, unless only the history has a figure.
    #[must_use]
    pub fn of(feed: &'a Feed, metric: Metric, region: Option<Code>) -> Option<Series<'a>> {
        let (name, history, now) = match region {
            None => (None, &feed.history, feed.total.as_ref()),
            Some(code) => {
                let region = feed.regions.iter().find(|region| {
                    let own = region.code.map(Code::same_place);
                    own == Some(code.same_place())
                })?;
                let name = Some(region.name.as_str());
                (name, &region.history, Some(&region.progress))
            }
        };
        let unit = |progress: &'a Progress| {
            let investment = progress.investment.as_ref()?;
            investment.unit.as_deref()
        };
        let unit = now
            .into_iter()
            .chain(history.iter().map(|point| &point.progress))
            .find_map(unit)
            .filter(|_| metric == Metric::Investment);
        Some(Series {
            region: name,
            moments: moments(history, now, feed.as_of, metric),
            unit,
            target: feed.target.as_ref().filter(|_| metric == Metric::Start),
        })
    }
}

fn moments<'a>(
    history: &'a [HistoryPoint],
    now: Option<&'a Progress>,
    as_of: AsOf,
    metric: Metric,
) -> Vec<Moment<'a>> {
    let moment = |day: AsOf, progress: &'a Progress| {
        let (part, whole) = counts(progress, metric);
        Moment {
            day,
            rate: RateFigure::of(progress, metric),
            part,
            whole,
        }
    };
    let mut moments: Vec<Moment> = history
        .iter()
        .map(|point| moment(point.as_of, &point.progress))
        .collect();
    if let Some(now) = now {
        let now = moment(as_of, now);
        let known = now.rate.value.is_some() || now.rate.text.is_some() || now.part.is_some();
        let place = moments.partition_point(|earlier| earlier.day.date < as_of.date);
        match moments.get_mut(place) {
            Some(same) if same.day.date == as_of.date => {
                if known {
                    *same = now;
                }
            }
            _ => moments.insert(place, now),
        }
    }
    moments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::{Limits, parse};

    fn days(feed: &str, region: Option<&str>) -> Vec<(String, Option<f64>)> {
        let feed = format!(r#"{{"feed": "progress-widgets/1", "as_of": "2020-09-30", {feed}}}"#);
        let feed = parse(feed.as_bytes(), &Limits::default()).unwrap().feed;
        let region = region.and_then(Code::parse);
        let series = Series::of(&feed, Metric::Start, region).unwrap();
        let day = |m: &Moment| (m.day.date.to_string(), m.value(Show::Rate));
        series.moments.iter().map(day).collect()
    }

    #[test]
    fn the_present_is_a_moment_and_no_day_stands_twice() {
        let history = r#""history": [{"as_of": "2020-10-31", "rate": 0.99},
            {"as_of": "2020-08-31", "rate": 0.9}, {"as_of": "2020-09", "rate": 0.95}]"#;
        let with = |total: &str| {
            let days = days(&format!("{history}{total}"), None);
            days.into_iter().map(|(_, v)| v).collect::<Vec<_>>()
        };
        let expected = [Some(0.9), Some(0.97), Some(0.99)];
        assert_eq!(with(r#", "total": {"rate": 0.97}"#), expected);
        let kept = [Some(0.9), Some(0.95), Some(0.99)];
        assert_eq!(with(r#", "total": {"planned": 4}"#), kept);
        assert_eq!(with(""), kept);
    }

    #[test]
    fn a_region_has_a_history_of_its_own() {
        let feed = r#""total": {"rate": 1}, "regions": [{"code": "330102", "name": "上城区",
            "rate": 0.5, "history": [{"as_of": "2020-08-31", "rate": 0.4}]}]"#;
        let expected = [
            ("2020-08-31".to_owned(), Some(0.4)),
            ("2020-09-30".to_owned(), Some(0.5)),
        ];
        assert_eq!(days(feed, Some("330102")), expected);
        assert_eq!(days(feed, None).len(), 1);
    }
}
