//! The table: which columns and rows there are, in which order, and what it says of little or much.

use progress_widgets::compose::{Request, compose};
use progress_widgets::scene::Scene;
use progress_widgets::widgets::Kind;

use crate::{feed, regions, scene, texts};

fn sorted(feed: &str, order: (usize, bool)) -> Vec<String> {
    let mut request = Request::new(Kind::named("table").unwrap());
    request.options.order = Some(order);
    let scene = compose(feed.as_bytes(), None, &request).unwrap().scene;
    names(&scene)
}

fn names(scene: &Scene) -> Vec<String> {
    scene.tables[0]
        .rows
        .iter()
        .map(|row| row[0].clone())
        .collect()
}

const MIXED: [(&str, &str); 4] = [
    ("乙", r#", "planned": 9, "started": 3"#),
    ("甲", r#", "planned": 1000, "rate": "97%""#),
    ("丙", ""),
    (
        "丁",
        r#", "planned": {"value": 90, "bound": "about"}, "rate": "全部开工""#,
    ),
];

#[test]
fn columns_are_the_figures_that_the_feed_has() {
    let drawn = scene(&regions(&MIXED), "table", &[]);
    let table = &drawn.tables[0];
    assert_eq!(table.head, ["区县", "开工率", "已开工（个）", "计划（个）"]);
    assert_eq!(
        table.rows,
        [
            ["丁", "全部开工", "—", "约90"],
            ["甲", "97%", "—", "1,000"],
            ["乙", "33.3%", "3", "9"],
            ["丙", "—", "—", "—"],
        ]
    );
    assert!(table.caption.contains("截至2020年9月30日"));
    assert_eq!(drawn.grids[0].order, Some((1, true)));
    let all = regions(&[(
        "甲",
        r#", "planned": 4, "started": 4, "completed": 3, "accepted": 2, "rate": "100%",
            "investment": {"planned": 9, "done": {"value": 5.5, "bound": "about"}, "unit": "亿元"}"#,
    )]);
    let table = &scene(&all, "table", &[("metric", "investment")]).tables[0];
    assert_eq!(
        table.head.join(" "),
        "区县 已完成投资（亿元） 计划投资（亿元） 开工率 已开工（个） 计划（个） 完工率 已完工（个） 已验收（个）"
    );
    assert_eq!(table.rows[0].join(" "), "甲 约5.5 9 100% 4 4 75.0% 3 2");
}

#[test]
fn rows_are_sorted_as_figures_and_missing_ones_come_last_either_way() {
    let feed = regions(&MIXED);
    assert_eq!(sorted(&feed, (3, true)).concat(), "甲丁乙丙");
    assert_eq!(sorted(&feed, (3, false)).concat(), "乙丁甲丙");
    assert_eq!(sorted(&feed, (2, true)).concat(), "乙丁甲丙");
    assert_eq!(sorted(&feed, (0, false)).concat(), "乙甲丙丁", "by code");
    assert_eq!(sorted(&feed, (0, true)).concat(), "丁丙甲乙");
    assert_eq!(
        sorted(&feed, (99, true)).len(),
        4,
        "a column that is no more"
    );
}

#[test]
fn the_sum_stands_first_in_whatever_order() {
    let regions = regions(&MIXED);
    let with_total = regions.replacen(
        r#""as_of""#,
        r#""total": {"planned": {"value": 1900, "bound": "more_than", "text": "1900多个"}, "rate": "97%"}, "as_of""#,
        1,
    );
    assert_eq!(sorted(&with_total, (3, false))[0], "合计");
    let drawn = scene(&with_total, "table", &[]);
    assert_eq!(drawn.tables[0].rows[0], ["合计", "97%", "—", "1900多个"]);
    let part = scene(&with_total, "table", &[("parent", "330100")]);
    assert_eq!(names(&part).len(), 4, "the whole is not the sum of a part");
}

#[test]
fn amounts_in_different_units_keep_them_and_are_compared() {
    let money =
        |done: &str, unit: &str| format!(r#", "investment": {{"done": {done}, "unit": "{unit}"}}"#);
    let list = [money("5000", "万元"), money("0.6", "亿元")];
    let feed = regions(&[("甲", &list[0]), ("乙", &list[1])]);
    assert_eq!(sorted(&feed, (1, true)).concat(), "乙甲");
    let table = &scene(
        &feed,
        "table",
        &[("metric", "investment"), ("sort", "feed")],
    )
    .tables[0];
    assert_eq!(table.head[1], "已完成投资");
    assert_eq!(table.rows, [["甲", "5,000万元"], ["乙", "0.6亿元"]]);
}

#[test]
fn towns_say_what_they_are_part_of() {
    let towns = feed(
        r#", "regions": [{"code": "330109", "name": "萧山区", "level": "district"},
            {"code": "330109100", "name": "楼塔镇", "level": "town", "rate": 1},
            {"code": "330110010", "name": "良渚街道", "level": "town", "rate": 0.5}]"#,
    );
    let table = &scene(&towns, "table", &[]).tables[0];
    assert_eq!(table.head[..2], ["乡镇", "所属"]);
    assert_eq!(table.rows[0][..2], ["楼塔镇", "萧山区"]);
    assert_eq!(table.rows[1][..2], ["良渚街道", ""]);
    assert_eq!(scene(&towns, "table", &[]).grids[0].texts, 2);
}

#[test]
fn without_regions_the_table_is_of_categories_or_of_earlier_days() {
    let categories = feed(r#", "categories": [{"id": "a", "name": "环境美", "started": 1}]"#);
    assert_eq!(names(&scene(&categories, "table", &[])), ["环境美"]);
    let days = feed(
        r#", "total": {"rate": "97%"}, "regions": [{"name": "龙坞茶镇", "level": "town"}],
            "history": [{"as_of": "2020-06-30", "rate": 0.5}, {"as_of": "2020-03", "rate": 0.2}]"#,
    );
    let table = &scene(&days, "table", &[]).tables[0];
    assert_eq!(table.head, ["时间", "开工率"]);
    assert_eq!(
        table.rows,
        [
            ["2020年9月30日", "97%"],
            ["2020年6月30日", "50%"],
            ["2020年3月底", "20%"],
        ]
    );
}

#[test]
fn nothing_and_one_row_and_nothing_but_missing() {
    let nothing = scene(&feed(""), "table", &[]);
    assert!(texts(&nothing).concat().contains("没有可以列表的数字"));
    assert!(nothing.grids.is_empty());
    let missing = scene(&regions(&[("甲", ""), ("乙", "")]), "table", &[]);
    assert!(texts(&missing).concat().contains("没有可以列表的数字"));
    assert!(missing.tables[0].rows.is_empty());
    let one = scene(&regions(&[("甲", r#", "rate": 1.2"#)]), "table", &[]);
    assert_eq!(one.tables[0].rows, [["甲", "120%"]]);
}

fn many(rows: usize) -> String {
    let list: Vec<String> = (0..rows)
        .map(|n| format!(r#"{{"name": "区{n}", "started": {n}}}"#))
        .collect();
    feed(&format!(r#", "regions": [{}]"#, list.join(",")))
}

#[test]
fn long_tables_are_cut_in_the_picture_and_say_so() {
    let shows = |scene: &Scene, text: &str| texts(scene).iter().any(|t| t == text);
    let forty = scene(&many(40), "table", &[]);
    assert!(shows(&forty, "区0") && shows(&forty, "区39"));
    let more = scene(&many(41), "table", &[]);
    assert!(shows(&more, "另有26行"));
    assert_eq!(more.tables[0].rows.len(), 41, "the table holds them all");
    assert!(shows(
        &scene(&many(41), "table", &[("limit", "40")]),
        "另有1行"
    ));
    let most = scene(&many(100_000), "table", &[("limit", "10000")]);
    assert_eq!(most.tables[0].rows.len(), 10_000);
    assert_eq!(most.remarks, ["90,000行超出表格的上限"]);
    assert!(shows(&most, "另有90,000行"));
}

#[test]
fn where_there_is_no_room_columns_are_left_out_and_counted() {
    let wide = regions(&[(
        "莪山畲族乡",
        r#", "planned": 4000, "started": 4000, "completed": 3000, "accepted": 2000, "rate": "100%",
            "investment": {"planned": 9000, "done": 5000, "unit": "亿元"}"#,
    )]);
    let narrow = scene(&wide, "table", &[("width", "320")]);
    assert!(texts(&narrow).iter().any(|t| t == "部分列未列出"));
    assert!(
        texts(&narrow).iter().any(|t| t == "100%"),
        "the rate is there"
    );
    let broad = scene(&wide, "table", &[("width", "1200")]);
    assert!(!texts(&broad).iter().any(|t| t == "部分列未列出"));
}
