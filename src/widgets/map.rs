//! Choropleth of rates: regions in classes, a legend, labels that never overlap, and below the
//! map what its face must say: review number, maker, what could not be placed.

use super::Input;
use super::parts::base_map::Base;
use super::parts::classes::Classes;
use super::parts::map_labels::{self, Label};
use super::parts::{face, frame, legend, point_map, ranking_table, tile_grid, wording};
use crate::figures::{Code, Level, Places, Row};
use crate::geo::{self, Join, NO_GEOMETRY};
use crate::scene::{Draft, Fill, Rect};
use crate::style::cat;

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, options) = (draft.lang, input.options);
    let rows = options
        .selection
        .rows(input.feed, options.metric, options.sort);
    let metric = wording::metric_name(lang, options.metric);
    let title = cat(metric, lang.pick("地图|地圖| map"), "");
    let classes = Classes::of_rows(options, &rows);
    let mut codes: Vec<(Option<Code>, &str)> = Vec::new();
    let mut towns = true;
    for row in &rows {
        codes.push((row.code, row.name));
        towns &= row.level == Some(Level::Town);
    }
    let joined = geo::join(input.geometry.unwrap_or(&NO_GEOMETRY), &codes);
    // Towns with points and without polygons; nothing else is put on the polygons.
    let towns = towns && joined.feature_of_region.iter().all(Option::is_none);
    let base = Base::whole(draft, input, if towns { &rows } else { &[] });
    let towns = towns && base.holds(&rows);
    if towns {
        frame::open(draft, input, &title, "");
        point_map::draw(draft, input, &rows, (&Places::of(&rows), base), &classes);
    } else if base.geometry.bounds().is_some() {
        frame::open(draft, input, &title, "");
        choropleth(draft, input, &joined, base, &rows, &classes);
    } else {
        let why = match input.geometry {
            None => {
                "没有地图数据（geometry）|沒有地圖數據（geometry）|There is no map to draw (geometry)"
            }
            Some(map) if map.bounds().is_none() => {
                "地图数据中没有多边形|地圖數據中沒有多邊形|The map has no polygons"
            }
            Some(_) => {
                "地图没有审图号，按要求不予显示|地圖沒有審圖號，按要求不予顯示|The map has no review number (审图号) and is not shown, as required"
            }
        };
        tile_grid::draw_or_bars(draft, input, &rows, metric, &classes, lang.pick(why));
    }
    tile_grid::close(draft, input, &rows);
}

fn choropleth(
    draft: &mut Draft,
    input: &Input,
    joined: &Join,
    mut base: Base,
    rows: &[Row],
    classes: &Classes,
) {
    let row_of = |feature: usize| {
        let index = (*joined.region_of_feature.get(feature)?)?;
        Some((index, rows.get(index)?))
    };
    let geometry = base.geometry;
    let mut fills: Vec<Fill> = Vec::new();
    let mut unknown = Vec::new();
    let mut any_missing = false;
    for (index, feature) in geometry.features.iter().enumerate() {
        let row = row_of(index);
        let value = row.and_then(|(_, row)| row.rate.value);
        any_missing |= value.is_none();
        fills.push(classes.fill(draft, value));
        if row.is_none() {
            unknown.extend(feature.name.clone());
        }
    }
    let any_value = rows.iter().any(|r| r.rate.value.is_some());
    legend::draw(draft, classes, any_value, any_missing);
    draft.y += 8.0;
    let marks = base.draw(draft, &fills);
    let [left, top] = base.corners[0];
    for (shape, mark) in base.layout.shapes.iter().zip(marks) {
        if mark.is_none() {
            continue;
        }
        let [low, high] = shape.bounds;
        let [width, height] = [high[0] - low[0], high[1] - low[1]];
        let rect = Rect::from_css(low[0] + left, low[1] + top, width, height);
        let feature = geometry.features.get(shape.feature);
        let name = feature.and_then(|feature| feature.name.as_deref());
        let row = row_of(shape.feature);
        let mut hit = ranking_table::hit(input, row, name.unwrap_or(""), rect);
        hit.mark = mark;
        draft.hit(hit);
    }
    let sets = (draft.bold(draft.sizes.label), draft.ink(draft.sizes.count));
    // A longer line is harder to follow than a row of the table.
    let longest = 0.3;
    let lang = draft.lang;
    map_labels::draw(draft, &base, sets, Vec::new(), longest, &|feature| {
        let (_, row) = row_of(feature)?;
        Some(Label {
            name: row.name,
            rate: wording::rate(lang, &row.rate),
            fill: *fills.get(feature)?,
        })
    });
    draft.y = base.corners[1][1] + 8.0;
    let mut unplaced: Vec<&Row> = Vec::new();
    for (row, feature) in rows.iter().zip(&joined.feature_of_region) {
        if feature.is_none() {
            unplaced.push(row);
        }
    }
    let review = face::review(draft, geometry);
    face::draw(draft, &review, face::NOT_ON_MAP, &unplaced, &unknown);
}
