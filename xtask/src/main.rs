//! `cargo xtask`: builds `dist/`, runs the tests, opens the preview. No drawing, no feed rules.

mod advisories;
mod arrange;
mod bench;
mod budget;
mod bundle;
mod command;
mod debian;
mod deny;
mod dist;
mod engines;
mod functions;
mod fuzz;
mod glue;
mod inline;
mod integrity;
mod preview;
mod progress;
mod project;
mod renumber;
mod reproducible;
mod size;
mod sizes;
mod test;
mod toolchain;
mod wasm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::project::Project;

/// Builds, tests and previews progress-widgets.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything and serve the gallery, or every widget on a feed, on 127.0.0.1
    Preview(preview::Options),
    /// Install what the tests need, run them all, and sum up in one line
    Test {
        /// Which parts to run; all but `engines` and `reproducible` where none is named
        parts: Vec<test::Part>,
    },
    /// Make dist/: script, module, WebAssembly, types, schema, integrity hashes
    Build,
    /// Feed random bytes to the parsers and the drawing, guided by the code that they reach
    Fuzz(fuzz::Options),
    /// Compare size and speed with other chart libraries, in Chromium
    Bench {
        /// How often each is measured, in turn
        #[arg(default_value_t = 9)]
        rounds: usize,
    },
    /// Show what fills the WebAssembly: bytes by crate, module and function
    Size {
        /// How many modules and functions to show
        #[arg(default_value_t = 40)]
        top: usize,
    },
}

fn main() -> ExitCode {
    let done = |_| ExitCode::SUCCESS;
    let outcome = match Arguments::parse().task {
        Task::Preview(options) => preview::run(&options),
        Task::Test { parts } => test::run(&parts).map(|well| {
            if well {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }),
        Task::Build => Project::find()
            .and_then(|project| dist::build(&project))
            .map(|_| ExitCode::SUCCESS),
        Task::Fuzz(options) => fuzz::run(&options).map(done),
        Task::Bench { rounds } => bench::run(rounds).map(done),
        Task::Size { top } => size::print(top).map(done),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("\n错误 / error: {error:#}");
        ExitCode::FAILURE
    })
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::Arguments;

    /// Every `cargo xtask …` in the project's pages is one that this program understands.
    #[test]
    fn the_documented_commands_exist() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .unwrap();
        let mut seen = 0;
        for page in [
            "README.md",
            "README.zh-CN.md",
            "CONTRIBUTING.md",
            "ARCHITECTURE.md",
        ] {
            let Ok(text) = std::fs::read_to_string(root.join(page)) else {
                continue;
            };
            for rest in text.split("cargo xtask ").skip(1) {
                // The command ends with its line, its quote or its remark.
                let words = rest
                    .split(['`', '\n', '#', '（', '，', '。'])
                    .next()
                    .unwrap();
                // In prose: "`cargo xtask test native`, `… browser`"; brackets mark what may be left out.
                let words = words.replace(['[', ']', '…'], " ");
                let words = words.replace(" MAP", " map.json").replace(" N", " 8080");
                let line = std::iter::once("cargo xtask").chain(words.split_whitespace());
                if let Err(error) = Arguments::try_parse_from(line) {
                    panic!("{page}: cargo xtask {words}: {error}");
                }
                seen += 1;
            }
        }
        assert!(seen >= 6, "the pages name the commands");
    }
}
