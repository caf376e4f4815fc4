//! GeoJSON and TopoJSON, known to be JSON → regions with sound rings, and what there is to
//! be said about them.
//!
//! Members may come in any order (`coordinates` before `type`), so an object's members are found
//! first and read then. Nothing is kept but what is used. Imports the feed's codes and scanner.

use super::arcs::Topology;
use super::model::Feature;
use super::rings::Rings;
use crate::feed::document::{self, Draft, Drafts, clean, digits};
use crate::feed::json::{Scanner, Token};
use crate::feed::{Code, Crs, Error, ErrorKind, Problem};

/// What a document may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the document. Default 32 MiB.
    pub bytes: usize,
    /// Vertices: points of all rings together, and of a topology's arcs. Default 2,000,000.
    pub vertices: usize,
    /// Regions. Default 100,000, as the feed's regions.
    pub features: usize,
    /// Nested objects and arrays. Default 64.
    pub depth: usize,
    /// Notices kept; the rest are counted. Default 200.
    pub notices: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            bytes: 32 << 20,
            vertices: 2_000_000,
            features: 100_000,
            depth: 64,
            notices: 200,
        }
    }
}

/// The members that mean something, in any object, in the order of [`Key`].
const KEYS: [&str; 18] = [
    "type",
    "adcode",
    "code",
    "id",
    "name",
    "properties",
    "geometry",
    "geometries",
    "features",
    "coordinates",
    "arcs",
    "objects",
    "transform",
    "scale",
    "translate",
    "crs",
    "review_number",
    "map_source",
];

/// A member's place in [`KEYS`].
#[derive(Clone, Copy)]
pub(super) enum Key {
    Type,
    Adcode,
    Code,
    Id,
    Name,
    Properties,
    Geometry,
    Geometries,
    Features,
    Coordinates,
    Arcs,
    Objects,
    Transform,
    Scale,
    Translate,
    Crs,
    ReviewNumber,
    MapSource,
}

/// Where an object's members are, in the order of [`KEYS`]; [`NONE`] where it has none.
pub(super) type Members = [usize; KEYS.len()];
const NONE: usize = usize::MAX;

/// The values of `type` that mean something; those behind [`MULTI_POLYGON`] have no area.
const KINDS: [&str; 10] = [
    "Topology",
    "FeatureCollection",
    "GeometryCollection",
    "Feature",
    "Polygon",
    "MultiPolygon",
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
];
pub(super) const TOPOLOGY: usize = 0;
const FEATURES: usize = 1;
const GEOMETRIES: usize = 2;
const FEATURE: usize = 3;
const POLYGON: usize = 4;
const MULTI_POLYGON: usize = 5;

/// A scanner of a value within a document whose depth has been checked.
#[inline(never)]
pub(super) fn scan(text: &str, at: usize) -> Scanner<'_> {
    Scanner::new(text, at, usize::MAX)
}

/// The members of the object that begins here; of several with one name the last. None where
/// another value does.
pub(super) fn members(text: &str, at: usize) -> Members {
    let mut members = [NONE; KEYS.len()];
    let mut scan = scan(text, at);
    if scan.value(false) != Token::Object {
        return members;
    }
    while scan.next() {
        scan.key(true);
        let known = KEYS.iter().position(|known| *known == scan.words);
        if let Some(slot) = known.and_then(|known| members.get_mut(known)) {
            *slot = scan.offset();
        }
        scan.skip();
    }
    members
}

/// The value of a member; `None` where it is missing or `null`.
pub(super) fn member(text: &str, members: &Members, key: Key) -> Option<usize> {
    let at = *members.get(key as usize)?;
    // Past the end where there is none.
    (!text.get(at..)?.starts_with("null")).then_some(at)
}

/// The members of the member that is an object, likewise.
pub(super) fn object(text: &str, of: &Members, key: Key) -> Members {
    members(text, member(text, of, key).unwrap_or(text.len()))
}

/// The first two numbers of the list whose bracket has been read; not-a-number what is missing.
pub(super) fn position(scan: &mut Scanner) -> [f64; 2] {
    let mut position = [f64::NAN; 2];
    let mut count = 0_usize;
    while scan.next() {
        let number = number(scan);
        // Elevation and measures, from the third number on, are left out.
        if let Some(slot) = position.get_mut(count) {
            *slot = number;
        }
        count = count.saturating_add(1);
    }
    position
}

/// The member that is a position.
pub(super) fn place(text: &str, of: &Members, key: Key) -> Option<[f64; 2]> {
    let mut scan = scan(text, member(text, of, key)?);
    (scan.value(false) == Token::List).then(|| position(&mut scan))
}

/// The number that comes next; not-a-number where another value does.
pub(super) fn number(scan: &mut Scanner) -> f64 {
    if matches!(scan.value(false), Token::List | Token::Object) {
        scan.close();
    }
    scan.number
}

