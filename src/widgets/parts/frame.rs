//! Title, subtitle and sample mark above; rule, source and notes below.

use super::wording;
use crate::scene::{Anchor, Draft, Fill, Hit, Rect, Table, Type};
use crate::style::{Lang, cat};
use crate::widgets::Input;

/// Draws title, sample mark and subtitle, and leaves a gap below.
pub fn open(draft: &mut Draft, input: &Input, title: &str, subtitle: &str) {
    // A feed has one finding and a page many widgets of it: only where a page wants it so does
    // one that is not the summary say it instead of what it shows.
    let asked = input.options.title.as_deref();
    let title = match asked.filter(|_| !input.panel) {
        Some("feed") => input.feed.title.as_deref().unwrap_or(title),
        asked => asked.unwrap_or(title),
    };
    let set = draft.bold(match input.panel {
        true => draft.sizes.label + 2.0,
        false => draft.sizes.title,
    });
    let end = draft.paragraph(title, set, 4);
    if input.feed.sample && !input.panel {
        sample_mark(draft, end, set.line_height());
    }
    if !subtitle.is_empty() {
        draft.y += 2.0;
        draft.paragraph(subtitle, draft.mute(draft.sizes.subtitle), 4);
    }
    draft.y += 12.0;
}

/// 示例数据, beside the title's last line or, where it does not fit, below it.
fn sample_mark(draft: &mut Draft, title_end: f64, title_height: f64) {
    let text = draft.lang.pick("示例数据|示例數據|Sample data");
    let set = Type::new(draft.sizes.count, draft.theme.sample_ink).bold();
    let (width, height) = (set.width(text) + 12.0, set.size + 8.0);
    let beside = draft.left() + title_end + 10.0;
    let (x, y) = if title_end > 0.0 && beside + width <= draft.right() {
        (beside, draft.y - (title_height + height) / 2.0)
    } else {
        draft.y += height + 4.0;
        (draft.left() + 0.5, draft.y - height - 2.0)
    };
    let (right, bottom) = (x + width, y + height);
    draft.region(
        &[(x, y), (right, y), (right, bottom), (x, bottom)],
        Fill::solid(draft.theme.sample_ground),
        (draft.theme.sample_ink, 1.0),
        0.0,
    );
    draft.label(text, (x + width / 2.0, y), height, Anchor::Middle, set);
}

/// Draws a rule, the source and publication time, and the feed's notes.
pub fn close(draft: &mut Draft, input: &Input) {
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
        draft.paragraph(note, set, 4);
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

/// The table's caption: what is shown, the day, and that it is a sample where it is.
#[must_use]
pub fn caption(input: &Input, title: &str) -> String {
    let lang = input.lang();
    let sample = if input.feed.sample {
        lang.pick("示例数据|示例數據|sample data")
    } else {
        ""
    };
    let as_of = wording::as_of(lang, input.feed.as_of);
    wording::clauses(lang, &[title, &as_of, sample])
}

/// Heads of a table's columns, of wordings with spaces between.
#[must_use]
pub fn heads(lang: Lang, words: &'static str) -> Vec<String> {
    let mut heads = Vec::new();
    for head in lang.pick(words).split(' ') {
        heads.push(head.to_owned());
    }
    heads
}

/// Sets the table and the sentence.
pub fn tell(
    draft: &mut Draft,
    input: &Input,
    title: &str,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
    clauses: &[String],
) {
    let caption = caption(input, title);
    let alt = sentence(draft.lang, &caption, clauses);
    draft.tell(
        Table {
            caption,
            head,
            rows,
        },
        alt,
    );
}

/// The picture in a sentence: the caption, and what it shows.
#[must_use]
pub fn sentence(lang: Lang, caption: &str, clauses: &[String]) -> String {
    let mut shown = String::new();
    for clause in clauses {
        wording::clause(lang, &mut shown, clause);
    }
    let mut text = caption.to_owned();
    if !shown.is_empty() {
        text = wording::colon(lang, caption, &shown);
    }
    text.push_str(lang.pick("。|."));
    text
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

/// 截至…: the subtitle's last clause, and what comes before it.
#[must_use]
pub fn subtitle(input: &Input, what: &str) -> String {
    let lang = input.lang();
    let as_of = wording::as_of(lang, input.feed.as_of);
    if input.panel {
        what.to_owned()
    } else if what.is_empty() {
        as_of
    } else {
        cat(what, " · ", &as_of)
    }
}
