//! A picture being written: shapes and texts in CSS pixels, colours by theme.

use super::{
    Anchor, Fill, Grid, Hit, Mark, Point, Px, Rect, Scene, Stroke, Table, TextRun, Weight, metrics,
};
use crate::style::{Color, Lang, Sizes, Theme, isolate};

/// A picture being written. Coordinates are CSS pixels from the top left.
#[repr(C)] // What is asked for most comes first: an offset below 128 takes one byte.
pub struct Draft<'a> {
    /// Top of the next thing.
    pub y: f64,
    /// Width of the whole picture.
    pub width: f64,
    /// Space between the picture's edge and its content, on every side.
    pub margin: f64,
    /// Font sizes.
    pub sizes: Sizes,
    /// Colours.
    pub theme: &'a Theme,
    /// What lies behind, where that is painted.
    pub ground: Option<Color>,
    /// Language of our own words.
    pub lang: Lang,
    /// Whether there was nothing to draw.
    pub nothing: bool,
    /// The table of what is being drawn.
    pub table: Table,
    /// What the sentence says after the table's caption.
    pub told: String,
    /// What is drawn so far; its size comes last.
    pub scene: Scene,
}

/// How much of a picture is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    marks: usize,
    hits: usize,
    grids: usize,
    tables: usize,
    remarks: usize,
}

/// How a text is set. Two numbers and no more: so it needs no memory on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Type {
    /// Font size in CSS pixels.
    pub size: f64,
    face: Face,
}

/// Colour and weight in one word: the colour's own, with [`REGULAR`] cleared where it is bold.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Face(u32);

/// One of a colour's highest bits, which are all set.
const REGULAR: u32 = 1 << 24;

impl Type {
    /// Text in a colour, regular.
    #[must_use]
    #[inline(always)]
    pub fn new(size: f64, color: Color) -> Type {
        Type {
            size,
            face: Face(color.word()),
        }
    }

    /// The same in bold.
    #[must_use]
    #[inline(always)]
    pub fn bold(self) -> Type {
        Type {
            size: self.size,
            face: Face(self.face.0 & !REGULAR),
        }
    }

    /// The same in another colour.
    #[must_use]
    #[inline(always)]
    pub fn colored(self, color: Color) -> Type {
        Type {
            size: self.size,
            face: Face((self.face.0 | !REGULAR) & color.word()),
        }
    }

    /// The same in another size.
    #[must_use]
    #[inline(always)]
    pub fn sized(self, size: f64) -> Type {
        Type { size, ..self }
    }

    /// Its colour.
    #[must_use]
    pub fn color(self) -> Color {
        Color::hex(self.face.0)
    }

    /// Its weight.
    #[must_use]
    pub fn weight(self) -> Weight {
        if self.face.0 & REGULAR == 0 {
            Weight::Bold
        } else {
            Weight::Regular
        }
    }

    /// Width of a text set so, in CSS pixels.
    #[must_use]
    pub fn width(self, text: &str) -> f64 {
        metrics::width(text, self.size, self.weight())
    }

    /// The text, shortened with `…` where it is wider.
    #[must_use]
    pub fn shorten(self, text: &str, max_css_px: f64) -> String {
        metrics::shorten(text, self.size, self.weight(), max_css_px)
    }

    /// The text in lines, see [`metrics::wrap`].
    #[must_use]
    pub fn wrap(self, text: &str, max_css_px: f64, max_lines: usize) -> Vec<String> {
        metrics::wrap(text, self.size, self.weight(), max_css_px, max_lines)
    }

    /// Space from one baseline to the next.
    #[must_use]
    #[inline(never)]
    pub fn line_height(self) -> f64 {
        (self.size * 1.4 + 0.5).floor()
    }

    /// From the top of a line box of that height to its baseline: digits and Chinese characters
    /// are centred in it (cap height of Noto Sans CJK SC: 0.733 em).
    #[must_use]
    #[inline(never)]
    pub fn baseline_in(self, height: f64) -> f64 {
        (height + self.size * 0.733) / 2.0
    }
}

