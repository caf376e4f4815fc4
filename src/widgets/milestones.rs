//! The programme's milestones from top to bottom: done, due and overdue on the day of the figures.

use super::Input;
use super::parts::key::{Sign, sign};
use super::parts::{frame, wording};
use crate::figures::{AsOf, Event, State, events};
use crate::scene::{Anchor, Draft, Fill, Hit, Rect, Table};
use crate::style::{Lang, number};

/// At least this wide, days stand beside the line and not above the names.
const BESIDE_CSS_PX: f64 = 560.0;

/// Diameter of a sign; from the line to the text.
const SIGN: (f64, f64) = (14.0, 18.0);

const STATES: [State; 4] = [State::Done, State::Overdue, State::Due, State::Unsaid];

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let lang = draft.lang;
    let events = events(input.feed);
    let title = lang.pick("里程碑|Milestones");
    let tally = tally(lang, &events);
    let what = tally.join(lang.pick("，|, "));
    frame::open(draft, input, title, &frame::subtitle(input, &what));
    if events.is_empty() {
        frame::nothing_to_draw(draft, lang.pick("数据中没有里程碑（milestones）。|數據中沒有里程碑（milestones）。|The feed has no milestones (milestones)."));
    } else {
        // Where not all are shown, those around the figures' day are.
        let limit = input.options.limit.max(1).min(events.len());
        let now = events.partition_point(|event| event.days <= 0);
        let last = events.len().saturating_sub(limit);
        let first = now.saturating_sub(limit / 2).min(last);
        timeline(draft, input, &events, first, limit);
        let left_out = events.len().saturating_sub(limit);
        if left_out > 0 {
            frame::left_out(draft, left_out);
        }
    }
    frame::close(draft, input);
    let caption = frame::caption(input, title);
    let alt = frame::sentence(lang, &caption, &tally);
    let mut rows = Vec::new();
    for event in &events {
        rows.push(vec![
            wording::day(lang, event.day),
            event.name.to_owned(),
            state(lang, event),
        ]);
    }
    let head = lang.pick("日期 事项 状态|日期 事項 狀態|Date Milestone State");
    let head = head.split(' ').map(str::to_owned).collect();
    draft.tell(
        Table {
            caption,
            head,
            rows,
        },
        alt,
    );
}

/// How many there are, and how many in each state.
fn tally(lang: Lang, events: &[Event]) -> Vec<String> {
    let mut clauses = Vec::new();
    for state in STATES {
        let count = events.iter().filter(|event| event.state == state).count();
        if count > 0 {
            let words = match state {
                State::Done => "项已完成|項已完成| done",
                State::Overdue => "项逾期|項逾期| overdue",
                State::Due => "项未到期|項未到期| due",
                State::Unsaid => "项未说明|項未說明| not stated",
            };
            clauses.push([&number::amount(count as f64), lang.pick(words)].concat());
        }
    }
    clauses
}

/// The state in words: `截止 · 逾期20天`.
fn state(lang: Lang, event: &Event) -> String {
    let words = match event.state {
        State::Done => lang.pick("已完成|Done").to_owned(),
        State::Unsaid => lang.pick("未说明|未說明|Not stated").to_owned(),
        State::Due | State::Overdue => wording::days_left(lang, event.days),
    };
    let deadline = if event.deadline {
        lang.pick("截止 · |Deadline · ")
    } else {
        ""
    };
    [deadline, &words].concat()
}

