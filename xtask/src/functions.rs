//! A WebAssembly file's functions, as those read them who order, number or measure them.

use anyhow::{Context as _, Result};
use wasmparser::{FunctionBody, Parser, Payload, TypeRef};

/// The functions of a file.
#[derive(Default)]
pub struct Functions<'a> {
    /// How many are imported: their indices come first.
    pub imported: usize,
    /// The file's own, in their order.
    pub own: Vec<Function<'a>>,
}

/// One of the file's own functions.
pub struct Function<'a> {
    /// The index of its type.
    pub signature: u32,
    /// How many parameters that type has: the first of the local variables.
    pub parameters: usize,
    pub body: FunctionBody<'a>,
}

/// The functions of these bytes.
///
/// # Errors
/// Where the bytes are no WebAssembly.
pub fn read(wasm: &[u8]) -> Result<Functions<'_>> {
    let mut functions = Functions::default();
    let mut parameters = Vec::new();
    let mut signatures = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::TypeSection(section) => {
                for signature in section.into_iter_err_on_gc_types() {
                    parameters.push(signature?.params().len());
                }
            }
            Payload::ImportSection(section) => {
                let imports = section.into_imports().collect::<Result<Vec<_>, _>>()?;
                let imported = imports.iter().filter(|i| matches!(i.ty, TypeRef::Func(_)));
                functions.imported = imported.count();
            }
            Payload::FunctionSection(section) => {
                signatures = section.into_iter().collect::<Result<Vec<u32>, _>>()?;
            }
            Payload::CodeSectionEntry(body) => {
                let signature = signatures.get(functions.own.len());
                let signature = *signature.context("a function without a type")?;
                let parameters = parameters.get(signature as usize);
                functions.own.push(Function {
                    signature,
                    parameters: *parameters.context("a type that is not there")?,
                    body,
                });
            }
            _ => {}
        }
    }
    Ok(functions)
}
