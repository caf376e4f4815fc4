//! Which compiler makes the WebAssembly: rustup's where it is or can be had, else Debian's.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::command;
use crate::debian;
use crate::progress::step;
use crate::project;

/// The target's name.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's compiler for the web, its standard library's source, and the linker.
const DEBIAN: [&str; 5] = [
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "rust-web-llvm",
    "lld-22",
];

/// The oldest compiler that builds the crate: `rust-version` in the root Cargo.toml.
const OLDEST_MINOR: u32 = 95;

/// Longer than a download of 20 MB over a slow line; a machine behind a silent firewall waits so
/// long, once.
const DOWNLOAD: Duration = Duration::from_secs(120);

/// A compiler that can make WebAssembly.
pub struct Toolchain {
    /// The cargo to run.
    pub cargo: PathBuf,
    /// The rustc to name in `RUSTC`.
    pub rustc: PathBuf,
    /// Whether std's source is there, so that std is rebuilt: smaller, and with no instruction
    /// that old browsers lack.
    pub rebuilds_std: bool,
    /// The folder of the compiler, whose path must not change the bytes.
    pub sysroot: PathBuf,
    /// `rustc --version`.
    pub version: String,
}

/// Finds a compiler; fetches what it lacks.
///
/// What is there already comes first, so that a machine with no network does not wait for one.
///
/// # Errors
/// One sentence that says what to install, where nothing can be had.
pub fn find() -> Result<Toolchain> {
    let active = active();
    if let Some(toolchain) = active.as_ref().and_then(with_source) {
        return Ok(toolchain);
    }
    if let Some(toolchain) = debians().filter(|_| debian::has(&DEBIAN)) {
        return Ok(toolchain);
    }
    if let Some((cargo, rustc)) = active
        .as_ref()
        .filter(|_| command::find("rustup").is_some())
    {
        let _step = step("向 rustup 获取标准库源码 / asking rustup for std's source");
        let mut rustup = Command::new("rustup");
        rustup.args(["component", "add", "rust-src"]);
        if command::succeeds_within(&mut rustup, DOWNLOAD)
            && let Some(toolchain) = with_source(&(cargo.clone(), rustc.clone()))
        {
            return Ok(toolchain);
        }
    }
    if let Some(toolchain) = active.as_ref().and_then(with_target) {
        return Ok(toolchain);
    }
    if let Some(active) = active
        .as_ref()
        .filter(|_| command::find("rustup").is_some())
    {
        let _step = step("向 rustup 获取 wasm 目标 / asking rustup for the wasm target");
        let mut rustup = Command::new("rustup");
        rustup.args(["target", "add", TARGET]);
        if command::succeeds_within(&mut rustup, DOWNLOAD)
            && let Some(toolchain) = with_target(active)
        {
            return Ok(toolchain);
        }
    }
    // What apt itself says is on the screen; the sentence below says the rest.
    if debian::ensure(&DEBIAN).is_ok()
        && let Some(toolchain) = debians()
    {
        return Ok(toolchain);
    }
    let packages = DEBIAN.join(" ");
    bail!(
        "没有能编译 {TARGET} 的 Rust：请联网运行 `rustup component add rust-src`，或在 Debian 12 上以 root 运行 \
         `apt-get install --no-install-recommends {packages}`。 / No Rust here can compile for {TARGET}: run \
         `rustup component add rust-src` with a network, or as root on Debian 12 \
         `apt-get install --no-install-recommends {packages}`."
    )
}

/// The cargo and the rustc that run this program.
fn active() -> Option<(PathBuf, PathBuf)> {
    let cargo = project::cargo();
    // rustup's toolchains keep the two side by side; so do distributions.
    let beside = cargo.with_file_name("rustc");
    let rustc = if beside.is_file() {
        beside
    } else {
        command::find("rustc")?
    };
    Some((cargo, rustc))
}

fn debians() -> Option<Toolchain> {
    with_source(&(
        PathBuf::from("/usr/bin/cargo"),
        PathBuf::from("/usr/bin/rustc"),
    ))
}

/// The toolchain, where std's source and a WebAssembly linker are beside it.
fn with_source((cargo, rustc): &(PathBuf, PathBuf)) -> Option<Toolchain> {
    let toolchain = describe(cargo, rustc, true)?;
    let source = toolchain
        .sysroot
        .join("lib/rustlib/src/rust/library/std/Cargo.toml");
    (source.is_file() && has_linker(&toolchain.sysroot)).then_some(toolchain)
}

/// The toolchain, where it brings a std compiled for the target.
fn with_target((cargo, rustc): &(PathBuf, PathBuf)) -> Option<Toolchain> {
    let toolchain = describe(cargo, rustc, false)?;
    let compiled = toolchain
        .sysroot
        .join("lib/rustlib")
        .join(TARGET)
        .join("lib");
    (compiled.is_dir() && has_linker(&toolchain.sysroot)).then_some(toolchain)
}

fn describe(cargo: &Path, rustc: &Path, rebuilds_std: bool) -> Option<Toolchain> {
    let version = command::output(Command::new(rustc).arg("--version"))?;
    // "rustc 1.95.0 (59807616e 2026-04-14)"
    let minor = version.split(['.', ' ']).nth(2)?.parse::<u32>().ok()?;
    let sysroot = command::output(Command::new(rustc).args(["--print", "sysroot"]))?;
    (minor >= OLDEST_MINOR).then(|| Toolchain {
        cargo: cargo.to_owned(),
        rustc: rustc.to_owned(),
        rebuilds_std,
        sysroot: PathBuf::from(sysroot),
        version,
    })
}

/// rustup brings rust-lld in the sysroot, in the host's folder; Debian puts it on the PATH.
fn has_linker(sysroot: &Path) -> bool {
    let name = format!("rust-lld{}", std::env::consts::EXE_SUFFIX);
    let hosts = std::fs::read_dir(sysroot.join("lib/rustlib"))
        .into_iter()
        .flatten()
        .flatten();
    hosts
        .into_iter()
        .any(|host| host.path().join("bin").join(&name).is_file())
        || command::find(&name).is_some()
}
