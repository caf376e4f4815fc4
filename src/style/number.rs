//! Numbers as text: separators, percentages. No units, no language.

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

/// A computed fraction as percentage with at most one decimal.
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
    percent_text(decimal(shown, 1))
}

fn percent_text(mut number: String) -> String {
    number.push('%');
    number
}

/// Half away from zero at `decimals`, trailing zeros dropped, separators in the whole part.
fn decimal(value: f64, decimals: usize) -> String {
    // `{:.n}` prints the exact binary value; adding a tiny relative step first makes 0.285 * 100
    // print as 28.5 and 1.005 as 1.01, as the publisher wrote them.
    let nudged = value * (1.0 + 4.0 * f64::EPSILON);
    let fixed = format!("{nudged:.decimals$}");
    let fixed = if decimals > 0 {
        fixed.trim_end_matches('0').trim_end_matches('.')
    } else {
        &fixed
    };
    let (sign, digits) = match fixed.strip_prefix('-') {
        Some(digits) if digits != "0" => ("-", digits),
        Some(digits) => ("", digits),
        None => ("", fixed),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut text = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && whole.len().saturating_sub(index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
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
            (f64::NAN, "—"),
            (f64::INFINITY, "—"),
        ] {
            assert_eq!(amount(value), text);
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
    fn computed_rates_never_claim_a_whole_or_nothing() {
        assert_eq!(percent_computed(151.0 / 152.0), "99.3%");
        assert_eq!(percent_computed(0.9996), "99.9%");
        assert_eq!(percent_computed(1.0), "100%");
        assert_eq!(percent_computed(0.0001), "<0.1%");
        assert_eq!(percent_computed(0.0), "0%");
        assert_eq!(percent_computed(1.0004), "100%");
    }
}
