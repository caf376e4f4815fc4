//! A plot area: plotters maps figures to the picture, our recording backend writes the scene.
//!
//! The backend's pixels are sixteenths of a CSS pixel, so plotters' whole numbers are exact
//! enough. Axis ranges are [`Span`]s: plotters never returns from an empty or infinite one.

use std::convert::Infallible;

use plotters::coord::CoordTranslate;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::element::{Drawable, PathElement, PointCollection, Rectangle};
use plotters::style::{RGBColor, ShapeStyle};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind,
};

use super::{Draft, Fill, Mark, Point, Px, Rect, Stroke};

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
    coordinates: Cartesian2d<RangedCoordf64, RangedCoordf64>,
    x: Span,
    y: Span,
}

impl Plot {
    /// A plot in `rect`, `x` from left to right and `y` from top to bottom.
    #[must_use]
    pub fn new(rect: Rect, x: Span, y: Span) -> Plot {
        let (left, top) = (rect.x.0, rect.y.0);
        let right = left.saturating_add(rect.width.0);
        let bottom = top.saturating_add(rect.height.0);
        // Plotters maps the second axis as it is given: from the top down.
        Plot {
            coordinates: Cartesian2d::new(x.low..x.high, y.low..y.high, (left..right, top..bottom)),
            x,
            y,
        }
    }

    fn place(&self, (x, y): (f64, f64)) -> BackendCoord {
        self.coordinates
            .translate(&(self.x.clamp(x), self.y.clamp(y)))
    }

    /// A filled rectangle between two corners given in figures.
    pub fn rect(
        &self,
        draft: &mut Draft,
        (a, b): ((f64, f64), (f64, f64)),
        fill: Fill,
        round_end_css_px: f64,
        key: u64,
    ) {
        let mut mark = Mark::Rect {
            rect: Rect::default(),
            fill,
            round_end: Px::from_css(round_end_css_px),
            key,
        };
        let element = Rectangle::new([a, b], style().filled());
        let corners = element.point_iter().iter().map(|at| self.place(*at));
        // The recorder can't fail: its error type has no values.
        let _ = element.draw(corners, &mut Recorder(&mut mark), SIZE);
        draft.push(mark);
    }

    /// A line through points given in figures.
    pub fn line(&self, draft: &mut Draft, points: Vec<(f64, f64)>, stroke: Stroke) {
        let mut mark = Mark::Line {
            points: Vec::new(),
            stroke,
        };
        let element = PathElement::new(points, style());
        let points = element.point_iter().iter().map(|at| self.place(*at));
        let _ = element.draw(points, &mut Recorder(&mut mark), SIZE);
        draft.push(mark);
    }

    /// Where a point given in figures lies in the picture.
    #[must_use]
    pub fn locate(&self, at: (f64, f64)) -> Point {
        point(self.place(at))
    }
}

/// Bounds that plotters clips text against: no part of the coordinates.
const SIZE: (u32, u32) = (u32::MAX / 4, u32::MAX / 4);

/// A style that says only whether to fill: the look is the recorder's, because plotters' styles
/// know no hatch, no dash and no sixteenths.
fn style() -> ShapeStyle {
    ShapeStyle::from(RGBColor(0, 0, 0))
}

/// Plotters' backend that writes where a mark lies.
struct Recorder<'a>(&'a mut Mark);

fn point((x, y): BackendCoord) -> Point {
    Point { x: Px(x), y: Px(y) }
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Recorder<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        SIZE
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

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        _: &S,
    ) -> Drawn {
        if let Mark::Line { points, .. } = self.0 {
            points.extend(path.into_iter().map(point));
        }
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        _: &S,
        _: bool,
    ) -> Drawn {
        if let Mark::Rect { rect, .. } = self.0 {
            let (x, y) = (a.0.min(b.0), a.1.min(b.1));
            *rect = Rect {
                x: Px(x),
                y: Px(y),
                // Within the picture: no difference of two overflows.
                width: Px(a.0.max(b.0).wrapping_sub(x)),
                height: Px(a.1.max(b.1).wrapping_sub(y)),
            };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::{Lang, Scheme, Sizes, TextSize, Theme};

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
        let theme = Theme::news(Scheme::Light);
        let sizes = Sizes::new(TextSize::Normal);
        let mut draft = Draft::new(&theme, sizes, Lang::Hans, 320.0);
        plot.rect(&mut draft, ((0.0, 1.0), (0.5, 2.0)), Fill::NONE, 2.0, 7);
        let marks = draft.finish().marks;
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
