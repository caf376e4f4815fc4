//! The same three pictures by progress-widgets and by the libraries that it is measured against: what
//! readers download, how soon they see them, what a change costs.
//!
//! `cargo xtask bench` installs the libraries and runs this; with a folder in `PICTURES` it keeps what
//! each draws. Times are compared within a round, in which every library has its turn in a browser that
//! has just been started: ratios hold on a machine that does other things too, times do not.

#[path = "../tests/browser/browser.rs"]
#[allow(dead_code)]
mod browser;
#[path = "../tests/browser/server.rs"]
#[allow(dead_code)]
mod server;

use std::path::PathBuf;
use std::sync::mpsc;

use progress_widgets::geo;
use serde_json::{Value, json};

use browser::{Browser, run};
use server::{Answer, root, sample};

/// One library, with the scripts that a page needs for these pictures.
struct Peer {
    name: &'static str,
    /// The page's own script in `peers/`, and the boxes that it draws into.
    page: &'static str,
    body: String,
    /// Below `node_modules`.
    scripts: &'static [&'static str],
}

/// A reader's connection and processor.
struct Reader {
    name: &'static str,
    /// Milliseconds and Mbit/s, where the connection is slower than this machine's own.
    network: Option<(u32, f64)>,
    /// How many times slower than this machine.
    processor: u32,
}

const READERS: [Reader; 3] = [
    Reader {
        name: "this machine",
        network: None,
        processor: 1,
    },
    Reader {
        name: "10 Mbit/s, 40 ms",
        network: Some((40, 10.0)),
        processor: 1,
    },
    // What Lighthouse takes for a phone.
    Reader {
        name: "phone: 1.6 Mbit/s, 150 ms, a quarter of the speed",
        network: Some((150, 1.6)),
        processor: 4,
    },
];

/// How many changes are drawn for the cost of one.
const CHANGES: u32 = 30;

fn peers() -> [Peer; 4] {
    let boxes = |tag: &str| {
        format!("<{tag} width=640 height=400 style='width:640px;height:400px'></{tag}>").repeat(3)
    };
    let widget = |kind: &str, more: &str| {
        format!(
            "<progress-widget kind={kind} style='width:640px' motion=none {more}></progress-widget>"
        )
    };
    let districts = "src=/samples/hangzhou-districts-sample.json";
    let map = format!("{districts} geometry=/samples/hangzhou-districts-2020.topo.json");
    [
        Peer {
            name: "progress-widgets",
            page: "progress-widgets.js",
            body: widget("bars", districts)
                + &widget("map", &map)
                + &widget("trend", "src=/samples/trend-sample.json"),
            scripts: &[],
        },
        Peer {
            name: "Chart.js, chartjs-chart-geo",
            page: "chartjs.js",
            body: boxes("canvas"),
            scripts: &[
                "chart.js/dist/chart.umd.js",
                "chartjs-chart-geo/build/index.umd.min.js",
            ],
        },
        Peer {
            name: "Highcharts with map, accessibility",
            page: "highcharts.js",
            body: boxes("div"),
            scripts: &[
                "highcharts/highcharts.js",
                "highcharts/modules/map.js",
                "highcharts/modules/accessibility.js",
            ],
        },
        Peer {
            name: "ECharts",
            page: "echarts.js",
            body: boxes("div"),
            scripts: &["echarts/dist/echarts.min.js"],
        },
    ]
}

/// A file as a good server sends it.
fn compressed(content_type: &str, bytes: &[u8]) -> Answer {
    let mut body = Vec::new();
    let best = brotli::enc::BrotliEncoderParams {
        quality: 11,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &bytes[..], &mut body, &best).unwrap();
    Answer {
        content_type: content_type.into(),
        ..Answer::json(body).with("content-encoding", "br")
    }
}

/// Everything that the pages ask for, compressed once.
struct Files(Vec<(String, Answer)>);

