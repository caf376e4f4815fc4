//! What is wrong with a feed and its map, for people to read: `check` prints it, the preview shows it.
//!
//! Imports the parsers, `fields` and `message`; decides nothing of its own.

use progress_widgets::figures::{Metric, Row, Selection, Sort};
use progress_widgets::{feed, geo};
use serde_json::{Value, json};

use crate::fields::{self, Unread};
use crate::message::Message;

/// What is wrong with a feed and its map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The feed can be shown.
    pub feed_usable: bool,
    /// The map can be shown; false where there is none.
    pub geometry_usable: bool,
    /// Why one of them can't be used, then everything that could not be used as it stands.
    pub problems: Vec<Problem>,
    /// Notices beyond what the parsers keep.
    pub left_out: usize,
    /// Regions of the feed that a map of it would show, and has no polygon for.
    pub regions_off_map: Vec<Place>,
    /// Polygons of the map that the feed has no region for.
    pub polygons_unused: Vec<Place>,
    /// Fields of the feed that are not part of the format: nothing reads them.
    pub fields_unread: Vec<Unread>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The document can't be used because of it.
    pub fatal: bool,
    /// The file, as it was named.
    pub file: String,
    /// JSON path; empty where the document as a whole is meant.
    pub path: String,
    /// From 1; 0 where not known.
    pub line: u32,
    /// In characters, from 1; 0 where not known.
    pub column: u32,
    /// What, and what to do.
    pub message: Message,
}

/// A region or a polygon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Administrative code; empty where there is none.
    pub code: String,
    /// Name; empty where there is none.
    pub name: String,
    /// It has no code, and its name is that of several: a code would join it.
    pub ambiguous: bool,
}

/// The document's name as people know it, and its bytes or why there are none.
pub type Named<'a> = (&'a str, Result<&'a [u8], &'a Message>);

/// JSON path, line and column.
type Where<'a> = (&'a str, u32, u32);

/// Reads both documents and lists what is wrong with them.
pub fn report(feed: Named<'_>, geometry: Option<Named<'_>>) -> Report {
    let mut report = Report::default();
    let (name, bytes) = feed;
    let feed = report.read_feed(feed);
    let crs = feed.as_ref().and_then(|parsed| parsed.feed.crs);
    let geometry = geometry.and_then(|geometry| report.read_geometry(geometry, crs));
    if let (Some(_), Ok(bytes)) = (&feed, bytes) {
        report.read_fields(name, bytes, geometry.as_ref().map(|it| &it.geometry), crs);
    }
    if let (Some(feed), Some(geometry)) = (feed, geometry) {
        report.match_places(&feed.feed, &geometry.geometry);
    }
    // Errors first; otherwise in the order of the documents.
    report.problems.sort_by_key(|problem| !problem.fatal);
    report
}

impl Report {
    /// Nothing keeps what was asked for from being shown.
    pub fn usable(&self) -> bool {
        !self.problems.iter().any(|problem| problem.fatal)
    }

    /// Whether there is nothing to tell at all.
    pub fn clean(&self) -> bool {
        self.problems.is_empty() && self.regions_off_map.is_empty() && self.left_out == 0
    }

    fn read_feed(&mut self, (file, bytes): Named<'_>) -> Option<feed::Parsed> {
        let bytes = self.readable(file, bytes)?;
        match feed::parse(bytes, &feed::Limits::default()) {
            Ok(parsed) => {
                self.feed_usable = true;
                self.take_notices(file, &parsed.notices, parsed.notices_left_out, &|_| true);
                Some(parsed)
            }
            Err(error) => {
                let message = refused(bytes, &error);
                self.add(true, file, (&error.path, error.line, error.column), message);
                None
            }
        }
    }

    /// What the parser has no notice for: fields that it skips, and points that the map it knows
    /// nothing of can't show.
    fn read_fields(
        &mut self,
        file: &str,
        bytes: &[u8],
        geometry: Option<&geo::Geometry>,
        points: Option<feed::Crs>,
    ) {
        // Where the coordinate systems differ no point is on the map, and that is said once.
        let bounds = geometry
            .filter(|geometry| feed::Crs::agree(geometry.crs, points))
            .and_then(geo::Geometry::bounds);
        let found = fields::read(bytes, |[x, y]| {
            bounds.is_some_and(|[[west, south], [east, north]]| {
                x < west || x > east || y < south || y > north
            })
        });
        self.fields_unread = found.unread;
        let Some([[west, south], [east, north]]) = bounds else {
            return;
        };
        let most = feed::Limits::default().notices;
        self.left_out = (self.left_out).saturating_add(found.points.len().saturating_sub(most));
        for (spot, [x, y]) in found.points.iter().take(most) {
            let message = Message::new(
                format!(
                    "坐标[{x}, {y}]在地图之外（经度{west:.2}至{east:.2}，纬度{south:.2}至{north:.2}），不画点，名称列在图下"
                ),
                format!(
                    "the point [{x}, {y}] is off the map (longitude {west:.2} to {east:.2}, latitude {south:.2} to {north:.2}): not drawn, its name is listed below the picture"
                ),
            );
            self.add(false, file, (&spot.path, spot.line, spot.column), message);
        }
    }

