//! Scene → SVG text; scene → canvas (browser only). Painters decide nothing.
//!
//! Imports `scene` and `style` only.

pub mod svg;
