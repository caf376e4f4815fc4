//! Construction-progress charts and maps from one JSON feed.
//!
//! ```text
//! bytes ─► feed ─► figures ─► widgets ─► scene ─► paint ─► the reader
//!          parsed   what is    one file   resolved  canvas (browser)
//!          checked  said       a kind     picture   svg → png (native)
//!                                 ▲
//!                   geo (regions → rings) · style (theme, wording)
//! ```
//!
//! One direction, no way back. The browser, the command line and the tests all go through
//! [`compose`]: bytes and a request in, a [`scene::Scene`] out. Invariants:
//!
//! - as published wins: a published rate is never recomputed away;
//! - absent is not zero: a missing figure is drawn as missing;
//! - time, language, text metrics and pixel ratio are arguments; nothing is looked up;
//! - nothing outside `embed`, `paint::canvas` and `cli` touches a browser, a clock or a file.

pub mod compose;
/// The browser's copying of memory, under the tests that a browser can't run.
#[cfg(test)]
#[path = "embed/copy.rs"]
mod copy;
#[cfg(target_arch = "wasm32")]
mod embed;
pub mod feed;
pub mod figures;
pub mod geo;
/// The browser's allocator, under the tests that a browser can't run.
#[cfg(test)]
#[path = "embed/heap.rs"]
mod heap;
pub mod live;
pub mod paint;
pub mod scene;
pub mod style;
pub mod widgets;
