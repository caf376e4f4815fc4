//! The board: which panels it has, that they lie apart, and that it says once what it says once.

use progress_widgets::compose::{Request, compose};
use progress_widgets::scene::{Mark, Scene, Table};
use progress_widgets::widgets::{KINDS, Kind};

use crate::{feed, regions, scene, texts};

const DISTRICTS: [(&str, &str); 2] = [
    ("上城区", r#", "rate": 0.5, "started": 3"#),
    ("下城区", r#", "rate": "97%""#),
];

fn titles(feed: &str, options: &[(&str, &str)]) -> Vec<String> {
    let drawn = scene(feed, "board", options);
    let caption = |table: &progress_widgets::scene::Table| {
        let title = table.caption.split('，').next();
        title.unwrap_or_default().to_owned()
    };
    drawn.tables.iter().map(caption).collect()
}

#[test]
fn panels_are_those_with_something_to_show() {
    assert_eq!(
        titles(&regions(&DISTRICTS), &[]),
        ["开工率地图", "各区县开工率"]
    );
    let total =
        feed(r#", "total": {"rate": "97%"}, "regions": [{"name": "龙坞茶镇", "level": "town"}]"#);
    assert_eq!(
        titles(&total, &[]).len(),
        1,
        "no bars of nothing but missing figures"
    );
    let nothing = scene(&feed(""), "board", &[]);
    assert!(nothing.tables.is_empty());
    assert!(texts(&nothing).concat().contains("没有可以显示的数字"));
}

#[test]
fn the_sentence_says_day_and_sample_once_and_each_table_says_them() {
    let rest = r#", "sample": true, "title": "九成七已开工",
        "total": {"rate": "97%", "started": 97}, "regions": [{"name": "上城区", "rate": 0.5}]"#;
    for (lang, day, sentence) in [
        (
            "zh",
            "截至2020年9月30日，示例数据",
            "九成七已开工，截至2020年9月30日，示例数据。开工率：97%，已开工97个。各地区开工率：上城区50%。",
        ),
        (
            "en",
            "as of 30 September 2020, sample data",
            "九成七已开工, as of 30 September 2020, sample data. Start rate: 97%, Started 97 projects. \
             Start rate by region: 上城区 50%.",
        ),
    ] {
        let drawn = scene(
            &feed(rest),
            "board",
            &[("kinds", "summary,bars"), ("lang", lang)],
        );
        assert_eq!(drawn.alt, sentence);
        for table in &drawn.tables {
            assert!(table.caption.ends_with(day), "{}", table.caption);
        }
    }
}

#[test]
fn panels_are_those_asked_for_once_each() {
    let feed = regions(&DISTRICTS);
    assert_eq!(
        titles(&feed, &[("kinds", "table, bars,table")]),
        ["各区县建设进度", "各区县开工率"]
    );
    let all: Vec<&str> = KINDS
        .iter()
        .filter(|kind| kind.is_panel())
        .map(|kind| kind.name)
        .collect();
    let drawn = scene(&feed, "board", &[("kinds", &all.join(","))]);
    assert_eq!(
        drawn.tables.len(),
        all.len(),
        "also those with nothing to show"
    );
}

#[test]
fn a_board_in_a_board_and_unknown_kinds_are_refused() {
    let mut request = Request::default();
    for wrong in ["board", "bars,board", "bars,pie"] {
        let error = request.set("kinds", wrong).unwrap_err();
        assert!(error.allowed.contains("bars") && !error.allowed.contains("board"));
    }
    assert!(request.options.kinds.is_empty());
}

#[test]
fn the_day_the_source_and_the_mark_of_samples_stand_once() {
    let feed = regions(&DISTRICTS).replacen(
        r#""as_of""#,
        r#""sample": true, "source": {"name": "某局"}, "notes": ["注"], "title": "题", "total": {"rate": 1}, "as_of""#,
        1,
    );
    let drawn = texts(&scene(&feed, "board", &[]));
    for once in ["示例数据", "来源：某局", "注", "题"] {
        assert_eq!(drawn.iter().filter(|t| *t == once).count(), 1, "{once}");
    }
    let days = drawn.iter().filter(|t| t.contains("截至2020年9月30日"));
    assert_eq!(days.count(), 1);
}

#[test]
fn hits_know_their_mark_and_their_row_among_all_tables() {
    let drawn = scene(
        &regions(&DISTRICTS),
        "board",
        &[("kinds", "bars,map"), ("width", "900")],
    );
    for hit in &drawn.hits {
        let rows: Vec<_> = drawn.tables.iter().flat_map(|t| &t.rows).collect();
        if let Some(row) = hit.row {
            assert_eq!(rows[row][0], hit.label);
        }
        if let Some(mark) = hit.mark {
            assert!(matches!(drawn.marks[mark], Mark::Region { .. }));
        }
    }
    let rows: Vec<_> = drawn.hits.iter().filter_map(|hit| hit.row).collect();
    assert_eq!(rows[..2], [0, 1]);
    assert_eq!(
        rows[2] + rows[3],
        5,
        "the map's rows follow those of the bars"
    );
}

#[test]
fn columns_come_with_width() {
    let lefts = |width: &str| {
        let options = [("kinds", "bars,map,table"), ("width", width)];
        let drawn = scene(&regions(&DISTRICTS), "board", &options);
        let mut lefts: Vec<i32> = drawn
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Text(run) if run.text.starts_with("各区县") || run.text.ends_with("地图") => {
                    Some(run.at.x.0)
                }
                _ => None,
            })
            .collect();
        lefts.sort_unstable();
        lefts.dedup();
        lefts.len()
    };
    assert_eq!(
        [
            lefts("320"),
            lefts("559"),
            lefts("560"),
            lefts("1100"),
            lefts("1200")
        ],
        [1, 1, 2, 2, 3]
    );
}

#[test]
fn no_panel_is_cut_at_the_end_of_a_page() {
    let list: Vec<(String, String)> = (0..30)
        .map(|n| (format!("区{n}"), format!(r#", "rate": 0.{n}"#)))
        .collect();
    let list: Vec<(&str, &str)> = list.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let options = [
        ("kinds", "summary,bars,table,map,grid"),
        ("width", "700"),
        ("page", "1100"),
    ];
    let drawn = scene(&regions(&list), "board", &options);
    assert!(!drawn.cuts.is_empty());
    let mut top = 0.0;
    for cut in drawn.cuts.iter().map(|cut| cut.css()) {
        assert!(cut - top <= 1100.0);
        top = cut;
        for mark in &drawn.marks {
            let (from, to) = match mark {
                Mark::Text(run) => (run.at.y.css() - run.size.css(), run.at.y.css()),
                Mark::Rect { rect, .. } => (rect.y.css(), rect.y.css() + rect.height.css()),
                _ => continue,
            };
            assert!(to <= cut || from >= cut, "{mark:?} at {cut}");
        }
    }
    assert!(drawn.height.css() - top <= 1100.0);
    assert!(
        scene(&regions(&list), "board", &options[..2])
            .cuts
            .is_empty()
    );
}

/// Figures of the widgets are traced to the feed where each is drawn alone; here that a board's
/// panels say the same.
#[test]
fn panels_say_what_the_widgets_say_alone() {
    let read = |name: &str| std::fs::read(format!("www/samples/{name}")).unwrap();
    let map = read("hangzhou-districts-2020.topo.json");
    // The summary alone has the feed's subtitle, in a board its own: unknown fields are ignored.
    let feed = String::from_utf8(read("hangzhou-districts-sample.json")).unwrap();
    let feed = feed.replacen("\"subtitle\"", "\"-\"", 1).into_bytes();
    let kinds = "summary,map,bars,trend,table,coverage";
    let draw = |kind: &str, options: &[(&str, &str)]| {
        let mut request = Request::new(Kind::named(kind).unwrap());
        for (name, value) in options {
            request.set(name, value).unwrap();
        }
        compose(&feed, Some(&map), &request).unwrap().scene
    };
    let board = draw("board", &[("width", "900"), ("kinds", kinds)]);
    // Two columns within margins of 16 px, 28 px apart.
    let alone: Vec<Scene> = kinds
        .split(',')
        .map(|kind| draw(kind, &[("width", "420"), ("background", "none")]))
        .collect();
    let said: Vec<String> = alone.iter().flat_map(texts).collect();
    let mut compared = 0;
    for text in texts(&board) {
        if text.chars().any(|c| c.is_ascii_digit()) {
            assert!(said.iter().any(|own| own.contains(&text)), "{text}");
            compared += 1;
        }
    }
    assert!(compared > 60, "{compared}");
    let tables: Vec<_> = alone.iter().flat_map(|scene| &scene.tables).collect();
    // Each is called as its panel: that of the summary is not the whole programme's.
    let figures = |table: &&Table| (table.head.clone(), table.rows.clone());
    let (own, others): (Vec<_>, Vec<_>) = (
        board.tables.iter().map(|table| figures(&table)).collect(),
        tables.iter().map(figures).collect(),
    );
    assert_eq!(own, others);
    assert!(board.tables[0].caption.starts_with("开工率，"));
    let captions = |table: &Table| table.caption.clone();
    assert!(
        board.tables[1..]
            .iter()
            .map(captions)
            .eq(tables[1..].iter().map(|table| captions(table)))
    );
}
