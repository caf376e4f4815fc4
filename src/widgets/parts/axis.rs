//! The value axis and the time axis: round ticks of both, and their drawing.

use crate::figures::{Date, Show};
use crate::scene::{Anchor, Draft, Type};
use crate::style::{Lang, number};

/// A value axis: from where to where, and how its ticks stand between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Values {
    /// At the bottom.
    pub low: f64,
    /// At the top: the first tick at or above the highest value.
    pub high: f64,
    show: Show,
    step: f64,
    /// The lowest tick, counted in steps.
    first: f64,
}

impl Values {
    /// An axis up to `high`, which is 1 at least, in steps of 1, 2 or 5 times a power of ten, as many
    /// as `most_steps` allow and one at least: from zero. Where no rate is below 80%, it starts at
    /// the ten below the lowest, because on a line nothing else would show; say so beside it.
    #[must_use]
    pub fn new(show: Show, (mut low, high): (f64, f64), most_steps: f64) -> Values {
        low = if show == Show::Count || low < 0.8 {
            0.0
        } else {
            ((low - 1e-9) * 10.0).floor() / 10.0
        };
        let unit = unit(show);
        let (low, high) = (low * unit, high * unit);
        // 1, 2, 5, 10, …
        let (mut step, mut now, mut then, mut last) = (1.0, 2.0, 2.5, 2.0);
        while (high - low) / step > most_steps.max(1.0) + 1e-9 {
            step *= now;
            (now, then, last) = (then, last, now);
        }
        let first = (low / step + 1e-9).floor();
        let last = (high / step - 1e-9).ceil().max(first + 1.0);
        Values {
            low: first * step / unit,
            high: last * step / unit,
            show,
            step,
            first,
        }
    }

    /// A tick by its number from the bottom, with its label; `None` above the top.
    fn tick(&self, lang: Lang, number: f64) -> Option<(f64, String)> {
        let value = (self.first + number) * self.step / unit(self.show);
        if value > self.high {
            return None;
        }
        let text = match self.show {
            Show::Rate => number::percent_as_published(value),
            Show::Count => lang.short(value, self.high),
        };
        Some((value, text))
    }

    /// Width of the widest label.
    #[must_use]
    pub fn label_width(&self, lang: Lang, set: Type) -> f64 {
        let (mut widest, mut number) = (0.0_f64, 0.0);
        while let Some((_, text)) = self.tick(lang, number) {
            widest = widest.max(set.width(&text));
            number += 1.0;
        }
        widest
    }

    /// Draws a rule from `left` to the right edge at each tick, and its label at the left edge.
    pub fn draw(&self, draft: &mut Draft, left: f64, (top, bottom): (f64, f64)) {
        let set = draft.mute(draft.sizes.count);
        let mut number = 0.0;
        while let Some((value, text)) = self.tick(draft.lang, number) {
            let share = (value - self.low) / (self.high - self.low);
            // On half pixels a rule of one pixel is sharp.
            let y = (bottom - share * (bottom - top)).floor() + 0.5;
            let color = match number > 0.0 {
                true => draft.theme.grid,
                false => draft.theme.mute,
            };
            draft.line((left, y), (draft.right(), y), color, 1.0, 0.0);
            let baseline = y - 0.5 + set.baseline_in(0.0);
            draft.text(&text, (draft.left(), baseline), Anchor::Left, set);
            number += 1.0;
        }
    }
}

/// Steps of rates are counted in thousandths, so that 0.94 is 0.94; those of counts in ones.
fn unit(show: Show) -> f64 {
    match show {
        Show::Rate => 1000.0,
        Show::Count => 1.0,
    }
}

/// What a label of the time axis names.
#[derive(Clone, Copy, PartialEq)]
enum Named {
    Day,
    Month,
    Quarter,
    Year,
}

