//! Towns that develop together: a locator of all clusters, and each at its own scale, its towns
//! joined by lines, with its figures.

use super::Input;
use super::parts::base_map::{self, Base};
use super::parts::dots::{self, Dot};
use super::parts::key::{self, Sign};
use super::parts::{face, frame, ranking_table, wording};
use crate::figures::{Cluster, Row, clusters};
use crate::scene::{Anchor, Draft, Fill};
use crate::style::number;

/// More clusters than these are not drawn: the table has them all.
const MOST: usize = 40;

/// More towns of one cluster than these are not drawn.
const TOWNS: usize = 100;

/// Radius of a cluster's number, in CSS pixels.
const BADGE: f64 = 9.0;

/// Radius of a lead town's dot and of the others'.
const LEAD: f64 = 7.0;
const TOWN: f64 = 4.5;

/// Names of what is drawn and listed.
const CLUSTER: &str = "集群|Cluster";
const LEADS: &str = "中心镇|中心鎮|Lead town";
const MEMBER: &str = "成员镇|成員鎮|Member";

/// What the parts of the picture draw from.
struct All<'a> {
    input: &'a Input<'a>,
    rows: &'a [Row],
    /// Those drawn.
    shown: &'a [Cluster],
}

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let lang = draft.lang;
    let (rows, list) = clusters(input.feed, input.options.metric);
    let title = lang.pick("城镇集群|城鎮集群|Clusters of towns");
    let count = counted(draft, list.len(), "个集群|個集群| clusters");
    frame::open(draft, input, title, &frame::subtitle(input, &count));
    if list.is_empty() {
        let why = lang.pick("数据中没有集群（clusters）。|數據中沒有集群（clusters）。|The feed has no clusters (clusters).");
        frame::nothing_to_draw(draft, why);
    } else {
        let most = list.len().min(MOST).min(input.options.limit);
        let all = All {
            input,
            rows: &rows,
            shown: list.get(..most).unwrap_or(&list),
        };
        picture(draft, &all);
        let beyond = list.len().saturating_sub(most);
        remark(
            draft,
            beyond,
            "个集群未画出|個集群未畫出| more clusters not drawn",
        );
        let mut beyond = 0;
        for cluster in all.shown {
            beyond = cluster.towns.saturating_sub(TOWNS).max(beyond);
        }
        remark(
            draft,
            beyond,
            "个成员镇未画出|個成員鎮未畫出| more members of one cluster not drawn",
        );
    }
    frame::close(draft, input);

    let mut table = ranking_table::table(lang, input, &rows, title);
    let mut whats = Vec::new();
    for cluster in &list {
        whats.push(CLUSTER);
        for index in 0..cluster.towns {
            let lead = cluster.has_lead && index == 0;
            whats.push(if lead { LEADS } else { MEMBER });
        }
    }
    ranking_table::insert(&mut table, "", &|index| {
        whats.get(index).map_or("", |what| lang.pick(what))
    });
    for cells in table.rows.iter_mut().chain([&mut table.head]) {
        cells.truncate(5);
    }
    let mut names = Vec::new();
    for cluster in list.iter().take(12) {
        names.extend(cluster.whole(&rows).map(|row| &*row.name));
    }
    let names = face::named(draft, CLUSTER, &names, list.len());
    let alt = [
        &table.caption,
        lang.pick("。|. "),
        &names,
        lang.pick("。|."),
    ]
    .concat();
    draft.tell(table, alt);
}

fn counted(draft: &Draft, count: usize, what: &'static str) -> String {
    [&number::amount(count as f64), draft.lang.pick(what)].concat()
}

/// Says how many more there are, where there are.
fn remark(draft: &mut Draft, count: usize, what: &'static str) {
    if count > 0 {
        let text = [draft.lang.pick("另有|"), &counted(draft, count, what)].concat();
        draft.paragraph(&text, draft.mute(draft.sizes.count), 2);
        draft.remark(text);
    }
}

