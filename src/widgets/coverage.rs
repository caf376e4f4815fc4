//! How many of N have something: a dot each, or a bar; and which, as a matrix.

use super::parts::key::{self, Sign};
use super::parts::{count_bar, frame, ranking_table, wording};
use super::{Input, Shape};
use crate::figures::{Bound, Count, Covered, Holder, MATRIX_ITEMS, holders};
use crate::scene::{Anchor, Draft, Fill, Hit, Rect, Table};
use crate::style::number;

/// Above this a dot each is no longer countable, and a bar says it better.
const MOST_DOTS: f64 = 200.0;
/// Above this it is a bar even where dots are asked for: a picture is no place for more.
const MOST_DOTS_ASKED: f64 = 2_000.0;

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let lang = draft.lang;
    let items = Covered::of(input.feed);
    let title = lang.pick("覆盖情况|覆蓋情況|Coverage");
    let what = lang.pick("已有/总数，个|已有/總數，個|Done/total");
    frame::open(draft, input, title, &frame::subtitle(input, what));
    let options = input.options;
    let rows = match options.shape {
        Shape::Auto | Shape::Matrix => holders(input.feed, &options.selection, options.sort),
        _ => Vec::new(),
    };
    if items.is_empty() {
        frame::nothing_to_draw(
            draft,
            lang.pick("数据中没有覆盖情况（coverage）。|數據中沒有覆蓋情況（coverage）。|The feed has no coverage (coverage)."),
        );
    } else {
        signs(draft, input, &items, &rows);
        list(draft, input, &items, rows.is_empty());
        if !rows.is_empty() {
            matrix(draft, input, &items, &rows);
        }
    }
    frame::close(draft, input);
    tell(draft, input, &items, &rows, title);
}

/// `118/118`, as published.
fn figure(draft: &Draft, item: &Covered) -> String {
    let done = wording::optional_count(draft.lang, item.done.as_ref());
    match &item.of {
        Some(of) => [&done, "/", &wording::count(draft.lang, of)].concat(),
        None => done,
    }
}

fn share(item: &Covered) -> String {
    item.share
        .map_or_else(|| wording::MISSING.to_owned(), number::percent_computed)
}

/// How many dots, and how many of them filled; `None` where a bar says it better, or more honestly.
fn dots(item: &Covered, shape: Shape) -> Option<(usize, usize)> {
    let whole = |count: &Option<Count>| {
        let count = count.as_ref().filter(|count| count.bound == Bound::Exact)?;
        (count.value.fract() == 0.0).then_some(count.value)
    };
    let (done, of) = (whole(&item.done)?, whole(&item.of)?);
    let most = match shape {
        Shape::Bars => 0.0,
        Shape::Dots => MOST_DOTS_ASKED,
        _ => MOST_DOTS,
    };
    (done <= of && of <= most).then_some((done as usize, of as usize))
}

/// What the signs mean, as far as they are drawn.
fn signs(draft: &mut Draft, input: &Input, items: &[Covered], rows: &[Holder]) {
    let (lang, accent, mute) = (draft.lang, draft.theme.accent, draft.theme.mute);
    let shape = input.options.shape;
    let counted = items.iter().filter_map(|item| dots(item, shape));
    let any_dot = !rows.is_empty() || counted.clone().next().is_some();
    let any_ring = !rows.is_empty() || counted.clone().any(|(done, of)| done < of);
    let mut entries = Vec::new();
    if any_dot {
        entries.push((Sign::Dot(accent), lang.pick("已有|Done")));
    }
    if any_ring {
        entries.push((Sign::Ring(mute), lang.pick("尚无|尚無|Not yet")));
    }
    let unknown = |row: &Holder| (0..columns(items)).any(|item| row.has(item).is_none());
    if rows.iter().any(unknown) {
        entries.push((
            Sign::Box(draft.missing()),
            ranking_table::not_reported(lang),
        ));
    }
    if !entries.is_empty() {
        key::draw(draft, &entries);
        draft.y += 8.0;
    }
}

fn columns(items: &[Covered]) -> usize {
    items.len().min(MATRIX_ITEMS)
}

