//! Themes, palettes, and number and date wording per language.
//!
//! Imports nothing of ours.

mod color;

pub use color::Color;
