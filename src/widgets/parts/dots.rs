//! Dots of a map: pushed apart where they would cover one another, drawn with their rings, their
//! labels and what they answer to a pointer.

use super::{point_labels, ranking_table};
use crate::figures::Row;
use crate::geo::labels::Corners;
use crate::scene::{Anchor, Draft, Fill, Rect};
use crate::style::{Color, number};
use crate::widgets::Input;

/// A row as a dot, in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot<'a> {
    /// What it stands for.
    pub row: &'a Row<'a>,
    /// Row of the table.
    pub index: usize,
    /// Where it lies.
    pub place: [f64; 2],
    /// Where it is drawn.
    pub center: [f64; 2],
    /// Of the disc; half the side of a square.
    pub radius: f64,
    /// With all that belongs to it.
    pub reach: f64,
    /// A square: its size tells nothing.
    pub square: bool,
    /// Within a ring.
    pub ring: bool,
    /// Inside.
    pub fill: Fill,
    /// Colour and width of the outline.
    pub line: (Color, f64),
    /// Whether the tooltip tells the row's figures.
    pub figures: bool,
    /// What else it tells; may be empty.
    pub word: &'static str,
    /// What stands on it in the ground's colour; 0 is nothing.
    pub number: f64,
}

impl<'a> Dot<'a> {
    /// A disc that tells its row's figures, where it has any.
    #[must_use]
    #[inline(never)]
    pub fn new(row: &'a Row<'a>, index: usize, place: [f64; 2], radius: f64) -> Dot<'a> {
        Dot {
            row,
            index,
            place,
            center: place,
            radius,
            reach: radius + 1.0,
            square: false,
            ring: false,
            fill: Fill::NONE,
            line: (Color::hex(0), 1.0),
            figures: row.rate.is_known() || row.part.is_some() || row.whole.is_some(),
            word: "",
            number: 0.0,
        }
    }
}

/// From the edge of a disc to the middle of its ring.
pub const RING: f64 = 2.5;

/// No point is drawn farther from its place than this, in CSS pixels.
pub const FARTHEST: f64 = 14.0;

/// Points at one place are told apart by a little star around it.
const TURNS: [[f64; 2]; 6] = [
    [1.0, 0.0],
    [-0.5, 0.8],
    [-0.5, -0.8],
    [0.5, 0.8],
    [-1.0, 0.0],
    [0.5, -0.8],
];

/// Pushes points apart that cover one another, each no farther than [`FARTHEST`] from its place;
/// what still overlaps lies largest behind.
pub fn part(dots: &mut [Dot], [[left, top], [right, bottom]]: [[f64; 2]; 2]) {
    let mut length = 0.0;
    for (index, dot) in dots.iter_mut().enumerate() {
        length += 0.01;
        let [x, y] = TURNS.get(index % 6).copied().unwrap_or_default();
        dot.center[0] += x * length;
        dot.center[1] += y * length;
    }
    let mut now: Vec<([f64; 2], f64)> = Vec::new();
    for _ in 0..60 {
        now.clear();
        for dot in &*dots {
            now.push((dot.center, dot.reach));
        }
        let mut moved = false;
        for dot in &mut *dots {
            let [x, y] = dot.center;
            let mut push = [0.0, 0.0];
            for &(other, reach) in &now {
                let [dx, dy] = [x - other[0], y - other[1]];
                let wanted = dot.reach + reach + 0.5;
                let square = dx * dx + dy * dy;
                if square < wanted * wanted && square > 0.0 {
                    let distance = square.sqrt();
                    let part = (wanted - distance) / distance * 0.35;
                    push = [push[0] + dx * part, push[1] + dy * part];
                    moved = true;
                }
            }
            let [dx, dy] = [x + push[0] - dot.place[0], y + push[1] - dot.place[1]];
            let most = (FARTHEST / (dx * dx + dy * dy).sqrt().max(1e-9)).min(1.0);
            // On a map that is smaller than the point, at its upper left: never a panic.
            let within =
                |at: f64, low: f64, high: f64| at.min(high - dot.reach).max(low + dot.reach);
            dot.center = [
                within(dot.place[0] + dx * most, left, right),
                within(dot.place[1] + dy * most, top, bottom),
            ];
        }
        if !moved {
            break;
        }
    }
}

