//! What can't be used: what is left out, what is put right, what is refused, and in which words.

use super::{fitted, noted, polygons, read};
use progress_widgets::feed::ErrorKind;
use progress_widgets::geo::{Limits, parse};

const SQUARE: &str = "[[[0,0],[1,0],[1,1],[0,1],[0,0]]]";

/// The notices of one polygon, and how many polygons are left.
fn polygon(rings: &str) -> (Vec<String>, usize) {
    let parsed = read(&polygons(&[SQUARE, rings]));
    let notes = noted(&parsed);
    let prefix = "$.features[1].geometry";
    let notes = notes
        .iter()
        .map(|note| note.replace(prefix, "").trim_start_matches('.').to_owned())
        .collect();
    (notes, parsed.geometry.features.len() - 1)
}

#[test]
fn each_broken_ring_is_listed() {
    let case = |rings: &str, note: &str, left: usize| {
        assert_eq!(polygon(rings), (vec![note.to_owned()], left), "{rings}");
    };
    let unclosed = "[[[0,0],[1,0],[1,1],[0,1]]]";
    case(unclosed, "coordinates[0]: Unclosed", 1);
    case("[[[0,0],[1,0],[0,0]]]", "coordinates[0]: RingTooShort", 0);
    case(
        "[[[0,0],[1,0],[1,0],[0,0]]]",
        "coordinates[0]: RingTooShort",
        0,
    );
    case(
        "[[[0,0],[1,0],[2,0],[1,0],[0,0]]]",
        "coordinates[0]: RingTooShort",
        0,
    );
    let far = "[[[0,0],[181,0],[1,1],[0,0]]]";
    case(far, "coordinates[0]: OutOfRange", 0);
    case(
        "[[[0,0],[1,91],[1,1],[0,0]]]",
        "coordinates[0]: OutOfRange",
        0,
    );
    case(
        "[[[0,0],[null,0],[1,1],[0,0]]]",
        "coordinates[0]: OutOfRange",
        0,
    );
    case(
        "[[[0,0],[\"1\",0],[1,1],[0,0]]]",
        "coordinates[0]: OutOfRange",
        0,
    );
    case("[[[0,0],[1],[1,1],[0,0]]]", "coordinates[0]: OutOfRange", 0);
    case(
        "[[[0,0],[1e999,0],[1,1],[0,0]]]",
        "coordinates[0]: OutOfRange",
        0,
    );
    let projected =
        "[[[520000.0,3350000.0],[520001.0,3350000.0],[520001.0,3350001.0],[520000.0,3350000.0]]]";
    case(projected, "coordinates[0]: OutOfRange", 0);
    case(
        "[[[0,0],[1,1],[1,0],[0,1],[0,0]]]",
        "coordinates: SelfCrossing",
        1,
    );
    // A hole goes alone, an outer ring takes its holes along.
    let hole = "[[[0,0],[4,0],[4,4],[0,0]],[[1,1],[2,1],[1,1]]]";
    case(hole, "coordinates[1]: RingTooShort", 1);
    let outer = "[[[0,0],[4,0],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]";
    case(outer, "coordinates[0]: RingTooShort", 0);
    case("[[0,0],[1,0],[1,1],[0,0]]", "coordinates[0]: Nesting", 0);
    case(
        "[[[[0,0],[1,0],[1,1],[0,0]]]]",
        "coordinates[0]: OutOfRange",
        0,
    );
    case("[7]", "coordinates[0]: Nesting", 0);
    case(
        "[[[0,0],[1,0],[1,1],[0,0]],[3,3]]",
        "coordinates[1]: Nesting",
        1,
    );
    case("[]", ": NoArea", 0);
    case("null", ": NoArea", 0);
    case("\"x\"", "coordinates: Nesting", 0);
}

#[test]
fn spikes_and_repetitions_are_taken_out_without_a_word() {
    // They have no area and no breadth: nothing that could be seen is lost.
    let spiky = "[[[0,0],[1,0],[1,0],[3,0],[1,0],[1,1],[0,1],[0,1],[0,0]]]";
    let parsed = read(&polygons(&[spiky]));
    assert_eq!(noted(&parsed), [""; 0]);
    assert_eq!(parsed.geometry.bounds(), Some([[0.0, 0.0], [1.0, 1.0]]));
    assert_eq!(fitted(&parsed, 100.0, 0.0).shapes[0].rings[0].len(), 4);
}

