//! Text widths by table: the same in the browser and natively, whatever fonts are installed.
//!
//! A layout must not depend on the fonts of the machine that draws it, so widths are estimates on
//! the wide side; painters squeeze a text to its reserved width where a font is wider still.

use super::Weight;
use crate::style::cat;

/// Advance widths of U+0020 to U+007E in sixty-fourths of the font size, rounded up.
///
/// Measured from Noto Sans CJK SC 2.004 Regular (`hmtx`); digits, `%` and `.` widened to
/// those of PingFang SC, the widest of the default fonts, because figures must not be squeezed.
const REGULAR: [u8; 95] = [
    15, 21, 31, 36, 36, 59, 44, 18, 22, 22, 30, 36, 18, 23, 18, 26, 39, 39, 39, 39, 39, 39, 39, 39,
    39, 39, 18, 18, 36, 36, 36, 31, 61, 39, 43, 41, 45, 38, 36, 45, 47, 19, 35, 42, 35, 52, 47, 48,
    41, 48, 41, 39, 39, 47, 37, 57, 37, 34, 39, 22, 26, 22, 36, 36, 39, 37, 40, 33, 40, 36, 21, 37,
    39, 18, 18, 36, 19, 60, 40, 39, 40, 40, 25, 30, 25, 39, 34, 52, 32, 34, 31, 22, 18, 22, 36,
];

/// What Bold adds to [`REGULAR`], in sixty-fourths: the largest difference among letters of Noto
/// Sans CJK SC Bold is 0.053 em, among digits 0.035 em.
const BOLD_EXTRA: f64 = 2.5;

/// Width in CSS pixels that a text needs on one line.
///
/// CJK, full-width forms and anything unknown count as one em; combining marks as nothing.
#[must_use]
pub fn width(text: &str, size_css_px: f64, weight: Weight) -> f64 {
    text.chars().map(|c| advance_64ths(c, weight)).sum::<f64>() * size_css_px / 64.0
}

fn advance_64ths(c: char, weight: Weight) -> f64 {
    let code = c as u32;
    let index = code.wrapping_sub(0x20) as usize;
    if let Some(&regular) = REGULAR.get(index) {
        let extra = if weight == Weight::Bold {
            BOLD_EXTRA
        } else {
            0.0
        };
        return f64::from(regular) + extra;
    }
    match code {
        // Combining marks, zero-width characters, variation selectors.
        0x300..=0x36F | 0x200B..=0x200F | 0x2066..=0x2069 | 0xFE00..=0xFE0F | 0xFEFF => 0.0,
        // Latin with accents, Greek, Cyrillic: as wide as a wide small letter.
        0xA0..=0x24F | 0x370..=0x52F if code != 0xB7 && code != 0xD7 => 44.0,
        0x2009 => 13.0,
        0x2212 => 39.0,
        0x2013 => 36.0,
        _ => 64.0,
    }
}

/// A text whose size was chosen so that it just fits, fits: that size is a quotient of floats.
const ROUNDING: f64 = 0.01;

/// Characters that must not begin a line (GB/T 15834, CLREQ "line-start prohibition").
const NEVER_FIRST: &str = "，。、；：！？）》」』】”’％%,.;:!?)]}·…～";
/// Characters that must not end a line.
const NEVER_LAST: &str = "（《「『【“‘([{";

/// Breaks a text into lines no wider than `max_css_px`.
///
/// Breaks at spaces and between CJK characters, never inside a Latin word or a number, nor between
/// a number and its unit, unless that is wider than the line by itself: then a word is broken, but
/// with a number the text ends. Where there is room for that a date stays whole, and no character
/// is alone on the last line. At most `max_lines`; the last is shortened with `…`.
#[must_use]
pub fn wrap(
    text: &str,
    size_css_px: f64,
    weight: Weight,
    max_css_px: f64,
    mut max_lines: usize,
) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let mut piece = first_piece(rest, false);
        if width(piece.trim_end(), size_css_px, weight) > max_css_px {
            piece = first_piece(rest, true);
        }
        if width(piece.trim_end(), size_css_px, weight) > max_css_px {
            if piece.starts_with(is_of_number) {
                max_lines = max_lines.min(lines.len().saturating_add(1));
            }
            piece = fitting(piece, size_css_px, weight, max_css_px);
        }
        rest = rest.get(piece.len()..).unwrap_or("");
        let candidate_width = width(line.trim_start(), size_css_px, weight)
            + width(piece.trim_end(), size_css_px, weight);
        if candidate_width > max_css_px + ROUNDING && !line.trim().is_empty() {
            if lines.len().saturating_add(1) >= max_lines {
                line.push_str(piece);
                line.push_str(rest);
                rest = "";
                continue;
            }
            lines.push(line.trim().to_owned());
            line.clear();
        }
        line.push_str(piece);
    }
    if !line.trim().is_empty() {
        lines.push(shorten(line.trim(), size_css_px, weight, max_css_px));
    }
    lines.truncate(max_lines);
    lines
}

/// Whether `c` is one of them: `str::contains` would bring a kilobyte of search to the browser.
fn has(these: &str, c: char) -> bool {
    these.chars().any(|this| this == c)
}

