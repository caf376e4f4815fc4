//! Scene → SVG 1.1 text: for the command line, downloads, `<noscript>` pictures and tests.
//!
//! The same scene gives the same bytes everywhere.

use crate::scene::{Anchor, Fill, Mark, Point, Px, Rect, Scene, Stroke, TextRun, Weight};
use crate::style::{Color, number};

/// The picture as a standalone SVG document with its sentence as description.
#[must_use]
pub fn to_svg(scene: &Scene) -> String {
    let mut painter = Painter {
        out: String::new(),
        hatches: Vec::new(),
    };
    painter.document(scene);
    painter.out
}

struct Painter {
    out: String,
    /// Hatches in use, by their place in the document: ids must be unique in a page that
    /// inlines several pictures, so they name their colours.
    hatches: Vec<(Color, Color)>,
}

impl Painter {
    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Text with a length in the place of each `@`.
    fn write(&mut self, text: &str, lengths: &[Px]) {
        let mut lengths = lengths.iter();
        for c in text.chars() {
            match c {
                '@' => self.number(lengths.next().copied().unwrap_or_default()),
                _ => self.out.push(c),
            }
        }
    }

    /// Sixteenths in decimal, exactly, with no trailing zeros.
    fn number(&mut self, value: Px) {
        // A sixteenth is 0.0625: four decimals are exact.
        self.push(&number::plain(value.css()));
    }

    fn color(&mut self, name: &str, color: Color) {
        self.push(" ");
        self.push(name);
        self.push("=\"");
        self.push(&color.text());
        self.push("\"");
    }

    fn document(&mut self, scene: &Scene) {
        let (width, height) = (scene.width, scene.height);
        // A host page that runs right to left would else turn the anchors of the text about.
        self.write(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"@\" height=\"@\" viewBox=\"0 0 @ @\" role=\"img\" direction=\"ltr\" lang=\"",
            &[width, height, width, height],
        );
        self.escaped(&scene.lang);
        self.push("\" font-family=\"");
        self.escaped(&scene.font_family);
        self.push("\">\n<desc>");
        self.escaped(&scene.alt);
        self.push("</desc>\n");
        if let Some(ground) = scene.background {
            self.push("<rect width=\"100%\" height=\"100%\"");
            self.color("fill", ground);
            self.push("/>\n");
        }
        for mark in &scene.marks {
            self.mark(mark);
        }
        self.push("</svg>\n");
    }

    fn mark(&mut self, mark: &Mark) {
        // The hatch's pattern stands before its first use.
        if let Mark::Rect { fill, .. } | Mark::Region { fill, .. } | Mark::Circle { fill, .. } =
            mark
        {
            self.define(*fill);
        }
        match mark {
            Mark::Rect {
                rect,
                fill,
                round_end,
                ..
            } => self.rect(*rect, *fill, *round_end),
            Mark::Line { points, stroke } => {
                self.push("<path d=\"");
                self.points(points);
                self.push("\" fill=\"none\"");
                self.stroke(Some(*stroke));
            }
            Mark::Region {
                rings,
                fill,
                stroke,
            } => {
                self.push("<path d=\"");
                for ring in rings {
                    self.points(ring);
                    self.push("Z");
                }
                self.push("\"");
                if rings.len() > 1 {
                    self.push(" fill-rule=\"evenodd\"");
                }
                self.fill(*fill);
                self.stroke(*stroke);
            }
            Mark::Circle {
                center,
                radius,
                fill,
                stroke,
            } => {
                let lengths = [center.x, center.y, *radius];
                self.write("<circle cx=\"@\" cy=\"@\" r=\"@\"", &lengths);
                self.fill(*fill);
                self.stroke(*stroke);
            }
            Mark::Text(run) => {
                self.text(run);
                return;
            }
        }
        self.push("/>\n");
    }

    fn rect(&mut self, rect: Rect, fill: Fill, round_end: Px) {
        let radius = round_end
            .0
            .min(rect.width.0)
            .min(rect.height.0.checked_div(2).unwrap_or(0));
        let Rect {
            x,
            y,
            width,
            height,
        } = rect;
        if radius <= 0 {
            let lengths = [x, y, width, height];
            self.write("<rect x=\"@\" y=\"@\" width=\"@\" height=\"@\"", &lengths);
        } else {
            let straight = width.0.wrapping_sub(radius);
            let side = height.0.wrapping_sub(radius.wrapping_mul(2));
            let [r, left, down] = [radius, radius.wrapping_neg(), side];
            let back = straight.wrapping_neg();
            let lengths = [x.0, y.0, straight, r, r, r, r, down, r, r, left, r, back];
            let outline = "<path d=\"M@ @h@a@ @ 0 0 1 @ @v@a@ @ 0 0 1 @ @h@Z\"";
            self.write(outline, &lengths.map(Px));
        }
        self.fill(fill);
    }

