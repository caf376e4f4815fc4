//! Offsets → line and column, and what stands there.

use super::json::Scanner;
use super::order::order;

/// The source of the value at `offset`, on one line, at most 40 characters.
pub(crate) fn excerpt(text: &str, offset: usize) -> String {
    let mut scan = Scanner::new(text, offset, usize::MAX);
    scan.skip();
    shorten(text.get(offset..scan.offset()).unwrap_or_default())
}

/// At most 40 characters, made harmless.
pub(super) fn shorten(text: &str) -> String {
    let mut short = String::new();
    for (index, c) in text.chars().enumerate() {
        if index == 40 {
            short.push('…');
            break;
        }
        match super::text::harmless(c) {
            Some(c) => short.push(c),
            None => short.push('\u{FFFD}'),
        }
    }
    short
}

/// Line and character of each offset, both from 1. `offsets` in any order.
pub(crate) fn positions(text: &str, offsets: &[usize]) -> Vec<(u32, u32)> {
    let order = order(offsets.len(), &|a, b| offsets.get(a).cmp(&offsets.get(b)));
    let mut result = vec![(1, 1); offsets.len()];
    let (mut line, mut column) = (1_u32, 1_u32);
    let mut at = 0;
    for index in order {
        let target = offsets.get(index).copied().unwrap_or_default();
        for byte in text.as_bytes().get(at..target).unwrap_or_default() {
            if *byte == b'\n' {
                line = line.saturating_add(1);
                column = 1;
            } else if byte & 0xC0 != 0x80 {
                // Not a character's second byte.
                column = column.saturating_add(1);
            }
        }
        at = target;
        if let Some(position) = result.get_mut(index) {
            *position = (line, column);
        }
    }
    result
}
