//! The policy of live feeds against simulated outages and days.
//!
//! A `Page` here does what `www/element/sources.js` does with the policy's answers: at most two
//! requests under way, of which the older is given its time.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)] // A test fails loudly: that is its job.

use progress_widgets::live::{Event, Moment, Next, Poll};
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use proptest::{prop_assert, prop_assert_eq, prop_assume};

const SECOND: f64 = 1000.0;
const MINUTE: f64 = 60.0 * SECOND;
const DAY: f64 = 24.0 * 60.0 * MINUTE;
/// As `FETCH_TIMEOUT_MS` of the element.
const TIME_OUT: f64 = 30.0 * SECOND;

/// Numbers from a seed (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// What a server does with a request.
#[derive(Clone, Copy, Debug)]
enum Answer {
    Good(f64),
    /// After so long, with this `Retry-After`.
    Failed(f64, f64),
    /// Never.
    Stalled,
}

/// A page with one feed.
struct Page {
    poll: Poll,
    dice: Dice,
    interval: f64,
    wake: f64,
    count: u32,
    /// Number, end, the time asked for if it fails.
    busy: Vec<(u32, f64, Option<f64>)>,
    begun: Vec<f64>,
    good: Vec<f64>,
}

impl Page {
    fn new(interval: f64, seed: u64) -> Page {
        Page {
            poll: Poll::new(),
            dice: Dice(seed),
            interval,
            wake: f64::INFINITY,
            count: 0,
            busy: Vec::new(),
            begun: Vec::new(),
            good: Vec::new(),
        }
    }

    fn step(&mut self, event: Event, now: f64, server: &dyn Fn(f64, f64) -> Answer) {
        let moment = Moment {
            now_ms: now,
            random: self.dice.roll(),
            interval_ms: self.interval,
        };
        match self.poll.step(event, &moment) {
            Next::Wait(wait) => self.wake = now + wait,
            Next::Fetch => {
                if self.busy.len() > 1 {
                    self.busy.pop();
                    self.poll.step(Event::Failed(0.0), &moment);
                }
                self.count += 1;
                let (end, failed) = match server(now, self.dice.roll()) {
                    Answer::Good(after) => (after, None),
                    Answer::Failed(after, retry) => (after, Some(retry)),
                    Answer::Stalled => (TIME_OUT, Some(0.0)),
                };
                self.busy.push((self.count, now + end, failed));
                self.begun.push(now);
                self.step(Event::Begin(now), now, server);
            }
        }
    }

    /// Runs until a time.
    fn run(&mut self, until: f64, server: &dyn Fn(f64, f64) -> Answer) {
        loop {
            let end = self.busy.iter().map(|b| b.1).fold(f64::INFINITY, f64::min);
            let now = end.min(self.wake);
            if now > until {
                return;
            }
            if end > self.wake {
                self.step(Event::Wake, now, server);
                continue;
            }
            let index = self.busy.iter().position(|b| b.1 == end).unwrap();
            let (number, _, failed) = self.busy.remove(index);
            match failed {
                None if self.poll.admits(f64::from(number)) => {
                    self.busy.retain(|b| b.0 > number);
                    self.good.push(now);
                    self.step(Event::Good, now, server);
                }
                Some(retry) => self.step(Event::Failed(retry), now, server),
                None => {}
            }
        }
    }
}

/// Most of these times within one second.
fn most_in_a_second(mut times: Vec<f64>) -> usize {
    times.sort_by(f64::total_cmp);
    let within = |first: &f64| times.partition_point(|t| *t < first + SECOND);
    times
        .iter()
        .enumerate()
        .map(|(index, first)| within(first) - index)
        .max()
        .unwrap_or(0)
}

/// The ways of being down.
fn down(way: usize, dice: f64) -> Answer {
    match way {
        0 => Answer::Failed(5.0, 0.0), // refused
        1 => Answer::Failed(80.0 + 400.0 * dice, 0.0),
        2 => Answer::Stalled,
        _ if dice < 0.4 => Answer::Stalled,
        _ => Answer::Failed(2000.0 * dice, 0.0),
    }
}

