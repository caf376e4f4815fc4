//! Towns that develop together: a lead with its wings, or a belt without a lead.

use super::ranking::{NOTHING, Row};
use super::rate::{Metric, exact};
use crate::feed::{Bound, Count, Feed, Investment, Progress, order};

/// A cluster among the rows of [`clusters`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cluster {
    /// Index of its own row.
    pub at: usize,
    /// How many rows of towns follow: the lead first, where there is one, then the others in the
    /// feed's order.
    pub towns: usize,
    /// Whether the first of the towns leads.
    pub has_lead: bool,
}

/// The feed's clusters, in its order, each a row with those of its towns behind it. `sums`: see
/// [`sums`].
///
/// A cluster's figures are as published, where the feed lists a region of its name; else added up,
/// where every town has an exact figure. A town that the feed does not list has its name, or its
/// code, and no figures.
#[must_use]
pub fn clusters<'a>(
    feed: &'a Feed,
    metric: Metric,
    sums: &'a [Progress],
) -> (Vec<Row<'a>>, Vec<Cluster>) {
    let (mut rows, mut list) = (Vec::new(), Vec::new());
    for (cluster, sum) in feed.clusters.iter().zip(sums) {
        let at = rows.len();
        rows.push(row(feed, cluster.own, &cluster.name, sum, metric));
        for town in cluster.lead.iter().chain(&cluster.members) {
            rows.push(row(feed, town.region, &town.name, &NOTHING, metric));
        }
        list.push(Cluster {
            at,
            towns: rows.len().saturating_sub(at).saturating_sub(1),
            has_lead: cluster.lead.is_some(),
        });
    }
    (rows, list)
}

/// Of a region, or of what is not listed.
fn row<'a>(
    feed: &'a Feed,
    region: Option<usize>,
    name: &'a str,
    otherwise: &'a Progress,
    metric: Metric,
) -> Row<'a> {
    match region.and_then(|index| feed.regions.get(index)) {
        Some(region) => Row::of(region, metric),
        None => Row::new(name, otherwise, metric),
    }
}

/// What the towns of each cluster add up to. One figure that is missing or not exact, or money in
/// another unit, and there is no sum.
#[must_use]
pub fn sums(feed: &Feed, metric: Metric) -> Vec<Progress> {
    let mut sums = Vec::new();
    for cluster in &feed.clusters {
        // Not-a-number is what nothing can be added to; no towns have no sum either.
        let (mut part, mut of, mut first) = (f64::NAN, f64::NAN, None);
        for town in cluster.lead.iter().chain(&cluster.members) {
            let town = row(feed, town.region, &town.name, &NOTHING, metric);
            if first.is_none() {
                (part, of) = (0.0, 0.0);
            }
            let same = *first.get_or_insert(town.unit) == town.unit;
            let exact = |count| exact(count).filter(|_| same).unwrap_or(f64::NAN);
            part += exact(town.part);
            of += exact(town.whole);
        }
        let count = |value: f64| {
            (!value.is_nan()).then_some(Count {
                value,
                bound: Bound::Exact,
                text: None,
            })
        };
        let (part, of) = (count(part), count(of));
        let mut sum = Progress::default();
        match metric {
            Metric::Start => (sum.started, sum.planned) = (part, of),
            Metric::Completion => (sum.completed, sum.planned) = (part, of),
            Metric::Investment => {
                let mut money = Box::<Investment>::default();
                (money.done, money.planned) = (part, of);
                money.unit = first.flatten().map(str::to_owned);
                sum.investment = Some(money);
            }
        }
        sums.push(sum);
    }
    sums
}

impl Cluster {
    /// Its own row.
    #[must_use]
    pub fn whole<'a, 'b>(&self, rows: &'b [Row<'a>]) -> Option<&'b Row<'a>> {
        rows.get(self.at)
    }

    /// The rows of its towns.
    #[must_use]
    pub fn towns<'a, 'b>(&self, rows: &'b [Row<'a>]) -> &'b [Row<'a>] {
        let start = self.at.saturating_add(1);
        rows.get(start..start.saturating_add(self.towns))
            .unwrap_or(&[])
    }
}

