//! JSON → a flat store of positions and a small tree of objects, GeoJSON and TopoJSON alike.
//!
//! One function reads everything; what it wants is a value. Members may come in any order (`coordinates` before `type`),
//! so nothing is judged here. Imports the feed's codes.

use super::notice::Error;
use crate::feed::json::{Scanner, Token};
use crate::feed::{Code, Level};
use std::ops::Range;

/// What a document may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the document. Default 32 MiB.
    pub bytes: usize,
    /// Vertices: positions read, and points of all rings together. Default 2,000,000.
    pub vertices: usize,
    /// Features and geometries. Default 100,000, as the feed's regions.
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

/// Everything that is large, in one piece each.
#[derive(Default)]
pub(super) struct Store {
    /// Positions: of `coordinates`, or of a topology's arcs. Not checked; NaN for what is no number.
    pub points: Vec<[f64; 2]>,
    /// Ends of rings and lines in `points`.
    pub lines: Vec<u32>,
    /// Ends of polygons in `lines`.
    pub polygons: Vec<u32>,
    /// Arc references of a topology's rings; `i32::MIN` for what is no index.
    pub refs: Vec<i32>,
    /// Ends of rings in `refs`.
    pub ref_lines: Vec<u32>,
    /// Ends of polygons in `ref_lines`.
    pub ref_polygons: Vec<u32>,
    /// Why reading stopped, where it was us who stopped it.
    pub stopped: Option<Error>,
    items: usize,
}

/// A nested array: where its parts lie in the store.
#[derive(Clone, Debug, Default)]
pub(super) struct Nest {
    /// 0 a position, 1 a line, 2 a polygon, 3 a multipolygon; `None` for `[]`.
    pub height: Option<u8>,
    /// Parts of different height side by side: not to be used.
    pub ragged: bool,
    /// In `points` or `refs`.
    pub items: Range<u32>,
    /// In `lines` or `ref_lines`.
    pub lines: Range<u32>,
    /// In `polygons` or `ref_polygons`.
    pub polygons: Range<u32>,
}

/// How an object is reached from the one around it.
#[derive(Clone, Debug, Default)]
pub(super) enum Step {
    #[default]
    Root,
    Key(&'static str),
    Index(&'static str, usize),
    Name(String),
}

/// The `type` of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Kind {
    #[default]
    Missing,
    Unknown,
    Topology,
    Features,
    Feature,
    Collection,
    Polygon,
    MultiPolygon,
    NoArea,
}

/// Any object of the document that matters.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub step: Step,
    pub kind: Kind,
    /// The lowest rank wins: `adcode`, `code`, `id` of the properties, then those of the feature.
    pub code: Option<(u8, Code)>,
    /// A join key that is no code.
    pub bad_code: Option<String>,
    pub name: Option<String>,
    pub center: Option<[f64; 2]>,
    pub centroid: Option<[f64; 2]>,
    pub level: Option<Level>,
    pub parent: Option<Code>,
    pub coordinates: Option<Nest>,
    pub refs: Option<Nest>,
    pub children: Vec<Item>,
    pub scale: Option<[f64; 2]>,
    pub translate: Option<[f64; 2]>,
    pub transform: Option<Box<Item>>,
    pub crs: Option<String>,
    pub review_number: Option<String>,
    pub map_source: Option<String>,
}

/// What is wanted of the next value; anything else found there is skipped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    Scalar,
    Item,
    Properties,
    Objects,
    Items(&'static str),
    Positions,
    /// Positions of a topology's arcs: an empty arc counts, too.
    Arcs,
    Refs,
}

/// What was found.
pub(super) enum Found {
    Nothing,
    Number(f64),
    Position([f64; 2]),
    Text(String),
    Nest(Nest),
    Item(Box<Item>),
    Items(Vec<Item>),
}

impl Found {
    fn text(self) -> Option<String> {
        match self {
            Found::Text(text) => Some(text),
            _ => None,
        }
    }

    fn code(self) -> Result<Code, Option<String>> {
        match self {
            // `330102.0` is what a spreadsheet makes of a code; the cast saturates.
            Found::Number(n) if n == n.trunc() => Code::from_integer(n as u64),
            Found::Text(text) => return Code::parse(text.trim()).ok_or(Some(text)),
            Found::Nothing => return Err(None),
            _ => None,
        }
        .ok_or(Some(String::new()))
    }
}

/// Reads whatever comes next in the document.
pub(super) struct Reader<'a, 't> {
    pub scan: &'a mut Scanner<'t>,
    pub store: &'a mut Store,
    pub limits: &'a Limits,
    pub want: Want,
    pub depth: usize,
}

