//! The browser tests in each engine: what must be installed for it, and how it is started.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::command;
use crate::debian;
use crate::progress::{note, step};
use crate::project::{self, Project};

/// Mozilla's driver is in no Debian release. 0.36 drives Firefox from 115 on.
const GECKODRIVER: &str = "geckodriver@0.36.0";

/// A browser engine.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Blink: Chrome, Edge, and most Chinese browsers.
    Chromium,
    /// Gecko.
    Firefox,
    /// Safari's, by WebKitGTK.
    Webkit,
}

/// All of them, the quickest first.
pub const ALL: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::Webkit];

impl Engine {
    /// As `BROWSER` names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// The browser, its driver where Debian has it, a screen where it wants one, and a font for
    /// Chinese: without it every character is a box.
    const fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-driver", "fonts-noto-cjk"],
            Self::Firefox => &["firefox-esr", "fonts-noto-cjk"],
            Self::Webkit => &["webkit2gtk-driver", "xvfb", "xauth", "fonts-noto-cjk"],
        }
    }

    const fn driver(self) -> &'static str {
        match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
            Self::Webkit => "WebKitWebDriver",
        }
    }

    /// Installs what is missing.
    ///
    /// # Errors
    /// Where the engine's driver can't be had.
    pub fn prepare(self, project: &Project) -> Result<()> {
        if let Err(error) = debian::ensure(self.packages()) {
            // Other systems install the same programs in their own way.
            note(format!("{error:#}"));
        }
        if self == Self::Firefox && command::find(self.driver()).is_none() {
            geckodriver(project)?;
        } else {
            ensure!(
                command::find(self.driver()).is_some(),
                "没有浏览器驱动 / no browser driver: {}",
                self.driver()
            );
        }
        Ok(())
    }

    /// A `cargo` that runs tests in this engine.
    ///
    /// # Errors
    /// Where the PATH can't be extended.
    pub fn cargo(self, project: &Project) -> Result<Command> {
        let cargo = project::cargo();
        // WebKitGTK has no mode without a screen.
        let mut command = if self == Self::Webkit {
            let mut screen = Command::new("xvfb-run");
            screen
                .args(["-a", "-s", "-screen 0 1600x2000x24"])
                .arg(cargo);
            screen
        } else {
            Command::new(cargo)
        };
        let path = std::env::var_os("PATH").unwrap_or_default();
        let own = drivers(project).join("bin");
        let folders = std::env::split_paths(&path).chain([own]);
        command
            .current_dir(&project.root)
            .env("BROWSER", self.name())
            .env("PATH", std::env::join_paths(folders).context("PATH")?);
        Ok(command)
    }
}

fn drivers(project: &Project) -> PathBuf {
    project.target.join("drivers")
}

/// Compiles Mozilla's driver once; it stays in the target folder.
fn geckodriver(project: &Project) -> Result<()> {
    let root = drivers(project);
    if root.join("bin/geckodriver").is_file() {
        return Ok(());
    }
    let _step = step(format!("编译 / compiling {GECKODRIVER}"));
    let build = root.join("build");
    let mut cargo = Command::new(project::cargo());
    // Unoptimised: it compiles in half the time, and it has little to do.
    cargo
        .current_dir(&project.root)
        .args([
            "install",
            "--locked",
            "--debug",
            "--quiet",
            GECKODRIVER,
            "--root",
        ])
        .arg(&root)
        .arg("--target-dir")
        .arg(&build);
    command::run(&mut cargo)?;
    // Some hundred megabytes that nobody needs again.
    std::fs::remove_dir_all(&build).with_context(|| build.display().to_string())
}
