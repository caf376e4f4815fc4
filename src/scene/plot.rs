//! A plot area: plotters maps figures to the picture, our recording backend writes the scene.
//!
//! The backend's pixels are sixteenths of a CSS pixel, so plotters' whole numbers are exact
//! enough. Axis ranges are [`Span`]s: plotters never returns from an empty or infinite one.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{PathElement, Rectangle};
use plotters::style::{RGBColor, ShapeStyle};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind,
};

use super::{Fill, Mark, Point, Px, Rect, Stroke};
use crate::style::Color;

/// The range of an axis: finite, within ±1e15, and wide enough to divide by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    low: f64,
    high: f64,
}

impl Span {
    /// From two bounds in any order. Bounds that are not finite become 0 and 1; a range narrower
    /// than 1e-6 of its size is widened, upwards.
    #[must_use]
    pub fn new(a: f64, b: f64) -> Span {
        let tame = |v: f64, otherwise: f64| {
            if v.is_finite() {
                v.clamp(-1e15, 1e15)
            } else {
                otherwise
            }
        };
        let (a, b) = (tame(a, 0.0), tame(b, 1.0));
        let low = a.min(b);
        let narrowest = (low.abs().max(a.max(b).abs()) * 1e-6).max(1e-6);
        Span {
            low,
            high: a.max(b).max(low + narrowest),
        }
    }

    /// Lower bound.
    #[must_use]
    pub fn low(self) -> f64 {
        self.low
    }

    /// Upper bound.
    #[must_use]
    pub fn high(self) -> f64 {
        self.high
    }

    /// The value, moved to the nearer bound where it lies outside. Plotters would draw a value far
    /// below at the top.
    #[must_use]
    pub fn clamp(self, value: f64) -> f64 {
        value.clamp(self.low, self.high)
    }
}

/// A rectangle of the picture with an axis along each side. The second axis grows downwards.
pub struct Plot {
    area: DrawingArea<Recorder, Cartesian2d<RangedCoordf64, RangedCoordf64>>,
    marks: Rc<RefCell<Vec<Mark>>>,
    x: Span,
    y: Span,
}

impl Plot {
    /// A plot in `rect`, `x` from left to right and `y` from top to bottom.
    #[must_use]
    pub fn new(rect: Rect, x: Span, y: Span) -> Plot {
        let marks = Rc::new(RefCell::new(Vec::new()));
        let recorder = Recorder {
            marks: Rc::clone(&marks),
            // Only bounds that plotters clips text against: no part of the coordinates.
            size: (u32::MAX / 4, u32::MAX / 4),
        };
        let (left, top) = (rect.x.0, rect.y.0);
        let right = left.saturating_add(rect.width.0);
        let bottom = top.saturating_add(rect.height.0);
        // Plotters maps the second axis as it is given: from the top down.
        let coordinates =
            Cartesian2d::new(x.low..x.high, y.low..y.high, (left..right, top..bottom));
        Plot {
            area: recorder.into_drawing_area().apply_coord_spec(coordinates),
            marks,
            x,
            y,
        }
    }

    fn at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.x.clamp(x), self.y.clamp(y))
    }

    /// A filled rectangle between two corners given in figures.
    pub fn rect(&self, a: (f64, f64), b: (f64, f64), fill: Fill, round_end_css_px: f64, key: u64) {
        let element = Rectangle::new([self.at(a), self.at(b)], style().filled());
        // The recorder can't fail: its error type has no values.
        let _ = self.area.draw(&element);
        if let Some(Mark::Rect {
            fill: f,
            round_end,
            key: k,
            ..
        }) = self.marks.borrow_mut().last_mut()
        {
            *f = fill;
            *round_end = Px::from_css(round_end_css_px);
            *k = key;
        }
    }

    /// A line through points given in figures.
    pub fn line(&self, mut points: Vec<(f64, f64)>, stroke: Stroke) {
        for point in &mut points {
            *point = self.at(*point);
        }
        let _ = self.area.draw(&PathElement::new(points, style()));
        if let Some(Mark::Line { stroke: s, .. }) = self.marks.borrow_mut().last_mut() {
            *s = stroke;
        }
    }

    /// Where a point given in figures lies in the picture.
    #[must_use]
    pub fn locate(&self, at: (f64, f64)) -> Point {
        let (x, y) = self.area.map_coordinate(&self.at(at));
        Point { x: Px(x), y: Px(y) }
    }

    /// What was drawn, in order.
    #[must_use]
    pub fn into_marks(self) -> Vec<Mark> {
        self.take_marks()
    }

    /// What was drawn since the last taking, in order.
    #[must_use]
    pub fn take_marks(&self) -> Vec<Mark> {
        self.marks.take()
    }
}

