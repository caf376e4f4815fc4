//! The table: a real one over its picture, sorted by its heads, windowed, and as the feed has it.

use serde_json::{Value, json};

use crate::browser::{Browser, run};
use crate::districts;
use crate::fault::{BREAK, MEND};
use crate::server::{Answer, sample};

const GRID: &str = "const grid = w.shadowRoot.querySelector('.grid');
    const names = () => [...grid.querySelectorAll('tbody th')].map(cell => cell.textContent);
    const head = index => grid.querySelectorAll('thead th')[index];";

fn many(rows: usize) -> Answer {
    let regions: Vec<Value> = (0..rows)
        .map(|n| json!({"name": format!("镇{n}"), "started": n * 7 % rows, "planned": rows}))
        .collect();
    let feed = json!({"feed": "progress-widgets/1", "as_of": "2020-09-30", "regions": regions});
    Answer::json(feed.to_string())
}

#[test]
fn the_figures_are_those_of_the_feed_and_the_table_lies_over_its_picture() {
    run(async |b: Browser| {
        for width in [320, 640, 1200] {
            b.open(&b.server.page(&format!(
                "<div id=frame class=w{width}>{}</div>",
                districts("table", "")
            )))
            .await;
            let table = b.js("return seen.table(w)").await;
            let feed: Value =
                serde_json::from_slice(&sample("hangzhou-districts-sample.json")).unwrap();
            for region in feed["regions"].as_array().unwrap() {
                let rows = table["rows"].as_array().unwrap();
                let row = rows.iter().find(|row| row[0] == region["name"]).unwrap();
                for field in ["started", "planned"] {
                    let figure = region[field]
                        .as_u64()
                        .map_or("—".to_owned(), |count| count.to_string());
                    let cells = row.as_array().unwrap();
                    assert!(cells.contains(&json!(figure)), "{field} {figure} in {row}");
                }
            }
            let places = b
                .js(&format!(
                    "{GRID} const a = grid.getBoundingClientRect(), z = canvas.getBoundingClientRect();
                     return [a.left >= z.left, a.right <= z.right, a.top > z.top, a.bottom < z.bottom,
                             grid.scrollHeight <= grid.clientHeight, canvas.tabIndex]"
                ))
                .await;
            assert_eq!(places, json!([true, true, true, true, true, -1]), "{width}");
            b.keep_picture("#table", &format!("table-{width}-light"))
                .await;
        }
        b.page_is_unharmed().await;
    });
}

#[test]
fn heads_sort_as_figures_and_keep_the_focus() {
    run(async |b: Browser| {
        b.open(&b.server.page(&districts("table", ""))).await;
        let state = format!(
            "{GRID} return [names().slice(0, 2), head(2).getAttribute('aria-sort'),
              w.shadowRoot.activeElement === head(2).querySelector('button'), names().at(-1)]"
        );
        let click =
            format!("{GRID} const b = head(2).querySelector('button'); b.focus(); b.click()");
        b.js(&click).await;
        let most = json!([["合计", "萧山区"], "descending", true, "淳安县"]);
        assert_eq!(b.js(&state).await, most, "341 before 96; missing last");
        b.js(&click).await;
        let least = json!([["合计", "滨江区"], "ascending", true, "淳安县"]);
        assert_eq!(b.js(&state).await, least);
        // The picture follows, and what is sorted stays so in new figures and after a death.
        let picture = b.js("return w.toSVG()").await;
        let picture = picture.as_str().unwrap();
        assert!(picture.find("滨江区").unwrap() < picture.find("萧山区").unwrap());
        b.js("w.render()").await;
        assert_eq!(b.js(&state).await, least);
        b.page_is_unharmed().await;
    });
}

