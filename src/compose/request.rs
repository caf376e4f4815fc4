//! What a page asks for, and the one translator from its relaxed words to our strict types.

use crate::feed::{AsOf, Code, Level, document, words};
use crate::figures::{Group, Metric, Show, Sort};
use crate::geo::Projection;
use crate::style::{Color, FONT_FAMILY, Lang, Scheme, TextSize, ThemeName, cat, number};
use crate::widgets::{KINDS, Kind, Options, Shape};

/// Narrowest and widest picture in CSS pixels; a request outside is drawn at the nearer one.
pub const WIDTHS_CSS_PX: (f64, f64) = (200.0, 4000.0);

/// A request for one picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// What kind of widget.
    pub kind: &'static Kind,
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

/// Both sentences in Chinese and in English: without what may stand there, and with it behind.
const WORDS: &str = "没有名为“◇”的选项，已忽略。
There is no option \"◇\"; it was ignored.
选项 ◇ 不能是“◆”，已忽略。可用：
Option ◇ can't be \"◆\"; it was ignored. Use: ";

impl OptionError {
    /// What is wrong and what to do.
    #[must_use]
    pub fn text(&self, chinese: bool) -> String {
        let known = !self.allowed.is_empty();
        let words = words::line(WORDS, usize::from(known), chinese);
        let mut text = String::new();
        document::fill(&mut text, words, &self.name, &self.value);
        if known {
            text.push_str(&self.allowed);
            text.push_str(if chinese { "。" } else { "." });
        }
        text
    }
}

impl Default for Request {
    fn default() -> Request {
        Request::new(Kind::usual())
    }
}

impl Request {
    /// A request with every option at its default.
    #[must_use]
    pub fn new(kind: &'static Kind) -> Request {
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
    /// | `by` | `regions`, `categories`, `total` (`stages`, `bars`) | `regions` |
    /// | `sort` | `value`, `name`, `feed` | `value` |
    /// | `kinds` | of `board`: names of kinds | what the feed has figures for |
    /// | `order` | of `table`: by which column of figures the reader sorted it, counted from 2, or by its first (1); below 0 the lowest or first word stands first | as `sort` says |
    /// | `page` | of `board`: 300 to 10000 CSS pixels: height of a page of paper, at whose end no panel is cut | one piece |
    /// | `shape` | `auto`, `bars`, `dots`, `matrix` | by the figures |
    /// | `since` | of `bars` and `table`: `last`, or a day, `2020-06-30` or `2020-06`: compared with the latest earlier figures up to then | –; of `table` `last` |
    /// | `limit` | 1 to 10000 rows | 200; of a table all up to 40, or else 15 and the rest by scrolling |
    /// | `breaks` | `0.5,0.8,0.9` or `50%,80%,90%`: up to four | from the figures |
    /// | `projection` | `mercator`, `equirectangular`, `equirectangular:30` (a latitude) | equirectangular at the middle |
    /// | `require-review-number` | `true`, `false` | `false` |
    /// | `lang` | a BCP 47 tag | the feed's |
    /// | `theme` | `news`, `government`, `quiet`, `contrast`; `light` and `dark` are `news` in that scheme | `news` |
    /// | `scheme` | `light`, `dark` | `light` |
    /// | `background` | `solid`, `none` | `solid` |
    /// | `size` | `normal`, `senior` | `normal` |
    /// | `heading` | text; `feed`: the feed's own title | the finding (the feed's title) for `summary`, else what is shown |
    /// | `font` | a CSS `font-family`, put before ours | – |
    /// | `--pw-…` | `#rrggbb`, see [`Theme::set`](crate::style::Theme::set) | by the theme |
    ///
    /// `theme` and `scheme` reset the colours, so they are to be set before any `--pw-…`.
    ///
    /// # Errors
    ///
    /// [`OptionError`] for an unknown name or a value that can't be used.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), OptionError> {
        let value = value.trim();
        let allowed = match name.strip_prefix("--pw-") {
            Some(token) => match Color::parse(value) {
                Some(color) if self.options.theme.set(token, color) => return Ok(()),
                Some(_) => "",
                None if value.is_empty() => return Ok(()),
                None => "#rgb, #rrggbb",
            },
            None => match self.assign(name, value) {
                Ok(()) => return Ok(()),
                Err(allowed) => allowed,
            },
        };
        let mut error = OptionError {
            name: name.to_owned(),
            value: value.to_owned(),
            allowed: allowed.to_owned(),
        };
        if allowed == NAMES {
            error.allowed.clear();
            for kind in KINDS {
                // A board holds no board.
                if name == "kind" || kind.is_panel() {
                    if !error.allowed.is_empty() {
                        error.allowed.push_str(", ");
                    }
                    error.allowed.push_str(kind.name);
                }
            }
        }
        Err(error)
    }

