//! The element's source and wasm-bindgen's glue → the classic script and the module, minified.
//!
//! The contract with `www/element/`, whose files are pasted one after another, as they stand, into
//! a function (classic script) or a module, and so must hold no `import` and no `export`. They
//! find five names:
//!
//! - `scriptUrl`: the address of the script, beside which `progress-widgets.wasm` lies;
//! - `wasmIntegrity`: the hash for `fetch(url, {integrity})`;
//! - `inlined`: a function that returns the file itself, or null where it is fetched;
//! - `version`: the crate's version;
//! - `createGlue(module)`: starts an instance of a compiled `WebAssembly.Module`, in a promise of a
//!   function that calls the crate's exports by name with a list of arguments. After a trap, make
//!   a new one from the same module.
//!
//! They declare two names: the class `ProgressWidget` and the object `ProgressWidgets`. The module
//! exports both; the element itself hangs what it wants to be global on `window`.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_compat::EngineTargets;
use oxc_minifier::{
    CompressOptions, MangleOptions, ManglePropertiesOptions, Minifier, MinifierOptions,
};
use oxc_parser::Parser;
use oxc_semantic::SemanticBuilder;
use oxc_span::SourceType;

/// The newest syntax that the minifier may write. Chromium 86, on which many desktops still run,
/// reads all of it; what `www/element/` itself writes is left as it is.
const SYNTAX: &str = "es2020";

/// Without it, and where the server names no charset, a page in GBK reads the script as GBK.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The files of `www/element/`, in the order in which they are pasted: what runs at once comes
/// after what it names.
const ELEMENT: [&str; 14] = [
    "base.js",
    "why.js",
    "engine.js",
    "live.js",
    "sources.js",
    "bytes.js",
    "page.js",
    "style.js",
    "table.js",
    "print.js",
    "plain.js",
    "view.js",
    "process.js",
    "element.js",
];

/// Fields and methods of the element and of wasm-bindgen's glue that nobody else sees: no page, no
/// browser, no JSON of the crate's, and no text that names them. They become as short as variables.
const OWN: &str = "_wbg_cb_unref age arrive arrivedAt ask asked attribute began box boxWidth build busy bytes \
    canvas carries cnt configure connect count digest directive disconnectSoon dispatch drawn \
    dress drop dropGeometry element events explain explainAnew fading fail failed forced frame \
    give given good grid gridPlace guard handle hear hide hit hover info initialFont inputs \
    interval isReady judge kind lateness layout link listen listeners live load lost make \
    measure moves near newOptions newPicture note number open options optionsChanged outdated \
    pace paint paper pending picture places plain point polled proven recall redraw repaint \
    reserve resized resizes retime revive revived root run say select settle settled show shut \
    slot step stop stopped stops stored stream styled take tell timer timers tip toldOf traps \
    unavailable unlisten update url waiting want wanted why widths work";

/// The element's source out of `www/element/`.
///
/// # Errors
/// Where a file can't be read, or where one lies there that no bundle holds.
pub fn element(folder: &Path) -> Result<String> {
    let mut source = String::new();
    for name in ELEMENT {
        let path = folder.join(name);
        source += &std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    }
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name();
        if !ELEMENT.iter().any(|known| *known == name) {
            bail!("www/element/{}: not in the bundle's list", name.display());
        }
    }
    Ok(source)
}

/// What stands before the element's code in either form.
pub struct Parts<'a> {
    /// wasm-bindgen's glue.
    pub glue: &'a str,
    /// What [`element`] reads.
    pub element: &'a str,
    /// The crate's version.
    pub version: &'a str,
    /// The hash of `progress-widgets.wasm`.
    pub wasm_integrity: &'a str,
    /// A function that returns `progress-widgets.wasm`, for a script that fetches nothing; or `null`.
    pub inlined: &'a str,
}

