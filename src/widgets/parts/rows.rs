//! Rows of figures: label, bar or units, figure; and what is told of them: tooltips, table,
//! sentence. The kinds that count fill in a [`Chart`] and draw nothing themselves.

use super::key::{self, Sign};
use super::{frame, wording};
use crate::figures::Count;
use crate::scene::plot::{Plot, Span};
use crate::scene::{Anchor, Draft, Fill, Hit, Rect, Table};
use crate::style::{Color, Lang, number};
use crate::widgets::Input;

/// A stretch of a bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// From and to on the chart's scale.
    pub from: f64,
    /// See `from`.
    pub to: f64,
    /// Top and bottom within the bar, 0 to 1.
    pub across: (f64, f64),
    /// Inside. With [`Fill::NONE`] the text stands alone, from the left.
    pub fill: Fill,
    /// Stands at the part's end where it fits in.
    pub text: String,
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
            text: String::new(),
        }
    }
}

/// What stands between label and figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Parts, drawn in order.
    Bar(Vec<Part>),
    /// One sign a unit, in tens: how many of which.
    Units(Vec<(usize, Sign)>),
}

impl Default for Body {
    fn default() -> Body {
        Body::Bar(Vec::new())
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Row {
    /// Code, id or name; empty for the whole.
    pub id: String,
    /// Before the label.
    pub sign: Option<Sign>,
    /// The table's cells, the label first.
    pub cells: Vec<String>,
    /// The tooltip's lines; where there are none, it tells the cells.
    pub lines: Vec<String>,
    /// Bold at the body's end.
    pub figure: String,
    /// Muted at the right edge; below 420 px it gives way to the figure.
    pub more: String,
    /// Bar or units.
    pub body: Body,
}

/// Where label, body and figure stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Layout {
    /// On one line.
    #[default]
    Beside,
    /// The body below label and figure.
    Stacked,
    /// Label and units close together, as many abreast as there is room for, the units' columns
    /// numbered.
    Blocks,
}

/// A line through all bars.
#[derive(Clone, Debug, PartialEq)]
pub struct Guide {
    /// Where on the chart's scale.
    pub at: f64,
    /// Its colour.
    pub color: Color,
    /// Above it; a line with a text is dashed.
    pub text: String,
}

/// Rows and all that stands around them.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// What is shown.
    pub title: String,
    /// What is measured, in which unit.
    pub what: String,
    /// Said in place of the rows where there are none.
    pub why: &'static str,
    /// What the signs mean.
    pub key: Vec<(Sign, String)>,
    /// Lines above the rows.
    pub notes: Vec<String>,
    /// Heads of the table's columns.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// How many more there are than `rows` holds.
    pub beyond: usize,
    /// Where label, body and figure stand.
    pub layout: Layout,
    /// End of the bars' scale.
    pub high: f64,
    /// Lines through all bars.
    pub guides: Vec<Guide>,
    /// Above what stands at the right edge, which then does not give way below 420 px.
    pub more_head: &'static str,
    /// What the sentence says after the caption.
    pub clauses: Vec<String>,
}

impl Chart {
    /// Without rows. `words` are title, what is measured, why there may be nothing, and the heads of
    /// the table's columns, with tabs between.
    #[must_use]
    pub fn new(lang: Lang, words: &'static str) -> Chart {
        let mut words = lang.pick(words).split('\t');
        let mut word = || words.next().unwrap_or_default();
        Chart {
            title: word().to_owned(),
            what: word().to_owned(),
            why: word(),
            head: words.map(str::to_owned).collect(),
            high: 1e-6,
            ..Chart::default()
        }
    }

    /// Makes the scale long enough for a count, with room for what a bound leaves open.
    pub fn fit(&mut self, count: Option<&Count>) {
        if let Some(count) = count {
            self.high = self.high.max(count.value * 1.04);
        }
    }

    /// Tells a row's figure in the sentence.
    pub fn tell(&mut self, lang: Lang, row: &Row) {
        self.clauses
            .push(wording::named(lang, label(row), &row.figure));
    }
}

impl Row {
    /// A count with its name.
    #[must_use]
    pub fn of(lang: Lang, name: &str, count: Option<&Count>) -> Row {
        let figure = wording::optional_count(lang, count);
        Row {
            id: name.to_owned(),
            cells: frame::cells(&[name, &figure]),
            figure,
            ..Row::default()
        }
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
pub fn show(draft: &mut Draft, input: &Input, chart: Chart) {
    let subtitle = frame::subtitle(input, &chart.what);
    frame::open(draft, input, &chart.title, &subtitle);
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
            let entries: Vec<(Sign, &str)> = chart
                .key
                .iter()
                .map(|(sign, text)| (*sign, text.as_str()))
                .collect();
            key::draw(draft, &entries);
            draft.y += 8.0;
        }
        draw(draft, input, &chart);
    }
    frame::close(draft, input);
    let caption = frame::caption(input, &chart.title);
    let alt = frame::sentence(draft.lang, &caption, &chart.clauses);
    let rows = chart.rows.into_iter().map(|row| row.cells).collect();
    let head = chart.head;
    draft.tell(
        Table {
            caption,
            head,
            rows,
        },
        alt,
    );
}

