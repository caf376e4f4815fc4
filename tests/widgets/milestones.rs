//! What a timeline shows of its events: states, days, many, long ones, none.

use super::{Mark, Scene, feed, scene, texts};
use progress_widgets::scene::Fill;

fn milestones(list: &str, options: &[(&str, &str)]) -> Scene {
    let feed = feed(&format!(r#", "milestones": [{list}]"#));
    scene(&feed, "milestones", options)
}

const FOUR: &str = r#"{"date": "2020-10-31", "name": "丁", "deadline": true},
    {"date": "2020-08-01", "name": "甲", "done": true},
    {"date": "2020-09-20", "name": "丙", "done": false, "deadline": true},
    {"date": "2020-08-31", "name": "乙"}"#;

/// Names and days from top to bottom.
fn down(scene: &Scene) -> Vec<String> {
    let mut runs: Vec<(i32, String)> = Vec::new();
    for mark in &scene.marks {
        if let Mark::Text(run) = mark {
            runs.push((run.at.y.0, run.text.clone()));
        }
    }
    runs.sort();
    runs.into_iter().map(|run| run.1).collect()
}

#[test]
fn every_state_has_its_words_and_its_shape() {
    let scene = milestones(FOUR, &[]);
    let states: Vec<&str> = scene.tables[0].rows.iter().map(|r| r[2].as_str()).collect();
    let expected = ["已完成", "未说明", "截止 · 逾期10天", "截止 · 还有31天"];
    assert_eq!(states, expected);
    for words in expected {
        assert!(texts(&scene).iter().any(|t| t == words), "{words}");
    }
    let shape = |mark: &Mark| match mark {
        Mark::Circle { fill, .. } => Some(if *fill == Fill::NONE { "ring" } else { "dot" }),
        Mark::Rect { .. } => Some("square"),
        Mark::Text(run) if ["!", "?"].contains(&run.text.as_str()) => Some("sign"),
        _ => None,
    };
    let shapes: Vec<&str> = scene.marks.iter().filter_map(shape).collect();
    assert_eq!(shapes, ["dot", "ring", "sign", "square", "sign", "ring"]);
    assert_eq!(
        scene.alt,
        "里程碑，截至2020年9月30日：1项已完成，1项逾期，1项未到期，1项未说明。"
    );
}

#[test]
fn the_figures_day_stands_between_what_was_and_what_is_to_come() {
    let at = |list: &str| {
        let all = down(&milestones(list, &[]));
        let names: Vec<String> = all
            .into_iter()
            .filter(|t| {
                t.chars().count() == 1 && !"!?".contains(t.as_str()) || t == "截至2020年9月30日"
            })
            .collect();
        names.join(" ")
    };
    assert_eq!(at(FOUR), "甲 乙 丙 截至2020年9月30日 丁");
    assert_eq!(
        at(r#"{"date": "2020-08-01", "name": "甲"}"#),
        "甲 截至2020年9月30日"
    );
    assert_eq!(
        at(r#"{"date": "2020-10-01", "name": "甲"}"#),
        "截至2020年9月30日 甲"
    );
    assert_eq!(
        at(r#"{"date": "2020-09-30", "name": "甲"}"#),
        "甲 截至2020年9月30日"
    );
    let today = milestones(r#"{"date": "2020-09-30", "name": "甲"}"#, &[]);
    assert_eq!(today.tables[0].rows[0][2], "当日到期");
}

#[test]
fn one_day_is_written_once_for_all_its_events() {
    let list: Vec<String> = (0..9)
        .map(|i| format!(r#"{{"date": "2020-10-31", "name": "第{i}项"}}"#))
        .collect();
    let scene = milestones(&list.join(","), &[]);
    let days = texts(&scene)
        .iter()
        .filter(|t| *t == "2020年10月31日")
        .count();
    assert_eq!((days, scene.hits.len()), (1, 9));
    assert_eq!(scene.tables[0].rows[8][0], "2020年10月31日");
}

#[test]
fn of_too_many_those_around_the_figures_day_are_shown() {
    let list: Vec<String> = (0..3000)
        .map(|i| {
            let (year, month, day) = (2015 + i / 336, 1 + i % 336 / 28, 1 + i % 28);
            format!(r#"{{"date": "{year}-{month:02}-{day:02}", "name": "第{i}项", "done": true}}"#)
        })
        .collect();
    let scene = milestones(&list.join(","), &[("limit", "10")]);
    assert_eq!((scene.hits.len(), scene.tables[0].rows.len()), (10, 3000));
    let seen = texts(&scene).concat();
    assert!(
        seen.contains("2020年9月28日") && seen.contains("2020年10月1日"),
        "{seen}"
    );
    assert!(scene.remarks[0].contains("2,990"), "{:?}", scene.remarks);
    let rows: Vec<_> = scene.hits.iter().map(|hit| hit.row.unwrap()).collect();
    assert_eq!(scene.tables[0].rows[rows[0]][1], scene.hits[0].label);
}

#[test]
fn long_names_wrap_and_none_leaves_the_picture() {
    let name = "很长的名字".repeat(40);
    let list = format!(r#"{{"date": "2020-10-31", "name": "{name}", "deadline": true}}"#);
    for width in ["200", "320", "1200"] {
        let scene = milestones(&list, &[("width", width), ("size", "senior")]);
        assert_eq!(scene.hits[0].label, name);
        let lines = texts(&scene)
            .iter()
            .filter(|t| t.contains("很长") || t.contains("名字"))
            .count();
        assert!((1..=3).contains(&lines), "{width}: {lines}");
    }
}

#[test]
fn no_milestones_are_said() {
    let scene = milestones("", &[]);
    assert!(texts(&scene).concat().contains("数据中没有里程碑"));
    assert!(scene.hits.is_empty() && scene.tables[0].rows.is_empty());
}
