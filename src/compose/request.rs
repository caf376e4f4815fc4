//! What a page asks for, and the one translator from its relaxed words to our strict types.

use crate::feed::{Code, Level};
use crate::figures::{Group, Metric, Show, Sort};
use crate::geo::Projection;
use crate::style::{Color, FONT_FAMILY, Lang, Scheme, TextSize, Theme, number};
use crate::widgets::{KINDS, Kind, Options, Shape};

/// Narrowest and widest picture in CSS pixels; a request outside is drawn at the nearer one.
pub const WIDTHS_CSS_PX: (f64, f64) = (200.0, 4000.0);

/// A request for one picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// What kind of widget.
    pub kind: Kind,
    /// How it is drawn.
    pub options: Options,
}

/// An option that can't be used; the request is as before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionError {
    /// The option's name.
    pub name: String,
    /// The value given.
    pub value: String,
    /// What may stand there; empty where the name itself is unknown.
    pub allowed: String,
}

impl OptionError {
    /// What is wrong and what to do.
    #[must_use]
    pub fn text(&self, chinese: bool) -> String {
        let OptionError {
            name,
            value,
            allowed,
        } = self;
        let parts = match (allowed.is_empty(), chinese) {
            (true, true) => ["没有名为“", name, "”的选项，已忽略。", "", "", "", ""],
            (true, false) => [
                "There is no option \"",
                name,
                "\"; it was ignored.",
                "",
                "",
                "",
                "",
            ],
            (false, true) => [
                "选项 ",
                name,
                " 不能是“",
                value,
                "”，已忽略。可用：",
                allowed,
                "。",
            ],
            (false, false) => [
                "Option ",
                name,
                " can't be \"",
                value,
                "\"; it was ignored. Use: ",
                allowed,
                ".",
            ],
        };
        parts.concat()
    }
}

impl Request {
    /// A request with every option at its default.
    #[must_use]
    pub fn new(kind: Kind) -> Request {
        Request {
            kind,
            options: Options::default(),
        }
    }

