//! The exports: functions with integer handles, called by `www/element.js`. Browser only.
//!
//! Every answer is a number or JSON text; errors are values. A trap here is the death of the
//! instance: JavaScript makes a new one and rebuilds the widgets from the bytes that it keeps. So
//! nothing that must outlive a trap is kept here. Imports `compose`, `paint` and what they take
//! (`feed`, `geo`, `scene`).

mod json;
mod view;

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::js_sys::Function;
use web_sys::{CanvasRenderingContext2d, EventTarget};

use crate::paint::{canvas, svg};
use crate::scene::{Hit, Mark, Point, Px, Stroke};
use crate::{feed, geo};
use json::Json;

/// What a canvas is listened to for; JavaScript decides what each means.
const EVENTS: [&str; 7] = [
    "pointermove",
    "pointerdown",
    "pointerleave",
    "click",
    "keydown",
    "focus",
    "blur",
];

/// Width of the outline around what is pointed at, in CSS pixels.
const OUTLINE_CSS_PX: f64 = 2.0;

/// A new widget; its handle, never 0. `signal(what, event)` is called for events and frames.
#[wasm_bindgen]
pub fn create(signal: Function) -> u32 {
    view::add(signal)
}

/// Forgets a widget with its listeners and its frame.
#[wasm_bindgen]
pub fn free(handle: u32) {
    drop(view::take(handle));
}

/// Listens to the canvas. The listeners call nothing here, only JavaScript's `signal`, which
/// calls back under its own `try`: a trap in a closure called by the browser would be an uncaught
/// error on the host's page.
#[wasm_bindgen]
pub fn listen(handle: u32, canvas: EventTarget) {
    let Some(signal) = view::with(handle, |view| view.signal.clone()) else {
        return;
    };
    let listeners = EVENTS
        .iter()
        .map(|what| {
            let signal = signal.clone();
            // Arrow keys must not scroll the page while they walk through the picture.
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&canvas, *what, options, move |event| {
                tell(&signal, what, event);
            })
        })
        .collect();
    let before = view::with(handle, |view| {
        std::mem::replace(&mut view.listeners, listeners)
    });
    drop(before);
}

/// Asks for one animation frame; `signal("frame")` follows, once, however often this is called.
#[wasm_bindgen]
pub fn request_frame(handle: u32) {
    let Some(Some(signal)) = view::with(handle, |view| {
        view.frame.is_none().then(|| view.signal.clone())
    }) else {
        return;
    };
    let frame = gloo::render::request_animation_frame(move |_| {
        // Dropped outside the store: dropping calls JavaScript.
        let done = view::with(handle, |view| view.frame.take());
        tell(&signal, "frame", &JsValue::NULL);
        drop(done);
    });
    let before = view::with(handle, |view| view.frame.replace(frame));
    drop(before);
}

fn tell(signal: &Function, what: &str, event: &JsValue) {
    // The JavaScript side catches; if it still throws, the page's other widgets must not care.
    let _ = signal.call2(&JsValue::NULL, &what.into(), event);
}

/// Sets all options anew: `name\0value\0name\0value…`. A list of what could not be used:
/// `[["zh","en"],…]`; the default stands in for it.
#[wasm_bindgen]
pub fn configure(handle: u32, options: &str) -> String {
    let mut request = view::default_request();
    let mut errors = Vec::new();
    let mut parts = options.split('\0');
    while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
        if let Err(error) = request.set(name, value) {
            errors.push(error);
        }
    }
    view::with(handle, |view| {
        request.options.width_css_px = view.request.options.width_css_px;
        if view.request != request {
            view.request = request;
            view.scene = None;
        }
    });
    let mut json = Json::default();
    json.list(|json| {
        for error in &errors {
            both(json, |chinese| error.text(chinese));
        }
    });
    json.finish()
}

/// Gives the feed that has JavaScript's number `id`, if another widget still holds it: the same
/// answer as [`set_feed`], or an empty text, and then the bytes are wanted.
#[wasm_bindgen]
pub fn share_feed(handle: u32, id: u32) -> String {
    view::shared_feed(id).map_or_else(String::new, |document| use_feed(handle, document))
}

/// Reads a feed. `{"asOf","published","expectedEvery","notices"}`, or `{"error":["zh","en"]}`, and
/// then the widget keeps what it had.
#[wasm_bindgen]
pub fn set_feed(handle: u32, id: u32, bytes: &[u8]) -> String {
    let outcome = feed::parse(bytes, &feed::Limits::default());
    use_feed(handle, view::share_feed(id, outcome))
}

