//! The programme's milestones from top to bottom: done, due and overdue on the day of the figures.

use super::Input;
use super::parts::key::{Sign, sign};
use super::parts::{frame, wording};
use crate::figures::{Event, State, events};
use crate::scene::{Anchor, Draft, Fill};
use crate::style::{Color, Lang};

/// At least this wide, days stand beside the line and not above the names.
const BESIDE_CSS_PX: f64 = 560.0;

/// Diameter of a sign.
const SIGN_CSS_PX: f64 = 14.0;

/// From the line through the signs to the text.
const TEXT_CSS_PX: f64 = 18.0;

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let lang = draft.lang;
    let events = events(input.feed);
    let title = lang.pick("里程碑|Milestones");
    tally(draft, &events);
    let what = draft.told.clone();
    frame::open(draft, input, title, &what);
    let mut rows = Vec::new();
    for event in &events {
        let day = wording::day(lang, event.day);
        rows.push(frame::cells(&[&day, event.name, &state(lang, event)]));
    }
    if events.is_empty() {
        frame::nothing_to_draw(
            draft,
            "数据中没有里程碑（milestones）。|數據中沒有里程碑（milestones）。|The feed has no milestones (milestones).",
        );
    } else {
        // Where not all are shown, those around the figures' day are.
        let limit = input.options.limit.max(1).min(events.len());
        let left_out = events.len().saturating_sub(limit);
        let now = events.iter().filter(|event| event.days <= 0).count();
        let first = now.saturating_sub(limit / 2).min(left_out);
        timeline(draft, input, &events, &rows, first, limit);
        frame::left_out(draft, left_out);
    }
    draft.table.rows = rows;
    frame::heads(draft, "日期 事项 状态|日期 事項 狀態|Date Milestone State");
    frame::close(draft, input);
}

/// Tells how many there are in each state.
fn tally(draft: &mut Draft, events: &[Event]) {
    for &(state, words) in &[
        (State::Done, "@项已完成|@項已完成|@ done"),
        (State::Overdue, "@项逾期|@項逾期|@ overdue"),
        (State::Due, "@项未到期|@項未到期|@ due"),
        (State::Unsaid, "@项未说明|@項未說明|@ not stated"),
    ] {
        let count = events.iter().filter(|event| event.state == state).count();
        if count > 0 {
            frame::tell(draft, draft.lang.number(words, count as f64));
        }
    }
}

/// The state in words: `截止 · 逾期20天`.
fn state(lang: Lang, event: &Event) -> String {
    let words = match event.state {
        State::Done => lang.text("已完成|Done"),
        State::Unsaid => lang.text("未说明|未說明|Not stated"),
        State::Due | State::Overdue => wording::days_left(lang, event.days),
    };
    if event.deadline {
        return lang.fill("截止 · |Deadline · ", &words);
    }
    words
}

/// Draws `limit` events from the `first`, with the figures' day between those before and after.
fn timeline(
    draft: &mut Draft,
    input: &Input,
    events: &[Event],
    rows: &[Vec<String>],
    first: usize,
    limit: usize,
) {
    let theme = draft.theme;
    let (label, count) = (draft.ink(draft.sizes.label), draft.mute(draft.sizes.count));
    let line = label.line_height();
    let beside = draft.width >= BESIDE_CSS_PX;
    let end = first.saturating_add(limit);
    let mut column = 0.0_f64;
    for row in rows.get(first..end).unwrap_or_default() {
        if let Some(day) = row.first().filter(|_| beside) {
            column = column.max(count.width(day) + 16.0);
        }
    }
    let x = draft.left() + column + SIGN_CSS_PX / 2.0;
    let text_x = x + TEXT_CSS_PX;
    // A state far from its name is hard to follow.
    let right = draft.right().min(text_x + 520.0);
    let (mut before, mut from) = (i32::MIN, draft.y);
    for index in first..end {
        let (Some(event), Some([day, name, words])) =
            (events.get(index), rows.get(index).map(Vec::as_slice))
        else {
            break;
        };
        if event.days > 0 && before <= 0 {
            now(draft, input, x, right);
        }
        let top = draft.y;
        if event.days != before {
            if beside {
                let end = draft.left() + column - 16.0;
                draft.label(day, (end, top), line, Anchor::Right, count);
            } else {
                draft.column(day, (text_x, right - text_x), count, 1);
            }
        }
        let middle = draft.y + line / 2.0;
        // The line runs from sign to sign, not through them.
        let gap = SIGN_CSS_PX / 2.0 + 2.0;
        if index > first {
            draft.line((x, from), (x, middle - gap), theme.hatch, 1.5, 0.0);
        }
        from = middle + gap;
        let mut color = theme.mute;
        if event.state == State::Overdue || event.state == State::Due && event.deadline {
            color = theme.target;
        }
        mark(draft, event, color, (x, middle));
        let set = count.colored(color);
        // Beside the name; below it where the name would have too little room.
        let width = set.width(words) + 12.0;
        let mut room = right - text_x;
        let below = room - width < label.size * 6.0;
        if !below {
            draft.label(words, (right, draft.y), line, Anchor::Right, set);
            room -= width;
        }
        draft.column(name, (text_x, room), label, 3);
        if below {
            draft.column(words, (text_x, room), set, 3);
        }
        let lines = frame::cells(&[day, words]);
        frame::answer(draft, top, event.day.date.text(), name, lines, index);
        draft.y += 8.0;
        before = event.days;
    }
    if before <= 0 {
        now(draft, input, x, right);
    }
    draft.y -= 8.0;
}

/// The day of the figures: a dashed rule with its words.
fn now(draft: &mut Draft, input: &Input, x: f64, right: f64) {
    let set = draft.bold(draft.sizes.count);
    let height = set.line_height();
    let text = wording::as_of(draft.lang, input.feed.as_of);
    let (middle, text_x) = (draft.y + height / 2.0, x + TEXT_CSS_PX);
    let end = text_x + set.width(&text) + 6.0;
    for &(from, to) in &[(x - SIGN_CSS_PX / 2.0, text_x - 4.0), (end, right)] {
        draft.line((from, middle), (to, middle), draft.theme.mute, 1.0, 3.0);
    }
    draft.label(&text, (text_x, draft.y), height, Anchor::Left, set);
    draft.y += height + 8.0;
}

/// A filled circle with a tick, an empty one, a square with an exclamation mark, or a question
/// mark: told apart by shape.
fn mark(draft: &mut Draft, event: &Event, color: Color, (x, y): (f64, f64)) {
    let theme = draft.theme;
    let (mut text, mut ink) = ("", theme.ink);
    let what = match event.state {
        State::Done => Sign::Dot(theme.accent),
        State::Due if event.deadline => Sign::Ring(color),
        State::Due => Sign::Ring(theme.accent),
        State::Overdue => {
            (text, ink) = ("!", theme.ground);
            Sign::Box(Fill::solid(color))
        }
        State::Unsaid => {
            text = "?";
            Sign::Ring(color)
        }
    };
    sign(draft, what, (x, y), SIGN_CSS_PX);
    if event.state == State::Done {
        let corner = (x - 1.0, y + 2.5);
        for &end in &[(x - 3.0, y), (x + 3.5, y - 2.5)] {
            draft.line(end, corner, theme.ground, 1.5, 0.0);
        }
    }
    let (set, top) = (draft.bold(11.0).colored(ink), y - SIGN_CSS_PX / 2.0);
    draft.label(text, (x, top), SIGN_CSS_PX, Anchor::Middle, set);
}