/// Locator and panels: side by side where there is room, else one above the other.
fn picture(draft: &mut Draft, all: &All) {
    let (lang, accent) = (draft.lang, draft.theme.accent);
    let mut entries = vec![(Sign::Ring(accent), lang.pick(MEMBER))];
    if all.shown.iter().any(|cluster| cluster.has_lead) {
        entries.insert(0, (Sign::Dot(accent), lang.pick(LEADS)));
    }
    key::draw(draft, &entries);
    draft.y += 8.0;

    let gap = 24.0;
    let wide = draft.width >= 900.0;
    let columns = if draft.inner() >= 500.0 { 2.0 } else { 1.0 };
    let (mut left, mut inner) = (draft.left(), draft.inner());
    let mut bottom = draft.y;
    // One cluster needs no locator.
    if all.shown.len() > 1 {
        let (width, height) = if wide {
            ((inner * 0.38).floor(), 460.0)
        } else {
            (inner, 230.0)
        };
        let end = locator(draft, all, [left, width, height]);
        if wide && end > bottom {
            left += width + gap;
            inner -= width + gap;
        } else if end > bottom {
            draft.y = end + 16.0;
        }
        bottom = end;
    }
    let width = ((inner - gap * (columns - 1.0)) / columns).floor();
    let (mut row_top, mut row_bottom) = (draft.y, draft.y);
    let mut column = 0.0;
    for (number, cluster) in (1_u32..).zip(all.shown) {
        if column >= columns {
            column = 0.0;
            row_top = row_bottom + 16.0;
        }
        let place = [left + column * (width + gap), row_top, width];
        let end = panel(draft, all, cluster, f64::from(number), place);
        row_bottom = row_bottom.max(end);
        column += 1.0;
    }
    draft.y = row_bottom.max(bottom) + 8.0;
    if all.rows.iter().any(|row| row.point.is_some()) {
        let review = base_map::face(draft, all.input);
        face::draw(draft, &review, face::NOT_ON_MAP, &[], &[]);
    }
}

/// A map of all with a number where each cluster lies; where it ends: where it begins, if no town
/// has a point on it.
fn locator(draft: &mut Draft, all: &All, place: [f64; 3]) -> f64 {
    let mut base = Base::new(all.input, all.rows, place, false);
    if !base.holds(all.rows) {
        return draft.y;
    }
    base.draw(draft, &[]);
    let accent = draft.theme.accent;
    let mut badges = Vec::new();
    let mut numbers = Vec::new();
    for (number, cluster) in (1_u32..).zip(all.shown) {
        let (mut sum, mut n) = ([0.0, 0.0], 0.0);
        for town in cluster.towns(all.rows) {
            if let Some([x, y]) = base.place(town) {
                (sum, n) = ([sum[0] + x, sum[1] + y], n + 1.0);
                dots::circle(draft, [x, y], 1.5, Fill::solid(accent), (accent, 0.5));
            }
        }
        if n > 0.0 {
            badges.extend(badge(draft, all, cluster, [sum[0] / n, sum[1] / n]));
            numbers.push(f64::from(number));
        }
    }
    dots::part(&mut badges, base.corners);
    let taken = dots::draw(draft, all.input, &badges, 0, &[], base.corners);
    for (badge, number) in badges.iter().zip(numbers) {
        digits(draft, number, badge.center);
    }
    if base.layout.width_px >= 380.0 {
        base.names(draft, &taken);
    }
    base.corners[1][1]
}

fn badge_radius(draft: &Draft) -> f64 {
    BADGE.max(draft.sizes.count * 0.75)
}

/// The disc of a cluster's number.
fn badge<'a>(draft: &Draft, all: &All<'a>, cluster: &Cluster, center: [f64; 2]) -> Option<Dot<'a>> {
    let row = cluster.whole(all.rows)?;
    let radius = badge_radius(draft);
    let mut dot = Dot::new(row, cluster.at, center, radius);
    dot.fill = Fill::solid(draft.theme.ink);
    dot.line = (draft.theme.ground, 1.0);
    dot.figures = has_figure(row);
    dot.word = draft.lang.pick(CLUSTER);
    Some(dot)
}

/// A cluster's number, in the ground's colour on its disc.
fn digits(draft: &mut Draft, number: f64, center: [f64; 2]) {
    let set = draft.bold(draft.sizes.count).colored(draft.theme.ground);
    let at = (center[0], center[1] + set.baseline_in(0.0));
    draft.text(&number::amount(number), at, Anchor::Middle, set);
}

