//! Each `tests/feeds/NAME.json` and what happens to it, in `tests/feeds/NAME.txt`.
//!
//! `BLESS=1 cargo test --test feed` writes the texts anew; read the difference before committing.

use progress_widgets::feed::{Bound, Code, ErrorKind, Feed, Limits, Problem, parse};
use std::fmt::Write;
use std::path::Path;

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("tests/feeds/{name}.json")).unwrap()
}

fn feed(name: &str) -> Feed {
    parse(&bytes(name), &Limits::default()).unwrap().feed
}

/// What a reader of the notices sees, in both languages, and what the schema thinks.
fn outcome(bytes: &[u8]) -> String {
    let mut text = String::new();
    match parse(bytes, &Limits::default()) {
        Err(error) => {
            writeln!(text, "refused: {:?}", error.kind).unwrap();
            writeln!(text, "{}\n{}", error.text(false), error.text(true)).unwrap();
        }
        Ok(parsed) => {
            writeln!(text, "read, {} notices", parsed.notices.len()).unwrap();
            for notice in &parsed.notices {
                writeln!(text, "{:?}", notice.problem).unwrap();
                writeln!(text, "  {}\n  {}", notice.text(false), notice.text(true)).unwrap();
            }
        }
    }
    let verdict = match serde_json::from_slice::<serde_json::Value>(bytes) {
        Err(_) => "not JSON",
        Ok(value) if crate::schema::validator().is_valid(&value) => "valid",
        Ok(_) => "invalid",
    };
    writeln!(text, "schema: {verdict}").unwrap();
    text
}

