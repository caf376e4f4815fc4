//! The gallery: `samples/gallery.json` → one page with every widget, its picture and its snippet,
//! and one with a single widget of each kind.
//!
//! Works without JavaScript, and the same when served and when exported. Imports `site`,
//! `picture`, `message`, `widgets` (the kinds).

use progress_widgets::widgets::KINDS;
use serde_json::Value;

use crate::message::Message;
use crate::picture::{self, Picture};
use crate::site::Site;

/// Which widgets are shown on which samples: the only place that a new kind is added to.
const MANIFEST: &str = "samples/gallery.json";
/// Where the template gets its contents.
const CONTENTS_MARK: &str = "<!-- contents -->";
/// Where the template gets its samples.
const SAMPLES_MARK: &str = "<!-- samples -->";
/// Width of the still pictures, in CSS pixels.
const PICTURE_WIDTH: &str = "640";

/// One feed and the widgets shown on it.
struct Sample {
    /// Anchor in the page.
    id: String,
    feed: String,
    /// The same figures in English, for the English page.
    feed_en: Option<String>,
    title: Message,
    about: Message,
    widgets: Vec<Widget>,
}

impl Sample {
    fn feed(&self, english: bool) -> &str {
        match &self.feed_en {
            Some(feed) if english => feed,
            _ => &self.feed,
        }
    }
}

/// One widget on a feed.
struct Widget {
    /// Name of its picture and its anchor.
    id: String,
    geometry: Option<String>,
    title: Message,
    /// `kind` first, then the others, by the attributes' names.
    options: Vec<(String, String)>,
}

impl Widget {
    fn kind(&self) -> &str {
        self.options.first().map_or("", |(_, kind)| kind.as_str())
    }
}

/// The gallery's page.
///
/// # Errors
/// The template or the manifest isn't there or can't be read. A sample that can't be drawn is no
/// error here: the page says so in its place.
pub fn page(site: &Site, english: bool) -> Result<String, Message> {
    let template = text_of(site, "index.html")?;
    let samples = samples(site)?;
    let mut contents = String::new();
    let mut sections = String::new();
    for sample in &samples {
        contents.push_str(&format!(
            "<li><a href=\"#{}\">{}</a></li>\n",
            escape(&sample.id),
            both(&sample.title)
        ));
        sections.push_str(&section(site, sample, english));
    }
    let page = template.replace(CONTENTS_MARK, &contents).replace(
        SAMPLES_MARK,
        &[contact_sheet(&samples, english), sections].concat(),
    );
    Ok(in_language(page, english))
}

/// The page with one widget of each kind: the first that the manifest has.
///
/// # Errors
/// As [`page`]. A kind that the manifest lacks is no error here: the page says so in its place.
pub fn every_kind(site: &Site, english: bool) -> Result<String, Message> {
    let template = text_of(site, "every-kind.html")?;
    let samples = samples(site)?;
    let mut html = String::from("<div class=\"sample\">\n<div class=\"widgets\">\n");
    for kind in KINDS {
        let first = samples.iter().find_map(|sample| {
            let mut widgets = sample.widgets.iter();
            Some((sample, widgets.find(|widget| widget.kind() == kind.name)?))
        });
        html.push_str(&match first {
            Some((sample, widget)) => figure(site, sample, widget, english),
            None => format!(
                "<p class=\"failed\">{}</p>\n",
                both(&Message::new(
                    format!("{MANIFEST} 中没有 {}。", kind.name),
                    format!("{MANIFEST} has no {}.", kind.name),
                ))
            ),
        });
    }
    html.push_str("</div>\n</div>\n");
    Ok(in_language(template.replace(SAMPLES_MARK, &html), english))
}

/// The preview's page.
///
/// # Errors
/// It isn't there.
pub fn preview(site: &Site, english: bool) -> Result<String, Message> {
    Ok(in_language(text_of(site, "preview.html")?, english))
}

/// A page that holds each text in both languages: its `lang` decides which the style sheet shows.
fn in_language(page: String, english: bool) -> String {
    if english {
        page.replacen("<html lang=\"zh-CN\">", "<html lang=\"en\">", 1)
    } else {
        page
    }
}

/// The still picture of one widget of the gallery by its name: `hangzhou-2020-bars`, or
/// `hangzhou-2020-bars.en` with English words. `options` come on top of the manifest's.
pub fn picture(
    site: &Site,
    name: &str,
    options: &[(String, String)],
) -> Option<Result<Picture, Message>> {
    let (id, english) = match name.strip_suffix(".en") {
        Some(id) => (id, true),
        None => (name, false),
    };
    let samples = samples(site).ok()?;
    samples.iter().find_map(|sample| {
        let widget = sample.widgets.iter().find(|widget| widget.id == id)?;
        Some(draw(site, sample, widget, english, options))
    })
}

