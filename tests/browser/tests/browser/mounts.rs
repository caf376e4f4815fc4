//! Widgets that come and go leave nothing behind.
//!
//! `SOAK=1` does it 1,000 times instead of 100.

use serde_json::json;

use crate::browser::{Browser, run};
use crate::live::feed;
use crate::outage::soak;
use crate::server::Answer;

/// What the heap may have grown by.
const MOST_BYTES: f64 = 1_048_576.0;

/// Mounts and unmounts so many widgets, ten at a time, of all kinds of life.
fn mount(times: u32) -> String {
    format!(
        "const kinds = ['summary', 'bars', 'map'];
         let number = 0;
         const one = async () => {{
           const made = document.createElement('progress-widget');
           const set = (name, value) => made.setAttribute(name, value);
           number += 1;
           set('kind', kinds[number % 3]);
           set('src', number % 2 ? '/live.json' : '/samples/hangzhou-districts-sample.json');
           if (number % 3 === 2) set('geometry', '/samples/hangzhou-districts-2020.topo.json');
           if (number % 4 === 1) set('refresh', '5');
           if (number % 5 === 1) set('stream', '/events');
           if (number % 7 === 1) set('src', '/gone.json');
           document.body.append(made);
           if (number % 7 !== 1) await made.ready;
           // Some go while they are being drawn, some with a tip shown.
           if (number % 6 === 1) made.setAttribute('metric', 'completion');
           if (number % 6 === 2) made.shadowRoot.querySelector('canvas').focus();
           made.remove();
         }};
         return (async () => {{
           for (let round = 0; round < {times} / 10; round += 1) {{
             await Promise.all(Array.from({{length: 10}}, one));
           }}
           return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))));
         }})()"
    )
}

async fn heap(b: &Browser) -> Option<f64> {
    for _ in 0..3 {
        b.ask_devtools("HeapProfiler.collectGarbage", json!({}))
            .await?;
    }
    let usage = b.ask_devtools("Runtime.getHeapUsage", json!({})).await?;
    usage["usedSize"].as_f64()
}

#[test]
fn mounts_and_unmounts_leave_nothing_behind() {
    let times = if soak() { 1000 } else { 100 };
    run(async move |b: Browser| {
        b.server.put("/live.json", Answer::json(feed(9700)));
        b.server.put("/gone.json", Answer::status(404));
        b.server.stream("/events");
        let head = "<script src=/pages/count.js></script>\
                    <script defer src=/dist/progress-widgets.js></script>";
        b.go(&b.server.page_with_head(head, "")).await;
        b.js("console.error = () => {}; return customElements.whenDefined('progress-widget').then(() => 1)")
            .await;
        // What is made once: the module, style sheets, compiled code.
        b.js(&mount(30)).await;
        b.js("seen.events.length = seen.console.length = 0").await;
        let held = b.js("return held()").await;
        let before = heap(&b).await;
        // In parts: a script may run for 30 s.
        for _ in 0..times / 50 {
            b.js(&mount(50)).await;
            b.js("seen.events.length = seen.console.length = 0").await;
        }
        assert_eq!(b.js("return all.length").await, json!(0));
        assert_eq!(b.js("return held()").await, held);
        assert_eq!(held, json!({}), "held by a page without widgets");
        if let (Some(before), Some(after)) = (before, heap(&b).await) {
            println!("{times} mounts: the heap grew by {} bytes", after - before);
            assert!(
                after - before < MOST_BYTES,
                "the heap grew from {before} to {after} bytes"
            );
        }
        b.page_is_unharmed().await;
    });
}