#[test]
fn an_unclosed_ring_is_closed_and_says_where() {
    let parsed =
        read("{\"type\": \"Polygon\",\n \"coordinates\": [\n  [[0,0],[1,0],[1,1],[0,1]]\n]}");
    let notice = &parsed.notices[0];
    assert_eq!(
        notice.text(true),
        "第3行第3列 $.coordinates[0]：环未闭合，已闭合"
    );
    assert_eq!(
        notice.text(false),
        "line 3, column 3, $.coordinates[0]: the ring is not closed: closed"
    );
    assert!((fitted(&parsed, 102.0, 0.35).shapes[0].area_px2 - 1e4).abs() < 10.0);
}

#[test]
fn a_self_crossing_polygon_is_filled_by_the_even_odd_rule() {
    let parsed = read(&polygons(&["[[[0,0],[2,2],[2,0],[0,2],[0,0]]]"]));
    let layout = fitted(&parsed, 200.0, 0.35);
    let inside = |degrees| layout.shapes[0].contains(layout.place(degrees));
    assert!(inside([0.3, 1.0]) && inside([1.7, 1.0]));
    assert!(!inside([1.0, 0.3]) && !inside([1.0, 1.7]));
    assert!(layout.shapes[0].contains(layout.shapes[0].pole().unwrap()));
}

#[test]
fn features_without_area_are_listed_and_left_out() {
    let parsed = read(&format!(
        r#"{{"type":"FeatureCollection","features":[
        {{"type":"Feature","geometry":{{"type":"Point","coordinates":[1,2]}}}},
        {{"type":"Feature","geometry":{{"type":"LineString","coordinates":[[1,2],[3,4]]}}}},
        {{"type":"Feature","geometry":null}},
        7,
        {{"type":"Feature","geometry":{{"type":"Circle","coordinates":[1,2]}}}},
        {{"type":"Feature","properties":{{"adcode":330106}},"geometry":{{"type":"Polygon","coordinates":{SQUARE}}}}},
        {{"type":"Feature","properties":{{"adcode":"330106000"}},"geometry":{{"type":"Polygon","coordinates":{SQUARE}}}}}
        ]}}"#
    ));
    assert_eq!(parsed.geometry.features.len(), 2);
    let expected = [
        "$.features[0].geometry: NoArea",
        "$.features[1].geometry: NoArea",
        "$.features[2]: NoArea",
        "$.features[3]: UnknownType",
        "$.features[4].geometry: UnknownType",
        "$.features[6]: DuplicateCode",
    ];
    assert_eq!(noted(&parsed), expected);
    assert_eq!(
        parsed.notices[5].text(false),
        "line 8, column 9, $.features[6]: the code is that of $.features[5] already: only the earlier one is used"
    );
}

#[test]
fn an_empty_feature_list_is_a_map_without_polygons() {
    let parsed = read(r#"{"type":"FeatureCollection","features":[]}"#);
    assert_eq!(noted(&parsed), ["$: NoPolygons"]);
    assert_eq!(
        parsed.notices[0].text(true),
        "第1行第1列 $：地图中没有可用的多边形"
    );
    assert_eq!(parsed.geometry.bounds(), None);
    let layout = fitted(&parsed, 560.0, 0.35);
    assert!(layout.shapes.is_empty());
    assert_eq!(layout.height_px, 0.0);
}

#[test]
fn a_topology_that_refers_to_nothing_loses_that_ring() {
    let topology = |arcs: &str| {
        let parsed = read(&format!(
            r#"{{"type":"Topology","arcs":[[[0,0],[1,0],[1,1],[0,0]],[]],
            "objects":{{"a":{{"type":"Polygon","arcs":{arcs}}},"b":{{"type":"Polygon","arcs":[[0]]}}}}}}"#
        ));
        (noted(&parsed), parsed.geometry.features.len())
    };
    let lost = |at: &str| (vec![format!("$.objects.a.arcs{at}")], 1);
    assert_eq!(topology("[[2]]"), lost("[0]: ArcIndex"));
    assert_eq!(topology("[[-3]]"), lost("[0]: ArcIndex"));
    assert_eq!(topology("[[0.5]]"), lost("[0]: ArcIndex"));
    assert_eq!(topology("[[1e99]]"), lost("[0]: ArcIndex"));
    assert_eq!(topology("[[null]]"), lost("[0]: ArcIndex"));
    assert_eq!(topology("[[1]]"), lost("[0]: RingTooShort"));
    assert_eq!(topology("[0]"), lost("[0]: Nesting"));
    assert_eq!(topology("[[0],[9]]").1, 2);
}

