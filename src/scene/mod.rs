//! The resolved picture: what widgets write and painters replay. Neither knows the other.
//!
//! All coordinates are whole sixteenths of a CSS pixel, so that a picture is the same bytes in
//! the browser and natively. Colours are resolved; painters decide nothing. Imports `style`.

mod draft;
pub mod metrics;
pub mod plot;
pub mod tween;

pub use draft::{Draft, Extent, Type};

use crate::style::Color;

/// Sixteenths of a CSS pixel in one CSS pixel.
pub const SUBPIXELS: i32 = 16;

/// A length or coordinate in sixteenths of a CSS pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Px(pub i32);

impl Px {
    /// From CSS pixels, rounded to the nearest sixteenth. Not-a-number becomes 0; values beyond
    /// ±1,000,000 px are clamped, so that sums of two never overflow.
    #[must_use]
    pub fn from_css(css_px: f64) -> Px {
        if css_px.is_nan() {
            return Px(0);
        }
        // Half up and not half away from zero: a shift of the whole picture by whole pixels must
        // not change how its parts round.
        let sixteenths = (css_px.clamp(-1e6, 1e6) * f64::from(SUBPIXELS) + 0.5).floor();
        Px(sixteenths as i32)
    }

    /// In CSS pixels, exact.
    #[must_use]
    pub fn css(self) -> f64 {
        f64::from(self.0) / f64::from(SUBPIXELS)
    }
}

/// A point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Point {
    /// From the left edge.
    pub x: Px,
    /// From the top edge.
    pub y: Px,
}

impl Point {
    /// From CSS pixels.
    #[must_use]
    pub fn from_css(x: f64, y: f64) -> Point {
        Point {
            x: Px::from_css(x),
            y: Px::from_css(y),
        }
    }
}

impl Point {
    /// Moves it. [`Px::from_css`] sees to it that no sum of two overflows.
    #[inline(never)]
    pub fn shift(&mut self, by: Point) {
        self.x = Px(self.x.0.wrapping_add(by.x.0));
        self.y = Px(self.y.0.wrapping_add(by.y.0));
    }
}

/// A rectangle; width and height are never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Rect {
    /// Left edge.
    pub x: Px,
    /// Top edge.
    pub y: Px,
    /// Width.
    pub width: Px,
    /// Height.
    pub height: Px,
}

impl Rect {
    /// From CSS pixels; a negative side becomes 0.
    #[must_use]
    pub fn from_css(x: f64, y: f64, width: f64, height: f64) -> Rect {
        Rect {
            x: Px::from_css(x),
            y: Px::from_css(y),
            width: Px::from_css(width.max(0.0)),
            height: Px::from_css(height.max(0.0)),
        }
    }

    /// Moves it.
    pub fn shift(&mut self, by: Point) {
        self.x = Px(self.x.0.wrapping_add(by.x.0));
        self.y = Px(self.y.0.wrapping_add(by.y.0));
    }

    /// Whether the point lies in it, edges included.
    #[must_use]
    pub fn contains(&self, at: Point) -> bool {
        at.x >= self.x
            && at.y >= self.y
            && at.x.0 <= self.x.0.saturating_add(self.width.0)
            && at.y.0 <= self.y.0.saturating_add(self.height.0)
    }
}

/// The picture of one widget.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// Width of the picture.
    pub width: Px,
    /// Height that the content needs.
    pub height: Px,
    /// Painted behind everything; `None` leaves the host's background.
    pub background: Option<Color>,
    /// CSS `font-family` of every text.
    pub font_family: String,
    /// BCP 47 tag of the texts.
    pub lang: String,
    /// Drawn in order, first at the back.
    pub marks: Vec<Mark>,
    /// Areas that answer to a pointer or the keyboard, in reading order.
    pub hits: Vec<Hit>,
    /// The figures drawn, as text, for those who read no picture. One table for most pictures, one
    /// a panel for those that have panels.
    pub tables: Vec<Table>,
    /// Tables that are drawn as tables: the browser lays real ones over them.
    pub grids: Vec<Grid>,
    /// The picture in a sentence.
    pub alt: String,
    /// What the widget wants to tell beside the picture: what was left out, and why. One line each.
    pub remarks: Vec<String>,
    /// Where pages end, from the top; none where the picture is of one piece.
    pub cuts: Vec<Px>,
}

/// One thing drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A rectangle.
    Rect {
        /// Where.
        rect: Rect,
        /// Inside.
        fill: Fill,
        /// Rounds the two corners away from the zero end (the right ones).
        round_end: Px,
        /// Names the same thing from picture to picture, for transitions; 0 for none.
        key: u64,
    },
    /// An open line.
    Line {
        /// Two or more.
        points: Vec<Point>,
        /// How.
        stroke: Stroke,
    },
    /// Rings filled by the even-odd rule: regions with holes.
    Region {
        /// Each closed implicitly.
        rings: Vec<Vec<Point>>,
        /// Inside.
        fill: Fill,
        /// Border.
        stroke: Option<Stroke>,
    },
    /// A circle.
    Circle {
        /// Middle.
        center: Point,
        /// Radius.
        radius: Px,
        /// Inside.
        fill: Fill,
        /// Border.
        stroke: Option<Stroke>,
    },
    /// One line of text.
    Text(TextRun),
}

