//! What reading any JSON document begins with, and the errors it can end with: feeds and
//! geometries alike.

use super::encoding;
use super::error::{Error, ErrorKind};
use super::json::Scanner;
use super::locate;

pub(crate) use super::notice::{Draft, Drafts, fill};
pub(crate) use super::reader::code;
pub(crate) use super::text::{clean, digits};

/// The text of a document.
///
/// # Errors
/// Too large, not UTF-8, or empty.
pub(crate) fn open(bytes: &[u8], max_bytes: usize) -> Result<&str, Error> {
    if bytes.len() > max_bytes {
        return Err(Error::whole(
            ErrorKind::TooLarge,
            digits(max_bytes as u64, 1),
        ));
    }
    match encoding::text(bytes) {
        Ok(text) => Ok(text),
        Err((ErrorKind::NotUtf8, at)) => {
            let head = std::str::from_utf8(bytes.get(..at).unwrap_or_default());
            let head = head.unwrap_or_default().trim_start_matches(encoding::MARK);
            Err(refusal(ErrorKind::NotUtf8, head, head.len(), String::new()))
        }
        Err((kind, _)) => Err(Error::whole(kind, String::new())),
    }
}

/// A refusal at an offset of the text.
pub(crate) fn refusal(kind: ErrorKind, text: &str, at: usize, detail: String) -> Error {
    let place = locate::places(text, &[at]).pop().unwrap_or_default();
    Error {
        kind,
        path: place.path,
        line: place.line,
        column: place.column,
        detail,
    }
}

/// Whether `scan` has read JSON to its end.
///
/// # Errors
/// What stopped it, and where.
pub(crate) fn sound(scan: &Scanner, text: &str, max_depth: usize) -> Result<(), Error> {
    let Some(fault) = scan.fault else {
        return Ok(());
    };
    if scan.too_deep {
        let limit = digits(max_depth as u64, 1);
        let mut error = refusal(ErrorKind::TooDeep, text, fault, limit);
        error.path.clear();
        return Err(error);
    }
    // What is missing at the end is shown at the last character, and what is wrong at the end of a
    // line at the beginning of the next.
    let mut at = fault.min(text.len().saturating_sub(1));
    if text.as_bytes().get(at) == Some(&b'\n') {
        at = at.saturating_add(1);
    }
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    let (head, rest) = text.split_at_checked(at).unwrap_or((text, ""));
    let kind = if text.trim_start().starts_with('<') {
        ErrorKind::Html
    } else if fault >= text.len() {
        ErrorKind::Truncated
    } else if rest.starts_with([']', '}']) && head.trim_end().ends_with(',') {
        ErrorKind::TrailingComma
    } else if rest.starts_with(['N', 'I']) || rest.starts_with("nan") || rest.starts_with("inf") {
        ErrorKind::BareNan
    } else {
        ErrorKind::Syntax
    };
    Err(refusal(kind, text, at, locate::shorten(rest)))
}

impl Error {
    /// An error of the document as a whole.
    pub(crate) fn whole(kind: ErrorKind, detail: String) -> Error {
        Error {
            kind,
            path: String::new(),
            line: 0,
            column: 0,
            detail,
        }
    }
}
