//! Bytes and a request → a [`Scene`]: the one way from a feed to a picture.
//!
//! The browser, the command line, the gallery and the tests all call this.

mod request;

pub use request::{OptionError, Request, WIDTHS_CSS_PX};

use crate::scene::Scene;
use crate::widgets::Input;
use crate::{feed, geo};

/// A picture and what reading its documents brought up.
#[derive(Clone, Debug)]
pub struct Composed {
    /// The picture.
    pub scene: Scene,
    /// The feed as read, with its notices.
    pub feed: feed::Parsed,
    /// The geometry as read, with its notices.
    pub geometry: Option<geo::Parsed>,
}

/// A document that can't be used at all.
#[derive(Clone, Debug)]
pub enum ComposeError {
    /// The feed.
    Feed(feed::Error),
    /// The geometry.
    Geometry(feed::Error),
}

impl ComposeError {
    /// What is wrong, where, and what to do.
    #[must_use]
    pub fn text(&self, chinese: bool) -> String {
        match self {
            ComposeError::Feed(error) => error.text(chinese),
            ComposeError::Geometry(error) => error.text(chinese),
        }
    }
}

/// Reads both documents with the default limits and draws the picture.
///
/// # Errors
///
/// [`ComposeError`] where a document can't be used at all; what can't be used in part is a notice.
pub fn compose(
    feed: &[u8],
    geometry: Option<&[u8]>,
    request: &Request,
) -> Result<Composed, ComposeError> {
    let feed = feed::parse(feed, &feed::Limits::default()).map_err(ComposeError::Feed)?;
    let geometry = geometry
        .map(|bytes| geo::parse(bytes, &geo::Limits::default()))
        .transpose()
        .map_err(ComposeError::Geometry)?;
    Ok(Composed {
        scene: draw(&feed, geometry.as_ref(), request),
        feed,
        geometry,
    })
}

/// Draws documents that were read before.
#[must_use]
pub fn draw(feed: &feed::Parsed, geometry: Option<&geo::Parsed>, request: &Request) -> Scene {
    request.kind.draw(&Input {
        feed: &feed.feed,
        notices: feed.notices.len().saturating_add(feed.notices_left_out),
        geometry: geometry.map(|g| &g.geometry),
        options: &request.options,
        panel: false,
    })
}
