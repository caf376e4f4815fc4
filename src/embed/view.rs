//! One widget of the page, and the store of all. Imports `compose`, `feed`, `geo`, `scene`,
//! `widgets`.
//!
//! No borrow of the store outlives a function of this file: whoever calls JavaScript first takes
//! out what it needs, because JavaScript may call back into any export.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use gloo::events::EventListener;

use crate::compose::{self, Request};
use crate::scene::Scene;
use crate::{feed, geo};

/// A document and what became of it. Widgets of one page that were given the same bytes share it.
pub struct Document {
    /// JavaScript's number for the bytes.
    id: u32,
    /// What became of it.
    pub content: Content,
}

/// What became of a document.
#[allow(clippy::large_enum_variant)] // One a document, and already behind an `Rc`.
pub enum Content {
    /// A feed.
    Feed(feed::Parsed),
    /// A geometry.
    Geometry(geo::Parsed),
    /// Why it can't be used, in Chinese and in English.
    Refused([String; 2]),
}

/// One widget of the page.
pub struct View {
    handle: u32,
    /// What the page asks for; the width is the last one drawn.
    pub request: Request,
    /// The last feed that could be read.
    pub feed: Option<Rc<Document>>,
    /// The last geometry that could be read.
    pub geometry: Option<Rc<Document>>,
    /// The last document refused: kept so that others who are given it need not read it.
    pub refused: Option<Rc<Document>>,
    /// The picture; `None` when something it was made from has changed.
    pub scene: Option<Rc<Scene>>,
    /// The picture of the feed before, until the next is drawn at another width or otherwise.
    pub before: Option<Rc<Scene>>,
    /// The picture whose tables JavaScript has.
    pub told: Option<Rc<Scene>>,
    /// They end with the view.
    #[allow(dead_code)] // Kept only to be dropped.
    listeners: Vec<EventListener>,
}

impl View {
    /// The picture at this width, composed anew only where something changed. `None` without a feed.
    pub fn scene(&mut self, width_css_px: f64) -> Option<Rc<Scene>> {
        if self.request.options.width_css_px != width_css_px {
            self.request.options.width_css_px = width_css_px;
            self.scene = None;
            self.before = None;
        }
        if self.scene.is_none() {
            let Content::Feed(feed) = &self.feed.as_ref()?.content else {
                return None;
            };
            let geometry = match self.geometry.as_ref().map(|document| &document.content) {
                Some(Content::Geometry(geometry)) => Some(geometry),
                _ => None,
            };
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
    documents: Vec<Weak<Document>>,
}

thread_local! {
    static STORE: RefCell<Store> = RefCell::default();
}

/// A new view. Its handle is never 0 and never used again.
pub fn add(listeners: Vec<EventListener>) -> u32 {
    let mut view = View {
        handle: 0,
        request: Request::default(),
        feed: None,
        geometry: None,
        refused: None,
        scene: None,
        before: None,
        told: None,
        listeners,
    };
    STORE.with_borrow_mut(|store| {
        store.last_handle = store.last_handle.wrapping_add(1).max(1);
        view.handle = store.last_handle;
        store.views.push(view);
        store.last_handle
    })
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

/// The document of that number, if a view still holds it; else `None`.
pub fn shared(id: u32) -> Option<Rc<Document>> {
    STORE.with_borrow_mut(|store| {
        store
            .documents
            .retain(|document| document.strong_count() > 0);
        let mut documents = store.documents.iter().filter_map(Weak::upgrade);
        documents.find(|document| document.id == id)
    })
}

/// Makes a document known to those who are given the same bytes later.
pub fn share(id: u32, content: Content) -> Rc<Document> {
    let document = Rc::new(Document { id, content });
    STORE.with_borrow_mut(|store| store.documents.push(Rc::downgrade(&document)));
    document
}

/// The picture last drawn.
pub fn last_scene(handle: u32) -> Option<Rc<Scene>> {
    with(handle, |view| view.scene.clone()).flatten()
}
