//! Themes, palettes, and number and date wording per language.
//!
//! Imports nothing of ours.

mod color;
mod lang;
pub mod number;
mod text;
mod theme;

pub use color::Color;
pub use lang::Lang;
pub use text::{cat, isolate, join};
pub use theme::{FONT_FAMILY, Scheme, Sizes, TextSize, Theme, ThemeName};