#[test]
fn what_is_no_map_is_refused_in_words() {
    let refused = |bytes: &[u8]| parse(bytes, &Limits::default()).unwrap_err();
    for no_map in [
        "{}",
        "[]",
        "7",
        r#"{"type":"Chart"}"#,
        r#"{"type":7,"features":[]}"#,
    ] {
        assert_eq!(
            refused(no_map.as_bytes()).kind,
            ErrorKind::NotAMap,
            "{no_map}"
        );
    }
    assert!(refused(b"{}").text(true).contains("TopoJSON"));
    let text = |bytes: &[u8]| refused(bytes).text(false);
    assert!(text(b"").contains("empty"));
    assert!(text(b"\xff\xfe{\0}\0").contains("UTF-16"));
    assert!(text(b"{\"name\":\"\xba\xbc\xd6\xdd\"}").contains("GBK"));
    assert!(text(br#"{"type":"FeatureCollection","features":["#).contains("ends in the middle"));
    assert!(text(b"<!doctype html>").contains("web page"));
    let error = text(b"{\"type\":\"Polygon\",\n\"coordinates\":[[[0,0],[1,NaN]]]}");
    assert!(error.starts_with("line 2, column 26"), "{error}");
}

#[test]
fn limits_are_errors_that_name_the_limit() {
    let limits = Limits {
        bytes: 200,
        vertices: 9,
        features: 3,
        depth: 7,
        notices: 1,
    };
    let refused = |json: &str| parse(json.as_bytes(), &limits).unwrap_err();
    let square = r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}"#;
    assert!(parse(square.as_bytes(), &limits).is_ok());
    assert!(
        refused(&square.replace("[0,0]", &"[0,0],".repeat(40)))
            .text(true)
            .contains("200")
    );
    let many = square.replace("[1,0]", "[1,0],[2,0],[2,1],[2,2],[3,2],[3,3]");
    assert_eq!(
        refused(&many).text(false),
        "more than 9 vertices: simplify the borders (with mapshaper, say)"
    );
    assert!(
        refused(&square.replace("[0,0]", "[[[[[0]]]]]"))
            .text(false)
            .contains("deeper")
    );
    let many = format!(
        r#"{{"type":"GeometryCollection","geometries":[{0},{0},{0},{0}]}}"#,
        r#"{"type":"Polygon"}"#
    );
    assert!(parse(many.as_bytes(), &limits).is_ok());
    let limits = Limits {
        bytes: 2000,
        vertices: 100,
        ..limits
    };
    let refused = |json: &str| parse(json.as_bytes(), &limits).unwrap_err();
    let many = many.replace(r#"{"type":"Polygon"}"#, square);
    let error = refused(&many);
    assert_eq!(error.kind, ErrorKind::TooManyFeatures);
    assert_eq!(error.text(false), "more than 3 features: split the map");
    let parsed = parse(
        br#"{"type":"FeatureCollection","features":[{},{},{}]}"#,
        &limits,
    )
    .unwrap();
    assert_eq!((parsed.notices.len(), parsed.notices_left_out), (1, 3));
}

#[test]
fn polygons_a_hundred_deep_are_refused() {
    let square = r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#;
    let piled = |times: usize| {
        let many = vec![square; times].join(",");
        let json = format!(r#"{{"type":"GeometryCollection","geometries":[{many}]}}"#);
        parse(json.as_bytes(), &Limits::default()).map(|parsed| parsed.geometry.features.len())
    };
    assert_eq!(piled(100), Ok(100));
    let error = piled(101).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Piled);
    assert!(error.text(false).contains("on top of each other"));
    // Side by side there may be as many as the limits allow.
    let row: Vec<String> = (0..150)
        .map(|x| {
            square
                .replace("[0,", &format!("[{x},"))
                .replace("[1,", &format!("[{x}.9,"))
        })
        .collect();
    let json = format!(
        r#"{{"type":"GeometryCollection","geometries":[{}]}}"#,
        row.join(",")
    );
    assert!(parse(json.as_bytes(), &Limits::default()).is_ok());
}

#[test]
fn an_arc_used_a_million_times_is_refused_in_time() {
    let rings = vec!["[[0,0,0,0,0,0,0,0,0,0]]"; 100_000].join(",");
    let arc = vec!["[0,0]"; 100_000].join(",");
    let bomb = format!(
        r#"{{"type":"Topology","arcs":[[{arc}]],"objects":{{"a":{{"type":"MultiPolygon","arcs":[{rings}]}}}}}}"#
    );
    let error = parse(bomb.as_bytes(), &Limits::default()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::TooManyVertices);
}

#[test]
fn depth_bombs_are_refused() {
    for bomb in [
        "[",
        "{\"a\":",
        "{\"type\":\"GeometryCollection\",\"geometries\":[",
    ] {
        let error = parse(bomb.repeat(100_000).as_bytes(), &Limits::default()).unwrap_err();
        assert!(error.text(false).contains("64"), "{}", error.text(false));
    }
}
