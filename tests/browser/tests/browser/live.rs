//! Live feeds: the pace of requests, hidden pages, streams, what is said of old and new figures.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::browser::{Browser, run};
use crate::server::{Answer, End, Server};

const NOTE: &str = "w.shadowRoot.querySelector('.note')";
const FEED: &str = "/live.json";

/// A feed whose rate is this many hundredths of a percent.
pub fn feed(number: u32) -> String {
    format!(
        r#"{{"feed":"progress-widgets/1","title":"美丽城镇","as_of":"2020-09-30",
            "published":"2020-10-{:02}T{:02}:{:02}:{:02}+08:00",
            "total":{{"planned":10000,"started":{number},"rate":"{}.{:02}%"}},
            "regions":[{{"name":"上城区","code":"330102","planned":100,"started":{}}}]}}"#,
        1 + number / 86400,
        number / 3600 % 24,
        number / 60 % 60,
        number % 60,
        number / 100,
        number % 100,
        number % 100,
    )
}

/// A page on which time runs faster.
pub fn page(server: &Server, speed: f64, body: &str) -> String {
    server.page_with_head(
        &format!(
            "<script src=/pages/clock.js data-speed={speed}></script>\
             <script defer src=/dist/progress-widgets.js></script>"
        ),
        body,
    )
}

fn widget(more: &str) -> String {
    format!("<progress-widget id=p kind=summary src={FEED} {more}></progress-widget>")
}

/// The rate that the first widget shows, as hundredths of a percent.
const RATE: &str =
    "Math.round(100 * /([\\d.]+)%/.exec(canvas.getAttribute('aria-label') || '')?.[1])";

/// Answers with the number's feed.
fn counting(server: &Server) -> Arc<AtomicU32> {
    let number = Arc::new(AtomicU32::new(9700));
    let own = number.clone();
    server.make(FEED, move |_| {
        Answer::json(feed(own.load(Ordering::SeqCst)))
    });
    number
}

#[test]
fn twenty_widgets_of_one_feed_make_one_request_an_interval_and_none_while_hidden() {
    run(async |b: Browser| {
        let number = counting(&b.server);
        // 5 s are 200 ms.
        let body = widget("refresh=5").repeat(19) + &widget("refresh=60");
        b.open(&page(&b.server, 25.0, &body)).await;
        let (before, begin) = (b.server.requests(FEED), Instant::now());
        b.js("return clock.wait(3000)").await;
        let intervals = begin.elapsed().as_secs_f64() / 0.2;
        let made = (b.server.requests(FEED) - before) as f64;
        assert!(
            made <= intervals + 1.0 && made >= intervals * 0.7,
            "{made} requests in {intervals} intervals"
        );
        b.js("clock.hide(true); return clock.wait(300)").await;
        let before = b.server.requests(FEED);
        b.js("return clock.wait(2000)").await;
        assert_eq!(b.server.requests(FEED), before, "requests while hidden");
        number.store(9800, Ordering::SeqCst);
        let took = b
            .js(&format!(
                "const begin = performance.now(); clock.hide(false);
                 return new Promise(done => w.addEventListener('progress-widget-update', () =>
                   done([performance.now() - begin, {RATE}]), {{once: true}}))"
            ))
            .await;
        assert_eq!(took[1], json!(9800));
        assert!(
            took[0].as_f64().unwrap() < 1000.0,
            "{took} ms after the return"
        );
        b.page_is_unharmed().await;
    });
}