    fn read_geometry(
        &mut self,
        (file, bytes): Named<'_>,
        points: Option<feed::Crs>,
    ) -> Option<geo::Parsed> {
        let bytes = self.readable(file, bytes)?;
        match geo::parse(bytes, &geo::Limits::default()) {
            Ok(parsed) => {
                self.geometry_usable = true;
                let told = |notice: &feed::Notice| parsed.tells(notice, points);
                self.take_notices(file, &parsed.notices, parsed.notices_left_out, &told);
                Some(parsed)
            }
            Err(error) => {
                let message = refused(bytes, &error);
                self.add(true, file, (&error.path, error.line, error.column), message);
                None
            }
        }
    }

    /// Lists those notices of one document that are `told`.
    fn take_notices(
        &mut self,
        file: &str,
        notices: &[feed::Notice],
        left_out: usize,
        told: &dyn Fn(&feed::Notice) -> bool,
    ) {
        self.left_out = self.left_out.saturating_add(left_out);
        for notice in notices.iter().filter(|notice| told(notice)) {
            let message = Message::new(notice.message(true), notice.message(false));
            let place = (notice.path.as_str(), notice.line, notice.column);
            self.add(false, file, place, message);
        }
    }

    /// Lists what a map of this feed would lack, as the map widget itself joins them.
    fn match_places(&mut self, feed: &feed::Feed, geometry: &geo::Geometry) {
        let rows = Selection::default().rows(feed, Metric::default(), Sort::Feed);
        let codes: Vec<_> = rows.iter().map(|row| (row.code, row.name)).collect();
        let joined = geo::join(geometry, &codes);
        // Towns of which none has a polygon are points on the map, as the widget draws them: its
        // polygons are the ground, and what lacks is a point.
        let agree = feed::Crs::agree(geometry.crs, feed.crs);
        let placed = |row: &Row| match (row.point, geometry.bounds()) {
            (Some([x, y]), Some([[west, south], [east, north]])) if agree => {
                x >= west && x <= east && y >= south && y <= north
            }
            (point, _) => point.is_some(),
        };
        if joined.feature_of_region.iter().all(Option::is_none)
            && rows.iter().all(|row| row.level == Some(feed::Level::Town))
            && rows.iter().any(placed)
        {
            let off = rows.iter().filter(|row| !placed(row));
            self.regions_off_map.extend(off.map(|row| Place {
                ambiguous: false,
                code: row.code.map(|code| code.to_string()).unwrap_or_default(),
                name: row.name.to_owned(),
            }));
            return;
        }
        for (index, (row, feature)) in rows.iter().zip(&joined.feature_of_region).enumerate() {
            if feature.is_none() {
                self.regions_off_map.push(Place {
                    ambiguous: joined.ambiguous.contains(&index),
                    code: row.code.map(|code| code.to_string()).unwrap_or_default(),
                    name: row.name.to_owned(),
                });
            }
        }
        for (feature, region) in geometry.features.iter().zip(&joined.region_of_feature) {
            if region.is_none() {
                self.polygons_unused.push(Place {
                    ambiguous: false,
                    code: feature
                        .code
                        .map(|code| code.to_string())
                        .unwrap_or_default(),
                    name: feature.name.clone().unwrap_or_default(),
                });
            }
        }
    }

