//! Geometry → shapes in CSS pixels, fitted to a box, no finer than the eye sees.
//!
//! Points have the same weight in all rings that share them: neighbours keep the same points on
//! their common border. Imports the geometry and the projection.

use super::labels::Corners;
use super::model::Geometry;
use super::projection::Projection;

/// The box that a map is fitted to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Width of the box in CSS pixels.
    pub width_px: f64,
    /// The map is made narrower rather than higher than this. Default: 4096.
    pub max_height_px: f64,
    /// Detail about this small is left out. Default: 0.35, below half a device pixel of a fine
    /// screen. 0 keeps every point.
    pub tolerance_px: f64,
    /// South-western and north-eastern corner in degrees of what fills the box; `None`: all of it.
    /// Shapes that lie outside altogether have no rings.
    pub window: Option<[[f64; 2]; 2]>,
}

impl Fit {
    /// A box of this width, with the defaults.
    #[must_use]
    pub fn new(width_px: f64) -> Fit {
        Fit {
            width_px,
            max_height_px: 4096.0,
            tolerance_px: 0.35,
            window: None,
        }
    }
}

/// Kept free on all sides, for strokes, in CSS pixels.
const AIR: f64 = 1.0;

/// Of the islands of one region that are smaller than this in both directions, in CSS pixels, one
/// is kept in every square of this size: none of them vanishes without another in its place,
/// because leaving islands off a map of China is no small matter.
const ISLET: f64 = 1.5;

/// A map fitted to a box.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// One for each feature, in the geometry's order. Empty where the box has no room.
    pub shapes: Vec<Shape>,
    /// As asked for.
    pub width_px: f64,
    /// As high as the map needs, air included.
    pub height_px: f64,
    projection: Projection,
    /// CSS pixels for one unit of the plane; 0 where nothing can be drawn.
    scale: f64,
    /// Added after scaling.
    offset: [f64; 2],
}

/// A region in CSS pixels.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Shape {
    /// Index in [`Geometry::features`].
    pub feature: usize,
    /// Outer rings and holes, to be filled by the even-odd rule; the last point is joined to the
    /// first. Three points or more each.
    pub rings: Vec<Vec<[f64; 2]>>,
    /// Upper left and lower right corner; zero where there are no rings.
    pub bounds: [[f64; 2]; 2],
    /// Area, holes taken off.
    pub area_px2: f64,
}

/// Fits a geometry to a box.
///
/// A box or a geometry without extent gives a layout without shapes and of height 0.
#[must_use]
pub fn layout(geometry: &Geometry, projection: Projection, fit: &Fit) -> Layout {
    let mut layout = Layout {
        shapes: Vec::new(),
        width_px: f64::min(fit.width_px.max(0.0), 1e6),
        height_px: 0.0,
        projection,
        scale: 0.0,
        offset: [0.0; 2],
    };
    let Some([[west, south], [east, north]]) = fit.window.or(geometry.bounds()) else {
        return layout;
    };
    let [left, top] = projection.project([west, north]);
    let [right, bottom] = projection.project([east, south]);
    let room = [layout.width_px - 2.0 * AIR, fit.max_height_px - 2.0 * AIR];
    let extent = [right - left, bottom - top];
    // Written so that not-a-number fails it.
    if !(room[0] > 0.0 && room[1] > 0.0 && extent[0].max(extent[1]) > 0.0) {
        return layout;
    }
    // A thread of a map has one extent of zero: the other decides.
    layout.scale = (room[0] / extent[0].max(1e-12)).min(room[1] / extent[1].max(1e-12));
    layout.height_px = extent[1] * layout.scale + 2.0 * AIR;
    layout.offset = [
        (layout.width_px - extent[0] * layout.scale) / 2.0 - left * layout.scale,
        AIR - top * layout.scale,
    ];

    // Both projections stretch as they do in the middle, near enough.
    let per_degree = projection.area_per_square_degree((south + north) / 2.0);
    let least =
        (fit.tolerance_px * fit.tolerance_px / (per_degree * layout.scale * layout.scale)) as f32;
    let frame = [[0.0, 0.0], [layout.width_px, layout.height_px]];
    let mut islets = vec![0; ISLETS];
    for (index, feature) in geometry.features.iter().enumerate() {
        let mut shape = Shape {
            feature: index,
            bounds: EMPTY,
            ..Shape::default()
        };
        for polygon in &feature.polygons {
            let mut sign = 1.0;
            for &ring in polygon {
                let ring = layout.ring(geometry, ring, least);
                if sign > 0.0 {
                    let mut bounds = EMPTY;
                    for &point in &ring {
                        stretch(&mut bounds, point);
                    }
                    if !overlap(&frame, &bounds) || !is_first(&mut islets, index, &bounds) {
                        break;
                    }
                    stretch(&mut shape.bounds, bounds[0]);
                    stretch(&mut shape.bounds, bounds[1]);
                }
                shape.area_px2 += sign * area_of(&ring);
                shape.rings.push(ring);
                sign = -1.0;
            }
        }
        shape.area_px2 = shape.area_px2.max(0.0);
        if shape.rings.is_empty() {
            shape.bounds = [[0.0; 2]; 2];
        }
        layout.shapes.push(shape);
    }
    layout
}

