//! Figures as text in the reader's language. Published wording is kept as printed.

use crate::figures::{AsOf, Bound, Count, Level, Metric, Moment, Origin, RateFigure, Row, Show};
use crate::style::{Lang, cat, number};

/// The sign for a figure that is not there.
pub const MISSING: &str = "—";

/// Name of a rate: 开工率.
#[must_use]
pub fn metric_name(lang: Lang, metric: Metric) -> &'static str {
    lang.pick(match metric {
        Metric::Start => "开工率|開工率|Start rate",
        Metric::Completion => "完工率|Completion rate",
        Metric::Investment => "投资完成率|投資完成率|Investment rate",
    })
}

/// Name of what is counted: 已开工.
#[must_use]
pub fn part_name(lang: Lang, metric: Metric) -> &'static str {
    lang.pick(match metric {
        Metric::Start => "已开工|已開工|Started",
        Metric::Completion => "已完工|Completed",
        Metric::Investment => "已完成投资|已完成投資|Invested",
    })
}

/// Name of what it is counted of: 计划.
#[must_use]
pub fn whole_name(lang: Lang, metric: Metric) -> &'static str {
    lang.pick(match metric {
        Metric::Start | Metric::Completion => "计划|計劃|Planned",
        Metric::Investment => "计划投资|計劃投資|Planned investment",
    })
}

/// What the rows of a ranking are called: 区县.
#[must_use]
pub fn rows_name(lang: Lang, rows: &[Row], categories: bool) -> &'static str {
    if categories {
        return lang.pick("类别|類別|Category");
    }
    let words = |level: Option<Level>| match level {
        Some(Level::Province) => "省份|Province",
        Some(Level::City) => "市|City",
        Some(Level::District | Level::Zone) => "区县|區縣|District",
        Some(Level::Town) => "乡镇|鄉鎮|Town",
        None => "地区|地區|Region",
    };
    let mut name = words(rows.first().and_then(|row| row.level));
    for row in rows {
        if words(row.level) != name {
            name = words(None);
        }
    }
    lang.pick(name)
}

/// So many of a ranking's rows by what they are: `14个区县`, `14 districts`; nothing of none.
#[must_use]
pub fn count_of_rows(lang: Lang, count: f64, rows: &[Row]) -> String {
    let mut name = rows_name(lang, rows, false).to_ascii_lowercase();
    if !lang.is_chinese() && count != 1.0 {
        name.push('s');
    }
    if name == "citys" {
        name = "cities".into();
    }
    match count {
        0.0 => String::new(),
        _ => cat(&number::amount(count), lang.pick("个|個| "), &name),
    }
}

/// 各区县开工率
#[must_use]
pub fn by_rows(lang: Lang, metric: Metric, rows: &[Row], categories: bool) -> String {
    let rows = rows_name(lang, rows, categories);
    let metric = metric_name(lang, metric);
    if lang.is_chinese() {
        cat("各", rows, metric)
    } else {
        cat(metric, " by ", &rows.to_ascii_lowercase())
    }
}

/// Where the feed has no regions that the page asks for.
pub const NO_REGIONS: &str = "数据中没有符合条件的分地区数字（regions）。|數據中沒有符合條件的分地區數字（regions）。|The feed has no matching figures by region (regions).";

/// A rate as text: as published, else computed, else `—`.
///
/// In English a published wording in Chinese (全部开工) gives way to its value (100%).
#[must_use]
pub fn rate(lang: Lang, figure: &RateFigure) -> String {
    match (figure.text, figure.value, figure.origin) {
        (Some(text), Some(value), _) if !lang.is_chinese() && !text.is_ascii() => {
            number::percent_as_published(value)
        }
        (Some(text), _, _) => text.to_owned(),
        (None, Some(value), Origin::Computed) => number::percent_computed(value),
        (None, Some(value), _) => number::percent_as_published(value),
        (None, None, _) => MISSING.to_owned(),
    }
}

/// By how many points a rate changed, with the unit given: `+13.05个百分点`; `—` unless both are
/// numbers.
#[must_use]
pub fn change(row: &Row, unit: &str) -> String {
    points(row.change(), unit)
}

