//! JSON → [`Node`]s of the known fields, by the one visitor that the whole feed is read with.
//!
//! Long lists are handed on entry by entry, so that a document takes the memory of what it means,
//! and not of what it says.

use super::error::ErrorKind;
use super::path::Path;
use super::reader::Reader;
use super::shape::{Cap, Field, Shape};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

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
pub(super) struct Seed<'a, 'l> {
    pub(super) reader: &'a mut Reader<'l>,
    pub(super) shape: &'static Shape,
    pub(super) path: Path<'a>,
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    #[allow(clippy::cast_precision_loss)] // A count of 2^53 or more is refused anyway.
    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value as f64))
    }

    #[allow(clippy::cast_precision_loss)] // As above.
    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        let text = match value.char_indices().nth(self.reader.notices.text_chars) {
            Some((end, last)) => value.get(..end.saturating_add(last.len_utf8())),
            None => Some(value),
        };
        Ok(Node::Text(text.unwrap_or_default().to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let (each, cap, stream) = match self.shape {
            Shape::List(each, cap) => (*each, *cap, None),
            Shape::Stream(each, stream) => (*each, stream.cap(), Some(*stream)),
            _ => {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                return Ok(Node::List(Vec::new()));
            }
        };
        let mut kept = Vec::new();
        for index in 0.. {
            let path = Path::Index(&self.path, index);
            if let Some(kind) = self.reader.full(cap, index) {
                if seq.next_element::<IgnoredAny>()?.is_some() {
                    self.reader.refuse(kind, &path);
                    while seq.next_element::<IgnoredAny>()?.is_some() {}
                }
                break;
            }
            let seed = Seed {
                reader: &mut *self.reader,
                shape: each,
                path,
            };
            let node = match seq.next_element_seed(seed) {
                Ok(Some(node)) => node,
                Ok(None) => break,
                Err(error) => {
                    self.reader.broken(&path);
                    return Err(error);
                }
            };
            if cap == Cap::History {
                self.reader.history_points = self.reader.history_points.saturating_add(1);
            }
            match stream {
                Some(stream) => self.reader.entry(stream, index, node, &path),
                None => kept.push(node),
            }
        }
        Ok(Node::List(kept))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let groups: &'static [&'static [Field]] = match self.shape {
            Shape::Object(groups) => groups,
            _ => &[],
        };
        let mut fields: Vec<(&'static str, Node)> = Vec::new();
        while let Some(known) = map.next_key_seed(Key(groups))? {
            let Some((name, shape)) = known else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let path = Path::Key(&self.path, name);
            if fields.iter().any(|(seen, _)| *seen == *name) {
                self.reader.refuse(ErrorKind::DuplicateKey, &path);
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let seed = Seed {
                reader: &mut *self.reader,
                shape,
                path,
            };
            match map.next_value_seed(seed) {
                Ok(node) => fields.push((name, node)),
                Err(error) => {
                    self.reader.broken(&path);
                    return Err(error);
                }
            }
        }
        Ok(Node::Object(fields))
    }
}

/// Reads a key; `None` for an unknown one.
struct Key(&'static [&'static [Field]]);

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Option<&'static Field>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Option<&'static Field>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("key")
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        let mut fields = self.0.iter().flat_map(|group| group.iter());
        Ok(fields.find(|(name, _)| *name == value))
    }
}
