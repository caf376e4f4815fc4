//! One document being read, from its first byte to its last: objects field by field, lists entry
//! by entry, and what becomes of a value that can't be used. Nothing of it is kept but the feed.

use super::error::ErrorKind;
use super::json::{Scanner, Token};
use super::limits::Limits;
use super::model::{AsOf, Code, RegionRef};
use super::notice::{Draft, Problem};
use super::path::Step;
use super::shape::{MOST, OWN, progress};
use super::text::{digits, harmless};

/// Where reading stands, and what it has brought up.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) limits: &'t Limits,
    pub(super) scan: Scanner<'t>,
    /// The way to the value being read.
    pub(super) path: Vec<Step<'static>>,
    /// Where it begins.
    pub(super) at: usize,
    pub(super) notices: Vec<Draft>,
    pub(super) notices_left_out: usize,
    /// Why and where the document is refused although it is JSON, with the offset. The rest is
    /// read for its JSON only.
    pub(super) refused: Option<(ErrorKind, Vec<Step<'static>>, usize)>,
    /// The innermost value whose JSON is broken.
    pub(super) broken_at: Option<Vec<Step<'static>>>,
    /// Entries of all histories so far.
    history_points: usize,
}

/// An object being read.
pub(super) struct Object {
    own: &'static [&'static str],
    /// Whether it may have figures beside its own fields.
    pub(super) figures: bool,
    /// Steps of its path.
    depth: usize,
    /// Where it begins.
    start: usize,
    /// Where the value of each known field begins, by the field's number; 0 where it is absent.
    at: [usize; MOST],
}

/// A list being read.
pub(super) struct List {
    /// The entry being read, counted from 1.
    count: usize,
    cap: Cap,
    depth: usize,
    start: usize,
}

/// Which limit a list falls under.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cap {
    /// `Limits::regions`
    Regions,
    /// `Limits::history_points`
    History,
    /// `Limits::entries`
    Entries,
}

impl List {
    /// A list of that depth, whose bracket has been read.
    pub(super) fn new(cap: Cap, depth: usize, start: usize) -> List {
        List {
            count: 0,
            cap,
            depth,
            start,
        }
    }

    /// Which entry is being read, from 0.
    pub(super) fn index(&self) -> usize {
        self.count.saturating_sub(1)
    }
}

fn place(names: &'static [&'static str], key: &str) -> Option<usize> {
    names.iter().position(|name| *name == key)
}

