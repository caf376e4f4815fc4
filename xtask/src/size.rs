//! What fills the WebAssembly: bytes by crate, by module, by function. Measures, changes nothing.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::Result;
use wasm_bindgen_cli_support::Bindgen;
use wasmparser::{Name, NameSectionReader, Parser, Payload};

use crate::command;
use crate::functions::{self, Functions};
use crate::glue;
use crate::project::Project;
use crate::toolchain;
use crate::wasm::{self, OPTIMISE};

/// The bytes of each function by its name, and those that are no code.
#[derive(Default)]
struct Census {
    functions: Vec<(String, usize)>,
    data: usize,
}

/// Prints the `top` largest functions and modules of the file as it is shipped, but with its
/// names kept. Text and tables that functions refer to are counted as data.
///
/// # Errors
/// Where the crate can't be built.
pub fn print(top: usize) -> Result<()> {
    let project = Project::find()?;
    let toolchain = toolchain::find()?;
    let raw = std::fs::read(wasm::compile(&project, &toolchain)?)?;
    let folder = project.target.join("xtask-wasm");
    std::fs::create_dir_all(&folder)?;
    let named = folder.join("named.wasm");
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes("progress_widgets", raw)
        .no_modules(true)?
        .typescript(false)
        .demangle(false);
    let mut output = bindgen.generate_output()?;
    glue::slim(&mut output)?;
    std::fs::write(&named, output.wasm_mut().emit_wasm())?;
    if toolchain.rebuilds_std && command::find("wasm-opt").is_some() {
        let mut wasm_opt = Command::new("wasm-opt");
        wasm_opt
            .args(OPTIMISE)
            .arg("--debuginfo")
            .arg(&named)
            .arg("-o")
            .arg(&named);
        command::run(&mut wasm_opt)?;
    }
    let census = census(&std::fs::read(&named)?)?;
    let code: usize = census.functions.iter().map(|(_, size)| size).sum();
    println!(
        "code {code} bytes in {} functions, data {} bytes",
        census.functions.len(),
        census.data
    );
    table("crates", &census, usize::MAX, |name| module(name, 1));
    table("modules", &census, top, |name| module(name, 3));
    table("functions", &census, top, str::to_owned);
    Ok(())
}

fn census(wasm: &[u8]) -> Result<Census> {
    let mut census = Census::default();
    let mut names = BTreeMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::DataSection(data) => census.data = data.range().len(),
            Payload::CustomSection(section) if section.name() == "name" => {
                let reader = wasmparser::BinaryReader::new(section.data(), section.data_offset());
                for part in NameSectionReader::new(reader) {
                    if let Name::Function(functions) = part? {
                        for naming in functions {
                            let naming = naming?;
                            names.insert(naming.index, naming.name);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let Functions { imported, own } = functions::read(wasm)?;
    for (index, function) in (imported..).zip(own) {
        let name = names.get(&u32::try_from(index)?).copied().unwrap_or("?");
        let name = format!("{:#}", rustc_demangle::demangle(name));
        census.functions.push((name, function.body.range().len()));
    }
    Ok(census)
}

/// Sums the functions by a key and prints the largest sums.
fn table(title: &str, census: &Census, top: usize, key: impl Fn(&str) -> String) {
    let mut sums: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (name, size) in &census.functions {
        let (bytes, count) = sums.entry(key(name)).or_default();
        *bytes = bytes.saturating_add(*size);
        *count = count.saturating_add(1);
    }
    let mut rows: Vec<_> = sums.into_iter().collect();
    rows.sort_by_key(|(_, (bytes, _))| std::cmp::Reverse(*bytes));
    println!("\n{title}");
    for (name, (bytes, count)) in rows.into_iter().take(top) {
        println!("{bytes:>9} {count:>5}×  {name}");
    }
}

/// The first `depth` words of a function's path: `progress_widgets::feed::read`. A method counts
/// where its type stands, a trait's method where the type that has it stands.
fn module(name: &str, depth: usize) -> String {
    let mut path = name.trim_start_matches(['<', '&', '(', '[', '*']);
    for word in ["dyn ", "mut ", "const "] {
        path = path.strip_prefix(word).unwrap_or(path);
    }
    let path = path.split([' ', '<', '>', '(']).next().unwrap_or(path);
    let words: Vec<&str> = path
        .split("::")
        .filter(|word| !word.is_empty())
        .take(depth)
        .collect();
    words.join("::")
}
