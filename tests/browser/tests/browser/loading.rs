//! The script on a page: however it is included, wherever the elements stand, whatever they are.

use serde_json::json;

use crate::browser::{Browser, run};
use crate::districts;
use crate::server::Answer;

const WASM: &str = "/dist/progress-widgets.wasm";
const SCRIPT: &str = "/dist/progress-widgets.js";
const FEED: &str = "/samples/hangzhou-districts-sample.json";

/// Whether every widget on the page, those in divs too, shows a picture.
const DRAWN: &str = "return customElements.get('progress-widget') !== undefined
    && [...all, ...ProgressWidgets.process()].every(w => {
      const c = w.shadowRoot.querySelector('canvas');
      return !c.hidden && seen.inked(c) > 500;
    })";

fn script(attributes: &str) -> String {
    format!("<script {attributes} src={SCRIPT}></script>")
}

#[test]
fn the_script_may_stand_anywhere() {
    run(async |b: Browser| {
        let widget = districts("bars", "");
        for (head, body) in [
            (script("defer"), widget.clone()),
            (script(""), widget.clone()),
            (
                String::new(),
                format!("{widget}{}{}", script("async"), districts("summary", "")),
            ),
            (String::new(), format!("{}{widget}", script("").repeat(2))),
            (
                "<script type=module src=/dist/progress-widgets.mjs></script>".into(),
                widget.clone(),
            ),
            (
                String::new(),
                format!(
                    "{widget}<script async type=module src=/dist/progress-widgets.mjs></script>"
                ),
            ),
        ] {
            let page = b.server.page_with_head(&head, &body);
            b.go(&page).await;
            b.until(DRAWN).await;
            b.page_is_unharmed().await;
        }
    });
}

#[test]
fn of_two_versions_the_first_is_in_charge_and_the_second_says_so_once() {
    run(async |b: Browser| {
        let mut other = Answer::file(SCRIPT);
        let built = String::from_utf8(Answer::file("/dist/integrity.json").body).unwrap();
        let built: serde_json::Value = serde_json::from_str(&built).unwrap();
        let version = built["version"].as_str().unwrap();
        let text = String::from_utf8(other.body).unwrap();
        assert!(
            text.contains(&format!("`{version}`")),
            "the version's place"
        );
        other.body = text.replace(&format!("`{version}`"), "`99.0.0`").into();
        b.server.put("/other/progress-widgets.js", other);
        let later = "<script defer src=/other/progress-widgets.js></script>";
        let head = format!("{}{later}{later}", script("defer"));
        b.open(&b.server.page_with_head(&head, &districts("bars", "")))
            .await;
        assert_eq!(b.js("return ProgressWidgets.version").await, json!(version));
        let said = b
            .js("return seen.console.filter(text => text.includes('99.0.0')).length")
            .await;
        assert_eq!(said, json!(1));
        assert_eq!(b.server.requests("/other/progress-widgets.wasm"), 0);
        assert_eq!(b.server.requests(WASM), 1);
        b.page_is_unharmed().await;
    });
}

#[test]
fn the_module_beside_the_script_exports_what_is_in_charge() {
    run(async |b: Browser| {
        b.open(&b.server.page(&districts("bars", ""))).await;
        let same = b
            .js("return import('/dist/progress-widgets.mjs').then(m => [
                   m.ProgressWidget === customElements.get('progress-widget'),
                   m.ProgressWidgets === ProgressWidgets, new m.ProgressWidget() instanceof HTMLElement])")
            .await;
        assert_eq!(same, json!([true, true, true]));
        assert_eq!(b.js("return seen.console").await, json!([]));
        b.page_is_unharmed().await;
    });
}

