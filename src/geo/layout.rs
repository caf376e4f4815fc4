//! Geometry → shapes in CSS pixels, fitted to a box, no finer than the eye sees.
//!
//! Arcs are thinned, not rings: neighbours keep the same points on their common border. Imports
//! the geometry and the projection.

use super::model::{ArcRef, Feature, Geometry};
use super::projection::Projection;
use super::sort::sort;

/// The box that a map is fitted to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Width of the box in CSS pixels.
    pub width_px: f64,
    /// The map is made narrower rather than higher than this. Default: 4096.
    pub max_height_px: f64,
    /// Kept free on all sides, for strokes. Default: 1.
    pub air_px: f64,
    /// Detail about this small is left out. Default: 0.35, below half a device pixel of a fine
    /// screen. 0 keeps every point.
    pub tolerance_px: f64,
    /// Of the islands of one region that are smaller than this in both directions, one is kept in
    /// every square of this size: none of them vanishes without another in its place, because
    /// leaving islands off a map of China is no small matter. Default: 1.5.
    pub islet_px: f64,
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
            air_px: 1.0,
            tolerance_px: 0.35,
            islet_px: 1.5,
            window: None,
        }
    }
}

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
        width_px: if fit.width_px > 0.0 {
            fit.width_px.min(1e6)
        } else {
            0.0
        },
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
    let air = fit.air_px.clamp(0.0, layout.width_px / 2.0);
    let room = [layout.width_px - 2.0 * air, fit.max_height_px - 2.0 * air];
    let extent = [right - left, bottom - top];
    // Written so that not-a-number fails it.
    if !(room[0] > 0.0 && room[1] > 0.0 && extent[0].max(extent[1]) > 0.0) {
        return layout;
    }
    // A thread of a map has one extent of zero: the other decides.
    layout.scale = (room[0] / extent[0].max(1e-12)).min(room[1] / extent[1].max(1e-12));
    layout.height_px = extent[1] * layout.scale + 2.0 * air;
    layout.offset = [
        (layout.width_px - extent[0] * layout.scale) / 2.0 - left * layout.scale,
        air - top * layout.scale,
    ];

    let pixels = Arcs::thin(geometry, &layout, fit);
    let frame = fit
        .window
        .map(|_| [[0.0, 0.0], [layout.width_px, layout.height_px]]);
    layout.shapes = geometry
        .features
        .iter()
        .enumerate()
        .map(|(index, feature)| pixels.shape(index, feature, fit.islet_px, frame))
        .collect();
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
}

/// The arcs of a picture.
struct Arcs {
    points: Vec<[f64; 2]>,
    ends: Vec<u32>,
}

impl Arcs {
    fn thin(geometry: &Geometry, layout: &Layout, fit: &Fit) -> Arcs {
        let all = &geometry.arcs;
        let count = all.ends.len() as u32;
        // The least weight of the points that each arc keeps.
        let area_px2 = fit.tolerance_px.max(0.0) * fit.tolerance_px.max(0.0);
        let mut least: Vec<f32> = (0..count)
            .map(|arc| {
                let latitude = all.points.get(all.range(arc).start).map_or(0.0, |at| at[1]);
                let per_degree = layout.projection.area_per_square_degree(latitude)
                    * layout.scale
                    * layout.scale;
                (area_px2 / per_degree) as f32
            })
            .collect();
        for ring in geometry
            .features
            .iter()
            .flat_map(|feature| feature.polygons.iter().flatten())
        {
            keep_area(geometry, ring, &mut least);
        }
        let mut thinned = Arcs {
            points: Vec::new(),
            ends: Vec::with_capacity(all.ends.len()),
        };
        for (arc, &least) in (0..count).zip(&least) {
            let range = all.range(arc);
            let weights = all.weights.get(range.clone()).unwrap_or(&[]);
            for (&point, &weight) in all.points.get(range).unwrap_or(&[]).iter().zip(weights) {
                if weight >= least {
                    thinned.points.push(layout.place(point));
                }
            }
            thinned.ends.push(thinned.points.len() as u32);
        }
        thinned
    }

    fn arc(&self, index: u32) -> &[[f64; 2]] {
        let index = index as usize;
        let end = self.ends.get(index).map_or(0, |&end| end as usize);
        let start = index
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .map_or(0, |&start| start as usize);
        self.points.get(start..end).unwrap_or(&[])
    }

