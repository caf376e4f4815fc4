//! The figures as a table: every column that the feed has something in. In the browser a real
//! table lies over the picture.

use super::Input;
use super::parts::{frame, ranking_table, wording};
use crate::figures::{Column, Figure, Line, Metric, Sheet, Sort, unit};
use crate::scene::{Anchor, Draft, Grid, Px, Rect, Table, Type};
use crate::style::{Color, Lang};

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
        options.order,
    );
    let states = sheet.rows.is_empty();
    let what = match states {
        true => lang.pick("时间|時間|Date"),
        false => wording::rows_name(lang, &sheet.rows, sheet.by_category),
    };
    let title = match (states, lang.is_chinese()) {
        (true, _) => lang.pick("历次进度|歷次進度|Progress over time").to_owned(),
        (_, true) => ["各", what, lang.pick("建设进度|建設進度|")].concat(),
        (_, false) => ["Progress by ", &what.to_ascii_lowercase()].concat(),
    };
    frame::open(draft, input, &title, &frame::subtitle(input, ""));
    let mut table = text(lang, &sheet, what);
    table.caption = frame::caption(input, &title);
    let alt = ranking_table::sentence(lang, &sheet.rows, &table.caption);
    if sheet.columns.is_empty() {
        table.rows.clear();
        let why = lang.pick("数据中没有可以列表的数字。|數據中沒有可以列表的數字。|The feed has no figures for a table.");
        frame::nothing_to_draw(draft, why);
    } else {
        let rows = table.rows.len();
        let shown = match options.limit_given {
            true => options.limit,
            false if rows > SHOWN_AT_MOST => SHOWN_OF_MORE,
            false => rows,
        };
        let texts = table.head.len().saturating_sub(sheet.columns.len());
        let mut order = options.order;
        if order.is_none() && options.sort == Sort::Value && !states {
            order =
                Some((1, true)).filter(|_| sheet.columns.first() == Some(&Column::Rate(metric)));
        }
        picture(
            draft,
            &table,
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
    draft.tell(table, alt);
}

/// The sheet in words and figures as published.
fn text(lang: Lang, sheet: &Sheet, what: &str) -> Table {
    let mut parents = sheet.lines.iter().skip(usize::from(sheet.total));
    let first = parents.next().map(|line| line.parent);
    // One parent for all says nothing.
    let with_parent = parents.any(|line| Some(line.parent) != first);
    let mut head = vec![what.to_owned()];
    if with_parent {
        head.push(lang.pick("所属|所屬|Part of").to_owned());
    }
    // Of investments, the unit stands in the head where all have the same, else in the cells.
    let money = sheet.lines.iter().find_map(|line| unit(line.whole));
    for column in &sheet.columns {
        let metric = column.metric();
        let name = match column {
            Column::Rate(_) => wording::metric_name(lang, metric),
            Column::Part(_) => wording::part_name(lang, metric),
            Column::Whole(_) => wording::whole_name(lang, metric),
            Column::Accepted => lang.pick("已验收|已驗收|Accepted"),
        };
        let unit = match (column, metric) {
            (Column::Rate(_), _) => "",
            (_, Metric::Investment) if sheet.units_differ => "",
            _ => wording::unit(lang, metric, money.filter(|_| metric == Metric::Investment)),
        };
        head.push(wording::with_unit(lang, name, unit));
    }
    let row = |(index, line): (usize, &Line)| {
        let mut cells = vec![match line.day {
            Some(day) => wording::day(lang, day),
            None if index == 0 && sheet.total => lang.pick("合计|合計|Total").to_owned(),
            None => line.name.to_owned(),
        }];
        if with_parent {
            cells.push(line.parent.to_owned());
        }
        cells.extend(sheet.columns.iter().map(|column| {
            let own = sheet.units_differ && column.metric() == Metric::Investment;
            match column.figure(line.whole) {
                Figure::Count(count) => {
                    let unit = unit(line.whole).filter(|_| own).unwrap_or_default();
                    wording::count_with_unit(lang, count, unit)
                }
                Figure::Rate(rate) => wording::rate(lang, &rate),
                Figure::Missing => wording::MISSING.to_owned(),
            }
        }));
        cells
    };
    Table {
        caption: String::new(),
        head,
        rows: sheet.lines.iter().enumerate().map(row).collect(),
    }
}

/// Draws as many rows as are to be shown, and as many columns as there is room for.
fn picture(draft: &mut Draft, table: &Table, shown: usize, left_out: usize, mut grid: Grid) {
    let (sizes, mute, rule_color) = (draft.sizes, draft.theme.mute, draft.theme.grid);
    let (head, bold) = (draft.mute(sizes.count), draft.bold(sizes.label));
    let inner = draft.inner();
    let gap = |column: usize| if column > 0 { GAP } else { 0.0 };
    let mut widths: Vec<f64> = Vec::new();
    for (column, name) in table.head.iter().enumerate() {
        let texts = table.rows.iter().filter_map(|row| row.get(column));
        let cells = texts.map(|text| bold.width(text)).fold(0.0, f64::max);
        let lines = head_lines(head, name, cells.max(head.size * HEAD_EM));
        let lines = lines.iter().map(|line| head.width(line));
        let most = inner * if column < grid.texts { 0.4 } else { 1.0 };
        widths.push(lines.fold(cells, f64::max).min(most) + gap(column));
    }
    let mut used = 0.0;
    let fits = |width: &&f64| {
        used += **width;
        used <= inner + 0.1
    };
    let drawn = widths.iter().take_while(fits).count().max(1);
    let used: f64 = widths.iter().take(drawn).sum();
    let extra = (inner - used).max(0.0) / drawn as f64;
    for width in widths.iter_mut().take(drawn) {
        *width += extra;
    }

    let heads: Vec<Vec<String>> = widths
        .iter()
        .zip(&table.head)
        .enumerate()
        .map(|(column, (width, name))| head_lines(head, name, width - gap(column)))
        .collect();
    let lines = heads.iter().map(Vec::len).max().unwrap_or(1);
    let height = head.line_height();
    let head_height = height * lines as f64 + 8.0;
    let top = draft.y;
    let texts = grid.texts;
    let cell = |draft: &mut Draft, column: usize, text: &str, y: f64, height: f64, set: Type| {
        let left: f64 = draft.left() + widths.iter().take(column).sum::<f64>();
        let width = widths.get(column).copied().unwrap_or_default();
        let (x, anchor) = match column < texts {
            true => (left + gap(column), Anchor::Left),
            false => (left + width, Anchor::Right),
        };
        let text = set.shorten(text, width - gap(column) + 0.1);
        draft.text(&text, (x, y + set.baseline_in(height)), anchor, set);
    };
    for (column, lines) in heads.iter().take(drawn).enumerate() {
        let sorted = grid.order.is_some_and(|(by, _)| by == column);
        let set = if sorted { draft.ink(head.size) } else { head };
        let mut y = top + head_height - 4.0;
        for line in lines.iter().rev() {
            y -= height;
            cell(draft, column, line, y, height, set);
        }
    }
    draft.y += head_height;
    rule(draft, mute);
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
        rule(draft, rule_color);
    }
    grid.rect = Rect::from_css(draft.left(), top, inner, draft.y - top);
    grid.head = Px::from_css(head_height);
    grid.columns = widths.iter().map(|width| Px::from_css(*width)).collect();
    draft.grid(grid);
    let rows = table.rows.len().saturating_sub(shown);
    let more = more(
        draft.lang,
        rows.saturating_add(left_out),
        drawn < widths.len(),
    );
    if !more.is_empty() {
        draft.y += 6.0;
        draft.paragraph(&more, head, 2);
    }
    if left_out > 0 {
        let words = "@行超出表格的上限|@ rows are beyond what a table holds";
        draft.remark(draft.lang.number(words, left_out as f64));
    }
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

/// A rule along the bottom of what was drawn last.
fn rule(draft: &mut Draft, color: Color) {
    let y = draft.y - 0.5;
    draft.line((draft.left(), y), (draft.right(), y), color, 1.0, 0.0);
}

/// What the picture has no room for.
fn more(lang: Lang, rows: usize, columns: bool) -> String {
    let rows = match rows {
        0 => String::new(),
        rows => lang.number("另有@行|@ more rows", rows as f64),
    };
    let columns = match columns {
        true => lang.pick("列未全部列出|not all columns are shown"),
        false => "",
    };
    wording::clauses(lang, &[&rows, columns])
}
