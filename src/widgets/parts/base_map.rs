//! The quiet ground that points stand on: regions without figures, or a plain frame.

use super::face;
use super::map_labels::{self, Label};
use crate::figures::{Crs, Row};
use crate::geo::labels::{Corners, Line};
use crate::geo::{self, Fit, Geometry, Layout, NO_GEOMETRY, Projection};
use crate::scene::{Anchor, Draft, Fill, Mark, Point, Px, Rect, Stroke};
use crate::widgets::Input;

/// A map that points can be put on.
pub struct Base<'a> {
    /// What it shows; without regions a plain frame.
    pub geometry: &'a Geometry,
    /// The regions, from the map's upper left corner.
    pub layout: Layout,
    /// Latitude of the middle.
    middle: f64,
    /// Upper left and lower right corner in the picture.
    pub corners: Corners,
}

/// Least height and width of what a map of points shows, in degrees: some 9 km, so that a single
/// town does not fill the picture.
const LEAST: f64 = 0.08;

/// The geometry, or an empty one where it has no polygons or the page does not let it be shown.
#[must_use]
fn shown<'a>(input: &Input<'a>) -> &'a Geometry {
    let map = input.geometry.unwrap_or(&NO_GEOMETRY);
    match input.options.require_review_number && map.review_number.is_none() {
        true => &NO_GEOMETRY,
        false => map,
    }
}

/// Whether points may be put on the geometry: not where the feed says that they are in another
/// coordinate system, because that draws a town in its neighbour's place.
fn fits(input: &Input, geometry: &Geometry) -> bool {
    Crs::agree(geometry.crs, input.feed.crs)
}

/// What the face of a map of points says.
#[must_use]
pub fn face(draft: &Draft, input: &Input) -> String {
    let geometry = shown(input);
    let why = if geometry.bounds().is_none() {
        "示意图，无边界|示意圖，無邊界|Sketch without boundaries"
    } else if fits(input, geometry) {
        return face::review(draft, geometry);
    } else {
        "坐标系与地图不同，未画边界|坐標系與地圖不同，未畫邊界|Not in the map's coordinate system: no boundaries"
    };
    draft.lang.text(why)
}

/// What shows all these points, with 15% of air on all sides; or, where a picture of a width and
/// height in CSS pixels is to be `filled`, with room for labels. `None` where there are no points.
fn window(points: &[[f64; 2]], [width, height]: [f64; 2], filled: bool) -> Option<Corners> {
    if points.is_empty() {
        return None;
    }
    let mut window = geo::EMPTY;
    for &point in points {
        geo::stretch(&mut window, point);
    }
    let [[west, south], [east, north]] = window;
    let (x, y) = ((west + east) / 2.0, (south + north) / 2.0);
    let (mut wide, mut tall) = (1.3, 1.3);
    if filled {
        wide = width / (width - 150.0).max(50.0);
        tall = height / (height - 76.0).max(50.0);
    }
    let right = ((east - west) * wide).max(LEAST) / 2.0;
    let mut up = (north - south) * tall;
    if filled {
        // A degree of longitude is as long as this part of one of latitude.
        let [part, _] = Projection::EquirectangularAt(y).project([1.0, 0.0]);
        up = up.max(2.0 * right * height / width * part.to_degrees());
    }
    let up = up.max(LEAST) / 2.0;
    Some([[x - right, y - up], [x + right, y + up]])
}

/// Up to three of 1, 2, 5, 10 and so on, from the largest that is not above `most`, every other.
#[must_use]
pub fn round_numbers(most: f64) -> Vec<f64> {
    let mut numbers = Vec::new();
    let mut every_other = true;
    let mut power = 1e15;
    while power >= 1.0 {
        for lead in [5.0, 2.0, 1.0] {
            if lead * power <= most && numbers.len() < 3 {
                if every_other {
                    numbers.push(lead * power);
                }
                every_other = !every_other;
            }
        }
        power /= 10.0;
    }
    numbers
}

impl<'a> Base<'a> {
    /// The map that rows lie on, as wide as the picture.
    #[must_use]
    pub fn whole(draft: &Draft, input: &Input<'a>, rows: &[Row]) -> Base<'a> {
        let width = draft.inner();
        let place = [draft.left(), width, width.clamp(240.0, 720.0)];
        Base::new(input, rows, place, false)
    }

    /// Lays a map out, given its left edge, its width and how high it may be: the part with the
    /// rows where it is `near`, else all of the geometry. Without polygons it is a plain frame.
    /// Rows whose point lies off the whole geometry have no place on it.
    #[must_use]
    pub fn new(
        input: &Input<'a>,
        rows: &[Row],
        [left, width, height]: [f64; 3],
        near: bool,
    ) -> Base<'a> {
        let mut geometry = shown(input);
        if rows.iter().any(|row| row.point.is_some()) && !fits(input, geometry) {
            geometry = &NO_GEOMETRY;
        }
        let mut shown = geometry.bounds();
        let mut points = Vec::new();
        for row in rows {
            if let Some([x, y]) = row.point
                && shown.is_none_or(|[[west, south], [east, north]]| {
                    x >= west && x <= east && y >= south && y <= north
                })
            {
                points.push([x, y]);
            }
        }
        let mut fit = Fit::new(width);
        fit.max_height_px = height;
        if near || shown.is_none() {
            fit.window = window(&points, [width, height], near);
            shown = fit.window.or(shown);
        }
        let middle = shown.map_or(0.0, |[[_, south], [_, north]]| (south + north) / 2.0);
        let projection = input.options.projection;
        let projection = projection.unwrap_or(Projection::EquirectangularAt(middle));
        let layout = geo::layout(geometry, projection, &fit);
        Base {
            corners: [[left, 0.0], [left + layout.width_px, layout.height_px]],
            middle,
            geometry,
            layout,
        }
    }

