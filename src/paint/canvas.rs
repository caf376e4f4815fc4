//! Scene → a 2D canvas context, in device pixels. Browser only; the only painter that calls JavaScript.
//!
//! Decides nothing but how to put a shape on whole device pixels: edges of rectangles and straight
//! rules are snapped to the grid, so that they are as sharp at a ratio of 1.25 as at 2. Imports
//! `scene` and `style`.

use std::f64::consts::{SQRT_2, TAU};

#[cfg(feature = "plotters-canvas")]
use plotters_backend::{BackendColor, DrawingBackend};
#[cfg(feature = "plotters-canvas")]
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsValue;
use web_sys::{CanvasRenderingContext2d, CanvasWindingRule, js_sys};

use crate::scene::{
    Anchor, Fill, Hit, Mark, Point, Px, Rect, SUBPIXELS, Scene, Stroke, TextRun, Weight, tween,
};
use crate::style::{Color, number};

/// Distance of two hatch lines across them, and their width, in CSS pixels. As in the SVG.
const HATCH_EVERY_CSS_PX: f64 = 6.0;
const HATCH_WIDTH_CSS_PX: f64 = 1.25;
/// What is hatched of one picture at most, by the bounds of its surfaces, in square CSS pixels;
/// later surfaces have their ground alone. Clipping and stroking is the dearest that is drawn:
/// 20,000 hatched polygons one over the other froze a page for minutes. 200 missing bars of a
/// wide page take 4 million, all districts of a map as wide some 3.
const MOST_HATCHED_CSS_PX2: f64 = 16e6;

/// Width of a text's halo: 1.5 px to each side of the glyphs.
const HALO_CSS_PX: f64 = 3.0;

/// Width of the outline around what is pointed at.
const OUTLINE_CSS_PX: f64 = 2.0;

/// Draws the picture, at `t` (0 to 1, and beyond it with the differences) of the way from the one
/// `before`, and over it the outline of the hit of that index, if there is one.
///
/// `ratio`: device pixels in a CSS pixel. The context's canvas must already measure the scene's
/// size times the ratio; what lies beyond is cut.
pub fn paint(
    scene: &Scene,
    before: Option<&Scene>,
    t: f64,
    hit: usize,
    context: &CanvasRenderingContext2d,
    ratio: f64,
) {
    let mut pen = Pen {
        #[cfg(feature = "plotters-canvas")]
        backend: context.canvas().and_then(CanvasBackend::with_canvas_object),
        context,
        ratio,
        left: tween::left(t),
        family: &scene.font_family,
        fill: None,
        stroke: UNKNOWN,
        font: None,
        align: None,
        bounds: NOTHING,
        hatched: 0.0,
    };
    let (width, height) = (
        pen.device(scene.width) + 1.0,
        pen.device(scene.height) + 1.0,
    );
    // The host page may hold the same context; a left-over transform must not move the picture.
    let _ = context.reset_transform();
    context.set_text_baseline("alphabetic");
    context.set_line_join("round");
    context.clear_rect(0.0, 0.0, width, height);
    if let Some(background) = scene.background {
        pen.square(background, (0.0, 0.0), (width, height));
    }
    let old = before.unwrap_or(scene);
    let partners = before.map_or_else(Vec::new, |before| tween::partners(before, scene));
    for (index, mark) in scene.marks.iter().enumerate() {
        let partner = partners.get(index).and_then(|at| old.marks.get(*at));
        pen.mark(mark, partner.unwrap_or(mark));
    }
    if t >= 1.0 {
        for mark in before.map_or_else(Vec::new, |before| tween::differences(before, scene)) {
            pen.mark(&mark, &mark);
        }
    }
    if let Some(hit) = scene.hits.get(hit) {
        pen.outline(hit, &scene.marks);
    }
}

