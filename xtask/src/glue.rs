//! wasm-bindgen's JavaScript without what the element never uses, and with short names.
//!
//! Worth 1.9 kB with brotli: the loader, since the element fetches and compiles by itself, and the
//! imports' names, which carry a hash each and stand in the script and in the WebAssembly.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, ensure};
use walrus::{ElementItems, ExportItem, FunctionId, Module};
use wasm_bindgen_cli_support::Output;

/// The name that wasm-bindgen gives the module of its imports.
const MODULE: &str = "./progress_widgets_bg.js";

/// Where the part begins that we take over, and where it ends: before it stand functions for the
/// exports, which [`CALL`] does with one, behind it a loader, while the element loads by itself.
const IMPORTS: &str = "function __wbg_get_imports()";
const LOADER: &str = "let wasmModule, wasmInstance, wasm;";

/// What functions for the exports may call for [`CALL`] to do the same: texts are answers and never
/// arguments, bytes and objects are arguments and never answers.
const KNOWN: [&str; 7] = [
    "function",
    "passArray8ToWasm0",
    "addHeapObject",
    "addBorrowedObject",
    "getDataViewMemory0",
    "getInt32",
    "getStringFromWasm0",
];

/// Calls an export with any arguments. Numbers and truths go as they are, bytes are copied, objects
/// kept until Rust drops them. Where there is one parameter more, the export answers with a text,
/// and that is the place for where it lies: the far end of the stack, whose first 1024 bytes hold
/// no data. Nothing is put right after an exception: it is the instance's end.
const CALL: &str = "return (name, args) => {
    const given = [];
    for (const arg of args) {
        if (Object(arg) !== arg) given.push(arg);
        else if (arg.byteLength >= 0) {
            const at = wasm.__wbindgen_malloc(arg.length, 1);
            getUint8ArrayMemory0().set(arg, at);
            given.push(at, arg.length);
        } else given.push(addHeapObject(arg));
    }
    const work = wasm[name];
    if (work.length <= given.length) return work(...given);
    work(16, ...given);
    const place = new Int32Array(wasm.memory.buffer, 16, 2);
    const start = place[0];
    const length = place[1];
    const text = getStringFromWasm0(start, length);
    wasm.__wbindgen_free(start, length, 1);
    return text;
};";

/// What an import does that may throw.
const CATCHING: &str = "const catching = (work) => (...args) => {
    try {
        return work(...args);
    } catch (e) {
        wasm.__wbindgen_exn_store(addHeapObject(e));
    }
};";

/// The same in fewer words, or without what we have no use for: each stands there, and goes.
const SHORTER: [(&str, &str); 10] = [
    (
        ": function() { return handleError(function (",
        ": catching((",
    ),
    ("}, arguments); }", "})"),
    // An event that Rust may look at is kept like any object, and not on a stack of its own.
    ("addBorrowedObject(arg2)", "addHeapObject(arg2)"),
    ("heap[stack_pointer++] = undefined", "takeObject(borrow0)"),
    // Closures are freed by their owners. Those of an instance that trapped must not be: one would
    // be called once more, long after its death, and what it then throws is nobody's to catch.
    ("CLOSURE_DTORS.unregister(state);", ""),
    ("CLOSURE_DTORS.register(real, state, state);", ""),
    // No address is beyond 2 GiB: memory is capped far below.
    ("ptr = ptr >>> 0;", ""),
    // Every import is there, whatever a page puts into the prototype of all.
    ("__proto__: null,", ""),
    // Only warms up.
    ("cachedTextDecoder.decode();", ""),
    (": function(", ": ("),
];

