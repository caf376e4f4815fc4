//! Towns that develop together: a lead with its wings, or a belt without a lead.

use super::ranking::Row;
use super::rate::{Metric, Origin, RateFigure};
use crate::feed::{self, Bound, Count, Feed, Found, Lookup, Progress, RegionRef};

/// A cluster with its towns' figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// The cluster as a whole: as published, where the feed lists a region of its name; else added
    /// up, where every town has an exact figure.
    pub whole: Row,
    /// The lead first, where there is one; then the others, in the feed's order. A town that the
    /// feed does not list has its name, or its code, and no figures.
    pub towns: Vec<Row>,
    /// Whether the first of the towns leads.
    pub has_lead: bool,
}

/// The feed's clusters, in its order.
#[must_use]
pub fn clusters(feed: &Feed, metric: Metric) -> Vec<Cluster> {
    if feed.clusters.is_empty() {
        return Vec::new();
    }
    let lookup = Lookup::new(&feed.regions);
    let found = |reference: &RegionRef| match lookup.find(reference) {
        Found::One(index) => feed.regions.get(index),
        _ => None,
    };
    let one = |cluster: &feed::Cluster| {
        let towns: Vec<Row> = cluster
            .lead
            .iter()
            .chain(&cluster.members)
            .map(|town| match found(town) {
                Some(region) => Row::of(region, metric),
                None => unknown(town, metric),
            })
            .collect();
        let own = found(&RegionRef::Name(cluster.name.clone()));
        Cluster {
            whole: match own {
                Some(region) => Row::of(region, metric),
                None => sum(&cluster.name, &towns, metric),
            },
            has_lead: cluster.lead.is_some(),
            towns,
        }
    };
    feed.clusters.iter().map(one).collect()
}

/// A town that is not among the regions.
fn unknown(town: &RegionRef, metric: Metric) -> Row {
    let name = match town {
        RegionRef::Code(code) => code.text(),
        RegionRef::Name(name) => name.clone(),
    };
    Row::new(name.clone(), &name, &Progress::default(), metric)
}

/// What the towns add up to. One figure that is missing or not exact, and there is no sum.
fn sum(name: &str, towns: &[Row], metric: Metric) -> Row {
    let added = |figure: &dyn Fn(&Row) -> Option<&Count>| {
        let mut value = 0.0;
        for town in towns {
            value += figure(town)
                .filter(|count| count.bound == Bound::Exact)?
                .value;
        }
        (!towns.is_empty()).then_some(Count {
            value,
            bound: Bound::Exact,
            text: None,
        })
    };
    let (part, whole) = (
        added(&|row| row.part.as_ref()),
        added(&|row| row.whole.as_ref()),
    );
    let unit = towns.first().and_then(|town| town.unit.clone());
    // Money in different units does not add up.
    let alike = towns.iter().all(|town| town.unit == unit);
    let (part, whole) = (part.filter(|_| alike), whole.filter(|_| alike));
    let rate = match (&part, &whole) {
        (Some(part), Some(whole)) if whole.value > 0.0 => Some(part.value / whole.value),
        _ => None,
    };
    Row {
        rate: RateFigure {
            value: rate,
            text: None,
            origin: rate.map_or(Origin::Missing, |_| Origin::Computed),
        },
        part,
        whole,
        unit,
        ..Row::new(name.to_owned(), name, &Progress::default(), metric)
    }
}

impl Cluster {
    /// The places of the towns, in the order in which a line joins them: along the direction in
    /// which they spread most. `None` in place of a town without a point.
    #[must_use]
    pub fn along(&self) -> Vec<usize> {
        let place = |index: usize| self.towns.get(index).and_then(|town| town.point);
        let (mut n, mut x, mut y) = (0.0, 0.0, 0.0);
        let points: Vec<[f64; 2]> = self.towns.iter().filter_map(|town| town.point).collect();
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
        let mut order = feed::order(self.towns.len(), &|a, b| far(a).total_cmp(&far(b)));
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
        let found = super::clusters(&feed(regions, clusters), Metric::Start);
        assert_eq!(found[0].whole.rate.value, Some(0.7));
        assert_eq!(found[0].whole.whole.as_ref().unwrap().value, 30.0);
        assert!(found[0].has_lead);
        assert_eq!(found[1].whole.rate.value, None);
        assert_eq!(found[1].whole.whole, None);
        assert_eq!(
            found[1].towns[2].name, "丁",
            "what is not listed keeps its name"
        );
    }

    #[test]
    fn published_figures_of_a_cluster_win() {
        let regions =
            r#"{"name": "甲", "planned": 10, "started": 9}, {"name": "一", "rate": "88%"}"#;
        let found = super::clusters(
            &feed(regions, r#"{"name": "一", "members": ["甲"]}"#),
            Metric::Start,
        );
        assert_eq!(found[0].whole.rate.text.as_deref(), Some("88%"));
    }

    #[test]
    fn a_belt_is_ordered_along_its_axis() {
        let regions = r#"{"name": "a", "point": [120.2, 30.0]}, {"name": "b", "point": [120.0, 30.01]},
            {"name": "c", "point": [120.1, 30.02]}, {"name": "d"}, {"name": "e", "point": [120.3, 30.03]}"#;
        let found = super::clusters(
            &feed(
                regions,
                r#"{"name": "一", "members": ["a", "b", "c", "d", "e"]}"#,
            ),
            Metric::Start,
        );
        assert_eq!(found[0].along(), [1, 2, 0, 4]);
        let north = r#"{"name": "a", "point": [120, 30.2]}, {"name": "b", "point": [120, 30]}, {"name": "c", "point": [120, 30.1]}"#;
        let found = super::clusters(
            &feed(north, r#"{"name": "一", "members": ["a", "b", "c"]}"#),
            Metric::Start,
        );
        assert_eq!(found[0].along(), [1, 2, 0]);
        let same = r#"{"name": "a", "point": [120, 30]}, {"name": "b", "point": [120, 30]}"#;
        let found = super::clusters(
            &feed(same, r#"{"name": "一", "members": ["a", "b"]}"#),
            Metric::Start,
        );
        assert_eq!(found[0].along(), [0, 1]);
    }
}
