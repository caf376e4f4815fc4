//! Rows of figures: label, bar or units, figure; and what is told of them: tooltips, table,
//! sentence. The kinds that count fill in a [`Chart`] and draw nothing themselves.

use super::key::{self, Sign};
use super::{frame, wording};
use crate::figures::Count;
use crate::scene::plot::{Plot, Span};
use crate::scene::{Anchor, Draft, Fill, Hit, Rect, Type};
use crate::style::{Lang, number};
use crate::widgets::Input;

/// A stretch of a bar or, with a sign, so many of that.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// From and to on the chart's scale.
    pub from: f64,
    /// See `from`.
    pub to: f64,
    /// Top and bottom within the bar, 0 to 1.
    pub across: (f64, f64),
    /// Inside.
    pub fill: Fill,
    /// One a unit, in tens, in place of a bar.
    pub sign: Option<Sign>,
    /// Which of the row's cells stands at the part's end where it fits in, never the first; 0 for
    /// none.
    pub cell: usize,
}

impl Part {
    /// A part as thick as the bar, with no text.
    #[must_use]
    pub fn new(from: f64, to: f64, fill: Fill) -> Part {
        Part {
            from,
            to,
            across: (0.0, 1.0),
            fill,
            sign: None,
            cell: 0,
        }
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Code, id or name; empty for the whole.
    pub id: String,
    /// Before the label.
    pub sign: Option<Sign>,
    /// The label, and the first of the table's cells.
    pub name: String,
    /// The table's other cells.
    pub cells: Vec<String>,
    /// The tooltip's lines; where there are none, it tells the cells.
    pub lines: Vec<String>,
    /// Bold at the body's end.
    pub figure: String,
    /// Muted at the right edge; below 420 px it gives way to the figure.
    pub more: String,
    /// Between label and figure: a bar, drawn in order, or units.
    pub parts: Vec<Part>,
    /// Stands there in place of a bar.
    pub words: String,
}

/// Where label, body and figure stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Layout {
    /// On one line.
    #[default]
    Beside,
    /// On one line where none is cut there, else stacked.
    Fit,
    /// The body below label and figure.
    Stacked,
    /// Label and units close together, as many abreast as there is room for, the units' columns
    /// numbered.
    Blocks,
}

/// Rows and all that stands around them.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// What is shown.
    pub title: &'static str,
    /// What is measured, in which unit.
    pub what: &'static str,
    /// Said in place of the rows where there are none.
    pub why: &'static str,
    /// What the signs mean.
    pub key: Vec<(Sign, &'static str)>,
    /// Lines above the rows.
    pub notes: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// How many more there are than `rows` holds.
    pub beyond: usize,
    /// Where label, body and figure stand.
    pub layout: Layout,
    /// End of the bars' scale.
    pub high: f64,
    /// A line through all bars at 1, where the scale goes beyond it.
    pub whole: bool,
    /// A dashed line through all bars, and what stands above it; empty for none.
    pub target: (f64, String),
    /// Above what stands at the right edge, which then does not give way below 420 px.
    pub more_head: &'static str,
}

impl Chart {
    /// Without rows. `words` are title, what is measured, why there may be nothing, and the heads of
    /// the table's columns, with tabs between.
    #[must_use]
    pub fn new(draft: &mut Draft, words: &'static str) -> Chart {
        let mut chart = Chart::default();
        let mut words = draft.lang.pick(words).split('\t');
        for text in [&mut chart.title, &mut chart.what, &mut chart.why] {
            *text = words.next().unwrap_or_default();
        }
        for head in words {
            draft.table.head.push(head.to_owned());
        }
        chart.high = 1e-6;
        chart
    }

    /// Explains those signs that are drawn: a bit each, the lowest for the first.
    pub fn explain(&mut self, lang: Lang, mut drawn: u32, signs: &[Sign], words: &[&'static str]) {
        for (sign, words) in signs.iter().zip(words) {
            if drawn & 1 > 0 {
                self.key.push((*sign, lang.pick(words)));
            }
            drawn >>= 1;
        }
    }

    /// Makes the scale long enough for a count, with room for what a bound leaves open.
    pub fn fit(&mut self, count: Option<&Count>) {
        if let Some(count) = count {
            self.high = self.high.max(count.value * 1.04);
        }
    }
}

impl Row {
    /// With its id and name.
    #[must_use]
    pub fn new(id: &str, name: &str) -> Row {
        Row {
            id: id.to_owned(),
            sign: None,
            name: name.to_owned(),
            cells: Vec::new(),
            lines: Vec::new(),
            figure: String::new(),
            more: String::new(),
            parts: Vec::new(),
            words: String::new(),
        }
    }

