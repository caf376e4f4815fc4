//! Figures and dates as they stand in a text, read independently of what wrote them.

/// A figure read out of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// As written, before a unit of 万 or 亿.
    pub value: f64,
    /// Digits after the point.
    pub decimals: usize,
    /// A percent sign follows.
    pub percent: bool,
    /// `<` stands before it.
    pub less_than: bool,
    /// `+` or a minus stands before it.
    pub sign: Option<f64>,
    /// 10,000 before 万, 100,000,000 before 亿, else 1.
    pub scale: f64,
    /// Place in the text, in characters.
    pub range: (usize, usize),
}

/// A day, a month or a year that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    pub year: Option<i32>,
    pub month: Option<u32>,
    pub day: Option<u32>,
}

/// The figures of a text, from left to right.
pub fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let digit = |index: usize| chars.get(index).is_some_and(char::is_ascii_digit);
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let start = at;
        let mut written = String::new();
        let mut decimals = 0;
        let mut point = false;
        while at < chars.len() {
            if digit(at) {
                written.push(chars[at]);
                decimals += usize::from(point);
            } else if chars[at] == ','
                && !point
                && digit(at + 1)
                && digit(at + 2)
                && digit(at + 3)
                && !digit(at + 4)
            {
                // A separator: three digits follow, no more.
            } else if chars[at] == '.' && !point && digit(at + 1) {
                written.push('.');
                point = true;
            } else {
                break;
            }
            at += 1;
        }
        let percent = matches!(chars.get(at), Some('%' | '％'));
        at += usize::from(percent);
        let scale = match chars.get(at) {
            Some('万' | '萬') => 1e4,
            Some('亿' | '億') => 1e8,
            _ => 1.0,
        };
        let before = start.checked_sub(1).and_then(|i| chars.get(i)).copied();
        let further = start.checked_sub(2).and_then(|i| chars.get(i)).copied();
        found.push(Token {
            value: written.parse().unwrap(),
            decimals,
            percent,
            less_than: before == Some('<'),
            sign: match before {
                Some('+' | '＋') => Some(1.0),
                Some('−') => Some(-1.0),
                Some('-') if further.is_none_or(|c| !c.is_alphanumeric()) => Some(-1.0),
                _ => None,
            },
            scale,
            range: (start, at),
        });
    }
    found
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Takes the dates out of a text: what it says without them, and which they are.
///
/// Read: `2020年9月30日` and its parts, `2020-09-30`, `2020-09`, `30 September 2020`,
/// `Sep 2020`, and the time `10:01`, which is taken out and not told.
pub fn dates(text: &str) -> (String, Vec<Mention>) {
    let mut chars: Vec<char> = text.chars().collect();
    let mut mentions = Vec::new();
    for token in tokens(text).iter().rev() {
        // From the right: a year before its month before its day; each blanks what it reads.
        read_date(&mut chars, token, &mut mentions);
    }
    let words: Vec<char> = chars.clone();
    for (index, _) in words.iter().enumerate() {
        english(&mut chars, index, &mut mentions);
    }
    (chars.into_iter().collect(), mentions)
}

fn blank(chars: &mut [char], from: usize, to: usize) {
    for c in &mut chars[from..to] {
        *c = ' ';
    }
}

fn number(chars: &[char], from: usize) -> Option<(u32, usize)> {
    let digits: String = chars[from.min(chars.len())..]
        .iter()
        .take_while(|c| c.is_ascii_digit())
        .collect();
    (!digits.is_empty() && digits.len() < 5).then(|| (digits.parse().unwrap(), from + digits.len()))
}