/// The names of all still pictures.
///
/// # Errors
/// The manifest isn't there or can't be read.
pub fn pictures(site: &Site) -> Result<Vec<String>, Message> {
    let samples = samples(site)?;
    Ok(samples
        .iter()
        .flat_map(|sample| &sample.widgets)
        .flat_map(|widget| [widget.id.clone(), format!("{}.en", widget.id)])
        .collect())
}

fn draw(
    site: &Site,
    sample: &Sample,
    widget: &Widget,
    english: bool,
    options: &[(String, String)],
) -> Result<Picture, Message> {
    let feed = bytes_of(site, sample.feed(english))?;
    let geometry = widget
        .geometry
        .as_deref()
        .map(|path| bytes_of(site, path))
        .transpose()?;
    let mut all = vec![("width".to_owned(), PICTURE_WIDTH.to_owned())];
    if english {
        all.push(("lang".to_owned(), "en".to_owned()));
    }
    all.extend(widget.options.iter().cloned());
    all.extend(options.iter().cloned());
    picture::draw(&feed, geometry.as_deref(), &all)
}

/// Every picture of the manifest, small, with its kind: a way into the page.
fn contact_sheet(samples: &[Sample], english: bool) -> String {
    let ending = if english { ".en" } else { "" };
    let mut html =
        String::from("<nav class=\"contact-sheet\" aria-label=\"全部图 All pictures\">\n");
    for widget in samples.iter().flat_map(|sample| &sample.widgets) {
        let id = escape(&widget.id);
        html.push_str(&format!(
            "<a href=\"#{id}\"><span class=\"part\"><img src=\"pictures/{id}{ending}.svg\" alt=\"\" loading=\"lazy\"></span><span>{} <code>{}</code></span></a>\n",
            both(&widget.title),
            escape(widget.kind()),
        ));
    }
    html.push_str("</nav>\n");
    html
}

fn section(site: &Site, sample: &Sample, english: bool) -> String {
    let id = escape(&sample.id);
    let feed = escape(sample.feed(english));
    let mut html = format!(
        "<section class=\"sample\" id=\"{id}\" aria-labelledby=\"{id}-title\">\n\
         <header>\n<h2 id=\"{id}-title\">{}</h2>\n<p class=\"about\">{}</p>\n\
         <p class=\"files\"><a href=\"{feed}\">{feed}</a></p>\n</header>\n",
        both(&sample.title),
        both(&sample.about),
    );
    html.push_str("<div class=\"widgets\">\n");
    for widget in &sample.widgets {
        html.push_str(&figure(site, sample, widget, english));
    }
    html.push_str("</div>\n</section>\n");
    html
}

fn figure(site: &Site, sample: &Sample, widget: &Widget, english: bool) -> String {
    let id = escape(&widget.id);
    let title = both(&widget.title);
    let body = match draw(site, sample, widget, english, &[]) {
        Ok(picture) => {
            let ending = if english { ".en" } else { "" };
            let still = Still {
                src: format!("pictures/{}{ending}.svg", widget.id),
                alt: picture.alt,
                height_css_px: picture.height_css_px,
            };
            let live = element(sample, widget, english, &still, "", None);
            // On the page of others, the files lie beside the page.
            let snippet = element(
                sample,
                widget,
                english,
                &Still {
                    src: format!("{}{ending}.svg", widget.id),
                    ..still
                },
                "samples/",
                Some("progress-widgets.js"),
            );
            format!(
                "<div class=\"stage\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{id}-title\"><div class=\"sheet\">\n{live}</div></div>\n\
                 <details class=\"embed\"><summary><span class=\"zh\">嵌入代码</span><span class=\"en\">Embed code</span></summary>\n\
                 <div class=\"code\"><pre tabindex=\"0\"><code>{}</code></pre></div></details>\n",
                escape(&snippet)
            )
        }
        Err(message) => format!("<p class=\"failed\">{}</p>\n", both(&message)),
    };
    format!(
        "<article class=\"widget\" id=\"{id}\" aria-labelledby=\"{id}-title\">\n\
         <h3 id=\"{id}-title\">{title} <code>{}</code></h3>\n{body}</article>\n",
        escape(widget.kind()),
    )
}

/// The still picture inside an element.
struct Still {
    src: String,
    alt: String,
    height_css_px: u32,
}

