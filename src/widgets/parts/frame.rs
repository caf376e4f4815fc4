//! Title, subtitle and sample mark above; rule, source and notes below; table and sentence.

use std::mem::take;

use super::wording;
use crate::scene::{Anchor, Draft, Fill, Hit, Rect, Type};
use crate::style::cat;
use crate::widgets::Input;

/// Draws title, sample mark and, with the day, what is shown: where there is nothing to add, the
/// title, if the page has it say something else; leaves a gap below. The table's caption has the
/// same title.
pub fn open<'a>(draft: &mut Draft, input: &Input, title: &'a str, mut what: &'a str) {
    caption(draft, input, title);
    // A feed has one finding and a page many widgets of it: only where a page wants it so does
    // one that is not the summary say it instead of what it shows.
    let asked = input.options.title.as_deref();
    let shown = match asked.filter(|_| !input.panel) {
        Some("feed") => input.feed.title.as_deref().unwrap_or(title),
        asked => asked.unwrap_or(title),
    };
    if what.is_empty() && shown != title {
        what = title;
    }
    let set = draft.bold(match input.panel {
        true => draft.sizes.label + 2.0,
        false => draft.sizes.title,
    });
    let end = draft.paragraph(shown, set, 4);
    if input.feed.sample && !input.panel {
        // Our widths of Latin letters are on the wide side: there is air already.
        let air = if shown.is_ascii() { 4.0 } else { 10.0 };
        sample_mark(draft, end + air, set.line_height());
    }
    let (mut as_of, mut dot) = (String::new(), "");
    // In a board the day is the board's own.
    if !input.panel {
        as_of = wording::as_of(draft.lang, input.feed.as_of);
        dot = if what.is_empty() { "" } else { " · " };
    }
    let mut subtitle = cat(what, dot, &as_of);
    if !subtitle.is_empty() {
        draft.y += 2.0;
        let set = draft.mute(draft.sizes.subtitle);
        if set.width(&subtitle) > draft.inner() {
            // The day is not torn: it begins a line.
            draft.paragraph(what, set, 4);
            subtitle = as_of;
        }
        draft.paragraph(&subtitle, set, 4);
    }
    draft.y += 12.0;
}

/// The table's caption: what is shown, the day, and that it is a sample where it is.
pub fn caption(draft: &mut Draft, input: &Input, title: &str) {
    let day = wording::day(draft.lang, input.feed.as_of);
    let as_of = draft.lang.fill("截至|as of ", &day);
    let mut sample = "";
    if input.feed.sample {
        sample = draft.lang.pick("示例数据|示例數據|sample data");
    }
    draft.table.caption = wording::clauses(draft.lang, &[title, &as_of, sample]);
    // The sentence of a board says the day once.
    let told = if input.panel {
        title
    } else {
        &draft.table.caption
    };
    draft.scene.alt = told.to_owned();
}

/// 示例数据, so far from the left beside the title's last line or, where it does not fit, below it.
fn sample_mark(draft: &mut Draft, from_left: f64, title_height: f64) {
    let text = draft.lang.pick("示例数据|示例數據|Sample data");
    let set = Type::new(draft.sizes.count, draft.theme.sample_ink).bold();
    let (width, height) = (set.width(text) + 12.0, set.size + 8.0);
    let beside = draft.left() + from_left;
    let (x, y) = if beside + width <= draft.right() {
        (beside, draft.y - (title_height + height) / 2.0)
    } else {
        draft.y += height + 4.0;
        (draft.left() + 0.5, draft.y - height - 2.0)
    };
    let (fill, color) = (Fill::solid(draft.theme.sample_ground), set.color());
    draft.outlined([x, y, x + width, y + height], fill, color);
    draft.label(text, (x + width / 2.0, y), height, Anchor::Middle, set);
}

/// Draws what stands below, and sets the table and the sentence: its caption, and what is told.
pub fn close(draft: &mut Draft, input: &Input) {
    foot(draft, input);
    let (table, told) = (take(&mut draft.table), take(&mut draft.told));
    if !told.is_empty() {
        draft.scene.alt = wording::colon(draft.lang, &draft.scene.alt, &told);
    }
    draft.scene.alt.push_str(draft.lang.pick("。|."));
    draft.scene.tables.push(table);
}

