//! What is wrong with a geometry, in words for those who publish it.
//!
//! Imports what the feed's reader has for the same purpose.

use crate::feed;
use crate::feed::document::{digits, fill, place};
use crate::feed::words::worded;

/// A geometry that can't be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// No JSON document within the limits: too large, not UTF-8, cut off, broken, nested too deeply.
    Document(feed::Error),
    /// JSON, but neither GeoJSON nor TopoJSON.
    NotAMap,
    /// More than [`super::Limits::vertices`], which is given.
    TooManyVertices(usize),
    /// More than [`super::Limits::features`], which is given.
    TooManyFeatures(usize),
    /// Polygons that lie on top of each other, a hundred deep.
    Piled,
}

impl Error {
    /// One line for the publisher: where, what, and what to do.
    #[must_use]
    pub fn text(&self, chinese: bool) -> String {
        let (limit, zh, en) = match self {
            Error::Document(error) => return error.text(chinese),
            Error::NotAMap => (
                None,
                "既不是GeoJSON也不是TopoJSON：顶层的type应为FeatureCollection或Topology",
                "neither GeoJSON nor TopoJSON: the top-level type must be FeatureCollection or Topology",
            ),
            Error::TooManyVertices(limit) => (
                Some(limit),
                "边界超过◇个顶点的上限，请先简化边界（例如用mapshaper）",
                "more than ◇ vertices: simplify the borders (with mapshaper, say)",
            ),
            Error::TooManyFeatures(limit) => (
                Some(limit),
                "地图超过◇个区域的上限，请拆分地图",
                "more than ◇ features: split the map",
            ),
            Error::Piled => (
                None,
                "多边形层层重叠，总面积超过地图范围的100倍，请删去多余的多边形",
                "polygons lie on top of each other, with over 100 times the map's area: remove those not needed",
            ),
        };
        let limit = limit.map_or_else(String::new, |&limit| digits(limit as u64, 1));
        let mut text = String::new();
        fill(&mut text, if chinese { zh } else { en }, &limit, "");
        text
    }
}

impl std::fmt::Display for Error {
    /// Chinese, then English.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text(true))?;
        f.write_str(" / ")?;
        f.write_str(&self.text(false))
    }
}

impl std::error::Error for Error {}

/// Something in a geometry that was left out or put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// JSON path: `$.features[3].geometry.coordinates[0]`.
    pub path: String,
    /// Line of the value, from 1.
    pub line: u32,
    /// Character within the line, from 1.
    pub column: u32,
    /// What is wrong, and what was done about it.
    pub problem: Problem,
    /// What stands there where that is a text, shortened to 40 characters.
    pub found: String,
}

impl Notice {
    /// One line for the publisher: where, what, and what was done about it.
    #[must_use]
    pub fn text(&self, chinese: bool) -> String {
        let mut text = place(&self.path, self.line, self.column, chinese);
        text.push_str(&self.message(chinese));
        text
    }

    /// The sentence without its place, for those who show path, line and column themselves.
    #[must_use]
    pub fn message(&self, chinese: bool) -> String {
        let mut text = String::new();
        fill(&mut text, self.problem.words(chinese), &self.found, "");
        text
    }
}

worded! {
    /// What was found.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum Problem {
        /// No region with an area in the whole document.
        NoPolygons:
            "地图中没有可用的多边形",
            "the map has no polygon that can be used";
        /// A point, a line, or nothing; left out.
        NoArea:
            "不是多边形（点、线或空），未采用",
            "not a polygon (a point, a line or nothing): left out";
        /// An object of unknown `type`; left out.
        UnknownType:
            "无法识别的type，未采用",
            "unknown type: left out";
        /// Coordinates or arcs nested differently from what the type says; left out.
        Nesting:
            "坐标的嵌套层次与type不符，未采用",
            "not nested as the type says: left out";
        /// A reference to an arc that is not there; the ring is left out, with an outer ring its holes.
        ArcIndex:
            "引用的弧不存在，此环未采用",
            "refers to an arc that does not exist: the ring is left out";
        /// A position that is no finite longitude and latitude in degrees; the ring is left out.
        OutOfRange:
            "坐标不是以度为单位的经纬度（是否为投影坐标？），此环未采用",
            "not longitude and latitude in degrees (projected coordinates?): the ring is left out";
        /// A ring whose last position is not its first; closed.
        Unclosed:
            "环未闭合，已闭合",
            "the ring is not closed: closed";
        /// A ring of fewer than four positions, or three different ones; left out.
        RingTooShort:
            "环少于四个坐标（三个不同的点），未采用",
            "fewer than four positions (three different ones): the ring is left out";
        /// Borders of one polygon that cross; filled by the even-odd rule.
        SelfCrossing:
            "边界自相交，按奇偶规则填充",
            "the border crosses itself: filled by the even-odd rule";
        /// A join key that is no code; left out.
        BadCode:
            "代码“◇”不是6、9或12位数字，未采用",
            "the code \"◇\" is not 6, 9 or 12 digits: left out";
        /// Two features with one code; the first is joined.
        DuplicateCode:
            "代码◇已出现过，只关联第一个",
            "the code ◇ stands earlier already: only the first is joined";
        /// A coordinate system that we don't know; WGS 84 is taken.
        UnknownCrs:
            "不认识的坐标系“◇”，按WGS 84处理；可用wgs84、cgcs2000、gcj02",
            "unknown coordinate system \"◇\": taken as WGS 84; known are wgs84, cgcs2000, gcj02";
        /// The feed states another coordinate system than the map; points are drawn without borders.
        OtherCrs:
            "地图的坐标系◇与数据的crs不同，只画点，不画边界",
            "the map's coordinate system ◇ is not the feed's: points are drawn without boundaries";
        /// Control characters, or more than 1,000; taken out, cut.
        TextCleaned:
            "文字含控制字符或过长，已清理",
            "the text holds control characters or is too long: cleaned";
    }
}

/// Finds paths, lines and columns, where the column so far is the value's place in the text.
pub(super) fn place_all(notices: &mut [Notice], text: &str) {
    let mut offsets = Vec::new();
    for notice in &*notices {
        offsets.push(notice.column as usize);
    }
    let mut places = feed::document::places(text, &offsets);
    for (notice, place) in notices.iter_mut().zip(&mut places) {
        std::mem::swap(&mut notice.path, &mut place.path);
        (notice.line, notice.column) = (place.line, place.column);
    }
}
