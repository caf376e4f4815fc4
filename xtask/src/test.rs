//! Runs the tests by part, all of them even where one fails, and sums up in one last line.
//!
//! The sum counts what the runners count; a part that runs no tests of its own (format, clippy,
//! deny, budget) counts as one.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::ValueEnum;

use crate::budget;
use crate::command;
use crate::deny;
use crate::dist;
use crate::engines::{self, Engine};
use crate::progress::{note, step};
use crate::project::{self, Project};
use crate::reproducible;
use crate::toolchain::{self, TARGET};
use crate::wasm;

/// The package in `tests/browser`: it needs a browser and `dist/`, so it is no native test.
const BROWSER_TESTS: &str = "browser-tests";

/// A part of the tests.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// rustfmt finds nothing to change
    Format,
    /// clippy finds nothing to warn of, natively and for the browser
    Clippy,
    /// Every test that needs no browser; golden and architecture are among them
    Native,
    /// The pictures in tests/pictures alone; BLESS=1 writes them anew
    Golden,
    /// The rule of which room may import which alone
    Architecture,
    /// Licences, sources and known holes of the dependencies
    Deny,
    /// dist/ is within budget.toml
    Budget,
    /// Chromium on dist/
    Browser,
    /// Chromium, Firefox and WebKit on dist/, the same tests; takes long, so only by name
    Engines,
    /// A build in another folder gives the same bytes; takes a minute, so only by name
    Reproducible,
}

/// What runs where no part is named.
const ALL: [Part; 6] = [
    Part::Format,
    Part::Clippy,
    Part::Native,
    Part::Deny,
    Part::Budget,
    Part::Browser,
];

/// How many tests passed and failed.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
struct Tally {
    passed: u32,
    failed: u32,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.passed = self.passed.saturating_add(other.passed);
        self.failed = self.failed.saturating_add(other.failed);
    }
}

/// Runs the parts and prints the sum; true where nothing failed.
///
/// # Errors
/// Only where the checkout itself can't be read; a part that fails is counted.
pub fn run(parts: &[Part]) -> Result<bool> {
    let project = Project::find()?;
    let mut sum = Tally::default();
    let mut failures = Vec::new();
    for part in if parts.is_empty() { &ALL[..] } else { parts } {
        let name = part
            .to_possible_value()
            .map_or_else(String::new, |it| it.get_name().to_owned());
        let _step = step(format!("测试 / testing: {name}"));
        let tally = run_part(&project, *part).unwrap_or_else(|error| {
            eprintln!("错误 / error: {name}: {error:#}");
            Tally {
                passed: 0,
                failed: 1,
            }
        });
        if tally.failed > 0 {
            failures.push(name);
        }
        sum.add(tally);
    }
    if !failures.is_empty() {
        println!("\n未通过 / failed: {}", failures.join(", "));
    }
    println!("\n{} passed, {} failed", sum.passed, sum.failed);
    Ok(sum.failed == 0)
}

fn run_part(project: &Project, part: Part) -> Result<Tally> {
    let one = |outcome: Result<()>| {
        outcome.map(|()| Tally {
            passed: 1,
            failed: 0,
        })
    };
    match part {
        Part::Format => one(format(project)),
        Part::Clippy => clippy(project),
        Part::Native => {
            let mut words = vec!["--workspace"];
            if project.has_member(BROWSER_TESTS) {
                words.extend(["--exclude", BROWSER_TESTS]);
            }
            cargo_test(project, &words)
        }
        Part::Golden => cargo_test(project, &["--test", "pictures"]),
        Part::Architecture => cargo_test(project, &["--test", "architecture"]),
        Part::Deny => one(deny::check(project)),
        Part::Budget => one(dist::build(project).and_then(|sizes| budget::check(project, sizes))),
        Part::Browser => browsers(project, &[Engine::Chromium]),
        Part::Engines => browsers(project, &engines::ALL),
        Part::Reproducible => one(reproducible::check(project)),
    }
}

fn format(project: &Project) -> Result<()> {
    component("rustfmt");
    command::run(cargo(project).args(["fmt", "--all", "--check"]))
}

