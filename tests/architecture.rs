//! The rooms of ARCHITECTURE.md: which may import which, read out of its table and of the sources.
//!
//! Also what every file keeps to: its first line says its job, and nothing of ours comes by glob.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)] // A test fails loudly: that is its job.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Imports that run against the table and are known to: the room, and what it takes. An entry
/// that is no longer needed fails the test, so that the list only shrinks.
const KNOWN: &[(&str, &str)] = &[];

#[test]
fn rooms_import_only_what_the_table_allows() {
    let rooms = rooms();
    let known: BTreeSet<(String, String)> = KNOWN
        .iter()
        .map(|(room, taken)| ((*room).to_owned(), (*taken).to_owned()))
        .collect();
    let mut broken = Vec::new();
    let mut met = BTreeSet::new();
    for file in sources("src") {
        let Some(room) = room_of(&file) else { continue };
        let Some(allowed) = rooms.get(&room) else {
            broken.push(format!(
                "{}: ARCHITECTURE.md has no room {room}",
                file.display()
            ));
            continue;
        };
        let text = without_tests(&fs::read_to_string(&file).unwrap());
        for taken in imports(&text, depth(&file)) {
            // A macro or an item of lib.rs is nobody's room.
            if taken == room || !rooms.contains_key(&taken) || allowed.contains(&taken) {
                continue;
            }
            let pair = (room.clone(), taken);
            if known.contains(&pair) {
                met.insert(pair);
            } else {
                broken.push(format!(
                    "{}: {} must not import {}",
                    file.display(),
                    pair.0,
                    pair.1
                ));
            }
        }
    }
    for (room, taken) in known.difference(&met) {
        broken.push(format!(
            "KNOWN: {room} no longer imports {taken}; take it off the list"
        ));
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn nothing_of_our_own_comes_by_glob() {
    let mut broken = Vec::new();
    for file in ["src", "tests", "xtask"].into_iter().flat_map(sources) {
        // A test module is the file's own inside: `use super::*` there hides nothing.
        let text = without_tests(&fs::read_to_string(&file).unwrap());
        for (number, line) in (1..).zip(text.lines()) {
            let path = line.trim_start().trim_start_matches("pub ");
            let ours = [
                "use crate::",
                "use super::",
                "use self::",
                "use progress_widgets::",
            ];
            if ours.iter().any(|start| path.starts_with(start)) && path.contains('*') {
                broken.push(format!("{}:{number}: {}", file.display(), line.trim()));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn every_file_says_its_job_first() {
    let silent: Vec<String> = ["src", "tests", "xtask"]
        .into_iter()
        .flat_map(sources)
        .filter(|file| !fs::read_to_string(file).unwrap().starts_with("//! "))
        .map(|file| file.display().to_string())
        .collect();
    assert!(
        silent.is_empty(),
        "no `//! ` in the first line:\n{}",
        silent.join("\n")
    );
}

#[test]
fn the_reader_of_imports_finds_what_there_is() {
    let text = r#"
//! See crate::a_comment.
use crate::feed::{Code, Level};
use crate::{figures, geo::{self, Map}, style as look};
use super::super::scene::Px;
use super::sibling::Thing;
fn f() -> crate::paint::Painter { "crate::text"; std::mem::drop(1) }
pub(crate) fn g() {}
#[cfg(test)]
mod tests { use crate::widgets::Kind; }
"#;
    let found = imports(&without_tests(text), 2);
    let found: Vec<&str> = found.iter().map(String::as_str).collect();
    assert_eq!(found, ["feed", "figures", "geo", "paint", "scene", "style"]);
    // In the room's own root file the crate is one step away.
    assert!(imports("use super::live::Clock;", 1).contains("live"));
    assert!(imports("use progress_widgets::compose;", 2).contains("compose"));
}

/// Room → the rooms it may import, out of ARCHITECTURE.md.
fn rooms() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut rooms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in text.lines().filter_map(|line| line.strip_prefix("| `src/")) {
        let name = row.split(['/', '`', '.']).next().unwrap().to_owned();
        if name == "lib" {
            continue;
        }
        let cell = row
            .trim_end()
            .trim_end_matches('|')
            .rsplit('|')
            .next()
            .unwrap();
        let allowed = if cell.contains("all above") {
            rooms.keys().cloned().collect()
        } else {
            cell.split(|letter: char| !letter.is_ascii_lowercase())
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        };
        rooms.insert(name, allowed);
    }
    assert!(
        rooms.len() >= 9,
        "ARCHITECTURE.md's table of rooms: {rooms:?}"
    );
    rooms
}

/// `src/geo/model.rs` and `src/geo.rs` are in the room `geo`; `src/lib.rs` is in none.
fn room_of(file: &Path) -> Option<String> {
    let inner = file.strip_prefix(root().join("src")).unwrap();
    let first = inner.components().next()?.as_os_str().to_str()?;
    let room = first.strip_suffix(".rs").unwrap_or(first);
    (room != "lib").then(|| room.to_owned())
}

/// How many `super::` lead from the file to the crate.
fn depth(file: &Path) -> usize {
    let inner = file.strip_prefix(root().join("src")).unwrap();
    inner.components().count() - usize::from(file.ends_with("mod.rs"))
}

/// The rooms that the text names by a path from the crate's root.
fn imports(text: &str, depth: usize) -> BTreeSet<String> {
    let text = code(text);
    let mut found = BTreeSet::new();
    let up = "super::".repeat(depth);
    for start in ["crate::", "progress_widgets::", up.as_str()] {
        for (position, _) in text.match_indices(start) {
            let before = &text[..position];
            // `mycrate::`, `super::super::` where one was meant.
            if before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_')
                || before.ends_with("::")
            {
                continue;
            }
            heads(&text[position + start.len()..], &mut found);
        }
    }
    found
}

/// The first word of a path, or of each path in a group: `a::B`, `{a, b::{C, D}, e as f}`.
fn heads(path: &str, found: &mut BTreeSet<String>) {
    let word = |text: &str| -> String {
        text.trim_start()
            .chars()
            .take_while(|it| it.is_alphanumeric() || *it == '_')
            .collect()
    };
    let Some(group) = path.strip_prefix('{') else {
        found.insert(word(path));
        return;
    };
    let mut open = 0_usize;
    let mut head = true;
    for (position, letter) in group.char_indices() {
        if head && !letter.is_whitespace() {
            found.insert(word(&group[position..]));
            head = false;
        }
        match letter {
            '{' => open += 1,
            '}' if open == 0 => return,
            '}' => open -= 1,
            ',' => head = open == 0,
            _ => {}
        }
    }
}

/// The text without comments and without what stands in quotes.
fn code(text: &str) -> String {
    let mut code = String::new();
    for line in text.lines() {
        let quoted = line.split('"').step_by(2).collect::<Vec<_>>().join("\"");
        code.push_str(quoted.split("//").next().unwrap());
        code.push('\n');
    }
    code
}

/// Tests may take any room: they stand at the end of a file.
fn without_tests(text: &str) -> String {
    text.split("#[cfg(test)]\nmod ").next().unwrap().to_owned()
}

/// Every Rust file below a folder of the checkout.
fn sources(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