    /// Sets an option that is no colour. Else what may stand there: empty for an unknown name,
    /// [`NAMES`] for names of kinds; then nothing has changed.
    fn assign(&mut self, name: &str, value: &str) -> Result<(), &'static str> {
        let mut number = 0_usize;
        for line in OPTIONS.split('\n') {
            let (option, allowed) = line.split_once(':').unwrap_or((line, ""));
            if option == name {
                let allowed = allowed.trim_start();
                let choice = if value.is_empty() {
                    Some(0)
                } else {
                    // At each comma: looking for texts in texts would cost the browser a kilobyte.
                    let mut words = allowed.split(',').map(str::trim_start);
                    words.position(|word| word == value)
                };
                return assign(number, self, &Given { value, choice }).ok_or(allowed);
            }
            number = number.wrapping_add(1);
        }
        Err("")
    }
}

/// In place of what may stand there: names of kinds.
const NAMES: &str = "names";

/// A value as a page gave it.
struct Given<'a> {
    /// Empty: the default is wanted.
    value: &'a str,
    /// The place of `value` among the words allowed; 0 where the default is wanted, which stands
    /// first.
    choice: Option<usize>,
}

impl Given<'_> {
    /// One of the choices, which stand in the order of the words.
    fn choose<T: Copy>(&self, choices: &[T]) -> Option<T> {
        choices.get(self.choice?).copied()
    }

    /// A number within bounds, or the default.
    fn number(&self, default: f64, least: f64, most: f64) -> Option<f64> {
        if self.value.is_empty() {
            return Some(default);
        }
        number::parse(self.value).filter(|number| *number >= least && *number <= most)
    }
}

/// Options by name: what may stand there, and what it does, `None` where the value can't be used
/// and nothing has changed.
///
/// One function that branches by number, and one list of texts: comparing names in code costs the
/// browser 0.4 kB more, a function to each option 0.3 kB.
macro_rules! options {
    (|$request:ident, $options:ident, $given:ident| $($about:literal => $set:expr,)*) => {
        /// Every option but the colours: its name and what may stand there.
        const OPTIONS: &str = concat!($($about, "\n"),*);

        /// Sets the option of that number.
        fn assign(number: usize, $request: &mut Request, $given: &Given) -> Option<()> {
            let $options = &mut $request.options;
            let mut here = 0_usize;
            $(
                if number == here {
                    $set;
                    return Some(());
                }
                here = here.wrapping_add(1);
            )*
            let _ = here;
            None
        }
    };
}

options! { |request, options, given|
    "kind: names" => {
        if !given.value.is_empty() {
            request.kind = Kind::named(given.value)?;
        }
    },
    "kinds: names" => {
        let mut kinds = Vec::new();
        for word in given.value.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            let kind = Kind::named(word)?;
            if !kind.is_panel() {
                return None;
            }
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        options.kinds = kinds;
    },
    "width: 200–4000 (CSS px)" => {
        let (least, most) = WIDTHS_CSS_PX;
        options.width_css_px = given.number(640.0, f64::MIN, f64::MAX)?.clamp(least, most);
    },
    "metric: start, completion, investment" => {
        options.metric = given.choose(&[Metric::Start, Metric::Completion, Metric::Investment])?;
    },
    "show: rate, count" => options.show = given.choose(&[Show::Rate, Show::Count])?,
    "level: province, city, district, zone, town" => {
        let level = given.choose(&[
            Level::Province,
            Level::City,
            Level::District,
            Level::Zone,
            Level::Town,
        ])?;
        options.selection.level = Some(level).filter(|_| !given.value.is_empty());
    },
    "parent: 6, 9, 12 digits (adcode)" => {
        let code = Code::parse(given.value);
        if code.is_none() && !given.value.is_empty() {
            return None;
        }
        options.selection.parent = code;
    },
    "by: regions, categories, total" => {
        let groups = [Group::Regions, Group::Categories, Group::Total];
        options.selection.group = given.choose(&groups)?;
    },
    "sort: value, name, feed" => {
        options.sort = given.choose(&[Sort::Value, Sort::Name, Sort::Feed])?;
    },
    "since: last, 2020-06-30, 2020-06" => {
        options.since = match given.value {
            "" => None,
            "last" => Some(i32::MAX),
            day => Some(AsOf::parse(day)?.date.days_since_epoch()),
        };
    },
    "limit: 1–10000" => {
        let limit = given.number(200.0, 1.0, 10_000.0)?;
        if limit != limit.trunc() {
            return None;
        }
        options.limit = limit as usize;
        options.limit_given = !given.value.is_empty();
    },
    "order: -1000–1000" => {
        let column = given.number(0.0, -1000.0, 1000.0)?;
        let place = (column.abs() - 1.0) as usize;
        options.order = Some((place, column > 0.0)).filter(|_| column != 0.0);
    },
    "page: 300–10000 (CSS px)" => {
        options.page_css_px = given.number(f64::INFINITY, 300.0, 10_000.0)?;
    },
    "shape: auto, bars, dots, matrix" => {
        options.shape = given.choose(&[Shape::Auto, Shape::Bars, Shape::Dots, Shape::Matrix])?;
    },
    "breaks: 0.5,0.8,0.9; 50%,80%,90%" => options.breaks = breaks(given.value)?,
    "projection: mercator, equirectangular, equirectangular:30" => {
        options.projection = match given.value {
            "mercator" => Some(Projection::Mercator),
            "equirectangular" | "" => None,
            value => {
                let latitude = number::parse(value.strip_prefix("equirectangular:")?)?;
                if latitude.abs() > 85.0 {
                    return None;
                }
                Some(Projection::EquirectangularAt(latitude))
            }
        };
    },
    "require-review-number: true, false" => {
        // HTML writes what is true as the bare name, or as the name with itself as value.
        let itself = given.value == "require-review-number";
        options.require_review_number = itself || given.choose(&[true, false])?;
    },
    "lang: " => {
        let tag = Some(given.value).filter(|tag| !tag.is_empty());
        options.lang = tag.map(Lang::from_tag);
    },
    "theme: news, government, quiet, contrast, light, dark" => {
        let schemes = [Scheme::Light, Scheme::Dark];
        let name = match given.choice?.checked_sub(4) {
            Some(scheme) => {
                options.theme.scheme = *schemes.get(scheme)?;
                ThemeName::News
            }
            None => given.choose(&[
                ThemeName::News,
                ThemeName::Government,
                ThemeName::Quiet,
                ThemeName::Contrast,
            ])?,
        };
        options.theme.recolor(name, options.theme.scheme);
    },
    "scheme: light, dark" => {
        let scheme = given.choose(&[Scheme::Light, Scheme::Dark])?;
        options.theme.recolor(options.theme.name, scheme);
    },
    "background: solid, none" => options.theme.paint_ground = given.choose(&[true, false])?,
    "size: normal, senior" => {
        options.text_size = given.choose(&[TextSize::Normal, TextSize::Senior])?;
    },
    "heading: " => {
        let title = Some(given.value).filter(|title| !title.is_empty());
        options.title = title.map(str::to_owned);
    },
    "font: font-family" => options.theme.font_family = font(given.value)?,
}

