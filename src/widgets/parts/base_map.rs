//! The quiet ground that points stand on: regions without figures, or a plain frame.

use super::face;

use crate::figures::{Crs, Row};
use crate::geo::labels::{Candidate, Corners, Line, Placement, Room};
use crate::geo::{self, Fit, Geometry, Layout, Projection, labels};
use crate::scene::{Anchor, Draft, Fill, Mark, Point, Px, Rect, Stroke};
use crate::widgets::Input;

/// A map that points can be put on.
pub struct Base<'a> {
    /// What it shows; `None`: a plain frame.
    pub geometry: Option<&'a Geometry>,
    /// The regions, from the map's upper left corner.
    pub layout: Layout,
    /// Only a part of the geometry is shown.
    cut: bool,
    /// CSS pixels for a kilometre in the middle.
    kilometre: f64,
    /// Upper left and lower right corner in the picture.
    pub corners: Corners,
}

/// Least height and width of what a map of points shows, in degrees: some 9 km, so that a single
/// town does not fill the picture.
const LEAST: f64 = 0.08;

/// The geometry, where it has polygons and the page lets it be shown.
#[must_use]
pub fn shown<'a>(input: &Input<'a>) -> Option<&'a Geometry> {
    input.geometry.filter(|map| {
        let reviewed = map.review_number.is_some();
        map.bounds().is_some() && (reviewed || !input.options.require_review_number)
    })
}

/// Whether points may be put on the geometry: not where the feed says that they are in another
/// coordinate system, because that draws a town in its neighbour's place.
fn fits(input: &Input, geometry: &Geometry) -> bool {
    Crs::agree(geometry.crs, input.feed.crs)
}

/// What the face of a map of points says.
#[must_use]
pub fn face(draft: &Draft, input: &Input) -> String {
    let why = match shown(input) {
        Some(geometry) if fits(input, geometry) => return face::review(draft, geometry),
        Some(_) => {
            "坐标系与地图不同，未画边界|坐標系與地圖不同，未畫邊界|Not in the map's coordinate system: no boundaries"
        }
        None => "示意图，无边界|示意圖，無邊界|Sketch without boundaries",
    };
    draft.lang.pick(why).to_owned()
}

