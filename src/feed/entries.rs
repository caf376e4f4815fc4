//! Entries of the document's lists → the model.

use super::fields::{Fields, region_ref};
use super::model::{
    Category, Cluster, Coverage, Grade, HistoryPoint, Level, Milestone, Region, RegionRef, Role,
    Tone,
};
use super::node::Node;
use super::notice::{Notices, Problem};
use super::order::order;
use super::path::Path;
use super::{check, text};

fn level(fields: &mut Fields, notices: &mut Notices) -> Option<Level> {
    const WORDS: [&str; 5] = ["province", "city", "district", "zone", "town"];
    const LEVELS: [Level; 5] = [
        Level::Province,
        Level::City,
        Level::District,
        Level::Zone,
        Level::Town,
    ];
    let word = fields.word("level", &WORDS, Problem::UnknownLevel, notices)?;
    LEVELS.get(word).copied()
}

fn tone(fields: &mut Fields, notices: &mut Notices) -> Option<Tone> {
    const TONES: [Tone; 3] = [Tone::Good, Tone::Warn, Tone::Bad];
    let words = ["good", "warn", "bad"];
    let word = fields.word("tone", &words, Problem::UnknownTone, notices)?;
    TONES.get(word).copied()
}

pub(super) fn region(fields: &mut Fields, notices: &mut Notices) -> Option<Region> {
    let code = fields.code("code", notices);
    let name = match (fields.text("name", notices), code) {
        (Some(name), _) => name,
        (None, Some(code)) => {
            notices.add(fields.path, Problem::NameMissing);
            code.text()
        }
        (None, None) => {
            fields.missing("name", notices);
            return None;
        }
    };
    let mut parent = fields.code("parent", notices);
    if let (Some(own), Some(other)) = (code, parent)
        && own.same_place() == other.same_place()
    {
        notices.add(&fields.at("parent"), Problem::OwnParent);
        parent = None;
    }
    Some(Region {
        code,
        name,
        level: level(fields, notices),
        parent,
        point: point(fields, notices),
        tags: texts(fields, "tags", notices),
        batch: fields.text("batch", notices),
        history: region_history(fields, notices),
        progress: fields.progress(notices),
    })
}

fn point(fields: &mut Fields, notices: &mut Notices) -> Option<[f64; 2]> {
    let mut point = None;
    fields.read("point", Problem::BadPoint, notices, &mut |node| {
        if let Node::List(list) = node
            && let [Node::Number(lon), Node::Number(lat)] = list.as_slice()
            && lon.abs() <= 180.0
            && lat.abs() <= 90.0
        {
            point = Some([*lon, *lat]);
        }
        point.is_some()
    });
    point
}

fn texts(fields: &mut Fields, name: &'static str, notices: &mut Notices) -> Vec<String> {
    let mut texts = Vec::new();
    fields.each(name, notices, &mut |_, node, path, notices| {
        texts.extend(entry_text(node, path, notices));
    });
    texts
}

/// A text in a list, where `null` is not the same as absent.
pub(super) fn entry_text(node: Node, path: &Path, notices: &mut Notices) -> Option<String> {
    if matches!(node, Node::Null) {
        notices.add(path, Problem::ExpectedText);
    }
    text::read(node, path, notices)
}

fn region_history(fields: &mut Fields, notices: &mut Notices) -> Vec<HistoryPoint> {
    let mut points = Vec::new();
    let at = fields.at("history");
    fields.each("history", notices, &mut |index, node, path, notices| {
        let point = Fields::of(node, path, notices)
            .and_then(|mut fields| history_point(&mut fields, notices));
        points.extend(point.map(|point| (index, point)));
    });
    in_order(points, &at, notices)
}

