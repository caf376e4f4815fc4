//! A feed and options by their attributes' names → one picture, the way the browser draws it.
//!
//! Imports `compose`, `paint`, `scene` (tables), `widgets` (the default kind) and `message`.

use progress_widgets::compose::{Request, compose};
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
        request
            .set(name, value)
            .map_err(|error| Message::new(error.text(true), error.text(false)))?;
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
