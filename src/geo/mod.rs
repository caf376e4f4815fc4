//! GeoJSON and TopoJSON → projected, simplified rings with holes; label points; join by code.
//!
//! Imports `feed` for codes only.

pub mod model;

pub use model::{Crs, Feature, Geometry};