    /// Sets an option by the name that pages write it with. An empty value means the default.
    ///
    /// | name | value | default |
    /// |---|---|---|
    /// | `kind` | the name of one of [`KINDS`] | as made |
    /// | `width` | CSS pixels, 200 to 4000 | 640 |
    /// | `metric` | `start`, `completion`, `investment` | `start` |
    /// | `show` | `rate`, `count`: what `trend` draws | `rate` |
    /// | `level` | `province`, `city`, `district`, `zone`, `town` | the coarsest with figures |
    /// | `parent` | a code of 6, 9 or 12 digits | – |
    /// | `by` | `regions`, `categories` | `regions` |
    /// | `sort` | `value`, `name`, `feed` | `value` |
    /// | `limit` | 1 to 10000 rows | 200 |
    /// | `shape` | `auto`, `bars`, `dots`, `matrix` | by the figures |
    /// | `breaks` | `0.5,0.8,0.9` or `50%,80%,90%`: up to four | from the figures |
    /// | `projection` | `mercator`, `equirectangular`, `equirectangular:30` (a latitude) | equirectangular at the middle |
    /// | `require-review-number` | `true`, `false` | `false` |
    /// | `lang` | a BCP 47 tag | the feed's |
    /// | `scheme` | `light`, `dark` | `light` |
    /// | `background` | `solid`, `none` | `solid` |
    /// | `size` | `normal`, `senior` | `normal` |
    /// | `title` | text | by the widget |
    /// | `font` | a CSS `font-family`, put before ours | – |
    /// | `--pw-…` | `#rrggbb`, see [`Theme::set`] | by the theme |
    ///
    /// `scheme` resets the colours, so it is to be set before any `--pw-…`.
    ///
    /// # Errors
    ///
    /// [`OptionError`] for an unknown name or a value that can't be used.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), OptionError> {
        let value = value.trim();
        let allowed = if value.is_empty() {
            self.reset(name)
        } else {
            self.assign(name, value)
        };
        match allowed {
            Ok(()) => Ok(()),
            Err(allowed) => Err(OptionError {
                name: name.to_owned(),
                value: value.to_owned(),
                allowed: match name {
                    "kind" => kinds(),
                    _ => allowed.to_owned(),
                },
            }),
        }
    }

    fn reset(&mut self, name: &str) -> Result<(), &'static str> {
        let (options, fresh) = (&mut self.options, Options::default());
        match name {
            "width" => options.width_css_px = fresh.width_css_px,
            "metric" => options.metric = fresh.metric,
            "show" => options.show = fresh.show,
            "level" => options.selection.level = None,
            "parent" => options.selection.parent = None,
            "by" => options.selection.group = Group::Regions,
            "sort" => options.sort = fresh.sort,
            "limit" => options.limit = fresh.limit,
            "shape" => options.shape = fresh.shape,
            "breaks" => options.breaks = fresh.breaks,
            "projection" => options.projection = None,
            "require-review-number" => options.require_review_number = true,
            "lang" => options.lang = None,
            "size" => options.text_size = fresh.text_size,
            "title" => options.title = None,
            "kind" | "scheme" | "background" | "font" => {}
            _ if name.starts_with("--pw-") => {}
            _ => return Err(""),
        }
        Ok(())
    }

    /// `Err` names what is allowed; empty for an unknown name.
    fn assign(&mut self, name: &str, value: &str) -> Result<(), &'static str> {
        let options = &mut self.options;
        match name {
            "kind" => self.kind = Kind::named(value).ok_or("")?,
            "width" => {
                let width = number::parse(value).ok_or("200–4000 (CSS px)")?;
                options.width_css_px = width.clamp(WIDTHS_CSS_PX.0, WIDTHS_CSS_PX.1);
            }
            "metric" => {
                let metrics = [Metric::Start, Metric::Completion, Metric::Investment];
                options.metric = one_of(value, "start, completion, investment", &metrics)?;
            }
            "show" => {
                options.show = one_of(value, "rate, count", &[Show::Rate, Show::Count])?;
            }
            "level" => {
                let levels = [
                    Level::Province,
                    Level::City,
                    Level::District,
                    Level::Zone,
                    Level::Town,
                ];
                let level = one_of(value, "province, city, district, zone, town", &levels)?;
                options.selection.level = Some(level);
            }
            "parent" => {
                let code = Code::parse(value).ok_or("6, 9, 12 digits (adcode)")?;
                options.selection.parent = Some(code);
            }
            "by" => {
                let groups = [Group::Regions, Group::Categories];
                options.selection.group = one_of(value, "regions, categories", &groups)?;
            }
            "sort" => {
                let sorts = [Sort::Value, Sort::Name, Sort::Feed];
                options.sort = one_of(value, "value, name, feed", &sorts)?;
            }
            "limit" => {
                options.limit = match value.parse::<usize>() {
                    Ok(limit @ 1..=10_000) => limit,
                    _ => return Err("1–10000"),
                }
            }
            "shape" => {
                let shapes = [Shape::Auto, Shape::Bars, Shape::Dots, Shape::Matrix];
                options.shape = one_of(value, "auto, bars, dots, matrix", &shapes)?;
            }
            "breaks" => options.breaks = breaks(value).ok_or("0.5,0.8,0.9; 50%,80%,90%")?,
            "projection" => options.projection = projection(value)?,
            "require-review-number" => {
                options.require_review_number =
                    value == name || one_of(value, "true, false", &[true, false])?;
            }
            "lang" => options.lang = Some(Lang::from_tag(value)),
            "scheme" => {
                let scheme = one_of(value, "light, dark", &[Scheme::Light, Scheme::Dark])?;
                let before = std::mem::replace(&mut options.theme, Theme::news(scheme));
                options.theme.paint_ground = before.paint_ground;
                options.theme.font_family = before.font_family;
            }
            "background" => {
                options.theme.paint_ground = one_of(value, "solid, none", &[true, false])?;
            }
            "size" => {
                let sizes = [TextSize::Normal, TextSize::Senior];
                options.text_size = one_of(value, "normal, senior", &sizes)?;
            }
            "title" => options.title = Some(value.to_owned()),
            "font" => options.theme.font_family = font(value).ok_or("font-family")?,
            _ => {
                let token = name.strip_prefix("--pw-").ok_or("")?;
                let color = Color::parse(value).ok_or("#rgb, #rrggbb")?;
                if !options.theme.set(token, color) {
                    return Err("");
                }
            }
        }
        Ok(())
    }
}

