//! The arcs of a topology, in degrees. Imports the reader.

use super::layout::whole;
use super::read::{Key, Members, member, object, place, position, scan};
use crate::feed::Problem;
use crate::feed::json::Token;

/// All arcs in one piece.
#[derive(Default)]
pub(super) struct Topology {
    points: Vec<[f64; 2]>,
    /// Where each arc ends in `points`.
    ends: Vec<u32>,
}

impl Topology {
    /// Reads the arcs of a topology: steps on a grid where it has a transform, else degrees. Stops
    /// at the first vertex too many.
    pub fn read(text: &str, root: &Members, max_vertices: usize) -> Topology {
        let mut topology = Topology::default();
        let transform = object(text, root, Key::Transform);
        let scale = place(text, &transform, Key::Scale);
        let translate = place(text, &transform, Key::Translate).unwrap_or([0.0; 2]);
        let mut scan = scan(text, member(text, root, Key::Arcs).unwrap_or(text.len()));
        scan.value(false);
        // Where something else than lists is found, the arcs have no points or ones off the globe.
        while topology.points.len() <= max_vertices && scan.next() {
            let mut sum = [0.0; 2];
            let list = scan.value(false) == Token::List;
            while list && scan.next() {
                if scan.value(false) != Token::List {
                    continue;
                }
                let mut point = position(&mut scan);
                if let Some(scale) = scale {
                    sum = [sum[0] + point[0], sum[1] + point[1]];
                    point = [
                        sum[0] * scale[0] + translate[0],
                        sum[1] * scale[1] + translate[1],
                    ];
                }
                topology.points.push(point);
                if topology.points.len() > max_vertices {
                    break;
                }
            }
            topology.ends.push(topology.points.len() as u32);
        }
        topology
    }

    /// Whether it has more vertices than this.
    pub fn is_larger_than(&self, max_vertices: usize) -> bool {
        self.points.len() > max_vertices
    }

    /// Hands on the points of an arc, from its end where the reference is negative (-1 is the
    /// first arc); whether all were taken.
    ///
    /// # Errors
    ///
    /// There is no such arc.
    pub fn walk(
        &self,
        reference: f64,
        take: &mut dyn FnMut([f64; 2]) -> bool,
    ) -> Result<bool, Problem> {
        let reversed = reference < 0.0;
        let place = if reversed {
            -1.0 - reference
        } else {
            reference
        };
        // What this cuts off or bounds is no reference.
        let index = whole(place);
        let end = self.ends.get(index).filter(|_| index as f64 == place);
        let end = *end.ok_or(Problem::ArcIndex)?;
        let start = index
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        let range = start.map_or(0, |&start| start as usize)..end as usize;
        let points = self.points.get(range).unwrap_or(&[]);
        for step in 0..points.len() {
            let last = points.len().saturating_sub(1);
            let at = if reversed {
                last.saturating_sub(step)
            } else {
                step
            };
            if !points.get(at).is_some_and(|&point| take(point)) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
