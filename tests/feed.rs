//! The feed's contract: the samples as published, and what happens to bad input.

use progress_widgets::feed::{Limits, parse};

#[test]
fn the_samples_are_read_without_notices() {
    for entry in std::fs::read_dir("www/samples").unwrap() {
        let path = entry.unwrap().path();
        let name = path.to_string_lossy().into_owned();
        if !name.ends_with(".json") || name.ends_with(".topo.json") {
            continue;
        }
        let parsed = parse(&std::fs::read(&path).unwrap(), &Limits::default()).unwrap();
        let texts: Vec<String> = parsed.notices.iter().map(|n| n.text(false)).collect();
        assert!(texts.is_empty(), "{name}: {texts:#?}");
    }
}