/// Steps of the time axis, finest first: in days, then in months.
const STEPS: [(Named, i32); 19] = [
    (Named::Day, 1),
    (Named::Day, 2),
    (Named::Day, 5),
    (Named::Day, 10),
    (Named::Day, 20),
    (Named::Day, 40),
    (Named::Month, 1),
    (Named::Quarter, 3),
    (Named::Year, 12),
    (Named::Year, 24),
    (Named::Year, 60),
    (Named::Year, 120),
    (Named::Year, 240),
    (Named::Year, 600),
    (Named::Year, 1200),
    (Named::Year, 2400),
    (Named::Year, 6000),
    (Named::Year, 12_000),
    (Named::Year, 60_000),
];

/// 2020-12-30, whose labels are among the widest.
const WIDEST: i32 = 18_626;

/// Shortest span that is cut into months rather than days.
const SHORTEST_IN_MONTHS_DAYS: f64 = 62.0;

/// Where days lie on a time axis: from day `low` at `left` to day `high`.
pub struct Days {
    /// Days since 1970-01-01.
    pub low: f64,
    /// The same.
    pub high: f64,
    /// In CSS pixels.
    pub left: f64,
    /// The same.
    pub width: f64,
}

impl Days {
    /// Where a day lies.
    #[must_use]
    pub fn x(&self, day: f64) -> f64 {
        self.left + (day - self.low) / (self.high - self.low) * self.width
    }
}

/// Draws the time axis below the line at `draft.y`, which moves below it, as fine as labels have
/// room: days for two months, else months, quarters, years, or 2, 5, 10, … years.
///
/// Months, quarters and single years are spans and not points, with the label in the middle: the
/// end of June lies where June ends, and not below the word July.
pub fn draw_time(draft: &mut Draft, days: &Days) {
    let lang = draft.lang;
    let set = draft.mute(draft.sizes.count);
    let (low, high) = (days.low, days.high);
    let in_days = high - low < SHORTEST_IN_MONTHS_DAYS;
    let mut chosen = (Named::Year, 120_000);
    for &(named, step) in &STEPS {
        // February is the shortest month.
        let shortest = match named {
            Named::Day => 1.0,
            Named::Month => 28.0,
            Named::Quarter | Named::Year => 30.0,
        };
        let widest = set.width(&label(lang, named, Date::from_days(WIDEST)));
        let room = f64::from(step) * shortest / (high - low) * days.width - 8.0;
        if (named == Named::Day) == in_days && room >= widest {
            chosen = (named, step);
            break;
        }
    }
    let (named, step) = chosen;
    let is_point = named == Named::Day || step > 12;
    // Counted in days since 1970, or in months since the year 0.
    let begins = |at: i32| match named {
        Named::Day => at,
        _ => Date::month_begins(at),
    };
    let mut at = low as i32;
    if named != Named::Day {
        at = Date::from_days(at).months();
        at = at.saturating_sub(at.checked_rem(step).unwrap_or(0));
    }
    let (line, top, right) = (set.line_height(), draft.y, draft.right());
    let baseline = top + 4.0 + set.baseline_in(line);
    // No label touches the one before it.
    let (mut free, mut free_below) = (draft.left(), draft.left());
    let (mut year, mut years, mut begun) = (0, 0.0, false);
    let mut next = begins(at);
    while f64::from(next) <= high {
        let begin = next;
        at = at.wrapping_add(step);
        next = begins(at);
        if is_point && f64::from(begin) < low {
            continue;
        }
        let from = days.x(f64::from(begin).max(low));
        let to = if is_point {
            from
        } else {
            days.x(f64::from(next).min(high))
        };
        if is_point || begun {
            let x = from.floor() + 0.5;
            draft.line((x, top), (x, top + 4.0), draft.theme.mute, 1.0, 0.0);
        }
        let date = Date::from_days(begin);
        let text = label(lang, named, date);
        let width = set.width(&text);
        let x = ((from + to - width) / 2.0)
            .min(right - width)
            .max(draft.left());
        let fits = is_point || to - from >= width;
        if fits && x >= free {
            draft.text(&text, (x, baseline), Anchor::Left, set);
            free = x + width + 4.0;
        }
        if named != Named::Year && date.year() != year {
            year = date.year();
            let text = lang.fill("@年|@", &number::plain(f64::from(year)));
            let width = set.width(&text);
            let x = if fits { x } else { from }.min(right - width);
            // The first year gives way to the next where that begins at once.
            let next_year = Date::month_begins(year.saturating_add(1).saturating_mul(12));
            let next_year = f64::from(next_year);
            let gives_way = !begun && next_year <= high && days.x(next_year) < x + width + 8.0;
            // Pushed back from the right edge, it would stand below the year before.
            let astray = !is_point && x + width / 2.0 < from;
            if x >= free_below && !astray && !gives_way {
                draft.text(&text, (x, baseline + line), Anchor::Left, set);
                free_below = x + width + 8.0;
                years = line;
            }
        }
        begun = true;
    }
    draft.y = top + 4.0 + line + years;
}

