//! Choropleth of rates: regions in classes, a legend, labels that never overlap, and below the
//! map what its face must say: review number, maker, what could not be placed.

use super::Input;
use super::parts::classes::Classes;
use super::parts::map_labels::{self, Label};
use super::parts::{frame, legend, ranked_bars, ranking_table, wording};
use crate::figures::Row;
use crate::geo::{self, Fit, Geometry, Join, Projection, Shape};
use crate::scene::{Anchor, Draft, Fill, Hit, Mark, Point, Px, Rect, Stroke};
use crate::style::{Color, number};

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, options) = (draft.lang, input.options);
    let rows = options
        .selection
        .rows(input.feed, options.metric, options.sort);
    let metric = wording::metric_name(lang, options.metric);
    let map = lang.pick("地图|地圖| map");
    let title = [metric, map].concat();
    let values: Vec<f64> = rows.iter().filter_map(|r| r.rate.value).collect();
    let classes = if options.breaks.is_empty() {
        Classes::for_rates(&values)
    } else {
        Classes::given(&options.breaks, &values)
    };
    match usable(input) {
        Ok(geometry) => {
            let count = number::plain(classes.len() as f64);
            let what = if lang.is_chinese() {
                ["按", metric, "分", &count, lang.pick("档|檔|")].concat()
            } else {
                [metric, " in ", &count, " classes"].concat()
            };
            frame::open(draft, input, &title, &frame::subtitle(input, &what));
            choropleth(draft, input, geometry, &rows, &classes);
        }
        Err(why) => {
            frame::open(draft, input, metric, &frame::subtitle(input, ""));
            frame::nothing_to_draw(draft, why);
            draft.y += 8.0;
            ranked_bars::draw(draft, input, &rows);
        }
    }
    frame::close(draft, input);
    ranking_table::tell(draft, input, &rows, &title);
}

/// The geometry, or why there is none to draw.
fn usable<'a>(input: &Input<'a>) -> Result<&'a Geometry, &'static str> {
    let lang = input.lang();
    let Some(geometry) = input.geometry else {
        return Err(lang.pick("没有地图数据（geometry），以条形图代替。|沒有地圖數據（geometry），以條形圖代替。|There is no map to draw (geometry): bars instead."));
    };
    if geometry.features.iter().all(|f| f.polygons.is_empty()) {
        return Err(lang.pick("地图数据中没有多边形，以条形图代替。|地圖數據中沒有多邊形，以條形圖代替。|The map has no polygons: bars instead."));
    }
    if input.options.require_review_number && geometry.review_number.is_none() {
        return Err(lang.pick("地图没有审图号，按要求不予显示，以条形图代替。|地圖沒有審圖號，按要求不予顯示，以條形圖代替。|The map has no review number (审图号) and is not shown, as required: bars instead."));
    }
    Ok(geometry)
}

fn choropleth(
    draft: &mut Draft,
    input: &Input,
    geometry: &Geometry,
    rows: &[Row],
    classes: &Classes,
) {
    let options = input.options;
    let codes: Vec<(Option<_>, &str)> = rows.iter().map(|r| (r.code, r.name.as_str())).collect();
    let joined = geo::join(geometry, &codes);
    let any_missing = joined.region_of_feature.iter().any(|row| {
        row.and_then(|r| rows.get(r))
            .and_then(|r| r.rate.value)
            .is_none()
    });
    let any_value = rows.iter().any(|r| r.rate.value.is_some());
    legend::draw(draft, classes, any_value, any_missing);
    draft.y += 8.0;

    let projection = options
        .projection
        .unwrap_or_else(|| Projection::for_geometry(geometry));
    let mut fit = Fit::new(draft.inner());
    fit.max_height_px = draft.inner().clamp(240.0, 720.0);
    let layout = geo::layout(geometry, projection, &fit);
    let origin = (
        draft.left() + (draft.inner() - layout.width_px) / 2.0,
        draft.y,
    );
    let mut labels = Vec::new();
    for shape in layout.shapes.iter().filter(|s| !s.rings.is_empty()) {
        let row = joined
            .region_of_feature
            .get(shape.feature)
            .copied()
            .flatten();
        let row = row.and_then(|index| Some((index, rows.get(index)?)));
        labels.extend(region(draft, input, geometry, shape, origin, row, classes));
    }
    map_labels::draw(draft, &layout, origin, labels);
    draft.y += layout.height_px + 8.0;
    face(draft, geometry, &joined, rows);
}