impl Layout {
    /// `[longitude, latitude]` in degrees → CSS pixels.
    #[must_use]
    pub fn place(&self, degrees: [f64; 2]) -> [f64; 2] {
        let [x, y] = self.projection.project(degrees);
        [
            x * self.scale + self.offset[0],
            y * self.scale + self.offset[1],
        ]
    }

    /// CSS pixels → `[longitude, latitude]` in degrees; `None` where nothing is drawn.
    #[must_use]
    pub fn degrees(&self, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
        (self.scale > 0.0).then(|| {
            self.projection.invert([
                (x - self.offset[0]) / self.scale,
                (y - self.offset[1]) / self.scale,
            ])
        })
    }

    /// The points of a ring that matter enough.
    fn ring(&self, geometry: &Geometry, index: usize, least: f32) -> Vec<[f64; 2]> {
        let weights = geometry.weights.get(geometry.range(index)).unwrap_or(&[]);
        let mut ring = Vec::new();
        for (&point, &weight) in geometry.ring(index).iter().zip(weights) {
            if weight >= least {
                ring.push(self.place(point));
            }
        }
        ring
    }
}

/// Squares with islets that are remembered.
const ISLETS: usize = 1 << 16;

/// Whether an island can be told apart from others of its region, or is the first in its square.
/// Of two squares with one place in memory the later one is remembered: then more are drawn.
fn is_first(islets: &mut [u64], feature: usize, [[left, top], [right, bottom]]: &Corners) -> bool {
    if (right - left).max(bottom - top) >= ISLET {
        return true;
    }
    // No islet in the picture begins farther to the left than its own size.
    let square = |v: f64| whole(v / ISLET + 1.0) as u64;
    let (column, row) = (square(*left), square(*top));
    // No picture has 2^20 squares across; 0 is none.
    let name = (feature as u64).wrapping_add(1) << 40 | column << 20 | row;
    let place = column.wrapping_add(row.wrapping_mul(131)) as usize % ISLETS;
    islets
        .get_mut(place)
        .is_none_or(|slot| std::mem::replace(slot, name) != name)
}

/// What reaches nothing yet.
pub const EMPTY: [[f64; 2]; 2] = [[f64::INFINITY; 2], [f64::NEG_INFINITY; 2]];

/// Makes a box reach a point.
#[inline(never)]
pub fn stretch(bounds: &mut [[f64; 2]; 2], [x, y]: [f64; 2]) {
    let [low, high] = bounds;
    *low = [low[0].min(x), low[1].min(y)];
    *high = [high[0].max(x), high[1].max(y)];
}

/// The whole part of a number; 0 below that, and the largest index above all.
///
/// One function: the oldest browsers' conversion takes 50 bytes of checks in each place.
#[inline(never)]
pub(super) fn whole(value: f64) -> usize {
    value as usize
}

/// Whether two boxes have a point in common.
#[must_use]
pub fn overlap(a: &[[f64; 2]; 2], b: &[[f64; 2]; 2]) -> bool {
    a[0][0] <= b[1][0] && b[0][0] <= a[1][0] && a[0][1] <= b[1][1] && b[0][1] <= a[1][1]
}

/// Area inside a ring, whichever way it winds.
fn area_of(ring: &[[f64; 2]]) -> f64 {
    let (Some(&origin), Some(&last)) = (ring.first(), ring.last()) else {
        return 0.0;
    };
    let mut previous = last;
    let mut twice = 0.0;
    for &point in ring {
        twice += (previous[0] - origin[0]) * (point[1] - origin[1])
            - (point[0] - origin[0]) * (previous[1] - origin[1]);
        previous = point;
    }
    twice.abs() / 2.0
}
