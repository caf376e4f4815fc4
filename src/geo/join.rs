//! Regions of a feed ↔ features of a map: by code, by unique name where there is no code.
//!
//! Imports the geometry and the feed's codes.

use super::model::Geometry;
use super::sort::sort;
use crate::feed::Code;

/// Which feature is which region.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Join {
    /// For each region its feature; `None`: not on the map.
    pub feature_of_region: Vec<Option<usize>>,
    /// For each feature its region; `None`: no figures, to be drawn as such.
    pub region_of_feature: Vec<Option<usize>>,
    /// Regions without a feature whose name several regions or features have: a code would join
    /// them.
    pub ambiguous: Vec<usize>,
}

/// Joins by code, and by name where the region or the feature has no code and the name stands once
/// on either side. Of several with one code the first is joined.
#[must_use]
pub fn join(geometry: &Geometry, regions: &[(Option<Code>, &str)]) -> Join {
    let features = geometry.features.len() as u32;
    let mut join = Join {
        feature_of_region: none(regions.len()),
        region_of_feature: none(geometry.features.len()),
        ambiguous: Vec::new(),
    };
    // Codes and hashes of names; of features, and behind them of regions.
    let mut keys: Vec<(u64, u32)> = Vec::new();
    for (at, feature) in (0..).zip(&geometry.features) {
        if let Some(code) = feature.code {
            keys.push((code.same_place(), at));
        }
        if let Some(name) = &feature.name {
            keys.push((hash(name), at));
        }
    }
    for (at, (_, name)) in (features..).zip(regions) {
        keys.push((hash(name), at));
    }
    sort(&mut keys);
    for by_name in [false, true] {
        for (region, &(code, name)) in regions.iter().enumerate() {
            let key = match code {
                _ if by_name => hash(name),
                Some(code) => code.same_place(),
                None => continue,
            };
            let same = with(&keys, key);
            let Some(&(_, first)) = same.first() else {
                continue;
            };
            let feature = first as usize;
            let joined = join.feature_of_region.get(region) != Some(&None);
            let Some(other) = geometry.features.get(feature).filter(|_| !joined) else {
                continue;
            };
            // Two names with one hash count as one name twice: they join nothing.
            if by_name && same.len() > 2 {
                join.ambiguous.push(region);
            } else if !by_name
                || other.name.as_deref() == Some(name)
                    // Both have codes, and those differ: two places with one name.
                    && (code.is_none() || other.code.is_none())
            {
                join.pair(region, feature);
            }
        }
    }
    join
}

#[inline(never)]
fn none(count: usize) -> Vec<Option<usize>> {
    vec![None; count]
}

impl Join {
    fn pair(&mut self, region: usize, feature: usize) {
        if let (Some(to), Some(from @ None)) = (
            self.feature_of_region.get_mut(region),
            self.region_of_feature.get_mut(feature),
        ) {
            *to = Some(feature);
            *from = Some(region);
        }
    }
}

/// The entries of a sorted list with this number.
fn with(sorted: &[(u64, u32)], number: u64) -> &[(u64, u32)] {
    let from = sorted.partition_point(|&(other, _)| other < number);
    let to = sorted.partition_point(|&(other, _)| other <= number);
    sorted.get(from..to).unwrap_or(&[])
}

/// FNV-1a. Names come without space around them, from the feed as from the map.
fn hash(name: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in name.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    }
    // No code is as large.
    hash | 1 << 63
}

#[cfg(test)]
mod tests {
    use super::super::model::Feature;
    use super::*;

    fn map(features: &[(&str, &str)]) -> Geometry {
        Geometry {
            features: features
                .iter()
                .map(|(code, name)| Feature {
                    code: Code::parse(code),
                    name: Some((*name).to_owned()),
                    ..Feature::default()
                })
                .collect(),
            ..Geometry::default()
        }
    }

    fn features(map: &Geometry, regions: &[(&str, &str)]) -> (Vec<Option<usize>>, Vec<usize>) {
        let regions: Vec<_> = regions
            .iter()
            .map(|(code, name)| (Code::parse(code), *name))
            .collect();
        let join = join(map, &regions);
        for (region, feature) in join.feature_of_region.iter().enumerate() {
            if let Some(feature) = feature {
                assert_eq!(join.region_of_feature[*feature], Some(region));
            }
        }
        (join.feature_of_region, join.ambiguous)
    }

    #[test]
    fn codes_join_whatever_their_length_and_the_names() {
        let map = map(&[("330102", "上城区"), ("330106000", "西湖区")]);
        let regions = [
            ("330106", "西湖"),
            ("330102000000", "旧名"),
            ("330114", "钱塘新区"),
        ];
        let found = features(&map, &regions);
        assert_eq!(found, (vec![Some(1), Some(0), None], vec![]));
    }

    #[test]
    fn a_name_joins_where_a_code_is_missing_on_either_side() {
        let map = map(&[("330102", "上城区"), ("", "西湖区")]);
        let found = features(&map, &[("", "上城区"), ("330106", "西湖区")]);
        assert_eq!(found, (vec![Some(0), Some(1)], vec![]));
    }

    #[test]
    fn names_do_not_join_where_the_codes_differ() {
        let map = map(&[("320106", "鼓楼区")]);
        assert_eq!(
            features(&map, &[("350102", "鼓楼区")]),
            (vec![None], vec![])
        );
    }

    #[test]
    fn a_name_that_stands_twice_joins_nothing_and_is_listed() {
        let twice = map(&[("320106", "鼓楼区"), ("350102", "鼓楼区")]);
        assert_eq!(features(&twice, &[("", "鼓楼区")]), (vec![None], vec![0]));
        let once = map(&[("320106", "鼓楼区")]);
        let regions = [("", "鼓楼区"), ("", "鼓楼区")];
        assert_eq!(features(&once, &regions), (vec![None, None], vec![0, 1]));
    }

    #[test]
    fn of_two_regions_with_one_code_the_first_is_joined() {
        let map = map(&[("330102", "上城区")]);
        let regions = [("330102", "甲"), ("330102000", "乙")];
        assert_eq!(features(&map, &regions), (vec![Some(0), None], vec![]));
    }
}
