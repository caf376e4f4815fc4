//! Bad input, for every kind of widget: a picture in bounds that invents no figure.

use progress_widgets::compose::{Request, draw};
use progress_widgets::scene::Scene;
use progress_widgets::widgets::KINDS;
use progress_widgets::{feed, geo};
use serde_json::{Value, json};

use super::facts::{Facts, Figure};
use super::{districts, laid_out, none, traced};

/// Marks of a picture of 100,000 regions: no widget may draw them all, or the page that shows it
/// stands still.
const MOST_MARKS: usize = 20_000;

fn document(rest: Value) -> Value {
    let mut whole = json!({"feed": "progress-widgets/1", "as_of": "2020-09-30"});
    let (Value::Object(whole_map), Value::Object(rest)) = (&mut whole, rest) else {
        panic!("an object")
    };
    whole_map.extend(rest);
    whole
}

/// A feed in which every list has entries; `progress` gives the figures of the one of that number.
fn everywhere(
    name: &dyn Fn(usize) -> String,
    progress: &dyn Fn(usize) -> Value,
    history: &[&str],
    milestones: &[(&str, bool)],
) -> Value {
    let with = |index: usize, rest: Value| {
        let mut entry = progress(index);
        let (Value::Object(entry_map), Value::Object(rest)) = (&mut entry, rest) else {
            panic!("objects")
        };
        entry_map.extend(rest);
        entry
    };
    const CODES: [&str; 6] = ["330102", "330103", "330104", "330109", "330127", "330182"];
    let mut regions: Vec<Value> = CODES
        .iter()
        .enumerate()
        .map(|(i, code)| {
            with(
                i,
                json!({"code": code, "name": name(i), "level": "district"}),
            )
        })
        .collect();
    regions.extend((6..10).map(|i| {
        let place = 119.0 + i as f64 / 10.0;
        with(i, json!({"code": format!("33018210{i}"), "name": name(i), "level": "town", "parent": "330182", "point": [place, 29.5], "tags": ["model"]}))
    }));
    let counted = |i: usize, names: [&str; 2]| {
        let progress = progress(i);
        let mut entry = json!({"name": name(i)});
        for (name, from) in names.iter().zip(["started", "planned"]) {
            if let Some(figure) = progress.get(from) {
                entry[*name] = figure.clone();
            }
        }
        entry
    };
    document(json!({
        "total": progress(0),
        "target": {"rate": "100%", "by": "2020-10-31"},
        "regions": regions,
        "categories": (0..5).map(|i| with(i, json!({"id": format!("c{}", "abcde".chars().nth(i).unwrap()), "name": name(i)}))).collect::<Vec<_>>(),
        "history": history.iter().enumerate().map(|(i, day)| with(i, json!({"as_of": day}))).collect::<Vec<_>>(),
        "milestones": milestones.iter().enumerate().map(|(i, (day, done))| json!({"date": day, "name": name(i), "done": done, "deadline": !done})).collect::<Vec<_>>(),
        "clusters": [
            {"name": name(0), "lead": "330182106", "members": ["330182107", "330182108"], "region": "330182"},
            {"name": name(1), "members": ["330182109", name(3)]},
        ],
        "coverage": (0..4).map(|i| counted(i, ["done", "of"])).collect::<Vec<_>>(),
        "grades": (0..3).map(|i| counted(i, ["count", "unused"])).collect::<Vec<_>>(),
        "teams": {"roles": (0..3).map(|i| counted(i, ["attendances", "unused"])).collect::<Vec<_>>()},
    }))
}

fn plain_name(index: usize) -> String {
    const NAMES: [&str; 10] = [
        "上城区",
        "下城区",
        "江干区",
        "萧山区",
        "淳安县",
        "建德市",
        "梅城镇",
        "三都镇",
        "大洋镇",
        "莪山畲族乡",
    ];
    NAMES[index].to_owned()
}

const DAYS: [&str; 4] = ["2020-06", "2020-07", "2020-08", "2020-09"];
const MILESTONES: [(&str, bool); 3] = [
    ("2020-08-31", true),
    ("2020-09-15", false),
    ("2020-10-31", false),
];