impl Mark {
    /// Moves it.
    pub fn shift(&mut self, by: Point) {
        match self {
            Mark::Rect { rect, .. } => rect.shift(by),
            Mark::Line { points, .. } => points.iter_mut().for_each(|p| p.shift(by)),
            Mark::Region { rings, .. } => rings.iter_mut().flatten().for_each(|p| p.shift(by)),
            Mark::Circle { center, .. } => center.shift(by),
            Mark::Text(run) => run.at.shift(by),
        }
    }
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRun {
    /// The characters, free of control and bidirectional-override characters of the feed's; runs of
    /// right-to-left letters stand in isolates of ours.
    pub text: String,
    /// On the baseline, at the side that `anchor` names.
    pub at: Point,
    /// Which end `at` is. Physical, never the host's writing direction.
    pub anchor: Anchor,
    /// Font size.
    pub size: Px,
    /// Weight.
    pub weight: Weight,
    /// Colour.
    pub color: Color,
    /// Outline in this colour, behind the glyphs, 3 px wide, for labels over borders.
    pub halo: Option<Color>,
    /// Width that the layout reserved: our metrics' estimate. Painters squeeze to it, never stretch.
    pub width: Px,
}

/// Which end of a text its point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Anchor {
    /// Left end.
    #[default]
    Left,
    /// Middle.
    Middle,
    /// Right end.
    Right,
}

/// Font weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Weight {
    /// 400
    #[default]
    Regular,
    /// 700
    Bold,
}

/// What fills a shape: nothing, one colour, or lines on a ground.
///
/// One word, because it is handed on at dozens of places: the ground's colour, above it the lines';
/// 0 for none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fill(u64);

impl Fill {
    /// Nothing.
    pub const NONE: Fill = Fill(0);

    /// One colour.
    #[must_use]
    #[inline(always)]
    pub const fn solid(color: Color) -> Fill {
        Fill(color.word() as u64)
    }

    /// Diagonal lines, 1.25 px wide every 6 px, rising to the right: a missing figure, never a value.
    #[must_use]
    #[inline(always)]
    pub const fn hatch(ground: Color, line: Color) -> Fill {
        Fill((line.word() as u64) << 32 | ground.word() as u64)
    }

    /// Its colour, of a hatch that behind the lines.
    #[must_use]
    pub fn ground(self) -> Option<Color> {
        Color::of_word(self.0 as u32)
    }

    /// The colour of the lines.
    #[must_use]
    pub fn line(self) -> Option<Color> {
        Color::of_word((self.0 >> 32) as u32)
    }

    /// Its colour, where it is one colour.
    #[must_use]
    pub fn color(self) -> Option<Color> {
        self.ground().filter(|_| self.line().is_none())
    }
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stroke {
    /// Colour.
    pub color: Color,
    /// Width.
    pub width: Px,
    /// Dash and gap, both this long; 0 for a full line.
    pub dash: Px,
}

/// An area that answers to a pointer or the keyboard.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The area's bounds.
    pub rect: Rect,
    /// Index in [`Scene::marks`] of the [`Mark::Region`] that is the exact area; `None`: the bounds.
    pub mark: Option<usize>,
    /// Code or id of the region or category; empty for the whole.
    pub id: String,
    /// First line of the tooltip.
    pub label: String,
    /// Further lines: exact figures as published.
    pub lines: Vec<String>,
    /// Row that holds the same figures, counted through all [`Scene::tables`].
    pub row: Option<usize>,
}

impl Scene {
    /// The topmost hit under a point; of two, the smaller.
    #[must_use]
    pub fn hit_at(&self, at: Point) -> Option<usize> {
        self.hits
            .iter()
            .enumerate()
            .filter(|(_, hit)| hit.rect.contains(at) && self.inside(hit, at))
            .min_by_key(|(_, hit)| {
                i64::from(hit.rect.width.0).saturating_mul(hit.rect.height.0.into())
            })
            .map(|(index, _)| index)
    }

    fn inside(&self, hit: &Hit, at: Point) -> bool {
        match hit.mark.and_then(|index| self.marks.get(index)) {
            Some(Mark::Region { rings, .. }) => even_odd(rings, at),
            _ => true,
        }
    }
}

/// Whether a point lies inside rings, by the even-odd rule.
fn even_odd(rings: &[Vec<Point>], at: Point) -> bool {
    let (x, y) = (f64::from(at.x.0), f64::from(at.y.0));
    let mut inside = false;
    for ring in rings {
        let Some(mut previous) = ring.last() else {
            continue;
        };
        for point in ring {
            let (x1, y1) = (f64::from(previous.x.0), f64::from(previous.y.0));
            let (x2, y2) = (f64::from(point.x.0), f64::from(point.y.0));
            if (y1 > y) != (y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 {
                inside = !inside;
            }
            previous = point;
        }
    }
    inside
}

/// A table drawn as a table. Over its picture the browser lays a real one at the same place, which
/// readers sort and scroll, and in which they find the rows and columns that the picture has no
/// room for.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// Which of [`Scene::tables`].
    pub table: usize,
    /// What the real table covers.
    pub rect: Rect,
    /// Height of the head.
    pub head: Px,
    /// Height of a row.
    pub row: Px,
    /// Font size of the cells, and of the head.
    pub sizes: (Px, Px),
    /// Widths of the columns. The first `texts` are words, the others figures.
    pub columns: Vec<Px>,
    /// How many columns are words, from the first.
    pub texts: usize,
    /// The first row is the sum, and stays where it is.
    pub total: bool,
    /// The column that the rows are sorted by, and whether the highest comes first.
    pub order: Option<(usize, bool)>,
    /// Ink, muted ink, ground, rule.
    pub colors: [Color; 4],
}

/// The figures of a picture, as text.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Table {
    /// What the table holds.
    pub caption: String,
    /// Column heads.
    pub head: Vec<String>,
    /// Rows of cells, the first a row head. As published; `—` where missing.
    pub rows: Vec<Vec<String>>,
}
