//! Golden pictures: every case is drawn and compared byte for byte with `tests/pictures/NAME.svg`.
//!
//! `BLESS=1 cargo test --test pictures` writes what is drawn; look at it before you commit it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)] // A test fails loudly: that is its job.

#[path = "drawn/laid_out.rs"]
mod laid_out;

use std::fs;
use std::path::{Path, PathBuf};

use progress_widgets::compose::{Request, compose};
use progress_widgets::paint::svg::to_svg;
use progress_widgets::scene::Scene;
use progress_widgets::widgets::Kind;

const HANGZHOU: &str = "hangzhou-2020.json";
const DISTRICTS: &str = "hangzhou-districts-sample.json";
const CHINA: &str = "china-renovation-2023h1.json";
const STAGES: &str = "stages-sample.json";
const GRADES: &str = "zhejiang-towns-2019.json";
const COVERAGE: &str = "coverage-sample.json";
const TOWNS: &str = "hangzhou-towns-sample.json";
const CITIES: &str = "zhejiang-cities-sample.json";
const TREND: &str = "trend-sample.json";
const NOVEMBER: &str = "hangzhou-2020-11.json";
const TONGLU: &str = "tonglu-towns-sample.json";
const MAP: &str = "hangzhou-districts-2020.topo.json";
/// The same where feed and map state different coordinate systems.
const TOWNS_GCJ02: &str = "hangzhou-towns-sample.json@gcj02";
const MAP_WGS84: &str = "hangzhou-districts-2020.topo.json@wgs84";

/// Name, feed, geometry, kind, further options.
type Case = (
    &'static str,
    &'static str,
    Option<&'static str>,
    &'static str,
    &'static [(&'static str, &'static str)],
);

/// Drawn at 320, 640 and 1200 px, in light and dark.
const FULL: &[Case] = &[
    ("summary", HANGZHOU, None, "summary", &[]),
    ("bars", DISTRICTS, None, "bars", &[]),
    ("bars-since", STAGES, None, "bars", &[("since", "last")]),
    ("table", DISTRICTS, None, "table", &[]),
    ("board", DISTRICTS, Some(MAP), "board", &[]),
    ("map", DISTRICTS, Some(MAP), "map", &[]),
    ("stages", STAGES, None, "stages", &[]),
    ("stages-funnel", STAGES, None, "stages", &[("by", "total")]),
    ("teams", HANGZHOU, None, "teams", &[]),
    ("grades", GRADES, None, "grades", &[]),
    ("coverage", HANGZHOU, None, "coverage", &[]),
    ("coverage-matrix", COVERAGE, None, "coverage", &[]),
    ("grid", CHINA, None, "grid", &[]),
    ("trend", TREND, None, "trend", &[]),
    ("pace", TREND, None, "pace", &[]),
    ("milestones", TREND, None, "milestones", &[]),
    ("towns", TOWNS, Some(MAP), "towns", &[]),
    ("towns-models", HANGZHOU, Some(MAP), "towns", &[]),
    ("clusters", HANGZHOU, Some(MAP), "clusters", &[]),
];

