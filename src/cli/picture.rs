//! A feed and options by their attributes' names → one picture, the way the browser draws it.
//!
//! Imports `compose`, `paint`, `scene` (tables), `widgets` (the default kind) and `message`.

use progress_widgets::compose::{OptionError, Request, compose};
use progress_widgets::paint::svg::to_svg;
use progress_widgets::scene::Table;

use crate::message::Message;

/// A picture, drawn.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The picture.
    pub svg: String,
    /// In CSS pixels, rounded up.
    pub height_css_px: u32,
    /// The picture in a sentence.
    pub alt: String,
    /// What was left out of it, and why.
    pub remarks: Vec<String>,
    /// Its figures.
    pub tables: Vec<Table>,
}

/// Draws one widget. Of an option that is given twice, the later one counts.
///
/// # Errors
/// An option that is not known or has no such value, or a document that can't be used.
pub fn draw<'a>(
    feed: &[u8],
    geometry: Option<&[u8]>,
    options: impl IntoIterator<Item = &'a (String, String)>,
) -> Result<Picture, Message> {
    let mut request = Request::default();
    for (name, value) in options {
        request.set(name, value).map_err(|error| refused(&error))?;
    }
    let composed = compose(feed, geometry, &request)
        .map_err(|error| Message::new(error.text(true), error.text(false)))?;
    let scene = composed.scene;
    Ok(Picture {
        svg: to_svg(&scene),
        height_css_px: scene.height.css().ceil() as u32,
        alt: scene.alt,
        remarks: scene.remarks,
        tables: scene.tables,
    })
}

/// Pages go on without an option that can't be used; whoever types one wants to put it right.
fn refused(error: &OptionError) -> Message {
    let OptionError {
        name,
        value,
        allowed,
        ..
    } = error;
    if allowed.is_empty() {
        return Message::new(
            format!("没有名为“{name}”的选项。"),
            format!("There is no option \"{name}\"."),
        );
    }
    Message::new(
        format!("选项 {name} 不能是“{value}”。可用：{allowed}。"),
        format!("Option {name} can't be \"{value}\". Use: {allowed}."),
    )
}
