//! Towns that develop together: a locator of all clusters, and each at its own scale, its towns
//! joined by lines, with its figures.

use super::Input;
use super::parts::base_map::{self, Base};
use super::parts::dots::{self, Dot};
use super::parts::key::{self, Sign};
use super::parts::{face, frame, ranking_table, wording};
use crate::figures::{Cluster, Row, along, clusters, sums};
use crate::scene::{Anchor, Draft, Fill};

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
    rows: &'a [Row<'a>],
    /// Those drawn.
    shown: &'a [Cluster],
}

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let lang = draft.lang;
    let sums = sums(input.feed, input.options.metric);
    let (rows, list) = clusters(input.feed, input.options.metric, &sums);
    let title = lang.pick("城镇集群|城鎮集群|Clusters of towns");
    let count = lang.number("@个集群|@個集群|@ clusters", list.len() as f64);
    frame::open(draft, input, title, &count);
    if list.is_empty() {
        let why = "数据中没有集群（clusters）。|數據中沒有集群（clusters）。|The feed has no clusters (clusters).";
        frame::nothing_to_draw(draft, why);
    } else {
        let most = list.len().min(MOST).min(input.options.limit);
        let all = All {
            input,
            rows: &rows,
            shown: list.get(..most).unwrap_or(&list),
        };
        picture(draft, &all);
        let mut towns = 0;
        for cluster in all.shown {
            towns = cluster.towns.max(towns);
        }
        let clusters = "另有@个集群未画出|另有@個集群未畫出|@ more clusters not drawn";
        remark(draft, list.len(), most, clusters);
        let members =
            "另有@个成员镇未画出|另有@個成員鎮未畫出|@ more members of one cluster not drawn";
        remark(draft, towns, TOWNS, members);
    }

    ranking_table::table(draft, input, &rows);
    let (mut whats, mut names) = (Vec::new(), Vec::new());
    for cluster in &list {
        whats.push(CLUSTER);
        for index in 0..cluster.towns {
            let lead = cluster.has_lead && index == 0;
            whats.push(if lead { LEADS } else { MEMBER });
        }
        if names.len() < 12 {
            names.extend(cluster.whole(&rows).map(|row| row.name.to_owned()));
        }
    }
    let what = lang.pick("类别|類別|Category");
    ranking_table::insert(&mut draft.table, what, &|index| {
        whats.get(index).map_or("", |what| lang.pick(what))
    });
    // Towns of several clusters have no ranks.
    let table = &mut draft.table;
    for cells in table.rows.iter_mut().chain([&mut table.head]) {
        cells.truncate(5);
    }
    let names = face::named(draft, CLUSTER, &names, list.len());
    frame::close(draft, input);
    frame::add_sentence(draft, &names);
}

/// Says how many more there are than are drawn, where there are.
fn remark(draft: &mut Draft, all: usize, drawn: usize, words: &'static str) {
    if all > drawn {
        let text = draft.lang.number(words, all.saturating_sub(drawn) as f64);
        draft.paragraph(&text, draft.mute(draft.sizes.count), 2);
        draft.remark(text);
    }
}

/// Locator and panels: side by side where there is room, else one above the other.
fn picture(draft: &mut Draft, all: &All) {
    let (lang, accent) = (draft.lang, draft.theme.accent);
    let entries = [
        (Sign::Dot(accent), lang.pick(LEADS)),
        (Sign::Ring(accent), lang.pick(MEMBER)),
    ];
    let led = all.shown.iter().any(|cluster| cluster.has_lead);
    key::draw(draft, entries.get(usize::from(!led)..).unwrap_or(&[]));
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
    let (mut number, mut column) = (0.0, 0.0);
    for cluster in all.shown {
        if column >= columns {
            column = 0.0;
            row_top = row_bottom + 16.0;
        }
        number += 1.0;
        draft.y = row_top;
        panel(
            draft,
            all,
            cluster,
            number,
            [left + column * (width + gap), width],
        );
        row_bottom = row_bottom.max(draft.y);
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
    let mut number = 0.0;
    for cluster in all.shown {
        number += 1.0;
        let (mut sum, mut n) = ([0.0, 0.0], 0.0);
        for town in cluster.towns(all.rows) {
            if let Some([x, y]) = base.place(town) {
                (sum, n) = ([sum[0] + x, sum[1] + y], n + 1.0);
                draft.circle((x, y), 1.5, Fill::solid(accent), (accent, 0.5));
            }
        }
        if n > 0.0 {
            let center = [sum[0] / n, sum[1] / n];
            if let Some(row) = cluster.whole(all.rows) {
                badges.push(badge(draft, row, cluster.at, number, center));
            }
        }
    }
    dots::part(&mut badges, base.corners);
    let taken = dots::draw(draft, all.input, &badges, 0, Vec::new(), base.corners);
    if base.layout.width_px >= 380.0 {
        base.names(draft, taken);
    }
    base.corners[1][1]
}

/// A cluster's number on a disc.
fn badge<'a>(draft: &Draft, row: &'a Row, index: usize, number: f64, center: [f64; 2]) -> Dot<'a> {
    let mut dot = Dot::new(row, index, center, badge_radius(draft));
    dot.fill = Fill::solid(draft.theme.ink);
    dot.line = (draft.theme.ground, 1.0);
    dot.word = draft.lang.pick(CLUSTER);
    dot.number = number;
    dot
}

