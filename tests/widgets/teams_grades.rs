//! Expert teams and grades: bounds, missing figures, many units.

use crate::{bars, circles, feed, hatches, scene, texts};

#[test]
fn attendances_have_bars_and_other_counts_their_printed_text() {
    let teams = r#", "teams": {"activities": 278, "attendances": 1324,
        "problems_solved": {"value": 800, "bound": "more_than", "text": "800余个"},
        "roles": [{"name": "首席设计师", "attendances": 168}, {"name": "驻镇规划师", "attendances": 689},
            {"name": "发展师", "attendances": {"value": 467, "bound": "at_least"}}, {"name": "监理"}]}"#;
    let drawn = scene(&feed(teams), "teams", &[]);
    assert_eq!(bars(&drawn).len(), 3);
    assert_eq!(hatches(&drawn), 2, "an open end, and a role not reported");
    assert!(texts(&drawn).iter().any(|t| t == "800余个"));
    assert_eq!(drawn.tables[0].rows[3], ["监理", "—"]);
    assert_eq!(drawn.tables[0].rows[4], ["合计人次", "1,324"]);
    assert_eq!(drawn.tables[0].rows[6], ["解决问题", "800余个"]);
    assert_eq!(drawn.hits.len(), 7);
    assert!(
        drawn
            .alt
            .contains("合计人次1,324，活动次数278，解决问题800余个"),
        "{}",
        drawn.alt
    );
    let alone = scene(&feed(r#", "teams": {"activities": 278}"#), "teams", &[]);
    assert_eq!(alone.tables[0].rows, [["活动次数", "278"]]);
}

#[test]
fn grades_are_a_sign_each_or_bars_where_a_count_is_not_exact() {
    let grades = r#", "grades": [{"name": "优秀", "count": 39, "tone": "good"},
        {"name": "警告", "count": 10, "tone": "warn"}, {"name": "降格", "count": 4, "tone": "bad"}]"#;
    let drawn = scene(&feed(grades), "grades", &[]);
    assert_eq!(
        circles(&drawn),
        (5, 11),
        "a dot a bad one, a ring a warning, and one of each beside its name"
    );
    assert_eq!(drawn.tables[0].rows[0], ["优秀", "39", "73.6%"]);
    assert_eq!(
        bars(&scene(&feed(grades), "grades", &[("shape", "bars")])).len(),
        2
    );
    let bounded = grades.replace("10", r#"{"value": 10, "bound": "about"}"#);
    let drawn = scene(&feed(&bounded), "grades", &[]);
    assert_eq!(circles(&drawn), (1, 1), "beside the names alone");
    assert_eq!(
        drawn.tables[0].rows[0],
        ["优秀", "39", "—"],
        "no share of a sum that is not known"
    );
    let missing = scene(&feed(r#", "grades": [{"name": "优秀"}]"#), "grades", &[]);
    assert_eq!((bars(&missing).len(), hatches(&missing)), (0, 1));
}

#[test]
fn many_units_share_a_sign() {
    let grades = r#", "grades": [{"name": "警告", "count": 1501, "tone": "warn"}, {"name": "降格", "count": 3, "tone": "bad"}]"#;
    let drawn = scene(&feed(grades), "grades", &[]);
    assert_eq!(circles(&drawn), (2, 152), "one more beside each name");
    assert!(
        texts(&drawn).iter().any(|t| t.contains("每格10个")),
        "{:?}",
        texts(&drawn)
    );
    let names: Vec<String> = (0..5_000)
        .map(|i| format!(r#"{{"name": "等{i}", "count": 1}}"#))
        .collect();
    let many = scene(
        &feed(&format!(r#", "grades": [{}]"#, names.join(","))),
        "grades",
        &[],
    );
    assert_eq!(many.remarks, ["另有4,800个未列出"]);
}
