//! Where a value stands in the document: `$.regions[3].rate`.

use super::text::digits;

/// A way from the root, as a list linked through the reader's own calls: costs nothing until
/// something has to be reported.
#[derive(Clone, Copy)]
pub(super) enum Path<'a> {
    /// `$`
    Root,
    /// `.name`
    Key(&'a Path<'a>, &'static str),
    /// `[3]`
    Index(&'a Path<'a>, usize),
}

/// One step of a kept path. A parent sorts before its children, list entries by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step<'a> {
    /// `.name`
    Key(&'a str),
    /// `[3]`
    Index(usize),
}

impl Path<'_> {
    /// The steps from the root.
    pub(super) fn steps(&self) -> Vec<Step<'static>> {
        let mut steps = Vec::new();
        let mut at = self;
        loop {
            match at {
                Path::Root => break,
                Path::Key(up, name) => {
                    steps.push(Step::Key(name));
                    at = up;
                }
                Path::Index(up, index) => {
                    steps.push(Step::Index(*index));
                    at = up;
                }
            }
        }
        steps.reverse();
        steps
    }
}

/// `$.regions[3].rate`
pub(crate) fn show(steps: &[Step]) -> String {
    let mut text = String::from("$");
    for step in steps {
        match step {
            Step::Key(name) => {
                text.push('.');
                text.push_str(name);
            }
            Step::Index(index) => {
                text.push('[');
                text.push_str(&digits(*index as u64, 1));
                text.push(']');
            }
        }
    }
    text
}