/// Puts label and figure above the bars where they would be cut beside them.
pub fn stack_where_cut(draft: &Draft, chart: &mut Chart) {
    let (name, figure) = (draft.ink(draft.sizes.label), draft.bold(draft.sizes.label));
    let inner = draft.inner();
    let most = inner * 0.32 - gutter(draft, &chart.rows);
    let cut = |row: &Row| name.width(label(row)) > most || figure.width(&row.figure) > inner * 0.42;
    if chart.rows.iter().any(cut) {
        chart.layout = Layout::Stacked;
    }
}

/// The rows up to the limit, and how many more there are.
pub fn draw(draft: &mut Draft, input: &Input, chart: &Chart) {
    let count = chart.rows.len().min(input.options.limit);
    let rows = chart.rows.get(..count).unwrap_or_default();
    if chart.layout == Layout::Blocks {
        blocks(draft, chart, rows);
    } else {
        lines(draft, chart, rows);
    }
    let cut = chart.rows.len().saturating_sub(count);
    frame::left_out(draft, cut.saturating_add(chart.beyond));
}

fn hit(draft: &mut Draft, chart: &Chart, row: &Row, index: usize, rect: Rect) {
    let colon = draft.lang.pick("：|: ");
    let mut lines = row.lines.clone();
    if lines.is_empty() {
        let told = chart.head.iter().zip(&row.cells).skip(1);
        lines.extend(told.map(|(head, cell)| [&**head, colon, cell].concat()));
    }
    draft.hit(Hit {
        rect,
        mark: None,
        id: row.id.clone(),
        label: label(row).to_owned(),
        lines,
        row: Some(index),
    });
}

