//! The quiet ground that points stand on: regions without figures, or a plain frame.

use crate::geo::labels::{Candidate, Corners, Placement, Room};
use crate::geo::{self, Fit, Geometry, Layout, Projection, labels};
use crate::scene::{Anchor, Draft, Fill, Mark, Point, Px, Rect, Stroke};
use crate::widgets::Input;

/// What a map shows, and how large.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// Left edge in CSS pixels.
    pub left: f64,
    /// Width.
    pub width: f64,
    /// At most.
    pub height: f64,
    /// South-western and north-eastern corner in degrees; `None`: the whole geometry.
    pub window: Option<[[f64; 2]; 2]>,
    /// `None`: chosen from what is shown.
    pub projection: Option<Projection>,
}

/// A map that points can be put on.
pub struct Base<'a> {
    /// What it shows; `None`: a plain frame.
    pub geometry: Option<&'a Geometry>,
    layout: Layout,
    /// Only a part of the geometry is shown.
    cut: bool,
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

/// What shows all these points, with 15% of air on all sides; or, in a picture of a width and height
/// in CSS pixels, with room for labels. `None` where there are no points.
#[must_use]
pub fn window(points: &[[f64; 2]], picture: Option<[f64; 2]>) -> Option<[[f64; 2]; 2]> {
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

impl<'a> Base<'a> {
    /// Lays a map out at the top of the picture; without polygons it is a plain frame.
    #[must_use]
    pub fn new(geometry: Option<&'a Geometry>, view: &View) -> Base<'a> {
        let nothing = Geometry::default();
        let shown = view.window.or_else(|| geometry?.bounds());
        let middle = shown.map_or(0.0, |[[_, south], [_, north]]| (south + north) / 2.0);
        let projection = view
            .projection
            .unwrap_or(Projection::EquirectangularAt(middle));
        let mut fit = Fit::new(view.width);
        fit.max_height_px = view.height;
        fit.window = view.window;
        let layout = geo::layout(geometry.unwrap_or(&nothing), projection, &fit);
        Base {
            corners: [
                [view.left, 0.0],
                [view.left + layout.width_px, layout.height_px],
            ],
            cut: view.window.is_some(),
            geometry,
            layout,
        }
    }

    /// Draws the regions in one quiet colour, or a plain frame where there are none.
    pub fn draw(&mut self, draft: &mut Draft, top: f64) {
        let (width, height) = (self.layout.width_px, self.layout.height_px);
        let left = self.corners[0][0];
        self.corners = [[left, top], [left + width, top + height]];
        let fill = Fill::Solid(draft.theme.track);
        if self.geometry.is_none() {
            draft.rect(Rect::from_css(left, top, width, height), fill);
        }
        let whole = [[0.0, 0.0], [width, height]];
        for shape in &self.layout.shapes {
            let mut rings = Vec::new();
            for ring in &shape.rings {
                let place = |p: &[f64; 2]| Point::from_css(p[0] + left, p[1] + top);
                let ring: Vec<Point> = if self.cut {
                    geo::clip(ring, &whole).iter().map(place).collect()
                } else {
                    ring.iter().map(place).collect()
                };
                if !ring.is_empty() {
                    rings.push(ring);
                }
            }
            if !rings.is_empty() {
                draft.push(Mark::Region {
                    rings,
                    fill,
                    stroke: Some(Stroke {
                        color: draft.theme.ground,
                        width: Px::from_css(1.0),
                        dash: Px(0),
                    }),
                });
            }
        }
    }

    /// Where a point in degrees lies in the picture; `None` off the map.
    #[must_use]
    pub fn place(&self, degrees: [f64; 2]) -> Option<[f64; 2]> {
        let [x, y] = self.layout.place(degrees);
        let [[left, top], [right, bottom]] = self.corners;
        let at = [x + left, y + top];
        let inside = at[0] >= left && at[0] <= right && at[1] >= top && at[1] <= bottom;
        inside.then_some(at)
    }

    /// Writes the names of the regions, muted, where they have room beside what is `taken`.
    pub fn names(&self, draft: &mut Draft, taken: &[Corners]) {
        let Some(geometry) = self.geometry else {
            return;
        };
        let set = draft.mute(draft.sizes.footer);
        let [[left, top], _] = self.corners;
        let name = |feature: usize| geometry.features.get(feature)?.name.as_deref();
        let sizes: Vec<[[f64; 2]; 1]> = self
            .layout
            .shapes
            .iter()
            .map(|shape| {
                [[
                    set.width(name(shape.feature).unwrap_or("")),
                    set.line_height(),
                ]]
            })
            .collect();
        let candidates: Vec<Candidate> = self
            .layout
            .shapes
            .iter()
            .zip(&sizes)
            // More are no help to find one's way, and take long to place.
            .take(100)
            .map(|(shape, sizes)| Candidate {
                shape,
                inside: sizes,
                outside: &[],
            })
            .collect();
        let obstacles: Vec<Corners> = taken
            .iter()
            .map(|corners| corners.map(|[x, y]| [x - left, y - top]))
            .collect();
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
                let height = set.line_height();
                let baseline = top + center[1] - height / 2.0 + set.baseline_in(height);
                draft.text(name, (left + center[0], baseline), Anchor::Middle, set);
            }
        }
    }
}