/// The order in which a line joins points: along the direction in which they spread most.
#[must_use]
pub fn along(points: &[[f64; 2]]) -> Vec<usize> {
    let (mut x, mut y) = (0.0, 0.0);
    for [a, b] in points {
        (x, y) = (x + a, y + b);
    }
    let n = points.len() as f64;
    let (x, y) = (x / n, y / n);
    let (mut half, mut xy) = (0.0, 0.0);
    for [a, b] in points {
        let (a, b) = (a - x, b - y);
        half += (a * a - b * b) / 2.0;
        xy += a * b;
    }
    // The longer axis of the points' ellipse: the eigenvector of their covariance.
    let root = (half * half + xy * xy).sqrt();
    let axis = if half >= 0.0 {
        [half + root, xy]
    } else {
        [xy, root - half]
    };
    let far = |at: usize| {
        let [a, b] = points.get(at).copied().unwrap_or_default();
        a * axis[0] + b * axis[1]
    };
    order(points.len(), &far)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed;

    fn feed(regions: &str, clusters: &str) -> Feed {
        let text = format!(
            r#"{{"feed": "progress-widgets/1", "as_of": "2020-09-30", "regions": [{regions}], "clusters": [{clusters}]}}"#
        );
        feed::parse(text.as_bytes(), &feed::Limits::default())
            .unwrap()
            .feed
    }

    #[test]
    fn exact_figures_add_up_and_others_do_not() {
        let regions = r#"{"name": "甲", "planned": 10, "started": 9},
            {"name": "乙", "planned": 20, "started": 12},
            {"name": "丙", "planned": {"value": 5, "bound": "about"}, "started": 5}"#;
        let clusters = r#"{"name": "一", "lead": "甲", "members": ["乙"]},
            {"name": "二", "members": ["乙", "丙", "丁"]}"#;
        let feed = feed(regions, clusters);
        let sums = sums(&feed, Metric::Start);
        let (rows, list) = super::clusters(&feed, Metric::Start, &sums);
        let first = list[0].whole(&rows).unwrap();
        assert_eq!(first.rate.value, Some(0.7));
        assert_eq!(first.whole.as_ref().unwrap().value, 30.0);
        assert!(list[0].has_lead && !list[1].has_lead);
        let second = list[1].whole(&rows).unwrap();
        assert_eq!((&second.rate.value, &second.whole), (&None, &None));
        let unlisted = list[1].towns(&rows)[2].name;
        assert_eq!(unlisted, "丁", "what is not listed keeps its name");
    }

    #[test]
    fn published_figures_of_a_cluster_win() {
        let regions =
            r#"{"name": "甲", "planned": 10, "started": 9}, {"name": "一", "rate": "88%"}"#;
        let feed = feed(regions, r#"{"name": "一", "members": ["甲"]}"#);
        let sums = sums(&feed, Metric::Start);
        let (rows, list) = super::clusters(&feed, Metric::Start, &sums);
        let whole = list[0].whole(&rows).unwrap();
        assert_eq!(whole.rate.text, Some("88%"));
    }

    #[test]
    fn a_belt_is_ordered_along_its_axis() {
        let east = [
            [120.2, 30.0],
            [120.0, 30.01],
            [120.1, 30.02],
            [120.3, 30.03],
        ];
        assert_eq!(along(&east), [1, 2, 0, 3]);
        assert_eq!(
            along(&[[120.0, 30.2], [120.0, 30.0], [120.0, 30.1]]),
            [1, 2, 0]
        );
        assert_eq!(along(&[[120.0, 30.0]; 2]), [0, 1]);
        assert_eq!(along(&[]), [0; 0]);
    }
}
