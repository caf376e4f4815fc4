//! Our reader of JSON against `serde_json`: what it accepts, what it makes of it, where it stops.

use super::{HUGE, Scanner, Token};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

/// The whole document; `None` where it is no JSON.
fn read(text: &str) -> Option<Value> {
    let mut scan = Scanner::new(text, 0, 100);
    let value = value(&mut scan);
    scan.end();
    scan.fault.is_none().then_some(value)
}

fn value(scan: &mut Scanner) -> Value {
    match scan.value(true) {
        Token::Null => Value::Null,
        Token::True => true.into(),
        Token::False => false.into(),
        Token::Number => scan.number.into(),
        Token::Text => scan.words.as_str().into(),
        Token::List => {
            let mut list = Vec::new();
            while scan.next() {
                list.push(value(scan));
            }
            list.into()
        }
        Token::Object => {
            let mut object = serde_json::Map::new();
            while scan.next() {
                scan.key(true);
                let key = scan.words.clone();
                object.insert(key, value(scan));
            }
            object.into()
        }
    }
}

/// Whether reading over it finds it to be JSON.
fn skips(text: &str) -> bool {
    let mut scan = Scanner::new(text, 0, 100);
    scan.skip();
    scan.end();
    scan.fault.is_none()
}

/// Equal but for the last places of long numbers.
fn same(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            a == b || (a - b).abs() <= b.abs() * 1e-14 || (a - b).abs() < 1e-290
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((k, a), (l, b))| k == l && same(a, b))
        }
        _ => ours == theirs,
    }
}

fn agrees(text: &str) {
    let ours = read(text);
    match serde_json::from_str::<Value>(text) {
        Ok(theirs) => {
            let ours = ours.unwrap_or_else(|| panic!("{text}: refused"));
            assert!(same(&ours, &theirs), "{text}: {ours} for {theirs}");
            assert!(skips(text), "{text}: not skipped");
        }
        // We have a number for it.
        Err(error) if error.to_string().starts_with("number out of range") => {}
        Err(error) => assert_eq!(ours, None, "{text}: {error}"),
    }
    let skipped = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    assert_eq!(skips(text), skipped, "{text}");
}

#[test]
fn awkward_documents_are_read_as_serde_json_reads_them() {
    for text in [
        "",
        " ",
        "0",
        "-0",
        "00",
        "01",
        "-01",
        "-",
        "+1",
        ".5",
        "1.",
        "1.e1",
        "1e",
        "1e+",
        "1E-2",
        "0.0",
        "0e0",
        "1 2",
        "1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[",
        "]",
        "[1}",
        "{\"a\":1]",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\":1,\"a\":2}",
        "{1:2}",
        "{\"a\" : 1}",
        "nul",
        "nulll",
        "NaN",
        "Infinity",
        "-Infinity",
        "tru e",
        "True",
        "'a'",
        "\"a",
        "\"\\\"",
        "\"\\u0000\"",
        "\"\u{0}\"",
        "\"\u{1f}\"",
        "\"\n\"",
        "\"\t\"",
        "\"\u{7f}\"",
        "\"\\x41\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\u+123\"",
        "\"\\u00e9\\u00E9\"",
        "\"\\/\\b\\f\\n\\r\\t\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud83c\\udfd7\"",
        "\"\\ud83c\\ud83c\"",
        "\"\\ud83cx\"",
        "\"\\ud83c\\n\"",
        "\"\\ud83c",
        "\u{feff}1",
        "\u{a0}1",
        "\u{b}1",
        "1\u{c}",
        "// a\n1",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775809",
        "123456789012345678901234567890.5",
        "0.000000000000000000000000000001",
        "1e-400",
        "0e999",
        "5e-324",
        "1.79e308",
        "0.1e23",
        "1e23",
        "120.15371299999999",
    ] {
        agrees(text);
        agrees(&format!("[{text}]"));
        agrees(&format!("{{\"a\":[{text}],\"b\":{{}}}}"));
    }
}

