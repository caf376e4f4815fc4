//! Towns that develop together: a locator of all clusters, and each at its own scale, its towns
//! joined by lines, with its figures.

use super::Input;
use super::parts::base_map::{self, Base, View};
use super::parts::key::{self, Sign};
use super::parts::point_labels::{self, Dot};
use super::parts::spots::{self, Spot};
use super::parts::{face, frame, point_map, ranking_table, wording};
use crate::figures::{Cluster, Row, clusters};
use crate::geo::Geometry;
use crate::scene::{Anchor, Draft, Fill, Hit, Rect, Table, Type};
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

/// A rectangle that a part of the picture is drawn in: left, top, width.
#[derive(Clone, Copy)]
struct Place {
    left: f64,
    top: f64,
    width: f64,
}

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let lang = draft.lang;
    let all = clusters(input.feed, input.options.metric);
    let title = lang.pick("城镇集群|城鎮集群|Clusters of towns");
    let count = [
        &number::amount(all.len() as f64),
        lang.pick("个集群|個集群| clusters"),
    ];
    frame::open(
        draft,
        input,
        title,
        &frame::subtitle(input, &count.concat()),
    );
    if all.is_empty() {
        let why = lang.pick("数据中没有集群（clusters）。|數據中沒有集群（clusters）。|The feed has no clusters (clusters).");
        frame::nothing_to_draw(draft, why);
    } else {
        picture(draft, input, &all);
    }
    frame::close(draft, input);
    tell(draft, input, &all, title);
}

/// Locator and panels: side by side where there is room, else one above the other.
fn picture(draft: &mut Draft, input: &Input, all: &[Cluster]) {
    let options = input.options;
    let geometry = base_map::shown(input);
    let shown = all
        .get(..all.len().min(MOST).min(options.limit))
        .unwrap_or(all);
    let accent = draft.theme.accent;
    let any = |lead: bool| shown.iter().any(|cluster| cluster.has_lead == lead);
    let mut entries = Vec::new();
    if any(true) {
        let lead = draft.lang.pick("中心镇|中心鎮|Lead town");
        entries.push((Sign::Dot(accent), lead));
    }
    let others = draft.lang.pick("成员镇|成員鎮|Member");
    entries.push((Sign::Ring(accent), others));
    key::draw(draft, &entries);
    draft.y += 8.0;

    let gap = 24.0;
    let wide = draft.width >= 900.0;
    let columns = if draft.inner() >= 500.0 { 2.0 } else { 1.0 };
    let mut left = draft.left();
    let mut inner = draft.inner();
    let top = draft.y;
    let mut bottom = top;
    // One cluster needs no locator.
    if shown.len() > 1 {
        let width = if wide { (inner * 0.38).floor() } else { inner };
        let height = if wide { 460.0 } else { 230.0 };
        let place = Place { left, top, width };
        if let Some(end) = locator(draft, input, geometry, shown, (place, height)) {
            bottom = end;
            if wide {
                left += width + gap;
                inner -= width + gap;
            } else {
                draft.y = end + 16.0;
            }
        }
    }
    let width = ((inner - gap * (columns - 1.0)) / columns).floor();
    let mut row_top = draft.y;
    let mut row_bottom = row_top;
    let mut column = 0.0;
    for (index, cluster) in shown.iter().enumerate() {
        if column >= columns {
            column = 0.0;
            row_top = row_bottom + 16.0;
        }
        let place = Place {
            left: left + column * (width + gap),
            top: row_top,
            width,
        };
        row_bottom = row_bottom.max(panel(draft, input, geometry, cluster, index, place));
        column += 1.0;
    }
    draft.y = row_bottom.max(bottom) + 8.0;
    if let Some(geometry) = geometry {
        let review = face::review(draft, geometry);
        face::draw(draft, &review, face::NOT_ON_MAP, &[], &[]);
    }
    let beyond = all.len().saturating_sub(shown.len());
    let drawn = |cluster: &Cluster| points(cluster).len().saturating_sub(TOWNS);
    let towns = shown.iter().map(drawn).max().unwrap_or(0);
    let lang = draft.lang;
    for (count, what) in [
        (beyond, "个集群未画出|個集群未畫出| more clusters not drawn"),
        (
            towns,
            "个成员镇未画出|個成員鎮未畫出| more members of one cluster not drawn",
        ),
    ] {
        if count > 0 {
            let n = number::amount(count as f64);
            let text = [lang.pick("另有|"), &n, lang.pick(what)].concat();
            draft.paragraph(&text, draft.mute(draft.sizes.count), 2);
            draft.remark(text);
        }
    }
}

