//! One file a kind: figures (and geometry) → scene. Kinds are listed here and know nothing of one
//! another; what they share stands in `parts`.

mod bars;
mod board;
mod clusters;
mod coverage;
mod grades;
mod grid;
mod map;
mod milestones;
mod pace;
pub mod parts;
mod stages;
mod summary;
mod table;
mod teams;
mod towns;
mod trend;

use crate::figures::{Feed, Metric, Selection, Show, Sort};
use crate::geo::{Geometry, Projection};
use crate::scene::{Draft, Scene};
use crate::style::{Lang, Scheme, Sizes, TextSize, Theme};

/// A kind of widget: an entry of [`KINDS`].
pub struct Kind {
    /// The name that pages write.
    pub name: &'static str,
    /// Whether a geometry is of use.
    pub uses_geometry: bool,
    draw: fn(&Input, &mut Draft),
}

/// What an element that names no kind shows: the first of all.
const SUMMARY: Kind = Kind::new("summary", false, summary::draw);

/// Every kind. A new one is one file and one line here: its name, whether a geometry is of use.
pub static KINDS: &[Kind] = &[
    SUMMARY,
    Kind::new("bars", false, bars::draw),
    Kind::new("table", false, table::draw),
    Kind::new("board", false, board::draw),
    Kind::new("map", true, map::draw),
    Kind::new("coverage", false, coverage::draw),
    Kind::new("stages", false, stages::draw),
    Kind::new("teams", false, teams::draw),
    Kind::new("grades", false, grades::draw),
    Kind::new("grid", false, grid::draw),
    Kind::new("trend", false, trend::draw),
    Kind::new("pace", false, pace::draw),
    Kind::new("milestones", false, milestones::draw),
    Kind::new("towns", true, towns::draw),
    Kind::new("clusters", true, clusters::draw),
];

impl Kind {
    const fn new(name: &'static str, uses_geometry: bool, draw: fn(&Input, &mut Draft)) -> Kind {
        Kind {
            name,
            uses_geometry,
            draw,
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Kind> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// What an element that names none shows.
    #[must_use]
    pub fn usual() -> &'static Kind {
        KINDS.first().unwrap_or(&SUMMARY)
    }

    /// Draws it.
    #[must_use]
    pub fn draw(&self, input: &Input) -> Scene {
        let options = input.options;
        let sizes = Sizes::new(options.text_size);
        let mut draft = Draft::new(&options.theme, sizes, input.lang(), options.width_css_px);
        (self.draw)(input, &mut draft);
        draft.finish()
    }

    /// Whether it may stand in a board: a board may not.
    #[must_use]
    pub fn is_panel(&self) -> bool {
        self.name != "board"
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Kind) -> bool {
        self.name == other.name
    }
}

impl std::fmt::Debug for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// What a widget draws from.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The feed.
    pub feed: &'a Feed,
    /// Number of notices that reading the feed gave.
    pub notices: usize,
    /// The geometry, where there is one.
    pub geometry: Option<&'a Geometry>,
    /// How.
    pub options: &'a Options,
    /// Whether it is a panel of a board, which has the title, the day, the source and the notes.
    pub panel: bool,
}

impl Input<'_> {
    /// The language of our own words: as asked, else the feed's.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.options
            .lang
            .unwrap_or_else(|| Lang::from_tag(&self.feed.lang))
    }
}

/// What figures are drawn as, by kinds that have a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Shape {
    /// By the figures.
    #[default]
    Auto,
    /// Bars.
    Bars,
    /// A dot each.
    Dots,
    /// Regions by item.
    Matrix,
}

/// How a widget is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Width of the picture in CSS pixels.
    pub width_css_px: f64,
    /// Language; `None`: the feed's.
    pub lang: Option<Lang>,
    /// Colours and fonts.
    pub theme: Theme,
    /// Normal or senior.
    pub text_size: TextSize,
    /// Which rate.
    pub metric: Metric,
    /// Rates or counts, where a kind can show either.
    pub show: Show,
    /// Which rows.
    pub selection: Selection,
    /// Order of rows.
    pub sort: Sort,
    /// Compared with the latest earlier figures up to that day, in days since 1970.
    pub since: Option<i32>,
    /// Most rows shown.
    pub limit: usize,
    /// Bars, dots or what else the kind knows.
    pub shape: Shape,
    /// Whether that was asked for; else a long table shows fewer and scrolls.
    pub limit_given: bool,
    /// The column of a table by which the reader sorted it, and whether the highest comes first.
    pub order: Option<(usize, bool)>,
    /// Class bounds of the choropleth, ascending; empty: chosen from the figures.
    pub breaks: Vec<f64>,
    /// Projection; `None`: chosen from the map's extent.
    pub projection: Option<Projection>,
    /// A map without a review number is not drawn.
    pub require_review_number: bool,
    /// What a board shows; empty: chosen from the figures.
    pub kinds: Vec<&'static Kind>,
    /// Height of a page where it is printed: a board's panels are not cut at its end. Else infinite.
    pub page_css_px: f64,
    /// In place of the title that the widget would choose; `feed`: the feed's own.
    pub title: Option<String>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            width_css_px: 640.0,
            lang: None,
            theme: Theme::news(Scheme::Light),
            text_size: TextSize::Normal,
            metric: Metric::Start,
            show: Show::Rate,
            selection: Selection::default(),
            sort: Sort::Value,
            since: None,
            limit: 200,
            shape: Shape::Auto,
            limit_given: false,
            order: None,
            breaks: Vec::new(),
            projection: None,
            require_review_number: false,
            kinds: Vec::new(),
            page_css_px: f64::INFINITY,
            title: None,
        }
    }
}
