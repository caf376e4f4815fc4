//! Counts by grade: a square a unit, or bars; order, word and pattern tell what colour tells.

use super::parts::key::Sign;
use super::parts::rows::{self, Body, Chart, Layout, Part, Row};
use super::parts::{count_bar, wording};
use super::{Input, Shape};
use crate::figures::{Tone, exact};
use crate::scene::{Draft, Fill};
use crate::style::number;

/// Above this a square stands for several.
const MOST_SQUARES: f64 = 200.0;

/// Above this a square says nothing that could be counted, and bars are drawn.
const MOST_EACH: f64 = 100.0;

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, grades) = (draft.lang, &input.feed.grades);
    let words = lang.pick("等次,个数,占所列各等|等次,個數,占所列各等|Grade,Number,Of those listed");
    let mut chart = Chart {
        title: lang.pick("考核等次|Grades").to_owned(),
        what: lang.pick("个数|個數|Number").to_owned(),
        why: lang.pick("数据中没有等次（grades）。|數據中沒有等次（grades）。|The feed has no grades (grades)."),
        head: words.split(',').map(str::to_owned).collect(),
        ..Chart::default()
    };
    let counts = || {
        grades
            .iter()
            .filter_map(|grade| exact(grade.count.as_ref()))
    };
    // A share and a square each need every count to be known exactly.
    let all = counts().count() == grades.len();
    let total: f64 = counts().sum();
    let mut each = 1.0;
    while total > each * MOST_SQUARES {
        each *= 10.0;
    }
    let whole = counts().all(|count| count.fract() == 0.0);
    let squares = all && whole && each <= MOST_EACH && input.options.shape != Shape::Bars;
    if squares && each > 1.0 {
        let each = number::amount(each);
        let (before, after) = lang
            .pick("每格,个，不足一格按一格|每格,個，不足一格按一格|Each square stands for , or part of it")
            .split_once(',')
            .unwrap_or_default();
        chart.notes.push([before, &each, after].concat());
    }
    let values = grades
        .iter()
        .flat_map(|grade| &grade.count)
        .map(|count| count.value);
    chart.high = values.fold(1e-6, f64::max) * 1.04;
    let theme = draft.theme;
    for grade in grades {
        // Square, ring, dot; solid, hatched: no tone is told by colour alone.
        let hatch = Fill::Hatch {
            ground: theme.ground,
            line: theme.target,
        };
        let (fill, sign) = match grade.tone {
            Some(Tone::Warn) => (hatch, Sign::Ring(theme.target)),
            Some(Tone::Bad) => (Fill::Solid(theme.target), Sign::Dot(theme.target)),
            _ => (
                Fill::Solid(theme.accent),
                Sign::Box(Fill::Solid(theme.accent)),
            ),
        };
        let figure = wording::optional_count(lang, grade.count.as_ref());
        let value = exact(grade.count.as_ref());
        let share = value
            .filter(|_| all && total > 0.0)
            .map(|value| value / total);
        let body = match (&grade.count, value) {
            (_, Some(value)) if squares => {
                Body::Units(vec![((value / each).ceil() as usize, sign)])
            }
            (Some(_), Some(value)) => Body::Bar(vec![Part::new(0.0, value, fill)]),
            (Some(count), None) => Body::Bar(count_bar::parts(draft, count, chart.high)),
            _ => Body::Bar(vec![Part::new(0.0, chart.high, draft.missing())]),
        };
        let space = if lang.is_chinese() { "" } else { " " };
        chart.clauses.push([&*grade.name, space, &figure].concat());
        chart.rows.push(Row {
            id: grade.name.clone(),
            cells: vec![
                grade.name.clone(),
                figure.clone(),
                share.map_or_else(|| wording::MISSING.to_owned(), number::percent_computed),
            ],
            figure,
            body,
            ..Row::default()
        });
    }
    if draft.inner() < 400.0 {
        chart.layout = Layout::Stacked;
    }
    rows::stack_where_cut(draft, &mut chart);
    chart.clauses.truncate(8);
    rows::show(draft, input, chart);
}
