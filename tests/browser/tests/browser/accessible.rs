//! What assistive programs get: the tree of names and roles, what is said aloud, what is reached by
//! keyboard and seen there, in light, dark and forced colours.

use progress_widgets::widgets::KINDS;
use serde_json::{Value, json};

use crate::browser::{Browser, run};
use crate::districts;
use crate::server::{Answer, sample};

/// Role, name, and whether it takes the focus, of what a screen reader meets; `None` where the
/// engine has no such question.
async fn tree(b: &Browser) -> Option<Vec<(String, String, bool)>> {
    b.ask_devtools("Accessibility.enable", json!({})).await?;
    let tree = b
        .ask_devtools("Accessibility.getFullAXTree", json!({}))
        .await?;
    b.devtools("Accessibility.disable", json!({})).await;
    let text = |value: &Value| value["value"].as_str().unwrap_or_default().to_owned();
    let nodes = tree["nodes"].as_array().unwrap().iter();
    let met = nodes.filter(|node| node["ignored"] == json!(false));
    Some(
        met.map(|node| {
            let has = |name: &str| {
                let all = node["properties"].as_array().into_iter().flatten();
                all.into_iter()
                    .any(|each| each["name"] == name && each["value"]["value"] == true)
            };
            (text(&node["role"]), text(&node["name"]), has("focusable"))
        })
        .collect(),
    )
}

/// The tag of a kind's first widget in the gallery, which has figures of that kind.
fn in_gallery(kind: &str, lang: &str) -> String {
    let gallery: Value = serde_json::from_slice(&sample("gallery.json")).unwrap();
    for sample in gallery["samples"].as_array().unwrap() {
        let widgets = sample["widgets"].as_array().unwrap();
        if let Some(widget) = widgets.iter().find(|widget| widget["kind"] == kind) {
            let feed = sample["feed"].as_str().unwrap();
            let map = widget["geometry"].as_str().unwrap_or_default();
            return format!(
                "<progress-widget kind={kind} lang={lang} src=/{feed} geometry='{map}'></progress-widget>"
            )
            .replace("geometry=''", "")
            .replace("geometry='", "geometry='/");
        }
    }
    panic!("{kind} is not in the gallery");
}

#[test]
fn every_kind_is_one_named_picture_and_tables_with_named_heads() {
    run(async |b: Browser| {
        for lang in ["zh-CN", "en"] {
            for kind in KINDS {
                let widget = in_gallery(kind.name, lang);
                b.open(&b.server.page(&widget)).await;
                let Some(nodes) = tree(&b).await else { return };
                let named = |role: &str| -> Vec<&str> {
                    let of_role = nodes.iter().filter(|(each, ..)| each == role);
                    of_role.map(|(_, name, _)| &**name).collect()
                };
                let what = format!("{} {lang}", kind.name);
                let summary = b.js("return w.summary").await;
                assert_eq!(json!(named("image")), json!([summary]), "{what}");
                let captions = b
                    .js("return [...w.shadowRoot.querySelectorAll('caption')].map(c => c.textContent)")
                    .await;
                assert_eq!(json!(named("table")), captions, "{what}");
                assert!(!named("columnheader").is_empty(), "{what}");
                for (role, name, focus) in &nodes {
                    let must = *focus || ["columnheader", "rowheader"].contains(&&**role);
                    assert!(!must || !name.is_empty(), "{what}: a {role} without a name");
                    // Which way a column is sorted is told by its state, not by its name.
                    assert!(!name.contains(['▼', '▲']), "{what}: {name}");
                }
                let reached = b
                    .js("return w.shadowRoot.querySelector('[tabindex=\"0\"]') !== null")
                    .await;
                assert_eq!(reached, json!(true), "{what}: no figure by keyboard");
                let hidden = b
                    .js("return [...w.shadowRoot.querySelectorAll('[tabindex=\"0\"],button')].filter(e => e.checkVisibility && !e.checkVisibility()).length")
                    .await;
                assert_eq!(hidden, json!(0), "{what}: focus on what is not seen");
            }
        }
    });
}