/// Name and feed of each case.
fn cases() -> Vec<(&'static str, Value)> {
    let plain =
        |progress: &dyn Fn(usize) -> Value| everywhere(&plain_name, progress, &DAYS, &MILESTONES);
    let some = |i: usize| json!({"planned": 100 + 17 * i, "started": 90 + 16 * i, "completed": 40 + 3 * i, "accepted": 20 + i});
    let long = |text: &'static str| {
        move |i: usize| -> String { text.chars().cycle().skip(i).take(1_000).collect() }
    };
    let worded = |text: String| {
        move |_: usize| {
            json!({"rate": text.clone(), "planned": {"value": 12, "bound": "about", "text": text.clone()}, "started": {"value": 8, "text": text.clone()},
            "investment": {"done": {"value": 8, "text": text.clone()}, "planned": 12, "unit": "亿元", "rate": text.clone()}})
        }
    };
    let mut cases = vec![
        ("no data", document(json!({}))),
        (
            "empty lists",
            document(
                json!({"total": {}, "regions": [], "categories": [], "history": [], "milestones": [], "clusters": [], "coverage": [], "teams": {}, "grades": [], "notes": []}),
            ),
        ),
        (
            "one row",
            document(json!({
                "total": {"planned": 4, "started": 3},
                "regions": [{"code": "330102", "name": "上城区", "level": "district", "planned": 4, "started": 3}],
                "categories": [{"id": "a", "name": "环境美", "rate": "75%"}],
                "history": [{"as_of": "2020-08-31", "planned": 4, "started": 2}],
                "milestones": [{"date": "2020-10-31", "name": "全部开工", "deadline": true}],
                "clusters": [{"name": "昌化镇集群", "lead": "330102", "members": []}],
                "coverage": [{"name": "一镇一策", "done": 29, "of": 29}],
                "grades": [{"name": "优秀", "count": 39, "tone": "good"}],
                "teams": {"activities": 278, "roles": [{"name": "首席设计师", "attendances": 168}]},
            })),
        ),
        (
            "all equal",
            plain(
                &|_| json!({"planned": 40, "started": 20, "completed": 10, "accepted": 10, "investment": {"planned": 8, "done": 4, "unit": "亿元"}}),
            ),
        ),
        ("all missing", plain(&|_| json!({}))),
        (
            "some missing",
            plain(&|i| if i % 2 == 0 { some(i) } else { json!({}) }),
        ),
        (
            "nothing planned",
            plain(&|_| json!({"planned": 0, "started": 0, "completed": 0, "accepted": 0})),
        ),
        (
            "nothing done",
            plain(
                &|_| json!({"planned": 40, "started": 0, "completed": 0, "accepted": 0, "rate": "0%"}),
            ),
        ),
        (
            "above 100%",
            plain(
                &|i| json!({"planned": 40, "started": 50 + i, "completed": 80 + i, "accepted": 90, "rate": format!("{}%", 125 + 10 * i), "completion_rate": 3.5}),
            ),
        ),
        (
            "large",
            plain(
                &|i| json!({"planned": 900_000_000_u64, "started": 123_456_789_u64 + i as u64, "rate": "123.4567%", "investment": {"planned": 98_765_432.12, "done": 12_345_678.91, "unit": "亿元"}}),
            ),
        ),
        (
            "out of range",
            plain(
                &|_| json!({"planned": -4, "started": "多", "rate": -1, "completion_rate": "1e309"}),
            ),
        ),
        (
            "dates out of order",
            everywhere(
                &plain_name,
                &some,
                &[
                    "2020-09",
                    "2020-06-15",
                    "2020-08",
                    "2019-12-31",
                    "2020-12-31",
                ],
                &[
                    ("2020-12-31", false),
                    ("2019-01-01", false),
                    ("2020-09-30", true),
                    ("2020-09-30", false),
                    ("2020-10-01", true),
                ],
            ),
        ),
        (
            "two days",
            everywhere(&plain_name, &some, &["2020-08", "2020-09"], &[]),
        ),
    ];
    // Chinese, words, one word, and right to left.
    for (case, text) in [
        ("long Chinese", "莪山畲族乡美丽城镇建设项目，"),
        ("long words", "Construction of beautiful towns "),
        ("one long word", "Donaudampfschiffahrtsgesellschaft"),
        ("long Arabic", "مشروع بناء المدن الجميلة "),
    ] {
        let whole: String = text.chars().cycle().take(1_000).collect();
        let mut feed = everywhere(&long(text), &worded(whole.clone()), &DAYS, &MILESTONES);
        for key in ["title", "subtitle"] {
            feed[key] = whole.clone().into();
        }
        feed["source"] = json!({"name": whole.clone()});
        feed["notes"] = json!([whole.clone(), whole]);
        cases.push((case, feed));
    }
    cases
}

