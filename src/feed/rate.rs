//! What a published rate says: `97%`, `全部开工`, `九成七`, 0.97.

use super::text::holds;

/// A rate read from a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reading {
    /// 0 or more; 1 is everything.
    pub(super) value: f64,
    /// Half of the last printed digit; `None` where the text says that it is approximate.
    pub(super) rounding: Option<f64>,
}

/// Half of the last printed digit of a rate; `None` where it can't be said.
///
/// A number's digits are those of its shortest representation as a percentage: 0.97 is 97%,
/// 0.804 is 80.4%.
pub(crate) fn rounding(value: Option<f64>, text: Option<&str>) -> Option<f64> {
    if let Some(text) = text {
        return read(text)?.rounding;
    }
    let mut shown = value? * 100.0;
    let mut unit = 0.01;
    for _ in 0..10 {
        if (shown - (shown + 0.5).floor()).abs() < 1e-6 {
            break;
        }
        shown *= 10.0;
        unit /= 10.0;
    }
    Some(unit / 2.0)
}

/// Words before a rate that make it approximate; the longer ones first.
const BEFORE: &str = "大约 约 近 超过 超 达到 达 逾 不低于 不超过 ≥ ≈";

/// Words after it.
const AFTER: &str = "以上 以下 左右 多 余";

/// Reads a published rate; `None` where it says none.
pub(super) fn read(text: &str) -> Option<Reading> {
    let plain: String = text.chars().filter_map(plain).collect();
    let mut rest = plain.as_str();
    let before = BEFORE.split(' ').find_map(|word| rest.strip_prefix(word));
    rest = before.unwrap_or(rest);
    let after = AFTER.split(' ').find_map(|word| rest.strip_suffix(word));
    rest = after.unwrap_or(rest);
    let (value, rounding) = exact(rest)?;
    Some(Reading {
        value,
        rounding: (rest.len() == plain.len()).then_some(rounding),
    })
}

/// Full-width forms become ASCII, white space goes.
fn plain(c: char) -> Option<char> {
    match c {
        '０'..='９' | '％' | '．' | '－' | '＋' => {
            // The full-width forms stand 0xFEE0 above ASCII.
            char::from_u32(u32::from(c).saturating_sub(0xFEE0))
        }
        '﹪' => Some('%'),
        '。' => None,
        c if c.is_whitespace() => None,
        c => Some(c),
    }
}

/// The value, and half of the last digit.
fn exact(text: &str) -> Option<(f64, f64)> {
    // 97%, 百分之九十七
    let number = text
        .strip_suffix('%')
        .or_else(|| text.strip_prefix("百分之"));
    if let Some(number) = number {
        let percentage = decimal(number, 100.0).or_else(|| {
            let hundredths = numeral(number).filter(|_| !text.ends_with('%'))?;
            Some((hundredths / 100.0, 0.005))
        });
        return percentage.filter(|percentage| percentage.0 <= 10.0);
    }
    // 全部开工, but not 全部未开工
    if let Some(rest) = text.strip_prefix("全部") {
        let none = "未 没 不 待 停".split(' ').any(|word| holds(rest, word));
        return (!none).then_some((1.0, 0.0));
    }
    // 九成, 九成七, 九成半, 9成7
    if let Some((whole, part)) = text.split_once('成') {
        let (part, rounding) = match part {
            "" => (0.0, 0.05),
            "半" => (5.0, 0.005),
            part => (numeral(part).filter(|part| *part < 10.0)?, 0.005),
        };
        let whole = numeral(whole).filter(|whole| *whole <= 10.0)?;
        return Some(((whole * 10.0 + part) / 100.0, rounding));
    }
    // 0.97; above 1.5 it can't be told from a percentage without its sign.
    decimal(text, 1.0).filter(|decimal| decimal.0 <= 1.5)
}

/// Digits with at most one point, up to 15 of them, divided by `divisor` in one rounding, so that
/// `97%` is the same value as 0.97.
fn decimal(text: &str, mut divisor: f64) -> Option<(f64, f64)> {
    let mut digits = 0.0;
    let (mut point, mut digit) = (false, false);
    for byte in text.bytes() {
        if byte.is_ascii_digit() {
            digits = digits * 10.0 + f64::from(byte & 15);
            divisor *= if point { 10.0 } else { 1.0 };
            digit = true;
        } else if byte == b'.' && digit && !point {
            (point, digit) = (true, false);
        } else {
            return None;
        }
    }
    (digit && text.len() <= 16).then(|| (digits / divisor, 0.5 / divisor))
}

/// `九十七`, `一百二十`, `7`: a whole number below 1,000 in Chinese numerals, or one digit.
fn numeral(text: &str) -> Option<f64> {
    const DIGITS: &str = "零一二三四五六七八九";
    let mut value = 0.0;
    let mut digit = None;
    for c in text.chars() {
        let unit = match c {
            '百' => 100.0,
            '十' => 10.0,
            c => {
                let place = DIGITS.chars().position(|d| d == c);
                let next = place.map(|place| place as f64);
                let next = next.or_else(|| c.to_digit(10).map(f64::from))?;
                // Two digits in a row are no numeral; a zero only fills.
                if digit.is_some_and(|digit| digit > 0.0) {
                    return None;
                }
                digit = Some(next);
                continue;
            }
        };
        // 十七 is 17: a bare 十 counts one.
        value += digit.take().unwrap_or(1.0) * unit;
    }
    (!text.is_empty()).then(|| value + digit.unwrap_or(0.0))
}
