//! Paths → line and column, in one pass over a document that is known to be JSON.
//!
//! Keeping the offset of every value would cost memory; finding the few that a notice is about
//! afterwards costs one scan, and nothing where there are none.

use super::json::{Scanner, Token};
use super::order::order;
use super::path::Step;
use std::cmp::Ordering;

/// The offset of the value of each path; of its nearest ancestor where there is no such value.
pub(super) fn offsets<'a>(text: &'a str, paths: &[&'a [Step<'a>]]) -> Vec<usize> {
    let order = order(paths.len(), &|a, b| paths.get(a).cmp(&paths.get(b)));
    let sorted = order.iter().filter_map(|&index| paths.get(index).copied());
    let mut walk = Walk {
        scan: Scanner::new(text, 0, usize::MAX),
        sorted: sorted.collect(),
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
    scan: Scanner<'a>,
    sorted: Vec<&'a [Step<'a>]>,
    /// By place in `sorted`.
    found: Vec<usize>,
}

impl Walk<'_> {
    /// Reads the value that comes next; the paths `from..to` lead to it or through it, and share
    /// their first `depth` steps.
    fn value(&mut self, from: usize, to: usize, depth: usize) {
        if from == to {
            self.scan.skip();
            return;
        }
        let at = self.scan.start();
        for found in self.found.get_mut(from..to).unwrap_or_default() {
            *found = at;
        }
        let object = match self.scan.value(false) {
            Token::Object => true,
            Token::List => false,
            _ => return,
        };
        let mut index = 0_usize;
        while self.scan.next() {
            let key;
            let step = if object {
                key = self.scan.key(true);
                Step::Key(&key)
            } else {
                Step::Index(index)
            };
            let start = self.first(from, to, depth, &step, false);
            let end = self.first(start, to, depth, &step, true);
            self.value(start, end, depth.saturating_add(1));
            index = index.saturating_add(1);
        }
    }

    /// The first of the paths `from..to` whose step at `depth` is `step` or comes after it; with
    /// `after`, comes after it.
    fn first(&self, from: usize, to: usize, depth: usize, step: &Step, after: bool) -> usize {
        let among = self.sorted.get(from..to).unwrap_or_default();
        // A path that ends here sorts first.
        let before = |path: &&[Step]| match path.get(depth).map(|own| own.cmp(step)) {
            Some(Ordering::Greater) => false,
            Some(Ordering::Equal) => after,
            _ => true,
        };
        from.saturating_add(among.partition_point(before))
    }
}

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
