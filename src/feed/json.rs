//! JSON, read from its text value by value: what RFC 8259 allows and nothing else.
//!
//! Our own, because a deserializer for any type costs the browser ten times as much; and because
//! here it is known where something stands. Imports nothing. Held against `serde_json` by the tests.

/// What a value is. Of a list or an object only the bracket has been read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Token {
    /// `null`
    Null,
    /// `true`
    True,
    /// `false`
    False,
    /// It stands in [`Scanner::number`].
    Number,
    /// It stands in [`Scanner::words`].
    Text,
    /// [`Scanner::next`] moves from entry to entry.
    List,
    /// [`Scanner::next`] moves from field to field, [`Scanner::key`] reads the field's name.
    Object,
}

/// Stands for what no `f64` can hold (`1e999`): past every limit, and still a number.
pub(crate) const HUGE: f64 = 9e99;

/// Reads one document.
///
/// Where it is no JSON, the first fault is kept and everything ends: no more entries, `null` for
/// every value. So nobody on the way has to hand errors on.
#[derive(Clone)]
pub(crate) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// The closing bracket of each list and object being read, innermost last.
    open: Vec<u8>,
    /// Nothing has been read since the last bracket was opened.
    fresh: bool,
    max_depth: usize,
    /// The number read last; not a number where the last value is none. Finite: one that an `f64`
    /// can't hold, or only just, is ±[`HUGE`].
    pub(crate) number: f64,
    /// The text or the key read last, without its escapes; empty where the last value is no text,
    /// or one not to be kept.
    pub(crate) words: String,
    /// Where reading stopped; the text's length where something is missing at its end.
    pub(crate) fault: Option<usize>,
    /// The fault is a bracket past `max_depth`.
    pub(crate) too_deep: bool,
}

