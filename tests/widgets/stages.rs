//! Planned, started, completed, accepted: no false segment, and nothing missing drawn as zero.

use crate::{feed, hatches, regions, scene, texts};
use progress_widgets::scene::{Mark, Scene};

/// Widths in CSS pixels of the solid parts of bars, in drawing order.
fn parts(scene: &Scene) -> Vec<f64> {
    let part = |mark: &Mark| match mark {
        Mark::Rect { rect, fill, .. } if rect.height.css() == 15.0 && fill.color().is_some() => {
            Some(rect.width.css())
        }
        _ => None,
    };
    scene.marks.iter().filter_map(part).collect()
}

fn shares(scene: &Scene) -> Vec<i64> {
    let all = parts(scene);
    let whole: f64 = all.iter().sum();
    all.iter()
        .map(|w| (w / whole * 100.0).round() as i64)
        .collect()
}

#[test]
fn a_bar_is_cut_by_stage_the_furthest_first() {
    let feed = regions(&[(
        "上城区",
        r#", "planned": 100, "started": 80, "completed": 50, "accepted": 20"#,
    )]);
    let drawn = scene(&feed, "stages", &[]);
    assert_eq!(shares(&drawn), [20, 30, 30, 20]);
    assert_eq!(hatches(&drawn), 0);
    let row = ["上城区", "100", "80", "50", "20"];
    assert_eq!(drawn.tables[0].rows, [row]);
    assert_eq!(
        drawn.hits[0].lines,
        ["计划：100", "已开工：80", "已完工：50", "已验收：20"]
    );
    for text in [
        "已验收",
        "已完工",
        "已开工",
        "未开工",
        "20",
        "50",
        "80",
        "100",
    ] {
        assert!(texts(&drawn).iter().any(|t| t == text), "{text}");
    }
}

#[test]
fn a_missing_stage_is_not_zero() {
    let feed = regions(&[
        (
            "上城区",
            r#", "planned": 100, "started": 80, "accepted": 20"#,
        ),
        ("下城区", r#", "planned": 100, "completed": 50"#),
        ("江干区", ""),
    ]);
    let drawn = scene(&feed, "stages", &[("sort", "feed")]);
    let said = texts(&drawn);
    // Those started and not accepted may be completed; those not completed may be started.
    assert!(
        said.iter().any(|t| t == "已开工（已完工数未报送）"),
        "{said:?}"
    );
    assert!(said.iter().any(|t| t == "已完工（已验收数未报送）"));
    // Three in the key, and: started, completed, planned of the second, the whole of the third.
    assert_eq!(hatches(&drawn), 3 + 4);
    assert_eq!(drawn.tables[0].rows[2], ["江干区", "—", "—", "—", "—"]);
    assert!(drawn.alt.contains("1个未报送"), "{}", drawn.alt);
}

#[test]
fn a_stage_that_nobody_reports_is_no_gap() {
    let feed = regions(&[("上城区", r#", "planned": 100, "started": 80"#)]);
    let drawn = scene(&feed, "stages", &[]);
    assert_eq!((shares(&drawn), hatches(&drawn)), (vec![80, 20], 0));
}

#[test]
fn stages_that_do_not_nest_and_bounded_plans_have_no_segments() {
    for progress in [
        r#", "planned": 100, "started": 120"#,
        r#", "planned": 100, "started": 80, "completed": 90"#,
        r#", "planned": {"value": 100, "bound": "more_than", "text": "100多个"}, "started": 80"#,
        r#", "started": 80"#,
        r#", "planned": 0, "started": 0"#,
    ] {
        let drawn = scene(&regions(&[("上城区", progress)]), "stages", &[]);
        assert!(parts(&drawn).is_empty(), "{progress}");
        assert!(
            texts(&drawn).iter().any(|t| t.starts_with("已开工")),
            "{progress}"
        );
    }
    let nested = regions(&[("上城区", r#", "planned": 100, "started": 120"#)]);
    assert!(
        texts(&scene(&nested, "stages", &[]))
            .iter()
            .any(|t| t == "1条数据提示")
    );
}

#[test]
fn a_feed_with_a_total_only_is_a_funnel() {
    let total = r#", "total": {"planned": 200, "started": 150, "completed": 100, "accepted": 50}"#;
    let drawn = scene(&feed(total), "stages", &[]);
    assert_eq!(
        drawn.tables[0].rows,
        [
            ["计划", "200", "—", "—"],
            ["已开工", "150", "75.0%", "−50"],
            ["已完工", "100", "50.0%", "−50"],
            ["已验收", "50", "25.0%", "−50"],
        ]
    );
    // The plan; then what was left before and what is left now.
    let widths = parts(&drawn);
    let shares: Vec<i64> = widths
        .iter()
        .map(|w| (w / widths[0] * 100.0).round() as i64)
        .collect();
    assert_eq!(shares, [100, 100, 75, 75, 50, 50, 25]);
    assert_eq!(
        drawn.alt,
        "项目进展阶段，截至2020年9月30日：计划200，已开工150，已完工100，已验收50。"
    );
    let both = feed(&format!(
        r#"{total}, "regions": [{{"name": "上城区", "planned": 9, "started": 8}}]"#
    ));
    assert_eq!(scene(&both, "stages", &[]).tables[0].rows.len(), 1);
    assert_eq!(
        scene(&both, "stages", &[("by", "total")]).tables[0]
            .rows
            .len(),
        4
    );
}

#[test]
fn a_funnel_divides_nothing_by_a_bounded_plan_and_hatches_what_is_missing() {
    let total = feed(
        r#", "total": {"planned": {"value": 1900, "bound": "more_than", "text": "1900多个"}, "started": 1892, "accepted": 9}"#,
    );
    let drawn = scene(&total, "stages", &[]);
    assert_eq!(drawn.tables[0].rows[1], ["已开工", "1,892", "—", "—"]);
    assert_eq!(drawn.tables[0].rows[2], ["已完工", "—", "—", "—"]);
    assert_eq!(hatches(&drawn), 2, "the plan's open end, and the completed");
    let over = feed(r#", "total": {"planned": 100, "started": 120}"#);
    let drawn = scene(&over, "stages", &[]);
    assert_eq!(drawn.tables[0].rows[1], ["已开工", "120", "120.0%", "+20"]);
}

#[test]
fn categories_have_stages_too_and_many_rows_are_cut() {
    let categories = feed(r#", "categories": [{"name": "环境美", "planned": 4, "started": 3}]"#);
    let drawn = scene(&categories, "stages", &[("by", "categories")]);
    assert_eq!(drawn.tables[0].rows[0][..3], ["环境美", "4", "3"]);
    let names: Vec<String> = (0..100_000)
        .map(|i| format!(r#"{{"name": "镇{i}", "planned": 9, "started": 8}}"#))
        .collect();
    let many = feed(&format!(r#", "regions": [{}]"#, names.join(",")));
    let drawn = scene(&many, "stages", &[]);
    assert_eq!(drawn.hits.len(), 200);
    assert_eq!(drawn.remarks, ["另有99,800个未列出"]);
}
