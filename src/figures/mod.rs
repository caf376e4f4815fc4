//! What a widget says: rates as published, ranks, days left. Absent is never zero.
//!
//! Imports `feed` only; hands on the feed's nouns that widgets speak of. No wording, no layout.

mod clusters;
mod coverage;
mod events;
mod overview;
mod pace;
mod places;
mod ranking;
mod rate;
mod series;
mod sheet;
mod stages;

pub use crate::feed::{
    AsOf, Bound, Code, Count, Crs, Date, Feed, Level, Progress, Source, Target, Tone,
};
pub use clusters::{Cluster, along, clusters, sums};
pub use coverage::{Covered, Holder, MATRIX_ITEMS, holders};
pub use events::{Event, State, events};
pub use overview::{basis, models, reaches, target};
pub use pace::Pace;
pub use places::{Places, SizeBy};
pub use ranking::{Before, Group, Row, Selection, Sort, compared_with};
pub use rate::{Metric, Origin, RateFigure, counts, exact};
pub use series::{Known, Moment, Series, Show};
pub use sheet::{Column, Line, Sheet, unit};
pub use stages::{Part, STAGES, Stages};
