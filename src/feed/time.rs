//! Days, instants and durations as feeds write them.

use super::date::{Date, days_in_month};
use super::model::{AsOf, Instant};
use super::text::digits;

impl AsOf {
    /// From `YYYY-MM-DD`, or `YYYY-MM` for the end of that month; `None` for a day that does not
    /// exist.
    #[must_use]
    pub fn parse(text: &str) -> Option<AsOf> {
        let mut rest = Rest(text.as_bytes());
        let year = i32::try_from(rest.digits(4)?).ok()?;
        rest.byte(b'-')?;
        let month = u8::try_from(rest.digits(2)?).ok()?;
        let month_only = rest.0.is_empty();
        let day = if month_only {
            days_in_month(year, month)
        } else {
            rest.byte(b'-')?;
            u8::try_from(rest.digits(2)?).ok()?
        };
        rest.end()?;
        Some(AsOf {
            date: Date::new(year, month, day)?,
            month_only,
        })
    }
}

impl Instant {
    /// From RFC 3339: `2020-10-17T10:01:32+08:00`; `None` for one that does not exist. A leap
    /// second is that of its minute's end.
    #[must_use]
    pub fn parse(text: &str) -> Option<Instant> {
        let (day, time) = (text.get(..10)?, text.get(10..)?);
        let date = AsOf::parse(day)?.date;
        let mut rest = Rest(time.as_bytes());
        rest.byte(b'T')
            .or_else(|| rest.byte(b't'))
            .or_else(|| rest.byte(b' '))?;
        let hour = rest.up_to(2, 23)?;
        rest.byte(b':')?;
        let minute = rest.up_to(2, 59)?;
        rest.byte(b':')?;
        let second = f64::from(rest.up_to(2, 60)?) + rest.fraction()?;
        let mut offset_s = 0.0;
        if rest.byte(b'Z').or_else(|| rest.byte(b'z')).is_none() {
            let sign = match rest.byte(b'+') {
                Some(()) => 60.0,
                None => rest.byte(b'-').map(|()| -60.0)?,
            };
            let hours = rest.up_to(2, 23)?;
            rest.byte(b':')?;
            offset_s = sign * (f64::from(hours) * 60.0 + f64::from(rest.up_to(2, 59)?));
        }
        rest.end()?;
        let day_s = f64::from(date.days_since_epoch()) * 86_400.0;
        Some(Instant {
            unix_s: day_s + f64::from(hour) * 3600.0 + f64::from(minute) * 60.0 + second - offset_s,
            local_date: date,
            local_time: (u8::try_from(hour).ok()?, u8::try_from(minute).ok()?),
        })
    }
}

impl Instant {
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

/// Seconds of an ISO 8601 duration (`P1M`, `PT5M`, `P1Y2M3W4DT5H6M7.5S`); a year is 365.2425 days
/// and a month a twelfth of it. `None` where it is none, or is nothing.
pub(super) fn duration_s(text: &str) -> Option<f64> {
    const DAY_S: f64 = 86_400.0;
    const YEAR_S: f64 = 365.2425 * DAY_S;
    let mut rest = Rest(text.as_bytes());
    rest.byte(b'P')?;
    let mut total = 0.0;
    // Designators still allowed: each once, in this order.
    let mut units: &[(u8, f64)] = &[
        (b'Y', YEAR_S),
        (b'M', YEAR_S / 12.0),
        (b'W', 7.0 * DAY_S),
        (b'D', DAY_S),
    ];
    let mut in_time = false;
    let mut parts = 0_u8;
    while !rest.0.is_empty() {
        if !in_time && rest.byte(b'T').is_some() {
            in_time = true;
            units = &[(b'H', 3600.0), (b'M', 60.0), (b'S', 1.0)];
            parts = 0;
        }
        let mut amount = f64::from(rest.digits(1)?);
        while let Some(digit) = rest.digits(1) {
            amount = amount * 10.0 + f64::from(digit);
        }
        amount += rest.fraction()?;
        let (&designator, left) = rest.0.split_first()?;
        rest.0 = left;
        let index = units.iter().position(|(name, _)| *name == designator)?;
        total += amount * units.get(index)?.1;
        units = units.get(index.saturating_add(1)..)?;
        parts = parts.saturating_add(1);
    }
    // A century between issues is no schedule.
    (parts > 0 && total > 0.0 && total <= 100.0 * YEAR_S).then_some(total)
}

/// What is left to read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    /// A number of exactly `count` digits.
    fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let mut value = 0_u32;
        for byte in digits {
            let digit = char::from(*byte).to_digit(10)?;
            value = value.checked_mul(10)?.checked_add(digit)?;
        }
        self.0 = rest;
        Some(value)
    }

    fn up_to(&mut self, count: usize, most: u32) -> Option<u32> {
        self.digits(count).filter(|value| *value <= most)
    }

    /// What follows a point or a comma; 0 where there is none, `None` where nothing follows it.
    fn fraction(&mut self) -> Option<f64> {
        let mut value = 0.0;
        if self.byte(b'.').or_else(|| self.byte(b',')).is_some() {
            let mut unit = 0.1;
            value = f64::from(self.digits(1)?) * unit;
            while let Some(digit) = self.digits(1) {
                unit /= 10.0;
                value += f64::from(digit) * unit;
            }
        }
        Some(value)
    }

    fn byte(&mut self, byte: u8) -> Option<()> {
        self.0 = self.0.strip_prefix(&[byte])?;
        Some(())
    }

    fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}
