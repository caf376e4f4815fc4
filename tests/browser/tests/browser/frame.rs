//! The page for iframes, the helper for pages around it, and the script that holds everything.

use serde_json::{Value, json};

use crate::browser::{Browser, kept, run};
use crate::server::{Answer, STRICT_POLICY, Server, root, sample};

const EMBED: &str = "/dist/embed.html";
const FEED: &str = "/samples/hangzhou-districts-sample.json";
const HELPER: &str = "<script defer src=/dist/progress-widgets-parent.js></script>";

/// A portal's page with the widget in an iframe.
fn around(server: &Server, head: &str) -> String {
    let policy =
        STRICT_POLICY.replace("default-src 'none'", "default-src 'none'; frame-src 'self'");
    let frame = format!(
        "<div id=box class=w640><iframe id=f title=t scrolling=no src='{EMBED}?kind=bars&src={FEED}'></iframe></div>
         <iframe id=other title=t src='/samples/README.md'></iframe>"
    );
    server.page_under(&policy, head, &frame)
}

/// The height of the widget in the iframe; 0 before its picture.
const INSIDE: &str = "const inside = f.contentDocument.querySelector('progress-widget');
    const picture = inside && inside.shadowRoot && inside.shadowRoot.querySelector('canvas');
    const height = picture && !picture.hidden ? Math.ceil(inside.getBoundingClientRect().height) : 0;";

#[test]
fn an_iframe_gets_the_height_of_its_widget() {
    run(async |b: Browser| {
        b.go(&around(&b.server, HELPER)).await;
        let fits = format!("{INSIDE} return height > 200 && f.style.height === `${{height}}px`");
        b.until(&fits).await;
        let before = b.js("return f.style.height").await;
        b.js("f.width = 640").await;
        b.until(&format!(
            "if (f.style.height === '{}') return false; {fits}",
            before.as_str().unwrap()
        ))
        .await;
        let title = b.js("return f.contentDocument.title").await;
        assert!(title.as_str().unwrap().contains("开工率"), "{title}");
        b.page_is_unharmed().await;
    });
}

