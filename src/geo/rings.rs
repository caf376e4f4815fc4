//! Rings made sound: closed, without repeated positions or spikes, within the globe.
//!
//! Imports nothing.

use std::ops::Range;

/// Rings end to end, each open: the last point is joined to the first.
#[derive(Default)]
pub(super) struct Rings {
    pub points: Vec<[f64; 2]>,
    pub ranges: Vec<Range<u32>>,
    /// Positions looked at, kept or not: what reading has cost.
    walked: usize,
}

/// What became of a ring.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Soundness {
    Sound,
    /// Kept, after closing it.
    Unclosed,
    /// Not kept: fewer than four positions, or than three different ones.
    Short,
    /// Not kept: a position is not on the globe.
    Outside,
    /// Not kept: the document has too many vertices.
    Full,
}

impl Rings {
    /// Adds a ring of positions whose first and last should be the same.
    pub fn push(
        &mut self,
        positions: &mut dyn Iterator<Item = [f64; 2]>,
        max_vertices: usize,
    ) -> Soundness {
        let start = self.points.len();
        let mut soundness = Soundness::Sound;
        let mut count = 0_usize;
        let mut ends = None;
        for position in positions {
            count = count.saturating_add(1);
            if !on_globe(position) {
                soundness = Soundness::Outside;
                break;
            }
            self.walked = self.walked.saturating_add(1);
            if self.walked > max_vertices {
                soundness = Soundness::Full;
                break;
            }
            let here = cell(position);
            ends = Some((ends.map_or(here, |(first, _)| first), here));
            self.push_point(position, here, start);
        }
        let closed = ends.is_some_and(|(first, last)| first == last);
        let mut first = start;
        while self.points.len().saturating_sub(first) >= 2 {
            let at = |index: usize| self.points.get(index).map(|&point| cell(point));
            let last = at(self.points.len().wrapping_sub(1));
            if last == at(first) {
                self.points.pop();
            } else if last == at(first.saturating_add(1)) {
                // A spike whose tip is the first position.
                first = first.saturating_add(1);
            } else if at(first) == at(self.points.len().wrapping_sub(2)) {
                // A spike whose tip is the last.
                self.points.pop();
            } else {
                break;
            }
        }
        if soundness == Soundness::Sound {
            let rest = self.points.len().saturating_sub(first);
            if rest < 3 || count < 4 {
                soundness = Soundness::Short;
            } else if !closed {
                soundness = Soundness::Unclosed;
            }
        }
        if matches!(soundness, Soundness::Sound | Soundness::Unclosed) {
            self.ranges.push(first as u32..self.points.len() as u32);
        } else {
            self.points.truncate(start);
        }
        soundness
    }

    /// Takes the last ring back.
    pub fn undo(&mut self) {
        self.ranges.pop();
        let end = self.ranges.last().map_or(0, |range| range.end);
        self.points.truncate(end as usize);
    }

    /// Takes out repetitions and spikes (there and back again) as they come.
    fn push_point(&mut self, position: [f64; 2], here: u64, start: usize) {
        let mine = self.points.get(start..).unwrap_or(&[]);
        match mine {
            [.., last] if cell(*last) == here => {}
            [.., before, _] if cell(*before) == here => {
                self.points.pop();
            }
            _ => self.points.push(position),
        }
    }
}

/// Whether a position is a longitude and a latitude; a quantised one may be a rounding error off.
pub(super) fn on_globe([longitude, latitude]: [f64; 2]) -> bool {
    // False for NaN.
    longitude.abs() <= 180.0 + 1e-6 && latitude.abs() <= 90.0 + 1e-6
}

/// Cells of the grid that decides which positions are the same, per degree: 2^30 cells make a
/// turn, so one is 3.7 cm high. Finer than the sixth decimal (11 cm) that maps are written with,
/// coarser than the noise of programs that write more.
const CELLS_PER_DEGREE: f64 = (1_u64 << 30) as f64 / 360.0;

/// Column and row in that grid, each below 2^31.
pub(super) fn grid([longitude, latitude]: [f64; 2]) -> [i64; 2] {
    // Positive, so that one fits beside the other; the casts round down and saturate.
    [
        ((longitude + 181.0) * CELLS_PER_DEGREE + 0.5) as i64,
        ((latitude + 91.0) * CELLS_PER_DEGREE + 0.5) as i64,
    ]
}

/// The cell that a position falls into, as one number; the same for the same place.
pub(super) fn cell(position: [f64; 2]) -> u64 {
    let [column, row] = grid(position);
    (column as u64) << 32 | row as u64
}
