//! A geometry as read: regions, and their rings.

use crate::feed::{Code, Crs};
use std::ops::Range;

/// Polygons of regions.
///
/// Where two regions share a border, both have the same points there, of the same weight: it stays
/// shared however much it is simplified.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Geometry {
    /// In the document's order; each has at least one polygon.
    pub features: Vec<Feature>,
    /// Coordinate system that the document states.
    pub crs: Option<Crs>,
    /// 审图号; shown on the map's face.
    pub review_number: Option<String>,
    /// Maker of the map.
    pub map_source: Option<String>,
    /// All rings in one piece: two million vertices must not be a million allocations. Finite,
    /// within ±180 and ±90 degrees.
    pub(super) points: Vec<[f64; 2]>,
    /// For each point how much it matters: the effective area (Visvalingam) in square degrees;
    /// infinite where it must stay.
    pub(super) weights: Vec<f32>,
    /// Where each ring lies in `points`; open: the last point is joined to the first.
    pub(super) ranges: Vec<Range<u32>>,
    /// South-western and north-eastern corner.
    pub(super) corners: [[f64; 2]; 2],
}

/// No regions.
pub static NO_GEOMETRY: Geometry = Geometry {
    features: Vec::new(),
    crs: None,
    review_number: None,
    map_source: None,
    points: Vec::new(),
    weights: Vec::new(),
    ranges: Vec::new(),
    corners: [[0.0; 2]; 2],
};

impl Geometry {
    /// The points of a ring, `[longitude, latitude]` in degrees, three or more; the last is joined
    /// to the first. Empty where there is no such ring.
    #[must_use]
    pub fn ring(&self, index: usize) -> &[[f64; 2]] {
        self.points.get(self.range(index)).unwrap_or(&[])
    }

    pub(super) fn range(&self, index: usize) -> Range<usize> {
        let range = self.ranges.get(index);
        range.map_or(0..0, |range| range.start as usize..range.end as usize)
    }

    /// South-western and north-eastern corner in degrees; `None` where there are no polygons.
    #[must_use]
    pub fn bounds(&self) -> Option<[[f64; 2]; 2]> {
        (!self.points.is_empty()).then_some(self.corners)
    }
}

/// One region of a geometry.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Feature {
    /// From `adcode`, `code` or `id`, in properties or on the feature.
    pub code: Option<Code>,
    /// From the properties.
    pub name: Option<String>,
    /// Polygons; each is an outer ring and its holes, by their index for [`Geometry::ring`].
    pub polygons: Vec<Vec<usize>>,
}
