//! When to fetch, how long to wait, which answer counts, when figures are old. Imports nothing.
//!
//! Pure: time and chance are passed in, so a test runs days in milliseconds. Who fetches is
//! elsewhere (`www/element/` in the browser); it reports what happened as an [`Event`] and does
//! what [`Next`] says.
//!
//! What holds, whatever happens:
//! - on a page that is shown, two requests begin at most one interval apart: a page is fresh
//!   within one interval of the server's return, even where requests hang;
//! - on a hidden page none begins; on return one begins at once;
//! - `Retry-After` is kept, also by a page on return;
//! - no answer gives way to that of an earlier request, nor newer figures to older ones.

mod age;
mod poll;

pub use age::{Age, overdue_after};
pub use poll::{Event, Moment, Next, Poll};
