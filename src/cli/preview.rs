//! `preview`: starts the server, says where, opens the browser, tells of changes.
//!
//! Imports `serve`, `watch`, `site`, `args` and `message`.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;

use tokio::sync::watch::{Receiver, channel};

use crate::args::Preview;
use crate::message::Message;
use crate::serve::{self, App};
use crate::site::Site;
use crate::watch::{Files, Snapshot};

/// So many ports after the one asked for are tried.
const PORTS_TRIED: u16 = 100;

/// Serves the gallery, or a feed of the user's own, until it is stopped.
///
/// # Errors
/// A file can't be read, or there is no port to be had.
pub fn run(args: &Preview) -> Result<ExitCode, Message> {
    for path in [args.feed.as_deref(), args.geometry.as_deref()] {
        if path == Some(Path::new("-")) {
            return Err(Message::new(
                "标准输入无法预览：预览要监视文件的改动。请先存成文件。",
                "Standard input can't be previewed: the preview watches files. Save it to one first.",
            ));
        }
    }
    let files = args
        .feed
        .as_deref()
        .map(|feed| Files::open(feed, args.geometry.as_deref()))
        .transpose()?;
    let site = Site::new(args.folders.www.as_deref(), args.folders.dist.as_deref());
    let listener = bind(args.port)?;
    let port = listener
        .local_addr()
        .map_err(|error| no_server(&error))?
        .port();
    let address = format!("http://127.0.0.1:{port}/");
    announce(
        args,
        &site,
        files.as_ref().map(Files::shown),
        port,
        &address,
    );

    let app = App {
        site: Arc::new(site),
        live: files.map(live),
    };
    if args.open {
        open(&address);
    }
    serve_until_stopped(listener, app).map_err(|error| no_server(&error))?;
    Ok(ExitCode::SUCCESS)
}

fn announce(args: &Preview, site: &Site, shown: Option<&Snapshot>, port: u16, address: &str) {
    println!("预览地址 Preview: {address}");
    if args.port != 0 && port != args.port {
        let asked = args.port;
        println!("端口 {asked} 已被占用，改用 {port}。Port {asked} is in use; took {port}.");
    }
    match shown {
        Some(shown) => {
            tell(shown);
            println!(
                "正在监视文件，保存后页面自动更新。Watching the files: the page follows each save."
            );
        }
        None => println!(
            "示例页 Gallery of samples。预览自己的数据 For a feed of your own: progress-widgets preview FEED [--geometry MAP]"
        ),
    }
    if site.dist().is_none() {
        println!(
            "没有找到构建好的组件（dist），页面改为显示静态图片。No built widgets (dist) found: the pages show still pictures instead."
        );
    }
    println!("按 Ctrl+C 结束。Ctrl+C stops it.");
}

/// One line on the files as they are now.
fn tell(shown: &Snapshot) {
    let summary = shown.report.summary();
    let name = &shown.feed_name;
    println!("{name}: {} {}", summary.zh, summary.en);
    for problem in shown.report.problems.iter().filter(|problem| problem.fatal) {
        let place = match problem.line {
            0 => String::new(),
            line => format!(":{line}:{}", problem.column),
        };
        println!(
            "{}{place}: {} {}",
            problem.file, problem.message.zh, problem.message.en
        );
    }
}

/// Follows the files from now on.
fn live(files: Files) -> Receiver<Snapshot> {
    let (sender, receiver) = channel(files.shown().clone());
    files.watch(move |shown| {
        tell(shown);
        sender.send(shown.clone()).is_ok()
    });
    receiver
}

/// The port asked for, or the next free one; 0 is any. On this machine's own address only: a feed
/// that is not published yet is nobody else's business.
fn bind(port: u16) -> Result<TcpListener, Message> {
    let last = port.saturating_add(if port == 0 { 0 } else { PORTS_TRIED });
    for candidate in port..=last {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, candidate)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => {
                return Err(Message::new(
                    format!(
                        "无法使用端口 {candidate}：{error}。请用 --port 换一个，或用 --port 0 任选。"
                    ),
                    format!(
                        "Can't use port {candidate}: {error}. Choose another with --port, or any with --port 0."
                    ),
                ));
            }
        }
    }
    Err(Message::new(
        format!("端口 {port} 至 {last} 都被占用。请用 --port 0 任选一个空闲端口。"),
        format!("The ports from {port} to {last} are all in use. Take any free one with --port 0."),
    ))
}

fn serve_until_stopped(listener: TcpListener, app: App) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?
        .block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            tokio::select! {
                served = axum::serve(listener, serve::router(app)) => served,
                // Not gracefully: the pages' event streams would never end.
                _ = tokio::signal::ctrl_c() => Ok(()),
            }
        })
}

fn no_server(error: &std::io::Error) -> Message {
    Message::new(
        format!("无法启动预览服务：{error}。"),
        format!("Can't start the preview server: {error}."),
    )
}

/// Opens the browser; where that fails, the address is on the screen.
fn open(address: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "windows") {
        ("cmd", &["/c", "start", "", address])
    } else if cfg!(target_os = "macos") {
        ("open", &[address])
    } else {
        ("xdg-open", &[address])
    };
    let opened = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if opened.is_err() {
        println!(
            "没有能打开的浏览器，请手动打开 {address} No browser could be opened; open {address} yourself."
        );
    }
}
