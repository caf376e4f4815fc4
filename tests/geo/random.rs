//! Whatever comes in: no panic, finite pixels, points inside where they should be.

use super::{fitted, polygons, read};
use progress_widgets::geo::labels::meets;
use progress_widgets::geo::{Fit, Limits, Parsed, Projection, layout, parse};
use proptest::collection::vec;
use proptest::prelude::*;

/// What must hold of any document that can be read.
fn sound(parsed: &Parsed) {
    let geometry = &parsed.geometry;
    for feature in &geometry.features {
        assert!(!feature.polygons.is_empty());
        for &ring in feature.polygons.iter().flatten() {
            assert!(geometry.ring(ring).len() >= 3);
        }
    }
    for notice in &parsed.notices {
        assert!(notice.line > 0 && notice.column > 0);
        assert!(notice.text(true).contains(&notice.path));
    }
    for (width, projection) in [
        (300.0, Projection::for_geometry(geometry)),
        (77.0, Projection::Mercator),
    ] {
        let layout = layout(geometry, projection, &Fit::new(width));
        assert!(layout.height_px.is_finite());
        for shape in &layout.shapes {
            assert!(shape.rings.iter().all(|ring| ring.len() >= 3));
            assert!(
                shape
                    .rings
                    .iter()
                    .flatten()
                    .flatten()
                    .all(|v| v.is_finite())
            );
            if let Some(pole) = shape.pole() {
                assert!(shape.contains(pole));
            }
            if let Some([x, y]) = shape.place_box(20.0, 10.0, 1.0) {
                assert!(
                    [
                        [-9.0, -4.0],
                        [9.0, -4.0],
                        [9.0, 4.0],
                        [-9.0, 4.0],
                        [0.0, 0.0]
                    ]
                    .iter()
                    .all(|[dx, dy]| shape.contains([x + dx, y + dy]))
                );
            }
        }
    }
}

/// JSON made of the formats' own words and awkward values.
fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null"),
        Just("1e999"),
        Just("-0.0"),
        Just("0"),
        Just("1"),
        Just("-1"),
        Just("30.5"),
        Just("[0,0]"),
        Just("[1,0]"),
        Just("[1,1]"),
        Just("[0,1]"),
        Just("[0,0],[1,0],[1,1],[0,0]"),
        Just("\"Polygon\""),
        Just("\"MultiPolygon\""),
        Just("\"Feature\""),
        Just("\"Topology\""),
        Just("\"GeometryCollection\""),
        Just("\"330106\""),
        Just("330106"),
        Just("[[0,0],[1,0],[1,1],[0,0]]"),
    ]
    .prop_map(str::to_owned);
    let names = prop::sample::select(vec![
        "type",
        "features",
        "geometry",
        "geometries",
        "coordinates",
        "arcs",
        "objects",
        "transform",
        "scale",
        "translate",
        "properties",
        "adcode",
        "name",
        "center",
        "parent",
        "crs",
    ]);
    leaf.prop_recursive(7, 80, 6, move |inner| {
        prop_oneof![
            3 => vec(inner.clone(), 0..6).prop_map(|list| format!("[{}]", list.join(","))),
            2 => vec((names.clone(), inner), 0..7).prop_map(|fields| {
                let fields: Vec<_> = fields.iter().map(|(n, v)| format!("\"{n}\":{v}")).collect();
                format!("{{{}}}", fields.join(","))
            }),
        ]
    })
}

/// A ring around a middle, wild or gentle.
fn star() -> impl Strategy<Value = Vec<[f64; 2]>> {
    (vec(0.05..1.0_f64, 3..40), 0.0..30.0_f64, 0.0..30.0_f64).prop_map(|(radii, x, y)| {
        let count = radii.len() as f64;
        radii
            .iter()
            .enumerate()
            .map(|(step, radius)| {
                let angle = step as f64 / count * std::f64::consts::TAU;
                [x + radius * angle.cos(), y + radius * angle.sin()]
            })
            .collect()
    })
}