/// The context with what it was last told: each of these setters parses a string in the browser,
/// which costs more than the drawing of a small shape.
///
/// plotters-canvas is right for square rectangles only: it shifts lines by half a pixel at every
/// width, puts circles on whole pixels, says `start` for left, and makes a polygon of each ring. So
/// only [`Pen::square`] can go through it, with the feature `plotters-canvas`. That is off: its
/// colours are written with the standard library's float writer, which adds 5.1 kB (brotli) to the
/// download. Its time could not be told from noise on a busy machine: recording 14 bars took 4%
/// longer in both of two runs, a city's map 2% and 71% longer, 200 bars 17% longer and 9% shorter
/// (Chromium 156, fastest of 40 rounds of 10 in turn).
struct Pen<'a> {
    #[cfg(feature = "plotters-canvas")]
    backend: Option<CanvasBackend>,
    context: &'a CanvasRenderingContext2d,
    ratio: f64,
    /// The part of the way from the picture before that is left.
    left: f64,
    family: &'a str,
    fill: Option<Color>,
    stroke: Told,
    font: Option<(Px, Weight)>,
    align: Option<Anchor>,
    /// Left, top, right and bottom of the path in hand, in device pixels.
    bounds: [f64; 4],
    /// What is hatched so far, in square CSS pixels.
    hatched: f64,
}

/// What the context was last told about lines.
struct Told {
    color: Option<Color>,
    width_device_px: f64,
    dash: Px,
}

/// Differs from everything that can be asked for.
const UNKNOWN: Told = Told {
    color: None,
    width_device_px: -1.0,
    dash: Px(-1),
};

/// The bounds of an empty path.
const NOTHING: [f64; 4] = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];

