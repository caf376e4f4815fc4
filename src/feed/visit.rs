//! A feed's fields, known or not, for programs that explain feeds to people. Nothing in the browser
//! calls it.

use super::encoding;
use super::json::{Scanner, Token};
use super::locate::{self, Place};

/// A field where it stands in a document.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// As [`field_paths`](super::field_paths) names it: `regions[].rate`.
    pub name: &'a str,
    /// The document from its value on.
    pub value: &'a str,
    /// The offset of its key, for [`places`].
    pub key_at: usize,
    /// The offset of its value.
    pub value_at: usize,
}

/// Goes through the fields of a document in their order. `enter` says whether it goes on into the
/// field's value. Where the document is no JSON, it ends.
pub fn visit(document: &[u8], enter: &mut dyn FnMut(Field<'_>) -> bool) {
    if let Ok(text) = encoding::text(document) {
        let scan = Scanner::new(text, 0, super::Limits::default().depth);
        let mut visitor = Visitor { text, scan, enter };
        visitor.value(&mut String::new());
    }
}

/// Where each of these offsets of a document stands.
#[must_use]
pub fn places(document: &[u8], offsets: &[usize]) -> Vec<Place> {
    locate::places(encoding::text(document).unwrap_or_default(), offsets)
}

struct Visitor<'a> {
    text: &'a str,
    scan: Scanner<'a>,
    enter: &'a mut dyn FnMut(Field<'_>) -> bool,
}

impl Visitor<'_> {
    fn value(&mut self, name: &mut String) {
        let length = name.len();
        match self.scan.value(false) {
            Token::Object => {
                while self.scan.next() {
                    let key_at = self.scan.offset();
                    self.scan.key(true);
                    if length > 0 {
                        name.push('.');
                    }
                    name.push_str(&self.scan.words);
                    let value_at = self.scan.start();
                    let field = Field {
                        name,
                        value: self.text.get(value_at..).unwrap_or_default(),
                        key_at,
                        value_at,
                    };
                    if (self.enter)(field) {
                        self.value(name);
                    } else {
                        self.scan.skip();
                    }
                    name.truncate(length);
                }
            }
            Token::List => {
                name.push_str("[]");
                while self.scan.next() {
                    self.value(name);
                }
                name.truncate(length);
            }
            _ => {}
        }
    }
}