/// Walks the objects of a document.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub limits: &'a Limits,
    pub topology: Option<Topology>,
    pub rings: Rings,
    pub features: Vec<Feature>,
    /// Where each of them stands in the text.
    pub starts: Vec<usize>,
    pub notices: Drafts,
    /// The limit that the document is past: it will not be used.
    pub error: Option<Error>,
}

impl<'a> Reader<'a> {
    /// What kind of object has these members, by its place in [`KINDS`].
    pub fn kind(&self, members: &Members) -> Option<usize> {
        let word = self.word(members, Key::Type);
        KINDS.iter().position(|kind| *kind == word)
    }

    /// Takes the object here and what is in it. Recursion is bounded by the document's depth.
    pub fn walk(&mut self, at: usize, mut in_feature: bool) {
        let members = members(self.text, at);
        let kind = self.kind(&members);
        let polygon = matches!(kind, Some(POLYGON | MULTI_POLYGON));
        let before = self.features.len();
        let mut begins = kind == Some(FEATURE);
        if begins || !in_feature && (polygon || kind == Some(GEOMETRIES)) {
            let feature = self.feature(&members);
            // A collection with a key or a name is one region, one without holds several.
            begins |= polygon || feature.code.is_some() || feature.name.is_some();
            if before >= self.limits.features {
                self.error = Some(past(ErrorKind::TooManyFeatures, self.limits.features));
            } else if begins {
                self.features.push(feature);
                self.starts.push(at);
                in_feature = true;
            }
        }
        match kind {
            Some(TOPOLOGY) => self.each(&members, Key::Objects, in_feature),
            Some(FEATURES) => self.each(&members, Key::Features, in_feature),
            Some(GEOMETRIES) => self.each(&members, Key::Geometries, in_feature),
            Some(FEATURE) => match member(self.text, &members, Key::Geometry) {
                Some(geometry) => self.walk(geometry, true),
                None => self.note(at, Problem::NoArea, ""),
            },
            Some(POLYGON) => self.area(at, &members, true),
            Some(MULTI_POLYGON) => self.area(at, &members, false),
            Some(_) => self.note(at, Problem::NoArea, ""),
            None => self.note(at, Problem::UnknownType, ""),
        }
        // Whatever took a region's polygons away has been noted.
        let empty = |feature: &Feature| feature.polygons.is_empty();
        if begins && self.features.last().is_some_and(empty) {
            self.features.truncate(before);
            self.starts.truncate(before);
        }
    }

    /// The entries of a member's list, or of a topology's objects.
    fn each(&mut self, members: &Members, key: Key, inside: bool) {
        let Some(at) = member(self.text, members, key) else {
            return;
        };
        let mut scan = scan(self.text, at);
        let named = scan.value(false) == Token::Object;
        while scan.next() {
            if named {
                scan.key(false);
            }
            // Of a document that is past a limit, nothing will be used.
            if self.error.is_none() {
                self.walk(scan.start(), inside);
            }
            scan.skip();
        }
    }

    /// A polygon or several.
    fn area(&mut self, at: usize, members: &Members, single: bool) {
        let key = if self.topology.is_some() {
            Key::Arcs
        } else {
            Key::Coordinates
        };
        let before = self.rings.ranges.len().saturating_add(self.noted());
        if let Some(start) = member(self.text, members, key) {
            let mut scan = scan(self.text, start);
            if single {
                self.polygon(&mut scan);
            } else if scan.value(false) == Token::List {
                while scan.next() {
                    self.polygon(&mut scan);
                }
            }
        }
        if before == self.rings.ranges.len().saturating_add(self.noted()) {
            self.note(at, Problem::NoArea, "");
        }
    }

    /// The polygon that comes next.
    fn polygon(&mut self, scan: &mut Scanner<'a>) {
        #[cfg(not(target_arch = "wasm32"))]
        let start = scan.start();
        if !self.list(scan) {
            return;
        }
        let mut rings = Vec::new();
        let mut first = true;
        while scan.next() {
            let at = scan.start();
            // Without its outer ring, what is left would be holes in nothing.
            if !first && rings.is_empty() {
                scan.skip();
            } else if self.list(scan) {
                self.rings.begin();
                let problem = self.ring(scan);
                let problem = self.rings.end(problem);
                if matches!(problem, None | Some(Problem::Unclosed)) {
                    rings.push(self.rings.ranges.len().saturating_sub(1));
                }
                if let Some(problem) = problem {
                    self.note(at, problem, "");
                }
                if self.rings.walked > self.limits.vertices {
                    self.error = Some(past(ErrorKind::TooManyVertices, self.limits.vertices));
                }
            }
            first = false;
        }
        // Staff check their maps with the command line. In the browser, where the picture is the
        // same either way, this would only cost every reader time and bytes.
        #[cfg(not(target_arch = "wasm32"))]
        if super::crossing::crosses(&self.rings, &rings) {
            self.note(start, Problem::SelfCrossing, "");
        }
        if let Some(feature) = self.features.last_mut()
            && !rings.is_empty()
        {
            feature.polygons.push(rings);
        }
    }

