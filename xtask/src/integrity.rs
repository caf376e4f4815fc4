//! `dist/integrity.json`: the hash of each file and how they were made. Hashes, nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256, Sha384};

use crate::toolchain::Toolchain;
use crate::wasm::Built;

/// A hash as the `integrity` attribute wants it: `sha384-` and base64.
pub fn sha384(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

/// A shorter one, for the script to check the WebAssembly by: no compression shortens a hash.
pub fn sha256(content: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(content)))
}

/// The document's text, with a line feed at its end.
pub fn document(
    version: &str,
    files: &[(&str, Vec<u8>)],
    toolchain: &Toolchain,
    built: &Built,
) -> String {
    let hashes: serde_json::Map<String, Value> = files
        .iter()
        .map(|(name, content)| ((*name).to_owned(), sha384(content).into()))
        .collect();
    let document = json!({
        "version": version,
        "files": hashes,
        "build": {
            "compiler": toolchain.version,
            "flags": built.flags,
            "std": if toolchain.rebuilds_std { "rebuilt for size" } else { "as delivered" },
            "optimiser": built.optimiser,
            "newer_wasm_features": built.newer_features,
        },
    });
    format!("{document:#}\n")
}
