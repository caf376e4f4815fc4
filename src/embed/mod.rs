//! The exports: functions with integer handles, called by `www/element/`. Browser only.
//!
//! Every answer is a number or JSON text; errors are values. A trap here is the death of the
//! instance: JavaScript makes a new one and rebuilds the widgets from the bytes that it keeps. So
//! nothing that must outlive a trap is kept here. Imports `compose`, `paint` and what they take
//! (`feed`, `geo`, `scene`).

mod copy;
mod heap;
mod json;
mod live;
mod view;

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::js_sys::Function;
use web_sys::{CanvasRenderingContext2d, EventTarget};

use crate::live::{Age, overdue_after};
use crate::paint::{canvas, svg};
use crate::scene::{Grid, Point, Px, Rect};
use crate::style::number;
use crate::style::{Color, Lang, cat};
use crate::widgets::parts::change;
use crate::{feed, geo};
use json::Json;
use view::{Content, Document};

/// What a canvas is listened to for; JavaScript decides what each means.
const EVENTS: [&str; 6] = [
    "pointermove",
    "pointerdown",
    "pointerleave",
    "click",
    "keydown",
    "blur",
];

/// Differences are shown once all has moved, in times of a movement's: for some three seconds.
const DIFFERENCES_UNTIL: f64 = 8.0;

/// A new widget; its handle, never 0. `signal(event)` is called for events of the canvas.
///
/// The listeners call nothing here, only that function, which calls back under its own `try`: a
/// trap in a closure called by the browser would be an uncaught error on the host's page.
#[wasm_bindgen]
pub fn create(canvas: EventTarget, signal: Function) -> u32 {
    let mut listeners = Vec::new();
    for what in EVENTS {
        let signal = signal.clone();
        // Arrow keys must not scroll the page while they walk through the picture.
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&canvas, what, options, move |event| {
            // If it throws all the same, the page's other widgets must not care.
            let _ = signal.call1(&JsValue::NULL, event);
        });
        listeners.push(listener);
    }
    view::add(listeners)
}

/// Forgets a widget with its listeners.
#[wasm_bindgen]
pub fn free(handle: u32) {
    drop(view::take(handle));
}

/// Sets all options anew: `name\0value\0name\0value…` in UTF-8 (as a text, it would bring another
/// 0.3 kB of glue). A list of what could not be used:
/// `[["zh","en"],…]`; the default stands in for it.
#[wasm_bindgen]
pub fn configure(handle: u32, options: &[u8]) -> String {
    let options = std::str::from_utf8(options).unwrap_or_default();
    let mut json = Json::default();
    json.open('[');
    view::with(handle, |view| {
        let before = std::mem::take(&mut view.request).options;
        let request = &mut view.request;
        request.options.width_css_px = before.width_css_px;
        let mut parts = options.split('\0');
        while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
            if let Err(error) = request.set(name, value) {
                json.texts("", &[error.text(true), error.text(false)]);
            }
        }
        view.scene = None;
        view.before = None;
    });
    json.close(']');
    json.finish()
}

/// Gives the document that has JavaScript's number `id`, if another widget still holds it: the
/// same answer as [`set`]'s, or an empty text, and then the bytes are wanted.
#[wasm_bindgen]
pub fn share(handle: u32, id: u32, next: bool) -> String {
    view::shared(id).map_or_else(String::new, |document| give(handle, document, next))
}

/// Reads a feed, or a `map`. Of a feed `{"asOf","published","overdue","change"}`: when it is overdue
/// (seconds since 1970, or null), and one sentence on what changed, empty unless this is the
/// `next` issue of the feed that the widget has. Or `{"older":1}`, where it would be `next` and is
/// older than that one. Of a map `{}`; an issue of a map changes nothing else. Or
/// `{"error":["zh","en"]}`; then the widget keeps what it had.
#[wasm_bindgen]
pub fn set(handle: u32, id: u32, bytes: &[u8], next: bool, map: bool) -> String {
    let content = if map {
        geo::parse(bytes, &geo::Limits::default())
            .map(Content::Geometry)
            .map_err(|error| [error.text(true), error.text(false)])
    } else {
        feed::parse(bytes, &feed::Limits::default())
            .map(Content::Feed)
            .map_err(|error| [error.text(true), error.text(false)])
    };
    let content = content.unwrap_or_else(Content::Refused);
    give(handle, view::share(id, content), next)
}

/// Draws without a geometry from now on.
#[wasm_bindgen]
pub fn clear_geometry(handle: u32) {
    view::with(handle, |view| {
        view.scene = None;
        view.geometry = None;
    });
}

