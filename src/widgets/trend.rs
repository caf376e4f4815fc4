//! A rate or a count over time: the feed's history and its present state, on a true time scale.

use super::Input;
use super::parts::series_chart::{Known, Subject};
use super::parts::time_chart::{Chart, Note};
use super::parts::{frame, wording};
use crate::figures::{Bound, Date, Moment, Origin, Show, events};
use crate::scene::{Draft, Hit, Rect, Table};
use crate::style::{Lang, join, number};

/// Rows that the table holds at most; of more moments it holds those that answer to a pointer.
const MOST_ROWS: usize = 400;

/// Areas that answer to a pointer are at least this wide.
const HIT_CSS_PX: f64 = 8.0;

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let lang = draft.lang;
    let subject = Subject::of(draft, input, input.options.show);
    let title = subject.title(input, "走势|走勢| over time");
    let about = match subject.show {
        Show::Count if !subject.known.is_empty() => subject.unit.clone(),
        _ => subject.axis_note(lang),
    };
    frame::open(draft, input, &title, &frame::subtitle(input, &about));
    let moments = subject.moments();
    let mut rows: Vec<usize> = (0..moments.len()).collect();
    if subject.known.is_empty() {
        subject.nothing(draft);
    } else {
        // One point is drawn, but a board has better to show.
        draft.nothing = subject.known.len() < 2;
        subject.key(draft);
        let notes = notes(draft, input, &subject);
        let (chart, without_room) = subject.draw(draft, &notes, f64::MIN, &|_, _| {});
        let hits = hits(&chart, &subject.known);
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
                    lines: lines(lang, input, moment, &subject.unit),
                    row: rows.binary_search(&known.index).ok(),
                });
            }
        }
        list(draft, &notes, &without_room);
    }
    frame::close(draft, input);
    tell(draft, input, &title, &subject, &rows);
}

/// The programme's events and the day of the target, earliest first.
fn notes(draft: &Draft, input: &Input, subject: &Subject) -> Vec<Note> {
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
    let target = subject.series.as_ref().and_then(|s| s.target);
    if let Some(by) = target.and_then(|target| target.by) {
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
    if let (Some(first), Some(last)) = (subject.known.first(), subject.known.last()) {
        let reach = (last.day - first.day).max(92.0);
        notes.retain(|note| note.day >= first.day - reach && note.day <= last.day + reach);
    }
    notes
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
fn tell(draft: &mut Draft, input: &Input, title: &str, subject: &Subject, rows: &[usize]) {
    let (lang, metric, show) = (draft.lang, input.options.metric, input.options.show);
    let (moments, known, unit) = (subject.moments(), &subject.known, &subject.unit);
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
        clauses.extend(subject.level.as_ref().map(|level| level.text.clone()));
    }
    let tally = |count: usize, words: &'static str| {
        if count == 0 {
            return String::new();
        }
        let space = lang.pick("| ");
        [&number::amount(count as f64), space, lang.pick(words)].concat()
    };
    clauses.extend([
        tally(subject.computed(), "个为计算值|個為計算值|computed"),
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
