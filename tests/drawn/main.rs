//! What is drawn, for every kind of widget: figures traced to the feed, texts that neither touch
//! nor leave the picture, and a stated result for bad input.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)] // A test fails loudly: that is its job.

mod bad_input;
mod facts;
mod figure;
mod laid_out;
mod random;
mod samples;
mod traced;
mod wording;

use std::fs;
use std::path::{Path, PathBuf};

/// A folder or file of the checkout.
fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The feeds of `www/samples`: name and bytes.
fn sample_feeds() -> Vec<(String, Vec<u8>)> {
    let mut feeds: Vec<(String, Vec<u8>)> = fs::read_dir(root("www/samples"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .map(|path| {
            (
                path.file_name().unwrap().to_str().unwrap().to_owned(),
                fs::read(&path).unwrap(),
            )
        })
        .filter(|(_, bytes)| {
            let text = String::from_utf8_lossy(bytes);
            text.contains("\"progress-widgets/1\"")
        })
        .collect();
    feeds.sort();
    assert!(feeds.len() >= 6, "{}", feeds.len());
    feeds
}

fn none(problems: &[String]) {
    let shown: Vec<&str> = problems.iter().take(15).map(String::as_str).collect();
    assert!(
        problems.is_empty(),
        "{} problems:\n{}",
        problems.len(),
        shown.join("\n")
    );
}

/// The districts of Hangzhou.
fn districts() -> Vec<u8> {
    fs::read(root("www/samples/hangzhou-districts-2020.topo.json")).unwrap()
}
