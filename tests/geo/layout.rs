//! Fitting to boxes: sizes, degenerate ones, islands, windows, projections.

use super::{fitted, polygons, read};
use progress_widgets::geo::{Fit, Geometry, Projection, layout};

fn geometry(rings: &[&str]) -> Geometry {
    read(&polygons(rings)).geometry
}

const WIDE: &str = "[[[100,30],[110,30],[110,34],[100,34],[100,30]]]";

#[test]
fn a_map_fills_the_width_and_stops_at_the_height() {
    let map = geometry(&[WIDE]);
    let projection = Projection::EquirectangularAt(0.0);
    let wide = layout(&map, projection, &Fit::new(502.0));
    assert_eq!(wide.shapes[0].bounds[0], [1.0, 1.0]);
    assert!((wide.shapes[0].bounds[1][0] - 501.0).abs() < 1e-6);
    assert!((wide.height_px - 202.0).abs() < 1e-6);
    let fit = Fit {
        max_height_px: 102.0,
        ..Fit::new(502.0)
    };
    let low = layout(&map, projection, &fit);
    assert!((low.height_px - 102.0).abs() < 1e-6);
    // In the middle.
    assert!((low.shapes[0].bounds[0][0] - 126.0).abs() < 1e-6);
    assert!((low.width_px - 502.0).abs() < 1e-6);
}

#[test]
fn boxes_without_room_give_nothing_and_no_panic() {
    let map = geometry(&[WIDE]);
    let projection = Projection::for_geometry(&map);
    for bad in [0.0, -5.0, f64::NAN, 1.0, 2.0] {
        let none = layout(&map, projection, &Fit::new(bad));
        assert!(none.shapes.is_empty(), "{bad}");
        assert_eq!(none.height_px, 0.0);
        assert_eq!(none.degrees([0.0, 0.0]), None);
    }
    for odd in [f64::INFINITY, 1e300, 2.0001] {
        let layout = layout(&map, projection, &Fit::new(odd));
        assert!(layout.height_px.is_finite());
        assert!(
            layout
                .shapes
                .iter()
                .flat_map(|s| &s.rings)
                .flatten()
                .flatten()
                .all(|v| v.is_finite())
        );
    }
    for height in [0.0, -1.0, f64::NAN] {
        let fit = Fit {
            max_height_px: height,
            ..Fit::new(500.0)
        };
        assert!(layout(&map, projection, &fit).shapes.is_empty(), "{height}");
    }
    for odd in [f64::NAN, f64::INFINITY, 1e9, -90.0] {
        let odd = layout(&map, Projection::EquirectangularAt(odd), &Fit::new(500.0));
        assert!(odd.height_px > 0.0 && odd.height_px.is_finite());
    }
}

#[test]
fn places_and_degrees_are_inverse() {
    let map = geometry(&[WIDE]);
    for projection in [Projection::Mercator, Projection::EquirectangularAt(32.0)] {
        let layout = layout(&map, projection, &Fit::new(560.0));
        let [longitude, latitude] = layout.degrees(layout.place([104.25, 31.5])).unwrap();
        assert!((longitude - 104.25).abs() < 1e-9 && (latitude - 31.5).abs() < 1e-9);
    }
}

#[test]
fn mercator_keeps_right_angles_and_has_an_end() {
    let projection = Projection::Mercator;
    let at = |latitude: f64| projection.project([0.0, latitude])[1];
    // A small square stays one: dy = dx / cos(latitude).
    let stretch = (at(60.0) - at(60.01)) / 0.01_f64.to_radians();
    assert!((stretch - 2.0).abs() < 1e-3, "{stretch}");
    assert!((at(-90.0) - std::f64::consts::PI).abs() < 1e-9);
    assert!(at(1e300).is_finite());
}

