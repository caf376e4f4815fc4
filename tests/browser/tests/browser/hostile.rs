//! Host pages at their worst: other scripts, other styles, many widgets, other ways of reading.

use serde_json::json;

use crate::browser::{Browser, Engine, run, run_at};
use crate::districts;
use crate::server::Answer;

const HEAD: &str = "<script defer src=/dist/progress-widgets.js></script>";
const FEED: &str = "/samples/hangzhou-districts-sample.json";
const WASM: &str = "/dist/progress-widgets.wasm";

#[test]
fn old_libraries_and_frozen_prototypes_do_no_harm() {
    run(async |b: Browser| {
        let head = format!("<script src=/pages/hostile.js></script>{HEAD}");
        b.open(
            &b.server
                .page_with_head(&head, &(districts("bars", "") + &districts("map", ""))),
        )
        .await;
        let drawn =
            "return all.every(w => seen.inked(w.shadowRoot.querySelector('canvas')) > 2000)";
        assert_eq!(b.js(drawn).await, json!(true));
        // An object with lists in it, which such a page's JSON makes texts of.
        let name = b
            .js("w.render({feed: 'progress-widgets/1', as_of: '2020-09-30', regions: [{name: '甲区', level: 'district', rate: '97%'}]});
                 return seen.table(w).rows[0].slice(0, 2).join('|')")
            .await;
        assert_eq!(name, json!("甲区|97%"));
        // Errors are ours as they should be; of the page's own make, which Firefox's driver's is not.
        let error = b
            .js("try { w.render('{') } catch (e) { return [e.name, e.code, e instanceof window.Error].join() }")
            .await;
        assert_eq!(error, json!("ProgressWidgetError,feed,true"));
        let harm = b.js("return seen.harm.join()").await;
        assert_eq!(harm, json!(""), "the host page was harmed");
    });
}

#[test]
fn what_the_page_patches_later_is_not_ours() {
    if Engine::chosen() == Engine::Webkit {
        println!("skipped in webkit: its driver runs on the page's own Promise and JSON");
        return;
    }
    run(async |b: Browser| {
        b.go(&b.server.page("")).await;
        b.until("return typeof ProgressWidgets === 'object'").await;
        // Put back at once: the drivers' own scripts live on the same page.
        let drawn = b
            .js("const {fetch, Promise: Real, setTimeout: later, JSON: json} = window;
                 window.fetch = () => Real.reject('nothing');
                 window.Promise = class extends Real { static resolve() { throw 'no' } };
                 window.setTimeout = () => { throw 'no' };
                 window.JSON = {parse() { throw 'no' }, stringify() { throw 'no' }};
                 const made = document.createElement('progress-widget');
                 made.setAttribute('kind', 'bars');
                 made.setAttribute('src', '/samples/hangzhou-districts-sample.json');
                 document.body.append(made);
                 return new Real((done) => made.addEventListener('progress-widget-update', done)).then(() => {
                   Object.assign(window, {fetch, Promise: Real, setTimeout: later, JSON: json});
                   return seen.inked(made.shadowRoot.querySelector('canvas')) > 2000;
                 })")
            .await;
        assert_eq!(drawn, json!(true));
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_fetch_that_rejects_with_no_error_is_survived() {
    run(async |b: Browser| {
        b.server.put(
            "/reject.js",
            Answer {
                content_type: "text/javascript".into(),
                ..Answer::json("window.fetch = () => Promise.reject(undefined)")
            },
        );
        let head = format!("<script src=/reject.js></script>{HEAD}");
        b.go(&b.server.page_with_head(&head, &districts("bars", "")))
            .await;
        b.until("return seen.events.some(e => e.name === 'error')")
            .await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn two_hundred_widgets_are_drawn_by_one_request() {
    run(async |b: Browser| {
        let widget = format!("<progress-widget kind=bars limit=3 src={FEED}></progress-widget>");
        b.open(
            &b.server
                .page(&format!("<div class=w320>{}</div>", widget.repeat(200))),
        )
        .await;
        let drawn = b
            .js("return all.filter(w => !w.shadowRoot.querySelector('canvas').hidden).length")
            .await;
        assert_eq!(drawn, json!(200));
        assert_eq!(b.server.requests(FEED), 1);
        assert_eq!(b.server.requests(WASM), 1);
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_page_left_and_returned_to_shows_its_widgets() {
    run(async |b: Browser| {
        b.open(&b.server.page(&districts("bars", ""))).await;
        b.js("addEventListener('pageshow', (e) => (window.returned = e.persisted))")
            .await;
        b.go(&b.server.page("<p>elsewhere")).await;
        // A driver at times waits in vain for the load of a page that comes out of the cache; what
        // counts is what it shows.
        let _ = b.client.back().await;
        b.until("return w !== undefined && w.shadowRoot !== null && !canvas.hidden && seen.inked(canvas) > 2000")
            .await;
        println!(
            "from the back-forward cache: {}",
            b.js("return window.returned === true").await
        );
        // Alive, not a picture of what was.
        b.js("w.setAttribute('scheme', 'dark')").await;
        b.until("return w.toSVG().includes('#12181f')").await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_kind_named_like_a_property_of_every_object_is_unknown() {
    run(async |b: Browser| {
        b.go(&b.server.page("<progress-widget kind=constructor></progress-widget><progress-widget kind=__proto__></progress-widget>"))
            .await;
        b.js("return Promise.all(all.map(each => each.ready.catch(() => 0))).then(() => 1)")
            .await;
        let reserved = b
            .js("return all.map(each => each.clientHeight > 400)")
            .await;
        assert_eq!(reserved, json!([true, true]));
        b.page_is_unharmed().await;
    });
}

#[test]
fn at_a_zoom_of_four_the_picture_is_whole_and_sharp() {
    run_at(4.0, async |b: Browser| {
        b.open(
            &b.server
                .page(&format!("<div class=w320>{}</div>", districts("bars", ""))),
        )
        .await;
        let fits = b
            .js("return [canvas.width / canvas.getBoundingClientRect().width, canvas.getBoundingClientRect().width,
                 seen.inked(canvas) > 8000]")
            .await;
        assert_eq!(fits, json!([4, 320, true]));
        b.page_is_unharmed().await;
    });
}

#[test]
fn nothing_outside_changes_where_everything_fails() {
    run(async |b: Browser| {
        b.server.put(WASM, Answer::status(404));
        b.go(&b.server.page_with_head(
            "",
            &format!("<progress-widget src=/gone.json></progress-widget>{}<div data-progress-widget data-src={FEED}></div>", districts("bars", "")),
        ))
        .await;
        b.js("return seen.load('/dist/progress-widgets.js').then(() => seen.watch())")
            .await;
        b.until("return seen.events.filter(e => e.name === 'error').length >= 3")
            .await;
        b.until("return all[1].shadowRoot.querySelector('.plain table') !== null")
            .await;
        assert_eq!(b.js("return seen.changes").await, json!([]));
        b.page_is_unharmed().await;
    });
}
