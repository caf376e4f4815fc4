//! The fields of version 1: which names are known where. Everything else is skipped unread.
//!
//! The published schema is tested against this table.

/// What is kept of a value. A scalar is kept whatever the shape; a list or an object where none
/// is known is skipped, and only that it was one is remembered.
pub(super) enum Shape {
    /// A scalar.
    Leaf,
    /// An object with these fields, in groups so that figures are listed once.
    Object(&'static [&'static [Field]]),
    /// A list that is kept with what it stands in.
    List(&'static Shape, Cap),
    /// A list whose entries are read one by one and dropped.
    Stream(&'static Shape, Stream),
}

/// A field's name and shape.
pub(super) type Field = (&'static str, &'static Shape);

/// Which limit a list falls under.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cap {
    /// `Limits::regions`
    Regions,
    /// `Limits::history_points`
    History,
    /// `Limits::entries`
    Entries,
}

/// The lists of the document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    /// `regions`
    Regions,
    /// `categories`
    Categories,
    /// `history`
    History,
    /// `milestones`
    Milestones,
    /// `clusters`
    Clusters,
    /// `coverage`
    Coverage,
    /// `grades`
    Grades,
    /// `notes`
    Notes,
}

impl Stream {
    /// The limit it falls under.
    pub(super) fn cap(self) -> Cap {
        match self {
            Stream::Regions => Cap::Regions,
            Stream::History => Cap::History,
            _ => Cap::Entries,
        }
    }
}

static LEAF: Shape = Shape::Leaf;
static LEAVES: Shape = Shape::List(&LEAF, Cap::Entries);

static COUNT: Shape = Shape::Object(&[&[("value", &LEAF), ("bound", &LEAF), ("text", &LEAF)]]);

static INVESTMENT: Shape = Shape::Object(&[&[
    ("planned", &COUNT),
    ("done", &COUNT),
    ("rate", &LEAF),
    ("unit", &LEAF),
]]);

static PROGRESS_FIELDS: &[Field] = &[
    ("planned", &COUNT),
    ("started", &COUNT),
    ("completed", &COUNT),
    ("accepted", &COUNT),
    ("rate", &LEAF),
    ("completion_rate", &LEAF),
    ("rate_basis", &LEAF),
    ("investment", &INVESTMENT),
];

static PROGRESS: Shape = Shape::Object(&[PROGRESS_FIELDS]);
static POINT_IN_TIME: Shape = Shape::Object(&[&[("as_of", &LEAF)], PROGRESS_FIELDS]);
static HISTORY: Shape = Shape::List(&POINT_IN_TIME, Cap::History);

static REGION: Shape = Shape::Object(&[
    &[
        ("code", &LEAF),
        ("name", &LEAF),
        ("level", &LEAF),
        ("parent", &LEAF),
        ("point", &LEAVES),
        ("tags", &LEAVES),
        ("batch", &LEAF),
        ("history", &HISTORY),
    ],
    PROGRESS_FIELDS,
]);

static CATEGORY: Shape = Shape::Object(&[&[("id", &LEAF), ("name", &LEAF)], PROGRESS_FIELDS]);

static MILESTONE: Shape = Shape::Object(&[&[
    ("date", &LEAF),
    ("name", &LEAF),
    ("done", &LEAF),
    ("deadline", &LEAF),
]]);

static CLUSTER: Shape = Shape::Object(&[&[
    ("name", &LEAF),
    ("lead", &LEAF),
    ("members", &LEAVES),
    ("region", &LEAF),
]]);

static COVERAGE: Shape = Shape::Object(&[&[
    ("name", &LEAF),
    ("done", &COUNT),
    ("of", &COUNT),
    ("regions", &LEAVES),
]]);
static ROLE: Shape = Shape::Object(&[&[("name", &LEAF), ("attendances", &COUNT)]]);
static ROLES: Shape = Shape::List(&ROLE, Cap::Entries);

static TEAMS: Shape = Shape::Object(&[&[
    ("activities", &COUNT),
    ("attendances", &COUNT),
    ("problems_solved", &COUNT),
    ("roles", &ROLES),
]]);

static GRADE: Shape = Shape::Object(&[&[("name", &LEAF), ("count", &COUNT), ("tone", &LEAF)]]);
static SOURCE: Shape = Shape::Object(&[&[("name", &LEAF), ("url", &LEAF)]]);
static TARGET: Shape = Shape::Object(&[&[("rate", &LEAF), ("by", &LEAF)]]);

/// The whole document.
pub(super) static DOCUMENT: Shape = Shape::Object(&[&[
    ("feed", &LEAF),
    ("title", &LEAF),
    ("subtitle", &LEAF),
    ("lang", &LEAF),
    ("crs", &LEAF),
    ("as_of", &LEAF),
    ("published", &LEAF),
    ("expected_every", &LEAF),
    ("source", &SOURCE),
    ("sample", &LEAF),
    ("target", &TARGET),
    ("total", &PROGRESS),
    ("regions", &Shape::Stream(&REGION, Stream::Regions)),
    ("categories", &Shape::Stream(&CATEGORY, Stream::Categories)),
    ("history", &Shape::Stream(&POINT_IN_TIME, Stream::History)),
    ("milestones", &Shape::Stream(&MILESTONE, Stream::Milestones)),
    ("clusters", &Shape::Stream(&CLUSTER, Stream::Clusters)),
    ("coverage", &Shape::Stream(&COVERAGE, Stream::Coverage)),
    ("teams", &TEAMS),
    ("grades", &Shape::Stream(&GRADE, Stream::Grades)),
    ("notes", &Shape::Stream(&LEAF, Stream::Notes)),
]]);

/// Every field that the parser reads, as `regions[].investment.rate`, in the table's order.
///
/// For the tests that hold the published schema against the parser, and for tools that explain
/// the format; nothing in the browser calls it.
#[must_use]
pub fn field_paths() -> Vec<String> {
    let mut paths = Vec::new();
    list(&DOCUMENT, "", &mut paths);
    paths
}

fn list(shape: &Shape, at: &str, paths: &mut Vec<String>) {
    match shape {
        Shape::Leaf => {}
        Shape::List(each, _) | Shape::Stream(each, _) => list(each, &format!("{at}[]"), paths),
        Shape::Object(groups) => {
            for (name, shape) in groups.iter().flat_map(|group| group.iter()) {
                let path = if at.is_empty() {
                    (*name).to_owned()
                } else {
                    format!("{at}.{name}")
                };
                paths.push(path.clone());
                list(shape, &path, paths);
            }
        }
    }
}
