//! What fails: feeds that are not there, a module that is not there, an instance that dies.

use std::time::Duration;

use serde_json::json;

use crate::browser::{Browser, run};
use crate::districts;
use crate::server::{Answer, root};

const WASM: &str = "/dist/progress-widgets.wasm";
const NOTE: &str = "w.shadowRoot.querySelector('.note')";

#[test]
fn a_missing_feed_is_said_quietly_and_the_console_says_why() {
    run(async |b: Browser| {
        b.server.put("/gone.json", Answer::status(404));
        b.go(&b
            .server
            .page("<progress-widget id=p kind=bars src=/gone.json></progress-widget>"))
            .await;
        b.until("return seen.events.some(e => e.name === 'error')")
            .await;
        let note = b.js(&format!("return {NOTE}.textContent")).await;
        assert!(note.as_str().unwrap().contains("暂时无法显示"), "{note}");
        assert_eq!(
            b.js(&format!(
                "return {NOTE}.getBoundingClientRect().height > 10"
            ))
            .await,
            json!(true)
        );
        let console = b.js("return seen.console.join('\\n')").await;
        let console = console.as_str().unwrap();
        assert!(
            console.contains("/gone.json") && console.contains("404"),
            "{console}"
        );
        let code = b
            .js("return seen.events.find(e => e.name === 'error').detail.code")
            .await;
        assert_eq!(code, json!("http"));
        let rejected = b
            .js("return w.ready.then(() => 'ready', e => e.message)")
            .await;
        assert!(rejected.as_str().unwrap().contains("404"), "{rejected}");
        b.page_is_unharmed().await;
    });
}

#[test]
fn without_the_module_the_static_picture_stays() {
    run(async |b: Browser| {
        b.server.put(WASM, Answer::status(404));
        b.go(&b.server.page(
            "<progress-widget id=p kind=bars src=/samples/hangzhou-2020.json><p id=static>97%</p></progress-widget>",
        )).await;
        b.until("return seen.events.some(e => e.name === 'error')")
            .await;
        let shown = b
            .js("return document.getElementById('static').getBoundingClientRect().height > 10")
            .await;
        assert_eq!(shown, json!(true));
        let console = b.js("return seen.console.join('\\n')").await;
        assert!(console.as_str().unwrap().contains("404"), "{console}");
        b.page_is_unharmed().await;
    });
}

#[test]
fn the_static_picture_gives_way_to_the_drawn_one() {
    run(async |b: Browser| {
        let feed = std::fs::read(root().join("www/samples/hangzhou-2020.json")).unwrap();
        b.server.put(
            "/slow.json",
            Answer::json(feed).after(Duration::from_millis(400)),
        );
        b.go(&b.server.page(
            "<progress-widget id=p kind=summary src=/slow.json><p id=static>97%</p></progress-widget>",
        )).await;
        let height = "return document.getElementById('static').getBoundingClientRect().height > 0";
        assert_eq!(b.js(height).await, json!(true));
        b.until("return !canvas.hidden").await;
        assert_eq!(b.js(height).await, json!(false));
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_module_of_the_wrong_type_is_compiled_all_the_same() {
    run(async |b: Browser| {
        let body = std::fs::read(root().join("dist/progress-widgets.wasm")).unwrap();
        b.server.put(
            WASM,
            Answer {
                content_type: "text/plain".into(),
                ..Answer::json(body)
            },
        );
        b.open(&b.server.page(&districts("bars", ""))).await;
        assert_eq!(b.js("return seen.inked(canvas) > 2000").await, json!(true));
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_module_that_was_changed_is_refused() {
    run(async |b: Browser| {
        let mut body = std::fs::read(root().join("dist/progress-widgets.wasm")).unwrap();
        body.extend([0, 2, 1, b'x']); // A custom section: valid, and not what was built.
        b.server.put(
            WASM,
            Answer {
                content_type: "application/wasm".into(),
                ..Answer::json(body)
            },
        );
        b.go(&b.server.page(&districts("bars", ""))).await;
        b.until("return seen.events.some(e => e.name === 'error')")
            .await;
        assert_eq!(b.js("return canvas.hidden").await, json!(true));
        b.page_is_unharmed().await;
    });
}

/// Makes the canvas throw in the middle of a drawing: the exception passes through the instance.
pub const BREAK: &str = "window.clearRect = CanvasRenderingContext2D.prototype.clearRect;
    CanvasRenderingContext2D.prototype.clearRect = function (...a) {
      if (window.broken === undefined || this.canvas.getRootNode().host === broken) throw new RangeError('broken');
      return clearRect.apply(this, a);
    };";
pub const MEND: &str = "CanvasRenderingContext2D.prototype.clearRect = clearRect;";

#[test]
fn an_instance_that_dies_is_replaced_and_every_widget_comes_back() {
    run(async |b: Browser| {
        let widgets = districts("bars", "") + &districts("map", "") + &districts("summary", "");
        b.open(&b.server.page(&widgets)).await;
        let prints = "return all.map(w => seen.print(w.shadowRoot.querySelector('canvas')))";
        let before = b.js(prints).await;
        let message = b.js(&format!("{BREAK} let said = ''; try {{ w.render() }} catch (e) {{ said = e.message }} {MEND} return said")).await;
        assert!(message.as_str().unwrap().contains("正在恢复"), "{message}");
        // The old pictures still stand: what is waited for must be told from them.
        b.js("for (const w of all) w.shadowRoot.querySelector('canvas').getContext('2d').fillRect(0, 0, 99, 99)")
            .await;
        let again = format!("return JSON.stringify((() => {{ {prints} }})()) === '{before}'");
        b.until(&again).await;
        // Hover works on the new instance.
        b.js("canvas.focus(); canvas.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowDown'}))").await;
        assert_eq!(
            b.js("return w.shadowRoot.querySelector('.tip').hidden")
                .await,
            json!(false)
        );
        assert_eq!(b.server.requests(WASM), 1, "the compiled module is kept");
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_widget_that_keeps_breaking_is_given_up_and_the_others_live() {
    run(async |b: Browser| {
        let widgets = districts("bars", "") + &districts("map", "");
        b.open(&b.server.page(&widgets)).await;
        b.js(&format!(
            "window.broken = w; {BREAK} try {{ w.render() }} catch (e) {{}}"
        ))
        .await;
        b.until("return canvas.hidden").await;
        let plain = b
            .js("const t = w.shadowRoot.querySelector('.plain table');
                 return [t.getBoundingClientRect().height > 100, t.rows.length > 10]")
            .await;
        assert_eq!(plain, json!([true, true]), "the figures still show");
        b.until("const c = all[1].shadowRoot.querySelector('canvas'); return !c.hidden && seen.inked(c) > 2000").await;
        b.js("all[1].setAttribute('scheme', 'dark')").await;
        b.until("return all[1].toSVG().includes('#12181f')").await;
        b.page_is_unharmed().await;
    });
}
