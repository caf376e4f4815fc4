//! A geometry as read.

use crate::feed::Code;

/// Polygons of regions, sharing their borders.
///
/// Borders are stored once, as arcs; a ring is a list of arcs, so that what two regions share
/// stays shared however much it is simplified.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Geometry {
    /// In the document's order.
    pub features: Vec<Feature>,
    /// Arcs in degrees: `[longitude, latitude]`, both finite. A closed arc repeats its first point.
    pub arcs: Vec<Vec<[f64; 2]>>,
    /// Coordinate system that the document states.
    pub crs: Crs,
    /// 审图号; shown on the map's face.
    pub review_number: Option<String>,
    /// Maker of the map.
    pub map_source: Option<String>,
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
    /// Polygons; each is an outer ring and its holes; each ring is a list of arc references.
    pub polygons: Vec<Vec<Vec<ArcRef>>>,
}

/// A reference to an arc of [`Geometry::arcs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArcRef {
    /// Index; always within [`Geometry::arcs`].
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
