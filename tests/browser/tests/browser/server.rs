//! A small web server for one test: `dist/`, the samples, pages made by the test, with the headers
//! that it asks for, and a count of the requests.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Response, StatusCode, Uri, header};
use tokio::sync::mpsc;

/// What the strictest portals send. The widgets must run under it without one violation.
pub const STRICT_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; connect-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'";

/// How a body ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    #[default]
    Whole,
    /// The connection breaks.
    Cut,
    /// Nothing more comes, and the connection stays.
    Stalled,
}

/// A body of no length told before, and its end.
struct Ending(Vec<u8>, End);

impl http_body::Body for Ending {
    type Data = axum::body::Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Self::Data>, Self::Error>>> {
        let bytes = std::mem::take(&mut self.0);
        match self.1 {
            _ if !bytes.is_empty() => Poll::Ready(Some(Ok(http_body::Frame::data(bytes.into())))),
            End::Whole => Poll::Ready(None),
            End::Cut => Poll::Ready(Some(Err(std::io::ErrorKind::BrokenPipe.into()))),
            End::Stalled => Poll::Pending,
        }
    }
}

/// Server-sent events, until the sender is dropped.
struct Events(mpsc::UnboundedReceiver<Bytes>);

impl http_body::Body for Events {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
        let message = self.0.poll_recv(context);
        message.map(|message| message.map(|bytes| Ok(http_body::Frame::data(bytes))))
    }
}

/// Makes the answer to a request, of how often the path was asked for before.
type Maker = Arc<dyn Fn(usize) -> Answer + Send + Sync>;

/// An answer made by a test.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub content_type: String,
    pub body: Vec<u8>,
    pub delay: Duration,
    /// More headers; one of the same name as ours takes its place.
    pub headers: Vec<(&'static str, String)>,
    pub end: End,
}

impl Answer {
    pub fn json(body: impl Into<Vec<u8>>) -> Answer {
        Answer {
            status: 200,
            content_type: "application/json".into(),
            body: body.into(),
            delay: Duration::ZERO,
            headers: Vec::new(),
            end: End::Whole,
        }
    }

    /// A file of `dist/`, `samples/` or `pages/` as the server gives it.
    pub fn file(path: &str) -> Answer {
        file(path).unwrap_or_else(|| panic!("there is no {path}"))
    }

    pub fn ending(self, end: End) -> Answer {
        Answer { end, ..self }
    }

    pub fn redirect(to: &str) -> Answer {
        Answer::status(302).with("location", to)
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Answer {
        self.headers.push((name, value.into()));
        self
    }

    pub fn status(status: u16) -> Answer {
        Answer {
            status,
            ..Answer::json("gone")
        }
    }

    pub fn after(self, delay: Duration) -> Answer {
        Answer { delay, ..self }
    }
}

#[derive(Default)]
struct Shared {
    answers: HashMap<String, Answer>,
    makers: HashMap<String, Maker>,
    /// Listeners of server-sent events.
    streams: HashMap<String, Vec<mpsc::UnboundedSender<Bytes>>>,
    requests: Vec<(String, Instant)>,
}

/// Stops with the test's runtime.
#[derive(Clone)]
pub struct Server {
    pub origin: String,
    shared: Arc<Mutex<Shared>>,
}

impl Server {
    pub async fn start() -> Server {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Server {
            origin: format!("http://{}", listener.local_addr().unwrap()),
            shared: Arc::default(),
        };
        let app = axum::Router::new()
            .fallback(answer)
            .with_state(server.clone());
        tokio::spawn(async { axum::serve(listener, app).await });
        server
    }

    /// From now on this path is answered so.
    pub fn put(&self, path: &str, answer: Answer) {
        self.shared
            .lock()
            .unwrap()
            .answers
            .insert(path.into(), answer);
    }

    /// From now on this path is answered by a function of how often it was asked for before.
    pub fn make(&self, path: &str, maker: impl Fn(usize) -> Answer + Send + Sync + 'static) {
        let mut shared = self.shared.lock().unwrap();
        shared.makers.insert(path.into(), Arc::new(maker));
    }

    /// From now on this path is a stream of events.
    pub fn stream(&self, path: &str) {
        let mut shared = self.shared.lock().unwrap();
        shared.streams.insert(path.into(), Vec::new());
    }

