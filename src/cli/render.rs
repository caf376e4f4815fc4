//! `render`: one widget as an SVG file. Imports `picture`, `input`, `message`, `args`.

use std::io::Write;
use std::process::ExitCode;

use crate::args::Render;
use crate::input;
use crate::message::Message;
use crate::picture;

/// Draws one widget to a file or to standard output; what was left out goes to standard error.
///
/// # Errors
/// A file can't be read or used, an option is not known, or the picture can't be written.
pub fn run(args: &Render) -> Result<ExitCode, Message> {
    let feed = input::read(&args.feed)?;
    let geometry = args.geometry.as_deref().map(input::read).transpose()?;
    let picture = picture::draw(&feed, geometry.as_deref(), &options(args))?;
    for remark in &picture.remarks {
        eprintln!("{remark}");
    }
    match &args.out {
        Some(path) => input::write(path, picture.svg.as_bytes())?,
        None => std::io::stdout()
            .write_all(picture.svg.as_bytes())
            .map_err(|error| {
                Message::new(
                    format!("无法写到标准输出：{error}。"),
                    format!("Can't write to standard output: {error}."),
                )
            })?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The arguments as options by the attributes' names.
pub fn options(args: &Render) -> Vec<(String, String)> {
    let mut options = vec![
        ("kind".to_owned(), args.kind.clone()),
        ("width".to_owned(), args.width.clone()),
    ];
    for (name, value) in [("scheme", &args.scheme), ("lang", &args.lang)] {
        options.extend(value.clone().map(|value| (name.to_owned(), value)));
    }
    options.extend(args.options.iter().cloned());
    options
}