    /// A count with its name.
    #[must_use]
    pub fn of(lang: Lang, name: &str, count: Option<&Count>) -> Row {
        let mut row = Row::new(name, name);
        row.figure = wording::optional_count(lang, count);
        row.cells.push(row.figure.clone());
        row
    }

    /// Tells its figure in the sentence.
    pub fn tell(&self, draft: &mut Draft) {
        frame::tell(draft, wording::named(draft.lang, &self.name, &self.figure));
    }

    /// Adds a part as thick as the bar.
    pub fn part(&mut self, from: f64, to: f64, fill: Fill) {
        self.parts.push(Part::new(from, to, fill));
    }

    /// Adds so many units.
    pub fn units(&mut self, count: f64, sign: Sign) {
        let mut part = Part::new(0.0, count, Fill::NONE);
        part.sign = Some(sign);
        self.parts.push(part);
    }

    /// Adds a cell.
    pub fn cell(&mut self, text: &str) {
        self.cells.push(text.to_owned());
    }

    /// Adds a cell with a computed share.
    pub fn share(&mut self, share: Option<f64>) {
        let share = share.map(number::percent_computed);
        self.cell(share.as_deref().unwrap_or(wording::MISSING));
    }
}

/// The whole widget.
pub fn show(draft: &mut Draft, input: &Input, mut chart: Chart) {
    frame::open(draft, input, chart.title, chart.what);
    if chart.rows.is_empty() {
        frame::nothing_to_draw(draft, chart.why);
    } else {
        for note in &chart.notes {
            let set = draft.ink(draft.sizes.label);
            draft.paragraph(note, set, 2);
        }
        if !chart.notes.is_empty() {
            draft.y += 4.0;
        }
        if !chart.key.is_empty() {
            key::draw(draft, &chart.key);
            draft.y += 8.0;
        }
        draw(draft, input, &chart);
    }
    for row in &mut chart.rows {
        row.cells.insert(0, std::mem::take(&mut row.name));
        draft.table.rows.push(std::mem::take(&mut row.cells));
    }
    frame::close(draft, input);
}

/// The rows up to the limit, and how many more there are.
pub fn draw(draft: &mut Draft, input: &Input, chart: &Chart) {
    let count = chart.rows.len().min(input.options.limit);
    let rows = chart.rows.get(..count).unwrap_or_default();
    if chart.layout == Layout::Blocks {
        blocks(draft, rows);
    } else {
        lines(draft, chart, rows);
    }
    let cut = chart.rows.len().saturating_sub(count);
    frame::left_out(draft, cut.saturating_add(chart.beyond));
}

fn hit(draft: &mut Draft, row: &Row, index: usize, rect: Rect) {
    let lang = draft.lang;
    let mut lines = Vec::new();
    for line in &row.lines {
        lines.push(line.clone());
    }
    if lines.is_empty() {
        for (head, cell) in draft.table.head.iter().skip(1).zip(&row.cells) {
            lines.push(wording::colon(lang, head, cell));
        }
    }
    draft.hit(Hit {
        rect,
        mark: None,
        id: row.id.clone(),
        label: row.name.clone(),
        lines,
        row: Some(index),
    });
}

/// The room that signs take before the labels.
fn gutter(draft: &Draft, rows: &[Row]) -> f64 {
    if rows.iter().any(|row| row.sign.is_some()) {
        draft.sizes.label + 6.0
    } else {
        0.0
    }
}

fn lines(draft: &mut Draft, chart: &Chart, rows: &[Row]) {
    let sizes = draft.sizes;
    let (name, figure, more) = (
        draft.ink(sizes.label),
        draft.bold(sizes.label),
        draft.mute(sizes.count),
    );
    let inner = draft.inner();
    let (mut name_width, mut figure_width, mut more_width) = (0.0, 0.0, 0.0);
    for row in rows {
        name_width = f64::max(name_width, name.width(&row.name));
        figure_width = f64::max(figure_width, figure.width(&row.figure));
        more_width = f64::max(more_width, more.width(&row.more));
    }
    let gutter = gutter(draft, rows);
    let cut = name_width > inner * 0.32 - gutter || figure_width > inner * 0.42;
    let stacked = chart.layout == Layout::Stacked || (chart.layout == Layout::Fit && cut);
    name_width = name_width.min(inner * 0.32);
    // Below 420 px what is said besides gives way to the figure: it stays in the tooltip and the table.
    more_width = more_width.min(inner * 0.3);
    let head_width = more.width(chart.more_head);
    more_width = more_width.max(head_width);
    let mut most = inner * if more_width > 0.0 { 0.28 } else { 0.42 };
    figure_width = figure_width.min(most);
    if more_width > 0.0 {
        let narrow = draft.width < 420.0 && figure_width > 0.0 && head_width == 0.0;
        more_width = if stacked || narrow {
            0.0
        } else {
            more_width + 14.0
        };
    }
    let (mut left, mut width) = (draft.left(), inner);
    let name_left = left + gutter;
    if !stacked {
        left = name_left + name_width + 8.0;
        width = (draft.right() - more_width - figure_width - 8.0 - left).max(40.0);
    }
    let (target, target_text) = &chart.target;
    if head_width > 0.0 || !target_text.is_empty() || chart.whole {
        draft.y += more.line_height();
    }
    let top = draft.y;
    draft.text(
        chart.more_head,
        (draft.right(), top - 5.0),
        Anchor::Right,
        more,
    );
    let mut line = sizes.row;
    let mut thick = sizes.bar;
    let mut air = (sizes.row - sizes.label + 1.0) / 2.0;
    let (mut figure_at, mut anchor, mut most_lines) = (left + width + 8.0, Anchor::Left, 1);
    if stacked {
        (line, thick, air) = (name.line_height(), sizes.bar * 0.75, 4.0);
        (figure_at, anchor, most_lines) = (draft.right(), Anchor::Right, 2);
        most = inner * 0.6;
    }
    for (index, row) in rows.iter().enumerate() {
        let start = draft.y;
        if let Some(sign) = row.sign {
            let middle = (draft.left() + name.size / 2.0, start + line / 2.0);
            key::sign(draft, sign, middle, name.size);
        }
        let text = figure.shorten(&row.figure, most);
        draft.label(&text, (figure_at, start), line, anchor, figure);
        if stacked {
            name_width = draft.right() - name_left - figure.width(&text) - 12.0;
        }
        draft.y += (line - name.line_height()) / 2.0;
        draft.column(&row.name, (name_left, name_width), name, most_lines);
        draft.y = match stacked {
            true => draft.y.max(start + line),
            false => start,
        };
        if more_width > 0.0 {
            let at = (draft.right(), start);
            within(
                draft,
                &row.more,
                at,
                (inner * 0.3, line),
                Anchor::Right,
                more,
            );
        }
        let top = draft.y;
        if row.parts.first().is_some_and(|part| part.sign.is_some()) {
            // A symbol needs more of its cell to be read than a dot.
            let share = row.sign.map_or(0.75, |_| 0.8125);
            // Level with the label.
            draft.y = units(draft, &row.parts, (left, top + air, width), share) + 4.0;
        } else if !row.words.is_empty() {
            let at = (left, draft.y);
            within(draft, &row.words, at, (width, line), Anchor::Left, more);
        } else if !stacked || !row.parts.is_empty() {
            let height = if stacked { thick + 8.0 } else { line };
            let key = (index as u64).saturating_add(1);
            let (across, size) = ((left, width), (thick, chart.high));
            bar_parts(
                draft,
                (&row.parts, &row.cells),
                across,
                (top, height),
                size,
                key,
            );
            draft.y = top + height;
        }
        draft.y = f64::max(draft.y, start + line);
        if stacked {
            draft.y += 8.0;
        }
        let rect = Rect::from_css(0.0, start, draft.width, draft.y - start);
        hit(draft, row, index, rect);
    }
    let x = |at: f64| left + at / chart.high * width;
    if chart.whole {
        draft.line((x(1.0), top), (x(1.0), draft.y), draft.theme.mute, 1.0, 0.0);
        if target_text.is_empty() {
            draft.text("100%", (x(1.0), top - 5.0), Anchor::Middle, more);
        }
    }
    if !target_text.is_empty() {
        let (x, color) = (x(*target), draft.theme.target);
        draft.line((x, top), (x, draft.y), color, 1.5, 4.0);
        let set = more.colored(color);
        let half = set.width(target_text) / 2.0;
        let x = x.min(draft.right() - head_width - half);
        let at = (x.max(draft.left() + half), top - 5.0);
        draft.text(target_text, at, Anchor::Middle, set);
    }
}

/// A text within a row: in two lines where it is long.
fn within(
    draft: &mut Draft,
    text: &str,
    (x, mut y): (f64, f64),
    (width, height): (f64, f64),
    anchor: Anchor,
    set: Type,
) {
    let lines = set.wrap(text, width, 2);
    let step = height / lines.len().max(1) as f64;
    for line in &lines {
        draft.label(line, (x, y), step, anchor, set);
        y += step;
    }
}

/// Draws the parts of a bar `thick` CSS pixels thick, in the middle of `(top, height)`, with those of
/// the row's cells that stand in it.
pub fn bar_parts(
    draft: &mut Draft,
    (parts, cells): (&[Part], &[String]),
    (left, width): (f64, f64),
    (top, height): (f64, f64),
    (thick, high): (f64, f64),
    mut key: u64,
) {
    let area = Rect::from_css(left, top + (height - thick) / 2.0, width, thick);
    let plot = Plot::new(area, Span::new(0.0, high), Span::new(0.0, 1.0));
    let track = Fill::solid(draft.theme.track);
    for (index, part) in parts.iter().enumerate() {
        let data = part.fill.color().is_some() && part.fill != track;
        let last = index.saturating_add(1) == parts.len();
        let round = if data && last { 2.0 } else { 0.0 };
        let named = if data { key } else { 0 };
        let corners = ((part.from, part.across.0), (part.to, part.across.1));
        plot.rect(draft, corners, part.fill, round, named);
        if data {
            // The next part of the same row.
            key = key.saturating_add(1 << 32);
        }
    }
    let set = draft.mute(draft.sizes.count);
    for part in parts {
        let x = |at: f64| plot.locate((at, 0.0)).x.css();
        let (from, to) = (x(part.from), x(part.to));
        if part.cell > 0
            && let Some(color) = part.fill.color()
            && let Some(text) = cells.get(part.cell)
            && set.width(text) + 8.0 <= to - from
        {
            let set = set.colored(draft.theme.text_on(color));
            draft.label(text, (to - 4.0, top), height, Anchor::Right, set);
        }
    }
}

/// One sign a unit, in tens, so that they can be counted, each across that share of its cell; the
/// bottom.
fn units(draft: &mut Draft, groups: &[Part], (x, y, width): (f64, f64, f64), share: f64) -> f64 {
    let pitch = (draft.sizes.label - 1.0).min((width + 2.0) / 10.0);
    let tens = 10.0 * pitch + 4.0;
    let across = 10.0 * ((width + 4.0) / tens).floor().clamp(1.0, 5.0);
    let (mut at, mut bottom) = (0.0, y);
    for group in groups {
        let end = at + group.to;
        while let Some(sign) = group.sign
            && at < end
        {
            // By hand: the remainder of floats brings 1.8 kB of code to the browser.
            let row = f64::floor(at / across);
            let column = at - row * across;
            let middle = (
                x + column * pitch + (column / 10.0).floor() * 4.0 + pitch / 2.0 - 1.0,
                y + (row + 0.5) * pitch,
            );
            bottom = y + (row + 1.0) * pitch;
            key::sign(draft, sign, middle, pitch * share);
            at += 1.0;
        }
    }
    bottom
}

fn blocks(draft: &mut Draft, rows: &[Row]) {
    let (name, head) = (draft.ink(draft.sizes.label), draft.bold(draft.sizes.count));
    let columns = draft.table.head.len().saturating_sub(1) as f64;
    let (line, cell, gap) = (name.line_height() + 3.0, name.size + 7.0, 28.0);
    let cells = cell * columns + 4.0;
    let inner = draft.inner();
    let widest = rows.iter().map(|row| name.width(&row.name));
    // Names of up to seven characters stand whole; longer ones are not to cost a column.
    let most = (inner - cells).clamp(40.0, name.size * 7.0);
    let name_width = widest.fold(0.0, f64::max).min(most);
    let abreast = ((inner + gap) / (name_width + cells + gap))
        .floor()
        .max(1.0);
    let deep = (rows.len() as f64 / abreast).ceil();
    draft.y += 12.0;
    let top = draft.y;
    for (index, row) in rows.iter().enumerate() {
        let block = f64::floor(index as f64 / deep);
        let place = index as f64 - block * deep;
        let x = draft.left() + (inner + gap) / abreast * block;
        let y = top + line * (place + 1.0);
        let text = name.shorten(&row.name, name_width);
        draft.text(&text, (x, y + name.baseline_in(line)), Anchor::Left, name);
        let mut middle = x + name_width + 4.0 + cell / 2.0;
        for part in &row.parts {
            if place == 0.0 {
                let digit = number::amount(part.to);
                let at = (middle, top + head.baseline_in(line));
                draft.text(&digit, at, Anchor::Middle, head);
            }
            if let Some(sign) = part.sign {
                key::sign(draft, sign, (middle, y + line / 2.0), name.size * 0.72);
            }
            middle += cell;
        }
        let rect = Rect::from_css(x - 4.0, y, name_width + cells + 4.0, line);
        hit(draft, row, index, rect);
        draft.y = f64::max(draft.y, y + line);
    }
}