#[test]
fn every_case_does_what_its_text_says() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for entry in std::fs::read_dir("tests/feeds").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "json") {
            continue;
        }
        seen += 1;
        let got = outcome(&std::fs::read(&path).unwrap());
        let expected_path = path.with_extension("txt");
        if bless {
            std::fs::write(&expected_path, &got).unwrap();
            continue;
        }
        match std::fs::read_to_string(&expected_path) {
            Ok(expected) if expected == got => {}
            Ok(expected) => wrong.push(format!(
                "{}\n--- expected\n{expected}--- got\n{got}",
                show(&path)
            )),
            Err(_) => wrong.push(format!("{}: no .txt beside it", show(&path))),
        }
    }
    assert!(seen >= 35, "cases are missing: {seen}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn show(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn every_problem_has_a_case() {
    let mut texts = String::new();
    for entry in std::fs::read_dir("tests/feeds").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "txt") {
            texts.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
    let mut maps = String::new();
    for entry in std::fs::read_dir("tests/geo").unwrap() {
        maps.push_str(&std::fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    // The names as the source lists them, so that a new one without a case fails here.
    let problems = variants("src/feed/notice.rs", "pub enum Problem {");
    assert!(problems.len() > 30);
    let errors = variants("src/feed/error.rs", "pub enum ErrorKind {");
    assert!(errors.len() > 15);
    // Those that only raised or lowered limits show have their own tests.
    let by_limits = [
        "TooLarge",
        "TooManyRegions",
        "TooManyHistoryPoints",
        "TooManyEntries",
    ];
    for name in problems {
        let line = format!("\n{name}\n");
        let of_map = [format!(": {name}\""), format!("Problem::{name})")]
            .iter()
            .any(|case| maps.contains(case));
        assert!(
            of_map || texts.contains(&line),
            "no case shows the notice {name}"
        );
    }
    for name in errors {
        let line = format!("refused: {name}\n");
        let of_map = maps.contains(&format!("ErrorKind::{name}"));
        assert!(
            of_map || by_limits.contains(&name.as_str()) || texts.contains(&line),
            "no case shows the refusal {name}"
        );
    }
}

fn variants(file: &str, head: &str) -> Vec<String> {
    let source = std::fs::read_to_string(file).unwrap();
    let body = source.split(head).nth(1).unwrap();
    let body = body.split("\n    }").next().unwrap();
    // A variant, a colon, and its sentences in the lines below.
    body.lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("//"))
        .filter_map(|line| line.strip_suffix(':'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn what_cannot_be_used_is_absent_and_not_zero() {
    let counts = feed("counts");
    let total = counts.total.unwrap();
    assert_eq!(total.planned, None, "negative");
    assert_eq!(total.started, None, "NaN text");
    assert_eq!(total.completed, None, "infinite");
    assert_eq!(total.accepted, None, "quoted");
    let first = &counts.categories[0].progress;
    assert_eq!(first.planned, None, "no value");
    // An unknown bound must not make a count exact: it would be divided by.
    assert_eq!(first.started.as_ref().unwrap().bound, Bound::About);

    let rates = feed("rates");
    assert_eq!(rates.total.unwrap().rate, None, "97 as a number");
    let kept = rates.categories[0].progress.rate.as_ref().unwrap();
    assert_eq!((kept.value, kept.text.as_deref()), (None, Some("大部分")));
    let none_started = rates.categories[2].progress.rate.as_ref().unwrap();
    assert_eq!(none_started.value, None, "全部未开工 is not 100%");
    let over = &rates.categories[3].progress;
    assert_eq!(over.rate.as_ref().unwrap().value, Some(1.2));
    assert_eq!(over.completion_rate.as_ref().unwrap().value, Some(2.3));
}

#[test]
fn the_earlier_of_two_is_kept() {
    let codes = feed("duplicate-code");
    let names: Vec<&str> = codes.regions.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(names, ["西湖区", "拱墅区"]);
    let days = feed("duplicate-day");
    let started: Vec<f64> = days
        .history
        .iter()
        .map(|point| point.progress.started.as_ref().unwrap().value)
        .collect();
    assert_eq!(started, [1700.0, 1892.0], "oldest first");
    assert_eq!(days.regions[0].history.len(), 1);
}

#[test]
fn what_contradicts_itself_is_kept_as_published() {
    let total = feed("stages-not-nested").total.unwrap();
    assert_eq!(total.started.unwrap().value, 120.0);
    let total = feed("rate-contradicted").total.unwrap();
    assert_eq!(total.rate.unwrap().value, Some(0.97));
}

#[test]
fn texts_are_made_harmless() {
    let texts = feed("texts");
    assert_eq!(texts.title.as_deref(), Some("杭州 美丽城镇"));
    assert_eq!(texts.subtitle, None);
    assert_eq!(texts.notes[0], "长".repeat(1000));
    assert_eq!(texts.notes[1], "可用");
    assert_eq!(feed("urls").source.unwrap().url, None);
}

#[test]
fn a_sample_that_does_not_say_so_clearly_is_a_sample() {
    assert!(feed("sample-unclear").sample);
    assert!(!feed("null-is-absent").sample);
}

#[test]
fn a_region_without_a_name_shows_its_code() {
    let regions = feed("regions").regions;
    assert_eq!(regions[1].name, "330106");
    assert_eq!(regions[2].parent, None, "its own parent");
    assert_eq!(regions[1].code, Code::parse("330106"));
}

#[test]
fn a_broken_document_says_where() {
    let error = parse(&bytes("broken-json"), &Limits::default()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Syntax);
    assert_eq!((error.line, error.column), (5, 20));
    assert_eq!(error.path, "$.regions[0]");
    // Both languages in one sentence for logs.
    let both = error.to_string();
    assert!(
        both.contains("不是合法的JSON") && both.contains("not valid JSON"),
        "{both}"
    );
}

#[test]
fn the_conversions_are_named() {
    for (name, command) in [
        ("gbk", "iconv -f GBK -t UTF-8"),
        ("utf16le-mark", "iconv -f UTF-16 -t UTF-8"),
        ("utf16be-no-mark", "iconv -f UTF-16 -t UTF-8"),
    ] {
        let error = parse(&bytes(name), &Limits::default()).unwrap_err();
        assert!(error.text(true).contains(command), "{name}");
        assert!(error.text(false).contains(command), "{name}");
        assert!(error.text(true).contains("记事本"), "{name}");
    }
    let parsed = parse(&bytes("byte-order-mark"), &Limits::default()).unwrap();
    assert_eq!(parsed.feed.title.as_deref(), Some("九成七已开工"));
}

#[test]
fn what_is_not_utf8_is_placed_behind_a_byte_order_mark_too() {
    let error = parse(b"\xEF\xBB\xBF{\n\"a\": \xFF}", &Limits::default()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotUtf8);
    assert_eq!((error.line, error.column), (2, 6));
}

#[test]
fn a_code_of_zeros_is_a_code() {
    let json = r#"{"feed": "progress-widgets/1", "as_of": "2020-09", "regions": [
        {"name": "一"},
        {"name": "二", "parent": "000000"},
        {"name": "三", "code": "000000"},
        {"name": "四", "code": "000000000"},
        {"name": "五", "code": "000000", "parent": "000000"}
    ], "coverage": [{"name": "设计", "regions": ["000000"]}]}"#;
    let parsed = parse(json.as_bytes(), &Limits::default()).unwrap();
    let problems: Vec<Problem> = parsed.notices.iter().map(|n| n.problem).collect();
    let again = Problem::DuplicateCode;
    assert_eq!(problems, [again, again, Problem::OwnParent]);
    assert_eq!(parsed.feed.regions.len(), 3);
    assert!(parsed.feed.regions[1].parent.is_some());
    assert_eq!(parsed.feed.coverage[0].regions[0].region, Some(2));
}

#[test]
fn positions_count_characters() {
    let json = "{\"feed\":\"progress-widgets/1\",\"as_of\":\"2020-09\",\n \"title\":\"杭州\",\"total\":{\"planned\":-5}}";
    let parsed = parse(json.as_bytes(), &Limits::default()).unwrap();
    let notice = &parsed.notices[0];
    assert_eq!(notice.problem, Problem::Negative);
    assert_eq!((notice.line, notice.column), (2, 34));
    assert_eq!(
        (notice.path.as_str(), notice.found.as_str()),
        ("$.total.planned", "-5")
    );
}
