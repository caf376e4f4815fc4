//! The languages of the pictures, and dates in them.

use super::number;
use super::text::cat;

/// A language of the widgets' own words. The feed's texts stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// Simplified Chinese, the default.
    #[default]
    Hans,
    /// Traditional Chinese.
    Hant,
    /// English.
    English,
}

impl Lang {
    /// From a BCP 47 tag: `zh-TW`, `zh-HK`, `zh-MO` and `zh-Hant…` are traditional, other `zh`
    /// simplified; everything else English.
    #[must_use]
    pub fn from_tag(tag: &str) -> Lang {
        let tag = tag.to_ascii_lowercase();
        // Whether the text's first part is that.
        let begins = |text: &str, part: &str| {
            let next = text.as_bytes().get(part.len());
            text.starts_with(part) && !next.is_some_and(u8::is_ascii_alphanumeric)
        };
        if !begins(&tag, "zh") {
            return Lang::English;
        }
        let rest = tag.get(3..).unwrap_or_default();
        for part in &["hant", "tw", "hk", "mo"] {
            if begins(rest, part) {
                return Lang::Hant;
            }
        }
        Lang::Hans
    }

    /// The BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Hans => "zh-CN",
            Lang::Hant => "zh-Hant",
            Lang::English => "en",
        }
    }

    /// Whether it is written without spaces.
    #[must_use]
    pub fn is_chinese(self) -> bool {
        self != Lang::English
    }

    /// The wording of this language out of `simplified|traditional|English`, or of
    /// `Chinese|English` where the two scripts write alike.
    ///
    /// One text and not three: each reference to a text is eight bytes that hardly compress.
    #[must_use]
    pub fn pick(self, words: &'static str) -> &'static str {
        let (hans, rest) = words.split_once('|').unwrap_or((words, words));
        let (hant, english) = rest.split_once('|').unwrap_or((hans, rest));
        match self {
            Lang::Hans => hans,
            Lang::Hant => hant,
            Lang::English => english,
        }
    }

    /// The wording of this language, to keep.
    #[must_use]
    pub fn text(self, words: &'static str) -> String {
        self.fill(words, "")
    }

    /// The wording of this language with a text in the place of its `@`, or at its end.
    #[must_use]
    pub fn fill(self, words: &'static str, text: &str) -> String {
        let words = self.pick(words);
        let (before, after) = words.split_once('@').unwrap_or((words, ""));
        cat(before, text, after)
    }

    /// The same with a number.
    #[must_use]
    pub fn number(self, words: &'static str, number: f64) -> String {
        self.fill(words, &number::amount(number))
    }

    /// A round number where room is short, on an axis that goes up to `highest`: `1.55万`, `2亿`,
    /// `1.5 million` (GB/T 15835: 万 and 亿 for large round numbers). All of an axis take one unit.
    ///
    /// Only where nothing is lost with two decimals, else in full: a figure is never rounded by its
    /// unit. Tables, tooltips and labels of figures are exact, and a published wording stays.
    #[must_use]
    pub fn short(self, value: f64, highest: f64) -> String {
        let units: &[(f64, &str)] = match self.is_chinese() {
            true => &[(1e8, "亿|億|"), (1e4, "万|萬|")],
            false => &[(1e9, "|| billion"), (1e6, "|| million")],
        };
        for &(unit, word) in units {
            if highest >= unit {
                let units = value / unit;
                if value != 0.0 && (units * 100.0).fract() == 0.0 {
                    return cat(&number::amount(units), self.pick(word), "");
                }
                break;
            }
        }
        number::amount(value)
    }

    /// A day in running text: `2020年9月30日`, `30 September 2020` (GB/T 15835: Arabic figures).
    /// Without its day, the end of the month: `2020年9月底`, `end of September 2020`.
    #[must_use]
    pub fn date(self, (year, month): (i32, u8), day: Option<u8>) -> String {
        let year = whole(year);
        let mut last = self.pick("底|end of").to_owned();
        if let Some(day) = day {
            last = cat(&whole(day.into()), self.pick("日|"), "");
        }
        if self.is_chinese() {
            let month = cat(&year, "年", &whole(month.into()));
            cat(&month, "月", &last)
        } else {
            let day = cat(&last, " ", english_month(month));
            cat(&day, " ", &year)
        }
    }

    /// A month on an axis: `9月`, `Sep`.
    #[must_use]
    pub fn short_month(self, month: i32) -> String {
        if self.is_chinese() {
            return cat(&number::plain(f64::from(month)), "月", "");
        }
        let name = english_month(u8::try_from(month).unwrap_or(12));
        name.get(..3).unwrap_or(name).to_owned()
    }

    /// A day of a year that is known: `9月30日`, `30 Sep`.
    #[must_use]
    pub fn short_day(self, (month, day): (i32, u8)) -> String {
        let (month, day) = (self.short_month(month), number::plain(f64::from(day)));
        if self.is_chinese() {
            cat(&month, &day, "日")
        } else {
            cat(&day, " ", &month)
        }
    }
}