impl<'a> Scanner<'a> {
    /// Reads from the offset `at` on.
    pub(crate) fn new(text: &'a str, at: usize, max_depth: usize) -> Scanner<'a> {
        Scanner {
            text,
            at,
            open: Vec::new(),
            fresh: false,
            max_depth,
            number: f64::NAN,
            words: String::new(),
            fault: None,
            too_deep: false,
        }
    }

    /// How far the text has been read: after a key, to where its value begins.
    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    /// Where the next value begins, past the white space before it.
    pub(crate) fn start(&mut self) -> usize {
        self.space();
        self.at
    }

    /// Stops reading, at a fault or because the caller wants no more.
    pub(crate) fn stop(&mut self) {
        self.stop_at(self.at);
    }

    fn stop_at(&mut self, at: usize) {
        self.fault = self.fault.or(Some(at));
        self.at = self.text.len();
        self.open.clear();
    }

    /// Reads a value, or the opening bracket of one. A text that is not to be kept is checked only.
    pub(crate) fn value(&mut self, keep: bool) -> Token {
        self.words.clear();
        self.number = f64::NAN;
        match self.space() {
            b'"' => {
                self.string(keep);
                Token::Text
            }
            b'{' => {
                self.enter(b'}');
                Token::Object
            }
            b'[' => {
                self.enter(b']');
                Token::List
            }
            b'n' => {
                self.word(b"null");
                Token::Null
            }
            b't' => {
                self.word(b"true");
                Token::True
            }
            b'f' => {
                self.word(b"false");
                Token::False
            }
            b'-' | b'0'..=b'9' => {
                self.read_number();
                Token::Number
            }
            _ => {
                self.stop();
                Token::Null
            }
        }
    }

    /// Moves to the next entry of the innermost list, or the next field of the innermost object;
    /// `false` once its closing bracket has been read.
    pub(crate) fn next(&mut self) -> bool {
        let Some(&close) = self.open.last() else {
            return false;
        };
        let fresh = std::mem::take(&mut self.fresh);
        let mut byte = self.space();
        if byte == close {
            self.step();
            self.open.pop();
            return false;
        }
        if !fresh {
            self.expect(b',');
            byte = self.space();
        }
        if byte == close || (close == b'}' && byte != b'"') {
            self.stop();
        }
        self.fault.is_none()
    }

    /// The name of the field that [`Scanner::next`] has moved to, as [`Scanner::value`] reads a
    /// text, and the colon.
    pub(crate) fn key(&mut self, keep: bool) {
        self.string(keep);
        self.space();
        self.expect(b':');
        self.space();
    }

    /// Reads over a value. Does not recurse.
    pub(crate) fn skip(&mut self) {
        let level = self.open.len();
        self.value(false);
        self.leave(level);
    }

    /// Reads over the rest of the innermost list or object.
    pub(crate) fn close(&mut self) {
        self.leave(self.open.len().saturating_sub(1));
    }

    fn leave(&mut self, level: usize) {
        while self.open.len() > level {
            if self.next() {
                if self.open.last() == Some(&b'}') {
                    self.key(false);
                }
                self.value(false);
            }
        }
        self.number = f64::NAN;
    }

    /// Makes sure that nothing follows.
    pub(crate) fn end(&mut self) {
        self.space();
        if self.at < self.text.len() {
            self.stop();
        }
    }

    /// The next byte; 0 at the end, which no JSON holds.
    fn peek(&self) -> u8 {
        self.text
            .as_bytes()
            .get(self.at)
            .copied()
            .unwrap_or_default()
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    /// Reads over white space; the byte after it.
    fn space(&mut self) -> u8 {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.step();
        }
        self.peek()
    }

    fn expect(&mut self, byte: u8) {
        if self.peek() == byte {
            self.step();
        } else {
            self.stop();
        }
    }

    fn word(&mut self, word: &[u8]) {
        for byte in word {
            self.expect(*byte);
        }
    }

    fn enter(&mut self, close: u8) {
        if self.open.len() >= self.max_depth {
            self.too_deep = self.fault.is_none();
            self.stop();
            return;
        }
        self.step();
        self.open.push(close);
        self.fresh = true;
    }

    /// Adds what stands from `start` to here to the words, where it is to be kept.
    fn keep(&mut self, keep: bool, start: usize) {
        if keep {
            let part = self.text.get(start..self.at);
            self.words.push_str(part.unwrap_or_default());
        }
    }

    fn string(&mut self, keep: bool) {
        self.step();
        self.words.clear();
        let mut start = self.at;
        loop {
            match self.peek() {
                b'"' => break,
                b'\\' => {
                    self.keep(keep, start);
                    self.step();
                    let c = self.escape(keep);
                    if keep {
                        self.words.push(c);
                    }
                    start = self.at;
                }
                // Here ends the text, too.
                0..=0x1F => {
                    self.stop();
                    break;
                }
                _ => self.step(),
            }
        }
        self.keep(keep, start);
        self.step();
    }

    /// What stands after a backslash.
    fn escape(&mut self, keep: bool) -> char {
        let byte = self.peek();
        let c = match byte {
            b'"' | b'\\' | b'/' => byte,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => return self.unicode(keep),
            _ => {
                self.stop();
                byte
            }
        };
        self.step();
        char::from(c)
    }

    /// `u4e2d`, or the two halves `ud83c\udfd7`. Half a character is a fault in what is kept.
    fn unicode(&mut self, keep: bool) -> char {
        let mut code = self.hex();
        if !keep {
            return ' ';
        }
        if code & 0xFC00 == 0xD800 {
            self.expect(b'\\');
            let low = self.hex();
            if low & 0xFC00 == 0xDC00 {
                code = ((code & 0x3FF) << 10 | (low & 0x3FF)).saturating_add(0x1_0000);
            }
        }
        char::from_u32(code).unwrap_or_else(|| {
            self.stop_at(self.at.saturating_sub(1));
            ' '
        })
    }

    /// `u` and four digits.
    fn hex(&mut self) -> u32 {
        self.expect(b'u');
        let end = self.at.saturating_add(4);
        let Some(digits) = self.text.as_bytes().get(self.at..end) else {
            self.stop_at(self.text.len());
            return 0;
        };
        let mut code = 0;
        for digit in digits {
            let Some(digit) = char::from(*digit).to_digit(16) else {
                self.stop_at(end.saturating_sub(1));
                return 0;
            };
            code = code << 4 | digit;
        }
        self.at = end;
        code
    }

    /// Up to 15 digits and a power of ten up to 22 are rounded once, as anybody's reader would;
    /// others are off by a few units of the last place.
    #[allow(clippy::cast_precision_loss)] // That is the rounding.
    fn read_number(&mut self) {
        let negative = self.peek() == b'-';
        if negative {
            self.step();
        }
        let mut mantissa = 0;
        let mut power = 0;
        if self.peek() == b'0' {
            self.step();
            // 07 is no number.
            if self.peek().is_ascii_digit() {
                self.stop();
            }
        } else {
            power = self.digits(&mut mantissa).1;
        }
        if self.peek() == b'.' {
            self.step();
            let (count, left_out) = self.digits(&mut mantissa);
            // Where the whole part is too long already, nothing of this one fits, or what does is
            // past the last place.
            power = power.saturating_sub(count.saturating_sub(left_out));
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.step();
            let sign = self.peek();
            if matches!(sign, b'+' | b'-') {
                self.step();
            }
            let mut exponent = 0;
            self.digits(&mut exponent);
            let exponent = i32::try_from(exponent).unwrap_or(i32::MAX);
            power = if sign == b'-' {
                power.saturating_sub(exponent)
            } else {
                power.saturating_add(exponent)
            };
        }
        let value = scaled(mantissa as f64, power);
        self.number = if negative { -value } else { value };
    }

    /// Appends digits, at least one, to `value` as far as they fit; how many there are, and how
    /// many of them did not fit.
    fn digits(&mut self, value: &mut u64) -> (i32, i32) {
        /// Another digit fits.
        const ROOM: u64 = u64::MAX / 10 - 1;
        if !self.peek().is_ascii_digit() {
            self.stop();
        }
        let (mut count, mut left_out) = (0_i32, 0_i32);
        while let digit @ b'0'..=b'9' = self.peek() {
            if *value <= ROOM && left_out == 0 {
                let digit = u64::from(digit & 15);
                *value = value.wrapping_mul(10).wrapping_add(digit); // By ROOM it does not wrap.
            } else {
                left_out = left_out.saturating_add(1);
            }
            count = count.saturating_add(1);
            self.step();
        }
        (count, left_out)
    }
}

/// `value` × 10^`power`, at most [`HUGE`] where it is not finite.
fn scaled(value: f64, power: i32) -> f64 {
    // Zero times a scale past all bounds would be no number.
    if value == 0.0 {
        return value;
    }
    let mut scale = 1.0;
    let mut base = 10.0;
    let mut left = power.unsigned_abs();
    // Squares: exact up to 10^22.
    while left > 0 {
        if left & 1 == 1 {
            scale *= base;
        }
        base *= base;
        left >>= 1;
    }
    let scaled = if power < 0 {
        value / scale
    } else {
        value * scale
    };
    if scaled.is_finite() { scaled } else { HUGE }
}

#[cfg(test)]
mod tests;