/// The name of the field with this number.
fn name(own: &'static [&'static str], field: usize) -> &'static str {
    let name = match field.checked_sub(OWN) {
        Some(place) => own.get(place),
        None => progress::NAMES.get(field),
    };
    name.copied().unwrap_or_default()
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, limits: &'t Limits) -> Reader<'t> {
        Reader {
            text,
            limits,
            scan: Scanner::new(text, 0, limits.depth),
            path: Vec::new(),
            at: 0,
            notices: Vec::new(),
            notices_left_out: 0,
            refused: None,
            broken_at: None,
            history_points: 0,
        }
    }

    /// Lists what is wrong with the value being read; up to a bound, the rest is counted.
    pub(super) fn note(&mut self, problem: Problem) {
        self.tell(problem, String::new());
    }

    /// The same with a detail.
    pub(super) fn tell(&mut self, problem: Problem, detail: String) {
        if self.notices.len() >= self.limits.notices {
            self.notices_left_out = self.notices_left_out.saturating_add(1);
            return;
        }
        self.notices.push(Draft {
            steps: self.path.clone(),
            at: self.at,
            problem,
            detail,
        });
    }

    /// Lists what is wrong with a field of an object that has been read.
    pub(super) fn tell_of(
        &mut self,
        object: &Object,
        field: usize,
        problem: Problem,
        detail: String,
    ) {
        self.path.push(Step::Key(name(object.own, field)));
        self.at = object.at(field);
        self.tell(problem, detail);
        self.path.pop();
        self.at = object.start;
    }

    /// Lists that the object just read lacks a field.
    pub(super) fn missing(&mut self, name: &str) {
        self.tell(Problem::Missing, name.to_owned());
    }

    /// Lists that it lacks a field and is left out for that: what else is wrong with it does not
    /// matter, but with what could have stood for the field.
    pub(super) fn left_out(&mut self, name: &str) {
        let start = self.at;
        self.notices.retain(|draft| {
            let of_name =
                |step: &Step| matches!(step, Step::Key(key) if *key == name || *key == "code");
            draft.at < start || draft.steps.last().is_some_and(of_name)
        });
        self.missing(name);
    }

    /// What is there; where nothing is, the object is left out.
    pub(super) fn needed<T>(&mut self, found: Option<T>, name: &str) -> Option<T> {
        if found.is_none() {
            self.left_out(name);
        }
        found
    }

    /// Whether a field of an object that has been read is absent or `null`.
    pub(super) fn absent(&self, object: &Object, field: usize) -> bool {
        let at = object.at.get(field).copied().unwrap_or_default();
        at == 0 || self.text.as_bytes().get(at) == Some(&b'n')
    }

    /// Remembers why the document is refused; the first reason counts.
    fn refuse(&mut self, kind: ErrorKind) {
        if self.refused.is_none() {
            self.refused = Some((kind, self.path.clone(), self.at));
        }
    }

    /// Back to an object or a list of that depth, from what has been read of it last. Where its
    /// JSON is broken, the innermost value remembers it first.
    fn back(&mut self, depth: usize) {
        if self.path.len() > depth && self.scan.fault.is_some() && self.broken_at.is_none() {
            self.broken_at = Some(self.path.clone());
        }
        self.path.truncate(depth);
    }

    /// Opens the object that stands here, with its own fields; where there is none, that is
    /// listed, except for an absent one that is not `needed`.
    pub(super) fn object(&mut self, own: &'static [&'static str], needed: bool) -> Option<Object> {
        match self.value() {
            Token::Object => Some(self.opened(own)),
            Token::Null if !needed => None,
            token => {
                self.leave(&token);
                self.note(Problem::ExpectedObject);
                None
            }
        }
    }

    /// The object whose bracket has been read.
    pub(super) fn opened(&self, own: &'static [&'static str]) -> Object {
        Object {
            own,
            figures: false,
            depth: self.path.len(),
            start: self.at,
            at: [0; MOST],
        }
    }

    /// The number of the next known field, whose value comes next; `None` at the object's end,
    /// and then notices are about the object.
    pub(super) fn field(&mut self, object: &mut Object) -> Option<usize> {
        loop {
            self.back(object.depth);
            self.at = object.start;
            if !self.scan.next() {
                return None;
            }
            let key = self.scan.key(true);
            let mut field = place(object.own, &key).map(|place| place.saturating_add(OWN));
            if object.figures && field.is_none() {
                field = place(progress::NAMES, &key);
            }
            let Some(field) = field else {
                self.scan.skip();
                continue;
            };
            self.path.push(Step::Key(name(object.own, field)));
            self.at = self.scan.offset();
            if let Some(at) = object.at.get_mut(field)
                && *at == 0
            {
                *at = self.at;
                return Some(field);
            }
            self.refuse(ErrorKind::DuplicateKey);
            self.scan.skip();
        }
    }

    /// Opens the list that stands here; anything else but `null` is listed.
    pub(super) fn list(&mut self, cap: Cap) -> Option<List> {
        match self.value() {
            Token::List => Some(List::new(cap, self.path.len(), self.at)),
            Token::Null => None,
            token => {
                self.leave(&token);
                self.note(Problem::ExpectedList);
                None
            }
        }
    }

    /// Whether another entry comes next. One beyond the limit ends the list, and the document is
    /// refused.
    pub(super) fn entry(&mut self, list: &mut List) -> bool {
        self.back(list.depth);
        let more = self.scan.next();
        self.path.push(Step::Index(list.count));
        self.at = self.scan.offset();
        let (length, most, kind) = match list.cap {
            Cap::Regions => (list.count, self.limits.regions, ErrorKind::TooManyRegions),
            Cap::History => (
                self.history_points,
                self.limits.history_points,
                ErrorKind::TooManyHistoryPoints,
            ),
            Cap::Entries => (list.count, self.limits.entries, ErrorKind::TooManyEntries),
        };
        let full = length >= most;
        if more && !full {
            if list.cap == Cap::History {
                self.history_points = self.history_points.saturating_add(1);
            }
            list.count = list.count.saturating_add(1);
            return true;
        }
        if more {
            self.refuse(kind);
            self.path.pop();
            self.scan.skip();
            self.scan.close();
        }
        self.back(list.depth);
        self.at = list.start;
        false
    }

    /// How many regions come next: where they are many, growing the list by doubling would take
    /// three times its room.
    pub(super) fn regions_ahead(&self) -> usize {
        let mut ahead = self.scan.clone();
        let mut count = 0;
        while count < self.limits.regions && ahead.next() {
            ahead.skip();
            count = count.saturating_add(1);
        }
        count
    }

    fn value(&mut self) -> Token<'t> {
        self.scan.value(true)
    }

    /// Reads over the rest of what has been opened.
    pub(super) fn leave(&mut self, token: &Token) {
        if matches!(token, Token::List | Token::Object) {
            self.scan.close();
        }
    }

    /// Reads a value of which only texts, numbers and the like are of use.
    pub(super) fn scalar(&mut self) -> Token<'t> {
        let token = self.value();
        self.leave(&token);
        token
    }

    /// Reads a text: harmless, within the limit, without white space around it; `None` where empty.
    pub(super) fn text(&mut self, slot: &mut Option<String>) {
        match self.scalar() {
            Token::Null => {}
            Token::Text(text) => *slot = self.clean(&text),
            _ => self.note(Problem::ExpectedText),
        }
    }

    /// As [`Reader::text`], of a text that has been read.
    pub(super) fn clean(&mut self, text: &str) -> Option<String> {
        let most = self.limits.text_chars;
        let mut cleaned = String::with_capacity(text.len().min(most.saturating_mul(4)));
        let mut changed = false;
        for (index, c) in text.chars().enumerate() {
            if index == most {
                self.tell(Problem::TextCut, digits(most as u64, 1));
                break;
            }
            let kept = harmless(c);
            changed |= kept != Some(c);
            cleaned.extend(kept);
        }
        if changed {
            self.note(Problem::ControlCharacters);
        }
        let trimmed = cleaned.trim();
        if trimmed.is_empty() {
            return None;
        }
        Some(if trimmed.len() == cleaned.len() {
            cleaned
        } else {
            trimmed.to_owned()
        })
    }

    /// Lists what is neither usable nor absent.
    pub(super) fn unless(&mut self, used: bool, token: &Token, otherwise: Problem) {
        if !used && *token != Token::Null {
            self.note(otherwise);
        }
    }

    /// Reads true or false.
    pub(super) fn flag(&mut self) -> Option<bool> {
        let token = self.scalar();
        let flag = match token {
            Token::Bool(flag) => Some(flag),
            _ => None,
        };
        self.unless(flag.is_some(), &token, Problem::ExpectedBool);
        flag
    }

    /// Reads one of some words; which.
    pub(super) fn word(&mut self, words: &str, unknown: Problem) -> Option<usize> {
        let token = self.scalar();
        let word = token.text();
        let word = word.and_then(|text| words.split(' ').position(|word| word == text));
        self.unless(word.is_some(), &token, unknown);
        word
    }

    /// Reads a day, or the end of a month.
    pub(super) fn as_of(&mut self) -> Option<AsOf> {
        let token = self.scalar();
        let as_of = token.text().and_then(AsOf::parse);
        self.unless(as_of.is_some(), &token, Problem::BadDate);
        as_of
    }

    /// Reads an administrative code.
    pub(super) fn code(&mut self) -> Option<Code> {
        let token = self.scalar();
        let code = code(&token);
        self.unless(code.is_some(), &token, Problem::BadCode);
        code
    }

    /// Reads the name or the code of a region.
    pub(super) fn region_ref(&mut self) -> Option<RegionRef> {
        let token = self.scalar();
        if let Some(code) = code(&token) {
            return Some(RegionRef::Code(code));
        }
        match token {
            Token::Null => None,
            Token::Text(name) if !name.bytes().all(|b| b.is_ascii_digit()) => {
                self.clean(&name).map(RegionRef::Name)
            }
            _ => {
                self.note(Problem::BadCode);
                None
            }
        }
    }
}

impl Object {
    /// Where the value of a field begins; of one that is absent, where the object does.
    pub(super) fn at(&self, field: usize) -> usize {
        let at = self.at.get(field).copied().unwrap_or_default();
        if at == 0 { self.start } else { at }
    }
}

impl Token<'_> {
    /// The text that it is.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Token::Text(text) => Some(text),
            _ => None,
        }
    }
}

fn code(token: &Token) -> Option<Code> {
    match token {
        Token::Text(text) => Code::parse(text.trim()),
        // The bound makes the conversion exact.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Token::Number(value) if *value >= 0.0 && *value < 1e15 && value.fract() == 0.0 => {
            Code::from_integer(*value as u64)
        }
        _ => None,
    }
}
