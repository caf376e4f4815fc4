//! The published JSON Schema knows what the parser knows, no more and no less.

use progress_widgets::feed::{Limits, field_paths, parse};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let text = std::fs::read_to_string("www/feed.schema.json").unwrap();
    serde_json::from_str(&text).unwrap()
});

static VALIDATOR: LazyLock<jsonschema::Validator> =
    LazyLock::new(|| jsonschema::draft202012::new(&SCHEMA).unwrap());

pub(crate) fn validator() -> &'static jsonschema::Validator {
    &VALIDATOR
}

/// The fields that the schema names, as `regions[].investment.rate`.
fn schema_paths(schema: &Value, at: &str, paths: &mut BTreeSet<String>) {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let target = SCHEMA.pointer(reference.trim_start_matches('#')).unwrap();
        schema_paths(target, at, paths);
    }
    for word in ["allOf", "anyOf"] {
        for part in schema
            .get(word)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            schema_paths(part, at, paths);
        }
    }
    if let Some(items) = schema.get("items") {
        schema_paths(items, &format!("{at}[]"), paths);
    }
    for (name, field) in schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let path = if at.is_empty() {
            name.clone()
        } else {
            format!("{at}.{name}")
        };
        paths.insert(path.clone());
        schema_paths(field, &path, paths);
    }
}

#[test]
fn the_schema_names_the_fields_of_the_parser() {
    let mut published = BTreeSet::new();
    schema_paths(&SCHEMA, "", &mut published);
    let read: BTreeSet<String> = field_paths().into_iter().collect();
    let only_published: Vec<_> = published.difference(&read).collect();
    let only_read: Vec<_> = read.difference(&published).collect();
    assert!(
        only_published.is_empty(),
        "the parser does not know {only_published:?}"
    );
    assert!(
        only_read.is_empty(),
        "the schema does not name {only_read:?}"
    );
    assert!(read.contains("regions[].history[].investment.planned.bound"));
}

#[test]
fn every_field_is_described_in_both_languages() {
    fn walk(schema: &Value, at: &str) {
        for (name, field) in schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            // The alternatives of "a name or an id" only repeat a field.
            if at.contains("anyOf") && field.as_object().unwrap().len() == 1 {
                continue;
            }
            for word in ["title", "description"] {
                let text = field.get(word).and_then(Value::as_str).unwrap_or_default();
                assert!(
                    text.bytes().any(|b| b.is_ascii_alphabetic()),
                    "{at}.{name}: {word}"
                );
                assert!(text.chars().any(|c| c > '\u{2E80}'), "{at}.{name}: {word}");
            }
        }
        match schema {
            Value::Object(map) => map
                .iter()
                .for_each(|(key, value)| walk(value, &format!("{at}.{key}"))),
            Value::Array(list) => list.iter().for_each(|value| walk(value, at)),
            _ => {}
        }
    }
    walk(&SCHEMA, "$");
}

