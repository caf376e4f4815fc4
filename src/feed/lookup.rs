//! Regions by code, or by name where it is unique.

use super::model::{Region, RegionRef};

/// Finds regions of one list in logarithmic time.
#[derive(Clone, Debug)]
pub struct Lookup<'a> {
    by_code: Vec<(u64, usize)>,
    by_name: Vec<(&'a str, usize)>,
}

/// What a reference leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The region with this index.
    One(usize),
    /// No region.
    None,
    /// A name that several regions have.
    Several,
}

impl<'a> Lookup<'a> {
    /// Over `regions`; the indices found are theirs.
    #[must_use]
    pub fn new(regions: &'a [Region]) -> Lookup<'a> {
        let mut by_code = Vec::new();
        let mut by_name = Vec::with_capacity(regions.len());
        for (index, region) in regions.iter().enumerate() {
            by_code.extend(region.code.map(|code| (code.same_place(), index)));
            by_name.push((region.name.as_str(), index));
        }
        by_code.sort_unstable();
        by_name.sort_unstable();
        Lookup { by_code, by_name }
    }

    /// The region that `reference` means.
    #[must_use]
    pub fn find(&self, reference: &RegionRef) -> Found {
        match reference {
            RegionRef::Code(code) => among(&self.by_code, &code.same_place()),
            RegionRef::Name(name) => among(&self.by_name, &name.as_str()),
        }
    }
}

fn among<K: Ord>(sorted: &[(K, usize)], key: &K) -> Found {
    let start = sorted.partition_point(|(other, _)| other < key);
    let mut equal = sorted
        .get(start..)
        .unwrap_or_default()
        .iter()
        .take_while(|(other, _)| other == key);
    match (equal.next(), equal.next()) {
        (Some((_, index)), None) => Found::One(*index),
        (Some(_), Some(_)) => Found::Several,
        _ => Found::None,
    }
}
