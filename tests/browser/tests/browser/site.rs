//! The project's own pages as the native program serves them: gallery, one of each kind, preview.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::OnceLock;

use progress_widgets::widgets::KINDS;
use serde_json::json;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::browser::{Browser, run};
use crate::server::{root, sample};

const SEEN: &str = include_str!("../../pages/seen.js");

/// The native program, built on first use: cargo gives a test only the programs of its own package.
fn program() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let built = std::process::Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()))
            .current_dir(root())
            .args(["build", "--quiet", "--bin", "progress-widgets"])
            .status()
            .unwrap();
        assert!(built.success(), "the native program does not compile");
        // This test is target/debug/deps/browser-….
        let test = std::env::current_exe().unwrap();
        let target = test.ancestors().nth(3).unwrap();
        let name = format!("debug/progress-widgets{}", std::env::consts::EXE_SUFFIX);
        target.join(name)
    })
}

/// A running preview, ended when dropped.
struct Preview {
    _child: Child,
    origin: String,
}

impl Preview {
    async fn start(arguments: &[&Path]) -> Preview {
        let mut child = Command::new(program())
            .arg("preview")
            .args(arguments)
            .args(["--port", "0"])
            .arg("--www")
            .arg(root().join("www"))
            .arg("--dist")
            .arg(root().join("dist"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next_line().await.unwrap().unwrap();
        let (_, address) = first.split_once("http://").expect(&first);
        let origin = format!("http://{}", address.trim_end_matches('/'));
        // What it prints later must go somewhere, or it would stop at a full pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Preview {
            _child: child,
            origin,
        }
    }
}

/// Puts the tests' ear into the pages opened from now on, before their own scripts; where the
/// engine can't, [`listen`] does later.
async fn listen_first(b: &Browser) {
    b.devtools(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": SEEN }),
    )
    .await;
}

/// The ear for a page that has none yet.
async fn listen(b: &Browser) {
    b.js(&format!("if (!window.seen) {{ {SEEN} }}")).await;
}

/// No error, no breach of the page's policy, nothing in the console.
async fn all_is_quiet(b: &Browser, page: &str) {
    let said = b
        .js("return seen.harm.concat(seen.console, seen.events.filter(e => e.name === 'error').map(e => e.detail.message))")
        .await;
    assert_eq!(said, json!([]), "{page}");
}

/// What a click on the first button of that selector copies: by the clipboard, and, where the
/// browser gives none, by the selection in a text area.
async fn copied(b: &Browser, button: &str) -> [String; 2] {
    let mut texts = Vec::new();
    for clipboard in [
        "{writeText: async (text) => { window.copied = text }}",
        "undefined",
    ] {
        b.js(&format!(
            "window.copied = null;
             Object.defineProperty(navigator, 'clipboard', {{ configurable: true, value: {clipboard} }});
             document.oncopy = () => {{ window.copied = document.activeElement.value }};
             document.querySelector('{button}').scrollIntoView({{ block: 'center' }})"
        ))
        .await;
        b.find(button).await.click().await.unwrap();
        b.until(&format!(
            "return window.copied !== null && /^(已复制|Copied)$/.test(document.querySelector('{button} + .copied').textContent)"
        ))
        .await;
        let text = b.js("return window.copied").await;
        texts.push(text.as_str().unwrap().to_owned());
    }
    texts.try_into().unwrap()
}

#[test]
fn the_gallery_draws_every_widget_copies_and_changes_its_theme() {
    run(async |b: Browser| {
        let preview = Preview::start(&[]).await;
        listen_first(&b).await;
        for page in ["index.html", "en.html"] {
            b.open(&format!("{}/{page}", preview.origin)).await;
            listen(&b).await;
            let blank = b
                .js("return all.filter(e => {
                       const c = e.shadowRoot.querySelector('canvas');
                       return c.hidden || seen.inked(c) < 500 || e.summary.length < 8;
                     }).map(e => e.closest('.widget').id)")
                .await;
            assert_eq!(blank, json!([]), "{page}");
            assert!(b.js("return all.length").await.as_u64().unwrap() >= KINDS.len() as u64);
            let narrowed = b
                .js("return Promise.all([...document.querySelectorAll('.contact-sheet img')].map(async i => {
                       i.loading = 'eager';
                       await i.decode();
                       return Math.abs(i.height - i.width * i.naturalHeight / i.naturalWidth) > 2 && i.src;
                     })).then(all => all.filter(each => each))")
                .await;
            assert_eq!(
                narrowed,
                json!([]),
                "{page}: small pictures as wide as they are"
            );
            all_is_quiet(&b, page).await;
        }