impl<'a> Draft<'a> {
    /// An empty picture.
    #[must_use]
    pub fn new(theme: &'a Theme, sizes: Sizes, lang: Lang, width: f64) -> Draft<'a> {
        let margin = match (theme.paint_ground, width < 420.0) {
            (false, _) => 0.0,
            (true, true) => 12.0,
            (true, false) => 16.0,
        };
        let ground = theme.paint_ground.then_some(theme.ground);
        Draft {
            theme,
            sizes,
            lang,
            width,
            margin,
            ground,
            y: margin,
            scene: Scene {
                background: ground,
                font_family: theme.font_family.clone(),
                lang: lang.tag().to_owned(),
                ..Scene::default()
            },
            nothing: false,
            table: Table::default(),
            told: String::new(),
        }
    }

    /// Left edge of the content.
    #[must_use]
    pub fn left(&self) -> f64 {
        self.margin
    }

    /// Right edge of the content.
    #[must_use]
    #[inline(never)]
    pub fn right(&self) -> f64 {
        self.width - self.margin
    }

    /// Width of the content.
    #[must_use]
    #[inline(never)]
    pub fn inner(&self) -> f64 {
        self.right() - self.left()
    }

    /// Regular ink at a size.
    #[must_use]
    #[inline(always)]
    pub fn ink(&self, size: f64) -> Type {
        Type::new(size, self.theme.ink)
    }

    /// Bold ink at a size.
    #[must_use]
    #[inline(always)]
    pub fn bold(&self, size: f64) -> Type {
        self.ink(size).bold()
    }

    /// Muted text at a size.
    #[must_use]
    #[inline(always)]
    pub fn mute(&self, size: f64) -> Type {
        Type::new(size, self.theme.mute)
    }

    /// The fill of a missing figure.
    #[must_use]
    #[inline(never)]
    pub fn missing(&self) -> Fill {
        Fill::hatch(self.theme.track, self.theme.hatch)
    }

    /// Appends a mark and returns its index.
    pub fn push(&mut self, mark: Mark) -> usize {
        self.scene.marks.push(mark);
        self.scene.marks.len().saturating_sub(1)
    }

    /// One line of text on a baseline; an empty text draws nothing.
    pub fn text(&mut self, text: &str, (x, baseline): (f64, f64), anchor: Anchor, set: Type) {
        self.text_over(text, (x, baseline), anchor, set, None);
    }

    /// One line of text with an outline, for labels that lie over borders.
    pub fn text_over(
        &mut self,
        text: &str,
        (x, baseline): (f64, f64),
        anchor: Anchor,
        set: Type,
        halo: Option<Color>,
    ) {
        if text.is_empty() {
            return;
        }
        self.push(Mark::Text(TextRun {
            text: isolate(text),
            at: Point::from_css(x, baseline),
            anchor,
            size: Px::from_css(set.size),
            weight: set.weight(),
            color: set.color(),
            halo,
            width: Px::from_css(set.width(text)),
        }));
    }

    /// One line of text in the middle of a line box of that height.
    pub fn label(
        &mut self,
        text: &str,
        (x, top): (f64, f64),
        height: f64,
        anchor: Anchor,
        set: Type,
    ) {
        self.text(text, (x, top + set.baseline_in(height)), anchor, set);
    }

    /// Lines of text from the left edge at `y`, which moves below them. The width of the last.
    pub fn paragraph(&mut self, text: &str, set: Type, max_lines: usize) -> f64 {
        self.column(text, (self.left(), self.inner()), set, max_lines)
    }

    /// The same from an `x`, in lines of that width.
    pub fn column(
        &mut self,
        text: &str,
        (x, width): (f64, f64),
        set: Type,
        max_lines: usize,
    ) -> f64 {
        let height = set.line_height();
        let mut last = 0.0;
        for line in &set.wrap(text, width, max_lines) {
            self.label(line, (x, self.y), height, Anchor::Left, set);
            last = set.width(line);
            self.y += height;
        }
        last
    }

    /// A rule from edge to edge.
    pub fn rule(&mut self, y: f64, color: Color) {
        self.line((self.left(), y), (self.right(), y), color, 1.0, 0.0);
    }

    /// A rectangle with square corners.
    pub fn rect(&mut self, rect: Rect, fill: Fill) {
        self.push(Mark::Rect {
            rect,
            fill,
            round_end: Px(0),
            key: 0,
        });
    }

    /// A circle with an outline; without one where its width is 0.
    pub fn circle(&mut self, (x, y): (f64, f64), radius: f64, fill: Fill, line: (Color, f64)) {
        let stroke = Stroke {
            color: line.0,
            width: Px::from_css(line.1),
            dash: Px(0),
        };
        self.push(Mark::Circle {
            center: Point::from_css(x, y),
            radius: Px::from_css(radius),
            fill,
            stroke: Some(stroke).filter(|_| line.1 > 0.0),
        });
    }

    /// A filled polygon with a border.
    pub fn region(&mut self, ring: &[(f64, f64)], fill: Fill, line: (Color, f64), dash: f64) {
        let mut points = Vec::new();
        for &(x, y) in ring {
            points.push(Point::from_css(x, y));
        }
        self.push(Mark::Region {
            rings: vec![points],
            fill,
            stroke: Some(Stroke {
                color: line.0,
                width: Px::from_css(line.1),
                dash: Px::from_css(dash),
            }),
        });
    }

    /// A rectangle with a border of a pixel: left, top, right, bottom.
    #[inline(never)]
    pub fn outlined(&mut self, [left, top, right, bottom]: [f64; 4], fill: Fill, color: Color) {
        let ring = [(left, top), (right, top), (right, bottom), (left, bottom)];
        self.region(&ring, fill, (color, 1.0), 0.0);
    }

    /// A straight line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), color: Color, width: f64, dash: f64) {
        self.push(Mark::Line {
            points: vec![Point::from_css(from.0, from.1), Point::from_css(to.0, to.1)],
            stroke: Stroke {
                color,
                width: Px::from_css(width),
                dash: Px::from_css(dash),
            },
        });
    }

