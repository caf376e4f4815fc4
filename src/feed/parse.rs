//! The whole way from bytes to a feed.

use super::document::{self, offset, refusal};
use super::entries::{in_order, roles};
use super::error::{Error, ErrorKind};
use super::fields::Fields;
use super::json::Scanner;
use super::limits::Limits;
use super::model::{AsOf, Crs, Feed, Instant, Source, Target, Teams};
use super::node::{self, Node};
use super::notice::{Notice, Notices, Problem};
use super::order::order;
use super::path::{Path, Step, show};
use super::reader::Reader;
use super::shape::DOCUMENT;
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
    let text = document::open(bytes, limits.document_bytes)?;
    let mut reader = Reader::new(limits);
    let mut scan = Scanner::new(text, 0, limits.depth);
    let node = node::read(&mut scan, &mut reader, &DOCUMENT, &Path::Root);
    scan.end();
    let steps = reader.broken_at.as_deref().unwrap_or_default();
    document::sound(&scan, steps, text, limits.depth)?;
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
    let Node::Object(list) = node else {
        let start = text.len().saturating_sub(text.trim_start().len());
        return Err(refusal(ErrorKind::NotAnObject, &[], text, start));
    };
    whole(list, reader, text)
}

fn whole(list: Vec<(&'static str, Node)>, mut reader: Reader, text: &str) -> Result<Parsed, Error> {
    let mut fields = Fields {
        list,
        path: &Path::Root,
    };
    let refuse = |kind, name| {
        let steps = [Step::Key(name)];
        let at = offset(text, &steps);
        let mut error = refusal(kind, &steps, text, at);
        error.detail = locate::excerpt(text, at);
        error
    };
    match fields.take("feed") {
        Node::Null => return Err(refuse(ErrorKind::VersionMissing, "feed")),
        Node::Text(version) if version == VERSION => {}
        _ => return Err(refuse(ErrorKind::VersionUnknown, "feed")),
    }
    let as_of = match fields.take("as_of") {
        Node::Null => return Err(refuse(ErrorKind::AsOfMissing, "as_of")),
        node => node.text().and_then(AsOf::parse),
    };
    let feed = &mut reader.feed;
    feed.as_of = as_of.ok_or_else(|| refuse(ErrorKind::AsOfUnusable, "as_of"))?;

    let notices = &mut reader.notices;
    // Their entries have been read; only a value that is no list is left to be listed.
    for name in [
        "regions",
        "categories",
        "history",
        "milestones",
        "clusters",
        "coverage",
        "grades",
        "notes",
    ] {
        fields.each(name, notices, &mut |_, _, _, _| {});
    }
    let history = std::mem::take(&mut reader.history);
    feed.history = in_order(history, &fields.at("history"), notices);
    feed.title = fields.text("title", notices);
    feed.subtitle = fields.text("subtitle", notices);
    feed.lang = lang(&mut fields, notices);
    fields.read("crs", Problem::BadCrs, notices, &mut |node| {
        feed.crs = node.text().and_then(Crs::named);
        feed.crs.is_some()
    });
    fields.read("published", Problem::BadInstant, notices, &mut |node| {
        feed.published = node.text().and_then(Instant::parse);
        feed.published.is_some()
    });
    fields.read(
        "expected_every",
        Problem::BadDuration,
        notices,
        &mut |node| {
            feed.expected_every_s = node.text().and_then(time::duration_s);
            feed.expected_every_s.is_some()
        },
    );
    // What can't be read is marked as a sample: made-up figures shown as real would be worse.
    fields.read("sample", Problem::BadSample, notices, &mut |node| {
        feed.sample = !matches!(node, Node::Bool(false));
        matches!(node, Node::Bool(_))
    });
    feed.source = source(&mut fields, notices);
    feed.target = target(&mut fields, notices);
    feed.teams = teams(&mut fields, notices);
    let path = fields.at("total");
    if let Some(mut fields) = Fields::maybe(fields.take("total"), &path, notices) {
        feed.total = Some(fields.progress(notices));
    }
    check::duplicates(&mut reader);
    check::references(&mut reader);
    Ok(Parsed {
        notices_left_out: reader.notices.left_out,
        notices: placed(&reader.notices, text),
        feed: reader.feed,
    })
}

fn lang(fields: &mut Fields, notices: &mut Notices) -> String {
    let lang = fields.text("lang", notices);
    if lang.as_deref().is_some_and(|lang| !text::is_lang(lang)) {
        notices.add(&fields.at("lang"), Problem::BadLang);
        return "zh-CN".to_owned();
    }
    lang.unwrap_or_else(|| "zh-CN".to_owned())
}

fn source(fields: &mut Fields, notices: &mut Notices) -> Option<Source> {
    let path = fields.at("source");
    let mut fields = Fields::maybe(fields.take("source"), &path, notices)?;
    let mut url = None;
    let most = notices.text_chars;
    fields.read("url", Problem::BadUrl, notices, &mut |node| {
        // An address that had to be cut or cleaned is another address.
        let link = |url: &&str| text::is_link(url) && url.chars().count() <= most;
        url = node.text().filter(link).map(str::to_owned);
        url.is_some()
    });
    let name = fields.text("name", notices).or_else(|| url.clone());
    if name.is_none() {
        fields.missing("name", notices);
    }
    Some(Source { name: name?, url })
}

fn target(fields: &mut Fields, notices: &mut Notices) -> Option<Target> {
    let path = fields.at("target");
    let mut fields = Fields::maybe(fields.take("target"), &path, notices)?;
    if fields.is_absent("rate") {
        fields.missing("rate", notices);
    }
    let rate = fields.rate("rate", notices);
    let by = fields.as_of("by", notices);
    Some(Target { rate: rate?, by })
}

fn teams(fields: &mut Fields, notices: &mut Notices) -> Option<Teams> {
    let path = fields.at("teams");
    let mut fields = Fields::maybe(fields.take("teams"), &path, notices)?;
    let teams = Teams {
        activities: fields.count("activities", notices),
        attendances: fields.count("attendances", notices),
        problems_solved: fields.count("problems_solved", notices),
        roles: roles(&mut fields, notices),
    };
    check::teams(&teams, &path, notices);
    Some(teams)
}

/// The notices with their positions, in the document's order.
fn placed(notices: &Notices, text: &str) -> Vec<Notice> {
    if notices.kept.is_empty() {
        return Vec::new();
    }
    let paths: Vec<&[Step]> = notices.kept.iter().map(|draft| &*draft.steps).collect();
    let offsets = locate::offsets(text, &paths);
    let positions = locate::positions(text, &offsets);
    let mut placed = Vec::with_capacity(offsets.len());
    for index in order(offsets.len(), &|a, b| offsets.get(a).cmp(&offsets.get(b))) {
        let (Some(draft), Some(&offset), Some(&(line, column))) = (
            notices.kept.get(index),
            offsets.get(index),
            positions.get(index),
        ) else {
            continue;
        };
        placed.push(Notice {
            path: show(&draft.steps),
            line,
            column,
            problem: draft.problem,
            found: locate::excerpt(text, offset),
            detail: draft.detail.clone(),
        });
    }
    placed
}
