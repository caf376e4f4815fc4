//! GeoJSON and TopoJSON → projected, simplified rings with holes; label points; join by code.
//!
//! ```text
//! bytes ─ read ─► objects ─ collect ─► rings ─ topology ─► arcs ─ simplify ─► Geometry
//! Geometry + Projection + Fit ─ layout ─► shapes in CSS pixels ─ labels ─► places
//! ```
//!
//! Imports `feed` for codes only.

mod collect;
mod crossing;
mod free;
mod inside;
pub mod labels;
mod layout;
mod model;
mod notice;
mod parse;
mod projection;
mod read;
mod rings;
mod simplify;
mod topology;

pub use layout::{Fit, Layout, Shape, layout};
pub use model::{ArcRef, Crs, Feature, Geometry};
pub use notice::{Error, Notice, Problem};
pub use parse::{Parsed, parse};
pub use projection::Projection;
pub use read::Limits;

/// Which region lies on which feature: by code.
#[derive(Clone, Debug, Default)]
pub struct Join {
    /// For each feature the index of its region.
    pub region_of_feature: Vec<Option<usize>>,
    /// For each region the index of its feature.
    pub feature_of_region: Vec<Option<usize>>,
}

/// Joins by code.
#[must_use]
pub fn join(geometry: &Geometry, regions: &[(Option<crate::feed::Code>, &str)]) -> Join {
    let place = |code: Option<crate::feed::Code>| code.map(crate::feed::Code::same_place);
    let features: Vec<Option<u64>> = geometry.features.iter().map(|f| place(f.code)).collect();
    let regions: Vec<Option<u64>> = regions.iter().map(|r| place(r.0)).collect();
    let find = |wanted: &Option<u64>, among: &[Option<u64>]| {
        wanted.and_then(|w| among.iter().position(|c| *c == Some(w)))
    };
    Join {
        region_of_feature: features.iter().map(|f| find(f, &regions)).collect(),
        feature_of_region: regions.iter().map(|r| find(r, &features)).collect(),
    }
}
