//! What the servers of feed, map, script and WebAssembly must and should answer, and whether an answer
//! does. Imports `message`.

use std::time::Duration;

use progress_widgets::{feed, geo};

use crate::message::Message;

/// Time for an answer with its whole body, as the element gives it.
pub const TIME_OUT: Duration = Duration::from_secs(30);
/// A longer `max-age` without `no-cache` is worth a word.
const SHORT_MAX_AGE_S: u64 = 60;
/// A smaller body gains nothing by compression.
const WORTH_COMPRESSING_BYTES: usize = 8192;

/// An answer.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body; of the question for a change it does not matter.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header of that name (lower case), trimmed; empty where there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|header| header.0 == name);
        found.map_or("", |header| header.1.trim())
    }

    /// Whether a header that is a list holds this word.
    fn lists(&self, name: &str, word: &str) -> bool {
        self.headers
            .iter()
            .filter(|header| header.0 == name)
            .flat_map(|header| header.1.split(','))
            .any(|part| part.trim().eq_ignore_ascii_case(word))
    }
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// As it should be.
    Right,
    /// Works, and could be better.
    Advice,
    /// Widgets can't show the feed.
    Wrong,
}

/// One thing that was looked at.
#[derive(Clone, Debug)]
pub struct Finding {
    /// How grave.
    pub grade: Grade,
    /// What there is, and what to do.
    pub message: Message,
}

/// The answers to be judged.
#[derive(Clone, Debug, Default)]
pub struct Exchange {
    /// The URL asked for.
    pub url: String,
    /// The origin of the page, if it is known.
    pub page: Option<String>,
    /// To a plain question.
    pub first: Answer,
    /// To a question whether anything changed since the first, where that gave an `ETag` or a date.
    pub again: Option<Answer>,
    /// Whether the server compresses for those who can unpack.
    pub compresses: bool,
}

/// `https://host:port` of a URL.
#[must_use]
pub fn origin_of(url: &str) -> &str {
    let start = url
        .find("://")
        .map_or(0, |scheme| scheme.saturating_add("://".len()));
    let end = url
        .get(start..)
        .and_then(|rest| rest.find(['/', '?', '#']))
        .map_or(url.len(), |length| start.saturating_add(length));
    url.get(..end).unwrap_or(url)
}

/// A URL without what follows its path.
fn path(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

/// What a page fetches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Feed,
    Map,
    Script,
    Wasm,
}

impl Subject {
    /// What an answer is, by what is in it; a script by its URL. What is none of them was meant to
    /// be a feed.
    fn of(exchange: &Exchange, is_feed: bool) -> Subject {
        let path = path(&exchange.url);
        let body = &exchange.first.body;
        if body.starts_with(b"\0asm") || path.ends_with(".wasm") {
            Subject::Wasm
        } else if path.ends_with(".js") || path.ends_with(".mjs") {
            Subject::Script
        } else if !is_feed && geo::parse(body, &geo::Limits::default()).is_ok() {
            Subject::Map
        } else {
            Subject::Feed
        }
    }

    fn zh(self) -> &'static str {
        match self {
            Subject::Feed => "数据",
            Subject::Map => "地图",
            Subject::Script => "脚本",
            Subject::Wasm => "WebAssembly",
        }
    }

    fn en(self) -> &'static str {
        match self {
            Subject::Feed => "feed",
            Subject::Map => "map",
            Subject::Script => "script",
            Subject::Wasm => "WebAssembly",
        }
    }

    /// The type that its server should say, and whether another serves.
    fn types(self, name: &str) -> (&'static str, bool) {
        match self {
            Subject::Feed | Subject::Map => (
                "application/json",
                name == "application/json" || name.ends_with("+json"),
            ),
            Subject::Script => (
                "text/javascript",
                name == "text/javascript" || name == "application/javascript",
            ),
            Subject::Wasm => ("application/wasm", name == "application/wasm"),
        }
    }
}

