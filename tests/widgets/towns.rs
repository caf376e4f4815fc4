//! Maps of towns: what is drawn, what is listed, what happens with odd points.

use super::{feed, scene, texts};
use progress_widgets::compose::{Request, compose};
use progress_widgets::scene::{Fill, Mark, Scene};
use progress_widgets::widgets::Kind;

fn towns(rest: &str) -> String {
    feed(&format!(r#", "regions": [{rest}]"#))
}

/// Without a geometry.
fn bare(feed: &str) -> Scene {
    let request = Request::new(Kind::named("towns").unwrap());
    compose(feed.as_bytes(), None, &request).unwrap().scene
}

/// Middles and radii of the filled discs, in CSS pixels; legends have empty ones, and true places
/// are smaller.
fn discs(scene: &Scene) -> Vec<(f64, f64, f64)> {
    let disc = |mark: &Mark| match mark {
        Mark::Circle {
            center,
            radius,
            fill,
            stroke: Some(_),
        } if radius.css() > 1.0 && *fill != Fill::NONE => {
            Some((center.x.css(), center.y.css(), radius.css()))
        }
        _ => None,
    };
    scene.marks.iter().filter_map(disc).collect()
}

#[test]
fn areas_are_as_the_plans_and_larger_ones_lie_behind() {
    let feed = towns(
        r#"{"name": "甲镇", "level": "town", "point": [120.2, 30.5], "planned": 10, "started": 5},
           {"name": "乙镇", "level": "town", "point": [121.5, 30.5], "planned": 40, "started": 40}"#,
    );
    let drawn = scene(&feed, "towns", &[]);
    let discs = discs(&drawn);
    assert_eq!(discs.len(), 2);
    let ratio = discs[0].2 / discs[1].2;
    assert!((ratio - 2.0).abs() < 0.02, "four times the area: {discs:?}");
    let texts = texts(&drawn);
    for text in ["甲镇", "50.0%", "乙镇", "100%", "计划（个）"] {
        assert!(texts.iter().any(|t| t == text), "{text}: {texts:?}");
    }
}

#[test]
fn models_have_a_ring_and_a_word_and_a_column() {
    let feed = towns(
        r#"{"name": "甲镇", "level": "town", "point": [120.2, 30.5], "tags": ["model"]},
           {"name": "乙镇", "level": "town", "point": [121.5, 30.5]},
           {"name": "丙镇", "level": "town", "tags": ["model"]}"#,
    );
    let drawn = scene(&feed, "towns", &[]);
    assert_eq!(discs(&drawn).len(), 3, "two discs and the ring of one");
    let texts = texts(&drawn);
    assert!(texts.iter().any(|t| t == "样板镇 2"), "{texts:?}");
    assert!(texts.iter().any(|t| t == "其他 1"), "{texts:?}");
    assert!(
        !texts.iter().any(|t| t.contains('%')),
        "no figure, no number"
    );
    assert_eq!(drawn.tables[0].head, ["乡镇", "样板镇"]);
    assert_eq!(
        drawn.tables[0].rows,
        [["甲镇", "是"], ["乙镇", "否"], ["丙镇", "是"]]
    );
    assert_eq!(drawn.remarks, ["未上图：丙镇"]);
    assert!(drawn.alt.contains("2个样板镇，其他1个"), "{}", drawn.alt);
}

#[test]
fn a_count_says_what_it_counts() {
    for (level, one, two) in [
        ("town", "1 town", "2个乡镇"),
        ("district", "1 district", "2个区县"),
        ("city", "1 city", "2个市"),
    ] {
        let region = |name: &str| format!(r#"{{"name": "{name}", "level": "{level}"}}"#);
        let both = towns(&format!("{}, {}", region("甲"), region("乙")));
        let drawn = scene(&both, "towns", &[]);
        assert!(drawn.alt.ends_with(&format!("{two}。")), "{}", drawn.alt);
        let drawn = scene(&towns(&region("甲")), "towns", &[("lang", "en")]);
        assert!(drawn.alt.ends_with(&format!(" {one}.")), "{}", drawn.alt);
    }
    let cities = towns(r#"{"name": "甲", "level": "city"}, {"name": "乙", "level": "city"}"#);
    let drawn = scene(&cities, "towns", &[("lang", "en")]);
    assert!(drawn.alt.ends_with(" 2 cities."), "{}", drawn.alt);
}

#[test]
fn a_missing_number_is_a_square_and_a_missing_rate_is_hatched() {
    let feed = towns(
        r#"{"name": "甲镇", "level": "town", "point": [120.2, 30.5], "planned": 10},
           {"name": "乙镇", "level": "town", "point": [121.5, 30.5], "rate": "96%"}"#,
    );
    let drawn = scene(&feed, "towns", &[]);
    let hatched = |m: &&Mark| {
        matches!(
            m,
            Mark::Circle { fill, .. } if fill.line().is_some()
        )
    };
    assert_eq!(drawn.marks.iter().filter(hatched).count(), 1);
    assert_eq!(discs(&drawn).len(), 1, "the other is a square");
    assert!(texts(&drawn).iter().any(|t| t == "数量未报送"));
}

#[test]
fn points_off_the_map_are_listed_with_their_figures() {
    let feed = towns(
        r#"{"name": "甲镇", "level": "town", "point": [120.2, 30.5], "rate": 0.5},
           {"name": "乙镇", "level": "town", "point": [100, 10], "rate": 0.75},
           {"name": "丙镇", "level": "town", "point": [999, 10], "rate": 1},
           {"name": "丁镇", "level": "town", "rate": 1.25}"#,
    );
    let drawn = scene(&feed, "towns", &[]);
    assert_eq!(discs(&drawn).len(), 1);
    assert_eq!(drawn.remarks, ["未上图：丁镇 125%、丙镇 100%、乙镇 75%"]);
}

#[test]
fn without_a_geometry_points_are_fitted_to_their_own_extent() {
    let feed = towns(
        r#"{"name": "甲镇", "level": "town", "point": [120.2, 30.1], "rate": 0.5},
           {"name": "乙镇", "level": "town", "point": [120.9, 30.6], "rate": 0.75}"#,
    );
    let drawn = bare(&feed);
    let discs = discs(&drawn);
    assert_eq!(discs.len(), 2);
    assert!((discs[0].0 - discs[1].0).abs() > 300.0, "{discs:?}");
    assert!(texts(&drawn).iter().any(|t| t == "示意图，无边界"));
}

#[test]
fn one_point_and_equal_points_are_told_apart() {
    let one = towns(r#"{"name": "甲镇", "level": "town", "point": [120.2, 30.1], "rate": 0.5}"#);
    assert_eq!(discs(&bare(&one)).len(), 1);
    let equal: Vec<String> = (0..9)
        .map(|i| format!(r#"{{"name": "镇{i}", "level": "town", "point": [120.2, 30.1], "rate": 0.5, "planned": 3}}"#))
        .collect();
    let discs = discs(&bare(&towns(&equal.join(","))));
    assert_eq!(discs.len(), 9);
    for (at, a) in discs.iter().enumerate() {
        for b in discs.iter().take(at) {
            let apart = ((a.0 - b.0).powi(2) + (a.1 - b.1).powi(2)).sqrt();
            assert!(apart > 3.0, "{a:?} {b:?}");
        }
    }
}

#[test]
fn without_any_point_towns_are_bars() {
    let feed = towns(r#"{"name": "甲镇", "level": "town", "rate": 0.5}"#);
    let drawn = bare(&feed);
    assert!(drawn.remarks[0].contains("没有可上图的坐标（point），以条形图代替"));
    assert_eq!(super::bars(&drawn).len(), 1);
}

#[test]
fn a_map_that_may_not_be_shown_leaves_a_plain_frame() {
    let feed = towns(r#"{"name": "甲镇", "level": "town", "point": [120.2, 30.5], "rate": 0.5}"#);
    let drawn = scene(&feed, "towns", &[("require-review-number", "true")]);
    let region = |m: &&Mark| matches!(m, Mark::Region { rings, .. } if rings[0].len() == 4);
    assert_eq!(drawn.marks.iter().filter(region).count(), 0);
    assert!(texts(&drawn).iter().any(|t| t == "示意图，无边界"));
}

#[test]
fn of_many_points_the_largest_are_drawn_and_the_rest_counted() {
    let many: Vec<String> = (0..20_000)
        .map(|i| {
            let (x, y) = (120.0 + f64::from(i % 100) / 50.0, 30.0 + f64::from(i / 100) / 200.0);
            format!(r#"{{"name": "镇{i}", "level": "town", "point": [{x}, {y}], "planned": {i}, "rate": 0.5}}"#)
        })
        .collect();
    let drawn = scene(&towns(&many.join(",")), "towns", &[]);
    assert_eq!(discs(&drawn).len(), 5000);
    assert_eq!(drawn.hits.len(), 5000);
    assert_eq!(drawn.tables[0].rows.len(), 10_000);
    let caption = &drawn.tables[0].caption;
    assert!(caption.ends_with("前10,000行，共20,000行"), "{caption}");
    assert!(
        drawn.remarks.iter().any(|r| r == "另有15,000个未画出"),
        "{:?}",
        drawn.remarks
    );
}

#[test]
fn a_map_of_towns_without_polygons_shows_their_points() {
    let rest = r#"{"code": "330102", "name": "上城区", "level": "district", "rate": 0.9},
        {"code": "330102001", "name": "甲街道", "level": "town", "point": [120.2, 30.5], "rate": 0.5}"#;
    let drawn = scene(&towns(rest), "map", &[("level", "town")]);
    assert_eq!(discs(&drawn).len(), 1);
    assert_eq!(drawn.tables[0].rows.len(), 1);
    assert_eq!(
        discs(&scene(&towns(rest), "map", &[])).len(),
        0,
        "districts have polygons"
    );
}

#[test]
fn points_in_another_system_than_the_map_are_drawn_without_it_and_say_so() {
    let draw = |kind: &str, feed_crs: &str, map_crs: &str| {
        let feed = feed(&format!(
            r#", "crs": "{feed_crs}", "regions": [
                {{"name": "甲镇", "level": "town", "point": [120.2, 30.2]}},
                {{"name": "乙镇", "level": "town", "point": [120.8, 30.8]}}],
            "clusters": [{{"name": "甲乙", "members": ["甲镇", "乙镇"]}}]"#
        ));
        let map = format!(
            r#"{{"type": "Polygon", "crs": "{map_crs}",
            "coordinates": [[[120,30],[121,30],[121,31],[120,31],[120,30]]]}}"#
        );
        let request = Request::new(Kind::named(kind).unwrap());
        let composed = compose(feed.as_bytes(), Some(map.as_bytes()), &request);
        composed.unwrap().scene
    };
    let says = |scene: &Scene| {
        texts(scene)
            .iter()
            .any(|t| t == "坐标系与地图不同，未画边界")
    };
    let regions = |scene: &Scene| {
        let region = |mark: &&Mark| matches!(mark, Mark::Region { .. });
        scene.marks.iter().filter(region).count()
    };
    for kind in ["towns", "map", "clusters"] {
        let together = draw(kind, "wgs84", "cgcs2000");
        assert!(!says(&together) && regions(&together) > 0, "{kind}");
        for (feed_crs, map_crs) in [("gcj02", "cgcs2000"), ("wgs84", "gcj02")] {
            let apart = draw(kind, feed_crs, map_crs);
            assert!(says(&apart) && regions(&apart) == 0, "{kind}");
            let names = texts(&apart);
            assert!(
                ["甲镇", "乙镇"]
                    .iter()
                    .all(|name| names.iter().any(|t| t == name))
            );
        }
    }
}