fn give(handle: u32, document: Rc<Document>, next: bool) -> String {
    let before = view::with(handle, |view| {
        let lang = view.request.options.lang;
        view.feed
            .clone()
            .filter(|_| next)
            .map(|feed| (feed, view.request.options.metric, lang))
    });
    let mut json = Json::default();
    json.open('{');
    match &document.content {
        Content::Feed(parsed) => {
            let feed = &parsed.feed;
            let age = age(feed);
            if let Some(Some((before, metric, lang))) = &before
                && let Content::Feed(before) = &before.content
            {
                if age.older_than(self::age(&before.feed)) {
                    json.number("older", 1.0);
                    json.close('}');
                    return json.finish();
                }
                let lang = lang.unwrap_or_else(|| Lang::from_tag(&feed.lang));
                let change = change::sentence(&before.feed, feed, *metric, lang);
                json.text("change", &change);
            }
            json.text("asOf", &feed.as_of.date.text());
            let published = feed.published.map_or(f64::NAN, |instant| instant.unix_s);
            json.number("published", published);
            let overdue = feed
                .expected_every_s
                .map_or(f64::NAN, |every_s| overdue_after(age, every_s));
            json.number("overdue", overdue);
        }
        Content::Geometry(_) => {}
        Content::Refused(why) => json.texts("error", why),
    }
    json.close('}');
    view::with(handle, |view| {
        let slot = match document.content {
            Content::Feed(_) => &mut view.feed,
            Content::Geometry(_) => &mut view.geometry,
            Content::Refused(_) => &mut view.refused,
        };
        if !matches!(document.content, Content::Refused(_)) {
            view.before = view.scene.take();
        }
        *slot = Some(document);
    });
    json.finish()
}

fn age(feed: &feed::Feed) -> Age {
    Age {
        published_s: feed.published.map(|instant| instant.unix_s),
        as_of_days: feed.as_of.date.days_since_epoch(),
    }
}

/// Composes the picture at this width (CSS px):
/// `{"width","height","alt","lang","hits","remarks":[…],"tables"?}`, the tables
/// `[{"caption","head":[…],"rows"},…]` with their number of rows (see [`rows`]), and only where
/// they differ from those given last. `"cuts"` is where pages end; `"grids"` are the tables that are laid over the picture, see
/// [`crate::scene::Grid`]. Empty without a feed.
#[wasm_bindgen]
pub fn layout(handle: u32, width_css_px: f64) -> String {
    view::with(handle, |view| {
        let scene = view.scene(width_css_px)?;
        let mut json = Json::default();
        json.open('{');
        let (width, height) = (scene.width.css(), scene.height.css());
        json.numbers(
            "width height hits",
            &[width, height, scene.hits.len() as f64],
        );
        json.text("alt", &scene.alt);
        json.text("lang", &scene.lang);
        json.texts("remarks", &scene.remarks);
        if view
            .told
            .as_ref()
            .is_none_or(|told| told.tables != scene.tables)
        {
            json.key("tables");
            json.open('[');
            for table in &scene.tables {
                json.open('{');
                json.text("caption", &table.caption);
                json.texts("head", &table.head);
                json.number("rows", table.rows.len() as f64);
                json.close('}');
            }
            json.close(']');
            view.told = Some(Rc::clone(&scene));
        }
        json.lengths("cuts", &scene.cuts);
        json.key("grids");
        json.open('[');
        for grid in &scene.grids {
            one_grid(&mut json, grid);
        }
        json.close(']');
        json.close('}');
        Some(json.finish())
    })
    .flatten()
    .unwrap_or_default()
}

/// `{"table","x","y","width","height","head","row","size","small","texts","total","order",
/// "columns":[…],"colors":[…]}`: lengths in CSS px; `order` counts columns from 1 and is negative
/// where the lowest comes first, 0 where the rows are in none of the columns' order.
fn one_grid(json: &mut Json, grid: &Grid) {
    json.open('{');
    let order = grid.order.map_or(0.0, |(column, descending)| {
        let place = column as f64 + 1.0;
        if descending { place } else { -place }
    });
    let (
        Rect {
            x,
            y,
            width,
            height,
        },
        (size, small),
    ) = (grid.rect, grid.sizes);
    let [x, y, width, height, head, row, size, small] =
        [x, y, width, height, grid.head, grid.row, size, small].map(Px::css);
    let (table, texts, total) = (grid.table as f64, grid.texts as f64, u8::from(grid.total));
    json.numbers(
        "table x y width height head row size small texts total order",
        &[
            table,
            x,
            y,
            width,
            height,
            head,
            row,
            size,
            small,
            texts,
            f64::from(total),
            order,
        ],
    );
    json.lengths("columns", &grid.columns);
    json.texts("colors", &grid.colors.map(Color::text));
    json.close('}');
}

