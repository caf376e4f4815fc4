//! `snippet`: what a page needs for one widget, to be pasted: script, element, and in it the
//! picture and the figures for readers without JavaScript. Imports `picture`, `gallery` (escaping),
//! `input`, `message`, `args`.

use std::process::ExitCode;

use crate::args::Snippet;
use crate::gallery::escape;
use crate::input;
use crate::message::Message;
use crate::picture::{self, Picture};
use crate::render;

/// Rows of the table in a page; how many more there are is said.
const MOST_ROWS: usize = 200;

/// Prints the snippet; writes the picture, where a file for it is named.
///
/// # Errors
/// A file can't be read or used, an option is not known, or the picture can't be written.
pub fn run(args: &Snippet) -> Result<ExitCode, Message> {
    let feed = input::read(&args.render.feed)?;
    let geometry = args
        .render
        .geometry
        .as_deref()
        .map(input::read)
        .transpose()?;
    let picture = picture::draw(&feed, geometry.as_deref(), &render::options(&args.render))?;
    for remark in &picture.remarks {
        eprintln!("{remark}");
    }
    if let Some(path) = &args.render.out {
        input::write(path, picture.svg.as_bytes())?;
    }
    print!("{}", html(args, &picture));
    Ok(ExitCode::SUCCESS)
}

fn html(args: &Snippet, picture: &Picture) -> String {
    let (tag, prefix) = if args.div {
        ("div data-progress-widget", "data-")
    } else {
        ("progress-widget", "")
    };
    let shown = |path: &std::path::Path| path.to_string_lossy().replace('\\', "/");
    let asked = &args.render;
    let mut attributes = vec![("kind", asked.kind.clone())];
    let src = args.src.clone().unwrap_or_else(|| shown(&asked.feed));
    attributes.push(("src", src));
    if let Some(path) = &asked.geometry {
        let src = args.geometry_src.clone().unwrap_or_else(|| shown(path));
        attributes.push(("geometry", src));
    }
    for (name, value) in [("scheme", &asked.scheme), ("lang", &asked.lang)] {
        attributes.extend(value.clone().map(|value| (name, value)));
    }
    let more = asked
        .options
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()));
    let attributes: String = attributes
        .into_iter()
        .chain(more)
        .map(|(name, value)| format!(" {prefix}{name}=\"{}\"", escape(&value)))
        .collect();

    let mut html = format!(
        "<script defer src=\"{}\"></script>\n<{tag}{attributes}>\n",
        escape(&args.script)
    );
    if let Some(path) = &asked.out {
        let src = args.picture_src.clone().unwrap_or_else(|| shown(path));
        html.push_str(&format!(
            "  <img src=\"{}\" alt=\"{}\" width=\"{}\" height=\"{}\" loading=\"lazy\">\n",
            escape(&src),
            escape(&picture.alt),
            escape(&asked.width),
            picture.height_css_px,
        ));
    }
    // Below a picture the figures are closed: the fallback is hardly higher than the widget, and the
    // page moves little when that takes its place.
    let folded = asked.out.is_some() && !picture.tables.is_empty();
    if folded {
        html.push_str("  <details>\n  <summary>数据表 · Figures</summary>\n");
    }
    for table in &picture.tables {
        html.push_str(&format!(
            "  <table>\n    <caption>{}</caption>\n    <thead><tr>{}</tr></thead>\n    <tbody>\n",
            escape(&table.caption),
            cells(&table.head, "<th scope=\"col\">", "</th>"),
        ));
        for row in table.rows.iter().take(MOST_ROWS) {
            let head = row.get(..1).unwrap_or_default();
            let rest = row.get(1..).unwrap_or_default();
            html.push_str(&format!(
                "      <tr>{}{}</tr>\n",
                cells(head, "<th scope=\"row\">", "</th>"),
                cells(rest, "<td>", "</td>"),
            ));
        }
        html.push_str("    </tbody>\n  </table>\n");
        let left = table.rows.len().saturating_sub(MOST_ROWS);
        if left > 0 {
            html.push_str(&format!(
                "  <p>另有 {left} 行未列出。{left} more rows are not listed.</p>\n"
            ));
        }
    }
    if folded {
        html.push_str("  </details>\n");
    }
    let end = if args.div { "div" } else { "progress-widget" };
    html.push_str(&format!("</{end}>\n"));
    html
}

fn cells(texts: &[String], open: &str, close: &str) -> String {
    texts
        .iter()
        .map(|text| format!("{open}{}{close}", escape(text)))
        .collect()
}