#[test]
fn a_region_of_a_pixel_keeps_an_area_and_its_neighbour_the_same_border() {
    // A fine comb of a border between two regions, both tiny beside the third.
    let teeth: Vec<String> = (0..200)
        .map(|tooth| {
            format!(
                "[{},{}]",
                100.0 + f64::from(tooth) * 1e-4,
                30.0 + f64::from(tooth % 2) * 1e-4
            )
        })
        .collect();
    let back: Vec<String> = teeth.iter().rev().cloned().collect();
    let (go, back) = (teeth.join(","), back.join(","));
    let above = format!("[[{go},[100.0199,30.02],[100,30.02],{}]]", teeth[0]);
    let below = format!("[[{back},[100,29.98],[100.0199,29.98],{}]]", teeth[199]);
    let far = "[[[100,29],[108,29],[108,28],[100,28],[100,29]]]";
    let map = geometry(&[&above, &below, far]);
    let layout = layout(&map, Projection::EquirectangularAt(30.0), &Fit::new(500.0));
    for shape in &layout.shapes[..2] {
        assert!(shape.area_px2 > 0.5, "{}", shape.area_px2);
        assert!(
            (3..8).contains(&shape.rings[0].len()),
            "{}",
            shape.rings[0].len()
        );
    }
    let shared = layout.shapes[0].rings[0].iter();
    assert!(
        shared
            .filter(|point| layout.shapes[1].rings[0].contains(point))
            .count()
            >= 2
    );
}

#[test]
fn two_regions_around_a_lens_do_not_collapse() {
    // Two arcs between two junctions, each nearly straight: thinned, both would be one line.
    let map = geometry(&[
        "[[[100,30],[101,30.0001],[102,30],[101,29.9999],[100,30]]]",
        "[[[100,30],[101,30.0001],[102,30],[102,31],[100,31],[100,30]]]",
        "[[[100,30],[101,29.9999],[102,30],[102,29],[100,29],[100,30]]]",
    ]);
    let layout = layout(&map, Projection::EquirectangularAt(30.0), &Fit::new(300.0));
    assert_eq!(layout.shapes[0].rings[0].len(), 4);
    assert!(layout.shapes[0].area_px2 > 0.0);
    assert_eq!(layout.shapes[1].rings[0].len(), 5);
}

#[test]
fn islands_are_thinned_but_none_vanishes_from_its_place() {
    // A mainland, an archipelago of 100 islets within a pixel or two, and one lonely islet.
    let mut islands = vec!["[[[100,20],[110,20],[110,30],[100,30],[100,20]]]".to_owned()];
    let islet = |x: f64, y: f64| {
        format!(
            "[[[{x},{y}],[{0},{y}],[{0},{1}],[{x},{y}]]]",
            x + 0.001,
            y + 0.001
        )
    };
    for index in 0..100 {
        islands.push(islet(
            111.0 + f64::from(index % 10) * 0.003,
            25.0 + f64::from(index / 10) * 0.003,
        ));
    }
    islands.push(islet(114.0, 8.0));
    let map = read(&format!(
        r#"{{"type":"MultiPolygon","coordinates":[{}]}}"#,
        islands.join(",")
    ));
    let layout = fitted(&map, 500.0, 0.35);
    let rings = &layout.shapes[0].rings;
    assert!((3..12).contains(&rings.len()), "{}", rings.len());
    let near = |degrees| {
        let at = layout.place(degrees);
        let mut points = rings.iter().flatten();
        points.any(|p| (p[0] - at[0]).abs() < 1.0 && (p[1] - at[1]).abs() < 1.0)
    };
    assert!(near([114.0, 8.0]) && near([111.0, 25.0]));
    // Small regions of their own all stay.
    let own: Vec<&str> = islands.iter().map(String::as_str).collect();
    let own = fitted(&read(&polygons(&own)), 500.0, 0.35);
    assert!(own.shapes.iter().all(|shape| shape.rings.len() == 1));
}

#[test]
fn a_window_shows_its_part_at_its_own_scale() {
    let map = geometry(&[WIDE, "[[[120,30],[121,30],[121,31],[120,30]]]"]);
    let fit = Fit {
        window: Some([[119.5, 29.5], [121.5, 31.5]]),
        ..Fit::new(400.0)
    };
    let layout = layout(&map, Projection::EquirectangularAt(0.0), &fit);
    assert!(layout.shapes[0].rings.is_empty());
    assert_eq!(layout.shapes[0].bounds, [[0.0; 2]; 2]);
    let [[left, _], [right, _]] = layout.shapes[1].bounds;
    assert!((left - 100.5).abs() < 1e-6 && (right - 299.5).abs() < 1e-6);
}

#[test]
fn the_default_projection_is_true_at_the_middle_latitude() {
    assert_eq!(
        Projection::for_geometry(&geometry(&[WIDE])),
        Projection::EquirectangularAt(32.0)
    );
    assert_eq!(
        Projection::for_geometry(&Geometry::default()),
        Projection::EquirectangularAt(0.0)
    );
}