fn points(cluster: &Cluster) -> Vec<[f64; 2]> {
    cluster.towns.iter().filter_map(|town| town.point).collect()
}

/// A map of all with a number where each cluster lies; where it ends, or `None` where no town has a
/// point on it.
fn locator(
    draft: &mut Draft,
    input: &Input,
    geometry: Option<&Geometry>,
    shown: &[Cluster],
    (place, height): (Place, f64),
) -> Option<f64> {
    let every: Vec<[f64; 2]> = shown.iter().flat_map(points).collect();
    let window = match geometry {
        Some(_) => None,
        None => base_map::window(&every, None),
    };
    let view = View {
        left: place.left,
        width: place.width,
        height,
        window,
        projection: None,
    };
    let mut base = Base::new(geometry, &view);
    every.iter().find_map(|&point| base.place(point))?;
    base.draw(draft, place.top);
    let mut badges: Vec<(usize, Spot)> = Vec::new();
    for (index, cluster) in shown.iter().enumerate() {
        let (mut sum, mut n) = ([0.0, 0.0], 0.0);
        for [x, y] in points(cluster).into_iter().filter_map(|at| base.place(at)) {
            (sum, n) = ([sum[0] + x, sum[1] + y], n + 1.0);
            let accent = draft.theme.accent;
            point_map::circle(draft, [x, y], 1.5, Fill::Solid(accent), (accent, 0.5));
        }
        if n > 0.0 {
            let place = [sum[0] / n, sum[1] / n];
            badges.push((
                index,
                Spot {
                    place,
                    center: place,
                    reach: badge_radius(draft) + 1.0,
                },
            ));
        }
    }
    let mut moved: Vec<Spot> = badges.iter().map(|(_, spot)| *spot).collect();
    spots::part(&mut moved, base.corners);
    for spot in &moved {
        point_map::lead(draft, spot);
    }
    let mut taken = Vec::new();
    for ((index, _), spot) in badges.iter().zip(&moved) {
        let ([x, y], reach) = (spot.center, spot.reach);
        badge(draft, *index, spot.center);
        taken.push([[x - reach, y - reach], [x + reach, y + reach]]);
        if let Some(cluster) = shown.get(*index) {
            let rect = Rect::from_css(x - reach, y - reach, 2.0 * reach, 2.0 * reach);
            hit_of_whole(draft, input, cluster, *index, rect);
        }
    }
    if place.width >= 380.0 {
        base.names(draft, &taken);
    }
    Some(base.corners[1][1])
}

fn badge_radius(draft: &Draft) -> f64 {
    BADGE.max(draft.sizes.count * 0.75)
}

/// A cluster's number, white on a disc.
fn badge(draft: &mut Draft, index: usize, center: [f64; 2]) {
    let (theme, radius) = (draft.theme, badge_radius(draft));
    point_map::circle(
        draft,
        center,
        radius,
        Fill::Solid(theme.ink),
        (theme.ground, 1.0),
    );
    let set = Type {
        color: theme.ground,
        ..draft.bold(draft.sizes.count)
    };
    let text = number::amount(index as f64 + 1.0);
    let baseline = center[1] - radius + set.baseline_in(2.0 * radius);
    draft.text(&text, (center[0], baseline), Anchor::Middle, set);
}