impl<'t> Reader<'_, 't> {
    /// One value.
    pub(super) fn read(&mut self) -> Found {
        match self.scan.value(true) {
            Token::Null | Token::Bool(_) => Found::Nothing,
            Token::Number(value) => Found::Number(value),
            Token::Text(text) => Found::Text(text.into_owned()),
            Token::List => match self.want {
                Want::Items(key) => self.items(key),
                Want::Positions | Want::Arcs | Want::Refs => self.nest(),
                _ => {
                    self.scan.close();
                    Found::Nothing
                }
            },
            Token::Object => self.object(),
        }
    }

    fn items(&mut self, key: &'static str) -> Found {
        let mut items = Vec::new();
        while self.scan.next() {
            // An empty item for what is none keeps the indices of the paths right.
            let mut item = match self.below(Want::Item).read() {
                Found::Item(item) => *item,
                _ => {
                    self.count();
                    Item::default()
                }
            };
            item.step = Step::Index(key, items.len());
            items.push(item);
        }
        Found::Items(items)
    }

    fn object(&mut self) -> Found {
        self.count();
        let mut item = Box::<Item>::default();
        while self.scan.next() {
            let key = self.scan.key(true);
            let Some(want) = self.wanted(&key) else {
                self.scan.skip();
                continue;
            };
            let mut found = self.below(want).read();
            if matches!(&*key, "center" | "centroid" | "scale" | "translate") {
                found = self.store.take_position(&found);
            }
            if self.want == Want::Objects {
                if let Found::Item(mut child) = found {
                    child.step = Step::Name(key.into_owned());
                    item.children.push(*child);
                }
            } else {
                item.take(
                    &key,
                    found,
                    if self.want == Want::Properties { 0 } else { 3 },
                );
            }
        }
        Found::Item(item)
    }

    fn below(&mut self, want: Want) -> Reader<'_, 't> {
        Reader {
            scan: self.scan,
            store: self.store,
            limits: self.limits,
            want,
            depth: self.depth.saturating_add(1),
        }
    }

    fn stop(&mut self, error: Error) {
        self.store.stopped = Some(error);
        self.scan.stop();
    }

    /// Objects cost more memory than they take in the document.
    fn count(&mut self) {
        self.store.items = self.store.items.saturating_add(1);
        // Up to four to a feature: itself, its properties, geometry and parent.
        if self.store.items > self.limits.features.saturating_mul(4) {
            self.stop(Error::TooManyFeatures(self.limits.features));
        }
    }

    /// What a member's value is read as; `None`: not at all.
    fn wanted(&self, key: &str) -> Option<Want> {
        Some(match (self.want, key) {
            (Want::Objects, _) => Want::Item,
            (Want::Properties | Want::Item, "adcode" | "code" | "id" | "name" | "level") => {
                Want::Scalar
            }
            (Want::Properties | Want::Item, "center" | "centroid") => Want::Positions,
            (Want::Properties, "parent") => Want::Properties,
            (Want::Item, "type" | "review_number" | "map_source") => Want::Scalar,
            (Want::Item, "coordinates" | "scale" | "translate") => Want::Positions,
            // The arcs of the topology itself are positions, those of a geometry refer to them.
            (Want::Item, "arcs") if self.depth == 0 => Want::Arcs,
            (Want::Item, "arcs") => Want::Refs,
            (Want::Item, "features") => Want::Items("features"),
            (Want::Item, "geometries") => Want::Items("geometries"),
            (Want::Item, "geometry" | "transform" | "crs") => Want::Item,
            (Want::Item, "properties") => Want::Properties,
            (Want::Item, "objects") => Want::Objects,
            _ => return None,
        })
    }

    /// A nested array, straight into the store.
    fn nest(&mut self) -> Found {
        let positions = self.want != Want::Refs;
        let start = self.store.ends(positions);
        let mut nest = Nest::default();
        let mut below = None;
        let mut numbers = 0_u32;
        let mut position = [f64::NAN; 2];
        while self.scan.next() {
            match self.below(self.want).read() {
                Found::Nest(part) => {
                    nest.ragged |= part.ragged;
                    if part.height.is_some() {
                        nest.ragged |= below.is_some() && below != part.height;
                        below = part.height;
                    }
                }
                other => {
                    let number = match other {
                        Found::Number(number) => number,
                        _ => f64::NAN,
                    };
                    if positions {
                        // Elevation and measures, from the third number on, are left out.
                        if let Some(slot) = position.get_mut(numbers as usize) {
                            *slot = number;
                        }
                    } else {
                        let whole = number == number.trunc() && number.abs() < 2e9;
                        self.store
                            .refs
                            .push(if whole { number as i32 } else { i32::MIN });
                        if self.store.refs.len() > self.limits.vertices {
                            self.stop(Error::TooManyVertices(self.limits.vertices));
                        }
                    }
                    numbers = numbers.saturating_add(1);
                }
            }
        }
        if numbers > 0 {
            nest.ragged |= below.is_some();
            if positions {
                self.store.points.push(position);
                if self.store.points.len() > self.limits.vertices {
                    self.stop(Error::TooManyVertices(self.limits.vertices));
                }
            }
            nest.height = Some(u8::from(!positions));
        } else if let Some(height) = below {
            nest.height = Some(height.saturating_add(1));
        }
        let empty_arc = nest.height.is_none() && self.want == Want::Arcs && self.depth == 2;
        self.store
            .close(positions, if empty_arc { Some(1) } else { nest.height });
        let end = self.store.ends(positions);
        nest.items = start.0..end.0;
        nest.lines = start.1..end.1;
        nest.polygons = start.2..end.2;
        Found::Nest(nest)
    }
}