impl Files {
    fn read(peers: &[Peer]) -> Files {
        let modules = std::env::var_os("PEERS").expect("run `cargo xtask bench`");
        let modules = PathBuf::from(modules);
        let script = |name: String, path: PathBuf| {
            let bytes =
                std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (name, compressed("text/javascript", &bytes))
        };
        let pages = root().join("tests/browser/benches/peers");
        let mut files = vec![
            script("/peers/page.js".into(), pages.join("page.js")),
            script(
                "/dist/progress-widgets.js".into(),
                root().join("dist/progress-widgets.js"),
            ),
        ];
        let wasm = std::fs::read(root().join("dist/progress-widgets.wasm")).unwrap();
        let wasm = compressed("application/wasm", &wasm);
        files.push(("/dist/progress-widgets.wasm".into(), wasm));
        for peer in peers {
            files.push(script(
                format!("/peers/{}", peer.page),
                pages.join(peer.page),
            ));
            for path in peer.scripts {
                files.push(script(format!("/modules/{path}"), modules.join(path)));
            }
        }
        for name in [
            "hangzhou-districts-sample.json",
            "trend-sample.json",
            "hangzhou-districts-2020.topo.json",
        ] {
            let answer = compressed("application/json", &sample(name));
            files.push((format!("/samples/{name}"), answer));
        }
        // Not every library reads TopoJSON: all others get the same map as GeoJSON.
        let map = geo_json(&sample("hangzhou-districts-2020.topo.json"));
        let map = compressed("application/json", map.to_string().as_bytes());
        files.push(("/peers/hangzhou-districts-2020.geo.json".into(), map));
        Files(files)
    }

    /// The bytes of the scripts, and of the WebAssembly.
    fn download(&self, peer: &Peer) -> usize {
        let sizes = self.0.iter().filter(|(path, _)| {
            let module = path.strip_prefix("/modules/");
            module.is_some_and(|path| peer.scripts.contains(&path))
                || peer.scripts.is_empty() && path.starts_with("/dist/")
        });
        sizes.map(|(_, answer)| answer.body.len()).sum()
    }
}

/// A map as GeoJSON.
fn geo_json(map: &[u8]) -> Value {
    let map = geo::parse(map, &geo::Limits::default()).unwrap().geometry;
    let ring = |index: &usize| {
        let ring = map.ring(*index);
        // GeoJSON's end where they begin.
        let points = ring.iter().chain(ring.first());
        Value::from_iter(points.map(|point| json!(point)))
    };
    let polygon = |rings: &Vec<usize>| Value::from_iter(rings.iter().map(ring));
    let features = map.features.iter().map(|feature| {
        let coordinates = Value::from_iter(feature.polygons.iter().map(polygon));
        json!({
            "type": "Feature",
            "properties": {
                "adcode": feature.code.as_ref().map(ToString::to_string),
                "name": feature.name,
            },
            "geometry": { "type": "MultiPolygon", "coordinates": coordinates },
        })
    });
    json!({ "type": "FeatureCollection", "features": Value::from_iter(features) })
}

