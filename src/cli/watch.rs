//! Looks at the feed and the geometry whenever they change, and keeps the last good of each.
//!
//! Imports `input`, `report` and `message`; knows nothing of HTTP.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, SystemTime};

use notify::{EventKind, RecursiveMode, Watcher};
use progress_widgets::widgets::KINDS;
use serde_json::{Value, json};

use crate::input;
use crate::message::Message;
use crate::report::{self, Report};

/// Editors write in several steps; what follows within this time belongs to the same save.
const SETTLE: Duration = Duration::from_millis(80);
/// A file that can't be used may still be being written: it gets this long before that is told.
const SECOND_LOOK: Duration = Duration::from_millis(300);
/// Network drives tell nothing of changes, so the files are looked at this often all the same.
const POLL: Duration = Duration::from_millis(1500);

/// What the preview shows.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Grows with each change.
    pub version: u64,
    /// The last feed that could be used.
    pub feed: Option<Arc<[u8]>>,
    /// The last geometry that could be used.
    pub geometry: Option<Arc<[u8]>>,
    /// What is wrong with the files as they are now.
    pub report: Arc<Report>,
    /// The file's name, for people.
    pub feed_name: Arc<str>,
    /// The file's name, for people.
    pub geometry_name: Option<Arc<str>>,
}

impl Snapshot {
    /// For the page: one line of JSON.
    pub fn to_json(&self) -> Value {
        json!({
            "version": self.version,
            "feed": &*self.feed_name,
            "geometry": self.geometry_name.as_deref(),
            "has_feed": self.feed.is_some(),
            "has_geometry": self.geometry.is_some(),
            "report": self.report.to_json(),
            "kinds": KINDS.iter().map(|kind| kind.name).collect::<Vec<_>>(),
        })
    }
}

/// The files as last read: their bytes, or why there are none.
type Read = (
    Result<Arc<[u8]>, Message>,
    Option<Result<Arc<[u8]>, Message>>,
);

/// The two files of a preview.
#[derive(Debug)]
pub struct Files {
    feed: PathBuf,
    geometry: Option<PathBuf>,
    read: Read,
    shown: Snapshot,
}

impl Files {
    /// Reads both for the first time.
    ///
    /// # Errors
    /// One can't be read. What can't be used is no error here: it is in the report.
    pub fn open(feed: &Path, geometry: Option<&Path>) -> Result<Files, Message> {
        input::read(feed)?;
        geometry.map(input::read).transpose()?;
        let mut files = Files {
            feed: feed.to_path_buf(),
            geometry: geometry.map(Path::to_path_buf),
            read: read(feed, geometry),
            shown: Snapshot {
                version: 0,
                feed: None,
                geometry: None,
                report: Arc::new(Report::default()),
                feed_name: name(feed),
                geometry_name: geometry.map(name),
            },
        };
        files.judge();
        Ok(files)
    }

    /// What is to be shown now.
    pub fn shown(&self) -> &Snapshot {
        &self.shown
    }

    /// Reads both again; whether anything changed.
    fn look(&mut self) -> bool {
        let now = read(&self.feed, self.geometry.as_deref());
        if now == self.read {
            return false;
        }
        self.read = now;
        self.judge();
        true
    }

    fn judge(&mut self) {
        let geometry_name = self.shown.geometry_name.clone();
        let report = report::report(
            (&self.shown.feed_name, as_bytes(&self.read.0)),
            self.read
                .1
                .as_ref()
                .map(|read| (geometry_name.as_deref().unwrap_or(""), as_bytes(read))),
        );
        if let (true, Ok(bytes)) = (report.feed_usable, &self.read.0) {
            self.shown.feed = Some(Arc::clone(bytes));
        }
        if let (true, Some(Ok(bytes))) = (report.geometry_usable, &self.read.1) {
            self.shown.geometry = Some(Arc::clone(bytes));
        }
        self.shown.version = self.shown.version.saturating_add(1);
        self.shown.report = Arc::new(report);
    }

    /// Watches both from a thread of its own, and hands over what is to be shown after each change.
    /// Ends when `changed` returns false.
    pub fn watch(self, changed: impl FnMut(&Snapshot) -> bool + Send + 'static) {
        std::thread::spawn(move || self.keep_watching(changed));
    }

    fn keep_watching(mut self, mut changed: impl FnMut(&Snapshot) -> bool) {
        let (tell, told) = channel();
        // Without a watcher (too many of them, a file system that has none) the poll remains.
        let _watcher = watcher(&self.folders(), tell);
        let mut stamps = [None; 2];
        // What changed before the watch began was told to nobody.
        let mut something_happened = true;
        loop {
            let now = self.stamps();
            if something_happened || now != stamps {
                stamps = now;
                if self.look_until_settled() && !changed(&self.shown) {
                    return;
                }
            }
            something_happened = wait(&told);
        }
    }

    /// Sizes and times of both files: what the poll compares, so that it reads nothing in vain.
    fn stamps(&self) -> [Option<(u64, SystemTime)>; 2] {
        [Some(&self.feed), self.geometry.as_ref()].map(|path| {
            let meta = std::fs::metadata(path?).ok()?;
            Some((meta.len(), meta.modified().ok()?))
        })
    }

    /// Whether anything changed; what is only half written gets a second look before it counts.
    fn look_until_settled(&mut self) -> bool {
        let before = (self.read.clone(), self.shown.clone());
        if !self.look() {
            return false;
        }
        if self.shown.report.usable() {
            return true;
        }
        std::thread::sleep(SECOND_LOOK);
        if self.look() {
            // Two looks, one change to tell.
            self.shown.version = before.1.version.saturating_add(1);
        }
        self.read != before.0
    }

    /// The folders, not the files: an editor that saves by renaming a new file over the old one
    /// leaves a watch on the old file behind.
    fn folders(&self) -> Vec<PathBuf> {
        let mut folders: Vec<PathBuf> = [Some(&self.feed), self.geometry.as_ref()]
            .into_iter()
            .flatten()
            .filter_map(|file| match file.parent() {
                Some(folder) if folder.as_os_str().is_empty() => Some(PathBuf::from(".")),
                folder => folder.map(Path::to_path_buf),
            })
            .collect();
        folders.sort();
        folders.dedup();
        folders
    }
}

fn watcher(folders: &[PathBuf], tell: Sender<()>) -> Option<notify::RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Our own reading is an access; answering it would go round for ever.
        if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
            // Nobody listens once the preview ends.
            let _ = tell.send(());
        }
    })
    .ok()?;
    for folder in folders {
        // A folder that can't be watched is still polled.
        let _ = watcher.watch(folder, RecursiveMode::NonRecursive);
    }
    Some(watcher)
}

/// Until something happened in a folder (true) and it is quiet again, or it is time to look all
/// the same.
fn wait(told: &Receiver<()>) -> bool {
    match told.recv_timeout(POLL) {
        Ok(()) => {
            std::thread::sleep(SETTLE);
            while told.try_recv().is_ok() {}
            return true;
        }
        Err(RecvTimeoutError::Timeout) => {}
        Err(RecvTimeoutError::Disconnected) => std::thread::sleep(POLL),
    }
    false
}

fn read(feed: &Path, geometry: Option<&Path>) -> Read {
    let bytes = |path| input::read(path).map(Arc::from);
    (bytes(feed), geometry.map(bytes))
}

fn as_bytes(read: &Result<Arc<[u8]>, Message>) -> Result<&[u8], &Message> {
    read.as_ref().map(|bytes| &**bytes)
}

fn name(path: &Path) -> Arc<str> {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into()
}
