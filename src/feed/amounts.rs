//! Counts, rates and the figures made of them.

use super::json::Token;
use super::model::{Bound, Count, Investment, Progress, Rate};
use super::notice::Problem;
use super::reader::{Object, Reader};
use super::shape::{count, investment, progress};
use super::{check, rate};

/// A count above this can't be meant, and an axis can't show it.
const MOST: f64 = 1e15;

const BOUNDS: [Bound; 5] = [
    Bound::Exact,
    Bound::About,
    Bound::AtLeast,
    Bound::MoreThan,
    Bound::AtMost,
];

impl Reader<'_> {
    /// Reads a field of the figures.
    pub(super) fn figure(&mut self, field: usize, figures: &mut Progress) {
        match field {
            progress::planned => self.count(&mut figures.planned),
            progress::started => self.count(&mut figures.started),
            progress::completed => self.count(&mut figures.completed),
            progress::accepted => self.count(&mut figures.accepted),
            progress::rate => self.rate(&mut figures.rate),
            progress::completion_rate => self.rate(&mut figures.completion_rate),
            progress::rate_basis => self.text(&mut figures.rate_basis),
            _ => self.investment(&mut figures.investment),
        }
    }

    pub(super) fn count(&mut self, slot: &mut Option<Count>) {
        let mut count = Count {
            value: 0.0,
            bound: Bound::Exact,
            text: None,
        };
        let token = self.scan.value(true);
        let value = if token == Token::Object {
            self.bounded(&mut count)
        } else {
            self.leave(token);
            self.value(token)
        };
        if let Some(value) = value {
            count.value = value;
            *slot = Some(count);
        }
    }

    /// Reads a count that is written as an object; its value.
    fn bounded(&mut self, count: &mut Count) -> Option<f64> {
        let mut object = Object::new(count::NAMES);
        object.start = self.at;
        let mut value = None;
        while let Some(field) = self.field(&mut object, None) {
            match field {
                count::value => {
                    let token = self.scalar();
                    value = self.value(token);
                }
                count::bound => {
                    // A bound that can't be read must not make the count exact.
                    let words = "exact about at_least more_than at_most";
                    let word = self.word(words, Problem::UnknownBound);
                    if let Some(bound) = word.and_then(|word| BOUNDS.get(word)) {
                        count.bound = *bound;
                    } else if !self.absent(&object, field) {
                        count.bound = Bound::About;
                    }
                }
                _ => self.text(&mut count.text),
            }
        }
        if self.absent(&object, count::value) {
            self.missing("value");
        }
        value
    }

    /// The value of a count that has been read.
    fn value(&mut self, token: Token) -> Option<f64> {
        if token == Token::Number {
            return self.number(MOST, Problem::TooLarge);
        }
        self.unless(false, token, Problem::ExpectedCount);
        None
    }

    pub(super) fn rate(&mut self, slot: &mut Option<Rate>) {
        let (value, text) = match self.scalar() {
            Token::Null => return,
            Token::Number => {
                let value = self.number(1.5, Problem::LooksLikePercent);
                if value.is_none() {
                    return;
                }
                (value, None)
            }
            Token::Text => {
                let Some(text) = self.clean() else {
                    return;
                };
                if text.eq_ignore_ascii_case("nan") {
                    self.note(Problem::ExpectedRate);
                    return;
                }
                let value = rate::read(&text).map(|reading| reading.value);
                if value.is_none() {
                    self.note(Problem::RateUnread);
                }
                (value, Some(text))
            }
            _ => {
                self.note(Problem::ExpectedRate);
                return;
            }
        };
        *slot = Some(Rate { value, text });
    }

    fn investment(&mut self, slot: &mut Option<Box<Investment>>) {
        let mut object = Object::new(investment::NAMES);
        if !self.open(&mut object, false) {
            return;
        }
        let mut money = Box::<Investment>::default();
        while let Some(field) = self.field(&mut object, None) {
            match field {
                investment::planned => self.count(&mut money.planned),
                investment::done => self.count(&mut money.done),
                investment::rate => self.rate(&mut money.rate),
                _ => self.text(&mut money.unit),
            }
        }
        check::investment(self, &object, &money);
        *slot = Some(money);
    }

    /// The number read last, from 0 to `most`.
    fn number(&mut self, most: f64, above: Problem) -> Option<f64> {
        let value = self.scan.number;
        let problem = if value < 0.0 {
            Problem::Negative
        } else if value > most * 1e3 {
            // What is beyond all measure is no percentage either.
            Problem::TooLarge
        } else if value > most {
            above
        } else {
            return Some(value + 0.0); // -0 becomes 0.
        };
        self.note(problem);
        None
    }
}
