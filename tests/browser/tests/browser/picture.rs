//! The picture: drawn at all, sharp, laid out for its width, and the same as the native one.

use progress_widgets::compose::{self, Request};
use progress_widgets::paint::svg;
use progress_widgets::scene::Scene;
use progress_widgets::widgets::Kind;
use serde_json::json;

use crate::browser::{Browser, run, run_at};
use crate::districts;
use crate::server::{Answer, sample};

const KINDS: [&str; 3] = ["summary", "bars", "map"];

fn three() -> String {
    KINDS.map(|kind| districts(kind, "")).concat()
}

/// The same picture by the native library.
fn native(kind: &str, width: &str, more: &[(&str, &str)]) -> Scene {
    let mut request = Request::new(Kind::named(kind).unwrap());
    for (name, value) in [("width", width)].iter().chain(more) {
        request.set(name, value).unwrap();
    }
    let feed = sample("hangzhou-districts-sample.json");
    let map = sample("hangzhou-districts-2020.topo.json");
    compose::compose(&feed, Some(&map), &request).unwrap().scene
}

/// Where two texts part.
fn difference(one: &str, other: &str) -> String {
    let same = one
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let from = |text: &str| {
        text.chars()
            .skip(same.saturating_sub(30))
            .take(90)
            .collect::<String>()
    };
    format!("{:?}\nnot {:?}", from(one), from(other))
}

#[test]
fn a_page_with_the_samples_shows_all_three_widgets() {
    run(async |b: Browser| {
        b.open(&b.server.page(&three())).await;
        for kind in KINDS {
            let canvas =
                format!("document.getElementById('{kind}').shadowRoot.querySelector('canvas')");
            let inked = b.js(&format!("return seen.inked({canvas})")).await;
            assert!(
                inked.as_u64().unwrap() > 2000,
                "{kind}: {inked} pixels differ from the ground"
            );
            let shown = b.js(&format!("const r = {canvas}.getBoundingClientRect(); return r.width > 280 && r.height > 100")).await;
            assert_eq!(shown, json!(true), "{kind}");
            let alt = b
                .js(&format!("return {canvas}.getAttribute('aria-label')"))
                .await;
            assert!(alt.as_str().unwrap().chars().count() > 10, "{kind}: {alt}");
        }
        b.page_is_unharmed().await;
    });
}

#[test]
fn pictures_of_three_widths_light_and_dark_are_kept() {
    run(async |b: Browser| {
        for width in [320, 640, 1200] {
            for scheme in ["light", "dark"] {
                let widgets = KINDS
                    .map(|kind| districts(kind, &format!("scheme={scheme}")))
                    .concat();
                b.open(&b.server.page(&format!(
                    "<div id=frame class='w{width} {scheme}'>{widgets}</div>"
                )))
                .await;
                for kind in KINDS {
                    b.keep_picture(&format!("#{kind}"), &format!("{kind}-{width}-{scheme}"))
                        .await;
                }
            }
        }
        b.page_is_unharmed().await;
    });
}

#[test]
fn the_svg_equals_the_native_one_byte_for_byte() {
    run(async |b: Browser| {
        for (width, class) in [("320", "w320"), ("640", "w640"), ("1200", "w1200")] {
            b.open(
                &b.server
                    .page(&format!("<div class={class}>{}</div>", three())),
            )
            .await;
            // The fonts are the page's: the native request is told of them.
            let font = b.js("return getComputedStyle(w).fontFamily").await;
            for kind in KINDS {
                let script = format!("return document.getElementById('{kind}').toSVG()");
                let browser = b.js(&script).await;
                let native = svg::to_svg(&native(kind, width, &[("font", font.as_str().unwrap())]));
                assert!(
                    browser.as_str().unwrap() == native,
                    "{kind} at {width} px differs: {}",
                    difference(browser.as_str().unwrap(), &native)
                );
            }
        }
        b.page_is_unharmed().await;
    });
}

