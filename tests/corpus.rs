//! Replays the fuzzers' kept corpus: what once reached new code, and what once broke.
//!
//! `cargo xtask fuzz --keep` makes it anew; a finding is added to it by hand with its fix.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)] // A test fails loudly: that is its job.

use std::fs;
use std::path::Path;

#[path = "fuzz/src/targets.rs"]
mod targets;

fn replay(name: &str, target: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fuzz/corpus")
        .join(name);
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        target(&fs::read(entry.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count > 20, "the corpus of {name} is there");
}

#[test]
fn feeds() {
    replay("feed", targets::feed);
}

#[test]
fn geometries() {
    replay("geometry", targets::geometry);
}

#[test]
fn attributes() {
    replay("attributes", targets::attributes);
}
