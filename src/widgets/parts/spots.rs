//! Points of a map that would cover one another, pushed apart a little.

/// A point of a map, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Where it lies.
    pub place: [f64; 2],
    /// Where it is drawn.
    pub center: [f64; 2],
    /// Its radius with all that belongs to it.
    pub reach: f64,
}

/// No point is drawn farther from its place than this, in CSS pixels.
pub const FARTHEST: f64 = 14.0;

/// Pushes points apart that cover one another, each no farther than [`FARTHEST`] from its place;
/// what still overlaps lies largest behind.
pub fn part(spots: &mut [Spot], [[left, top], [right, bottom]]: [[f64; 2]; 2]) {
    // Points at one place are told apart by a little star around it.
    let turns = [
        [1.0, 0.0],
        [-0.5, 0.8],
        [-0.5, -0.8],
        [0.5, 0.8],
        [-1.0, 0.0],
        [0.5, -0.8],
    ];
    for (spot, (turn, step)) in spots.iter_mut().zip(turns.into_iter().cycle().zip(1_u32..)) {
        let length = 0.01 * f64::from(step);
        spot.center[0] += turn[0] * length;
        spot.center[1] += turn[1] * length;
    }
    for _ in 0..60 {
        let now: Vec<([f64; 2], f64)> = spots.iter().map(|t| (t.center, t.reach)).collect();
        let mut moved = false;
        for spot in &mut *spots {
            let [x, y] = spot.center;
            let mut push = [0.0, 0.0];
            for &(other, reach) in &now {
                let [dx, dy] = [x - other[0], y - other[1]];
                let wanted = spot.reach + reach + 0.5;
                let square = dx * dx + dy * dy;
                if square < wanted * wanted && square > 0.0 {
                    let distance = square.sqrt();
                    let part = (wanted - distance) / distance * 0.35;
                    push = [push[0] + dx * part, push[1] + dy * part];
                    moved = true;
                }
            }
            let [dx, dy] = [x + push[0] - spot.place[0], y + push[1] - spot.place[1]];
            let most = (FARTHEST / (dx * dx + dy * dy).sqrt().max(1e-9)).min(1.0);
            // On a map that is smaller than the point, at its upper left: never a panic.
            let within =
                |at: f64, low: f64, high: f64| at.min(high - spot.reach).max(low + spot.reach);
            spot.center = [
                within(spot.place[0] + dx * most, left, right),
                within(spot.place[1] + dy * most, top, bottom),
            ];
        }
        if !moved {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spots(places: &[[f64; 2]]) -> Vec<Spot> {
        let town = |&place: &[f64; 2]| Spot {
            place,
            center: place,
            reach: 5.5,
        };
        places.iter().map(town).collect()
    }

    fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
        ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)).sqrt()
    }

    #[test]
    fn points_that_cover_one_another_are_parted_within_bounds() {
        let map = [[0.0, 0.0], [300.0, 200.0]];
        let mut few = spots(&[
            [100.0, 100.0],
            [100.0, 100.0],
            [104.0, 100.0],
            [250.0, 50.0],
        ]);
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
        let mut tight = spots(&[[1.0, 1.0]; 3]);
        part(&mut tight, [[0.0, 0.0], [300.0, 2.0]]);
        assert!(tight.iter().all(|town| town.center[1] == 5.5));
        // A hundred at one place, in a corner: as near as they have to be, and on the map.
        let mut many = spots(&[[1.0, 1.0]; 100]);
        part(&mut many, map);
        for town in &many {
            assert!(town.center[0] >= 5.0 && town.center[1] >= 5.0);
            assert!(distance(town.center, town.place) <= FARTHEST + 8.0);
        }
    }
}
