//! How many of N have something, and which: shares only of exact counts, lists as far as they go.

use super::ranking::{Selection, Sort, region_step};
use super::rate::exact;
use crate::feed::{Bound, Count, Coverage, Feed, Found, Lookup, Region, order};

/// Most items that a matrix has columns for; a row keeps one bit for each.
pub const MATRIX_ITEMS: usize = 9;

/// How many of N have one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Covered {
    /// What.
    pub name: String,
    /// How many have it: as published, else as many as are listed.
    pub done: Option<Count>,
    /// Of how many.
    pub of: Option<Count>,
    /// The share, where both counts are exact.
    pub share: Option<f64>,
}

/// A region and which items it has.
#[derive(Clone, Debug, PartialEq)]
pub struct Holder {
    /// The code, else the name.
    pub id: String,
    /// Shown as label.
    pub name: String,
    /// A bit for each item that it has, the first item lowest.
    has: u16,
    /// A bit for each item of which the feed says whether it has it.
    known: u16,
}

impl Holder {
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

impl Covered {
    /// All items, in the feed's order.
    #[must_use]
    pub fn of(feed: &Feed) -> Vec<Covered> {
        let one = |item: &Coverage| {
            let listed = Count {
                value: item.regions.len() as f64,
                bound: Bound::Exact,
                text: None,
            };
            let done = item.done.clone();
            let done = done.or_else(|| (!item.regions.is_empty()).then_some(listed));
            let share = match (exact(done.as_ref()), exact(item.of.as_ref())) {
                (Some(done), Some(of)) if of > 0.0 => Some(done / of),
                _ => None,
            };
            Covered {
                name: item.name.clone(),
                done,
                of: item.of.clone(),
                share,
            }
        };
        feed.coverage.iter().map(one).collect()
    }
}

/// Regions by item, for the first [`MATRIX_ITEMS`] items; empty where no item lists its regions.
///
/// The rows are the regions of the levels that are listed, or of the level asked for. One that is
/// not listed lacks the item only where the list is complete: as long as the published count says,
/// or where none is published. `Sort::Value` puts those that have most first.
#[must_use]
pub fn holders(feed: &Feed, selection: &Selection, sort: Sort) -> Vec<Holder> {
    let items: Vec<&Coverage> = feed.coverage.iter().take(MATRIX_ITEMS).collect();
    if items.iter().all(|item| item.regions.is_empty()) {
        return Vec::new();
    }
    let lookup = Lookup::new(&feed.regions);
    let mut has = vec![0_u16; feed.regions.len()];
    let (mut known, mut steps) = (0_u16, 0_u16);
    for (index, item) in items.iter().enumerate() {
        let none = item.regions.is_empty();
        let complete = match &item.done {
            Some(done) => done.bound == Bound::Exact && done.value <= item.regions.len() as f64,
            None => !none,
        };
        if complete {
            known |= bit(index);
        }
        for region in &item.regions {
            if let Found::One(at) = lookup.find(region)
                && let (Some(has), Some(region)) = (has.get_mut(at), feed.regions.get(at))
            {
                *has |= bit(index);
                steps |= bit(usize::from(region_step(region)));
            }
        }
    }
    let asked = selection.level.is_some();
    let wanted = |region: &Region| {
        selection.takes(region) && (asked || steps & bit(usize::from(region_step(region))) != 0)
    };
    let rows = feed.regions.iter().zip(has);
    let mut rows: Vec<Holder> = rows
        .filter(|(region, _)| wanted(region))
        .map(|(region, has)| Holder {
            id: region.id(),
            name: region.name.clone(),
            has,
            known: known | has,
        })
        .collect();
    let row = |index: usize| rows.get(index);
    let by_name = |index: usize| row(index).map(|row| row.name.as_str());
    let most_first =
        |index: usize| row(index).map(|row| 16_u32.saturating_sub(row.has.count_ones()));
    let order = match sort {
        Sort::Feed => return rows,
        Sort::Name => order(rows.len(), &|a, b| by_name(a).cmp(&by_name(b))),
        Sort::Value => order(rows.len(), &|a, b| most_first(a).cmp(&most_first(b))),
    };
    let mut taken: Vec<Option<Holder>> = std::mem::take(&mut rows).into_iter().map(Some).collect();
    order
        .into_iter()
        .filter_map(|index| taken.get_mut(index).and_then(Option::take))
        .collect()
}
