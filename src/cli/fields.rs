//! A feed's own text → the fields that nothing reads, and the points off a map, each with its
//! place. The parser skips what it does not know, as the format says; who prepares a feed wants
//! to see it. Imports nothing of ours.

use std::collections::BTreeSet;

use progress_widgets::feed::{Field, Place, field_paths, places, visit};
use strsim::osa_distance;

/// A field that is not part of the format: wherever it stands, counted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// `regions[].strated`
    pub field: String,
    /// How often it stands there.
    pub times: usize,
    /// The first of them.
    pub first: Place,
    /// A field of the format that is written almost so.
    pub meant: Option<String>,
}

/// What there is to tell of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields {
    /// In the document's order.
    pub unread: Vec<Unread>,
    /// Regions' points, `[longitude, latitude]`.
    pub points: Vec<(Place, [f64; 2])>,
}

/// More fields than these are not told apart: such a document is no feed of ours.
const MOST: usize = 100;

/// Reads a document that [`progress_widgets::feed::parse`] accepted. Of a region's point only
/// those for which `wanted` holds are kept.
pub fn read(document: &[u8], wanted: impl Fn([f64; 2]) -> bool) -> Fields {
    let known: BTreeSet<String> = field_paths().into_iter().collect();
    let mut found = Fields::default();
    let (mut unread_at, mut points_at) = (Vec::new(), Vec::new());
    visit(document, &mut |field| {
        // A known object's name is not always in the list of fields, what is in it is.
        let read = known.contains(field.name) || leads_on(&known, field.name);
        if let Some(point) = point(field).filter(|point| wanted(*point)) {
            points_at.push(field.value_at);
            found.points.push((Place::default(), point));
        }
        // `$schema`, and what others keep for themselves.
        let own = field.name.rsplit('.').next().unwrap_or_default();
        if read || own.starts_with(['$', '_']) {
            return read;
        }
        let mut told = found.unread.iter_mut();
        if let Some(told) = told.find(|told| told.field == field.name) {
            told.times = told.times.saturating_add(1);
        } else if found.unread.len() < MOST {
            unread_at.push(field.key_at);
            found.unread.push(Unread {
                field: field.name.to_owned(),
                times: 1,
                first: Place::default(),
                meant: meant(&known, field.name),
            });
        }
        false
    });
    for (unread, place) in found.unread.iter_mut().zip(places(document, &unread_at)) {
        unread.first = place;
    }
    for (point, place) in found.points.iter_mut().zip(places(document, &points_at)) {
        point.0 = place;
    }
    found
}

fn leads_on(known: &BTreeSet<String>, field: &str) -> bool {
    known.iter().any(|known| {
        known
            .strip_prefix(field)
            .is_some_and(|rest| rest.starts_with('.') || rest.starts_with("[]"))
    })
}

/// The field's value, where it is a region's point.
fn point(field: Field) -> Option<[f64; 2]> {
    if field.name != "regions[].point" {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(field.value).into_iter::<[f64; 2]>();
    let [x, y] = values.next()?.ok()?;
    (x.abs() <= 180.0 && y.abs() <= 90.0).then_some([x, y])
}

/// A field of the same object whose name differs by no more than two letters.
fn meant(known: &BTreeSet<String>, field: &str) -> Option<String> {
    let start = field.rfind('.').map_or(0, |dot| dot.saturating_add(1));
    let (object, name) = field.split_at_checked(start)?;
    let siblings = known.iter().filter_map(|known| {
        let rest = known.strip_prefix(object)?;
        rest.split(['.', '[']).next()
    });
    siblings
        .map(|sibling| (osa_distance(&name.to_lowercase(), sibling), sibling))
        .min()
        // Of short names, two letters are a different one.
        .filter(|(distance, sibling)| *distance <= 2 && sibling.len() > distance.saturating_mul(2))
        .map(|(_, sibling)| sibling.to_owned())
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