/// Number, name and figures of one cluster, its map, and its towns without a point; where it ends.
fn panel(
    draft: &mut Draft,
    input: &Input,
    geometry: Option<&Geometry>,
    cluster: &Cluster,
    index: usize,
    place: Place,
) -> f64 {
    let (lang, sizes) = (draft.lang, draft.sizes);
    let Place { left, top, width } = place;
    let (bold, mute) = (draft.bold(sizes.label), draft.mute(sizes.count));
    let radius = badge_radius(draft);
    let line = bold.line_height().max(2.0 * radius);
    badge(draft, index, [left + radius, top + line / 2.0]);
    let indent = 2.0 * radius + 6.0;
    let name = bold.shorten(&cluster.whole.name, width - indent);
    let at = (left + indent, top + bold.baseline_in(line));
    draft.text(&name, at, Anchor::Left, bold);
    let mut y = top + line;
    let mut facts = facts(draft, input, cluster);
    // Counts give way first, then the rate: they stay in the tooltip and the table.
    while facts.len() > 1 && mute.width(&wording::clauses(lang, &facts)) > width - indent {
        facts.pop();
    }
    let below = mute.shorten(&wording::clauses(lang, &facts), width - indent);
    let height = mute.line_height();
    draft.text(
        &below,
        (left + indent, y + mute.baseline_in(height)),
        Anchor::Left,
        mute,
    );
    y += height;
    let head = Rect::from_css(left, top, width, y - top);
    hit_of_whole(draft, input, cluster, index, head);
    y += 4.0;

    let map = [width, (width * 0.62).clamp(150.0, 230.0)];
    let window = base_map::window(&points(cluster), Some(map));
    let mut placed = vec![None; cluster.towns.len()];
    if window.is_some() {
        let view = View {
            left,
            width: map[0],
            height: map[1],
            window,
            projection: None,
        };
        let mut base = Base::new(geometry, &view);
        base.draw(draft, y);
        for (town, slot) in cluster.towns.iter().zip(&mut placed).take(TOWNS) {
            *slot = town.point.and_then(|point| base.place(point));
        }
        towns(draft, input, cluster, &placed, &base);
        y = base.corners[1][1] + 4.0;
    }
    let unplaced: Vec<&Row> = cluster
        .towns
        .iter()
        .filter(|town| town.point.is_none())
        .collect();
    let label = "未定位|Not placed";
    let text = face::listed(draft, label, &unplaced);
    for line in mute.wrap(&text, width, 3) {
        draft.text(
            &line,
            (left, y + mute.baseline_in(height)),
            Anchor::Left,
            mute,
        );
        y += height;
    }
    y
}

/// How many towns, and the cluster's figures where there are any.
fn facts(draft: &Draft, input: &Input, cluster: &Cluster) -> Vec<String> {
    let lang = draft.lang;
    let count = number::amount(cluster.towns.len() as f64);
    let mut facts = vec![[&count, lang.pick("镇|鎮| towns")].concat()];
    let whole = &cluster.whole;
    let space = lang.pick("| ");
    if whole.rate.value.is_some() || whole.rate.text.is_some() {
        let metric = wording::metric_name(lang, input.options.metric);
        facts.push([metric, space, &wording::rate(lang, &whole.rate)].concat());
    }
    let metric = input.options.metric;
    match (&whole.part, &whole.whole) {
        (Some(_), _) => {
            let counts = ranking_table::counts_text(lang, whole);
            facts.push([wording::part_name(lang, metric), space, &counts].concat());
        }
        (None, Some(count)) => {
            let count = wording::count(lang, count);
            facts.push([wording::whole_name(lang, metric), space, &count].concat());
        }
        (None, None) => {}
    }
    facts
}

/// The towns of a cluster on its map: lines, dots, labels.
fn towns(
    draft: &mut Draft,
    input: &Input,
    cluster: &Cluster,
    placed: &[Option<[f64; 2]>],
    base: &Base,
) {
    let (lang, theme) = (draft.lang, draft.theme);
    let is_lead = |index: usize| cluster.has_lead && index == 0;
    let mut spots: Vec<Spot> = Vec::new();
    let mut indices: Vec<usize> = Vec::new();
    for (index, at) in placed.iter().enumerate() {
        if let Some(at) = *at {
            let reach = if is_lead(index) { LEAD } else { TOWN } + 1.0;
            spots.push(Spot {
                place: at,
                center: at,
                reach,
            });
            indices.push(index);
        }
    }
    spots::part(&mut spots, base.corners);
    let center = |index: usize| {
        let at = indices.iter().position(|&other| other == index)?;
        spots.get(at).map(|spot| spot.center)
    };
    let mut joins = Vec::new();
    let mut before = cluster.has_lead.then(|| center(0)).flatten();
    for index in cluster.along() {
        let Some(here) = center(index).filter(|_| !is_lead(index)) else {
            continue;
        };
        if let Some(from) = before {
            draft.line(
                (from[0], from[1]),
                (here[0], here[1]),
                theme.accent,
                2.0,
                0.0,
            );
            joins.push([from, here]);
        }
        // A belt goes from town to town; a lead is joined with each, and wings not with each other.
        if !cluster.has_lead {
            before = Some(here);
        }
    }
    let mut labels = Vec::new();
    for (spot, &index) in spots.iter().zip(&indices) {
        let Some(town) = cluster.towns.get(index) else {
            continue;
        };
        point_map::lead(draft, spot);
        if is_lead(index) {
            let fill = Fill::Solid(theme.accent);
            point_map::circle(draft, spot.center, LEAD, fill, (theme.ground, 1.0));
        } else {
            let fill = Fill::Solid(theme.ground);
            point_map::circle(draft, spot.center, TOWN, fill, (theme.accent, 2.0));
        }
        let ([x, y], reach) = (spot.center, spot.reach.max(8.0));
        let role = role(draft, is_lead(index));
        let mut lines = vec![[role, " · ", &cluster.whole.name].concat()];
        if has_figure(town) {
            lines.extend(ranking_table::lines(lang, input.options.metric, town));
        }
        draft.hit(Hit {
            rect: Rect::from_css(x - reach, y - reach, 2.0 * reach, 2.0 * reach),
            mark: None,
            id: town.id.clone(),
            label: town.name.clone(),
            lines,
            row: None,
        });
        labels.push(Dot {
            center: spot.center,
            radius: spot.reach,
            name: town.name.clone(),
            rate: if town.rate.value.is_some() || town.rate.text.is_some() {
                wording::rate(lang, &town.rate)
            } else {
                String::new()
            },
        });
    }
    let dots: Vec<point_labels::Disc> = spots.iter().map(|s| (s.center, s.reach)).collect();
    labels.truncate(40);
    point_labels::draw(draft, &labels, &dots, &joins, base.corners);
}