/// The glue: a function that starts an instance of a compiled module and gives a function that
/// calls its exports; the contract stands in `bundle`. The module in `output` gets the same short
/// names.
///
/// # Errors
/// Where wasm-bindgen writes other text than the version that the project names.
pub fn slim(output: &mut Output) -> Result<String> {
    let whole = output.js().to_owned();
    let (exports, rest) = whole.split_once(IMPORTS).context("the glue's imports")?;
    let (imports, _) = rest.split_once(LOADER).context("the glue's loader")?;
    check_exports(exports)?;
    // With closures freed by their owners, nothing is left to watch for.
    let (before, rest) = imports
        .split_once("const CLOSURE_DTORS")
        .context("closures")?;
    let (_, after) = rest.split_once("\n\n").context("closures")?;
    let mut glue = [before, after].concat();
    for (long, short) in SHORTER {
        ensure!(glue.contains(long), "wasm-bindgen's glue: {long}");
        glue = glue.replace(long, short);
    }
    // What is left of the imports' heads: `name: (arg0) {`.
    let arrows = glue.lines().map(|line| match line.strip_suffix(") {") {
        Some(head) if head.contains(": (") || head.contains(": catching((") => {
            format!("{head}) => {{\n")
        }
        _ => format!("{line}\n"),
    });
    let mut glue = format!(
        "async (module) => {{\nlet wasm;\n{CATCHING}\n{IMPORTS}{}wasm = (await WebAssembly.instantiate(module, __wbg_get_imports())).exports;\n{CALL}\n}}",
        arrows.collect::<String>()
    );
    for (number, import) in (0..).zip(output.wasm_mut().imports.iter_mut()) {
        ensure!(import.module == MODULE, "an import from {}", import.module);
        let (long, short) = (format!("{}:", import.name), name(number));
        ensure!(
            glue.matches(&long).count() == 1,
            "wasm-bindgen's imports: {long}"
        );
        glue = glue.replace(&long, &format!("{short}:"));
        import.name = short;
        "_".clone_into(&mut import.module);
    }
    let all = &mut output.wasm_mut().exports;
    // What the compiler or wasm-bindgen's own start would call.
    let idle = all.iter().filter(|export| {
        let call = format!("wasm.{}", export.name);
        !glue.contains(&call) && (!exports.contains(&call) || export.name.starts_with("__"))
    });
    for id in idle.map(|export| export.id()).collect::<Vec<_>>() {
        all.delete(id);
    }
    for (number, export) in (0..).zip(all.iter_mut()) {
        // The ways into closures carry a type and a hash each. The element calls none of these.
        if export.name.contains("closures") || export.name.starts_with("__wbindgen_") {
            let short = format!("_{}", name(number));
            glue = glue.replace(&export.name, &short);
            export.name = short;
        }
    }
    forget_closures(output.wasm_mut())?;
    Ok(glue.replace(&format!("\"{MODULE}\":"), "_:"))
}

/// Whether wasm-bindgen's functions for the exports do no more than [`CALL`].
fn check_exports(exports: &str) -> Result<()> {
    // Before them it looks for its own address.
    let (_, exports) = exports.split_once("/**").context("the glue's exports")?;
    let code = exports.lines().map(str::trim);
    for line in code.filter(|line| !line.starts_with(['*', '/'])) {
        for (at, _) in line.match_indices('(') {
            let before = line.get(..at).unwrap_or_default();
            let name = |c: char| !(c.is_alphanumeric() || c == '_');
            let called = before.rsplit(name).next().unwrap_or_default();
            let export = exports.contains(&format!("exports.{called} ="))
                || line.contains(&format!("wasm.{called}("));
            ensure!(
                called.is_empty() || export || KNOWN.contains(&called),
                "wasm-bindgen's exports: {line}"
            );
        }
    }
    Ok(())
}

/// Takes the ways into Rust's closures that JavaScript can't go out of the table of functions, so
/// that nothing holds them any more: js-sys puts one there for every type of callback that any of
/// its functions could be given. Another function stands in, because places in the table count.
///
/// A closure is called through an export; the table's entry only told wasm-bindgen of it.
fn forget_closures(module: &mut Module) -> Result<()> {
    let exported: BTreeSet<FunctionId> = module
        .exports
        .iter()
        .filter_map(|export| match export.item {
            ExportItem::Function(function) => Some(function),
            _ => None,
        })
        .collect();
    let stand_in = *exported.first().context("no function is exported")?;
    let idle: BTreeSet<FunctionId> = module
        .funcs
        .iter()
        .filter(|function| {
            let name = function.name.as_deref().unwrap_or_default();
            let name = format!("{:#}", rustc_demangle::demangle(name));
            let way_in = name.starts_with("wasm_bindgen::convert::closures::");
            // Nor is a future ever awaited.
            (way_in || name.starts_with("js_sys::futures::")) && !exported.contains(&function.id())
        })
        .map(|function| function.id())
        .collect();
    ensure!(!idle.is_empty(), "wasm-bindgen's closures have other names");
    for element in module.elements.iter_mut() {
        if let ElementItems::Functions(functions) = &mut element.items {
            for function in functions {
                if idle.contains(function) {
                    *function = stand_in;
                }
            }
        }
    }
    Ok(())
}

/// a, b, … z, aa, ab, …
fn name(number: usize) -> String {
    let letters = "abcdefghijklmnopqrstuvwxyz";
    let (rest, last) = (number / 26, number % 26);
    let last = letters.chars().nth(last).unwrap_or('_');
    match rest.checked_sub(1) {
        Some(rest) => format!("{}{last}", name(rest)),
        None => last.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn names_are_short_and_never_the_same() {
        assert_eq!(
            [0, 25, 26, 701, 702].map(name),
            ["a", "z", "aa", "zz", "aaa"]
        );
    }
}
