//! Feeds and maps given by programs: objects, text, bytes, good and bad.

use std::time::Duration;

use serde_json::json;

use crate::browser::{Browser, run};
use crate::districts;
use crate::server::Answer;

const EMPTY: &str = "<progress-widget id=p kind=bars></progress-widget>";
const FEED: &str = "{feed:'progress-widgets/1', as_of:'2020-09-30', regions:[
    {name:'甲\\u0001\"区', level:'district', planned:10, started:9, rate:'90%'},
    {name:'乙区', level:'district', planned:10, started:5}]}";

#[test]
fn ready_without_a_feed_means_that_the_module_runs() {
    run(async |b: Browser| {
        b.open(&b.server.page(EMPTY)).await;
        assert_eq!(b.js("return w.notices").await, json!([]));
        assert_eq!(b.js("return w.toSVG()").await, json!(""));
        assert_eq!(
            b.js("return seen.events.map(e => e.name)").await,
            json!(["ready"])
        );
        b.page_is_unharmed().await;
    });
}

#[test]
fn render_draws_before_it_returns_from_object_text_and_bytes() {
    run(async |b: Browser| {
        b.open(&b.server.page(EMPTY)).await;
        for (index, value) in [
            "o",
            "JSON.stringify(o)",
            "new TextEncoder().encode(JSON.stringify(o))",
            "new TextEncoder().encode(JSON.stringify(o)).buffer",
        ]
        .iter()
        .enumerate()
        {
            let script = format!(
                "const o = {FEED}; o.regions[1].started = {index} + 1; w.render({value});
                 const c = w.shadowRoot.querySelector('canvas');
                 return [seen.inked(c) > 500, c.hidden, JSON.stringify(seen.table(w)).includes('{}0.0%')]",
                index + 1
            );
            assert_eq!(b.js(&script).await, json!([true, false, true]), "{value}");
        }
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_name_with_quotes_and_control_characters_arrives_whole() {
    run(async |b: Browser| {
        b.open(&b.server.page(EMPTY)).await;
        let name = b
            .js(&format!(
                "w.render({FEED}); return seen.table(w).rows[0][0]"
            ))
            .await;
        assert_eq!(name, json!("甲\"区"));
        let notices = b.js("return w.notices").await;
        assert_eq!(notices[0]["document"], "feed");
        assert_eq!(notices[0]["path"], "$.regions[0].name");
        assert!(notices[0]["line"].as_u64().unwrap() >= 1, "{notices}");
        assert!(
            notices[0]["zh"].as_str().unwrap().contains("控制字符"),
            "{notices}"
        );
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_bad_feed_throws_in_two_languages_and_the_picture_stays() {
    run(async |b: Browser| {
        b.open(&b.server.page(EMPTY)).await;
        b.js(&format!("w.render({FEED})")).await;
        let before = b.js("return seen.print(canvas)").await;
        for bad in [
            "'{\"feed\":'",
            "'<!doctype html>'",
            "{feed:'progress-widgets/2', as_of:'2020-09-30'}",
            "{feed:'progress-widgets/1'}",
            "[]",
            "''",
            "new Uint8Array([0xff, 0xfe, 0x7b, 0])",
            "Symbol.iterator",
        ] {
            let message = b
                .js(&format!(
                    "try {{ w.render({bad}); return '' }} catch (e) {{ return e.message }}"
                ))
                .await;
            let message = message.as_str().unwrap();
            assert!(message.contains(" / "), "{bad}: {message:?}");
            assert!(
                message.chars().any(|c| c as u32 > 0x4e00),
                "{bad}: {message}"
            );
            b.frames().await;
            assert_eq!(b.js("return seen.print(canvas)").await, before, "{bad}");
        }
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_feed_set_before_the_script_came_is_drawn() {
    run(async |b: Browser| {
        b.go(&b.server.page_with_head("", EMPTY)).await;
        b.js(&format!("w.feed = {FEED}")).await;
        b.js("return seen.load('/dist/progress-widgets.js').then(() => w.ready).then(() => 1)")
            .await;
        assert_eq!(b.js("return seen.inked(canvas) > 500").await, json!(true));
        assert_eq!(b.js("return w.feed.as_of").await, json!("2020-09-30"));
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_map_can_be_given_taken_away_and_refused() {
    run(async |b: Browser| {
        b.open(&b.server.page(
            "<progress-widget id=p kind=map src=/samples/hangzhou-districts-sample.json></progress-widget>",
        )).await;
        let without = b.js("return w.toSVG()").await;
        let with = b.js("return fetch('/samples/hangzhou-districts-2020.topo.json').then(r => r.arrayBuffer())
                          .then(map => { w.setGeometry(map); return w.toSVG() })").await;
        assert_ne!(without, with);
        let message = b
            .js("try { w.setGeometry('{}'); return '' } catch (e) { return e.message }")
            .await;
        assert!(message.as_str().unwrap().contains(" / "), "{message}");
        assert_eq!(
            b.js("return w.toSVG()").await,
            with,
            "the last good map stays"
        );
        assert_eq!(b.js("w.setGeometry(null); return w.toSVG()").await, without);
        b.page_is_unharmed().await;
    });
}

#[test]
fn events_bubble_out_of_every_shadow_root() {
    run(async |b: Browser| {
        b.open(&b.server.page(&districts("bars", ""))).await;
        let events = b.js("return seen.events").await;
        let names: Vec<_> = events
            .as_array()
            .unwrap()
            .iter()
            .map(|e| e["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, ["ready", "update"]);
        for event in events.as_array().unwrap() {
            assert_eq!(event["composed"], true);
            assert_eq!(event["target"], "bars");
        }
        assert_eq!(events[1]["detail"]["reason"], "feed");
        assert_eq!(events[1]["detail"]["asOf"], "2020-09-30");
        b.page_is_unharmed().await;
    });
}

#[test]
fn an_attribute_changes_the_picture() {
    run(async |b: Browser| {
        b.open(&b.server.page(&districts("bars", ""))).await;
        let before = b.js("return w.toSVG()").await;
        b.js("w.setAttribute('limit', '3')").await;
        b.until(
            "return seen.events.some(e => e.name === 'update' && e.detail.reason === 'options')",
        )
        .await;
        assert_ne!(b.js("return w.toSVG()").await, before);
        // What is no option's value is told, and the default stands in.
        b.js("w.setAttribute('sort', 'sideways')").await;
        b.until("return seen.console.some(text => text.includes('sideways'))")
            .await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_new_url_that_answers_rubbish_leaves_the_picture_and_says_so() {
    run(async |b: Browser| {
        b.server
            .put("/html.json", Answer::json("<!doctype html><p>502"));
        b.open(&b.server.page(&districts("bars", ""))).await;
        let before = b.js("return seen.print(canvas)").await;
        b.js("w.setAttribute('src', '/html.json')").await;
        b.until("return seen.events.some(e => e.name === 'error')")
            .await;
        b.frames().await;
        assert_eq!(b.js("return seen.print(canvas)").await, before);
        let note = b
            .js("return w.shadowRoot.querySelector('.note').textContent")
            .await;
        assert!(note.as_str().unwrap().contains("此前"), "{note}");
        assert_eq!(
            b.js("return seen.console.some(text => text.includes('html.json'))")
                .await,
            json!(true)
        );
        b.js("w.setAttribute('src', '/samples/hangzhou-2020.json')")
            .await;
        b.until("return w.shadowRoot.querySelector('.note').textContent === ''")
            .await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn what_the_page_gives_is_not_replaced_by_an_answer_that_waits_for_the_map() {
    run(async |b: Browser| {
        let map = Answer::file("/samples/hangzhou-districts-2020.topo.json");
        b.server
            .put("/late.json", map.after(Duration::from_millis(3000)));
        let feed = "/samples/hangzhou-districts-sample.json";
        b.go(&b.server.page(&format!(
            "<progress-widget id=p kind=bars src={feed} geometry=/late.json></progress-widget>"
        )))
        .await;
        b.until(&came(feed)).await;
        b.until(&format!(
            "try {{ w.render({FEED}); return true }} catch (e) {{ return false }}"
        ))
        .await;
        assert_eq!(b.js(&came("/late.json")).await, json!(false), "too slow");
        b.until(&came("/late.json")).await;
        b.frames().await;
        assert_eq!(
            b.js("return seen.table(w).rows.map(row => row[0])").await,
            json!(["甲\"区", "乙区"])
        );
        b.page_is_unharmed().await;
    });
}

#[test]
fn an_answer_that_waits_for_the_module_is_forgotten_with_its_url() {
    run(async |b: Browser| {
        let feed = |day: u32| {
            Answer::json(format!(
                r#"{{"feed":"progress-widgets/1","as_of":"2020-09-{day}","total":{{"rate":"{day}%"}}}}"#
            ))
        };
        let wasm = "/dist/progress-widgets.wasm";
        let late = Answer::file(wasm).after(Duration::from_millis(1500));
        b.server.put(wasm, late);
        b.server.put("/newer.json", feed(30));
        b.server
            .put("/older.json", feed(20).after(Duration::from_millis(2500)));
        b.go(&b
            .server
            .page("<progress-widget id=p kind=summary src=/newer.json></progress-widget>"))
            .await;
        b.until(&came("/newer.json")).await;
        b.js("w.setAttribute('src', '/older.json'); return w.ready.then(() => 1)")
            .await;
        let said = b.js("return w.summary").await;
        assert!(said.as_str().unwrap().contains("20%"), "{said}");
        b.page_is_unharmed().await;
    });
}

/// Whether an answer is there whole.
fn came(path: &str) -> String {
    format!(
        "return performance.getEntriesByType('resource').some(({{name}}) => name.endsWith('{path}'))"
    )
}