/// `progress-widgets.js`, or with the WebAssembly `inlined` `progress-widgets.inline.js`: works with
/// a plain `<script defer src>`.
///
/// # Errors
/// Where the element's source does not parse.
pub fn classic(parts: &Parts) -> Result<String> {
    // `currentScript` is there only while the script's first run lasts.
    let source = format!(
        "(()=>{{\"use strict\";const scriptUrl=(document.currentScript||{{}}).src||\"\";{}}})();",
        body(parts)
    );
    let script = minify(
        "progress-widgets.js",
        &source,
        SourceType::script(),
        parts.version,
        OWN,
    )?;
    Ok(BYTE_ORDER_MARK.to_owned() + &script)
}

/// `progress-widgets.mjs`: `import { ProgressWidget, ProgressWidgets } from …`.
///
/// # Errors
/// Where the element's source does not parse.
pub fn module(parts: &Parts) -> Result<String> {
    let source = format!(
        "const scriptUrl=import.meta[\"url\"];{}\nexport{{ProgressWidget,ProgressWidgets}};",
        body(parts)
    );
    minify(
        "progress-widgets.mjs",
        &source,
        SourceType::mjs(),
        parts.version,
        OWN,
    )
}

/// A script of `www/frame/`, which stands by itself.
///
/// # Errors
/// Where it can't be read or does not parse.
pub fn script(path: &Path, version: &str) -> Result<String> {
    let name = path.display().to_string();
    let source = std::fs::read_to_string(path).with_context(|| name.clone())?;
    let script = minify(&name, &source, SourceType::script(), version, "")?;
    Ok(BYTE_ORDER_MARK.to_owned() + &script)
}

fn body(parts: &Parts) -> String {
    format!(
        "const version={:?};const wasmIntegrity={:?};const inlined={};const createGlue={};\n{}\n",
        parts.version, parts.wasm_integrity, parts.inlined, parts.glue, parts.element
    )
}

fn minify(name: &str, source: &str, kind: SourceType, version: &str, own: &str) -> Result<String> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, source, kind).parse();
    if let Some(error) = parsed.diagnostics.first() {
        bail!("{name}: {error}");
    }
    // Two files that declare one name: each parses, and together they would not.
    let checked = SemanticBuilder::new_compiler().build(&parsed.program);
    if let Some(error) = checked.diagnostics.first() {
        bail!("{name}: {error}");
    }
    let target = EngineTargets::from_target(SYNTAX).map_err(anyhow::Error::msg)?;
    let options = MinifierOptions {
        mangle: Some(MangleOptions::default()),
        mangle_properties: Some(shorten(own)?),
        compress: Some(CompressOptions {
            target,
            ..CompressOptions::smallest()
        }),
    };
    let mut program = parsed.program;
    let minified = Minifier::new(options).minify(&allocator, &mut program);
    let code = Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(minified.scoping)
        .with_private_member_mappings(minified.class_private_mappings)
        .build(&program)
        .code;
    Ok(format!(
        "/*! progress-widgets {version} | MIT OR Apache-2.0 */\n{code}\n"
    ))
}

/// Shortens these names, given with spaces between.
fn shorten(own: &str) -> Result<ManglePropertiesOptions> {
    let names: Vec<&str> = own.split_whitespace().collect();
    ManglePropertiesOptions::from_pattern(&format!("^({})$", names.join("|")))
        .map_err(anyhow::Error::msg)
}

#[cfg(test)]
mod tests {
    use super::OWN;

    #[test]
    fn no_name_that_pages_use_is_shortened() {
        let types = include_str!("../../www/progress-widgets.d.ts");
        for name in OWN.split_whitespace() {
            for line in types.lines() {
                // Members stand two spaces in, what methods take further.
                let member = line.strip_prefix("  ").unwrap_or_default();
                let member = member.strip_prefix("readonly ").unwrap_or(member);
                let rest = member.strip_prefix(name).unwrap_or_default();
                assert!(!rest.starts_with([':', '?', '(']), "{line}");
            }
        }
    }
}
