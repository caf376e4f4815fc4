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

/// The colours of a picture. Every pair that stands on one another is checked for contrast below.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
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
        let colors = match scheme {
            Scheme::Light => [
                0xffffff, 0x1b2530, 0x5c6975, 0x1f6fb2, 0xb4470f, 0xeef2f5, 0xe4e9ee, 0xdcebf5,
                // The fourth class is darker than a plain ramp's, so that white on it has 4.5:1.
                0xa9cfe6, 0x6daed6, 0x2b79b1, 0x0d4d82, 0xb9c4ce, 0x8a4b00, 0xfff4e5,
            ],
            Scheme::Dark => [
                0x12181f, 0xe6edf3, 0x9aa8b5, 0x6db3ea, 0xff9d66, 0x1d2630, 0x2a3542, 0x1d3a54,
                0x24608f, 0x3f8ec6, 0x82bfe8, 0xcfe7f7, 0x4a5a6b, 0xffb86b, 0x2b2115,
            ],
        };
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
            sample_ink,
            sample_ground,
        ] = colors.map(Color::hex);
        Theme {
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
            sample_ink,
            sample_ground,
            font_family: FONT_FAMILY.to_owned(),
        }
    }

    /// Sets a colour by the name of its CSS custom property without `--pw-`; false for an unknown
    /// name. Names: `ground`, `ink`, `mute`, `accent`, `target`, `track`, `grid`, `hatch`,
    /// `class-1` to `class-5`.
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
        let named = names.split(' ').zip(slots).find(|(name, _)| *name == token);
        let Some((_, slot)) = named else {
            return false;
        };
        *slot = color;
        true
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
    /// The one big figure.
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
    /// For a reader's choice and a picture's width: the big figure gives way below 400 px.
    #[must_use]
    pub fn new(text: TextSize, width_css_px: f64) -> Sizes {
        let big = if width_css_px < 400.0 { 44.0 } else { 60.0 };
        match text {
            TextSize::Normal => Sizes {
                title: 18.0,
                subtitle: 13.0,
                label: 13.0,
                count: 12.0,
                footer: 11.5,
                big,
                row: 27.0,
                bar: 15.0,
            },
            TextSize::Senior => Sizes {
                title: 24.0,
                subtitle: 18.0,
                label: 18.0,
                count: 18.0,
                footer: 18.0,
                big: big + 8.0,
                row: 38.0,
                bar: 20.0,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_enough_contrast_on_every_ground() {
        for scheme in [Scheme::Light, Scheme::Dark] {
            let t = Theme::news(scheme);
            for text in [t.ink, t.mute, t.accent, t.target] {
                assert!(text.contrast(t.ground) >= 4.5, "{scheme:?} {text}");
            }
            assert!(t.sample_ink.contrast(t.sample_ground) >= 4.5);
            assert!(t.ink.contrast(t.track) >= 4.5);
            for class in t.classes {
                let on = t.text_on(class);
                assert!(on.contrast(class) >= 4.5, "{scheme:?} {on} on {class}");
            }
        }
    }

    #[test]
    fn rate_classes_survive_grey_printing() {
        for scheme in [Scheme::Light, Scheme::Dark] {
            let t = Theme::news(scheme);
            for pair in t.classes.windows(2) {
                assert!(pair[0].contrast(pair[1]) >= 1.35, "{scheme:?} {pair:?}");
            }
        }
    }
}