#[test]
fn what_the_keyboard_finds_is_said_once() {
    run(async |b: Browser| {
        b.open(&b.server.page(&districts("bars", "lang=en"))).await;
        b.js("canvas.focus(); canvas.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowDown'}))")
            .await;
        b.frames().await;
        let parts = "const part = name => w.shadowRoot.querySelector(name);";
        let said = b
            .js(&format!(
                "{parts} return [part('.live').textContent, part('.live').getAttribute('role'), part('.tip').getAttribute('aria-hidden'), part('.tip').hidden]"
            ))
            .await;
        let text = said[0].as_str().unwrap();
        assert!(text.contains("100%") && !text.contains('，'), "{text}");
        assert_eq!(
            json!([said[1], said[2], said[3]]),
            json!(["status", "true", false])
        );
        let Some(nodes) = tree(&b).await else { return };
        let heard = nodes
            .iter()
            .filter(|(role, name, _)| role == "StaticText" && name.contains("38 projects"))
            .count();
        assert!(heard <= 1, "{heard} times: {text}");
    });
}

#[test]
fn what_the_keyboard_finds_comes_into_view() {
    run(async |b: Browser| {
        let widget = "<div class=w320><progress-widget kind=bars src=/samples/china-renovation-2023h1.json></progress-widget></div>";
        b.open(&b.server.page(&format!("{widget}<div class=far></div>")))
            .await;
        // As at 400%: 32 rows in a window of 300 px.
        b.client.set_window_size(500, 300).await.unwrap();
        b.until("return innerHeight < 400").await;
        b.js("canvas.focus(); canvas.dispatchEvent(new KeyboardEvent('keydown', {key: 'End'}))")
            .await;
        b.until(
            "const at = w.shadowRoot.querySelector('.tip').getBoundingClientRect();
             return at.height > 0 && at.top >= 0 && at.bottom <= innerHeight",
        )
        .await;
    });
}

#[test]
fn the_line_below_a_picture_is_heard_and_read_on_any_ground() {
    run(async |b: Browser| {
        b.server.put("/bad.json", Answer::json("{"));
        b.open(&b.server.page(&districts("bars", ""))).await;
        let note = "const note = w.shadowRoot.querySelector('.note'), style = getComputedStyle(note);
             return [note.getAttribute('role'), style.display, note.lang, note.offsetHeight > 15, style.backgroundColor, style.color]";
        let place = b.js(note).await;
        assert_eq!(
            (&place[0], &place[1], &place[3]),
            (&json!("status"), &json!("block"), &json!(false)),
            "it is there before its words, and takes no room"
        );
        b.js("w.setAttribute('src', '/bad.json')").await;
        b.until("return w.shadowRoot.querySelector('.note').textContent !== ''")
            .await;
        let told = b.js(note).await;
        let white = json!([
            "status",
            "block",
            "zh",
            true,
            "rgb(255, 255, 255)",
            "rgb(92, 105, 117)"
        ]);
        assert_eq!(told, white);
        b.js("w.setAttribute('lang', 'en'); w.setAttribute('src', '/none.json')")
            .await;
        b.until("return w.shadowRoot.querySelector('.note').lang === 'en'")
            .await;
    });
}

#[test]
fn the_focus_is_seen_on_any_ground_and_heads_are_large_enough_to_touch() {
    run(async |b: Browser| {
        b.open(
            &b.server
                .page(&(districts("bars", "") + &districts("table", ""))),
        )
        .await;
        let ring = "const style = getComputedStyle(w.shadowRoot.activeElement);
             return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow]";
        b.js("canvas.focus({focusVisible: true}); canvas.dispatchEvent(new KeyboardEvent('keydown', {key: 'End'}))")
            .await;
        assert_eq!(
            b.js(ring).await,
            json!([
                "solid",
                "2px",
                "rgb(31, 111, 178)",
                "rgb(255, 255, 255) 0px 0px 0px 4px"
            ]),
            "blue, and white around it"
        );
        let touched = b
            .js("const root = all[1].shadowRoot; all[1].scrollIntoView();
                 return [...root.querySelectorAll('button')].filter(button => {
                   const at = button.getBoundingClientRect(), [x, y] = [at.left + at.width / 2, at.top + at.height / 2];
                   return ![-11.5, 0, 11.5].every(down => root.elementFromPoint(x, y + down) === button || button.contains(root.elementFromPoint(x, y + down)));
                 }).map(button => button.textContent)")
            .await;
        assert_eq!(touched, json!([]), "heads below 24 px");
        let bold = b
            .js("return getComputedStyle(all[1].shadowRoot.querySelector('tbody td.bold')).fontWeight")
            .await;
        assert_eq!(bold, json!("700"), "the total, as in the picture");
    });
}

