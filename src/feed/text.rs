//! Texts of the feed, made harmless.

/// The character as it may be drawn: line breaks and tabs become spaces; other control characters
/// and changes of writing direction go, because `"A \u{202e}12%"` would be drawn like `A %21`.
pub(crate) fn harmless(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\0'..='\u{1F}'
        | '\u{7F}'..='\u{9F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => None,
        _ => Some(c),
    }
}

/// A text of at most so many characters, harmless, without white space around it; `None` where
/// nothing is left. Whether it was `cut`, and whether characters were `changed`, is noted.
pub(crate) fn clean(text: &str, most: usize, cut: &mut bool, changed: &mut bool) -> Option<String> {
    let mut cleaned = String::new();
    for (index, c) in text.chars().enumerate() {
        if index == most {
            *cut = true;
            break;
        }
        let kept = harmless(c);
        *changed |= kept != Some(c);
        if let Some(c) = kept {
            cleaned.push(c);
        }
    }
    let trimmed = cleaned.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

/// A whole number in digits, with zeros in front where there are fewer than `width`.
///
/// The standard library's formatting costs the browser 2 kB, and each use of it 50 bytes more.
pub(crate) fn digits(value: u64, width: usize) -> String {
    let mut text = String::new();
    let mut left = value;
    while left > 0 || text.len() < width {
        // Below ten: the cast keeps it.
        text.insert(0, char::from(b'0' | (left % 10) as u8));
        left /= 10;
    }
    text
}

/// Whether `word` stands in `text`: by windows of bytes, because the standard library's search costs
/// the browser a kilobyte.
pub(crate) fn holds(text: &str, word: &str) -> bool {
    let mut windows = text.as_bytes().windows(word.len());
    windows.any(|window| window == word.as_bytes())
}

/// Whether `text` is a BCP 47 tag by its form: subtags of 1 to 8 letters or digits, the first of
/// letters.
pub(super) fn is_lang(text: &str) -> bool {
    let mut subtags = text.split('-');
    let first = subtags.next().unwrap_or_default();
    (2..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && subtags
            .all(|s| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Whether `text` is an address that may become a link: http or https, with a host.
pub(super) fn is_link(text: &str) -> bool {
    let rest = strip_scheme(text, "https://").or_else(|| strip_scheme(text, "http://"));
    rest.is_some_and(|rest| {
        rest.chars()
            .next()
            .is_some_and(|c| !matches!(c, '/' | '?' | '#' | ':' | '@' | '\\'))
            && !rest
                .chars()
                .any(|c| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\\'))
    })
}

fn strip_scheme<'a>(text: &'a str, scheme: &str) -> Option<&'a str> {
    let head = text.get(..scheme.len())?;
    head.eq_ignore_ascii_case(scheme)
        .then(|| text.get(scheme.len()..).unwrap_or_default())
}
