//! Degrees → plane. Imports nothing but the geometry.

use super::model::Geometry;

/// How the globe is laid flat. North is up; both axes are independent of each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Projection {
    /// Web maps' projection: right angles, areas grow towards the poles. Beyond ±85.0511° of
    /// latitude (where the world is square) it stops.
    Mercator,
    /// Distances are true along this latitude in degrees (clamped to ±85.0511) and from north to south.
    EquirectangularAt(f64),
}

impl Projection {
    /// The default: equirectangular at the middle latitude of the polygons. For a city or a
    /// province it differs from Mercator by less than a pixel's worth; for the whole country it
    /// keeps the north from growing out of proportion.
    #[must_use]
    pub fn for_geometry(geometry: &Geometry) -> Projection {
        let middle = geometry
            .bounds()
            .map_or(0.0, |[[_, south], [_, north]]| (south + north) / 2.0);
        Projection::EquirectangularAt(middle)
    }

    /// `[longitude, latitude]` in degrees → plane in radians of longitude at the equator
    /// (Mercator) or of latitude (equirectangular); x to the right, y down. Finite for every
    /// finite input.
    #[must_use]
    pub fn project(self, [longitude, latitude]: [f64; 2]) -> [f64; 2] {
        match self {
            Projection::Mercator => {
                let latitude = latitude.clamp(-MERCATOR_END, MERCATOR_END);
                // 2 atanh(tan(φ/2)), which is ln(tan(π/4 + φ/2)) (Snyder, "Map Projections", 7-2),
                // by its series: 14 terms at 30°, 214 at the end. A logarithm for all numbers brings
                // half a kilobyte to the browser.
                let half = sine(latitude.to_radians()) / (1.0 + self.shrink(latitude));
                let (mut power, mut n, mut sum) = (half, 1.0, 0.0);
                while power * power > 1e-34 {
                    sum += power / n;
                    power *= half * half;
                    n += 2.0;
                }
                [longitude.to_radians(), -2.0 * sum]
            }
            Projection::EquirectangularAt(_) => [
                longitude.to_radians() * self.shrink(latitude),
                -latitude.to_radians(),
            ],
        }
    }

    /// Plane → `[longitude, latitude]`.
    #[must_use]
    pub fn invert(self, [x, y]: [f64; 2]) -> [f64; 2] {
        match self {
            Projection::Mercator => [
                x.to_degrees(),
                (2.0 * libm::atan(libm::exp(-y)) - std::f64::consts::FRAC_PI_2).to_degrees(),
            ],
            Projection::EquirectangularAt(_) => {
                [(x / self.shrink(0.0)).to_degrees(), -y.to_degrees()]
            }
        }
    }

    /// Area in the plane of one square degree at a latitude.
    pub(super) fn area_per_square_degree(self, latitude: f64) -> f64 {
        let square = 1_f64.to_radians() * 1_f64.to_radians();
        match self {
            Projection::Mercator => square / self.shrink(latitude),
            Projection::EquirectangularAt(_) => square * self.shrink(latitude),
        }
    }

    /// Length of a degree of longitude against one of latitude: at the given latitude for
    /// Mercator, at the true one for equirectangular.
    fn shrink(self, latitude: f64) -> f64 {
        let latitude = match self {
            Projection::Mercator => latitude,
            Projection::EquirectangularAt(latitude) if latitude.is_nan() => 0.0,
            Projection::EquirectangularAt(latitude) => latitude,
        };
        sine(
            std::f64::consts::FRAC_PI_2
                - latitude
                    .clamp(-MERCATOR_END, MERCATOR_END)
                    .abs()
                    .to_radians(),
        )
    }
}

/// The sine of an angle between -π/2 and π/2, by its Taylor series to x²¹: exact to the last bits
/// there. A sine for all angles brings 4 kB to the browser, to bring large ones into range.
fn sine(x: f64) -> f64 {
    let mut term = x;
    let mut sum = x;
    let mut n = 2.0;
    while n < 22.0 {
        term *= -x * x / (n * (n + 1.0));
        sum += term;
        n += 2.0;
    }
    sum
}

/// atan(sinh(π)) in degrees: the square world of web maps.
const MERCATOR_END: f64 = 85.051_128_779_806_6;