/// Every kind, as far as the gallery shows it: a new one needs no line here.
#[test]
fn every_widget_of_the_gallery_equals_the_native_one() {
    run(async |b: Browser| {
        let gallery: serde_json::Value = serde_json::from_slice(&sample("gallery.json")).unwrap();
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        for shown in gallery["samples"].as_array().unwrap() {
            let feed = text(&shown["feed"]);
            for widget in shown["widgets"].as_array().unwrap() {
                let geometry = text(&widget["geometry"]);
                let mut options = vec![("kind".to_owned(), text(&widget["kind"]))];
                for (name, value) in widget["options"].as_object().into_iter().flatten() {
                    options.push((
                        name.clone(),
                        value.as_str().map_or(value.to_string(), str::to_owned),
                    ));
                }
                let attributes: String = options
                    .iter()
                    .map(|(name, value)| format!(" {name}='{value}'"))
                    .collect();
                let map = if geometry.is_empty() {
                    String::new()
                } else {
                    format!(" geometry=/{geometry}")
                };
                let page = format!(
                    "<div class=w640><progress-widget id=w src=/{feed}{map}{attributes}></progress-widget></div>"
                );
                b.open(&b.server.page(&page)).await;
                let font = b.js("return getComputedStyle(w).fontFamily").await;
                let browser = b.js("return document.getElementById('w').toSVG()").await;
                let mut request = Request::default();
                options.push(("width".into(), "640".into()));
                options.push(("font".into(), text(&font)));
                for (name, value) in &options {
                    request.set(name, value).unwrap();
                }
                let file = |path: &str| sample(path.trim_start_matches("samples/"));
                let map = (!geometry.is_empty()).then(|| file(&geometry));
                let scene = compose::compose(&file(&feed), map.as_deref(), &request)
                    .unwrap()
                    .scene;
                assert!(
                    browser.as_str().unwrap() == svg::to_svg(&scene),
                    "{feed}{attributes} differs"
                );
                b.page_is_unharmed().await;
            }
        }
    });
}

