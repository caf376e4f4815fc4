//! The preview's web server: paths → pages, pictures, data and events. This machine only.
//!
//! Imports `site`, `gallery`, `picture` and `watch`; reads no arguments and prints nothing.

use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::sync::watch::Receiver;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use crate::gallery;
use crate::message::Message;
use crate::picture;
use crate::site::{Site, media_type};
use crate::watch::Snapshot;

/// What a page of ours may do: its own scripts and styles, WebAssembly, and nothing inline. The
/// widgets have to live with it on the strictest portals, so they do here.
pub const PAGE_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

/// What an SVG opened by itself may do: its own styles and nothing else.
const PICTURE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// Proxies drop connections that say nothing for a minute.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// What is served.
#[derive(Clone, Debug)]
pub struct App {
    /// The site's files.
    pub site: Arc<Site>,
    /// The feed that is previewed; `None` for the gallery alone.
    pub live: Option<Receiver<Snapshot>>,
}

/// Query parameters, in their order.
type Pairs = Vec<(String, String)>;

/// An answer before its headers.
struct Reply {
    status: StatusCode,
    kind: &'static str,
    body: Vec<u8>,
}

/// All routes.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/preview/events", get(events))
        .fallback(answer)
        .with_state(app)
}

async fn answer(State(app): State<App>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if !is_local(&headers) {
        return finish(refused(), &headers);
    }
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response();
    }
    // Drawing a national map takes long enough to keep it off the threads that answer.
    let replied = tokio::task::spawn_blocking(move || reply(&app, &uri)).await;
    let reply = replied.unwrap_or_else(|_| {
        text(
            StatusCode::INTERNAL_SERVER_ERROR,
            &Message::new("程序内部出错。", "Internal error."),
        )
    });
    finish(reply, &headers)
}

/// A page elsewhere can make its own host name lead to this machine, and then read a feed that is
/// not yet public as if it were its own: only the names of this machine are answered.
fn is_local(headers: &HeaderMap) -> bool {
    let host = headers
        .get(HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or("");
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

fn refused() -> Reply {
    text(
        StatusCode::FORBIDDEN,
        &Message::new(
            "预览只回答本机地址 127.0.0.1 或 localhost。",
            "The preview answers only to 127.0.0.1 and localhost.",
        ),
    )
}

fn reply(app: &App, uri: &Uri) -> Reply {
    let Some(path) = decoded(uri.path().trim_start_matches('/')) else {
        return missing(uri.path());
    };
    let query = Query::<Pairs>::try_from_uri(uri).map_or_else(|_| Vec::new(), |Query(pairs)| pairs);
    let snapshot = app.live.as_ref().map(|live| live.borrow().clone());
    let english = query
        .iter()
        .any(|(name, value)| name == "lang" && value.starts_with("en"));
    match (path.as_str(), &snapshot) {
        ("" | "preview.html", Some(_)) => html(gallery::preview(&app.site, english)),
        ("" | "index.html", _) => html(gallery::page(&app.site, english)),
        ("en.html", _) => html(gallery::page(&app.site, true)),
        ("every-kind.html", _) => html(gallery::every_kind(&app.site, english)),
        ("every-kind.en.html", _) => html(gallery::every_kind(&app.site, true)),
        ("preview.html", None) => missing(uri.path()),
        ("preview/state.json", Some(snapshot)) => ok(
            "application/json",
            snapshot.to_json().to_string().into_bytes(),
        ),
        ("preview/feed.json", Some(snapshot)) => bytes(snapshot.feed.as_deref(), uri.path()),
        ("preview/geometry.json", Some(snapshot)) => {
            bytes(snapshot.geometry.as_deref(), uri.path())
        }
        ("preview/picture.svg", Some(snapshot)) => match snapshot.feed.as_deref() {
            Some(feed) => drawn(picture::draw(feed, snapshot.geometry.as_deref(), &query)),
            None => missing(uri.path()),
        },
        (path, _) => match path
            .strip_prefix("pictures/")
            .and_then(|name| name.strip_suffix(".svg"))
        {
            Some(name) => match gallery::picture(&app.site, name, &query) {
                Some(picture) => drawn(picture),
                None => missing(uri.path()),
            },
            None if path.ends_with('/') => file(&app.site, &format!("{path}index.html")),
            None => file(&app.site, path),
        },
    }
}

fn html(page: Result<String, Message>) -> Reply {
    match page {
        Ok(html) => ok(media_type("index.html"), html.into_bytes()),
        Err(message) => text(StatusCode::INTERNAL_SERVER_ERROR, &message),
    }
}

fn drawn(picture: Result<picture::Picture, Message>) -> Reply {
    match picture {
        Ok(picture) => ok("image/svg+xml", picture.svg.into_bytes()),
        Err(message) => text(StatusCode::UNPROCESSABLE_ENTITY, &message),
    }
}

fn file(site: &Site, path: &str) -> Reply {
    match site.read(path) {
        Some(body) => ok(media_type(path), body),
        None => missing(path),
    }
}

fn bytes(bytes: Option<&[u8]>, path: &str) -> Reply {
    match bytes {
        Some(bytes) => ok("application/json", bytes.to_vec()),
        None => missing(path),
    }
}

fn ok(kind: &'static str, body: Vec<u8>) -> Reply {
    Reply {
        status: StatusCode::OK,
        kind,
        body,
    }
}

fn missing(path: &str) -> Reply {
    text(
        StatusCode::NOT_FOUND,
        &Message::new(format!("没有 {path}。"), format!("There is no {path}.")),
    )
}

fn text(status: StatusCode, message: &Message) -> Reply {
    Reply {
        status,
        kind: "text/plain; charset=utf-8",
        body: format!("{message}\n").into_bytes(),
    }
}

/// Headers: the type and nothing guessed from the bytes, revalidation by content, the policy.
fn finish(reply: Reply, asked: &HeaderMap) -> Response {
    let mut hasher = DefaultHasher::new();
    reply.body.hash(&mut hasher);
    let etag = format!("\"{:016x}\"", hasher.finish());
    let known = reply.status == StatusCode::OK
        && asked
            .get_all(IF_NONE_MATCH)
            .iter()
            .any(|tags| tags.to_str().is_ok_and(|tags| tags.contains(&etag)));
    let policy = match reply.kind {
        kind if kind.starts_with("text/html") => PAGE_POLICY,
        "image/svg+xml" => PICTURE_POLICY,
        _ => "default-src 'none'",
    };
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        (reply.status, Body::from(reply.body)).into_response()
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, reply.kind),
        (CACHE_CONTROL, "no-cache"),
        (CONTENT_SECURITY_POLICY, policy),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(ETAG, etag);
    }
    response
}

