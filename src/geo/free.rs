//! Which part of a picture is not map: a coarse grid. Imports the layout's shapes.

use super::labels::Corners;
use super::layout::{Shape, whole};

/// Squares of a grid over the picture, each free or not.
pub(super) struct Free {
    origin: [f64; 2],
    /// Side of a square in CSS pixels.
    side: f64,
    columns: usize,
    rows: usize,
    /// For each row, how many squares from the left on are taken: `columns + 1` sums.
    sums: Vec<u32>,
}

/// Squares at most; larger pictures get larger squares.
const MAX_SQUARES: f64 = 40_000.0;

impl Free {
    /// The squares within `bounds` that no shape comes nearer to than `air`.
    pub fn around(shapes: &[Shape], bounds: Corners, air: f64) -> Free {
        let [[left, top], [right, bottom]] = bounds;
        let [width, height] = [
            (right - left).clamp(0.0, 1e6),
            (bottom - top).clamp(0.0, 1e6),
        ];
        let side = (width * height / MAX_SQUARES).sqrt().max(4.0);
        let [columns, rows] = [f64::ceil(width / side), f64::ceil(height / side)];
        let mut free = Free {
            origin: [left, top],
            side,
            columns: whole(columns),
            rows: whole(rows),
            sums: Vec::new(),
        };
        let row = free.columns.saturating_add(1);
        free.sums = vec![0; row.saturating_mul(free.rows)];
        for shape in shapes {
            for [from, to] in shape.edges([1.0; 2]) {
                free.edge(from, to, air);
            }
        }
        for row in free.sums.chunks_mut(row) {
            let (mut inside, mut sum) = (false, 0_u32);
            for square in row {
                inside ^= *square & TURN != 0;
                let taken = inside || *square & TAKEN != 0;
                // Each square's sum is that of those before it.
                *square = sum;
                sum = sum.saturating_add(u32::from(taken));
            }
        }
        free
    }

    /// Whether a box touches no square that is taken; what lies out of bounds is not free.
    pub fn is_free(&self, corners: &Corners) -> bool {
        let [left, top] = self.place(corners[0]);
        let [right, bottom] = self.place(corners[1]);
        let near = -1e-9;
        if left < near
            || top < near
            || right > self.columns as f64 - near
            || bottom > self.rows as f64 - near
        {
            return false;
        }
        let last = whole(f64::ceil(right)).min(self.columns);
        let row = self.columns.saturating_add(1);
        (whole(top)..whole(f64::ceil(bottom)).min(self.rows)).all(|at| {
            let start = row.saturating_mul(at);
            let sum = |column: usize| self.sums.get(start.saturating_add(column));
            sum(whole(left)) == sum(last)
        })
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
        let ([x1, y1], [x2, y2]) = if from[1] < to[1] {
            (self.place(from), self.place(to))
        } else {
            (self.place(to), self.place(from))
        };
        let air = air / self.side;
        let at = |y: f64| {
            // Along the edge, or at its ends.
            let part = if y2 > y1 { (y - y1) / (y2 - y1) } else { 0.0 };
            x1 + (x2 - x1) * part.clamp(0.0, 1.0)
        };
        if y2 + air < 0.0 || self.columns == 0 {
            return;
        }
        // `whole` saturates: what lies left of the picture becomes its first column.
        let width = self.columns.saturating_add(1);
        let last = self.rows.min(whole(y2 + air).saturating_add(1));
        for row in whole(y1 - air)..last {
            let y = row as f64;
            let Some(squares) = self.sums.chunks_mut(width).nth(row) else {
                return;
            };
            let (a, b) = if y2 > y1 {
                (at(y - air), at(y + 1.0 + air))
            } else {
                (x1, x2)
            };
            let (low, high) = (a.min(b) - air, a.max(b) + air);
            if high >= 0.0 {
                let last = whole(high).min(self.columns.saturating_sub(1));
                for square in squares.get_mut(whole(low)..=last).unwrap_or_default() {
                    *square |= TAKEN;
                }
            }
            // By the middle of the row.
            if (y1 > y + 0.5) != (y2 > y + 0.5) {
                let column = whole(at(y + 0.5) + 0.5);
                if let Some(square) = squares.get_mut(column) {
                    *square ^= TURN;
                }
            }
        }
    }
}

const TAKEN: u32 = 1;
const TURN: u32 = 2;
