//! The whole way from bytes to a feed.

use super::document::{self as documents, refusal};
use super::entries::Place;
use super::error::{Error, ErrorKind};
use super::json::Token;
use super::limits::Limits;
use super::model::{AsOf, Crs, Feed, Instant, Progress, Source, Target};
use super::notice::{Draft, Notice, Problem};
use super::order::order;
use super::path::{Step, show};
use super::reader::{Object, Reader};
use super::shape::{document, source, target};
use super::{check, locate, text, time};

/// The version that is read.
const VERSION: &str = "progress-widgets/1";

/// A feed, and what of it could not be used.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// What the feed says.
    pub feed: Feed,
    /// What could not be used or contradicts itself, in the document's order.
    pub notices: Vec<Notice>,
    /// Notices beyond `Limits::notices`: only counted.
    pub notices_left_out: usize,
}

/// Reads a feed of version 1.
///
/// What can't be used is absent from the feed and listed in the notices; nothing is dropped
/// silently, nothing is guessed. Unknown fields are ignored.
///
/// # Errors
/// See [`ErrorKind`]: the document can't be read, is of another version, does not say which day it
/// describes, or passes a limit.
pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Parsed, Error> {
    let text = documents::open(bytes, limits.document_bytes)?;
    let mut reader = Reader::new(text, limits);
    reader.at = reader.scan.start();
    let root = reader.at;
    let mut whole = Whole::default();
    let token = reader.scan.value(true);
    let object = if token == Token::Object {
        Some(whole.read(&mut reader))
    } else {
        reader.leave(&token);
        None
    };
    reader.scan.end();
    let steps = reader.broken_at.as_deref().unwrap_or_default();
    documents::sound(&reader.scan, steps, text, limits.depth)?;
    if let Some((kind, steps, at)) = &reader.refused {
        let limit = match kind {
            ErrorKind::TooManyRegions => limits.regions,
            ErrorKind::TooManyHistoryPoints => limits.history_points,
            _ => limits.entries,
        };
        let mut error = refusal(*kind, steps, text, *at);
        error.detail = text::digits(limit as u64, 1);
        return Err(error);
    }
    let Some(object) = object else {
        return Err(refusal(ErrorKind::NotAnObject, &[], text, root));
    };
    let missing = |field| reader.absent(&object, field);
    let (kind, name, field) = if missing(document::feed) {
        (ErrorKind::VersionMissing, "feed", document::feed)
    } else if !whole.version {
        (ErrorKind::VersionUnknown, "feed", document::feed)
    } else if missing(document::as_of) {
        (ErrorKind::AsOfMissing, "as_of", document::as_of)
    } else if let Some(as_of) = whole.as_of {
        whole.feed.as_of = as_of;
        return Ok(whole.checked(reader));
    } else {
        (ErrorKind::AsOfUnusable, "as_of", document::as_of)
    };
    let at = object.at(field);
    let mut error = refusal(kind, &[Step::Key(name)], text, at);
    error.detail = locate::excerpt(text, at);
    Err(error)
}

/// A document as far as it has been read.
#[derive(Default)]
struct Whole {
    /// It is of the version that is read.
    version: bool,
    as_of: Option<AsOf>,
    lang: Option<String>,
    feed: Feed,
    /// Where its regions stand, and its clusters and coverage.
    regions: Vec<(usize, usize)>,
    clusters: Vec<Place>,
    coverage: Vec<Place>,
}

