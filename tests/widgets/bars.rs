//! Bars compared with an earlier day: which day, which change, what is missing.

use progress_widgets::compose::Request;
use progress_widgets::scene::{Mark, Scene};
use progress_widgets::widgets::Kind;

use super::{bars, feed, scene, texts};

/// Name, present figures, and those of earlier days.
fn compared(list: &[(&str, &str, &str)]) -> String {
    let list: Vec<String> = list
        .iter()
        .zip(330_102..)
        .map(|((name, now, history), code)| {
            format!(
                r#"{{"code": {code}, "name": "{name}", "level": "district"{now}, "history": [{history}]}}"#
            )
        })
        .collect();
    feed(&format!(r#", "regions": [{}]"#, list.join(",")))
}

/// Name, the earlier rate, the present one, the change.
fn table(scene: &Scene) -> Vec<[String; 4]> {
    let rows = scene.tables[0].rows.iter();
    rows.map(|row| [0, 1, 2, 3].map(|at| row[at].clone()))
        .collect()
}

#[test]
fn a_change_is_of_two_numbers_and_as_exact_as_they_are() {
    for (earlier, now, change) in [
        (r#""rate": 0.8395"#, r#""rate": "97%""#, "+13.05"),
        (r#""rate": "83%""#, r#""rate": "97%""#, "+14"),
        (r#""rate": "97.5%""#, r#""rate": "96%""#, "−1.5"),
        (r#""rate": "97%""#, r#""rate": 0.97"#, "0"),
        (r#""rate": "97%""#, r#""rate": "全部开工""#, "+3"),
        (r#""rate": "九成""#, r#""rate": "九成七""#, "+7"),
        // Computed ones are shown with one decimal: 1/3, 2/3.
        (
            r#""planned": 3, "started": 1"#,
            r#""planned": 3, "started": 2"#,
            "+33.3",
        ),
        (r#""planned": 3, "started": 1"#, r#""rate": "90%""#, "+56.7"),
        (
            r#""planned": 3, "started": 1"#,
            r#""rate": 0.9025"#,
            "+56.92",
        ),
        // Less than a decimal is no change of nothing.
        (
            r#""planned": 10000, "started": 5000"#,
            r#""planned": 10000, "started": 5001"#,
            "+0.01",
        ),
        // No numbers, or none that are exact.
        (r#""rate": "80%""#, r#""rate": "97%以上""#, "—"),
        (r#""rate": "约80%""#, r#""rate": "97%""#, "—"),
        (r#""rate": "80%""#, r#""rate": "大部分""#, "—"),
        (r#""rate": "80%""#, r#""started": 5"#, "—"),
        (
            r#""rate": "80%""#,
            r#""started": 5, "planned": {"value": 6, "bound": "about"}"#,
            "—",
        ),
    ] {
        let history = format!(r#"{{"as_of": "2020-06-30", {earlier}}}"#);
        let feed = compared(&[("甲", &format!(", {now}"), &history)]);
        let drawn = scene(&feed, "bars", &[("since", "last")]);
        assert_eq!(table(&drawn)[0][3], change, "{earlier} → {now}");
        let narrow = scene(&feed, "bars", &[("since", "last"), ("width", "320")]);
        assert!(texts(&narrow).iter().any(|text| text == change), "{now}");
        let unit = if change == "—" { "" } else { "个百分点" };
        let wide = [change, unit].concat();
        assert!(texts(&drawn).contains(&wide), "{wide}");
    }
}

#[test]
fn all_rows_are_compared_with_one_day() {
    let june = r#"{"as_of": "2020-06-30", "rate": 0.5}"#;
    let july = r#"{"as_of": "2020-07-31", "rate": 0.7}"#;
    let of_the_day = r#"{"as_of": "2020-09-30", "rate": 0.9}"#;
    let other = r#"{"as_of": "2020-08-31", "completion_rate": 0.1}"#;
    let feed = compared(&[
        (
            "甲",
            r#", "rate": 0.9"#,
            &[june, july, of_the_day].join(","),
        ),
        ("乙", r#", "rate": 0.8"#, &[june, other].join(",")),
        ("丙", "", july),
        ("丁", "", ""),
    ]);
    let drawn = |since| scene(&feed, "bars", &[("since", since)]);
    let july = [
        ["甲", "70%", "90%", "+20"],
        ["乙", "—", "80%", "—"],
        ["丙", "70%", "—", "—"],
        ["丁", "—", "—", "—"],
    ];
    for since in ["last", "2020-07", "2020-07-31", "2020-08-15", "2030-01-01"] {
        assert_eq!(table(&drawn(since)), july, "{since}");
        let shown = texts(&drawn(since));
        for text in [
            "2020年9月30日",
            "2020年7月31日",
            "70% → 90%",
            "— → 80%",
            "70% → —",
            "未报送",
        ] {
            assert!(
                shown.iter().any(|t| t == text),
                "{since}: {text} in {shown:?}"
            );
        }
    }
    let june = drawn("2020-07-30");
    assert_eq!(table(&june)[0], ["甲", "50%", "90%", "+40"]);
    assert_eq!(table(&june)[1], ["乙", "50%", "80%", "+30"]);
    assert_eq!(
        june.tables[0].head[..4],
        ["区县", "2020年6月30日", "2020年9月30日", "变化（个百分点）"]
    );
    assert!(
        june.alt.ends_with("较2020年6月30日变化最大甲+40个百分点。"),
        "{}",
        june.alt
    );
    assert!(
        june.hits[0]
            .lines
            .contains(&"变化：50% → 90%，+40个百分点".to_owned())
    );
    let english = scene(&feed, "bars", &[("since", "2020-07"), ("lang", "en")]);
    let change = "since 31 July 2020 largest change 甲 +20 percentage points.";
    assert!(english.alt.ends_with(change), "{}", english.alt);
}

#[test]
fn the_whole_is_compared_with_its_own_history() {
    let november = include_str!("../../www/samples/hangzhou-2020-11.json");
    let drawn = scene(november, "bars", &[("by", "total"), ("since", "last")]);
    assert_eq!(table(&drawn), [["合计", "97%", "100%", "+3"]]);
    for text in ["开工率", "97% → 100%", "+3个百分点", "2020年9月30日"] {
        assert!(texts(&drawn).iter().any(|t| t == text), "{text}");
    }
    let nothing = scene(&feed(""), "bars", &[("by", "total")]);
    assert!(nothing.tables[0].rows.is_empty());
    assert_eq!(nothing.remarks, ["数据中没有项目合计（total）。"]);
}

#[test]
fn an_earlier_rate_has_a_bar_and_a_missing_one_is_hatched() {
    let feed = compared(&[
        (
            "甲",
            r#", "rate": 0.8"#,
            r#"{"as_of": "2020-06-30", "rate": 0.4}"#,
        ),
        (
            "乙",
            r#", "rate": 0.6"#,
            r#"{"as_of": "2020-06-30", "rate": 1.2}"#,
        ),
        (
            "丙",
            r#", "rate": 0.2"#,
            r#"{"as_of": "2020-06-30", "rate": 0}"#,
        ),
        ("丁", r#", "rate": 0.1"#, ""),
    ]);
    let drawn = scene(&feed, "bars", &[("since", "last")]);
    let widths = bars(&drawn);
    let rates = [0.4, 0.8, 1.2, 0.6, 0.2, 0.1];
    assert_eq!(widths.len(), rates.len());
    for (width, rate) in widths.iter().zip(rates) {
        assert!((width / widths[1] * 0.8 - rate).abs() < 0.01, "{widths:?}");
    }
    let hatched = |mark: &&Mark| {
        matches!(
            mark,
            Mark::Rect { fill, .. } if fill.line().is_some()
        )
    };
    assert_eq!(drawn.marks.iter().filter(hatched).count(), 1);
}

#[test]
fn where_nothing_is_known_of_earlier_days_the_picture_says_so() {
    let why = "数据中没有更早的数字（history）。";
    let feed = compared(&[(
        "甲",
        r#", "rate": 0.8"#,
        r#"{"as_of": "2020-06-30", "rate": 0.4}"#,
    )]);
    let before = scene(&feed, "bars", &[("since", "2020-05")]);
    let plain = scene(&feed, "bars", &[]);
    for (drawn, said) in [(&before, true), (&plain, false)] {
        assert_eq!(texts(drawn).iter().any(|text| text == why), said);
        assert_eq!(drawn.remarks.iter().any(|text| text == why), said);
        assert_eq!(drawn.tables[0].rows, [["甲", "80%", "—", "—", "1"]]);
    }
    let sample = include_str!("../../www/samples/stages-sample.json");
    let drawn = scene(sample, "bars", &[("since", "last"), ("by", "categories")]);
    assert_eq!(drawn.remarks, [why], "categories have no history");
    for kind in ["map", "towns", "table", "stages"] {
        assert!(
            !scene(&feed, kind, &[("since", "2020-05")])
                .remarks
                .iter()
                .any(|r| r == why)
        );
    }
}

#[test]
fn a_day_that_can_not_be_used_is_told() {
    let mut request = Request::new(Kind::named("bars").unwrap());
    for day in ["2020-06-31", "30.6.2020", "June", "2020"] {
        let error = request.set("since", day).unwrap_err();
        assert_eq!(
            error.text(true),
            format!("选项 since 不能是“{day}”，已忽略。可用：last, 2020-06-30, 2020-06。")
        );
        assert!(
            error
                .text(false)
                .contains("Use: last, 2020-06-30, 2020-06.")
        );
    }
}

#[test]
fn amounts_in_different_units_each_have_their_own() {
    let money = |done: &str, unit: &str| {
        format!(r#", "investment": {{"done": {done}, "planned": 20, "unit": "{unit}"}}"#)
    };
    let drawn = |list: &[(&str, String)], lang: &str| {
        let list: Vec<_> = list.iter().map(|(name, now)| (*name, &**now, "")).collect();
        let options = [("metric", "investment"), ("lang", lang)];
        scene(&compared(&list), "bars", &options)
    };
    let mixed = [
        ("甲", money("10", "亿元")),
        ("乙", money("8", "万元")),
        ("丙", String::new()),
    ];
    let shown = texts(&drawn(&mixed, "zh-CN"));
    for text in ["10/20亿元", "8/20万元", "未报送"] {
        assert!(shown.iter().any(|t| t == text), "{text} in {shown:?}");
    }
    assert!(
        shown.contains(&"已完成投资/计划投资 · 截至2020年9月30日".to_owned()),
        "{shown:?}"
    );
    let table = &drawn(&mixed, "en").tables[0];
    assert_eq!(table.head[2], "Invested");
    assert_eq!(table.rows[1][2..4], ["8 万元", "20 万元"]);
    // One that has no unit is not given that of the others.
    let bare = money("5", "").replace(r#", "unit": """#, "");
    let shown = texts(&drawn(
        &[("甲", money("10", "亿元")), ("乙", bare)],
        "zh-CN",
    ));
    for text in ["10/20亿元", "5/20"] {
        assert!(shown.iter().any(|t| t == text), "{text} in {shown:?}");
    }
    let alike = [("甲", money("10", "亿元")), ("丙", String::new())];
    let shown = texts(&drawn(&alike, "zh-CN"));
    assert!(shown.contains(&"10/20".to_owned()), "{shown:?}");
    let subtitle = "已完成投资/计划投资，亿元 · 截至2020年9月30日";
    assert!(shown.contains(&subtitle.to_owned()), "{shown:?}");
}

#[test]
fn the_title_names_the_region_whose_parts_are_ranked() {
    let towns = feed(
        r#", "regions": [{"code": "330122", "name": "桐庐县", "level": "district"},
            {"name": "分水镇", "level": "town", "parent": "330122", "rate": 0.5}],
            "categories": [{"name": "环境美", "rate": 0.5}]"#,
    );
    for (options, title) in [
        (&[("parent", "330122")][..], "桐庐县各乡镇开工率"),
        (&[("parent", "330122000")], "桐庐县各乡镇开工率"),
        (
            &[("parent", "330122"), ("lang", "en")],
            "Start rate by town, 桐庐县",
        ),
        (&[("level", "town")], "各乡镇开工率"),
        (&[("parent", "330127")], "各地区开工率"),
        (
            &[("parent", "330122"), ("by", "categories")],
            "各类别开工率",
        ),
    ] {
        let drawn = scene(&towns, "bars", options);
        assert_eq!(texts(&drawn)[0], title);
        assert!(drawn.tables[0].caption.starts_with(title));
    }
}

#[test]
fn a_line_through_all_bars_says_what_it_is() {
    let beyond = super::regions(&[("甲", r#", "rate": 1.25"#), ("乙", r#", "rate": 0.5"#)]);
    let written = texts(&scene(&beyond, "bars", &[]));
    assert!(written.iter().any(|text| text == "100%"), "{written:?}");
    let within = super::regions(&[("甲", r#", "rate": 0.75"#)]);
    let written = texts(&scene(&within, "bars", &[]));
    assert!(!written.iter().any(|text| text == "100%"), "{written:?}");
}