    /// Draws the regions, each with its fill, those without one in a quiet colour; or a plain
    /// frame where there are none. Gives back the mark of each shape of the layout.
    pub fn draw(&mut self, draft: &mut Draft, fills: &[Fill]) -> Vec<Option<usize>> {
        let (width, height) = (self.layout.width_px, self.layout.height_px);
        let (left, top) = (self.corners[0][0], draft.y);
        self.corners = [[left, top], [left + width, top + height]];
        let quiet = Fill::solid(draft.theme.track);
        let whole = [[0.0, 0.0], [width, height]];
        let mut empty = true;
        let mut marks = Vec::new();
        for shape in &self.layout.shapes {
            let mut rings = Vec::new();
            for ring in &shape.rings {
                let mut points = Vec::new();
                for [x, y] in &geo::clip(ring, &whole) {
                    points.push(Point::from_css(x + left, y + top));
                }
                if !points.is_empty() {
                    rings.push(points);
                }
            }
            let mut mark = None;
            if !rings.is_empty() {
                empty = false;
                mark = Some(draft.push(Mark::Region {
                    rings,
                    fill: fills.get(shape.feature).copied().unwrap_or(quiet),
                    stroke: Some(Stroke {
                        color: draft.theme.ground,
                        width: Px::from_css(1.0),
                        dash: Px(0),
                    }),
                }));
            }
            marks.push(mark);
        }
        if empty {
            draft.rect(Rect::from_css(left, top, width, height), quiet);
        }
        marks
    }

    /// Where a row lies in the picture; `None` off the map or without a point.
    #[must_use]
    pub fn place(&self, row: &Row) -> Option<[f64; 2]> {
        let [x, y] = self.layout.place(row.point?);
        let [[left, top], [right, bottom]] = self.corners;
        let at = [x + left, y + top];
        let inside = at[0] >= left && at[0] <= right && at[1] >= top && at[1] <= bottom;
        inside.then_some(at)
    }

    /// Draws how long some kilometres are, a round number, in the lower left corner: maps side by
    /// side are of different scales. Adds lines for labels to keep off.
    pub fn scale(&self, draft: &mut Draft, lines: &mut Vec<Line>) {
        let [[left, _], [right, bottom]] = self.corners;
        // A degree of latitude is 111.2 km long.
        let [_, y] = self.layout.place([0.0, self.middle]);
        let [_, above] = self.layout.place([0.0, self.middle + 0.1]);
        let kilometre = (y - above) / 11.12;
        let numbers = round_numbers((right - left) * 0.3 / kilometre);
        let Some(&number) = numbers.first() else {
            return;
        };
        let set = draft.mute(draft.sizes.footer);
        let (start, y) = (left + 8.0, bottom - 8.0);
        let length = number * kilometre;
        let bar = Rect::from_css(start, y - 2.0, length, 2.0);
        draft.rect(bar, Fill::solid(set.color()));
        let text = draft.lang.number("@公里|@公里|@ km", number);
        let after = start + length + 5.0;
        draft.text(&text, (after, y), Anchor::Left, set);
        for y in [y, y - set.size] {
            lines.push([[start, y], [after + set.width(&text), y]]);
        }
    }

    /// The rows that have no place on it.
    #[must_use]
    pub fn unplaced<'b>(&self, rows: &'b [Row<'b>]) -> Vec<&'b Row<'b>> {
        let mut unplaced = Vec::new();
        for row in rows {
            if self.place(row).is_none() {
                unplaced.push(row);
            }
        }
        unplaced
    }

    /// Whether any of the rows lies on it.
    #[must_use]
    pub fn holds(&self, rows: &[Row]) -> bool {
        self.unplaced(rows).len() < rows.len()
    }

    /// Writes the names of the regions, muted, where they have room beside what is `taken`.
    pub fn names(&self, draft: &mut Draft, taken: Vec<Corners>) {
        let set = draft.mute(draft.sizes.footer);
        map_labels::draw(draft, self, (set, set), taken, 0.0, &|feature| {
            Some(Label {
                name: self.geometry.features.get(feature)?.name.as_deref()?,
                rate: String::new(),
                fill: Fill::NONE,
            })
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legends_have_round_numbers() {
        assert_eq!(round_numbers(87.0), [50.0, 10.0, 2.0]);
        assert_eq!(round_numbers(100.0), [100.0, 20.0, 5.0]);
        assert_eq!(round_numbers(3.0), [2.0]);
        assert_eq!(round_numbers(0.4), [0.0; 0]);
    }
}
