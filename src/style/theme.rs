//! Colours and sizes of a picture: named themes, light and dark, and the tokens a page may set.

use super::Color;

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Scheme {
    /// Dark ink on light ground.
    #[default]
    Light,
    /// Light ink on dark ground.
    Dark,
}

/// A set of colours, in a light and in a dark scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ThemeName {
    /// Blue on white: the default.
    #[default]
    News,
    /// Red and gold (政务红金).
    Government,
    /// Greys, and a target in brown.
    Quiet,
    /// Every text at least 7:1: for readers who need it and for systems set to high contrast.
    Contrast,
}

/// Ground, ink, mute, accent, target, track, grid, five rate classes from low to high, hatch.
type Palette = [u32; 13];

const NEWS: Palette = [
    0xffffff, 0x1b2530, 0x5c6975, 0x1f6fb2, 0xb4470f, 0xeef2f5, 0xe4e9ee, 0xdcebf5, 0xa9cfe6,
    // The fourth class is darker than a plain ramp's, so that white on it has 4.5:1.
    0x6daed6, 0x2b79b1, 0x0d4d82, 0xb9c4ce,
];

/// By name, light before dark. What they keep to is tested below: contrasts, and that the classes
/// differ for colour-blind readers and in grey. The target of red and gold is blue, because a
/// brown one is the same as the red accent to a deuteranope.
#[rustfmt::skip]
const PALETTES: [Palette; 8] = [
    NEWS,
    [0x12181f, 0xe6edf3, 0x9aa8b5, 0x6db3ea, 0xff9d66, 0x1d2630, 0x2a3542, 0x1d3a54, 0x24608f, 0x3f8ec6, 0x82bfe8, 0xcfe7f7, 0x4a5a6b],
    [0xffffff, 0x2b1d18, 0x6d5c54, 0xb8151b, 0x2f5573, 0xf8f1e7, 0xeee2d2, 0xfbeed2, 0xf2c67d, 0xdd9350, 0xb93424, 0x760d11, 0xd3c0a8],
    [0x1a1210, 0xf5ebe4, 0xbba79b, 0xff8b73, 0xf0c04f, 0x2a1e1a, 0x3d2d27, 0x4d211a, 0x8a3322, 0xc9623a, 0xeda35c, 0xf9dda6, 0x65493f],
    [0xffffff, 0x2b2f33, 0x666c72, 0x4d5b69, 0x9a4a1a, 0xf1f2f4, 0xe5e8ea, 0xe6e9ec, 0xbfc7ce, 0x939ea9, 0x5b6875, 0x2e3843, 0xc0c6cc],
    [0x16181a, 0xe4e6e8, 0x9da3a9, 0xaebac6, 0xe3a376, 0x22262a, 0x32373c, 0x2f363d, 0x525d68, 0x7e8a96, 0xaab5bf, 0xdfe5ea, 0x525a62],
    [0xffffff, 0x000000, 0x333333, 0x003f8a, 0x7a2400, 0xe8e8e8, 0x8a8a8a, 0xdeebf8, 0xa6c9eb, 0x74a9dc, 0x14508f, 0x00264d, 0x6b6b6b],
    [0x000000, 0xffffff, 0xd6d6d6, 0xffd800, 0xffa05c, 0x262626, 0x8a8a8a, 0x0d315a, 0x175899, 0x7fb2e4, 0xbad7f3, 0xffffff, 0x9a9a9a],
];

/// The colours of a picture. Every pair that stands on one another is checked for contrast below.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Which theme the colours began as.
    pub name: ThemeName,
    /// Light or dark.
    pub scheme: Scheme,
    /// Behind everything.
    pub ground: Color,
    /// Whether the ground is painted; else the page's own shows through.
    pub paint_ground: bool,
    /// Titles, labels, figures.
    pub ink: Color,
    /// Subtitles, units, footers.
    pub mute: Color,
    /// Bars, lines, the one big figure.
    pub accent: Color,
    /// Targets and deadlines: dashed, always with a word.
    pub target: Color,
    /// Bar tracks.
    pub track: Color,
    /// Rules, borders of empty regions.
    pub grid: Color,
    /// Rate classes, low to high.
    pub classes: [Color; 5],
    /// Lines of the missing-figure hatch, on `track`.
    pub hatch: Color,
    /// Text and border of the sample mark.
    pub sample_ink: Color,
    /// Ground of the sample mark.
    pub sample_ground: Color,
    /// CSS `font-family`.
    pub font_family: String,
}

/// The default fonts: the host's own is put before them by the element.
pub const FONT_FAMILY: &str =
    "\"PingFang SC\", \"Noto Sans CJK SC\", \"Microsoft YaHei\", sans-serif";

