//! Regions by code, or by name where it is unique.

use super::model::{Code, Region};
use super::notice::Problem;
use super::order::order_by;

/// Finds regions of one list in logarithmic time.
pub(crate) struct Lookup<'a> {
    regions: &'a [Region],
    /// Twice as many numbers as there are regions, in the order of what they stand for: the even
    /// ones for codes, the odd ones for names.
    sorted: Vec<usize>,
}

impl<'a> Lookup<'a> {
    /// Over `regions`; the indices found are theirs.
    pub(crate) fn new(regions: &'a [Region]) -> Lookup<'a> {
        let key = |number| key(regions, number);
        Lookup {
            regions,
            sorted: order_by(regions.len().saturating_mul(2), &|a, b| key(a).cmp(&key(b))),
        }
    }

    /// The region with that code, or with that name where none is given.
    ///
    /// # Errors
    /// There is none, or several have the name.
    pub(crate) fn find(&self, code: Option<Code>, name: &str) -> Result<usize, Problem> {
        let wanted = match code {
            Some(_) => (Code::number(code), ""),
            None => (0, name),
        };
        let key = |number| key(self.regions, number);
        let start = self.sorted.partition_point(|&number| key(number) < wanted);
        let mut equal = self.sorted.iter().skip(start);
        let mut equal = || equal.next().filter(|&&number| key(number) == wanted);
        match (equal(), equal()) {
            (Some(number), None) => Ok(number / 2),
            (Some(_), _) => Err(Problem::AmbiguousRegion),
            _ => Err(Problem::NoSuchRegion),
        }
    }
}

/// What a number of [`Lookup::sorted`] stands for; a code that a region lacks is no text's.
fn key(regions: &[Region], number: usize) -> (u64, &str) {
    match regions.get(number / 2) {
        Some(region) if number.is_multiple_of(2) => (Code::number(region.code), ""),
        Some(region) => (0, &region.name),
        None => (0, ""),
    }
}