fn label(row: &Row) -> &str {
    row.cells.first().map_or("", String::as_str)
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
    let stacked = chart.layout == Layout::Stacked;
    let widest = |text: &dyn Fn(&Row) -> f64| rows.iter().map(text).fold(0.0, f64::max);
    let name_width = widest(&|row| name.width(label(row))).min(inner * 0.32);
    // Below 420 px what is said besides gives way to the figure: it stays in the tooltip and the table.
    let mut more_width = widest(&|row| more.width(&row.more)).min(inner * 0.3);
    let head_width = more.width(chart.more_head);
    more_width = more_width.max(head_width);
    let most = inner * if more_width > 0.0 { 0.28 } else { 0.42 };
    let figure_width = widest(&|row| figure.width(&row.figure)).min(most);
    if more_width > 0.0 {
        let narrow = draft.width < 420.0 && figure_width > 0.0 && head_width == 0.0;
        more_width = if stacked || narrow {
            0.0
        } else {
            more_width + 14.0
        };
    }
    let (mut left, mut width) = (draft.left(), inner);
    let name_left = left + gutter(draft, rows);
    if !stacked {
        left = name_left + name_width + 8.0;
        width = (draft.right() - more_width - figure_width - 8.0 - left).max(40.0);
    }
    if head_width > 0.0 || chart.guides.iter().any(|guide| !guide.text.is_empty()) {
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
    if stacked {
        (line, thick, air) = (name.line_height(), sizes.bar * 0.75, 4.0);
    }
    for (index, row) in rows.iter().enumerate() {
        let start = draft.y;
        if let Some(sign) = row.sign {
            let middle = (draft.left() + name.size / 2.0, start + line / 2.0);
            key::sign(draft, sign, middle, name.size);
        }
        if stacked {
            let text = figure.shorten(&row.figure, inner * 0.5);
            let room = draft.right() - name_left - figure.width(&text) - 12.0;
            draft.label(&text, (draft.right(), start), line, Anchor::Right, figure);
            draft.column(label(row), (name_left, room), name, 2);
            draft.y = f64::max(draft.y, start + line);
        } else {
            let text = figure.shorten(&row.figure, most);
            let at = (left + width + 8.0, start);
            draft.label(&text, at, line, Anchor::Left, figure);
            let text = name.shorten(label(row), name_width);
            draft.label(&text, (name_left, start), line, Anchor::Left, name);
        }
        if more_width > 0.0 {
            let text = more.shorten(&row.more, inner * 0.3);
            draft.label(&text, (draft.right(), start), line, Anchor::Right, more);
        }
        let top = draft.y;
        match &row.body {
            Body::Bar(parts) => {
                if !stacked || !parts.is_empty() {
                    let height = if stacked { thick + 8.0 } else { line };
                    let key = (index as u64).saturating_add(1);
                    let (across, size) = ((left, width), (thick, chart.high));
                    bar_parts(draft, parts, across, (top, height), size, key);
                    draft.y = top + height;
                }
            }
            Body::Units(groups) => {
                // A symbol needs more of its cell to be read than a dot.
                let share = row.sign.map_or(0.75, |_| 0.9);
                // Level with the label.
                draft.y = units(draft, groups, (left, top + air, width), share) + 4.0;
            }
        }
        draft.y = f64::max(draft.y, start + line);
        if stacked {
            draft.y += 8.0;
        }
        let rect = Rect::from_css(0.0, start, draft.width, draft.y - start);
        hit(draft, chart, row, index, rect);
    }
    for guide in &chart.guides {
        let x = left + (guide.at / chart.high.max(1e-9)).clamp(0.0, 1.0) * width;
        let named = !guide.text.is_empty();
        let (thick, dash) = if named { (1.5, 4.0) } else { (1.0, 0.0) };
        draft.line((x, top), (x, draft.y), guide.color, thick, dash);
        let set = more.colored(guide.color);
        let half = set.width(&guide.text) / 2.0;
        let x = x.min(draft.right() - head_width - half);
        let at = (x.max(draft.left() + half), top - 5.0);
        draft.text(&guide.text, at, Anchor::Middle, set);
    }
}

/// Draws the parts of a bar `thick` CSS pixels thick, in the middle of `(top, height)`.
pub fn bar_parts(
    draft: &mut Draft,
    parts: &[Part],
    (left, width): (f64, f64),
    (top, height): (f64, f64),
    (thick, high): (f64, f64),
    mut key: u64,
) {
    let area = Rect::from_css(left, top + (height - thick) / 2.0, width, thick);
    let plot = Plot::new(area, Span::new(0.0, high), Span::new(0.0, 1.0));
    let track = Fill::solid(draft.theme.track);
    for (index, part) in parts.iter().enumerate() {
        if part.fill != Fill::NONE {
            let data = part.fill.color().is_some() && part.fill != track;
            let last = index.saturating_add(1) == parts.len();
            let round = if data && last { 2.0 } else { 0.0 };
            let named = if data { key } else { 0 };
            let (from, to) = ((part.from, part.across.0), (part.to, part.across.1));
            plot.rect(from, to, part.fill, round, named);
            if data {
                // The next part of the same row.
                key = key.saturating_add(1 << 32);
            }
        }
    }
    draft.extend(plot.take_marks());
    let set = draft.mute(draft.sizes.count);
    for part in parts {
        let x = |at: f64| plot.locate((at, 0.0)).x.css();
        let (from, to) = (x(part.from), x(part.to));
        let text = &part.text;
        if part.fill == Fill::NONE {
            // In two lines where it is long.
            let lines = set.wrap(text, to - from, 2);
            let step = height / lines.len().max(1) as f64;
            let mut y = top;
            for line in lines {
                draft.label(&line, (from, y), step, Anchor::Left, set);
                y += step;
            }
        } else if let Some(color) = part.fill.color()
            && set.width(text) + 8.0 <= to - from
        {
            let set = set.colored(draft.theme.text_on(color));
            draft.label(text, (to - 4.0, top), height, Anchor::Right, set);
        }
    }
}

/// One sign a unit, in tens, so that they can be counted, each across that share of its cell; the
/// bottom.
fn units(
    draft: &mut Draft,
    groups: &[(usize, Sign)],
    (x, y, width): (f64, f64, f64),
    share: f64,
) -> f64 {
    let pitch = (draft.sizes.label - 1.0).min((width + 2.0) / 10.0);
    let tens = 10.0 * pitch + 4.0;
    let across = 10.0 * ((width + 4.0) / tens).floor().clamp(1.0, 5.0);
    let (mut at, mut bottom) = (0.0, y);
    for (count, what) in groups {
        for _ in 0..*count {
            // By hand: the remainder of floats brings 1.8 kB of code to the browser.
            let row = f64::floor(at / across);
            let column = at - row * across;
            let middle = (
                x + column * pitch + (column / 10.0).floor() * 4.0 + pitch / 2.0 - 1.0,
                y + (row + 0.5) * pitch,
            );
            bottom = y + (row + 1.0) * pitch;
            key::sign(draft, *what, middle, pitch * share);
            at += 1.0;
        }
    }
    bottom
}

fn blocks(draft: &mut Draft, chart: &Chart, rows: &[Row]) {
    let (name, head) = (draft.ink(draft.sizes.label), draft.bold(draft.sizes.count));
    let columns = chart.head.len().saturating_sub(1) as f64;
    let (line, cell, gap) = (name.line_height() + 3.0, name.size + 7.0, 28.0);
    let cells = cell * columns + 4.0;
    let inner = draft.inner();
    let widest = rows.iter().map(|row| name.width(label(row)));
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
        let text = name.shorten(label(row), name_width);
        draft.text(&text, (x, y + name.baseline_in(line)), Anchor::Left, name);
        let mut middle = x + name_width + 4.0 + cell / 2.0;
        if let Body::Units(units) = &row.body {
            for (column, what) in units {
                if place == 0.0 {
                    let digit = number::amount(*column as f64);
                    let at = (middle, top + head.baseline_in(line));
                    draft.text(&digit, at, Anchor::Middle, head);
                }
                key::sign(draft, *what, (middle, y + line / 2.0), name.size * 0.72);
                middle += cell;
            }
        }
        let rect = Rect::from_css(x - 4.0, y, name_width + cells + 4.0, line);
        hit(draft, chart, row, index, rect);
        draft.y = f64::max(draft.y, y + line);
    }
}