#[test]
fn what_is_too_large_is_a_number_all_the_same() {
    for text in ["1e309", "2e308", "1e99999999999", &"9".repeat(400)] {
        assert_eq!(read(text), Some(HUGE.into()));
        assert_eq!(read(&format!("-{text}")), Some((-HUGE).into()));
    }
    assert_eq!(read("-0").unwrap().as_f64().unwrap().to_bits(), 1 << 63);
}

#[test]
fn depth_is_bounded_and_skipping_does_not_recurse() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let flat = nested(3);
    let mut scan = Scanner::new(&flat, 0, 3);
    scan.skip();
    assert!(scan.fault.is_none());
    let deep = nested(4);
    let mut scan = Scanner::new(&deep, 0, 3);
    scan.skip();
    assert_eq!((scan.fault, scan.too_deep), (Some(3), true));
    let deep = nested(1_000_000);
    let mut scan = Scanner::new(&deep, 0, usize::MAX);
    scan.skip();
    assert_eq!((scan.fault, scan.offset()), (None, 2_000_000));
}

#[test]
fn a_fault_is_kept_and_ends_everything() {
    let mut scan = Scanner::new("{\"a\": [1, x, 3], \"b\": 2}", 0, 9);
    assert_eq!(scan.value(true), Token::Object);
    assert!(scan.next());
    scan.key(true);
    assert_eq!((&*scan.words, scan.offset()), ("a", 6));
    assert_eq!(scan.value(true), Token::List);
    assert!(scan.next());
    assert_eq!((scan.value(true), scan.number), (Token::Number, 1.0));
    assert!(scan.next());
    assert_eq!(scan.value(true), Token::Null);
    assert_eq!(scan.fault, Some(10));
    assert!(!scan.next());
    scan.close();
    scan.end();
    assert_eq!((scan.value(true), scan.fault), (Token::Null, Some(10)));
}

/// A character that JSON is made of, or is broken by.
const PIECE: &str = "[\\]\\[{},:\"\\\\0-9eE.+u \n\t\u{0}a-fnltr-]";

/// JSON, and pieces of it in any order.
fn document() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        "-?(0|[1-9][0-9]{0,24})(\\.[0-9]{1,24})?([eE][+-]?[0-9]{1,3})?",
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
        "\"(\\\\(u[dD][89a-fA-F][0-9a-f]{2}|u[0-9a-fA-F]{4}|[\"\\\\/bfnrt]))*\"",
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(|list| format!("[{}]", list.join(", "))),
            vec(("[a-c]", inner), 0..6).prop_map(|fields| {
                let fields: Vec<String> = fields
                    .iter()
                    .map(|(name, value)| format!("\"{name}\" :{value}"))
                    .collect();
                format!("{{{}}}", fields.join(",\n"))
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn documents_are_read_as_serde_json_reads_them(text in document()) {
        agrees(&text);
    }

    #[test]
    fn broken_documents_are_refused_as_serde_json_refuses_them(
        text in document(),
        changes in vec((any::<prop::sample::Index>(), 0..4, PIECE), 1..4),
    ) {
        let mut chars: Vec<char> = text.chars().collect();
        for (at, how, piece) in changes {
            let at = at.index(chars.len().saturating_add(1));
            match how {
                0 => chars.truncate(at),
                1 if at < chars.len() => drop(chars.remove(at)),
                _ => drop(chars.splice(at..at, piece.chars())),
            }
        }
        agrees(&chars.into_iter().collect::<String>());
    }

    #[test]
    fn up_to_15_digits_are_rounded_once(mantissa in 0_u64..1_000_000_000_000_000, power in 0_u32..=22) {
        let mut text = mantissa.to_string();
        text.push_str(&format!("e-{power}"));
        let exact: f64 = text.parse().unwrap();
        prop_assert_eq!(read(&text), Some(exact.into()));
    }
}