/// A change in points, with as many decimals as are to be said.
#[must_use]
pub fn points(change: Option<(f64, usize)>, unit: &str) -> String {
    match change {
        Some((points, decimals)) => cat(&number::signed(points, decimals), unit, ""),
        None => MISSING.to_owned(),
    }
}

/// The unit of a change of rates, behind the number.
pub const POINTS: &str = "个百分点|個百分點| percentage points";

/// A count as text: the published wording, else the number with its bound.
#[must_use]
pub fn count(lang: Lang, count: &Count) -> String {
    match &count.text {
        Some(text) if lang.is_chinese() || text.is_ascii() => text.clone(),
        _ => {
            let bound = match count.bound {
                Bound::Exact => "",
                Bound::About => "约|約|about ",
                Bound::AtLeast => "不少于|不少於|at least ",
                Bound::MoreThan => "超过|超過|more than ",
                Bound::AtMost => "不超过|不超過|at most ",
            };
            lang.number(bound, count.value)
        }
    }
}

/// A count with its unit, unless the published wording has one: `1,892个`, `1900多个`.
#[must_use]
pub fn count_with_unit(lang: Lang, figure: &Count, unit: &str) -> String {
    let text = count(lang, figure);
    let worded = figure.text.as_deref() == Some(text.as_str());
    let last = text.as_bytes().last();
    if unit.is_empty() || worded && last.is_some_and(|byte| !byte.is_ascii_digit()) {
        return text;
    }
    named(lang, &text, unit)
}

/// A count that may be missing.
#[must_use]
pub fn optional_count(lang: Lang, figure: Option<&Count>) -> String {
    amount(lang, figure, "")
}

/// A count that may be missing, with its unit.
#[must_use]
pub fn amount(lang: Lang, figure: Option<&Count>, unit: &str) -> String {
    match figure {
        Some(count) => count_with_unit(lang, count, unit),
        None => MISSING.to_owned(),
    }
}

/// The figure of a moment that is drawn, a count with its unit.
#[must_use]
pub fn moment(lang: Lang, moment: &Moment, show: Show, unit: &str) -> String {
    match (show, moment.part) {
        (Show::Rate, _) => rate(lang, &moment.rate),
        (Show::Count, Some(part)) => count_with_unit(lang, part, unit),
        (Show::Count, None) => MISSING.to_owned(),
    }
}

/// The unit of a metric's counts: the feed's own for money, else projects.
#[must_use]
pub fn unit(lang: Lang, metric: Metric, given: Option<&str>) -> &str {
    match metric {
        Metric::Investment => given.unwrap_or_default(),
        _ => lang.pick("个|個|projects"),
    }
}

/// A day, or the end of a month where the feed gave only the month.
#[must_use]
pub fn day(lang: Lang, day: AsOf) -> String {
    let date = day.date;
    let day = (!day.month_only).then_some(date.day());
    lang.date((date.year(), date.month()), day)
}

/// The same, shorter, and without its year where that is the year of another day: `9月30日`,
/// `9月底`, `end-Sep`, `end-Sep 2019`.
#[must_use]
pub fn near_day(lang: Lang, when: AsOf, other: AsOf) -> String {
    let (date, month) = (when.date, i32::from(when.date.month()));
    let same_year = date.year() == other.date.year();
    if !when.month_only {
        return match same_year {
            true => lang.short_day((month, date.day())),
            false => day(lang, when),
        };
    }
    let month = lang.fill("@底|end-@", &lang.short_month(month));
    if same_year {
        return month;
    }
    let year = number::plain(f64::from(date.year()));
    match lang.is_chinese() {
        true => cat(&year, "年", &month),
        false => cat(&month, " ", &year),
    }
}

/// 截至2020年9月30日
#[must_use]
pub fn as_of(lang: Lang, date: AsOf) -> String {
    lang.fill("截至|As of ", &day(lang, date))
}

