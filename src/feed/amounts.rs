//! Counts, rates and the figures made of them.

use super::fields::Fields;
use super::model::{Bound, Count, Investment, Progress, Rate};
use super::node::Node;
use super::notice::{Notices, Problem};
use super::path::Path;
use super::{check, rate, text};

/// A count above this can't be meant, and an axis can't show it.
const MOST: f64 = 1e15;

impl Fields<'_> {
    pub(super) fn count(&mut self, name: &'static str, notices: &mut Notices) -> Option<Count> {
        count(self.take(name), &self.at(name), notices)
    }

    pub(super) fn rate(&mut self, name: &'static str, notices: &mut Notices) -> Option<Rate> {
        let path = self.at(name);
        let (value, text) = match self.take(name) {
            Node::Null => return None,
            Node::Number(value) => (
                number(value, 1.5, Problem::LooksLikePercent, &path, notices)?,
                None,
            ),
            Node::Text(text) => {
                let text = text::clean(&text, &path, notices)?;
                if text.eq_ignore_ascii_case("nan") {
                    notices.add(&path, Problem::ExpectedRate);
                    return None;
                }
                let Some(reading) = rate::read(&text) else {
                    notices.add(&path, Problem::RateUnread);
                    return Some(Rate {
                        value: None,
                        text: Some(text),
                    });
                };
                (reading.value, Some(text))
            }
            _ => {
                notices.add(&path, Problem::ExpectedRate);
                return None;
            }
        };
        Some(Rate {
            value: Some(value),
            text,
        })
    }

    /// The figures of the object.
    pub(super) fn progress(&mut self, notices: &mut Notices) -> Progress {
        let progress = Progress {
            planned: self.count("planned", notices),
            started: self.count("started", notices),
            completed: self.count("completed", notices),
            accepted: self.count("accepted", notices),
            rate: self.rate("rate", notices),
            completion_rate: self.rate("completion_rate", notices),
            rate_basis: self.text("rate_basis", notices),
            investment: self.investment(notices),
        };
        check::progress(&progress, self.path, notices);
        progress
    }

    fn investment(&mut self, notices: &mut Notices) -> Option<Box<Investment>> {
        let path = self.at("investment");
        let mut fields = Fields::maybe(self.take("investment"), &path, notices)?;
        Some(Box::new(Investment {
            planned: fields.count("planned", notices),
            done: fields.count("done", notices),
            rate: fields.rate("rate", notices),
            unit: fields.text("unit", notices),
        }))
    }
}

fn count(node: Node, path: &Path, notices: &mut Notices) -> Option<Count> {
    match node {
        Node::Null => None,
        Node::Number(value) => Some(Count {
            value: number(value, MOST, Problem::TooLarge, path, notices)?,
            bound: Bound::Exact,
            text: None,
        }),
        Node::Object(list) => {
            const WORDS: [&str; 5] = ["exact", "about", "at_least", "more_than", "at_most"];
            const BOUNDS: [Bound; 5] = [
                Bound::Exact,
                Bound::About,
                Bound::AtLeast,
                Bound::MoreThan,
                Bound::AtMost,
            ];
            let mut fields = Fields { list, path };
            let at = fields.at("value");
            let text = fields.text("text", notices);
            let bounded = !fields.is_absent("bound");
            let bound = fields.word("bound", &WORDS, Problem::UnknownBound, notices);
            let bound = bound.and_then(|index| BOUNDS.get(index).copied());
            let value = match fields.take("value") {
                Node::Number(value) => number(value, MOST, Problem::TooLarge, &at, notices)?,
                Node::Null => {
                    fields.missing("value", notices);
                    return None;
                }
                _ => {
                    notices.add(&at, Problem::ExpectedCount);
                    return None;
                }
            };
            Some(Count {
                value,
                // A bound that can't be read must not make the count exact.
                bound: bound.unwrap_or(if bounded { Bound::About } else { Bound::Exact }),
                text,
            })
        }
        _ => {
            notices.add(path, Problem::ExpectedCount);
            None
        }
    }
}

/// A number from 0 to `most`.
fn number(
    value: f64,
    most: f64,
    above: Problem,
    path: &Path,
    notices: &mut Notices,
) -> Option<f64> {
    if value < 0.0 {
        notices.add(path, Problem::Negative);
        return None;
    }
    if value > most {
        // What is beyond all measure is no percentage either.
        let above = if value > most * 1e3 {
            Problem::TooLarge
        } else {
            above
        };
        notices.add(path, above);
        return None;
    }
    Some(value + 0.0) // -0 becomes 0.
}