    /// The bytes; where there are none, that is a problem.
    fn readable<'a>(&mut self, file: &str, bytes: Result<&'a [u8], &Message>) -> Option<&'a [u8]> {
        bytes
            .map_err(|message| self.add(true, file, ("", 0, 0), message.clone()))
            .ok()
    }

    fn add(&mut self, fatal: bool, file: &str, (path, line, column): Where<'_>, message: Message) {
        self.problems.push(Problem {
            fatal,
            file: file.to_owned(),
            path: path.to_owned(),
            line,
            column,
            message,
        });
    }

    /// For programs.
    pub fn to_json(&self) -> Value {
        let summary = self.summary();
        json!({
            "usable": self.usable(),
            "summary": { "zh": summary.zh, "en": summary.en },
            "problems": self.problems.iter().map(Problem::to_json).collect::<Vec<_>>(),
            "left_out": self.left_out,
            "regions_off_map": self.regions_off_map.iter().map(Place::to_json).collect::<Vec<_>>(),
            "polygons_unused": self.polygons_unused.iter().map(Place::to_json).collect::<Vec<_>>(),
            "fields_unread": self.fields_unread.iter().map(|unread| json!({
                "field": unread.field,
                "times": unread.times,
                "path": unread.first.path,
                "line": unread.first.line,
                "column": unread.first.column,
                "meant": unread.meant,
            })).collect::<Vec<_>>(),
        })
    }

    /// One sentence: usable or not, and how much is wrong.
    pub fn summary(&self) -> Message {
        let fatal = self.problems.iter().filter(|problem| problem.fatal).count();
        let notices = self
            .problems
            .len()
            .saturating_sub(fatal)
            .saturating_add(self.left_out);
        if fatal > 0 {
            return Message::new("不可用，见错误说明。", "Can't be used: see the error.");
        }
        let (mut zh, mut en) = match notices {
            0 => ("可用".to_owned(), "Usable".to_owned()),
            _ => (
                format!("可用，{notices} 条提示"),
                format!("Usable; notices: {notices}"),
            ),
        };
        match self.regions_off_map.len() {
            0 if notices == 0 => {
                zh.push_str("，没有提示");
                en.push_str("; no notices");
            }
            0 => {}
            missing => {
                zh.push_str(&format!("，{missing} 个区划不在地图上"));
                en.push_str(&format!("; regions that the map lacks: {missing}"));
            }
        }
        Message::new(zh + "。", en + ".")
    }
}

impl Problem {
    fn to_json(&self) -> Value {
        json!({
            "fatal": self.fatal,
            "file": self.file,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "zh": self.message.zh,
            "en": self.message.en,
        })
    }
}

impl Place {
    fn to_json(&self) -> Value {
        json!({ "code": self.code, "name": self.name, "ambiguous": self.ambiguous })
    }

    /// `钱塘新区（330115）`
    pub fn shown(&self) -> String {
        match (self.name.as_str(), self.code.as_str()) {
            ("", code) => code.to_owned(),
            (name, "") if self.ambiguous => {
                format!("{name}（重名，请加代码 several have this name: give a code）")
            }
            (name, "") => name.to_owned(),
            (name, code) => format!("{name}（{code}）"),
        }
    }
}

/// Slips that people make in an editor or bring from a table, by the character that the parser
/// stumbled over, and what to do.
const SLIPS: [(&str, &str, &str); 6] = [
    (
        "“”‘’＂＇",
        "引号要用英文引号\"",
        "quotes must be straight ones: \"",
    ),
    (
        "，：；｛｝［］【】、",
        "标点要用英文半角标点：, : { } [ ]",
        "punctuation must be ASCII: , : { } [ ]",
    ),
    ("'", "引号要用双引号\"", "quotes must be double ones: \""),
    (
        "/#",
        "JSON里不能写注释，请删去",
        "JSON has no comments: remove it",
    ),
    (
        "%％",
        "百分数要写成文字，如\"97%\"，或写0.97",
        "a percentage is written as text, such as \"97%\", or as 0.97",
    ),
    (
        "\"{[",
        "前一项之后可能缺少逗号",
        "the value before it may lack a comma",
    ),
];

/// Why a document is refused; where its JSON is broken, with what most likely broke it.
fn refused(bytes: &[u8], error: &feed::Error) -> Message {
    let message = Message::new(error.message(true), error.message(false));
    let at = (error.line as usize).checked_sub(1);
    let column = (error.column as usize).checked_sub(1);
    let found = at.zip(column).and_then(|(line, column)| {
        let text = std::str::from_utf8(bytes).ok()?;
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        text.split('\n').nth(line)?.chars().nth(column)
    });
    let slip = SLIPS
        .iter()
        .find(|(signs, ..)| found.is_some_and(|found| signs.contains(found)))
        .filter(|_| error.kind == feed::ErrorKind::Syntax);
    match slip {
        Some((_, zh, en)) => Message::new(
            format!("{}：{zh}", message.zh),
            format!("{}: {en}", message.en),
        ),
        None => message,
    }
}