/// Oldest first; of one day, the earlier in the document.
pub(super) fn in_order(
    points: Vec<(usize, HistoryPoint)>,
    at: &Path,
    notices: &mut Notices,
) -> Vec<HistoryPoint> {
    // They stand in the document's order, and equal ones keep it.
    let day = |index: usize| points.get(index).map(|(_, point)| point.as_of.date);
    let order = order(points.len(), &|a, b| day(a).cmp(&day(b)));
    let mut points: Vec<Option<(usize, HistoryPoint)>> = points.into_iter().map(Some).collect();
    let mut kept: Vec<HistoryPoint> = Vec::with_capacity(points.len());
    let mut first = 0;
    for index in order {
        let Some((index, point)) = points.get_mut(index).and_then(Option::take) else {
            continue;
        };
        let before = kept.last().map(|before| before.as_of.date);
        if before == Some(point.as_of.date) {
            let path = Path::Index(at, index);
            check::duplicate(
                &Path::Key(&path, "as_of"),
                Problem::DuplicateDay,
                &Path::Index(at, first),
                notices,
            );
        } else {
            first = index;
            kept.push(point);
        }
    }
    kept
}

pub(super) fn history_point(fields: &mut Fields, notices: &mut Notices) -> Option<HistoryPoint> {
    Some(HistoryPoint {
        as_of: fields.needed_as_of("as_of", notices)?,
        progress: fields.progress(notices),
    })
}

pub(super) fn category(fields: &mut Fields, notices: &mut Notices) -> Option<Category> {
    let id = fields.text("id", notices);
    let name = match (fields.text("name", notices), &id) {
        (Some(name), _) => name,
        (None, Some(id)) => id.clone(),
        (None, None) => {
            fields.missing("name", notices);
            return None;
        }
    };
    Some(Category {
        id: id.unwrap_or_else(|| name.clone()),
        name,
        progress: fields.progress(notices),
    })
}

pub(super) fn milestone(fields: &mut Fields, notices: &mut Notices) -> Option<Milestone> {
    let name = fields.needed("name", notices)?;
    Some(Milestone {
        date: fields.needed_as_of("date", notices)?,
        name,
        done: fields.flag("done", notices),
        deadline: fields.flag("deadline", notices).unwrap_or(false),
    })
}

pub(super) fn cluster(fields: &mut Fields, notices: &mut Notices) -> Option<(Cluster, Vec<usize>)> {
    let name = fields.needed("name", notices)?;
    let (members, members_at) = region_refs(fields, "members", notices);
    Some((
        Cluster {
            name,
            lead: fields.region_ref("lead", notices),
            members,
            region: fields.region_ref("region", notices),
        },
        members_at,
    ))
}

/// Regions by code or name, with their indices in the document.
fn region_refs(
    fields: &mut Fields,
    name: &'static str,
    notices: &mut Notices,
) -> (Vec<RegionRef>, Vec<usize>) {
    let (mut regions, mut at) = (Vec::new(), Vec::new());
    fields.each(name, notices, &mut |index, node, path, notices| {
        if matches!(node, Node::Null) {
            notices.add(path, Problem::ExpectedText);
        } else if let Some(region) = region_ref(node, path, notices) {
            regions.push(region);
            at.push(index);
        }
    });
    (regions, at)
}

/// The roles of the expert teams.
pub(super) fn roles(fields: &mut Fields, notices: &mut Notices) -> Vec<Role> {
    let mut roles = Vec::new();
    fields.each("roles", notices, &mut |_, node, path, notices| {
        let role = Fields::of(node, path, notices).and_then(|mut fields| {
            Some(Role {
                name: fields.needed("name", notices)?,
                attendances: fields.count("attendances", notices),
            })
        });
        roles.extend(role);
    });
    roles
}

pub(super) fn coverage(
    fields: &mut Fields,
    notices: &mut Notices,
) -> Option<(Coverage, Vec<usize>)> {
    let name = fields.needed("name", notices)?;
    let (regions, regions_at) = region_refs(fields, "regions", notices);
    let coverage = Coverage {
        name,
        done: fields.count("done", notices),
        of: fields.count("of", notices),
        regions,
    };
    check::coverage(&coverage, fields.path, notices);
    Some((coverage, regions_at))
}

pub(super) fn grade(fields: &mut Fields, notices: &mut Notices) -> Option<Grade> {
    Some(Grade {
        name: fields.needed("name", notices)?,
        count: fields.count("count", notices),
        tone: tone(fields, notices),
    })
}
