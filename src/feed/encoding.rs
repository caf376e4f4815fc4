//! Bytes → text: what is not UTF-8 is refused with a word on how to convert it; what the JSON
//! reader can't survive or can't say clearly (depth, numbers out of range) is dealt with before it.

use super::error::ErrorKind;
use std::borrow::Cow;

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

/// A document that the JSON reader can be given.
pub(crate) struct Tamed<'a> {
    pub(crate) text: Cow<'a, str>,
    /// Entries of the root's list `regions`: where they are many, growing a list by doubling would
    /// take three times its room.
    pub(crate) regions: usize,
}

/// Checks the depth of nesting, and makes numbers too large for the JSON reader (`1e999`, which it
/// would refuse the whole document for) into ones of the same length that are merely too large.
///
/// # Errors
/// [`ErrorKind::TooDeep`], with the offset of the bracket.
pub(crate) fn tame(text: &str, max_depth: usize) -> Result<Tamed<'_>, Fault> {
    let bytes = text.as_bytes();
    let mut out_of_range: Vec<(usize, usize)> = Vec::new();
    let mut depth = 0_usize;
    let mut at = 0_usize;
    let mut regions = 0_usize;
    let (mut last_key_is_regions, mut in_regions) = (false, false);
    while let Some(&byte) = bytes.get(at) {
        let next = at.saturating_add(1);
        at = match byte {
            b'"' => {
                let end = end_of_string(bytes, at);
                if depth == 1 {
                    last_key_is_regions = bytes.get(at..end) == Some(b"\"regions\"");
                }
                end
            }
            b',' => {
                regions = regions.saturating_add(usize::from(in_regions && depth == 2));
                next
            }
            b'{' | b'[' => {
                depth = depth.saturating_add(1);
                if depth > max_depth {
                    return Err((ErrorKind::TooDeep, at));
                }
                if depth == 2 {
                    in_regions = byte == b'[' && last_key_is_regions;
                    regions = regions.saturating_add(usize::from(in_regions));
                }
                next
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                next
            }
            b'-' | b'0'..=b'9' => {
                let end = end_of_number(bytes, at);
                if bytes.get(at..end).is_some_and(is_out_of_range) {
                    out_of_range.push((at, end));
                }
                end
            }
            _ => next,
        };
    }
    if out_of_range.is_empty() {
        return Ok(Tamed {
            text: Cow::Borrowed(text),
            regions,
        });
    }
    let mut patched = bytes.to_vec();
    for (start, end) in out_of_range {
        if let Some(number) = patched.get_mut(start..end) {
            let digits = usize::from(number.first() == Some(&b'-'));
            for (index, byte) in number.iter_mut().enumerate().skip(digits) {
                // Longer than this by `is_out_of_range`; blanks fill the rest.
                *byte = *b"9e99".get(index.saturating_sub(digits)).unwrap_or(&b' ');
            }
        }
    }
    Ok(Tamed {
        text: String::from_utf8(patched).map_or(Cow::Borrowed(text), Cow::Owned),
        regions,
    })
}

/// The offset after the closing quote of the string that begins at `at`.
pub(crate) fn end_of_string(bytes: &[u8], at: usize) -> usize {
    let mut at = at.saturating_add(1);
    loop {
        match bytes.get(at) {
            None => return at,
            Some(b'"') => return at.saturating_add(1),
            Some(b'\\') => at = at.saturating_add(2),
            Some(_) => at = at.saturating_add(1),
        }
    }
}

/// The offset after the number that begins at `at`.
fn end_of_number(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let length = rest
        .iter()
        .position(|b| !matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'))
        .unwrap_or(rest.len());
    at.saturating_add(length)
}

/// Whether a number may be 10^308 or more: from there on an `f64` (up to 1.8 × 10^308) may not hold
/// it. By the digits before the point and the exponent; what is 0 all the same (`0e308`) or has
/// zeros to bring it down again (`0.00001e309`) is none that anybody writes.
fn is_out_of_range(number: &[u8]) -> bool {
    let whole = number.iter().skip_while(|b| **b == b'-');
    let whole = whole.take_while(|b| b.is_ascii_digit()).count();
    let mut parts = number.split(|b| matches!(b, b'e' | b'E'));
    let exponent = parts.nth(1).unwrap_or_default();
    let mut power = 0_usize;
    for digit in exponent.iter().filter(|b| b.is_ascii_digit()) {
        let digit = usize::from(digit.saturating_sub(b'0'));
        power = power.saturating_mul(10).saturating_add(digit);
    }
    if exponent.first() == Some(&b'-') {
        return whole.saturating_sub(power) > 308;
    }
    whole.saturating_add(power) > 308
}
