//! The crate → `progress-widgets.wasm` and its JavaScript glue: compile, bind, optimise, check.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;

use anyhow::{Context as _, Result, bail, ensure};
use wasm_bindgen_cli_support::Bindgen;
use wasmparser::{Validator, WasmFeatures};

use crate::arrange::{ORDERS, arrange};
use crate::command;
use crate::debian;
use crate::glue;
use crate::integrity;
use crate::progress::{note, step};
use crate::project::Project;
use crate::renumber::renumber;
use crate::sizes::brotli_11;
use crate::toolchain::{TARGET, Toolchain};

/// 256 MiB holds every document within the feed's and the geometry's limits; without it a bad
/// input could take 4 GB of a reader's memory, and WebAssembly's memory never shrinks.
const MAX_MEMORY_BYTES: u32 = 256 << 20;

/// wasm-opt's flags. Debian's binaryen 108 writes a broken file with reference types, so nothing
/// newer than the first WebAssembly (and exported globals) is allowed in or out.
///
/// Flattened, put together anew and shrunk twice, and all that once more, the file is some 2%
/// smaller than with `-Oz` alone; a third time gains nothing.
/// The first 1024 bytes hold no data: they are the far end of the stack.
pub const OPTIMISE: [&str; 11] = [
    "--mvp-features",
    "--enable-mutable-globals",
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
];

/// LLVM's flags against what it does though it optimises for size: 3.1% of the compressed file.
const SHORTER: [&str; 7] = [
    // A struct's copy stays a call: unrolled into loads and stores, as up to four of them are, it
    // is longer.
    "-Cllvm-args=-max-store-memcpy=1",
    "-Cllvm-args=-max-store-memmove=1",
    "-Cllvm-args=-max-store-memset=1",
    // One counter a loop: a second one for the address saves an addition each time round, and is
    // set, counted and kept.
    "-Cllvm-args=-disable-lsr",
    // A value that only one branch has loaded is not loaded in the other beforehand.
    "-Cllvm-args=-enable-load-pre=false",
    // What `&&` and `||` join is computed, not jumped over: no browser is slower for it.
    "-Cllvm-args=-jump-is-expensive=true",
    // An inlined instruction weighs a little less than LLVM thinks (5).
    "-Cllvm-args=-inline-instr-cost=4",
];

/// What browsers since 2018 understand (Safari 12, Chromium 69).
const OLDEST: WasmFeatures = WasmFeatures::FLOATS
    .union(WasmFeatures::GC_TYPES) // Not an instruction: lets the validator name plain references.
    .union(WasmFeatures::MUTABLE_GLOBAL);

/// A finished WebAssembly file and how it was made.
pub struct Built {
    /// The file's content.
    pub wasm: Vec<u8>,
    /// wasm-bindgen's JavaScript: one statement that declares `wasm_bindgen`.
    pub glue: String,
    /// The compiler's flags, without the paths of this machine.
    pub flags: Vec<String>,
    /// `wasm-opt --version`, where it ran.
    pub optimiser: Option<String>,
    /// WebAssembly features beyond the oldest engines, by name; empty where std was rebuilt.
    pub newer_features: Vec<&'static str>,
}

/// Compiles and finishes the crate. What has not changed is not done again.
///
/// # Errors
/// Where the crate does not compile, or where the file would not run in old browsers though std
/// was rebuilt.
pub fn build(project: &Project, toolchain: &Toolchain) -> Result<Built> {
    let raw = {
        let _step = step(format!(
            "编译 WebAssembly / compiling to WebAssembly ({})",
            if toolchain.rebuilds_std {
                "std rebuilt for size"
            } else {
                "std as it comes"
            }
        ));
        compile(project, toolchain)?
    };
    let optimiser = optimiser(toolchain);
    let flags = flags(toolchain);
    let raw = std::fs::read(&raw).with_context(|| raw.display().to_string())?;
    let key = key(&raw, &flags, optimiser.as_ref());
    let cache = project.target.join("xtask-wasm");
    let (wasm, glue) = match cached(&cache, &key) {
        Some(found) => found,
        None => {
            let _step = step("生成接口并压缩 / binding and shrinking");
            finish(&cache, &key, raw, optimiser.as_ref())?
        }
    };
    let newer_features = newer_features(&wasm)?;
    ensure!(
        !toolchain.rebuilds_std || newer_features.is_empty(),
        "the file needs WebAssembly features that old browsers lack: {}",
        newer_features.join(", ")
    );
    Ok(Built {
        wasm,
        glue,
        flags,
        optimiser: optimiser.map(|(_, version)| version),
        newer_features,
    })
}

