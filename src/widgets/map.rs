//! Choropleth of rates: regions in classes, a legend, labels that never overlap, and below the
//! map what its face must say: review number, maker, what could not be placed.

use super::Input;
use super::parts::base_map::Base;
use super::parts::classes::Classes;
use super::parts::map_labels::{self, Label};
use super::parts::{face, frame, legend, point_map, ranking_table, tile_grid, wording};
use crate::figures::{Code, Level, Places, Row};
use crate::geo::{self, Fit, Geometry, Projection, Shape};
use crate::scene::{Draft, Fill, Hit, Mark, Point, Px, Rect, Stroke};

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, options) = (draft.lang, input.options);
    let rows = options
        .selection
        .rows(input.feed, options.metric, options.sort);
    let metric = wording::metric_name(lang, options.metric);
    let title = [metric, lang.pick("地图|地圖| map")].concat();
    let classes = Classes::of_rows(options, &rows);
    let subtitle = legend::subtitle(input, &classes);
    match (points(draft, input, &rows), usable(input)) {
        (Some(base), _) => {
            frame::open(draft, input, &title, &subtitle);
            let places = Places::of(&rows);
            point_map::draw(draft, input, &rows, (&places, base), &classes);
        }
        (None, Ok(geometry)) => {
            frame::open(draft, input, &title, &subtitle);
            choropleth(draft, input, geometry, &rows, &classes);
        }
        (None, Err(why)) => {
            frame::open(draft, input, metric, &frame::subtitle(input, ""));
            tile_grid::draw_or_bars(draft, input, &rows, &classes, why);
        }
    }
    // A map of nothing but missing figures is drawn, but a board has better to show.
    draft.nothing |= rows.iter().all(|row| row.rate.value.is_none());
    frame::close(draft, input);
    ranking_table::tell(draft, input, &rows, &title);
}

/// The map of rows that are towns with points and without polygons.
fn points<'a>(draft: &Draft, input: &Input<'a>, rows: &[Row]) -> Option<Base<'a>> {
    let towns = rows.iter().all(|row| row.level == Some(Level::Town));
    let polygons = input.geometry.is_some_and(|geometry| {
        let joined = geo::join(geometry, &codes(rows));
        joined.feature_of_region.iter().any(Option::is_some)
    });
    if !towns || polygons {
        return None;
    }
    point_map::base(draft, input, rows)
}

fn codes(rows: &[Row]) -> Vec<(Option<Code>, &str)> {
    rows.iter().map(|r| (r.code, r.name.as_str())).collect()
}

/// The geometry, or why there is none to draw.
fn usable<'a>(input: &Input<'a>) -> Result<&'a Geometry, &'static str> {
    let lang = input.lang();
    let Some(geometry) = input.geometry else {
        return Err(lang.pick(
            "没有地图数据（geometry）|沒有地圖數據（geometry）|There is no map to draw (geometry)",
        ));
    };
    if geometry.features.iter().all(|f| f.polygons.is_empty()) {
        return Err(lang.pick("地图数据中没有多边形|地圖數據中沒有多邊形|The map has no polygons"));
    }
    if input.options.require_review_number && geometry.review_number.is_none() {
        return Err(lang.pick("地图没有审图号，按要求不予显示|地圖沒有審圖號，按要求不予顯示|The map has no review number (审图号) and is not shown, as required"));
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
    let joined = geo::join(geometry, &codes(rows));
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
    let unplaced: Vec<&Row> = rows
        .iter()
        .zip(&joined.feature_of_region)
        .filter_map(|(row, feature)| feature.is_none().then_some(row))
        .collect();
    let unknown: Vec<&str> = geometry
        .features
        .iter()
        .zip(&joined.region_of_feature)
        .filter(|(_, row)| row.is_none())
        .filter_map(|(feature, _)| feature.name.as_deref())
        .collect();
    let review = face::review(draft, geometry);
    face::draw(draft, &review, face::NOT_ON_MAP, &unplaced, &unknown);
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
        Some(value) => Fill::Solid(classes.color(draft.theme, value)),
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
