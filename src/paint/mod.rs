//! Scene → SVG text; scene → canvas (browser only). Painters decide nothing.
//!
//! Imports `scene` and `style` only.

#[cfg(target_arch = "wasm32")]
pub mod canvas;
pub mod svg;
