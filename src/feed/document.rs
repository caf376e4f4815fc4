//! What reading any JSON document begins with, and the errors it can end with: feeds and
//! geometries alike.

use super::encoding::{self, Tamed};
use super::error::{Error, ErrorKind};
use super::locate;
use super::path::show;
use serde_json::error::Category;

pub(crate) use super::notice::{fill, place};
pub(crate) use super::path::Step;
pub(crate) use super::text::harmless;

/// The text of a document, and the same in a form that the JSON reader survives.
///
/// # Errors
/// Too large, not UTF-8, empty, or nested too deeply.
pub(crate) fn open(
    bytes: &[u8],
    max_bytes: usize,
    max_depth: usize,
) -> Result<(&str, Tamed<'_>), Error> {
    if bytes.len() > max_bytes {
        return Err(Error::whole(ErrorKind::TooLarge, max_bytes.to_string()));
    }
    let text = match encoding::text(bytes) {
        Ok(text) => text,
        Err((ErrorKind::NotUtf8, at)) => {
            let head = std::str::from_utf8(bytes.get(..at).unwrap_or_default());
            let head = head.unwrap_or_default().trim_start_matches(encoding::MARK);
            return Err(refusal(ErrorKind::NotUtf8, &[], head, head.len()));
        }
        Err((kind, _)) => return Err(Error::whole(kind, String::new())),
    };
    let tamed = encoding::tame(text, max_depth).map_err(|(kind, at)| Error {
        path: String::new(),
        detail: max_depth.to_string(),
        ..refusal(kind, &[], text, at)
    })?;
    Ok((text, tamed))
}

/// Path, line and column of values, in the order of `paths`.
pub(crate) fn positions(text: &str, paths: &[&[Step]]) -> Vec<(String, u32, u32)> {
    if paths.is_empty() {
        return Vec::new();
    }
    let positions = locate::positions(text, &locate::offsets(text, paths));
    let places = paths.iter().zip(positions);
    places
        .map(|(steps, (line, column))| (show(steps), line, column))
        .collect()
}

/// Where the value of one path stands; the last one where a field stands twice.
pub(crate) fn offset(text: &str, steps: &[Step]) -> usize {
    let mut offsets = locate::offsets(text, &[steps]);
    offsets.pop().unwrap_or_default()
}

/// A refusal at an offset of the text.
pub(crate) fn refusal(kind: ErrorKind, steps: &[Step], text: &str, at: usize) -> Error {
    let (line, column) = locate::positions(text, &[at]).pop().unwrap_or((1, 1));
    Error {
        kind,
        path: show(steps),
        line,
        column,
        detail: String::new(),
    }
}

/// Why the JSON reader stopped.
pub(crate) fn broken(error: &serde_json::Error, steps: &[Step], text: &str) -> Error {
    // Lines and byte columns from 1; the column is 0 at a line's very start.
    let before = error.line().saturating_sub(1);
    let line_start: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
    let after = line_start.saturating_add(error.column()).min(text.len());
    let mut at = after.saturating_sub(1).max(line_start.min(after));
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    let (head, rest) = text.split_at_checked(at).unwrap_or((text, ""));
    let kind = if text.trim_start().starts_with('<') {
        ErrorKind::Html
    } else if error.classify() == Category::Eof {
        ErrorKind::Truncated
    } else if rest.starts_with([']', '}']) && head.trim_end().ends_with(',') {
        ErrorKind::TrailingComma
    } else if rest.starts_with(['N', 'I']) || rest.starts_with("nan") || rest.starts_with("inf") {
        ErrorKind::BareNan
    } else {
        ErrorKind::Syntax
    };
    let mut error = refusal(kind, steps, text, at);
    error.detail = locate::shorten(rest);
    error
}

impl Error {
    /// An error of the document as a whole.
    fn whole(kind: ErrorKind, detail: String) -> Error {
        Error {
            kind,
            path: String::new(),
            line: 0,
            column: 0,
            detail,
        }
    }
}