/// Milliseconds until the pictures are there, and of the page's main thread for a change.
fn measure(files: &Files, peer: &Peer, reader: &'static Reader) -> [f64; 2] {
    let (tell, told) = mpsc::channel();
    let scripts: Vec<String> = match peer.scripts {
        [] => vec!["/dist/progress-widgets.js".into()],
        scripts => scripts
            .iter()
            .map(|path| format!("/modules/{path}"))
            .collect(),
    };
    let own = ["/peers/page.js".to_owned(), format!("/peers/{}", peer.page)];
    let tags: String = scripts
        .iter()
        .chain(&own)
        .map(|path| format!("<script defer src='{path}'></script>"))
        .collect();
    let page = format!(
        "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>{}</title>{tags}\
         <p>截至2020年9月30日，全市已开工1858个项目。</p>{}</html>",
        peer.name, peer.body
    );
    let files = files.0.clone();
    run(async move |b: Browser| {
        for (path, answer) in files {
            b.server.put(&path, answer);
        }
        for (path, html) in [
            ("/empty", "<!doctype html><title>empty</title>"),
            ("/page", &page),
        ] {
            let answer = Answer {
                content_type: "text/html; charset=utf-8".into(),
                ..Answer::json(html).with(
                    "content-security-policy",
                    "default-src * 'unsafe-inline' 'unsafe-eval' data: blob:",
                )
            };
            b.server.put(path, answer);
        }
        b.go(&format!("{}/empty", b.server.origin)).await;
        if let Some((latency, speed)) = reader.network {
            let speed = speed * 125_000.0;
            let network = json!({
                "offline": false, "latency": latency,
                "downloadThroughput": speed, "uploadThroughput": speed,
            });
            b.devtools("Network.enable", json!({})).await;
            b.devtools("Network.emulateNetworkConditions", network)
                .await;
        }
        let rate = json!({ "rate": reader.processor });
        b.devtools("Emulation.setCPUThrottlingRate", rate).await;
        b.devtools("Performance.enable", json!({})).await;
        b.go(&format!("{}/page", b.server.origin)).await;
        let first = b.js("return first").await.as_f64().unwrap();
        // Once for what is compiled only when it runs often.
        let redraw = format!("return redraw({CHANGES}).then(() => true)");
        b.js(&redraw).await;
        let before = busy(&b).await;
        b.js(&redraw).await;
        let change = (busy(&b).await - before) * 1000.0 / f64::from(CHANGES);
        if let Some(folder) = std::env::var_os("PICTURES") {
            let picture = b.client.screenshot().await.unwrap();
            std::fs::create_dir_all(&folder).unwrap();
            let name = b.js("return document.title").await;
            let name = format!("{}.png", name.as_str().unwrap());
            std::fs::write(PathBuf::from(folder).join(name), picture).unwrap();
        }
        tell.send([first, change]).unwrap();
    });
    told.recv().unwrap()
}

/// How long the page's main thread has been busy, in seconds.
async fn busy(b: &Browser) -> f64 {
    let metrics = b.ask_devtools("Performance.getMetrics", json!({})).await;
    let metrics = metrics.expect("Chromium's DevTools");
    let metrics = metrics["metrics"].as_array().unwrap();
    let task = metrics
        .iter()
        .find(|metric| metric["name"] == "TaskDuration");
    task.unwrap()["value"].as_f64().unwrap()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn main() {
    // cargo passes `--bench`; a number is how many rounds there are.
    let rounds = std::env::args().find_map(|word| word.parse().ok());
    let rounds: usize = rounds.unwrap_or(1);
    let peers = peers();
    let files = Files::read(&peers);
    println!("download, brotli 11");
    for peer in &peers {
        println!(
            "  {:<36}{:>8.1} kB",
            peer.name,
            files.download(peer) as f64 / 1000.0
        );
    }
    for reader in &READERS {
        // By round, then by library.
        let measured: Vec<Vec<[f64; 2]>> = (0..rounds)
            .map(|_| {
                peers
                    .iter()
                    .map(|peer| measure(&files, peer, reader))
                    .collect()
            })
            .collect();
        println!(
            "{}: median of {rounds}, and how many times as long as progress-widgets in the same round",
            reader.name
        );
        for (at, peer) in peers.iter().enumerate() {
            let line = [0, 1].map(|what| {
                let time = median(measured.iter().map(|round| round[at][what]));
                let ratio = median(
                    measured
                        .iter()
                        .map(|round| round[at][what] / round[0][what]),
                );
                format!("{time:>8.1} ms {ratio:>5.2}")
            });
            println!(
                "  {:<36}first pictures {}   a change {}",
                peer.name, line[0], line[1]
            );
        }
    }
}
