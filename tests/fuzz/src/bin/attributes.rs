//! Fuzzes `targets::attributes`.
#![no_main]

#[path = "../targets.rs"]
#[allow(dead_code)] // Each program uses one of the three.
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::attributes(bytes));
