//! Numbers as text: separators, percentages. No units, no language.

use super::text::cat;

/// A count or amount: thousands separated by commas, at most two decimals, none that are zero.
///
/// Not-a-number and infinities give `—`: they are no figures.
#[must_use]
pub fn amount(value: f64) -> String {
    if !value.is_finite() {
        return "—".to_owned();
    }
    decimal(value, 2)
}

/// A fraction as percentage with all its digits, up to ten decimals: 0.7939 → `79.39%`. For rates
/// that were published as numbers.
#[must_use]
pub fn percent_as_published(fraction: f64) -> String {
    percent_text(decimal(fraction * 100.0, 10))
}

/// A computed fraction as percentage with one decimal, so that those of a column are as long; none
/// at all and the whole, which are exact, have none.
///
/// Cut, not rounded, where rounding would claim a whole: 0.9996 gives `99.9%`, never `100%`; and
/// what is more than nothing never shows as nothing: 0.0001 gives `<0.1%`.
#[must_use]
pub fn percent_computed(fraction: f64) -> String {
    if fraction > 0.0 && fraction < 0.001 {
        return "<0.1%".to_owned();
    }
    let percent = fraction * 100.0;
    let shown = if percent < 100.0 && percent > 99.9 {
        99.9
    } else {
        percent
    };
    let decimals = usize::from(shown != 0.0 && shown != 100.0);
    percent_text(digits(shown, decimals, ",", true))
}

/// A change with its sign and all of so many decimals, or more where they would show a change as
/// none: those of one column are as long. None is `0`.
#[must_use]
pub fn signed(change: f64, decimals: usize) -> String {
    let (mut decimals, size) = (decimals, change.abs());
    while decimal(size, decimals) == "0" {
        if size == 0.0 || decimals >= 10 {
            return "0".to_owned();
        }
        decimals = decimals.saturating_add(1);
    }
    let sign = if change > 0.0 { "+" } else { "−" };
    cat(sign, &digits(size, decimals, ",", true), "")
}

/// A change of a count or amount with its sign: without decimals where it is whole.
#[must_use]
pub fn signed_amount(change: f64) -> String {
    signed(change, if change.fract() == 0.0 { 0 } else { 2 })
}

fn percent_text(mut number: String) -> String {
    number.push('%');
    number
}

/// A number in plain decimals, for machines: up to four decimals, no separators. What is not
/// finite or beyond 1e15 gives `0`: no coordinate or count is.
#[must_use]
pub fn plain(value: f64) -> String {
    if value.abs() > MOST || !value.is_finite() {
        return "0".to_owned();
    }
    digits(value, 4, "", false)
}

/// Reads plain decimals: `0.5`, `80`, `-12.25`. At most 15 digits before the point; what comes
/// after the fifteenth digit is dropped, so that every step is exact. No exponents. `None` for
/// anything else.
///
/// The standard library's reader brings 15 kB of tables to the browser.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let room = 15_usize.checked_sub(whole.len())?;
    if whole.is_empty() && fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let fraction = fraction.get(..room).unwrap_or(fraction);
    let mut value = 0.0;
    for byte in whole.bytes().chain(fraction.bytes()) {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value * 10.0 + f64::from(byte & 15);
    }
    Some(sign * value / power_of_ten(fraction.len()))
}

/// Largest magnitude written with digits; the feed admits no larger figure.
const MOST: f64 = 1e15;

fn power_of_ten(exponent: usize) -> f64 {
    (0..exponent).fold(1.0, |power, _| power * 10.0)
}

/// Half away from zero at `decimals`, trailing zeros dropped, separators in the whole part.
fn decimal(value: f64, decimals: usize) -> String {
    digits(value, decimals, ",", false)
}

