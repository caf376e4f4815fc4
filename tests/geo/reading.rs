//! What is understood: both formats in all their forms, keys, foreign members.

use super::{fitted, noted, polygons, read};

use progress_widgets::feed::{Crs, Problem};
use progress_widgets::geo::Parsed;

const SQUARE: &str = "[[[0,0],[1,0],[1,1],[0,1],[0,0]]]";

#[test]
fn every_form_of_geojson_gives_its_polygons() {
    let polygon = format!(r#"{{"type":"Polygon","coordinates":{SQUARE}}}"#);
    let forms = [
        polygon.clone(),
        // Members in any order.
        format!(r#"{{"coordinates":{SQUARE},"type":"Polygon"}}"#),
        format!(r#"{{"type":"MultiPolygon","coordinates":[{SQUARE}]}}"#),
        format!(r#"{{"type":"Feature","properties":null,"geometry":{polygon}}}"#),
        format!(
            r#"{{"features":[{{"geometry":{polygon},"type":"Feature"}}],"type":"FeatureCollection"}}"#
        ),
        format!(
            r#"{{"type":"Feature","geometry":{{"type":"GeometryCollection","geometries":[
                {{"type":"GeometryCollection","geometries":[{polygon}]}}]}}}}"#
        ),
        // Elevation, and the old winding.
        r#"{"type":"Polygon","coordinates":[[[0,0,7],[0,1,7],[1,1,7,9],[1,0],[0,0,7]]]}"#
            .to_owned(),
        format!("\u{feff}{polygon}"),
    ];
    for form in forms {
        let parsed = read(&form);
        assert_eq!(noted(&parsed), [""; 0], "{form}");
        assert_eq!(parsed.geometry.features.len(), 1, "{form}");
        let layout = fitted(&parsed, 102.0, 0.0);
        assert!((layout.shapes[0].area_px2 - 1e4).abs() < 10.0, "{form}");
    }
}

/// A square with a square hole, and the square that fills the hole, in steps of 1/10 degree.
const ENCLAVE: &str = r#"{
    "type": "Topology",
    "transform": {"scale": [0.1, 0.1], "translate": [110, 30]},
    "arcs": [
        [[0, 0], [10, 0], [0, 10], [-10, 0], [0, -10]],
        [[4, 4], [0, 2], [2, 0], [0, -2], [-2, 0]]
    ],
    "objects": {
        "districts": {"type": "GeometryCollection", "geometries": [
            {"type": "Polygon", "id": 330101, "arcs": [[0], [1]]},
            {"type": "GeometryCollection", "geometries": [
                {"type": "MultiPolygon", "properties": {"adcode": "330102"}, "arcs": [[[-2]]]}
            ]}
        ]},
        "seats": {"type": "Point", "coordinates": [1, 1]}
    }
}"#;

#[test]
fn topology_with_a_hole_and_what_fills_it() {
    let parsed = read(ENCLAVE);
    assert_eq!(noted(&parsed), ["$.objects.seats: NoArea"]);
    assert_eq!(parsed.notices[0].line, 15);
    let features = &parsed.geometry.features;
    let codes: Vec<_> = features
        .iter()
        .map(|f| f.code.unwrap().to_string())
        .collect();
    assert_eq!(codes, ["330101", "330102"]);
    assert_eq!(
        parsed.geometry.bounds(),
        Some([[110.0, 30.0], [111.0, 31.0]])
    );
    let layout = fitted(&parsed, 200.0, 0.35);
    let [outer, inner] = &layout.shapes[..] else {
        panic!("two shapes")
    };
    assert_eq!(outer.rings.len(), 2);
    assert_eq!(outer.rings[1].len(), 4);
    let middle = layout.place([110.5, 30.5]);
    assert!(!outer.contains(middle) && inner.contains(middle));
    assert!((outer.area_px2 / inner.area_px2 - 24.0).abs() < 0.01);
}