/// A style that says only whether to fill: the mark's own look is set after it is recorded,
/// because plotters' styles know no hatch, no dash and no sixteenths.
fn style() -> ShapeStyle {
    ShapeStyle::from(RGBColor(0, 0, 0))
}

/// Plotters' backend that writes marks.
struct Recorder {
    marks: Rc<RefCell<Vec<Mark>>>,
    size: (u32, u32),
}

impl Recorder {
    fn push(&self, mark: Mark) {
        self.marks.borrow_mut().push(mark);
    }
}

fn color<S: BackendStyle>(style: &S) -> Color {
    let (r, g, b) = style.color().rgb;
    Color::new(r, g, b)
}

fn stroke<S: BackendStyle>(style: &S) -> Stroke {
    Stroke {
        color: color(style),
        width: Px(i32::try_from(style.stroke_width())
            .unwrap_or(1)
            .saturating_mul(super::SUBPIXELS)),
        dash: Px(0),
    }
}

fn point((x, y): BackendCoord) -> Point {
    Point { x: Px(x), y: Px(y) }
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Recorder {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    /// Nothing that we draw is made of pixels.
    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.push(Mark::Line {
            points: path.into_iter().map(point).collect(),
            stroke: stroke(style),
        });
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        self.push(Mark::Rect {
            rect: Rect {
                x: Px(a.0.min(b.0)),
                y: Px(a.1.min(b.1)),
                width: Px(a.0.abs_diff(b.0).try_into().unwrap_or(0)),
                height: Px(a.1.abs_diff(b.1).try_into().unwrap_or(0)),
            },
            fill: Fill::solid(color(style)),
            round_end: Px(0),
            key: 0,
        });
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        ring: I,
        style: &S,
    ) -> Drawn {
        self.push(Mark::Region {
            rings: vec![ring.into_iter().map(point).collect()],
            fill: Fill::solid(color(style)),
            stroke: None,
        });
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.push(Mark::Circle {
            center: point(center),
            radius: Px(i32::try_from(radius).unwrap_or(0)),
            fill: if fill {
                Fill::solid(color(style))
            } else {
                Fill::NONE
            },
            stroke: (!fill).then(|| stroke(style)),
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_span_is_empty_or_infinite() {
        for a in [
            0.0,
            5.0,
            -1e300,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            1e-300,
        ] {
            for b in [
                0.0,
                5.0,
                1e300,
                f64::NAN,
                f64::INFINITY,
                f64::NEG_INFINITY,
                1e-300,
            ] {
                let span = Span::new(a, b);
                assert!(span.low.is_finite() && span.high.is_finite(), "{a} {b}");
                assert!(
                    span.high - span.low >= span.high.abs() * 0.9e-6,
                    "{a} {b} {span:?}"
                );
            }
        }
    }

    #[test]
    fn figures_land_where_they_belong_and_stay_inside() {
        let plot = Plot::new(
            Rect::from_css(10.0, 20.0, 100.0, 50.0),
            Span::new(0.0, 1.0),
            Span::new(0.0, 5.0),
        );
        assert_eq!(plot.locate((0.0, 0.0)), Point::from_css(10.0, 20.0));
        assert_eq!(plot.locate((1.0, 5.0)), Point::from_css(110.0, 70.0));
        assert_eq!(plot.locate((-1e9, 1e9)), Point::from_css(10.0, 70.0));
        plot.rect((0.0, 1.0), (0.5, 2.0), Fill::NONE, 2.0, 7);
        let marks = plot.into_marks();
        let Mark::Rect {
            rect,
            fill,
            round_end,
            key,
        } = &marks[0]
        else {
            panic!("{marks:?}")
        };
        assert_eq!(*rect, Rect::from_css(10.0, 30.0, 50.0, 10.0));
        assert_eq!((*fill, *round_end, *key), (Fill::NONE, Px(32), 7));
    }
}
