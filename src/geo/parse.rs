//! Bytes → [`Geometry`] and notices.

use super::collect::{self, Collector, parts};
use super::model::{Feature, Geometry};
use super::notice::{Error, Notice, Problem, placed};
use super::read::{Found, Item, Kind, Limits, Nest, Reader, Store, Want};
use super::{simplify, topology};
use crate::feed::document;
use crate::feed::json::Scanner;

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
    let text = document::open(bytes, limits.bytes).map_err(Error::Document)?;
    let mut root = read(text, limits, &mut store)?;
    let transform = root.transform.take();
    let arcs = (root.kind == Kind::Topology).then(|| root.refs.take().unwrap_or_default());
    if let Some(arcs) = &arcs {
        unpack(&mut store, arcs, transform.as_deref());
    }

    let mut collector = Collector::new(&store, limits, arcs.as_ref());
    let crs = collector.crs(root.crs.as_deref());
    let review_number = collector.clean(root.review_number.as_deref());
    let map_source = collector.clean(root.map_source.as_deref());
    collector.walk(&root, false)?;
    if collector.drafts.is_empty() {
        collector.note(&[], Problem::NoPolygons, "");
    }
    let Collector {
        rings,
        drafts,
        notices,
        notices_left_out,
        ..
    } = collector;

    let notices = placed(notices, text);
    let (mut arcs, mut refs) = topology::build(&rings);
    drop(rings);
    simplify::weigh(&mut arcs);
    let features = drafts
        .into_iter()
        .map(|draft| Feature {
            code: draft.item.code.map(|(_, code)| code),
            name: draft.name,
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
            review_number,
            map_source,
            arcs,
        },
        notices,
        notices_left_out,
    })
}

/// The document's root.
fn read(text: &str, limits: &Limits, store: &mut Store) -> Result<Box<Item>, Error> {
    // Reading recurses, and a browser's stack is small.
    let depth = limits.depth.min(128);
    let mut scan = Scanner::new(text, 0, depth);
    let mut reader = Reader {
        scan: &mut scan,
        store,
        limits,
        want: Want::Item,
        depth: 0,
    };
    let found = reader.read();
    scan.end();
    if let Some(error) = store.stopped.take() {
        return Err(error);
    }
    document::sound(&scan, &[], text, depth).map_err(Error::Document)?;
    match found {
        Found::Item(item) if !matches!(item.kind, Kind::Missing | Kind::Unknown) => Ok(item),
        _ => Err(Error::NotAMap),
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