#[test]
fn unquantised_topology_takes_positions_as_they_are() {
    let parsed = read(
        r#"{"type":"Topology","objects":{"a":{"type":"Polygon","arcs":[[0,-2]]}},
            "arcs":[[[1,1],[2,1],[2,2]],[[1,1],[1,2],[2,2]]]}"#,
    );
    assert_eq!(noted(&parsed), [""; 0]);
    assert_eq!(parsed.geometry.bounds(), Some([[1.0, 1.0], [2.0, 2.0]]));
}

/// The points of each region's first ring at any size, and with all detail.
fn rings(parsed: &Parsed, width: f64, tolerance: f64) -> Vec<Vec<[f64; 2]>> {
    let shapes = fitted(parsed, width, tolerance).shapes;
    shapes
        .into_iter()
        .map(|shape| shape.rings[0].clone())
        .collect()
}

#[test]
fn neighbours_share_their_border_however_it_is_thinned() {
    // Two squares side by side, the border between them wound and cut in different places, one
    // copy a hair off; and a third far away.
    let parsed = read(&polygons(&[
        "[[[0,0],[1,0],[1.1,0.3],[0.9,0.5],[1.01,0.7],[1,1],[0,1],[0,0]]]",
        "[[[1.01,0.70000001],[0.9,0.5],[1.1,0.3],[1,0],[2,0],[2,1],[1,1],[1.01,0.7]]]",
        "[[[5,5],[6,5],[6,6],[5,5]]]",
    ]));
    for (tolerance, shared) in [(0.0, 5), (15.0, 4), (60.0, 3)] {
        let rings = rings(&parsed, 500.0, tolerance);
        let same = rings[0].iter().filter(|point| rings[1].contains(point));
        assert_eq!(same.count(), shared, "{tolerance}");
        assert_eq!(rings[2].len(), 3);
    }
}

#[test]
fn a_region_that_winds_the_other_way_has_the_same_points() {
    let parsed = read(&polygons(&[
        "[[[1,1],[2,1],[2,2],[1.4,2.1],[1,2],[1,1]]]",
        "[[[2,2],[1.4,2.1],[1,2],[1,1],[2,1],[2,2]]]",
        "[[[1,2],[1.4,2.1],[2,2],[2,1],[1,1],[1,2]]]",
    ]));
    let mut rings = rings(&parsed, 200.0, 250.0);
    for ring in &mut rings {
        ring.sort_by(|a, b| a.partial_cmp(b).unwrap());
    }
    assert_eq!(rings[0].len(), 3);
    assert!(rings.iter().all(|ring| *ring == rings[0]));
}

