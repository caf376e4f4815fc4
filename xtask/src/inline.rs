//! Bytes as text within a script: printable ASCII that compresses as well as the bytes themselves.
//!
//! Base64 spreads three bytes over four characters, and brotli no longer sees what repeats: 26%
//! more. Here a byte is one character, or two from 85 on: 3% more. No character needs escaping in a
//! script or in HTML, and none is changed by a page's charset.

/// The first character of all.
const FIRST: u8 = b'#';
/// Characters that end a string, a script or an entity.
const SKIPPED: [u8; 3] = [b'&', b'<', b'\\'];
/// How many characters stand for a byte: from `#` to `z`, but for those.
const COUNT: u8 = 85;
/// What comes before a character that stands for 85, 170 or 255 more.
const HIGH: [char; 3] = ['{', '|', '}'];

/// A function without arguments that returns the bytes as a `Uint8Array`.
pub fn function(bytes: &[u8]) -> String {
    format!(
        "()=>{{const text=\"{}\",bytes=[];let high=0;\
         for(let i=0;i<text.length;i++){{const c=text.charCodeAt(i);\
         if(c>122)high=(c-122)*85;\
         else{{bytes.push(high+c-35-(c>38)-(c>60)-(c>92));high=0}}}}\
         return Uint8Array.from(bytes)}}",
        encode(bytes)
    )
}

fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().saturating_mul(2));
    for byte in bytes {
        let (high, low) = (byte / COUNT, byte % COUNT);
        if let Some(prefix) = high.checked_sub(1).and_then(|at| HIGH.get(usize::from(at))) {
            text.push(*prefix);
        }
        text.push(char::from(character(low)));
    }
    text
}

/// The character for a number below [`COUNT`].
fn character(low: u8) -> u8 {
    let mut character = FIRST.saturating_add(low);
    for skipped in SKIPPED {
        if character >= skipped {
            character = character.saturating_add(1);
        }
    }
    character
}

#[cfg(test)]
mod tests {
    use super::encode;

    /// The script's decoder, word for word.
    #[allow(clippy::arithmetic_side_effects)] // Small numbers, and a test fails loudly.
    fn decode(text: &str) -> Vec<u8> {
        let (mut bytes, mut high) = (Vec::new(), 0);
        for c in text.bytes().map(i32::from) {
            if c > 122 {
                high = (c - 122) * 85;
            } else {
                let low = c - 35 - i32::from(c > 38) - i32::from(c > 60) - i32::from(c > 92);
                bytes.push(u8::try_from(high + low).unwrap());
                high = 0;
            }
        }
        bytes
    }

    #[test]
    fn every_byte_comes_back_and_no_character_needs_escaping() {
        let bytes: Vec<u8> = (0..=255).chain((0..=255).rev()).collect();
        let text = encode(&bytes);
        assert_eq!(decode(&text), bytes);
        assert!(text.bytes().all(|c| (35..=125).contains(&c)), "{text}");
        assert!(!text.contains(['&', '<', '\\', '"']));
    }
}