fn use_feed(handle: u32, document: Rc<view::FeedDocument>) -> String {
    view::with(handle, |view| {
        if document.outcome.is_ok() {
            view.feed = Some(document.clone());
            view.scene = None;
        }
        view.offered_feed = Some(document.clone());
    });
    let mut json = Json::default();
    json.object(|json| match &document.outcome {
        Ok(parsed) => {
            json.key("asOf").text(&parsed.feed.as_of.date.to_string());
            let published = parsed
                .feed
                .published
                .map_or(f64::NAN, |instant| instant.unix_s);
            json.key("published").number(published);
            let every = parsed.feed.expected_every_s.unwrap_or(f64::NAN);
            json.key("expectedEvery").number(every);
            json.key("sample")
                .number(f64::from(u8::from(parsed.feed.sample)));
            json.key("lang").text(&parsed.feed.lang);
        }
        Err(error) => {
            json.key("error");
            both(json, |chinese| error.text(chinese));
        }
    });
    json.finish()
}

/// As [`share_feed`], for a geometry.
#[wasm_bindgen]
pub fn share_geometry(handle: u32, id: u32) -> String {
    view::shared_geometry(id).map_or_else(String::new, |document| use_geometry(handle, document))
}

/// Reads a geometry: `{}`, or `{"error":["zh","en"]}`, and then the widget keeps what it had.
#[wasm_bindgen]
pub fn set_geometry(handle: u32, id: u32, bytes: &[u8]) -> String {
    let outcome = geo::parse(bytes, &geo::Limits::default());
    use_geometry(handle, view::share_geometry(id, outcome))
}

/// Draws without a geometry from now on.
#[wasm_bindgen]
pub fn clear_geometry(handle: u32) {
    view::with(handle, |view| {
        view.scene = None;
        view.geometry = None;
        view.offered_geometry = None;
    });
}

fn use_geometry(handle: u32, document: Rc<view::GeoDocument>) -> String {
    view::with(handle, |view| {
        if document.outcome.is_ok() {
            view.geometry = Some(document.clone());
            view.scene = None;
        }
        view.offered_geometry = Some(document.clone());
    });
    let mut json = Json::default();
    json.object(|json| {
        if let Err(error) = &document.outcome {
            json.key("error");
            both(json, |chinese| error.text(chinese));
        }
    });
    json.finish()
}

/// Composes the picture at this width (CSS px):
/// `{"width","height","alt","lang","hits","remarks":[…],"table"?}`, the table
/// `{"caption","head":[…],"rows":[[…]]}` only where it differs from the one given last. Empty
/// without a feed.
#[wasm_bindgen]
pub fn layout(handle: u32, width_css_px: f64) -> String {
    view::with(handle, |view| {
        let scene = view.scene(width_css_px)?;
        let mut json = Json::default();
        json.object(|json| {
            json.key("width").number(scene.width.css());
            json.key("height").number(scene.height.css());
            json.key("alt").text(&scene.alt);
            json.key("lang").text(&scene.lang);
            json.key("hits").number(scene.hits.len() as f64);
            json.key("remarks").texts(&scene.remarks);
            if view.table_shown != scene.table {
                view.table_shown = scene.table.clone();
                json.key("table").object(|json| {
                    json.key("caption").text(&scene.table.caption);
                    json.key("head").texts(&scene.table.head);
                    json.key("rows").list(|json| {
                        for row in &scene.table.rows {
                            json.texts(row);
                        }
                    });
                });
            }
        });
        Some(json.finish())
    })
    .flatten()
    .unwrap_or_default()
}

/// Draws the picture last composed, with an outline around the hit of that index (-1: none).
/// The canvas must measure the picture's size times `ratio`. Whether there was a picture to draw.
#[wasm_bindgen]
pub fn paint(handle: u32, context: &CanvasRenderingContext2d, ratio: f64, hit: i32) -> bool {
    // Out of the store first: a host page may have put its own functions in the context's place.
    let Some(scene) = view::last_scene(handle) else {
        return false;
    };
    let over = usize::try_from(hit)
        .ok()
        .and_then(|index| scene.hits.get(index))
        .and_then(|hit| outline(hit, &scene.marks));
    canvas::paint(&scene, over.as_slice(), context, ratio);
    true
}

