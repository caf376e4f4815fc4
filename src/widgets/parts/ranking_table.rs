//! A ranking as text: the table, the sentence, the tooltip lines. What bars and map both tell.

use super::{frame, wording};
use crate::figures::{Count, Group, Metric, RateFigure, Row, compared_with};
use crate::scene::{Draft, Hit, Rect, Table};
use crate::style::{Lang, cat, number};
use crate::widgets::Input;

/// Rows that a table holds at most, so that a feed of 100,000 regions does not take a phone's
/// memory; the caption says how many there are.
pub const MOST_ROWS: usize = 10_000;

/// Why a row has no figure, where the counts would stand.
pub const NOT_REPORTED: &str = "未报送|未報送|not reported";

/// The same in a language.
#[must_use]
pub fn not_reported(lang: Lang) -> &'static str {
    lang.pick(NOT_REPORTED)
}

/// The unit of the counts of all rows; empty where they differ: each then has its own.
#[must_use]
pub fn unit<'a>(lang: Lang, metric: Metric, rows: &[Row<'a>]) -> &'a str {
    let mut first = None;
    for row in rows {
        if row.part.is_some() || row.whole.is_some() {
            let own = row.unit;
            if *first.get_or_insert(own) != own {
                return "";
            }
        }
    }
    wording::unit(lang, metric, first.flatten())
}

/// What a row says itself where the rows have no unit in common.
fn own_unit<'a>(row: &Row<'a>, common: &str) -> &'a str {
    let own = row.unit.filter(|_| common.is_empty());
    own.unwrap_or_default()
}

/// `151/152`, the part alone, or why there is none; with a unit unless all rows have this one.
#[must_use]
pub fn counts_text(lang: Lang, row: &Row, common: &str) -> String {
    if row.part.is_none() && row.whole.is_none() {
        return match row.rate.is_known() {
            true => String::new(),
            false => not_reported(lang).to_owned(),
        };
    }
    let mut text = wording::optional_count(lang, row.part);
    if let Some(whole) = row.whole {
        text.push('/');
        text.push_str(&wording::count(lang, whole));
    }
    match own_unit(row, common) {
        "" => text,
        own => wording::named(lang, &text, own),
    }
}

/// The exact figures of a row, for its tooltip.
#[must_use]
pub fn lines(lang: Lang, metric: Metric, row: &Row) -> Vec<String> {
    let unit = wording::unit(lang, metric, row.unit);
    let counts = [row.part, row.whole];
    let mut lines = figures(lang, metric, &row.rate, counts, unit);
    if row.before.is_some() {
        let change = wording::change(row, lang.pick(wording::POINTS));
        let change = wording::clauses(lang, &[&from_to(lang, row), &change]);
        lines.push(wording::colon(lang, lang.pick("变化|變化|Change"), &change));
    }
    lines
}

/// A rate and the counts behind it, each with its name; only those counts that there are.
#[must_use]
pub fn figures(
    lang: Lang,
    metric: Metric,
    rate: &RateFigure,
    [part, whole]: [Option<&Count>; 2],
    unit: &str,
) -> Vec<String> {
    let mut text = not_reported(lang).to_owned();
    if rate.is_known() {
        text = wording::rate(lang, rate);
    }
    let mut lines = Vec::new();
    let mut line = |name: &str, text: &str| lines.push(wording::colon(lang, name, text));
    line(wording::metric_name(lang, metric), &text);
    let mut counted = |name: &str, count: Option<&Count>| {
        if let Some(count) = count {
            line(name, &wording::count_with_unit(lang, count, unit));
        }
    };
    counted(wording::part_name(lang, metric), part);
    counted(wording::whole_name(lang, metric), whole);
    lines
}

/// The heads of a table's columns: a rate and its counts between what comes first and last.
#[must_use]
pub fn head(lang: Lang, metric: Metric, unit: &str, first: &str, last: &str) -> Vec<String> {
    frame::cells(&[
        first,
        wording::metric_name(lang, metric),
        &wording::with_unit(lang, wording::part_name(lang, metric), unit),
        &wording::with_unit(lang, wording::whole_name(lang, metric), unit),
        last,
    ])
}

/// A row below such heads, the counts with a unit where it is not that of the head.
#[must_use]
pub fn cells(
    lang: Lang,
    first: &str,
    rate: &RateFigure,
    [part, whole]: [Option<&Count>; 2],
    unit: &str,
    last: &str,
) -> Vec<String> {
    frame::cells(&[
        first,
        &wording::rate(lang, rate),
        &wording::amount(lang, part, unit),
        &wording::amount(lang, whole, unit),
        last,
    ])
}

/// The rate of the earlier day.
fn before(lang: Lang, row: &Row) -> String {
    match &row.before {
        Some(before) => wording::rate(lang, &before.rate),
        None => wording::MISSING.to_owned(),
    }
}

