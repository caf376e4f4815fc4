//! The element on a page: shared requests, hidden places, moves, other documents, late scripts.

use serde_json::json;

use crate::browser::{Browser, run};
use crate::districts;
use crate::server::Answer;

const FEED: &str = "/samples/hangzhou-districts-sample.json";
const WASM: &str = "/dist/progress-widgets.wasm";

#[test]
fn many_elements_share_one_instance_and_one_request() {
    run(async |b: Browser| {
        b.open(&b.server.page(&districts("bars", "").repeat(20)))
            .await;
        // A newcomer gets the answer that is there.
        b.js("const late = document.createElement('progress-widget');
              late.setAttribute('src', w.getAttribute('src'));
              document.body.prepend(late); return late.ready.then(() => true)")
            .await;
        assert_eq!(b.server.requests(FEED), 1);
        assert_eq!(b.server.requests(WASM), 1);
        b.page_is_unharmed().await;
    });
}

#[test]
fn nothing_outside_the_shadow_roots_changes() {
    run(async |b: Browser| {
        b.go(&b.server.page_with_head("", &districts("bars", "")))
            .await;
        b.js("return seen.load('/dist/progress-widgets.js').then(() => seen.watch())")
            .await;
        b.js("return w.ready.then(() => 1)").await;
        b.js("w.render(w.feed); const box = canvas.getBoundingClientRect();
              canvas.dispatchEvent(new PointerEvent('pointermove', {clientX: box.left + 90, clientY: box.top + 120}));").await;
        b.frames().await;
        assert_eq!(b.js("return seen.changes").await, json!([]));
        assert_eq!(
            b.js("return w.getAttributeNames().sort()").await,
            json!(["geometry", "id", "kind", "src"])
        );
        b.page_is_unharmed().await;
    });
}

#[test]
fn an_element_far_from_the_view_waits_until_it_is_near() {
    run(async |b: Browser| {
        b.go(&b
            .server
            .page(&format!("<div class=far></div>{}", districts("bars", ""))))
            .await;
        b.frames().await;
        assert_eq!(b.server.requests(FEED), 0);
        let reserved = b.js("return w.getBoundingClientRect().height").await;
        assert!(
            reserved.as_f64().unwrap() > 200.0,
            "no place is kept: {reserved}"
        );
        b.js("scrollTo(0, 7000)").await;
        b.until("return !canvas.hidden && seen.inked(canvas) > 2000")
            .await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn asking_for_ready_draws_an_element_far_from_the_view() {
    run(async |b: Browser| {
        b.open(
            &b.server
                .page(&format!("<div class=far></div>{}", districts("bars", ""))),
        )
        .await;
        assert_eq!(b.js("return seen.inked(canvas) > 2000").await, json!(true));
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_hidden_container_is_drawn_when_it_is_shown() {
    run(async |b: Browser| {
        b.go(&b.server.page(&format!(
            "<div id=frame class=gone>{}</div>",
            districts("bars", "")
        )))
        .await;
        b.frames().await;
        assert_eq!(b.js("return canvas.hidden").await, json!(true));
        b.js("document.getElementById('frame').className = 'w640'")
            .await;
        b.until("return !canvas.hidden && canvas.width === 640 && seen.inked(canvas) > 2000")
            .await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn ready_comes_also_in_a_hidden_container() {
    run(async |b: Browser| {
        b.open(&b.server.page(&format!(
            "<div id=frame class=gone>{}</div>",
            districts("bars", "")
        )))
        .await;
        assert!(
            b.js("return w.toSVG()")
                .await
                .as_str()
                .unwrap()
                .starts_with("<svg")
        );
        b.js("document.getElementById('frame').className = 'w320'")
            .await;
        b.until("return canvas.width === 320").await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_container_of_no_width_does_no_harm() {
    run(async |b: Browser| {
        b.go(&b
            .server
            .page(&format!("<div id=frame>{}</div>", districts("bars", ""))))
            .await;
        b.js("document.getElementById('frame').style.width = '0'")
            .await;
        b.js("return w.ready.then(() => 1)").await;
        b.js("document.getElementById('frame').style.width = '640px'")
            .await;
        b.until("return canvas.width === 640").await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn moved_cloned_and_removed_elements_work() {
    run(async |b: Browser| {
        b.open(&b.server.page(&format!(
            "{}<div id=other class=w320></div>",
            districts("bars", "")
        )))
        .await;
        b.js("document.getElementById('other').append(w)").await;
        b.until("return canvas.width === 320").await;
        assert_eq!(b.server.requests(FEED), 1, "a move fetches nothing");
        b.js("document.body.append(w.cloneNode(true)); return all.length")
            .await;
        b.js("return all[1].ready.then(() => 1)").await;
        b.js("all[1].remove(); window.kept = all[1]").await;
        b.frames().await;
        b.js("document.body.append(kept); return kept.ready.then(() => 1)")
            .await;
        b.until("return seen.inked(kept.shadowRoot.querySelector('canvas')) > 2000")
            .await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn an_element_adopted_by_another_document_keeps_its_style() {
    run(async |b: Browser| {
        b.open(
            &b.server
                .page(&format!("{}<iframe id=f></iframe>", districts("bars", ""))),
        )
        .await;
        b.js("document.getElementById('f').contentDocument.body.append(w); window.moved = w")
            .await;
        b.frames().await;
        let sheets = b
            .js("return moved.shadowRoot.adoptedStyleSheets.length")
            .await;
        assert_eq!(sheets, json!(1));
        let hidden = b
            .js("return getComputedStyle(moved.shadowRoot.querySelector('.table')).position")
            .await;
        assert_eq!(hidden, json!("absolute"));
        b.page_is_unharmed().await;
    });
}

#[test]
fn the_script_twice_and_the_module_beside_it_do_no_harm() {
    run(async |b: Browser| {
        let head = "<script defer src=/dist/progress-widgets.js></script>\
                    <script defer src=/dist/progress-widgets.js></script>\
                    <script type=module src=/dist/progress-widgets.mjs></script>";
        b.open(&b.server.page_with_head(head, &districts("bars", "")))
            .await;
        assert_eq!(b.server.requests(WASM), 1);
        b.page_is_unharmed().await;
    });
}

#[test]
fn the_module_alone_works() {
    run(async |b: Browser| {
        let head = "<script type=module src=/dist/progress-widgets.mjs></script>";
        b.open(&b.server.page_with_head(head, &districts("map", "")))
            .await;
        assert_eq!(b.js("return seen.inked(canvas) > 2000").await, json!(true));
        b.page_is_unharmed().await;
    });
}

#[test]
fn the_pages_styles_do_not_reach_the_picture() {
    run(async |b: Browser| {
        b.server.put("/hostile.css", Answer {
            content_type: "text/css".into(),
            ..Answer::json(
                "* { all: unset !important } canvas, table { display: none !important }
                 span, div { letter-spacing: 9px; font-size: 60px !important } html { direction: rtl; writing-mode: vertical-rl }",
            )
        });
        let head = "<link rel=stylesheet href=/hostile.css><script defer src=/dist/progress-widgets.js></script>";
        let body = format!("<div class=w640>{}</div>", districts("bars", ""));
        b.open(&b.server.page_with_head(head, &body)).await;
        assert_eq!(b.js("return seen.inked(canvas) > 2000").await, json!(true));
        let shown = b
            .js("const r = canvas.getBoundingClientRect(); return r.width >= 280 && r.height > 200")
            .await;
        assert_eq!(shown, json!(true));
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_page_written_from_right_to_left_has_the_same_picture() {
    run(async |b: Browser| {
        let feed = r#"{"feed":"progress-widgets/1","as_of":"2020-09-30","title":"شقا ناهىيىسى 95%","regions":[
            {"code":"330102","name":"شقا ناهىيىسى","level":"district","rate":0.95,"planned":100,"started":95},
            {"code":"330103","name":"下城区 (ب)","level":"district","rate":0.5}]}"#;
        b.server.put("/rtl.json", Answer::json(feed));
        let widget =
            "<div class=w640><progress-widget kind=bars src=/rtl.json></progress-widget></div>";
        let body = format!("{widget}<section dir=rtl>{widget}</section>");
        b.open(&b.server.page(&body)).await;
        let print = "return all.map(w => seen.print(w.shadowRoot.querySelector('canvas')))";
        let prints = b.js(print).await;
        assert_eq!(prints[0], prints[1]);
        // The tip stands inside the picture on both sides of writing.
        let inside = b
            .js("return all.map(w => { const a = w.shadowRoot.querySelector('canvas').getBoundingClientRect();
                 w.shadowRoot.querySelector('canvas').dispatchEvent(new PointerEvent('pointermove', { clientX: a.left + 300, clientY: a.top + 90 }));
                 const tip = w.shadowRoot.querySelector('.tip'), t = tip.getBoundingClientRect();
                 return !tip.hidden && t.left >= a.left - 1 && t.right <= a.right + 1 && getComputedStyle(tip).direction === 'ltr' })")
            .await;
        assert_eq!(inside, serde_json::json!([true, true]));
        b.page_is_unharmed().await;
    });
}

#[test]
fn the_place_of_a_tile_map_is_kept_as_high_as_tiles_need() {
    run(async |b: Browser| {
        let grid = districts("grid", "");
        let body = format!("<div class=far></div><div class=w640>{grid}</div>");
        b.go(&b.server.page(&body)).await;
        b.until("return customElements.get('progress-widget') !== undefined")
            .await;
        // 260 and 0.67 of the width; other kinds have 530.
        assert_eq!(
            b.js("return w.getBoundingClientRect().height").await,
            json!(689)
        );
        b.page_is_unharmed().await;
    });
}
