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
use web_sys::{CanvasRenderingContext2d, CanvasWindingRule, Path2d, js_sys};

use crate::scene::{
    Anchor, Fill, Mark, Point, Px, Rect, SUBPIXELS, Scene, Stroke, TextRun, Weight,
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

/// Draws the picture and, over it, `over` (the outline of what is pointed at).
///
/// `ratio`: device pixels in a CSS pixel, 1 where it is no positive finite number. The context's
/// canvas must already measure the scene's size times the ratio; what lies beyond is cut.
pub fn paint(scene: &Scene, over: &[Mark], context: &CanvasRenderingContext2d, ratio: f64) {
    let ratio = if ratio.is_finite() && ratio > 0.0 {
        ratio
    } else {
        1.0
    };
    let mut pen = Pen {
        #[cfg(feature = "plotters-canvas")]
        backend: context.canvas().and_then(CanvasBackend::with_canvas_object),
        context,
        ratio,
        family: &scene.font_family,
        fill: None,
        stroke: UNKNOWN,
        font: None,
        align: None,
        hatched: 0.0,
    };
    pen.begin(scene);
    let mut before = None;
    for mark in scene.marks.iter().chain(over) {
        // The same thing once more in the same place shows nothing new: a map of 20,000 polygons
        // one over the other would take seconds.
        if before != Some(mark) {
            pen.mark(mark);
        }
        before = Some(mark);
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
    family: &'a str,
    fill: Option<Color>,
    stroke: Told,
    font: Option<(Px, Weight)>,
    align: Option<Anchor>,
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

impl Pen<'_> {
    fn begin(&mut self, scene: &Scene) {
        let (width, height) = (
            self.device(scene.width) + 1.0,
            self.device(scene.height) + 1.0,
        );
        // The host page may hold the same context; a left-over transform must not move the picture.
        // Fails only for an argument that is no finite number: these are constants.
        let _ = self.context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        self.context.set_text_baseline("alphabetic");
        self.context.set_line_join("round");
        self.context.clear_rect(0.0, 0.0, width, height);
        if let Some(background) = scene.background {
            self.square(background, (0.0, 0.0), (width, height));
        }
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Rect {
                rect,
                fill,
                round_end,
                ..
            } => self.rect(rect, *fill, *round_end),
            Mark::Line { points, stroke } => self.line(points, stroke),
            Mark::Region {
                rings,
                fill,
                stroke,
            } => self.region(rings, *fill, stroke.as_ref()),
            Mark::Circle {
                center,
                radius,
                fill,
                stroke,
            } => {
                self.circle(*center, *radius, *fill, stroke.as_ref());
            }
            Mark::Text(run) => self.text(run),
        }
    }

    fn rect(&mut self, rect: &Rect, fill: Fill, round_end: Px) {
        let (left, right) = self.edges(rect.x, rect.width);
        let (top, bottom) = self.edges(rect.y, rect.height);
        let (width, height) = (right - left, bottom - top);
        if width <= 0.0 || height <= 0.0 {
            return;
        }
        let radius = self.device(round_end).min(width).min(height / 2.0);
        match fill.color() {
            Some(color) if radius < 0.5 => {
                self.square(color, (left, top), (right, bottom));
            }
            _ => {
                let Ok(path) = Path2d::new() else { return };
                path.move_to(left, top);
                // Fails only for a negative radius.
                let _ = path.arc_to(right, top, right, bottom, radius);
                let _ = path.arc_to(right, bottom, left, bottom, radius);
                path.line_to(left, bottom);
                path.close_path();
                self.fill_path(&path, fill, [left, top, right, bottom]);
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

    fn line(&mut self, points: &[Point], stroke: &Stroke) {
        let Ok(path) = Path2d::new() else { return };
        if let [a, b] = points
            && (a.x == b.x || a.y == b.y)
        {
            // Whole device pixels, one at least: a rule is neither blurred nor lost.
            let width = self.device(stroke.width).round().max(1.0);
            let across = |at: f64| (at - width / 2.0).round() + width / 2.0;
            let place = |at: Px, same: bool| {
                let at = self.device(at);
                if same { across(at) } else { at.round() }
            };
            let (upright, level) = (a.x == b.x, a.y == b.y);
            path.move_to(place(a.x, upright), place(a.y, level));
            path.line_to(place(b.x, upright), place(b.y, level));
            self.set_stroke(stroke.color, width, stroke.dash);
        } else {
            self.ring(&path, points);
            self.set_stroke(stroke.color, self.device(stroke.width), stroke.dash);
        }
        self.context.stroke_with_path(&path);
    }

    /// Adds a ring or an open line to a path; its bounds: left, top, right, bottom.
    fn ring(&self, path: &Path2d, points: &[Point]) -> [f64; 4] {
        let mut bounds = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        for (index, point) in points.iter().enumerate() {
            let (x, y) = (self.device(point.x), self.device(point.y));
            let [left, top, right, bottom] = bounds;
            bounds = [left.min(x), top.min(y), right.max(x), bottom.max(y)];
            if index == 0 {
                path.move_to(x, y);
            } else {
                path.line_to(x, y);
            }
        }
        bounds
    }

    fn region(&mut self, rings: &[Vec<Point>], fill: Fill, stroke: Option<&Stroke>) {
        let Ok(path) = Path2d::new() else { return };
        let mut bounds = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        for ring in rings {
            let [l, t, r, b] = self.ring(&path, ring);
            let [left, top, right, bottom] = bounds;
            bounds = [left.min(l), top.min(t), right.max(r), bottom.max(b)];
            path.close_path();
        }
        self.fill_path(&path, fill, bounds);
        if let Some(stroke) = stroke {
            self.set_stroke(stroke.color, self.device(stroke.width), stroke.dash);
            self.context.stroke_with_path(&path);
        }
    }

    fn circle(&mut self, center: Point, radius: Px, fill: Fill, stroke: Option<&Stroke>) {
        let (x, y, r) = (
            self.device(center.x),
            self.device(center.y),
            self.device(radius),
        );
        let Ok(path) = Path2d::new() else { return };
        // Fails only for a negative radius.
        let _ = path.arc(x, y, r.max(0.0), 0.0, TAU);
        self.fill_path(&path, fill, [x - r, y - r, x + r, y + r]);
        if let Some(stroke) = stroke {
            self.set_stroke(stroke.color, self.device(stroke.width), stroke.dash);
            self.context.stroke_with_path(&path);
        }
    }

    /// `bounds`: left, top, right and bottom of the path, in device pixels.
    fn fill_path(&mut self, path: &Path2d, fill: Fill, bounds: [f64; 4]) {
        let Some(ground) = fill.ground() else { return };
        self.set_fill(ground);
        let even_odd = CanvasWindingRule::Evenodd;
        self.context.fill_with_path_2d_and_winding(path, even_odd);
        if let Some(line) = fill.line()
            && self.hatched < MOST_HATCHED_CSS_PX2
        {
            self.context.save();
            self.context.clip_with_path_2d_and_winding(path, even_odd);
            self.hatch(line, bounds);
            self.context.restore();
            // What `restore` brought back is what stood before `save`.
            self.stroke = UNKNOWN;
        }
    }

    /// Lines that rise to the right, at fixed places of the picture, so that two hatched
    /// neighbours look like one surface.
    fn hatch(&mut self, color: Color, [left, top, right, bottom]: [f64; 4]) {
        // A line is all points of one x + y, √2 times its distance from the corner.
        let every = HATCH_EVERY_CSS_PX * SQRT_2 * self.ratio;
        let middle = HATCH_WIDTH_CSS_PX / 2.0 * SQRT_2 * self.ratio;
        let first = ((left + top) / every).floor() * every + middle;
        // A canvas has at most 16,384 px a side; a bound that is no number draws nothing.
        let count = ((right + bottom - first) / every)
            .ceil()
            .clamp(0.0, 32_768.0) as u32;
        self.hatched += (right - left) * (bottom - top) / (self.ratio * self.ratio);
        let Ok(path) = Path2d::new() else { return };
        for step in 0..=count {
            let sum = first + f64::from(step) * every;
            path.move_to(sum - bottom, bottom);
            path.line_to(sum - top, top);
        }
        self.set_stroke(color, HATCH_WIDTH_CSS_PX * self.ratio, Px(0));
        self.context.stroke_with_path(&path);
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
    fn edges(&self, start: Px, length: Px) -> (f64, f64) {
        let from = self.device(start).round();
        let to = (self.device(start) + self.device(length)).round();
        (
            from,
            if length.0 > 0 {
                to.max(from + 1.0)
            } else {
                from
            },
        )
    }

    fn device(&self, length: Px) -> f64 {
        f64::from(length.0) * self.ratio / f64::from(SUBPIXELS)
    }
}
