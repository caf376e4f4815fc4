//! Ranked bars: label, bar, target mark, rate, counts. What `bars` draws, and `map` where there is
//! no map to draw.

use super::{frame, ranking_table, wording};
use crate::figures::{Metric, Overview, RateFigure, Row};
use crate::scene::plot::{Plot, Span};
use crate::scene::{Anchor, Draft, Fill, Hit, Px, Rect, Stroke, Type, Weight};
use crate::widgets::Input;

/// Draws the rows up to the limit, and how many more there are.
pub fn draw(draft: &mut Draft, input: &Input, rows: &[Row]) {
    // Bars of nothing but missing figures are drawn, but a board has better to show.
    let known = |row: &Row| row.rate.value.is_some() || row.rate.text.is_some();
    draft.nothing |= !rows.iter().any(known);
    let shown = rows
        .get(..rows.len().min(input.options.limit.max(1)))
        .unwrap_or(rows);
    let target = Overview::of(input.feed, input.options.metric).target;
    chart(draft, shown, input.options.metric, target.as_ref());
    frame::left_out(draft, rows.len().saturating_sub(shown.len()));
}

/// Left edges and widths of the columns.
struct Columns {
    label: f64,
    bar_left: f64,
    bar_width: f64,
    rate_left: f64,
    counts: bool,
}

fn columns(draft: &Draft, rows: &[Row], label: Type, rate: Type, count: Type) -> Columns {
    let widest = |set: Type, text: &dyn Fn(&Row) -> String| {
        rows.iter()
            .map(|row| set.width(&text(row)))
            .fold(0.0, f64::max)
    };
    let lang = draft.lang;
    let inner = draft.inner();
    let label_width = widest(label, &|r| r.name.clone()).min(inner * 0.32);
    let rate_width = widest(rate, &|r| wording::rate(lang, &r.rate)).min(inner * 0.28);
    let any_count = rows.iter().any(|r| r.part.is_some() || r.whole.is_some());
    // Below 420 px counts give way first: they stay in the tooltip and the table.
    let counts = any_count && draft.width >= 420.0;
    let count_width = if counts {
        widest(count, &|r| ranking_table::counts_text(lang, r)).min(inner * 0.3) + 14.0
    } else {
        0.0
    };
    let bar_left = draft.left() + label_width + 8.0;
    let bar_width = (draft.right() - count_width - rate_width - 8.0 - bar_left).max(40.0);
    Columns {
        label: label_width,
        bar_left,
        bar_width,
        rate_left: bar_left + bar_width + 8.0,
        counts,
    }
}

fn chart(draft: &mut Draft, rows: &[Row], metric: Metric, target: Option<&RateFigure>) {
    let (lang, theme, sizes) = (draft.lang, draft.theme, draft.sizes);
    let (label, rate, count) = (
        draft.ink(sizes.label),
        draft.bold(sizes.label),
        draft.mute(sizes.count),
    );
    let columns = columns(draft, rows, label, rate, count);
    let target_value = target.and_then(|t| t.value);
    let high = rows
        .iter()
        .filter_map(|r| r.rate.value)
        .chain(target_value)
        .fold(1.0, f64::max);
    if target_value.is_some() {
        draft.y += draft.mute(sizes.count).line_height();
    }
    let top = draft.y;
    let count_rows = rows.len() as f64;
    let area = Rect::from_css(
        columns.bar_left,
        top,
        columns.bar_width,
        sizes.row * count_rows,
    );
    let plot = Plot::new(area, Span::new(0.0, high), Span::new(0.0, count_rows));
    let inset = (1.0 - sizes.bar / sizes.row) / 2.0;
    for (index, row) in rows.iter().enumerate() {
        let (from, to) = (index as f64 + inset, index as f64 + 1.0 - inset);
        match row.rate.value {
            Some(value) => {
                plot.rect((0.0, from), (high, to), Fill::Solid(theme.track), 0.0, 0);
                if value > 0.0 {
                    let key = u64::try_from(index).unwrap_or(0).saturating_add(1);
                    plot.rect(
                        (0.0, from),
                        (value, to),
                        Fill::Solid(theme.accent),
                        2.0,
                        key,
                    );
                }
            }
            None => plot.rect((0.0, from), (high, to), draft.missing(), 0.0, 0),
        }
    }
    if high > 1.0 + 1e-9 {
        // Where a rate goes beyond it, the whole is a line of its own.
        let line = Stroke {
            color: theme.mute,
            width: Px::from_css(1.0),
            dash: Px(0),
        };
        plot.line(&[(1.0, 0.0), (1.0, count_rows)], line);
    }
    if let Some(value) = target_value {
        let line = Stroke {
            color: theme.target,
            width: Px::from_css(1.5),
            dash: Px::from_css(4.0),
        };
        plot.line(&[(value, 0.0), (value, count_rows)], line);
    }
    let target_x = target_value.map(|t| plot.locate((t, 0.0)).x.css());
    draft.extend(plot.into_marks());
    if let (Some(target), Some(x)) = (target, target_x) {
        let set = Type {
            size: sizes.count,
            weight: Weight::Regular,
            color: theme.target,
        };
        let text = [
            lang.pick("目标|目標|Target "),
            &*wording::rate(lang, target),
        ]
        .concat();
        let half = set.width(&text) / 2.0;
        let x = x.min(draft.right() - half).max(draft.left() + half);
        draft.text(&text, (x, top - 5.0), Anchor::Middle, set);
    }
    for (index, row) in rows.iter().enumerate() {
        let y = top + sizes.row * index as f64;
        let baseline = |set: Type| y + set.baseline_in(sizes.row);
        let name = label.shorten(&row.name, columns.label);
        draft.text(&name, (draft.left(), baseline(label)), Anchor::Left, label);
        let text = rate.shorten(&wording::rate(lang, &row.rate), draft.inner() * 0.28);
        draft.text(
            &text,
            (columns.rate_left, baseline(rate)),
            Anchor::Left,
            rate,
        );
        if columns.counts {
            let text = count.shorten(&ranking_table::counts_text(lang, row), draft.inner() * 0.3);
            draft.text(
                &text,
                (draft.right(), baseline(count)),
                Anchor::Right,
                count,
            );
        }
        draft.hit(Hit {
            rect: Rect::from_css(0.0, y, draft.width, sizes.row),
            mark: None,
            id: row.id.clone(),
            label: row.name.clone(),
            lines: ranking_table::lines(lang, metric, row),
            row: Some(index),
        });
    }
    draft.y = top + sizes.row * count_rows;
}