fn badge_radius(draft: &Draft) -> f64 {
    BADGE.max(draft.sizes.count * 0.75)
}

/// Number, name and figures of one cluster, its map, and its towns without a point, from the
/// draft's `y`, which moves below them.
fn panel(draft: &mut Draft, all: &All, cluster: &Cluster, number: f64, [left, width]: [f64; 2]) {
    let (lang, sizes) = (draft.lang, draft.sizes);
    let (bold, mute) = (draft.bold(sizes.label), draft.mute(sizes.count));
    let radius = badge_radius(draft);
    let line = bold.line_height().max(2.0 * radius);
    let center = [left + radius, draft.y + line / 2.0];
    let Some(whole) = cluster.whole(all.rows) else {
        return;
    };
    let badge = badge(draft, whole, cluster.at, number, center);
    dots::draw(draft, all.input, &[badge], 0, Vec::new(), [[0.0; 2]; 2]);
    let indent = 2.0 * radius + 6.0;
    let name = bold.shorten(whole.name, width - indent);
    draft.label(&name, (left + indent, draft.y), line, Anchor::Left, bold);
    draft.y += line;
    // Counts give way first, then the rate: they stay in the tooltip and the table.
    let metric = all.input.options.metric;
    let mut below = lang.number("@镇|@鎮|@ towns", cluster.towns as f64);
    let mut add = |name: &str, text: &str| {
        let mut longer = below.clone();
        wording::clause(lang, &mut longer, &wording::named(lang, name, text));
        if mute.width(&longer) <= width - indent {
            below = longer;
        }
    };
    if whole.rate.is_known() {
        let rate = wording::rate(lang, &whole.rate);
        add(wording::metric_name(lang, metric), &rate);
    }
    if whole.part.is_some() {
        let counts = ranking_table::counts_text(lang, whole, "");
        add(wording::part_name(lang, metric), &counts);
    } else if let Some(count) = &whole.whole {
        let name = wording::whole_name(lang, metric);
        add(name, &wording::count(lang, count));
    }
    let height = mute.line_height();
    draft.label(&below, (left + indent, draft.y), height, Anchor::Left, mute);
    draft.y += height + 4.0;

    let towns = cluster.towns(all.rows);
    let place = [left, width, (width * 0.62).clamp(150.0, 230.0)];
    let mut base = Base::new(all.input, towns, place, true);
    if base.holds(towns) {
        base.draw(draft, &[]);
        joined(draft, all, cluster, &base);
        draft.y = base.corners[1][1] + 4.0;
    }
    let text = face::listed(draft, "未定位|Not placed", &base.unplaced(towns));
    draft.column(&text, (left, width), mute, 3);
}

/// The towns of a cluster on its map: lines, dots, labels.
fn joined(draft: &mut Draft, all: &All, cluster: &Cluster, base: &Base) {
    let (lang, theme) = (draft.lang, draft.theme);
    let (mut towns, mut places): (Vec<Dot>, Vec<[f64; 2]>) = (Vec::new(), Vec::new());
    let first = cluster.at.saturating_add(1);
    for (index, row) in (first..).zip(cluster.towns(all.rows)).take(TOWNS) {
        let Some(place) = base.place(row) else {
            continue;
        };
        let lead = cluster.has_lead && index == first;
        let mut dot = Dot::new(row, index, place, if lead { LEAD } else { TOWN });
        dot.fill = Fill::solid(if lead { theme.accent } else { theme.ground });
        dot.line = if lead {
            (theme.ground, 1.0)
        } else {
            (theme.accent, 2.0)
        };
        dot.word = lang.pick(if lead { LEADS } else { MEMBER });
        places.push(place);
        towns.push(dot);
    }
    dots::part(&mut towns, base.corners);
    // A belt goes from town to town of those that are on the map; a lead is joined with each, and wings
    // not with each other.
    let mut joins = Vec::new();
    base.scale(draft, &mut joins);
    let mut before = towns.first().filter(|dot| dot.index == first);
    if !cluster.has_lead {
        before = None;
    }
    let lead = before;
    for at in along(&places) {
        let town = towns.get(at);
        if let (Some(from), Some(to)) = (before, town)
            && from.index != to.index
        {
            draft.line(from.center.into(), to.center.into(), theme.accent, 2.0, 0.0);
            joins.push([from.center, to.center]);
        }
        before = if cluster.has_lead { lead } else { town };
    }
    dots::draw(draft, all.input, &towns, 40, joins, base.corners);
}
