//! What a feed can't do: its texts are texts, and what is too much is cut.

use std::io::Write as _;

use serde_json::json;

use crate::browser::{Browser, run};
use crate::server::{Answer, End};

const EMPTY: &str = "<progress-widget id=p kind=bars></progress-widget>";
const WASM: &str = "/dist/progress-widgets.wasm";

#[test]
fn markup_links_and_controls_stay_text() {
    run(async |b: Browser| {
        b.open(&b.server.page(EMPTY)).await;
        let feed = r#"{"feed": "progress-widgets/1", "as_of": "2020-09-30", "lang": "\"><script>bad()</script>",
            "title": "</title><script>bad()</script><img src=x onerror=bad()>",
            "source": {"name": "<a href=javascript:bad()>x</a>", "url": "javascript:bad()"},
            "__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}},
            "notes": ["<svg onload=bad()>", "javascript:bad()"],
            "regions": [
              {"name": "A \u202e12%\u2066\u0000\u0007", "level": "district", "rate": "\u202e97%", "__proto__": {"polluted": 1}},
              {"name": "]]><script>bad()</script>", "level": "district", "planned": 10, "started": 9}]}"#;
        for kind in ["bars", "summary", "map"] {
            b.js(&format!(
                "w.setAttribute('kind', '{kind}'); w.render({})",
                json!(feed)
            ))
            .await;
            b.frames().await;
            let found = b
                .js("const {root} = {root: w.shadowRoot};
                     const policy = window.trustedTypes && trustedTypes.createPolicy('read', {createHTML: (text) => text});
                     const svg = new DOMParser().parseFromString(policy ? policy.createHTML(w.toSVG()) : w.toSVG(), 'image/svg+xml');
                     const texts = root.textContent + w.toSVG() + canvas.getAttribute('aria-label');
                     return {
                       made: [...root.querySelectorAll('script,img,iframe,object,svg,[onerror],[onload]')].map(e => e.outerHTML),
                       drawn: [...svg.querySelectorAll('script,img,image,foreignObject,parsererror,[onload],[onerror]')].map(e => e.tagName),
                       links: [...root.querySelectorAll('[href],[src]'), ...svg.querySelectorAll('[href]')]
                         .map(e => e.getAttribute('href') || e.src).filter(to => !/^(https?:|#)/.test(to)),
                       controls: /[\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u202a-\\u202e]/.test(texts),
                       polluted: ({}).polluted, root: svg.documentElement.tagName }")
                .await;
            assert_eq!(
                found,
                json!({"made": [], "drawn": [], "links": [], "controls": false, "polluted": null, "root": "svg"}),
                "{kind}"
            );
        }
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_body_past_the_limit_is_cut_while_it_comes() {
    run(async |b: Browser| {
        // It stalls after 17 MiB: who waited for its end would wait for ever.
        let long = Answer::json(vec![b' '; 17 << 20]).ending(End::Stalled);
        b.server.put("/long.json", long);
        // 64 MiB of spaces in 64 kB.
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&vec![b' '; 64 << 20]).unwrap();
        let bomb = packer.finish().unwrap();
        assert!(bomb.len() < 100_000);
        b.server.put(
            "/bomb.json",
            Answer::json(bomb).with("content-encoding", "gzip"),
        );
        for url in ["/long.json", "/bomb.json"] {
            b.go(&b.server.page(&format!(
                "<progress-widget id=p src={url}></progress-widget>"
            )))
            .await;
            b.until("return seen.events.some(e => e.name === 'error' && e.detail.code === 'limit' && e.detail.zh.includes('16 MiB'))")
                .await;
            b.page_is_unharmed().await;
        }
    });
}

#[test]
fn a_depth_bomb_is_refused_with_and_without_the_module() {
    run(async |b: Browser| {
        b.open(&b.server.page(EMPTY)).await;
        for bomb in [
            "'['.repeat(1e6)",
            "'{\"a\":'.repeat(2e5)",
            "'{\"feed\":\"progress-widgets/1\",\"as_of\":\"2020-09-30\",\"regions\":' + '['.repeat(1e5) + ']'.repeat(1e5) + '}'",
        ] {
            let code = b
                .js(&format!(
                    "try {{ w.render({bomb}); return 'drawn' }} catch (e) {{ return e.code }}"
                ))
                .await;
            assert_eq!(code, json!("feed"), "{bomb}");
        }
        assert_eq!(b.js("w.render({feed: 'progress-widgets/1', as_of: '2020-09-30', total: {rate: '97%'}}); return seen.inked(canvas) > 100").await, json!(true));
        b.page_is_unharmed().await;
        b.server.put(WASM, Answer::status(404));
        b.server
            .put("/deep.json", Answer::json("[".repeat(1_000_000)));
        b.go(&b
            .server
            .page("<progress-widget id=p src=/deep.json></progress-widget>"))
            .await;
        b.until("return seen.events.some(e => e.name === 'error')")
            .await;
        b.frames().await;
        assert_eq!(
            b.js("return w.shadowRoot.querySelector('.plain')").await,
            json!(null)
        );
        b.page_is_unharmed().await;
    });
}
