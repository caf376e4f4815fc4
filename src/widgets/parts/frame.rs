//! Title, subtitle and sample mark above; rule, source and notes below.

use super::wording;
use crate::figures::Source;
use crate::scene::{Anchor, Draft, Fill, Mark, Point, Px, Stroke, Table, Type};
use crate::style::{Lang, number};
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
    let height = set.line_height();
    let mut end = 0.0;
    for line in set.wrap(title, draft.inner(), 4) {
        draft.text(
            &line,
            (draft.left(), draft.y + set.baseline_in(height)),
            Anchor::Left,
            set,
        );
        end = set.width(&line);
        draft.y += height;
    }
    if input.feed.sample && !input.panel {
        sample_mark(draft, end, height);
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
    let corner = |dx: f64, dy: f64| Point::from_css(x + dx, y + dy);
    draft.push(Mark::Region {
        rings: vec![vec![
            corner(0.0, 0.0),
            corner(width, 0.0),
            corner(width, height),
            corner(0.0, height),
        ]],
        fill: Fill::Solid(draft.theme.sample_ground),
        stroke: Some(Stroke {
            color: draft.theme.sample_ink,
            width: Px::from_css(1.0),
            dash: Px(0),
        }),
    });
    draft.text(
        text,
        (x + width / 2.0, y + set.baseline_in(height)),
        Anchor::Middle,
        set,
    );
}

/// Draws a rule, the source and publication time, and the feed's notes.
pub fn close(draft: &mut Draft, input: &Input) {
    if input.panel {
        return;
    }
    let (feed, lang) = (input.feed, draft.lang);
    let set = draft.mute(draft.sizes.footer);
    let height = set.line_height();
    let mut left = feed
        .source
        .as_ref()
        .map(|s| source(draft, s))
        .unwrap_or_default();
    let mut right = String::new();
    if let Some(published) = feed.published {
        let label = lang.pick("发布|發佈|Published");
        right = [label, " ", &published.local_text()].concat();
    }
    if left.is_empty() {
        std::mem::swap(&mut left, &mut right);
    }
    let mut notes = feed.notes.clone();
    if input.notices > 0 {
        let count = number::plain(input.notices as f64);
        notes.push(if lang.is_chinese() {
            [&*count, lang.pick("条数据提示|條數據提示|")].concat()
        } else {
            let s = if input.notices == 1 { "" } else { "s" };
            [&*count, " data notice", s].concat()
        });
    }
    if left.is_empty() && notes.is_empty() {
        return;
    }
    draft.y += 12.0;
    let rule = draft.y + 0.5;
    draft.line(
        (draft.left(), rule),
        (draft.right(), rule),
        draft.theme.grid,
        1.0,
        0.0,
    );
    draft.y += 8.0;
    let both_fit = set.width(&left) + set.width(&right) + 16.0 <= draft.inner();
    if both_fit {
        let baseline = draft.y + set.baseline_in(height);
        draft.text(&left, (draft.left(), baseline), Anchor::Left, set);
        draft.text(&right, (draft.right(), baseline), Anchor::Right, set);
        draft.y += height;
    } else {
        draft.paragraph(&left, set, 3);
        draft.paragraph(&right, set, 1);
    }
    for note in &notes {
        draft.paragraph(note, set, 4);
    }
}

fn source(draft: &Draft, source: &Source) -> String {
    let label = draft.lang.pick("来源：|來源：|Source: ");
    [label, &source.name].concat()
}

/// A line of muted text where a widget has nothing to draw: says what is missing.
pub fn nothing_to_draw(draft: &mut Draft, why: &str) {
    let set = draft.mute(draft.sizes.label);
    draft.paragraph(why, set, 4);
    draft.remark(why.to_owned());
    draft.nothing = true;
    if draft.y < 1.0 {
        draft.y = 1.0;
    }
}

/// How many more there are than are drawn; nothing where all are.
pub fn left_out(draft: &mut Draft, count: usize) {
    if count == 0 {
        return;
    }
    draft.y += 4.0;
    let n = number::amount(count as f64);
    let text = if draft.lang.is_chinese() {
        ["另有", &n, draft.lang.pick("个未列出|個未列出|")].concat()
    } else {
        [&n, " more not shown"].concat()
    };
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
    wording::clauses(
        lang,
        &[
            title.to_owned(),
            wording::as_of(lang, input.feed.as_of),
            sample.to_owned(),
        ],
    )
}

/// Sets the table, its heads given with tabs between, and the sentence.
pub fn tell(
    draft: &mut Draft,
    input: &Input,
    title: &str,
    head: &str,
    rows: Vec<Vec<String>>,
    clauses: &[String],
) {
    let caption = caption(input, title);
    let alt = sentence(draft.lang, &caption, clauses);
    let head = head.split('\t').map(str::to_owned).collect();
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
    let shown = wording::clauses(lang, clauses);
    let colon = if shown.is_empty() {
        ""
    } else {
        lang.pick("：|: ")
    };
    [caption, colon, &shown, lang.pick("。|.")].concat()
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
        [what, " · ", &as_of].concat()
    }
}
