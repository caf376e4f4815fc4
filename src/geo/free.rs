//! Which part of a picture is not map: a coarse grid. Imports the layout's shapes.

use super::labels::Corners;
use super::layout::{Shape, whole};

/// Squares of a grid over the picture, each free or not.
pub(super) struct Free {
    origin: [f64; 2],
    /// Side of a square in CSS pixels.
    side: f64,
    /// For each row, how many squares from the left on are taken: [`ROW`] sums.
    sums: Vec<u32>,
}

/// Squares across and down. Larger pictures get larger squares than 4 CSS pixels.
const SQUARES: usize = 300;

/// One more, for the sum of a whole row, and one for what rounding puts beyond.
const ROW: usize = SQUARES + 2;

impl Free {
    /// The squares within `bounds` that no shape comes nearer to than `air`.
    pub fn around(shapes: &[Shape], [[left, top], [right, bottom]]: Corners, air: f64) -> Free {
        let extent = (right - left).max(bottom - top);
        let mut free = Free {
            origin: [left, top],
            side: (extent / SQUARES as f64).max(4.0),
            sums: vec![0; ROW * SQUARES],
        };
        for shape in shapes {
            for [from, to] in shape.edges([1.0; 2]) {
                free.edge(from, to, air / free.side);
            }
        }
        for row in free.sums.chunks_mut(ROW) {
            let (mut inside, mut sum) = (false, 0_u32);
            for square in row {
                inside ^= *square & TURN != 0;
                let taken = inside || *square & TAKEN != 0;
                // Each square's sum is that of those before it.
                *square = sum;
                sum = sum.wrapping_add(u32::from(taken));
            }
        }
        free
    }

    /// Whether a box within the bounds touches no square that is taken.
    pub fn is_free(&self, corners: &Corners) -> bool {
        let [left, top] = self.place(corners[0]);
        let [right, bottom] = self.place(corners[1]);
        let (left, right) = (whole(left), whole(right.ceil()));
        let mut row = top.floor();
        while row < bottom {
            let start = whole(row).wrapping_mul(ROW);
            let sum = |column: usize| self.sums.get(start.wrapping_add(column));
            if sum(left) != sum(right) {
                return false;
            }
            row += 1.0;
        }
        true
    }

    /// In squares.
    fn place(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [
            (x - self.origin[0]) / self.side,
            (y - self.origin[1]) / self.side,
        ]
    }

    /// Marks the squares that an edge passes through or comes near, and in each row the square
    /// from which on to the right its region's inside turns to outside, or the other way round.
    fn edge(&mut self, from: [f64; 2], to: [f64; 2], air: f64) {
        let (mut low, mut high) = (self.place(from), self.place(to));
        if low[1] > high[1] {
            std::mem::swap(&mut low, &mut high);
        }
        let ([x1, y1], [x2, y2]) = (low, high);
        // Along the edge, or at its ends; one that lies flat is passed within a row.
        let at = |y: f64| {
            let part = (y - y1) / (y2 - y1).max(1e-9);
            x1 + (x2 - x1) * part.clamp(0.0, 1.0)
        };
        let mut y = (y1 - air).floor().max(0.0);
        while y <= y2 + air {
            let (a, b) = (at(y - air), at(y + 1.0 + air));
            let start = whole(y).wrapping_mul(ROW);
            let Some(squares) = self.sums.get_mut(start..start.wrapping_add(ROW)) else {
                return;
            };
            let columns = whole(a.min(b) - air)..whole(a.max(b) + air + 1.0).min(ROW);
            for square in squares.get_mut(columns).unwrap_or_default() {
                *square |= TAKEN;
            }
            // By the middle of the row.
            let middle = y + 0.5;
            if y1 <= middle
                && middle < y2
                && let Some(square) = squares.get_mut(whole(at(middle) + 0.5))
            {
                *square ^= TURN;
            }
            y += 1.0;
        }
    }
}

const TAKEN: u32 = 1;
const TURN: u32 = 2;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_that_goes_on_beyond_the_bounds_takes_what_it_covers_of_them() {
        // So flat that no row's middle lies inside: only its edges tell.
        let shape = Shape {
            rings: vec![vec![
                [-9000.0, 100.0],
                [9000.0, 100.0],
                [9000.0, 101.0],
                [-9000.0, 101.0],
            ]],
            ..Shape::default()
        };
        let free = Free::around(&[shape], [[0.0; 2], [400.0; 2]], 2.0);
        assert!(!free.is_free(&[[200.0, 90.0], [240.0, 110.0]]));
        assert!(free.is_free(&[[200.0, 70.0], [240.0, 90.0]]));
    }
}