/// Number, name and figures of one cluster, its map, and its towns without a point; where it ends.
fn panel(
    draft: &mut Draft,
    all: &All,
    cluster: &Cluster,
    number: f64,
    [left, top, width]: [f64; 3],
) -> f64 {
    let (lang, sizes) = (draft.lang, draft.sizes);
    let (bold, mute) = (draft.bold(sizes.label), draft.mute(sizes.count));
    let radius = badge_radius(draft);
    let line = bold.line_height().max(2.0 * radius);
    let center = [left + radius, top + line / 2.0];
    let Some(badge) = badge(draft, all, cluster, center) else {
        return top;
    };
    dots::draw(draft, all.input, &[badge], 0, &[], [[0.0; 2]; 2]);
    digits(draft, number, center);
    let indent = 2.0 * radius + 6.0;
    let Some(whole) = cluster.whole(all.rows) else {
        return top;
    };
    let name = bold.shorten(&whole.name, width - indent);
    let at = (left + indent, top + bold.baseline_in(line));
    draft.text(&name, at, Anchor::Left, bold);
    let height = mute.line_height();
    // Counts give way first, then the rate: they stay in the tooltip and the table.
    let mut below = counted(draft, cluster.towns, "镇|鎮| towns");
    for fact in facts(draft, all.input, whole) {
        let longer = [&below, lang.pick("，|, "), &fact].concat();
        if fact.is_empty() || mute.width(&longer) > width - indent {
            continue;
        }
        below = longer;
    }
    let baseline = top + line + mute.baseline_in(height);
    draft.text(&below, (left + indent, baseline), Anchor::Left, mute);
    let mut y = top + line + height + 4.0;

    let towns = cluster.towns(all.rows);
    let place = [left, width, (width * 0.62).clamp(150.0, 230.0)];
    let mut base = Base::new(all.input, towns, place, true);
    if base.holds(towns) {
        draft.y = y;
        base.draw(draft, &[]);
        joined(draft, all, cluster, &base);
        y = base.corners[1][1] + 4.0;
    }
    let text = face::listed(draft, "未定位|Not placed", &base.unplaced(towns));
    for line in &mute.wrap(&text, width, 3) {
        draft.text(
            line,
            (left, y + mute.baseline_in(height)),
            Anchor::Left,
            mute,
        );
        y += height;
    }
    y
}

/// The cluster's rate and counts; empty where there are none.
fn facts(draft: &Draft, input: &Input, whole: &Row) -> [String; 2] {
    let lang = draft.lang;
    let metric = input.options.metric;
    let named = |name: &str, text: &str| [name, lang.pick("| "), text].concat();
    let mut facts = [String::new(), String::new()];
    if whole.rate.value.is_some() || whole.rate.text.is_some() {
        let rate = wording::rate(lang, &whole.rate);
        facts[0] = named(wording::metric_name(lang, metric), &rate);
    }
    if whole.part.is_some() {
        let counts = ranking_table::counts_text(lang, whole, "");
        facts[1] = named(wording::part_name(lang, metric), &counts);
    } else if let Some(count) = &whole.whole {
        let name = wording::whole_name(lang, metric);
        facts[1] = named(name, &wording::count(lang, count));
    }
    facts
}

/// The towns of a cluster on its map: lines, dots, labels.
fn joined(draft: &mut Draft, all: &All, cluster: &Cluster, base: &Base) {
    let (lang, theme) = (draft.lang, draft.theme);
    let mut towns: Vec<Dot> = Vec::new();
    // Where in `towns` each is.
    let mut places = Vec::new();
    let first = cluster.at.saturating_add(1);
    for (index, row) in (first..).zip(cluster.towns(all.rows)).take(TOWNS) {
        places.push(towns.len());
        let Some(place) = base.place(row) else {
            continue;
        };
        let lead = cluster.has_lead && index == first;
        let mut dot = Dot::new(row, index, place, if lead { LEAD } else { TOWN });
        (dot.fill, dot.line, dot.word) = if lead {
            (
                Fill::solid(theme.accent),
                (theme.ground, 1.0),
                lang.pick(LEADS),
            )
        } else {
            (
                Fill::solid(theme.ground),
                (theme.accent, 2.0),
                lang.pick(MEMBER),
            )
        };
        dot.figures = has_figure(row);
        towns.push(dot);
    }
    dots::part(&mut towns, base.corners);
    // A belt goes from town to town; a lead is joined with each, and wings not with each other.
    let mut joins = Vec::new();
    base.scale(draft, &mut joins);
    let led = cluster.has_lead.then_some(0);
    let mut before = led;
    for index in cluster.along(all.rows) {
        if led == Some(index) {
            continue;
        }
        let center = |index: usize| {
            let dot = towns.get(*places.get(index)?)?;
            Some(dot.center).filter(|_| dot.index == first.saturating_add(index))
        };
        if let (Some(from), Some(to)) = (before.and_then(center), center(index)) {
            draft.line(from.into(), to.into(), theme.accent, 2.0, 0.0);
            joins.push([from, to]);
        }
        before = led.or(Some(index));
    }
    dots::draw(draft, all.input, &towns, 40, &joins, base.corners);
}

fn has_figure(row: &Row) -> bool {
    row.rate.value.is_some() || row.rate.text.is_some() || row.part.is_some() || row.whole.is_some()
}
