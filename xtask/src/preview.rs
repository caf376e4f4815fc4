//! `cargo xtask preview`: builds `dist/` and the native program, then hands over to it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::command;
use crate::dist;
use crate::progress::step;
use crate::project::{self, Project};

/// What is passed on to `progress-widgets preview`.
#[derive(Args)]
pub struct Options {
    /// Show every widget on this feed; without it, the gallery
    feed: Option<PathBuf>,
    /// The map's geometry: GeoJSON or TopoJSON
    #[arg(long, value_name = "MAP")]
    geometry: Option<PathBuf>,
    /// The port on 127.0.0.1; the next free one where it is in use
    #[arg(long)]
    port: Option<u16>,
    /// Open a browser on it
    #[arg(long)]
    open: bool,
}

/// Builds what changed, then serves until interrupted.
///
/// # Errors
/// Where something can't be built, or the program can't be started.
pub fn run(options: &Options) -> Result<ExitCode> {
    // Said at once, and not after minutes of building.
    for path in options.feed.iter().chain(&options.geometry) {
        if !path.is_file() {
            let path = path.display();
            bail!("找不到文件 {path} / there is no file {path}");
        }
    }
    let project = Project::find()?;
    dist::build(&project)?;
    {
        let _step = step("编译预览程序 / compiling the preview program");
        let mut cargo = Command::new(project::cargo());
        // Unoptimised: it is compiled in a third of the time, and draws in milliseconds all the
        // same. Release would be optimised for the browser's size, not for speed.
        cargo
            .current_dir(&project.root)
            .args(["build", "--bin", "progress-widgets"]);
        command::run(&mut cargo)?;
    }
    let name = format!("debug/progress-widgets{}", std::env::consts::EXE_SUFFIX);
    let program = project.target.join(name);
    let status = Command::new(&program)
        .args(arguments(&project, options))
        .status()
        .with_context(|| program.display().to_string())?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn arguments(project: &Project, options: &Options) -> Vec<OsString> {
    let mut words: Vec<OsString> = vec!["preview".into()];
    words.extend(options.feed.iter().map(OsString::from));
    let mut named = |name: &str, value: OsString| words.extend([OsString::from(name), value]);
    if let Some(geometry) = &options.geometry {
        named("--geometry", geometry.into());
    }
    if let Some(port) = options.port {
        named("--port", port.to_string().into());
    }
    named("--dist", project.dist().into());
    named("--www", project.root.join("www").into());
    if options.open {
        words.push("--open".into());
    }
    words
}
