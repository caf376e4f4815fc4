//! What each widget says when the feed has little, odd or nothing to say.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)] // A test fails loudly: that is its job.

mod bars;
mod coverage;
mod frame;
mod pace;
mod stages;
mod teams_grades;

mod milestones;
mod trend;

use progress_widgets::compose::{Request, compose};
use progress_widgets::paint::svg::to_svg;
use progress_widgets::scene::{Fill, Mark, Scene};
use progress_widgets::widgets::{KINDS, Kind};
use proptest::prelude::*;

mod board;
mod clusters;
mod grid;
mod table;
mod towns;

const SQUARES: &str = r#"{"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"adcode": 330102, "name": "上城区"}, "geometry":
        {"type": "Polygon", "coordinates": [[[120, 30], [121, 30], [121, 31], [120, 31], [120, 30]]]}},
    {"type": "Feature", "properties": {"adcode": "330103", "name": "下城区"}, "geometry":
        {"type": "Polygon", "coordinates": [[[121, 30], [122, 30], [122, 31], [121, 31], [121, 30]]]}}
]}"#;

fn scene(feed: &str, kind: &str, options: &[(&str, &str)]) -> Scene {
    let mut request = Request::new(Kind::named(kind).unwrap());
    for (name, value) in options {
        request.set(name, value).unwrap();
    }
    compose(feed.as_bytes(), Some(SQUARES.as_bytes()), &request)
        .unwrap_or_else(|e| panic!("{}", e.text(false)))
        .scene
}