#[test]
fn elements_that_a_framework_makes_work() {
    run(async |b: Browser| {
        b.go(&b.server.page("<div id=app></div>")).await;
        b.js("const made = document.createElement('progress-widget');
              app.append(made);
              made.setAttribute('kind', 'bars');
              made.setAttribute('src', '/samples/hangzhou-districts-sample.json');
              const [second, third] = [made.cloneNode(), document.createElement('progress-widget')];
              // Frameworks set properties before the element is on the page.
              third.feed = {feed: 'progress-widgets/1', as_of: '2020-09-30', total: {rate: '97%'}};
              const fragment = document.createDocumentFragment();
              fragment.append(second, third);
              app.append(fragment);
              made.remove(); app.prepend(made);")
            .await;
        b.until(&format!("if (all.length !== 3) return false; {DRAWN}"))
            .await;
        assert_eq!(b.server.requests(FEED), 1);
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_page_in_gbk_reads_the_script_all_the_same() {
    run(async |b: Browser| {
        let mut file = Answer::file(SCRIPT);
        // No charset: the browser takes the page's.
        assert_eq!(file.content_type, "text/javascript");
        file.headers.clear();
        b.server.put(SCRIPT, file);
        let body = format!(
            "<!doctype html><meta charset=gbk><script src=/pages/seen.js></script>{}\
             <progress-widget id=p src=/gone.json lang=zh-CN></progress-widget>",
            script("defer")
        );
        b.server.put(
            "/gbk.html",
            Answer {
                content_type: "text/html".into(),
                ..Answer::json(body)
            },
        );
        b.go(&format!("{}/gbk.html", b.server.origin)).await;
        assert_eq!(b.js("return document.characterSet").await, json!("GBK"));
        b.until("return w.shadowRoot !== null && w.shadowRoot.querySelector('.note').textContent === '数据暂时无法显示'")
            .await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn base_paths_and_redirects_of_the_script_are_followed() {
    run(async |b: Browser| {
        // The module is sought beside the script's address, not beside the page or its base.
        let head = format!("<base href=/samples/>{}", script("defer"));
        let widget =
            "<progress-widget id=p kind=bars src=hangzhou-districts-sample.json></progress-widget>";
        b.open(&b.server.page_with_head(&head, widget)).await;
        assert_eq!(b.server.requests(FEED), 1);
        b.page_is_unharmed().await;

        for file in ["progress-widgets.js", "progress-widgets.wasm"] {
            let to = format!("/dist/{file}");
            b.server
                .put(&format!("/latest/{file}"), Answer::redirect(&to));
        }
        let head = "<script defer src=/latest/progress-widgets.js></script>";
        b.open(
            &b.server
                .page_with_head(head, widget.replace("src=", "src=/samples/").as_str()),
        )
        .await;
        assert_eq!(b.js("return seen.inked(canvas) > 2000").await, json!(true));
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_name_of_the_pages_own_does_no_harm() {
    run(async |b: Browser| {
        let body = format!("<p id=ProgressWidgets></p>{}", districts("bars", ""));
        b.open(&b.server.page_with_head(&script("defer").repeat(2), &body))
            .await;
        assert_eq!(
            b.js("return typeof ProgressWidgets.process").await,
            json!("function")
        );
        b.page_is_unharmed().await;
    });
}

/// A div for pages whose editor strips unknown tags.
fn div(more: &str) -> String {
    format!(
        "<div id=d data-progress-widget data-kind=bars data-src={FEED} {more}><p id=still>97%</p></div>"
    )
}

#[test]
fn a_div_becomes_a_widget_and_stays_what_it_is() {
    run(async |b: Browser| {
        b.go(&b.server.page_with_head("", &div(""))).await;
        b.js(&format!(
            "return seen.load('{SCRIPT}').then(() => seen.watch())"
        ))
        .await;
        // It was upgraded before the watch began; nothing changes after it, nor when asked again.
        b.js("window.made = ProgressWidgets.process(); return made[0].ready.then(() => 1)")
            .await;
        b.until(DRAWN).await;
        let same = b
            .js("const again = ProgressWidgets.process(d);
                 return [made.length, again.length, made[0] === again[0], d.outerHTML.includes('shadow')]")
            .await;
        assert_eq!(same, json!([1, 1, true, false]));
        assert_eq!(b.js("return still.getClientRects().length").await, json!(0));
        assert_eq!(b.js("return seen.changes").await, json!([]));
        assert_eq!(
            b.js("return seen.events.map(e => e.target)").await,
            json!(["d", "d"]),
            "events come from the div"
        );
        // Options changed later are taken over when asked.
        b.js("d.dataset.scheme = 'dark'; delete d.dataset.kind; ProgressWidgets.process()")
            .await;
        b.until(
            "return made[0].toSVG().includes('#12181f') && made[0].getAttribute('kind') === null",
        )
        .await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_div_keeps_its_children_until_there_is_a_picture() {
    run(async |b: Browser| {
        b.server.put(WASM, Answer::status(404));
        b.go(&b.server.page(&div(""))).await;
        b.until("return seen.events.some(e => e.name === 'error')")
            .await;
        assert_eq!(
            b.js("return still.getBoundingClientRect().height > 10")
                .await,
            json!(true)
        );
        b.page_is_unharmed().await;
    });
}

#[test]
fn divs_that_come_late_are_moved_cloned_and_removed() {
    run(async |b: Browser| {
        b.go(&b
            .server
            .page(&format!("{}<div id=other class=w320></div>", div(""))))
            .await;
        b.until(DRAWN).await;
        b.js("window.first = d; window.copy = d.cloneNode(true); other.append(copy); return ProgressWidgets.process(other).length")
            .await;
        b.until(DRAWN).await;
        b.js("other.append(first); copy.remove();").await;
        b.until(
            "return ProgressWidgets.process(first)[0].shadowRoot.querySelector('canvas').width === 320",
        )
        .await;
        // A tag that takes no shadow root is told, and harms no other.
        b.js(
            "const img = document.createElement('img'); img.dataset.progressWidget = '';
              other.prepend(img); return ProgressWidgets.process(other).length",
        )
        .await;
        let told = b
            .js("return seen.console.filter(text => text.includes('div')).length")
            .await;
        assert_eq!(told, json!(1));
        assert_eq!(b.server.requests(FEED), 1);
        b.page_is_unharmed().await;
    });
}

#[test]
fn the_fonts_are_found_while_the_module_is_on_its_way() {
    run(async |b: Browser| {
        let second = std::time::Duration::from_secs(1);
        b.server.put(WASM, Answer::file(WASM).after(second));
        b.server.put(
            "/pages/fonts.js",
            Answer::json(
                "const { prototype } = CanvasRenderingContext2D, { fillText } = prototype;
                 window.fonts = [];
                 prototype.fillText = function (...all) {
                   fonts.push(this.font);
                   return fillText.apply(this, all);
                 };",
            )
            .with("content-type", "text/javascript"),
        );
        let head = format!("<script src=/pages/fonts.js></script>{}", script("defer"));
        b.go(&b.server.page_with_head(&head, &districts("bars", "")))
            .await;
        b.until("return fonts.length > 1").await;
        let before = b
            .js("return [w.shadowRoot.querySelector('canvas').hidden, fonts]")
            .await;
        let [hidden, fonts] = [0, 1].map(|at| before[at].clone());
        assert_eq!(hidden, json!(true), "found only when the module was there");
        for (at, weight) in [(0, false), (1, true)] {
            let font = fonts[at].as_str().unwrap();
            assert!(font.contains("PingFang SC"), "{font}");
            assert_eq!(font.starts_with("bold"), weight, "{font}");
        }
        b.until(DRAWN).await;
        b.page_is_unharmed().await;
    });
}
