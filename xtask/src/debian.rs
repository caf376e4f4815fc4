//! Debian's packages: which are there, and installing those that are not. Knows no package names.

use std::process::Command;

use anyhow::{Result, bail};

use crate::command;
use crate::progress::{note, step};

/// Whether every package is installed.
pub fn has(packages: &[&str]) -> bool {
    let query = ["-W", "-f", "${db:Status-Status}\\n"];
    command::output(Command::new("dpkg-query").args(query).args(packages)).is_some_and(|text| {
        text.lines().count() == packages.len() && text.lines().all(|line| line == "installed")
    })
}

/// Installs packages unless they are there.
///
/// # Errors
/// Where this is no Debian, where neither root's rights nor a password-free sudo are at hand, or
/// where apt fails. The message names the command to run by hand.
pub fn ensure(packages: &[&str]) -> Result<()> {
    if has(packages) {
        return Ok(());
    }
    let list = packages.join(" ");
    let by_hand = format!("apt-get install --no-install-recommends {list}");
    if command::find("apt-get").is_none() {
        bail!(
            "缺少软件包，且本机没有 apt-get：{list} / packages are missing and there is no apt-get here: {list}"
        );
    }
    let Some(apt) = privileged() else {
        bail!("请以 root 身份运行：{by_hand} / please run as root: {by_hand}");
    };
    let _step = step(format!(
        "安装 Debian 软件包 / installing Debian packages: {list}"
    ));
    if install(&apt, packages).is_ok() {
        return Ok(());
    }
    // A fresh machine or image has no package lists, or lists that name versions long gone.
    note("更新软件包列表 / updating the package lists");
    let updated = apt_get(&apt).args(["-q", "update"]).status();
    if !updated.is_ok_and(|status| status.success()) || install(&apt, packages).is_err() {
        bail!("apt-get 未能安装 / apt-get could not install: {list}");
    }
    Ok(())
}

/// The words before `apt-get`: none for root, `sudo -n` where that works without a password.
fn privileged() -> Option<Vec<&'static str>> {
    if command::output(Command::new("id").arg("-u")).as_deref() == Some("0") {
        return Some(Vec::new());
    }
    command::output(Command::new("sudo").args(["-n", "true"])).map(|_| vec!["sudo", "-n"])
}

fn apt_get(before: &[&str]) -> Command {
    let mut words =
        before
            .iter()
            .copied()
            .chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    let mut command = Command::new(words.next().unwrap_or("apt-get"));
    command.args(words);
    command
}

fn install(before: &[&str], packages: &[&str]) -> Result<()> {
    let options = [
        "-q",
        "-y",
        "--no-install-recommends",
        "-o",
        "Dpkg::Use-Pty=0",
        "install",
    ];
    command::run(apt_get(before).args(options).args(packages))
}
