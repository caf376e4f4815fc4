//! A ranking as text: the table, the sentence, the tooltip lines. What bars and map both tell.

use super::{frame, wording};
use crate::figures::{Group, Metric, Row};
use crate::scene::{Draft, Table};
use crate::style::{Lang, number};
use crate::widgets::Input;

/// Rows that a table holds at most, so that a feed of 100,000 regions does not take a phone's
/// memory; the caption says how many there are.
pub const MOST_ROWS: usize = 10_000;

/// Why a row has no figure, where the counts would stand.
#[must_use]
pub fn not_reported(lang: Lang) -> &'static str {
    lang.pick("未报送|未報送|not reported")
}

/// `151/152`, the part alone, or why there is none.
#[must_use]
pub fn counts_text(lang: Lang, row: &Row) -> String {
    match (&row.part, &row.whole) {
        (Some(part), Some(whole)) => {
            let (part, whole) = (wording::count(lang, part), wording::count(lang, whole));
            [&*part, "/", &whole].concat()
        }
        (Some(part), None) => wording::count(lang, part),
        (None, Some(whole)) => [wording::MISSING, "/", &wording::count(lang, whole)].concat(),
        (None, None) if row.rate.value.is_none() && row.rate.text.is_none() => {
            not_reported(lang).to_owned()
        }
        (None, None) => String::new(),
    }
}

/// The exact figures of a row, for its tooltip.
#[must_use]
pub fn lines(lang: Lang, metric: Metric, row: &Row) -> Vec<String> {
    let colon = lang.pick("：|: ");
    let unit = wording::unit(lang, metric, row.unit.as_deref());
    let mut lines = Vec::new();
    let missing = row.rate.value.is_none() && row.rate.text.is_none();
    let rate = if missing {
        not_reported(lang).to_owned()
    } else {
        wording::rate(lang, &row.rate)
    };
    lines.push([wording::metric_name(lang, metric), colon, &rate].concat());
    for (name, count) in [
        (wording::part_name(lang, metric), &row.part),
        (wording::whole_name(lang, metric), &row.whole),
    ] {
        if let Some(count) = count {
            let count = wording::count_with_unit(lang, count, &unit);
            lines.push([name, colon, &count].concat());
        }
    }
    lines
}

/// Sets the picture's table and sentence.
pub fn tell(draft: &mut Draft, input: &Input, rows: &[Row], title: &str) {
    let table = table(draft.lang, input, rows, title);
    let alt = sentence(draft.lang, rows, &table.caption);
    draft.tell(table, alt);
}

/// The rows with their figures and ranks.
#[must_use]
pub fn table(lang: Lang, input: &Input, rows: &[Row], title: &str) -> Table {
    let metric = input.options.metric;
    let by_category = input.options.selection.group == Group::Categories;
    let unit = rows.iter().find_map(|r| r.unit.as_deref());
    let unit = wording::unit(lang, metric, unit);
    let head = vec![
        wording::rows_name(lang, rows, by_category).to_owned(),
        wording::metric_name(lang, metric).to_owned(),
        wording::with_unit(lang, wording::part_name(lang, metric), &unit),
        wording::with_unit(lang, wording::whole_name(lang, metric), &unit),
        lang.pick("名次|Rank").to_owned(),
    ];
    let body = rows
        .iter()
        .take(MOST_ROWS)
        .map(|row| {
            vec![
                row.name.clone(),
                wording::rate(lang, &row.rate),
                wording::optional_count(lang, row.part.as_ref()),
                wording::optional_count(lang, row.whole.as_ref()),
                row.rank.map_or_else(
                    || wording::MISSING.to_owned(),
                    |rank| number::plain(rank as f64),
                ),
            ]
        })
        .collect();
    let mut caption = frame::caption(input, title);
    if rows.len() > MOST_ROWS {
        let [most, all] = [MOST_ROWS, rows.len()].map(|n| number::amount(n as f64));
        let words = lang.pick("，前,行，共,行|, the first, of, rows");
        let mut words = words.split(',');
        let mut word = || words.next().unwrap_or_default();
        caption = [&*caption, word(), &most, word(), &all, word()].concat();
    }
    Table {
        caption,
        head,
        rows: body,
    }
}

/// Adds a column behind that of names; `cell` has the row's index.
pub fn insert(table: &mut Table, head: &str, cell: &dyn Fn(usize) -> &'static str) {
    table.head.insert(1, head.to_owned());
    for (cells, index) in table.rows.iter_mut().zip(0..) {
        cells.insert(1, cell(index).to_owned());
    }
}

/// Caption, highest, lowest, and how many are missing.
#[must_use]
pub fn sentence(lang: Lang, rows: &[Row], caption: &str) -> String {
    let valued = || rows.iter().filter_map(|r| r.rate.value.map(|v| (v, r)));
    // The first of equals, as the picture has it on top.
    let highest = valued().min_by(|a, b| b.0.total_cmp(&a.0));
    let lowest = valued().min_by(|a, b| a.0.total_cmp(&b.0));
    let missing = rows.len().saturating_sub(valued().count());
    let name = |label: &str, row: &Row| {
        let space = if lang.is_chinese() { "" } else { " " };
        [label, &row.name, space, &wording::rate(lang, &row.rate)].concat()
    };
    let mut clauses = Vec::new();
    if let (Some((high, top)), Some((low, bottom))) = (highest, lowest) {
        let equal = valued().filter(|(v, _)| *v == high).count();
        if high == low {
            clauses.push(name("", top));
        } else {
            let top = name(lang.pick("最高|highest "), top);
            let count = number::plain(equal as f64);
            clauses.push(match (equal, lang.is_chinese()) {
                (1, _) => top,
                (_, true) => [&*top, "等", &count, lang.pick("个|個|")].concat(),
                (_, false) => [&*top, " (one of ", &count, ")"].concat(),
            });
            clauses.push(name(lang.pick("最低|lowest "), bottom));
        }
    }
    if missing > 0 {
        let n = number::amount(missing as f64);
        clauses.push(if lang.is_chinese() {
            [&*n, lang.pick("个无数据|個無數據|")].concat()
        } else {
            [&*n, " without data"].concat()
        });
    }
    frame::sentence(lang, caption, &clauses)
}
