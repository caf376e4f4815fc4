//! Offsets → path, line and column, and what stands there.

use super::json::{Scanner, Token};
use super::order::order;
use super::text::digits;

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

/// Where something stands in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The value: `$.regions[3].rate`.
    pub path: String,
    /// From 1.
    pub line: u32,
    /// Character within the line, from 1.
    pub column: u32,
}

/// Where each offset stands, in any order: the document is read once more, up to the last of them
/// or to what is no JSON.
pub(crate) fn places(text: &str, offsets: &[usize]) -> Vec<Place> {
    let order = order(offsets.len(), &|index| {
        offsets.get(index).map_or(0.0, |&at| at as f64)
    });
    let mut places = vec![Place::default(); offsets.len()];
    let mut walk = Walk {
        scan: Scanner::new(text, 0, usize::MAX),
        steps: Vec::new(),
        inside: None,
    };
    let (mut line, mut column, mut at) = (1_u32, 1_u32, 0);
    let mut going = walk.value();
    for index in order {
        let target = offsets.get(index).copied().unwrap_or_default();
        while going && walk.scan.offset() <= target {
            going = walk.next();
        }
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
        if let Some(place) = places.get_mut(index) {
            (place.line, place.column) = (line, column);
            place.path = walk.path(text);
        }
    }
    places
}

/// A document being read value by value.
struct Walk<'a> {
    scan: Scanner<'a>,
    /// The way to the value read last: of each object the offset of the key, of each list the
    /// index.
    steps: Vec<(bool, usize)>,
    /// That value is an object (or a list), and has not been entered.
    inside: Option<bool>,
}

impl Walk<'_> {
    /// Reads a value; whether there is more to read.
    fn value(&mut self) -> bool {
        self.inside = match self.scan.value(false) {
            Token::Object => Some(true),
            Token::List => Some(false),
            _ => None,
        };
        self.scan.fault.is_none()
    }

    /// Reads the next value.
    fn next(&mut self) -> bool {
        // One before the first.
        self.steps
            .extend(self.inside.map(|named| (named, usize::MAX)));
        loop {
            let more = self.scan.next();
            let Some(&mut (named, ref mut at)) = self.steps.last_mut() else {
                return false;
            };
            if !named {
                *at = at.wrapping_add(1);
            } else if more {
                *at = self.scan.offset();
                self.scan.key(false);
            }
            // A fault before the next entry is that entry's, one before the next field's value the
            // object's.
            let fault = self.scan.fault.is_some();
            if fault && named || !fault && !more {
                self.steps.pop();
            }
            if fault {
                return false;
            }
            if more {
                return self.value();
            }
        }
    }

    /// `$.regions[3].rate`
    fn path(&self, text: &str) -> String {
        let mut path = String::from("$");
        for &(named, at) in &self.steps {
            if named {
                path.push('.');
                let mut key = Scanner::new(text, at, 0);
                key.value(true);
                path.push_str(&shorten(&key.words));
            } else {
                path.push('[');
                path.push_str(&digits(at as u64, 1));
                path.push(']');
            }
        }
        path
    }
}
