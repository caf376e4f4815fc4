//! A geometry as read: regions, and the borders that they share.

use crate::feed::{Code, Level};

/// Polygons of regions, sharing their borders.
///
/// Borders are stored once, as arcs; a ring is a list of arcs, so that what two regions share
/// stays shared however much it is simplified.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Geometry {
    /// In the document's order; each has at least one polygon.
    pub features: Vec<Feature>,
    /// Coordinate system that the document states.
    pub crs: Crs,
    /// 审图号; shown on the map's face.
    pub review_number: Option<String>,
    /// Maker of the map.
    pub map_source: Option<String>,
    pub(super) arcs: Arcs,
}

impl Geometry {
    /// How many arcs there are.
    #[must_use]
    pub fn arc_count(&self) -> usize {
        self.arcs.ends.len()
    }

    /// The points of an arc, `[longitude, latitude]` in degrees; a closed arc repeats its first
    /// point. Empty where there is no such arc.
    #[must_use]
    pub fn arc(&self, index: u32) -> &[[f64; 2]] {
        self.arcs.points.get(self.arcs.range(index)).unwrap_or(&[])
    }

    /// Points of all arcs together.
    #[must_use]
    pub fn vertex_count(&self) -> usize {
        self.arcs.points.len()
    }

    /// South-western and north-eastern corner in degrees; `None` where there are no polygons.
    #[must_use]
    pub fn bounds(&self) -> Option<[[f64; 2]; 2]> {
        (!self.arcs.points.is_empty()).then_some(self.arcs.bounds)
    }
}

/// All arcs in one piece: two million vertices must not be a million allocations.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Arcs {
    /// Finite, within ±180 and ±90 degrees.
    pub points: Vec<[f64; 2]>,
    /// For each point the effective area (Visvalingam) in square degrees; infinite at the ends of
    /// an arc, never smaller than that of a point that goes before it.
    pub weights: Vec<f32>,
    /// Where each arc ends in `points`.
    pub ends: Vec<u32>,
    /// South-western and north-eastern corner.
    pub bounds: [[f64; 2]; 2],
}

impl Arcs {
    /// Where an arc lies in `points`; empty where there is no such arc.
    pub fn range(&self, index: u32) -> std::ops::Range<usize> {
        let index = index as usize;
        let end = self.ends.get(index).map_or(0, |&end| end as usize);
        let start = match index.checked_sub(1) {
            Some(before) => self.ends.get(before).map_or(0, |&start| start as usize),
            None => 0,
        };
        start.min(end)..end
    }
}

/// One region of a geometry.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Feature {
    /// From `adcode`, `code` or `id`, in properties or on the feature.
    pub code: Option<Code>,
    /// From the properties.
    pub name: Option<String>,
    /// `center` (where the seat of government is) or else `centroid`, as the document gives it.
    pub center: Option<[f64; 2]>,
    /// Rank in the administration, as DataV.GeoAtlas writes it.
    pub level: Option<Level>,
    /// The region that it belongs to.
    pub parent: Option<Code>,
    /// Polygons; each is an outer ring and its holes; each ring is a list of arc references.
    pub polygons: Vec<Vec<Vec<ArcRef>>>,
}

/// A reference to an arc of [`Geometry::arc`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArcRef {
    /// Index; always below [`Geometry::arc_count`].
    pub index: u32,
    /// Walk it from end to start.
    pub reversed: bool,
}

/// Coordinate reference system of points and polygons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Crs {
    /// WGS 84; CGCS2000 agrees with it within a metre.
    #[default]
    Wgs84,
    /// China Geodetic Coordinate System 2000.
    Cgcs2000,
    /// The shifted system of Chinese web maps.
    Gcj02,
}