/// Draws the dots, and labels for the first of them, off the lines that join them; gives back what
/// is taken.
pub fn draw(
    draft: &mut Draft,
    input: &Input,
    dots: &[Dot],
    labels: usize,
    joins: Vec<[[f64; 2]; 2]>,
    bounds: Corners,
) -> Vec<Corners> {
    let mute = draft.theme.mute;
    for dot in dots {
        // A thin line from where it lies, where one can tell.
        let [dx, dy] = [dot.center[0] - dot.place[0], dot.center[1] - dot.place[1]];
        if dx * dx + dy * dy > 4.0 {
            draft.line(dot.place.into(), dot.center.into(), mute, 0.75, 0.0);
            draft.circle(dot.place.into(), 0.75, Fill::solid(mute), (mute, 0.5));
        }
    }
    let mut taken = Vec::new();
    for dot in dots {
        let ([x, y], r) = (dot.center, dot.radius);
        if dot.ring {
            let ground = Fill::solid(draft.theme.ground);
            let ink = draft.theme.ink;
            draft.circle(dot.center.into(), r + RING, ground, (ink, 1.25));
        }
        if dot.square {
            let (left, top, right, bottom) = (x - r, y - r, x + r, y + r);
            let ring = [(left, top), (right, top), (right, bottom), (left, bottom)];
            draft.region(&ring, dot.fill, dot.line, 0.0);
        } else {
            draft.circle(dot.center.into(), r, dot.fill, dot.line);
        }
        // A finger needs more than a small dot.
        let reach = dot.reach.max(8.0);
        let rect = Rect::from_css(x - reach, y - reach, 2.0 * reach, 2.0 * reach);
        let mut hit = ranking_table::hit(input, Some((dot.index, dot.row)), "", rect);
        if !dot.figures {
            hit.lines.clear();
        }
        if !dot.word.is_empty() {
            hit.lines.push(dot.word.to_owned());
        }
        draft.hit(hit);
        let reach = dot.reach;
        taken.push([[x - reach, y - reach], [x + reach, y + reach]]);
    }
    let set = draft.bold(draft.sizes.count).colored(draft.theme.ground);
    for dot in dots {
        if dot.number > 0.0 {
            let [x, y] = dot.center;
            draft.label(
                &number::amount(dot.number),
                (x, y),
                0.0,
                Anchor::Middle,
                set,
            );
        }
    }
    point_labels::draw(draft, dots, labels, joins, bounds, &mut taken);
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dots<'a>(row: &'a Row, places: &[[f64; 2]]) -> Vec<Dot<'a>> {
        let town = |&place: &[f64; 2]| Dot {
            reach: 5.5,
            ..Dot::new(row, 0, place, 5.0)
        };
        places.iter().map(town).collect()
    }

    fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
        ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)).sqrt()
    }

    #[test]
    fn points_that_cover_one_another_are_parted_within_bounds() {
        let row = Row::unnamed();
        let map = [[0.0, 0.0], [300.0, 200.0]];
        let mut few = dots(
            &row,
            &[
                [100.0, 100.0],
                [100.0, 100.0],
                [104.0, 100.0],
                [250.0, 50.0],
            ],
        );
        part(&mut few, map);
        for (at, a) in few.iter().enumerate() {
            assert!(distance(a.center, a.place) <= FARTHEST + 0.01);
            for b in few.iter().take(at) {
                assert!(
                    distance(a.center, b.center) > 9.0,
                    "{:?} {:?}",
                    a.center,
                    b.center
                );
            }
        }
        assert_eq!(few[3].center.map(|v| (v * 10.0).round()), [2500.0, 500.0]);
        // A map smaller than its points.
        let mut tight = dots(&row, &[[1.0, 1.0]; 3]);
        part(&mut tight, [[0.0, 0.0], [300.0, 2.0]]);
        assert!(tight.iter().all(|town| town.center[1] == 5.5));
        // A hundred at one place, in a corner: as near as they have to be, and on the map.
        let mut many = dots(&row, &[[1.0, 1.0]; 100]);
        part(&mut many, map);
        for town in &many {
            assert!(town.center[0] >= 5.0 && town.center[1] >= 5.0);
            assert!(distance(town.center, town.place) <= FARTHEST + 8.0);
        }
    }
}
