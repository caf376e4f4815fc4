//! The numbers of a WebAssembly file's local variables: nothing else of it changes.
//!
//! A function's variables of one type may be numbered in any order. wasm-opt puts those first that
//! are used most; here each gets the number that is likely where it stands, as far as a compressor
//! can tell: after what other functions have at such a place. 0.8% of the compressed file.

use anyhow::{Result, anyhow};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, Module};
use wasmparser::{CodeSectionReader, Operator, Parser, ValType};

use crate::functions;

/// How often the functions are gone through; then hardly a number changes any more.
const ROUNDS: usize = 4;

/// Numbers of one byte in LEB128: the others stay, so that no code becomes longer.
const SHORT_NUMBERS: usize = 128;

/// The file with its local variables numbered so that it compresses best.
///
/// # Errors
/// Where the bytes are no WebAssembly.
pub fn renumber(wasm: &[u8]) -> Result<Vec<u8>> {
    let own = functions::read(wasm)?.own;
    let mut functions = own.iter().map(Function::of).collect::<Result<Vec<_>>>()?;
    let mut model = Model::new();
    for function in &functions {
        model.count(&function.code, |count| count.saturating_add(1));
    }
    for _ in 0..ROUNDS {
        for function in &mut functions {
            // What a function itself holds must not speak for how it is.
            model.count(&function.code, |count| count.saturating_sub(1));
            function.improve(&model);
            model.count(&function.code, |count| count.saturating_add(1));
        }
    }
    let mut module = Module::new();
    Renumberer(functions)
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|error| anyhow!("numbering the variables: {error}"))?;
    Ok(module.finish())
}

/// A function of the module.
struct Function {
    /// Its variables' types and its instructions, as the file has them.
    code: Vec<u8>,
    /// Its variables, without its parameters.
    variables: Vec<Variable>,
}

/// A variable that may have another number.
struct Variable {
    of: ValType,
    /// Where in the code its number stands, which is the one byte there.
    uses: Vec<usize>,
}

impl Function {
    fn of(function: &functions::Function) -> Result<Function> {
        let functions::Function {
            parameters, body, ..
        } = function;
        let mut variables = Vec::new();
        for group in body.get_locals_reader()? {
            let (count, of) = group?;
            for _ in 0..count {
                let uses = Vec::new();
                variables.push(Variable { of, uses });
            }
        }
        variables.truncate(SHORT_NUMBERS.saturating_sub(*parameters));
        for operator in body.get_operators_reader()?.into_iter_with_offsets() {
            let (operator, at) = operator?;
            if let Operator::LocalGet { local_index }
            | Operator::LocalSet { local_index }
            | Operator::LocalTee { local_index } = operator
                && let Some(own) = (local_index as usize).checked_sub(*parameters)
                && let Some(variable) = variables.get_mut(own)
            {
                let operand = at.saturating_sub(body.range().start).saturating_add(1);
                variable.uses.push(operand);
            }
        }
        let code = body.as_bytes().to_vec();
        Ok(Function { code, variables })
    }

    /// Lets any two variables of a type change numbers that are likelier the other way round.
    fn improve(&mut self, model: &Model) {
        let mut rest = self.variables.as_mut_slice();
        while let Some((one, others)) = rest.split_first_mut() {
            for other in others.iter_mut().filter(|other| other.of == one.of) {
                let uses = one.uses.iter().chain(&other.uses);
                // A byte is told by the two before it.
                let mut touched: Vec<usize> =
                    uses.flat_map(|&at| at..at.saturating_add(3)).collect();
                touched.sort_unstable();
                touched.dedup();
                let before = model.cost(&self.code, &touched);
                change(&mut self.code, one, other);
                if model.cost(&self.code, &touched) < before {
                    std::mem::swap(&mut one.uses, &mut other.uses);
                } else {
                    change(&mut self.code, one, other);
                }
            }
            rest = others;
        }
    }
}

/// Writes each one's number where the other's is.
fn change(code: &mut [u8], one: &Variable, other: &Variable) {
    let number = |variable: &Variable| variable.uses.first().and_then(|&at| code.get(at).copied());
    let (Some(a), Some(b)) = (number(one), number(other)) else {
        return;
    };
    for (uses, number) in [(&one.uses, b), (&other.uses, a)] {
        for &at in uses {
            if let Some(byte) = code.get_mut(at) {
                *byte = number;
            }
        }
    }
}

/// How often each byte stands after each two, and after each one, in all code.
struct Model {
    after_two: Vec<u32>,
    twos: Vec<u32>,
    after_one: Vec<u32>,
    ones: Vec<u32>,
}

impl Model {
    fn new() -> Model {
        Model {
            after_two: vec![0; 1 << 24],
            twos: vec![0; 1 << 16],
            after_one: vec![0; 1 << 16],
            ones: vec![0; 1 << 8],
        }
    }

    fn count(&mut self, code: &[u8], change: fn(u32) -> u32) {
        for at in 0..code.len() {
            let [two, two_and, one, one_and] = place(code, at);
            for (counts, at) in [
                (&mut self.after_two, two_and),
                (&mut self.twos, two),
                (&mut self.after_one, one_and),
                (&mut self.ones, one),
            ] {
                if let Some(count) = counts.get_mut(at) {
                    *count = change(*count);
                }
            }
        }
    }

    /// What the bytes at these places of a code would take compressed, in 1/256 bit. In whole
    /// numbers, so that every machine finds the same.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "counts of a file of some 100 kB are far below 2^40, and no probability is above 1"
    )]
    fn cost(&self, code: &[u8], places: &[usize]) -> u64 {
        let count = |counts: &[u32], at: usize| u64::from(counts.get(at).copied().unwrap_or(0));
        let mut cost = 0_u64;
        for &at in places {
            let [two, two_and, one, one_and] = place(code, at);
            // In 1/65,536, as probabilities; a byte that never stood there counts as a twentieth.
            let after_one = ((count(&self.after_one, one_and) * 20 + 1) << 16)
                / (count(&self.ones, one) * 20 + 256);
            // What stands after one byte is worth as much as two cases of what stands after two.
            let after_two = (count(&self.after_two, two_and) << 16) + 2 * after_one;
            let cases = (count(&self.twos, two) + 2) << 16;
            cost += log2(cases) - log2(after_two.max(1));
        }
        cost
    }
}

/// Where the model counts the two bytes before this one, those with it, the one before it, and
/// that with it; zeros stand before the first.
fn place(code: &[u8], at: usize) -> [usize; 4] {
    let byte = |back: usize| {
        let at = at.checked_sub(back);
        usize::from(at.and_then(|at| code.get(at)).copied().unwrap_or(0))
    };
    let (one, two) = (byte(1), byte(2) << 8 | byte(1));
    [two, two << 8 | byte(0), one, one << 8 | byte(0)]
}

/// The binary logarithm in 1/256, straight between the powers of two.
fn log2(number: u64) -> u64 {
    let whole = number.ilog2();
    let shifted = u128::from(number) << 8 >> whole;
    u64::from(whole) << 8 | (shifted as u64 & 0xFF)
}

/// Writes a module anew with other code.
struct Renumberer(Vec<Function>);

impl Reencode for Renumberer {
    type Error = String;

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        _: CodeSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        for function in &self.0 {
            code.raw(&function.code);
        }
        Ok(())
    }
}
