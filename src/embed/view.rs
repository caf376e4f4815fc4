//! One widget of the page, and the store of all. Imports `compose`, `feed`, `geo`, `scene`.
//!
//! No borrow of the store outlives a function of this file: whoever calls JavaScript first takes
//! out what it needs, because JavaScript may call back into any export.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use gloo::events::EventListener;
use gloo::render::AnimationFrame;
use web_sys::js_sys::Function;

use crate::compose::{self, Request};
use crate::scene::{Px, Scene, Table};
use crate::widgets::KINDS;
use crate::{feed, geo};

/// A document and what became of it. Widgets of one page that were given the same bytes share it.
pub struct Document<P, E> {
    /// JavaScript's number for the bytes.
    pub id: u32,
    /// Parsed, or why not.
    pub outcome: Result<P, E>,
}

/// A feed given to widgets.
pub type FeedDocument = Document<feed::Parsed, feed::Error>;
/// A geometry given to widgets.
pub type GeoDocument = Document<geo::Parsed, geo::Error>;

/// One widget of the page.
pub struct View {
    handle: u32,
    /// JavaScript's function that is told of events and frames.
    pub signal: Function,
    /// What the page asks for; all but the width.
    pub request: Request,
    /// The last feed given that could be read.
    pub feed: Option<Rc<FeedDocument>>,
    /// The last feed given, readable or not: kept so that others who are given it need not read it.
    pub offered_feed: Option<Rc<FeedDocument>>,
    /// The last geometry given that could be read.
    pub geometry: Option<Rc<GeoDocument>>,
    /// As with feeds.
    pub offered_geometry: Option<Rc<GeoDocument>>,
    /// The picture; `None` when something it was made from has changed.
    pub scene: Option<Rc<Scene>>,
    /// The table that JavaScript has.
    pub table_shown: Table,
    /// Dropped with the view.
    pub listeners: Vec<EventListener>,
    /// The frame asked for; dropping it cancels it.
    pub frame: Option<AnimationFrame>,
}

impl View {
    /// The picture at this width, composed anew only where something changed. `None` without a feed.
    pub fn scene(&mut self, width_css_px: f64) -> Option<Rc<Scene>> {
        if self.request.options.width_css_px != width_css_px {
            self.request.options.width_css_px = width_css_px;
            self.scene = None;
        }
        if self.scene.is_none() {
            let feed = self.feed.as_ref()?.outcome.as_ref().ok()?;
            let geometry = self.geometry.as_ref().and_then(|g| g.outcome.as_ref().ok());
            self.scene = Some(Rc::new(compose::draw(feed, geometry, &self.request)));
        }
        self.scene.clone()
    }
}

/// All widgets of the page, and the documents that they share.
#[derive(Default)]
struct Store {
    last_handle: u32,
    views: Vec<View>,
    feeds: Vec<Weak<FeedDocument>>,
    geometries: Vec<Weak<GeoDocument>>,
}

thread_local! {
    static STORE: RefCell<Store> = RefCell::default();
}

/// A new view. Its handle is never 0 and never used again.
pub fn add(signal: Function) -> u32 {
    STORE.with_borrow_mut(|store| {
        store.last_handle = store.last_handle.wrapping_add(1).max(1);
        let handle = store.last_handle;
        store.views.push(View {
            handle,
            signal,
            request: default_request(),
            feed: None,
            offered_feed: None,
            geometry: None,
            offered_geometry: None,
            scene: None,
            table_shown: Table::default(),
            listeners: Vec::new(),
            frame: None,
        });
        handle
    })
}

/// What an element without attributes asks for.
pub fn default_request() -> Request {
    let [kind, ..] = KINDS;
    Request::new(kind)
}

/// Takes a view out; the caller drops it, which calls JavaScript.
pub fn take(handle: u32) -> Option<View> {
    STORE.with_borrow_mut(|store| {
        let index = store.views.iter().position(|view| view.handle == handle)?;
        Some(store.views.swap_remove(index))
    })
}

/// Works on a view; `None` where the handle names none. `work` must not call JavaScript.
pub fn with<T>(handle: u32, work: impl FnOnce(&mut View) -> T) -> Option<T> {
    STORE.with_borrow_mut(|store| {
        let view = store.views.iter_mut().find(|view| view.handle == handle)?;
        Some(work(view))
    })
}

/// The feed of that number, if a view still holds it; else `None`.
pub fn shared_feed(id: u32) -> Option<Rc<FeedDocument>> {
    STORE.with_borrow_mut(|store| find(&mut store.feeds, id))
}

/// As [`shared_feed`].
pub fn shared_geometry(id: u32) -> Option<Rc<GeoDocument>> {
    STORE.with_borrow_mut(|store| find(&mut store.geometries, id))
}

/// Makes a feed known to those who are given the same bytes later.
pub fn share_feed(id: u32, outcome: Result<feed::Parsed, feed::Error>) -> Rc<FeedDocument> {
    let document = Rc::new(Document { id, outcome });
    STORE.with_borrow_mut(|store| store.feeds.push(Rc::downgrade(&document)));
    document
}

/// As [`share_feed`].
pub fn share_geometry(id: u32, outcome: Result<geo::Parsed, geo::Error>) -> Rc<GeoDocument> {
    let document = Rc::new(Document { id, outcome });
    STORE.with_borrow_mut(|store| store.geometries.push(Rc::downgrade(&document)));
    document
}

fn find<P, E>(documents: &mut Vec<Weak<Document<P, E>>>, id: u32) -> Option<Rc<Document<P, E>>> {
    documents.retain(|document| document.strong_count() > 0);
    documents
        .iter()
        .filter_map(Weak::upgrade)
        .find(|document| document.id == id)
}

/// The picture last drawn.
pub fn last_scene(handle: u32) -> Option<Rc<Scene>> {
    with(handle, |view| view.scene.clone()).flatten()
}

/// From CSS pixels of the picture to the index of the hit there.
pub fn hit_at(handle: u32, x: f64, y: f64) -> Option<usize> {
    last_scene(handle)?.hit_at(crate::scene::Point {
        x: Px::from_css(x),
        y: Px::from_css(y),
    })
}