fn ring(points: &[[f64; 2]]) -> String {
    let closed = points.iter().chain(points.first());
    let points: Vec<_> = closed.map(|[x, y]| format!("[{x},{y}]")).collect();
    format!("[{}]", points.join(","))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn random_bytes_do_no_harm(bytes in vec(any::<u8>(), 0..300)) {
        if let Ok(parsed) = parse(&bytes, &Limits::default()) {
            sound(&parsed);
        }
    }

    #[test]
    fn random_documents_do_no_harm(
        kind in prop::sample::select(vec!["Topology", "FeatureCollection", "Polygon", "MultiPolygon"]),
        a in json(), b in json(), c in json(), d in json(),
    ) {
        let text = format!(
            r#"{{"type":"{kind}","arcs":{a},"objects":{{"o":{b}}},"features":[{c}],"coordinates":{d}}}"#
        );
        if let Ok(parsed) = parse(text.as_bytes(), &Limits::default()) {
            sound(&parsed);
        }
    }

    #[test]
    fn a_damaged_map_does_no_harm(cuts in vec((0usize..29_000, 0usize..40, any::<u8>()), 1..6)) {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/geometry/hangzhou-districts-2020.topo.json");
        let mut bytes = std::fs::read(path).unwrap();
        for (at, length, byte) in cuts {
            let end = (at + length).min(bytes.len());
            // Mostly digits and brackets, so that it often stays JSON.
            let byte = b"0123456789-[],{}"[usize::from(byte) % 16];
            bytes.splice(at.min(end)..end, vec![byte; length % 3]);
        }
        if let Ok(parsed) = parse(&bytes, &Limits::default()) {
            sound(&parsed);
        }
    }

    #[test]
    fn the_pole_of_any_polygon_is_inside(points in star()) {
        let parsed = read(&polygons(&[&format!("[{}]", ring(&points))]));
        let layout = fitted(&parsed, 300.0, 0.35);
        let shape = &layout.shapes[0];
        prop_assert!(shape.contains(shape.pole().unwrap()));
    }

    #[test]
    fn a_box_is_found_wherever_a_fine_search_finds_one(points in star()) {
        let parsed = read(&polygons(&[&format!("[{}]", ring(&points))]));
        let layout = fitted(&parsed, 200.0, 0.35);
        let shape = &layout.shapes[0];
        let [[left, top], [right, bottom]] = shape.bounds;
        // Twelve steps each way; a box that is a little larger, so that both agree at the edge. By
        // the border's edges and not by points inside: a bay's tip is thinner than any raster.
        let fits = (0..144).any(|step| {
            let x = left + (right - left) * f64::from(step % 12) / 12.0;
            let y = top + (bottom - top) * f64::from(step / 12) / 12.0;
            let corners = [[x - 22.0, y - 11.0], [x + 22.0, y + 11.0]];
            let edges = shape.rings.iter().flat_map(|ring| {
                ring.iter().zip(ring.iter().cycle().skip(1)).map(|(&from, &to)| [from, to])
            });
            shape.contains([x, y]) && !edges.into_iter().any(|edge| meets(&corners, edge))
        });
        if fits {
            prop_assert!(shape.place_box(40.0, 18.0, 0.0).is_some());
        }
    }

    #[test]
    fn quarters_of_a_square_share_their_borders(wiggle in vec((-0.2..0.2_f64, -0.2..0.2_f64), 4..5)) {
        // Four regions around a middle point, each border bent at a random point, twice.
        let middle = [0.5 + wiggle[0].0, 0.5 + wiggle[0].1];
        let sides = [[0.5, 0.0], [1.0, 0.5], [0.5, 1.0], [0.0, 0.5]];
        let corners = [[1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]];
        let bend = |i: usize| [
            (middle[0] + sides[i][0]) / 2.0 + wiggle[i].0 / 4.0,
            (middle[1] + sides[i][1]) / 2.0 + wiggle[i].1 / 4.0,
        ];
        let rings: Vec<String> = (0..4).map(|i| {
            let next = (i + 1) % 4;
            format!("[{}]", ring(&[middle, bend(i), sides[i], corners[i], sides[next], bend(next)]))
        }).collect();
        let rings: Vec<&str> = rings.iter().map(String::as_str).collect();
        let parsed = read(&polygons(&rings));
        sound(&parsed);
        let layout = fitted(&parsed, 500.0, 0.35);
        let area: f64 = layout.shapes.iter().map(|shape| shape.area_px2).sum();
        prop_assert!((area - 498.0 * (layout.height_px - 2.0)).abs() < 0.5, "{}", area);
    }
}
