//! Pointer, finger and keyboard: exact figures, and the choice told to the page.

use fantoccini::actions::{InputSource, KeyAction, KeyActions, MouseActions, PointerAction};
use serde_json::json;

use crate::browser::{Browser, run};
use crate::districts;

const TIP: &str = "const tip = w.shadowRoot.querySelector('.tip');";
/// Whether the tip lies within the element's box.
const INSIDE: &str = "const a = tip.getBoundingClientRect(), z = w.getBoundingClientRect();
    return a.left >= z.left - 1 && a.right <= z.right + 1 && a.top >= z.top - 1 && a.bottom <= z.bottom + 1";

/// Presses keys one after the other, in WebDriver's code points.
async fn press(b: &Browser, keys: &[char]) {
    let actions = keys
        .iter()
        .fold(KeyActions::new("keys".into()), |actions, &key| {
            actions
                .then(KeyAction::Down { value: key })
                .then(KeyAction::Up { value: key })
        });
    b.client.perform_actions(actions).await.unwrap();
    b.frames().await;
}

#[test]
fn pointing_shows_exact_figures_within_the_box() {
    run(async |b: Browser| {
        for kind in ["bars", "map"] {
            b.open(
                &b.server
                    .page(&format!("<div class=w320>{}</div>", districts(kind, ""))),
            )
            .await;
            let mut shown = 0;
            for (x, y) in [
                (60.0, 120.0),
                (150.0, 160.0),
                (160.0, 200.0),
                (300.0, 200.0),
                (200.0, 260.0),
            ] {
                let mouse = MouseActions::new("mouse".into()).then(PointerAction::MoveTo {
                    duration: None,
                    x,
                    y,
                });
                b.client.perform_actions(mouse).await.unwrap();
                b.frames().await;
                if b.js(&format!("{TIP} return tip.hidden")).await == json!(false) {
                    shown += 1;
                    assert_eq!(
                        b.js(&format!("{TIP} {INSIDE}")).await,
                        json!(true),
                        "{kind} at {x}, {y}"
                    );
                    let text = b.js(&format!("{TIP} return tip.textContent")).await;
                    assert!(text.as_str().unwrap().chars().count() > 3, "{text}");
                }
            }
            assert!(shown >= 2, "{kind}: {shown} of 5 places told their figures");
            b.js("canvas.focus()").await;
            press(&b, &['\u{e015}', '\u{e015}', '\u{e015}', '\u{e015}']).await;
            b.keep_picture("#bars, #map", &format!("tip-{kind}-320"))
                .await;
        }
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_page_that_scales_or_zooms_the_picture_points_at_the_same() {
    run(async |b: Browser| {
        let widget = districts("bars", "");
        b.open(
            &b.server
                .page(&format!("<div id=frame class=w640>{widget}</div>")),
        )
        .await;
        // Screens on walls stretch whole pages, modes for the old zoom them.
        for (property, value) in [
            ("transform", "none"),
            ("transform", "scale(0.5, 0.8)"),
            ("zoom", "1.5"),
        ] {
            let said = b
                .js(&format!(
                    "const frame = document.getElementById('frame'); frame.style.transform = frame.style.zoom = '';
                     frame.style['{property}'] = '{value}';
                     const r = canvas.getBoundingClientRect();
                     canvas.dispatchEvent(new PointerEvent('pointermove', {{clientX: r.left + 0.3 * r.width, clientY: r.top + 0.5 * r.height}}));
                     {TIP} return tip.firstChild.textContent"
                ))
                .await;
            assert_eq!(said, json!("余杭区"), "{property}: {value}");
        }
        b.page_is_unharmed().await;
    });
}

#[test]
fn the_keyboard_walks_through_the_figures_and_chooses() {
    run(async |b: Browser| {
        b.open(
            &b.server
                .page(&format!("<div class=w640>{}</div>", districts("bars", ""))),
        )
        .await;
        b.js("canvas.focus()").await;
        let (down, up, escape, enter, end) =
            ('\u{e015}', '\u{e013}', '\u{e00c}', '\u{e007}', '\u{e010}');
        let plain = b.js("return seen.print(canvas)").await;
        press(&b, &[down]).await;
        let first = b.js(&format!("{TIP} return tip.textContent")).await;
        assert_ne!(first, json!(""));
        assert_ne!(
            b.js("return seen.print(canvas)").await,
            plain,
            "the row is outlined"
        );
        assert_eq!(b.js(&format!("{TIP} {INSIDE}")).await, json!(true));
        press(&b, &[down]).await;
        let second = b.js(&format!("{TIP} return tip.textContent")).await;
        assert_ne!(second, first);
        press(&b, &[up]).await;
        assert_eq!(b.js(&format!("{TIP} return tip.textContent")).await, first);
        press(&b, &[enter]).await;
        let chosen = b
            .js("return seen.events.filter(e => e.name === 'select')")
            .await;
        assert_eq!(chosen.as_array().unwrap().len(), 1);
        assert!(
            first
                .as_str()
                .unwrap()
                .starts_with(chosen[0]["detail"]["label"].as_str().unwrap())
        );
        press(&b, &[end]).await;
        assert_eq!(b.js(&format!("{TIP} {INSIDE}")).await, json!(true));
        assert_eq!(
            b.js("return scrollY").await,
            json!(0),
            "the keys do not scroll the page"
        );
        press(&b, &[escape]).await;
        assert_eq!(b.js(&format!("{TIP} return tip.hidden")).await, json!(true));
        assert_eq!(b.js("return seen.print(canvas)").await, plain);
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_click_tells_the_page_what_was_chosen() {
    run(async |b: Browser| {
        b.open(
            &b.server
                .page(&format!("<div class=w640>{}</div>", districts("bars", ""))),
        )
        .await;
        // The middle of a row is no empty place.
        b.js("const r = canvas.getBoundingClientRect();
              canvas.dispatchEvent(new MouseEvent('click', {clientX: r.left + 200, clientY: r.top + 150, bubbles: true}))").await;
        let chosen = b
            .js("return seen.events.filter(e => e.name === 'select').map(e => e.detail)")
            .await;
        assert!(
            chosen[0]["id"].as_str().unwrap().starts_with("3301"),
            "{chosen}"
        );
        let row = chosen[0]["row"].as_u64().unwrap() as usize;
        let table = b.js("return seen.table(w)").await;
        assert_eq!(table["rows"][row][0], chosen[0]["label"]);
        b.page_is_unharmed().await;
    });
}

#[test]
fn what_a_finger_touched_stays_readable() {
    run(async |b: Browser| {
        b.open(
            &b.server
                .page(&format!("<div class=w320>{}</div>", districts("bars", ""))),
        )
        .await;
        b.js("const r = canvas.getBoundingClientRect();
             const at = {pointerType: 'touch', clientX: r.left + 100, clientY: r.top + 150};
             for (const type of ['pointerdown', 'pointerup', 'pointerleave'])
               canvas.dispatchEvent(new PointerEvent(type, at));")
            .await;
        b.frames().await;
        assert_eq!(
            b.js(&format!("{TIP} return tip.hidden")).await,
            json!(false)
        );
        b.page_is_unharmed().await;
    });
}

#[test]
fn the_table_is_a_real_one() {
    run(async |b: Browser| {
        b.open(&b.server.page(&districts("map", ""))).await;
        let scopes = b.js("const t = w.shadowRoot.querySelector('table');
            return [t.caption.textContent !== '', t.tHead.rows[0].cells[0].scope, t.tBodies[0].rows[0].cells[0].scope,
                    canvas.getAttribute('role'), canvas.tabIndex, t.getBoundingClientRect().height > 0]").await;
        assert_eq!(scopes, json!([true, "col", "row", "img", 0, true]));
        b.page_is_unharmed().await;
    });
}

#[test]
fn new_figures_are_told_of_what_is_pointed_at_and_none_of_what_is_gone() {
    run(async |b: Browser| {
        b.open(
            &b.server
                .page("<progress-widget id=p kind=bars></progress-widget>"),
        )
        .await;
        let render = |regions: &str| {
            format!(
                "w.render({{feed: 'progress-widgets/1', as_of: '2020-09-30', regions: {regions}}});"
            )
        };
        let one = r#"{name: "甲区", code: "330102", planned: 200, started: 170}"#;
        let other = r#"{name: "乙区", code: "330105", planned: 200, started: 40}"#;
        b.js(&render(&format!("[{one}, {other}]"))).await;
        b.js("canvas.focus()").await;
        press(&b, &['\u{e015}']).await;
        let tip = format!("{TIP} return tip.hidden || tip.textContent");
        let text = b.js(&tip).await;
        assert!(text.as_str().unwrap().contains("170"), "{text}");
        let more = one.replace("170", "180");
        b.js(&render(&format!("[{more}, {other}]"))).await;
        let text = b.js(&tip).await;
        assert!(text.as_str().unwrap().contains("180"), "{text}");
        assert!(text.as_str().unwrap().contains("甲区"), "{text}");
        b.js(&render(&format!("[{other}]"))).await;
        assert_eq!(b.js(&tip).await, json!(true), "of another region");
        b.js(&render("[]")).await;
        assert_eq!(b.js(&tip).await, json!(true));
        b.page_is_unharmed().await;
    });
}
