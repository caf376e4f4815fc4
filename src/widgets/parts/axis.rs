//! The value axis and the time axis: round ticks of both, and their drawing.

use crate::figures::Date;
use crate::scene::{Anchor, Draft, Type};
use crate::style::{Lang, number};

/// A value axis: from where to where, and its ticks with their labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    /// At the bottom.
    pub low: f64,
    /// At the top: the first tick at or above the highest value.
    pub high: f64,
    /// Where, and as which text; ascending.
    pub ticks: Vec<(f64, String)>,
}

impl Values {
    /// An axis for rates: from zero to 100% at least. Where no rate is below 80%, it starts at the
    /// ten below the lowest, because on a line nothing else would show; say so beside it.
    #[must_use]
    pub fn rates(values: &[f64], most_steps: f64) -> Values {
        let lowest = values.iter().copied().fold(1.0, f64::min);
        let low = if lowest < 0.8 {
            0.0
        } else {
            ((lowest - 1e-9) * 10.0).floor() / 10.0
        };
        // Steps are counted in thousandths, so that 0.94 is 0.94.
        let high = values.iter().copied().fold(1.0, f64::max);
        let (low, high, ticks) = round(low * 1000.0, high * 1000.0, most_steps);
        let text = |tick: f64| (tick / 1000.0, number::percent_as_published(tick / 1000.0));
        Values {
            low: low / 1000.0,
            high: high / 1000.0,
            ticks: ticks.into_iter().map(text).collect(),
        }
    }

    /// An axis for counts: from zero, in whole steps.
    #[must_use]
    pub fn counts(lang: Lang, values: &[f64], most_steps: f64) -> Values {
        let high = values.iter().copied().fold(1.0, f64::max);
        let (low, high, ticks) = round(0.0, high, most_steps);
        Values {
            low,
            high,
            ticks: ticks
                .into_iter()
                .map(|t| (t, lang.short(t, high)))
                .collect(),
        }
    }

    /// Width of the widest label.
    #[must_use]
    pub fn label_width(&self, set: Type) -> f64 {
        self.ticks
            .iter()
            .map(|(_, text)| set.width(text))
            .fold(0.0, f64::max)
    }

    /// Draws a rule from `left` to the right edge at each tick, and its label at the left edge.
    pub fn draw(&self, draft: &mut Draft, left: f64, y_of: &dyn Fn(f64) -> f64) {
        let set = draft.mute(draft.sizes.count);
        for (value, text) in &self.ticks {
            // On half pixels a rule of one pixel is sharp.
            let y = y_of(*value).floor() + 0.5;
            let right = draft.right();
            let color = if *value == self.low {
                draft.theme.mute
            } else {
                draft.theme.grid
            };
            draft.line((left, y), (right, y), color, 1.0, 0.0);
            let baseline = y - 0.5 + set.baseline_in(0.0);
            draft.text(text, (draft.left(), baseline), Anchor::Left, set);
        }
    }
}

/// Multiples of 1, 2 or 5 times a power of ten, from the last at or below `low` to the first at or
/// above `high`: as many as `most` steps allow, one at least. Bounds are finite, `low < high`.
fn round(low: f64, high: f64, most: f64) -> (f64, f64, Vec<f64>) {
    let mut step = 1.0;
    let mut grow = [2.0, 2.5, 2.0].iter().cycle();
    while (high - low) / step > most.max(1.0) + 1e-9 {
        step *= grow.next().copied().unwrap_or(2.0);
    }
    let first = (low / step + 1e-9).floor();
    let last = (high / step - 1e-9).ceil().max(first + 1.0);
    let mut ticks = Vec::new();
    let mut k = first;
    while k <= last {
        ticks.push(k * step);
        k += 1.0;
    }
    (first * step, last * step, ticks)
}

/// One label of the time axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where its month, quarter or year begins, in days since 1970-01-01.
    pub from: f64,
    /// Where that ends: the label stands in the middle. A day of its own ends where it begins.
    pub to: f64,
    /// The day, month, quarter or year.
    pub text: String,
    /// Below the label, where a year begins on the axis; 0: nothing.
    pub year: i32,
}

/// Shortest span that is cut into months rather than days.
const SHORTEST_IN_MONTHS_DAYS: f64 = 62.0;

/// A month, a quarter, then 1, 2, 5, 10, … years.
const STEPS_MONTHS: [i32; 13] = [
    1, 3, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000, 60_000,
];

