//! The native program: look at a feed before it is published, check it, draw it.
//!
//! The only room that may read files, print, and use the clock and the network; it draws through
//! the same `compose` as the browser. Nothing imports it.

mod args;
mod check;
mod check_url;
mod contract;
mod export;
mod fields;
mod gallery;
mod input;
mod message;
mod picture;
mod preview;
mod render;
mod report;
mod serve;
mod site;
mod snippet;
mod watch;

use std::io::IsTerminal as _;
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

/// Nothing could be done: the input or the arguments can't be used.
const UNUSABLE: u8 = 2;

fn main() -> ExitCode {
    let args = Args::try_parse().unwrap_or_else(|error| {
        if let Some(help) = args::help(&error, std::io::stdout().is_terminal()) {
            match error.use_stderr() {
                true => eprint!("{help}"),
                false => print!("{help}"),
            }
            std::process::exit(error.exit_code());
        }
        if let Some(zh) = args::in_chinese(&error) {
            eprintln!("{zh}");
        }
        error.exit()
    });
    let done = match args.command {
        Command::Preview(args) => preview::run(&args),
        Command::Check(args) => check::run(&args),
        Command::CheckUrl(args) => check_url::run(&args),
        Command::Render(args) => render::run(&args),
        Command::Snippet(args) => snippet::run(&args),
        Command::Gallery(args) => export::run(&args),
    };
    match done {
        Ok(code) => code,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(UNUSABLE)
        }
    }
}
