//! The key of signs: what a dot, a square or a shade of a bar stands for, in a row above the marks.

use crate::scene::{Anchor, Draft, Fill, Mark, Point, Px, Rect, Stroke};
use crate::style::Color;

/// A sign in a key or in a picture: what carries the meaning where colour does not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sign {
    /// A filled circle.
    Dot(Color),
    /// An empty circle.
    Ring(Color),
    /// A filled circle within a ring, in these colours.
    Ringed(Color, Color),
    /// A square, filled so.
    Box(Fill),
    /// A filled square with a tick, in these colours.
    Tick(Color, Color),
    /// A ring with an exclamation mark.
    Alert(Color),
    /// A filled circle with a cross, in these colours.
    Cross(Color, Color),
}

/// The two strokes of a symbol: from and to, in sizes of its sign from the middle.
type Symbol = [[f64; 4]; 2];
const TICK: Symbol = [[-0.3, -0.02, -0.06, 0.22], [-0.12, 0.22, 0.31, -0.26]];
const ALERT: Symbol = [[0.0, -0.3, 0.0, 0.1], [0.0, 0.18, 0.0, 0.32]];
const CROSS: Symbol = [[-0.21, -0.21, 0.21, 0.21], [-0.21, 0.21, 0.21, -0.21]];

/// Draws a sign centred on a point, `size` CSS pixels across.
pub fn sign(draft: &mut Draft, sign: Sign, (x, y): (f64, f64), size: f64) {
    let base = match sign {
        Sign::Tick(color, ink) => Some((Sign::Box(Fill::solid(color)), ink, TICK)),
        Sign::Alert(color) => Some((Sign::Ring(color), color, ALERT)),
        Sign::Cross(color, ink) => Some((Sign::Dot(color), ink, CROSS)),
        _ => None,
    };
    if let Some((base, ink, symbol)) = base {
        self::sign(draft, base, (x, y), size);
        for [x1, y1, x2, y2] in symbol {
            let at = |dx: f64, dy: f64| (x + dx * size, y + dy * size);
            draft.line(at(x1, y1), at(x2, y2), ink, size / 7.0, 0.0);
        }
        return;
    }
    let (fill, stroke, radius) = match sign {
        Sign::Dot(color) => (Fill::solid(color), None, size / 2.0),
        Sign::Ringed(color, ring) => {
            self::sign(draft, Sign::Ring(ring), (x, y), size + 2.0);
            (Fill::solid(color), None, size / 2.0 - 2.0)
        }
        Sign::Ring(color) => {
            let width = Px::from_css(1.25);
            let stroke = Stroke {
                color,
                width,
                dash: Px(0),
            };
            (Fill::NONE, Some(stroke), (size - 1.25) / 2.0)
        }
        Sign::Box(fill) => {
            let corner = |middle: f64| middle - size / 2.0;
            draft.rect(Rect::from_css(corner(x), corner(y), size, size), fill);
            return;
        }
        // Drawn above.
        Sign::Tick(..) | Sign::Alert(_) | Sign::Cross(..) => return,
    };
    draft.push(Mark::Circle {
        center: Point::from_css(x, y),
        radius: Px::from_css(radius),
        fill,
        stroke,
    });
}

/// Draws the entries in rows from the left edge at `y`, which moves below them.
pub fn draw(draft: &mut Draft, entries: &[(Sign, &str)]) {
    let set = draft.mute(draft.sizes.count);
    let (line, size) = (set.line_height(), set.size - 2.0);
    let mut x = draft.left();
    for (what, text) in entries {
        let text = set.shorten(text, draft.inner() - size - 5.0);
        let width = size + 5.0 + set.width(&text);
        if x > draft.left() && x + width > draft.right() {
            x = draft.left();
            draft.y += line;
        }
        sign(draft, *what, (x + size / 2.0, draft.y + line / 2.0), size);
        let at = (x + size + 5.0, draft.y + set.baseline_in(line));
        draft.text(&text, at, Anchor::Left, set);
        x += width + 14.0;
    }
    draft.y += line;
}