/// The names of all kinds.
fn kinds() -> String {
    let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    names.join(", ")
}

/// The choice whose name stands at its place among the allowed ones.
fn one_of<T: Copy>(value: &str, allowed: &'static str, choices: &[T]) -> Result<T, &'static str> {
    // At each comma: looking for texts in texts would cost the browser a kilobyte.
    let mut words = allowed.split(',').map(str::trim_start);
    let place = words.position(|word| word == value);
    place.and_then(|i| choices.get(i)).copied().ok_or(allowed)
}

fn breaks(value: &str) -> Option<Vec<f64>> {
    let numbers: Option<Vec<f64>> = value
        .split([',', ' ', ';', '，'])
        .filter(|part| !part.is_empty())
        .map(|part| match part.strip_suffix(['%', '％']) {
            Some(percent) => number::parse(percent).map(|p| p / 100.0),
            None => number::parse(part),
        })
        .collect();
    numbers.filter(|n| !n.is_empty() && n.len() <= 4 && n.iter().all(|v| *v > 0.0))
}

fn projection(value: &str) -> Result<Option<Projection>, &'static str> {
    const ALLOWED: &str = "mercator, equirectangular, equirectangular:30";
    match value.split_once(':') {
        None if value == "mercator" => Ok(Some(Projection::Mercator)),
        None if value == "equirectangular" => Ok(None),
        Some(("equirectangular", latitude)) => match number::parse(latitude) {
            Some(latitude) if latitude.abs() <= 85.0 => {
                Ok(Some(Projection::EquirectangularAt(latitude)))
            }
            _ => Err(ALLOWED),
        },
        _ => Err(ALLOWED),
    }
}

/// The host's fonts before ours. Nothing that could end the declaration is let through, because
/// the text goes into an SVG attribute and a canvas font.
fn font(value: &str) -> Option<String> {
    let harmless = value.len() <= 300 && !value.contains([';', '{', '}', '<', '>', '&', '(', ')']);
    harmless.then(|| [value, ", ", FONT_FAMILY].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> Request {
        Request::new(Kind::named("bars").unwrap())
    }

    #[test]
    fn every_option_takes_its_values_and_refuses_others() {
        for (name, good, bad) in [
            ("kind", "map", "pie"),
            ("width", "320", "wide"),
            ("metric", "investment", "speed"),
            ("show", "count", "both"),
            ("level", "town", "village"),
            ("parent", "330100", "3301"),
            ("by", "categories", "colour"),
            ("sort", "name", "random"),
            ("limit", "10", "0"),
            ("shape", "dots", "stars"),
            ("breaks", "50%, 80%,0.9", "a,b"),
            ("projection", "equirectangular:30", "globe"),
            ("require-review-number", "true", "maybe"),
            ("scheme", "dark", "blue"),
            ("background", "none", "picture"),
            ("size", "senior", "huge"),
            ("font", "Songti SC", "a;b"),
            ("--pw-accent", "#c00", "red"),
        ] {
            let mut r = request();
            let before = r.clone();
            let error = r.set(name, bad).unwrap_err();
            assert!(!error.allowed.is_empty(), "{name}");
            assert_eq!(r, before, "{name}: a refused value changes nothing");
            r.set(name, good).unwrap();
            assert_ne!(r, before, "{name}={good} changes something");
        }
        assert_eq!(request().set("colour", "red").unwrap_err().allowed, "");
        assert_eq!(
            request().set("--pw-nonsense", "#fff").unwrap_err().allowed,
            ""
        );
    }

    #[test]
    fn width_is_kept_within_bounds() {
        let mut r = request();
        r.set("width", "1").unwrap();
        assert_eq!(r.options.width_css_px, 200.0);
        r.set("width", "1000000000").unwrap();
        assert_eq!(r.options.width_css_px, 4000.0);
        assert!(r.set("width", "NaN").is_err());
    }

    #[test]
    fn an_empty_value_is_the_default() {
        let mut r = request();
        r.set("limit", "5").unwrap();
        r.set("limit", "").unwrap();
        assert_eq!(r, request());
    }
}
