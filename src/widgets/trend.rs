//! A rate or a count over time: the feed's history and its present state, on a true time scale.

use super::Input;
use super::parts::series_chart::Subject;
use super::parts::time_chart::Note;
use super::parts::{frame, ranking_table, wording};
use crate::figures::{Moment, Origin, Show, events, exact};
use crate::scene::{Draft, Hit, Rect};
use crate::style::{Lang, cat, join, number};

/// Rows that the table holds at most; of more moments it holds those that answer to a pointer.
const MOST_ROWS: usize = 400;

/// Areas that answer to a pointer are at least this wide.
const HIT_CSS_PX: f64 = 8.0;

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, metric, show) = (draft.lang, input.options.metric, input.options.show);
    let subject = Subject::of(draft, input, show);
    subject.frame(draft, input, "@走势|@走勢|@ over time");
    let (series, unit) = (&subject.series, subject.unit);
    let (moments, known) = (&series.moments, &series.known);
    let all = moments.len() <= MOST_ROWS;
    if all {
        for moment in moments {
            draft.table.rows.push(row(lang, show, moment));
        }
    }
    if known.is_empty() {
        subject.nothing(draft, input);
    } else {
        // One point is drawn, but a board has better to show.
        draft.nothing = known.len() < 2;
        subject.key(draft, None);
        let mut notes = subject.notes(lang, &events(input.feed));
        let mut chart = subject.open(draft, &mut notes, f64::MIN);
        subject.figures(draft, &mut chart);
        // Areas over the whole height, one a figure, or one for several that lie close: it tells
        // the last of them.
        let [mut from, top, right, bottom] = chart.area;
        let mut begun = f64::MIN;
        for (place, figure) in known.iter().enumerate() {
            let x = chart.x(figure.day);
            if x - begun >= HIT_CSS_PX {
                begun = x;
            }
            let next = known.get(place.saturating_add(1));
            let next = next.map(|next| chart.x(next.day));
            if next.is_some_and(|next| next - begun < HIT_CSS_PX) {
                continue;
            }
            let to = next.map_or(right, |next| (x + next) / 2.0);
            if let Some(moment) = moments.get(figure.index) {
                let at = if all {
                    figure.index
                } else {
                    draft.table.rows.len()
                };
                if !all {
                    draft.table.rows.push(row(lang, show, moment));
                }
                let counts = [moment.part, moment.whole];
                let mut lines = ranking_table::figures(lang, metric, &moment.rate, counts, unit);
                if let Some(rate) = lines.first_mut().filter(|_| series.is_computed(moment)) {
                    rate.push_str(lang.pick("（计算）|（計算）| (computed)"));
                }
                draft.hit(Hit {
                    rect: Rect::from_css(from, top, to - from, bottom - top),
                    mark: None,
                    id: moment.day.date.text(),
                    label: wording::day(lang, moment.day),
                    lines,
                    row: Some(at),
                });
            }
            from = to;
        }
        list(draft, &notes);
    }
    let mut tell = |clause: String| frame::tell(draft, clause);
    let told = |moment: &Moment| {
        let day = wording::day(lang, moment.day);
        wording::named(lang, &day, &wording::moment(lang, moment, show, unit))
    };
    let last = known.len().saturating_sub(1);
    if let (Some(first), Some(last)) = (series.moment(0), series.moment(last)) {
        tell(told(first));
        if known.len() > 1 {
            tell(told(last));
            let counts = (exact(first.part), exact(last.part));
            let since = last.rate.points_since(&first.rate);
            match (show, counts) {
                (Show::Rate, _) if since.is_some() => {
                    tell(wording::points(since, lang.pick(wording::POINTS)));
                }
                (Show::Count, (Some(from), Some(to))) => {
                    tell(wording::named(
                        lang,
                        &number::signed_amount(to - from),
                        unit,
                    ));
                }
                _ => {}
            }
        }
    }
    if let Some(level) = subject.level.as_ref().filter(|_| !known.is_empty()) {
        tell(level.text.clone());
    }
    let without = moments.len().saturating_sub(known.len());
    for (count, words) in [
        (series.computed, "@个为计算值|@個為計算值|@ computed"),
        (without, "@个时点无数据|@個時點無數據|@ without data"),
    ] {
        if count > 0 {
            tell(lang.number(words, count as f64));
        }
    }
    let cut = moments.len().saturating_sub(draft.table.rows.len());
    if cut > 0 {
        let words = "@个时点未列入表格|@個時點未列入表格|@ moments not in the table";
        draft.remark(lang.number(words, cut as f64));
    }
    let (first, last) = (lang.pick("日期|Date"), lang.pick("来源|來源|Origin"));
    draft.table.head = ranking_table::head(lang, metric, unit, first, last);
    frame::close(draft, input);
}

/// The notes that had no room above the chart, in words.
fn list(draft: &mut Draft, notes: &[Note]) {
    let lang = draft.lang;
    let mut texts = Vec::new();
    for note in notes.iter().filter(|note| note.lane == 0) {
        texts.push(cat(&wording::day(lang, note.day), " ", &note.text));
    }
    if !texts.is_empty() {
        draft.y += 6.0;
        let text = join(&texts, lang.pick("；|; "));
        draft.paragraph(&text, draft.mute(draft.sizes.count), 40);
    }
}

/// Where the figure of a day comes from.
fn origin(lang: Lang, show: Show, moment: &Moment) -> &'static str {
    lang.pick(match (show, moment.rate.origin, moment.part) {
        (Show::Rate, Origin::Computed, _) => "计算|計算|computed",
        (Show::Rate, Origin::Published, _) | (Show::Count, _, Some(_)) => "公布|公佈|published",
        _ => "未报送|未報送|not reported",
    })
}

/// A day's row of the table.
fn row(lang: Lang, show: Show, moment: &Moment) -> Vec<String> {
    let (day, origin) = (wording::day(lang, moment.day), origin(lang, show, moment));
    let counts = [moment.part, moment.whole];
    ranking_table::cells(lang, &day, &moment.rate, counts, "", origin)
}
