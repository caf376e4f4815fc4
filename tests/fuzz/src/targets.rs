//! What is fuzzed: a feed, a geometry, a page's attributes; each goes the whole way to the SVG.
//!
//! Shared by the fuzzer's programs and by `tests/corpus.rs`, which replays the kept corpus.

use progress_widgets::compose::{Request, compose, draw};
use progress_widgets::paint::svg::to_svg;
use progress_widgets::widgets::{KINDS, Kind};
use progress_widgets::{feed, geo};

/// Figures that a random geometry is joined to: codes as number and text, a name, a point.
const REGIONS: &[u8] = br#"{"feed":"progress-widgets/1","as_of":"2020-09-30","regions":[
{"code":330106,"name":"A","level":"district","planned":10,"started":5},
{"code":"330127","name":"B","level":"district","rate":"97%"},
{"name":"C","level":"zone"},
{"name":"D","level":"town","parent":330106,"point":[120.1,30.2],"tags":["model"],"rate":0.5}],
"clusters":[{"name":"E","lead":"D","members":["A","C"]}]}"#;

/// What random attributes are tried on.
const DISTRICTS: &[u8] = include_bytes!("../../../www/samples/hangzhou-districts-sample.json");
/// Two squares, so that thousands are drawn in a second.
const MAP: &[u8] = br#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"adcode":330106,"name":"A"},"geometry":{"type":"Polygon","coordinates":[[[120,30],[121,30],[121,31],[120,31],[120,30]]]}},
{"type":"Feature","properties":{"adcode":330127,"name":"B"},"geometry":{"type":"Polygon","coordinates":[[[121,30],[122,30],[122,31],[121,31],[121,30]]]}}]}"#;

/// A feed through the parser and, where it is one, through one kind at one width, both chosen by
/// its own bytes so that the same input always does the same.
pub fn feed(bytes: &[u8]) {
    let Ok(parsed) = feed::parse(bytes, &feed::Limits::default()) else {
        return;
    };
    let hash = hash(bytes);
    let kind = KINDS.get(hash as usize % KINDS.len());
    let mut request = Request::new(kind.unwrap_or(&KINDS[0]));
    let (width, lang) = (
        200 + hash / 64 % 1400,
        ["zh", "zh-Hant", "en"][hash as usize / 7 % 3],
    );
    let _ = request.set("width", &width.to_string());
    let _ = request.set("lang", lang);
    finish(&draw(&parsed, None, &request));
}

/// A geometry through the parser and, where it is one, under every kind that uses one.
pub fn geometry(bytes: &[u8]) {
    let Ok(map) = geo::parse(bytes, &geo::Limits::default()) else {
        return;
    };
    let Ok(parsed) = feed::parse(REGIONS, &feed::Limits::default()) else {
        return;
    };
    for kind in KINDS.iter().filter(|kind| kind.uses_geometry) {
        let mut request = Request::new(kind);
        let _ = request.set(
            "width",
            if bytes.len().is_multiple_of(2) {
                "320"
            } else {
                "900"
            },
        );
        finish(&draw(&parsed, Some(&map), &request));
    }
}

/// Attributes, `name=value` a line, as a page might write them.
pub fn attributes(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut request = Request::new(Kind::named("bars").unwrap_or(&KINDS[0]));
    for line in text.lines() {
        let (name, value) = line.split_once('=').unwrap_or((line, ""));
        if let Err(error) = request.set(name, value) {
            let _ = (error.text(true), error.text(false));
        }
    }
    if let Ok(composed) = compose(DISTRICTS, Some(MAP), &request) {
        finish(&composed.scene);
    }
}

/// What holds of every picture.
fn finish(scene: &progress_widgets::scene::Scene) {
    assert!(scene.width.0 > 0 && scene.height.0 > 0, "an empty picture");
    let svg = to_svg(scene);
    assert!(!svg.contains('\0'), "a NUL is no XML");
}

/// FNV-1a, 32 bits.
fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}
