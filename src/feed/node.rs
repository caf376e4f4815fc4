//! JSON → [`Node`]s of the known fields, by the shapes of version 1.
//!
//! Long lists are handed on entry by entry, so that a document takes the memory of what it means,
//! and not of what it says.

use super::error::ErrorKind;
use super::json::{Scanner, Token};
use super::path::Path;
use super::reader::Reader;
use super::shape::{Cap, Field, Shape};

/// A value of the document, reduced to what its shape knows.
#[derive(Debug)]
pub(super) enum Node {
    /// `null`, and what is absent.
    Null,
    /// `true`, `false`
    Bool(bool),
    /// Finite. Integers up to 2^53 are exact, which holds every code.
    Number(f64),
    /// Cut one character above the limit.
    Text(String),
    /// Empty where no list was expected, or where its entries were handed on.
    List(Vec<Node>),
    /// Only known fields, each once; empty where no object was expected.
    Object(Vec<(&'static str, Node)>),
}

impl Node {
    /// The text that it is.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Reads one value.
pub(super) fn read(
    scan: &mut Scanner,
    reader: &mut Reader,
    shape: &'static Shape,
    path: &Path,
) -> Node {
    match scan.value(true) {
        Token::Null => Node::Null,
        Token::Bool(value) => Node::Bool(value),
        Token::Number(value) => Node::Number(value),
        Token::Text(text) => {
            let cut = text.char_indices().nth(reader.notices.text_chars);
            let end = cut.map_or(text.len(), |(at, last)| at.saturating_add(last.len_utf8()));
            Node::Text(text.get(..end).unwrap_or_default().to_owned())
        }
        Token::List => Node::List(list(scan, reader, shape, path)),
        Token::Object => Node::Object(object(scan, reader, shape, path)),
    }
}

fn list(scan: &mut Scanner, reader: &mut Reader, shape: &'static Shape, path: &Path) -> Vec<Node> {
    let mut kept = Vec::new();
    let (each, cap, stream) = match shape {
        Shape::List(each, cap) => (*each, *cap, None),
        Shape::Stream(each, stream) => (*each, stream.cap(), Some(*stream)),
        _ => {
            scan.close();
            return kept;
        }
    };
    if cap == Cap::Regions {
        reader.make_room(scan.clone());
    }
    for index in 0.. {
        let path = Path::Index(path, index);
        let more = scan.next();
        if let (true, Some(kind)) = (more, reader.full(cap, index)) {
            reader.refuse(kind, &path, scan.offset());
            scan.skip();
            scan.close();
            break;
        }
        let node = if more {
            read(scan, reader, each, &path)
        } else {
            Node::Null
        };
        if scan.fault.is_some() {
            reader.broken(&path);
            break;
        }
        if !more {
            break;
        }
        if cap == Cap::History {
            reader.history_points = reader.history_points.saturating_add(1);
        }
        match stream {
            Some(stream) => reader.entry(stream, index, node, &path),
            None => kept.push(node),
        }
    }
    kept
}

fn object(
    scan: &mut Scanner,
    reader: &mut Reader,
    shape: &'static Shape,
    path: &Path,
) -> Vec<(&'static str, Node)> {
    let mut fields: Vec<(&'static str, Node)> = Vec::new();
    let groups: &'static [&'static [Field]] = match shape {
        Shape::Object(groups) => groups,
        _ => &[],
    };
    while scan.next() {
        let key = scan.key(true);
        let known = groups.iter().copied().flatten();
        let Some((name, shape)) = known.into_iter().find(|(name, _)| *name == key) else {
            scan.skip();
            continue;
        };
        let path = Path::Key(path, name);
        if fields.iter().any(|(seen, _)| *seen == *name) {
            reader.refuse(ErrorKind::DuplicateKey, &path, scan.offset());
            scan.skip();
            continue;
        }
        let node = read(scan, reader, shape, &path);
        if scan.fault.is_some() {
            reader.broken(&path);
        }
        fields.push((name, node));
    }
    fields
}
