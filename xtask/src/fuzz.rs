//! `cargo xtask fuzz`: coverage-guided fuzzing of feeds, geometries and attributes by libFuzzer.
//!
//! The compiler's own coverage instrumentation is a pair of stable flags, so that neither a nightly
//! compiler nor another program is needed; libFuzzer itself is C++ and wants g++.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};

use crate::command;
use crate::debian;
use crate::progress::step;
use crate::project::{self, Project};

/// What makes a program count its edges for libFuzzer: what `cargo fuzz` passes, without the
/// sanitizers, which look for memory errors that code without `unsafe` does not have.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares";

/// A program built for this machine alone: named, so that build scripts do without the flags.
const HOST: &str = "x86_64-unknown-linux-gnu";

/// An input that takes longer than this is a finding.
const TIMEOUT_S: &str = "2";

/// Longest input tried; the kept corpus stays small.
const MAX_BYTES: &str = "4096";

/// What is fuzzed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Target {
    /// A feed, parsed and drawn
    Feed,
    /// A geometry, parsed, joined, laid out and drawn
    Geometry,
    /// A page's attributes on a sample feed
    Attributes,
}

/// What to fuzz and for how long.
#[derive(Args)]
pub struct Options {
    /// What to fuzz; all where none is named
    targets: Vec<Target>,
    /// Inputs to try of each; by default 10 million feeds, 1 million geometries, 1 million attributes
    #[arg(long)]
    runs: Option<u64>,
    /// Keep what reached new code in tests/fuzz/corpus, which the normal tests replay
    #[arg(long)]
    keep: bool,
}

impl Target {
    fn name(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::Geometry => "geometry",
            Self::Attributes => "attributes",
        }
    }

    fn runs(self) -> u64 {
        match self {
            Self::Feed => 10_000_000,
            Self::Geometry | Self::Attributes => 1_000_000,
        }
    }
}

/// Builds the fuzzers and runs them one after another.
///
/// # Errors
/// Where a target panics, overflows or takes over two seconds: libFuzzer has then printed the
/// input's file in `target/fuzz/`.
pub fn run(options: &Options) -> Result<()> {
    let project = Project::find()?;
    if command::find("g++").is_none() {
        debian::ensure(&["g++"])?;
    }
    let folder = project.root.join("tests/fuzz");
    let work = project.target.join("fuzz");
    {
        let _step = step("编译模糊测试 / compiling the fuzzers");
        let mut cargo = Command::new(project::cargo());
        cargo
            .current_dir(&folder)
            .args(["build", "--release", "--bins", "--target", HOST])
            .arg("--target-dir")
            .arg(&work)
            .env("RUSTFLAGS", FLAGS)
            .env_remove("CARGO_ENCODED_RUSTFLAGS");
        command::run(&mut cargo)?;
    }
    let all = [Target::Feed, Target::Geometry, Target::Attributes];
    let targets = if options.targets.is_empty() {
        &all[..]
    } else {
        &options.targets
    };
    for target in targets {
        let runs = options.runs.unwrap_or_else(|| target.runs());
        let _step = step(format!("模糊测试 / fuzzing: {} × {runs}", target.name()));
        fuzz(&folder, &work, *target, runs)?;
        if options.keep {
            keep(&folder, &work, *target)?;
        }
    }
    Ok(())
}

fn fuzz(folder: &Path, work: &Path, target: Target, runs: u64) -> Result<()> {
    let name = target.name();
    let grown = work.join("corpus").join(name);
    std::fs::create_dir_all(&grown).with_context(|| grown.display().to_string())?;
    let mut fuzzer = fuzzer(work, target);
    fuzzer
        .arg(format!("-runs={runs}"))
        .arg(format!("-timeout={TIMEOUT_S}"))
        .arg(format!("-max_len={MAX_BYTES}"))
        .arg(format!("-artifact_prefix={}/", work.display()))
        .arg(format!(
            "-dict={}",
            folder.join(name).with_extension("dict").display()
        ))
        .args(["-print_final_stats=1", "-verbosity=1"])
        .arg(&grown)
        .arg(folder.join("corpus").join(name));
    command::run(&mut fuzzer)
}

/// The smallest set of what was found that reaches all that was reached.
fn keep(folder: &Path, work: &Path, target: Target) -> Result<()> {
    let kept = folder.join("corpus").join(target.name());
    let fresh = work.join("kept").join(target.name());
    let _ = std::fs::remove_dir_all(&fresh);
    std::fs::create_dir_all(&fresh)?;
    let mut merge = fuzzer(work, target);
    merge
        .args(["-merge=1", "-max_len=1024"])
        .arg(&fresh)
        .arg(&kept)
        .arg(work.join("corpus").join(target.name()));
    command::run(&mut merge)?;
    std::fs::remove_dir_all(&kept)?;
    std::fs::create_dir_all(&kept)?;
    for entry in std::fs::read_dir(&fresh)? {
        let entry = entry?;
        // libFuzzer's names are hashes of the contents: the first half tells them apart.
        let name = entry
            .file_name()
            .to_string_lossy()
            .chars()
            .take(20)
            .collect::<String>();
        std::fs::copy(entry.path(), kept.join(name))?;
    }
    Ok(())
}

fn fuzzer(work: &Path, target: Target) -> Command {
    Command::new(work.join(HOST).join("release").join(target.name()))
}
