//! GeoJSON and TopoJSON → projected, simplified rings with holes; label points; join by code.
//!
//! ```text
//! bytes ─ read, arcs ─► rings ─ topology, simplify ─► Geometry
//! Geometry + Projection + Fit ─ layout ─► shapes in CSS pixels ─ labels ─► places
//! ```
//!
//! Imports `feed` for codes, and for what its reader has: JSON, notices, errors.

mod arcs;
mod clip;
#[cfg(not(target_arch = "wasm32"))]
mod crossing;
mod free;
mod inside;
mod join;
pub mod labels;
mod layout;
mod model;
mod parse;
mod projection;
mod read;
mod rings;
mod simplify;
mod sort;
mod topology;

pub use clip::clip;
pub use join::{Join, join};
pub use layout::{EMPTY, Fit, Layout, Shape, layout, stretch};
pub use model::{Feature, Geometry, NO_GEOMETRY};
pub use parse::{Parsed, parse};
pub use projection::Projection;
pub use read::Limits;