/// Everything that was looked at, in the order in which a browser meets it.
#[must_use]
pub fn examine(exchange: &Exchange) -> Vec<Finding> {
    let mut findings = Findings(Vec::new());
    let parsed = feed::parse(&exchange.first.body, &feed::Limits::default());
    let subject = Subject::of(exchange, parsed.is_ok());
    scheme(exchange, subject, &mut findings);
    if !status(&exchange.first, &mut findings) {
        return findings.0;
    }
    match subject {
        Subject::Feed => figures(parsed, &mut findings),
        Subject::Map => findings.add(Grade::Right, "是地图，可用", "It is a map, and can be used"),
        Subject::Script => {}
        Subject::Wasm => magic(&exchange.first.body, &mut findings),
    }
    transport(exchange, subject, &mut findings);
    // A classic script needs no leave.
    if !path(&exchange.url).ends_with(".js") {
        origins(exchange, subject, &mut findings);
    }
    unchanged(exchange, subject, &mut findings);
    if subject == Subject::Feed {
        freshness(&exchange.first, &mut findings);
    }
    findings.0
}

fn magic(body: &[u8], findings: &mut Findings) {
    if body.starts_with(b"\0asm") {
        findings.add(
            Grade::Right,
            "是 WebAssembly 文件",
            "It is a WebAssembly file",
        );
    } else {
        findings.add(
            Grade::Wrong,
            "不是 WebAssembly 文件：请重新上传，并检查服务器是否改写了文件，或以网页代替了它。",
            "It is no WebAssembly file: upload it anew, and see whether the server rewrites it or answers with a page instead.",
        );
    }
}

struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, grade: Grade, zh: impl Into<String>, en: impl Into<String>) {
        let message = Message::new(zh, en);
        self.0.push(Finding { grade, message });
    }
}

fn scheme(exchange: &Exchange, subject: Subject, findings: &mut Findings) {
    let (zh, en) = (subject.zh(), subject.en());
    let plain = exchange.url.starts_with("http://");
    let page_is_secure = exchange.page.as_deref().map(|p| p.starts_with("https://"));
    match (plain, page_is_secure) {
        (true, Some(true)) => findings.add(
            Grade::Wrong,
            format!("网页是 https，{zh}是 http：浏览器会拦截。请用 https 提供{zh}。"),
            format!(
                "The page is https and the {en} http: browsers block it. Serve the {en} by https."
            ),
        ),
        (true, None) => findings.add(
            Grade::Advice,
            format!("{zh}是 http：https 的网页读不到。"),
            format!("The {en} is http: pages by https can't read it."),
        ),
        _ => {}
    }
}

/// Whether there is a body worth looking at.
fn status(first: &Answer, findings: &mut Findings) -> bool {
    let status = first.status;
    match status {
        200 => {
            findings.add(Grade::Right, "状态 200", "Status 200");
            true
        }
        300..400 => {
            let to = first.header("location");
            findings.add(
                Grade::Wrong,
                format!("状态 {status}，重定向到 {to}：组件不跟随。网页里请写最终的网址。"),
                format!("Status {status}, a redirect to {to}: it is not followed. Write the final URL into the page."),
            );
            false
        }
        _ => {
            let retry = first.header("retry-after");
            let (zh, en) = if retry.is_empty() {
                (String::new(), String::new())
            } else {
                (
                    format!("（Retry-After: {retry}）"),
                    format!(" (Retry-After: {retry})"),
                )
            };
            findings.add(
                Grade::Wrong,
                format!("状态 {status}{zh}：应为 200。"),
                format!("Status {status}{en}: it should be 200."),
            );
            false
        }
    }
}

fn figures(parsed: Result<feed::Parsed, feed::Error>, findings: &mut Findings) {
    match parsed {
        Err(error) => findings.add(
            Grade::Wrong,
            format!("数据不可用：{}", error.text(true)),
            format!("The feed can't be used: {}", error.text(false)),
        ),
        Ok(parsed) => {
            let day = parsed.feed.as_of.date;
            findings.add(
                Grade::Right,
                format!("数据可用，截至 {day}"),
                format!("The feed can be used; it is as of {day}"),
            );
            let count = parsed.notices.len().saturating_add(parsed.notices_left_out);
            if count > 0 {
                findings.add(
                    Grade::Advice,
                    format!("数据有 {count} 条提示：请存为文件，用 check 命令查看。"),
                    format!("The feed has {count} notices: save it and run the check command."),
                );
            }
            if parsed.feed.published.is_none() {
                findings.add(
                    Grade::Advice,
                    "数据没有写 published（发布时刻）：写上后，迟到的旧数据不会盖掉新数据。",
                    "The feed has no published: with it, older figures that come late never replace newer ones of the same day.",
                );
            }
        }
    }
}