/// Drawn at 320 and 640 px, in light.
const MORE: &[Case] = &[
    ("summary-en", HANGZHOU, None, "summary", &[("lang", "en")]),
    (
        "summary-senior",
        HANGZHOU,
        None,
        "summary",
        &[("size", "senior")],
    ),
    (
        "summary-november",
        "hangzhou-2020-11.json",
        None,
        "summary",
        &[],
    ),
    (
        "summary-zhejiang",
        "zhejiang-2020-h1.json",
        None,
        "summary",
        &[],
    ),
    ("bars-en", DISTRICTS, None, "bars", &[("lang", "en")]),
    (
        "bars-senior",
        DISTRICTS,
        None,
        "bars",
        &[("size", "senior")],
    ),
    (
        "bars-since-en",
        STAGES,
        None,
        "bars",
        &[("since", "2020-06"), ("lang", "en")],
    ),
    (
        "bars-since-senior",
        STAGES,
        None,
        "bars",
        &[("since", "last"), ("size", "senior")],
    ),
    (
        "bars-categories",
        STAGES,
        None,
        "bars",
        &[("by", "categories")],
    ),
    (
        "bars-categories-investment",
        STAGES,
        None,
        "bars",
        &[("by", "categories"), ("metric", "investment")],
    ),
    (
        "bars-total-since",
        NOVEMBER,
        None,
        "bars",
        &[("by", "total"), ("since", "last")],
    ),
    (
        "bars-towns",
        TONGLU,
        None,
        "bars",
        &[("level", "town"), ("parent", "330122")],
    ),
    (
        "bars-towns-since",
        TONGLU,
        None,
        "bars",
        &[("parent", "330122"), ("since", "last")],
    ),
    (
        "bars-investment",
        TONGLU,
        None,
        "bars",
        &[
            ("level", "town"),
            ("parent", "330122"),
            ("metric", "investment"),
        ],
    ),
    (
        "bars-investment-senior",
        TONGLU,
        None,
        "bars",
        &[
            ("level", "town"),
            ("parent", "330122"),
            ("metric", "investment"),
            ("size", "senior"),
            ("lang", "en"),
        ],
    ),
    ("board-en", HANGZHOU, None, "board", &[("lang", "en")]),
    (
        "board-senior",
        DISTRICTS,
        Some(MAP),
        "board",
        &[("size", "senior")],
    ),
    ("bars-china", CHINA, None, "bars", &[]),
    ("table-china", CHINA, None, "table", &[("limit", "12")]),
    (
        "table-en",
        CHINA,
        None,
        "table",
        &[("limit", "12"), ("lang", "en")],
    ),
    (
        "table-senior",
        DISTRICTS,
        None,
        "table",
        &[("size", "senior")],
    ),
    ("table-states", "hangzhou-2020-11.json", None, "table", &[]),
    ("table-change", STAGES, None, "table", &[]),
    (
        "table-change-en",
        "tonglu-towns-sample.json",
        None,
        "table",
        &[("level", "town"), ("lang", "en")],
    ),
    (
        "bars-limit",
        CHINA,
        None,
        "bars",
        &[("limit", "5"), ("lang", "zh-Hant")],
    ),
    ("map-en", DISTRICTS, Some(MAP), "map", &[("lang", "en")]),
    (
        "map-senior",
        DISTRICTS,
        Some(MAP),
        "map",
        &[("size", "senior")],
    ),
    (
        "map-breaks",
        DISTRICTS,
        Some(MAP),
        "map",
        &[("breaks", "95%,97%,99%"), ("projection", "mercator")],
    ),
    (
        "teams-en",
        "hangzhou-2020.en.json",
        None,
        "teams",
        &[("size", "senior")],
    ),
    (
        "grades-en",
        GRADES,
        None,
        "grades",
        &[("lang", "en"), ("size", "senior")],
    ),
    ("grades-bars", GRADES, None, "grades", &[("shape", "bars")]),
    ("stages-en", STAGES, None, "stages", &[("lang", "en")]),
    (
        "stages-senior",
        STAGES,
        None,
        "stages",
        &[("size", "senior")],
    ),
    (
        "stages-categories",
        STAGES,
        None,
        "stages",
        &[("by", "categories"), ("metric", "completion")],
    ),
    ("stages-hangzhou", HANGZHOU, None, "stages", &[]),
    (
        "stages-funnel-en",
        STAGES,
        None,
        "stages",
        &[("by", "total"), ("lang", "en"), ("size", "senior")],
    ),
    (
        "coverage-en",
        "hangzhou-2020.en.json",
        None,
        "coverage",
        &[],
    ),
    (
        "coverage-senior",
        HANGZHOU,
        None,
        "coverage",
        &[("size", "senior")],
    ),
    (
        "coverage-matrix-senior",
        COVERAGE,
        None,
        "coverage",
        &[("size", "senior"), ("limit", "30")],
    ),
    (
        "coverage-dots",
        COVERAGE,
        None,
        "coverage",
        &[("shape", "dots")],
    ),
    (
        "coverage-bars",
        COVERAGE,
        None,
        "coverage",
        &[("shape", "bars")],
    ),
    (
        "clusters-en",
        TOWNS,
        Some(MAP),
        "clusters",
        &[("lang", "en")],
    ),
    ("clusters-figures", TOWNS, Some(MAP), "clusters", &[]),
    (
        "clusters-senior",
        TOWNS,
        Some(MAP),
        "clusters",
        &[("size", "senior")],
    ),
    ("clusters-no-geometry", HANGZHOU, None, "clusters", &[]),
    ("towns-en", TOWNS, Some(MAP), "towns", &[("lang", "en")]),
    (
        "towns-senior",
        TOWNS,
        Some(MAP),
        "towns",
        &[("size", "senior")],
    ),
    ("towns-no-geometry", TOWNS, None, "towns", &[]),
    (
        "towns-other-crs",
        TOWNS_GCJ02,
        Some(MAP_WGS84),
        "towns",
        &[],
    ),
    (
        "clusters-other-crs",
        TOWNS_GCJ02,
        Some(MAP_WGS84),
        "clusters",
        &[],
    ),
    ("towns-no-points", DISTRICTS, Some(MAP), "towns", &[]),
    ("grid-en", CHINA, None, "grid", &[("lang", "en")]),
    ("grid-senior", CHINA, None, "grid", &[("size", "senior")]),
    ("grid-cities", CITIES, None, "grid", &[]),
    ("grid-no-layout", DISTRICTS, None, "grid", &[]),
    ("map-china-no-geometry", CHINA, None, "map", &[]),
    ("milestones-hangzhou", HANGZHOU, None, "milestones", &[]),
    (
        "milestones-en",
        TREND,
        None,
        "milestones",
        &[("lang", "en")],
    ),
    (
        "milestones-senior",
        TREND,
        None,
        "milestones",
        &[("size", "senior")],
    ),
    ("pace-en", TREND, None, "pace", &[("lang", "en")]),
    ("pace-senior", TREND, None, "pace", &[("size", "senior")]),
    ("pace-done", NOVEMBER, None, "pace", &[]),
    ("pace-one", HANGZHOU, None, "pace", &[]),
    ("trend-two", NOVEMBER, None, "trend", &[]),
    ("trend-en", TREND, None, "trend", &[("lang", "en")]),
    ("trend-senior", TREND, None, "trend", &[("size", "senior")]),
    ("trend-count", TREND, None, "trend", &[("show", "count")]),
    (
        "trend-investment",
        "zhejiang-2020-h1.json",
        None,
        "trend",
        &[("metric", "investment"), ("show", "count")],
    ),
    ("map-towns", TOWNS, Some(MAP), "map", &[("level", "town")]),
    ("map-no-geometry", DISTRICTS, None, "map", &[]),
    (
        "map-review-number",
        DISTRICTS,
        Some(MAP),
        "map",
        &[("require-review-number", "true")],
    ),
    (
        "map-government",
        DISTRICTS,
        Some(MAP),
        "map",
        &[("theme", "government")],
    ),
    (
        "summary-government-dark",
        HANGZHOU,
        None,
        "summary",
        &[("theme", "government"), ("scheme", "dark")],
    ),
    ("bars-quiet", DISTRICTS, None, "bars", &[("theme", "quiet")]),
    (
        "map-contrast",
        DISTRICTS,
        Some(MAP),
        "map",
        &[("theme", "contrast")],
    ),
    (
        "bars-contrast-dark",
        DISTRICTS,
        None,
        "bars",
        &[("theme", "contrast"), ("scheme", "dark")],
    ),
];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn draw(case: &Case, width: u32, dark: bool) -> String {
    to_svg(&scene(case, width, dark))
}

