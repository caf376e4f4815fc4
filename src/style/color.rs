//! Opaque sRGB colours.

use std::fmt;
use std::num::NonZeroU32;

/// An opaque sRGB colour.
///
/// One word, `0xffrrggbb`: three bytes would be moved one by one, at hundreds of places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Color(NonZeroU32);

impl Color {
    /// From `0xrrggbb`; higher bits are ignored.
    #[must_use]
    pub const fn hex(rrggbb: u32) -> Color {
        match NonZeroU32::new(rrggbb | 0xff00_0000) {
            Some(word) => Color(word),
            None => Color(NonZeroU32::MAX), // With these bits set it is never 0.
        }
    }

    /// From red, green and blue.
    #[must_use]
    pub const fn new(r: u8, g: u8, b: u8) -> Color {
        Color::hex(u32::from_be_bytes([0, r, g, b]))
    }

    /// The word, never 0.
    #[must_use]
    pub(crate) const fn word(self) -> u32 {
        self.0.get()
    }

    /// What [`Color::word`] gave; `None` for 0.
    #[must_use]
    pub(crate) fn of_word(word: u32) -> Option<Color> {
        NonZeroU32::new(word).map(Color)
    }

    /// Red, green, blue.
    #[must_use]
    pub const fn rgb(self) -> (u8, u8, u8) {
        let [_, r, g, b] = self.0.get().to_be_bytes();
        (r, g, b)
    }

    /// From `#rgb` or `#rrggbb`, in any case; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Color> {
        let digits = text.trim().strip_prefix('#')?;
        // Each digit of three twice: #18f is #1188ff.
        let times = match digits.len() {
            3 => 2,
            6 => 1,
            _ => return None,
        };
        let mut value = 0;
        for c in digits.chars() {
            let digit = c.to_digit(16)?;
            for _ in 0..times {
                value = value << 4 | digit;
            }
        }
        Some(Color::hex(value))
    }

    /// `#1f6fb2`. As `to_string`, which would bring formatting to the browser.
    #[must_use]
    pub fn text(self) -> String {
        let (r, g, b) = self.rgb();
        let mut text = String::from("#");
        for digit in [r >> 4, r & 15, g >> 4, g & 15, b >> 4, b & 15] {
            // Always there: a digit is below 16.
            text.extend(char::from_digit(u32::from(digit), 16));
        }
        text
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance").
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                let base = (c + 0.055) / 1.055;
                base * base * two_fifths(base)
            }
        };
        let (r, g, b) = self.rgb();
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    /// Contrast ratio, 1 to 21 (WCAG 2.2, "contrast ratio").
    #[must_use]
    pub fn contrast(self, other: Color) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// x^0.4 for x from 0.09 to 1, by Newton's iteration for y⁵ = x²: a general power function brings
/// 3 kB to the browser.
fn two_fifths(x: f64) -> f64 {
    let mut y = 1.0;
    for _ in 0..12 {
        y = 0.8 * y + 0.2 * x * x / (y * y * y * y);
    }
    y
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_forms() {
        assert_eq!(Color::parse("#18F"), Some(Color::hex(0x1188ff)));
        assert_eq!(Color::parse(" #1f6fb2 "), Some(Color::hex(0x1f6fb2)));
        for wrong in ["", "#", "red", "#12345", "#+12345", "#1234567"] {
            assert_eq!(Color::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_power_is_exact_enough() {
        for i in 9..=100 {
            let x = f64::from(i) / 100.0;
            assert!((two_fifths(x) - libm::pow(x, 0.4)).abs() < 1e-12, "{x}");
        }
    }

    #[test]
    fn contrast_of_black_on_white() {
        assert!((Color::hex(0).contrast(Color::hex(0xffffff)) - 21.0).abs() < 1e-9);
    }
}
