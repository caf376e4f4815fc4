//! How many of N, and which: what is drawn of exact, bounded, missing and contradicting figures.

use crate::{bars, circles, feed, hatches, scene, texts};

fn coverage(items: &str, rest: &str) -> String {
    feed(&format!(r#", "coverage": [{items}]{rest}"#))
}

const TOWNS: &str = r#", "regions": [
    {"code": "330109100", "name": "楼塔镇", "level": "town"}, {"name": "河上镇", "level": "town"},
    {"name": "戴村镇", "level": "town"}, {"code": "330109", "name": "萧山区", "level": "district"}]"#;

#[test]
fn a_dot_for_each_filled_for_those_that_have_it() {
    let one = coverage(r#"{"name": "一镇一策", "done": 29, "of": 40}"#, "");
    let drawn = scene(&one, "coverage", &[]);
    // One of each in the key.
    assert_eq!(circles(&drawn), (30, 12));
    assert!(texts(&drawn).iter().any(|t| t == "29/40"));
    assert_eq!(drawn.tables[0].rows, [["一镇一策", "29", "40", "72.5%"]]);
    assert_eq!(drawn.alt, "覆盖情况，截至2020年9月30日：一镇一策29/40。");
    assert_eq!(drawn.hits.len(), 1);
    assert_eq!(drawn.hits[0].lines, ["已有：29", "总数：40", "占比：72.5%"]);
}

#[test]
fn many_are_a_bar_and_so_is_what_is_asked_for() {
    let many = coverage(r#"{"name": "行政村", "done": 1200, "of": 1800}"#, "");
    let drawn = scene(&many, "coverage", &[]);
    assert_eq!(circles(&drawn), (0, 0));
    assert_eq!(bars(&drawn).len(), 1);
    let dots = scene(&many, "coverage", &[("shape", "dots")]);
    assert_eq!(circles(&dots), (1201, 601));
    let most = coverage(r#"{"name": "户", "done": 1, "of": 2001}"#, "");
    assert_eq!(
        circles(&scene(&most, "coverage", &[("shape", "dots")])),
        (0, 0)
    );
    let few = coverage(r#"{"name": "一镇一策", "done": 29, "of": 40}"#, "");
    assert_eq!(
        circles(&scene(&few, "coverage", &[("shape", "bars")])),
        (0, 0)
    );
}

#[test]
fn parts_of_one_are_no_dots() {
    let halves = coverage(r#"{"name": "公里", "done": 0.5, "of": 1.5}"#, "");
    let drawn = scene(&halves, "coverage", &[]);
    assert_eq!((circles(&drawn), bars(&drawn).len()), ((0, 0), 1));
}

#[test]
fn a_bound_leaves_the_end_of_the_bar_open_and_no_share() {
    let item = r#"{"name": "一镇一策", "done": {"value": 90, "bound": "at_least", "text": "90余个"}, "of": 118}"#;
    let drawn = scene(&coverage(item, ""), "coverage", &[]);
    assert_eq!(circles(&drawn), (0, 0), "a dot is one that is known");
    assert_eq!((bars(&drawn).len(), hatches(&drawn)), (1, 1));
    assert!(texts(&drawn).iter().any(|t| t == "90余个/118"));
    assert_eq!(drawn.tables[0].rows[0][3], "—");
}

#[test]
fn without_a_whole_that_is_known_there_is_no_length() {
    for of in ["null", "0", r#"{"value": 120, "bound": "about"}"#] {
        let item = format!(r#"{{"name": "一镇一策", "done": 29, "of": {of}}}"#);
        let drawn = scene(&coverage(&item, ""), "coverage", &[]);
        assert!(bars(&drawn).is_empty() && circles(&drawn) == (0, 0), "{of}");
        assert_eq!(hatches(&drawn), 1, "{of}");
    }
    let none = scene(
        &coverage(r#"{"name": "一镇一策", "of": 29}"#, ""),
        "coverage",
        &[],
    );
    assert_eq!((bars(&none).len(), hatches(&none)), (0, 1));
    assert!(texts(&none).iter().any(|t| t == "—/29"));
}

#[test]
fn more_than_there_are_is_shown_as_published() {
    let drawn = scene(
        &coverage(r#"{"name": "策", "done": 30, "of": 29}"#, ""),
        "coverage",
        &[],
    );
    assert_eq!(bars(&drawn).len(), 1);
    assert!(texts(&drawn).iter().any(|t| t == "30/29"));
    assert!(texts(&drawn).iter().any(|t| t == "1条数据提示"));
}

#[test]
fn where_regions_are_listed_it_is_a_matrix() {
    let items = r#"{"name": "策", "done": 1, "of": 3, "regions": ["河上镇"]},
        {"name": "方案", "of": 3, "regions": ["河上镇", "330109100"]}, {"name": "平台", "done": 2, "of": 3}"#;
    let drawn = scene(&coverage(items, TOWNS), "coverage", &[]);
    // The district is of another level than those listed.
    assert_eq!(
        drawn.tables[0].head,
        ["地区", "策 1/3", "方案 2/3", "平台 2/3"]
    );
    assert_eq!(
        drawn.tables[0].rows,
        [
            ["河上镇", "已有", "已有", "未报送"],
            ["楼塔镇", "尚无", "已有", "未报送"],
            ["戴村镇", "尚无", "尚无", "未报送"],
        ]
    );
    assert_eq!(circles(&drawn), (1 + 3, 1 + 3));
    assert_eq!(hatches(&drawn), 1 + 3, "what is not listed is not known");
    let feed_order = scene(&coverage(items, TOWNS), "coverage", &[("sort", "feed")]);
    assert_eq!(feed_order.tables[0].rows[0][0], "楼塔镇");
    let dots = scene(&coverage(items, TOWNS), "coverage", &[("shape", "dots")]);
    assert_eq!(dots.tables[0].head.len(), 4);
    assert_eq!(dots.tables[0].rows.len(), 3);
}

#[test]
fn a_list_shorter_than_what_is_published_says_nothing_of_the_others() {
    let items = r#"{"name": "策", "done": 2, "of": 3, "regions": ["河上镇"]}"#;
    let drawn = scene(&coverage(items, TOWNS), "coverage", &[]);
    assert_eq!(drawn.tables[0].rows[0], ["河上镇", "已有"]);
    assert_eq!(drawn.tables[0].rows[1], ["楼塔镇", "未报送"]);
    assert!(texts(&drawn).iter().any(|t| t == "1条数据提示"));
}

#[test]
fn a_hundred_thousand_regions_are_cut_with_a_count_and_soon() {
    let names: Vec<String> = (0..100_000)
        .map(|i| format!(r#"{{"name": "镇{i}", "level": "town"}}"#))
        .collect();
    let feed = coverage(
        r#"{"name": "策", "regions": ["镇7", "镇99999"]}"#,
        &format!(r#", "regions": [{}]"#, names.join(",")),
    );
    let drawn = scene(&feed, "coverage", &[]);
    assert_eq!(drawn.tables[0].rows[0][0], "镇7");
    assert_eq!(drawn.remarks, ["另有99,800个未列出"]);
    assert!(drawn.height.css() < 2_000.0);
    let items: Vec<String> = (0..1000)
        .map(|i| format!(r#"{{"name": "项{i}", "done": 1, "of": 2}}"#))
        .collect();
    let many = scene(
        &coverage(&items.join(","), ""),
        "coverage",
        &[("limit", "10")],
    );
    assert_eq!(many.hits.len(), 10);
    assert_eq!(many.remarks, ["另有990个未列出"]);
}