        b.js("document.querySelector('details.embed').open = true")
            .await;
        let snippet = b
            .js("return document.querySelector('.code code').textContent")
            .await;
        assert!(snippet.as_str().unwrap().contains("<progress-widget "));
        for text in copied(&b, ".code button").await {
            assert_eq!(json!(text), snippet);
        }
        let sentence = b.js("return w.summary").await;
        for text in copied(&b, ".sentence button").await {
            assert_eq!(json!(text), sentence);
        }

        let before = b.js("w.scrollIntoView(); return seen.print(canvas)").await;
        b.js("document.querySelector('input[name=theme][value=government]').click()")
            .await;
        b.until(&format!(
            "return all.every(e => e.getAttribute('theme') === 'government') && seen.print(canvas) !== {before}"
        ))
        .await;
        assert_eq!(
            b.js("return new URLSearchParams(location.search).get('theme')")
                .await,
            json!("government"),
            "the view can be passed on"
        );
        b.js("document.querySelector('input[name=theme][value=\"\"]').click()")
            .await;
        b.until(&format!("return seen.print(canvas) === {before}"))
            .await;
        all_is_quiet(&b, "after the clicks").await;
    });
}

#[test]
fn the_page_of_every_kind_draws_them_all() {
    run(async |b: Browser| {
        let preview = Preview::start(&[]).await;
        listen_first(&b).await;
        let names: Vec<_> = KINDS.iter().map(|kind| kind.name).collect();
        for page in ["every-kind.html", "every-kind.en.html"] {
            b.open(&format!("{}/{page}", preview.origin)).await;
            listen(&b).await;
            let drawn = b
                .js("return all.filter(e => seen.inked(e.shadowRoot.querySelector('canvas')) > 500 && e.summary)
                       .map(e => e.getAttribute('kind'))")
                .await;
            assert_eq!(drawn, json!(names), "{page}");
            all_is_quiet(&b, page).await;
        }
    });
}

#[test]
fn the_preview_shows_widgets_and_notices_and_follows_each_save() {
    run(async |b: Browser| {
        let path = std::env::temp_dir().join(format!("preview-page-{}.json", std::process::id()));
        let map = root().join("www/samples/hangzhou-districts-2020.topo.json");
        let mut feed: serde_json::Value =
            serde_json::from_slice(&sample("hangzhou-districts-sample.json")).unwrap();
        feed["regions"][0]["rate"] = json!("many");
        let save = |text: &str| std::fs::write(&path, text).unwrap();
        save(&feed.to_string());
        let preview = Preview::start(&[&path, Path::new("--geometry"), &map]).await;

        listen_first(&b).await;
        b.go(&preview.origin).await;
        listen(&b).await;
        b.until(&format!(
            "return all.length === {} && all.every(e => e.summary)",
            KINDS.len()
        ))
        .await;
        let blank = b
            .js("return all.filter(e => seen.inked(e.shadowRoot.querySelector('canvas')) < 500).map(e => e.id)")
            .await;
        assert_eq!(blank, json!([]));
        let notices = b
            .js("return document.getElementById('notices').textContent")
            .await;
        assert!(
            notices.as_str().unwrap().contains("$.regions[0].rate"),
            "{notices}"
        );
        let sentence = b.js("return w.summary").await;
        for text in copied(&b, ".sentence button").await {
            assert_eq!(json!(text), sentence);
        }
        b.keep_picture(".desk", "preview-page").await;
        b.js("scrollTo(0, 400); window.same = true").await;

        feed["total"]["started"] = json!(1859);
        save(&feed.to_string());
        b.until("return all.every(e => e.summary) && w.summary.includes('1,859')")
            .await;
        save("{");
        b.until("return document.querySelectorAll('#errors .error').length === 1")
            .await;
        assert_eq!(
            b.js("return [w.summary.includes('1,859'), window.same, scrollY > 0]")
                .await,
            json!([true, true, true]),
            "the last good pictures stay, and the page where it was"
        );
        feed["total"]["started"] = json!(1860);
        feed["regions"][0]["rate"] = json!("100%");
        save(&feed.to_string());
        b.until("return !document.querySelector('#errors .error') && w.summary.includes('1,860') && !document.getElementById('notices').textContent.includes('$.regions[0].rate')")
            .await;
        all_is_quiet(&b, "preview").await;
        let _ = std::fs::remove_file(&path);
    });
}
