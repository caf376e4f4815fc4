//! A rate or a count over time: the feed's history and its present state, on a true time scale.

use super::Input;
use super::parts::axis::Values;
use super::parts::key::{self, Sign};
use super::parts::time_chart::{self, Chart, Note};
use super::parts::{frame, wording};
use crate::figures::{Bound, Date, Moment, Origin, RateFigure, Series, Show, events};
use crate::scene::{Draft, Fill, Hit, Mark, Point, Px, Rect, Stroke, Table};
use crate::style::{Color, Lang, join, number};

/// Rows that the table holds at most; of more moments it holds those that answer to a pointer.
const MOST_ROWS: usize = 400;

/// Areas that answer to a pointer are at least this wide.
const HIT_CSS_PX: f64 = 8.0;

/// A moment that has a figure: its place in the series, days since 1970-01-01, the figure.
#[derive(Clone, Copy)]
struct Known {
    index: usize,
    day: f64,
    value: f64,
}

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, options) = (draft.lang, input.options);
    let (metric, show) = (options.metric, options.show);
    let series = Series::of(input.feed, metric, options.selection.parent);
    let region = series.as_ref().and_then(|s| s.region).unwrap_or_default();
    let what = match show {
        Show::Rate => wording::metric_name(lang, metric),
        Show::Count => wording::part_name(lang, metric),
    };
    let title = if lang.is_chinese() {
        [region, what, lang.pick("走势|走勢|")].concat()
    } else {
        let comma = if region.is_empty() { "" } else { ", " };
        [region, comma, what, " over time"].concat()
    };
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
    let unit = wording::unit(lang, metric, series.as_ref().and_then(|s| s.unit));
    let about = match show {
        _ if known.is_empty() => String::new(),
        Show::Count => unit.clone(),
        Show::Rate if axis.low > 0.0 => {
            let low = number::percent_as_published(axis.low);
            if lang.is_chinese() {
                [lang.pick("纵轴从|縱軸從|"), &low, "起"].concat()
            } else {
                ["axis from ", &low].concat()
            }
        }
        Show::Rate => String::new(),
    };
    frame::open(draft, input, &title, &frame::subtitle(input, &about));
    let mut rows: Vec<usize> = (0..moments.len()).collect();
    if known.is_empty() {
        let why = if series.is_some() {
            lang.pick("数据中没有这项历史数字（history、total）。|數據中沒有這項歷史數字（history、total）。|The feed has no such figures over time (history, total).")
        } else {
            lang.pick("数据中没有该代码的地区（regions）。|數據中沒有該代碼的地區（regions）。|The feed has no region with that code (regions).")
        };
        frame::nothing_to_draw(draft, why);
    } else {
        // One point is drawn, but a board has better to show.
        draft.nothing = known.len() < 2;
        key(draft, input, moments, &known);
        let notes = notes(draft, input, series.as_ref(), &known);
        let (mut chart, without_room) = Chart::open(draft, &axis, domain(&known, &notes), &notes);
        if let Some(level) = &level {
            chart.level(draft, level.value, level.color);
        }
        figures(draft, &mut chart, moments, &known, show);
        if let Some(level) = &level {
            chart.level_words(draft, level.value, &level.text, level.color);
        }
        let hits = hits(&chart, &known);
        if moments.len() > MOST_ROWS {
            rows = hits.iter().map(|(known, _)| known.index).collect();
        }
        for (known, rect) in hits {
            if let Some(moment) = moments.get(known.index) {
                draft.hit(Hit {
                    rect,
                    mark: None,
                    id: moment.day.date.to_string(),
                    label: wording::day(lang, moment.day),
                    lines: lines(lang, input, moment, &unit),
                    row: rows.binary_search(&known.index).ok(),
                });
            }
        }
        list(draft, &notes, &without_room);
    }
    frame::close(draft, input);
    let level = level.map(|l| l.text).unwrap_or_default();
    tell(draft, input, &title, (moments, &known, &rows), &unit, level);
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
struct Level {
    value: f64,
    text: String,
    color: Color,
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
fn key(draft: &mut Draft, input: &Input, moments: &[Moment], known: &[Known]) {
    let (lang, show) = (draft.lang, input.options.show);
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

/// The programme's events and the day of the target, earliest first.
fn notes(draft: &Draft, input: &Input, series: Option<&Series>, known: &[Known]) -> Vec<Note> {
    let lang = draft.lang;
    let day = |date: Date| f64::from(date.days_since_epoch());
    let mut notes: Vec<Note> = events(input.feed)
        .iter()
        .map(|event| {
            let word = if event.deadline {
                lang.pick("截止：|截止：|Due: ")
            } else {
                ""
            };
            Note {
                day: day(event.day.date),
                text: [word, event.name].concat(),
                deadline: event.deadline,
            }
        })
        .collect();
    if let Some(by) = series.and_then(|s| s.target?.by) {
        let by = day(by.date);
        if !notes.iter().any(|note| note.deadline && note.day == by) {
            let place = notes.partition_point(|note| note.day <= by);
            notes.insert(
                place,
                Note {
                    day: by,
                    text: lang.pick("目标期限|目標期限|Target date").to_owned(),
                    deadline: true,
                },
            );
        }
    }
    // What lies further away than the figures reach would squeeze them to one side.
    if let (Some(first), Some(last)) = (known.first(), known.last()) {
        let reach = (last.day - first.day).max(92.0);
        notes.retain(|note| note.day >= first.day - reach && note.day <= last.day + reach);
    }
    notes
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

/// Areas over the whole height, one a figure, or one for several that lie close: it tells the last
/// of them.
fn hits(chart: &Chart, known: &[Known]) -> Vec<(Known, Rect)> {
    let [left, top, right, bottom] = chart.area;
    let mut kept: Vec<(Known, f64)> = Vec::new();
    let mut begun = f64::NEG_INFINITY;
    for figure in known {
        let x = chart.at(figure.day, 0.0).0;
        if x - begun >= HIT_CSS_PX {
            begun = x;
        } else {
            kept.pop();
        }
        kept.push((*figure, x));
    }
    let mut from = left;
    let nexts = kept.iter().skip(1).map(|next| Some(next.1));
    kept.iter()
        .zip(nexts.chain([None]))
        .map(|(&(figure, x), next)| {
            let to = next.map_or(right, |next| (x + next) / 2.0);
            let rect = Rect::from_css(from, top, to - from, bottom - top);
            from = to;
            (figure, rect)
        })
        .collect()
}

/// Where the figure of a day comes from.
fn origin(lang: Lang, moment: &Moment, show: Show) -> &'static str {
    lang.pick(match (show, moment.rate.origin, moment.part) {
        (Show::Rate, Origin::Computed, _) => "计算|計算|computed",
        (Show::Rate, Origin::Published, _) | (Show::Count, _, Some(_)) => "公布|公佈|published",
        _ => "未报送|未報送|not reported",
    })
}

/// The exact figures of a day, for its tooltip.
fn lines(lang: Lang, input: &Input, moment: &Moment, unit: &str) -> Vec<String> {
    let (metric, show) = (input.options.metric, input.options.show);
    let line = |name: &str, text: String| [name, lang.pick("：|: "), &text].concat();
    let mut rate = wording::rate(lang, &moment.rate);
    if moment.is_computed(show) {
        let origin = origin(lang, moment, show);
        rate = if lang.is_chinese() {
            [&rate, "（", origin, "）"].concat()
        } else {
            [&rate, " (", origin, ")"].concat()
        };
    }
    let mut lines = vec![line(wording::metric_name(lang, metric), rate)];
    for (name, count) in [
        (wording::part_name(lang, metric), moment.part),
        (wording::whole_name(lang, metric), moment.whole),
    ] {
        lines.extend(count.map(|c| line(name, wording::count_with_unit(lang, c, unit))));
    }
    lines
}

/// The notes that had no room above the chart, in words.
fn list(draft: &mut Draft, notes: &[Note], without_room: &[usize]) {
    let lang = draft.lang;
    let texts: Vec<String> = without_room
        .iter()
        .filter_map(|index| notes.get(*index))
        .map(|note| {
            let date = Date::from_days(note.day as i32);
            let day = lang.date((date.year(), date.month(), date.day()));
            [&day, " ", &note.text].concat()
        })
        .collect();
    if !texts.is_empty() {
        draft.y += 6.0;
        let text = join(&texts, lang.pick("；|; "));
        draft.paragraph(&text, draft.mute(draft.sizes.count), 4);
    }
}

/// Sets the table and the sentence.
fn tell(
    draft: &mut Draft,
    input: &Input,
    title: &str,
    (moments, known, rows): (&[Moment], &[Known], &[usize]),
    unit: &str,
    level: String,
) {
    let (lang, metric, show) = (draft.lang, input.options.metric, input.options.show);
    let head = vec![
        lang.pick("日期|Date").to_owned(),
        wording::metric_name(lang, metric).to_owned(),
        wording::with_unit(lang, wording::part_name(lang, metric), unit),
        wording::with_unit(lang, wording::whole_name(lang, metric), unit),
        lang.pick("来源|來源|Origin").to_owned(),
    ];
    let row = |moment: &Moment| {
        vec![
            wording::day(lang, moment.day),
            wording::rate(lang, &moment.rate),
            wording::optional_count(lang, moment.part),
            wording::optional_count(lang, moment.whole),
            origin(lang, moment, show).to_owned(),
        ]
    };
    let body = rows
        .iter()
        .filter_map(|i| moments.get(*i))
        .map(row)
        .collect();
    let caption = frame::caption(input, title);
    let figure = |known: &Known| {
        let moment = moments.get(known.index)?;
        let text = match show {
            Show::Rate => wording::rate(lang, &moment.rate),
            Show::Count => wording::count_with_unit(lang, moment.part?, unit),
        };
        let space = lang.pick("| ");
        Some([&wording::day(lang, moment.day), space, &text].concat())
    };
    let mut clauses: Vec<String> = Vec::new();
    if let (Some(first), Some(last)) = (known.first(), known.last()) {
        if first.index != last.index {
            clauses.extend(figure(first));
        }
        clauses.extend(figure(last));
        let exact = |known: &Known| {
            let part = moments.get(known.index).and_then(|m| m.part);
            show == Show::Rate || part.is_some_and(|part| part.bound == Bound::Exact)
        };
        if first.index != last.index && exact(first) && exact(last) {
            clauses.push(change(lang, show, last.value - first.value, unit));
        }
        clauses.push(level);
    }
    let tally = |count: usize, words: &'static str| {
        if count == 0 {
            return String::new();
        }
        let space = lang.pick("| ");
        [&number::amount(count as f64), space, lang.pick(words)].concat()
    };
    clauses.extend([
        tally(computed(moments, show), "个为计算值|個為計算值|computed"),
        tally(
            moments.len().saturating_sub(known.len()),
            "个时点无数据|個時點無數據|without data",
        ),
        tally(
            moments.len().saturating_sub(rows.len()),
            "个时点未列入表格|個時點未列入表格|not in the table",
        ),
    ]);
    let cut = moments.len().saturating_sub(rows.len());
    if cut > 0 {
        draft.remark(tally(
            cut,
            "个时点未列入表格|個時點未列入表格|moments not in the table",
        ));
    }
    let alt = frame::sentence(lang, &caption, &clauses);
    draft.tell(
        Table {
            caption,
            head,
            rows: body,
        },
        alt,
    );
}

/// From the first figure to the last, with its sign.
fn change(lang: Lang, show: Show, by: f64, unit: &str) -> String {
    let sign = if by > 0.0 { "+" } else { "" };
    let (amount, unit) = match show {
        Show::Rate => (by * 100.0, lang.pick("个百分点|個百分點|percentage points")),
        Show::Count => (by, unit),
    };
    [sign, &number::amount(amount), lang.pick("| "), unit].concat()
}