fn scene(case: &Case, width: u32, dark: bool) -> Scene {
    scene_with(case, width, dark, &[])
}

fn scene_with(case: &Case, width: u32, dark: bool, more: &[(&str, &str)]) -> Scene {
    let (_, feed, geometry, kind, options) = case;
    // `FILE@CRS` is the file with that coordinate system stated.
    let read = |name: &str| {
        let (name, crs) = name.split_once('@').unwrap_or((name, ""));
        let text = fs::read_to_string(folder("www/samples").join(name)).unwrap();
        let stated = format!("{{\"crs\": \"{crs}\",");
        match crs {
            "" => text.into_bytes(),
            _ => text.replacen('{', &stated, 1).into_bytes(),
        }
    };
    let mut request = Request::new(Kind::named(kind).unwrap());
    request.set("width", &width.to_string()).unwrap();
    request
        .set("scheme", if dark { "dark" } else { "light" })
        .unwrap();
    for (name, value) in options.iter().chain(more) {
        request.set(name, value).unwrap();
    }
    let composed = compose(&read(feed), geometry.map(read).as_deref(), &request)
        .unwrap_or_else(|e| panic!("{}", e.text(false)));
    composed.scene
}

#[test]
fn pictures_are_as_blessed() {
    let golden = folder("tests/pictures");
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    let mut names = Vec::new();
    let cases = FULL
        .iter()
        .map(|c| (c, &[320, 640, 1200][..], &[false, true][..]));
    let more = MORE.iter().map(|c| (c, &[320, 640][..], &[false][..]));
    for (case, widths, schemes) in cases.chain(more) {
        for &width in widths {
            for &dark in schemes {
                let name = format!("{}-{width}{}.svg", case.0, if dark { "-dark" } else { "" });
                let path = golden.join(&name);
                let drawn = draw(case, width, dark);
                if bless {
                    fs::create_dir_all(&golden).unwrap();
                    fs::write(&path, &drawn).unwrap();
                } else if fs::read_to_string(&path).ok().as_deref() != Some(&drawn) {
                    let output = folder("test-output/pictures");
                    fs::create_dir_all(&output).unwrap();
                    fs::write(output.join(&name), &drawn).unwrap();
                    wrong.push(name.clone());
                }
                names.push(name);
            }
        }
    }
    let mut unknown: Vec<String> = fs::read_dir(&golden)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !names.contains(name))
        .collect();
    if bless {
        for name in unknown.drain(..) {
            fs::remove_file(golden.join(name)).unwrap();
        }
    }
    assert!(
        wrong.is_empty() && unknown.is_empty(),
        "drawn differently or never blessed (see test-output/pictures): {wrong:?}; without a case: {unknown:?}"
    );
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for case in FULL {
        assert_eq!(draw(case, 640, false), draw(case, 640, false));
    }
}

#[test]
fn nothing_touches_is_cut_or_leaves_a_picture() {
    let mut problems = Vec::new();
    for case in FULL.iter().chain(MORE) {
        for width in [320, 640, 1200] {
            for dark in [false, true] {
                problems.extend(faults(case, width, dark, &[]));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// The hardest: English words, which are longer, in large type on a small telephone.
#[test]
fn nothing_touches_or_is_cut_in_large_type() {
    let mut problems = Vec::new();
    for case in FULL.iter().chain(MORE) {
        for lang in ["zh-CN", "en"] {
            for width in [320, 360, 640] {
                let large = [("lang", lang), ("size", "senior")];
                problems.extend(faults(case, width, false, &large));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// What is wrong with a picture's layout, and its texts that are cut.
fn faults(case: &Case, width: u32, dark: bool, more: &[(&str, &str)]) -> Vec<String> {
    let scene = scene_with(case, width, dark, more);
    let found = laid_out::problems(&scene).into_iter();
    let tell = |problem| format!("{} {width} {more:?}: {problem}", case.0);
    found.chain(laid_out::shortened(&scene)).map(tell).collect()
}
