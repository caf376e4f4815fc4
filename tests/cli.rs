//! The program, run as people run it: its output, its exit codes, its server.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)] // A test fails loudly, helpers included.
#![allow(missing_docs)]
#![cfg(feature = "cli")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use progress_widgets::widgets::KINDS;
use serde_json::Value;

/// No single wait takes longer, on the slowest machine that tests run on.
const PATIENCE: Duration = Duration::from_secs(20);

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("www/samples")
        .join(name)
}

fn districts() -> PathBuf {
    sample("hangzhou-districts-sample.json")
}

/// The names of all kinds.
fn names() -> Vec<&'static str> {
    KINDS.iter().map(|kind| kind.name).collect()
}

fn map() -> PathBuf {
    sample("hangzhou-districts-2020.topo.json")
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_progress-widgets"))
}

fn run(arguments: &[&str]) -> Output {
    program()
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn run_on(input: &[u8], arguments: &[&str]) -> Output {
    let mut child = program()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// An empty folder of the test's own, gone when it ends.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let path = std::env::temp_dir().join(format!(
            "progress-widgets-cli-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        ));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn feed(started: u32) -> String {
    format!(
        "{{\"feed\": \"progress-widgets/1\", \"as_of\": \"2020-09-30\",\n \"total\": {{\"planned\": 2000, \"started\": {started}}}}}\n"
    )
}

// ---- check

#[test]
fn check_of_a_good_feed() {
    let output = run(&["check", districts().to_str().unwrap()]);
    assert!(output.status.success(), "{}", err(&output));
    assert_eq!(out(&output), "可用，没有提示。 / Usable; no notices.\n");
}

#[test]
fn every_sample_passes_the_strict_check() {
    for entry in std::fs::read_dir(sample("")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.ends_with(".json") || name == "gallery.json" || name.ends_with(".topo.json") {
            continue;
        }
        let output = run(&["check", "--strict", path.to_str().unwrap()]);
        assert!(output.status.success(), "{name}: {}", out(&output));
    }
}

#[test]
fn check_says_where_what_and_in_which_language() {
    let folder = Folder::new();
    let bad = "{\n \"feed\": \"progress-widgets/1\",\n \"as_of\": \"2020-09-30\",\n \"total\": {\"planned\": -3}\n}";
    let path = folder.write("坏.json", bad);
    let path = path.to_str().unwrap();
    let zh = out(&run(&["check", path, "--lang", "zh"]));
    assert!(
        zh.starts_with(&format!("{path}:4:23: 提示: $.total.planned: ")),
        "{zh}"
    );
    assert!(!zh.contains("missing"), "{zh}");
    let en = out(&run(&["check", path, "--lang", "en"]));
    assert!(
        en.starts_with(&format!("{path}:4:23: notice: $.total.planned: ")),
        "{en}"
    );
    assert!(!en.contains('缺'), "{en}");
    let both = out(&run(&["check", path]));
    assert!(both.contains("提示 notice"), "{both}");
}

#[test]
fn exit_codes() {
    let folder = Folder::new();
    let noticed = folder.write("noticed.json", &feed(3000));
    let broken = folder.write("broken.json", "{\"feed\": \"progress-widgets/1\",");
    let code = |arguments: &[&str]| run(arguments).status.code().unwrap();
    let (noticed, broken) = (noticed.to_str().unwrap(), broken.to_str().unwrap());
    assert_eq!(code(&["check", noticed]), 0, "notices are no failure");
    assert_eq!(code(&["check", noticed, "--strict"]), 1);
    assert_eq!(code(&["check", broken]), 2);
    assert_eq!(code(&["check", broken, "--strict"]), 2);
    assert_eq!(
        code(&["check", districts().to_str().unwrap(), "--geometry", broken]),
        2,
        "a broken map is as bad as a broken feed"
    );
}

#[test]
fn check_reads_standard_input_and_speaks_json() {
    let output = run_on(feed(3000).as_bytes(), &["check", "-", "--format", "json"]);
    assert!(output.status.success());
    let report: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(report["usable"], true);
    let problem = &report["problems"][0];
    assert_eq!(problem["file"], "stdin");
    assert_eq!(problem["path"], "$.total.started");
    assert_eq!(problem["line"], 2);
    assert!(problem["zh"].as_str().unwrap().contains("大于"));
    assert!(problem["en"].as_str().unwrap().contains("more than"));
}

#[test]
fn check_lists_what_a_map_lacks() {
    let output = run(&[
        "check",
        districts().to_str().unwrap(),
        "--geometry",
        map().to_str().unwrap(),
        "--format",
        "json",
    ]);
    let report: Value = serde_json::from_str(&out(&output)).unwrap();
    let names: Vec<_> = report["regions_off_map"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| place["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["钱塘新区"]);
    assert_eq!(report["polygons_unused"], serde_json::json!([]));
}

#[test]
fn check_names_fields_that_nothing_reads_and_points_off_the_map() {
    let folder = Folder::new();
    let feed = folder.write(
        "feed.json",
        "{\"feed\": \"progress-widgets/1\", \"as_of\": \"2020-09-30\", \"remark\": \"\",\n\
         \"regions\": [\n{\"name\": \"甲镇\", \"level\": \"town\", \"point\": [119.9, 29.9], \"strated\": 3},\n\
         {\"name\": \"乙镇\", \"level\": \"town\", \"point\": [121.5, 31.2], \"strated\": 4}]}",
    );
    let map = map();
    let check = [
        "check",
        feed.to_str().unwrap(),
        "--geometry",
        map.to_str().unwrap(),
        "--strict",
    ];
    let output = run(&check);
    let said = out(&output);
    assert!(
        said.contains(
            "feed.json:4:42: 提示 notice: $.regions[1].point: 坐标[121.5, 31.2]在地图之外"
        ),
        "{said}"
    );
    assert!(!said.contains("119.9"), "{said}");
    assert!(
        said.contains("feed.json:3:57: regions[].strated: "),
        "{said}"
    );
    assert!(said.contains("2 times; is started meant?"), "{said}");
    assert!(said.contains("feed.json:1:55: remark: "), "{said}");
    assert!(said.contains("not on the map: 乙镇\n"), "{said}");
    assert!(!said.contains("On the map, not in the feed"), "{said}");
    let json = out(&run(&[&check[..], &["--format", "json"]].concat()));
    let report: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["fields_unread"][1]["meant"], "started");
    assert_eq!(report["fields_unread"][1]["path"], "$.regions[0].strated");

    // A feed may have fields of its own: they are shown, and no reason to fail.
    let own =
        "{\"feed\": \"progress-widgets/1\", \"as_of\": \"2020-09\", \"_by\": 1, \"office\": 2}";
    let output = run_on(own.as_bytes(), &["check", "-", "--strict", "--lang", "en"]);
    assert_eq!(
        out(&output),
        "stdin:1:62: office: no field of the format: not read\nUsable; no notices.\n"
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn check_says_what_most_likely_broke_the_json() {
    let feed = |line: &str| {
        let feed = format!("{{\"feed\": \"progress-widgets/1\",\n\"as_of\": {line}\n}}");
        out(&run_on(feed.as_bytes(), &["check", "-", "--lang", "en"]))
    };
    for (line, hint) in [
        ("“2020-09-30”", ": quotes must be straight ones: \""),
        ("'2020-09-30'", ": quotes must be double ones: \""),
        (
            "\"2020-09-30\"，\"title\": \"\"",
            ": punctuation must be ASCII: , : { } [ ]",
        ),
        (
            "\"2020-09-30\", // the day",
            ": JSON has no comments: remove it",
        ),
        (
            "\"2020-09-30\", \"total\": {\"rate\": 97%}",
            ": a percentage is written as text",
        ),
        (
            "\"2020-09-30\"\n\"title\": \"\"",
            ": the value before it may lack a comma",
        ),
    ] {
        let said = feed(line);
        assert!(said.contains(hint), "{line}: {said}");
    }
}

#[test]
fn a_table_is_no_feed_and_the_program_says_so() {
    let folder = Folder::new();
    // What Excel writes on a Chinese machine: GBK.
    let path = folder.path("figures.csv");
    std::fs::write(&path, b"\xC7\xF8\xCF\xD8,\xBC\xC6\xBB\xAE\r\n1,2\r\n").unwrap();
    for command in ["check", "preview"] {
        let output = run(&[command, path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2));
        let said = err(&output);
        assert!(said.contains("是表格（CSV），不是JSON数据"), "{said}");
        assert!(said.contains("is a table (CSV), not JSON"), "{said}");
    }
}

#[test]
fn an_option_that_cannot_be_used_stops_the_program() {
    let feed = districts();
    let feed = feed.to_str().unwrap();
    let output = run(&["render", feed, "--kind", "bar"]);
    assert_eq!(output.status.code(), Some(2));
    let said = err(&output);
    assert!(
        said.contains("Option kind can't be \"bar\". Use: summary, "),
        "{said}"
    );
    let said = err(&run(&[
        "render",
        feed,
        "--kind",
        "bars",
        "--option",
        "colour=red",
    ]));
    assert!(said.contains("There is no option \"colour\"."), "{said}");
}

#[test]
fn files_that_cannot_be_read_are_named_in_both_languages() {
    let folder = Folder::new();
    let missing = folder.path("missing.json");
    for command in [
        vec!["check", missing.to_str().unwrap()],
        vec!["preview", missing.to_str().unwrap()],
        vec!["render", missing.to_str().unwrap(), "--kind", "bars"],
    ] {
        let output = run(&command);
        assert_eq!(output.status.code(), Some(2), "{command:?}");
        let said = err(&output);
        assert!(said.contains("找不到文件"), "{said}");
        assert!(said.contains("No file"), "{said}");
        assert!(said.contains("missing.json"), "{said}");
    }
    let said = err(&run(&["check", folder.0.to_str().unwrap()]));
    assert!(said.contains("是文件夹"), "{said}");
    assert!(said.contains("is a folder"), "{said}");
}

// ---- render

#[test]
fn render_draws_a_whole_svg() {
    let folder = Folder::new();
    let picture = folder.path("map.svg");
    let output = run(&[
        "render",
        districts().to_str().unwrap(),
        "--kind",
        "map",
        "--geometry",
        map().to_str().unwrap(),
        "--width",
        "480",
        "--scheme",
        "dark",
        "--lang",
        "en",
        "-o",
        picture.to_str().unwrap(),
    ]);
    assert!(output.status.success(), "{}", err(&output));
    let svg = std::fs::read_to_string(&picture).unwrap();
    assert_well_formed(&svg);
    assert!(svg.contains("width=\"480\""));
    assert!(svg.contains("临安区"));
    assert!(
        err(&output).contains("钱塘新区"),
        "what is left out is told"
    );
    let names: Vec<_> = std::fs::read_dir(&folder.0)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["map.svg"], "nothing is left beside it");
}

#[test]
fn wrong_usage_is_told_in_chinese_too() {
    for (arguments, zh, en) in [
        (
            &["chart"][..],
            "没有“chart”这个命令",
            "unrecognized subcommand",
        ),
        (
            &["check", "a.json", "--wide"],
            "没有“--wide”这个参数",
            "unexpected argument",
        ),
        (&["check"], "缺少参数 <FEED>", "not provided"),
        (
            &["check", "a.json", "--format"],
            "--format <FORMAT> 后面缺少值",
            "value is required",
        ),
        (
            &["check", "a.json", "--format=xml"],
            "的值“xml”不能用",
            "invalid value 'xml'",
        ),
        (
            &["preview", "--port", "x"],
            "--port <N> 的值“x”不能用",
            "invalid value 'x'",
        ),
        (
            &["check", "a.json", "--lang", "zh", "--lang", "en"],
            "--lang <LANG> 重复",
            "multiple times",
        ),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let told = err(&output);
        let lines: Vec<&str> = told.lines().collect();
        assert!(lines[0].contains(zh), "{arguments:?}: {told}");
        assert!(lines[1].contains(en), "{arguments:?}: {told}");
    }
    for arguments in [&["--help"][..], &["--version"], &["check", "--help"]] {
        let output = run(arguments);
        assert_eq!(
            (output.status.code(), err(&output)),
            (Some(0), String::new())
        );
    }
}

#[test]
fn the_headings_of_the_help_are_in_both_languages() {
    let mut all = vec![vec!["--help"], vec![]];
    let commands = [
        "preview",
        "check",
        "check-url",
        "render",
        "snippet",
        "gallery",
    ];
    all.extend(commands.map(|command| vec![command, "--help"]));
    all.extend(commands.map(|command| vec![command, "-h"]));
    for arguments in all {
        let output = run(&arguments);
        let told = out(&output) + &err(&output);
        assert!(told.contains("用法 Usage: progress-widgets"), "{told}");
        // Chinese before English, or what is the same in both.
        for line in told.lines().map(str::trim).filter(|line| {
            let words = line.trim_start_matches('[');
            words.ends_with(':')
                || ["Usage", "Print", "default", "possible"]
                    .iter()
                    .any(|word| words.starts_with(word))
        }) {
            assert!(!line.is_ascii(), "{arguments:?}: {line}");
        }
    }
}

#[test]
fn render_passes_options_on_and_refuses_unknown_ones() {
    let path = districts();
    let path = path.to_str().unwrap();
    let render = |option: &str| run(&["render", path, "--kind", "bars", "--option", option]);
    let all = run(&["render", path, "--kind", "bars"]);
    assert!(out(&all).contains("上城区") && out(&all).contains("萧山区"));
    let some = render("limit=2");
    assert!(some.status.success());
    assert!(out(&some).contains("上城区") && !out(&some).contains("萧山区"));
    for bad in ["colour=red", "limit=none", "nonsense"] {
        let output = render(bad);
        assert_eq!(output.status.code(), Some(2), "{bad}");
        assert!(output.stdout.is_empty(), "{bad}");
    }
    assert!(err(&render("colour=red")).contains("colour"));
    let output = run(&["render", path, "--kind", "pie"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains(&names().join(", ")),
        "{}",
        err(&output)
    );
}

/// Tags are nested and closed. No parser is at hand, and none is needed to see a text unescaped.
fn assert_well_formed(svg: &str) {
    let mut open = Vec::new();
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let text = &rest[..start];
        assert!(!text.contains('>'), "a bare > in {text:?}");
        for entity in text.split('&').skip(1) {
            let name = entity.split(';').next().unwrap();
            assert!(
                ["amp", "lt", "gt", "quot", "apos"].contains(&name) || name.starts_with('#'),
                "&{name}"
            );
        }
        let end = start + rest[start..].find('>').expect("an open tag");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if tag.starts_with('?') || tag.ends_with('/') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else {
            open.push(tag.split_whitespace().next().unwrap());
        }
    }
    assert!(open.is_empty(), "{open:?}");
    assert_eq!(rest.trim(), "");
}

// ---- preview

/// A running preview; ended when dropped.
struct Server {
    child: Child,
    port: u16,
    said: String,
}

impl Server {
    fn start(arguments: &[&str]) -> Server {
        let mut child = program()
            .arg("preview")
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut said = String::new();
        // The last line of the announcement says how it is stopped.
        for line in lines.by_ref() {
            said.push_str(&line.unwrap());
            said.push('\n');
            if said.contains("Ctrl+C") {
                break;
            }
        }
        // What it prints later must go somewhere, or it would stop at a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let (_, rest) = said.split_once("http://127.0.0.1:").expect(&said);
        let port = rest.split('/').next().unwrap().parse().unwrap();
        Server { child, port, said }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    fn ask(&self, request: &str) -> Reply {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let at = bytes
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .expect("headers");
        let head = String::from_utf8(bytes[..at].to_vec()).unwrap();
        Reply {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            head,
            body: bytes[at + 4..].to_vec(),
        }
    }

    fn get(&self, path: &str) -> Reply {
        self.get_with(path, "")
    }

    fn get_with(&self, path: &str, headers: &str) -> Reply {
        let port = self.port;
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}Connection: close\r\n\r\n"
        ))
    }

    fn events(&self) -> Events {
        let mut stream = self.connect();
        let port = self.port;
        write!(
            stream,
            "GET /preview/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        )
        .unwrap();
        Events(BufReader::new(stream))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Reply {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Reply {
    fn header(&self, name: &str) -> &str {
        self.head
            .lines()
            .find_map(|line| {
                let (key, value) = line.split_once(": ")?;
                key.eq_ignore_ascii_case(name).then_some(value)
            })
            .unwrap_or("")
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

struct Events(BufReader<TcpStream>);

impl Events {
    /// The next state that `wanted` accepts.
    fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        let end = Instant::now() + PATIENCE;
        let mut line = String::new();
        while Instant::now() < end {
            line.clear();
            self.0.read_line(&mut line).expect("an event in time");
            if let Some(data) = line.strip_prefix("data: ") {
                let state: Value = serde_json::from_str(data).unwrap();
                if wanted(&state) {
                    return state;
                }
            }
        }
        panic!("no such state in time");
    }
}

#[test]
fn the_gallery_is_served_with_its_policy() {
    let dist = Folder::new();
    dist.write("progress-widgets.js", "// built");
    dist.write("progress-widgets.wasm", "\0asm");
    let server = Server::start(&["--port", "0", "--dist", dist.0.to_str().unwrap()]);

    let page = server.get("/");
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(page.header("cache-control"), "no-cache");
    let policy = page.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "require-trusted-types-for 'script'",
    ] {
        assert!(policy.contains(part), "{part} in {policy}");
    }
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    let html = page.text();
    assert!(html.contains("<html lang=\"zh-CN\">"));
    for kind in names() {
        assert!(
            html.contains(&format!("<progress-widget kind=\"{kind}\" src=\"samples/")),
            "{kind} is shown"
        );
        assert!(
            html.contains(&format!("&lt;progress-widget kind=&quot;{kind}&quot;")),
            "{kind} has a snippet"
        );
    }
    assert!(
        !html.contains("class=\"failed\""),
        "a sample can't be drawn"
    );
    // What the policy forbids would silently do nothing.
    assert!(!html.contains(" style=\""));
    assert!(!html.contains("<script>"));
    assert!(
        server
            .get("/?lang=en")
            .text()
            .contains("<html lang=\"en\">")
    );

    let tag = page.header("etag").to_owned();
    let again = server.get_with("/", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!((again.status, again.body.len()), (304, 0));

    for (path, kind) in [
        (
            "/dist/progress-widgets.js",
            "text/javascript; charset=utf-8",
        ),
        ("/dist/progress-widgets.wasm", "application/wasm"),
        ("/samples/hangzhou-2020.json", "application/json"),
        ("/site.css", "text/css; charset=utf-8"),
        ("/feed.schema.json", "application/json"),
        ("/docs/embed.html", "text/html; charset=utf-8"),
        ("/docs/embed.en.html", "text/html; charset=utf-8"),
        ("/pictures/hangzhou-2020-summary.svg", "image/svg+xml"),
        ("/pictures/hangzhou-2020-summary.en.svg", "image/svg+xml"),
    ] {
        let reply = server.get(path);
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.header("content-type"), kind, "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
    }
    assert_well_formed(server.get("/pictures/hangzhou-districts-map.svg").text());
}

#[test]
fn a_page_shows_one_of_each_kind() {
    let server = Server::start(&["--port", "0"]);
    for page in ["/every-kind.html", "/every-kind.en.html"] {
        let reply = server.get(page);
        let html = reply.text();
        let shown: Vec<_> = html
            .split("\n<progress-widget kind=\"")
            .skip(1)
            .filter_map(|part| part.split('"').next())
            .collect();
        assert_eq!(shown, names(), "{page}");
        assert_eq!(html.matches("<noscript><img ").count(), names().len());
        assert!(!html.contains("class=\"failed\""), "{page}");
    }
}

/// Every address that the gallery's pages name is there: pictures, samples, styles, other pages.
#[test]
fn the_gallery_has_no_dead_links() {
    let server = Server::start(&["--port", "0"]);
    for page in [
        "/index.html",
        "/en.html",
        "/every-kind.html",
        "/every-kind.en.html",
        "/docs/embed.html",
        "/docs/embed.en.html",
    ] {
        let reply = server.get(page);
        assert_eq!(reply.status, 200, "{page}");
        let html = reply.text();
        let folder = &page[..=page.rfind('/').unwrap()];
        let mut seen = 0;
        let tags = html.split('<').filter_map(|part| part.split('>').next());
        for attribute in tags.flat_map(|tag| tag.split(' ')) {
            let Some((name, value)) = attribute.split_once("=\"") else {
                continue;
            };
            if !["href", "src", "data-picture", "geometry"].contains(&name) {
                continue;
            }
            let address = value.split(['"', '#', '?']).next().unwrap();
            if address.is_empty() || address.contains(':') || address.contains("dist/") {
                continue;
            }
            let path = match address.strip_prefix("../") {
                Some(address) => format!("/{address}"),
                None => format!("{folder}{address}"),
            };
            assert_eq!(server.get(&path).status, 200, "{path} of {page}");
            seen += 1;
        }
        assert!(seen > 3, "{page} has links");
    }
}

#[test]
fn only_this_machine_and_this_folder_are_served() {
    let server = Server::start(&["--port", "0"]);
    let rebound = server.ask("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert_eq!(rebound.status, 403, "a foreign name led here");
    for path in [
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/samples/..%2f..%2fCargo.toml",
        "/.git/config",
        "/nothing",
        "/preview/feed.json",
        "/preview/events",
        "/preview.html",
    ] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    let posted = server.ask(&format!(
        "POST / HTTP/1.1\r\nHost: localhost:{}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        server.port
    ));
    assert_eq!(posted.status, 405);
}

#[test]
fn a_port_in_use_gives_the_next_free_one() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let server = Server::start(&["--port", &port.to_string()]);
    assert!(server.port > port, "{} after {port}", server.port);
    assert!(server.said.contains("已被占用"), "{}", server.said);
    assert!(server.said.contains("is in use"), "{}", server.said);
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn the_preview_follows_each_save_and_keeps_the_last_good_feed() {
    let folder = Folder::new();
    let path = folder.write("feed.json", &feed(1000));
    let server = Server::start(&["--port", "0", path.to_str().unwrap()]);
    assert!(server.said.contains("feed.json"), "{}", server.said);
    assert!(server.get("/").text().contains("preview.js"));
    assert_eq!(server.get("/").status, 200);

    let mut events = server.events();
    let first = events.until(|_| true);
    assert_eq!(first["report"]["usable"], true);
    assert_eq!(first["kinds"], serde_json::json!(names()));
    assert_eq!(server.get("/preview/feed.json").text(), feed(1000));
    let picture = server.get("/preview/picture.svg?kind=summary&width=320");
    assert!(picture.text().contains("1,000"), "{}", picture.text());

    // Written in place.
    folder.write("feed.json", &feed(1100));
    let second = events.until(|state| state["version"] != first["version"]);
    assert_eq!(second["report"]["usable"], true);
    assert_eq!(server.get("/preview/feed.json").text(), feed(1100));

    // As many editors save: a new file renamed over the old one. Twice, because a watch on the
    // file itself would live through the first time.
    for started in [1200, 1300] {
        let beside = folder.write(".feed.json.swp", &feed(started));
        std::fs::rename(beside, &path).unwrap();
        events.until(|_| server.get("/preview/feed.json").text() == feed(started));
    }

    // Broken: told with its place, and the last good one stays.
    folder.write(
        "feed.json",
        "{\"feed\": \"progress-widgets/1\",\n \"as_of\": }",
    );
    let broken = events.until(|state| state["report"]["usable"] == false);
    let problem = &broken["report"]["problems"][0];
    assert_eq!(
        (&problem["fatal"], &problem["line"]),
        (&true.into(), &2.into())
    );
    assert!(!problem["zh"].as_str().unwrap().is_empty());
    assert!(!problem["en"].as_str().unwrap().is_empty());
    assert_eq!(broken["has_feed"], true);
    assert_eq!(server.get("/preview/feed.json").text(), feed(1300));

    // Gone, and back.
    std::fs::remove_file(&path).unwrap();
    events.until(|state| {
        let problem = &state["report"]["problems"][0];
        problem["zh"]
            .as_str()
            .is_some_and(|zh| zh.contains("找不到"))
    });
    assert_eq!(server.get("/preview/feed.json").text(), feed(1300));
    folder.write("feed.json", &feed(1400));
    events.until(|state| state["report"]["usable"] == true);
    assert_eq!(server.get("/preview/feed.json").text(), feed(1400));
}

#[test]
fn a_change_of_the_map_is_followed_too() {
    let folder = Folder::new();
    let map_elsewhere = Folder::new();
    let path = folder.path("feed.json");
    std::fs::copy(districts(), &path).unwrap();
    let geometry = map_elsewhere.write("map.json", "{}");
    let server = Server::start(&[
        "--port",
        "0",
        path.to_str().unwrap(),
        "--geometry",
        geometry.to_str().unwrap(),
    ]);
    let mut events = server.events();
    let first = events.until(|_| true);
    assert_eq!(first["report"]["usable"], false);
    assert_eq!(first["report"]["problems"][0]["file"], "map.json");
    assert_eq!(
        (&first["has_feed"], &first["has_geometry"]),
        (&true.into(), &false.into())
    );
    assert_eq!(server.get("/preview/geometry.json").status, 404);

    std::fs::copy(map(), &geometry).unwrap();
    let second = events.until(|state| state["has_geometry"] == true);
    assert_eq!(second["report"]["regions_off_map"][0]["name"], "钱塘新区");
    assert_eq!(
        server.get("/preview/geometry.json").body,
        std::fs::read(map()).unwrap()
    );
}

#[test]
fn standard_input_is_not_previewed() {
    let output = run(&["preview", "-"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("Save it to one first"));
}

// ---- gallery

#[test]
fn the_gallery_is_exported_whole() {
    let folder = Folder::new();
    let dist = Folder::new();
    dist.write("progress-widgets.js", "// built");
    let site = folder.path("site");
    let output = run(&[
        "gallery",
        "--out",
        site.to_str().unwrap(),
        "--dist",
        dist.0.to_str().unwrap(),
    ]);
    assert!(output.status.success(), "{}", err(&output));
    for name in [
        "index.html",
        "en.html",
        "every-kind.en.html",
        "site.css",
        "site.js",
        "dist/progress-widgets.js",
        "docs/embed.html",
        "samples/hangzhou-2020.json",
        "pictures/hangzhou-districts-map.svg",
        "pictures/hangzhou-districts-map.en.svg",
    ] {
        assert!(site.join(name).is_file(), "{name}");
    }
    assert!(!site.join("preview.html").exists());
    let server = Server::start(&["--port", "0"]);
    for page in ["index.html", "every-kind.html"] {
        assert_eq!(
            std::fs::read(site.join(page)).unwrap(),
            server.get(&format!("/{page}")).body,
            "{page} as served"
        );
    }
}

#[test]
fn a_snippet_holds_the_picture_and_the_figures() {
    let folder = Folder::new();
    let svg = folder.0.join("bars.svg");
    let feed = districts();
    let map = map();
    let arguments = [
        "snippet",
        feed.to_str().unwrap(),
        "--kind",
        "map",
        "--geometry",
        map.to_str().unwrap(),
        "--src",
        "/data/feed.json?a=1&b=2",
        "--geometry-src",
        "/data/map.json",
        "--option",
        "breaks=50%,80%",
        "-o",
        svg.to_str().unwrap(),
        "--picture-src",
        "/img/map.svg",
    ];
    let output = run(&arguments);
    assert!(output.status.success(), "{}", err(&output));
    let html = out(&output);
    for part in [
        "<script defer src=\"progress-widgets.js\"></script>",
        "<progress-widget kind=\"map\" src=\"/data/feed.json?a=1&amp;b=2\" geometry=\"/data/map.json\" breaks=\"50%,80%\">",
        "<img src=\"/img/map.svg\" alt=\"",
        "<caption>",
        "<th scope=\"row\">上城区</th>",
        // The fallback is as high as the picture and a line.
        "<details>\n  <summary>数据表 · Figures</summary>\n  <table>",
        "</table>\n  </details>\n</progress-widget>",
    ] {
        assert!(html.contains(part), "{part}\nin\n{html}");
    }
    // Every count that the feed publishes stands in the table.
    let published: Value = serde_json::from_slice(&std::fs::read(&feed).unwrap()).unwrap();
    let mut seen = 0;
    for region in published["regions"].as_array().unwrap() {
        if let Some(count) = region["started"].as_u64().filter(|count| *count < 1000) {
            assert!(html.contains(&format!("<td>{count}</td>")), "{count}");
            seen += 1;
        }
    }
    assert!(seen > 0);
    assert_well_formed(&std::fs::read_to_string(&svg).unwrap());

    let output = run(&[&arguments[..], &["--div"]].concat());
    let html = out(&output);
    assert!(html.contains("<div data-progress-widget data-kind=\"map\" data-src=\"/data/"));
    assert!(html.ends_with("</div>\n"), "{html}");
}

/// A server that answers each request by its head; its origin.
fn feed_server(answer: impl Fn(&str) -> String + Send + 'static) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = String::new();
            for line in BufReader::new(&stream).lines() {
                let line = line.unwrap();
                if line.is_empty() {
                    break;
                }
                head.push_str(&line.to_ascii_lowercase());
                head.push('\n');
            }
            let _ = stream.write_all(answer(&head).as_bytes());
        }
    });
    origin
}

#[test]
fn check_url_says_what_a_server_should_do() {
    const FEED: &str = r#"{"feed":"progress-widgets/1","as_of":"2020-09-30","published":"2020-10-17T10:01:32+08:00","total":{"rate":"97%"}}"#;
    let whole = |headers: &str| {
        let length = FEED.len();
        format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{FEED}"
        )
    };
    let good = whole(
        "Content-Type: application/json\r\nETag: \"1\"\r\nCache-Control: no-cache\r\n\
         Access-Control-Allow-Origin: *\r\nAccess-Control-Expose-Headers: Retry-After, Date\r\n",
    );
    let origin = feed_server(move |head| {
        if head.contains("get /moved") {
            "HTTP/1.1 301 Moved\r\nLocation: /feed.json\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".into()
        } else if head.contains("get /bare") {
            whole("")
        } else if head.contains("if-none-match: \"1\"") {
            "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".into()
        } else {
            good.clone()
        }
    });
    let url = |path: &str| format!("{origin}/{path}");
    let page = "--origin=http://www.example";
    let text = |output: &Output| String::from_utf8(output.stdout.clone()).unwrap();

    let output = run(&["check-url", &url("feed.json"), page, "--strict"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(text(&output).contains("✓"), "{}", text(&output));

    let output = run(&["check-url", &url("bare"), page, "--lang=en"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output);
    for part in [
        "✗ Access-Control-Allow-Origin is missing",
        "! Neither ETag",
        "! Content-Type",
    ] {
        assert!(said.contains(part), "{said}");
    }
    assert!(said.is_ascii() || !said.contains('。'), "{said}");

    // Of the page's own origin it is usable.
    let own = format!("--origin={origin}");
    assert_eq!(
        run(&["check-url", &url("bare"), &own]).status.code(),
        Some(0)
    );
    assert_eq!(
        run(&["check-url", &url("bare"), &own, "--strict"])
            .status
            .code(),
        Some(1)
    );

    let output = run(&["check-url", &url("moved"), page, "--lang=zh"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output).contains("重定向到 /feed.json"),
        "{}",
        text(&output)
    );

    let output = run(&["check-url", "http://127.0.0.1:1/feed.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("127.0.0.1:1"));
}