/// Rows of a table of the picture last composed: `[["…",…],…]`, fewer than `count` at its end.
/// In parts, because a table of 100,000 rows is more than a page can hold or a reader wants.
#[wasm_bindgen]
pub fn rows(handle: u32, table: usize, from: usize, count: usize) -> String {
    let scene = view::last_scene(handle);
    let table = scene.as_ref().and_then(|scene| scene.tables.get(table));
    let mut json = Json::default();
    json.open('[');
    for row in table
        .iter()
        .flat_map(|t| t.rows.iter().skip(from).take(count))
    {
        json.texts("", row);
    }
    json.close(']');
    json.finish()
}

/// Draws the picture last composed, with an outline around the hit of that index (-1: none), at `t`
/// (0 to 1) of the way from the feed before, and up to [`DIFFERENCES_UNTIL`] with the differences.
/// The canvas must measure the picture's size times `ratio`.
#[wasm_bindgen]
pub fn paint(handle: u32, context: CanvasRenderingContext2d, ratio: f64, hit: usize, t: f64) {
    // Out of the store first: a host page may have put its own functions in the context's place.
    let scenes = view::with(handle, |view| {
        if t >= DIFFERENCES_UNTIL {
            view.before = None;
        }
        (view.before.clone(), view.scene.clone())
    });
    if let Some((before, Some(scene))) = scenes {
        canvas::paint(&scene, before.as_deref(), t, hit, &context, ratio);
    }
}

/// The hit under a point of the picture (CSS px): its index, or -1.
#[wasm_bindgen]
pub fn hit(handle: u32, x: f64, y: f64) -> i32 {
    view::last_scene(handle)
        .and_then(|scene| scene.hit_at(Point::from_css(x, y)))
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
    json.open('{');
    json.text("id", &hit.id);
    json.text("label", &hit.label);
    json.texts("lines", &hit.lines);
    let Rect {
        x,
        y,
        width,
        height,
    } = hit.rect;
    let [x, y, width, height] = [x, y, width, height].map(Px::css);
    let row = hit.row.map_or(-1.0, |row| row as f64);
    json.numbers("row x y width height", &[row, x, y, width, height]);
    json.close('}');
    json.finish()
}

/// The picture last composed, as SVG: the same text as the native program's. Empty without one.
#[wasm_bindgen]
pub fn to_svg(handle: u32) -> String {
    view::last_scene(handle).map_or_else(String::new, |scene| svg::to_svg(&scene))
}

/// The notices of feed and geometry:
/// `[{"document":"feed"|"geometry"|"","path","line","column","zh","en"},…]`; of no document: how
/// many more there are.
#[wasm_bindgen]
pub fn notices(handle: u32) -> String {
    let documents = view::with(handle, |view| [view.feed.clone(), view.geometry.clone()]);
    let mut json = Json::default();
    let mut crs = None;
    json.open('[');
    for document in documents.iter().flatten().flatten() {
        let (name, notices, left_out) = match &document.content {
            Content::Feed(parsed) => {
                crs = parsed.feed.crs;
                ("feed", &parsed.notices, parsed.notices_left_out)
            }
            Content::Geometry(parsed) => ("geometry", &parsed.notices, parsed.notices_left_out),
            Content::Refused(_) => continue,
        };
        for notice in notices {
            if let Content::Geometry(parsed) = &document.content
                && !parsed.tells(notice, crs)
            {
                continue;
            }
            let texts = [notice.text(true), notice.text(false)];
            let (line, column) = (notice.line, notice.column);
            one_notice(&mut json, &notice.path, line, column, name, &texts);
        }
        if left_out > 0 {
            let count = number::plain(left_out as f64);
            let texts = [
                cat("另有", &count, "条未列出"),
                cat(&count, " more are not listed", ""),
            ];
            one_notice(&mut json, "", 0, 0, "", &texts);
        }
    }
    json.close(']');
    json.finish()
}

fn one_notice(
    json: &mut Json,
    path: &str,
    line: u32,
    column: u32,
    document: &str,
    [chinese, english]: &[String; 2],
) {
    json.open('{');
    json.text("document", document);
    json.text("path", path);
    json.numbers("line column", &[line, column].map(f64::from));
    json.text("zh", chinese);
    json.text("en", english);
    json.close('}');
}