/// The element's markup. With `script`, as a snippet for pages of others: with its script tag, its
/// height reserved in a style attribute, and `strip` taken off the paths. Without, for our own
/// page, whose policy allows no inline style: height and picture are attributes that `site.js`
/// reads.
fn element(
    sample: &Sample,
    widget: &Widget,
    english: bool,
    still: &Still,
    strip: &str,
    script: Option<&str>,
) -> String {
    let height = still.height_css_px;
    let near = |path: &str| path.strip_prefix(strip).unwrap_or(path).to_owned();
    let mut attributes: Vec<(&str, String)> = widget
        .options
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    attributes.insert(1.min(attributes.len()), ("src", near(sample.feed(english))));
    attributes.extend(
        widget
            .geometry
            .as_deref()
            .map(|path| ("geometry", near(path))),
    );
    if english {
        attributes.push(("lang", "en".to_owned()));
    }
    match script {
        Some(_) => attributes.push(("style", format!("min-height:{height}px"))),
        None => attributes.extend([
            ("data-height", height.to_string()),
            ("data-picture", still.src.clone()),
            ("data-alt", still.alt.clone()),
        ]),
    }
    let attributes: String = attributes
        .iter()
        .map(|(name, value)| format!(" {name}=\"{}\"", escape(value)))
        .collect();
    let script = script.map_or_else(String::new, |src| {
        format!("<script defer src=\"{src}\"></script>\n")
    });
    format!(
        "{script}<progress-widget{attributes}>\n  \
         <noscript><img src=\"{}\" alt=\"{}\" width=\"{PICTURE_WIDTH}\" height=\"{height}\" loading=\"lazy\"></noscript>\n\
         </progress-widget>\n",
        escape(&still.src),
        escape(&still.alt),
    )
}

fn samples(site: &Site) -> Result<Vec<Sample>, Message> {
    let manifest: Value = serde_json::from_str(&text_of(site, MANIFEST)?).map_err(|error| {
        Message::new(
            format!("{MANIFEST} 不是有效的 JSON：{error}"),
            format!("{MANIFEST} is not valid JSON: {error}"),
        )
    })?;
    list(&manifest, "samples")
        .iter()
        .map(|sample| {
            let id = required(sample, "id")?;
            let widgets = list(sample, "widgets");
            Ok(Sample {
                feed: required(sample, "feed")?,
                feed_en: text(sample, "feed_en"),
                title: pair(sample.get("title")),
                about: pair(sample.get("about")),
                widgets: widgets
                    .iter()
                    .map(|widget| read_widget(&id, widget))
                    .collect::<Result<_, _>>()?,
                id,
            })
        })
        .collect()
}

fn read_widget(sample: &str, widget: &Value) -> Result<Widget, Message> {
    let kind = required(widget, "kind")?;
    let name = widget.get("name").and_then(Value::as_str).unwrap_or(&kind);
    let mut options = vec![("kind".to_owned(), kind.clone())];
    if let Some(more) = widget.get("options").and_then(Value::as_object) {
        options.extend(more.iter().map(|(name, value)| {
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            (name.clone(), text)
        }));
    }
    Ok(Widget {
        id: format!("{sample}-{name}"),
        geometry: text(widget, "geometry"),
        title: pair(widget.get("title")),
        options,
    })
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().map(str::to_owned)
}

fn required(value: &Value, name: &str) -> Result<String, Message> {
    text(value, name).ok_or_else(|| {
        Message::new(
            format!("{MANIFEST} 中有一项缺少 {name}：{value}"),
            format!("{MANIFEST}: an entry lacks {name}: {value}"),
        )
    })
}

fn pair(value: Option<&Value>) -> Message {
    let text = |language| {
        value
            .and_then(|value| text(value, language))
            .unwrap_or_default()
    };
    Message::new(text("zh"), text("en"))
}

/// Both languages; the style sheet shows the one that is the page's.
fn both(message: &Message) -> String {
    format!(
        "<span class=\"zh\">{}</span><span class=\"en\">{}</span>",
        escape(&message.zh),
        escape(&message.en)
    )
}

fn bytes_of(site: &Site, path: &str) -> Result<Vec<u8>, Message> {
    site.read(path).ok_or_else(|| {
        Message::new(
            format!("网页文件中没有 {path}。"),
            format!("The site has no {path}."),
        )
    })
}

fn text_of(site: &Site, path: &str) -> Result<String, Message> {
    String::from_utf8(bytes_of(site, path)?).map_err(|_| {
        Message::new(
            format!("{path} 不是 UTF-8 文本。"),
            format!("{path} is no UTF-8 text."),
        )
    })
}

/// Text → HTML, for contents and for attributes in double quotes.
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
    html
}