/// Draws `limit` events from the `first`, with the figures' day between those before and after.
fn timeline(draft: &mut Draft, input: &Input, events: &[Event], first: usize, limit: usize) {
    let (lang, theme) = (draft.lang, draft.theme);
    let (label, count) = (draft.ink(draft.sizes.label), draft.mute(draft.sizes.count));
    let line = label.line_height();
    let beside = draft.width >= BESIDE_CSS_PX;
    let day = |day: AsOf| wording::day(lang, day);
    let shown = || events.iter().enumerate().skip(first).take(limit);
    let mut column = 0.0;
    if beside {
        for (_, event) in shown() {
            column = count.width(&day(event.day)).max(column);
        }
        column += 16.0;
    }
    let x = draft.left() + column + SIGN.0 / 2.0;
    let text_x = x + SIGN.1;
    // A state far from its name is hard to follow.
    let right = draft.right().min(text_x + 520.0);
    let mut before: Option<&Event> = None;
    let mut from = draft.y;
    for (row, event) in shown() {
        if event.days > 0 && before.is_none_or(|before| before.days <= 0) {
            now(draft, input, (x, text_x, right));
        }
        let top = draft.y;
        if before.is_none_or(|before| before.days != event.days) {
            let text = day(event.day);
            if beside {
                let baseline = draft.y + count.baseline_in(line);
                let right = draft.left() + column - 16.0;
                draft.text(&text, (right, baseline), Anchor::Right, count);
            } else {
                let height = count.line_height();
                let baseline = draft.y + count.baseline_in(height);
                draft.text(&text, (text_x, baseline), Anchor::Left, count);
                draft.y += height;
            }
        }
        let middle = draft.y + line / 2.0;
        // The line runs from sign to sign, not through them.
        if before.is_some() {
            draft.line(
                (x, from),
                (x, middle - SIGN.0 / 2.0 - 2.0),
                theme.hatch,
                1.5,
                0.0,
            );
        }
        from = middle + SIGN.0 / 2.0 + 2.0;
        mark(draft, event, (x, middle));
        let color = match event.state {
            State::Overdue => theme.target,
            State::Due if event.deadline => theme.target,
            _ => theme.mute,
        };
        let words = state(lang, event);
        let set = count.colored(color);
        let width = set.width(&words) + 12.0;
        // Beside the name; below it where the name would have too little room.
        let mut room = right - text_x;
        if room - width >= label.size * 6.0 {
            let baseline = draft.y + label.baseline_in(line);
            draft.text(&words, (right, baseline), Anchor::Right, set);
            room -= width;
        }
        let below = room + width > right - text_x;
        let both = [(event.name, label), (&words, set)];
        for (text, set) in both.into_iter().take(if below { 2 } else { 1 }) {
            for text in set.wrap(text, room, 3) {
                let baseline = draft.y + label.baseline_in(line);
                draft.text(&text, (text_x, baseline), Anchor::Left, set);
                draft.y += line;
            }
        }
        draft.hit(Hit {
            rect: Rect::from_css(0.0, top, draft.width, draft.y - top),
            mark: None,
            id: event.day.date.to_string(),
            label: event.name.to_owned(),
            lines: vec![day(event.day), words],
            row: Some(row),
        });
        draft.y += 8.0;
        before = Some(event);
    }
    if before.is_some_and(|before| before.days <= 0) {
        now(draft, input, (x, text_x, right));
    }
    draft.y -= 8.0;
}

/// The day of the figures: a dashed rule with its words.
fn now(draft: &mut Draft, input: &Input, (x, text_x, right): (f64, f64, f64)) {
    let set = draft.bold(draft.sizes.count);
    let height = set.line_height();
    let text = wording::as_of(draft.lang, input.feed.as_of);
    let middle = draft.y + height / 2.0;
    let end = text_x + set.width(&text);
    let ink = draft.theme.mute;
    draft.line(
        (x - SIGN.0 / 2.0, middle),
        (text_x - 4.0, middle),
        ink,
        1.0,
        3.0,
    );
    draft.line((end + 6.0, middle), (right, middle), ink, 1.0, 3.0);
    draft.text(
        &text,
        (text_x, draft.y + set.baseline_in(height)),
        Anchor::Left,
        set,
    );
    draft.y += height + 8.0;
}

/// A filled circle with a tick, an empty one, a square with an exclamation mark, or a question
/// mark: told apart by shape.
fn mark(draft: &mut Draft, event: &Event, (x, y): (f64, f64)) {
    let theme = draft.theme;
    let (what, text) = match event.state {
        State::Done => (Sign::Dot(theme.accent), ""),
        State::Due if event.deadline => (Sign::Ring(theme.target), ""),
        State::Due => (Sign::Ring(theme.accent), ""),
        State::Overdue => (Sign::Box(Fill::Solid(theme.target)), "!"),
        State::Unsaid => (Sign::Ring(theme.mute), "?"),
    };
    sign(draft, what, (x, y), SIGN.0);
    if event.state == State::Done {
        draft.line((x - 3.0, y), (x - 1.0, y + 2.5), theme.ground, 1.5, 0.0);
        draft.line(
            (x - 1.0, y + 2.5),
            (x + 3.5, y - 2.5),
            theme.ground,
            1.5,
            0.0,
        );
    }
    let mut set = draft.bold(11.0);
    if event.state == State::Overdue {
        set = set.colored(theme.ground);
    }
    let baseline = y - SIGN.0 / 2.0 + set.baseline_in(SIGN.0);
    draft.text(text, (x, baseline), Anchor::Middle, set);
}
