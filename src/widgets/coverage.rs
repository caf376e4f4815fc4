//! How many of N have something: a dot each, or a bar; and which, as a matrix.

use super::parts::key::Sign;
use super::parts::rows::{self, Chart, Layout, Row};
use super::parts::{count_bar, ranking_table, wording};
use super::{Input, Shape};
use crate::figures::{Covered, MATRIX_ITEMS, exact, holders};
use crate::scene::{Draft, Fill};
use crate::style::{cat, number};

/// Above this a dot each is no longer countable, and a bar says it better.
const MOST_DOTS: f64 = 200.0;
/// Above this it is a bar even where dots are asked for: a picture is no place for more.
const MOST_DOTS_ASKED: f64 = 2_000.0;
/// So many items are told in the sentence.
const TOLD: usize = 5;

/// What the signs stand for.
const KEY: [&str; 3] = [
    "已有|Done",
    "尚无|尚無|Not yet",
    ranking_table::NOT_REPORTED,
];

const WORDS: &str = "覆盖情况\t已有/总数，个\t数据中没有覆盖情况（coverage）。\t项目\t已有\t总数\t占比|覆蓋情況\t已有/總數，個\t數據中沒有覆蓋情況（coverage）。\t項目\t已有\t總數\t佔比|Coverage\tDone/total\tThe feed has no coverage (coverage).\tItem\tDone\tTotal\tShare";

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, options) = (draft.lang, input.options);
    let signs = [
        Sign::Dot(draft.theme.accent),
        Sign::Ring(draft.theme.mute),
        Sign::Box(draft.missing()),
    ];
    // Those that are drawn.
    let mut drawn = 0;
    let holders = match options.shape {
        Shape::Auto | Shape::Matrix => holders(input.feed, &options.selection, options.sort),
        _ => Vec::new(),
    };
    let mut chart = Chart::new(draft, WORDS);
    chart.high = 1.0;
    if !holders.is_empty() {
        chart.layout = Layout::Blocks;
        draft.table.head.truncate(0);
        draft.table.head.push(lang.text("地区|地區|Region"));
    } else if draft.inner() < 700.0 {
        chart.layout = Layout::Stacked;
    }
    for (index, item) in input.feed.coverage.iter().enumerate() {
        let mut dots = 0;
        let row = row(draft, &Covered::of(item), options.shape, &signs, &mut dots);
        if index < TOLD {
            row.tell(draft);
        }
        if holders.is_empty() {
            drawn |= dots;
            chart.rows.push(row);
        } else if index < MATRIX_ITEMS {
            let digit = number::amount(draft.table.head.len() as f64);
            let text = cat(&item.name, " ", &row.figure);
            chart.notes.push(cat(&digit, "  ", &text));
            draft.table.head.push(text);
        }
    }
    for holder in &holders {
        let mut row = Row::new(&holder.region.id(), &holder.region.name);
        for (index, item) in input.feed.coverage.iter().enumerate() {
            if index >= MATRIX_ITEMS {
                break;
            }
            let which = match holder.has(index) {
                Some(true) => 0,
                Some(false) => 1,
                None => 2,
            };
            drawn |= 1 << which;
            if let (Some(sign), Some(word)) = (signs.get(which), KEY.get(which)) {
                let word = lang.pick(word);
                row.units(index.saturating_add(1) as f64, *sign);
                row.cell(word);
                row.lines.push(wording::colon(lang, &item.name, word));
            }
        }
        chart.rows.push(row);
    }
    chart.explain(lang, drawn, &signs, &KEY);
    rows::show(draft, input, chart);
}

/// `118/118`, as published, with dots or a bar; which signs it has, a bit each.
fn row(draft: &Draft, covered: &Covered, shape: Shape, signs: &[Sign], drawn: &mut u32) -> Row {
    let lang = draft.lang;
    let (item, done) = (covered.item, covered.done());
    let mut row = Row::of(lang, &item.name, done);
    let text = wording::optional_count(lang, item.of.as_ref());
    row.cell(&text);
    row.share(covered.share());
    if item.of.is_some() {
        row.figure = cat(&row.figure, "/", &text);
    }
    let most = match shape {
        Shape::Bars => 0.0,
        Shape::Dots => MOST_DOTS_ASKED,
        _ => MOST_DOTS,
    };
    let of = exact(item.of.as_ref()).filter(|of| *of > 0.0);
    match (done, of) {
        (Some(count), Some(of)) => {
            let rest = of - count.value;
            let whole = exact(done).is_some() && count.value.fract() + of.fract() == 0.0;
            if whole && rest >= 0.0 && of <= most {
                let mut bit = 1;
                for (sign, units) in signs.iter().zip(&[count.value, rest]) {
                    if *units > 0.0 {
                        *drawn |= bit;
                    }
                    bit <<= 1;
                    row.units(*units, *sign);
                }
            } else {
                row.part(0.0, 1.0, Fill::solid(draft.theme.track));
                count_bar::add(&mut row, draft, done, of.max(count.value), 1.0);
            }
        }
        // Of how many is not known exactly: a length would be a share that nobody published.
        _ => row.part(0.0, 1.0, draft.missing()),
    }
    row
}