impl Store {
    fn ends(&self, positions: bool) -> (u32, u32, u32) {
        let (items, lines, polygons) = if positions {
            (self.points.len(), &self.lines, &self.polygons)
        } else {
            (self.refs.len(), &self.ref_lines, &self.ref_polygons)
        };
        // A document of less than 4 GiB has fewer of each.
        (items as u32, lines.len() as u32, polygons.len() as u32)
    }

    fn close(&mut self, positions: bool, height: Option<u8>) {
        let (items, lines, _) = self.ends(positions);
        let (line_ends, polygon_ends) = if positions {
            (&mut self.lines, &mut self.polygons)
        } else {
            (&mut self.ref_lines, &mut self.ref_polygons)
        };
        match height {
            Some(1) => line_ends.push(items),
            Some(2) => polygon_ends.push(lines),
            _ => {}
        }
    }

    /// The single position that was just read, taken out again.
    fn take_position(&mut self, found: &Found) -> Found {
        let Found::Nest(nest) = found else {
            return Found::Nothing;
        };
        let position = self.points.get(nest.items.start as usize).copied();
        self.points.truncate(nest.items.start as usize);
        self.lines.truncate(nest.lines.start as usize);
        self.polygons.truncate(nest.polygons.start as usize);
        match position {
            Some(position) if nest.height == Some(0) => Found::Position(position),
            _ => Found::Nothing,
        }
    }
}

impl Item {
    fn take(&mut self, key: &str, found: Found, rank: u8) {
        match key {
            "adcode" => self.take_code(found, rank),
            "code" => self.take_code(found, rank.saturating_add(1)),
            "id" => self.take_code(found, rank.saturating_add(2)),
            "name" => self.name = found.text(),
            "level" => self.level = found.text().and_then(|text| level(&text)),
            "type" => self.kind = found.text().map_or(Kind::Unknown, |text| kind(&text)),
            "review_number" => self.review_number = found.text(),
            "map_source" => self.map_source = found.text(),
            _ => self.take_part(key, found),
        }
    }

    fn take_code(&mut self, found: Found, rank: u8) {
        match found.code() {
            Ok(code) => {
                if self.code.is_none_or(|(before, _)| rank < before) {
                    self.code = Some((rank, code));
                }
            }
            Err(text) => self.bad_code = self.bad_code.take().or(text),
        }
    }

    fn take_part(&mut self, key: &str, found: Found) {
        match (key, found) {
            ("center", Found::Position(at)) => self.center = Some(at),
            ("centroid", Found::Position(at)) => self.centroid = Some(at),
            ("scale", Found::Position(at)) => self.scale = Some(at),
            ("translate", Found::Position(at)) => self.translate = Some(at),
            ("coordinates", Found::Nest(nest)) => self.coordinates = Some(nest),
            ("arcs", Found::Nest(nest)) => self.refs = Some(nest),
            ("geometry", Found::Item(mut item)) => {
                item.step = Step::Key("geometry");
                self.children.push(*item);
            }
            ("features" | "geometries", Found::Items(items)) => self.children.extend(items),
            ("objects", Found::Item(mut item)) => {
                item.step = Step::Key("objects");
                item.kind = Kind::Features;
                self.children.push(*item);
            }
            ("properties", Found::Item(properties)) => {
                let properties = *properties;
                if let Some((rank, code)) = properties.code
                    && self.code.is_none_or(|(before, _)| rank < before)
                {
                    self.code = Some((rank, code));
                }
                self.bad_code = properties.bad_code.or(self.bad_code.take());
                self.name = properties.name.or(self.name.take());
                self.center = properties.center.or(self.center);
                self.centroid = properties.centroid.or(self.centroid);
                self.level = properties.level.or(self.level);
                self.parent = properties.parent.or(self.parent);
            }
            ("parent", Found::Item(parent)) => self.parent = parent.code.map(|(_, code)| code),
            ("transform", Found::Item(item)) => self.transform = Some(item),
            // A name, or the object that GDAL writes: {"type":"name","properties":{"name":…}}.
            ("crs", Found::Text(text)) => self.crs = Some(text),
            ("crs", Found::Item(item)) => self.crs = Some(item.name.unwrap_or_default()),
            _ => {}
        }
    }
}

fn level(text: &str) -> Option<Level> {
    Some(match text {
        "province" => Level::Province,
        "city" => Level::City,
        "district" => Level::District,
        "zone" => Level::Zone,
        "town" | "street" => Level::Town,
        _ => return None,
    })
}

fn kind(text: &str) -> Kind {
    match text {
        "Topology" => Kind::Topology,
        "FeatureCollection" => Kind::Features,
        "Feature" => Kind::Feature,
        "GeometryCollection" => Kind::Collection,
        "Polygon" => Kind::Polygon,
        "MultiPolygon" => Kind::MultiPolygon,
        "Point" | "MultiPoint" | "LineString" | "MultiLineString" => Kind::NoArea,
        _ => Kind::Unknown,
    }
}