/// The outline of a hit, in the ink of the picture's first text.
fn outline(hit: &Hit, marks: &[Mark]) -> Option<Mark> {
    let color = marks.iter().find_map(|mark| match mark {
        Mark::Text(run) => Some(run.color),
        _ => None,
    })?;
    let width = Px::from_css(OUTLINE_CSS_PX);
    let stroke = Some(Stroke {
        color,
        width,
        dash: Px(0),
    });
    let fill = crate::scene::Fill::None;
    let rings = match hit.mark.and_then(|index| marks.get(index)) {
        Some(Mark::Region { rings, .. }) => rings.clone(),
        _ => {
            let rect = hit.rect;
            let right = Px(rect.x.0.saturating_add(rect.width.0));
            let bottom = Px(rect.y.0.saturating_add(rect.height.0));
            let corner = |x, y| Point { x, y };
            vec![vec![
                corner(rect.x, rect.y),
                corner(right, rect.y),
                corner(right, bottom),
                corner(rect.x, bottom),
            ]]
        }
    };
    Some(Mark::Region {
        rings,
        fill,
        stroke,
    })
}

/// The hit under a point of the picture (CSS px): its index, or -1.
#[wasm_bindgen]
pub fn hit(handle: u32, x: f64, y: f64) -> i32 {
    view::hit_at(handle, x, y)
        .and_then(|index| i32::try_from(index).ok())
        .unwrap_or(-1)
}

/// What is known of a hit: `{"id","label","lines":[…],"row","x","y","width","height"}` (CSS px;
/// row -1: none). Empty where there is none of that index.
#[wasm_bindgen]
pub fn hit_info(handle: u32, index: u32) -> String {
    let Some(scene) = view::last_scene(handle) else {
        return String::new();
    };
    let Some(hit) = usize::try_from(index)
        .ok()
        .and_then(|index| scene.hits.get(index))
    else {
        return String::new();
    };
    let mut json = Json::default();
    json.object(|json| {
        json.key("id").text(&hit.id);
        json.key("label").text(&hit.label);
        json.key("lines").texts(&hit.lines);
        json.key("row")
            .number(hit.row.map_or(-1.0, |row| row as f64));
        json.key("x").number(hit.rect.x.css());
        json.key("y").number(hit.rect.y.css());
        json.key("width").number(hit.rect.width.css());
        json.key("height").number(hit.rect.height.css());
    });
    json.finish()
}

/// The picture last composed, as SVG: the same text as the native program's. Empty without one.
#[wasm_bindgen]
pub fn to_svg(handle: u32) -> String {
    view::last_scene(handle).map_or_else(String::new, |scene| svg::to_svg(&scene))
}

/// The notices of feed and geometry:
/// `[{"document":"feed"|"geometry","path","line","column","zh","en"},…]`.
#[wasm_bindgen]
pub fn notices(handle: u32) -> String {
    let documents = view::with(handle, |view| (view.feed.clone(), view.geometry.clone()));
    let (feed, geometry) = documents.unwrap_or_default();
    let mut json = Json::default();
    json.list(|json| {
        if let Some(Ok(parsed)) = feed.as_ref().map(|document| &document.outcome) {
            for notice in &parsed.notices {
                let at = (notice.path.as_str(), notice.line, notice.column);
                one_notice(json, "feed", at, &|chinese| notice.text(chinese));
            }
            left_out(json, "feed", parsed.notices_left_out);
        }
        if let Some(Ok(parsed)) = geometry.as_ref().map(|document| &document.outcome) {
            for notice in &parsed.notices {
                let at = (notice.path.as_str(), notice.line, notice.column);
                one_notice(json, "geometry", at, &|chinese| notice.text(chinese));
            }
            left_out(json, "geometry", parsed.notices_left_out);
        }
    });
    json.finish()
}

fn one_notice(
    json: &mut Json,
    document: &str,
    (path, line, column): (&str, u32, u32),
    text: &dyn Fn(bool) -> String,
) {
    json.object(|json| {
        json.key("document").text(document);
        json.key("path").text(path);
        json.key("line").number(f64::from(line));
        json.key("column").number(f64::from(column));
        json.key("zh").text(&text(true));
        json.key("en").text(&text(false));
    });
}

fn left_out(json: &mut Json, document: &str, count: usize) {
    if count > 0 {
        one_notice(json, document, ("", 0, 0), &|chinese| {
            if chinese {
                format!("另有{count}条未列出")
            } else {
                format!("{count} more are not listed")
            }
        });
    }
}

/// Two texts: Chinese and English.
fn both(json: &mut Json, text: impl Fn(bool) -> String) {
    json.texts(&[text(true), text(false)]);
}