#[test]
fn the_samples_are_valid() {
    for entry in std::fs::read_dir("www/samples").unwrap() {
        let path = entry.unwrap().path();
        let name = path.to_string_lossy().into_owned();
        if !crate::is_feed(&name) {
            continue;
        }
        let feed: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let errors: Vec<String> = validator()
            .iter_errors(&feed)
            .map(|e| e.to_string())
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

/// One field at a time: where the schema refuses a value the parser lists or refuses it, and where
/// the schema accepts it the parser takes it without a word.
#[test]
fn schema_and_parser_agree_value_by_value() {
    let fits = r#"{
      "feed": "progress-widgets/1", "as_of": "2020-09-30", "target": {"rate": 1, "by": "2020-10"},
      "source": {"name": "来源"}, "total": {"investment": {}},
      "regions": [{"name": "一", "history": [{"as_of": "2020-01"}]}],
      "categories": [{"name": "一"}], "history": [{"as_of": "2020-01"}],
      "milestones": [{"date": "2020-01", "name": "一"}], "clusters": [{"name": "一"}],
      "coverage": [{"name": "一"}], "grades": [{"name": "一"}], "notes": [],
      "teams": {"roles": [{"name": "一"}]}
    }"#;
    let fits: Value = serde_json::from_str(fits).unwrap();
    let values = [
        "null",
        "true",
        "false",
        "0",
        "-1",
        "0.5",
        "1.5",
        "1.6",
        "97",
        "330106",
        "33010",
        "1e15",
        "1e16",
        "\"\"",
        "\"一\"",
        "\"97%\"",
        "\"NaN\"",
        "\"330106\"",
        "\"33010\"",
        "\"2020-09-30\"",
        "\"2020-13\"",
        "\"2020-10-17T10:01:32+08:00\"",
        "\"2020-10-17T24:01:32Z\"",
        "\"P1M\"",
        "\"P\"",
        "\"PT\"",
        "\"P1Y2M3W4DT5H6M7.5S\"",
        "\"P1M1Y\"",
        "\"PT5M\"",
        "\"http://a.cn/\"",
        "\"ftp://a.cn/\"",
        "\"https://\"",
        "\"en\"",
        "\"zh_CN\"",
        "\"progress-widgets/1\"",
        "\"town\"",
        "\"good\"",
        "[]",
        "[0]",
        "[\"一\"]",
        "[null]",
        "[120, 30]",
        "[30, 120]",
        "[120, 30, 0]",
        "{}",
        "{\"value\": 1}",
        "{\"value\": -1}",
        "{\"value\": null}",
        "{\"value\": 1, \"bound\": \"about\"}",
        "{\"value\": 1, \"bound\": \"ca\"}",
        "{\"text\": \"一\"}",
        "{\"name\": \"一\"}",
        "[{}]",
        "[{\"name\": \"一\"}]",
        "[{\"code\": 330106}]",
        "[{\"as_of\": \"2020-09\"}]",
        "[{\"date\": \"2020-09\", \"name\": \"一\"}]",
        "{\"rate\": \"97%\"}",
        "{\"rate\": 97}",
        "{\"by\": \"2020-09\"}",
        "{\"url\": \"http://a.cn\"}",
        "{\"activities\": 1, \"roles\": [{}]}",
    ];
    let mut checked = 0;
    let mut disagree = Vec::new();
    for path in field_paths() {
        for value in values {
            // A text is free; that no rate can be read from it is for the parser to say.
            let free = path.ends_with("rate") && value.starts_with('"') && value.len() > 2;
            // An empty text is absent: of no use, and no harm.
            let refers = ["clusters[].members", "coverage[].regions"].contains(&path.as_str());
            if free || value == "\"\"" || value == "[\"一\"]" && refers {
                continue;
            }
            let mut feed = fits.clone();
            let Some(slot) = slot(&mut feed, &path) else {
                continue;
            };
            *slot = serde_json::from_str(value).unwrap();
            let text = serde_json::to_string(&feed).unwrap();
            let takes = parse(text.as_bytes(), &Limits::default())
                .is_ok_and(|parsed| parsed.notices.is_empty());
            // A cluster's town that is not listed is beyond a schema.
            let refers = path == "clusters[].lead";
            let accepts = validator().is_valid(&feed);
            checked += 1;
            if takes != accepts && !(refers && accepts) {
                disagree.push(format!(
                    "{path} = {value}: schema {accepts}, parser {takes}"
                ));
            }
        }
    }
    assert!(checked > 3_000, "{checked}");
    assert!(disagree.is_empty(), "{}", disagree.join("\n"));
}

/// The place of a field in the first entries of its lists; `None` below a count, which the values
/// themselves vary.
fn slot<'a>(feed: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    let mut at = feed;
    let mut parts = path.split('.').peekable();
    while let Some(part) = parts.next() {
        let (name, in_list) = match part.strip_suffix("[]") {
            Some(name) => (name, true),
            None => (part, false),
        };
        let map = at.as_object_mut()?;
        if parts.peek().is_some() && !map.contains_key(name) {
            return None;
        }
        at = map.entry(name).or_insert(Value::Null);
        if in_list {
            at = at.get_mut(0)?;
        }
    }
    Some(at)
}