/// How far a day lies ahead or back: `还有31天`, `当日到期`, `逾期20天`.
#[must_use]
pub fn days_left(lang: Lang, days: i32) -> String {
    let words = match days {
        0 => return lang.text("当日到期|當日到期|due that day"),
        1 => "还有@天|還有@天|@ day left",
        2.. => "还有@天|還有@天|@ days left",
        -1 => "逾期@天|@ day overdue",
        _ => "逾期@天|@ days overdue",
    };
    lang.number(words, f64::from(days).abs())
}

/// Puts a comma of the language between clauses that are not empty.
#[must_use]
pub fn clauses(lang: Lang, parts: &[&str]) -> String {
    let mut all = String::new();
    for part in parts {
        clause(lang, &mut all, part);
    }
    all
}

/// Adds a clause that is not empty.
pub fn clause(lang: Lang, all: &mut String, part: &str) {
    if !all.is_empty() && !part.is_empty() {
        all.push_str(lang.pick("，|, "));
    }
    all.push_str(part);
}

/// A name and its figure: `开工率97%`, `Start rate 97%`.
#[must_use]
pub fn named(lang: Lang, name: &str, figure: &str) -> String {
    cat(name, lang.pick("| "), figure)
}

/// A name, a colon, and what is told of it.
#[must_use]
pub fn colon(lang: Lang, name: &str, text: &str) -> String {
    cat(name, lang.pick("：|: "), text)
}

/// A column's head with the unit of its counts: `计划（个）`.
#[must_use]
pub fn with_unit(lang: Lang, name: &str, unit: &str) -> String {
    if unit.is_empty() {
        return name.to_owned();
    }
    cat(name, &lang.fill("（@）| (@)", unit), "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Date;

    fn figure(value: Option<f64>, text: Option<&str>, origin: Origin) -> RateFigure<'_> {
        RateFigure {
            value,
            text,
            origin,
        }
    }

    #[test]
    fn rates_are_shown_as_published() {
        let all = figure(Some(1.0), Some("全部开工"), Origin::Published);
        assert_eq!(rate(Lang::Hans, &all), "全部开工");
        assert_eq!(rate(Lang::English, &all), "100%");
        assert_eq!(
            rate(
                Lang::Hans,
                &figure(Some(0.97), Some("97.0%"), Origin::Published)
            ),
            "97.0%"
        );
        assert_eq!(
            rate(Lang::Hans, &figure(Some(0.7939), None, Origin::Published)),
            "79.39%"
        );
        assert_eq!(
            rate(Lang::Hans, &figure(Some(2.0 / 3.0), None, Origin::Computed)),
            "66.7%"
        );
        assert_eq!(rate(Lang::Hans, &figure(None, None, Origin::Missing)), "—");
    }

    #[test]
    fn a_near_day_is_short() {
        let day = |year: i32, month_only: bool| AsOf {
            date: Date::new(year, 5, 31).unwrap(),
            month_only,
        };
        for (when, hans, english) in [
            (day(2020, false), "5月31日", "31 May"),
            (day(2019, false), "2019年5月31日", "31 May 2019"),
            (day(2020, true), "5月底", "end-May"),
            (day(2019, true), "2019年5月底", "end-May 2019"),
        ] {
            let other = day(2020, false);
            assert_eq!(near_day(Lang::Hans, when, other), hans);
            assert_eq!(near_day(Lang::English, when, other), english);
        }
    }

    #[test]
    fn counts_keep_their_wording_and_bound() {
        let mut c = Count {
            value: 1900.0,
            bound: Bound::MoreThan,
            text: Some("1900多个".into()),
        };
        assert_eq!(count_with_unit(Lang::Hans, &c, "个"), "1900多个");
        assert_eq!(
            count_with_unit(Lang::English, &c, "projects"),
            "more than 1,900 projects"
        );
        c.text = None;
        assert_eq!(count_with_unit(Lang::Hans, &c, "个"), "超过1,900个");
        c.text = Some("约567".into());
        assert_eq!(count_with_unit(Lang::Hans, &c, "亿元"), "约567亿元");
    }
}
