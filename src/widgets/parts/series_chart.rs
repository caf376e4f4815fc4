//! A whole's figures over time on a chart: the line with its gaps and dots, and what is to be
//! reached. What `trend` and `pace` share.

use super::axis::Values;
use super::key::{self, Sign};
use super::time_chart::{self, Chart, Note};
use super::{frame, wording};
use crate::figures::{Moment, RateFigure, Series, Show};
use crate::scene::{Draft, Fill, Mark, Point, Px, Rect, Stroke};
use crate::style::{Color, Lang, number};
use crate::widgets::Input;

/// A moment that has a figure.
#[derive(Clone, Copy)]
pub struct Known {
    /// Its place in the series.
    pub index: usize,
    /// Days since 1970-01-01.
    pub day: f64,
    /// The figure.
    pub value: f64,
}

/// What a chart over time shows.
pub struct Subject<'a> {
    /// `None` where the feed has no such region.
    pub series: Option<Series<'a>>,
    /// Those of its moments that have a figure.
    pub known: Vec<Known>,
    /// Rates or counts.
    pub show: Show,
    /// What is to be reached.
    pub level: Option<Level>,
    /// The value axis.
    pub axis: Values,
    /// Unit of the counts.
    pub unit: String,
}

impl<'a> Subject<'a> {
    /// What the feed has of what is asked for.
    #[must_use]
    pub fn of(draft: &Draft, input: &Input<'a>, show: Show) -> Subject<'a> {
        let options = input.options;
        let series = Series::of(input.feed, options.metric, options.selection.parent);
        let moments: &[Moment] = series.as_ref().map_or(&[], |s| &s.moments);
        let known = known(moments, show);
        let level = series
            .as_ref()
            .and_then(|series| level(draft, series, &known, show));
        let mut values: Vec<f64> = known.iter().map(|k| k.value).collect();
        values.extend(level.as_ref().map(|l| l.value));
        let steps = time_chart::most_steps(draft);
        let axis = match show {
            Show::Rate => Values::rates(&values, steps),
            Show::Count => Values::counts(draft.lang, &values, steps),
        };
        let unit = series.as_ref().and_then(|s| s.unit);
        Subject {
            unit: wording::unit(draft.lang, options.metric, unit),
            series,
            known,
            show,
            level,
            axis,
        }
    }

    /// All its moments, oldest first.
    #[must_use]
    pub fn moments(&self) -> &[Moment<'a>] {
        self.series.as_ref().map_or(&[], |s| &s.moments)
    }

    /// The region, what is measured, and what of it: `上城区开工率走势`.
    #[must_use]
    pub fn title(&self, input: &Input, words: &'static str) -> String {
        let (lang, metric) = (input.lang(), input.options.metric);
        let region = self.series.as_ref().and_then(|s| s.region);
        let region = region.unwrap_or_default();
        let what = match self.show {
            Show::Rate => wording::metric_name(lang, metric),
            Show::Count => wording::part_name(lang, metric),
        };
        let comma = lang.pick(if region.is_empty() { "|" } else { "|, " });
        [region, comma, what, lang.pick(words)].concat()
    }

    /// Where the axis of a rate does not start at zero.
    #[must_use]
    pub fn axis_note(&self, lang: Lang) -> String {
        if self.axis.low <= 0.0 || self.known.is_empty() {
            return String::new();
        }
        let low = number::percent_as_published(self.axis.low);
        [
            lang.pick("纵轴从|縱軸從|axis from "),
            &low,
            lang.pick("起|"),
        ]
        .concat()
    }

    /// Says why there is nothing to draw.
    pub fn nothing(&self, draft: &mut Draft) {
        let why = if self.series.is_some() {
            "数据中没有这项历史数字（history、total）。|數據中沒有這項歷史數字（history、total）。|The feed has no such figures over time (history, total)."
        } else {
            "数据中没有该代码的地区（regions）。|數據中沒有該代碼的地區（regions）。|The feed has no region with that code (regions)."
        };
        frame::nothing_to_draw(draft, draft.lang.pick(why));
    }

    /// Draws the chart, with what `under` adds below the figures, up to day `until` at least.
    /// Also which notes had no room.
    pub fn draw(
        &self,
        draft: &mut Draft,
        notes: &[Note],
        until: f64,
        under: &dyn Fn(&mut Draft, &mut Chart),
    ) -> (Chart, Vec<usize>) {
        let (first, last) = domain(&self.known, notes);
        let days = (first, last.max(until));
        let (mut chart, without_room) = Chart::open(draft, &self.axis, days, notes);
        if let Some(level) = &self.level {
            chart.level(draft, level.value, level.color);
        }
        under(draft, &mut chart);
        figures(draft, &mut chart, self.moments(), &self.known, self.show);
        if let Some(level) = &self.level {
            chart.level_words(draft, level.value, &level.text, level.color);
        }
        (chart, without_room)
    }

    /// What hollow dots and gaps mean, where there are any.
    pub fn key(&self, draft: &mut Draft) {
        key(draft, self.show, self.moments(), &self.known);
    }

    /// How many of its figures are computed.
    #[must_use]
    pub fn computed(&self) -> usize {
        computed(self.moments(), self.show)
    }
}

fn known(moments: &[Moment], show: Show) -> Vec<Known> {
    let known = moments.iter().enumerate().filter_map(|(index, moment)| {
        Some(Known {
            index,
            day: moment.days(),
            value: moment.value(show)?,
        })
    });
    known.collect()
}

/// What is to be reached: drawn as a dashed line with its words.
pub struct Level {
    /// How much.
    pub value: f64,
    /// Its words.
    pub text: String,
    /// Of line and words.
    pub color: Color,
}

/// The target of a rate; the plan of a count, as last published.
fn level(draft: &Draft, series: &Series, known: &[Known], show: Show) -> Option<Level> {
    let (lang, theme) = (draft.lang, draft.theme);
    if show == Show::Count {
        let last = known.last()?;
        let plan = series.moments.get(last.index)?.whole?;
        let word = lang.pick("计划|計劃|Planned ");
        return Some(Level {
            value: plan.value,
            text: [word, &wording::count(lang, plan)].concat(),
            color: theme.mute,
        });
    }
    let target = RateFigure::published(&series.target?.rate);
    let word = lang.pick("目标|目標|Target ");
    Some(Level {
        value: target.value?,
        text: [word, &wording::rate(lang, &target)].concat(),
        color: theme.target,
    })
}

/// What hollow dots and gaps mean, where there are any.
fn key(draft: &mut Draft, show: Show, moments: &[Moment], known: &[Known]) {
    let lang = draft.lang;
    let (computed, dots) = (computed(moments, show), has_dots(draft, known));
    let ends = known.first().zip(known.last());
    let gaps = ends.is_some_and(|(first, last)| {
        last.index.saturating_sub(first.index).saturating_add(1) > known.len()
    });
    let accent = draft.theme.accent;
    let published = lang.pick("公布|公佈|Published");
    let hollow = lang.pick("计算（未公布）|計算（未公佈）|Computed (not published)");
    let none = lang.pick("无数据|無數據|No data");
    let mut entries = Vec::new();
    if dots && computed > 0 {
        if computed < known.len() {
            entries.push((Sign::Dot(accent), published));
        }
        entries.push((Sign::Ring(accent), hollow));
    }
    if gaps {
        entries.push((Sign::Box(draft.missing()), none));
    }
    if !entries.is_empty() {
        key::draw(draft, &entries);
        draft.y += 4.0;
    }
    if !dots && computed > 0 {
        // Too many figures for dots: how many are computed is said.
        let n = number::amount(computed as f64);
        let words = "个为计算值（未公布）|個為計算值（未公佈）| computed (not published)";
        let set = draft.mute(draft.sizes.count);
        draft.paragraph(&[&n, lang.pick(words)].concat(), set, 1);
        draft.y += 4.0;
    }
}

fn computed(moments: &[Moment], show: Show) -> usize {
    let computed = |m: &&Moment| m.is_computed(show);
    moments.iter().filter(computed).count()
}

/// Whether each figure has a dot, or only the line shows.
fn has_dots(draft: &Draft, known: &[Known]) -> bool {
    known.len() as f64 <= draft.inner() / 14.0
}

/// First and last day of the chart: of the figures and the notes; a fortnight around one alone.
fn domain(known: &[Known], notes: &[Note]) -> (f64, f64) {
    let days = || {
        known
            .iter()
            .map(|k| k.day)
            .chain(notes.iter().map(|n| n.day))
    };
    let (first, last) = (
        days().fold(f64::MAX, f64::min),
        days().fold(f64::MIN, f64::max),
    );
    if first < last {
        (first, last)
    } else {
        (first - 7.0, last + 7.0)
    }
}

/// The line, broken where a figure is missing, its dots, and labels where they have room.
fn figures(draft: &mut Draft, chart: &mut Chart, moments: &[Moment], known: &[Known], show: Show) {
    let theme = draft.theme;
    let stroke = Stroke {
        color: theme.accent,
        width: Px::from_css(2.0),
        dash: Px(0),
    };
    let dots = has_dots(draft, known);
    let bottom = chart.area[3];
    let mut run: Vec<(f64, f64)> = Vec::new();
    let mut before: Option<Known> = None;
    for figure in known {
        let (x, y) = chart.at(figure.day, figure.value);
        if let Some(before) = before {
            let from = chart.at(before.day, 0.0).0;
            // A gap narrower than the line can't be seen, and is counted below.
            if figure.index > before.index.saturating_add(1) && x - from >= 2.0 {
                draw_run(draft, chart, &run, stroke, dots);
                run.clear();
                let strip = Rect::from_css(from, bottom - 8.0, x - from, 7.5);
                let hatch = draft.missing();
                draft.rect(strip, hatch);
            }
        }
        if dots {
            chart.keep_clear((x, y));
        }
        run.push((figure.day, figure.value));
        before = Some(*figure);
    }
    draw_run(draft, chart, &run, stroke, dots);
    let lang = draft.lang;
    let text = |figure: &Known| match (moments.get(figure.index), show) {
        (Some(moment), Show::Rate) => wording::rate(lang, &moment.rate),
        (Some(moment), Show::Count) => wording::optional_count(lang, moment.part),
        (None, _) => String::new(),
    };
    let place = |chart: &Chart, figure: &Known| chart.at(figure.day, figure.value);
    if dots {
        for figure in known {
            let moment = moments.get(figure.index);
            let hollow = moment.is_some_and(|m| m.is_computed(show));
            time_chart::dot(draft, place(chart, figure), hollow);
        }
    }
    // The last figure first, because it is what is asked for; then the first; then what has room.
    let count = known.len();
    let order = [count.saturating_sub(1), 0].into_iter().chain(1..count);
    for (nth, index) in order.enumerate() {
        let seen = index == count.saturating_sub(1) && nth > 0;
        if let Some(figure) = known
            .get(index)
            .filter(|_| !seen && (nth < 2 || count <= 8))
        {
            chart.label(draft, &text(figure), place(chart, figure), nth < 2);
        }
    }
}

/// A stretch without a gap; one figure alone is a small dot where there are no others.
fn draw_run(draft: &mut Draft, chart: &mut Chart, run: &[(f64, f64)], stroke: Stroke, dots: bool) {
    match run {
        [] => {}
        &[(day, value)] if !dots => {
            let (x, y) = chart.at(day, value);
            draft.push(Mark::Circle {
                center: Point::from_css(x, y),
                radius: Px::from_css(1.5),
                fill: Fill::Solid(stroke.color),
                stroke: None,
            });
        }
        [_] => {}
        run => chart.line(draft, run, stroke),
    }
}
