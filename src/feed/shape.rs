//! The fields of version 1: which names are known where. Everything else is skipped unread.
//!
//! The published schema is tested against these lists.

/// Numbers of an object's own fields begin here; before it are those of [`progress`].
pub(super) const OWN: usize = progress::NAMES.len();

/// At most so many fields are known in any object.
pub(super) const MOST: usize = OWN + document::NAMES.len();

/// An object's own fields: their names, and a number for each.
macro_rules! object {
    ($(#[$doc:meta])* $object:ident from $first:expr; $($name:ident)*) => {
        $(#[$doc])*
        #[allow(non_camel_case_types, non_upper_case_globals, dead_code)] // As the feed writes them.
        pub(super) mod $object {
            pub(in crate::feed) const NAMES: &[&str] = &[$(stringify!($name)),*];
            enum Place { $($name),* }
            $(pub(in crate::feed) const $name: usize = $first + Place::$name as usize;)*
        }
    };
}

object! {
    /// The figures that a whole, a region, a category or a day may have beside its own fields.
    progress from 0;
    planned started completed accepted rate completion_rate rate_basis investment
}
object! {
    /// The whole document.
    document from super::OWN;
    feed title subtitle lang crs as_of published expected_every source sample target total regions
    categories history milestones clusters coverage teams grades notes
}
object! {
    /// A count with a bound or a wording.
    count from super::OWN;
    value bound text
}
object! {
    /// Money.
    investment from super::OWN;
    planned done rate unit
}
object! {
    /// A region, with figures.
    region from super::OWN;
    code name level parent point tags batch history
}
object! {
    /// A day of a history, with figures.
    history_point from super::OWN;
    as_of
}
object! {
    /// A category, with figures.
    category from super::OWN;
    id name
}
object! {
    /// An event.
    milestone from super::OWN;
    date name done deadline
}
object! {
    /// Towns that develop together.
    cluster from super::OWN;
    name lead members region
}
object! {
    /// How many of N have something.
    coverage from super::OWN;
    name done of regions
}
object! {
    /// Expert teams.
    teams from super::OWN;
    activities attendances problems_solved roles
}
object! {
    /// A role in them.
    role from super::OWN;
    name attendances
}
object! {
    /// A grade.
    grade from super::OWN;
    name count tone
}
object! {
    /// Who published the figures.
    source from super::OWN;
    name url
}
object! {
    /// What is to be reached.
    target from super::OWN;
    rate by
}

/// The objects of the document where they stand, with a `+` behind those that may have figures.
const PLACES: [(&str, &[&str]); 14] = [
    ("", document::NAMES),
    ("source", source::NAMES),
    ("target", target::NAMES),
    ("total+", &[]),
    ("regions[]+", region::NAMES),
    ("regions[].history[]+", history_point::NAMES),
    ("categories[]+", category::NAMES),
    ("history[]+", history_point::NAMES),
    ("milestones[]", milestone::NAMES),
    ("clusters[]", cluster::NAMES),
    ("coverage[]", coverage::NAMES),
    ("teams", teams::NAMES),
    ("teams.roles[]", role::NAMES),
    ("grades[]", grade::NAMES),
];

/// Fields that are counts, where they stand among an object's own.
const COUNTS: [&str; 7] = [
    "coverage[].done",
    "coverage[].of",
    "teams.activities",
    "teams.attendances",
    "teams.problems_solved",
    "teams.roles[].attendances",
    "grades[].count",
];

/// Every field that the parser reads, as `regions[].investment.rate`.
///
/// For the tests that hold the published schema against the parser, and for tools that explain
/// the format; nothing in the browser calls it.
#[must_use]
pub fn field_paths() -> Vec<String> {
    let mut paths = Vec::new();
    for (place, own) in PLACES {
        let at = place.trim_end_matches('+');
        let at = if at.is_empty() {
            String::new()
        } else {
            format!("{at}.")
        };
        for name in own {
            let path = format!("{at}{name}");
            if COUNTS.contains(&path.as_str()) {
                count(&path, &mut paths);
            } else {
                paths.push(path);
            }
        }
        if !place.ends_with('+') {
            continue;
        }
        for name in progress::NAMES {
            let path = format!("{at}{name}");
            match *name {
                "planned" | "started" | "completed" | "accepted" => count(&path, &mut paths),
                "investment" => {
                    for name in investment::NAMES {
                        let path = format!("{path}.{name}");
                        if matches!(*name, "planned" | "done") {
                            count(&path, &mut paths);
                        } else {
                            paths.push(path);
                        }
                    }
                    paths.push(path);
                }
                _ => paths.push(path),
            }
        }
    }
    paths
}

fn count(path: &str, paths: &mut Vec<String>) {
    paths.push(path.to_owned());
    paths.extend(count::NAMES.iter().map(|name| format!("{path}.{name}")));
}