impl Theme {
    /// The default theme.
    #[must_use]
    pub fn news(scheme: Scheme) -> Theme {
        Theme::new(ThemeName::News, scheme)
    }

    /// A named theme in a scheme.
    #[must_use]
    pub fn new(name: ThemeName, scheme: Scheme) -> Theme {
        let (sample_ink, sample_ground) = match scheme {
            Scheme::Light => (0x7f4500, 0xfff4e5),
            Scheme::Dark => (0xffb86b, 0x2b2115),
        };
        let place = (name as usize)
            .saturating_mul(2)
            .saturating_add(scheme as usize);
        let [
            ground,
            ink,
            mute,
            accent,
            target,
            track,
            grid,
            c1,
            c2,
            c3,
            c4,
            c5,
            hatch,
        ] = PALETTES.get(place).unwrap_or(&NEWS).map(Color::hex);
        Theme {
            name,
            scheme,
            ground,
            paint_ground: true,
            ink,
            mute,
            accent,
            target,
            track,
            grid,
            classes: [c1, c2, c3, c4, c5],
            hatch,
            sample_ink: Color::hex(sample_ink),
            sample_ground: Color::hex(sample_ground),
            font_family: FONT_FAMILY.to_owned(),
        }
    }

    /// Takes the colours of another theme or scheme; font and painted ground stay.
    pub fn recolor(&mut self, name: ThemeName, scheme: Scheme) {
        let before = std::mem::replace(self, Theme::new(name, scheme));
        self.paint_ground = before.paint_ground;
        self.font_family = before.font_family;
    }

    /// Sets a colour by the name of its CSS custom property without `--pw-`; false for an unknown
    /// name. Names: `ground`, `ink`, `mute`, `accent`, `target`, `track`, `grid`, `hatch`,
    /// `class-1` to `class-5`.
    #[inline(never)] // At its one call, in a loop, the loop would carry all these places.
    pub fn set(&mut self, token: &str, color: Color) -> bool {
        let [c1, c2, c3, c4, c5] = &mut self.classes;
        let slots = [
            &mut self.ground,
            &mut self.ink,
            &mut self.mute,
            &mut self.accent,
            &mut self.target,
            &mut self.track,
            &mut self.grid,
            &mut self.hatch,
            c1,
            c2,
            c3,
            c4,
            c5,
        ];
        let names = "ground ink mute accent target track grid hatch \
                     class-1 class-2 class-3 class-4 class-5";
        let mut names = names.split(' ');
        for slot in slots {
            if names.next() == Some(token) {
                *slot = color;
                return true;
            }
        }
        false
    }

    /// The text colour for a filled ground: of ink and ground colour the one with more contrast.
    #[must_use]
    pub fn text_on(&self, fill: Color) -> Color {
        if self.ink.contrast(fill) >= self.ground.contrast(fill) {
            self.ink
        } else {
            self.ground
        }
    }
}

/// Font sizes in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    /// Title, bold.
    pub title: f64,
    /// Subtitle.
    pub subtitle: f64,
    /// Labels of rows and regions.
    pub label: f64,
    /// Counts.
    pub count: f64,
    /// Footer.
    pub footer: f64,
    /// The one big figure, where there is room.
    pub big: f64,
    /// Height of one row of bars.
    pub row: f64,
    /// Thickness of a bar.
    pub bar: f64,
}

/// Text size that readers choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum TextSize {
    /// 13 px labels.
    #[default]
    Normal,
    /// Nothing below 18 px (MIIT "elderly-friendly" rules for websites, 2021).
    Senior,
}