    /// Sends a message to those who listen to a stream; how many there are.
    pub fn send(&self, path: &str, message: &str) -> usize {
        let mut shared = self.shared.lock().unwrap();
        let listeners = shared.streams.get_mut(path).unwrap();
        let data = Bytes::from(format!("data: {message}\n\n"));
        listeners.retain(|listener| listener.send(data.clone()).is_ok());
        listeners.len()
    }

    /// Ends a stream's connections; the path is then answered as others are.
    pub fn break_stream(&self, path: &str) {
        self.shared.lock().unwrap().streams.remove(path);
    }

    /// A page with the test's own ear (`seen`) and, after it, this body.
    pub fn page(&self, body: &str) -> String {
        self.page_with_head(
            r#"<script defer src="/dist/progress-widgets.js"></script>"#,
            body,
        )
    }

    /// A page with this instead of the script tag in its head.
    pub fn page_with_head(&self, head: &str, body: &str) -> String {
        self.page_under(STRICT_POLICY, head, body)
    }

    /// A page under this policy.
    pub fn page_under(&self, policy: &str, head: &str, body: &str) -> String {
        let html = format!(
            "<!doctype html><html lang=\"zh-CN\"><meta charset=utf-8><title>test</title>\
             <link rel=stylesheet href=/pages/page.css><script src=/pages/seen.js></script>\
             {head}<body>{body}</body></html>"
        );
        let path = format!("/page-{}.html", self.shared.lock().unwrap().answers.len());
        let content_type = "text/html; charset=utf-8".into();
        self.put(
            &path,
            Answer {
                content_type,
                ..Answer::json(html).with("content-security-policy", policy)
            },
        );
        format!("{}{path}", self.origin)
    }

    /// How often a path was asked for.
    pub fn requests(&self, path: &str) -> usize {
        self.times(path).len()
    }

    /// When a path was asked for.
    pub fn times(&self, path: &str) -> Vec<Instant> {
        let shared = self.shared.lock().unwrap();
        let asked = shared.requests.iter().filter(|asked| asked.0 == path);
        asked.map(|asked| asked.1).collect()
    }
}

/// The project's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A sample feed or geometry.
pub fn sample(name: &str) -> Vec<u8> {
    std::fs::read(root().join("www/samples").join(name)).unwrap()
}

async fn answer(State(server): State<Server>, uri: Uri) -> Response<Body> {
    let path = uri.path().to_owned();
    let made = {
        let before = server.requests(&path);
        let mut shared = server.shared.lock().unwrap();
        shared.requests.push((path.clone(), Instant::now()));
        if let Some(listeners) = shared.streams.get_mut(&path) {
            let (sender, events) = mpsc::unbounded_channel();
            listeners.push(sender);
            return Response::builder()
                .header(header::CONTENT_TYPE, "text/event-stream")
                .body(Body::new(Events(events)))
                .unwrap();
        }
        match shared.makers.get(&path).cloned() {
            Some(make) => {
                drop(shared);
                Some(make(before))
            }
            None => shared.answers.get(&path).cloned(),
        }
    };
    let answer = made
        .or_else(|| file(&path))
        .unwrap_or_else(|| Answer::status(404));
    tokio::time::sleep(answer.delay).await;
    let mut response = Response::builder()
        .status(StatusCode::from_u16(answer.status).unwrap())
        .header(header::CONTENT_TYPE, answer.content_type)
        .header(header::CONTENT_SECURITY_POLICY, STRICT_POLICY)
        .body(match answer.end {
            End::Whole => answer.body.into(),
            end => Body::new(Ending(answer.body, end)),
        })
        .unwrap();
    for (name, value) in answer.headers {
        response.headers_mut().insert(name, value.parse().unwrap());
    }
    response
}

fn file(path: &str) -> Option<Answer> {
    let (folder, rest) = path.strip_prefix('/')?.split_once('/')?;
    let folder = match folder {
        "dist" => root().join("dist"),
        "samples" => root().join("www/samples"),
        "pages" => root().join("tests/browser/pages"),
        _ => return None,
    };
    if rest.contains("..") {
        return None;
    }
    let content_type = match rest.rsplit_once('.')?.1 {
        "js" | "mjs" => "text/javascript",
        "wasm" => "application/wasm",
        "css" => "text/css",
        "html" => "text/html; charset=utf-8",
        _ => "application/json",
    };
    let body = std::fs::read(folder.join(rest)).ok()?;
    Some(Answer {
        content_type: content_type.into(),
        ..Answer::json(body)
    })
}
