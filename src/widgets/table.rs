//! The figures as a table: every column that the feed has something in. In the browser a real
//! table lies over the picture.

use super::Input;
use super::parts::{frame, ranking_table, wording};
use crate::figures::{Column, Metric, RateFigure, Sheet, Sort, unit};
use crate::scene::{Anchor, Draft, Grid, Px, Rect, Type};
use crate::style::cat;

/// So many rows are shown where the page asks for no number.
const SHOWN_AT_MOST: usize = 40;
/// And so many of more than those.
const SHOWN_OF_MORE: usize = 15;
/// Space before a column.
const GAP: f64 = 16.0;
/// Widest head on one line, in font sizes: 已完成投资.
const HEAD_EM: f64 = 5.2;

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, options) = (draft.lang, input.options);
    let metric = options.metric;
    let sheet = Sheet::of(
        input.feed,
        &options.selection,
        metric,
        options.sort,
        options.since.unwrap_or(i32::MAX),
        options.order,
    );
    let states = sheet.rows.is_empty();
    let what = match states {
        true => lang.pick("时间|時間|Date"),
        false => wording::rows_name(lang, &sheet.rows, sheet.by_category),
    };
    let title = match (states, lang.is_chinese()) {
        (true, _) => lang.text("历次进度|歷次進度|Progress over time"),
        (_, true) => cat("各", what, lang.pick("建设进度|建設進度|")),
        (_, false) => cat("Progress by ", &what.to_ascii_lowercase(), ""),
    };
    frame::open(draft, input, &title, "");
    text(draft, input, &sheet, what);
    ranking_table::tell(draft, &sheet.rows);
    if sheet.columns.is_empty() {
        draft.table.rows.clear();
        let why = "数据中没有可以列表的数字。|數據中沒有可以列表的數字。|The feed has no figures for a table.";
        frame::nothing_to_draw(draft, why);
    } else {
        let rows = draft.table.rows.len();
        let shown = match options.limit_given {
            true => options.limit,
            false if rows > SHOWN_AT_MOST => SHOWN_OF_MORE,
            false => rows,
        };
        let texts = draft.table.head.len().saturating_sub(sheet.columns.len());
        let mut order = options.order;
        if order.is_none() && options.sort == Sort::Value && !states {
            order =
                Some((1, true)).filter(|_| sheet.columns.first() == Some(&Column::Rate(metric)));
        }
        picture(
            draft,
            shown.min(rows),
            sheet.left_out,
            Grid {
                table: 0,
                rect: Rect::default(),
                head: Px(0),
                row: Px::from_css(draft.sizes.row),
                sizes: (
                    Px::from_css(draft.sizes.label),
                    Px::from_css(draft.sizes.count),
                ),
                columns: Vec::new(),
                texts,
                total: sheet.total,
                order: order.map(|(place, descending)| match place.checked_sub(1) {
                    Some(figure) => (figure.saturating_add(texts), descending),
                    None => (0, descending),
                }),
                colors: [
                    draft.theme.ink,
                    draft.theme.mute,
                    draft.theme.ground,
                    draft.theme.grid,
                ],
            },
        );
    }
    frame::close(draft, input);
}

/// The sheet in words and figures as published.
fn text(draft: &mut Draft, input: &Input, sheet: &Sheet, what: &str) {
    let lang = draft.lang;
    let parents = sheet.lines.get(usize::from(sheet.total)..);
    let parents = parents.unwrap_or_default();
    // One parent for all says nothing.
    let with_parent = parents
        .iter()
        .any(|line| Some(line.parent) != parents.first().map(|line| line.parent));
    let mut head = frame::cells(&[what]);
    if with_parent {
        head.push(lang.text("所属|所屬|Part of"));
    }
    // Of investments, the unit stands in the head where all have the same, else in the cells.
    let money = sheet.lines.iter().find_map(|line| unit(line.whole));
    for column in &sheet.columns {
        let metric = column.metric();
        let mut unit = wording::unit(lang, metric, money);
        if metric == Metric::Investment && sheet.units_differ {
            unit = "";
        }
        let since;
        let name = match column {
            Column::Rate(_) => {
                unit = "";
                wording::metric_name(lang, metric)
            }
            Column::Change(_) => {
                unit = lang.pick("个百分点|個百分點|points");
                let day = sheet.since.unwrap_or(input.feed.as_of);
                since = lang.fill(
                    "较|較|Since ",
                    &wording::near_day(lang, day, input.feed.as_of),
                );
                &since
            }
            Column::Part(_) => wording::part_name(lang, metric),
            Column::Whole(_) => wording::whole_name(lang, metric),
            Column::Accepted => lang.pick("已验收|已驗收|Accepted"),
        };
        head.push(wording::with_unit(lang, name, unit));
    }
    for (index, line) in sheet.lines.iter().enumerate() {
        let mut cells = Vec::new();
        cells.push(match line.day {
            Some(day) => wording::day(lang, day),
            None if index == 0 && sheet.total => lang.text("合计|合計|Total"),
            None => line.name.to_owned(),
        });
        if with_parent {
            cells.push(line.parent.to_owned());
        }
        for column in &sheet.columns {
            let own = sheet.units_differ && column.metric() == Metric::Investment;
            let unit = unit(line.whole).filter(|_| own).unwrap_or_default();
            cells.push(match column {
                Column::Rate(metric) => wording::rate(lang, &RateFigure::of(line.whole, *metric)),
                Column::Change(_) => wording::points(line.change, ""),
                _ => wording::amount(lang, column.count(line.whole), unit),
            });
        }
        draft.table.rows.push(cells);
    }
    draft.table.head = head;
}

