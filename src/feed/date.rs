//! Calendar days as feeds write them. Proleptic Gregorian, no time zone, no clock.

use super::text::digits;
use std::fmt;

/// A calendar day.
///
/// Invariant: a day that exists (`2023-02-29` can't be made).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(
    /// Year, month (4 bits) and day (5 bits): one word to move.
    u32,
);

impl Date {
    /// A year up to 9999, a month and a day.
    const fn packed(year: u32, month: u32, day: u32) -> Date {
        Date(year << 9 | month << 5 | day)
    }

    /// The day, or `None` where it does not exist or the year is outside 1..=9999.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Date> {
        let exists = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && day <= days_in_month(year, month);
        exists.then(|| Date::packed(year.unsigned_abs(), month.into(), day.into()))
    }

    /// A number that grows with the days, above 0.
    pub(super) fn number(self) -> u64 {
        u64::from(self.0)
    }

    /// Year, 1 to 9999.
    #[must_use]
    pub fn year(self) -> i32 {
        (self.0 >> 9) as i32
    }

    /// Month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        (self.0 >> 5 & 15) as u8
    }

    /// Day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        (self.0 & 31) as u8
    }

    /// `2020-09-30`. As `to_string`, which would bring formatting to the browser.
    #[must_use]
    pub fn text(self) -> String {
        [
            &*digits(u64::from(self.year().unsigned_abs()), 4),
            &digits(u64::from(self.month()), 2),
            &digits(u64::from(self.day()), 2),
        ]
        .join("-")
    }

    /// Whether this is the last day of its month.
    #[must_use]
    pub fn is_month_end(self) -> bool {
        self.day() == days_in_month(self.year(), self.month())
    }

    /// Days since 1970-01-01, negative before.
    #[must_use]
    pub fn days_since_epoch(self) -> i32 {
        Date::month_begins(self.months()).saturating_add(i32::from(self.day()).saturating_sub(1))
    }

    /// Months since January of the year 0.
    #[must_use]
    #[allow(clippy::arithmetic_side_effects)] // Years are 1..=9999.
    pub fn months(self) -> i32 {
        self.year() * 12 + i32::from(self.month()) - 1
    }

    /// Days from 1970-01-01 to the first day of a month, counted from January of the year 0.
    ///
    /// The formula is `days_from_civil` of Howard Hinnant, "chrono-Compatible Low-Level Date
    /// Algorithms"; every intermediate value of a year up to 20,000 fits an `i32`.
    #[must_use]
    #[allow(clippy::arithmetic_side_effects)] // Clamped first: no term exceeds 7 400 000.
    pub fn month_begins(months: i32) -> i32 {
        // Its years begin in March.
        let months = months.clamp(0, 240_000) - 2;
        let y = months.div_euclid(12);
        let era = y.div_euclid(400);
        let yoe = y.rem_euclid(400);
        let doy = (153 * months.rem_euclid(12) + 2) / 5;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        era * 146_097 + doe - 719_468
    }

    /// The day so many days after 1970-01-01 (before, where negative); beyond the years 1 to 9999,
    /// the nearest that is within.
    ///
    /// The formula is `civil_from_days` of the same paper.
    #[must_use]
    #[allow(clippy::arithmetic_side_effects)] // Clamped first: no term exceeds 3 700 000.
    pub fn from_days(days_since_epoch: i32) -> Date {
        // 0001-01-01 and 9999-12-31.
        let z = days_since_epoch.clamp(-719_162, 2_932_896) + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = yoe + era * 400 + i32::from(month <= 2);
        let day = doy - (153 * mp + 2) / 5 + 1;
        Date::packed(year as u32, month as u32, day as u32)
    }

    /// Days from `self` to `later`; negative where `later` is earlier.
    #[must_use]
    pub fn days_until(self, later: Date) -> i32 {
        later
            .days_since_epoch()
            .saturating_sub(self.days_since_epoch())
    }
}

impl Default for Date {
    /// 0001-01-01.
    fn default() -> Date {
        Date::packed(1, 1, 1)
    }
}

impl fmt::Display for Date {
    /// `2020-09-30`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// Number of days in a month; 0 for a month outside 1..=12.
#[must_use]
pub fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_there_and_back() {
        for (year, month, day) in [
            (1, 1, 1),
            (1900, 3, 1),
            (1970, 1, 1),
            (2000, 2, 29),
            (2020, 12, 31),
            (2024, 2, 29),
            (9999, 12, 31),
        ] {
            let date = Date::new(year, month, day).unwrap();
            assert_eq!(Date::from_days(date.days_since_epoch()), date);
        }
        let mut before = Date::from_days(18_000);
        for days in 18_001..19_600 {
            let date = Date::from_days(days);
            assert_eq!(Date::new(date.year(), date.month(), date.day()), Some(date));
            assert_eq!(before.days_until(date), 1);
            before = date;
        }
        assert_eq!(Date::from_days(i32::MAX), Date::new(9999, 12, 31).unwrap());
        assert_eq!(Date::from_days(i32::MIN), Date::default());
    }
}
