//! What the program tells people, in Chinese and English. Imports nothing of ours.

use std::fmt;

use clap::ValueEnum;

/// A sentence in both languages: what, where, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// Which languages are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, ValueEnum)]
pub enum Say {
    /// 中文 Chinese
    Zh,
    /// 英文 English
    En,
    /// 中英文 both
    #[default]
    Both,
}

impl Message {
    /// From its two texts.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Message {
        Message {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// On one line, in the languages asked for.
    pub fn line(&self, say: Say) -> String {
        match say {
            Say::Zh => self.zh.clone(),
            Say::En => self.en.clone(),
            Say::Both => format!("{} / {}", self.zh, self.en),
        }
    }
}

/// Both languages, a line each.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}", self.zh, self.en)
    }
}
