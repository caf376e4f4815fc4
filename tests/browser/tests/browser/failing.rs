//! What keeps the picture from coming: the figures still show, and the console says exactly why.

use std::time::Duration;

use serde_json::json;

use crate::browser::{Browser, run};
use crate::server::{Answer, End, STRICT_POLICY, Server};

const WASM: &str = "/dist/progress-widgets.wasm";
const HEAD: &str = "<script defer src=/dist/progress-widgets.js></script>";
const CHILDREN: &str = "<p id=still>97%</p>";

/// A widget with a static picture, and one without.
fn two() -> String {
    let widget = |id: &str, children: &str| {
        format!(
            "<progress-widget id={id} kind=bars src=/samples/hangzhou-2020.json>{children}</progress-widget>"
        )
    };
    // What editors leave behind is no picture.
    let left = "<noscript>97%</noscript><br><p class=editor>&nbsp;</p>";
    widget("with", CHILDREN) + &widget("without", left)
}

/// What the plain table of the second widget holds; null where none is to be seen.
const PLAIN: &str = "const t = document.getElementById('without').shadowRoot?.querySelector('.plain table');
    return t && t.getBoundingClientRect().height > 20
      ? {caption: t.caption.textContent, rows: [...t.rows].map(r => [...r.cells].map(c => c.textContent))} : null";