/// Draws as many rows as are to be shown, and as many columns as there is room for.
fn picture(draft: &mut Draft, shown: usize, left_out: usize, mut grid: Grid) {
    let table = std::mem::take(&mut draft.table);
    let (sizes, lang) = (draft.sizes, draft.lang);
    let (head, bold) = (draft.mute(sizes.count), draft.bold(sizes.label));
    let (inner, top, texts) = (draft.inner(), draft.y, grid.texts);
    let gap = |column: usize| if column > 0 { GAP } else { 0.0 };
    let mut widths: Vec<f64> = Vec::new();
    // How many columns have room, and how much of it they take.
    let (mut drawn, mut used) = (0, 0.0);
    for (column, name) in table.head.iter().enumerate() {
        let mut widest = 0.0;
        for row in &table.rows {
            let text = row.get(column).map_or("", String::as_str);
            widest = f64::max(widest, bold.width(text));
        }
        for line in &head_lines(head, name, widest.max(head.size * HEAD_EM)) {
            widest = widest.max(head.width(line));
        }
        let most = match column < texts {
            // 0.6 of one column of texts, 0.4 of two.
            true => inner * (0.2 + 0.4 / texts as f64),
            false => inner,
        };
        let width = widest.min(most) + gap(column);
        widths.push(width);
        if drawn == column && (used + width <= inner + 0.1 || column == 0) {
            drawn = drawn.saturating_add(1);
            used += width;
        }
    }
    let extra = (inner - used).max(0.0) / drawn as f64;
    let mut left = draft.left();
    // Of each column, its left edge, its width, and the lines of its head: the real table shows
    // those too that have no room here.
    let mut columns = Vec::new();
    let mut lines = 1;
    for (column, (width, name)) in widths.iter_mut().zip(&table.head).enumerate() {
        if column < drawn {
            *width += extra;
        }
        let room = *width - gap(column);
        let heads = head_lines(head, name, room);
        lines = lines.max(heads.len());
        columns.push((left + gap(column), room, heads));
        left += *width;
        grid.columns.push(Px::from_css(*width));
    }
    let height = head.line_height();
    let head_height = height * lines as f64 + 8.0;
    let cell = |draft: &mut Draft, column: usize, text: &str, y: f64, height: f64, set: Type| {
        let Some((left, width, _)) = columns.get(column) else {
            return;
        };
        let (x, anchor) = match column < texts {
            true => (*left, Anchor::Left),
            false => (left + width, Anchor::Right),
        };
        draft.label(&set.shorten(text, width + 0.1), (x, y), height, anchor, set);
    };
    for (column, (_, _, heads)) in columns.iter().take(drawn).enumerate() {
        let sorted = grid.order.is_some_and(|(by, _)| by == column);
        let set = if sorted { draft.ink(head.size) } else { head };
        let mut y = top + head_height - 4.0;
        for line in heads.iter().rev() {
            y -= height;
            cell(draft, column, line, y, height, set);
        }
    }
    draft.y += head_height;
    draft.rule(draft.y - 0.5, draft.theme.mute);
    for (index, row) in table.rows.iter().take(shown).enumerate() {
        for (column, text) in row.iter().take(drawn).enumerate() {
            let set = match index {
                _ if text == wording::MISSING => draft.mute(sizes.label),
                0 if grid.total => bold,
                _ => draft.ink(sizes.label),
            };
            cell(draft, column, text, draft.y, sizes.row, set);
        }
        draft.y += sizes.row;
        draft.rule(draft.y - 0.5, draft.theme.grid);
    }
    grid.rect = Rect::from_css(draft.left(), top, inner, draft.y - top);
    grid.head = Px::from_css(head_height);
    draft.grid(grid);
    // What the picture has no room for.
    let more = table
        .rows
        .len()
        .saturating_sub(shown)
        .saturating_add(left_out);
    let mut text = String::new();
    if drawn < widths.len() {
        text = lang.text("部分列未列出|Not all columns are shown");
    }
    if more > 0 {
        let rows = lang.number("另有@行|@ more rows", more as f64);
        wording::clause(lang, &mut text, &rows);
    }
    if !text.is_empty() {
        draft.y += 6.0;
        draft.paragraph(&text, head, 2);
    }
    if left_out > 0 {
        let words = "@行超出表格的上限|@ rows are beyond what a table holds";
        draft.remark(lang.number(words, left_out as f64));
    }
    draft.table = table;
}

/// A head on one line or, where there is no room, with its unit on a line of its own.
fn head_lines(set: Type, name: &str, room: f64) -> Vec<String> {
    let unit = name.char_indices().find(|(_, c)| matches!(c, '（' | '('));
    let unit = unit.and_then(|(at, _)| name.split_at_checked(at));
    match unit {
        Some((name, unit)) if set.width(name) + set.width(unit) > room => {
            let mut lines = set.wrap(name, room, 3);
            lines.push(unit.to_owned());
            lines
        }
        _ => set.wrap(name, room, 4),
    }
}
