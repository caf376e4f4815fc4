//! What a widget says: rates as published, ranks, days left. Absent is never zero.
//!
//! Imports `feed` only; hands on the feed's nouns that widgets speak of. No wording, no layout.

mod coverage;
mod overview;
mod ranking;
mod rate;

pub use crate::feed::{AsOf, Bound, Code, Count, Date, Feed, Level, Progress, Source, Target};
pub use coverage::{Covered, Holder, MATRIX_ITEMS, holders};
pub use overview::{Fact, Overview};
pub use ranking::{Group, Row, Selection, Sort};
pub use rate::{Metric, Origin, RateFigure};
