//! Clusters of towns: what joins them, what is listed, what happens with odd ones.

use super::{feed, scene, texts};
use progress_widgets::compose::{Request, compose};
use progress_widgets::scene::{Mark, Scene};
use progress_widgets::widgets::Kind;

const TOWNS: &str = r#"{"name": "甲镇", "level": "town", "point": [120.2, 30.5], "planned": 10, "started": 9},
    {"name": "乙镇", "level": "town", "point": [120.3, 30.6], "planned": 10, "started": 10},
    {"name": "丙镇", "level": "town", "point": [120.5, 30.5], "planned": 20, "started": 19},
    {"name": "丁镇", "level": "town", "planned": 5, "started": 4}"#;

fn clusters(list: &str) -> String {
    feed(&format!(r#", "regions": [{TOWNS}], "clusters": [{list}]"#))
}

/// Ends of the lines that join towns: 2 px wide.
fn joins(scene: &Scene) -> usize {
    let join = |m: &&Mark| matches!(m, Mark::Line { stroke, .. } if stroke.width.css() == 2.0);
    scene.marks.iter().filter(join).count()
}

/// Radii of the filled circles with a radius above 3: dots of towns, and badges.
fn dots(scene: &Scene) -> Vec<f64> {
    let dot = |mark: &Mark| match mark {
        Mark::Circle {
            radius,
            fill,
            stroke: Some(_),
            ..
        } if radius.css() > 3.0 && fill.color().is_some() => Some(radius.css()),
        _ => None,
    };
    scene.marks.iter().filter_map(dot).collect()
}

#[test]
fn a_lead_is_joined_with_each_wing_and_a_belt_from_town_to_town() {
    let lead = scene(
        &clusters(r#"{"name": "一", "lead": "甲镇", "members": ["乙镇", "丙镇"]}"#),
        "clusters",
        &[],
    );
    assert_eq!(joins(&lead), 2);
    assert_eq!(
        dots(&lead),
        [9.0, 7.0, 4.5, 4.5],
        "its number, the lead, two wings"
    );
    let belt = scene(
        &clusters(r#"{"name": "一", "members": ["丙镇", "甲镇", "乙镇"]}"#),
        "clusters",
        &[],
    );
    assert_eq!(joins(&belt), 2);
    assert!(
        texts(&belt).iter().all(|t| t != "中心镇"),
        "no lead, no word for it"
    );
}

#[test]
fn figures_are_added_up_only_where_all_are_known() {
    let drawn = scene(
        &clusters(
            r#"{"name": "一", "lead": "甲镇", "members": ["乙镇", "丙镇"]}, {"name": "二", "members": ["甲镇", "戊镇"]}"#,
        ),
        "clusters",
        &[],
    );
    assert!(
        texts(&drawn)
            .iter()
            .any(|t| t == "3镇，开工率95.0%，已开工38/40"),
        "{:?}",
        texts(&drawn)
    );
    assert!(texts(&drawn).iter().any(|t| t == "2镇"));
    let rows = &drawn.tables[0].rows;
    assert_eq!(rows[0], ["一", "集群", "95.0%", "38", "40"]);
    assert_eq!(rows[1], ["甲镇", "中心镇", "90.0%", "9", "10"]);
    assert_eq!(rows[3][..2], ["丙镇", "成员镇"]);
    assert_eq!(rows[4], ["二", "集群", "—", "—", "—"]);
    assert_eq!(rows[6], ["戊镇", "成员镇", "—", "—", "—"]);
}

#[test]
fn towns_without_a_place_are_listed_in_their_panel() {
    let drawn = scene(
        &clusters(r#"{"name": "一", "lead": "丁镇", "members": ["乙镇", "戊镇"]}"#),
        "clusters",
        &[],
    );
    assert!(
        texts(&drawn)
            .iter()
            .any(|t| t == "未定位：丁镇 80.0%、戊镇")
    );
    assert_eq!(joins(&drawn), 0, "a lead without a place can't be joined");
    let none = scene(
        &clusters(r#"{"name": "一", "members": ["丁镇"]}"#),
        "clusters",
        &[],
    );
    assert!(texts(&none).iter().any(|t| t == "未定位：丁镇 80.0%"));
}

#[test]
fn one_cluster_needs_no_locator_and_two_have_one() {
    let one = r#"{"name": "一", "members": ["甲镇", "乙镇"]}"#;
    let badges = |scene: &Scene| dots(scene).iter().filter(|r| **r == 9.0).count();
    assert_eq!(badges(&scene(&clusters(one), "clusters", &[])), 1);
    let two = format!(r#"{one}, {{"name": "二", "members": ["丙镇"]}}"#);
    assert_eq!(badges(&scene(&clusters(&two), "clusters", &[])), 4);
}

#[test]
fn an_empty_cluster_and_towns_at_one_place_do_no_harm() {
    let drawn = scene(
        &clusters(r#"{"name": "一", "members": []}"#),
        "clusters",
        &[],
    );
    assert!(texts(&drawn).iter().any(|t| t == "一"));
    let none = scene(&clusters(""), "clusters", &[]);
    assert!(!none.alt.contains("。。"), "{}", none.alt);
    let same: Vec<String> = (0..8)
        .map(|i| format!(r#"{{"name": "镇{i}", "level": "town", "point": [120.2, 30.5]}}"#))
        .collect();
    let members: Vec<String> = (0..8).map(|i| format!(r#""镇{i}""#)).collect();
    let feed = feed(&format!(
        r#", "regions": [{}], "clusters": [{{"name": "一", "members": [{}]}}]"#,
        same.join(","),
        members.join(",")
    ));
    assert_eq!(dots(&scene(&feed, "clusters", &[])).len(), 9);
}

#[test]
fn many_clusters_and_many_members_are_cut_with_a_count() {
    let towns: Vec<String> = (0..2000)
        .map(|i| {
            let (x, y) = (
                120.0 + f64::from(i % 50) / 50.0,
                30.0 + f64::from(i / 50) / 60.0,
            );
            format!(r#"{{"name": "镇{i}", "level": "town", "point": [{x}, {y}]}}"#)
        })
        .collect();
    let members: Vec<String> = (0..2000).map(|i| format!(r#""镇{i}""#)).collect();
    let list: Vec<String> = (0..50)
        .map(|i| {
            format!(
                r#"{{"name": "集群{i}", "members": [{}]}}"#,
                members.join(",")
            )
        })
        .collect();
    let feed = feed(&format!(
        r#", "regions": [{}], "clusters": [{}]"#,
        towns.join(","),
        list.join(",")
    ));
    let drawn = scene(&feed, "clusters", &[]);
    assert!(
        drawn.remarks == ["另有10个集群未画出", "另有1,900个成员镇未画出"],
        "{:?}",
        drawn.remarks
    );
    assert_eq!(drawn.tables[0].rows.len(), 10_000);
    let caption = &drawn.tables[0].caption;
    assert!(caption.ends_with("前10,000行，共100,050行"), "{caption}");
    let towns = drawn
        .hits
        .iter()
        .filter(|hit| hit.label.starts_with("镇"))
        .count();
    assert_eq!(towns, 40 * 100);
}

#[test]
fn each_panel_has_a_bar_of_its_own_scale() {
    // 22.24 km from west to east at 60°, 5.56 km from south to north.
    let feed = feed(
        r#", "regions": [{"name": "甲", "point": [120, 60]}, {"name": "乙", "point": [120.4, 60]},
            {"name": "丙", "point": [120, 30]}, {"name": "丁", "point": [120, 30.05]}],
        "clusters": [{"name": "一", "members": ["甲", "乙"]}, {"name": "二", "members": ["丙", "丁"]}]"#,
    );
    let request = Request::new(Kind::named("clusters").unwrap());
    let scene = compose(feed.as_bytes(), None, &request).unwrap().scene;
    let towns: Vec<(f64, f64)> = scene
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Circle { center, radius, .. } if radius.css() == 4.5 => {
                Some((center.x.css(), center.y.css()))
            }
            _ => None,
        })
        .collect();
    let bars: Vec<f64> = scene
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Rect { rect, .. } if rect.height.css() == 2.0 => Some(rect.width.css()),
            _ => None,
        })
        .collect();
    let kilometres: Vec<f64> = texts(&scene)
        .iter()
        .filter_map(|text| text.strip_suffix("公里")?.parse().ok())
        .collect();
    assert_eq!((towns.len(), bars.len(), kilometres.len()), (4, 2, 2));
    let east = (towns[1].0 - towns[0].0) / 22.24;
    let north = (towns[2].1 - towns[3].1) / 5.56;
    assert!(
        north > 1.2 * east,
        "the panels differ in scale: {east} {north}"
    );
    for (at, scale) in [(0, east), (1, north)] {
        let off = bars[at] - kilometres[at] * scale;
        // Dots that cover one another are moved by less than a pixel.
        assert!(off.abs() < 1.0, "{} km: {off} px", kilometres[at]);
    }
}

#[test]
fn a_belt_passes_over_a_town_that_is_off_the_map() {
    // South of the map, and between the others from west to east.
    let feed = feed(
        r#", "regions": [{"name": "甲", "point": [120.1, 30.5]}, {"name": "乙", "point": [120.9, 30.5]},
            {"name": "丙", "point": [120.5, 29.85]}],
        "clusters": [{"name": "一", "members": ["甲", "乙", "丙"]}]"#,
    );
    let map =
        r#"{"type": "Polygon", "coordinates": [[[120,30],[121,30],[121,31],[120,31],[120,30]]]}"#;
    let request = Request::new(Kind::named("clusters").unwrap());
    let drawn = compose(feed.as_bytes(), Some(map.as_bytes()), &request)
        .unwrap()
        .scene;
    assert!(texts(&drawn).iter().any(|t| t == "未定位：丙"));
    assert_eq!(joins(&drawn), 1);
}

#[test]
fn a_town_off_the_map_is_listed_and_does_not_shrink_its_panel() {
    let draw = |far: &str| {
        let feed = feed(&format!(
            r#", "regions": [{{"name": "甲", "point": [120.2, 30.2]}}, {{"name": "乙", "point": [120.3, 30.3]}},
                {{"name": "丙"{far}}}],
            "clusters": [{{"name": "一", "members": ["甲", "乙", "丙"]}}]"#
        ));
        let map = r#"{"type": "Polygon", "coordinates": [[[120,30],[121,30],[121,31],[120,31],[120,30]]]}"#;
        let request = Request::new(Kind::named("clusters").unwrap());
        let composed = compose(feed.as_bytes(), Some(map.as_bytes()), &request);
        texts(&composed.unwrap().scene)
    };
    let texts = draw(r#", "point": [102.3, 30.2]"#);
    assert!(texts.contains(&"未定位：丙".to_owned()), "{texts:?}");
    assert_eq!(texts, draw(""), "as one without a point");
}
