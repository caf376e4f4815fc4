//! How fast it must go: days left, the pace needed against the recent one, and where that leads.

use super::Input;
use super::parts::key::Sign;
use super::parts::series_chart::Subject;
use super::parts::{frame, wording};
use crate::figures::{Count, Known, Metric, Pace, Show, exact, reaches};
use crate::scene::{Draft, Fill, Rect, Type};
use crate::style::{Color, Lang, cat, number};

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let subject = Subject::of(draft, input, Show::Rate);
    let title = subject.frame(draft, input, "@进度|@進度|@: the pace needed");
    if let Some(last) = subject.series.known.last() {
        way(input, draft, &subject, *last, &title);
    } else {
        subject.nothing(draft, input);
    }
    let heads = "指标 数值 来源|指標 數值 來源|Figure Value Origin";
    frame::heads(draft, heads);
    frame::close(draft, input);
}

/// Tells a figure with its name in wordings.
fn add(draft: &mut Draft, name: &'static str, text: &str, computed: bool) {
    tell(draft, draft.lang.pick(name), text, computed);
}

/// Tells a figure: a row of the table, and a clause of the sentence.
fn tell(draft: &mut Draft, name: &str, text: &str, computed: bool) {
    let lang = draft.lang;
    frame::tell(draft, clause(lang, name, text));
    let origin = lang.pick(match computed {
        true => "计算|計算|computed",
        false => "公布|公佈|published",
    });
    frame::row(draft, &[name, text, origin]);
}

/// What is a figure with its name in one is a row's head.
fn clause(lang: Lang, name: &str, text: &str) -> String {
    match text {
        "" => name.to_owned(),
        _ => wording::named(lang, name, text),
    }
}

/// The way from the last figure to the target: state, paces, chart with the forecast, method.
fn way(input: &Input, draft: &mut Draft, subject: &Subject, last: Known, title: &str) {
    let (lang, theme, series) = (draft.lang, draft.theme, &subject.series);
    let known = &series.known;
    let target = subject.level.as_ref().map(|level| level.value);
    let mut reached = None;
    for figure in known.iter().rev() {
        if target.is_none_or(|target| !reaches(figure.value, target)) {
            break;
        }
        reached = series.moments.get(figure.index);
    }
    let pace = Pace::of(known);
    // A board has better to show than a pace without one.
    draft.nothing = pace.is_none();

    let (top, mut color) = (draft.y, theme.accent);
    let last_place = known.len().saturating_sub(1);
    if let Some(last) = series.moment(last_place) {
        let rate = wording::rate(lang, &last.rate);
        add(draft, "现为|現為|Now", &rate, series.is_computed(last));
    }
    let (mut state, mut words) = (String::new(), "没有目标|沒有目標|No target");
    if series.target.is_some() {
        words = "目标没有期限|目標沒有期限|A target without a date";
    }
    if let Some(level) = &subject.level {
        tell(draft, &level.text, "", false);
    }
    let (mut needed, mut within, mut horizon) = (0.0, 1.0, 0.0);
    if let Some(by) = series.target.and_then(|target| target.by) {
        add(draft, "期限|Target date", &wording::day(lang, by), false);
        if reached.is_none() {
            let days = input.feed.as_of.date.days_until(by.date);
            state = wording::days_left(lang, days);
            tell(draft, &state, "", true);
            if days < 0 {
                color = theme.target;
            }
            if let (Some(target), 1..) = (target, days) {
                within = f64::from(days);
                needed = (target - last.value) / within;
            }
            if let Some(pace) = pace {
                let days = f64::from(by.date.days_since_epoch()) - last.day;
                horizon = days.min(pace.days).max(0.0);
            }
        }
    }
    if let Some(reached) = reached {
        words = "已达到目标|已達到目標|Target reached";
        let day = wording::day(lang, reached.day);
        add(draft, "不晚于|不晚於|Reached no later than", &day, false);
    }
    if state.is_empty() {
        state = lang.text(words);
    }
    let set = Type::new(draft.sizes.title * 1.3, color).bold();
    draft.paragraph(&state, set, 2);
    if let Some(level) = &subject.level {
        draft.paragraph(&level.text, draft.mute(draft.sizes.count), 1);
    }
    draft.y += 6.0;

    // Beside the rates, over the same days: only between exact counts, and of projects, because
    // amounts of money may differ in their unit. What is not known is no number.
    let counted = input.options.metric != Metric::Investment;
    let exact = |count: Option<&Count>| exact(count.filter(|_| counted)).unwrap_or(f64::NAN);
    let part = |place: usize| exact(series.moment(place).and_then(|moment| moment.part));
    let most = pace.map_or(0.0, |pace| pace.mean).max(needed).max(1e-9);
    if needed > 0.0 {
        let target = target.unwrap_or(0.0);
        let whole = exact(series.moment(last_place).and_then(|moment| moment.whole));
        let mut missing = target * whole - part(last_place);
        if missing <= 0.0 {
            // More started than the published rate says.
            missing = f64::NAN;
        }
        let change = (needed, missing / within);
        bar(draft, lang.pick("需要|Needed"), change, most, theme.target);
    }
    // Where a rate may come to in some days: within what there is to reach.
    let high = target.unwrap_or(1.0).max(1.0).max(last.value);
    let ahead = |pace: f64, low: f64, days: f64| (last.value + pace * days).max(low).min(high);
    if let Some(pace) = pace.filter(|_| reached.is_none()) {
        let more = (part(last_place) - part(pace.since)) / pace.days;
        let name = lang.number("近@天|Recent @-day average", pace.days);
        bar(draft, &name, (pace.mean, more), most, theme.accent);
        if let Some(since) = series.moment(pace.since) {
            let day = wording::day(lang, since.day);
            add(draft, "近期自|Recent: since", &day, false);
        }
        let to = lang.pick("～| to ");
        let range = cat(&points(lang, pace.slowest), to, &points(lang, pace.fastest));
        add(draft, "近期快慢|Slowest and fastest", &range, true);
        if horizon > 0.0 {
            let rate = |pace: f64| number::percent_computed(ahead(pace, 0.0, horizon));
            let days = lang.number("@天后|@天後|@ days on: ", horizon);
            let range = cat(&rate(pace.slowest), to, &rate(pace.fastest));
            let text = cat(&days, &range, "");
            add(draft, "预测|預測|Forecast", &text, true);
        }
    }
    let mut lines = Vec::new();
    for row in &draft.table.rows {
        if let [name, text, ..] = &row[..] {
            lines.push(clause(lang, name, text));
        }
    }
    frame::answer(draft, top, String::new(), title, lines, 0);
    let mut notes = subject.notes(lang, &[]);
    let mut method = match pace {
        Some(_) => {
            "速度由公布的数字计算；没有未到的目标期限，不作预测。|速度由公佈的數字計算；沒有未到的目標期限，不作預測。|Paces are computed from the published figures; no target date ahead, no forecast."
        }
        None => {
            "数字少于三期或相隔太近，不作预测。|數字少於三期或相隔太近，不作預測。|Fewer than three figures, or too close together: no forecast."
        }
    };
    if reached.is_some() {
        method = "|";
    }
    let band = pace.filter(|_| horizon > 0.0);
    let mut shade = None;
    if band.is_some() {
        method = "速度和预测由公布的数字计算；预测区间取近期最慢与最快一段的速度，不是概率。|速度和預測由公佈的數字計算；預測區間取近期最慢與最快一段的速度，不是概率。|Paces and forecast are computed from the published figures; the band runs from the slowest to the fastest recent stretch and is no probability.";
        let word = lang.pick("预测区间（计算）|預測區間（計算）|Forecast (computed)");
        shade = Some((Sign::Box(Fill::solid(theme.track)), word));
    }
    subject.key(draft, shade);
    let mut chart = subject.open(draft, &mut notes, last.day + horizon);
    if let Some(pace) = band {
        // Below the series, of the track's colour, with dashed edges.
        let mut ring = Vec::new();
        for step in 0..50_u8 {
            // There along the one edge, back along the other.
            let (pace, step) = match step {
                0..25 => (pace.slowest, step),
                _ => (pace.fastest, 49_u8.wrapping_sub(step)),
            };
            let days = horizon * f64::from(step) / 24.0;
            ring.push(chart.at(last.day + days, ahead(pace, subject.axis.low, days)));
        }
        draft.region(&ring, Fill::solid(theme.track), (theme.mute, 1.0), 3.0);
    }
    subject.figures(draft, &mut chart);
    draft.y += 6.0;
    draft.paragraph(lang.pick(method), draft.mute(draft.sizes.count), 6);
}