fn transport(exchange: &Exchange, subject: Subject, findings: &mut Findings) {
    let first = &exchange.first;
    let kind = first.header("content-type").to_ascii_lowercase();
    let (name, charset) = kind.split_once(';').unwrap_or((&kind, ""));
    let other_charset = charset.contains("charset") && !charset.contains("utf-8");
    let (wanted, right) = subject.types(name.trim());
    if right && !other_charset {
        findings.add(Grade::Right, "Content-Type 正确", "Content-Type is right");
    } else {
        findings.add(
            Grade::Advice,
            format!("Content-Type 是“{kind}”：应为 {wanted}（UTF-8）。"),
            format!("Content-Type is \"{kind}\": it should be {wanted} (UTF-8)."),
        );
    }
    if exchange.compresses {
        findings.add(Grade::Right, "传输已压缩", "Compressed on the way");
    } else if first.body.len() > WORTH_COMPRESSING_BYTES {
        let kib = first.body.len().div_ceil(1024);
        findings.add(
            Grade::Advice,
            format!("{kib} KiB，没有压缩：请为 {wanted} 打开 gzip 或 br。"),
            format!("{kib} KiB, not compressed: turn on gzip or br for {wanted}."),
        );
    }
}

fn origins(exchange: &Exchange, subject: Subject, findings: &mut Findings) {
    let (zh_name, en_name) = (subject.zh(), subject.en());
    let first = &exchange.first;
    let allowed = first.header("access-control-allow-origin");
    let own = origin_of(&exchange.url);
    let page = exchange.page.as_deref().map(origin_of);
    if page.is_some_and(|page| page.eq_ignore_ascii_case(own)) {
        findings.add(
            Grade::Right,
            format!("网页与{zh_name}同源，不需要跨域许可"),
            format!("Page and {en_name} have one origin: no leave is needed"),
        );
        return;
    }
    let Some(page) = page else {
        if allowed == "*" {
            findings.add(
                Grade::Right,
                "任何网页都可读取（Access-Control-Allow-Origin: *）",
                "Pages of every origin may read it (Access-Control-Allow-Origin: *)",
            );
        } else {
            findings.add(
                Grade::Advice,
                "没有 Access-Control-Allow-Origin: *：只有同源或获准的网页读得到。请加 --origin 网页的源，再查一次。",
                "No Access-Control-Allow-Origin: *: only pages of its own origin, or those allowed, can read it. Check again with --origin and the page's origin.",
            );
        }
        return;
    };
    if allowed != "*" && allowed != page {
        let (zh, en) = if allowed.is_empty() {
            ("没有".to_owned(), "is missing".to_owned())
        } else {
            (format!("是“{allowed}”"), format!("is \"{allowed}\""))
        };
        findings.add(
            Grade::Wrong,
            format!("Access-Control-Allow-Origin {zh}：网页 {page} 读不到。应为 {page}；公开的可用 *。"),
            format!("Access-Control-Allow-Origin {en}: the page at {page} can't read the {en_name}. It should be {page}, or * for what is public."),
        );
        return;
    }
    findings.add(
        Grade::Right,
        format!("网页 {page} 可以读取"),
        format!("The page at {page} may read it"),
    );
    if allowed != "*" && !first.lists("vary", "origin") {
        findings.add(
            Grade::Advice,
            "按来源给出许可时应写 Vary: Origin，否则缓存会把给一个网站的许可交给另一个。",
            "Where leave depends on the origin, say Vary: Origin, or a cache hands one site's leave to another.",
        );
    }
    let exposed = |name: &str| {
        first.lists("access-control-expose-headers", name)
            || first.lists("access-control-expose-headers", "*")
    };
    if subject == Subject::Feed && !exposed("retry-after") {
        findings.add(
            Grade::Advice,
            "建议写 Access-Control-Expose-Headers: Retry-After, Date，否则组件读不到服务器要求的等待时间。",
            "Say Access-Control-Expose-Headers: Retry-After, Date, or widgets can't read how long the server wants to be left alone.",
        );
    }
}