/// `83.95% → 97%`: the rate of the earlier day and the present one.
#[must_use]
pub fn from_to(lang: Lang, row: &Row) -> String {
    cat(&before(lang, row), " → ", &wording::rate(lang, &row.rate))
}

/// What the row at this index answers to a pointer; a place without one, called so, has nothing
/// reported.
#[must_use]
pub fn hit(input: &Input, row: Option<(usize, &Row)>, name: &str, rect: Rect) -> Hit {
    let mut hit = Hit {
        rect,
        mark: None,
        id: String::new(),
        label: name.to_owned(),
        lines: Vec::new(),
        row: None,
    };
    match row {
        Some((index, row)) => {
            hit.id = row.id();
            row.name.clone_into(&mut hit.label);
            hit.lines = lines(input.lang(), input.options.metric, row);
            hit.row = Some(index);
        }
        None => hit.lines.push(not_reported(input.lang()).to_owned()),
    }
    hit
}

/// Fills the table with the rows, their figures and ranks.
pub fn table(draft: &mut Draft, input: &Input, rows: &[Row]) {
    let (lang, metric) = (draft.lang, input.options.metric);
    let by_category = input.options.selection.group == Group::Categories;
    let unit = unit(lang, metric, rows);
    let names = wording::rows_name(lang, rows, by_category);
    let mut head = head(lang, metric, unit, names, lang.pick("名次|Rank"));
    let compared = compared_with(rows);
    if let Some(day) = compared {
        if let Some(now) = head.get_mut(1) {
            *now = wording::day(lang, input.feed.as_of);
        }
        let change = "变化（个百分点）|變化（個百分點）|Change (percentage points)";
        head.insert(2, lang.text(change));
        head.insert(1, wording::day(lang, day));
    }
    for row in rows.iter().take(MOST_ROWS) {
        let mut rank = wording::MISSING.to_owned();
        if let Some(place) = row.rank {
            rank = number::plain(place as f64);
        }
        let counts = [row.part, row.whole];
        let own = own_unit(row, unit);
        let mut cells = cells(lang, row.name, &row.rate, counts, own, &rank);
        if compared.is_some() {
            cells.insert(2, wording::change(row, ""));
            cells.insert(1, before(lang, row));
        }
        draft.table.rows.push(cells);
    }
    if rows.len() > MOST_ROWS {
        let most = lang.number("，前@行|, the first @", MOST_ROWS as f64);
        let all = lang.number("，共@行| of @ rows", rows.len() as f64);
        draft.table.caption.push_str(&cat(&most, &all, ""));
    }
    draft.table.head = head;
}

/// Adds a column behind that of names; `cell` has the row's index.
pub fn insert(table: &mut Table, head: &str, cell: &dyn Fn(usize) -> &'static str) {
    table.head.insert(1, head.to_owned());
    for (cells, index) in table.rows.iter_mut().zip(0..) {
        cells.insert(1, cell(index).to_owned());
    }
}

/// Tells highest, lowest, and how many are missing.
pub fn tell(draft: &mut Draft, rows: &[Row]) {
    let lang = draft.lang;
    // The first of equals, as the picture has it on top.
    let (mut highest, mut lowest, mut moved): (Option<&Row>, Option<&Row>, _) = (None, None, None);
    let (mut high, mut low, mut most) = (-1.0, f64::MAX, 0.0);
    let (mut equal, mut missing) = (0.0, 0.0);
    for row in rows {
        let Some(value) = row.rate.value else {
            missing += 1.0;
            continue;
        };
        if value > high {
            (highest, high, equal) = (Some(row), value, 0.0);
        }
        if value < low {
            (lowest, low) = (Some(row), value);
        }
        if value == high {
            equal += 1.0;
        }
        let points = row.change().map_or(0.0, |change| change.0.abs());
        if points > most {
            (moved, most) = (Some(row), points);
        }
    }
    let clause = |label: &str, row: &Row, figure: &str| {
        wording::named(lang, &cat(label, row.name, ""), figure)
    };
    let mut tell = |clause: String| frame::tell(draft, clause);
    if let (Some(top), Some(bottom)) = (highest, lowest) {
        let mut label = "最高|highest ";
        if high == low {
            label = "";
        }
        let mut figure = wording::rate(lang, &top.rate);
        if high != low && equal > 1.0 {
            figure.push_str(&lang.number("等@个|等@個| (one of @)", equal));
        }
        tell(clause(lang.pick(label), top, &figure));
        if high != low {
            let figure = wording::rate(lang, &bottom.rate);
            tell(clause(lang.pick("最低|lowest "), bottom, &figure));
        }
    }
    if missing > 0.0 {
        tell(lang.number("@个无数据|@個無數據|@ without data", missing));
    }
    if let (Some(row), Some(day)) = (moved, compared_with(rows)) {
        let words = "较@变化最大|較@變化最大|since @ largest change ";
        let label = lang.fill(words, &wording::day(lang, day));
        let change = wording::change(row, lang.pick(wording::POINTS));
        tell(clause(&label, row, &change));
    }
}