/// Lets 1,000 pages go through an outage and returns the most requests in one second after it.
fn outage(way: usize, length: f64, in_step: bool, seed: u64) -> usize {
    const INTERVAL: f64 = 30.0 * SECOND;
    let gone = 2.0 * MINUTE;
    let back = gone + length;
    let server = |now: f64, dice: f64| {
        if now < gone || now >= back {
            Answer::Good(60.0)
        } else {
            down(way, dice)
        }
    };
    let mut first = Vec::new();
    let mut all = Vec::new();
    for number in 0..1000 {
        let mut page = Page::new(INTERVAL, seed * 1_000_003 + number);
        let start = if in_step {
            0.0
        } else {
            page.dice.roll() * INTERVAL
        };
        page.step(Event::Wake, start, &server);
        page.run(back + 2.0 * INTERVAL, &server);
        let returned = page.begun.iter().copied().find(|t| *t >= back).unwrap();
        let fresh = page.good.iter().copied().find(|t| *t >= back).unwrap();
        assert!(
            fresh <= back + INTERVAL + 100.0,
            "way {way}, {length} ms, page {number}: fresh {} ms after the return",
            fresh - back
        );
        first.push(returned);
        all.extend(page.begun.into_iter().filter(|t| *t >= back));
    }
    // Nobody asks twice where once is enough, so the first requests are the load.
    most_in_a_second(first).max(most_in_a_second(all))
}

#[test]
fn a_thousand_pages_come_back_a_tenth_a_second_at_most() {
    for way in 0..4 {
        for minutes in [2.0, 7.3, 60.0] {
            let most = outage(way, minutes * MINUTE, false, 7);
            println!("way {way}, {minutes} min: {most} of 1000 in the fullest second");
            assert!(most <= 100, "way {way}, {minutes} min: {most} in a second");
        }
    }
}

#[test]
fn after_an_outage_of_seconds_too() {
    for way in 0..4 {
        for seconds in [2.0, 5.0, 10.0, 15.0, 30.0, 45.0, 60.0] {
            let most = outage(way, seconds * SECOND, false, 11);
            assert!(most <= 100, "way {way}, {seconds} s: {most} in a second");
        }
    }
}

#[test]
fn pages_opened_in_the_same_instant_are_spread_by_the_outage() {
    for way in [0, 1, 3] {
        let most = outage(way, 5.0 * MINUTE, true, 13);
        assert!(most <= 100, "way {way}: {most} in a second");
    }
}

#[test]
fn a_day_costs_one_request_an_interval() {
    let server = |_: f64, dice: f64| Answer::Good(2000.0 * dice);
    let mut page = Page::new(MINUTE, 3);
    page.step(Event::Wake, 0.0, &server);
    page.run(DAY, &server);
    assert_eq!(page.begun.len(), 24 * 60 + 1);
    assert!(page.begun.windows(2).all(|w| w[1] - w[0] == MINUTE));
}

#[test]
fn slow_answers_arrive_although_they_take_longer_than_an_interval() {
    let server = |_: f64, _: f64| Answer::Good(25.0 * SECOND);
    let mut page = Page::new(10.0 * SECOND, 3);
    page.step(Event::Wake, 0.0, &server);
    page.run(10.0 * MINUTE, &server);
    assert!(page.good.len() >= 15, "{} answers", page.good.len());
}

#[test]
fn a_feed_fetched_once_is_fetched_once() {
    let server = |_: f64, _: f64| Answer::Good(50.0);
    let mut page = Page::new(f64::INFINITY, 5);
    page.step(Event::Wake, 0.0, &server);
    page.run(DAY, &server);
    page.step(Event::Return, DAY, &server);
    page.run(2.0 * DAY, &server);
    assert_eq!(page.begun.len(), 1);
}