/// Runs cargo; returns the path of the linked file, names still in it.
///
/// # Errors
/// Where the crate does not compile.
pub fn compile(project: &Project, toolchain: &Toolchain) -> Result<PathBuf> {
    // cdylib alone: with an rlib beside it cargo does no link-time optimisation.
    command::run(cargo(project, toolchain, "rustc").arg("--crate-type=cdylib"))?;
    Ok(folder(project)
        .join(TARGET)
        .join("release/progress_widgets.wasm"))
}

/// A cargo command on the crate as the browser gets it: `rustc`, `clippy`.
pub fn cargo(project: &Project, toolchain: &Toolchain, command: &str) -> Command {
    let mut cargo = Command::new(&toolchain.cargo);
    cargo
        .current_dir(&project.root)
        .args([command, "--release", "--lib", "--package=progress-widgets"])
        .args(["--no-default-features", "--target", TARGET, "--target-dir"])
        .arg(folder(project))
        .env("RUSTC", &toolchain.rustc)
        .env(
            "CARGO_ENCODED_RUSTFLAGS",
            encoded(&with_paths(project, toolchain)),
        )
        // Symbols are stripped after wasm-bindgen, which reads them.
        .env("CARGO_PROFILE_RELEASE_STRIP", "none")
        .env_remove("RUSTFLAGS")
        .env_remove("RUSTC_WRAPPER")
        .env_remove("CARGO_BUILD_TARGET");
    if toolchain.rebuilds_std {
        // Rebuilding std is unstable; the variable lets a stable compiler do it. What it makes is
        // checked by the browser tests.
        cargo.env("RUSTC_BOOTSTRAP", "1");
        cargo.args([
            "-Zbuild-std=std,panic_abort",
            "-Zbuild-std-features=optimize_for_size",
        ]);
    }
    cargo
}

/// A folder of its own: two compilers in one would each throw out the other's work.
fn folder(project: &Project) -> PathBuf {
    project.target.join("wasm")
}

/// The compiler's flags that are the same on every machine.
fn flags(toolchain: &Toolchain) -> Vec<String> {
    let mut flags = vec![format!("-Clink-arg=--max-memory={MAX_MEMORY_BYTES}")];
    if toolchain.rebuilds_std {
        // A panic ends the instance at once and carries no message: 13% smaller.
        flags.extend(["-Zunstable-options", "-Cpanic=immediate-abort"].map(String::from));
        // Only the first WebAssembly's instructions: Safari up to 15 lacks reference types.
        flags.push("-Ctarget-cpu=mvp".to_owned());
        if accepts(toolchain, &SHORTER) {
            flags.extend(SHORTER.map(String::from));
        }
    }
    flags
}

/// Whether the compiler's LLVM knows these flags, which differ between versions.
fn accepts(toolchain: &Toolchain, flags: &[&str]) -> bool {
    let mut rustc = Command::new(&toolchain.rustc);
    rustc
        .args(["-", "--crate-name=probe", "--print=file-names"])
        .args(flags);
    command::output(&mut rustc).is_some()
}

/// The flags with this machine's folders renamed, so that they do not change the bytes.
fn with_paths(project: &Project, toolchain: &Toolchain) -> Vec<OsString> {
    let mut flags: Vec<OsString> = flags(toolchain).into_iter().map(OsString::from).collect();
    let home = std::env::home_dir().map(|home| home.join(".cargo"));
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from).or(home);
    // The last that fits wins, so the checkout comes after the folders that might hold it.
    let folders = [
        (cargo_home, "/cargo"),
        (Some(toolchain.sysroot.clone()), "/rust"),
        (Some(project.target.clone()), "/target"),
        (Some(project.root.clone()), "/progress-widgets"),
    ];
    for (folder, name) in folders {
        if let Some(folder) = folder {
            let mut flag = OsString::from("--remap-path-prefix=");
            flag.push(folder);
            flag.push("=");
            flag.push(name);
            flags.push(flag);
        }
    }
    flags
}

/// `CARGO_ENCODED_RUSTFLAGS` parts its words with 0x1F, so that folders may hold spaces.
fn encoded(flags: &[OsString]) -> OsString {
    flags.join(std::ffi::OsStr::new("\x1f"))
}

/// The optimiser and its version; `None`, with a remark, where there is none that serves.
fn optimiser(toolchain: &Toolchain) -> Option<(PathBuf, String)> {
    if !toolchain.rebuilds_std {
        note("未优化：标准库未重建 / not shrunk with wasm-opt: std was not rebuilt");
        return None;
    }
    if command::find("wasm-opt").is_none()
        && let Err(error) = debian::ensure(&["binaryen"])
    {
        note(format!(
            "没有 wasm-opt，文件会大一些 / no wasm-opt, so the file is larger: {error:#}"
        ));
    }
    let program = command::find("wasm-opt")?;
    let version = command::output(Command::new(&program).arg("--version"))?;
    Some((program, version))
}

