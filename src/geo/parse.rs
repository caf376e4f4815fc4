//! Bytes → [`Geometry`] and notices.

use super::collect::{self, Collector, parts};
use super::model::{Feature, Geometry};
use super::notice::{Error, Notice, Problem};
use super::read::{Found, Item, Kind, Limits, Nest, Reader, Store, Want};
use super::{simplify, topology};
use serde::de::DeserializeSeed;

/// A geometry, and what was wrong with it.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Parsed {
    /// What can be used.
    pub geometry: Geometry,
    /// What was left out or put right, in the document's order.
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
    let mut store = Store::default();
    let mut root = read(bytes, limits, &mut store)?;
    let transform = root.transform.take();
    let arcs = (root.kind == Kind::Topology).then(|| root.refs.take().unwrap_or_default());
    if let Some(arcs) = &arcs {
        unpack(&mut store, arcs, transform.as_deref());
    }

    let mut collector = Collector::new(&store, limits, arcs.as_ref());
    let crs = collector.crs(root.crs.as_deref());
    collector.walk(&root, false).map_err(|problem| Error {
        line: 0,
        column: 0,
        problem,
    })?;
    if collector.drafts.is_empty() {
        collector.note("", Problem::NoPolygons);
    }
    let Collector {
        rings,
        drafts,
        notices,
        notices_left_out,
        ..
    } = collector;

    let (mut arcs, mut refs) = topology::build(&rings);
    drop(rings);
    simplify::weigh(&mut arcs);
    let features = drafts
        .into_iter()
        .map(|draft| Feature {
            code: draft.item.code.map(|(_, code)| code),
            name: draft.item.name.clone().filter(|name| !name.is_empty()),
            center: collect::point(draft.item),
            level: draft.item.level,
            parent: draft.item.parent,
            polygons: draft
                .polygons
                .into_iter()
                .map(|rings| {
                    let mut take = |ring| refs.get_mut(ring).map(std::mem::take);
                    rings.into_iter().filter_map(&mut take).collect()
                })
                .collect(),
        })
        .collect();
    Ok(Parsed {
        geometry: Geometry {
            features,
            crs,
            review_number: root.review_number,
            map_source: root.map_source,
            arcs,
        },
        notices,
        notices_left_out,
    })
}

fn read(bytes: &[u8], limits: &Limits, store: &mut Store) -> Result<Box<Item>, Error> {
    let whole = |problem| Error {
        line: 0,
        column: 0,
        problem,
    };
    if bytes.len() > limits.bytes {
        return Err(whole(Problem::TooLarge));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || bytes.starts_with(b"{\0")
    {
        return Err(whole(Problem::Utf16));
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(whole(Problem::NotUtf8));
    };
    let mut json = serde_json::Deserializer::from_str(text);
    let reader = Reader {
        store,
        limits,
        want: Want::Item,
        depth: 0,
    };
    let found = reader
        .deserialize(&mut json)
        .and_then(|found| json.end().map(|()| found))
        .map_err(|error| Error {
            line: error.line() as u32,
            column: error.column() as u32,
            problem: store.problem.take().unwrap_or(if error.is_eof() {
                Problem::CutOff
            } else {
                Problem::NotJson
            }),
        })?;
    match found {
        Found::Item(item) if !matches!(item.kind, Kind::Missing | Kind::Unknown) => Ok(item),
        _ => Err(whole(Problem::NotAMap)),
    }
}

/// A topology's arcs → degrees: quantised ones are stored as steps on a grid.
fn unpack(store: &mut Store, arcs: &Nest, transform: Option<&Item>) {
    let Some(transform) = transform else { return };
    let scale = transform.scale.unwrap_or([1.0; 2]);
    let translate = transform.translate.unwrap_or([0.0; 2]);
    for line in parts(&store.lines, &arcs.lines, arcs.items.start) {
        let line = store.points.get_mut(line.start as usize..line.end as usize);
        let mut at = [0.0; 2];
        for point in line.unwrap_or(&mut []) {
            at = [at[0] + point[0], at[1] + point[1]];
            *point = [
                at[0] * scale[0] + translate[0],
                at[1] * scale[1] + translate[1],
            ];
        }
    }
}
