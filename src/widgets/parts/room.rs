//! Where a chart's labels go: each to the first of its places that is free.

use crate::geo::labels::{Corners, Line, meets, overlap};

/// Where a label's upper left corner may lie, from a point: to the right by how many halves of the
/// chart's width, of the label's width and of a CSS pixel; down by how many halves of the label's
/// height and of a CSS pixel.
pub type Place = [i8; 5];

/// The room that labels share.
pub struct Room {
    /// No label leaves these.
    pub bounds: Corners,
    /// What no label may cover: other labels, dots, rules.
    pub taken: Vec<Corners>,
    /// Line segments that labels keep clear of where they can.
    pub lines: Vec<Line>,
}

impl Room {
    /// Takes the first free place for a label of that size around a point of a chart that is so
    /// wide: clear of lines if there is one, else over a line unless `clear`. Its upper left corner;
    /// `None`: there is no room.
    pub fn place(
        &mut self,
        (x, y): (f64, f64),
        across: f64,
        (width, height): (f64, f64),
        places: &[Place],
        clear: bool,
    ) -> Option<(f64, f64)> {
        let [[left, top], [right, bottom]] = self.bounds;
        let mut found = None;
        for &[a, b, dx, c, dy] in places {
            let half = |n: i8| f64::from(n) / 2.0;
            let x = x + across * half(a) + width * half(b) + half(dx);
            let y = y + height * half(c) + half(dy);
            let rect = [[x, y], [x + width, y + height]];
            let [_, end] = rect;
            let inside = x >= left && y >= top && end[0] <= right && end[1] <= bottom;
            if !inside || self.taken.iter().any(|taken| overlap(taken, &rect)) {
                continue;
            }
            let crossed = self.lines.iter().any(|line| meets(&rect, *line));
            if !crossed || found.is_none() && !clear {
                found = Some(rect);
            }
            if !crossed {
                break;
            }
        }
        let rect = found?;
        self.taken.push(rect);
        let [[x, y], _] = rect;
        Some((x, y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_takes_the_first_free_place_and_keeps_off_lines() {
        let mut room = Room {
            bounds: [[0.0, 0.0], [50.0, 50.0]],
            taken: Vec::new(),
            lines: Vec::new(),
        };
        let place = |room: &mut Room, places: &[Place], clear: bool| {
            room.place((0.0, 0.0), 50.0, (15.0, 10.0), places, clear)
        };
        // Beyond the edge, then free.
        let places = [[0, 0, 90, 0, 0], [0, 0, 60, 0, 0]];
        assert_eq!(place(&mut room, &places, true), Some((30.0, 0.0)));
        assert_eq!(place(&mut room, &places, true), None, "it is taken now");
        room.lines.push([[0.0, 50.0], [30.0, 0.0]]);
        // Over the line, then clear of it: one and a half heights further down.
        let places = [[0, 0, 10, 0, 60], [1, 0, 10, 3, 30]];
        assert_eq!(place(&mut room, &places, true), Some((30.0, 30.0)));
        assert_eq!(place(&mut room, &places, true), None, "only over the line");
        assert_eq!(place(&mut room, &places, false), Some((5.0, 30.0)));
    }

    #[test]
    fn segments_cross_rectangles_or_pass_them_by() {
        let rect = [[10.0, 10.0], [20.0, 20.0]];
        for (line, expected) in [
            ([[0.0, 15.0], [30.0, 15.0]], true),
            ([[12.0, 12.0], [13.0, 13.0]], true),
            ([[0.0, 25.0], [25.0, 0.0]], true),
            ([[0.0, 15.0], [15.0, 0.0]], false),
            ([[0.0, 0.0], [9.0, 30.0]], false),
            ([[25.0, 0.0], [25.0, 30.0]], false),
        ] {
            assert_eq!(meets(&rect, line), expected, "{line:?}");
        }
    }
}