/// Each item with its figure and, where `shapes`, its dots or bar; two abreast where there is room.
fn list(draft: &mut Draft, input: &Input, items: &[Covered], shapes: bool) {
    let shown = items.len().min(input.options.limit);
    let abreast = if draft.inner() >= 800.0 && shown > 1 {
        2
    } else {
        1
    };
    let gap = 32.0;
    let width = (draft.inner() + gap) / abreast as f64 - gap;
    let mut bottom = draft.y;
    for (index, item) in items.iter().take(shown).enumerate() {
        let column = index.checked_rem(abreast).unwrap_or(0);
        if column == 0 {
            draft.y = bottom;
        }
        let top = draft.y;
        let x = draft.left() + (width + gap) * column as f64;
        let number = (!shapes && index < MATRIX_ITEMS).then_some(index.saturating_add(1));
        let mut below = head(draft, item, (x, width), number);
        if shapes {
            below = body(draft, input, item, (x, below + 4.0, width), index) + 14.0;
        }
        draft.hit(Hit {
            rect: Rect::from_css(x - 4.0, top, width + 8.0, below - top),
            mark: None,
            id: item.name.clone(),
            label: item.name.clone(),
            lines: lines(draft, item),
            row: Some(if shapes { index } else { 0 }),
        });
        bottom = f64::max(bottom, below);
    }
    draft.y = bottom;
    frame::left_out(draft, items.len().saturating_sub(shown));
}

fn lines(draft: &Draft, item: &Covered) -> Vec<String> {
    let colon = draft.lang.pick("：|: ");
    let mut lines = vec![figure(draft, item)];
    if item.share.is_some() {
        lines.push([draft.lang.pick("占比|佔比|Share"), colon, &share(item)].concat());
    }
    lines
}

/// Name at the left, figure at the right; the bottom.
fn head(draft: &mut Draft, item: &Covered, (x, width): (f64, f64), number: Option<usize>) -> f64 {
    let (name, value) = (draft.ink(draft.sizes.label), draft.bold(draft.sizes.label));
    let text = value.shorten(&figure(draft, item), width * 0.5);
    let line = name.line_height();
    let mut y = draft.y;
    draft.text(
        &text,
        (x + width, y + value.baseline_in(line)),
        Anchor::Right,
        value,
    );
    let mut indent = 0.0;
    if let Some(number) = number {
        let digit = number::amount(number as f64);
        draft.text(
            &digit,
            (x, y + value.baseline_in(line)),
            Anchor::Left,
            value,
        );
        indent = value.width("0") + 8.0;
    }
    let room = width - indent - value.width(&text) - 12.0;
    for text in name.wrap(&item.name, room, 2) {
        draft.text(
            &text,
            (x + indent, y + name.baseline_in(line)),
            Anchor::Left,
            name,
        );
        y += line;
    }
    y.max(draft.y + line)
}

/// The dots or the bar; the bottom.
fn body(
    draft: &mut Draft,
    input: &Input,
    item: &Covered,
    (x, y, width): (f64, f64, f64),
    index: usize,
) -> f64 {
    if let Some((done, of)) = dots(item, input.options.shape) {
        return dot_rows(draft, (done, of), (x, y, width));
    }
    let height = draft.sizes.bar * 0.75;
    let track = Rect::from_css(x, y, width, height);
    let exact = item
        .of
        .as_ref()
        .filter(|of| of.bound == Bound::Exact && of.value > 0.0);
    match (&item.done, exact) {
        (Some(done), Some(of)) => {
            draft.rect(track, Fill::Solid(draft.theme.track));
            let key = u64::try_from(index).unwrap_or(0).saturating_add(1);
            let whole = of.value.max(done.value);
            count_bar::draw(draft, (x, y, width, height), done, whole, key);
        }
        // Of how many is not known exactly: a length would be a share that nobody published.
        _ => draft.rect(track, draft.missing()),
    }
    y + height
}

/// One dot each, in tens, so that they can be counted.
fn dot_rows(draft: &mut Draft, (done, of): (usize, usize), (x, y, width): (f64, f64, f64)) -> f64 {
    let pitch = (draft.sizes.label - 1.0).min((width + 2.0) / 10.0);
    let tens = 10.0 * pitch + 4.0;
    let across = 10.0 * ((width + 4.0) / tens).floor().clamp(1.0, 5.0);
    let (full, empty) = (Sign::Dot(draft.theme.accent), Sign::Ring(draft.theme.mute));
    let mut bottom = y;
    for dot in 0..of {
        // By hand: the remainder of floats brings 1.8 kB of code to the browser.
        let row = (dot as f64 / across).floor();
        let column = dot as f64 - row * across;
        let middle = (
            x + column * pitch + (column / 10.0).floor() * 4.0 + pitch / 2.0 - 1.0,
            y + row * pitch + pitch / 2.0,
        );
        bottom = y + (row + 1.0) * pitch;
        let what = if dot < done { full } else { empty };
        key::sign(draft, what, middle, pitch * 0.75);
    }
    bottom
}