#[test]
fn the_join_key_is_found_wherever_it_stands() {
    let code = |feature: &str, properties: &str| {
        let parsed = read(&format!(
            r#"{{"type":"Feature"{feature},"properties":{{{properties}}},
                "geometry":{{"type":"Polygon","coordinates":{SQUARE}}}}}"#
        ));
        let code = parsed.geometry.features[0].code;
        (code.map(|code| code.to_string()), noted(&parsed))
    };
    let found = |code: &str| (Some(code.to_owned()), vec![]);
    assert_eq!(code("", r#""adcode":330106"#), found("330106"));
    assert_eq!(code("", r#""adcode":"330106""#), found("330106"));
    assert_eq!(code("", r#""code":330106104"#), found("330106104"));
    assert_eq!(code("", r#""id":"330106104000""#), found("330106104000"));
    assert_eq!(code("", r#""adcode":330106.0"#), found("330106"));
    assert_eq!(code(r#","id":330106"#, ""), found("330106"));
    assert_eq!(
        code(r#","adcode":"330106""#, r#""name":"x""#),
        found("330106")
    );
    assert_eq!(code("", r#""id":330102,"adcode":330106"#), found("330106"));
    assert_eq!(code(r#","id":330102"#, r#""id":330106"#), found("330106"));
    // A serial number beside the code is no mistake; one alone is.
    assert_eq!(code(r#","id":7"#, r#""adcode":330106"#), found("330106"));
    let none = |at: &str| (None, vec![format!("$.properties.{at}: BadCode")]);
    assert_eq!(code("", r#""adcode":"100000_JD""#), none("adcode"));
    assert_eq!(code("", r#""id":33010"#), none("id"));
    assert_eq!(code("", ""), (None, vec![]));
    assert_eq!(code("", r#""adcode":null"#), (None, vec![]));
}

#[test]
fn datav_properties_and_foreign_members_are_understood() {
    let parsed = read(&format!(
        r#"{{"type":"FeatureCollection","review_number":"浙杭S(2020)01号","map_source":"某\u202e院","crs":"gcj02",
        "features":[{{"type":"Feature","properties":{{"adcode":330106,"name":"西湖区\u0007",
            "center":[120.147376,30.272934],"centroid":[120.08,30.21],"childrenNum":0,"level":"district",
            "parent":{{"adcode":330100}},"subFeatureIndex":4,"acroutes":[100000,330000,330100]}},
            "geometry":{{"type":"MultiPolygon","coordinates":[{SQUARE}]}}}}]}}"#
    ));
    let geometry = &parsed.geometry;
    assert_eq!(geometry.review_number.as_deref(), Some("浙杭S(2020)01号"));
    assert_eq!(geometry.map_source.as_deref(), Some("某院"));
    assert_eq!(geometry.crs, Some(Crs::Gcj02));
    let feature = &geometry.features[0];
    assert_eq!(feature.name.as_deref(), Some("西湖区"));
    let expected = [
        "$.map_source: ControlCharacters",
        "$.features[0].properties.name: ControlCharacters",
    ];
    assert_eq!(noted(&parsed), expected);
}

#[test]
fn coordinate_systems_by_their_usual_names() {
    let crs = |member: &str| {
        let parsed = read(&format!(
            r#"{{"type":"Polygon","coordinates":{SQUARE}{member}}}"#
        ));
        (parsed.geometry.crs, noted(&parsed))
    };
    let named = |name: &str| {
        crs(&format!(
            r#","crs":{{"type":"name","properties":{{"name":"{name}"}}}}"#
        ))
    };
    assert_eq!(crs(""), (None, vec![]));
    assert_eq!(crs(r#","crs":"CGCS2000""#), (Some(Crs::Cgcs2000), vec![]));
    assert_eq!(
        named("urn:ogc:def:crs:OGC:1.3:CRS84"),
        (Some(Crs::Wgs84), vec![])
    );
    assert_eq!(
        named("urn:ogc:def:crs:EPSG::4490"),
        (Some(Crs::Cgcs2000), vec![])
    );
    assert_eq!(named("EPSG:4326"), (Some(Crs::Wgs84), vec![]));
    let unknown = (Some(Crs::Wgs84), vec!["$.crs: UnknownCrs".to_owned()]);
    assert_eq!(crs(r#","crs":"bd09""#), unknown);
    assert_eq!(named("urn:ogc:def:crs:EPSG::3857"), unknown);
}

#[test]
fn a_map_tells_its_system_beside_a_feed_in_another_only() {
    let parsed = read(&format!(
        "{{\"type\":\"Polygon\",\n \"crs\": \"GCJ02\",\"coordinates\":{SQUARE}}}"
    ));
    let [notice] = &parsed.notices[..] else {
        panic!("{:?}", parsed.notices)
    };
    assert_eq!(notice.problem, Problem::OtherCrs);
    assert!(!parsed.tells(notice, None) && !parsed.tells(notice, Some(Crs::Gcj02)));
    assert!(parsed.tells(notice, Some(Crs::Wgs84)) && parsed.tells(notice, Some(Crs::Cgcs2000)));
    assert_eq!(
        notice.text(true),
        "第2行第9列 $.crs：地图的坐标系GCJ02与数据的crs不同，只画点，不画边界"
    );
    assert!(
        notice
            .text(false)
            .starts_with("line 2, column 9, $.crs: the map's")
    );
    // Within a metre of each other.
    assert!(Crs::agree(Some(Crs::Wgs84), Some(Crs::Cgcs2000)));
    assert!(Crs::agree(None, Some(Crs::Gcj02)));
}
