//! Maps through the whole of `geo`: real ones, small ones for each rule, broken ones, random ones.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // A test fails loudly.
#![allow(clippy::arithmetic_side_effects)] // Test data is small.

mod broken;
mod hangzhou;
mod layout;
mod placing;
mod random;
mod reading;

use progress_widgets::geo::{Fit, Layout, Limits, Parsed, Projection, layout, parse};

/// Reads with the default limits.
fn read(json: &str) -> Parsed {
    parse(json.as_bytes(), &Limits::default()).unwrap()
}

/// Each notice as `path: Problem`.
fn noted(parsed: &Parsed) -> Vec<String> {
    let notices = parsed.notices.iter();
    notices
        .filter(|notice| parsed.tells(notice, None))
        .map(|notice| format!("{}: {:?}", notice.path, notice.problem))
        .collect()
}

/// A feature collection of polygons, given by their coordinates.
fn polygons(coordinates: &[&str]) -> String {
    let features: Vec<String> = coordinates
        .iter()
        .map(|rings| {
            format!(r#"{{"type":"Feature","geometry":{{"type":"Polygon","coordinates":{rings}}}}}"#)
        })
        .collect();
    format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",")
    )
}

/// Fitted to a width with the default projection.
fn fitted(parsed: &Parsed, width_px: f64, tolerance_px: f64) -> Layout {
    let fit = Fit {
        tolerance_px,
        ..Fit::new(width_px)
    };
    let projection = Projection::for_geometry(&parsed.geometry);
    layout(&parsed.geometry, projection, &fit)
}
