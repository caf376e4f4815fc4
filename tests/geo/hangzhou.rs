//! The real map of Hangzhou's 13 districts, in both formats.

use super::{fitted, noted};
use progress_widgets::geo::{Fit, Limits, Parsed, Projection, layout, parse};
use std::collections::BTreeMap;

pub(super) fn hangzhou(name: &str) -> Parsed {
    let path = format!(
        "{}/tests/geometry/hangzhou-districts-2020.{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    parse(&std::fs::read(path).unwrap(), &Limits::default()).unwrap()
}

#[test]
fn both_formats_give_the_same_regions() {
    let (topo, geo) = (hangzhou("topo.json"), hangzhou("geojson"));
    for parsed in [&topo, &geo] {
        assert_eq!(noted(parsed), [""; 0]);
        let features = &parsed.geometry.features;
        assert_eq!(features.len(), 13);
        assert_eq!(features[0].name.as_deref(), Some("上城区"));
        assert_eq!(features[9].code.unwrap().to_string(), "330112");
    }
    let (topo, geo) = (fitted(&topo, 560.0, 0.0), fitted(&geo, 560.0, 0.0));
    assert!((topo.height_px - geo.height_px).abs() < 0.5);
    for (a, b) in topo.shapes.iter().zip(&geo.shapes) {
        let off = (a.area_px2 - b.area_px2).abs() / b.area_px2;
        assert!(off < 0.002, "feature {}: {off}", a.feature);
    }
}

#[test]
fn areas_are_those_of_the_districts() {
    // Square kilometres by the statistical yearbook; the sketch is coarse.
    let known = [
        ("临安区", 3119.0),
        ("淳安县", 4417.0),
        ("桐庐县", 1829.0),
        ("建德市", 2314.0),
    ];
    let parsed = hangzhou("topo.json");
    let layout = fitted(&parsed, 1000.0, 0.0);
    let [a, b] = [layout.place([119.0, 29.0]), layout.place([119.0, 30.0])];
    // A degree of latitude.
    let km = (a[1] - b[1]) / 111.2;
    for (name, km2) in known {
        let features = parsed.geometry.features.iter();
        let index = features
            .map(|f| f.name.as_deref())
            .position(|n| n == Some(name));
        let area = layout.shapes[index.unwrap()].area_px2 / km / km;
        assert!((area / km2 - 1.0).abs() < 0.03, "{name}: {area}");
    }
}

#[test]
fn what_neighbours_share_stays_the_same_however_thin() {
    let parsed = hangzhou("topo.json");
    let full = edges(&parsed, 560.0, 0.0);
    let shared = |edges: &BTreeMap<[[i64; 2]; 2], usize>| {
        edges.values().filter(|&&count| count == 2).count()
    };
    for width in [40.0, 280.0, 560.0, 1600.0] {
        let thin = edges(&parsed, width, 0.35);
        // No edge is used more than twice, but where a border was a spike; and inner borders are
        // as large a part of the whole as they are at full detail.
        assert!(thin.values().all(|&count| count <= 2));
        let (part, full) = (
            shared(&thin) as f64 / thin.len() as f64,
            shared(&full) as f64 / full.len() as f64,
        );
        assert!((part - full).abs() < 0.15, "{width}: {part} of {full}");
    }
    let one_side = |edges: &BTreeMap<[[i64; 2]; 2], usize>| {
        edges.values().filter(|&&count| count == 1).count()
    };
    // The outer border of the city is one closed line: its ends match, so no inner border opened.
    let thin = edges(&parsed, 280.0, 0.35);
    let mut ends: BTreeMap<[i64; 2], usize> = BTreeMap::new();
    for (edge, _) in thin.iter().filter(|(_, count)| **count == 1) {
        for end in edge {
            *ends.entry(*end).or_default() += 1;
        }
    }
    assert!(one_side(&thin) > 50);
    assert!(ends.values().all(|count| count % 2 == 0));
}

/// How many regions use each edge.
fn edges(parsed: &Parsed, width_px: f64, tolerance_px: f64) -> BTreeMap<[[i64; 2]; 2], usize> {
    let mut edges = BTreeMap::new();
    for ring in fitted(parsed, width_px, tolerance_px)
        .shapes
        .iter()
        .flat_map(|shape| &shape.rings)
    {
        let bits = |point: [f64; 2]| point.map(|v| v.to_bits() as i64);
        let mut before = bits(ring[ring.len() - 1]);
        for &point in ring {
            let here = bits(point);
            *edges
                .entry([before.min(here), before.max(here)])
                .or_default() += 1;
            before = here;
        }
    }
    edges
}

#[test]
fn detail_follows_the_size_and_every_district_stays() {
    let parsed = hangzhou("geojson");
    let count = |width| {
        let layout = fitted(&parsed, width, 0.35);
        assert!(layout.shapes.iter().all(|shape| {
            !shape.rings.is_empty() && shape.rings.iter().all(|ring| ring.len() >= 3)
        }));
        let rings = layout.shapes.iter().flat_map(|shape| &shape.rings);
        rings.map(Vec::len).sum::<usize>()
    };
    let counts = [20.0, 80.0, 320.0, 1600.0].map(count);
    assert!(counts.is_sorted(), "{counts:?}");
    assert!(counts[0] < 250 && counts[3] > 4000, "{counts:?}");
}

#[test]
fn thinned_areas_stay_within_a_pixel_of_the_border() {
    let parsed = hangzhou("topo.json");
    let (full, thin) = (fitted(&parsed, 320.0, 0.0), fitted(&parsed, 320.0, 0.35));
    for (full, thin) in full.shapes.iter().zip(&thin.shapes) {
        let off = (full.area_px2 - thin.area_px2).abs();
        assert!(
            off < 0.02 * full.area_px2 + 1.0,
            "{off} of {}",
            full.area_px2
        );
    }
}

#[test]
fn mercator_and_equirectangular_agree_for_a_city() {
    let parsed = hangzhou("topo.json");
    let fit = Fit::new(560.0);
    let equirectangular = Projection::for_geometry(&parsed.geometry);
    let a = layout(&parsed.geometry, equirectangular, &fit);
    let b = layout(&parsed.geometry, Projection::Mercator, &fit);
    for (a, b) in a.shapes.iter().zip(&b.shapes) {
        let middle = |bounds: [[f64; 2]; 2]| (bounds[0][1] + bounds[1][1]) / 2.0;
        assert!((middle(a.bounds) - middle(b.bounds)).abs() < 2.0);
    }
}
