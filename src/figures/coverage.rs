//! How many of N have something, and which: shares only of exact counts, lists as far as they go.

use super::ranking::{Selection, Sort, region_step};
use super::rate::exact;
use crate::feed::{Bound, Count, Coverage, Feed, Region, arrange, order_by};

/// Most items that a matrix has columns for; a row keeps one bit for each.
pub const MATRIX_ITEMS: usize = 9;

/// How many of N have one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Covered<'a> {
    /// What, and of how many.
    pub item: &'a Coverage,
    /// As many as are listed, where no number is published.
    listed: Option<Count>,
}

/// A region and which items it has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Holder<'a> {
    /// The region.
    pub region: &'a Region,
    /// A bit for each item that it has, the first item lowest.
    has: u16,
    /// A bit for each item of which the feed says whether it has it.
    known: u16,
}

impl Holder<'_> {
    /// Whether it has the item; `None` where the feed does not say.
    #[must_use]
    pub fn has(&self, item: usize) -> Option<bool> {
        let bit = bit(item);
        (self.known & bit != 0).then_some(self.has & bit != 0)
    }
}

fn bit(item: usize) -> u16 {
    u32::try_from(item)
        .ok()
        .and_then(|item| 1_u16.checked_shl(item))
        .unwrap_or(0)
}

impl Covered<'_> {
    /// Of one item.
    #[must_use]
    pub fn of(item: &Coverage) -> Covered<'_> {
        let mut listed = None;
        if item.done.is_none() && !item.regions.is_empty() {
            listed = Some(Count {
                value: item.regions.len() as f64,
                bound: Bound::Exact,
                text: None,
            });
        }
        Covered { item, listed }
    }

    /// How many have it: as published, else as many as are listed.
    #[must_use]
    pub fn done(&self) -> Option<&Count> {
        self.item.done.as_ref().or(self.listed.as_ref())
    }

    /// The share, where both counts are exact.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        let of = exact(self.item.of.as_ref()).filter(|of| *of > 0.0)?;
        Some(exact(self.done())? / of)
    }
}

/// Regions by item, for the first [`MATRIX_ITEMS`] items; empty where no item lists its regions.
///
/// The rows are the regions of the levels that are listed, or of the level asked for. One that is
/// not listed lacks the item only where the list is complete: as long as the published count says,
/// or where none is published. `Sort::Value` puts those that have most first.
#[must_use]
pub fn holders<'a>(feed: &'a Feed, selection: &Selection, sort: Sort) -> Vec<Holder<'a>> {
    let mut rows = Vec::new();
    let items = || feed.coverage.iter().take(MATRIX_ITEMS);
    if items().all(|item| item.regions.is_empty()) {
        return rows;
    }
    let mut has = vec![0_u16; feed.regions.len()];
    let (mut known, mut steps) = (0_u16, 0_u16);
    for (index, item) in items().enumerate() {
        let complete = match &item.done {
            Some(done) => done.bound == Bound::Exact && done.value <= item.regions.len() as f64,
            None => !item.regions.is_empty(),
        };
        if complete {
            known |= bit(index);
        }
        for region in &item.regions {
            if let Some(at) = region.region
                && let (Some(has), Some(region)) = (has.get_mut(at), feed.regions.get(at))
            {
                *has |= bit(index);
                steps |= bit(usize::from(region_step(region)));
            }
        }
    }
    if selection.level.is_some() {
        steps = u16::MAX;
    }
    for (region, has) in feed.regions.iter().zip(has) {
        if steps & bit(usize::from(region_step(region))) != 0 && selection.takes(region) {
            rows.push(Holder {
                region,
                has,
                known: known | has,
            });
        }
    }
    let sorted = order_by(rows.len(), &|a, b| {
        let (Some(a), Some(b)) = (rows.get(a), rows.get(b)) else {
            return std::cmp::Ordering::Equal;
        };
        match sort {
            Sort::Feed => std::cmp::Ordering::Equal,
            Sort::Name => a.region.name.cmp(&b.region.name),
            Sort::Value => b.has.count_ones().cmp(&a.has.count_ones()),
        }
    });
    arrange(sorted, &mut |a, b| rows.swap(a, b));
    rows
}
