//! The whole way from bytes to a feed.

use super::document::{self as documents, refusal};
use super::entries::Key;
use super::error::{Error, ErrorKind};
use super::json::Token;
use super::limits::Limits;
use super::model::{AsOf, Crs, Feed, Instant, Progress, Source, Target};
use super::notice::{Notice, Problem};
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
    let mut object = Object::new(document::NAMES);
    object.start = reader.at;
    let mut whole = Whole::default();
    let token = reader.scan.value(true);
    if token == Token::Object {
        whole.read(&mut reader, &mut object);
    } else {
        reader.leave(token);
        reader.refused = Some((ErrorKind::NotAnObject, 0, reader.at));
    }
    reader.scan.end();
    documents::sound(&reader.scan, text, limits.depth)?;
    if let Some(error) = whole.refusal(&reader, &object) {
        return Err(error);
    }
    Ok(whole.checked(reader))
}

/// A document as far as it has been read.
#[derive(Default)]
struct Whole {
    /// It is of the version that is read.
    version: bool,
    as_of: Option<AsOf>,
    lang: Option<String>,
    feed: Feed,
    /// Its regions' codes.
    codes: Vec<Key>,
}

impl Whole {
    fn read(&mut self, reader: &mut Reader, object: &mut Object) {
        let feed = &mut self.feed;
        while let Some(field) = reader.field(object, None) {
            match field {
                document::feed => {
                    reader.scalar();
                    self.version = reader.scan.words == VERSION;
                }
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
                    feed.crs = Crs::named(&reader.scan.words);
                    reader.unless(feed.crs.is_some(), token, Problem::BadCrs);
                }
                document::as_of => self.as_of = reader.as_of(),
                document::published => {
                    let token = reader.scalar();
                    feed.published = Instant::parse(&reader.scan.words);
                    reader.unless(feed.published.is_some(), token, Problem::BadInstant);
                }
                document::expected_every => {
                    let token = reader.scalar();
                    feed.expected_every_s = time::duration_s(&reader.scan.words);
                    let read = feed.expected_every_s.is_some();
                    reader.unless(read, token, Problem::BadDuration);
                }
                document::source => feed.source = source(reader),
                document::sample => {
                    let token = reader.scalar();
                    // What can't be read is marked as a sample: made-up figures shown as real
                    // would be worse.
                    feed.sample = !matches!(token, Token::False | Token::Null);
                    let read = matches!(token, Token::True | Token::False);
                    reader.unless(read, token, Problem::BadSample);
                }
                document::target => feed.target = target(reader),
                document::total => feed.total = total(reader),
                document::regions => reader.regions(feed, &mut self.codes),
                document::categories => reader.categories(&mut feed.categories),
                document::history => reader.history(&mut feed.history),
                document::milestones => reader.milestones(&mut feed.milestones),
                document::clusters => reader.clusters(&mut feed.clusters),
                document::coverage => reader.coverage(&mut feed.coverage),
                document::teams => feed.teams = reader.teams(),
                document::grades => reader.grades(&mut feed.grades),
                _ => reader.texts(&mut feed.notes),
            }
        }
    }

    /// Why it is refused although it is JSON.
    fn refusal(&mut self, reader: &Reader, object: &Object) -> Option<Error> {
        let text = reader.text;
        if let Some((kind, limit, at)) = reader.refused {
            return Some(refusal(kind, text, at, text::digits(limit as u64, 1)));
        }
        let missing = |field| reader.absent(object, field);
        let (kind, path, field) = if missing(document::feed) {
            (ErrorKind::VersionMissing, "$.feed", document::feed)
        } else if !self.version {
            (ErrorKind::VersionUnknown, "$.feed", document::feed)
        } else if missing(document::as_of) {
            (ErrorKind::AsOfMissing, "$.as_of", document::as_of)
        } else if let Some(as_of) = self.as_of {
            self.feed.as_of = as_of;
            return None;
        } else {
            (ErrorKind::AsOfUnusable, "$.as_of", document::as_of)
        };
        let at = object.at(field);
        let mut error = refusal(kind, text, at, locate::excerpt(text, at));
        path.clone_into(&mut error.path);
        Some(error)
    }

    fn checked(mut self, mut reader: Reader) -> Parsed {
        let lang = self.lang.take();
        self.feed.lang = lang.unwrap_or_else(|| "zh-CN".to_owned());
        check::duplicates(&mut reader, &mut self.feed.regions, &mut self.codes);
        check::references(&mut reader, &mut self.feed);
        Parsed {
            notices_left_out: reader.notices.left_out,
            notices: reader.notices.placed(reader.text),
            feed: self.feed,
        }
    }
}

fn total(reader: &mut Reader) -> Option<Progress> {
    let mut object = Object::new(&[]);
    if !reader.open(&mut object, false) {
        return None;
    }
    let mut figures = Progress::default();
    reader.field(&mut object, Some(&mut figures));
    check::progress(reader, &object, &figures);
    Some(figures)
}

fn source(reader: &mut Reader) -> Option<Source> {
    let mut object = Object::new(source::NAMES);
    if !reader.open(&mut object, false) {
        return None;
    }
    let mut url = None;
    while reader.field(&mut object, None).is_some() {
        let token = reader.scalar();
        // An address that had to be cut or cleaned is another address.
        let most = reader.limits.text_chars;
        let words = &reader.scan.words;
        let link = text::is_link(words) && words.chars().count() <= most;
        url = link.then(|| words.clone());
        reader.unless(url.is_some(), token, Problem::BadUrl);
    }
    reader.name = reader.name.take().or_else(|| url.clone());
    let mut name = String::new();
    let named = reader.named(&object, &mut name);
    named.then_some(Source { name, url })
}

fn target(reader: &mut Reader) -> Option<Target> {
    let mut object = Object::new(target::NAMES);
    if !reader.open(&mut object, false) {
        return None;
    }
    let (mut rate, mut by) = (None, None);
    while let Some(field) = reader.field(&mut object, None) {
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
