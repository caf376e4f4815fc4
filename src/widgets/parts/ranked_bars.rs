//! Ranked bars: label, bar, target mark, rate, counts. What `bars` draws, and `map` where there is
//! no map to draw.

use super::key::{self, Sign};
use super::rows::{self, Chart, Part};
use super::{ranking_table, wording};
use crate::figures::{Metric, RateFigure, Row, compared_with, target};
use crate::scene::{Draft, Fill};
use crate::style::{Lang, cat};
use crate::widgets::Input;

/// Where the present bar ends and that of an earlier day begins, of the thickness of both.
const PRESENT_TO: f64 = 0.64;
/// See there.
const EARLIER_FROM: f64 = 0.72;

/// What the counts are, in which unit.
#[must_use]
pub fn what(lang: Lang, metric: Metric, rows: &[Row]) -> String {
    let mut what = wording::part_name(lang, metric).to_owned();
    if rows.iter().any(|row| row.whole.is_some()) {
        what = cat(&what, "/", wording::whole_name(lang, metric));
    }
    wording::clause(lang, &mut what, ranking_table::unit(lang, metric, rows));
    what
}

/// Draws the rows up to the limit, and how many more there are.
pub fn draw(draft: &mut Draft, input: &Input, rows: &[Row]) {
    // Bars of nothing but missing figures are drawn, but a board has better to show.
    draft.nothing |= !rows.iter().any(|row| row.rate.is_known());
    let (lang, metric) = (draft.lang, input.options.metric);
    let target = target(input.feed, metric).map(|target| RateFigure::published(&target.rate));
    let target_value = target.as_ref().and_then(|t| t.value);
    let compared = compared_with(rows);
    if let Some(day) = compared {
        let [_, _, pale, _, _] = draft.theme.classes;
        let entries = [
            (
                Sign::Box(Fill::solid(draft.theme.accent)),
                &*wording::day(lang, input.feed.as_of),
            ),
            (Sign::Box(Fill::solid(pale)), &wording::day(lang, day)),
        ];
        key::draw(draft, &entries);
        draft.y += 8.0;
    }
    let mut high = target_value.unwrap_or(1.0).max(1.0);
    for row in rows {
        let before = row.before.as_ref().and_then(|before| before.rate.value);
        high = high
            .max(row.rate.value.unwrap_or(0.0))
            .max(before.unwrap_or(0.0));
    }
    let mut chart = Chart::default();
    if let (Some(target), Some(at)) = (&target, target_value) {
        let word = lang.pick("目标|目標|Target ");
        chart.target = (at, cat(word, &wording::rate(lang, target), ""));
    }
    chart.high = high;
    chart.beyond = rows.len().saturating_sub(input.options.limit);
    // Where a rate goes beyond it, the whole is a line of its own.
    chart.whole = high > 1.0 + 1e-9;
    let [_, _, pale, _, _] = draft.theme.classes;
    // Old → new and the unit in every row only where 36 characters have room.
    let mut long = compared.is_some();
    let mut unit = lang.pick(wording::POINTS);
    if long && draft.inner() < draft.sizes.label * 36.0 {
        long = false;
        unit = "";
        chart.more_head = lang.pick("个百分点|個百分點|points");
    }
    let common = ranking_table::unit(lang, metric, rows);
    // Of 100,000 regions only those that are drawn are worth their room.
    for row in rows.iter().take(input.options.limit) {
        let mut line = rows::Row::new(&row.id(), row.name);
        let mut add = |value: Option<f64>, color, across| {
            if value == Some(0.0) {
                return;
            }
            let fill = value.map_or(draft.missing(), |_| Fill::solid(color));
            let mut part = Part::new(0.0, value.unwrap_or(high), fill);
            part.across = across;
            line.parts.push(part);
        };
        let mut across = (0.0, 1.0);
        let mut more = ranking_table::counts_text(lang, row, common);
        if compared.is_some() {
            let before = row.before.as_ref().and_then(|before| before.rate.value);
            across.1 = PRESENT_TO;
            add(before, pale, (EARLIER_FROM, 1.0));
            if more != ranking_table::not_reported(lang) {
                more = wording::change(row, unit);
            }
        }
        if row.rate.value.is_some() {
            add(Some(high), draft.theme.track, across);
        }
        add(row.rate.value, draft.theme.accent, across);
        line.more = more;
        line.lines = ranking_table::lines(lang, metric, row);
        line.figure = if long && (row.rate.is_known() || row.before.is_some()) {
            ranking_table::from_to(lang, row)
        } else {
            wording::rate(lang, &row.rate)
        };
        chart.rows.push(line);
    }
    rows::draw(draft, input, &chart);
}