fn feed(rest: &str) -> String {
    format!(r#"{{"feed": "progress-widgets/1", "as_of": "2020-09-30"{rest}}}"#)
}

fn regions(list: &[(&str, &str)]) -> String {
    let list: Vec<String> = list
        .iter()
        .enumerate()
        .map(|(i, (name, progress))| {
            format!(
                r#"{{"code": "33010{}", "name": "{name}", "level": "district"{progress}}}"#,
                i.saturating_add(2)
            )
        })
        .collect();
    feed(&format!(r#", "regions": [{}]"#, list.join(",")))
}

fn texts(scene: &Scene) -> Vec<String> {
    let text = |mark: &Mark| match mark {
        Mark::Text(run) => Some(run.text.clone()),
        _ => None,
    };
    scene.marks.iter().filter_map(text).collect()
}

/// Widths in CSS pixels of the solid bars drawn over their tracks, from top to bottom.
fn bars(scene: &Scene) -> Vec<f64> {
    let bar = |mark: &Mark| match mark {
        Mark::Rect { rect, key, .. } if *key > 0 => Some(rect.width.css()),
        _ => None,
    };
    scene.marks.iter().filter_map(bar).collect()
}

/// How many circles are filled, and how many are empty.
fn circles(scene: &Scene) -> (usize, usize) {
    let filled = |mark: &Mark| match mark {
        Mark::Circle { fill, .. } => Some(*fill != Fill::NONE),
        _ => None,
    };
    let all: Vec<bool> = scene.marks.iter().filter_map(filled).collect();
    let filled = all.iter().filter(|filled| **filled).count();
    (filled, all.len() - filled)
}

fn hatches(scene: &Scene) -> usize {
    let hatched = |mark: &&Mark| {
        matches!(
            mark,
            Mark::Rect { fill, .. } | Mark::Region { fill, .. } if fill.line().is_some()
        )
    };
    scene.marks.iter().filter(hatched).count()
}

#[test]
fn a_feed_with_nothing_in_it_still_gives_a_picture_that_says_so() {
    for kind in KINDS {
        let scene = scene(&feed(""), kind.name, &[]);
        assert!(
            scene.alt.contains("2020年9月30日"),
            "{}: {}",
            kind.name,
            scene.alt
        );
        assert!(scene.height.css() > 40.0, "{}", kind.name);
        assert!(
            bars(&scene).is_empty(),
            "{}: nothing is drawn as a number",
            kind.name
        );
    }
    let says = texts(&scene(&feed(""), "bars", &[])).concat();
    assert!(says.contains("没有符合条件的分地区数字"), "{says}");
}

#[test]
fn every_kind_is_told_of_and_shown_on_a_sample() {
    let read = |name: &str| std::fs::read_to_string(name).unwrap();
    let mut lacking = Vec::new();
    for kind in KINDS {
        let name = kind.name;
        for (page, wanted) in [
            ("README.md", format!("| `{name}` |")),
            ("README.zh-CN.md", format!("| `{name}` |")),
            ("www/progress-widgets.d.ts", format!("`{name}`")),
            ("www/docs/embed.html", format!("<code>{name}</code>")),
            ("www/docs/embed.en.html", format!("<code>{name}</code>")),
            ("www/samples/gallery.json", format!(r#""kind": "{name}""#)),
            ("tests/pictures.rs", format!(r#""{name}""#)),
        ] {
            if !read(page).contains(&wanted) {
                lacking.push(format!("{page} has no {wanted}"));
            }
        }
    }
    assert!(lacking.is_empty(), "{lacking:#?}");
}

#[test]
fn missing_is_hatched_and_never_zero() {
    let feed = regions(&[("上城区", r#", "rate": 0"#), ("下城区", "")]);
    let drawn = scene(&feed, "bars", &[]);
    assert_eq!(hatches(&drawn), 1);
    assert!(
        bars(&drawn).is_empty(),
        "0% has no bar, missing has none either"
    );
    let rows = &drawn.tables[0].rows;
    assert_eq!(rows[0][..2], ["上城区", "0%"]);
    assert_eq!(rows[1][..2], ["下城区", "—"]);
    assert_eq!(
        hatches(&scene(&feed, "map", &[])),
        2,
        "the region and the legend"
    );
}

#[test]
fn one_row_and_equal_rows() {
    let one = scene(&regions(&[("上城区", r#", "rate": 0.5"#)]), "bars", &[]);
    assert_eq!(bars(&one).len(), 1);
    let equal = regions(&[
        ("上城区", r#", "rate": 0.5"#),
        ("下城区", r#", "rate": "50%""#),
    ]);
    let drawn = scene(&equal, "bars", &[]);
    let widths = bars(&drawn);
    assert_eq!(widths[0], widths[1]);
    assert_eq!(drawn.tables[0].rows[0][4], "1");
    assert_eq!(drawn.tables[0].rows[1][4], "1", "equal rates share a rank");
    scene(&equal, "map", &[]);
}

#[test]
fn over_fulfilment_goes_beyond_the_whole() {
    let feed = regions(&[
        ("上城区", r#", "rate": 1.25"#),
        ("下城区", r#", "rate": 1"#),
    ]);
    let drawn = scene(&feed, "bars", &[]);
    let widths = bars(&drawn);
    assert!((widths[0] / widths[1] - 1.25).abs() < 0.01, "{widths:?}");
    assert!(texts(&drawn).iter().any(|t| t == "125%"));
}

#[test]
fn bars_start_at_zero_and_are_as_long_as_their_rate() {
    let feed = regions(&[
        ("上城区", r#", "rate": 0.8"#),
        ("下城区", r#", "rate": 0.2"#),
    ]);
    let widths = bars(&scene(&feed, "bars", &[]));
    assert!((widths[0] / widths[1] - 4.0).abs() < 0.05, "{widths:?}");
}

#[test]
fn what_is_cut_is_counted() {
    let feed = regions(&[
        ("上城区", r#", "rate": 1"#),
        ("下城区", r#", "rate": 0.9"#),
        ("江干区", ""),
    ]);
    let scene = scene(&feed, "bars", &[("limit", "1")]);
    assert_eq!(bars(&scene).len(), 1);
    assert_eq!(scene.remarks, ["另有2个未列出"]);
    assert_eq!(scene.tables[0].rows.len(), 3, "the table holds them all");
}

#[test]
fn rows_are_sorted_as_asked() {
    let feed = regions(&[
        ("乙", r#", "rate": 0.2"#),
        ("甲", r#", "rate": 0.9"#),
        ("丙", ""),
    ]);
    let order = |sort| {
        let scene = scene(&feed, "bars", &[("sort", sort)]);
        scene.tables[0]
            .rows
            .iter()
            .map(|row| row[0].clone())
            .collect::<String>()
    };
    assert_eq!(order("value"), "甲乙丙");
    assert_eq!(order("feed"), "乙甲丙");
    assert_eq!(order("name"), "丙乙甲");
}

#[test]
fn categories_and_investment_have_their_own_rows() {
    let feed = feed(
        r#", "categories": [{"id": "a", "name": "环境美", "started": 1, "planned": 2,
            "investment": {"done": 3, "planned": 4, "unit": "亿元"}}]"#,
    );
    let start = scene(&feed, "bars", &[("by", "categories")]);
    assert_eq!(start.tables[0].rows, [["环境美", "50.0%", "1", "2", "1"]]);
    let money = scene(
        &feed,
        "bars",
        &[("by", "categories"), ("metric", "investment")],
    );
    assert_eq!(money.tables[0].rows, [["环境美", "75.0%", "3", "4", "1"]]);
    assert!(money.tables[0].head[2].contains("亿元"));
}

#[test]
fn a_map_names_what_it_can_not_place_and_what_the_feed_does_not_know() {
    let feed = feed(
        r#", "regions": [{"code": "330102", "name": "上城区", "level": "district", "rate": 0.9},
            {"code": "330199", "name": "钱塘新区", "level": "zone", "rate": "96%"}]"#,
    );
    let scene = scene(&feed, "map", &[]);
    assert_eq!(scene.remarks, ["未上图：钱塘新区 96%", "数据未列：下城区"]);
    assert!(texts(&scene).iter().any(|t| t.contains("示意图")));
}

#[test]
fn sample_figures_say_so_on_every_face() {
    for kind in KINDS {
        let feed = feed(r#", "sample": true, "total": {"rate": "97%"}"#);
        let scene = scene(&feed, kind.name, &[]);
        assert!(
            texts(&scene).iter().any(|t| t == "示例数据"),
            "{}",
            kind.name
        );
    }
}

#[test]
fn texts_stay_inside_the_picture() {
    let long = "很长的名字".repeat(100);
    let feed = feed(&format!(
        r#", "title": "{long}", "subtitle": "{long}", "source": {{"name": "{long}"}}, "notes": ["{long}"],
            "total": {{"rate": "{long}", "started": {{"value": 1, "text": "{long}"}}}},
            "regions": [{{"code": "330102", "name": "{long}", "rate": "{long}"}},
                {{"code": "330103", "name": "{long}", "rate": 0.5, "started": {{"value": 1, "text": "{long}"}}}}],
            "coverage": [{{"name": "{long}", "done": {{"value": 1, "text": "{long}"}}, "of": 9, "regions": ["330103"]}},
                {{"name": "{long}", "done": 9, "of": 9, "regions": ["330102"]}}]"#
    ));
    for kind in KINDS {
        for width in ["280", "320", "640", "1600"] {
            for size in ["normal", "senior"] {
                let scene = scene(&feed, kind.name, &[("width", width), ("size", size)]);
                for mark in &scene.marks {
                    let Mark::Text(run) = mark else { continue };
                    use progress_widgets::scene::Anchor;
                    let (x, w) = (run.at.x.css(), run.width.css());
                    let left = match run.anchor {
                        Anchor::Left => x,
                        Anchor::Middle => x - w / 2.0,
                        Anchor::Right => x - w,
                    };
                    assert!(
                        left >= -0.1 && left + w <= scene.width.css() + 0.1,
                        "{} {width} {size}: {} from {left} to {}",
                        kind.name,
                        run.text.chars().take(12).collect::<String>(),
                        left + w
                    );
                    assert!(run.at.y.css() <= scene.height.css());
                }
            }
        }
    }
}

#[test]
fn every_row_can_be_reached() {
    let feed = regions(&[("上城区", r#", "rate": 1"#), ("下城区", "")]);
    for kind in ["bars", "map"] {
        let scene = scene(&feed, kind, &[]);
        let mut rows: Vec<_> = scene.hits.iter().filter_map(|h| h.row).collect();
        rows.sort_unstable();
        assert_eq!(rows, [0, 1], "{kind}");
        for hit in &scene.hits {
            assert!(!hit.label.is_empty() && !hit.lines.is_empty());
        }
    }
}

fn rate() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("null".to_owned()),
        (0.0..2.0_f64).prop_map(|v| v.to_string()),
        (0..200_u32).prop_map(|v| format!("\"{v}%\"")),
        Just("\"全部开工\"".to_owned()),
        Just("-1".to_owned()),
        Just("1e308".to_owned()),
        Just("\"NaN\"".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever the figures: a bar for every positive number, none for anything else, and none
    /// leaves its track.
    #[test]
    fn only_numbers_are_drawn_and_within_their_axis(rates in prop::collection::vec(rate(), 0..8)) {
        let list: Vec<(&str, String)> = rates.iter().map(|r| ("区", format!(r#", "rate": {r}"#))).collect();
        let list: Vec<(&str, &str)> = list.iter().map(|(n, p)| (*n, p.as_str())).collect();
        let scene = scene(&regions(&list), "bars", &[]);
        let numbers = scene.tables[0].rows.iter().filter(|row| row[4] != "—" && row[1] != "0%").count();
        let widths = bars(&scene);
        prop_assert_eq!(widths.len(), numbers);
        for width in widths {
            prop_assert!(width >= 0.0 && width <= scene.width.css());
        }
        prop_assert!(to_svg(&scene).ends_with("</svg>\n"));
    }

    /// Any width, any option: a picture of that width, never a panic.
    #[test]
    fn any_width_gives_a_picture(width in 0.0..6000.0_f64, kind in 0..KINDS.len(), senior: bool) {
        let feed = regions(&[("上城区", r#", "rate": 0.931"#), ("下城区", r#", "rate": 1"#)]);
        let size = if senior { "senior" } else { "normal" };
        let scene = scene(&feed, KINDS[kind].name, &[("width", &width.to_string()), ("size", size)]);
        prop_assert!((scene.width.css() - width.clamp(200.0, 4000.0)).abs() < 0.1);
        prop_assert!(scene.height.css() > 0.0);
    }
}
