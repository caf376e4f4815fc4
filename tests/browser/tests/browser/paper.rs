//! What is printed: how many pages, what stands on them, and that the screen is as before.

use serde_json::json;

use crate::browser::{Browser, kept, run};
use crate::districts;

/// Bytes of base64 without line breaks.
fn decoded(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let bits = text.bytes().filter(|c| *c != b'=').map(value);
    let (mut bytes, mut held, mut count) = (Vec::new(), 0_u32, 0);
    for six in bits {
        held = held << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((held >> count) as u8);
        }
    }
    bytes
}

/// Prints the page on A4; the number of its pages, and `None` in other engines than Chromium.
async fn pages(b: &Browser, name: &str) -> Option<usize> {
    let a4 = json!({ "paperWidth": 8.27, "paperHeight": 11.69, "printBackground": true });
    let answer = b.ask_devtools("Page.printToPDF", a4).await?;
    let pdf = decoded(answer["data"].as_str().unwrap());
    std::fs::write(kept(&format!("{name}.pdf")), &pdf).unwrap();
    let text = String::from_utf8_lossy(&pdf);
    let pages = text.split("/Type /Page").skip(1);
    Some(pages.filter(|rest| !rest.starts_with('s')).count())
}

#[test]
fn a_board_is_printed_light_on_as_many_pages_as_it_needs_and_the_screen_is_as_before() {
    run(async |b: Browser| {
        let board = districts("board", "scheme=dark");
        b.open(
            &b.server
                .page(&format!("<div class='w1200 dark'>{board}</div>")),
        )
        .await;
        b.js("addEventListener('beforeprint', () => setTimeout(() => 0));
              window.slices = []; addEventListener('beforeprint', () => {
                window.slices = [...w.shadowRoot.querySelectorAll('.slice')].map(c => [c.width, c.style.width, canvas.hidden]);
              })")
            .await;
        let before = b.js("return seen.print(canvas)").await;
        let Some(count) = pages(&b, "board-dark").await else {
            return;
        };
        assert_eq!(count, 1, "five panels fit one page");
        let slices = b.js("return slices").await;
        let slices = slices.as_array().unwrap();
        assert!(!slices.is_empty());
        for slice in slices {
            assert_eq!(
                *slice,
                json!([2100, "700px", true]),
                "three pixels a CSS pixel"
            );
        }
        assert_eq!(b.js("return seen.print(canvas)").await, before);
        let left = b
            .js("return w.shadowRoot.querySelectorAll('.slice').length")
            .await;
        assert_eq!(left, json!(0));
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_long_board_ends_its_pages_between_panels() {
    run(async |b: Browser| {
        let board = districts(
            "board",
            "kinds=summary,map,bars,table,trend,grades size=senior",
        );
        b.open(&b.server.page(&format!("<div class=w640>{board}</div>")))
            .await;
        if let Some(count) = pages(&b, "board-long").await {
            assert!((2..=4).contains(&count), "{count} pages");
        }
        b.page_is_unharmed().await;
    });
}

#[test]
fn a_long_table_is_printed_with_all_its_rows() {
    run(async |b: Browser| {
        let widget = "<progress-widget kind=table limit=5 src=/samples/china-renovation-2023h1.json></progress-widget>";
        b.open(&b.server.page(&format!("<div class=w640>{widget}</div>")))
            .await;
        b.js("window.rows = 0; addEventListener('beforeprint', () => {
                window.rows = w.shadowRoot.querySelectorAll('.paper tbody tr').length;
              })")
            .await;
        let Some(count) = pages(&b, "table-long").await else {
            return;
        };
        assert_eq!(b.js("return rows").await, json!(33), "and their sum");
        assert_eq!(count, 1);
        let grid = b
            .js("return w.shadowRoot.querySelector('.grid').getBoundingClientRect().height > 100")
            .await;
        assert_eq!(grid, json!(true), "the live one is back");
        b.page_is_unharmed().await;
    });
}

#[test]
fn what_is_far_from_the_view_is_printed_where_its_feed_is_there() {
    run(async |b: Browser| {
        let near = districts("bars", "");
        let far = districts("map", "");
        let other = "<progress-widget src=/samples/hangzhou-2020.json></progress-widget>";
        let body = format!("{near}<div class=far></div>{far}{other}");
        b.go(&b.server.page(&body)).await;
        b.until("return seen.inked(canvas) > 2000").await;
        b.js("addEventListener('beforeprint', () => {
                window.slices = all.map(w => w.shadowRoot.querySelectorAll('.slice').length);
              })")
            .await;
        if pages(&b, "far").await.is_none() {
            return;
        }
        assert_eq!(b.js("return slices").await, json!([1, 1, 0]));
        // The answer of the other feed came too late for paper, not for the screen.
        b.until("return all.every(w => w.summary && !w.shadowRoot.querySelector('.slice'))")
            .await;
        b.page_is_unharmed().await;
    });
}
