//! A whole's figures over time on a chart: the line with its gaps and dots, and what is to be
//! reached. What `trend` and `pace` share.

use super::axis::Values;
use super::key::{self, Sign};
use super::time_chart::{self, Chart, DOT_RADIUS_CSS_PX, Note};
use super::{frame, wording};
use crate::figures::{AsOf, Event, RateFigure, Series, Show};
use crate::scene::{Draft, Rect};
use crate::style::{Color, Lang, cat, number};
use crate::widgets::Input;

/// What a chart over time shows.
pub struct Subject<'a> {
    /// The figures.
    pub series: Series<'a>,
    /// What is to be reached.
    pub level: Option<Level>,
    /// The value axis.
    pub axis: Values,
    /// Unit of the counts.
    pub unit: &'a str,
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

impl<'a> Subject<'a> {
    /// What the feed has of what is asked for.
    #[must_use]
    pub fn of(draft: &Draft, input: &Input<'a>, show: Show) -> Subject<'a> {
        let (options, lang) = (input.options, draft.lang);
        let series = Series::of(input.feed, options.metric, show, options.selection.parent);
        let level = level(draft, &series);
        // A rate's axis reaches 100%, a count's one.
        let mut highest = level.as_ref().map_or(1.0, |level| level.value.max(1.0));
        let mut lowest = level.as_ref().map_or(1.0, |level| level.value.min(1.0));
        for known in &series.known {
            (lowest, highest) = (lowest.min(known.value), highest.max(known.value));
        }
        Subject {
            unit: wording::unit(lang, options.metric, series.unit),
            axis: Values::new(show, (lowest, highest), time_chart::most_steps(draft)),
            level,
            series,
        }
    }

    /// Opens the frame. Its title: the region, what is measured, and what of it: `上城区开工率走势`.
    pub fn frame(&self, draft: &mut Draft, input: &Input, words: &'static str) -> String {
        let (lang, metric) = (draft.lang, input.options.metric);
        let region = self.series.region;
        let mut about = String::new();
        let what = match self.series.show {
            Show::Rate => {
                // Where the axis of a rate does not start at zero.
                if self.axis.low > 0.0 {
                    let low = number::percent_as_published(self.axis.low);
                    about = lang.fill("纵轴从@起|縱軸從@起|axis from @", &low);
                }
                wording::metric_name(lang, metric)
            }
            Show::Count => {
                about = self.unit.to_owned();
                wording::part_name(lang, metric)
            }
        };
        if self.series.known.is_empty() {
            about.clear();
        }
        let comma = lang.pick(if region.is_empty() { "|" } else { "|, " });
        let title = cat(region, comma, &lang.fill(words, what));
        frame::open(draft, input, &title, &about);
        title
    }

    /// Says why there is nothing to draw.
    pub fn nothing(&self, draft: &mut Draft, input: &Input) {
        let parent = input.options.selection.parent;
        let why = if parent.is_some() && self.series.moments.is_empty() {
            "数据中没有该代码的地区（regions）。|數據中沒有該代碼的地區（regions）。|The feed has no region with that code (regions)."
        } else {
            "数据中没有这项历史数字（history、total）。|數據中沒有這項歷史數字（history、total）。|The feed has no such figures over time (history, total)."
        };
        frame::nothing_to_draw(draft, why);
    }

    /// Events and the day of the target as notes, earliest first, unless a deadline is that day.
    /// Without what lies further away than the figures reach: it would squeeze them to one side.
    #[must_use]
    pub fn notes(&self, lang: Lang, events: &[Event]) -> Vec<Note> {
        let mut notes = Vec::new();
        let known = &self.series.known;
        let (Some(first), Some(last)) = (known.first(), known.last()) else {
            return notes;
        };
        let reach = (last.day - first.day).max(92.0);
        let mut add = |day: AsOf, text: String, deadline: bool| {
            let at = f64::from(day.date.days_since_epoch());
            if at >= first.day - reach && at <= last.day + reach {
                notes.push(Note::new(day, text, deadline));
            }
        };
        let mut target = self.series.target.and_then(|target| target.by);
        for place in 0..=events.len() {
            let event = events.get(place);
            if let Some(by) = target
                && event.is_none_or(|event| by.date < event.day.date)
            {
                let word = lang.pick("目标期限|目標期限|Target date");
                add(by, word.to_owned(), true);
                target = None;
            }
            if let Some(event) = event {
                let mut text = event.name.to_owned();
                if event.deadline {
                    text = lang.fill("截止：|截止：|Due: ", event.name);
                    target = target.filter(|by| by.date != event.day.date);
                }
                add(event.day, text, event.deadline);
            }
        }
        notes
    }

    /// Draws the chart without its figures, up to day `until` at least.
    #[must_use]
    pub fn open(&self, draft: &mut Draft, notes: &mut [Note], until: f64) -> Chart {
        let known = &self.series.known;
        let mut first = known.first().map_or(until, |known| known.day);
        let mut last = known.last().map_or(until, |known| known.day).max(until);
        for note in &*notes {
            let day = f64::from(note.day.date.days_since_epoch());
            (first, last) = (first.min(day), last.max(day));
        }
        // One alone stands in a fortnight.
        if first >= last {
            (first, last) = (first - 7.0, last + 7.0);
        }
        let mut chart = Chart::open(draft, &self.axis, (first, last), notes);
        if let Some(level) = &self.level {
            chart.level(draft, level.value, level.color);
        }
        chart
    }

    /// What hollow dots and gaps mean, where there are any, and one sign more.
    pub fn key(&self, draft: &mut Draft, more: Option<(Sign, &str)>) {
        let (lang, accent) = (draft.lang, draft.theme.accent);
        let (computed, known) = (self.series.computed, &self.series.known);
        let dots = self.has_dots(draft);
        let mut entries = Vec::new();
        if dots && computed > 0 {
            if computed < known.len() {
                let published = lang.pick("公布|公佈|Published");
                entries.push((Sign::Dot(accent), published));
            }
            let hollow = lang.pick("计算（未公布）|計算（未公佈）|Computed (not published)");
            entries.push((Sign::Ring(accent), hollow));
        }
        if let (Some(first), Some(last)) = (known.first(), known.last())
            && last.index.saturating_sub(first.index) >= known.len()
        {
            let none = lang.pick("无数据|無數據|No data");
            entries.push((Sign::Box(draft.missing()), none));
        }
        entries.extend(more);
        if !entries.is_empty() {
            key::draw(draft, &entries);
            draft.y += 4.0;
        }
        if !dots && computed > 0 {
            // Too many figures for dots: how many are computed is said.
            let words = "@个为计算值（未公布）|@個為計算值（未公佈）|@ computed (not published)";
            let text = lang.number(words, computed as f64);
            draft.paragraph(&text, draft.mute(draft.sizes.count), 1);
            draft.y += 4.0;
        }
    }

    /// Whether each figure has a dot, or only the line shows.
    fn has_dots(&self, draft: &Draft) -> bool {
        self.series.known.len() as f64 <= draft.inner() / 14.0
    }

    /// The line, broken where a figure is missing, its dots, labels where they have room, and the
    /// words of what is to be reached.
    pub fn figures(&self, draft: &mut Draft, chart: &mut Chart) {
        let (lang, series) = (draft.lang, &self.series);
        let known = &series.known;
        let dots = self.has_dots(draft);
        let bottom = chart.area[3];
        let mut begin = 0;
        for (index, figure) in known.iter().enumerate() {
            let place = chart.at(figure.day, figure.value);
            let end = index.saturating_add(1);
            let mut gap = 0.0;
            if let Some(next) = known.get(end) {
                let to = chart.at(next.day, next.value);
                // A gap narrower than the line can't be seen, and is counted below.
                if next.index == figure.index.saturating_add(1) || to.0 - place.0 < 2.0 {
                    chart.room.lines.push([place.into(), to.into()]);
                    continue;
                }
                gap = to.0 - place.0;
            }
            let run = known.get(begin..end).unwrap_or_default();
            if run.len() > 1 {
                chart.line(draft, run);
            } else if !dots {
                chart.dot(draft, place, 0.5, false);
            }
            if gap > 0.0 {
                let hatch = draft.missing();
                draft.rect(Rect::from_css(place.0, bottom - 8.0, gap, 7.5), hatch);
            }
            begin = end;
        }
        if dots {
            for figure in known {
                let moment = series.moments.get(figure.index);
                let hollow = moment.is_some_and(|moment| series.is_computed(moment));
                chart.dot(
                    draft,
                    chart.at(figure.day, figure.value),
                    DOT_RADIUS_CSS_PX,
                    hollow,
                );
            }
        }
        // The last figure first, because it is what is asked for; then the first; then what has room.
        let labels = if known.len() > 8 { 2 } else { known.len() };
        for nth in 0..labels {
            let place = nth.checked_sub(1).unwrap_or(known.len().saturating_sub(1));
            if let (Some(figure), Some(moment)) = (known.get(place), series.moment(place)) {
                let text = wording::moment(lang, moment, series.show, "");
                let at = chart.at(figure.day, figure.value);
                chart.label(draft, &text, at, nth < 2);
            }
        }
        if let Some(level) = &self.level {
            chart.level_words(draft, level.value, &level.text, level.color);
        }
    }
}

/// The target of a rate; the plan of a count, as last published.
fn level(draft: &Draft, series: &Series) -> Option<Level> {
    let (lang, theme) = (draft.lang, draft.theme);
    let (value, word, text, color) = match series.show {
        Show::Count => {
            let plan = series.moment(series.known.len().checked_sub(1)?)?.whole?;
            (
                plan.value,
                "计划|計劃|Planned ",
                wording::count(lang, plan),
                theme.mute,
            )
        }
        Show::Rate => {
            let target = RateFigure::published(&series.target?.rate);
            (
                target.value?,
                "目标|目標|Target ",
                wording::rate(lang, &target),
                theme.target,
            )
        }
    };
    Some(Level {
        value,
        text: lang.fill(word, &text),
        color,
    })
}