impl Pen<'_> {
    /// Draws a mark on its way from its partner in the picture before, of the same kind; a mark
    /// that has none is its own.
    fn mark(&mut self, mark: &Mark, old: &Mark) {
        let (mut fill, stroke, width) = match mark {
            Mark::Text(run) => return self.text(run),
            Mark::Rect { fill, .. } => (*fill, None, 0.0),
            Mark::Line { points, stroke } => (Fill::NONE, Some(*stroke), self.rule(points, stroke)),
            Mark::Region { fill, stroke, .. } | Mark::Circle { fill, stroke, .. } => {
                (*fill, *stroke, 0.0)
            }
        };
        if let Mark::Region { fill: old, .. } | Mark::Circle { fill: old, .. } = old {
            fill = tween::fill(*old, fill, self.left);
        }
        if !self.trace(mark, old) {
            return;
        }
        if let Some(ground) = fill.ground() {
            self.set_fill(ground);
            let even_odd = CanvasWindingRule::Evenodd;
            self.context.fill_with_canvas_winding_rule(even_odd);
            if let Some(line) = fill.line()
                && self.hatched < MOST_HATCHED_CSS_PX2
            {
                self.context.save();
                self.context.clip_with_canvas_winding_rule(even_odd);
                self.hatch(line);
                self.context.restore();
                // What `restore` brought back is what stood before `save`.
                self.stroke = UNKNOWN;
                self.trace(mark, old);
            }
        }
        if let Some(stroke) = stroke {
            let device_px = self.device(stroke.width);
            let width = if width > 0.0 { width } else { device_px };
            self.set_stroke(stroke.color, width, stroke.dash);
            self.context.stroke();
        }
    }

    /// Width of an upright or level rule: whole device pixels, one at least, so that it is neither
    /// blurred nor lost. 0 for other lines.
    fn rule(&self, points: &[Point], stroke: &Stroke) -> f64 {
        match points {
            [a, b] if a.x == b.x || a.y == b.y => self.device(stroke.width).round().max(1.0),
            _ => 0.0,
        }
    }

    /// Makes a mark's outline the context's path. False where nothing is left to be painted.
    fn trace(&mut self, mark: &Mark, old: &Mark) -> bool {
        let context = self.context;
        context.begin_path();
        self.bounds = NOTHING;
        match (mark, old) {
            (
                Mark::Rect {
                    rect,
                    fill,
                    round_end,
                    ..
                },
                Mark::Rect { rect: from, .. },
            ) => {
                // A row that has a new place is there at once, like its name; a column grows.
                let stays = (from.x, from.width) == (rect.x, rect.width);
                let upright = if stays { from } else { rect };
                let (left, right) = self.edges((rect.x, rect.width), (from.x, from.width));
                let (top, bottom) = self.edges((rect.y, rect.height), (upright.y, upright.height));
                let (width, height) = (right - left, bottom - top);
                if width <= 0.0 || height <= 0.0 {
                    return false;
                }
                let radius = self.device(*round_end).min(width).min(height / 2.0);
                if let Some(color) = fill.color()
                    && radius < 0.5
                {
                    self.square(color, (left, top), (right, bottom));
                    return false;
                }
                context.move_to(left, top);
                // Fails only for a negative radius.
                let _ = context.arc_to(right, top, right, bottom, radius);
                let _ = context.arc_to(right, bottom, left, bottom, radius);
                context.line_to(left, bottom);
                context.close_path();
                self.bounds = [left, top, right, bottom];
            }
            (Mark::Line { points, stroke }, Mark::Line { points: from, .. }) => {
                let from = if from.len() == points.len() {
                    from
                } else {
                    points
                };
                self.ring(points, from, self.rule(points, stroke) / 2.0);
            }
            (Mark::Region { rings, .. }, _) => {
                for ring in rings {
                    self.ring(ring, ring, 0.0);
                    context.close_path();
                }
            }
            (
                Mark::Circle { center, radius, .. },
                Mark::Circle {
                    center: old,
                    radius: from,
                    ..
                },
            ) => {
                let (x, y) = (self.at(center.x, old.x), self.at(center.y, old.y));
                let r = self.at(*radius, *from);
                // Fails only for a negative radius.
                let _ = context.arc(x, y, r.max(0.0), 0.0, TAU);
                self.bounds = [x - r, y - r, x + r, y + r];
            }
            _ => return false,
        }
        true
    }

    /// Adds a ring or an open line to the path. `half` the width of a rule, whose edges are put on
    /// whole device pixels; 0 for other lines.
    fn ring(&mut self, points: &[Point], old: &[Point], half: f64) {
        let [mut across, mut down] = [half; 2];
        if let [a, b] = points {
            if a.x != b.x {
                across = 0.0;
            }
            if a.y != b.y {
                down = 0.0;
            }
        }
        for (index, point) in points.iter().enumerate() {
            let old = old.get(index).unwrap_or(point);
            let (mut x, mut y) = (self.at(point.x, old.x), self.at(point.y, old.y));
            if half > 0.0 {
                x = (x - across).round() + across;
                y = (y - down).round() + down;
            }
            let [left, top, right, bottom] = self.bounds;
            self.bounds = [left.min(x), top.min(y), right.max(x), bottom.max(y)];
            if index == 0 {
                self.context.move_to(x, y);
            } else {
                self.context.line_to(x, y);
            }
        }
    }

    /// The outline of a hit, in the ink of the picture's first text.
    fn outline(&mut self, hit: &Hit, marks: &[Mark]) {
        let mut texts = marks.iter();
        let color = texts.find_map(|mark| match mark {
            Mark::Text(run) => Some(run.color),
            _ => None,
        });
        let Some(color) = color else { return };
        self.set_stroke(color, OUTLINE_CSS_PX * self.ratio, Px(0));
        match hit.mark.and_then(|index| marks.get(index)) {
            Some(mark) => {
                self.trace(mark, mark);
                self.context.stroke();
            }
            None => {
                let Rect {
                    x,
                    y,
                    width,
                    height,
                } = hit.rect;
                let [x, y, width, height] = [x, y, width, height].map(|px| self.device(px));
                self.context.stroke_rect(x, y, width, height);
            }
        }
    }

    /// A rectangle between whole device pixels.
    fn square(&mut self, color: Color, from: (f64, f64), to: (f64, f64)) {
        #[cfg(feature = "plotters-canvas")]
        if let Some(backend) = &mut self.backend {
            let whole = |(x, y): (f64, f64)| (x as i32, y as i32);
            let style = BackendColor {
                alpha: 1.0,
                rgb: color.rgb(),
            };
            // Filling a rectangle can't fail.
            let _ = backend.draw_rect(whole(from), whole(to), &style, true);
            self.fill = Some(color);
            return;
        }
        self.set_fill(color);
        self.context
            .fill_rect(from.0, from.1, to.0 - from.0, to.1 - from.1);
    }

    /// Lines that rise to the right, at fixed places of the picture, so that two hatched
    /// neighbours look like one surface.
    fn hatch(&mut self, color: Color) {
        let [left, top, right, bottom] = self.bounds;
        // A line is all points of one x + y, √2 times its distance from the corner.
        let every = HATCH_EVERY_CSS_PX * SQRT_2 * self.ratio;
        let middle = HATCH_WIDTH_CSS_PX / 2.0 * SQRT_2 * self.ratio;
        let first = ((left + top) / every).floor() * every + middle;
        // A canvas has at most 16,384 px a side; a bound that is no number draws nothing.
        let count = ((right + bottom - first) / every)
            .ceil()
            .clamp(0.0, 32_768.0) as u32;
        self.hatched += (right - left) * (bottom - top) / (self.ratio * self.ratio);
        self.context.begin_path();
        for step in 0..=count {
            let sum = first + f64::from(step) * every;
            self.context.move_to(sum - bottom, bottom);
            self.context.line_to(sum - top, top);
        }
        self.set_stroke(color, HATCH_WIDTH_CSS_PX * self.ratio, Px(0));
        self.context.stroke();
    }

    fn text(&mut self, run: &TextRun) {
        self.set_font(run.size, run.weight);
        if self.align != Some(run.anchor) {
            self.align = Some(run.anchor);
            self.context.set_text_align(match run.anchor {
                Anchor::Left => "left",
                Anchor::Middle => "center",
                Anchor::Right => "right",
            });
        }
        let (x, y) = (self.device(run.at.x), self.device(run.at.y).round());
        // The browser squeezes to the width reserved, never stretches; 0 is no reserve.
        let width = if run.width.0 > 0 {
            self.device(run.width)
        } else {
            f64::MAX
        };
        let text = &run.text;
        // These fail only for arguments that are no finite numbers.
        if let Some(halo) = run.halo {
            self.set_stroke(halo, HALO_CSS_PX * self.ratio, Px(0));
            let _ = self.context.stroke_text_with_max_width(text, x, y, width);
        }
        self.set_fill(run.color);
        let _ = self.context.fill_text_with_max_width(text, x, y, width);
    }

    fn set_font(&mut self, size: Px, weight: Weight) {
        if self.font == Some((size, weight)) {
            return;
        }
        self.font = Some((size, weight));
        let mut font = String::from(match weight {
            Weight::Regular => "",
            Weight::Bold => "bold ",
        });
        font.push_str(&number::plain(self.device(size)));
        font.push_str("px ");
        font.push_str(self.family);
        self.context.set_font(&font);
    }

    fn set_fill(&mut self, color: Color) {
        if self.fill != Some(color) {
            self.fill = Some(color);
            self.context.set_fill_style_str(&color.text());
        }
    }

    fn set_stroke(&mut self, color: Color, width_device_px: f64, dash: Px) {
        if self.stroke.color != Some(color) {
            self.stroke.color = Some(color);
            self.context.set_stroke_style_str(&color.text());
        }
        let width_device_px = width_device_px.max(1.0);
        if self.stroke.width_device_px != width_device_px {
            self.stroke.width_device_px = width_device_px;
            self.context.set_line_width(width_device_px);
        }
        if self.stroke.dash != dash {
            self.stroke.dash = dash;
            let dashes = js_sys::Array::new();
            if dash.0 > 0 {
                dashes.push(&JsValue::from_f64(self.device(dash)));
            }
            // Fails only for what is no list.
            let _ = self.context.set_line_dash(&dashes);
        }
    }

    /// Both edges on whole device pixels; what has an extent keeps one pixel of it.
    fn edges(&self, (start, length): (Px, Px), (old, was): (Px, Px)) -> (f64, f64) {
        let (from, extent) = (self.at(start, old), self.at(length, was));
        let (from, to) = (from.round(), (from + extent).round());
        let least = if length.0 > 0 { from + 1.0 } else { from };
        (from, to.max(least))
    }

    /// Where a length is on its way from that of the picture before.
    fn at(&self, length: Px, old: Px) -> f64 {
        let new = self.device(length);
        new + (self.device(old) - new) * self.left
    }

    fn device(&self, length: Px) -> f64 {
        f64::from(length.0) * self.ratio / f64::from(SUBPIXELS)
    }
}
