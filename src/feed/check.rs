//! What contradicts itself: listed, and shown as published.

use super::entries::Key;
use super::lookup::Lookup;
use super::model::{
    Bound, Code, Count, Coverage, Feed, Investment, Progress, Rate, Region, RegionRef, Teams,
};
use super::notice::Problem;
use super::rate;
use super::reader::{Object, Reader};
use super::shape::{coverage, investment, progress, teams};
use super::text::{digits, holds};

/// Stages out of order, and rates that exact counts contradict.
pub(super) fn progress(reader: &mut Reader, object: &Object, figures: &Progress) {
    let stages = [
        &figures.planned,
        &figures.started,
        &figures.completed,
        &figures.accepted,
    ];
    // Their numbers are their places among the stages.
    let mut earlier: Option<(usize, &Count)> = None;
    for (field, count) in stages.into_iter().enumerate() {
        let Some(count) = count else { continue };
        if let Some((before, most)) = earlier
            && exceeds(count, most)
        {
            let before = progress::NAMES.get(before).copied().unwrap_or_default();
            reader.tell(
                object.at(field),
                Problem::StagesNotNested,
                before.to_owned(),
            );
        }
        earlier = Some((field, count));
    }
    // A rate that says it divides by something else is not held against the plan.
    let basis = figures.rate_basis.as_deref();
    let by_plan = divide(&figures.started, &figures.planned);
    if basis.is_none_or(|basis| holds(basis, "计划") || holds(basis, "plan")) {
        contradiction(reader, object, progress::rate, &figures.rate, [by_plan; 2]);
    }
    // 完工率 is published by either base.
    let by_counts = [
        divide(&figures.completed, &figures.planned),
        divide(&figures.completed, &figures.started),
    ];
    let rate = &figures.completion_rate;
    contradiction(reader, object, progress::completion_rate, rate, by_counts);
}

/// A rate that the sums contradict.
pub(super) fn investment(reader: &mut Reader, object: &Object, money: &Investment) {
    let by_sums = divide(&money.done, &money.planned);
    contradiction(reader, object, investment::rate, &money.rate, [by_sums; 2]);
}

/// More that have it than there are, or another number than are listed.
pub(super) fn coverage(reader: &mut Reader, object: &Object, coverage: &Coverage) {
    let Some(done) = &coverage.done else {
        return;
    };
    if let Some(of) = &coverage.of
        && exceeds(done, of)
    {
        let at = object.at(coverage::done);
        reader.tell(at, Problem::CoverageOverfull, String::new());
    }
    let listed = coverage.regions.len();
    if listed > 0 && done.bound == Bound::Exact && done.value != listed as f64 {
        let listed = digits(listed as u64, 1);
        reader.tell(object.at(coverage::done), Problem::CoverageListed, listed);
    }
}

/// Attendances by role that don't add up to those published for all.
pub(super) fn teams(reader: &mut Reader, object: &Object, teams: &Teams) {
    let Some(total) = &teams.attendances else {
        return;
    };
    let mut sum = 0.0;
    // Where a part is not known or not exact, only a sum that is too large already is wrong.
    let mut complete = !teams.roles.is_empty();
    for role in &teams.roles {
        let count = role.attendances.as_ref();
        let exact = count.is_some_and(|count| count.bound == Bound::Exact);
        sum += count.filter(|_| exact).map_or(0.0, |count| count.value);
        complete &= exact;
    }
    let wrong = sum > total.value || complete && sum != total.value;
    if total.bound == Bound::Exact && wrong {
        // Counts are at most 10^15, and so few roles can't leave what f64 holds exactly.
        let sum = whole(sum);
        let problem = Problem::AttendancesNotAdding;
        reader.tell(object.at(teams::attendances), problem, sum);
    }
}

/// A count in digits, as far as it is whole.
fn whole(value: f64) -> String {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let value = value.clamp(0.0, 1e18) as u64;
    digits(value, 1)
}

/// Whether `part` is certainly more than `whole`.
fn exceeds(part: &Count, whole: &Count) -> bool {
    let at_least = matches!(part.bound, Bound::Exact | Bound::AtLeast | Bound::MoreThan);
    let at_most = matches!(whole.bound, Bound::Exact | Bound::AtMost);
    at_least && at_most && part.value > whole.value
}

/// The quotient of two exact counts; not a number where there is none.
fn divide(part: &Option<Count>, whole: &Option<Count>) -> f64 {
    match (part, whole) {
        (Some(part), Some(whole))
            if part.bound == Bound::Exact && whole.bound == Bound::Exact && whole.value > 0.0 =>
        {
            part.value / whole.value
        }
        _ => f64::NAN,
    }
}

/// Lists a rate that every quotient known differs from by more than its rounding.
fn contradiction(
    reader: &mut Reader,
    object: &Object,
    field: usize,
    published: &Option<Rate>,
    by_counts: [f64; 2],
) {
    let Some(published) = published else { return };
    let rounding = rate::rounding(published.value, published.text.as_deref());
    let (Some(value), Some(rounding)) = (published.value, rounding) else {
        return;
    };
    let mut wrong = f64::NAN;
    for quotient in by_counts {
        // 1e-9 is far below any digit printed, far above the error of the division.
        if (quotient - value).abs() <= rounding + 1e-9 {
            return;
        }
        if wrong.is_nan() {
            wrong = quotient;
        }
    }
    if !wrong.is_nan() {
        let wrong = percent(wrong);
        reader.tell(object.at(field), Problem::RateContradicted, wrong);
    }
}

/// `99.58%`; `5%`.
fn percent(rate: f64) -> String {
    // Bounded, so that the conversion is exact.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let hundredths = (rate * 10_000.0 + 0.5).clamp(0.0, 1e15) as u64;
    let mut text = digits(hundredths / 100, 1);
    let part = digits(hundredths % 100, 2);
    let part = part.trim_end_matches('0');
    if !part.is_empty() {
        text.push('.');
        text.push_str(part);
    }
    text.push('%');
    text
}

/// Of regions with one code, the first is kept.
pub(super) fn duplicates(reader: &mut Reader, regions: &mut Vec<Region>, keys: &mut [Key]) {
    reader.repeated(keys, Problem::DuplicateCode);
    let mut kept = 0;
    for (index, key) in keys.iter().enumerate() {
        if !key.repeated {
            regions.swap(kept, index);
            kept = 1_usize.saturating_add(kept);
        }
    }
    regions.truncate(kept);
}

/// Finds the clusters among the regions, and their members and the regions that have what is
/// covered; lists those that are no region of the feed, or several.
pub(super) fn references(reader: &mut Reader, feed: &mut Feed) {
    // Most feeds refer to none: no need to sort all regions.
    if feed.clusters.is_empty() && feed.coverage.is_empty() {
        return;
    }
    let lookup = Lookup::new(&feed.regions);
    for cluster in &mut feed.clusters {
        cluster.own = lookup.find(None, &cluster.name).ok();
        for member in cluster.lead.iter_mut().chain(&mut cluster.members) {
            refer(reader, &lookup, member);
        }
    }
    for coverage in &mut feed.coverage {
        for region in &mut coverage.regions {
            refer(reader, &lookup, region);
        }
    }
}

fn refer(reader: &mut Reader, lookup: &Lookup, to: &mut RegionRef) {
    match lookup.find(Code::parse(&to.name), &to.name) {
        Ok(index) => to.region = Some(index),
        Err(problem) => reader.tell(to.at, problem, String::new()),
    }
}