/// What shows all these points, with 15% of air on all sides; or, in a picture of a width and height
/// in CSS pixels, with room for labels. `None` where there are no points.
fn window(points: &[[f64; 2]], picture: Option<[f64; 2]>) -> Option<[[f64; 2]; 2]> {
    let (mut low, mut high) = (*points.first()?, *points.first()?);
    for &[x, y] in points {
        low = [low[0].min(x), low[1].min(y)];
        high = [high[0].max(x), high[1].max(y)];
    }
    let middle = [(low[0] + high[0]) / 2.0, (low[1] + high[1]) / 2.0];
    let [wide, tall] = picture.map_or([1.3; 2], |[width, height]| {
        [
            width / (width - 150.0).max(50.0),
            height / (height - 76.0).max(50.0),
        ]
    });
    let mut half = [
        ((high[0] - low[0]) * wide).max(LEAST) / 2.0,
        ((high[1] - low[1]) * tall).max(LEAST) / 2.0,
    ];
    if let Some([width, height]) = picture {
        // A degree of longitude is as long as this part of one of latitude.
        let [right, _] = Projection::EquirectangularAt(middle[1]).project([1.0, 0.0]);
        let proportion = width / height / (right / 1_f64.to_radians());
        half[0] = half[0].max(half[1] * proportion);
        half[1] = half[1].max(half[0] / proportion);
    }
    Some([
        [middle[0] - half[0], middle[1] - half[1]],
        [middle[0] + half[0], middle[1] + half[1]],
    ])
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
        let mut points: Vec<[f64; 2]> = rows.iter().filter_map(|row| row.point).collect();
        let geometry = shown(input).filter(|map| points.is_empty() || fits(input, map));
        if let Some([[west, south], [east, north]]) = geometry.and_then(Geometry::bounds) {
            points.retain(|&[x, y]| x >= west && x <= east && y >= south && y <= north);
        }
        let window = if near || geometry.is_none() {
            window(&points, near.then_some([width, height]))
        } else {
            None
        };
        let shown = window.or_else(|| geometry?.bounds());
        let middle = shown.map_or(0.0, |[[_, south], [_, north]]| (south + north) / 2.0);
        let projection = input.options.projection;
        let projection = projection.unwrap_or(Projection::EquirectangularAt(middle));
        let mut fit = Fit::new(width);
        fit.max_height_px = height;
        fit.window = window;
        let nothing = Geometry::default();
        let layout = geo::layout(geometry.unwrap_or(&nothing), projection, &fit);
        // A degree of latitude is 111.2 km long.
        let [_, y] = layout.place([0.0, middle]);
        let [_, above] = layout.place([0.0, middle + 0.1]);
        Base {
            kilometre: (y - above) / 11.12,
            corners: [[left, 0.0], [left + layout.width_px, layout.height_px]],
            cut: window.is_some(),
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
        if self
            .layout
            .shapes
            .iter()
            .all(|shape| shape.rings.is_empty())
        {
            draft.rect(Rect::from_css(left, top, width, height), quiet);
        }
        let whole = [[0.0, 0.0], [width, height]];
        let mut marks = Vec::new();
        for shape in &self.layout.shapes {
            let mut rings = Vec::new();
            for ring in &shape.rings {
                let clipped = if self.cut {
                    geo::clip(ring, &whole)
                } else {
                    Vec::new()
                };
                let points = if self.cut { &clipped } else { ring };
                let mut ring = Vec::with_capacity(points.len());
                for [x, y] in points {
                    ring.push(Point::from_css(x + left, y + top));
                }
                if !ring.is_empty() {
                    rings.push(ring);
                }
            }
            marks.push(None);
            if rings.is_empty() {
                continue;
            }
            let mark = draft.push(Mark::Region {
                rings,
                fill: fills.get(shape.feature).copied().unwrap_or(quiet),
                stroke: Some(Stroke {
                    color: draft.theme.ground,
                    width: Px::from_css(1.0),
                    dash: Px(0),
                }),
            });
            if let Some(slot) = marks.last_mut() {
                *slot = Some(mark);
            }
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
        let numbers = round_numbers((right - left) * 0.3 / self.kilometre);
        let Some(&number) = numbers.first() else {
            return;
        };
        let set = draft.mute(draft.sizes.footer);
        let (start, y) = (left + 8.0, bottom - 8.0);
        let length = number * self.kilometre;
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
    pub fn unplaced<'b>(&self, rows: &'b [Row]) -> Vec<&'b Row> {
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
    pub fn names(&self, draft: &mut Draft, taken: &[Corners]) {
        let Some(geometry) = self.geometry else {
            return;
        };
        let set = draft.mute(draft.sizes.footer);
        let height = set.line_height();
        let [[left, top], _] = self.corners;
        let name = |feature: usize| geometry.features.get(feature)?.name.as_deref();
        let mut candidates = Vec::new();
        // More are no help to find one's way, and take long to place.
        for shape in self.layout.shapes.iter().take(100) {
            let size = [set.width(name(shape.feature).unwrap_or("")), height];
            candidates.push(Candidate {
                shape,
                inside: [size; 2],
                outside: [size; 2],
            });
        }
        let mut obstacles = taken.to_vec();
        for [x, y] in obstacles.iter_mut().flatten() {
            (*x, *y) = (*x - left, *y - top);
        }
        let room = Room {
            bounds: [[0.0, 0.0], [self.layout.width_px, self.layout.height_px]],
            obstacles: &obstacles,
            air_px: 2.0,
            max_leader_px: 0.0,
        };
        let placements = labels::place(&candidates, &self.layout.shapes, &room);
        for (placement, candidate) in placements.iter().zip(&candidates) {
            if let (Some(Placement { center, .. }), Some(name)) =
                (placement, name(candidate.shape.feature))
            {
                let baseline = top + center[1] - height / 2.0 + set.baseline_in(height);
                draft.text(name, (left + center[0], baseline), Anchor::Middle, set);
            }
        }
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
