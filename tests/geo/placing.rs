//! Labels on the real map: inside means inside, nothing overlaps, nothing crosses.

use super::fitted;
use super::hangzhou::hangzhou;
use progress_widgets::geo::labels::{AIR, Candidate, Corners, Placement, place};
use progress_widgets::geo::{Layout, Shape};

const INSIDE: [[f64; 2]; 2] = [[40.0, 32.0], [40.0, 16.0]];
const OUTSIDE: [[f64; 2]; 2] = [[84.0, 16.0], [40.0, 16.0]];

/// Regions from the largest to the smallest, and where their labels go.
fn labels<'a>(layout: &'a Layout, obstacles: &[Corners]) -> Vec<(&'a Shape, Option<Placement>)> {
    let mut shapes: Vec<&Shape> = layout.shapes.iter().collect();
    shapes.sort_by(|a, b| b.area_px2.total_cmp(&a.area_px2));
    let mut candidates: Vec<_> = shapes
        .iter()
        .map(|shape| Candidate {
            shape,
            inside: INSIDE,
            outside: OUTSIDE,
            placement: None,
        })
        .collect();
    let bounds = [[0.0, 0.0], [layout.width_px, layout.height_px]];
    let longest = layout.width_px * 0.45;
    let mut placed = || {
        place(
            &mut candidates,
            &layout.shapes,
            bounds,
            obstacles.to_vec(),
            longest,
        );
        let placements = candidates.iter().map(|candidate| candidate.placement);
        placements.collect::<Vec<_>>()
    };
    let first = placed();
    assert_eq!(first, placed(), "not deterministic");
    shapes.into_iter().zip(first).collect()
}

fn corners(center: [f64; 2], size: [f64; 2], air: f64) -> Corners {
    let half = [size[0] / 2.0 + air, size[1] / 2.0 + air];
    [
        [center[0] - half[0], center[1] - half[1]],
        [center[0] + half[0], center[1] + half[1]],
    ]
}

fn of(placement: &Option<Placement>) -> Option<Corners> {
    let placement = placement.as_ref()?;
    let sizes = if placement.leader.is_some() {
        OUTSIDE
    } else {
        INSIDE
    };
    Some(corners(placement.center, sizes[placement.size], 0.0))
}

fn overlap(a: &Corners, b: &Corners) -> bool {
    (0..2).all(|axis| a[0][axis] < b[1][axis] && b[0][axis] < a[1][axis])
}

/// Points along the edges of a box, a pixel apart, and those of a line.
fn along(line: [[f64; 2]; 2]) -> Vec<[f64; 2]> {
    let [a, b] = line;
    let steps = ((a[0] - b[0]).abs().max((a[1] - b[1]).abs()) as usize).max(1);
    (0..=steps)
        .map(|step| {
            let part = step as f64 / steps as f64;
            [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part]
        })
        .collect()
}

fn outline([[left, top], [right, bottom]]: Corners) -> Vec<[f64; 2]> {
    [
        [[left, top], [right, top]],
        [[right, top], [right, bottom]],
        [[right, bottom], [left, bottom]],
        [[left, bottom], [left, top]],
    ]
    .into_iter()
    .flat_map(along)
    .collect()
}

fn check(layout: &Layout, labels: &[(&Shape, Option<Placement>)]) {
    let boxes: Vec<_> = labels.iter().map(|(_, placement)| of(placement)).collect();
    for (index, (shape, placement)) in labels.iter().enumerate() {
        let Some(own) = boxes[index] else { continue };
        for other in boxes[..index].iter().flatten() {
            assert!(!overlap(&own, other), "{own:?} overlaps {other:?}");
        }
        let Some(placement) = placement else { continue };
        let Some(leader) = placement.leader else {
            // With air, less what rounding takes.
            let wide = corners(placement.center, INSIDE[placement.size], AIR - 1e-6);
            assert!(outline(wide).iter().all(|&point| shape.contains(point)));
            continue;
        };
        for shape in &layout.shapes {
            assert!(outline(own).iter().all(|&point| !shape.contains(point)));
        }
        assert!(shape.contains(leader[0]), "leader begins outside");
        for (at, other) in boxes.iter().enumerate() {
            let Some([[left, top], [right, bottom]]) = *other else {
                continue;
            };
            assert!(
                at == index
                    || along(leader)
                        .iter()
                        .all(|&[x, y]| { x < left || x > right || y < top || y > bottom })
            );
        }
    }
}

#[test]
fn labels_of_hangzhou_at_all_widths() {
    let parsed = hangzhou("topo.json");
    for width in [280.0, 320.0, 400.0, 560.0, 900.0, 1600.0] {
        let layout = fitted(&parsed, width, 0.35);
        let labels = labels(&layout, &[]);
        check(&layout, &labels);
        let shown = labels
            .iter()
            .filter(|(_, placement)| placement.is_some())
            .count();
        // All 13 from 560 px on; on a phone the larger ones.
        let least = if width < 320.0 {
            7
        } else if width < 560.0 {
            9
        } else {
            13
        };
        assert!(shown >= least, "{width}: {shown}");
        let first = labels[0].1.unwrap();
        assert!(first.size == 0 && first.leader.is_none());
    }
}

#[test]
fn labels_keep_off_obstacles() {
    let layout = fitted(&hangzhou("topo.json"), 560.0, 0.35);
    // Over the largest district, and where the labels beside the map would go.
    let obstacles = [
        [[60.0, 160.0], [240.0, 320.0]],
        [[470.0, 120.0], [560.0, 400.0]],
    ];
    let labels = labels(&layout, &obstacles);
    check(&layout, &labels);
    for placed in labels.iter().filter_map(|(_, placement)| of(placement)) {
        assert!(obstacles.iter().all(|obstacle| !overlap(obstacle, &placed)));
    }
}

#[test]
fn no_room_at_all_hides_labels() {
    let layout = fitted(&hangzhou("topo.json"), 30.0, 0.35);
    let labels = labels(&layout, &[]);
    assert!(labels.iter().all(|(_, placement)| placement.is_none()));
}
