//! The feed's contract: the samples as published, what happens to bad input, what the schema says,
//! and that nothing panics or passes its limits.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)] // A test may fail loudly.

mod cases;
mod costs;
mod random;
mod samples;
mod schema;
mod wording;

/// Whether a file of `www/samples` is a feed: there are maps and the gallery's list, too.
fn is_feed(path: &str) -> bool {
    path.ends_with(".json") && !path.ends_with(".topo.json") && !path.ends_with("gallery.json")
}
