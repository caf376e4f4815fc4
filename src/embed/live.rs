//! The policy of live feeds for JavaScript: one export. Imports `live`.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::live::{Event, Moment, Next, Poll};

thread_local! {
    /// By the number that JavaScript gave it. What a trap takes from here is made anew when it is
    /// asked for, and then fetches once too often.
    static POLLS: RefCell<Vec<(u32, Poll)>> = const { RefCell::new(Vec::new()) };
}

/// Takes in what happened to a feed (`event`: see `www/element/live.js`; `value` is a time, a wait
/// or a number of a request, in milliseconds where it is a time) and answers when to ask again in
/// milliseconds: 0 is now, and then a request is to begin; infinity is never. Of the questions
/// `ADMIT` and `STALE` the answer is 1 or 0.
#[wasm_bindgen]
pub fn live_step(
    number: u32,
    event: u32,
    now_ms: f64,
    random: f64,
    interval_ms: f64,
    value: f64,
) -> f64 {
    POLLS.with_borrow_mut(|polls| {
        let found = polls.iter().position(|poll| poll.0 == number);
        if event == 10 {
            if let Some(index) = found {
                polls.swap_remove(index);
            }
            return f64::INFINITY;
        }
        if found.is_none() {
            polls.push((number, Poll::new()));
        }
        let index = found.unwrap_or(polls.len().saturating_sub(1));
        let Some((_, poll)) = polls.get_mut(index) else {
            return f64::INFINITY;
        };
        let moment = Moment {
            now_ms,
            random,
            interval_ms,
        };
        let event = match event {
            1 => Event::Begin(value),
            2 => Event::Heard,
            3 => Event::Good,
            4 => Event::Failed(value),
            5 => Event::Hidden,
            6 => Event::Return,
            7 => Event::Changed,
            8 => return f64::from(u8::from(poll.admits(value))),
            9 => return f64::from(u8::from(poll.stale(&moment))),
            _ => Event::Wake,
        };
        match poll.step(event, &moment) {
            Next::Fetch => 0.0,
            Next::Wait(wait_ms) => wait_ms,
        }
    })
}