/// Draws a feed as every kind, with and without a map, at some widths.
fn each_picture(value: &Value, geometry: &geo::Parsed, work: &mut dyn FnMut(&str, &Scene)) {
    let bytes = serde_json::to_vec(value).unwrap();
    let parsed = feed::parse(&bytes, &feed::Limits::default()).unwrap();
    type Options = &'static [(&'static str, &'static str)];
    let cases: [(&str, bool, Options); 4] = [
        ("280", true, &[]),
        ("1200", true, &[("size", "senior"), ("lang", "en")]),
        ("320", false, &[("size", "senior")]),
        (
            "640",
            false,
            &[
                ("by", "categories"),
                ("metric", "investment"),
                ("lang", "zh-Hant"),
            ],
        ),
    ];
    for kind in KINDS {
        for (width, map, options) in cases {
            let mut request = Request::new(kind);
            request.set("width", width).unwrap();
            for (name, value) in options {
                request.set(name, value).unwrap();
            }
            let map = Some(geometry).filter(|_| map);
            work(
                &format!("as {} {width} {options:?}", kind.name),
                &draw(&parsed, map, &request),
            );
        }
    }
}

#[test]
fn bad_input_gives_a_picture_that_invents_nothing() {
    let geometry = geo::parse(&districts(), &geo::Limits::default()).unwrap();
    let mut problems = Vec::new();
    for (case, value) in cases() {
        let facts = Facts::of(&value);
        let bytes = serde_json::to_vec(&value).unwrap();
        let parsed = feed::parse(&bytes, &feed::Limits::default()).unwrap();
        let notices = [Figure {
            value: (parsed.notices.len() + parsed.notices_left_out) as f64,
            percent: false,
            slack: 0.0,
            why: "number of notices",
        }];
        each_picture(&value, &geometry, &mut |picture, scene| {
            let mut tell = |found: &str| problems.push(format!("{case} {picture}: {found}"));
            laid_out::problems(scene)
                .iter()
                .for_each(|problem| tell(problem));
            // See `every_figure_is_the_feeds`.
            let board = picture.starts_with("as board ");
            let all = traced::said(scene, &facts).into_iter();
            for said in all.filter(|said| !(board && said.place == "picture")) {
                let of_notices = ["数据提示", "數據提示", "data notice"]
                    .iter()
                    .any(|words| said.text.contains(words));
                let extra = if of_notices { notices.as_slice() } else { &[] };
                if let Some(problem) = traced::wrong(&said, &facts, extra) {
                    tell(&problem);
                }
            }
            if scene.alt.is_empty() || scene.height.css() < 40.0 {
                tell("says nothing");
            }
        });
    }
    none(&problems);
}

#[test]
fn a_hundred_thousand_regions_are_drawn_in_part() {
    let geometry = geo::parse(&districts(), &geo::Limits::default()).unwrap();
    let region = |i: u32| json!({"code": (330_000_000_000_u64 + u64::from(i)).to_string(), "name": format!("镇{i}"), "level": "town", "planned": 100, "started": i % 101, "point": [118.5 + f64::from(i % 317) / 200.0, 29.3 + f64::from(i / 317) / 300.0]});
    let day = |i: u32| json!({"as_of": format!("{:04}-{:02}-{:02}", 1970 + i / 336, 1 + i / 28 % 12, 1 + i % 28), "planned": 20_000, "started": i});
    let value = document(json!({
        "regions": (0..100_000).map(region).collect::<Vec<_>>(),
        "history": (0..17_000).map(day).collect::<Vec<_>>(),
    }));
    let mut problems = Vec::new();
    each_picture(&value, &geometry, &mut |picture, scene| {
        let mut tell = |found: String| problems.push(format!("{picture}: {found}"));
        if scene.marks.len() > MOST_MARKS || scene.hits.len() > MOST_MARKS {
            tell(format!(
                "{} marks, {} areas",
                scene.marks.len(),
                scene.hits.len()
            ));
        }
        laid_out::problems(scene).into_iter().for_each(&mut tell);
    });
    none(&problems);
}