#[test]
fn forced_colours_have_the_ground_of_the_system_in_picture_and_table() {
    run(async |b: Browser| {
        let system = json!({ "features": [
            { "name": "forced-colors", "value": "active" },
            { "name": "prefers-color-scheme", "value": "light" },
        ] });
        if !b.devtools("Emulation.setEmulatedMedia", system).await {
            return;
        }
        b.open(&b.server.page(&districts("table", "scheme=dark")))
            .await;
        let grounds = b
            .js("const pixel = canvas.getContext('2d').getImageData(1, 1, 1, 1).data;
                 return [[...pixel], getComputedStyle(w.shadowRoot.querySelector('.grid')).backgroundColor]")
            .await;
        assert_eq!(grounds, json!([[255, 255, 255, 255], "rgb(255, 255, 255)"]));
    });
}

#[test]
fn words_of_the_feed_have_their_language_where_the_picture_is_in_another() {
    run(async |b: Browser| {
        let both = districts("bars", "lang=en") + &districts("table", "lang=zh-TW");
        b.open(&b.server.page(&both)).await;
        let languages = "return all.map(w => [w.shadowRoot.querySelector('.box').lang.slice(0, 2),
             [...w.shadowRoot.querySelectorAll('tbody th')].every(cell => cell.lang === 'zh'),
             [...w.shadowRoot.querySelectorAll('thead th, td')].some(cell => cell.lang)])";
        assert_eq!(
            b.js(languages).await,
            json!([["en", true, false], ["zh", false, false]])
        );
    });
}

#[test]
fn an_issue_that_changes_no_figure_is_not_said() {
    run(async |b: Browser| {
        let feed = |rate: &str, published: &str| {
            Answer::json(format!(
                r#"{{"feed":"progress-widgets/1","as_of":"2020-09-30","published":"2020-10-0{published}T09:00:00+08:00",
                   "total":{{"rate":"{rate}"}}}}"#
            ))
        };
        b.server.put("/issues.json", feed("97%", "1"));
        b.open(
            &b.server.page_with_head(
                "<script src=/pages/clock.js data-speed=25></script><script defer src=/dist/progress-widgets.js></script>",
                "<progress-widget kind=summary src=/issues.json refresh=5></progress-widget>",
            ),
        )
        .await;
        let updates = "return seen.events.filter(e => e.name === 'update').length";
        let live = "return w.shadowRoot.querySelector('.live').textContent";
        b.server.put("/issues.json", feed("97%", "2"));
        b.until(&format!("{updates} === 2")).await;
        b.js("return clock.wait(8000)").await;
        assert_eq!(b.js(live).await, json!(""), "published anew, and no more");
        b.server.put("/issues.json", feed("98%", "3"));
        b.until(&live.replace(".textContent", ".textContent.includes('97%变为98%')"))
            .await;
    });
}

#[test]
fn a_div_can_ask_for_no_motion() {
    run(async |b: Browser| {
        let div = "<div data-progress-widget data-motion=none></div>";
        b.go(&b.server.page(div)).await;
        b.until("return window.ProgressWidgets && ProgressWidgets.process().length === 1")
            .await;
        assert_eq!(
            b.js("return ProgressWidgets.process()[0].getAttribute('motion')")
                .await,
            json!("none")
        );
    });
}
