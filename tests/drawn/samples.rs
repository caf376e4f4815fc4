//! The samples, drawn as every kind of widget.

use progress_widgets::compose::{Request, draw};
use progress_widgets::scene::Scene;
use progress_widgets::widgets::KINDS;
use progress_widgets::{feed, geo};
use serde_json::Value;

use super::facts::Facts;
use super::{districts, laid_out, none, sample_feeds, traced};

/// Every sample × kind × width × language, and by category.
fn each(mut work: impl FnMut(&str, &Value, &Scene)) {
    let geometry = geo::parse(&districts(), &geo::Limits::default()).unwrap();
    for (name, bytes) in sample_feeds() {
        let parsed = feed::parse(&bytes, &feed::Limits::default()).unwrap();
        let value: Value = serde_json::from_slice(&bytes).unwrap();
        for kind in KINDS {
            for options in [
                &[("width", "320"), ("lang", "zh-CN")][..],
                &[("width", "640"), ("lang", "zh-Hant"), ("since", "last")],
                &[("width", "640"), ("lang", "en"), ("metric", "completion")],
                &[
                    ("width", "320"),
                    ("lang", "en"),
                    ("size", "senior"),
                    ("since", "2020-08"),
                ],
                &[("width", "640"), ("lang", "zh-CN"), ("size", "senior")],
                &[("width", "1200"), ("lang", "zh-CN"), ("by", "categories")],
                &[("width", "1200"), ("lang", "en"), ("metric", "investment")],
            ] {
                let mut request = Request::new(kind);
                for (name, value) in options {
                    request.set(name, value).unwrap();
                }
                let scene = draw(&parsed, Some(&geometry), &request);
                let case = format!("{name} as {} {options:?}", kind.name);
                work(&case, &value, &scene);
            }
        }
    }
}

#[test]
fn every_figure_is_the_feeds() {
    let mut problems = Vec::new();
    each(|case, feed, scene| {
        let found = traced::problems(scene, feed, &[]);
        // In a board, what stands on one line are not one axis's labels. That its panels say what
        // the widgets say alone is `tests/widgets/board.rs`'s to see.
        let board = case.contains(" as board ");
        let found = found
            .iter()
            .filter(|problem| !(board && problem.starts_with("picture")));
        problems.extend(found.map(|problem| format!("{case}: {problem}")));
    });
    none(&problems);
}

#[test]
fn nothing_touches_or_leaves_the_picture() {
    let mut problems = Vec::new();
    each(|case, _, scene| {
        problems.extend(
            laid_out::problems(scene)
                .iter()
                .map(|problem| format!("{case}: {problem}")),
        );
    });
    none(&problems);
}

/// The signs between the languages of a wording, and for what is filled in, never show.
#[test]
fn no_wording_shows_its_seams() {
    each(|case, _, scene| {
        // Tables, hits, texts and the sentence, all there is.
        let all = format!("{scene:?}");
        assert!(!all.contains(['|', '@']), "{case}: {all}");
    });
}

/// A screen reader says the heads of a cell: none is empty.
#[test]
fn every_column_and_row_has_a_head() {
    each(|case, _, scene| {
        for table in &scene.tables {
            let mut heads = table
                .head
                .iter()
                .chain(table.rows.iter().filter_map(|row| row.first()));
            assert!(heads.all(|head| !head.is_empty()), "{case}: {table:?}");
        }
    });
}

/// The tracer would be worth nothing if it let wrong figures pass: each figure of each picture is
/// made wrong by its last digit, and hardly any of those may go unseen. What does: figures of
/// which the feed holds the neighbour, too, such as ranks.
#[test]
fn a_wrong_figure_is_seen() {
    let (mut seen, mut all) = (0_usize, 0_usize);
    each(|_, feed, scene| {
        let facts = Facts::of(feed);
        for said in traced::said(scene, &facts) {
            if said.tick || traced::wrong(&said, &facts, &[]).is_some() {
                continue;
            }
            let Some(at) = said.text.rfind(|c: char| c.is_ascii_digit()) else {
                continue;
            };
            let digit = said.text.as_bytes()[at] - b'0';
            let mut text = said.text.clone();
            text.replace_range(at..=at, &((digit + 1) % 10).to_string());
            let changed = traced::Said { text, ..said };
            all += 1;
            seen += usize::from(traced::wrong(&changed, &facts, &[]).is_some());
        }
    });
    assert!(all > 1_000 && seen * 100 >= all * 90, "{seen} of {all}");
}

/// Themes are checked pair by pair beside the palettes; which pairs a kind really puts on one
/// another is seen only in its pictures.
#[test]
fn every_theme_can_be_read_in_every_kind() {
    let geometry = geo::parse(&districts(), &geo::Limits::default()).unwrap();
    let mut problems = Vec::new();
    for (name, bytes) in sample_feeds() {
        let parsed = feed::parse(&bytes, &feed::Limits::default()).unwrap();
        for kind in KINDS {
            for theme in ["news", "government", "quiet", "contrast"] {
                for scheme in ["light", "dark"] {
                    let mut request = Request::new(kind);
                    for (name, value) in [("width", "480"), ("theme", theme), ("scheme", scheme)] {
                        request.set(name, value).unwrap();
                    }
                    let scene = draw(&parsed, Some(&geometry), &request);
                    let case = format!("{name} as {} {theme} {scheme}", kind.name);
                    let found = laid_out::problems(&scene);
                    problems.extend(found.iter().map(|problem| format!("{case}: {problem}")));
                }
            }
        }
    }
    none(&problems);
}