/// Writes a number through integers, because the standard library's float writer brings 8 kB to
/// the browser; what is not finite or beyond [`MOST`] as `—`.
fn digits(value: f64, decimals: usize, separator: &str, all: bool) -> String {
    if value.abs() > MOST || !value.is_finite() {
        return "—".to_owned();
    }
    let magnitude = value.abs();
    // As many decimals as the relative step below leaves right: it is under a tenth of the last.
    let mut decimals = decimals;
    while decimals > 0 && magnitude * power_of_ten(decimals) > 1e14 {
        decimals = decimals.saturating_sub(1);
    }
    // A tiny relative step first, so that 0.285 * 100 is 28.5 and 1.005 rounds to 1.01, as the
    // publisher wrote them and not as binary fractions have them.
    let step = if decimals > 0 {
        4.0 * f64::EPSILON
    } else {
        0.0
    };
    let scaled = magnitude * (1.0 + step) * power_of_ten(decimals) + 0.5;
    let mut rest = scaled as u64;
    let mut reversed: Vec<u8> = Vec::new();
    let mut place = 0_usize;
    let mut significant = all || decimals == 0;
    // Digits from the right; those of the fraction, unless all are wanted, only once one of them
    // is not zero.
    while rest > 0 || place <= decimals {
        let digit = rest.checked_rem(10).unwrap_or(0) as u8;
        rest = rest.checked_div(10).unwrap_or(0);
        let whole_place = place.saturating_sub(decimals);
        if place == decimals && significant && decimals > 0 {
            reversed.push(b'.');
        }
        if place >= decimals && whole_place > 0 && whole_place.is_multiple_of(3) {
            reversed.extend(separator.bytes());
        }
        significant |= digit > 0;
        if place >= decimals || significant {
            reversed.push(b'0'.saturating_add(digit));
        }
        place = place.saturating_add(1);
    }
    let zero = reversed.iter().all(|b| !(b'1'..=b'9').contains(b));
    if value < 0.0 && !zero {
        reversed.push(b'-');
    }
    reversed.iter().rev().map(|b| char::from(*b)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (999.0, "999"),
            (1892.0, "1,892"),
            (1234567.0, "1,234,567"),
            (1314.46, "1,314.46"),
            (453.456, "453.46"),
            (0.5, "0.5"),
            (1e15, "1,000,000,000,000,000"),
            (123_456_789_012_345.0, "123,456,789,012,345"),
            (1e16, "—"),
            (1000.0, "1,000"),
            (10.05, "10.05"),
            (99.999, "100"),
            (-1234.5, "-1,234.5"),
            (f64::NAN, "—"),
            (f64::INFINITY, "—"),
        ] {
            assert_eq!(amount(value), text);
        }
    }

    #[test]
    fn plain_numbers_are_written_and_read_back() {
        for value in [0.0, 1.0, -2.5, 0.0625, 1234.5, 100000.25, 0.9] {
            assert_eq!(parse(&plain(value)), Some(value));
        }
        assert_eq!(plain(f64::NAN), "0");
        assert_eq!(parse("0.97"), Some(0.97));
        for wrong in [
            "",
            ".",
            "-",
            "1e5",
            "1,000",
            "NaN",
            "inf",
            "+1",
            "1234567890123456",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn published_rates_keep_their_digits() {
        assert_eq!(percent_as_published(0.7939), "79.39%");
        assert_eq!(percent_as_published(0.97), "97%");
        assert_eq!(percent_as_published(0.285), "28.5%");
        assert_eq!(percent_as_published(1.2), "120%");
        assert_eq!(percent_as_published(0.0), "0%");
    }

    #[test]
    fn changes_have_a_sign_and_are_never_hidden() {
        for (change, decimals, text) in [
            (13.05, 2, "+13.05"),
            // As 0.97 - 0.8395 comes out.
            (13.050000000000006, 2, "+13.05"),
            (13.05, 0, "+13"),
            (-2.7, 1, "−2.7"),
            (0.0, 1, "0"),
            (0.04, 1, "+0.04"),
            (-0.04, 1, "−0.04"),
            (1e-13, 1, "0"),
            (12.0, 1, "+12.0"),
            (12.0, 0, "+12"),
            (-1234.5, 2, "−1,234.50"),
        ] {
            assert_eq!(signed(change, decimals), text);
        }
    }

    #[test]
    fn computed_rates_never_claim_a_whole_or_nothing() {
        assert_eq!(percent_computed(151.0 / 152.0), "99.3%");
        assert_eq!(percent_computed(0.9996), "99.9%");
        assert_eq!(percent_computed(1.0), "100%");
        assert_eq!(percent_computed(0.0001), "<0.1%");
        assert_eq!(percent_computed(0.0), "0%");
        assert_eq!(percent_computed(1.0004), "100.0%");
        assert_eq!(percent_computed(0.5), "50.0%");
    }
}