/// Ticks from day `low` to day `high`, as fine as labels have room on that width: days for two
/// months, else months, quarters, years, or 2, 5, 10, … years.
///
/// Months and longer are spans and not points: the end of June lies where June ends, and not below
/// the word July.
#[must_use]
pub fn time_ticks(lang: Lang, (low, high): (f64, f64), width_css_px: f64, set: Type) -> Vec<Tick> {
    let days = (high - low).max(1.0);
    let room = |in_days: f64| in_days / days * width_css_px - 8.0;
    if days < SHORTEST_IN_MONTHS_DAYS {
        return day_ticks(lang, (low, high), set, &room);
    }
    let step = STEPS_MONTHS.into_iter().find(|&step| {
        // February is the shortest.
        let shortest = if step == 1 {
            28
        } else {
            step.saturating_mul(30)
        };
        room(f64::from(shortest)) >= set.width(widest(lang, step))
    });
    let step = step.unwrap_or(120_000);
    // As spans of `step` months, counted from the year 0.
    let first = Date::from_days(low as i32);
    let month = |date: Date| {
        let years = date.year().saturating_mul(12);
        years
            .saturating_add(i32::from(date.month()))
            .saturating_sub(1)
    };
    let mut at = month(first)
        .checked_div(step)
        .unwrap_or(0)
        .saturating_mul(step);
    let mut ticks: Vec<Tick> = Vec::new();
    let begins = |month: i32| {
        let number = u8::try_from(month.rem_euclid(12)).unwrap_or(0);
        let date = Date::new(month.div_euclid(12), number.saturating_add(1), 1);
        date.map_or(f64::NEG_INFINITY, |date| f64::from(date.days_since_epoch()))
    };
    while begins(at) <= high && at < 120_000 {
        let next = at.saturating_add(step);
        let (year, in_year) = (at.div_euclid(12), at.rem_euclid(12));
        let from = begins(at).max(low);
        let to = begins(next).min(high).max(low);
        let text = match step {
            1 => lang.short_month(in_year.saturating_add(1)),
            3 => quarter_name(lang, in_year).to_owned(),
            _ => number::plain(f64::from(year)),
        };
        let names_year = step < 12 && (ticks.is_empty() || in_year == 0);
        // What names a point and not a span stands where it begins, if that is on the axis.
        let is_point = step > 12;
        if !is_point || begins(at) >= low {
            ticks.push(Tick {
                from,
                to: if is_point { from } else { to },
                text,
                year: if names_year { year } else { 0 },
            });
        }
        at = next;
    }
    if ticks.is_empty() {
        // A decade without its round year in it.
        ticks.push(Tick {
            from: low,
            to: low,
            text: number::plain(f64::from(first.year())),
            year: 0,
        });
    }
    ticks
}

fn day_ticks(
    lang: Lang,
    (low, high): (f64, f64),
    set: Type,
    room: &dyn Fn(f64) -> f64,
) -> Vec<Tick> {
    let widest = set.width(lang.pick("12月30日|30 Sep"));
    let steps = [1.0, 2.0, 5.0, 10.0, 20.0];
    let step = steps.into_iter().find(|step| room(*step) >= widest);
    let step = step.unwrap_or(40.0);
    let mut ticks: Vec<Tick> = Vec::new();
    let mut day = low.ceil();
    while day <= high {
        let date = Date::from_days(day as i32);
        let before = ticks
            .last()
            .map(|_| Date::from_days((day - step) as i32).year());
        ticks.push(Tick {
            from: day,
            to: day,
            text: lang.short_day((i32::from(date.month()), date.day())),
            year: if before == Some(date.year()) {
                0
            } else {
                date.year()
            },
        });
        day += step;
    }
    ticks
}

fn widest(lang: Lang, step: i32) -> &'static str {
    match step {
        1 => lang.pick("12月|Mmm"),
        3 => lang.pick("四季度|Q4"),
        _ => "2020",
    }
}

fn quarter_name(lang: Lang, month_from_zero: i32) -> &'static str {
    lang.pick(match month_from_zero {
        0 => "一季度|Q1",
        3 => "二季度|Q2",
        6 => "三季度|Q3",
        _ => "四季度|Q4",
    })
}