    fn points(&mut self, points: &[Point]) {
        for (index, point) in points.iter().enumerate() {
            self.write(
                if index == 0 { "M@ @" } else { "L@ @" },
                &[point.x, point.y],
            );
        }
    }

    fn define(&mut self, fill: Fill) {
        let (Some(ground), Some(line)) = (fill.ground(), fill.line()) else {
            return;
        };
        if self.hatches.contains(&(ground, line)) {
            return;
        }
        self.hatches.push((ground, line));
        self.push("<pattern id=\"");
        self.hatch_id(ground, line);
        self.push("\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\"");
        self.color("fill", ground);
        self.push("/><rect width=\"1.25\" height=\"6\"");
        self.color("fill", line);
        self.push("/></pattern>\n");
    }

    fn hatch_id(&mut self, ground: Color, line: Color) {
        self.push("pw-hatch");
        for color in [ground, line] {
            self.push("-");
            self.push(color.text().trim_start_matches('#'));
        }
    }

    fn fill(&mut self, fill: Fill) {
        match (fill.ground(), fill.line()) {
            (None, _) => self.push(" fill=\"none\""),
            (Some(color), None) => self.color("fill", color),
            (Some(ground), Some(line)) => {
                self.push(" fill=\"url(#");
                self.hatch_id(ground, line);
                self.push(")\"");
            }
        }
    }

    fn stroke(&mut self, stroke: Option<Stroke>) {
        let Some(stroke) = stroke else {
            return;
        };
        self.color("stroke", stroke.color);
        let dashed = stroke.dash.0 > 0;
        let how = if dashed {
            " stroke-width=\"@\" stroke-dasharray=\"@\""
        } else {
            " stroke-width=\"@\" stroke-linejoin=\"round\""
        };
        self.write(how, &[stroke.width, stroke.dash]);
    }

    fn text(&mut self, run: &TextRun) {
        let lengths = [run.at.x, run.at.y, run.size];
        self.write("<text x=\"@\" y=\"@\" font-size=\"@\"", &lengths);
        if run.weight == Weight::Bold {
            self.push(" font-weight=\"700\"");
        }
        match run.anchor {
            Anchor::Left => {}
            Anchor::Middle => self.push(" text-anchor=\"middle\""),
            Anchor::Right => self.push(" text-anchor=\"end\""),
        }
        self.color("fill", run.color);
        if let Some(halo) = run.halo {
            self.color("stroke", halo);
            self.push(" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"");
        }
        self.push(">");
        self.escaped(&run.text);
        self.push("</text>\n");
    }

    /// XML text and attribute values; characters that XML 1.0 forbids become U+FFFD.
    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.push("&amp;"),
                '<' => self.push("&lt;"),
                '>' => self.push("&gt;"),
                '"' => self.push("&quot;"),
                '\t' | '\n' | '\r' => self.push(" "),
                '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => self.push("\u{fffd}"),
                _ => self.out.push(c),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(paint: impl Fn(&mut Painter)) -> String {
        let mut painter = Painter {
            out: String::new(),
            hatches: Vec::new(),
        };
        paint(&mut painter);
        painter.out
    }

    #[test]
    fn lengths_are_exact() {
        for (sixteenths, text) in [
            (0, "0"),
            (16, "1"),
            (-8, "-0.5"),
            (17, "1.0625"),
            (-25, "-1.5625"),
            (4, "0.25"),
        ] {
            assert_eq!(painted(|p| p.number(Px(sixteenths))), text);
        }
    }

    #[test]
    fn text_can_be_no_markup_and_no_invalid_xml() {
        assert_eq!(
            painted(|p| p.escaped("<a href=\"x\">&\u{0}\n")),
            "&lt;a href=&quot;x&quot;&gt;&amp;\u{fffd} "
        );
    }

    #[test]
    fn a_bar_is_square_at_its_zero_end() {
        let svg = painted(|p| p.rect(Rect::from_css(0.0, 0.0, 10.0, 8.0), Fill::NONE, Px(32)));
        assert_eq!(
            svg,
            "<path d=\"M0 0h8a2 2 0 0 1 2 2v4a2 2 0 0 1 -2 2h-8Z\" fill=\"none\""
        );
        let thin = painted(|p| p.rect(Rect::from_css(0.0, 0.0, 1.0, 8.0), Fill::NONE, Px(32)));
        assert!(thin.starts_with("<path d=\"M0 0h0a1 1"), "{thin}");
    }
}
