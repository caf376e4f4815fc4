//! A whole's figures over time: its history and its present state, oldest first, no day twice.

use super::overview::target;
use super::rate::{Metric, Origin, RateFigure, counts};
use super::sheet::unit;
use crate::feed::{AsOf, Code, Count, Feed, Progress, Target};

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
    pub rate: RateFigure<'a>,
    /// Started, completed or spent.
    pub part: Option<&'a Count>,
    /// Planned.
    pub whole: Option<&'a Count>,
}

/// A moment that has the figure to draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// Its place in the series.
    pub index: usize,
    /// Days since 1970-01-01.
    pub day: f64,
    /// The figure.
    pub value: f64,
}

/// Figures over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Series<'a> {
    /// The region's name; empty for the whole programme.
    pub region: &'a str,
    /// What is to be drawn of it.
    pub show: Show,
    /// Oldest first; each day once.
    pub moments: Vec<Moment<'a>>,
    /// Those of the moments that have a figure.
    pub known: Vec<Known>,
    /// How many of these are computed. Counts never are.
    pub computed: usize,
    /// Unit of the counts where the feed gives one (investment).
    pub unit: Option<&'a str>,
    /// The rate to reach; only start rates have one.
    pub target: Option<&'a Target>,
}

impl<'a> Series<'a> {
    /// The programme's figures over time, or those of the region with that code; without a moment
    /// where the feed has no such region.
    ///
    /// The present state is a moment like the earlier ones. Where the history holds its day too,
    /// the present state is taken, unless only the history has a figure.
    #[must_use]
    pub fn of(feed: &'a Feed, metric: Metric, show: Show, region: Option<Code>) -> Series<'a> {
        let mut series = Series {
            region: "",
            show,
            moments: Vec::new(),
            known: Vec::new(),
            computed: 0,
            unit: None,
            target: target(feed, metric),
        };
        let (mut history, mut now) = (&feed.history[..], feed.total.as_ref());
        if let Some(code) = region {
            (history, now) = (&[], None);
            for region in &feed.regions {
                let same = region.code.map(Code::same_place) == Some(code.same_place());
                if same && now.is_none() {
                    series.region = &region.name;
                    (history, now) = (&region.history, Some(&region.progress));
                }
            }
        }
        for point in history {
            if point.as_of.date >= feed.as_of.date
                && let Some(progress) = now.take()
            {
                let same_day = point.as_of.date == feed.as_of.date;
                let (part, _) = counts(progress, metric);
                let rate = RateFigure::of(progress, metric);
                let has_figure = rate.is_known() || part.is_some();
                if has_figure || !same_day {
                    series.add(feed.as_of, progress, metric);
                }
                if has_figure && same_day {
                    continue;
                }
            }
            series.add(point.as_of, &point.progress, metric);
        }
        if let Some(progress) = now {
            series.add(feed.as_of, progress, metric);
        }
        series
    }

    fn add(&mut self, day: AsOf, progress: &'a Progress, metric: Metric) {
        let (part, whole) = counts(progress, metric);
        let rate = RateFigure::of(progress, metric);
        let value = match self.show {
            Show::Rate => rate.value,
            Show::Count => part.map(|part| part.value),
        };
        if let Some(value) = value {
            self.known.push(Known {
                index: self.moments.len(),
                day: f64::from(day.date.days_since_epoch()),
                value,
            });
        }
        let moment = Moment {
            day,
            rate,
            part,
            whole,
        };
        self.computed = self
            .computed
            .saturating_add(usize::from(self.is_computed(&moment)));
        if metric == Metric::Investment {
            self.unit = unit(progress).or(self.unit);
        }
        self.moments.push(moment);
    }

    /// Whether the figure of a moment was computed.
    #[must_use]
    pub fn is_computed(&self, moment: &Moment) -> bool {
        self.show == Show::Rate && moment.rate.origin == Origin::Computed
    }

    /// The moment of a known figure, by its place among them.
    #[must_use]
    pub fn moment(&self, place: usize) -> Option<&Moment<'a>> {
        self.moments.get(self.known.get(place)?.index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::{Limits, parse};

    fn days(feed: &str, region: Option<&str>) -> Vec<(String, Option<f64>)> {
        let feed = format!(r#"{{"feed": "progress-widgets/1", "as_of": "2020-09-30", {feed}}}"#);
        let feed = parse(feed.as_bytes(), &Limits::default()).unwrap().feed;
        let region = region.and_then(Code::parse);
        let series = Series::of(&feed, Metric::Start, Show::Rate, region);
        let day = |m: &Moment| (m.day.date.to_string(), m.rate.value);
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