/// What stands below a day, month, quarter or year that begins on that date.
fn label(lang: Lang, named: Named, date: Date) -> String {
    let month = i32::from(date.month());
    match named {
        Named::Day => lang.short_day((month, date.day())),
        Named::Month => lang.short_month(month),
        Named::Quarter => lang.text(match month {
            1 => "一季度|Q1",
            4 => "二季度|Q2",
            7 => "三季度|Q3",
            _ => "四季度|Q4",
        }),
        Named::Year => number::plain(f64::from(date.year())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Mark;
    use crate::style::{Scheme, Sizes, TextSize, Theme};

    /// The axis's labels with their places, top row first.
    fn drawn(lang: Lang, days: (f64, f64), width: f64) -> Vec<(i32, i32, String)> {
        let theme = Theme::news(Scheme::Light);
        let sizes = Sizes::new(TextSize::Normal);
        let mut draft = Draft::new(&theme, sizes, lang, width + 80.0);
        let (low, high) = days;
        let days = Days {
            low,
            high,
            left: 56.0,
            width,
        };
        draw_time(&mut draft, &days);
        let mut labels = Vec::new();
        for mark in draft.finish().marks {
            if let Mark::Text(run) = mark {
                labels.push((run.at.y.0, run.at.x.0, run.text));
            }
        }
        labels.sort();
        labels
    }

    fn day(text: &str) -> f64 {
        let mut parts = text.split('-').map(|p| p.parse::<i32>().unwrap());
        let (year, month, day) = (parts.next(), parts.next(), parts.next());
        let date = Date::new(
            year.unwrap(),
            u8::try_from(month.unwrap()).unwrap(),
            u8::try_from(day.unwrap()).unwrap(),
        );
        f64::from(date.unwrap().days_since_epoch())
    }

    fn texts(lang: Lang, from: &str, to: &str, width: f64) -> String {
        let labels = drawn(lang, (day(from), day(to)), width);
        let texts: Vec<String> = labels.into_iter().map(|label| label.2).collect();
        texts.join(" ")
    }

    fn ticks(axis: &Values) -> Vec<(f64, String)> {
        (0..9)
            .map_while(|n| axis.tick(Lang::Hans, f64::from(n)))
            .collect()
    }

    #[test]
    fn rates_run_from_zero_to_the_whole_or_beyond() {
        let texts = |values: &[f64]| {
            let high = values.iter().copied().fold(1.0, f64::max);
            let low = values.iter().copied().fold(1.0, f64::min);
            let axis = Values::new(Show::Rate, (low, high), 5.0);
            let texts: Vec<String> = ticks(&axis).into_iter().map(|t| t.1).collect();
            (axis.low, axis.high, texts.join(" "))
        };
        assert_eq!(
            texts(&[0.3, 0.6]),
            (0.0, 1.0, "0% 20% 40% 60% 80% 100%".into())
        );
        assert_eq!(texts(&[0.3, 1.25]), (0.0, 1.5, "0% 50% 100% 150%".into()));
        assert_eq!(
            texts(&[0.97, 1.0]),
            (0.9, 1.0, "90% 92% 94% 96% 98% 100%".into())
        );
        assert_eq!(
            texts(&[1.0]).0,
            0.9,
            "a line at the bottom would look like none"
        );
        assert_eq!(texts(&[]), texts(&[1.0]));
        assert_eq!(texts(&[0.0, 37.5]).1, 40.0);
    }

    #[test]
    fn counts_run_from_zero_in_whole_steps() {
        for (most, high, steps) in [
            (1.0, 1.0, 2),
            (3.0, 3.0, 4),
            (1892.0, 2000.0, 5),
            (7.0, 8.0, 5),
        ] {
            let axis = Values::new(Show::Count, (1.0, most), 5.0);
            assert_eq!(
                (axis.low, axis.high, ticks(&axis).len()),
                (0.0, high, steps),
                "{most}"
            );
            assert!(ticks(&axis).iter().all(|t| t.0.fract() == 0.0));
        }
        assert_eq!(Values::new(Show::Count, (0.0, 1.0), 5.0).high, 1.0);
        assert!(ticks(&Values::new(Show::Count, (1.0, 1e15), 5.0)).len() <= 7);
    }

    #[test]
    fn short_spans_are_cut_into_days() {
        assert_eq!(
            texts(Lang::Hans, "2020-12-20", "2021-01-08", 300.0),
            "12月20日 12月25日 12月30日 1月4日 2020年 2021年"
        );
        assert_eq!(
            texts(Lang::English, "2020-09-01", "2020-09-03", 300.0),
            "1 Sep 2 Sep 3 Sep 2020"
        );
    }

    #[test]
    fn longer_spans_are_cut_into_months_quarters_and_years() {
        for (from, to, expected) in [
            (
                "2020-10-31",
                "2021-02-10",
                "11月 12月 1月 2月 2020年 2021年",
            ),
            // The first year gives way to the next, which begins at once.
            ("2020-12-20", "2021-02-20", "12月 1月 2月 2021年"),
            (
                "2020-02-10",
                "2021-04-01",
                "一季度 二季度 三季度 四季度 一季度 2020年 2021年",
            ),
            // A year of which only days are left is not named below the one before.
            (
                "2019-06-08",
                "2021-01-08",
                "三季度 四季度 一季度 二季度 三季度 四季度 2019年 2020年",
            ),
            ("2018-02-10", "2023-04-01", "2018 2019 2020 2021 2022"),
            ("1965-02-10", "2023-04-01", "1970 1980 1990 2000 2010 2020"),
        ] {
            assert_eq!(texts(Lang::Hans, from, to, 300.0), expected);
        }
        assert_eq!(
            texts(Lang::English, "2020-10-31", "2021-01-10", 300.0),
            "Nov Dec Jan 2020 2021"
        );
    }

    #[test]
    fn any_span_has_labels_that_never_touch() {
        for days in [1.0, 40.0, 61.0, 62.0, 400.0, 3000.0, 40_000.0, 3_600_000.0] {
            for width in [120.0, 250.0, 1100.0, 3900.0] {
                for low in [-719_162.0_f64, 0.0, 18_500.0] {
                    let high = (low + days).min(2_932_896.0);
                    let labels = drawn(Lang::Hans, (low, high), width);
                    let of = format!("{low} {days} {width}: {labels:?}");
                    assert!(!labels.is_empty() && labels.len() < 150, "{of}");
                    for pair in labels.windows(2) {
                        let (a, b) = (&pair[0], &pair[1]);
                        let apart = 16 * 6 * i32::try_from(a.2.chars().count()).unwrap();
                        assert!(a.0 < b.0 || b.1 - a.1 >= apart, "{of}");
                    }
                }
            }
        }
    }
}