/// The shortest beginning of a text after which a line may break; where it must, a date is torn
/// and the last character stands alone.
fn first_piece(text: &str, must: bool) -> &str {
    let mut chars = text.char_indices().peekable();
    // The character before, and the first of its word.
    let (mut before, mut word) = (' ', ' ');
    while let Some((_, c)) = chars.next() {
        let Some(&(next_at, next)) = chars.peek() else {
            break;
        };
        if !before.is_ascii_alphanumeric() {
            word = c;
        }
        before = c;
        let number = next.is_ascii_digit();
        let alone = if text.ends_with('。') { 7 } else { 4 };
        // 2020年9月30日, September 2020, 30 September, 102 days; 全部开|工。
        let torn = number && (has("年月", c) || c == ' ' && word.is_ascii_uppercase())
            || !number && c == ' ' && word.is_ascii_digit()
            || text.len() < next_at.saturating_add(alone);
        let may_break = (c == ' ' || is_cjk(c) || (is_cjk(next) && !c.is_ascii_digit()))
            && !has(NEVER_FIRST, next)
            && !has(NEVER_LAST, c)
            && next != ' '
            && (must || !torn);
        if may_break {
            return text.get(..next_at).unwrap_or(text);
        }
    }
    text
}

fn is_cjk(c: char) -> bool {
    matches!(c as u32, 0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF)
}

/// The text, or its beginning and `…` where it is wider than `max_css_px`. A number is left out
/// whole: the beginning of one would be another figure.
#[must_use]
pub fn shorten(text: &str, size_css_px: f64, weight: Weight, max_css_px: f64) -> String {
    if width(text, size_css_px, weight) <= max_css_px + ROUNDING {
        return text.to_owned();
    }
    let room = max_css_px - width("…", size_css_px, weight);
    let mut short = match fitting(text, size_css_px, weight, room) {
        // One character, whether it fits or not.
        one if width(one, size_css_px, weight) > room => "",
        short => short,
    };
    let next = text.get(short.len()..).unwrap_or_default();
    if next.starts_with(is_of_number) {
        short = short.trim_end_matches(is_of_number);
    }
    cat(short.trim_end(), "…", "")
}

/// The longest beginning of a text that is no wider, but one character at least.
fn fitting(text: &str, size_css_px: f64, weight: Weight, max_css_px: f64) -> &str {
    let mut used = 0.0;
    for (at, c) in text.char_indices() {
        used += advance_64ths(c, weight) * size_css_px / 64.0;
        if used > max_css_px && at > 0 {
            return text.get(..at).unwrap_or(text);
        }
    }
    text
}

fn is_of_number(c: char) -> bool {
    matches!(c, '0'..='9' | '.' | ',' | '%')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_one_em_wide_and_figures_are_not() {
        assert_eq!(width("开工率", 10.0, Weight::Regular), 30.0);
        assert!((width("97%", 64.0, Weight::Regular) - (39.0 + 39.0 + 59.0)).abs() < 1e-9);
        assert!(width("97%", 13.0, Weight::Bold) > width("97%", 13.0, Weight::Regular));
    }

    #[test]
    fn lines_break_between_chinese_but_not_before_punctuation_or_in_numbers() {
        let lines = wrap(
            "计划开工1900多个，截至九月底",
            10.0,
            Weight::Regular,
            62.0,
            5,
        );
        assert_eq!(lines.concat(), "计划开工1900多个，截至九月底");
        for line in &lines {
            assert!(!line.starts_with('，'), "{lines:?}");
            assert!(width(line, 10.0, Weight::Regular) <= 62.0, "{lines:?}");
        }
        assert!(lines.iter().any(|l| l.contains("1900")), "{lines:?}");
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken_and_a_number_stays_with_its_unit() {
        let lines = wrap("mmmmmmmm 一", 10.0, Weight::Regular, 30.0, 9);
        assert_eq!(lines, ["mmm", "mmm", "mm", "一"]);
        let lines = wrap("计划1900个，", 10.0, Weight::Regular, 45.0, 9);
        assert_eq!(lines, ["计划", "1900个，"]);
        let lines = wrap("900,000,000 in all", 10.0, Weight::Regular, 45.0, 9);
        assert_eq!(lines, ["…"]);
    }

    #[test]
    fn no_date_is_torn_and_no_character_alone_on_the_last_line() {
        for (text, room, lines) in [
            (
                "评估于2020年10月31日结束",
                80.0,
                &["评估于", "2020年10月31日", "结束"][..],
            ),
            // There is no room for all of the date.
            ("2020年10月31日", 50.0, &["2020年", "10月31日"]),
            ("due by 1 July 2020", 80.0, &["due by", "1 July 2020"]),
            (
                "on Zhejiang Online, 1 July",
                90.0,
                &["on Zhejiang", "Online, 1 July"],
            ),
            ("some 102 days left", 50.0, &["some", "102 days", "left"]),
            ("样板镇全部开工。", 70.0, &["样板镇全部", "开工。"]),
            ("样板镇", 20.0, &["样", "板镇"]),
            ("样板", 10.0, &["样", "板"]),
        ] {
            assert_eq!(wrap(text, 10.0, Weight::Regular, room, 9), lines);
        }
    }

    #[test]
    fn the_last_line_is_shortened() {
        let lines = wrap("一二三四五六七八九十", 10.0, Weight::Regular, 40.0, 2);
        assert_eq!(lines, ["一二三四", "五六七…"]);
    }

    #[test]
    fn shortening_keeps_what_fits() {
        assert_eq!(
            shorten("莪山畲族乡", 10.0, Weight::Regular, 50.0),
            "莪山畲族乡"
        );
        assert_eq!(
            shorten("莪山畲族乡", 10.0, Weight::Regular, 40.0),
            "莪山畲…"
        );
        assert_eq!(shorten("莪山畲族乡", 10.0, Weight::Regular, 1.0), "…");
        // 7 px a digit: five of them and the ellipsis.
        assert_eq!(shorten("约1,892个", 10.0, Weight::Regular, 45.0), "约…");
        assert_eq!(shorten("97.25%", 10.0, Weight::Regular, 30.0), "…");
        assert_eq!(
            shorten("1892个项目", 10.0, Weight::Regular, 46.0),
            "1892个…"
        );
    }
}