    /// Into the list that should come next; lists the problem where it does not.
    fn list(&mut self, scan: &mut Scanner) -> bool {
        let at = scan.start();
        let token = scan.value(false);
        if token == Token::Object {
            scan.close();
        }
        if token != Token::List {
            self.note(at, Problem::Nesting, "");
        }
        token == Token::List
    }

    /// Adds the positions of the ring whose bracket has been read; what is wrong with it, where
    /// that is more than its positions.
    fn ring(&mut self, scan: &mut Scanner) -> Option<Problem> {
        let most = self.limits.vertices;
        let rings = &mut self.rings;
        let mut problem = None;
        let mut going = true;
        while scan.next() {
            let token = scan.value(false);
            if token == Token::Object {
                scan.close();
            }
            let list = token == Token::List;
            match &self.topology {
                Some(topology) if !list => {
                    // What is wrong is known; the rest is read over.
                    if going && problem.is_none() {
                        match topology.walk(scan.number, &mut |position| rings.add(position, most))
                        {
                            Ok(more) => going = more,
                            Err(missing) => problem = Some(missing),
                        }
                    }
                }
                None if list => {
                    let position = position(scan);
                    going = going && rings.add(position, most);
                }
                _ => {
                    problem = Some(Problem::Nesting);
                    if list {
                        scan.close();
                    }
                }
            }
        }
        problem
    }

    /// A region without its polygons.
    fn feature(&mut self, own: &Members) -> Feature {
        let properties = object(self.text, own, Key::Properties);
        let mut feature = Feature::default();
        let mut bad = None;
        for from in [&properties, own] {
            for key in [Key::Adcode, Key::Code, Key::Id] {
                let found = member(self.text, from, key);
                bad = bad.or(found);
                if feature.code.is_none() {
                    feature.code = found.and_then(|at| code(self.text, at));
                }
            }
            if feature.name.is_none() {
                feature.name = self.clean(from, Key::Name);
            }
        }
        if let Some(bad) = bad.filter(|_| feature.code.is_none()) {
            self.note(bad, Problem::BadCode, "");
        }
        feature
    }

    /// A member that is a text; empty where it is none.
    pub fn word(&self, members: &Members, key: Key) -> String {
        let at = member(self.text, members, key);
        let mut scan = scan(self.text, at.unwrap_or(self.text.len()));
        scan.value(true);
        scan.words
    }

    /// A member that is a text to be drawn: without control characters, of 1,000 characters at
    /// most; `None` where nothing is left.
    pub fn clean(&mut self, members: &Members, key: Key) -> Option<String> {
        let text = self.word(members, key);
        let (mut cut, mut changed) = (false, false);
        let cleaned = clean(&text, 1000, &mut cut, &mut changed);
        let at = member(self.text, members, key).unwrap_or_default();
        if cut {
            self.note(at, Problem::TextCut, "1000");
        }
        if changed {
            self.note(at, Problem::ControlCharacters, "");
        }
        cleaned
    }

    /// The coordinate system that a document states; that it does is a note, for those who find
    /// that points are in another one.
    pub fn crs(&mut self, root: &Members) -> Option<Crs> {
        let at = member(self.text, root, Key::Crs)?;
        // A name, or the object that GDAL writes: {"type":"name","properties":{"name":…}}.
        let mut name = self.word(root, Key::Crs);
        if name.is_empty() {
            let crs = object(self.text, root, Key::Crs);
            name = self.word(&object(self.text, &crs, Key::Properties), Key::Name);
        }
        let crs = Crs::named(&name);
        let problem = match crs {
            Some(_) => Problem::OtherCrs,
            None => Problem::UnknownCrs,
        };
        self.note(at, problem, &name);
        crs.or(Some(Crs::Wgs84))
    }

    fn noted(&self) -> usize {
        self.notices
            .list
            .len()
            .saturating_add(self.notices.left_out)
    }

    /// Lists a problem of the value here, with a detail.
    pub fn note(&mut self, at: usize, problem: Problem, detail: &str) {
        self.notices.add(Draft {
            at,
            first: 0,
            problem,
            detail: detail.to_owned(),
        });
    }
}

/// The refusal of a map that is past a limit.
pub(super) fn past(kind: ErrorKind, limit: usize) -> Error {
    Error::whole(kind, digits(limit as u64, 1))
}

/// The code here, a text or a number.
fn code(text: &str, at: usize) -> Option<Code> {
    let mut scan = scan(text, at);
    scan.value(true);
    document::code(&scan)
}