#[test]
fn a_feed_fetched_once_is_tried_for_minutes_and_again_on_return() {
    let gone = |_: f64, _: f64| Answer::Failed(20.0, 0.0);
    let mut page = Page::new(f64::INFINITY, 5);
    page.step(Event::Wake, 0.0, &gone);
    page.run(DAY, &gone);
    assert_eq!(page.begun.len(), 6);
    assert!(*page.begun.last().unwrap() < 5.0 * MINUTE);
    page.step(Event::Return, DAY, &gone);
    page.run(2.0 * DAY, &gone);
    assert_eq!(page.begun.len(), 7);
}

#[test]
fn what_the_server_asks_for_is_kept_also_on_return() {
    let busy = |_: f64, _: f64| Answer::Failed(20.0, 90.0 * SECOND);
    let mut page = Page::new(30.0 * SECOND, 5);
    page.step(Event::Wake, 0.0, &busy);
    page.run(50.0 * SECOND, &busy);
    page.step(Event::Return, 50.0 * SECOND, &busy);
    page.step(Event::Changed, 50.0 * SECOND, &busy);
    page.run(90.0 * SECOND, &busy);
    assert_eq!(page.begun.len(), 1);
    page.run(121.0 * SECOND, &busy);
    assert_eq!(page.begun.len(), 2);
}

#[test]
fn old_figures_are_stale_after_two_intervals_of_failures() {
    let gone = 10.0 * MINUTE;
    let server = |now: f64, _: f64| {
        if now < gone {
            Answer::Good(20.0)
        } else {
            Answer::Failed(20.0, 0.0)
        }
    };
    let mut page = Page::new(MINUTE, 9);
    page.step(Event::Wake, 0.0, &server);
    let mut stale_at = |now: f64| {
        page.run(now, &server);
        page.poll.stale(&Moment {
            now_ms: now,
            random: 0.0,
            interval_ms: MINUTE,
        })
    };
    assert!(!stale_at(gone + 0.9 * MINUTE));
    assert!(stale_at(gone + 1.1 * MINUTE)); // The last good answer came at nine minutes.
}

#[test]
fn figures_of_a_server_that_hangs_are_stale_within_three_intervals() {
    for interval in [5.0 * SECOND, 20.0 * SECOND, MINUTE, 10.0 * MINUTE] {
        let server = |now: f64, _: f64| {
            if now < 1.0 {
                Answer::Good(20.0)
            } else {
                Answer::Stalled
            }
        };
        let mut page = Page::new(interval, 2);
        page.step(Event::Wake, 0.0, &server);
        let moment = |now_ms| Moment {
            now_ms,
            random: 0.0,
            interval_ms: interval,
        };
        page.run(3.0 * interval + 1.0, &server);
        assert!(page.poll.stale(&moment(3.0 * interval + 1.0)), "{interval}");
    }
}

#[test]
fn readers_who_are_told_of_a_change_do_not_all_ask_at_once() {
    let server = |_: f64, _: f64| Answer::Good(50.0);
    let begun = (0..1000).map(|seed| {
        let mut page = Page::new(MINUTE, seed);
        page.step(Event::Wake, 0.0, &server);
        page.run(20.0 * SECOND, &server);
        page.step(Event::Changed, 20.0 * SECOND, &server);
        page.run(23.0 * SECOND, &server);
        assert_eq!(page.begun.len(), 2);
        page.begun[1]
    });
    assert!(most_in_a_second(begun.collect()) < 600);
}

#[test]
fn a_stream_that_lives_puts_requests_off_but_not_for_ever() {
    let server = |_: f64, _: f64| Answer::Good(50.0);
    let mut page = Page::new(MINUTE, 1);
    page.step(Event::Wake, 0.0, &server);
    for tick in 1..240 {
        page.run(f64::from(tick) * 15.0 * SECOND, &server);
        page.step(Event::Heard, f64::from(tick) * 15.0 * SECOND, &server);
    }
    assert!((6..=7).contains(&page.begun.len()), "{:?}", page.begun);
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => Just(Event::Wake),
        1 => Just(Event::Heard),
        1 => Just(Event::Good),
        3 => Just(Event::Failed(0.0)),
        1 => (0.0..1e7).prop_map(Event::Failed),
        1 => Just(Event::Hidden),
        1 => Just(Event::Return),
        1 => Just(Event::Changed),
    ]
}

