//! Bytes → [`Geometry`] and notices.

use super::arcs::Topology;
use super::layout::{EMPTY, stretch};
use super::model::Geometry;
use super::read::{Key, Limits, Reader, TOPOLOGY, members, past};
use super::rings::Rings;
use super::sort::sort;
use super::topology;
use crate::feed::document::{self, Draft, Drafts};
use crate::feed::json::Scanner;
use crate::feed::{Crs, Error, ErrorKind, Notice, Problem};

/// How often the boxes of all rings together may cover the map. Provinces, cities, districts and
/// towns in one map lie in four layers, whose boxes overlap two or three times each; thousands of
/// layers would keep a browser busy painting for seconds.
const MOST_LAYERS: f64 = 100.0;

/// A geometry, and what was wrong with it.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Parsed {
    /// What can be used.
    pub geometry: Geometry,
    /// What was left out or put right, in the document's order; and where the map states its
    /// coordinate system, which is wrong beside some feeds only: see [`Parsed::tells`].
    pub notices: Vec<Notice>,
    /// Notices beyond [`Limits::notices`].
    pub notices_left_out: usize,
}

/// Reads GeoJSON (a feature collection, a feature or a bare geometry, wound either way) or
/// TopoJSON (quantised or not).
///
/// A document without polygons is no error: it says so in a notice, and every region counts as
/// one that the map does not have.
///
/// # Errors
///
/// What is no UTF-8 text, no JSON, neither of the two formats, or past a limit.
pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Parsed, Error> {
    let text = document::open(bytes, limits.bytes)?;
    // Once over all of it, to know that it is JSON; what is read later takes that for granted.
    let depth = limits.depth.min(128);
    let mut scan = Scanner::new(text, 0, depth);
    let start = scan.start();
    scan.skip();
    scan.end();
    document::sound(&scan, text, depth)?;
    let root = members(text, start);
    let mut reader = Reader {
        text,
        limits,
        topology: None,
        rings: Rings::default(),
        features: Vec::new(),
        starts: Vec::new(),
        notices: Drafts::new(limits.notices),
        error: None,
    };
    match reader.kind(&root) {
        None => return Err(Error::whole(ErrorKind::NotAMap, String::new())),
        Some(TOPOLOGY) => reader.topology = Some(Topology::read(text, &root, limits.vertices)),
        Some(_) => {}
    }
    if let Some(topology) = &reader.topology
        && topology.is_larger_than(limits.vertices)
    {
        return Err(past(ErrorKind::TooManyVertices, limits.vertices));
    }
    let crs = reader.crs(&root);
    let review_number = reader.clean(&root, Key::ReviewNumber);
    let map_source = reader.clean(&root, Key::MapSource);
    reader.walk(start, false);
    if let Some(error) = reader.error {
        return Err(error);
    }
    if reader.features.is_empty() {
        reader.note(start, Problem::NoPolygons, "");
    }
    note_duplicates(&mut reader);
    let Reader {
        mut rings,
        features,
        notices,
        ..
    } = reader;

    let weights = topology::weigh(&mut rings);
    let mut corners = EMPTY;
    let mut covered = 0.0;
    for range in &rings.ranges {
        let mut ring = EMPTY;
        let points = rings.points.get(range.start as usize..range.end as usize);
        for &point in points.unwrap_or(&[]) {
            stretch(&mut ring, point);
        }
        covered += area(&ring);
        stretch(&mut corners, ring[0]);
        stretch(&mut corners, ring[1]);
    }
    if covered > MOST_LAYERS * area(&corners) {
        return Err(Error::whole(ErrorKind::Piled, String::new()));
    }
    Ok(Parsed {
        geometry: Geometry {
            features,
            crs,
            review_number,
            map_source,
            points: rings.points,
            weights,
            ranges: rings.ranges,
            corners,
        },
        notices_left_out: notices.left_out,
        notices: notices.placed(text),
    })
}

impl Parsed {
    /// Whether a notice is to be told beside a feed whose points are in this coordinate system.
    #[must_use]
    pub fn tells(&self, notice: &Notice, points: Option<Crs>) -> bool {
        notice.problem != Problem::OtherCrs || !Crs::agree(points, self.geometry.crs)
    }
}

/// Of a box, in square degrees.
fn area([[west, south], [east, north]]: &[[f64; 2]; 2]) -> f64 {
    (east - west) * (north - south)
}

/// Lists each feature whose code another one before it has.
fn note_duplicates(reader: &mut Reader) {
    let mut codes: Vec<(u64, u32)> = Vec::new();
    for (index, feature) in (0_u32..).zip(&reader.features) {
        if let Some(code) = feature.code {
            codes.push((code.same_place(), index));
        }
    }
    sort(&mut codes);
    let mut known = (u64::MAX, 0);
    for (code, index) in codes {
        let at = reader.starts.get(index as usize).copied();
        let at = at.unwrap_or_default();
        if code == known.0 {
            reader.notices.add(Draft {
                at,
                first: known.1,
                problem: Problem::DuplicateCode,
                detail: String::new(),
            });
        } else {
            known = (code, at);
        }
    }
}
