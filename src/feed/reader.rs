//! One document being read, from its first byte to its last: objects field by field, lists entry
//! by entry, and what becomes of a value that can't be used. Nothing of it is kept but the feed.

use super::error::ErrorKind;
use super::json::{Scanner, Token};
use super::limits::Limits;
use super::model::{AsOf, Code, Progress, RegionRef};
use super::notice::{Draft, Drafts, Problem};
use super::shape::{MOST, OWN, progress};
use super::text::{clean, digits};

/// Where reading stands, and what it has brought up.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) limits: &'t Limits,
    pub(super) scan: Scanner<'t>,
    /// Where the value being read begins.
    pub(super) at: usize,
    /// The name of the object being read; whoever reads it takes it.
    pub(super) name: Option<String>,
    pub(super) notices: Drafts,
    /// Why the document is refused although it is JSON, the limit that it passes, and where. The
    /// rest is read for its JSON only.
    pub(super) refused: Option<(ErrorKind, usize, usize)>,
    /// Entries of all histories so far.
    history_points: usize,
}

/// An object being read, alone or as the entry of a list.
pub(super) struct Object {
    own: &'static [&'static str],
    /// Where it begins.
    pub(super) start: usize,
    /// Where the value of each known field begins, by the field's number; 0 where it is absent.
    at: [usize; MOST],
}

/// A list being read.
pub(super) struct List {
    /// There is one.
    open: bool,
    /// The entry being read, counted from 1.
    pub(super) count: usize,
    /// The refusal where it is too long.
    cap: ErrorKind,
    start: usize,
}

