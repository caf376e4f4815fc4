//! Whatever comes in: no panic, finite figures, notices that point into the document.

use progress_widgets::feed::{Limits, Parsed, Progress, parse};
use proptest::collection::vec;
use proptest::prelude::*;

/// JSON made of the feed's own names and awkward values.
fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("1e999".to_owned()),
        Just("-0".to_owned()),
        Just("-1e308".to_owned()),
        Just("0.97".to_owned()),
        Just("330106".to_owned()),
        Just("\"progress-widgets/1\"".to_owned()),
        Just("\"2020-09-30\"".to_owned()),
        Just("\"97%\"".to_owned()),
        Just("\"全部\\n\\u202e\"".to_owned()),
        Just("\"九成\"".to_owned()),
        "-?(0|[1-9][0-9]{0,19})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,4})?",
        any::<String>().prop_map(|s| serde_json::to_string(&s).unwrap()),
    ];
    leaf.prop_recursive(6, 60, 8, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(|list| format!("[{}]", list.join(","))),
            vec((name(), inner), 0..8).prop_map(|fields| {
                let fields: Vec<String> = fields
                    .iter()
                    .enumerate()
                    // Twice the same name would only show the one refusal.
                    .filter(|(i, (n, _))| fields.iter().take(*i).all(|(m, _)| m != n))
                    .map(|(_, (n, v))| format!("\"{n}\": {v}"))
                    .collect();
                format!("{{{}}}", fields.join(", "))
            }),
        ]
    })
}

fn name() -> impl Strategy<Value = String> {
    let mut names: Vec<String> = progress_widgets::feed::field_paths()
        .iter()
        .map(|path| path.rsplit('.').next().unwrap().to_owned())
        .collect();
    names.push("__proto__".to_owned());
    names.sort();
    names.dedup();
    prop::sample::select(names)
}

/// A document whose every known field holds any JSON.
fn document() -> impl Strategy<Value = String> {
    let top: Vec<String> = progress_widgets::feed::field_paths()
        .into_iter()
        .filter(|path| !path.contains(['.', '[']) && path != "feed" && path != "as_of")
        .collect();
    vec((prop::sample::select(top), json()), 0..8).prop_map(|fields| {
        let mut text = "{\"feed\":\"progress-widgets/1\",\n\"as_of\":\"2020-09\"".to_owned();
        for (i, (name, value)) in fields.iter().enumerate() {
            if fields.iter().take(i).all(|(other, _)| other != name) {
                text.push_str(&format!(",\n\"{name}\":{value}"));
            }
        }
        text + "}"
    })
}

fn check(parsed: &Parsed, text: &str) {
    let feed = &parsed.feed;
    let wholes = feed
        .total
        .iter()
        .chain(feed.regions.iter().map(|r| &r.progress))
        .chain(feed.categories.iter().map(|c| &c.progress))
        .chain(feed.history.iter().map(|h| &h.progress))
        .chain(
            feed.regions
                .iter()
                .flat_map(|r| r.history.iter().map(|h| &h.progress)),
        );
    for whole in wholes {
        figures(whole);
    }
    for region in &feed.regions {
        if let Some([lon, lat]) = region.point {
            assert!((-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat));
        }
        assert!(!region.name.is_empty());
    }
    let days: Vec<_> = feed.history.iter().map(|h| h.as_of.date).collect();
    assert!(
        days.is_sorted_by(|a, b| a < b),
        "oldest first, no day twice"
    );
    for notice in &parsed.notices {
        assert!(notice.path.starts_with('$'));
        let line = text.split('\n').nth(notice.line as usize - 1);
        let length = line.unwrap().chars().count();
        assert!(notice.column as usize <= length, "{notice:?}");
        assert!(!notice.text(true).is_empty() && !notice.text(false).contains('◇'));
    }
    assert!(parsed.notices.is_sorted_by_key(|n| (n.line, n.column)));
}

