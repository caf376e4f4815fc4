//! The key of signs: what a dot, a square or a shade of a bar stands for, in a row above the marks.

use crate::scene::{Draft, Fill, Rect};
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
    let none = (draft.theme.ink, 0.0);
    let square = Rect::from_css(x - size / 2.0, y - size / 2.0, size, size);
    match sign {
        Sign::Dot(color) | Sign::Cross(color, _) => {
            draft.circle((x, y), size / 2.0, Fill::solid(color), none);
        }
        Sign::Ring(color) | Sign::Alert(color) => {
            draft.circle((x, y), (size - 1.25) / 2.0, Fill::NONE, (color, 1.25));
        }
        Sign::Ringed(color, ring) => {
            draft.circle((x, y), (size + 0.75) / 2.0, Fill::NONE, (ring, 1.25));
            draft.circle((x, y), size / 2.0 - 2.0, Fill::solid(color), none);
        }
        // The track's colour can hardly be seen so small without an outline.
        Sign::Box(fill) if fill == Fill::solid(draft.theme.track) => {
            let (half, color) = (size / 2.0 - 0.5, draft.theme.mute);
            draft.outlined([x - half, y - half, x + half, y + half], fill, color);
        }
        Sign::Box(fill) => draft.rect(square, fill),
        Sign::Tick(color, _) => draft.rect(square, Fill::solid(color)),
    }
    let (symbol, ink) = match sign {
        Sign::Tick(_, ink) => (TICK, ink),
        Sign::Alert(color) => (ALERT, color),
        Sign::Cross(_, ink) => (CROSS, ink),
        _ => return,
    };
    for [x1, y1, x2, y2] in symbol {
        let at = |dx: f64, dy: f64| (x + dx * size, y + dy * size);
        draft.line(at(x1, y1), at(x2, y2), ink, size / 7.0, 0.0);
    }
}

/// Draws the entries in rows from the left edge at `y`, which moves below them; one that is wider
/// than the picture takes several lines.
pub fn draw(draft: &mut Draft, entries: &[(Sign, &str)]) {
    let set = draft.mute(draft.sizes.count);
    let (line, size) = (set.line_height(), set.size - 2.0);
    let (mut x, right) = (draft.left(), draft.right());
    for (what, text) in entries {
        let width = size + 5.0 + set.width(text);
        if x > draft.left() && x + width > right {
            x = draft.left();
            draft.y += line;
        }
        sign(draft, *what, (x + size / 2.0, draft.y + line / 2.0), size);
        let at = x + size + 5.0;
        draft.column(text, (at, right - at), set, 4);
        draft.y -= line;
        x += width + 14.0;
    }
    draft.y += line;
}