/// Steps of the clock: mostly forwards, at times set back or forwards by years.
fn time() -> impl Strategy<Value = f64> {
    prop_oneof![8 => 0.0..100_000.0, 1 => -1e11..0.0, 1 => 0.0..1e11]
}

proptest! {
    /// Whatever happens and however the clock jumps: hidden pages begin nothing, shown pages are
    /// never told to wait longer than an interval or than the server asked.
    #[test]
    fn no_wait_is_longer_than_an_interval(
        interval in 5_000.0..600_000.0,
        steps in proptest::collection::vec((event(), time(), 0.0..1.0), 1..60),
    ) {
        let mut poll = Poll::new();
        let mut now = 1.7e12;
        let mut hidden = false;
        let mut streaming = false;
        let mut asked = 0.0_f64;
        for (event, later, random) in steps {
            now += later;
            let moment = Moment { now_ms: now, random, interval_ms: interval };
            match event {
                Event::Hidden => hidden = true,
                Event::Return => hidden = false,
                Event::Heard => streaming = true,
                Event::Failed(retry) => asked = asked.max(retry.min(3.6e6)),
                _ => {}
            }
            let mut next = poll.step(event, &moment);
            if next == Next::Fetch {
                prop_assert!(!hidden);
                streaming = false;
                next = poll.step(Event::Begin(now), &moment);
                if let Next::Wait(wait) = next {
                    prop_assert!(wait <= interval.max(3.6e6));
                }
            }
            match next {
                Next::Fetch => prop_assert!(!hidden),
                Next::Wait(wait) if hidden => prop_assert_eq!(wait, f64::INFINITY),
                Next::Wait(wait) => {
                    let most = if streaming { 10.0 * interval } else { interval };
                    prop_assert!(wait > 0.0);
                    prop_assert!(wait <= most + asked + 60_000.0, "{} ms of {}", wait, most);
                }
            }
        }
    }

    /// A page that is hidden and shown at random: none while hidden, one at once on return.
    #[test]
    fn hidden_pages_rest_and_returning_pages_ask_at_once(
        seed in any::<u64>(),
        stays in proptest::collection::vec((20_000.0..1e7, 20_000.0..1e7), 1..20),
    ) {
        let server = |_: f64, dice: f64| match (dice * 10.0) as u32 {
            0 => Answer::Stalled,
            1 | 2 => Answer::Failed(100.0, 0.0),
            _ => Answer::Good(300.0 * dice),
        };
        let mut page = Page::new(30.0 * SECOND, seed);
        let mut now = 0.0;
        page.step(Event::Wake, now, &server);
        for (shown, hidden) in stays {
            now += shown;
            page.run(now, &server);
            page.step(Event::Hidden, now, &server);
            let before = page.begun.len();
            now += hidden;
            page.run(now, &server);
            prop_assert_eq!(page.begun.len(), before, "a request of a hidden page");
            page.step(Event::Return, now, &server);
            prop_assert_eq!(page.begun.last(), Some(&now));
        }
    }

    /// Answers in any order: each taken one belongs to a later request than the one before it, and
    /// the newest is taken.
    #[test]
    fn answers_are_taken_in_the_order_of_their_requests(
        order in Just((1..40_u32).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        prop_assume!(!order.is_empty());
        let mut poll = Poll::new();
        let taken: Vec<u32> = order
            .into_iter()
            .filter(|number| poll.admits(f64::from(*number)))
            .collect();
        prop_assert!(taken.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert_eq!(taken.last(), Some(&39));
    }
}
