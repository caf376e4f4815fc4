//! `cargo xtask`: builds `dist/`, runs the tests, opens the preview. No drawing, no feed rules.

mod bundle;
mod command;
mod debian;
mod dist;
mod integrity;
mod progress;
mod project;
mod sizes;
mod toolchain;
mod wasm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Builds, tests and previews progress-widgets.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Make dist/: script, module, WebAssembly, types, schema, integrity hashes
    Build,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Build => dist::build().map(|_| ()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n错误 / error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