impl Sizes {
    /// For a reader's choice.
    #[must_use]
    pub fn new(text: TextSize) -> Sizes {
        match text {
            TextSize::Normal => Sizes {
                title: 18.0,
                subtitle: 13.0,
                label: 13.0,
                count: 12.0,
                footer: 11.5,
                big: 60.0,
                row: 27.0,
                bar: 15.0,
            },
            TextSize::Senior => Sizes {
                title: 24.0,
                subtitle: 18.0,
                label: 18.0,
                count: 18.0,
                footer: 18.0,
                big: 68.0,
                row: 38.0,
                bar: 20.0,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every theme in both schemes, and the least contrast of its texts.
    fn all() -> Vec<(Theme, f64)> {
        use ThemeName::{Contrast, Government, News, Quiet};
        let names = [
            (News, 4.5),
            (Government, 4.5),
            (Quiet, 4.5),
            (Contrast, 7.0),
        ];
        let both = |(name, least)| {
            [Scheme::Light, Scheme::Dark].map(|scheme| (Theme::new(name, scheme), least))
        };
        names.into_iter().flat_map(both).collect()
    }

    #[test]
    fn text_has_enough_contrast_on_every_ground() {
        for (t, least) in all() {
            let about = (t.name, t.scheme);
            for text in [t.ink, t.mute, t.accent, t.target] {
                assert!(text.contrast(t.ground) >= least, "{about:?} {text}");
            }
            assert!(t.sample_ink.contrast(t.sample_ground) >= least, "{about:?}");
            assert!(t.ink.contrast(t.track) >= least, "{about:?}");
            for class in t.classes {
                let on = t.text_on(class);
                assert!(on.contrast(class) >= least, "{about:?} {on} on {class}");
            }
        }
    }

    /// WCAG 2.2, 1.4.11: 3:1 for what must be seen; steps of the background need only be seen at all.
    #[test]
    fn shapes_stand_out_from_what_lies_under_them() {
        for (t, _) in all() {
            let about = (t.name, t.scheme);
            for shape in [t.accent, t.target] {
                assert!(shape.contrast(t.track) >= 3.0, "{about:?} {shape}");
            }
            assert!(t.hatch.contrast(t.track) >= 1.5, "{about:?} hatch");
            for step in [t.track, t.grid, t.classes[0]] {
                assert!(step.contrast(t.ground) >= 1.1, "{about:?} {step}");
            }
        }
    }

    type Matrix = [[f64; 3]; 3];

    /// How dichromats see linear RGB: Machado, Oliveira and Fernandes, "A Physiologically-based
    /// Model for Simulation of Color Vision Deficiency" (IEEE TVCG 15(6), 2009), severity 1; and
    /// grey printing (Rec. 709 luminance).
    const SEEN: [(&str, Matrix); 5] = [
        (
            "as it is",
            [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        ),
        (
            "protanopia",
            [
                [0.152286, 1.052583, -0.204868],
                [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ],
        ),
        (
            "deuteranopia",
            [
                [0.367322, 0.860646, -0.227968],
                [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ],
        ),
        (
            "tritanopia",
            [
                [1.255528, -0.076749, -0.178779],
                [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.691367, 0.303900],
            ],
        ),
        ("grey", [[0.2126, 0.7152, 0.0722]; 3]),
    ];

    /// CIE L*a*b* (D65) of a colour as somebody sees it.
    fn lab(color: Color, seen: &Matrix) -> [f64; 3] {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                libm::pow((c + 0.055) / 1.055, 2.4)
            }
        };
        let (r, g, b) = color.rgb();
        let rgb = [linear(r), linear(g), linear(b)];
        let dot = |row: &[f64; 3], v: &[f64; 3]| row[0] * v[0] + row[1] * v[1] + row[2] * v[2];
        let rgb = [0, 1, 2].map(|i| dot(&seen[i], &rgb).clamp(0.0, 1.0));
        let xyz = [
            dot(&[0.4124, 0.3576, 0.1805], &rgb) / 0.9505,
            dot(&[0.2126, 0.7152, 0.0722], &rgb),
            dot(&[0.0193, 0.1192, 0.9505], &rgb) / 1.089,
        ];
        let [x, y, z] = xyz.map(|t| {
            if t > 0.008856 {
                libm::cbrt(t)
            } else {
                7.787 * t + 16.0 / 116.0
            }
        });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    fn distance(a: [f64; 3], b: [f64; 3]) -> f64 {
        let squares = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b));
        libm::sqrt(squares.sum())
    }

    #[test]
    fn rate_classes_differ_for_everybody_and_on_grey_paper() {
        for (t, _) in all() {
            for (name, seen) in &SEEN {
                let about = (t.name, t.scheme, name);
                let classes = t.classes.map(|class| lab(class, seen));
                // Darker the higher, or lighter on a dark ground: never by hue alone.
                let down = classes[4][0] < classes[0][0];
                assert_eq!(down, t.scheme == Scheme::Light);
                for pair in classes.windows(2) {
                    let rises = pair[1][0] > pair[0][0];
                    assert!(rises != down, "{about:?} {classes:?}");
                    // Ten times what can just be seen.
                    assert!(distance(pair[0], pair[1]) >= 10.0, "{about:?} {pair:?}");
                }
            }
            for pair in t.classes.windows(2) {
                assert!(pair[0].contrast(pair[1]) >= 1.35, "{:?} {pair:?}", t.name);
            }
        }
    }

    #[test]
    fn the_target_is_not_the_accent_to_anybody() {
        for (t, _) in all() {
            for (name, seen) in SEEN.iter().filter(|seen| seen.0 != "grey") {
                let far = distance(lab(t.accent, seen), lab(t.target, seen));
                assert!(far >= 20.0, "{:?} {name}: {far}", (t.name, t.scheme));
            }
        }
    }
}
