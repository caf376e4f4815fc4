//! A feed's own text → the fields that nothing reads, and the points off a map, each with its
//! place. The parser skips what it does not know, as the format says; who prepares a feed wants
//! to see it. Imports the parser's list of fields.

use std::collections::BTreeSet;

use progress_widgets::feed::field_paths;
use strsim::osa_distance;

/// Where something stands in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// `$.regions[3].point`
    pub path: String,
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
}

/// A field that is not part of the format: wherever it stands, counted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// `regions[].strated`
    pub field: String,
    /// How often it stands there.
    pub times: usize,
    /// The first of them.
    pub first: Spot,
    /// A field of the format that is written almost so.
    pub meant: Option<String>,
}

/// What there is to tell of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields {
    /// In the document's order.
    pub unread: Vec<Unread>,
    /// Regions' points, `[longitude, latitude]`.
    pub points: Vec<(Spot, [f64; 2])>,
}

/// More fields than these are not told apart: such a document is no feed of ours.
const MOST: usize = 100;

/// Reads a document that [`progress_widgets::feed::parse`] accepted. Of a region's point only
/// those for which `wanted` holds are kept.
pub fn read(document: &[u8], wanted: impl Fn([f64; 2]) -> bool) -> Fields {
    let text = String::from_utf8_lossy(document);
    let mut walk = Walk {
        text: &text,
        at: 0,
        line: (1, 0),
        known: field_paths().into_iter().collect(),
        field: String::new(),
        path: "$".to_owned(),
        found: Fields::default(),
        wanted,
    };
    walk.value();
    walk.found
}

/// A document being read. It is known to be JSON, and not deep: what is not as expected ends the
/// reading and no more.
struct Walk<'a, W> {
    text: &'a str,
    at: usize,
    /// The line of `at` or one before it, from 1, and where that begins.
    line: (u32, usize),
    known: BTreeSet<String>,
    /// `regions[].rate`, as the parser's list has it.
    field: String,
    /// `$.regions[3].rate`
    path: String,
    found: Fields,
    wanted: W,
}