fn breaks(value: &str) -> Option<Vec<f64>> {
    let separated = value.chars().map(|c| match c {
        ' ' | ';' | '，' => ',',
        '％' => '%',
        c => c,
    });
    let separated: String = separated.collect();
    let mut breaks = Vec::new();
    for part in separated.split(',').filter(|part| !part.is_empty()) {
        let value = match part.strip_suffix('%') {
            Some(percent) => number::parse(percent)? / 100.0,
            None => number::parse(part)?,
        };
        if value <= 0.0 || breaks.len() == 4 {
            return None;
        }
        breaks.push(value);
    }
    (value.is_empty() || !breaks.is_empty()).then_some(breaks)
}

/// The host's fonts before ours. Nothing that could end the declaration is let through, because
/// the text goes into an SVG attribute and a canvas font.
fn font(value: &str) -> Option<String> {
    if value.is_empty() {
        return Some(FONT_FAMILY.to_owned());
    }
    let harmful = |byte: u8| b";{}<>&()".contains(&byte);
    let harmless = value.len() <= 300 && !value.bytes().any(harmful);
    harmless.then(|| cat(value, ", ", FONT_FAMILY))
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
            ("since", "last", "first"),
            ("since", "2020-06", "2020-13"),
            ("since", "2020-02-29", "2021-02-29"),
            ("limit", "10", "0"),
            ("shape", "dots", "stars"),
            ("breaks", "50%, 80%,0.9", "a,b"),
            ("projection", "equirectangular:30", "globe"),
            ("require-review-number", "true", "maybe"),
            ("theme", "government", "blue"),
            ("scheme", "dark", "blue"),
            ("background", "none", "picture"),
            ("size", "senior", "huge"),
            ("kinds", "bars, map,bars", "bars,board"),
            ("order", "-2", "up"),
            ("page", "1000", "10"),
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
    fn theme_and_scheme_are_set_in_any_order() {
        let set = |pairs: &[(&str, &str)]| {
            let mut r = request();
            for (name, value) in pairs {
                r.set(name, value).unwrap();
            }
            r.options.theme
        };
        let red = set(&[("theme", "government"), ("scheme", "dark")]);
        assert_eq!(red, set(&[("scheme", "dark"), ("theme", "government")]));
        assert_ne!(red, set(&[("scheme", "dark")]));
        assert_eq!(set(&[("theme", "dark")]), set(&[("scheme", "dark")]));
        assert_eq!(set(&[("theme", "dark"), ("theme", "light")]), set(&[]));
        let fonts = set(&[("font", "Songti SC"), ("theme", "quiet")]);
        assert!(fonts.font_family.starts_with("Songti SC"));
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