/// A change a day, of a rate and, where they are known, of exact counts, with its bar on a scale
/// up to `most`: `近60天（计算） 0.83个百分点/天，3.33个/天`.
fn bar(draft: &mut Draft, name: &str, (rate, count): (f64, f64), most: f64, color: Color) {
    let lang = draft.lang;
    let mut text = points(lang, rate);
    if count.is_finite() {
        let count = a_day(lang, count, "@个/天|@個/天|@ projects a day");
        wording::clause(lang, &mut text, &count);
    }
    tell(draft, name, &text, true);
    let set = draft.ink(draft.sizes.label);
    let computed = lang.pick("（计算）|（計算）| (computed)");
    let name = cat(name, computed, "");
    let mut line = cat(&name, " ", &text);
    // Where they don't fit beside their name, the figures begin a line: no unit is torn.
    if set.width(&line) > draft.inner() {
        draft.paragraph(&name, set, 2);
        line = text;
    }
    draft.paragraph(&line, set, 2);
    for &(width, color) in &[(1.0, draft.theme.track), ((rate / most).max(0.0), color)] {
        let rect = Rect::from_css(draft.left(), draft.y + 3.0, draft.inner() * width, 8.0);
        draft.rect(rect, Fill::solid(color));
    }
    draft.y += 20.0;
}

/// `0.23个百分点/天`.
fn points(lang: Lang, rate: f64) -> String {
    let words = "@个百分点/天|@個百分點/天|@ points a day";
    a_day(lang, rate * 100.0, words)
}

fn a_day(lang: Lang, change: f64, words: &'static str) -> String {
    if change > 0.0 && change < 0.005 {
        return lang.fill(words, "<0.01");
    }
    lang.number(words, change)
}