fn clippy(project: &Project) -> Result<Tally> {
    component("clippy");
    let mut tally = Tally::default();
    let mut native = cargo(project);
    native.args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]);
    tally.add(counted(command::run(&mut native)));

    // What is compiled for the browser alone is invisible to the run above. Another compiler's
    // clippy has other opinions, so only the one that runs this program is asked.
    let toolchain = toolchain::find()?;
    if toolchain.cargo == project::cargo() {
        let mut browser = wasm::cargo(project, &toolchain, "clippy");
        browser.args(["--", "-D", "warnings"]);
        tally.add(counted(command::run(&mut browser)));
    } else {
        note(format!(
            "未检查 {TARGET} 代码的 clippy：该目标来自 Debian 的编译器 / clippy not run for {TARGET}: \
             that target comes from Debian's compiler"
        ));
    }
    Ok(tally)
}

/// The browser tests in these engines, one after the other: each takes all of the machine.
fn browsers(project: &Project, engines: &[Engine]) -> Result<Tally> {
    if !project.has_member(BROWSER_TESTS) {
        note("tests/browser 不存在 / there is no tests/browser");
        return Ok(Tally::default());
    }
    dist::build(project)?;
    let mut tally = Tally::default();
    for engine in engines {
        let _step = step(format!("浏览器 / browser: {}", engine.name()));
        let outcome = engine.prepare(project).and_then(|()| {
            let mut cargo = engine.cargo(project)?;
            cargo.args(["test", "--no-fail-fast", "--package", BROWSER_TESTS]);
            count(cargo)
        });
        tally.add(outcome.unwrap_or_else(|error| {
            eprintln!("错误 / error: {}: {error:#}", engine.name());
            Tally {
                passed: 0,
                failed: 1,
            }
        }));
    }
    Ok(tally)
}

fn cargo_test(project: &Project, words: &[&str]) -> Result<Tally> {
    let mut cargo = cargo(project);
    cargo.args(["test", "--no-fail-fast"]).args(words);
    count(cargo)
}

/// Runs `cargo test`, shows its output as it comes, and counts.
fn count(mut cargo: Command) -> Result<Tally> {
    let mut child = cargo
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("cargo test")?;
    let mut tally = Tally::default();
    for line in child
        .stdout
        .take()
        .into_iter()
        .flat_map(|pipe| BufReader::new(pipe).lines())
    {
        // A test may print what is no UTF-8; that is not our line.
        let Ok(line) = line else { continue };
        println!("{line}");
        tally.add(summary(&line).unwrap_or_default());
    }
    let status = child.wait().context("cargo test")?;
    if !status.success() && tally.failed == 0 {
        // It did not compile, or a test ended the whole process.
        tally.failed = 1;
    }
    Ok(tally)
}

/// Reads `test result: ok. 12 passed; 0 failed; 1 ignored; …`.
fn summary(line: &str) -> Option<Tally> {
    let counts = line.strip_prefix("test result: ")?.split_once(". ")?.1;
    let count = |name: &str| {
        let part = counts
            .split("; ")
            .find_map(|part| part.strip_suffix(name))?;
        part.trim().parse().ok()
    };
    Some(Tally {
        passed: count(" passed")?,
        failed: count(" failed")?,
    })
}

fn counted(outcome: Result<()>) -> Tally {
    match outcome {
        Ok(()) => Tally {
            passed: 1,
            failed: 0,
        },
        Err(error) => {
            eprintln!("错误 / error: {error:#}");
            Tally {
                passed: 0,
                failed: 1,
            }
        }
    }
}

/// rustup's minimal profile brings neither rustfmt nor clippy.
fn component(name: &str) {
    let program = if name == "clippy" {
        "cargo-clippy"
    } else {
        "rustfmt"
    };
    let beside = project::cargo().with_file_name(program);
    if !beside.is_file() && command::find("rustup").is_some() {
        let _step = step(format!("向 rustup 获取 / asking rustup for {name}"));
        let mut rustup = Command::new("rustup");
        // Without it the check itself fails and says that the component is missing.
        command::succeeds_within(
            rustup.args(["component", "add", name]),
            Duration::from_secs(120),
        );
    }
}

fn cargo(project: &Project) -> Command {
    let mut cargo = Command::new(project::cargo());
    cargo.current_dir(&project.root);
    cargo
}

#[cfg(test)]
mod tests {
    use super::{Tally, summary};

    #[test]
    fn counts_what_cargo_test_counted() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.50s";
        assert_eq!(
            summary(line),
            Some(Tally {
                passed: 12,
                failed: 3
            })
        );
        assert_eq!(summary("test feed::a_test ... ok"), None);
        assert_eq!(summary("test result: who knows"), None);
    }
}