impl<W: Fn([f64; 2]) -> bool> Walk<'_, W> {
    /// The next character that is neither white space nor a byte order mark.
    fn peek(&mut self) -> Option<char> {
        let rest = self.text.get(self.at..)?;
        let trimmed = rest.trim_start_matches([' ', '\t', '\r', '\n', '\u{FEFF}']);
        self.at = self.text.len().saturating_sub(trimmed.len());
        trimmed.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at = self.at.saturating_add(c.len_utf8());
        Some(c)
    }

    /// Reads a value; none where the text is no JSON.
    fn value(&mut self) -> Option<()> {
        match self.peek()? {
            '{' => self.object(),
            '[' => self.list(),
            '"' => self.string().map(drop),
            _ => {
                let rest = self.text.get(self.at..)?;
                let end = rest.find([',', ']', '}', ' ', '\t', '\r', '\n']);
                self.at = end.map_or(self.text.len(), |end| self.at.saturating_add(end));
                Some(())
            }
        }
    }

    fn object(&mut self) -> Option<()> {
        self.next()?;
        while self.peek()? != '}' {
            let start = self.at;
            let name = self.string()?;
            if self.next()? != ':' {
                return None;
            }
            let (field, path) = (self.field.len(), self.path.len());
            if !self.field.is_empty() {
                self.field.push('.');
            }
            self.field.push_str(&name);
            self.path.push('.');
            self.path.push_str(&name);
            // A known object's name is not always in the list of fields, what is in it is.
            if self.known.contains(&self.field) || self.leads_on() {
                self.peek()?;
                self.point();
                self.value()?;
            } else {
                self.unread(&name, start);
                self.skip()?;
            }
            self.field.truncate(field);
            self.path.truncate(path);
            if self.peek()? == ',' {
                self.next()?;
            }
        }
        self.next().map(drop)
    }

    fn list(&mut self) -> Option<()> {
        self.next()?;
        let (field, path) = (self.field.len(), self.path.len());
        self.field.push_str("[]");
        let mut index = 0_usize;
        while self.peek()? != ']' {
            self.path.push_str(&format!("[{index}]"));
            self.value()?;
            self.path.truncate(path);
            index = index.saturating_add(1);
            if self.peek()? == ',' {
                self.next()?;
            }
        }
        self.field.truncate(field);
        self.next().map(drop)
    }

    /// Reads a string as it is meant.
    fn string(&mut self) -> Option<String> {
        self.peek().filter(|c| *c == '"')?;
        let start = self.at;
        let rest = self.text.get(start.saturating_add(1)..)?;
        let mut escaped = false;
        let end = rest.bytes().position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        })?;
        self.at = start.saturating_add(end).saturating_add(2);
        serde_json::from_str(self.text.get(start..self.at)?).ok()
    }

    /// Reads a value without looking at what is in it.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                '{' | '[' => {
                    depth = depth.saturating_add(1);
                    self.next()?;
                }
                '}' | ']' => {
                    depth = depth.saturating_sub(1);
                    self.next()?;
                }
                ',' | ':' => {
                    self.next()?;
                    continue;
                }
                _ => self.value()?,
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    fn leads_on(&self) -> bool {
        self.known.iter().any(|known| {
            known
                .strip_prefix(self.field.as_str())
                .is_some_and(|rest| rest.starts_with('.') || rest.starts_with("[]"))
        })
    }

    /// Keeps the point that is to be read next, where it is one.
    fn point(&mut self) {
        if self.field != "regions[].point" {
            return;
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<[f64; 2]>();
        if let Some(Ok([x, y])) = values.next()
            && x.abs() <= 180.0
            && y.abs() <= 90.0
            && (self.wanted)([x, y])
        {
            let spot = self.spot(self.at);
            self.found.points.push((spot, [x, y]));
        }
    }

    fn unread(&mut self, name: &str, at: usize) {
        // `$schema`, and what others keep for themselves.
        if name.starts_with(['$', '_']) {
            return;
        }
        let field = &self.field;
        if let Some(told) = self.found.unread.iter_mut().find(|it| it.field == *field) {
            told.times = told.times.saturating_add(1);
        } else if self.found.unread.len() < MOST {
            let first = self.spot(at);
            self.found.unread.push(Unread {
                field: self.field.clone(),
                times: 1,
                first,
                meant: self.meant(name),
            });
        }
    }

    /// A field of the same object whose name differs by no more than two letters.
    fn meant(&self, name: &str) -> Option<String> {
        let object = self.field.strip_suffix(name)?;
        let siblings = self.known.iter().filter_map(|known| {
            let rest = known.strip_prefix(object)?;
            rest.split(['.', '[']).next()
        });
        siblings
            .map(|sibling| (osa_distance(&name.to_lowercase(), sibling), sibling))
            .min()
            // Of short names, two letters are a different one.
            .filter(|(distance, sibling)| {
                *distance <= 2 && sibling.len() > distance.saturating_mul(2)
            })
            .map(|(_, sibling)| sibling.to_owned())
    }

    /// The place of a byte that is not before any told so far.
    fn spot(&mut self, at: usize) -> Spot {
        let (mut line, mut start) = self.line;
        let between = self.text.get(start..at).unwrap_or_default();
        for (offset, _) in between.match_indices('\n') {
            line = line.saturating_add(1);
            start = self.line.1.saturating_add(offset).saturating_add(1);
        }
        self.line = (line, start);
        let before = self.text.get(start..at).unwrap_or_default();
        let before = before.trim_start_matches('\u{FEFF}').chars().count();
        Spot {
            path: self.path.clone(),
            line,
            column: u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{osa_distance as distance, read};

    #[test]
    fn what_is_no_field_of_the_format_is_found_where_it_first_stands() {
        let feed = "\u{FEFF}{\"$schema\": \"feed.schema.json\", \"feed\": \"progress-widgets/1\",\n\
                    \"regions\": [\n  {\"name\": \"上城区\", \"strated\": {\"value\": [3, \"]\"]}, \"rate\": \"97%\"},\n  \
                    {\"point\": [120, 30], \"strated\": 4, \"color\": \"\\\"\", \"investment\": {\"dnoe\": 3}}],\n\
                    \"history\": [{\"as_of\": \"2020-09\", \"started\": {\"value\": 3, \"unit\": \"x\"}}]}\n";
        let found = read(feed.as_bytes(), |_| true);
        let unread: Vec<_> = found
            .unread
            .iter()
            .map(|it| {
                let place = (it.first.path.as_str(), it.first.line, it.first.column);
                (it.field.as_str(), it.times, place, it.meant.as_deref())
            })
            .collect();
        assert_eq!(
            unread,
            [
                (
                    "regions[].strated",
                    2,
                    ("$.regions[0].strated", 3, 19),
                    Some("started")
                ),
                ("regions[].color", 1, ("$.regions[1].color", 4, 38), None),
                (
                    "regions[].investment.dnoe",
                    1,
                    ("$.regions[1].investment.dnoe", 4, 68),
                    Some("done")
                ),
                (
                    "history[].started.unit",
                    1,
                    ("$.history[0].started.unit", 5, 58),
                    None
                ),
            ]
        );
        let (spot, point) = found.points.first().unwrap();
        assert_eq!(
            (spot.path.as_str(), spot.line, spot.column),
            ("$.regions[1].point", 4, 13)
        );
        assert_eq!(*point, [120.0, 30.0]);
        assert!(read(feed.as_bytes(), |_| false).points.is_empty());
    }

    #[test]
    fn every_sample_is_read_to_the_last_field() {
        for entry in std::fs::read_dir("www/samples").unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            if text.contains("\"progress-widgets/1\"") {
                assert_eq!(
                    read(text.as_bytes(), |_| false).unread,
                    [],
                    "{}",
                    path.display()
                );
            }
        }
    }

    #[test]
    fn a_slip_of_two_letters_is_near() {
        assert_eq!(distance("strated", "started"), 1);
        assert_eq!(distance("plan", "planned"), 3);
        assert_eq!(distance("colour", "color"), 1);
        assert_eq!(distance("", "by"), 2);
    }
}
