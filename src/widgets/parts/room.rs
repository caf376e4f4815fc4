//! Where a chart's labels go: each to the first of its places that is free.

use crate::geo::labels::meets;

/// A rectangle: left, top, right, bottom in CSS pixels.
pub type Bounds = [f64; 4];

/// The room that labels share.
pub struct Room {
    /// No label leaves these.
    pub bounds: Bounds,
    /// What no label may cover: other labels, dots, rules.
    pub taken: Vec<Bounds>,
    /// Line segments that labels keep clear of where they can.
    pub lines: Vec<[(f64, f64); 2]>,
}

impl Room {
    /// Room within these bounds, all free.
    #[must_use]
    pub fn new(bounds: Bounds) -> Room {
        Room {
            bounds,
            taken: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Whether a rectangle lies within the bounds and covers nothing that is taken.
    #[must_use]
    pub fn is_free(&self, rect: Bounds) -> bool {
        let [left, top, right, bottom] = self.bounds;
        let inside = rect[0] >= left && rect[1] >= top && rect[2] <= right && rect[3] <= bottom;
        let covers =
            |t: &Bounds| rect[0] < t[2] && t[0] < rect[2] && rect[1] < t[3] && t[1] < rect[3];
        inside && !self.taken.iter().any(covers)
    }

    /// Takes the first free place for a label of that size among the given upper left corners:
    /// clear of lines if there is one, else over a line unless `clear`. `None`: there is no room.
    pub fn place(
        &mut self,
        (width, height): (f64, f64),
        corners: &[(f64, f64)],
        clear: bool,
    ) -> Option<(f64, f64)> {
        let rect = |(x, y): (f64, f64)| [x, y, x + width, y + height];
        let mut over_a_line = None;
        for &corner in corners {
            if !self.is_free(rect(corner)) {
                continue;
            }
            if !self.lines.iter().any(|line| crosses(rect(corner), line)) {
                self.taken.push(rect(corner));
                return Some(corner);
            }
            over_a_line = over_a_line.or(Some(corner));
        }
        let corner = over_a_line.filter(|_| !clear)?;
        self.taken.push(rect(corner));
        Some(corner)
    }
}

fn crosses([left, top, right, bottom]: Bounds, &[from, to]: &[(f64, f64); 2]) -> bool {
    meets(&[[left, top], [right, bottom]], [from.into(), to.into()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_takes_the_first_free_place_and_keeps_off_lines() {
        let mut room = Room::new([0.0, 0.0, 100.0, 50.0]);
        let size = (30.0, 10.0);
        // Beyond the edge, then free.
        let corners = [(90.0, 0.0), (60.0, 0.0)];
        assert_eq!(room.place(size, &corners, true), Some((60.0, 0.0)));
        assert_eq!(room.place(size, &corners, true), None, "it is taken now");
        room.lines.push([(0.0, 50.0), (50.0, 0.0)]);
        let corners = [(10.0, 30.0), (60.0, 30.0)];
        assert_eq!(room.place(size, &corners, true), Some((60.0, 30.0)));
        assert_eq!(room.place(size, &corners, true), None, "only over the line");
        assert_eq!(room.place(size, &corners, false), Some((10.0, 30.0)));
    }

    #[test]
    fn segments_cross_rectangles_or_pass_them_by() {
        let rect = [10.0, 10.0, 20.0, 20.0];
        for (line, expected) in [
            ([(0.0, 15.0), (30.0, 15.0)], true),
            ([(12.0, 12.0), (13.0, 13.0)], true),
            ([(0.0, 25.0), (25.0, 0.0)], true),
            ([(0.0, 15.0), (15.0, 0.0)], false),
            ([(0.0, 0.0), (9.0, 30.0)], false),
            ([(25.0, 0.0), (25.0, 30.0)], false),
        ] {
            assert_eq!(crosses(rect, &line), expected, "{line:?}");
        }
    }
}
