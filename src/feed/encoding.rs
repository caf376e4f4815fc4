//! Bytes → text: what is not UTF-8 is refused with a word on how to convert it.

use super::error::ErrorKind;

/// The byte order mark, decoded.
pub(crate) const MARK: char = '\u{FEFF}';

/// What is wrong with the bytes, and where.
pub(crate) type Fault = (ErrorKind, usize);

/// The text of a document, without its byte order mark.
///
/// # Errors
/// [`ErrorKind::Utf16`], [`ErrorKind::NotUtf8`], [`ErrorKind::Empty`], with the offset.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, Fault> {
    let utf16_mark = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    // JSON begins with an ASCII character: in UTF-16 and UTF-32 one of the first bytes is NUL.
    if utf16_mark || bytes.iter().take(4).any(|&b| b == 0) {
        return Err((ErrorKind::Utf16, 0));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches(MARK),
        Err(error) => return Err((ErrorKind::NotUtf8, error.valid_up_to())),
    };
    if text.bytes().all(|b| b.is_ascii_whitespace()) {
        return Err((ErrorKind::Empty, 0));
    }
    Ok(text)
}
