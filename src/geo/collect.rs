//! What was read → regions with sound rings, and what there is to be said about them.

use super::crossing;
use super::model::Crs;
use super::notice::{self, Error, Problem};
use super::read::{Item, Kind, Limits, Nest, Step, Store};
use super::rings::{Rings, Soundness, on_globe};
use crate::feed::document::{self, harmless};
use std::collections::BTreeSet;
use std::ops::Range;

/// Walks the objects of a document.
pub(super) struct Collector<'a> {
    pub store: &'a Store,
    pub limits: &'a Limits,
    /// The arcs of a topology, already in degrees.
    pub arcs: Option<&'a Nest>,
    pub rings: Rings,
    pub drafts: Vec<Draft<'a>>,
    pub notices: Vec<notice::Draft<'a>>,
    pub notices_left_out: usize,
    pub codes: BTreeSet<u64>,
    path: Vec<&'a Step>,
}

/// A region on its way.
pub(super) struct Draft<'a> {
    pub item: &'a Item,
    /// The item's name, made harmless.
    pub name: Option<String>,
    /// Rings by their index in [`Rings::ranges`], outer ring first.
    pub polygons: Vec<Vec<usize>>,
}

impl<'a> Collector<'a> {
    pub fn new(store: &'a Store, limits: &'a Limits, arcs: Option<&'a Nest>) -> Collector<'a> {
        Collector {
            store,
            limits,
            arcs,
            rings: Rings::default(),
            drafts: Vec::new(),
            notices: Vec::new(),
            notices_left_out: 0,
            codes: BTreeSet::new(),
            path: Vec::new(),
        }
    }

    /// Takes an object and what is in it. Recursion is bounded by the reader's depth.
    pub fn walk(&mut self, item: &'a Item, in_feature: bool) -> Result<(), Error> {
        self.path.push(&item.step);
        let outcome = self.visit(item, in_feature);
        self.path.pop();
        outcome
    }

    fn visit(&mut self, item: &'a Item, in_feature: bool) -> Result<(), Error> {
        let mut in_feature = in_feature;
        let begins = match item.kind {
            Kind::Feature => true,
            Kind::Polygon | Kind::MultiPolygon => !in_feature,
            // A collection with a name is one region, one without holds several.
            Kind::Collection => !in_feature && (item.code.is_some() || item.name.is_some()),
            _ => false,
        };
        let before = self.drafts.len();
        if begins {
            in_feature = true;
            let name = self.clean(item.name.as_deref());
            self.drafts.push(Draft {
                item,
                name,
                polygons: Vec::new(),
            });
        }
        match item.kind {
            Kind::Polygon | Kind::MultiPolygon => self.area(item)?,
            Kind::NoArea => self.note(&[], Problem::NoArea, ""),
            Kind::Missing | Kind::Unknown => self.note(&[], Problem::UnknownType, ""),
            _ => {
                for child in &item.children {
                    self.walk(child, in_feature)?;
                }
            }
        }
        if begins
            && self
                .drafts
                .last()
                .is_some_and(|draft| draft.polygons.is_empty())
        {
            // Whatever took its polygons away has been noted, but for a feature with no geometry.
            self.drafts.truncate(before);
            if item.children.is_empty() && item.kind == Kind::Feature {
                self.note(&[], Problem::NoArea, "");
            }
        } else if begins {
            self.check_code(item);
        }
        Ok(())
    }

    fn check_code(&mut self, item: &Item) {
        if let Some((_, code)) = item.code {
            if !self.codes.insert(code.same_place()) {
                self.note(&[], Problem::DuplicateCode, &code.to_string());
            }
        } else if let Some(text) = &item.bad_code {
            self.note(&[], Problem::BadCode, text);
        }
    }

    /// A polygon or several.
    fn area(&mut self, item: &Item) -> Result<(), Error> {
        let height = if item.kind == Kind::Polygon { 2 } else { 3 };
        let (nest, key) = match self.arcs {
            Some(_) => (&item.refs, "arcs"),
            None => (&item.coordinates, "coordinates"),
        };
        let Some(nest) = nest.as_ref().filter(|nest| nest.height.is_some()) else {
            self.note(&[], Problem::NoArea, "");
            return Ok(());
        };
        if nest.ragged || nest.height != Some(height) {
            self.note(&[document::Step::Key(key)], Problem::Nesting, "");
            return Ok(());
        }
        let (lines, polygons) = match self.arcs {
            Some(_) => (&self.store.ref_lines, &self.store.ref_polygons),
            None => (&self.store.lines, &self.store.polygons),
        };
        for (at, polygon) in parts(polygons, &nest.polygons, nest.lines.start).enumerate() {
            let first = polygon
                .start
                .checked_sub(1)
                .filter(|_| polygon.start > nest.lines.start)
                .and_then(|before| lines.get(before as usize).copied())
                .unwrap_or(nest.items.start);
            let mut rings = Vec::new();
            for (index, ring) in parts(lines, &polygon, first).enumerate() {
                let mut path = vec![document::Step::Key(key)];
                if height == 3 {
                    path.push(document::Step::Index(at));
                }
                path.push(document::Step::Index(index));
                match self.ring(ring, &path)? {
                    true => rings.push(self.rings.ranges.len().saturating_sub(1)),
                    // Holes in nothing.
                    false if index == 0 => break,
                    false => {}
                }
            }
            if rings.is_empty() {
                continue;
            }
            if crossing::crosses(&self.rings, &rings) {
                let path = [document::Step::Key(key), document::Step::Index(at)];
                let depth = if height == 2 { 1 } else { 2 };
                self.note(path.get(..depth).unwrap_or(&[]), Problem::SelfCrossing, "");
            }
            if let Some(draft) = self.drafts.last_mut() {
                draft.polygons.push(rings);
            }
        }
        Ok(())
    }

    /// Adds a ring; false where it is not kept.
    fn ring(&mut self, ring: Range<u32>, path: &[document::Step<'a>]) -> Result<bool, Error> {
        let range = ring.start as usize..ring.end as usize;
        let soundness = match self.arcs {
            None => {
                let positions = self.store.points.get(range).unwrap_or(&[]);
                self.rings
                    .push(&mut positions.iter().copied(), self.limits.vertices)
            }
            Some(arcs) => {
                let store = self.store;
                let refs = store.refs.get(range).unwrap_or(&[]);
                let mut missing = false;
                let mut positions = refs.iter().flat_map(|&arc| {
                    let points = arc_points(store, arcs, arc);
                    missing |= points.is_none();
                    let points = points.unwrap_or(&[]);
                    let length = points.len();
                    (0..length).filter_map(move |at| {
                        let at = if arc < 0 {
                            length.checked_sub(at)?.checked_sub(1)?
                        } else {
                            at
                        };
                        points.get(at).copied()
                    })
                });
                let soundness = self.rings.push(&mut positions, self.limits.vertices);
                if missing {
                    if matches!(soundness, Soundness::Sound | Soundness::Unclosed) {
                        self.rings.undo();
                    }
                    self.note(path, Problem::ArcIndex, "");
                    return Ok(false);
                }
                soundness
            }
        };
        match soundness {
            Soundness::Full => return Err(Error::TooManyVertices(self.limits.vertices)),
            Soundness::Outside => self.note(path, Problem::OutOfRange, ""),
            Soundness::Short => self.note(path, Problem::RingTooShort, ""),
            Soundness::Unclosed => self.note(path, Problem::Unclosed, ""),
            Soundness::Sound => {}
        }
        Ok(matches!(soundness, Soundness::Sound | Soundness::Unclosed))
    }

    /// Lists a problem of the object at hand, or of what lies below it.
    pub fn note(&mut self, below: &[document::Step<'a>], problem: Problem, found: &str) {
        if self.notices.len() >= self.limits.notices {
            self.notices_left_out = self.notices_left_out.saturating_add(1);
            return;
        }
        let mut steps = Vec::new();
        for step in &self.path {
            match step {
                Step::Root => {}
                Step::Key(key) => steps.push(document::Step::Key(key)),
                Step::Name(key) => steps.push(document::Step::Key(key)),
                Step::Index(key, at) => {
                    steps.extend([document::Step::Key(key), document::Step::Index(*at)]);
                }
            }
        }
        steps.extend_from_slice(below);
        self.notices.push(notice::Draft {
            steps,
            problem,
            found: found.chars().filter_map(harmless).take(40).collect(),
        });
    }

    /// A text that may be drawn: without control characters, of 1,000 characters at most; `None`
    /// where nothing is left.
    pub fn clean(&mut self, text: Option<&str>) -> Option<String> {
        let text = text?;
        let cleaned: String = text.chars().filter_map(harmless).take(1000).collect();
        if cleaned != text {
            self.note(&[], Problem::TextCleaned, "");
        }
        Some(cleaned.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// The coordinate system that a document states.
    pub fn crs(&mut self, text: Option<&str>) -> Crs {
        let Some(text) = text else {
            return Crs::default();
        };
        let small = text.to_ascii_lowercase();
        let names = |known: &[&str]| known.iter().any(|known| document::holds(&small, known));
        // GDAL writes urn:ogc:def:crs:OGC:1.3:CRS84 or urn:ogc:def:crs:EPSG::4490.
        if names(&["gcj02", "gcj-02"]) {
            Crs::Gcj02
        } else if names(&["cgcs2000", "::4490", "epsg:4490"]) {
            Crs::Cgcs2000
        } else {
            if !names(&["wgs84", "crs84", "::4326", "epsg:4326"]) {
                self.note(&[document::Step::Key("crs")], Problem::UnknownCrs, text);
            }
            Crs::Wgs84
        }
    }
}

/// A center or centroid that is on the globe.
pub(super) fn point(item: &Item) -> Option<[f64; 2]> {
    item.center
        .or(item.centroid)
        .filter(|&position| on_globe(position))
}

/// The points of an arc that a ring refers to; negative references are complements.
fn arc_points<'a>(store: &'a Store, arcs: &Nest, arc: i32) -> Option<&'a [[f64; 2]]> {
    let index = if arc < 0 { !arc } else { arc };
    let index = arcs.lines.start.checked_add(u32::try_from(index).ok()?)?;
    if index >= arcs.lines.end {
        return None;
    }
    let line = index..index.saturating_add(1);
    let first = match index.checked_sub(1) {
        Some(before) if index > arcs.lines.start => *store.lines.get(before as usize)?,
        _ => arcs.items.start,
    };
    let range = parts(&store.lines, &line, first).next()?;
    store.points.get(range.start as usize..range.end as usize)
}

/// The ranges between `first` and the ends that stand in a part of a list of ends.
pub(super) fn parts<'a>(
    ends: &'a [u32],
    part: &Range<u32>,
    first: u32,
) -> impl Iterator<Item = Range<u32>> + 'a {
    let mut start = first;
    let ends = ends.get(part.start as usize..part.end as usize);
    ends.unwrap_or(&[]).iter().map(move |&end| {
        let range = start..end;
        start = end;
        range
    })
}
