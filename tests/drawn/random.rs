//! Random feeds, drawn as every kind: a figure that is not there is never drawn as a number, and
//! nothing leaves the picture.
//!
//! `DRAWN_FEEDS=100000 cargo test --release --test drawn random` draws that many.

use progress_widgets::compose::{Request, draw};
use progress_widgets::feed;
use progress_widgets::scene::Mark;
use progress_widgets::widgets::KINDS;
use proptest::prelude::{Just, ProptestConfig, Strategy, prop, prop_oneof};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::facts::{Facts, Figure};
use super::{laid_out, none, traced};

/// As JSON that our reader takes and serde's value can hold: what is out of range stands as text.
fn rate() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => (0..=1000_u32).prop_map(|v| json!(f64::from(v) / 1000.0)),
        2 => (0..300_u32).prop_map(|v| json!(format!("{v}%"))),
        1 => (1000..5000_u32).prop_map(|v| json!(f64::from(v) / 1000.0)),
        1 => Just(json!("全部开工")),
        1 => Just(json!("NaN")),
        1 => Just(json!("-5%")),
        1 => Just(json!(-0.5)),
        1 => Just(json!(1e300)),
        2 => Just(Value::Null),
    ]
}

fn count() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => (0..3000_u32).prop_map(|v| json!(v)),
        1 => (0..3000_u32, prop_oneof!["about", "at_least", "more_than", "at_most"]).prop_map(|(v, bound)| json!({"value": v, "bound": bound})),
        1 => Just(json!(-3)),
        1 => Just(json!(1e18)),
        1 => Just(json!("多")),
        2 => Just(Value::Null),
    ]
}

fn progress() -> impl Strategy<Value = Value> {
    (rate(), rate(), count(), count(), count(), count()).prop_map(|(rate, completion, planned, started, completed, accepted)| {
        json!({"rate": rate, "completion_rate": completion, "planned": planned, "started": started, "completed": completed, "accepted": accepted})
    })
}

const WIDTHS: [&str; 5] = ["240", "320", "480", "640", "1200"];
const LANGS: [&str; 3] = ["zh-CN", "en", "zh-Hant"];
const NAMES: [&str; 7] = [
    "上城区",
    "下城区",
    "江干区",
    "萧山区",
    "莪山畲族乡",
    "شقا ناهىيىسى",
    "Binjiang District",
];

fn feed() -> impl Strategy<Value = Value> {
    let date = (2019..2022_i32, 1..13_u32, 1..29_u32)
        .prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}"));
    let dates = prop::collection::btree_set(date, 0..6);
    let many = || prop::collection::vec(progress(), 0..7);
    (many(), many(), dates, many(), progress(), prop::option::of(rate())).prop_map(|(regions, categories, dates, states, total, target)| {
        let named = |list: Vec<Value>, key: &str, keys: [&str; 7]| -> Vec<Value> {
            list.into_iter()
                .enumerate()
                .map(|(i, mut entry)| {
                    entry["name"] = json!(NAMES[i]);
                    entry[key] = json!(keys[i]);
                    entry["level"] = json!("district");
                    entry
                })
                .collect()
        };
        let codes = ["330102", "330103", "330104", "330109", "330122", "330127", "330108"];
        let mut history: Vec<Value> = dates
            .into_iter()
            .zip(states)
            .map(|(day, mut state)| {
                state["as_of"] = json!(day);
                state
            })
            .collect();
        history.reverse();
        let counts = |list: &[Value], name: &str, from: &str| -> Vec<Value> {
            list.iter().enumerate().map(|(i, entry)| json!({"name": NAMES[i], (name): entry[from], "of": entry["planned"]})).collect()
        };
        json!({
            "feed": "progress-widgets/1", "as_of": "2020-09-30",
            "coverage": counts(&regions, "done", "started"),
            "grades": counts(&categories, "count", "started"),
            "teams": {"activities": total["started"], "roles": counts(&categories, "attendances", "completed")},
            "regions": named(regions, "code", codes),
            "categories": named(categories, "id", ["a", "b", "c", "d", "e", "f", "g"]),
            "history": history,
            "total": total,
            "target": target.map(|rate| json!({"rate": rate, "by": "2020-10-31"})),
        })
    })
}

/// What our reader refuses, and a picture therefore must not show, taken out of the feed.
fn usable(value: &Value, key: &str) -> Value {
    let rate = matches!(key, "rate" | "completion_rate");
    match value {
        Value::Number(number) if number.as_f64().is_some_and(|n| !(0.0..=1e15).contains(&n)) => {
            Value::Null
        }
        // More than 150% as a number is a percentage that lost its sign; as text it is kept.
        Value::Number(number) if rate && number.as_f64().is_some_and(|n| n > 1.5) => Value::Null,
        Value::String(text) if text == "NaN" => Value::Null,
        Value::String(text) if text == "多" => Value::Null,
        Value::Array(list) => list.iter().map(|value| usable(value, key)).collect(),
        Value::Object(map) => Value::Object(
            map.iter()
                .map(|(key, value)| (key.clone(), usable(value, key)))
                .collect(),
        ),
        other => other.clone(),
    }
}

#[test]
fn random_feeds_are_drawn_as_they_are() {
    let cases = std::env::var("DRAWN_FEEDS")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(150);
    let mut runner = TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let how = (0..KINDS.len(), 0..WIDTHS.len(), 0..LANGS.len());
    let result = runner.run(&(feed(), how), |(value, (kind, width, lang))| {
        let bytes = serde_json::to_vec(&value).unwrap();
        let parsed = feed::parse(&bytes, &feed::Limits::default()).unwrap();
        let facts = Facts::of(&usable(&value, ""));
        let notices = [Figure {
            value: (parsed.notices.len() + parsed.notices_left_out) as f64,
            percent: false,
            slack: 0.0,
            why: "number of notices",
        }];
        let mut problems = Vec::new();
        let kind = &KINDS[kind];
        let mut request = Request::new(kind);
        request.set("width", WIDTHS[width]).unwrap();
        request.set("lang", LANGS[lang]).unwrap();
        let scene = draw(&parsed, None, &request);
        problems.extend(laid_out::problems(&scene));
        // In a board, what stands on one line are not one axis's labels: its panels are the kinds,
        // and `tests/widgets/board.rs` sees to it that they say the same.
        let board = kind.name == "board";
        for said in traced::said(&scene, &facts) {
            if board && said.place == "picture" {
                continue;
            }
            let of_notices = ["数据提示", "數據提示", "data notice"]
                .iter()
                .any(|words| said.text.contains(words));
            let extra = if of_notices { notices.as_slice() } else { &[] };
            problems.extend(traced::wrong(&said, &facts, extra));
        }
        for mark in &scene.marks {
            if let Mark::Text(run) = mark
                && ["NaN", "inf", "1e"]
                    .iter()
                    .any(|wrong| run.text.contains(wrong))
            {
                problems.push(format!("{:?} is no figure", run.text));
            }
        }
        if problems.is_empty() {
            Ok(())
        } else {
            let message = format!("{} {}: {}", kind.name, WIDTHS[width], problems.join("\n"));
            Err(proptest::test_runner::TestCaseError::fail(message))
        }
    });
    none(
        &result
            .err()
            .map(|error| error.to_string())
            .into_iter()
            .collect::<Vec<_>>(),
    );
}
