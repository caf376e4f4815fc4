//! What two megabytes of feed or geometry may cost in the browser: memory and time.
//!
//! The memory is held to its bound; the times are printed, and held to theirs only where
//! `SOAK` is set, because a machine that does other things at the same time tells nothing. `SOAK`
//! also brings all documents; else the two dearest stand for them.

use progress_widgets::widgets::KINDS;

use crate::browser::{Browser, run};
use crate::server::Answer;

/// A feed's head.
const HEAD: &str = "{\"feed\":\"progress-widgets/1\",\"as_of\":\"2020-09-30\",";

/// Two megabytes that repeat an entry, or as many as the limits allow.
fn repeated(field: &str, entry: &str, limit: usize) -> String {
    let times = limit.min(2_000_000 / (entry.len() + 1));
    format!("{HEAD}\"{field}\":[{}]}}", vec![entry; times].join(","))
}

/// Feeds that are dear for one kind or another, each with a name and, where it needs one, a map.
fn dear() -> Vec<(&'static str, String, Option<String>)> {
    let days: Vec<String> = (0..20_000)
        .map(|n| {
            let (year, month, day) = (1960 + n / 336, n / 28 % 12 + 1, n % 28 + 1);
            format!("{{\"as_of\":\"{year:04}-{month:02}-{day:02}\",\"rate\":0.{n}}}")
        })
        .collect();
    // Each point lies under some 96 of them: more than 100 would be refused.
    let features: Vec<String> = (0..20_000)
        .map(|n| {
            let [x, y] = [n % 141, n / 141].map(|at| f64::from(at) / 20.0);
            let [east, north] = [x + 0.49, y + 0.49];
            format!(
                "{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"Polygon\",\
                 \"coordinates\":[[[{x},{y}],[{east:.3},{y}],[{east:.3},{north:.3}],[{x},{y}]]]}}}}"
            )
        })
        .collect();
    let collection =
        |features: &str| format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}");
    let mut many = features.join(",");
    many.truncate(many[..2_000_000.min(many.len())].rfind(",{").unwrap());
    let ring: Vec<String> = (0..100_000)
        .map(|n| format!("[{},{}]", f64::from(n) / 1e3, f64::from(n % 977) / 31.0))
        .collect();
    let tangle = format!(
        "{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[{},[0,0]]]}}}}",
        ring.join(",")
    );
    let one = format!("{HEAD}\"regions\":[{{\"name\":\"a\",\"rate\":0.5,\"point\":[1,1]}}]}}");
    vec![
        (
            "names",
            repeated("regions", "{\"name\":\"a\"}", 100_000),
            None,
        ),
        (
            "stages",
            repeated(
                "regions",
                "{\"name\":\"a\",\"planned\":9,\"started\":5,\"completed\":1}",
                100_000,
            ),
            None,
        ),
        (
            "towns",
            repeated(
                "regions",
                "{\"name\":\"a\",\"level\":\"town\",\"point\":[120,30],\"rate\":0.5}",
                100_000,
            ),
            None,
        ),
        (
            "days",
            format!("{HEAD}\"history\":[{}]}}", days.join(",")),
            None,
        ),
        (
            "milestones",
            repeated(
                "milestones",
                "{\"name\":\"a\",\"date\":\"2020-01\"}",
                10_000,
            ),
            None,
        ),
        (
            "coverage",
            repeated("coverage", "{\"name\":\"a\",\"done\":1,\"of\":2}", 10_000),
            None,
        ),
        (
            "grades",
            repeated("grades", "{\"name\":\"a\",\"count\":100000}", 10_000),
            None,
        ),
        (
            "clusters",
            repeated(
                "clusters",
                "{\"name\":\"a\",\"members\":[\"a\",\"b\",\"c\",\"d\"]}",
                10_000,
            ),
            None,
        ),
        ("unknown", repeated("unknown", "[[[[]]]]", usize::MAX), None),
        ("polygons", one.clone(), Some(collection(&many))),
        ("a tangle", one, Some(collection(&tangle))),
    ]
}

/// Milliseconds and bytes of one kind, in an instance of its own.
async fn cost(b: &Browser, page: &str, kind: &str) -> (u64, u64) {
    b.go(page).await;
    let script = format!(
        "return (async () => {{
           w.setAttribute('kind', '{kind}');
           await w.ready;
           const bytes = async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer());
           const [feed, map] = [await bytes('/dear.json'), await bytes('/map.json')];
           const start = performance.now();
           if (map.length) w.setGeometry(map);
           w.render(feed);
           // Browsers draw later: reading a pixel back waits for it.
           const canvas = w.shadowRoot.querySelector('canvas');
           if (canvas) canvas.getContext('2d').getImageData(0, 0, 1, 1);
           const ms = Math.round(performance.now() - start);
           return [ms, Math.max(...memories.map((memory) => memory.buffer.byteLength))];
         }})()"
    );
    let costs = b.js(&script).await;
    (costs[0].as_u64().unwrap(), costs[1].as_u64().unwrap())
}

#[test]
fn two_megabytes_cost_at_most_64_and_a_second() {
    run(async |b: Browser| {
        let soak = crate::outage::soak();
        let page = b.server.page_with_head(
            "<script src=/pages/memory.js></script>\
             <script defer src=/dist/progress-widgets.js></script>",
            "<progress-widget></progress-widget>",
        );
        let mut dearest = Vec::new();
        let mut documents = dear();
        documents.retain(|(name, ..)| soak || matches!(*name, "names" | "a tangle"));
        for (name, feed, map) in documents {
            let maps = map.is_some();
            b.server.put("/dear.json", Answer::json(feed));
            b.server
                .put("/map.json", Answer::json(map.unwrap_or_default()));
            for kind in KINDS.iter().filter(|kind| kind.uses_geometry || !maps) {
                let (ms, bytes) = cost(&b, &page, kind.name).await;
                println!("{name} as {}: {ms} ms, {} KiB", kind.name, bytes >> 10);
                if bytes > 64 << 20 || soak && ms > 1000 {
                    dearest.push((name, kind.name, ms, bytes >> 20));
                }
            }
        }
        assert!(dearest.is_empty(), "ms and MiB: {dearest:?}");
        b.page_is_unharmed().await;
    });
}