/// Draws one region with its hit area, and gives back its label: none for a polygon that the feed
/// does not know.
fn region<'a>(
    draft: &mut Draft,
    input: &Input,
    geometry: &Geometry,
    shape: &'a Shape,
    origin: (f64, f64),
    row: Option<(usize, &Row)>,
    classes: &Classes,
) -> Option<Label<'a>> {
    let fill = match row.and_then(|(_, r)| r.rate.value) {
        Some(value) => Fill::Solid(class_color(draft, classes, value)),
        None => draft.missing(),
    };
    let place = |p: &[f64; 2]| Point::from_css(p[0] + origin.0, p[1] + origin.1);
    let mark = draft.push(Mark::Region {
        rings: shape
            .rings
            .iter()
            .map(|ring| ring.iter().map(place).collect())
            .collect(),
        fill,
        stroke: Some(Stroke {
            color: draft.theme.ground,
            width: Px::from_css(1.0),
            dash: Px(0),
        }),
    });
    let [[left, top], [right, bottom]] = shape.bounds;
    let mut hit = Hit {
        rect: Rect::from_css(left + origin.0, top + origin.1, right - left, bottom - top),
        mark: Some(mark),
        id: String::new(),
        label: String::new(),
        lines: vec![ranking_table::not_reported(draft.lang).to_owned()],
        row: None,
    };
    let label = match row {
        Some((index, row)) => {
            hit.id = row.id.clone();
            hit.label = row.name.clone();
            hit.lines = ranking_table::lines(draft.lang, input.options.metric, row);
            hit.row = Some(index);
            let rate = wording::rate(draft.lang, &row.rate);
            Some(Label {
                shape,
                name: row.name.clone(),
                rate,
                fill,
            })
        }
        None => {
            let feature = geometry.features.get(shape.feature);
            hit.label = feature.and_then(|f| f.name.clone()).unwrap_or_default();
            None
        }
    };
    draft.hit(hit);
    label
}

fn class_color(draft: &Draft, classes: &Classes, value: f64) -> Color {
    let index = classes.color_index(classes.of(value));
    draft
        .theme
        .classes
        .get(index)
        .copied()
        .unwrap_or(draft.theme.accent)
}

/// What the map's face must say: review number or that there is none, maker, regions without a
/// polygon with their figures, polygons without a region.
fn face(draft: &mut Draft, geometry: &Geometry, joined: &Join, rows: &[Row]) {
    let lang = draft.lang;
    let colon = lang.pick("：|: ");
    let mut left = match &geometry.review_number {
        Some(number) => [lang.pick("审图号|審圖號|Review number"), colon, number].concat(),
        None => lang
            .pick("示意图 · 无审图号|示意圖 · 無審圖號|Sketch map · no review number")
            .to_owned(),
    };
    if let Some(maker) = &geometry.map_source {
        left = [&left, " · ", lang.pick("制图|製圖|Map"), colon, maker].concat();
    }
    let unplaced = rows.iter().enumerate().filter_map(|(index, row)| {
        let placed = joined.feature_of_region.get(index).copied().flatten();
        placed
            .is_none()
            .then(|| [&row.name, " ", &*wording::rate(lang, &row.rate)].concat())
    });
    let not_on_map = named(
        lang.pick("未上图|未上圖|Not on the map"),
        colon,
        unplaced.collect(),
    );
    let unknown = geometry
        .features
        .iter()
        .enumerate()
        .filter_map(|(index, feature)| {
            let known = joined.region_of_feature.get(index).copied().flatten();
            if known.is_some() {
                None
            } else {
                feature.name.clone()
            }
        });
    let not_in_feed = named(
        lang.pick("数据未列|數據未列|Not in the feed"),
        colon,
        unknown.collect(),
    );
    let set = draft.mute(draft.sizes.footer);
    if set.width(&left) + set.width(&not_on_map) + 16.0 <= draft.inner() {
        let height = set.line_height();
        let baseline = draft.y + set.baseline_in(height);
        draft.text(&left, (draft.left(), baseline), Anchor::Left, set);
        draft.text(&not_on_map, (draft.right(), baseline), Anchor::Right, set);
        draft.y += height;
    } else {
        draft.paragraph(&left, set, 2);
        draft.paragraph(&not_on_map, set, 3);
    }
    draft.paragraph(&not_in_feed, set, 3);
    for remark in [not_on_map, not_in_feed] {
        if !remark.is_empty() {
            draft.remark(remark);
        }
    }
}

/// `label：a、b、c`; empty where there are no names.
fn named(label: &str, colon: &str, names: Vec<String>) -> String {
    if names.is_empty() {
        return String::new();
    }
    let separator = if colon == "：" { "、" } else { ", " };
    [label, colon, &names.join(separator)].concat()
}
