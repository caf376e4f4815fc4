//! Puts `dist/` together: what portals get. Compiling and bundling are done elsewhere.

use std::path::Path;

use anyhow::{Context as _, Result};

use crate::bundle::{self, Parts};
use crate::inline;
use crate::integrity;
use crate::progress::note;
use crate::project::Project;
use crate::sizes;
use crate::toolchain;
use crate::wasm;

/// What a page that takes the usual script downloads, in bytes with brotli 11.
#[derive(Clone, Copy, Default)]
pub struct Downloads {
    /// `progress-widgets.js`.
    pub script: usize,
    /// `progress-widgets.mjs`.
    pub module: usize,
    /// `progress-widgets.wasm`.
    pub wasm: usize,
}

impl Downloads {
    /// A page loads the script or the module, never both.
    pub fn total(&self) -> usize {
        self.script.max(self.module).saturating_add(self.wasm)
    }
}

/// Makes `dist/` anew, as far as something changed, and prints the sizes.
///
/// # Errors
/// Where no compiler can be had, the crate does not compile, or a file can't be written.
pub fn build(project: &Project) -> Result<Downloads> {
    let toolchain = toolchain::find()?;
    let built = wasm::build(project, &toolchain)?;
    if !built.newer_features.is_empty() {
        note(format!(
            "仅适用于较新的浏览器 / for newer browsers only: {}",
            built.newer_features.join(", ")
        ));
    }

    let www = project.root.join("www");
    let element = bundle::element(&www.join("element"))?;
    let wasm_integrity = integrity::sha256(&built.wasm);
    let parts = Parts {
        glue: &built.glue,
        element: &element,
        version: project.version(),
        wasm_integrity: &wasm_integrity,
        inlined: "null",
    };
    let function = inline::function(&built.wasm);
    let inlined = Parts {
        inlined: &function,
        ..parts
    };
    let frame = www.join("frame");
    let mut files = vec![
        ("progress-widgets.js", bundle::classic(&parts)?.into_bytes()),
        ("progress-widgets.mjs", bundle::module(&parts)?.into_bytes()),
        (
            "progress-widgets.inline.js",
            bundle::classic(&inlined)?.into_bytes(),
        ),
    ];
    for (name, source) in [
        ("embed.js", "embed.js"),
        ("progress-widgets-parent.js", "parent.js"),
    ] {
        let script = bundle::script(&frame.join(source), project.version())?;
        files.push((name, script.into_bytes()));
    }
    let page = frame.join("embed.html");
    files.push((
        "embed.html",
        std::fs::read(&page).with_context(|| page.display().to_string())?,
    ));
    for name in [
        "progress-widgets.d.ts",
        "progress-widgets.d.mts",
        "feed.schema.json",
    ] {
        if let Some(content) = text(&www.join(name))? {
            files.push((name, content.into_bytes()));
        }
    }
    files.insert(2, ("progress-widgets.wasm", built.wasm.clone()));
    let integrity = integrity::document(project.version(), &files, &toolchain, &built);

    let dist = project.dist();
    std::fs::create_dir_all(&dist).with_context(|| dist.display().to_string())?;
    for (name, content) in &files {
        write(&dist.join(name), content)?;
    }
    write(&dist.join("integrity.json"), integrity.as_bytes())?;
    report(project, &files)
}

fn text(path: &Path) -> Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| path.display().to_string()),
    }
}

/// Writes a file unless it holds that content already: the preview watches for changes.
fn write(path: &Path, content: &[u8]) -> Result<()> {
    if std::fs::read(path).is_ok_and(|there| there == content) {
        return Ok(());
    }
    std::fs::write(path, content).with_context(|| path.display().to_string())
}

fn report(project: &Project, files: &[(&str, Vec<u8>)]) -> Result<Downloads> {
    println!(
        "{:28}{:>10}{:>10}{:>10}",
        "dist/", "bytes", "gzip 9", "brotli 11"
    );
    let mut downloads = Downloads::default();
    for (name, content) in files {
        let sizes = sizes::measure(&project.target.join("xtask-sizes"), content)?;
        println!(
            "{name:28}{:>10}{:>10}{:>10}",
            sizes.raw, sizes.gzip, sizes.brotli
        );
        match *name {
            "progress-widgets.js" => downloads.script = sizes.brotli,
            "progress-widgets.mjs" => downloads.module = sizes.brotli,
            "progress-widgets.wasm" => downloads.wasm = sizes.brotli,
            _ => {}
        }
    }
    println!(
        "{:48}{:>10}",
        "script or module, with wasm",
        downloads.total()
    );
    Ok(downloads)
}
