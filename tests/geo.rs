//! Real and broken maps through the whole of `geo`.

use progress_widgets::geo::{Fit, Layout, Limits, Parsed, Projection, layout, parse};

fn hangzhou(name: &str) -> Parsed {
    let path = format!(
        "{}/tests/geometry/hangzhou-districts-2020.{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    parse(&std::fs::read(path).unwrap(), &Limits::default()).unwrap()
}

fn fitted(parsed: &Parsed, width_px: f64, tolerance_px: f64) -> Layout {
    let fit = Fit {
        tolerance_px,
        ..Fit::new(width_px)
    };
    let projection = Projection::for_geometry(&parsed.geometry);
    layout(&parsed.geometry, projection, &fit)
}

#[test]
fn both_formats_of_hangzhou_give_the_same_regions() {
    let (topo, geo) = (hangzhou("topo.json"), hangzhou("geojson"));
    for parsed in [&topo, &geo] {
        assert!(parsed.notices.is_empty(), "{:?}", parsed.notices);
        let names: Vec<_> = parsed
            .geometry
            .features
            .iter()
            .map(|feature| feature.name.clone().unwrap())
            .collect();
        assert_eq!(names.len(), 13);
        assert_eq!(names[0], "上城区");
        assert_eq!(
            parsed.geometry.features[9].code.unwrap().to_string(),
            "330112"
        );
        assert!(parsed.geometry.features[9].center.is_some());
    }
    let (topo, geo) = (fitted(&topo, 560.0, 0.0), fitted(&geo, 560.0, 0.0));
    assert!(
        (topo.height_px - geo.height_px).abs() < 0.5,
        "{} {}",
        topo.height_px,
        geo.height_px
    );
    for (a, b) in topo.shapes.iter().zip(&geo.shapes) {
        let off = (a.area_px2 - b.area_px2).abs() / b.area_px2;
        assert!(off < 0.01, "feature {}: {off}", a.feature);
    }
}
