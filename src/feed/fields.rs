//! Fields of one object → values of the model. What can't be used is absent and listed.

use super::model::{AsOf, Code, RegionRef};
use super::node::Node;
use super::notice::{Notices, Problem};
use super::path::Path;
use super::text;

/// The known fields of one object, taken out one by one.
pub(super) struct Fields<'p> {
    pub(super) list: Vec<(&'static str, Node)>,
    pub(super) path: &'p Path<'p>,
}

impl<'p> Fields<'p> {
    /// The fields of `node`; `None` where it is no object.
    pub(super) fn of(node: Node, path: &'p Path<'p>, notices: &mut Notices) -> Option<Fields<'p>> {
        match node {
            Node::Object(list) => Some(Fields { list, path }),
            _ => {
                notices.add(path, Problem::ExpectedObject);
                None
            }
        }
    }

    /// As [`Fields::of`], of a field that may be absent.
    pub(super) fn maybe(
        node: Node,
        path: &'p Path<'p>,
        notices: &mut Notices,
    ) -> Option<Fields<'p>> {
        match node {
            Node::Null => None,
            node => Fields::of(node, path, notices),
        }
    }

    /// Where the field `name` stands.
    pub(super) fn at(&self, name: &'static str) -> Path<'p> {
        Path::Key(self.path, name)
    }

    pub(super) fn take(&mut self, name: &'static str) -> Node {
        let index = self.list.iter().position(|(key, _)| *key == name);
        index.map_or(Node::Null, |index| self.list.swap_remove(index).1)
    }

    pub(super) fn is_absent(&self, name: &str) -> bool {
        !self
            .list
            .iter()
            .any(|(key, node)| *key == name && !matches!(node, Node::Null))
    }

    pub(super) fn text(&mut self, name: &'static str, notices: &mut Notices) -> Option<String> {
        text::read(self.take(name), &self.at(name), notices)
    }

    /// The text of a field without which the entry can't be used.
    pub(super) fn needed(&mut self, name: &'static str, notices: &mut Notices) -> Option<String> {
        let found = self.text(name, notices);
        if found.is_none() {
            self.missing(name, notices);
        }
        found
    }

    /// Lists that `name` is missing and the entry left out.
    pub(super) fn missing(&self, name: &str, notices: &mut Notices) {
        if notices.room() {
            notices.push(self.path.steps(), Problem::Missing, name.to_owned());
        }
    }

    /// Reads a value of some form of its own: `read` says whether it is one.
    pub(super) fn read(
        &mut self,
        name: &'static str,
        otherwise: Problem,
        notices: &mut Notices,
        read: &mut dyn FnMut(&Node) -> bool,
    ) {
        let node = self.take(name);
        if !matches!(node, Node::Null) && !read(&node) {
            notices.add(&self.at(name), otherwise);
        }
    }

    pub(super) fn flag(&mut self, name: &'static str, notices: &mut Notices) -> Option<bool> {
        let mut flag = None;
        self.read(name, Problem::ExpectedBool, notices, &mut |node| {
            flag = match node {
                Node::Bool(value) => Some(*value),
                _ => None,
            };
            flag.is_some()
        });
        flag
    }

    /// Hands on the entries of a list with their places; none where absent.
    pub(super) fn each(
        &mut self,
        name: &'static str,
        notices: &mut Notices,
        entry: &mut dyn FnMut(usize, Node, &Path, &mut Notices),
    ) {
        let at = self.at(name);
        match self.take(name) {
            Node::Null => {}
            Node::List(list) => {
                for (index, node) in list.into_iter().enumerate() {
                    entry(index, node, &Path::Index(&at, index), notices);
                }
            }
            _ => notices.add(&at, Problem::ExpectedList),
        }
    }

    /// Which of some words it is.
    pub(super) fn word(
        &mut self,
        name: &'static str,
        words: &[&str],
        unknown: Problem,
        notices: &mut Notices,
    ) -> Option<usize> {
        let mut found = None;
        self.read(name, unknown, notices, &mut |node| {
            found = node
                .text()
                .and_then(|text| words.iter().position(|word| *word == text));
            found.is_some()
        });
        found
    }

    /// A day, or the end of a month.
    pub(super) fn as_of(&mut self, name: &'static str, notices: &mut Notices) -> Option<AsOf> {
        let mut as_of = None;
        self.read(name, Problem::BadDate, notices, &mut |node| {
            as_of = node.text().and_then(AsOf::parse);
            as_of.is_some()
        });
        as_of
    }

    /// As [`Fields::as_of`], without which the entry can't be used.
    pub(super) fn needed_as_of(
        &mut self,
        name: &'static str,
        notices: &mut Notices,
    ) -> Option<AsOf> {
        if self.is_absent(name) {
            self.missing(name, notices);
        }
        self.as_of(name, notices)
    }

    pub(super) fn code(&mut self, name: &'static str, notices: &mut Notices) -> Option<Code> {
        let mut read = None;
        self.read(name, Problem::BadCode, notices, &mut |node| {
            read = code(node);
            read.is_some()
        });
        read
    }

    pub(super) fn region_ref(
        &mut self,
        name: &'static str,
        notices: &mut Notices,
    ) -> Option<RegionRef> {
        region_ref(self.take(name), &self.at(name), notices)
    }
}

/// The name or the code of a region.
pub(super) fn region_ref(node: Node, path: &Path, notices: &mut Notices) -> Option<RegionRef> {
    if matches!(node, Node::Null) {
        return None;
    }
    if let Some(code) = code(&node) {
        return Some(RegionRef::Code(code));
    }
    match node {
        Node::Text(name) if !name.bytes().all(|b| b.is_ascii_digit()) => {
            text::clean(&name, path, notices).map(RegionRef::Name)
        }
        _ => {
            notices.add(path, Problem::BadCode);
            None
        }
    }
}

fn code(node: &Node) -> Option<Code> {
    match node {
        Node::Text(text) => Code::parse(text.trim()),
        // The bound makes the conversion exact.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Node::Number(value) if *value >= 0.0 && *value < 1e15 && value.fract() == 0.0 => {
            Code::from_integer(*value as u64)
        }
        _ => None,
    }
}