    fn ring(&self, refs: &[ArcRef]) -> Vec<[f64; 2]> {
        let mut ring = Vec::new();
        for arc in refs {
            let points = self.arc(arc.index);
            // The last point of each arc is the first of the next.
            let kept = points.len().saturating_sub(1);
            if arc.reversed {
                ring.extend(points.iter().rev().take(kept));
            } else {
                ring.extend(points.iter().take(kept));
            }
        }
        ring
    }

    fn shape(
        &self,
        index: usize,
        feature: &Feature,
        islet_px: f64,
        frame: Option<[[f64; 2]; 2]>,
    ) -> Shape {
        let mut shape = Shape {
            feature: index,
            ..Shape::default()
        };
        let mut outers: Vec<Outer> = Vec::new();
        for (polygon, rings) in feature.polygons.iter().enumerate() {
            let Some(outer) = rings.first() else { continue };
            let ring = self.ring(outer);
            let bounds = bounds_of(&ring);
            if frame.is_none_or(|frame| overlap(&frame, &bounds)) {
                let area = area_of(&ring);
                outers.push(Outer {
                    polygon,
                    ring,
                    bounds,
                    area,
                });
            }
        }
        thin_islets(&mut outers, islet_px);
        let mut bounds = EMPTY;
        for outer in outers {
            stretch(&mut bounds, outer.bounds[0]);
            stretch(&mut bounds, outer.bounds[1]);
            shape.area_px2 += outer.area;
            shape.rings.push(outer.ring);
            let holes = feature
                .polygons
                .get(outer.polygon)
                .and_then(|rings| rings.get(1..));
            for hole in holes.unwrap_or(&[]) {
                let ring = self.ring(hole);
                shape.area_px2 -= area_of(&ring);
                shape.rings.push(ring);
            }
        }
        shape.area_px2 = shape.area_px2.max(0.0);
        if !shape.rings.is_empty() {
            shape.bounds = bounds;
        }
        shape
    }
}

/// An outer ring that may be kept.
struct Outer {
    polygon: usize,
    ring: Vec<[f64; 2]>,
    bounds: [[f64; 2]; 2],
    area: f64,
}

/// Of the islands too small to be told apart, keeps the first in every square.
fn thin_islets(outers: &mut Vec<Outer>, islet_px: f64) {
    let mut islets: Vec<(u64, u32)> = Vec::new();
    for (at, outer) in (0_u32..).zip(&*outers) {
        let [[left, top], [right, bottom]] = outer.bounds;
        // False for not-a-number and zero, which keep everything.
        if (right - left).max(bottom - top) < islet_px {
            // From far to the left of any picture, where whole numbers begin.
            let square = |v: f64| whole(v / islet_px + f64::from(1_u32 << 31)) as u64;
            islets.push((square(left) << 32 | square(top), at));
        }
    }
    sort(&mut islets);
    for pair in islets.windows(2) {
        if let [(first, _), (second, at)] = *pair
            && first == second
            && let Some(outer) = outers.get_mut(at as usize)
        {
            outer.ring.clear();
        }
    }
    outers.retain(|outer| !outer.ring.is_empty());
}

/// Lowers the bar of a ring's arcs where thinning would leave no area: the weightiest points
/// between the arcs' ends stay, for the neighbours, too.
fn keep_area(geometry: &Geometry, ring: &[ArcRef], least: &mut [f32]) {
    let all = &geometry.arcs;
    let weights = |arc: &ArcRef| all.weights.get(all.range(arc.index)).unwrap_or(&[]);
    let mut kept = 0_usize;
    for arc in ring {
        let bar = least.get(arc.index as usize).copied().unwrap_or(0.0);
        // All but the last point, which the next arc begins with.
        let count = weights(arc)
            .iter()
            .filter(|&&weight| weight >= bar)
            .take(4)
            .count();
        kept = kept.saturating_add(count.saturating_sub(1));
        if kept >= 3 {
            return;
        }
    }
    for arc in ring {
        let inner = weights(arc).iter().filter(|weight| weight.is_finite());
        let top = inner.fold(0.0, |top: f32, &weight| top.max(weight));
        if let Some(bar) = least.get_mut(arc.index as usize) {
            *bar = bar.min(top);
        }
    }
}

const EMPTY: [[f64; 2]; 2] = [[f64::INFINITY; 2], [f64::NEG_INFINITY; 2]];

/// Makes a box reach a point.
pub(super) fn stretch(bounds: &mut [[f64; 2]; 2], [x, y]: [f64; 2]) {
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

fn bounds_of(ring: &[[f64; 2]]) -> [[f64; 2]; 2] {
    let mut bounds = EMPTY;
    for &point in ring {
        stretch(&mut bounds, point);
    }
    bounds
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