#[test]
fn an_unchanged_answer_costs_no_redraw_and_a_change_is_told_once() {
    run(async |b: Browser| {
        let number = counting(&b.server);
        let body = widget("refresh=5").repeat(5);
        b.open(&page(&b.server, 25.0, &body)).await;
        b.js("window.painted = 0; const clear = CanvasRenderingContext2D.prototype.clearRect;
              CanvasRenderingContext2D.prototype.clearRect = function (...a) { painted += 1; return clear.apply(this, a) };
              window.said = [];
              for (const each of all) new MutationObserver(() => said.push([clock.now(), each.shadowRoot.querySelector('.live').textContent]))
                .observe(each.shadowRoot.querySelector('.live'), {childList: true});
              return clock.wait(1500)").await;
        assert!(b.server.requests(FEED) > 3);
        assert_eq!(b.js("return painted").await, json!(0));
        let updates = "return seen.events.filter(e => e.name === 'update').length";
        assert_eq!(b.js(updates).await, json!(5));
        for next in [9712, 9725, 9731, 9750, 9790] {
            number.store(next, Ordering::SeqCst);
            b.until(&format!("return {RATE} === {next}")).await;
        }
        b.js("return clock.wait(600)").await;
        let said = b.js("return said").await;
        let said = said.as_array().unwrap();
        let text = said[0][1].as_str().unwrap();
        assert!(
            text.contains("已更新") && text.contains("开工率由97"),
            "{text}"
        );
        let times: Vec<f64> = said.iter().map(|s| s[0].as_f64().unwrap()).collect();
        assert!(
            times.windows(2).all(|pair| pair[1] - pair[0] >= 4990.0),
            "told too often: {said:?}"
        );
        let detail = b
            .js("return seen.events.filter(e => e.name === 'update').pop().detail")
            .await;
        assert_eq!(detail["reason"], json!("feed"));
        assert_eq!(detail["stale"], json!(false));
        assert!(detail["fetchedAt"].as_f64().unwrap() > 1.6e12);
        b.page_is_unharmed().await;
    });
}

#[test]
fn every_failure_leaves_the_last_good_picture_and_is_said_after_two_intervals() {
    run(async |b: Browser| {
        let answer = Arc::new(Mutex::new(Answer::json(feed(9700))));
        let own = answer.clone();
        b.server.make(FEED, move |_| own.lock().unwrap().clone());
        // 5 s are 100 ms, and the 30 s of the time-out 600 ms.
        b.open(&page(&b.server, 50.0, &widget("refresh=5"))).await;
        let print = b.js("return seen.print(canvas)").await;
        let good = Answer::json(feed(9800));
        for (what, bad) in [
            ("500", Answer::status(500)),
            ("404", Answer::status(404)),
            ("busy", Answer::status(429).with("retry-after", "1")),
            (
                "stalled",
                Answer::json(&feed(9800)[..90]).ending(End::Stalled),
            ),
            (
                "truncated",
                Answer::json(&feed(9800)[..90]).ending(End::Cut),
            ),
            ("broken off", Answer::json("").ending(End::Cut)),
            ("HTML", Answer::json("<!doctype html><p>维护中")),
            ("empty", Answer::json("")),
            (
                "unknown version",
                Answer::json(r#"{"feed":"progress-widgets/9","as_of":"2021-01-01"}"#),
            ),
            ("too deep", Answer::json("[".repeat(200))),
            ("older", Answer::json(feed(100))),
        ] {
            *answer.lock().unwrap() = bad;
            let before = b.server.requests(FEED);
            let quiet = what == "older";
            println!("{what}");
            if quiet {
                b.js("return clock.wait(500)").await;
            } else {
                b.until(&format!("return {NOTE}.textContent.includes('2020-09-30')"))
                    .await;
            }
            assert!(b.server.requests(FEED) > before, "{what}");
            assert_eq!(b.js("return seen.print(canvas)").await, print, "{what}");
            assert_eq!(b.js("return canvas.hidden").await, json!(false), "{what}");
            *answer.lock().unwrap() = Answer::json(feed(9700));
            b.until(&format!("return {NOTE}.textContent === ''")).await;
        }
        *answer.lock().unwrap() = good;
        b.until(&format!("return {RATE} === 9800")).await;
        // Each failure once, however often it was met.
        let errors = b
            .js("return seen.events.filter(e => e.name === 'error').length")
            .await;
        assert!(errors.as_u64().unwrap() <= 14, "{errors} errors told");
        b.page_is_unharmed().await;
    });
}

#[test]
fn an_outage_is_heard_once_however_many_widgets_it_meets() {
    run(async |b: Browser| {
        let answer = Arc::new(Mutex::new(Answer::json(feed(9700))));
        let own = answer.clone();
        b.server.make(FEED, move |_| own.lock().unwrap().clone());
        let widgets = widget("refresh=5").repeat(3);
        b.open(&page(&b.server, 50.0, &widgets)).await;
        for _ in 0..2 {
            *answer.lock().unwrap() = Answer::status(503);
            b.until(
                "const notes = all.map(w => w.shadowRoot.querySelector('.note'));
                 return notes.every(note => note.textContent !== '')
                   && notes.filter(note => note.ariaLive !== 'off').length === 1",
            )
            .await;
            *answer.lock().unwrap() = Answer::json(feed(9700));
            b.until(
                "return all.every(w => w.shadowRoot.querySelector('.note').textContent === '')",
            )
            .await;
            let ready = b
                .js("return all.every(w => w.shadowRoot.querySelector('.note').ariaLive !== 'off')")
                .await;
            assert_eq!(ready, json!(true), "each may be the one that is heard next");
        }
        b.page_is_unharmed().await;
    });
}

#[test]
fn figures_that_are_overdue_say_so() {
    run(async |b: Browser| {
        let old = feed(9700).replace("\"title\"", "\"expected_every\":\"P1D\",\"title\"");
        b.server.put(FEED, Answer::json(old));
        b.open(&page(&b.server, 1.0, &widget(""))).await;
        let note = b.js(&format!("return {NOTE}.textContent")).await;
        assert!(note.as_str().unwrap().contains("已超过更新期限"), "{note}");
        b.keep_picture("progress-widget", "overdue").await;
        let detail = b
            .js("return seen.events.find(e => e.name === 'update').detail")
            .await;
        assert_eq!(detail["stale"], json!(true));
        b.js("w.lang = 'en'; w.setAttribute('lang', 'en')").await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn the_last_good_figures_survive_a_reload_during_an_outage() {
    run(async |b: Browser| {
        let good = Arc::new(Mutex::new(true));
        let own = good.clone();
        b.server.make(FEED, move |_| {
            if *own.lock().unwrap() {
                Answer::json(feed(9700))
            } else {
                Answer::status(503)
            }
        });
        let url = page(&b.server, 25.0, &widget("refresh=5"));
        b.open(&url).await;
        *good.lock().unwrap() = false;
        b.open(&url).await;
        assert_eq!(b.js(&format!("return {RATE}")).await, json!(9700));
        let note = b.js(&format!("return {NOTE}.textContent")).await;
        assert!(
            note.as_str().unwrap().contains("暂时取不到最新数据"),
            "{note}"
        );
        let detail = b
            .js("return seen.events.find(e => e.name === 'update').detail")
            .await;
        assert_eq!(detail["stale"], json!(true));
        *good.lock().unwrap() = true;
        b.until(&format!("return {NOTE}.textContent === ''")).await;
        // Where storage is denied, nothing throws.
        *good.lock().unwrap() = false;
        let head = "<script src=/pages/clock.js data-speed=25></script><script src=/pages/no-storage.js></script>\
                    <script defer src=/dist/progress-widgets.js></script>";
        b.go(&b.server.page_with_head(head, &widget("refresh=5")))
            .await;
        b.until("return seen.events.some(e => e.name === 'error')")
            .await;
        *good.lock().unwrap() = true;
        b.until(&format!("return {RATE} === 9700")).await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn what_is_kept_is_bounded() {
    run(async |b: Browser| {
        for name in 0..7 {
            b.server
                .put(&format!("/f{name}.json"), Answer::json(feed(9000 + name)));
        }
        let big = feed(9100).replace('{', &format!("{{{}", " ".repeat(300_000)));
        b.server.put("/big.json", Answer::json(big));
        let widgets: String = (0..7)
            .map(|name| format!("<progress-widget src=/f{name}.json refresh=60></progress-widget>"))
            .collect();
        let more = "<progress-widget src=/big.json refresh=60></progress-widget>\
                    <progress-widget src=/samples/hangzhou-2020.json></progress-widget>";
        b.open(&page(&b.server, 1.0, &(widgets + more))).await;
        let kept = b.js("return Object.keys(localStorage).length").await;
        assert_eq!(kept, json!(4));
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_stream_brings_and_announces_feeds_and_requests_go_on_without_it() {
    run(async |b: Browser| {
        let number = counting(&b.server);
        b.server.stream("/events");
        b.open(&page(&b.server, 10.0, &widget("stream=/events refresh=30")))
            .await;
        b.until("return true").await;
        let begin = Instant::now();
        while b.server.send("/events", "ping") == 0 {
            assert!(begin.elapsed() < Duration::from_secs(5), "no stream");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // A whole feed: no request.
        let before = b.server.requests(FEED);
        let one_line = |number| feed(number).replace('\n', "");
        b.server.send("/events", &one_line(9800));
        b.until(&format!("return {RATE} === 9800")).await;
        // An older one is not shown; a sentence that is no feed says that there is a new one.
        b.server.send("/events", &one_line(9600));
        assert_eq!(b.server.requests(FEED), before);
        number.store(9900, Ordering::SeqCst);
        b.server.send("/events", "changed");
        b.until(&format!("return {RATE} === 9900")).await;
        assert!(b.server.requests(FEED) > before);
        // Hidden: the connection is given back. Shown: it is there again.
        b.js("clock.hide(true)").await;
        let begin = Instant::now();
        while b.server.send("/events", "ping") > 0 {
            assert!(begin.elapsed() < Duration::from_secs(5), "the stream stays");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        b.js("return clock.wait(700).then(() => clock.hide(false))")
            .await;
        let begin = Instant::now();
        while b.server.send("/events", "ping") == 0 {
            assert!(
                begin.elapsed() < Duration::from_secs(5),
                "no stream on return"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // Broken: requests go on, and the stream comes back.
        b.server.break_stream("/events");
        b.server.put("/events", Answer::status(503));
        number.store(9950, Ordering::SeqCst);
        b.until(&format!("return {RATE} === 9950")).await;
        b.server.stream("/events");
        let begin = Instant::now();
        while b.server.send("/events", "ping") == 0 {
            assert!(
                begin.elapsed() < Duration::from_secs(12),
                "the stream does not come back"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        b.page_is_unharmed().await;
    });
}

#[test]
fn what_the_server_asks_for_is_kept() {
    run(async |b: Browser| {
        let own = b.server.clone();
        b.server.make(FEED, move |count| match count {
            0 => Answer::json(feed(9700)),
            // 100 s are 2 s.
            1 => Answer::status(429).with("retry-after", "100"),
            _ => Answer::json(feed(9800)),
        });
        b.open(&page(&b.server, 50.0, &widget("refresh=5"))).await;
        b.until(&format!("return {RATE} === 9800")).await;
        let times = own.times(FEED);
        let waited = times[2] - times[1];
        assert!(waited >= Duration::from_millis(1950), "{waited:?}");
        b.page_is_unharmed().await;
    });
}

#[test]
fn attributes_that_can_not_be_used_are_told_and_changes_of_pace_are_followed() {
    run(async |b: Browser| {
        counting(&b.server);
        b.open(&page(&b.server, 50.0, &widget("refresh=soon")))
            .await;
        let console = b.js("return seen.console.join('\\n')").await;
        assert!(console.as_str().unwrap().contains("refresh"), "{console}");
        b.js("return clock.wait(600)").await;
        assert_eq!(b.server.requests(FEED), 1);
        b.js("w.setAttribute('refresh', '1'); return clock.wait(1050)")
            .await;
        // Not every second: five at least.
        let made = b.server.requests(FEED);
        assert!((4..=12).contains(&made), "{made} requests");
        b.js("w.removeAttribute('refresh'); return clock.wait(200)")
            .await;
        let made = b.server.requests(FEED);
        b.js("return clock.wait(600)").await;
        assert_eq!(b.server.requests(FEED), made);
        b.page_is_unharmed().await;
    });
}
