//! How many of N have something: a dot each, or a bar; and which, as a matrix.

use super::parts::key::Sign;
use super::parts::rows::{self, Body, Chart, Layout, Part, Row};
use super::parts::{count_bar, ranking_table, wording};
use super::{Input, Shape};
use crate::figures::{Count, Covered, Holder, MATRIX_ITEMS, exact, holders};
use crate::scene::{Draft, Fill};
use crate::style::number;

/// Above this a dot each is no longer countable, and a bar says it better.
const MOST_DOTS: f64 = 200.0;
/// Above this it is a bar even where dots are asked for: a picture is no place for more.
const MOST_DOTS_ASKED: f64 = 2_000.0;

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, options) = (draft.lang, input.options);
    let items = Covered::of(input.feed);
    let holders = match options.shape {
        Shape::Auto | Shape::Matrix => holders(input.feed, &options.selection, options.sort),
        _ => Vec::new(),
    };
    let signs = [
        Sign::Dot(draft.theme.accent),
        Sign::Ring(draft.theme.mute),
        Sign::Box(draft.missing()),
    ];
    let words = [
        lang.pick("已有|Done"),
        lang.pick("尚无|尚無|Not yet"),
        ranking_table::not_reported(lang),
    ];
    let mut chart = Chart {
        title: lang.pick("覆盖情况|覆蓋情況|Coverage").to_owned(),
        what: lang.pick("已有/总数，个|已有/總數，個|Done/total").to_owned(),
        why: lang.pick("数据中没有覆盖情况（coverage）。|數據中沒有覆蓋情況（coverage）。|The feed has no coverage (coverage)."),
        high: 1.0,
        ..Chart::default()
    };
    let space = if lang.is_chinese() { "" } else { " " };
    let named = |item: &Covered| [&*item.name, space, &figure(draft, item)].concat();
    chart.clauses = items.iter().take(5).map(named).collect();
    if holders.is_empty() {
        let words = lang.pick("项目,已有,总数,占比|項目,已有,總數,佔比|Item,Done,Total,Share");
        chart.head = words.split(',').map(str::to_owned).collect();
        chart.rows = items
            .iter()
            .map(|item| row(draft, item, options.shape, signs))
            .collect();
        if draft.inner() < 700.0 {
            chart.layout = Layout::Stacked;
        }
    } else {
        let shown = items.get(..MATRIX_ITEMS).unwrap_or(&items);
        chart.layout = Layout::Blocks;
        chart.head = vec![lang.pick("地区|地區|Region").to_owned()];
        for item in shown {
            let digit = number::amount(chart.head.len() as f64);
            let text = [&*item.name, " ", &figure(draft, item)].concat();
            chart.notes.push([&digit, "  ", &*text].concat());
            chart.head.push(text);
        }
        let one = |holder: &Holder| {
            let (mut cells, mut units) = (vec![holder.name.clone()], vec![]);
            let mut lines = Vec::new();
            for (item, about) in shown.iter().enumerate() {
                let which = match holder.has(item) {
                    Some(true) => 0,
                    Some(false) => 1,
                    None => 2,
                };
                let word = words.get(which).copied().unwrap_or_default();
                lines.push([&*about.name, lang.pick("：|: "), word].concat());
                cells.push(word.to_owned());
                units.extend(signs.get(which).map(|sign| (item.saturating_add(1), *sign)));
            }
            Row {
                id: holder.id.clone(),
                cells,
                lines,
                body: Body::Units(units),
                ..Row::default()
            }
        };
        chart.rows = holders.iter().map(one).collect();
    }
    // What is drawn is explained.
    for (sign, word) in signs.into_iter().zip(words) {
        let drawn = |row: &Row| match &row.body {
            Body::Units(units) => units
                .iter()
                .any(|(count, unit)| *count > 0 && *unit == sign),
            Body::Bar(_) => false,
        };
        if chart.rows.iter().any(drawn) {
            chart.key.push((sign, word.to_owned()));
        }
    }
    rows::show(draft, input, chart);
}

/// `118/118`, as published.
fn figure(draft: &Draft, item: &Covered) -> String {
    let done = wording::optional_count(draft.lang, item.done.as_ref());
    match &item.of {
        Some(of) => [&*done, "/", &wording::count(draft.lang, of)].concat(),
        None => done,
    }
}

fn row(draft: &Draft, item: &Covered, shape: Shape, [full, empty, _]: [Sign; 3]) -> Row {
    let count = |count: &Option<Count>| wording::optional_count(draft.lang, count.as_ref());
    let share = item.share.map(number::percent_computed);
    let of = exact(item.of.as_ref()).filter(|of| *of > 0.0);
    let done = exact(item.done.as_ref());
    let most = match shape {
        Shape::Bars => 0.0,
        Shape::Dots => MOST_DOTS_ASKED,
        _ => MOST_DOTS,
    };
    let body = match (&item.done, done, of) {
        (_, Some(done), Some(of)) if done <= of && of <= most && (done + of).fract() == 0.0 => {
            Body::Units(vec![(done as usize, full), ((of - done) as usize, empty)])
        }
        (Some(done), _, Some(of)) => {
            let high = of.max(done.value);
            let mut parts = count_bar::parts(draft, done, high);
            for part in &mut parts {
                part.from /= high;
                part.to /= high;
            }
            parts.insert(0, Part::new(0.0, 1.0, Fill::Solid(draft.theme.track)));
            Body::Bar(parts)
        }
        // Of how many is not known exactly: a length would be a share that nobody published.
        _ => Body::Bar(vec![Part::new(0.0, 1.0, draft.missing())]),
    };
    Row {
        id: item.name.clone(),
        cells: vec![
            item.name.clone(),
            count(&item.done),
            count(&item.of),
            share.unwrap_or_else(|| wording::MISSING.to_owned()),
        ],
        figure: figure(draft, item),
        body,
        ..Row::default()
    }
}