impl Whole {
    fn read(&mut self, reader: &mut Reader) -> Object {
        let feed = &mut self.feed;
        let mut object = reader.opened(document::NAMES);
        while let Some(field) = reader.field(&mut object) {
            match field {
                document::feed => self.version = reader.scalar().text() == Some(VERSION),
                document::title => reader.text(&mut feed.title),
                document::subtitle => reader.text(&mut feed.subtitle),
                document::lang => {
                    reader.text(&mut self.lang);
                    if self
                        .lang
                        .as_deref()
                        .is_some_and(|lang| !text::is_lang(lang))
                    {
                        reader.note(Problem::BadLang);
                        self.lang = None;
                    }
                }
                document::crs => {
                    let token = reader.scalar();
                    feed.crs = token.text().and_then(Crs::named);
                    reader.unless(feed.crs.is_some(), &token, Problem::BadCrs);
                }
                document::as_of => self.as_of = reader.as_of(),
                document::published => {
                    let token = reader.scalar();
                    feed.published = token.text().and_then(Instant::parse);
                    reader.unless(feed.published.is_some(), &token, Problem::BadInstant);
                }
                document::expected_every => {
                    let token = reader.scalar();
                    feed.expected_every_s = token.text().and_then(time::duration_s);
                    let read = feed.expected_every_s.is_some();
                    reader.unless(read, &token, Problem::BadDuration);
                }
                document::source => feed.source = source(reader),
                document::sample => {
                    let token = reader.scalar();
                    // What can't be read is marked as a sample: made-up figures shown as real
                    // would be worse.
                    feed.sample = !matches!(token, Token::Bool(false) | Token::Null);
                    let read = matches!(token, Token::Bool(_));
                    reader.unless(read, &token, Problem::BadSample);
                }
                document::target => feed.target = target(reader),
                document::total => feed.total = total(reader),
                document::regions => reader.regions(feed, &mut self.regions),
                document::categories => reader.categories(&mut feed.categories),
                document::history => reader.history(&mut feed.history),
                document::milestones => reader.milestones(&mut feed.milestones),
                document::clusters => reader.clusters(&mut feed.clusters, &mut self.clusters),
                document::coverage => reader.coverage(&mut feed.coverage, &mut self.coverage),
                document::teams => feed.teams = reader.teams(),
                document::grades => reader.grades(&mut feed.grades),
                _ => reader.texts(&mut feed.notes),
            }
        }
        object
    }

    fn checked(mut self, mut reader: Reader) -> Parsed {
        let lang = self.lang.take();
        self.feed.lang = lang.unwrap_or_else(|| "zh-CN".to_owned());
        check::duplicates(&mut reader, &mut self.feed.regions, &self.regions);
        check::references(&mut reader, &self.feed, &self.clusters, &self.coverage);
        Parsed {
            notices: placed(&reader.notices, reader.text),
            notices_left_out: reader.notices_left_out,
            feed: self.feed,
        }
    }
}

fn total(reader: &mut Reader) -> Option<Progress> {
    let mut object = reader.object(&[], false)?;
    object.figures = true;
    let mut figures = Progress::default();
    while let Some(field) = reader.field(&mut object) {
        reader.figure(field, &mut figures);
    }
    check::progress(reader, &object, &figures);
    Some(figures)
}

fn source(reader: &mut Reader) -> Option<Source> {
    let mut object = reader.object(source::NAMES, false)?;
    let (mut name, mut url) = (None, None);
    while let Some(field) = reader.field(&mut object) {
        if field == source::name {
            reader.text(&mut name);
            continue;
        }
        let token = reader.scalar();
        // An address that had to be cut or cleaned is another address.
        let most = reader.limits.text_chars;
        let link = |url: &&str| text::is_link(url) && url.chars().count() <= most;
        url = token.text().filter(link).map(str::to_owned);
        reader.unless(url.is_some(), &token, Problem::BadUrl);
    }
    let name = reader.needed(name.or_else(|| url.clone()), "name")?;
    Some(Source { name, url })
}

fn target(reader: &mut Reader) -> Option<Target> {
    let mut object = reader.object(target::NAMES, false)?;
    let (mut rate, mut by) = (None, None);
    while let Some(field) = reader.field(&mut object) {
        if field == target::rate {
            reader.rate(&mut rate);
        } else {
            by = reader.as_of();
        }
    }
    if reader.absent(&object, target::rate) {
        reader.missing("rate");
    }
    Some(Target { rate: rate?, by })
}

/// The notices with their positions, in the document's order.
fn placed(notices: &[Draft], text: &str) -> Vec<Notice> {
    let offsets: Vec<usize> = notices.iter().map(|draft| draft.at).collect();
    let positions = locate::positions(text, &offsets);
    let mut placed = Vec::with_capacity(offsets.len());
    for index in order(offsets.len(), &|a, b| offsets.get(a).cmp(&offsets.get(b))) {
        let (Some(draft), Some(&(line, column))) = (notices.get(index), positions.get(index))
        else {
            continue;
        };
        placed.push(Notice {
            path: show(&draft.steps),
            line,
            column,
            problem: draft.problem,
            found: locate::excerpt(text, draft.at),
            detail: draft.detail.clone(),
        });
    }
    placed
}
