//! Regions by code, or by name where it is unique.

use super::model::{Code, Region, RegionRef};
use super::order::order;
use std::cmp::Ordering;

/// Finds regions of one list in logarithmic time.
#[derive(Clone, Debug)]
pub struct Lookup<'a> {
    regions: &'a [Region],
    /// Indices of `regions` in the order of their codes.
    by_code: Vec<usize>,
    /// Indices of `regions` in the order of their names.
    by_name: Vec<usize>,
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
        let code = |index: usize| regions.get(index).and_then(place);
        let name = |index: usize| regions.get(index).map(|region| region.name.as_str());
        Lookup {
            regions,
            by_code: order(regions.len(), &|a, b| code(a).cmp(&code(b))),
            by_name: order(regions.len(), &|a, b| name(a).cmp(&name(b))),
        }
    }

    /// The region that `reference` means.
    #[must_use]
    pub fn find(&self, reference: &RegionRef) -> Found {
        match reference {
            RegionRef::Code(code) => {
                let wanted = Some(code.same_place());
                self.among(&self.by_code, &|region| place(region).cmp(&wanted))
            }
            RegionRef::Name(name) => self.among(&self.by_name, &|region| region.name.cmp(name)),
        }
    }

    fn among(&self, sorted: &[usize], compare: &dyn Fn(&Region) -> Ordering) -> Found {
        let side = |index: usize| self.regions.get(index).map_or(Ordering::Greater, compare);
        let start = sorted.partition_point(|&index| side(index) == Ordering::Less);
        let equal = |at: usize| {
            let index = sorted.get(at).copied();
            index.filter(|&index| side(index) == Ordering::Equal)
        };
        match (equal(start), equal(start.saturating_add(1))) {
            (Some(index), None) => Found::One(index),
            (Some(_), Some(_)) => Found::Several,
            _ => Found::None,
        }
    }
}

fn place(region: &Region) -> Option<u64> {
    region.code.map(Code::same_place)
}