fn place(names: &'static [&'static str], key: &str) -> Option<usize> {
    names.iter().position(|name| *name == key)
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, limits: &'t Limits) -> Reader<'t> {
        Reader {
            text,
            limits,
            scan: Scanner::new(text, 0, limits.depth),
            at: 0,
            name: None,
            notices: Drafts::new(limits.notices),
            refused: None,
            history_points: 0,
        }
    }

    /// Lists what is wrong with the value being read.
    pub(super) fn note(&mut self, problem: Problem) {
        self.tell(self.at, problem, String::new());
    }

    /// Lists what is wrong with the value at an offset, with a detail.
    pub(super) fn tell(&mut self, at: usize, problem: Problem, detail: String) {
        self.notices.add(Draft {
            at,
            first: 0,
            problem,
            detail,
        });
    }

    /// Lists that the object just read lacks a field.
    pub(super) fn missing(&mut self, name: &str) {
        self.tell(self.at, Problem::Missing, name.to_owned());
    }

    /// Lists that it lacks a field and is left out for that: what else is wrong with it does not
    /// matter, but with what could have stood for the field.
    pub(super) fn left_out(&mut self, object: &Object, name: &str) {
        let [name_at, code_at] = [name, "code"].map(|name| {
            let field = place(object.own, name)?.saturating_add(OWN);
            object.at.get(field).copied()
        });
        self.notices.list.retain(|draft| {
            let at = Some(draft.at);
            draft.at < object.start || at == name_at || at == code_at
        });
        self.missing(name);
    }

    /// Takes the name of the object just read; whether it has one, else it is left out.
    pub(super) fn named(&mut self, object: &Object, slot: &mut String) -> bool {
        let Some(name) = self.name.take() else {
            self.left_out(object, "name");
            return false;
        };
        *slot = name;
        true
    }

    /// Whether a field of an object that has been read is absent or `null`.
    pub(super) fn absent(&self, object: &Object, field: usize) -> bool {
        let at = object.at.get(field).copied().unwrap_or_default();
        at == 0 || self.text.as_bytes().get(at) == Some(&b'n')
    }

    /// Remembers why the document is refused; the first reason counts.
    fn refuse(&mut self, kind: ErrorKind, limit: usize) {
        self.refused = self.refused.or(Some((kind, limit, self.at)));
    }

    /// Opens the object that stands here; where there is none, that is listed, except for an
    /// absent one that is not `needed`.
    pub(super) fn open(&mut self, object: &mut Object, needed: bool) -> bool {
        let token = self.scan.value(true);
        object.start = self.at;
        object.at = [0; MOST];
        if token == Token::Object {
            return true;
        }
        self.leave(token);
        if needed || token != Token::Null {
            self.note(Problem::ExpectedObject);
        }
        false
    }

    /// The number of the next known field, whose value comes next, other than figures and the
    /// name; `None` at the object's end, and then notices are about the object.
    pub(super) fn field(
        &mut self,
        object: &mut Object,
        mut figures: Option<&mut Progress>,
    ) -> Option<usize> {
        loop {
            self.at = object.start;
            if !self.scan.next() {
                return None;
            }
            self.scan.key(true);
            let key = &self.scan.words;
            let named = key == "name";
            let mut field = place(object.own, key).map(|place| place.saturating_add(OWN));
            if figures.is_some() && field.is_none() {
                field = place(progress::NAMES, key);
            }
            let Some(field) = field else {
                self.scan.skip();
                continue;
            };
            self.at = self.scan.offset();
            let Some(at @ 0) = object.at.get_mut(field) else {
                self.refuse(ErrorKind::DuplicateKey, 0);
                self.scan.skip();
                continue;
            };
            *at = self.at;
            if named {
                let mut name = None;
                self.text(&mut name);
                self.name = name;
            } else if field >= OWN {
                return Some(field);
            } else if let Some(figures) = &mut figures {
                self.figure(field, figures);
            }
        }
    }

    /// Opens the list that stands here; anything else but `null` is listed, and has no entries.
    pub(super) fn list(&mut self, cap: ErrorKind) -> List {
        let token = self.scan.value(true);
        let open = token == Token::List;
        if !open {
            self.leave(token);
            self.unless(false, token, Problem::ExpectedList);
        }
        self.opened(open, cap)
    }

    /// A list whose bracket has been read.
    pub(super) fn opened(&self, open: bool, cap: ErrorKind) -> List {
        List {
            open,
            count: 0,
            cap,
            start: self.at,
        }
    }

    /// Whether another entry comes next. One beyond the limit ends the list, and the document is
    /// refused.
    pub(super) fn entry(&mut self, list: &mut List) -> bool {
        if !list.open {
            return false;
        }
        let more = self.scan.next();
        self.at = self.scan.offset();
        let (length, most) = match list.cap {
            ErrorKind::TooManyRegions => (list.count, self.limits.regions),
            ErrorKind::TooManyHistoryPoints => (self.history_points, self.limits.history_points),
            _ => (list.count, self.limits.entries),
        };
        if more && length < most {
            if list.cap == ErrorKind::TooManyHistoryPoints {
                self.history_points = self.history_points.saturating_add(1);
            }
            list.count = list.count.saturating_add(1);
            return true;
        }
        if more {
            self.refuse(list.cap, most);
            self.scan.skip();
            self.scan.close();
        }
        self.at = list.start;
        false
    }

    /// Opens one after the other the objects of the list that stands here, for `read`.
    pub(super) fn each(
        &mut self,
        own: &'static [&'static str],
        cap: ErrorKind,
        read: &mut dyn FnMut(&mut Self, &mut Object),
    ) {
        let mut list = self.list(cap);
        let mut object = Object::new(own);
        while self.entry(&mut list) {
            if self.open(&mut object, true) {
                read(self, &mut object);
            }
        }
    }

    /// How many entries the list that stands here has: where they are many, growing what they are kept in by
    /// doubling would take three times its room.
    pub(super) fn ahead(&self) -> usize {
        let mut ahead = self.scan.clone();
        let mut count = 0;
        if ahead.value(false) == Token::List {
            while count < self.limits.regions && ahead.next() {
                ahead.skip();
                count = count.saturating_add(1);
            }
        }
        count
    }

    /// Reads over the rest of what has been opened.
    pub(super) fn leave(&mut self, token: Token) {
        if matches!(token, Token::List | Token::Object) {
            self.scan.close();
        }
    }

    /// Reads a value of which only texts, numbers and the like are of use.
    pub(super) fn scalar(&mut self) -> Token {
        let token = self.scan.value(true);
        self.leave(token);
        token
    }

    /// Reads a text: harmless, within the limit, without white space around it; `None` where empty.
    pub(super) fn text(&mut self, slot: &mut Option<String>) {
        match self.scalar() {
            Token::Null => {}
            Token::Text => *slot = self.clean(),
            _ => self.note(Problem::ExpectedText),
        }
    }

    /// As [`Reader::text`], of the text read last.
    pub(super) fn clean(&mut self) -> Option<String> {
        let most = self.limits.text_chars;
        let (mut cut, mut changed) = (false, false);
        let cleaned = clean(&self.scan.words, most, &mut cut, &mut changed);
        if cut {
            self.tell(self.at, Problem::TextCut, digits(most as u64, 1));
        }
        if changed {
            self.note(Problem::ControlCharacters);
        }
        cleaned
    }

    /// Lists what is neither usable nor absent.
    pub(super) fn unless(&mut self, used: bool, token: Token, otherwise: Problem) {
        if !used && token != Token::Null {
            self.note(otherwise);
        }
    }

    /// Reads true or false.
    pub(super) fn flag(&mut self) -> Option<bool> {
        let token = self.scalar();
        let used = matches!(token, Token::True | Token::False);
        self.unless(used, token, Problem::ExpectedBool);
        used.then_some(token == Token::True)
    }

    /// Reads one of some words; which.
    pub(super) fn word(&mut self, words: &str, unknown: Problem) -> Option<usize> {
        let token = self.scalar();
        let word = words.split(' ').position(|word| word == self.scan.words);
        self.unless(word.is_some(), token, unknown);
        word
    }

    /// Reads a day, or the end of a month.
    pub(super) fn as_of(&mut self) -> Option<AsOf> {
        let token = self.scalar();
        let as_of = AsOf::parse(&self.scan.words);
        self.unless(as_of.is_some(), token, Problem::BadDate);
        as_of
    }

    /// Reads an administrative code.
    pub(super) fn code(&mut self) -> Option<Code> {
        let token = self.scalar();
        let code = code(&self.scan);
        self.unless(code.is_some(), token, Problem::BadCode);
        code
    }

    /// Reads the name or the code of a region.
    pub(super) fn region_ref(&mut self) -> Option<RegionRef> {
        let token = self.scalar();
        let name = if let Some(code) = code(&self.scan) {
            code.text()
        } else if self.scan.words.bytes().all(|b| b.is_ascii_digit()) {
            self.unless(false, token, Problem::BadCode);
            return None;
        } else {
            self.clean()?
        };
        Some(RegionRef {
            name,
            region: None,
            at: self.at,
        })
    }
}

impl Object {
    /// With its own fields.
    pub(super) fn new(own: &'static [&'static str]) -> Object {
        Object {
            own,
            start: 0,
            at: [0; MOST],
        }
    }

    /// Where the value of a field begins; of one that is absent, where the object does.
    pub(super) fn at(&self, field: usize) -> usize {
        let at = self.at.get(field).copied().unwrap_or_default();
        if at == 0 { self.start } else { at }
    }
}

/// The code that the value read last is.
pub(crate) fn code(scan: &Scanner) -> Option<Code> {
    let number = scan.number;
    // The cast saturates; `330102.0` is what a spreadsheet makes of a code.
    if number == number.trunc() {
        return Code::from_integer(number as u64);
    }
    Code::parse(scan.words.trim())
}
