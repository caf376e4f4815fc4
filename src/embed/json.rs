//! A small JSON writer: the answers that cross to JavaScript as text.
//!
//! serde's serializer would add 3 kB to the browser's download for a dozen flat objects.

use std::fmt::Write;

use crate::style::number;

/// JSON text in the making. Commas are put by looking at what stands last.
#[derive(Default)]
pub struct Json(String);

impl Json {
    /// The text.
    pub fn finish(self) -> String {
        self.0
    }

    /// `{`, the members that `members` writes, `}`.
    pub fn object(&mut self, members: impl FnOnce(&mut Json)) -> &mut Json {
        self.enclose('{', '}', members)
    }

    /// `[`, the values that `items` writes, `]`.
    pub fn list(&mut self, items: impl FnOnce(&mut Json)) -> &mut Json {
        self.enclose('[', ']', items)
    }

    fn enclose(&mut self, open: char, close: char, inner: impl FnOnce(&mut Json)) -> &mut Json {
        self.comma();
        self.0.push(open);
        inner(self);
        self.0.push(close);
        self
    }

    /// The name of a member; its value follows.
    pub fn key(&mut self, name: &str) -> &mut Json {
        self.text(name);
        self.0.push(':');
        self
    }

    /// A string.
    pub fn text(&mut self, text: &str) -> &mut Json {
        self.comma();
        self.0.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => {
                    self.0.push('\\');
                    self.0.push(c);
                }
                // Writing to a String does not fail.
                c if c < ' ' => {
                    let _ = write!(self.0, "\\u{:04x}", u32::from(c));
                }
                c => self.0.push(c),
            }
        }
        self.0.push('"');
        self
    }

    /// A list of strings.
    pub fn texts(&mut self, texts: &[String]) -> &mut Json {
        self.list(|json| {
            for text in texts {
                json.text(text);
            }
        })
    }

    /// A number, with up to four decimals.
    pub fn number(&mut self, value: f64) -> &mut Json {
        self.comma();
        self.0.push_str(&number::plain(value));
        self
    }

    fn comma(&mut self) {
        if !matches!(self.0.chars().next_back(), None | Some('{' | '[' | ':')) {
            self.0.push(',');
        }
    }
}
