//! Bytes → [`Feed`] and notices. The wire's shapes stay private; limits are checked here.
//!
//! Imports nothing of ours: everything else reads what stands here.
//!
//! ```text
//! bytes ─ encoding ─► text ─ json, reader (names by shape) ─► entries, amounts ─► Feed ─ check ─► Parsed
//!                                                                       notices ─ locate ─┘
//! ```

mod amounts;
mod check;
pub mod date;
pub(crate) mod document;
pub(crate) mod encoding;
mod entries;
mod error;
pub(crate) mod json;
mod limits;
mod locate;
mod lookup;
pub mod model;
mod notice;
mod order;
mod parse;
mod rate;
mod reader;
mod shape;
mod text;
mod time;
mod visit;
pub(crate) mod words;

pub use date::Date;
pub use error::{Error, ErrorKind};
pub use limits::Limits;
pub use locate::Place;
pub(crate) use lookup::Lookup;
pub use model::{
    AsOf, Bound, Category, Cluster, Code, Count, Coverage, Crs, Feed, Grade, HistoryPoint, Instant,
    Investment, Level, Milestone, Progress, Rate, Region, RegionRef, Role, Source, Target, Teams,
    Tone,
};
pub use notice::{Notice, Problem};
pub(crate) use order::{arrange, order, order_by};
pub use parse::{Parsed, parse};
pub(crate) use rate::rounding;
pub use shape::field_paths;
pub use visit::{Field, places, visit};