/// One more sentence after that, unless it is empty.
pub fn add_sentence(draft: &mut Draft, text: &str) {
    if !text.is_empty() {
        for part in [draft.lang.pick("| "), text, draft.lang.pick("。|.")] {
            draft.scene.alt.push_str(part);
        }
    }
}

/// Draws a rule, the source and publication time, and the feed's notes.
pub fn foot(draft: &mut Draft, input: &Input) {
    if input.panel {
        return;
    }
    let (feed, lang) = (input.feed, draft.lang);
    let set = draft.mute(draft.sizes.footer);
    let (mut left, mut right) = (String::new(), String::new());
    if let Some(source) = &feed.source {
        left = lang.fill("来源：|來源：|Source: ", &source.name);
    }
    if let Some(published) = feed.published {
        right = lang.fill("发布 |發佈 |Published ", &published.local_text());
    }
    let mut notice = String::new();
    if input.notices > 0 {
        let words = match input.notices {
            1 => "@条数据提示|@條數據提示|@ data notice",
            _ => "@条数据提示|@條數據提示|@ data notices",
        };
        notice = lang.number(words, input.notices as f64);
    }
    if left.is_empty() && right.is_empty() && notice.is_empty() && feed.notes.is_empty() {
        return;
    }
    draft.y += 12.0;
    draft.rule(draft.y + 0.5, draft.theme.grid);
    draft.y += 8.0;
    ends(draft, &left, &right, set, (3, 1));
    for note in &feed.notes {
        draft.paragraph(note, set, 99); // As long as a note may be.
    }
    draft.paragraph(&notice, set, 4);
}

/// Two texts at the ends of a line or, where they don't fit or the first is empty, one below the
/// other in as many lines.
pub fn ends(draft: &mut Draft, left: &str, right: &str, set: Type, most: (usize, usize)) {
    if !left.is_empty() && set.width(left) + set.width(right) + 16.0 <= draft.inner() {
        let (height, y) = (set.line_height(), draft.y);
        draft.label(left, (draft.left(), y), height, Anchor::Left, set);
        draft.label(right, (draft.right(), y), height, Anchor::Right, set);
        draft.y += height;
    } else {
        draft.paragraph(left, set, most.0);
        draft.paragraph(right, set, most.1);
    }
}

/// A line of muted text where a widget has nothing to draw: says what is missing, in wordings.
pub fn nothing_to_draw(draft: &mut Draft, why: &'static str) {
    nothing(draft, draft.lang.pick(why));
}

/// The same of a text.
pub fn nothing(draft: &mut Draft, why: &str) {
    let set = draft.mute(draft.sizes.label);
    draft.paragraph(why, set, 4);
    draft.remark(why.to_owned());
    draft.nothing = true;
    draft.y = draft.y.max(1.0);
}

/// How many more there are than are drawn; nothing where all are.
pub fn left_out(draft: &mut Draft, count: usize) {
    if count == 0 {
        return;
    }
    draft.y += 4.0;
    let words = "另有@个未列出|另有@個未列出|@ more not shown";
    let text = draft.lang.number(words, count as f64);
    draft.paragraph(&text, draft.mute(draft.sizes.count), 1);
    draft.remark(text);
}

/// Sets the heads of the table's columns, of wordings with spaces between.
pub fn heads(draft: &mut Draft, words: &'static str) {
    for head in draft.lang.pick(words).split(' ') {
        draft.table.head.push(head.to_owned());
    }
}

/// Adds a row to the table.
pub fn row(draft: &mut Draft, texts: &[&str]) {
    draft.table.rows.push(cells(texts));
}

/// Adds a clause to the sentence.
pub fn tell(draft: &mut Draft, clause: String) {
    wording::clause(draft.lang, &mut draft.told, &clause);
}

/// Makes what is drawn from `top` down to `y` answer to a pointer, with that row of the table.
pub fn answer(
    draft: &mut Draft,
    top: f64,
    id: String,
    label: &str,
    lines: Vec<String>,
    row: usize,
) {
    draft.hit(Hit {
        rect: Rect::from_css(0.0, top, draft.width, draft.y - top),
        mark: None,
        id,
        label: label.to_owned(),
        lines,
        row: Some(row),
    });
}

/// Cells of a table.
#[must_use]
pub fn cells(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
