//! What a pace shows of odd feeds: no figures, too few, no target, none in time, done, overdue.

use super::{Mark, Scene, feed, scene, texts};

fn pace(rest: &str) -> Scene {
    scene(&feed(rest), "pace", &[])
}

fn says(scene: &Scene, text: &str) -> bool {
    texts(scene).iter().any(|t| t.contains(text))
}

fn bands(scene: &Scene) -> usize {
    let band = |mark: &&Mark| matches!(mark, Mark::Region { .. });
    scene.marks.iter().filter(band).count()
}

/// Three figures at 0.2, 0.4 and the given rate on 30 September 2020.
fn three(last: &str, target: &str) -> String {
    format!(
        r#", "history": [{{"as_of": "2020-08-01", "rate": 0.2}}, {{"as_of": "2020-08-31", "rate": 0.4}}],
        "total": {{"rate": {last}}}{target}"#
    )
}

const BY_OCTOBER: &str = r#", "target": {"rate": 1, "by": "2020-10-20"}"#;

#[test]
fn no_figures_are_said() {
    assert!(says(&pace(""), "数据中没有这项历史数字"));
    let bounded = r#", "total": {"started": 3, "planned": {"value": 4, "bound": "about"}}"#;
    assert!(says(&pace(bounded), "数据中没有这项历史数字"));
}

#[test]
fn needed_and_recent_pace_and_a_forecast_marked_as_one() {
    let drawn = pace(&three("0.7", BY_OCTOBER));
    // 30 points in 20 days; 50 points in 60 days.
    for text in [
        "还有20天",
        "需要 1.5个百分点/天（计算）",
        "近期平均 0.83个百分点/天（计算）",
        "预测区间（计算）",
    ] {
        assert!(says(&drawn, text), "{text}: {:?}", texts(&drawn));
    }
    assert_eq!(bands(&drawn), 1);
    let row = drawn.tables[0].rows.last().unwrap();
    // 0.7 and 20 days at 20 or 30 points in 30 days.
    assert_eq!(row[1], "20天后83.3%～90%");
    assert_eq!(row[2], "计算");
}

#[test]
fn fewer_than_three_figures_are_no_forecast() {
    let two = r#", "history": [{"as_of": "2020-08-31", "rate": 0.4}], "total": {"rate": 0.7}"#;
    let drawn = pace(&[two, BY_OCTOBER].concat());
    assert_eq!(bands(&drawn), 0);
    assert!(says(&drawn, "不作预测") && says(&drawn, "需要 1.5个百分点/天"));
    assert!(!drawn.alt.contains("预测"), "{}", drawn.alt);
}

#[test]
fn done_overdue_without_target_and_without_date_are_said() {
    let done = pace(&three("1", BY_OCTOBER));
    assert!(says(&done, "已达到目标") && bands(&done) == 0);
    assert!(!says(&done, "需要"));
    let overdue = pace(&three(
        "0.7",
        r#", "target": {"rate": 1, "by": "2020-09-20"}"#,
    ));
    assert!(says(&overdue, "逾期10天") && !says(&overdue, "需要"));
    let undated = pace(&three("0.7", r#", "target": {"rate": 1}"#));
    assert!(says(&undated, "目标没有期限") && says(&undated, "近期平均"));
    for drawn in [&overdue, &undated] {
        assert!(says(drawn, "不作预测") && bands(drawn) == 0);
    }
    let without = pace(&three("0.7", ""));
    assert!(says(&without, "没有目标") && !says(&without, "需要"));
}
