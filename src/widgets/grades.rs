//! Counts by grade: a square a unit, or bars; order, word and pattern tell what colour tells.

use super::parts::count_bar;
use super::parts::key::Sign;
use super::parts::rows::{self, Chart, Layout, Row};
use super::{Input, Shape};
use crate::figures::{Tone, exact};
use crate::scene::{Draft, Fill};

/// Above this a square stands for several.
const MOST_SQUARES: f64 = 200.0;

/// Above this a square says nothing that could be counted, and bars are drawn.
const MOST_EACH: f64 = 100.0;

/// So many grades are told in the sentence.
const TOLD: usize = 8;

const WORDS: &str = "考核等次\t个数\t数据中没有等次（grades）。\t等次\t个数\t占所列各等|考核等次\t個數\t數據中沒有等次（grades）。\t等次\t個數\t占所列各等|Grades\tNumber\tThe feed has no grades (grades).\tGrade\tNumber\tOf those listed";

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, theme) = (draft.lang, draft.theme);
    let mut chart = Chart::new(draft, WORDS);
    // A share and a square each need every count to be known exactly.
    let (mut all, mut total, mut whole, mut toned) = (true, 0.0, true, false);
    for grade in &input.feed.grades {
        let count = exact(grade.count.as_ref());
        all &= count.is_some();
        whole &= count.is_none_or(|count| count.fract() == 0.0);
        total += count.unwrap_or(0.0);
        chart.fit(grade.count.as_ref());
        toned |= grade.tone.is_some();
    }
    let mut each = 1.0;
    while total > each * MOST_SQUARES {
        each *= 10.0;
    }
    let squares = all && whole && each <= MOST_EACH && input.options.shape != Shape::Bars;
    if squares && each > 1.0 {
        let words = "每格@个，不足一格按一格|每格@個，不足一格按一格|Each square stands for @, or part of it";
        chart.notes.push(lang.number(words, each));
    }
    for grade in &input.feed.grades {
        // Tick in a square, mark in a ring, cross on a dot; solid, hatched: no tone is told by
        // colour alone.
        let mut fill = Fill::solid(theme.target);
        let sign = match grade.tone {
            Some(Tone::Warn) => {
                fill = Fill::hatch(theme.ground, theme.target);
                Sign::Alert(theme.target)
            }
            Some(Tone::Bad) => Sign::Cross(theme.target, theme.ground),
            tone => {
                fill = Fill::solid(theme.accent);
                match tone {
                    Some(_) => Sign::Tick(theme.accent, theme.ground),
                    None => Sign::Box(fill),
                }
            }
        };
        let count = grade.count.as_ref();
        let value = exact(count);
        let mut row = Row::of(lang, &grade.name, count);
        row.share(
            value
                .filter(|_| all && total > 0.0)
                .map(|value| value / total),
        );
        // Where no grade has a tone, signs would tell nothing.
        row.sign = Some(sign).filter(|_| toned);
        match value {
            Some(value) if squares => row.units((value / each).ceil(), sign),
            Some(value) => row.part(0.0, value, fill),
            None => count_bar::add(&mut row, draft, count, 1.0, chart.high),
        }
        if chart.rows.len() < TOLD {
            row.tell(draft);
        }
        chart.rows.push(row);
    }
    chart.layout = match draft.inner() < 400.0 {
        true => Layout::Stacked,
        false => Layout::Fit,
    };
    rows::show(draft, input, chart);
}