#[test]
fn the_table_holds_the_figures_of_the_feed() {
    run(async |b: Browser| {
        b.open(&b.server.page(&three())).await;
        let feed: serde_json::Value =
            serde_json::from_slice(&sample("hangzhou-districts-sample.json")).unwrap();
        for kind in ["bars", "map"] {
            let table = b
                .js(&format!(
                    "return seen.table(document.getElementById('{kind}'))"
                ))
                .await;
            let rows = table["rows"].as_array().unwrap();
            for region in feed["regions"].as_array().unwrap() {
                let name = region["name"].as_str().unwrap();
                let row = rows
                    .iter()
                    .find(|row| row[0] == name)
                    .unwrap_or_else(|| panic!("{kind}: no row for {name}"));
                let text = row.to_string();
                for field in ["started", "planned"] {
                    if let Some(count) = region[field].as_u64() {
                        assert!(
                            text.contains(&format!("\"{count}\"")),
                            "{kind}: {field} {count} in {text}"
                        );
                    }
                }
                if let Some(rate) = region["rate"].as_str() {
                    assert!(
                        text.contains(&format!("\"{rate}\"")),
                        "{kind}: {rate} in {text}"
                    );
                }
            }
            let native = native(kind, "600", &[]).tables[0].clone();
            assert_eq!(table["caption"], native.caption);
            assert_eq!(table["head"], json!(native.head));
            assert_eq!(table["rows"], json!(native.rows));
        }
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_long_table_is_cut_and_says_how_many_rows_are_left() {
    run(async |b: Browser| {
        let regions: Vec<_> = (1..=1234)
            .map(|n| json!({"name": format!("区{n}"), "rate": f64::from(n) / 2000.0}))
            .collect();
        let feed = json!({"feed": "progress-widgets/1", "as_of": "2020-09-30", "regions": regions});
        b.server.put("/long.json", Answer::json(feed.to_string()));
        b.open(
            &b.server
                .page("<progress-widget kind=bars src=/long.json></progress-widget>"),
        )
        .await;
        let table = b
            .js("const t = w.shadowRoot.querySelector('.table'); return [t.querySelectorAll('tbody tr').length, t.querySelector('p').textContent]")
            .await;
        assert_eq!(table, json!([1000, "另有234行未列出"]));
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_new_width_is_laid_out_anew_and_not_scaled() {
    run(async |b: Browser| {
        b.open(&b.server.page(&format!(
            "<div id=frame class=w1200>{}</div>",
            districts("bars", "")
        )))
        .await;
        for (css, width) in [
            ("640px", 640),
            ("320px", 320),
            ("100px", 280),
            ("2000px", 1600),
            ("280px", 280),
        ] {
            b.js(&format!(
                "document.getElementById('frame').style.width = '{css}'"
            ))
            .await;
            b.until(&format!("return canvas.width === {width}")).await;
            b.frames().await;
            let native = native("bars", &width.to_string(), &[]);
            let height = b.js("return canvas.getBoundingClientRect().height").await;
            assert_eq!(
                height.as_f64().unwrap(),
                native.height.css().round(),
                "at {width} px"
            );
        }
        b.page_is_unharmed().await;
    });
}

#[test]
fn the_canvas_has_a_pixel_for_each_of_the_screen() {
    run_at(2.0, async |b: Browser| {
        b.open(
            &b.server
                .page(&format!("<div class=w640>{}</div>", districts("bars", ""))),
        )
        .await;
        let sizes = b.js("const r = canvas.getBoundingClientRect(); return [canvas.width, r.width, devicePixelRatio]").await;
        assert_eq!(sizes, json!([1280, 640, 2]));
        b.keep_picture("#bars", "bars-640-light@2x").await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_zoomed_page_is_drawn_anew_at_the_new_ratio() {
    run(async |b: Browser| {
        b.open(
            &b.server
                .page(&format!("<div class=w640>{}</div>", districts("bars", ""))),
        )
        .await;
        // A zoom makes the page narrower too; without that Chromium's emulation tells nobody.
        for (ratio, width) in [(2.0, 1200), (1.5, 1100), (3.0, 1000)] {
            let screen = json!({ "width": width, "height": 1600, "deviceScaleFactor": ratio, "mobile": false });
            if !b
                .devtools("Emulation.setDeviceMetricsOverride", screen)
                .await
            {
                return;
            }
            b.until(&format!("return canvas.width === {}", 640.0 * ratio))
                .await;
            assert_eq!(b.js("return canvas.offsetWidth").await, json!(640));
            assert_eq!(b.js("return seen.inked(canvas) > 4000").await, json!(true));
        }
        b.page_is_unharmed().await;
    });
}

#[test]
fn the_scheme_follows_the_readers_system_only_where_asked() {
    run(async |b: Browser| {
        let dark = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
        if !b.devtools("Emulation.setEmulatedMedia", dark).await {
            return;
        }
        let widgets = districts("bars", "") + &districts("summary", "scheme=auto");
        b.open(&b.server.page(&widgets)).await;
        let grounds = "return all.map(w => w.toSVG().match(/<rect width=\"100%\".*? fill=\"(.*?)\"/)[1]).join()";
        assert_eq!(b.js(grounds).await, json!("#ffffff,#12181f"));
        let light = json!({ "features": [{ "name": "prefers-color-scheme", "value": "light" }] });
        b.devtools("Emulation.setEmulatedMedia", light).await;
        b.until("return all[1].toSVG().includes('#ffffff')").await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn at_a_ratio_of_one_and_a_quarter_bars_have_sharp_edges() {
    run_at(1.25, async |b: Browser| {
        b.open(
            &b.server
                .page(&format!("<div class=w640>{}</div>", districts("bars", ""))),
        )
        .await;
        let sizes = b.js("const r = canvas.getBoundingClientRect(); return [canvas.width, Math.round(r.width * 1.25)]").await;
        assert_eq!(sizes, json!([800, 800]));
        // Down the middle of the picture every change is from one flat colour to another: a
        // blurred edge would show a mixture that occurs in one row only.
        let blurred = b
            .js(
                "const {data} = canvas.getContext('2d').getImageData(250, 150, 1, 200);
                 const px = new Uint32Array(data.buffer); let blurred = 0;
                 for (let i = 1; i < 199; i++) blurred += px[i] !== px[i-1] && px[i] !== px[i+1];
                 return blurred",
            )
            .await;
        assert_eq!(blurred, json!(0));
        b.keep_picture("#bars", "bars-640-light@1.25x").await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn the_page_can_set_colours_and_fonts() {
    run(async |b: Browser| {
        b.open(&b.server.page(&districts("bars", ""))).await;
        b.js("w.style.setProperty('--pw-accent', 'rebeccapurple');
              w.style.fontFamily = 'Courier'; w.refresh();")
            .await;
        b.until("return w.toSVG().includes('#663399')").await;
        b.until("return w.toSVG().includes('Courier')").await;
        b.page_is_unharmed().await;
    });
}

/// Counts the accent's pixels frame by frame after a new feed was given.
const FRAMES: &str = r#"
    const feed = rate => ({ feed: "progress-widgets/1", as_of: "2020-09-30",
        regions: [{ code: "330102", name: "上城区", level: "district", rate }] });
    const ink = () => {
        const canvas = w.shadowRoot.querySelector("canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const px = new Uint32Array(data.buffer);
        return px.reduce((sum, one) => sum + (one === 0xffb26f1f ? 1 : 0), 0);
    };
    const frame = () => new Promise(done => requestAnimationFrame(done));
    await w.ready;
    w.render(feed(0.2));
    const old = ink();
    // From before the change began: it moves for 400 ms.
    const end = performance.now() + 350;
    w.render(feed(0.8));
    const seen = [old, ink()], told = w.toSVG().includes("80%") && w.shadowRoot.querySelector("canvas").ariaLabel.includes("80%");
    for (; performance.now() < end; await frame()) seen.push(ink());
    // "+60个百分点" stands in the bar for a while.
    await new Promise(done => setTimeout(done, 600));
    const marked = ink();
    await new Promise(done => setTimeout(done, 3000));
    await frame();
    return [told, seen, marked, ink()];
"#;

#[test]
fn what_a_new_feed_changes_moves_unless_it_may_not() {
    run(async |b: Browser| {
        let widget = |more: &str| format!("<progress-widget kind=bars {more}></progress-widget>");
        let page = format!(
            "<div class=w640>{}</div><div class=w640>{}</div>",
            widget(""),
            widget("motion=none")
        );
        b.open(&b.server.page(&page)).await;
        let mut ends = Vec::new();
        for (index, moves) in [(0, true), (1, false)] {
            let script = format!("return (async w => {{ {FRAMES} }})(all[{index}])");
            let answer = b.js(&script).await;
            assert_eq!(answer[0], json!(true), "the words are the new ones at once");
            let seen: Vec<u64> = answer[1]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(serde_json::Value::as_u64)
                .collect();
            let (old, last) = (seen[0], answer[3].as_u64().unwrap());
            assert_eq!(
                answer[2].as_u64().unwrap() < last,
                moves,
                "the difference is shown"
            );
            assert!(last > old * 3, "{seen:?}");
            let between = seen
                .iter()
                .filter(|ink| **ink > old && **ink < last)
                .count();
            assert_eq!(between > 0, moves, "{seen:?}");
            assert!(
                seen[1..].windows(2).all(|pair| pair[0] <= pair[1]),
                "never back: {seen:?}"
            );
            ends.push(last);
        }
        assert_eq!(ends[0], ends[1], "both end at the same picture");
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_picture_asked_for_in_the_task_of_a_new_width_has_that_width() {
    run(async |b: Browser| {
        let page = format!("<div class=w640>{}</div>", districts("bars", ""));
        b.open(&b.server.page(&page)).await;
        let widths = b
            .js("return ['w640', 'w320'].map(name => {
                   w.parentElement.className = name;
                   return w.toSVG().match(/width=.(\\d+)/)[1];
                 })")
            .await;
        assert_eq!(widths, json!(["640", "320"]));
    });
}
