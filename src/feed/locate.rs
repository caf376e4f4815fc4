//! Paths → line and column, in one pass over a document that is known to be JSON.
//!
//! The JSON reader does not say where a value stands; finding the few that a notice is about
//! afterwards costs one scan, and nothing where there are none.

use super::encoding::end_of_string;
use super::order::order;
use super::path::Step;
use std::cmp::Ordering;

/// The offset of the value of each path; of its nearest ancestor where there is no such value.
pub(super) fn offsets<'a>(text: &'a str, paths: &[&'a [Step<'a>]]) -> Vec<usize> {
    let order = order(paths.len(), &|a, b| paths.get(a).cmp(&paths.get(b)));
    let mut walk = Walk {
        bytes: text.as_bytes(),
        at: 0,
        sorted: order
            .iter()
            .map(|&index| paths.get(index).copied().unwrap_or_default())
            .collect(),
        found: vec![0; paths.len()],
    };
    walk.value(0, paths.len(), 0);
    let mut offsets = vec![0; paths.len()];
    for (found, index) in walk.found.iter().zip(order) {
        if let Some(offset) = offsets.get_mut(index) {
            *offset = *found;
        }
    }
    offsets
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    sorted: Vec<&'a [Step<'a>]>,
    /// By place in `sorted`.
    found: Vec<usize>,
}

impl Walk<'_> {
    /// Reads the value that comes next; the paths `from..to` lead to it or through it, and share
    /// their first `depth` steps.
    fn value(&mut self, from: usize, to: usize, depth: usize) {
        self.skip_space();
        if from == to {
            self.skip_value();
            return;
        }
        for found in self.found.get_mut(from..to).unwrap_or_default() {
            *found = self.at;
        }
        match self.peek() {
            Some(b'{') => {
                self.step();
                while self.next_entry(b'}') {
                    let start = self.at;
                    self.at = end_of_string(self.bytes, start);
                    let name = self.bytes.get(start..self.at).unwrap_or_default();
                    self.skip_space();
                    self.step(); // The colon.
                    let (from, to) = self.range(from, to, depth, |step| match step {
                        Step::Key(key) => compare_key(key, name),
                        Step::Index(_) => Ordering::Greater,
                    });
                    self.value(from, to, depth.saturating_add(1));
                }
            }
            Some(b'[') => {
                self.step();
                let mut index = 0_usize;
                while self.next_entry(b']') {
                    let (from, to) =
                        self.range(from, to, depth, |step| step.cmp(&Step::Index(index)));
                    self.value(from, to, depth.saturating_add(1));
                    index = index.saturating_add(1);
                }
            }
            _ => self.skip_value(),
        }
    }

    /// Moves to the next key or entry; `false` after the closing bracket.
    fn next_entry(&mut self, close: u8) -> bool {
        self.skip_space();
        if self.peek() == Some(b',') {
            self.step();
            self.skip_space();
        }
        match self.peek() {
            Some(byte) if byte != close => true,
            _ => {
                self.step();
                false
            }
        }
    }

    /// The paths within `from..to` whose step at `depth` compares equal.
    fn range(
        &self,
        from: usize,
        to: usize,
        depth: usize,
        compare: impl Fn(&Step) -> Ordering,
    ) -> (usize, usize) {
        let among = self.sorted.get(from..to).unwrap_or_default();
        // A path that ends here sorts first.
        let order = |path: &&[Step]| path.get(depth).map_or(Ordering::Less, &compare);
        let start = among.partition_point(|path| order(path) == Ordering::Less);
        let end = among.partition_point(|path| order(path) != Ordering::Greater);
        (from.saturating_add(start), from.saturating_add(end))
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.step();
        }
    }

    fn skip_value(&mut self) {
        self.at = end_of_value(self.bytes, self.at);
    }
}

/// The offset after the value that begins at `at`.
fn end_of_value(bytes: &[u8], mut at: usize) -> usize {
    let mut depth = 0_usize;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at = end_of_string(bytes, at);
                if depth == 0 {
                    return at;
                }
                continue;
            }
            b'{' | b'[' => depth = depth.saturating_add(1),
            b'}' | b']' if depth <= 1 => {
                // Of this value where it is a list or an object, else of what it stands in.
                return at.saturating_add(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' | b' ' | b'\n' | b'\r' | b'\t' if depth == 0 => return at,
            _ => {}
        }
        at = at.saturating_add(1);
    }
    at
}

/// Compares a field's name with a key in its quotes. A key written with escapes is none of ours
/// here: what it holds is then found at its object.
fn compare_key(name: &str, key: &[u8]) -> Ordering {
    let key = key.strip_prefix(b"\"").unwrap_or(key);
    name.as_bytes().cmp(key.strip_suffix(b"\"").unwrap_or(key))
}

/// The source of the value at `offset`, on one line, at most 40 characters.
pub(super) fn excerpt(text: &str, offset: usize) -> String {
    let end = end_of_value(text.as_bytes(), offset);
    shorten(text.get(offset..end).unwrap_or_default())
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
pub(super) fn positions(text: &str, offsets: &[usize]) -> Vec<(u32, u32)> {
    let order = order(offsets.len(), &|a, b| offsets.get(a).cmp(&offsets.get(b)));
    let mut result = vec![(1, 1); offsets.len()];
    let (mut line, mut column) = (1_u32, 1_u32);
    let mut chars = text.char_indices().peekable();
    for index in order {
        let target = offsets.get(index).copied().unwrap_or_default();
        while let Some((_, c)) = chars.next_if(|(at, _)| *at < target) {
            if c == '\n' {
                line = line.saturating_add(1);
                column = 1;
            } else {
                column = column.saturating_add(1);
            }
        }
        if let Some(position) = result.get_mut(index) {
            *position = (line, column);
        }
    }
    result
}
