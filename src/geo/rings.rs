//! Rings made sound: closed, without repeated positions or spikes, within the globe.
//!
//! Imports the layout's numbers and the notices.

use super::layout::whole;
use crate::feed::Problem;
use std::ops::Range;

/// Rings end to end, each open: the last point is joined to the first.
#[derive(Default)]
pub(super) struct Rings {
    pub points: Vec<[f64; 2]>,
    pub ranges: Vec<Range<u32>>,
    /// Positions looked at, kept or not: what reading has cost.
    pub walked: usize,
    /// Where the ring at hand begins.
    start: usize,
    /// Its positions so far.
    count: usize,
    /// The cells of its first and last position.
    ends: [u64; 2],
    trouble: Option<Problem>,
}

impl Rings {
    /// Begins a ring.
    pub fn begin(&mut self) {
        self.start = self.points.len();
        self.count = 0;
        self.trouble = None;
    }

    /// Adds a position to it; `false` where no more are needed to know that it is not sound.
    pub fn add(&mut self, position: [f64; 2], max_vertices: usize) -> bool {
        self.walked = self.walked.saturating_add(1);
        // Past the limit the document is refused: nothing of it counts.
        if self.walked > max_vertices || !on_globe(position) {
            self.trouble = Some(Problem::OutOfRange);
        }
        if self.trouble.is_some() {
            return false;
        }
        let here = cell(position);
        if self.count == 0 {
            self.ends[0] = here;
        }
        self.ends[1] = here;
        self.count = self.count.saturating_add(1);
        // Repetitions and spikes (there and back again) are taken out as they come.
        match self.points.get(self.start..).unwrap_or(&[]) {
            [.., last] if cell(*last) == here => {}
            [.., before, _] if cell(*before) == here => {
                self.points.pop();
            }
            _ => self.points.push(position),
        }
        true
    }

    /// Ends the ring, whose first and last position should have been the same; what is wrong with
    /// it, beyond what is known. It is taken back unless nothing is, or no more than that it was not
    /// closed.
    pub fn end(&mut self, known: Option<Problem>) -> Option<Problem> {
        let mut start = self.start;
        loop {
            match self.points.get(start..).unwrap_or(&[]) {
                // The end, where it repeats the beginning; a spike whose tip is the last position.
                [first, .., last] if cell(*first) == cell(*last) => {}
                [first, .., before, _] if cell(*first) == cell(*before) => {}
                // A spike whose tip is the first.
                [_, second, .., last] if cell(*second) == cell(*last) => {
                    start = start.saturating_add(1);
                    continue;
                }
                _ => break,
            }
            self.points.pop();
        }
        let rest = self.points.len().saturating_sub(start);
        let problem = match known.or(self.trouble) {
            None if rest < 3 || self.count < 4 => Some(Problem::RingTooShort),
            None if self.ends[0] != self.ends[1] => Some(Problem::Unclosed),
            problem => problem,
        };
        if matches!(problem, None | Some(Problem::Unclosed)) {
            self.ranges.push(start as u32..self.points.len() as u32);
        } else {
            self.points.truncate(self.start);
        }
        problem
    }
}

/// Whether a position is a longitude and a latitude; a quantised one may be a rounding error off.
fn on_globe([longitude, latitude]: [f64; 2]) -> bool {
    // False for NaN.
    longitude.abs() <= 180.0 + 1e-6 && latitude.abs() <= 90.0 + 1e-6
}

/// Cells of the grid that decides which positions are the same, per degree: 2^30 cells make a
/// turn, so one is 3.7 cm high. Finer than the sixth decimal (11 cm) that maps are written with,
/// coarser than the noise of programs that write more.
const CELLS_PER_DEGREE: f64 = (1_u64 << 30) as f64 / 360.0;

/// Column and row in that grid, each below 2^31.
pub(super) fn grid([longitude, latitude]: [f64; 2]) -> [i64; 2] {
    // Positive, so that one fits beside the other.
    let at = |degrees: f64| whole(degrees * CELLS_PER_DEGREE + 0.5) as i64;
    [at(longitude + 181.0), at(latitude + 91.0)]
}

/// The cell that a position falls into, as one number; the same for the same place.
pub(super) fn cell(position: [f64; 2]) -> u64 {
    let [column, row] = grid(position);
    (column as u64) << 32 | row as u64
}
