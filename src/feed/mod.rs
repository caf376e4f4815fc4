//! Bytes → [`Feed`] and notices. The wire's shapes stay private; limits are checked here.
//!
//! Imports nothing of ours: everything else reads what stands here.

pub mod date;
pub mod model;

pub use date::Date;
pub use model::{
    AsOf, Bound, Category, Cluster, Code, Count, Coverage, Feed, Grade, HistoryPoint, Instant,
    Investment, Level, Milestone, Progress, Rate, Region, RegionRef, Role, Source, Target, Teams,
    Tone,
};