/// Changes whenever the finished file could.
fn key(raw: &[u8], flags: &[String], optimiser: Option<&(PathBuf, String)>) -> String {
    let program = std::env::current_exe().and_then(std::fs::metadata).ok();
    let built = program.and_then(|program| program.modified().ok());
    let built = built.and_then(|built| built.duration_since(UNIX_EPOCH).ok());
    let version = optimiser.map(|(_, version)| version);
    format!(
        "{} {flags:?} {OPTIMISE:?} {version:?} {built:?}",
        integrity::sha384(raw)
    )
}

fn cached(cache: &Path, key: &str) -> Option<(Vec<u8>, String)> {
    if std::fs::read_to_string(cache.join("key")).ok()? != key {
        return None;
    }
    let wasm = std::fs::read(cache.join("progress-widgets.wasm")).ok()?;
    Some((wasm, std::fs::read_to_string(cache.join("glue.js")).ok()?))
}

fn finish(
    cache: &Path,
    key: &str,
    raw: Vec<u8>,
    optimiser: Option<&(PathBuf, String)>,
) -> Result<(Vec<u8>, String)> {
    let mut output = Bindgen::new()
        .input_bytes("progress_widgets", raw)
        .no_modules(true)?
        .omit_default_module_path(true)
        .typescript(false)
        // The glue's slimming goes by names.
        .demangle(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()
        .context("wasm-bindgen")?;
    ensure!(
        output.snippets().values().all(Vec::is_empty),
        "a dependency brings JavaScript of its own: {:?}",
        output.snippets().keys()
    );
    let glue = glue::slim(&mut output)?;
    std::fs::create_dir_all(cache)?;
    let bound = cache.join("bound.wasm");
    let finished = cache.join("progress-widgets.wasm");
    std::fs::write(&bound, output.wasm_mut().emit_wasm())?;
    match optimiser {
        Some((program, _)) => {
            let strip = [
                "--strip-debug",
                "--strip-producers",
                "--strip-target-features",
            ];
            let mut wasm_opt = Command::new(program);
            wasm_opt
                .args(OPTIMISE)
                .args(strip)
                .arg(&bound)
                .arg("-o")
                .arg(&finished);
            command::run(&mut wasm_opt)?;
        }
        None => {
            std::fs::copy(&bound, &finished)?;
        }
    }
    let wasm = smallest(&std::fs::read(&finished)?)?;
    std::fs::write(&finished, &wasm)?;
    std::fs::write(cache.join("glue.js"), &glue)?;
    std::fs::write(cache.join("key"), key)?;
    Ok((wasm, glue))
}

/// The file in that of its orders which compresses best; of two that are as good, the first.
fn smallest(finished: &[u8]) -> Result<Vec<u8>> {
    let all: Vec<Result<(usize, Vec<u8>)>> = std::thread::scope(|scope| {
        let packed = |order| -> Result<(usize, Vec<u8>)> {
            let wasm = renumber(&arrange(finished, order)?)?;
            Ok((brotli_11(&wasm)?, wasm))
        };
        let threads: Vec<_> = ORDERS
            .map(|order| scope.spawn(move || packed(order)))
            .collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, _>| {
            thread
                .join()
                .unwrap_or_else(|_| bail!("a thread broke off"))
        };
        threads.into_iter().map(join).collect()
    });
    let all = all.into_iter().collect::<Result<Vec<_>>>()?;
    let least = all.into_iter().min_by_key(|(size, _)| *size);
    least.map(|(_, wasm)| wasm).context("no order")
}

/// The features without which the file does not validate, apart from the oldest ones.
fn newer_features(wasm: &[u8]) -> Result<Vec<&'static str>> {
    let valid = |features| {
        Validator::new_with_features(features)
            .validate_all(wasm)
            .is_ok()
    };
    if valid(OLDEST) {
        return Ok(Vec::new());
    }
    if !valid(WasmFeatures::all()) {
        bail!("the finished file is no valid WebAssembly");
    }
    let candidates = [
        (WasmFeatures::SIGN_EXTENSION, "sign-ext"),
        (WasmFeatures::SATURATING_FLOAT_TO_INT, "nontrapping-fptoint"),
        (WasmFeatures::BULK_MEMORY, "bulk-memory"),
        (WasmFeatures::MULTI_VALUE, "multivalue"),
        (WasmFeatures::REFERENCE_TYPES, "reference-types"),
        (WasmFeatures::SIMD, "simd128"),
        (WasmFeatures::TAIL_CALL, "tail-call"),
        (WasmFeatures::EXCEPTIONS, "exception-handling"),
    ];
    let needed = candidates
        .into_iter()
        .filter(|(feature, _)| !valid(WasmFeatures::all().difference(*feature)));
    Ok(needed.map(|(_, name)| name).collect())
}
