//! What a pace shows of odd feeds: no figures, too few, no target, none in time, done, overdue.

use super::{Mark, Scene, feed, scene, texts};

fn pace(rest: &str) -> Scene {
    scene(&feed(rest), "pace", &[])
}

fn says(scene: &Scene, text: &str) -> bool {
    texts(scene).iter().any(|t| t.contains(text))
}

/// Regions with a dashed edge: the square in the key has none.
fn bands(scene: &Scene) -> usize {
    let band = |mark: &&Mark| matches!(mark, Mark::Region { stroke: Some(stroke), .. } if stroke.dash.css() > 0.0);
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
        "需要（计算） 1.5个百分点/天",
        "近60天（计算） 0.83个百分点/天",
        "预测区间（计算）",
    ] {
        assert!(says(&drawn, text), "{text}: {:?}", texts(&drawn));
    }
    assert_eq!(bands(&drawn), 1);
    let row = drawn.tables[0].rows.last().unwrap();
    // 0.7 and 20 days at 20 or 30 points in 30 days.
    assert_eq!(row[1], "20天后83.3%～90.0%");
    assert_eq!(row[2], "计算");
}

#[test]
fn fewer_than_three_figures_are_no_forecast() {
    let two = r#", "history": [{"as_of": "2020-08-31", "rate": 0.4}], "total": {"rate": 0.7}"#;
    let drawn = pace(&[two, BY_OCTOBER].concat());
    assert_eq!(bands(&drawn), 0);
    assert!(says(&drawn, "不作预测") && says(&drawn, "需要（计算） 1.5个百分点/天"));
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
    assert!(says(&undated, "目标没有期限") && says(&undated, "近60天"));
    for drawn in [&overdue, &undated] {
        assert!(says(drawn, "不作预测") && bands(drawn) == 0);
    }
    // A target in words has no line, but its day.
    let words = pace(&three(
        "0.7",
        r#", "target": {"rate": "全面完成", "by": "2020-10-20"}"#,
    ));
    assert!(says(&words, "还有20天") && !says(&words, "需要"));
    let words = pace(&three("0.7", r#", "target": {"rate": "全面完成"}"#));
    assert!(says(&words, "目标没有期限") && !says(&words, "没有目标"));
    let without = pace(&three("0.7", ""));
    assert!(says(&without, "没有目标") && !says(&without, "需要"));
}

/// As [`three`], with counts: started of planned on each day, each a JSON value.
fn counted(started: [&str; 3], planned: &str) -> Scene {
    let state = |started: &str, rate: &str| {
        format!(r#""started": {started}, "planned": {planned}, "rate": {rate}"#)
    };
    let [first, second, last] = started;
    pace(&format!(
        r#", "history": [{{"as_of": "2020-08-01", {}}}, {{"as_of": "2020-08-31", {}}}],
        "total": {{{}}}{BY_OCTOBER}"#,
        state(first, "0.2"),
        state(second, "0.4"),
        state(last, "0.7")
    ))
}

#[test]
fn exact_counts_are_paced_in_projects_too() {
    // 120 of 400 missing in 20 days; 200 more in 60.
    let drawn = counted(["80", "160", "280"], "400");
    let needed = "1.5个百分点/天，6个/天";
    let recent = "0.83个百分点/天，3.33个/天";
    assert!(says(&drawn, &format!("需要（计算） {needed}")));
    assert!(says(&drawn, &format!("近60天（计算） {recent}")));
    for text in [needed, recent] {
        let rows = &drawn.tables[0].rows;
        let row = rows.iter().find(|row| row[1] == text).unwrap();
        assert_eq!(row[2], "计算");
        assert!(drawn.alt.contains(text), "{}", drawn.alt);
        assert!(drawn.hits[0].lines.iter().any(|line| line.contains(text)));
    }
    // The count between is no part of either difference.
    let vague = r#"{"value": 160, "bound": "about", "text": "160左右"}"#;
    assert!(says(&counted(["80", vague, "280"], "400"), recent));
}

#[test]
fn counts_that_are_not_exact_take_part_in_no_pace() {
    let more = |value: u32| {
        format!(r#"{{"value": {value}, "bound": "more_than", "text": "{value}余个"}}"#)
    };
    let last = counted(["80", "160", &more(280)], "400");
    assert!(
        !says(&last, "个/天，") && !says(&last, "点/天，"),
        "{:?}",
        texts(&last)
    );
    let first = counted([&more(80), "160", "280"], "400");
    assert!(
        says(&first, "1.5个百分点/天，6个/天") && says(&first, "近60天（计算） 0.83个百分点/天")
    );
    let plan = counted(["80", "160", "280"], &more(400));
    assert!(says(&plan, "需要（计算） 1.5个百分点/天") && says(&plan, "，3.33个/天"));
    // More started than the published rate says: nothing is needed any more by the counts.
    let ahead = counted(["80", "160", "400"], "400");
    assert!(says(&ahead, "需要（计算） 1.5个百分点/天"));
}

#[test]
fn money_is_not_paced_in_projects() {
    let point = |day: &str, done: u32| {
        format!(
            r#"{{"as_of": "{day}", "investment": {{"planned": 400, "done": {done}, "unit": "亿元"}}}}"#
        )
    };
    let rest = format!(
        r#", "history": [{}, {}, {}]"#,
        point("2020-08-01", 80),
        point("2020-08-31", 160),
        point("2020-09-30", 280)
    );
    let drawn = scene(&feed(&rest), "pace", &[("metric", "investment")]);
    assert!(
        says(&drawn, "近60天（计算） 0.83个百分点/天"),
        "{:?}",
        texts(&drawn)
    );
}
