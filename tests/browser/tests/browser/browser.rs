//! One browser for one test, driven by WebDriver. `BROWSER` names the engine: chromium (default),
//! firefox or webkit.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::wd::TimeoutConfiguration;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

use crate::server::{Server, root};

/// Time for one test: a driver that lost an answer would be waited for for ever.
const LIMIT: Duration = Duration::from_secs(300);

/// Time for anything that a page is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Time for one script in a page. The pages' clocks and counts know the driver's own timer by it:
/// WebKit's runs among the page's.
const SCRIPT_TIMEOUT: Duration = Duration::from_millis(30_007);

/// An engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    Webkit,
}

impl Engine {
    pub fn chosen() -> Engine {
        match std::env::var("BROWSER").as_deref() {
            Ok("firefox") => Engine::Firefox,
            Ok("webkit") => Engine::Webkit,
            Ok("chromium") | Err(_) => Engine::Chromium,
            Ok(other) => panic!("BROWSER is {other}; known are chromium, firefox, webkit"),
        }
    }

    /// The driver, listening on the port that is returned.
    async fn start_driver(self, pixel_ratio: f64) -> (Child, u16) {
        let program = match self {
            Engine::Chromium => "chromedriver",
            Engine::Firefox => "geckodriver",
            Engine::Webkit => "WebKitWebDriver",
        };
        // Freed at once, for the driver to take.
        let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let driver = Command::new(program)
            .arg(format!("--port={port}"))
            // What WebKitGTK takes its pixel ratio from.
            .env("GDK_SCALE", pixel_ratio.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{program} does not start: {error}"));
        let begin = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            assert!(begin.elapsed() < PATIENCE, "{program} does not listen");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        (driver, port)
    }

    fn capabilities(self, pixel_ratio: f64) -> Value {
        match self {
            Engine::Chromium => json!({
                "goog:chromeOptions": { "args": [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
                    "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
                    "--hide-scrollbars", "--window-size=1300,1600",
                    format!("--force-device-scale-factor={pixel_ratio}"),
                ] },
            }),
            Engine::Firefox => json!({
                "moz:firefoxOptions": {
                    "args": ["-headless", "--width=1300", "--height=1600"],
                    "prefs": {
                        "layout.css.devPixelsPerPx": pixel_ratio.to_string(),
                        // A canvas that was read once is drawn in another way from then on, and
                        // the pixels of slanted edges differ.
                        "gfx.canvas.accelerated": false,
                    },
                },
            }),
            Engine::Webkit => json!({}),
        }
    }
}

/// A file that a test leaves to be looked at, in `test-output/browser/` and the engine's name.
pub fn kept(name: &str) -> PathBuf {
    let engine = format!("{:?}", Engine::chosen()).to_lowercase();
    let folder = root().join("test-output/browser").join(engine);
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

/// A browser with the server of its pages.
pub struct Browser {
    pub client: Client,
    pub server: Server,
    driver_port: u16,
}

/// Runs a test with a browser of its own, and ends the browser also when the test fails.
pub fn run<F, R>(test: F)
where
    F: FnOnce(Browser) -> R + Send + 'static,
    R: Future<Output = ()> + Send + 'static,
{
    run_at(1.0, test);
}

/// As [`run`], with device pixels in a CSS pixel.
pub fn run_at<F, R>(pixel_ratio: f64, test: F)
where
    F: FnOnce(Browser) -> R + Send + 'static,
    R: Future<Output = ()> + Send + 'static,
{
    assert!(
        root().join("dist/progress-widgets.js").exists(),
        "dist/ is not built: run `cargo xtask build` first"
    );
    let engine = Engine::chosen();
    if engine == Engine::Webkit && pixel_ratio.fract() != 0.0 {
        println!("skipped in webkit: GTK knows whole pixel ratios only, and not {pixel_ratio}");
        return;
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let (mut driver, port) = engine.start_driver(pixel_ratio).await;
        let Value::Object(capabilities) = engine.capabilities(pixel_ratio) else {
            unreachable!("capabilities are an object")
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("the driver starts the browser");
        if engine == Engine::Webkit {
            // The others are told when they start.
            client.set_window_rect(0, 0, 1300, 1600).await.unwrap();
        }
        let timeouts = TimeoutConfiguration::new(Some(SCRIPT_TIMEOUT), None, None);
        client.update_timeouts(timeouts).await.unwrap();
        let server = Server::start().await;
        let browser = Browser {
            client: client.clone(),
            server,
            driver_port: port,
        };
        let mut task = tokio::spawn(test(browser));
        let outcome = tokio::time::timeout(LIMIT, &mut task).await;
        task.abort();
        let _ = tokio::time::timeout(PATIENCE, client.close()).await;
        let _ = driver.kill().await;
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(error)) => std::panic::resume_unwind(error.into_panic()),
            Err(_) => panic!("not over within {LIMIT:?}"),
        }
    });
}

