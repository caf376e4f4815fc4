//! What a published rate says: `97%`, `全部开工`, `九成七`, 0.97.

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
const BEFORE: [&str; 12] = [
    "大约",
    "约",
    "近",
    "超过",
    "超",
    "达到",
    "达",
    "逾",
    "不低于",
    "不超过",
    "≥",
    "≈",
];

/// Words after it.
const AFTER: [&str; 5] = ["以上", "以下", "左右", "多", "余"];

/// Reads a published rate; `None` where it says none.
pub(super) fn read(text: &str) -> Option<Reading> {
    let plain: String = text.chars().filter_map(plain).collect();
    let mut rest = plain.as_str();
    let mut about = false;
    for word in BEFORE {
        if let Some(shorter) = rest.strip_prefix(word) {
            rest = shorter;
            about = true;
            break;
        }
    }
    for word in AFTER {
        if let Some(shorter) = rest.strip_suffix(word) {
            rest = shorter;
            about = true;
            break;
        }
    }
    let mut reading = percentage(rest)
        .or_else(|| all(rest))
        .or_else(|| tenths(rest))
        .or_else(|| fraction(rest))?;
    if about {
        reading.rounding = None;
    }
    Some(reading)
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

/// `97%`, `百分之九十七`; 1000% at most.
fn percentage(text: &str) -> Option<Reading> {
    let reading = match (text.strip_suffix('%'), text.strip_prefix("百分之")) {
        (Some(number), _) => decimal(number, 2)?,
        (None, Some(number)) => decimal(number, 2).or_else(|| {
            Some(Reading {
                value: numeral(number)? / 100.0,
                rounding: Some(0.005),
            })
        })?,
        (None, None) => return None,
    };
    (reading.value <= 10.0).then_some(reading)
}

/// `全部开工`, but not `全部未开工`.
fn all(text: &str) -> Option<Reading> {
    let rest = text.strip_prefix("全部")?;
    (!rest.contains(['未', '没', '不', '待', '停'])).then_some(Reading {
        value: 1.0,
        rounding: Some(0.0),
    })
}

/// `九成`, `九成七`, `九成半`, `9成7`.
fn tenths(text: &str) -> Option<Reading> {
    let (whole, part) = text.split_once('成')?;
    let (part, rounding) = match part {
        "" => (0.0, 0.05),
        "半" => (5.0, 0.005),
        part => (numeral(part).filter(|part| *part < 10.0)?, 0.005),
    };
    let whole = numeral(whole).filter(|whole| *whole <= 10.0)?;
    Some(Reading {
        value: (whole * 10.0 + part) / 100.0,
        rounding: Some(rounding),
    })
}

/// `0.97`; above 1.5 it can't be told from a percentage without its sign.
fn fraction(text: &str) -> Option<Reading> {
    decimal(text, 0).filter(|reading| reading.value <= 1.5)
}

/// Digits with at most one point, up to 15 of them, divided by 10^`shift` in one rounding, so that
/// `97%` is the same value as 0.97.
fn decimal(text: &str, shift: u32) -> Option<Reading> {
    let (whole, part) = match text.split_once('.') {
        Some((_, "")) => return None,
        Some(both) => both,
        None => (text, ""),
    };
    if whole.is_empty() || text.len() > 16 {
        return None;
    }
    let mut digits = 0.0;
    for c in whole.chars().chain(part.chars()) {
        digits = digits * 10.0 + f64::from(c.to_digit(10)?);
    }
    let mut divisor = 1.0;
    for _ in 0..shift.saturating_add(u32::try_from(part.len()).ok()?) {
        divisor *= 10.0;
    }
    Some(Reading {
        value: digits / divisor,
        rounding: Some(0.5 / divisor),
    })
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