fn has_figure(row: &Row) -> bool {
    row.rate.value.is_some() || row.rate.text.is_some() || row.part.is_some() || row.whole.is_some()
}

fn role(draft: &Draft, lead: bool) -> &'static str {
    draft.lang.pick(if lead {
        "中心镇|中心鎮|Lead town"
    } else {
        "成员镇|成員鎮|Member"
    })
}

/// What a cluster answers to a pointer: its towns, and its row of the table.
fn hit_of_whole(draft: &mut Draft, input: &Input, cluster: &Cluster, index: usize, rect: Rect) {
    let mut lines = vec![names(draft, cluster)];
    if has_figure(&cluster.whole) {
        let metric = input.options.metric;
        lines.extend(ranking_table::lines(draft.lang, metric, &cluster.whole));
    }
    draft.hit(Hit {
        rect,
        mark: None,
        id: cluster.whole.id.clone(),
        label: cluster.whole.name.clone(),
        lines,
        row: Some(index),
    });
}

/// The towns' names, as many as a line of text can have.
fn names(draft: &Draft, cluster: &Cluster) -> String {
    let names: Vec<&str> = cluster.towns.iter().take(12).map(|t| &*t.name).collect();
    let label = "乡镇|鄉鎮|Towns";
    face::named(draft, label, &names, cluster.towns.len())
}

/// The clusters with their figures; the towns with theirs.
fn tell(draft: &mut Draft, input: &Input, all: &[Cluster], title: &str) {
    let lang = draft.lang;
    let wholes: Vec<Row> = all.iter().map(|cluster| cluster.whole.clone()).collect();
    let mut table = ranking_table::table(lang, input, &wholes, title);
    let head = lang.pick("集群|Cluster");
    if let Some(first) = table.head.first_mut() {
        head.clone_into(first);
    }
    table.head.truncate(4);
    table
        .head
        .push(lang.pick("中心镇|中心鎮|Lead town").to_owned());
    table
        .head
        .push(lang.pick("成员镇|成員鎮|Members").to_owned());
    for (cells, cluster) in table.rows.iter_mut().zip(all) {
        cells.truncate(4);
        let name = |town: &Row| town.name.clone();
        let lead = cluster.towns.first().filter(|_| cluster.has_lead);
        cells.push(lead.map_or_else(|| wording::MISSING.to_owned(), name));
        let skipped = usize::from(cluster.has_lead);
        let members: Vec<String> = cluster.towns.iter().skip(skipped).map(name).collect();
        cells.push(members.join(lang.pick("、|, ")));
    }
    let names: Vec<&str> = all.iter().take(12).map(|c| &*c.whole.name).collect();
    let names = face::named(draft, "集群|Clusters", &names, all.len());
    let alt = [
        &table.caption,
        lang.pick("。|. "),
        &names,
        lang.pick("。|."),
    ]
    .concat();
    let rows: Vec<Row> = all.iter().flat_map(|c| c.towns.iter().cloned()).collect();
    let mut towns = Table::default();
    if rows.iter().any(has_figure) {
        towns = ranking_table::table(lang, input, &rows, title);
        towns.head.truncate(4);
        for cells in &mut towns.rows {
            cells.truncate(4);
        }
    }
    draft.tell(table, alt);
    if !towns.rows.is_empty() {
        draft.tell_more(towns);
    }
}
