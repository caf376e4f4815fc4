//! A small JSON writer: the answers that cross to JavaScript as text. Imports `scene` and
//! `style` for numbers.
//!
//! serde's serializer would add 3 kB to the browser's download for a dozen flat objects.

use crate::scene::Px;
use crate::style::number;

/// JSON text in the making. Commas are put by looking at what stands last. A value with an empty
/// key is an item of a list.
#[derive(Default)]
pub struct Json(String);

impl Json {
    /// The text.
    pub fn finish(self) -> String {
        self.0
    }

    /// `{` or `[`.
    pub fn open(&mut self, bracket: char) {
        self.comma();
        self.0.push(bracket);
    }

    /// `}` or `]`.
    pub fn close(&mut self, bracket: char) {
        self.0.push(bracket);
    }

    /// The name of a member, unless empty; its value follows.
    pub fn key(&mut self, key: &str) {
        if !key.is_empty() {
            self.quoted(key);
            self.0.push(':');
        }
    }

    /// A string.
    pub fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        self.quoted(text);
    }

    /// A list of strings.
    pub fn texts(&mut self, key: &str, texts: &[String]) {
        self.key(key);
        self.open('[');
        for text in texts {
            self.quoted(text);
        }
        self.close(']');
    }

    /// Numbers whose names stand in a text, with spaces between: one text, because each reference
    /// to one is eight bytes.
    pub fn numbers(&mut self, keys: &str, values: &[f64]) {
        let mut keys = keys.split(' ');
        for value in values {
            self.number(keys.next().unwrap_or_default(), *value);
        }
    }

    /// A list of lengths in CSS px.
    pub fn lengths(&mut self, key: &str, lengths: &[Px]) {
        self.key(key);
        self.open('[');
        for length in lengths {
            self.number("", length.css());
        }
        self.close(']');
    }

    /// A number, with up to four decimals; `null` where it is not finite.
    pub fn number(&mut self, key: &str, value: f64) {
        self.key(key);
        self.comma();
        if value.is_finite() {
            self.0.push_str(&number::plain(value));
        } else {
            self.0.push_str("null");
        }
    }

    fn quoted(&mut self, text: &str) {
        self.comma();
        self.0.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => {
                    self.0.push('\\');
                    self.0.push(c);
                }
                // Parsers take these out; what is left may be a line break in a sentence of ours.
                c if c < ' ' => self.0.push(' '),
                c => self.0.push(c),
            }
        }
        self.0.push('"');
    }

    fn comma(&mut self) {
        if !matches!(self.0.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.0.push(',');
        }
    }
}