/// Draws the ticks below the line at `draft.y`, which moves below them.
pub fn draw_time(draft: &mut Draft, ticks: &[Tick], x_of: &dyn Fn(f64) -> f64) {
    let set = draft.mute(draft.sizes.count);
    let line = set.line_height();
    let (left, right, top) = (draft.left(), draft.right(), draft.y);
    let baseline = top + 4.0 + set.baseline_in(line);
    let mut years = 0.0;
    // No label touches the one before it.
    let (mut free, mut free_below) = (left, left);
    for (index, tick) in ticks.iter().enumerate() {
        let (from, to) = (x_of(tick.from), x_of(tick.to));
        if index > 0 || tick.from == tick.to {
            let x = from.floor() + 0.5;
            draft.line((x, top), (x, top + 4.0), draft.theme.mute, 1.0, 0.0);
        }
        let width = set.width(&tick.text);
        let x = ((from + to - width) / 2.0).min(right - width).max(left);
        let fits = tick.from == tick.to || to - from >= width;
        if fits && x >= free {
            draft.text(&tick.text, (x, baseline), Anchor::Left, set);
            free = x + width + 4.0;
        }
        if tick.year > 0 {
            let text = [&number::plain(f64::from(tick.year)), draft.lang.pick("年|")].concat();
            let width = set.width(&text);
            let x = if fits { x } else { from }.min(right - width);
            // The first year gives way to the next where that begins at once.
            let next = ticks
                .iter()
                .skip(index.saturating_add(1))
                .find(|t| t.year > 0);
            let gives_way = index == 0 && next.is_some_and(|n| x_of(n.from) < x + width + 8.0);
            if x >= free_below && !gives_way {
                draft.text(&text, (x, baseline + line), Anchor::Left, set);
                free_below = x + width + 8.0;
                years = line;
            }
        }
    }
    draft.y = top + 4.0 + line + years;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::{Color, Scheme, Theme};

    fn set() -> Type {
        let theme = Theme::news(Scheme::Light);
        let color: Color = theme.mute;
        Type::new(12.0, color)
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

    fn texts(lang: Lang, from: &str, to: &str, width: f64) -> Vec<String> {
        let ticks = time_ticks(lang, (day(from), day(to)), width, set());
        assert!(
            ticks.windows(2).all(|t| t[0].from <= t[1].from),
            "{ticks:?}"
        );
        let text = |t: &Tick| match t.year {
            0 => t.text.clone(),
            year => format!("{}/{year}", t.text),
        };
        ticks.iter().map(text).collect()
    }

    #[test]
    fn rates_run_from_zero_to_the_whole_or_beyond() {
        let texts = |values: &[f64]| {
            let axis = Values::rates(values, 5.0);
            let texts: Vec<String> = axis.ticks.iter().map(|t| t.1.clone()).collect();
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
            let axis = Values::counts(Lang::Hans, &[most], 5.0);
            assert_eq!(
                (axis.low, axis.high, axis.ticks.len()),
                (0.0, high, steps),
                "{most}"
            );
            assert!(axis.ticks.iter().all(|t| t.0.fract() == 0.0));
        }
        assert_eq!(Values::counts(Lang::Hans, &[0.0, 0.0], 5.0).high, 1.0);
        assert!(Values::counts(Lang::Hans, &[1e15], 5.0).ticks.len() <= 7);
    }

    #[test]
    fn short_spans_are_cut_into_days() {
        assert_eq!(
            texts(Lang::Hans, "2020-12-20", "2021-01-08", 300.0),
            ["12月20日/2020", "12月25日", "12月30日", "1月4日/2021"]
        );
        assert_eq!(
            texts(Lang::English, "2020-09-01", "2020-09-03", 300.0),
            ["1 Sep/2020", "2 Sep", "3 Sep"]
        );
    }

    #[test]
    fn longer_spans_are_cut_into_months_quarters_and_years() {
        assert_eq!(
            texts(Lang::Hans, "2020-10-31", "2021-02-10", 300.0),
            ["10月/2020", "11月", "12月", "1月/2021", "2月"]
        );
        assert_eq!(
            texts(Lang::English, "2020-10-31", "2021-01-10", 300.0),
            ["Oct/2020", "Nov", "Dec", "Jan/2021"]
        );
        assert_eq!(
            texts(Lang::Hans, "2020-02-10", "2021-04-01", 300.0),
            [
                "一季度/2020",
                "二季度",
                "三季度",
                "四季度",
                "一季度/2021",
                "二季度"
            ]
        );
        assert_eq!(
            texts(Lang::Hans, "2018-02-10", "2023-04-01", 300.0),
            ["2018", "2019", "2020", "2021", "2022", "2023"]
        );
        assert_eq!(
            texts(Lang::Hans, "1965-02-10", "2023-04-01", 300.0),
            ["1970", "1980", "1990", "2000", "2010", "2020"]
        );
    }

    #[test]
    fn any_span_has_few_ticks() {
        for days in [
            0.0,
            1.0,
            40.0,
            61.0,
            62.0,
            400.0,
            3000.0,
            40_000.0,
            3_600_000.0,
        ] {
            for width in [60.0, 250.0, 1100.0, 3900.0] {
                for low in [-719_162.0, 0.0, 18_500.0] {
                    let count = time_ticks(Lang::Hans, (low, low + days), width, set()).len();
                    assert!(
                        count >= 1 && count as f64 <= width / 12.0 + 3.0,
                        "{days} {width}: {count}"
                    );
                }
            }
        }
    }
}