/// Regions by item, in as many columns as there is room for.
fn matrix(draft: &mut Draft, input: &Input, items: &[Covered], rows: &[Holder]) {
    let shown = rows
        .get(..rows.len().min(input.options.limit))
        .unwrap_or(rows);
    let (set, head) = (draft.ink(draft.sizes.label), draft.bold(draft.sizes.count));
    let columns = columns(items);
    let (line, cell, gap) = (set.line_height() + 3.0, set.size + 7.0, 28.0);
    let cells = cell * columns as f64;
    let most = (draft.inner() - cells - 4.0).max(40.0);
    let widest = shown
        .iter()
        .map(|row| set.width(&row.name))
        .fold(0.0, f64::max);
    // Names of up to seven characters stand whole; longer ones are not to cost a column.
    let name = widest.min(set.size * 7.0).min(most);
    let block = name + 4.0 + cells;
    let blocks = ((draft.inner() + gap) / (block + gap))
        .floor()
        .clamp(1.0, 12.0) as usize;
    let deep = shown.len().div_ceil(blocks.max(1));
    let advance = (draft.inner() + gap) / blocks as f64;
    draft.y += 12.0;
    let top = draft.y;
    for (index, row) in shown.iter().enumerate() {
        let (block, place) = (
            index.checked_div(deep).unwrap_or(0),
            index.checked_rem(deep).unwrap_or(0),
        );
        let x = draft.left() + advance * block as f64;
        let middle = |column: usize| x + name + 4.0 + cell * (column as f64 + 0.5);
        if place == 0 {
            for column in 0..columns {
                let digit = number::amount(column.saturating_add(1) as f64);
                let at = (middle(column), top + head.baseline_in(line));
                draft.text(&digit, at, Anchor::Middle, head);
            }
        }
        let y = top + line * (place as f64 + 1.0);
        let text = set.shorten(&row.name, name);
        draft.text(&text, (x, y + set.baseline_in(line)), Anchor::Left, set);
        let mut lines = Vec::new();
        for (column, item) in items.iter().take(columns).enumerate() {
            let has = row.has(column);
            let at = (middle(column), y + line / 2.0);
            let what = match has {
                Some(true) => Sign::Dot(draft.theme.accent),
                Some(false) => Sign::Ring(draft.theme.mute),
                None => Sign::Box(draft.missing()),
            };
            key::sign(draft, what, at, set.size * 0.72);
            lines.push([&item.name, draft.lang.pick("：|: "), word(draft, has)].concat());
        }
        draft.hit(Hit {
            rect: Rect::from_css(x - 4.0, y, name + cells + 8.0, line),
            mark: None,
            id: row.id.clone(),
            label: row.name.clone(),
            lines,
            row: Some(index.saturating_add(1)),
        });
        draft.y = f64::max(draft.y, y + line);
    }
    frame::left_out(draft, rows.len().saturating_sub(shown.len()));
}

fn word(draft: &Draft, has: Option<bool>) -> &'static str {
    match has {
        Some(true) => draft.lang.pick("已有|done"),
        Some(false) => draft.lang.pick("尚无|尚無|not yet"),
        None => wording::MISSING,
    }
}

fn tell(draft: &mut Draft, input: &Input, items: &[Covered], rows: &[Holder], title: &str) {
    let lang = draft.lang;
    let caption = frame::caption(input, title);
    let clauses: Vec<String> = items
        .iter()
        .take(5)
        .map(|item| {
            let space = if lang.is_chinese() { "" } else { " " };
            [&item.name, space, &figure(draft, item)].concat()
        })
        .collect();
    let alt = frame::sentence(lang, &caption, &clauses);
    let shown = items.get(..columns(items)).unwrap_or_default();
    let (mut head, mut body) = (vec![], vec![]);
    if rows.is_empty() {
        let words = lang.pick("项目,已有,总数,占比|項目,已有,總數,佔比|Item,Done,Total,Share");
        head.extend(words.split(',').map(str::to_owned));
        body.extend(items.iter().map(|item| {
            vec![
                item.name.clone(),
                wording::optional_count(lang, item.done.as_ref()),
                wording::optional_count(lang, item.of.as_ref()),
                share(item),
            ]
        }));
    } else {
        head.push(lang.pick("地区|地區|Region").to_owned());
        head.extend(shown.iter().map(|item| item.name.clone()));
        let mut total = vec![lang.pick("合计|合計|All").to_owned()];
        total.extend(shown.iter().map(|item| figure(draft, item)));
        body.push(total);
        body.extend(rows.iter().map(|row| {
            let mut cells = vec![row.name.clone()];
            cells.extend((0..shown.len()).map(|item| word(draft, row.has(item)).to_owned()));
            cells
        }));
    }
    draft.tell(
        Table {
            caption,
            head,
            rows: body,
        },
        alt,
    );
}