impl Browser {
    /// Opens a page and waits until every widget on it has drawn its first picture.
    pub async fn open(&self, url: &str) {
        self.go(url).await;
        self.js("return Promise.race([
               customElements.whenDefined('progress-widget').then(() =>
                 Promise.all([...document.querySelectorAll('progress-widget')].map(w => w.ready))),
               (window.clock ? clock.wait(10000) : new Promise(done => setTimeout(done, 10000)))
                 .then(() => { throw new Error('not ready in 10 s') }),
             ]).then(() => new Promise(requestAnimationFrame)).then(() => true)")
            .await;
    }

    /// A command of Chromium's DevTools protocol; false in other engines.
    pub async fn devtools(&self, command: &str, parameters: Value) -> bool {
        self.ask_devtools(command, parameters).await.is_some()
    }

    /// A question to Chromium's DevTools protocol; `None` in other engines.
    pub async fn ask_devtools(&self, command: &str, parameters: Value) -> Option<Value> {
        if Engine::chosen() != Engine::Chromium {
            return None;
        }
        let session = self.client.session_id().await.unwrap().unwrap();
        let body = json!({ "cmd": command, "params": parameters }).to_string();
        let address = ("127.0.0.1", self.driver_port);
        let mut driver = TcpStream::connect(address).await.unwrap();
        let request = format!(
            "POST /session/{session}/goog/cdp/execute HTTP/1.1\r\nHost: 127.0.0.1\r\n\
             Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        driver.write_all(request.as_bytes()).await.unwrap();
        // It may keep the connection all the same: the answer ends where its length says.
        let mut driver = BufReader::new(driver);
        let mut length = 0;
        let mut line = String::new();
        while driver.read_line(&mut line).await.unwrap() > 2 {
            let head = line.to_ascii_lowercase();
            if head.starts_with("http/") {
                assert!(head.starts_with("http/1.1 200"), "{command}: {head}");
            } else if let Some(number) = head.strip_prefix("content-length:") {
                length = number.trim().parse().unwrap();
            }
            line.clear();
        }
        let mut body = vec![0; length];
        driver.read_exact(&mut body).await.unwrap();
        let body: Value = serde_json::from_slice(&body).unwrap();
        Some(body["value"].clone())
    }

    /// Opens a page.
    pub async fn go(&self, url: &str) {
        self.client.goto(url).await.unwrap();
        // On a busy machine Chromium's driver can be back before the new page is there.
        self.until(&format!(
            "return document.readyState !== 'loading' && location.href === new URL({}).href",
            json!(url)
        ))
        .await;
    }

    /// Runs a script in the page; a promise is waited for. `all` are the widgets, `w` the first,
    /// `canvas` its canvas.
    pub async fn js(&self, script: &str) -> Value {
        let script = format!(
            "const all = [...document.querySelectorAll('progress-widget')], w = all[0];
             const canvas = w && w.shadowRoot && w.shadowRoot.querySelector('canvas');
             {script}"
        );
        match self.client.execute(&script, vec![]).await {
            Ok(value) => value,
            Err(error) => panic!("{error}\nin: {script}"),
        }
    }

    /// Waits until a script's value is true.
    pub async fn until(&self, script: &str) {
        let begin = Instant::now();
        while self.js(script).await != json!(true) {
            if begin.elapsed() > PATIENCE {
                let page = self.js("return document.documentElement.outerHTML").await;
                panic!("waited in vain for: {script}\non {page}");
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Lets the page draw two frames.
    pub async fn frames(&self) {
        self.js("return new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(1))))")
            .await;
    }

    /// No error, no unhandled rejection and no breach of the page's policy reached the page.
    pub async fn page_is_unharmed(&self) {
        let harm = self.js("return seen.harm").await;
        assert_eq!(harm, json!([]), "the host page was harmed");
    }

    /// The first element of that selector.
    pub async fn find(&self, css: &str) -> Element {
        self.client.find(Locator::Css(css)).await.unwrap()
    }

    /// Keeps a picture of an element in [`kept`]'s folder.
    pub async fn keep_picture(&self, css: &str, name: &str) {
        // What lies outside the view would be cut.
        self.js(&format!("document.querySelector('{css}').scrollIntoView()"))
            .await;
        let picture = match Engine::chosen() {
            // WebKitGTK 2.50 shifts an element's picture, most of it out of sight: the whole view.
            Engine::Webkit => self.client.screenshot().await,
            _ => self.find(css).await.screenshot().await,
        };
        let picture = picture.unwrap();
        std::fs::write(kept(&format!("{name}.png")), picture).unwrap();
    }
}
