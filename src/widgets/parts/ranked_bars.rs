//! Ranked bars: label, bar, target mark, rate, counts. What `bars` draws, and `map` where there is
//! no map to draw.

use super::rows::{self, Body, Chart, Guide, Part};
use super::{ranking_table, wording};
use crate::figures::{Overview, Row};
use crate::scene::{Draft, Fill};
use crate::widgets::Input;

/// Draws the rows up to the limit, and how many more there are.
pub fn draw(draft: &mut Draft, input: &Input, rows: &[Row]) {
    // Bars of nothing but missing figures are drawn, but a board has better to show.
    let known = |row: &Row| row.rate.value.is_some() || row.rate.text.is_some();
    draft.nothing |= !rows.iter().any(known);
    let (lang, metric) = (draft.lang, input.options.metric);
    let target = Overview::of(input.feed, metric).target;
    let target_value = target.as_ref().and_then(|t| t.value);
    let values = rows.iter().filter_map(|r| r.rate.value);
    let high = values.chain(target_value).fold(1.0, f64::max);
    let mut chart = Chart {
        high,
        beyond: rows.len().saturating_sub(input.options.limit),
        ..Chart::default()
    };
    if high > 1.0 + 1e-9 {
        // Where a rate goes beyond it, the whole is a line of its own.
        chart.guides.push(Guide {
            at: 1.0,
            color: draft.theme.mute,
            text: String::new(),
        });
    }
    if let (Some(target), Some(at)) = (&target, target_value) {
        let word = lang.pick("目标|目標|Target ");
        chart.guides.push(Guide {
            at,
            color: draft.theme.target,
            text: [word, &wording::rate(lang, target)].concat(),
        });
    }
    let (track, accent) = (
        Fill::Solid(draft.theme.track),
        Fill::Solid(draft.theme.accent),
    );
    // Of 100,000 regions only those that are drawn are worth their room.
    for row in rows.iter().take(input.options.limit) {
        let body = match row.rate.value {
            Some(0.0) => vec![Part::new(0.0, high, track)],
            Some(value) => vec![Part::new(0.0, high, track), Part::new(0.0, value, accent)],
            None => vec![Part::new(0.0, high, draft.missing())],
        };
        chart.rows.push(rows::Row {
            id: row.id.clone(),
            cells: vec![row.name.clone()],
            lines: ranking_table::lines(lang, metric, row),
            figure: wording::rate(lang, &row.rate),
            more: ranking_table::counts_text(lang, row),
            body: Body::Bar(body),
        });
    }
    rows::draw(draft, input, &chart);
}
