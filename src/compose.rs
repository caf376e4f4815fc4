//! Bytes and a request → a [`Scene`]: the one way from a feed to a picture.
//!
//! The browser, the command line, the gallery and the tests all call this.

mod request;

pub use request::{Kind, Metric, Request, Sort};