fn whole(number: i32) -> String {
    number::plain(f64::from(number))
}

fn english_month(month: u8) -> &'static str {
    const NAMES: &str = "January February March April May June July August September October \
                         November December";
    let index = usize::from(month).saturating_sub(1);
    NAMES.split(' ').nth(index).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags() {
        assert_eq!(Lang::from_tag("zh-CN"), Lang::Hans);
        assert_eq!(Lang::from_tag("zh"), Lang::Hans);
        assert_eq!(Lang::from_tag("zh-Hant-HK"), Lang::Hant);
        assert_eq!(Lang::from_tag("zh_TW"), Lang::Hant);
        assert_eq!(Lang::from_tag("en-GB"), Lang::English);
        assert_eq!(Lang::from_tag(""), Lang::English);
    }

    #[test]
    fn wordings() {
        for (lang, three, two) in [
            (Lang::Hans, "计划", "目录"),
            (Lang::Hant, "計劃", "目录"),
            (Lang::English, "Planned", "List"),
        ] {
            assert_eq!(lang.pick("计划|計劃|Planned"), three);
            assert_eq!(lang.pick("目录|List"), two);
        }
        assert_eq!(Lang::Hant.pick("个|個|"), "個");
        assert_eq!(Lang::English.pick("个|個|"), "");
    }

    #[test]
    fn round_numbers_where_room_is_short() {
        for (lang, value, highest, text) in [
            (Lang::Hans, 15_500.0, 15_500.0, "1.55万"),
            (Lang::Hant, 15_500.0, 20_000.0, "1.55萬"),
            (Lang::Hans, 5_000.0, 20_000.0, "0.5万"),
            (Lang::Hans, 5_000.0, 9_000.0, "5,000"),
            // Two decimals would round it.
            (Lang::Hans, 12_345.0, 20_000.0, "12,345"),
            (Lang::Hans, 200_000_000.0, 200_000_000.0, "2亿"),
            (Lang::Hans, 0.0, 20_000.0, "0"),
            (Lang::English, 15_500.0, 20_000.0, "15,500"),
            (Lang::English, 1_500_000.0, 2_000_000.0, "1.5 million"),
        ] {
            assert_eq!(lang.short(value, highest), text);
        }
    }

    #[test]
    fn dates() {
        let september = (2020, 9);
        for (lang, day, month) in [
            (Lang::Hans, "2020年9月30日", "2020年9月底"),
            (Lang::English, "30 September 2020", "end of September 2020"),
        ] {
            assert_eq!(lang.date(september, Some(30)), day);
            assert_eq!(lang.date(september, None), month);
        }
        assert_eq!(Lang::Hant.short_day((9, 30)), "9月30日");
        assert_eq!(Lang::English.short_day((9, 30)), "30 Sep");
    }
}