fn unchanged(exchange: &Exchange, subject: Subject, findings: &mut Findings) {
    let (zh, en) = (subject.zh(), subject.en());
    match &exchange.again {
        Some(again) if again.status == 304 => findings.add(
            Grade::Right,
            "没有变化时回 304",
            "Answers 304 where nothing changed",
        ),
        Some(_) => findings.add(
            Grade::Advice,
            format!("有 ETag 或 Last-Modified，没有变化时却不回 304，每次都要传整份{zh}：请检查服务器或 CDN 是否改写了 ETag。"),
            format!("It has an ETag or Last-Modified, yet answers no 304 where nothing changed, and sends the whole {en} each time: see whether server or CDN rewrites the ETag."),
        ),
        None => findings.add(
            Grade::Advice,
            format!("没有 ETag，也没有 Last-Modified：每次都要传整份{zh}。请提供 ETag。"),
            format!("Neither ETag nor Last-Modified: the whole {en} is sent each time. Give an ETag."),
        ),
    }
}

/// Whether figures reach readers as soon as they are published.
fn freshness(first: &Answer, findings: &mut Findings) {
    let control = first.header("cache-control").to_ascii_lowercase();
    let seconds = |name: &str| {
        control
            .split(',')
            .find_map(|part| part.trim().strip_prefix(name)?.parse::<u64>().ok())
    };
    let age = seconds("s-maxage=").or_else(|| seconds("max-age="));
    if first.lists("cache-control", "no-store") {
        findings.add(
            Grade::Advice,
            "Cache-Control: no-store 使浏览器每次都取整份数据。请改为 no-cache。",
            "Cache-Control: no-store makes browsers fetch the whole feed each time. Make it no-cache.",
        );
    } else if first.lists("cache-control", "no-cache")
        || age.is_some_and(|age| age <= SHORT_MAX_AGE_S)
    {
        findings.add(
            Grade::Right,
            format!("Cache-Control: {control}"),
            format!("Cache-Control: {control}"),
        );
    } else {
        let (zh, en) = match age {
            Some(age) => (
                format!("缓存可能在 {age} 秒内给出旧数据"),
                format!("caches may hand out old figures for {age} s"),
            ),
            None => (
                "缓存会自行决定存多久".to_owned(),
                "caches decide by themselves how long to keep it".to_owned(),
            ),
        };
        findings.add(
            Grade::Advice,
            format!("{zh}。请写 Cache-Control: no-cache。"),
            format!("{en}. Say Cache-Control: no-cache."),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &str = r#"{"feed":"progress-widgets/1","as_of":"2020-09-30","published":"2020-10-17T10:01:32+08:00","total":{"rate":"97%"}}"#;

    fn good() -> Exchange {
        let headers = [
            ("content-type", "application/json; charset=utf-8"),
            ("access-control-allow-origin", "*"),
            ("access-control-expose-headers", "Retry-After, Date"),
            ("cache-control", "no-cache"),
            ("etag", "\"1\""),
        ];
        Exchange {
            url: "https://data.example/feed.json".into(),
            page: Some("https://www.example".into()),
            first: Answer {
                status: 200,
                headers: headers
                    .iter()
                    .map(|(name, value)| ((*name).into(), (*value).into()))
                    .collect(),
                body: FEED.into(),
            },
            again: Some(Answer {
                status: 304,
                ..Answer::default()
            }),
            compresses: true,
        }
    }

    /// What is not right, in English.
    fn found(exchange: &Exchange) -> Vec<(Grade, String)> {
        examine(exchange)
            .into_iter()
            .filter(|finding| finding.grade > Grade::Right)
            .map(|finding| (finding.grade, finding.message.en))
            .collect()
    }

    fn with(name: &str, value: &str) -> Exchange {
        let mut exchange = good();
        exchange.first.headers.retain(|header| header.0 != name);
        if !value.is_empty() {
            exchange.first.headers.push((name.into(), value.into()));
        }
        exchange
    }

    #[track_caller]
    fn one(exchange: &Exchange, grade: Grade, part: &str) {
        let found = found(exchange);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, grade, "{found:?}");
        assert!(found[0].1.contains(part), "{found:?}");
    }

    #[test]
    fn a_server_that_keeps_the_contract_has_nothing_to_hear() {
        assert_eq!(found(&good()), []);
    }

    #[test]
    fn each_breach_is_found_and_nothing_else() {
        use Grade::{Advice, Wrong};
        let allow = "access-control-allow-origin";
        one(&with(allow, ""), Wrong, "is missing");
        one(
            &with(allow, "https://other.example"),
            Wrong,
            "is \"https://other.example\"",
        );
        one(&with(allow, "https://www.example"), Advice, "Vary: Origin");
        one(
            &with("access-control-expose-headers", ""),
            Advice,
            "Retry-After",
        );
        one(&with("cache-control", ""), Advice, "no-cache");
        one(
            &with("cache-control", "public, max-age=3600"),
            Advice,
            "3600 s",
        );
        one(&with("cache-control", "no-store"), Advice, "no-store");
        one(&with("content-type", "text/html"), Advice, "text/html");
        one(
            &with("content-type", "application/json; charset=gbk"),
            Advice,
            "gbk",
        );
        let mut exchange = good();
        exchange.again = None;
        one(&exchange, Advice, "ETag");
        let mut exchange = good();
        exchange.first.status = 302;
        exchange
            .first
            .headers
            .push(("location".into(), "/new".into()));
        one(&exchange, Wrong, "/new");
        let mut exchange = good();
        exchange.first.status = 503;
        one(&exchange, Wrong, "503");
        let mut exchange = good();
        exchange.first.body = b"<!doctype html>".to_vec();
        one(&exchange, Wrong, "can't be used");
        let mut exchange = good();
        exchange.url = "http://data.example/feed.json".into();
        one(&exchange, Wrong, "https");
    }

    #[test]
    fn a_page_of_the_same_origin_needs_no_leave() {
        let mut exchange = with("access-control-allow-origin", "");
        exchange.page = Some("https://data.example".into());
        assert_eq!(found(&exchange), []);
    }

    #[test]
    fn scripts_wasm_and_maps_are_told_by_what_they_are() {
        let file = |url: &str, kind: &str, body: &[u8]| {
            let mut exchange = with("content-type", kind);
            exchange.url = url.into();
            exchange.first.body = body.into();
            exchange
                .first
                .headers
                .retain(|header| header.0 != "cache-control");
            exchange
        };
        let wasm = "https://data.example/progress-widgets.wasm?v=1";
        let code = [&b"\0asm"[..], &[0; 9000]].concat();
        assert_eq!(found(&file(wasm, "application/wasm", &code)), []);
        let mut plain = file(wasm, "application/octet-stream", &code);
        plain.compresses = false;
        let said = found(&plain);
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].1.contains("should be application/wasm"), "{said:?}");
        assert!(said[1].1.contains("br for application/wasm"), "{said:?}");
        one(
            &file(wasm, "application/wasm", b"<!doctype html>"),
            Grade::Wrong,
            "no WebAssembly file",
        );

        let mut script = file("https://data.example/a.js?v=1", "text/javascript", b"{}");
        assert_eq!(found(&script), []);
        let allow = |header: &(String, String)| header.0 == "access-control-allow-origin";
        script.first.headers.retain(|header| !allow(header));
        assert_eq!(found(&script), [], "a classic script needs no leave");
        script.url = "https://data.example/a.mjs".into();
        one(&script, Grade::Wrong, "can't read the script");

        let map = br#"{"type":"FeatureCollection","features":[]}"#;
        let map = file("https://data.example/map.json", "application/geo+json", map);
        assert_eq!(found(&map), []);
    }

    #[test]
    fn origins_end_before_the_path() {
        assert_eq!(
            origin_of("https://a.example:8443/x/y?z"),
            "https://a.example:8443"
        );
        assert_eq!(origin_of("https://a.example"), "https://a.example");
        assert_eq!(origin_of("https://a.example?q"), "https://a.example");
    }
}
