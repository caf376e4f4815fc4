//! `check`: prints what is wrong with a feed. Imports `report`, `fields`,
//! `input`, `message`, `args`.

use std::process::ExitCode;

use crate::UNUSABLE;
use crate::args::{Check, Format};
use crate::fields::Unread;
use crate::input;
use crate::message::{Message, Say};
use crate::report::{self, Place, Problem, Report};

/// Notices, and `--strict`.
const NOTICES: u8 = 1;

/// Checks a feed and says what is wrong with it, on standard output.
///
/// # Errors
/// A file can't be read.
pub fn run(args: &Check) -> Result<ExitCode, Message> {
    let feed = input::read(&args.feed)?;
    let geometry = args.geometry.as_deref().map(input::read).transpose()?;
    let feed_name = match args.feed.to_str() {
        Some("-") => "stdin".to_owned(),
        _ => args.feed.display().to_string(),
    };
    let geometry_name = args
        .geometry
        .as_deref()
        .map(|path| path.display().to_string())
        .unwrap_or_default();
    let report = report::report(
        (&feed_name, Ok(&feed)),
        geometry
            .as_deref()
            .map(|bytes| (&*geometry_name, Ok(bytes))),
    );
    match args.format {
        Format::Text => print!("{}", text(&report, &feed_name, args.lang)),
        Format::Json => println!("{}", report.to_json()),
    }
    Ok(ExitCode::from(if !report.usable() {
        UNUSABLE
    } else if args.strict && !report.clean() {
        NOTICES
    } else {
        0
    }))
}

fn text(report: &Report, feed_name: &str, say: Say) -> String {
    let mut text = String::new();
    for problem in &report.problems {
        text.push_str(&line(problem, say));
        text.push('\n');
    }
    if report.left_out > 0 {
        let left_out = report.left_out;
        let message = Message::new(
            format!("另有 {left_out} 条提示未列出。"),
            format!("{left_out} more notices are not listed."),
        );
        text.push_str(&message.line(say));
        text.push('\n');
    }
    for (places, zh, en) in [
        (
            &report.regions_off_map,
            "数据中有、地图上没有",
            "In the feed, not on the map",
        ),
        (
            &report.polygons_unused,
            "地图上有、数据中没有",
            "On the map, not in the feed",
        ),
    ] {
        if !places.is_empty() {
            text.push_str(&Message::new(zh, en).line(say));
            text.push_str(": ");
            text.push_str(&names(places));
            text.push('\n');
        }
    }
    for unread in &report.fields_unread {
        text.push_str(&field(feed_name, unread, say));
        text.push('\n');
    }
    text.push_str(&report.summary().line(say));
    text.push('\n');
    text
}

/// `feed.json:9:71: regions[].strated …`: not a notice, because a feed may have fields of its own.
fn field(file: &str, unread: &Unread, say: Say) -> String {
    let (mut zh, mut en) = (
        "不是数据格式的字段，未读取".to_owned(),
        "no field of the format: not read".to_owned(),
    );
    if unread.times > 1 {
        zh.push_str(&format!("，共{}处", unread.times));
        en.push_str(&format!(", {} times", unread.times));
    }
    if let Some(meant) = &unread.meant {
        zh.push_str(&format!("；是否应为 {meant}？"));
        en.push_str(&format!("; is {meant} meant?"));
    }
    format!(
        "{file}:{}:{}: {}: {}",
        unread.first.line,
        unread.first.column,
        unread.field,
        Message::new(zh, en).line(say)
    )
}

/// `feed.json:12:9: 提示 $.regions[3].rate …`, which terminals and editors make a link of.
fn line(problem: &Problem, say: Say) -> String {
    let mut text = problem.file.clone();
    if problem.line > 0 {
        text.push_str(&format!(":{}:{}", problem.line, problem.column));
    }
    text.push_str(": ");
    let kind = if problem.fatal {
        Message::new("错误", "error")
    } else {
        Message::new("提示", "notice")
    };
    text.push_str(&match say {
        Say::Both => format!("{} {}", kind.zh, kind.en),
        one => kind.line(one),
    });
    text.push_str(": ");
    if !matches!(problem.path.as_str(), "" | "$") {
        text.push_str(&problem.path);
        text.push_str(": ");
    }
    text.push_str(&problem.message.line(say));
    text
}

fn names(places: &[Place]) -> String {
    places
        .iter()
        .map(Place::shown)
        .collect::<Vec<_>>()
        .join("、")
}