#[test]
fn the_helper_may_come_late() {
    run(async |b: Browser| {
        b.go(&around(&b.server, "")).await;
        b.until(&format!("{INSIDE} return height > 200")).await;
        assert_eq!(b.js("return f.style.height").await, json!(""));
        b.js("return seen.load('/dist/progress-widgets-parent.js')")
            .await;
        b.until(&format!(
            "{INSIDE} return f.style.height === `${{height}}px`"
        ))
        .await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn heights_are_told_in_the_shapes_that_others_know() {
    run(async |b: Browser| {
        b.go(&around(&b.server, "")).await;
        b.until(&format!("{INSIDE} return height > 200")).await;
        b.frames().await;
        b.js("window.got = []; addEventListener('message', (e) => e.source === f.contentWindow && got.push(e.data));
              f.contentWindow.postMessage('what?', '*'); f.contentWindow.postMessage({type: 'progress-widgets-ready'}, '*')")
            .await;
        b.until("return got.length >= 3").await;
        let height = b.js(&format!("{INSIDE} return height")).await;
        let got = b.js("return got").await;
        assert_eq!(
            got[0],
            json!({"sentinel": "amp", "type": "embed-size", "height": height})
        );
        assert_eq!(
            got[1],
            json!({"datawrapper-height": {"progress-widget": height}})
        );
        let text: Value = serde_json::from_str(got[2].as_str().unwrap()).unwrap();
        assert_eq!(text["sender"], "Flourish");
        assert_eq!(text["context"], "iframe.resize");
        assert_eq!(text["height"], height);
        assert!(text["src"].as_str().unwrap().contains("embed.html?"));
        assert_eq!(got.as_array().unwrap().len(), 3, "once for one question");
        b.page_is_unharmed().await;
    });
}

#[test]
fn the_helper_listens_to_our_frames_alone_and_within_bounds() {
    run(async |b: Browser| {
        b.go(&around(&b.server, HELPER)).await;
        b.until(&format!(
            "{INSIDE} return height > 200 && f.style.height === `${{height}}px`"
        ))
        .await;
        let before = b.js("return f.style.height").await;
        b.js("const say = (data, source, origin) => dispatchEvent(new MessageEvent('message', {data, source, origin}));
              const size = (height) => ({sentinel: 'amp', type: 'embed-size', height});
              say(size(500), other.contentWindow, location.origin);
              say(size(500), window, location.origin);
              say(size(500), f.contentWindow, 'https://evil.example');
              say(size(500), null, location.origin);
              for (const height of [0, -5, 39, 20001, 1e9, NaN, Infinity, '500px; color: red', null, {}]) say(size(height), f.contentWindow, location.origin);
              for (const data of [null, 7, 'x', [], {sentinel: 'amp'}]) say(data, f.contentWindow, location.origin);")
            .await;
        assert_eq!(b.js("return f.style.height").await, before);
        assert_eq!(b.js("return other.style.height").await, json!(""));
        b.page_is_unharmed().await;
        let bytes = Answer::file("/dist/progress-widgets-parent.js").body.len();
        assert!(bytes <= 1024, "{bytes} bytes");
    });
}

/// The embed page with the test's ear in it, and this list of sources.
fn page(server: &Server, sources: &str) -> String {
    let html = String::from_utf8(Answer::file(EMBED).body).unwrap();
    assert!(html.contains("content=\"'self'\""));
    let html = html
        .replace("content=\"'self'\"", &format!("content=\"{sources}\""))
        .replace("src=\"", "src=\"/dist/")
        .replace("<script", "<script src=/pages/seen.js></script><script");
    let policy = STRICT_POLICY.replace("connect-src 'self'", "connect-src *");
    server.put(
        "/embed.html",
        Answer {
            content_type: "text/html".into(),
            ..Answer::json(html)
        }
        .with("content-security-policy", policy),
    );
    format!("{}/embed.html", server.origin)
}

#[test]
fn only_sources_that_the_host_lists_are_read() {
    run(async |b: Browser| {
        let other = Server::start().await;
        let open = Answer::json(sample("hangzhou-districts-sample.json"))
            .with("access-control-allow-origin", "*");
        for path in ["/feed.json", "/open/feed.json", "/openly/feed.json"] {
            other.put(path, open.clone());
        }
        let (o, own) = (&other.origin, &b.server.origin);
        let folder = format!("{o}/open/");
        let port = own.rsplit(':').next().unwrap();
        for (sources, src, shown) in [
            ("'self'", FEED.to_owned(), true),
            ("'self'", format!("{o}/feed.json"), false),
            (
                "'self'",
                format!("//{}/feed.json", o.trim_start_matches("http://")),
                false,
            ),
            ("'self'", "data:application/json,{}".into(), false),
            ("'self'", "javascript:alert(1)".into(), false),
            (
                "'self'",
                format!("http://127.0.0.1:{port}@example.com/feed.json"),
                false,
            ),
            ("", FEED.to_owned(), false),
            (&folder, FEED.to_owned(), false),
            (&folder, format!("{o}/open/feed.json"), true),
            (&folder, format!("{o}/openly/feed.json"), false),
            (&folder, format!("{o}/open/../feed.json"), false),
            (&folder, format!("{o}/open/%2e%2e/feed.json"), false),
        ] {
            let asked = other.requests("/feed.json") + other.requests("/openly/feed.json");
            let url = format!(
                "{}?kind=bars&src={}",
                page(&b.server, sources),
                src.replace('%', "%25")
            );
            b.go(&url).await;
            if shown {
                b.until("return w !== undefined && w.shadowRoot && !canvas.hidden && seen.inked(canvas) > 2000")
                    .await;
            } else {
                b.until("return !!document.body && document.body.textContent.includes('未允许此数据来源')")
                    .await;
                assert_eq!(
                    b.js("return all.length").await,
                    json!(0),
                    "{src} by {sources}"
                );
            }
            b.page_is_unharmed().await;
            let more = other.requests("/feed.json") + other.requests("/openly/feed.json");
            assert_eq!(more, asked, "{src} by {sources}");
        }
    });
}

#[test]
fn the_inlined_script_needs_no_other_file() {
    run(async |b: Browser| {
        let head = "<script defer src=/dist/progress-widgets.inline.js></script>";
        let widget = format!("<progress-widget id=without kind=bars src={FEED}></progress-widget>");
        b.open(&b.server.page_with_head(head, &widget)).await;
        assert_eq!(b.js("return seen.inked(canvas) > 2000").await, json!(true));
        assert_eq!(b.server.requests("/dist/progress-widgets.wasm"), 0);
        b.page_is_unharmed().await;
        // The policy's word counts here too.
        let policy = STRICT_POLICY.replace("'wasm-unsafe-eval'", "");
        b.go(&b.server.page_under(&policy, head, &widget)).await;
        b.until(
            "return w.shadowRoot !== null && w.shadowRoot.querySelector('.plain table') !== null",
        )
        .await;
        let console = b.js("return seen.console.join()").await;
        assert!(
            console.as_str().unwrap().contains("script-src"),
            "{console}"
        );
    });
}

#[test]
fn the_inlined_script_works_in_a_page_opened_as_a_file() {
    run(async |b: Browser| {
        let folder = root().canonicalize().unwrap();
        let text = String::from_utf8(sample("hangzhou-districts-sample.json")).unwrap();
        let html = format!(
            "<!doctype html><meta charset=utf-8><script src='{0}/tests/browser/pages/seen.js'></script>
             <script src='{0}/dist/progress-widgets.inline.js'></script><progress-widget kind=bars></progress-widget>
             <progress-widget src=feed.json></progress-widget>
             <script>document.querySelector('progress-widget').feed = {text}</script>",
            folder.display()
        );
        let file = kept("as-a-file.html");
        std::fs::write(&file, html).unwrap();
        b.go(&format!("file://{}", file.display())).await;
        b.until("return w.shadowRoot !== null && !canvas.hidden && seen.inked(canvas) > 2000")
            .await;
        // A feed beside the page can't be read so, and the console says it.
        b.until("return seen.console.join().includes('以文件方式打开')")
            .await;
        b.page_is_unharmed().await;
    });
}
