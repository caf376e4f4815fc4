//! The feed's contract: the samples as published, what happens to bad input, what the schema says,
//! and that nothing panics or passes its limits.

mod cases;
mod costs;
mod random;
mod samples;
mod schema;
mod wording;