/// The state now, and again after each change.
async fn events(State(app): State<App>, headers: HeaderMap) -> Response {
    let (true, Some(live)) = (is_local(&headers), app.live) else {
        return finish(missing("/preview/events"), &headers);
    };
    let stream = WatchStream::new(live).map(|snapshot| {
        let event = Event::default()
            .event("state")
            .id(snapshot.version.to_string())
            .data(snapshot.to_json().to_string());
        Ok::<Event, Infallible>(event)
    });
    Sse::new(stream)
        .keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
        .into_response()
}

/// `%E6%9D%AD` and the like undone; `None` where the result is no UTF-8.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let (byte, after) = match (first, after) {
            (b'%', [high, low, after @ ..]) => {
                let digits = [*high, *low];
                let digits = std::str::from_utf8(&digits).ok()?;
                (u8::from_str_radix(digits, 16).ok()?, after)
            }
            _ => (*first, after),
        };
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::{decoded, is_local};
    use axum::http::{HeaderMap, HeaderValue, header::HOST};

    #[test]
    fn only_this_machine_is_answered() {
        let with = |host: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_static(host));
            is_local(&headers)
        };
        for host in ["127.0.0.1:8787", "localhost:1", "[::1]:8787", "localhost"] {
            assert!(with(host), "{host}");
        }
        for host in [
            "evil.example:8787",
            "127.0.0.1.evil.example",
            "",
            "localhost.evil:80",
        ] {
            assert!(!with(host), "{host}");
        }
        assert!(!is_local(&HeaderMap::new()));
    }

    #[test]
    fn paths_are_decoded_once() {
        assert_eq!(decoded("a%20b%2e").as_deref(), Some("a b."));
        assert_eq!(decoded("%252e").as_deref(), Some("%2e"));
        assert_eq!(decoded("%ff"), None);
        assert_eq!(decoded("%zz"), None);
    }
}