/// Waits for the fallbacks, and finds each of these words in the one thing that the console says.
async fn falls_back(b: &Browser, words: &[&str]) {
    b.until(&format!("return (() => {{ {PLAIN} }})() !== null"))
        .await;
    assert_eq!(
        b.js("return still.getBoundingClientRect().height > 10")
            .await,
        json!(true),
        "the static picture"
    );
    let shown = b.js("return [...document.getElementById('with').shadowRoot.querySelectorAll('.plain,.note')]
        .some(part => part.getBoundingClientRect().height > 1)").await;
    assert_eq!(shown, json!(false), "it stands alone");
    let console = b.js("return seen.console").await;
    let said: Vec<_> = console.as_array().unwrap().iter().collect();
    assert_eq!(said.len(), 1, "{console}");
    for word in words {
        assert!(
            said[0].as_str().unwrap().contains(word),
            "{word}: {console}"
        );
    }
}

#[test]
fn the_plain_table_shows_what_was_published() {
    run(async |b: Browser| {
        b.server.put(WASM, Answer::status(404));
        let feed = json!({
            "feed": "progress-widgets/1", "as_of": "2020-09-30", "sample": true,
            "title": "美丽<b>城镇</b>\u{202e}建设", "source": {"name": "浙江在线"},
            "total": {"planned": {"value": 1900, "bound": "more_than", "text": "1900多个"}, "started": 1892, "rate": "97%"},
            "regions": [
                {"name": "上城区", "planned": 38, "started": 38},
                {"name": "<img src=x onerror=alert(1)>", "rate": 0.974, "started": 0},
                {"name": "淳安县", "planned": {"value": 1000, "bound": "about"}, "rate": 0},
                {"name": "A \u{202e}12%\u{0}"}, null, 7, {"__proto__": {"name": "x"}},
            ],
        });
        b.server.put("/feed.json", Answer::json(feed.to_string()));
        b.go(&b
            .server
            .page("<progress-widget id=without src=/feed.json></progress-widget>"))
            .await;
        b.until(&format!("return (() => {{ {PLAIN} }})() !== null"))
            .await;
        let table = b.js(PLAIN).await;
        assert_eq!(
            table["caption"],
            "示例数据 · 美丽<b>城镇</b>建设 · 数据截至 2020-09-30 · 浙江在线"
        );
        assert_eq!(
            table["rows"],
            json!([
                ["名称", "开工率", "完成 / 计划"],
                ["合计", "97%", "1,892 / 1900多个"],
                ["上城区", "—", "38 / 38"],
                ["<img src=x onerror=alert(1)>", "97.4%", "0 / —"],
                ["淳安县", "0%", "— / ≈1,000"],
                ["A 12%", "—", "— / —"],
                ["—", "—", "— / —"],
                ["—", "—", "— / —"],
            ])
        );
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_module_that_is_not_there_or_not_whole_or_another() {
    run(async |b: Browser| {
        let whole = Answer::file(WASM);
        let mut half = whole.clone();
        half.body.truncate(50_000);
        let cut = half.clone().ending(End::Cut);
        let html = Answer {
            content_type: "text/html".into(),
            ..Answer::json("<!doctype html><p>404")
        };
        for (answer, words) in [
            (Answer::status(404), &["progress-widgets.wasm", "HTTP 404"]),
            (Answer::status(503), &["progress-widgets.wasm", "HTTP 503"]),
            (html, &["不是同一版本", "not the file"]),
            (half, &["不是同一版本", "not the file"]),
            (cut, &["progress-widgets.wasm", "cannot load"]),
        ] {
            b.server.put(WASM, answer);
            b.go(&b.server.page(&two())).await;
            falls_back(&b, words).await;
            b.page_is_unharmed().await;
        }
    });
}

#[test]
fn a_module_that_failed_is_asked_for_again() {
    run(async |b: Browser| {
        b.server.put(WASM, Answer::status(503));
        let head = format!("<script src=/pages/hurry.js></script>{HEAD}");
        b.go(&b.server.page_with_head(&head, &two())).await;
        falls_back(&b, &["HTTP 503"]).await;
        b.server.put(WASM, Answer::file(WASM));
        b.until("return all.every(w => !w.shadowRoot.querySelector('canvas').hidden)")
            .await;
        assert_eq!(b.js(PLAIN).await, json!(null), "the table gives way");
        assert_eq!(b.js("return still.getClientRects().length").await, json!(0));
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_module_that_is_half_a_minute_late_is_drawn_when_it_comes() {
    run(async |b: Browser| {
        b.server
            .put(WASM, Answer::file(WASM).after(Duration::from_secs(4)));
        let head = format!("<script src=/pages/hurry.js></script>{HEAD}");
        b.go(&b.server.page_with_head(&head, &two())).await;
        falls_back(&b, &["30"]).await;
        b.until("return all.every(w => !w.shadowRoot.querySelector('canvas').hidden)")
            .await;
        assert_eq!(b.js(PLAIN).await, json!(null));
        assert_eq!(b.server.requests(WASM), 1);
        b.page_is_unharmed().await;
        // One that stalls after its headers is as late as one that does not answer.
        b.server.put(WASM, Answer::file(WASM).ending(End::Stalled));
        b.go(&b.server.page_with_head(&head, &two())).await;
        falls_back(&b, &["30"]).await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn another_origin_must_allow_it() {
    run(async |b: Browser| {
        let other = Server::start().await;
        let origin = &other.origin;
        let policy = STRICT_POLICY.replace("'self'", &format!("'self' {origin}"));
        let head = format!("<script defer src={origin}/dist/progress-widgets.js></script>");
        b.go(&b.server.page_under(&policy, &head, &two())).await;
        falls_back(&b, &[&format!("{origin}{WASM}"), "CORS"]).await;
        b.page_is_unharmed().await;

        let open = Answer::file(WASM).with("access-control-allow-origin", "*");
        other.put(WASM, open);
        b.open(&b.server.page_under(&policy, &head, &two())).await;
        assert_eq!(b.js("return seen.inked(canvas) > 2000").await, json!(true));
        b.page_is_unharmed().await;

        // The same for feeds.
        let tag = format!(
            "<progress-widget id=f src={origin}/samples/hangzhou-2020.json></progress-widget>"
        );
        b.go(&b.server.page_under(&policy, &head, &tag)).await;
        b.until("return seen.console.some(text => text.includes('hangzhou-2020.json') && text.includes('CORS'))")
            .await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_policy_that_forbids_it_is_named_with_its_directive() {
    run(async |b: Browser| {
        for (policy, head, words) in [
            (
                STRICT_POLICY.replace("'wasm-unsafe-eval'", ""),
                HEAD.to_owned(),
                ["script-src"],
            ),
            (
                // The feed of this page comes from elsewhere: only the module is forbidden.
                STRICT_POLICY.replace(
                    "connect-src 'self'",
                    &format!("connect-src {}/samples/", b.server.origin),
                ),
                HEAD.to_owned(),
                ["connect-src"],
            ),
        ] {
            b.go(&b.server.page_under(&policy, &head, &two())).await;
            falls_back(&b, &words).await;
            // WebKit tells the page nothing of WebAssembly that it refused.
            b.until("return seen.harm.length <= 1 && seen.harm.every(text => text.startsWith('policy: '))")
                .await;
        }
        // The same for feeds.
        let policy = STRICT_POLICY.replace(
            "connect-src 'self'",
            &format!("connect-src {}{WASM}", b.server.origin),
        );
        b.go(&b.server.page_under(&policy, HEAD, &two())).await;
        b.until("return seen.console.some(text => text.includes('hangzhou-2020.json') && text.includes('connect-src'))")
            .await;
    });
}

#[test]
fn a_feed_that_redirects_or_answers_nothing_is_told_so() {
    run(async |b: Browser| {
        b.server.put(
            "/moved.json",
            Answer::redirect("/samples/hangzhou-2020.json"),
        );
        let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = nobody.local_addr().unwrap();
        drop(nobody);
        let policy = STRICT_POLICY.replace("connect-src", &format!("connect-src http://{address}"));
        for (url, word) in [
            ("/moved.json".to_owned(), "重定向"),
            (format!("http://{address}/feed.json"), "没有应答"),
        ] {
            let tag = format!("<progress-widget id=f src={url}></progress-widget>");
            b.go(&b.server.page_under(&policy, HEAD, &tag)).await;
            b.until(&format!(
                "return seen.console.some(text => text.includes('{word}'))"
            ))
            .await;
            b.page_is_unharmed().await;
        }
    });
}

#[test]
fn a_browser_without_webassembly_shows_the_figures() {
    run(async |b: Browser| {
        let head = format!("<script src=/pages/unsupported.js></script>{HEAD}");
        b.go(&b.server.page_with_head(&head, &two())).await;
        falls_back(&b, &["不支持 WebAssembly"]).await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn without_any_script_the_children_stand() {
    run(async |b: Browser| {
        let policy = "default-src 'none'; style-src 'self'";
        b.go(&b.server.page_under(policy, HEAD, &two())).await;
        let shown = b.find("#still").await.is_displayed().await.unwrap();
        assert!(shown);
        assert_eq!(
            b.js("return typeof ProgressWidgets").await,
            json!("undefined")
        );
    });
}

#[test]
fn what_is_no_url_is_an_error_and_never_ready_until_there_is_a_picture() {
    run(async |b: Browser| {
        b.go(&b
            .server
            .page("<progress-widget id=f kind=bars src='http://['></progress-widget>"))
            .await;
        b.until("return seen.events.length > 0").await;
        let code = "return w.ready.then(() => 'ready', error => error.code)";
        assert_eq!(b.js(code).await, json!("url"));
        b.js("return new Promise(done => setTimeout(done, 300))")
            .await;
        let names = "return seen.events.map(e => e.name)";
        assert_eq!(b.js(names).await, json!(["error"]), "told once");
        b.js("w.setAttribute('src', '/samples/hangzhou-districts-sample.json')")
            .await;
        b.until("return !canvas.hidden").await;
        assert_eq!(b.js(names).await, json!(["error", "ready", "update"]));
        assert_eq!(b.js(code).await, json!("url"), "a promise is settled once");
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_map_or_stream_that_is_no_url_rejects_and_the_picture_comes_all_the_same() {
    run(async |b: Browser| {
        for attribute in ["geometry", "stream"] {
            b.go(&b.server.page(&format!(
                "<progress-widget kind=bars src=/samples/hangzhou-districts-sample.json {attribute}='http://['></progress-widget>"
            )))
            .await;
            b.until("return seen.events.some(e => e.name === 'ready')")
                .await;
            let told = b
                .js("return w.ready.then(() => [], error => [error.code, seen.inked(canvas) > 2000, seen.events[0].name])")
                .await;
            assert_eq!(told, json!(["url", true, "error"]), "{attribute}");
            b.page_is_unharmed().await;
        }
    });
}
