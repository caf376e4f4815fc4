//! Where a value stands in the document: `$.regions[3].rate`.

use super::text::digits;

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    /// `.name`
    Key(&'a str),
    /// `[3]`
    Index(usize),
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
