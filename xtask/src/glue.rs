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

/// Where the glue begins to look for its own address. Its end, the next brace, is left standing.
const SCRIPT_SOURCE: &str = "let script_src;
            if (typeof document !== 'undefined' && document.currentScript !== null) {";

/// Where the glue frees closures that JavaScript forgot.
const FINALISERS: &str = "const CLOSURE_DTORS = (typeof FinalizationRegistry === 'undefined')";

/// Ours are freed by their owners. Those of an instance that trapped must not be: it would be
/// called once more, long after its death, and what it then throws is nobody's to catch.
const NO_FINALISERS: &str = "const CLOSURE_DTORS = { register() {}, unregister() {} };";

/// Starts an instance of a compiled module; the contract stands in `bundle`.
const START: &str = "async function __wbg_init({module_or_path}) {
    const instance = await WebAssembly.instantiate(module_or_path, __wbg_get_imports());
    return __wbg_finalize_init(instance, module_or_path);
}
return Object.assign(__wbg_init, exports);";

/// How wasm-bindgen begins an export that answers with a text, numbers left out, and ends it.
const ANSWER_BEGINS: &str = "let deferred";
const ANSWER_ASKS: &str = "const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;\n";
const ANSWER_READS: &str = "var r0 = getDataViewMemory0()";
const ANSWER_ENDS: &str = ", 1);\n}\n";

/// The same once for all. Nothing is put right after an exception: it is the instance's end.
const ANSWER: &str = "function answer(ask) {
    const at = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
    ask(at);
    const view = getDataViewMemory0();
    const start = view.getInt32(at, true);
    const length = view.getInt32(at + 4, true);
    const text = getStringFromWasm0(start, length);
    wasm.__wbindgen_add_to_stack_pointer(16);
    wasm.__wbindgen_free(start, length, 1);
    return text;
}
";

/// The glue's text, slimmed; the module in `output` gets the same short names.
///
/// # Errors
/// Where wasm-bindgen writes other text than the version that the project names.
pub fn slim(output: &mut Output) -> Result<String> {
    let mut glue = output.js().to_owned();
    // Where the script came from: the element knows, and asks at the right moment.
    // The exports follow right behind: only the declaration and the condition go.
    glue = replace_between(&glue, SCRIPT_SOURCE, "}", "{")?;
    glue = replace_between(&glue, FINALISERS, "\n\n", NO_FINALISERS)?;
    glue = replace_between(
        &glue,
        "async function __wbg_load(",
        "})({ __proto__: null });",
        START,
    )?;
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
    glue = share_answers(&glue)?;
    let exports = &mut output.wasm_mut().exports;
    // What the compiler or wasm-bindgen's own start would call.
    let idle = exports.iter().filter(|export| {
        let call = format!("wasm.{}", export.name);
        !glue.contains(&call)
    });
    for id in idle.map(|export| export.id()).collect::<Vec<_>>() {
        exports.delete(id);
    }
    for (number, export) in (0..).zip(exports.iter_mut()) {
        // The ways into closures carry a type and a hash each. The element calls none of these.
        if export.name.contains("closures") || export.name.starts_with("__wbindgen_") {
            let short = format!("_{}", name(number));
            glue = glue.replace(&export.name, &short);
            export.name = short;
        }
    }
    ensure!(glue.contains("exports."), "the glue lost its exports");
    forget_closures(output.wasm_mut())?;
    Ok(glue.replace(&format!("\"{MODULE}\":"), "_:"))
}

/// Lets all exports that answer with a text do so by [`ANSWER`].
fn share_answers(glue: &str) -> Result<String> {
    let mut parts = glue.split(ANSWER_BEGINS);
    let mut shared = parts.next().unwrap_or_default().to_owned();
    let mut count = 0_usize;
    for part in parts {
        // The second declaration of the pair: its place is taken already.
        let Some((_, rest)) = part.split_once(ANSWER_ASKS) else {
            continue;
        };
        let (ask, rest) = rest.split_once(ANSWER_READS).context("an answer's end")?;
        let (_, rest) = rest.split_once(ANSWER_ENDS).context("an answer's end")?;
        shared += &format!("return answer((retptr) => {{\n{ask}}});\n{rest}");
        count = count.saturating_add(1);
    }
    ensure!(
        count > 0 && count == glue.matches(ANSWER_ASKS).count(),
        "wasm-bindgen's glue: answers"
    );
    let (before, after) = shared
        .split_once("function __wbg_get_imports()")
        .context("wasm-bindgen's glue: imports")?;
    Ok(format!(
        "{before}{ANSWER}function __wbg_get_imports(){after}"
    ))
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

/// Replaces what stands from `start` up to, without it, `end`.
fn replace_between(text: &str, start: &str, end: &str, with: &str) -> Result<String> {
    let parts = text.split_once(start).and_then(|(before, rest)| {
        rest.split_once(end)
            .map(|(_, after)| format!("{before}{with}\n{end}{after}"))
    });
    ensure!(
        text.matches(start).count() == 1,
        "wasm-bindgen's glue: {start}"
    );
    parts.ok_or_else(|| anyhow::anyhow!("wasm-bindgen's glue: {end}"))
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
    use super::{name, replace_between};

    #[test]
    fn names_are_short_and_never_the_same() {
        assert_eq!(
            [0, 25, 26, 701, 702].map(name),
            ["a", "z", "aa", "zz", "aaa"]
        );
    }

    #[test]
    fn a_text_that_is_not_there_is_an_error() {
        assert_eq!(replace_between("a(b)c", "(", ")", "-").unwrap(), "a-\n)c");
        assert!(replace_between("abc", "(", ")", "").is_err());
        assert!(replace_between("a(b", "(", ")", "").is_err());
    }
}
