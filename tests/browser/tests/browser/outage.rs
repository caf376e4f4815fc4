//! A server that fails in every way, by a seed, under 200 widgets whose figures change.
//!
//! `SOAK=1` makes 2,000 changes instead of 200 and holds the time to the first request after the
//! return; `SEED` chooses the faults.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::browser::{Browser, run};
use crate::live::{feed, page};
use crate::server::{Answer, End};

const FEEDS: u32 = 20;
const WIDGETS: u32 = 200;
/// Time on the page runs so many times as fast.
const SPEED: f64 = 10.0;
/// `refresh=5` in real time.
const INTERVAL: Duration = Duration::from_millis(500);
/// Between two changes of one feed.
const PERIOD: Duration = Duration::from_millis(2000);
const FIRST: u32 = 1000;

/// Whether the long form is asked for.
pub fn soak() -> bool {
    std::env::var("SOAK").is_ok_and(|value| value != "0" && !value.is_empty())
}

/// What the server does now.
#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Calm,
    /// Since when.
    Failing(Instant),
    Healed,
}

/// A number from a seed and a place (splitmix64).
fn dice(seed: u64, place: u64) -> f64 {
    let mut z = seed ^ place.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// An answer of a failing server. No more waits are asked for once the outage nears its end:
/// a page that was asked to wait is not fresh within an interval.
fn failing(body: String, first: f64, second: f64, waits: bool) -> Answer {
    let good = Answer::json(body.clone());
    let slow = Duration::from_secs_f64(0.5 * second);
    match (first * 100.0) as u32 {
        0..40 => good.after(slow),
        40..50 => good,
        50..60 => Answer::status(500).after(slow / 4),
        60..65 if waits => {
            Answer::status(429).with("retry-after", if second < 0.5 { "1" } else { "4" })
        }
        60..70 => Answer::status(503),
        70..80 => Answer::json(&body[..body.len() / 2]).ending(End::Stalled),
        80..85 => Answer::json("").ending(End::Stalled),
        85..90 => Answer::json(&body[..body.len() / 2]).ending(End::Cut),
        90..95 => Answer::json("").ending(End::Cut),
        _ => Answer {
            content_type: "text/html".into(),
            ..Answer::json("<!doctype html><title>维护中</title>")
        },
    }
}

/// Looks at all widgets every 50 ms: none is blank, none goes back.
const WATCH: &str = "
    window.blank = []; window.back = []; window.samples = 0;
    const last = new Map();
    const canvases = all.map(each => [each, each.shadowRoot.querySelector('canvas')]);
    (async () => {
      for (;; samples += 1) {
        for (const [each, canvas] of canvases) {
          const { width, height } = canvas.getBoundingClientRect();
          if (canvas.hidden || !(width > 0 && height > 0)) blank.push(each.id);
          const found = /([\\d.]+)%/.exec(canvas.getAttribute('aria-label'));
          if (each.getAttribute('kind') === 'summary') {
            const rate = Number(found && found[1]);
            if (!(rate >= (last.get(each) || 0))) back.push([each.id, last.get(each), rate]);
            last.set(each, rate);
          }
        }
        for (let n = 0; n < 8; n += 1) {
          const [each, canvas] = canvases[(samples * 8 + n) % canvases.length];
          if (seen.inked(canvas) < 500) blank.push(`${each.id}: no ink`);
        }
        await clock.wait(50);
      }
    })();
    return all.length";

#[test]
fn two_hundred_widgets_live_through_a_failing_server() {
    let changes = if soak() { 2000 } else { 200 };
    let seed = std::env::var("SEED").map_or(1, |seed| seed.parse().unwrap());
    run(async move |b: Browser| {
        let each = changes / FEEDS;
        let length = PERIOD * each;
        let phase = Arc::new(Mutex::new(Phase::Calm));
        let faults = Arc::new(AtomicU32::new(0));
        for number in 0..FEEDS {
            let (phase, faults) = (phase.clone(), faults.clone());
            let path = format!("/feed{number}.json");
            b.server.make(&path, move |count| {
                let now = *phase.lock().unwrap();
                let Phase::Failing(since) = now else {
                    let last = if now == Phase::Calm { 0 } else { each };
                    return Answer::json(feed(FIRST + last));
                };
                let gone = since.elapsed();
                let version = (gone.as_secs_f64() / PERIOD.as_secs_f64()) as u32;
                let body = feed(FIRST + version.min(each));
                // Besides single faults, each feed is down altogether for a while.
                let part = gone.as_secs_f64() / length.as_secs_f64() * 20.0;
                if part as u32 == number {
                    faults.fetch_add(1, Ordering::SeqCst);
                    return Answer::json("").ending(End::Cut);
                }
                let place = u64::from(number) << 32 | count as u64;
                let roll = dice(seed, place);
                if roll >= 0.5 {
                    faults.fetch_add(1, Ordering::SeqCst);
                }
                let waits = length.saturating_sub(gone) > 12 * INTERVAL;
                failing(body, roll, dice(!seed, place), waits)
            });
        }
        let widgets: String = (0..WIDGETS)
            .map(|n| {
                let kind = if n % 4 == 3 { "bars" } else { "summary" };
                let feed = n % FEEDS;
                let motion = if n % 8 == 0 { "" } else { "motion=none" };
                format!(
                    "<progress-widget id=p{n} kind={kind} src=/feed{feed}.json refresh=5 {motion}></progress-widget>"
                )
            })
            .collect();
        let body = format!("<div class=w320>{widgets}</div>");
        b.open(&page(&b.server, SPEED, &body)).await;
        assert_eq!(b.js(WATCH).await, json!(WIDGETS));
        *phase.lock().unwrap() = Phase::Failing(Instant::now());
        tokio::time::sleep(length).await;
        let healed = Instant::now();
        *phase.lock().unwrap() = Phase::Healed;
        // The figures of the last change, in every widget.
        let last = FIRST + each;
        let rate = format!("{}.{:02}%", last / 100, last % 100);
        // Computed: one decimal, but none of none.
        let row = match last % 100 {
            0 => "0%".to_owned(),
            percent => format!("{percent}.0%"),
        };
        b.until(&format!(
            "return all.every(each => each.getAttribute('kind') === 'summary'
               ? each.shadowRoot.querySelector('canvas').getAttribute('aria-label').includes('{rate}')
               : [...each.shadowRoot.querySelectorAll('td')].some(cell => cell.textContent === '{row}'))"
        ))
        .await;
        let shown = healed.elapsed();
        let mut latest = Duration::ZERO;
        for number in 0..FEEDS {
            let times = b.server.times(&format!("/feed{number}.json"));
            let first = times.into_iter().find(|time| *time >= healed).unwrap();
            latest = latest.max(first - healed);
        }
        let samples = b.js("return samples").await;
        println!(
            "seed {seed}: {changes} changes, {} faults, {samples} samples; the last feed was asked \
             for {latest:?} after the return, the last widget shows it after {shown:?}",
            faults.load(Ordering::SeqCst)
        );
        assert!(
            faults.load(Ordering::SeqCst) > changes / 2,
            "too few faults to tell"
        );
        // Held on an idle machine only: timers are late where other browsers draw beside this one.
        assert!(
            !soak() || latest <= INTERVAL + Duration::from_millis(300),
            "a feed was first asked for {latest:?} after the return; the interval is {INTERVAL:?}"
        );
        assert_eq!(b.js("return blank").await, json!([]));
        assert_eq!(b.js("return back").await, json!([]));
        let notes =
            "return all.filter(each => each.shadowRoot.querySelector('.note').textContent).length";
        assert_eq!(
            b.js(notes).await,
            json!(0),
            "called old although they are not"
        );
        b.page_is_unharmed().await;
    });
}
