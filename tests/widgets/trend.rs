//! What a trend shows of odd histories: none, one, gaps, uneven days, far too many.

use super::{Mark, Scene, feed, hatches, regions, scene, texts};
use progress_widgets::scene::Fill;

fn trend(rest: &str, options: &[(&str, &str)]) -> Scene {
    scene(&feed(rest), "trend", options)
}

fn history(points: &[(&str, &str)]) -> String {
    let point = |(day, progress): &(&str, &str)| format!(r#"{{"as_of": "{day}", {progress}}}"#);
    let points: Vec<String> = points.iter().map(point).collect();
    format!(r#", "history": [{}]"#, points.join(","))
}

/// The series' lines, each as its points in CSS pixels: two wide and full.
fn lines(scene: &Scene) -> Vec<Vec<(f64, f64)>> {
    let line = |mark: &Mark| match mark {
        Mark::Line { points, stroke } if stroke.width.css() == 2.0 => {
            Some(points.iter().map(|p| (p.x.css(), p.y.css())).collect())
        }
        _ => None,
    };
    scene.marks.iter().filter_map(line).collect()
}

/// Dots as middle and whether they are hollow; the key's are the first of them, where there is one.
fn dots(scene: &Scene) -> Vec<((f64, f64), bool)> {
    let ground = scene.background.unwrap();
    let dot = |mark: &Mark| match mark {
        Mark::Circle { center, fill, .. } => Some((
            (center.x.css(), center.y.css()),
            [Fill::NONE, Fill::solid(ground)].contains(fill),
        )),
        _ => None,
    };
    scene.marks.iter().filter_map(dot).collect()
}

fn says(scene: &Scene, text: &str) -> bool {
    texts(scene).iter().any(|t| t.contains(text))
}

#[test]
fn no_figures_are_said_and_not_drawn() {
    let empty = trend("", &[]);
    assert!(says(&empty, "数据中没有这项历史数字"));
    let missing = trend(&history(&[("2020-08-31", r#""planned": 4"#)]), &[]);
    assert!(says(&missing, "数据中没有这项历史数字"));
    assert!(dots(&missing).is_empty() && lines(&missing).is_empty());
    assert_eq!(
        missing.tables[0].rows[0],
        ["2020年8月31日", "—", "—", "4", "未报送"]
    );
    assert!(says(
        &trend("", &[("parent", "330102")]),
        "没有该代码的地区"
    ));
}

#[test]
fn one_figure_is_one_labelled_dot() {
    let scene = trend(r#", "total": {"rate": "97%"}"#, &[]);
    assert_eq!((dots(&scene).len(), lines(&scene).len()), (1, 0));
    assert!(texts(&scene).iter().any(|t| t == "97%"));
    assert_eq!(scene.hits.len(), 1);
    assert_eq!(
        scene.alt,
        "开工率走势，截至2020年9月30日：2020年9月30日97%。"
    );
}

#[test]
fn two_figures_have_dots_and_labels_and_the_change_between_them() {
    let rest = history(&[("2020-08-31", r#""rate": "90%""#)]) + r#", "total": {"rate": "97%"}"#;
    let scene = trend(&rest, &[]);
    assert_eq!((dots(&scene).len(), lines(&scene)[0].len()), (2, 2));
    for label in ["90%", "97%"] {
        assert!(texts(&scene).iter().any(|t| t == label), "{label}");
    }
    assert!(says(&scene, "纵轴从80%起"), "{:?}", texts(&scene));
    assert!(scene.alt.contains("+7个百分点"), "{}", scene.alt);
    let english = trend(&rest, &[("lang", "en")]);
    assert!(
        english.alt.contains("+7 percentage points"),
        "{}",
        english.alt
    );
}

#[test]
fn time_is_to_scale_and_days_in_any_order() {
    let scene = trend(
        &history(&[
            ("2020-07-01", r#""rate": 0.5"#),
            ("2020-09-30", r#""rate": 0.8"#),
            ("2020-06-01", r#""rate": 0.2"#),
        ]),
        &[],
    );
    let line = &lines(&scene)[0];
    // 30 days, then 91.
    let share = (line[1].0 - line[0].0) / (line[2].0 - line[0].0);
    assert!((share - 30.0 / 121.0).abs() < 0.001, "{share}");
    // 0.2 to 0.5 to 0.8: equal steps upwards.
    assert!((2.0 * line[1].1 - line[0].1 - line[2].1).abs() < 0.2);
}

#[test]
fn the_line_breaks_where_a_figure_is_missing() {
    let scene = trend(
        &history(&[
            ("2020-05-31", r#""rate": 0.1"#),
            ("2020-06-30", r#""rate": 0.3"#),
            ("2020-07-31", r#""planned": 4"#),
            ("2020-08-31", r#""rate": 0.6"#),
            ("2020-09-30", r#""rate": 0.8"#),
        ]),
        &[],
    );
    let lengths: Vec<usize> = lines(&scene).iter().map(Vec::len).collect();
    assert_eq!(lengths, [2, 2]);
    assert_eq!(hatches(&scene), 2, "the gap, and what it means");
    assert!(scene.alt.contains("1个时点无数据"), "{}", scene.alt);
    assert_eq!(scene.tables[0].rows[2][1], "—");
}

#[test]
fn computed_figures_are_hollow_and_told() {
    let scene = trend(
        &history(&[
            ("2020-08-31", r#""started": 1, "planned": 3"#),
            ("2020-09-30", r#""started": 2, "planned": 3, "rate": "66%""#),
        ]),
        &[],
    );
    let hollow: Vec<bool> = dots(&scene).iter().map(|d| d.1).collect();
    assert_eq!(hollow, [false, true, true, false], "key, then figures");
    assert!(says(&scene, "计算（未公布）"));
    let origins: Vec<&str> = scene.tables[0].rows.iter().map(|r| r[4].as_str()).collect();
    assert_eq!(origins, ["计算", "公布"]);
    assert!(
        scene.hits[0].lines[0].ends_with("33.3%（计算）"),
        "{:?}",
        scene.hits[0]
    );
    // Inexact counts are never divided.
    let about = r#""started": 1, "planned": {"value": 3, "bound": "about"}"#;
    assert!(dots(&trend(&history(&[("2020-08-31", about)]), &[])).is_empty());
}

#[test]
fn rates_above_the_whole_and_equal_ones_stay_on_their_axis() {
    for rates in [
        [1.0, 1.0, 1.0],
        [0.0, 0.0, 0.0],
        [0.4, 1.25, 1.5],
        [0.5, 0.5, 0.5],
    ] {
        let days = ["2020-07-31", "2020-08-31", "2020-09-30"];
        let points = days
            .iter()
            .zip(rates)
            .map(|(day, rate)| format!(r#"{{"as_of": "{day}", "rate": {rate}}}"#));
        let points: Vec<String> = points.collect();
        let scene = trend(&format!(r#", "history": [{}]"#, points.join(",")), &[]);
        let line = &lines(&scene)[0];
        assert_eq!(line.len(), 3, "{rates:?} {line:?}");
        let height = scene.height.css();
        assert!(
            line.iter().all(|p| p.1 > 20.0 && p.1 < height - 20.0),
            "{line:?}"
        );
    }
}

#[test]
fn counts_start_at_zero_and_keep_their_bounds() {
    let rest = history(&[(
        "2020-08-31",
        r#""started": {"value": 800, "bound": "more_than", "text": "800余个"}"#,
    )]) + r#", "total": {"started": 900, "planned": {"value": 1900, "bound": "more_than", "text": "1900多个"}}"#;
    let scene = trend(&rest, &[("show", "count")]);
    for text in ["800余个", "900", "0", "计划1900多个"] {
        assert!(
            texts(&scene).iter().any(|t| t == text),
            "{text}: {:?}",
            texts(&scene)
        );
    }
    assert!(
        !scene.alt.contains('+'),
        "no difference of what is not exact: {}",
        scene.alt
    );
}

#[test]
fn a_region_shows_its_own_history() {
    let region = r#", "rate": 0.5, "history": [{"as_of": "2020-08-31", "rate": 0.4}]"#;
    let feed = regions(&[("上城区", region), ("下城区", "")]);
    let drawn = scene(&feed, "trend", &[("parent", "330102")]);
    assert!(says(&drawn, "上城区开工率走势"));
    assert_eq!(drawn.tables[0].rows.len(), 2);
    assert_eq!(lines(&drawn).len(), 1);
}

#[test]
fn milestones_and_the_target_stand_at_their_days() {
    let rest = history(&[
        ("2020-07-31", r#""rate": 0.2"#),
        ("2020-09-30", r#""rate": 0.6"#),
    ]) + r#", "target": {"rate": 1, "by": "2020-10-31"}, "milestones": [
            {"date": "2020-08-31", "name": "会"}, {"date": "2020-10-31", "name": "全部开工", "deadline": true},
            {"date": "1990-01-01", "name": "很久以前"}]"#;
    let scene = trend(&rest, &[]);
    assert!(says(&scene, "会") && says(&scene, "截止：全部开工") && says(&scene, "目标100%"));
    assert!(!says(&scene, "目标期限"), "the deadline says it");
    assert!(!says(&scene, "很久以前"), "it would squeeze the figures");
    let rest = rest.replace("deadline", "other");
    assert!(says(&trend(&rest, &[]), "目标期限"));
}

#[test]
fn milestones_without_room_above_are_all_listed() {
    let days = (1..=40).map(|n| {
        let (month, day) = (6 + n % 4, 1 + n % 28);
        format!(r#"{{"date": "2020-{month:02}-{day:02}", "name": "第{n}批项目集中开工"}}"#)
    });
    let milestones: Vec<String> = days.collect();
    let rest = history(&[
        ("2020-05-31", r#""rate": 0.2"#),
        ("2020-09-30", r#""rate": 0.6"#),
    ]) + &format!(r#", "milestones": [{}]"#, milestones.join(","));
    let written = texts(&trend(&rest, &[])).concat();
    for n in 1..=40 {
        assert!(
            written.contains(&format!("第{n}批项目集中开工")),
            "{n}: {written}"
        );
    }
}

#[test]
fn twenty_thousand_points_are_a_line_and_a_hundred_regions_no_matter() {
    let points: Vec<String> = (0..19_999_u32)
        .map(|i| {
            let (year, month, day) = (1960 + i / 336, 1 + i % 336 / 28, 1 + i % 28);
            let rate = if i == 9_999 { 9_000 } else { i * 7919 % 1000 };
            let rate = f64::from(rate) / 10_000.0;
            format!(r#"{{"as_of": "{year}-{month:02}-{day:02}", "rate": {rate}}}"#)
        })
        .collect();
    let rest = format!(r#", "history": [{}]"#, points.join(","));
    let begun = std::time::Instant::now();
    let scene = trend(&rest, &[]);
    println!("20,000 points: {:?}", begun.elapsed());
    let line = &lines(&scene)[0];
    assert!(line.len() > 1000 && line.len() < 4 * 640, "{}", line.len());
    let top = line.iter().map(|p| p.1).fold(f64::MAX, f64::min);
    assert!(
        line.iter().filter(|p| p.1 == top).count() == 1,
        "the one peak is kept"
    );
    assert!(scene.hits.len() <= 80 && scene.tables[0].rows.len() == scene.hits.len());
    assert!(
        scene.remarks[0].contains("个时点未列入表格"),
        "{:?}",
        scene.remarks
    );
    assert!(scene.hits.iter().all(|hit| hit.row.is_some()));
}
