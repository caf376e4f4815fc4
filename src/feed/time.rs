//! Days, instants and durations as feeds write them.

use super::date::{Date, days_in_month};
use super::model::{AsOf, Instant};
use super::text::digits;

impl AsOf {
    /// From `YYYY-MM-DD`, or `YYYY-MM` for the end of that month; `None` for a day that does not
    /// exist.
    #[must_use]
    pub fn parse(text: &str) -> Option<AsOf> {
        let month_only = text.len() == 7;
        let pattern = if month_only { "0000-00" } else { "0000-00-00" };
        let mut number = number(text, pattern)?;
        if month_only {
            number = number.wrapping_mul(100);
        }
        let (year, [month, mut day]) = parts(number);
        if month_only {
            day = days_in_month(year, month);
        }
        Some(AsOf {
            date: Date::new(year, month, day)?,
            month_only,
        })
    }
}

/// What stands before the last four digits, and these two by two.
fn parts(number: u32) -> (i32, [u8; 2]) {
    let part = |digits: u32| (digits % 100) as u8;
    ((number / 10_000) as i32, [part(number / 100), part(number)])
}

impl Instant {
    /// From RFC 3339: `2020-10-17T10:01:32+08:00`; `None` for one that does not exist. A leap
    /// second is that of its minute's end.
    #[must_use]
    pub fn parse(text: &str) -> Option<Instant> {
        let date = AsOf::parse(text.get(..10)?)?.date;
        let time = number(text.get(11..19)?, "00:00:00")?;
        let (hour, [minute, second]) = parts(time);
        let mut zone = text.as_bytes().get(17..)?;
        let fraction = amount(&mut zone)? - f64::from(second);
        let mut clock_s = clock_s(time)?;
        if !matches!(zone, b"Z" | b"z") {
            let (sign, ahead) = zone.split_first()?;
            let ahead = number(std::str::from_utf8(ahead).ok()?, "00:00")?;
            let ahead_s = self::clock_s(ahead.wrapping_mul(100))?;
            clock_s += match sign {
                b'+' => -ahead_s,
                b'-' => ahead_s,
                _ => return None,
            };
        }
        // Seconds have two digits; of hundreds in a fraction no number can be made.
        if text.as_bytes().get(19)?.is_ascii_digit()
            || fraction.is_nan()
            || !matches!(text.as_bytes().get(10)?, b'T' | b't' | b' ')
        {
            return None;
        }
        Some(Instant {
            unix_s: f64::from(date.days_since_epoch()) * 86_400.0 + clock_s + fraction,
            local_date: date,
            local_time: (hour as u8, minute),
        })
    }

    /// Day and time of the publisher's own clock: `2020-10-17 10:01`.
    #[must_use]
    pub fn local_text(&self) -> String {
        let (hour, minute) = self.local_time;
        let mut text = self.local_date.text();
        for &(sign, part) in &[(' ', hour), (':', minute)] {
            text.push(sign);
            text.push_str(&digits(part.into(), 2));
        }
        text
    }
}

/// Seconds from midnight to hours, minutes and seconds, two digits each.
fn clock_s(time: u32) -> Option<f64> {
    let (hour, [minute, second]) = parts(time);
    let sound = hour < 24 && minute < 60 && second <= 60;
    sound.then(|| f64::from(hour) * 3600.0 + f64::from(minute) * 60.0 + f64::from(second))
}

/// A year is 365.2425 days and a month a twelfth of it.
const YEAR_S: u32 = 31_556_952;

/// Designators of a duration: each once at most, in this order.
const UNITS: [(u8, u32); 8] = [
    (b'Y', YEAR_S),
    (b'M', YEAR_S / 12),
    (b'W', 604_800),
    (b'D', 86_400),
    (b'T', 0),
    (b'H', 3600),
    (b'M', 60),
    (b'S', 1),
];

/// Seconds of an ISO 8601 duration (`P1M`, `PT5M`, `P1Y2M3W4DT5H6M7.5S`); a year is 365.2425 days
/// and a month a twelfth of it. `None` where it is none, or is nothing.
pub(super) fn duration_s(text: &str) -> Option<f64> {
    let mut rest = text.strip_prefix('P')?.as_bytes();
    let mut units = UNITS.iter();
    let (mut total, mut last) = (0.0, b'T');
    while let Some(&first) = rest.first() {
        let amount = if first == b'T' {
            0.0
        } else {
            amount(&mut rest)?
        };
        let (&designator, left) = rest.split_first()?;
        (last, rest) = (designator, left);
        // Those left out; T divides them, and counts nothing itself.
        loop {
            let &(unit, seconds) = units.next()?;
            if unit == b'T' && first != b'T' {
                return None;
            }
            if unit == last {
                total += amount * f64::from(seconds);
                break;
            }
        }
    }
    // A century between issues is no schedule.
    (last != b'T' && total > 0.0 && total <= 100.0 * f64::from(YEAR_S)).then_some(total)
}

/// The digits of a text of that pattern, as one number: a `0` stands for any digit, everything else
/// for itself.
fn number(text: &str, pattern: &str) -> Option<u32> {
    if text.len() != pattern.len() {
        return None;
    }
    let mut number = 0_u32;
    for (byte, expected) in text.bytes().zip(pattern.bytes()) {
        if expected == b'0' && byte.is_ascii_digit() {
            // Eight digits at most.
            number = number.wrapping_mul(10).wrapping_add(u32::from(byte & 15));
        } else if byte != expected {
            return None;
        }
    }
    Some(number)
}

/// Reads digits, with a point or a comma among them.
fn amount(rest: &mut &[u8]) -> Option<f64> {
    let (mut value, mut scale) = (0.0, 1.0);
    let (mut point, mut digit) = (false, false);
    while let Some((&byte, left)) = rest.split_first() {
        if byte.is_ascii_digit() {
            value = value * 10.0 + f64::from(byte & 15);
            scale *= if point { 10.0 } else { 1.0 };
            digit = true;
        } else if matches!(byte, b'.' | b',') && digit && !point {
            (point, digit) = (true, false);
        } else {
            break;
        }
        *rest = left;
    }
    digit.then(|| value / scale)
}
