//! What contradicts itself: listed, and shown as published.

use super::lookup::{Found, Lookup};
use super::model::{Bound, Code, Count, Coverage, Progress, Rate, RegionRef, Teams};
use super::notice::{Notices, Problem};
use super::order::order;
use super::path::{Path, show};
use super::rate;
use super::reader::Reader;
use super::text::{digits, holds};

/// Stages out of order, and rates that exact counts contradict.
pub(super) fn progress(progress: &Progress, path: &Path, notices: &mut Notices) {
    let stages = [
        ("planned", &progress.planned),
        ("started", &progress.started),
        ("completed", &progress.completed),
        ("accepted", &progress.accepted),
    ];
    let mut earlier: Option<(&str, &Count)> = None;
    for (name, count) in stages {
        let Some(count) = count else { continue };
        if let Some((before, most)) = earlier
            && exceeds(count, most)
            && notices.room()
        {
            let steps = Path::Key(path, name).steps();
            notices.push(steps, Problem::StagesNotNested, before.to_owned());
        }
        earlier = Some((name, count));
    }
    // A rate that says it divides by something else is not held against the plan.
    let basis = progress.rate_basis.as_deref();
    if basis.is_none_or(|basis| holds(basis, "计划") || holds(basis, "plan")) {
        let by_counts = [divide(&progress.started, &progress.planned), None];
        contradiction(&progress.rate, by_counts, path, "rate", notices);
    }
    // 完工率 is published by either base.
    let by_counts = [
        divide(&progress.completed, &progress.planned),
        divide(&progress.completed, &progress.started),
    ];
    contradiction(
        &progress.completion_rate,
        by_counts,
        path,
        "completion_rate",
        notices,
    );
    if let Some(investment) = &progress.investment {
        let by_counts = [divide(&investment.done, &investment.planned), None];
        let path = Path::Key(path, "investment");
        contradiction(&investment.rate, by_counts, &path, "rate", notices);
    }
}

/// More that have it than there are, or another number than are listed.
pub(super) fn coverage(coverage: &Coverage, path: &Path, notices: &mut Notices) {
    if let (Some(done), Some(of)) = (&coverage.done, &coverage.of)
        && exceeds(done, of)
    {
        notices.add(&Path::Key(path, "done"), Problem::CoverageOverfull);
    }
    let listed = coverage.regions.len();
    if let Some(done) = &coverage.done
        && listed > 0
        && done.bound == Bound::Exact
        && done.value != listed as f64
        && notices.room()
    {
        let steps = Path::Key(path, "done").steps();
        notices.push(steps, Problem::CoverageListed, digits(listed as u64, 1));
    }
}

/// Attendances by role that don't add up to those published for all.
pub(super) fn teams(teams: &Teams, path: &Path, notices: &mut Notices) {
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
    if total.bound == Bound::Exact && wrong && notices.room() {
        let steps = Path::Key(path, "attendances").steps();
        // Counts are at most 10^15, and so few roles can't leave what f64 holds exactly.
        notices.push(steps, Problem::AttendancesNotAdding, whole(sum));
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

/// The quotient of two exact counts.
fn divide(part: &Option<Count>, whole: &Option<Count>) -> Option<f64> {
    let (part, whole) = (part.as_ref()?, whole.as_ref()?);
    let exact = part.bound == Bound::Exact && whole.bound == Bound::Exact;
    (exact && whole.value > 0.0).then(|| part.value / whole.value)
}

/// Lists a rate that every quotient known differs from by more than its rounding.
fn contradiction(
    published: &Option<Rate>,
    by_counts: [Option<f64>; 2],
    path: &Path,
    name: &'static str,
    notices: &mut Notices,
) {
    let Some(published) = published else { return };
    let rounding = rate::rounding(published.value, published.text.as_deref());
    let (Some(value), Some(rounding)) = (published.value, rounding) else {
        return;
    };
    // 1e-9 is far below any digit printed, far above the error of the division.
    let differs = |quotient: &f64| (quotient - value).abs() > rounding + 1e-9;
    let mut known = by_counts.iter().flatten();
    let Some(first) = known.next() else { return };
    if differs(first) && known.all(differs) && notices.room() {
        let steps = Path::Key(path, name).steps();
        notices.push(steps, Problem::RateContradicted, percent(*first));
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

/// Lists that what stands at `path` stands at `first` already.
pub(super) fn duplicate(path: &Path, problem: Problem, first: &Path, notices: &mut Notices) {
    if notices.room() {
        notices.push(path.steps(), problem, show(&first.steps()));
    }
}

/// Of regions with one code, the first is kept.
pub(super) fn duplicates(reader: &mut Reader) {
    let regions = &reader.feed.regions;
    let code = |index: usize| regions.get(index)?.code.map(Code::same_place);
    let order = order(regions.len(), &|a, b| code(a).cmp(&code(b)));
    let at = Path::Key(&Path::Root, "regions");
    let place = |index: usize| reader.region_at.get(index).copied().unwrap_or_default();
    let mut repeated = vec![false; regions.len()];
    let mut first = usize::MAX;
    for index in order {
        // Two without a code are not the same.
        if code(index).is_none() || code(index) != code(first) {
            first = index;
            continue;
        }
        if let Some(repeated) = repeated.get_mut(index) {
            *repeated = true;
        }
        let path = Path::Index(&at, place(index));
        duplicate(
            &Path::Key(&path, "code"),
            Problem::DuplicateCode,
            &Path::Index(&at, place(first)),
            &mut reader.notices,
        );
    }
    let mut repeated = repeated.iter();
    reader
        .feed
        .regions
        .retain(|_| repeated.next() == Some(&false));
}

/// Lists the members of clusters, and the regions that have what is covered, that are no region of
/// the feed, or several.
pub(super) fn references(reader: &mut Reader) {
    let listed = |at: &(usize, Vec<usize>)| !at.1.is_empty();
    if reader.feed.clusters.is_empty() && !reader.coverage_at.iter().any(listed) {
        return;
    }
    let notices = &mut reader.notices;
    let lookup = Lookup::new(&reader.feed.regions);
    let at = Path::Key(&Path::Root, "clusters");
    for (cluster, (index, members_at)) in reader.feed.clusters.iter().zip(&reader.cluster_at) {
        let at = Path::Index(&at, *index);
        if let Some(lead) = &cluster.lead {
            member(lead, &lookup, &Path::Key(&at, "lead"), notices);
        }
        let at = Path::Key(&at, "members");
        members(&cluster.members, members_at, &lookup, &at, notices);
    }
    let at = Path::Key(&Path::Root, "coverage");
    for (coverage, (index, regions_at)) in reader.feed.coverage.iter().zip(&reader.coverage_at) {
        let at = Path::Index(&at, *index);
        let at = Path::Key(&at, "regions");
        members(&coverage.regions, regions_at, &lookup, &at, notices);
    }
}

fn members(
    regions: &[RegionRef],
    indices: &[usize],
    lookup: &Lookup,
    at: &Path,
    notices: &mut Notices,
) {
    for (region, index) in regions.iter().zip(indices) {
        member(region, lookup, &Path::Index(at, *index), notices);
    }
}

fn member(region: &RegionRef, lookup: &Lookup, path: &Path, notices: &mut Notices) {
    match lookup.find(region) {
        Found::One(_) => {}
        Found::None => notices.add(path, Problem::NoSuchRegion),
        Found::Several => notices.add(path, Problem::AmbiguousRegion),
    }
}
