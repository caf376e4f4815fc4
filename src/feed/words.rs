//! Kinds of problems, each with its sentence in Chinese and in English. Imports nothing.

/// An enum whose variants carry their sentences: `◇` stands for what was found, `◆` for the detail.
///
/// All sentences are one text, because a pointer and a length to each would cost the browser more
/// than looking for the line.
macro_rules! worded {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$doc:meta])* $variant:ident: $chinese:literal, $english:literal;)*
        }
    ) => {
        $(#[$meta])*
        pub enum $name {
            $($(#[$doc])* $variant,)*
        }

        impl $name {
            /// The sentence, in Chinese or in English.
            fn words(self, chinese: bool) -> &'static str {
                const WORDS: &str = concat!($($chinese, "\n", $english, "\n"),*);
                $crate::feed::words::line(WORDS, self as usize, chinese)
            }
        }
    };
}
pub(crate) use worded;

/// The sentence of the variant with this number.
pub(crate) fn line(words: &'static str, variant: usize, chinese: bool) -> &'static str {
    let index = variant.saturating_mul(2);
    let index = index.saturating_add(usize::from(!chinese));
    words.split('\n').nth(index).unwrap_or_default()
}