    /// An area that answers to a pointer.
    pub fn hit(&mut self, hit: Hit) {
        self.scene.hits.push(hit);
    }

    /// A real table over the picture of what is being drawn.
    pub fn grid(&mut self, mut grid: Grid) {
        grid.table = self.scene.tables.len();
        self.scene.grids.push(grid);
    }

    /// Ends a page here.
    pub fn cut(&mut self, y: f64) {
        self.scene.cuts.push(Px::from_css(y));
    }

    /// How much there is so far, for [`Draft::shift`] and [`Draft::undo`].
    #[must_use]
    pub fn extent(&self) -> Extent {
        Extent {
            marks: self.scene.marks.len(),
            hits: self.scene.hits.len(),
            grids: self.scene.grids.len(),
            tables: self.scene.tables.len(),
            remarks: self.scene.remarks.len(),
        }
    }

    /// Moves what was drawn since, a whole picture with one table, to its place among others.
    pub fn shift(&mut self, since: Extent, (x, y): (f64, f64)) {
        let by = Point::from_css(x, y);
        let mut rows = 0_usize;
        for table in self.scene.tables.iter().take(since.tables) {
            rows = rows.saturating_add(table.rows.len());
        }
        // Keys name things of one picture: those of another get numbers of their own.
        let keys = (since.tables as u64) << 32;
        for mark in self.scene.marks.get_mut(since.marks..).unwrap_or_default() {
            mark.shift(by);
            if let Mark::Rect { key, .. } = mark
                && *key > 0
            {
                *key = key.wrapping_add(keys);
            }
        }
        for hit in self.scene.hits.get_mut(since.hits..).unwrap_or_default() {
            hit.rect.shift(by);
            hit.row = hit.row.map(|row| row.saturating_add(rows));
        }
        for grid in self.scene.grids.get_mut(since.grids..).unwrap_or_default() {
            grid.rect.shift(by);
        }
    }

    /// Takes back what was drawn since.
    pub fn undo(&mut self, since: Extent) {
        self.scene.marks.truncate(since.marks);
        self.scene.hits.truncate(since.hits);
        self.scene.grids.truncate(since.grids);
        self.scene.tables.truncate(since.tables);
        self.scene.remarks.truncate(since.remarks);
    }

    /// Something to tell beside the picture, once.
    pub fn remark(&mut self, text: String) {
        if !self.scene.remarks.contains(&text) {
            self.scene.remarks.push(text);
        }
    }

    /// The finished picture, as high as `y` and a margin.
    #[must_use]
    pub fn finish(self) -> Scene {
        let mut scene = self.scene;
        scene.width = Px::from_css(self.width);
        scene.height = Px::from_css((self.y + self.margin).ceil());
        scene
    }
}