fn read_date(chars: &mut [char], token: &Token, mentions: &mut Vec<Mention>) {
    let start = token.range.0;
    if start > 0
        && (chars[start - 1].is_ascii_digit()
            || matches!(chars[start - 1], '月' | '年' | '-' | ':'))
    {
        return; // The end of one that is read from its beginning.
    }
    let Some((first, mut at)) = number(chars, start) else {
        return;
    };
    let next = |at: usize| chars.get(at).copied();
    let mut mention = Mention {
        year: None,
        month: None,
        day: None,
    };
    match next(at) {
        Some('年') => {
            mention.year = Some(i32::try_from(first).unwrap());
            at += 1;
            if let Some((month, after)) =
                number(chars, at).filter(|(_, after)| next(*after) == Some('月'))
            {
                mention.month = Some(month);
                at = after + 1;
            }
        }
        Some('月') => {
            mention.month = Some(first);
            at += 1;
        }
        Some('日') => {
            mention.day = Some(first);
            at += 1;
        }
        Some('-') => {
            let Some((month, after)) =
                number(chars, at + 1).filter(|(_, after)| *after == at + 3 && first > 999)
            else {
                return;
            };
            mention.year = Some(i32::try_from(first).unwrap());
            mention.month = Some(month);
            at = after;
            if next(at) == Some('-')
                && let Some((day, after)) = number(chars, at + 1)
            {
                mention.day = Some(day);
                at = after;
            }
        }
        Some(':') => {
            // A time of day: the hour and its minutes.
            if let Some((_, after)) = number(chars, at + 1)
                .filter(|(minute, after)| *minute < 60 && *after == at + 3 && first < 24)
            {
                blank(chars, start, after);
            }
            return;
        }
        _ => return,
    }
    if mention.month.is_some()
        && mention.day.is_none()
        && let Some((day, after)) =
            number(chars, at).filter(|(_, after)| next(*after) == Some('日'))
    {
        mention.day = Some(day);
        at = after + 1;
    }
    blank(chars, start, at);
    mentions.push(mention);
}

/// A month's English name at `index`, with the day before it and the year after it.
fn english(chars: &mut [char], index: usize, mentions: &mut Vec<Mention>) {
    if index > 0 && chars[index - 1].is_alphabetic() {
        return;
    }
    let word: String = chars[index..]
        .iter()
        .take_while(|c| c.is_alphabetic())
        .collect();
    let Some(month) = MONTHS
        .iter()
        .position(|name| *name == word || (word.len() == 3 && name[..3] == word))
    else {
        return;
    };
    let (mut from, mut to) = (index, index + word.len());
    let mut mention = Mention {
        year: None,
        month: u32::try_from(month + 1).ok(),
        day: None,
    };
    let digits_before: String = {
        let text: String = chars[..index].iter().collect();
        let reversed: String = text
            .trim_end()
            .chars()
            .rev()
            .take_while(char::is_ascii_digit)
            .collect();
        if text.len() - text.trim_end().len() == 1 {
            reversed.chars().rev().collect()
        } else {
            String::new()
        }
    };
    if (1..=2).contains(&digits_before.len()) {
        mention.day = digits_before.parse().ok();
        from = index - 1 - digits_before.len();
    }
    let after = to
        + chars[to..]
            .iter()
            .take_while(|c| **c == ' ' || **c == ',')
            .count();
    if let Some((year, end)) = number(chars, after).filter(|(year, _)| *year > 999) {
        mention.year = i32::try_from(year).ok();
        to = end;
    }
    blank(chars, from, to);
    mentions.push(mention);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_written() {
        let found = tokens("已开工1,892个，占97.5%，<0.1%，1.55万，+2.7个百分点，12,34");
        let values: Vec<(f64, bool, f64)> = found
            .iter()
            .map(|t| (t.value, t.percent, t.scale))
            .collect();
        assert_eq!(
            values,
            [
                (1892.0, false, 1.0),
                (97.5, true, 1.0),
                (0.1, true, 1.0),
                (1.55, false, 1e4),
                (2.7, false, 1.0),
                (12.0, false, 1.0),
                (34.0, false, 1.0)
            ]
        );
        assert!(found[2].less_than);
        assert_eq!(found[4].sign, Some(1.0));
    }

    #[test]
    fn dates_are_taken_out_whole() {
        let of = |year, month, day| Mention { year, month, day };
        for (text, rest, mention) in [
            (
                "截至2020年9月30日5个",
                "截至          5个",
                of(Some(2020), Some(9), Some(30)),
            ),
            (
                "2020-09-30",
                "          ",
                of(Some(2020), Some(9), Some(30)),
            ),
            ("9月底", "  底", of(None, Some(9), None)),
            ("2020年", "     ", of(Some(2020), None, None)),
            (
                "As of 30 September 2020, 5",
                "As of                  , 5",
                of(Some(2020), Some(9), Some(30)),
            ),
            ("Sep", "   ", of(None, Some(9), None)),
        ] {
            let (left, found) = dates(text);
            assert_eq!(
                (left.as_str(), found.as_slice()),
                (rest, &[mention][..]),
                "{text}"
            );
        }
        assert_eq!(dates("发布 10:01").0, "发布      ");
        assert_eq!(dates("1—3月330.72").0, "1—  330.72");
    }
}
