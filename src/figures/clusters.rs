//! Towns that develop together: a lead with its wings, or a belt without a lead.

use super::ranking::Row;
use super::rate::{Metric, Origin};
use crate::feed::{self, Bound, Count, Feed, Found, Lookup, Progress, RegionRef};

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

/// The feed's clusters, in its order, each a row with those of its towns behind it.
///
/// A cluster's figures are as published, where the feed lists a region of its name; else added up,
/// where every town has an exact figure. A town that the feed does not list has its name, or its
/// code, and no figures.
#[must_use]
pub fn clusters(feed: &Feed, metric: Metric) -> (Vec<Row>, Vec<Cluster>) {
    let lookup = Lookup::new(&feed.regions);
    let row = |reference: &RegionRef| match lookup.find(reference) {
        Found::One(index) => Some(Row::of(feed.regions.get(index)?, metric)),
        _ => None,
    };
    let (mut rows, mut list) = (Vec::new(), Vec::new());
    for cluster in &feed.clusters {
        let at = rows.len();
        let own = row(&RegionRef::Name(cluster.name.clone()));
        let published = own.is_some();
        rows.push(own.unwrap_or_else(|| unknown(&cluster.name, metric)));
        for town in cluster.lead.iter().chain(&cluster.members) {
            rows.push(row(town).unwrap_or_else(|| match town {
                RegionRef::Code(code) => unknown(&code.text(), metric),
                RegionRef::Name(name) => unknown(name, metric),
            }));
        }
        if let (Some((whole, towns)), false) = (
            rows.get_mut(at..).and_then(|rows| rows.split_first_mut()),
            published,
        ) {
            sum(whole, towns);
        }
        list.push(Cluster {
            at,
            towns: rows.len().saturating_sub(at).saturating_sub(1),
            has_lead: cluster.lead.is_some(),
        });
    }
    (rows, list)
}

/// A town or a cluster that is not among the regions.
fn unknown(name: &str, metric: Metric) -> Row {
    Row::new(name.to_owned(), name, &Progress::default(), metric)
}

/// What the towns add up to. One figure that is missing or not exact, or money in another unit, and
/// there is no sum.
fn sum(whole: &mut Row, towns: &[Row]) {
    whole.unit = towns.first().and_then(|town| town.unit.clone());
    let unit = &whole.unit;
    let added = |of_part: bool| {
        let mut value = 0.0;
        for town in towns {
            let count = if of_part { &town.part } else { &town.whole };
            match count {
                Some(count) if count.bound == Bound::Exact && town.unit == *unit => {
                    value += count.value;
                }
                _ => return None,
            }
        }
        (!towns.is_empty()).then_some(Count {
            value,
            bound: Bound::Exact,
            text: None,
        })
    };
    let (part, of) = (added(true), added(false));
    if let (Some(part), Some(of)) = (&part, &of)
        && of.value > 0.0
    {
        whole.rate.value = Some(part.value / of.value);
        whole.rate.origin = Origin::Computed;
    }
    (whole.part, whole.whole) = (part, of);
}

impl Cluster {
    /// Its own row.
    #[must_use]
    pub fn whole<'a>(&self, rows: &'a [Row]) -> Option<&'a Row> {
        rows.get(self.at)
    }

    /// The rows of its towns.
    #[must_use]
    pub fn towns<'a>(&self, rows: &'a [Row]) -> &'a [Row] {
        let start = self.at.saturating_add(1);
        rows.get(start..start.saturating_add(self.towns))
            .unwrap_or(&[])
    }

    /// The towns that have a point, in the order in which a line joins them: along the direction
    /// in which they spread most.
    #[must_use]
    pub fn along(&self, rows: &[Row]) -> Vec<usize> {
        let towns = self.towns(rows);
        let place = |index: usize| towns.get(index).and_then(|town| town.point);
        let (mut n, mut x, mut y) = (0.0, 0.0, 0.0);
        let mut points = Vec::new();
        for town in towns {
            points.extend(town.point);
        }
        for &[a, b] in &points {
            (n, x, y) = (n + 1.0, x + a, y + b);
        }
        let (x, y) = (x / f64::max(n, 1.0), y / f64::max(n, 1.0));
        let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
        for &[a, b] in &points {
            (xx, xy, yy) = (
                xx + (a - x) * (a - x),
                xy + (a - x) * (b - y),
                yy + (b - y) * (b - y),
            );
        }
        // The longer axis of the points' ellipse: the eigenvector of their covariance.
        let half = (xx - yy) / 2.0;
        let root = (half * half + xy * xy).sqrt();
        let axis = if half >= 0.0 {
            [half + root, xy]
        } else {
            [xy, root - half]
        };
        let far = |index: usize| place(index).map_or(0.0, |[a, b]| a * axis[0] + b * axis[1]);
        let mut order = feed::order(self.towns, &|a, b| far(a).total_cmp(&far(b)));
        order.retain(|&index| place(index).is_some());
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let (rows, list) = super::clusters(&feed(regions, clusters), Metric::Start);
        let first = list[0].whole(&rows).unwrap();
        assert_eq!(first.rate.value, Some(0.7));
        assert_eq!(first.whole.as_ref().unwrap().value, 30.0);
        assert!(list[0].has_lead && !list[1].has_lead);
        let second = list[1].whole(&rows).unwrap();
        assert_eq!((&second.rate.value, &second.whole), (&None, &None));
        let unlisted = &list[1].towns(&rows)[2].name;
        assert_eq!(unlisted, "丁", "what is not listed keeps its name");
    }

    #[test]
    fn published_figures_of_a_cluster_win() {
        let regions =
            r#"{"name": "甲", "planned": 10, "started": 9}, {"name": "一", "rate": "88%"}"#;
        let feed = feed(regions, r#"{"name": "一", "members": ["甲"]}"#);
        let (rows, list) = super::clusters(&feed, Metric::Start);
        let whole = list[0].whole(&rows).unwrap();
        assert_eq!(whole.rate.text.as_deref(), Some("88%"));
    }

    #[test]
    fn a_belt_is_ordered_along_its_axis() {
        let regions = r#"{"name": "a", "point": [120.2, 30.0]}, {"name": "b", "point": [120.0, 30.01]},
            {"name": "c", "point": [120.1, 30.02]}, {"name": "d"}, {"name": "e", "point": [120.3, 30.03]}"#;
        let (rows, list) = super::clusters(
            &feed(
                regions,
                r#"{"name": "一", "members": ["a", "b", "c", "d", "e"]}"#,
            ),
            Metric::Start,
        );
        assert_eq!(list[0].along(&rows), [1, 2, 0, 4]);
        let north = r#"{"name": "a", "point": [120, 30.2]}, {"name": "b", "point": [120, 30]}, {"name": "c", "point": [120, 30.1]}"#;
        let (rows, list) = super::clusters(
            &feed(north, r#"{"name": "一", "members": ["a", "b", "c"]}"#),
            Metric::Start,
        );
        assert_eq!(list[0].along(&rows), [1, 2, 0]);
        let same = r#"{"name": "a", "point": [120, 30]}, {"name": "b", "point": [120, 30]}"#;
        let (rows, list) = super::clusters(
            &feed(same, r#"{"name": "一", "members": ["a", "b"]}"#),
            Metric::Start,
        );
        assert_eq!(list[0].along(&rows), [0, 1]);
    }
}
