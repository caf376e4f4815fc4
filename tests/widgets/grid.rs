//! Tile grids: what joins, what is set apart, what happens with odd feeds.

use super::{feed, hatches, scene, texts};
use progress_widgets::scene::{Mark, Rect, Scene};

fn provinces(rest: &str) -> String {
    feed(&format!(r#", "regions": [{rest}]"#))
}

/// The tiles: rectangles that answer to a pointer.
fn tiles(scene: &Scene) -> Vec<Rect> {
    let is_tile = |rect: &Rect| {
        scene
            .marks
            .iter()
            .any(|m| matches!(m, Mark::Rect { rect: other, .. } if other == rect))
    };
    let rects = scene.hits.iter().map(|hit| hit.rect);
    rects.filter(is_tile).collect()
}

#[test]
fn provinces_join_by_code_and_by_name_where_there_is_none() {
    let feed = provinces(
        r#"{"code": "330000", "name": "浙江省", "level": "province", "rate": 0.95},
           {"name": "广西壮族自治区", "level": "province", "rate": 0.44},
           {"name": "Xinjiang", "level": "province", "rate": 0.94},
           {"name": "兵团", "level": "province", "rate": "48%"}"#,
    );
    let drawn = scene(&feed, "grid", &[]);
    assert_eq!(tiles(&drawn).len(), 35, "34 units and 兵团");
    let texts = texts(&drawn);
    for short in ["浙江", "广西", "新疆", "兵团", "95%", "44%", "48%"] {
        assert!(texts.iter().any(|t| t == short), "{short}: {texts:?}");
    }
    assert_eq!(drawn.remarks[0], "单列：兵团 48%");
    assert!(
        drawn.remarks[1].starts_with("数据未列："),
        "{:?}",
        drawn.remarks
    );
    assert_eq!(
        hatches(&drawn),
        32,
        "31 units without a figure and the legend"
    );
}

#[test]
fn cities_of_zhejiang_have_an_arrangement_and_districts_have_bars() {
    let cities = provinces(
        r#"{"code": "330100", "name": "杭州市", "level": "city", "rate": 1.25},
           {"code": "330200", "name": "宁波市", "level": "city", "rate": 0}"#,
    );
    let drawn = scene(&cities, "grid", &[]);
    assert_eq!(tiles(&drawn).len(), 11);
    assert!(texts(&drawn).iter().any(|t| t == "125%"));
    assert!(texts(&drawn).iter().any(|t| t == "0%"));
    assert!(texts(&drawn).iter().any(|t| t == "≥100%"), "the legend");
    let districts = super::regions(&[("上城区", r#", "rate": 0.5"#), ("下城区", "")]);
    let drawn = scene(&districts, "grid", &[]);
    assert!(drawn.remarks[0].contains("没有适合这些地区的方格布局，以条形图代替"));
    assert_eq!(super::bars(&drawn).len(), 1);
}

#[test]
fn a_region_beyond_its_place_stands_apart_and_is_listed() {
    let twice = provinces(
        r#"{"code": "330000", "name": "浙江", "level": "province", "rate": 0.9},
           {"name": "浙江省", "level": "province", "rate": 0.8}"#,
    );
    let drawn = scene(&twice, "grid", &[]);
    assert_eq!(tiles(&drawn).len(), 35);
    assert_eq!(drawn.remarks[0], "单列：浙江省 80%");
}

#[test]
fn equal_figures_are_one_class_and_missing_ones_none() {
    let equal = provinces(
        r#"{"code": "330000", "name": "浙江", "rate": 0.5}, {"code": "320000", "name": "江苏", "rate": "50%"}"#,
    );
    let drawn = scene(&equal, "grid", &[]);
    let solid: Vec<_> = drawn
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Rect { fill, .. } => fill.color(),
            _ => None,
        })
        .collect();
    assert!(solid.windows(2).all(|pair| pair[0] == pair[1]) && !solid.is_empty());
    let missing =
        provinces(r#"{"code": "330000", "name": "浙江"}, {"code": "320000", "name": "江苏"}"#);
    let drawn = scene(&missing, "grid", &[]);
    assert_eq!(
        hatches(&drawn),
        35,
        "34 tiles and the legend, which has no classes"
    );
    assert!(!texts(&drawn).iter().any(|t| t.contains('%')));
}

#[test]
fn texts_on_tiles_can_be_read() {
    let rates: Vec<String> = ["11", "12", "13", "14", "15"]
        .iter()
        .zip([0.1, 0.35, 0.55, 0.75, 1.0])
        .map(|(code, rate)| format!(r#"{{"code": "{code}0000", "name": "甲", "rate": {rate}}}"#))
        .collect();
    for scheme in ["light", "dark"] {
        let drawn = scene(&provinces(&rates.join(",")), "grid", &[("scheme", scheme)]);
        let mut ground = None;
        for mark in &drawn.marks {
            match mark {
                Mark::Rect { fill, .. } if fill.color().is_some() => {
                    ground = fill.color().map(|color| (color, mark));
                }
                Mark::Text(run) => {
                    if let Some((color, Mark::Rect { rect, .. })) = ground
                        && rect.contains(run.at)
                    {
                        assert!(run.color.contrast(color) >= 4.5, "{scheme} {}", run.text);
                    }
                }
                _ => {}
            }
        }
    }
}

#[test]
fn a_picture_too_narrow_for_tiles_shows_bars_and_says_so() {
    let feed = provinces(r#"{"code": "330000", "name": "浙江", "rate": 0.5}"#);
    let drawn = scene(&feed, "grid", &[("width", "320"), ("size", "senior")]);
    assert!(
        drawn.remarks[0].contains("宽度不够画方格图"),
        "{:?}",
        drawn.remarks
    );
    assert_eq!(tiles(&scene(&feed, "grid", &[("width", "280")])).len(), 34);
}

#[test]
fn a_map_that_may_not_be_shown_gives_way_to_tiles() {
    let feed = provinces(r#"{"code": "330000", "name": "浙江", "level": "province", "rate": 0.5}"#);
    let drawn = scene(&feed, "map", &[("require-review-number", "true")]);
    assert!(drawn.remarks[0].contains("没有审图号，按要求不予显示，以方格图代替"));
    assert_eq!(tiles(&drawn).len(), 34);
}

#[test]
fn a_hundred_thousand_regions_are_bars_and_a_line_that_counts_the_rest() {
    let many: Vec<String> = (0..100_000)
        .map(|i| format!(r#"{{"name": "区{i}", "rate": 0.5}}"#))
        .collect();
    let drawn = scene(&provinces(&many.join(",")), "grid", &[]);
    assert_eq!(super::bars(&drawn).len(), 200);
    assert!(drawn.remarks.iter().any(|r| r == "另有99,800个未列出"));
}

#[test]
fn a_legend_of_one_class_says_what_it_lies_between() {
    for (rates, legend) in [
        (["\"97%\"", "\"97%\""], "97%"),
        (["0.9731", "0.97357"], "97.31%～97.36%"),
    ] {
        let region = |name: &str, rate: &str| {
            format!(r#"{{"name": "{name}", "level": "province", "rate": {rate}}}"#)
        };
        let regions = [region("浙江", rates[0]), region("江苏", rates[1])].join(", ");
        let drawn = scene(&feed(&format!(r#", "regions": [{regions}]"#)), "grid", &[]);
        let count = texts(&drawn).iter().filter(|t| *t == legend).count();
        assert!(count > 0, "{legend}: {:?}", texts(&drawn));
    }
}

#[test]
fn below_a_title_of_the_pages_stands_what_is_shown() {
    let regions = r#", "regions": [{"name": "浙江", "level": "province", "rate": 0.9}]"#;
    let drawn = scene(&feed(regions), "grid", &[("heading", "九成已开工")]);
    let texts = texts(&drawn);
    assert_eq!(texts[0], "九成已开工");
    assert!(texts[1].starts_with("各省份开工率 · 截至"), "{texts:?}");
}