fn figures(whole: &Progress) {
    let investment = whole.investment.as_deref();
    let counts = [
        &whole.planned,
        &whole.started,
        &whole.completed,
        &whole.accepted,
    ];
    for count in counts.into_iter().flatten() {
        assert!(count.value >= 0.0 && count.value <= 1e15 && count.value.is_sign_positive());
    }
    let rates = [
        whole.rate.as_ref(),
        whole.completion_rate.as_ref(),
        investment.and_then(|i| i.rate.as_ref()),
    ];
    for rate in rates.into_iter().flatten() {
        assert!(rate.value.is_none_or(|v| (0.0..=10.0).contains(&v)));
        assert!(rate.value.is_some() || rate.text.is_some());
        if let Some(text) = &rate.text {
            assert!(!text.chars().any(|c| c.is_control() || c == '\u{202e}'));
        }
    }
}

/// A sample with some bytes replaced, cut out or repeated.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let samples = [
        "hangzhou-2020",
        "hangzhou-districts-sample",
        "zhejiang-2020-h1",
    ]
    .map(|name| std::fs::read(format!("www/samples/{name}.json")).unwrap());
    let change = (
        any::<prop::sample::Index>(),
        any::<u8>(),
        0_u8..4,
        1_usize..40,
    );
    (prop::sample::select(samples.to_vec()), vec(change, 1..6)).prop_map(|(mut bytes, changes)| {
        for (place, byte, kind, length) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = place.index(bytes.len());
            let end = (at + length).min(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes[at] = b"0123456789-\"{}[],:eE.\n"[usize::from(byte) % 22],
                2 => drop(bytes.drain(at..end)),
                _ => {
                    let part = bytes[at..end].to_vec();
                    bytes.splice(at..at, part);
                }
            }
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes(bytes in vec(any::<u8>(), 0..200)) {
        if let Err(error) = parse(&bytes, &Limits::default()) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn any_json(text in json()) {
        let _ = parse(text.as_bytes(), &Limits::default());
    }

    #[test]
    fn any_values_in_known_fields(text in document()) {
        match parse(text.as_bytes(), &Limits::default()) {
            Ok(parsed) => check(&parsed, &text),
            // Depth and double names are kept out by construction; lone surrogates by `String`.
            Err(error) => prop_assert!(false, "{error}\n{text}"),
        }
    }

    #[test]
    fn mutated_samples(bytes in mutated()) {
        match parse(&bytes, &Limits::default()) {
            Ok(parsed) => check(&parsed, std::str::from_utf8(&bytes).unwrap()),
            Err(error) => {
                let lines = bytes.iter().filter(|b| **b == b'\n').count() + 1;
                prop_assert!(error.line as usize <= lines, "{error}");
            }
        }
    }

    #[test]
    fn lower_limits_hold(text in document(), depth in 1_usize..6, most in 0_usize..3) {
        let limits = Limits {
            depth, regions: most, history_points: most, entries: most, text_chars: 20,
            notices: most, ..Limits::default()
        };
        if let Ok(parsed) = parse(text.as_bytes(), &limits) {
            prop_assert!(parsed.feed.regions.len() <= most);
            prop_assert!(parsed.feed.categories.len() <= most);
            prop_assert!(parsed.notices.len() <= most);
            let points = parsed.feed.history.len()
                + parsed.feed.regions.iter().map(|r| r.history.len()).sum::<usize>();
            prop_assert!(points <= most);
        }
    }

    #[test]
    fn a_percentage_as_text_is_the_number(thousandths in 0_u32..=1500) {
        // As a number in the feed and as printed, the same value to the last bit.
        let json = format!(
            "{{\"feed\":\"progress-widgets/1\",\"as_of\":\"2020-09\",\"total\":{{\"rate\":{}.{:03},\"completion_rate\":\"{}.{}%\"}}}}",
            thousandths / 1000, thousandths % 1000, thousandths / 10, thousandths % 10,
        );
        let total = parse(json.as_bytes(), &Limits::default()).unwrap().feed.total.unwrap();
        prop_assert_eq!(total.rate.unwrap().value, total.completion_rate.unwrap().value);
    }
}
