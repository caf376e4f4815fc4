//! Which part of a picture is not map: a coarse grid. Imports the layout's shapes.

use super::labels::Corners;
use super::layout::Shape;

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
        let [width, height] = [right - left, bottom - top].map(|v| v.clamp(0.0, 1e6));
        let side = (width * height / MAX_SQUARES).sqrt().max(4.0);
        let [columns, rows] = [width, height].map(|v| (v / side).ceil() as usize);
        let mut free = Free {
            origin: [left, top],
            side,
            columns,
            rows,
            sums: vec![0; columns.saturating_add(1).saturating_mul(rows)],
        };
        for shape in shapes {
            free.fill(shape);
            free.edge(shape, air);
        }
        let width = columns.saturating_add(1);
        for row in free.sums.chunks_mut(width) {
            let mut sum = 0_u32;
            for square in row {
                // Each square's sum is that of those before it.
                let taken = *square;
                *square = sum;
                sum = sum.saturating_add(taken);
            }
        }
        free
    }

    /// Whether a box touches no square that is taken; what lies out of bounds is not free.
    pub fn is_free(&self, corners: &Corners) -> bool {
        let place = |axis: usize, value: f64| {
            let origin = self.origin.get(axis).copied().unwrap_or_default();
            (value - origin) / self.side
        };
        let [left, top] = [place(0, corners[0][0]), place(1, corners[0][1])];
        let [right, bottom] = [place(0, corners[1][0]), place(1, corners[1][1])];
        let near = -1e-9;
        if left < near
            || top < near
            || right > self.columns as f64 - near
            || bottom > self.rows as f64 - near
        {
            return false;
        }
        let (first, last) = (left as usize, right.ceil() as usize);
        let width = self.columns.saturating_add(1);
        let rows = self.sums.chunks(width).skip(top as usize);
        let count = (bottom.ceil() as usize).saturating_sub(top as usize);
        let mut rows = rows.take(count);
        rows.all(|row| row.get(first) == row.get(last.min(self.columns)))
    }

    fn mark(&mut self, row: usize, from: f64, to: f64) {
        let width = self.columns.saturating_add(1);
        let Some(row) = self.sums.chunks_mut(width).nth(row) else {
            return;
        };
        // The casts saturate: what lies left of the picture becomes its first column.
        let (first, last) = (from as usize, to as usize);
        if to < 0.0 || first >= self.columns {
            return;
        }
        let last = last.min(self.columns.saturating_sub(1));
        for square in row.get_mut(first..=last).unwrap_or_default() {
            *square = 1;
        }
    }

    /// Squares whose middle lies inside.
    fn fill(&mut self, shape: &Shape) {
        let mut crossings: Vec<f64> = Vec::new();
        for row in 0..self.rows {
            let y = self.origin[1] + (row as f64 + 0.5) * self.side;
            if y < shape.bounds[0][1] || y > shape.bounds[1][1] {
                continue;
            }
            crossings.clear();
            for ring in &shape.rings {
                let Some(mut before) = ring.last() else {
                    continue;
                };
                for here in ring {
                    if (before[1] > y) != (here[1] > y) {
                        let part = (y - before[1]) / (here[1] - before[1]);
                        let x = before[0] + (here[0] - before[0]) * part;
                        crossings.push((x - self.origin[0]) / self.side);
                    }
                    before = here;
                }
            }
            crossings.sort_unstable_by(f64::total_cmp);
            for pair in crossings.chunks_exact(2) {
                if let [from, to] = *pair {
                    self.mark(row, from, to);
                }
            }
        }
    }

    /// Squares that a border passes through, or comes near.
    fn edge(&mut self, shape: &Shape, air: f64) {
        for ring in &shape.rings {
            let Some(mut before) = ring.last() else {
                continue;
            };
            for here in ring {
                let (upper, lower) = if before[1] < here[1] {
                    (before, here)
                } else {
                    (here, before)
                };
                let row_of = |y: f64| (y - self.origin[1]) / self.side;
                // Saturates at the first row; the last is the picture's.
                let first = row_of(upper[1] - air) as usize;
                let last = row_of(lower[1] + air) as usize;
                if row_of(lower[1] + air) >= 0.0 {
                    for row in first..=last.min(self.rows.saturating_sub(1)) {
                        // The part of the edge that lies in this row, air included.
                        let top = self.origin[1] + row as f64 * self.side - air;
                        let at = |y: f64| {
                            let span = lower[1] - upper[1];
                            let part = if span > 0.0 {
                                ((y - upper[1]) / span).clamp(0.0, 1.0)
                            } else {
                                0.0
                            };
                            upper[0] + (lower[0] - upper[0]) * part
                        };
                        let ends = if lower[1] > upper[1] {
                            [at(top), at(top + self.side + 2.0 * air)]
                        } else {
                            [upper[0], lower[0]]
                        };
                        let column = |x: f64| (x - self.origin[0]) / self.side;
                        self.mark(
                            row,
                            column(ends[0].min(ends[1]) - air),
                            column(ends[0].max(ends[1]) + air),
                        );
                    }
                }
                before = here;
            }
        }
    }
}
