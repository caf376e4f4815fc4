//! `cargo xtask bench`: the same pictures by this project and by the libraries it is measured
//! against, in Chromium.

use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::command;
use crate::dist;
use crate::engines::Engine;
use crate::progress::step;
use crate::project::Project;

/// What is measured against: the newest versions when this was written. Chart.js draws no maps of
/// its own.
const PEERS: [&str; 4] = [
    "chart.js@4.6.1",
    "chartjs-chart-geo@4.3.6",
    "echarts@6.1.0",
    "highcharts@13.1.1",
];

/// Builds `dist/`, fetches the libraries into `target/peers`, and compares in so many rounds.
///
/// # Errors
/// Where npm or Chromium can't be had, or a page does not come to its end.
pub fn run(rounds: usize) -> Result<()> {
    let project = Project::find()?;
    dist::build(&project)?;
    Engine::Chromium.prepare(&project)?;
    let folder = project.target.join("peers");
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    ensure!(
        command::find("npm").is_some(),
        "要用 npm 取得用来比较的图表库 / npm fetches the libraries to compare with, and is not here"
    );
    {
        let _step = step("下载用来比较的图表库 / fetching the libraries to compare with");
        let mut npm = Command::new("npm");
        npm.args(["install", "--ignore-scripts", "--no-audit", "--no-fund"])
            .args(["--silent", "--prefix"])
            .arg(&folder)
            .args(PEERS);
        command::run(&mut npm)?;
    }
    let mut cargo = Engine::Chromium.cargo(&project)?;
    cargo
        .env("PEERS", folder.join("node_modules"))
        .args(["bench", "--quiet", "--package=browser-tests"])
        .args(["--bench=peers", "--", &rounds.to_string()]);
    command::run(&mut cargo)
}