#[test]
fn ten_thousand_rows_are_windowed_and_every_one_can_be_reached() {
    run(async |b: Browser| {
        b.server.put("/many.json", many(10_000));
        let widget = "<progress-widget kind=table sort=feed src=/many.json></progress-widget>";
        b.open(&b.server.page(&format!("<div class=w640>{widget}</div>")))
            .await;
        let facts = format!(
            "{GRID} const rows = grid.querySelectorAll('tbody tr');
             const t = grid.querySelector('table'), r = [...rows].find(r => r.cells[0].scope === 'row');
             return [rows.length < 100, t.getAttribute('aria-rowcount'), r.getAttribute('aria-rowindex'),
                     grid.tabIndex, grid.getAttribute('role'), grid.getAttribute('aria-label') !== '']"
        );
        assert_eq!(
            b.js(&facts).await,
            json!([true, "10001", "2", 0, "region", true])
        );
        b.js(&format!("{GRID} grid.scrollTop = 1e9")).await;
        b.until(&format!("{GRID} return names().at(-1) === '镇9999'"))
            .await;
        let last = b
            .js(&format!(
                "{GRID} const at = grid.getBoundingClientRect(), cell = [...grid.querySelectorAll('tbody th')].at(-1),
                   box = cell.getBoundingClientRect(), top = head(0).getBoundingClientRect();
                 return [Math.abs(box.bottom - at.bottom) < 2, Math.abs(top.top - at.top) < 2,
                         cell.parentNode.getAttribute('aria-rowindex')]"
            ))
            .await;
        assert_eq!(last, json!([true, true, "10001"]), "the head stays in view");
        b.keep_picture("progress-widget", "table-10000-end").await;
        b.js(&format!("{GRID} head(2).querySelector('button').click()"))
            .await;
        let highest = b
            .js(&format!(
                "{GRID} return grid.querySelector('tbody th').parentNode.cells[2].textContent"
            ))
            .await;
        assert_eq!(highest, json!("9,999"));
        b.page_is_unharmed().await;
    });
}

#[test]
fn an_instance_that_died_gives_back_the_order_of_the_rows() {
    run(async |b: Browser| {
        b.open(
            &b.server
                .page(&districts("table", "scheme=dark size=senior")),
        )
        .await;
        b.js(&format!("{GRID} head(2).querySelector('button').click()"))
            .await;
        let before = b.js(&format!("{GRID} return names()")).await;
        b.js(&format!(
            "window.old = w.shadowRoot.querySelector('.grid'); {BREAK} try {{ w.render() }} catch (e) {{}} {MEND}"
        ))
        .await;
        b.until("return w.shadowRoot.querySelector('.grid') !== old")
            .await;
        b.frames().await;
        assert_eq!(b.js(&format!("{GRID} return names()")).await, before);
        b.keep_picture("#table", "table-senior-dark").await;
        b.page_is_unharmed().await;
    });
}

#[test]
fn new_figures_leave_the_reader_where_he_is() {
    run(async |b: Browser| {
        b.open(
            &b.server
                .page("<div class=w640><progress-widget id=p kind=table></progress-widget></div>"),
        )
        .await;
        let render = |more: usize| {
            format!(
                "w.render({{feed: 'progress-widgets/1', as_of: '2020-09-30',
                   regions: Array.from({{length: 300}}, (_, n) => ({{name: '镇' + n, planned: 999, started: n + {more}}}))}});"
            )
        };
        b.js(&render(0)).await;
        b.js(&format!("{GRID} grid.focus(); grid.scrollTop = 2400"))
            .await;
        b.frames().await;
        let seen = format!(
            "{GRID} const row = grid.querySelector('tbody th').parentNode.getAttribute('aria-rowindex');
             return [grid.scrollTop, row > 20, w.shadowRoot.activeElement === grid]"
        );
        b.until(&format!("{GRID} return !names().includes('镇299')"))
            .await;
        assert_eq!(b.js(&seen).await, json!([2400, true, true]));
        b.js(&render(1)).await;
        b.until(&format!("{GRID} return !names().includes('镇299')"))
            .await;
        assert_eq!(b.js(&seen).await, json!([2400, true, true]));
        b.js(&format!("{GRID} head(2).querySelector('button').click()"))
            .await;
        assert_eq!(b.js(&seen).await, json!([0, false, true]));
        b.page_is_unharmed().await;
    });
}
