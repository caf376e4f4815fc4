//! Why a document, a feed or a map, is refused as a whole, in words that say what to do.

use super::notice::{fill, place};
use super::words::worded;
use std::fmt;

/// A feed or a map that can't be read. The last good picture stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What is wrong.
    pub kind: ErrorKind,
    /// The JSON path where known (`$.regions[3].name`), else empty.
    pub path: String,
    /// Line, from 1; 0 where the document as a whole is meant.
    pub line: u32,
    /// Character within the line, from 1; 0 where the document as a whole is meant.
    pub column: u32,
    /// What stands there, shortened; or the limit that is passed.
    pub detail: String,
}

worded! {
    /// What makes a feed or a map unreadable.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ErrorKind {
        /// Larger than `Limits::document_bytes`.
        TooLarge:
            "数据文件超过◇字节的上限，请缩减内容",
            "the document is larger than the limit of ◇ bytes: reduce it";
        /// Nothing, or only white space.
        Empty:
            "数据文件是空的，请检查导出或上传是否完成",
            "the document is empty: check that it was exported and uploaded completely";
        /// UTF-16 or UTF-32, with or without a byte order mark.
        Utf16:
            "数据文件是UTF-16编码，请转换为UTF-8：用记事本另存为UTF-8，或运行 iconv -f UTF-16 -t UTF-8",
            "the document is UTF-16; convert it to UTF-8: save it so with Notepad, or run iconv -f UTF-16 -t UTF-8";
        /// Bytes that are not UTF-8: GBK most likely.
        NotUtf8:
            "数据文件不是UTF-8编码（可能是GBK），请转换：用记事本另存为UTF-8，或运行 iconv -f GBK -t UTF-8",
            "the document is not UTF-8 (GBK most likely); convert it: save it as UTF-8 with Notepad, or run iconv -f GBK -t UTF-8";
        /// A web page stands where the feed should be.
        Html:
            "得到的是网页而不是JSON数据，请检查数据地址",
            "this is a web page and not JSON: check the feed's address";
        /// The JSON ends in the middle.
        Truncated:
            "JSON在中途结束，文件可能没有传完，或缺少右括号",
            "the JSON ends in the middle: the transfer was cut, or a closing bracket is missing";
        /// A comma before a closing bracket.
        TrailingComma:
            "右括号前多了一个逗号，请删去",
            "a comma stands before a closing bracket: remove it";
        /// Bare `NaN` or `Infinity`, as Python's `json.dumps` writes them.
        BareNan:
            "JSON里不能写NaN或Infinity，没有数据请写null",
            "NaN and Infinity are not JSON: write null where there is no figure";
        /// Any other break of JSON's rules.
        Syntax:
            "不是合法的JSON，问题在“◇”附近",
            "this is not valid JSON, near \"◇\"";
        /// Nested deeper than `Limits::depth`.
        TooDeep:
            "嵌套超过◇层的上限",
            "objects and lists are nested deeper than the limit of ◇";
        /// A known field twice in one object: which one is meant can't be known.
        DuplicateKey:
            "同一对象中此字段出现两次，无法判断以哪个为准，请删去一个",
            "this field stands twice in one object, and which one is meant can't be known: remove one";
        /// JSON, but no object.
        NotAnObject:
            "数据文件应是一个JSON对象，以{开头",
            "the document must be one JSON object, beginning with {";
        /// No `feed`.
        VersionMissing:
            "缺少feed字段，应为 \"feed\": \"progress-widgets/1\"",
            "the field feed is missing; it must be \"feed\": \"progress-widgets/1\"";
        /// Another version, or another kind of document.
        VersionUnknown:
            "不认识的数据版本◇，此组件只读 \"progress-widgets/1\"",
            "unknown version ◇: these widgets read \"progress-widgets/1\"";
        /// No `as_of`.
        AsOfMissing:
            "缺少as_of字段（数据截至哪一天），例如 \"as_of\": \"2020-09-30\"",
            "the field as_of is missing (the day that the figures describe), for example \"as_of\": \"2020-09-30\"";
        /// An `as_of` that is no day.
        AsOfUnusable:
            "as_of为◇，不是有效的日期，请写成2020-09-30或2020-09",
            "as_of is ◇, which is no valid date: write 2020-09-30 or 2020-09";
        /// More than `Limits::regions`.
        TooManyRegions:
            "区域超过◇个的上限，请拆分数据",
            "more than ◇ regions: split the feed";
        /// More than `Limits::history_points`.
        TooManyHistoryPoints:
            "历史数据合计超过◇条的上限，请减少",
            "more than ◇ history points in all: reduce them";
        /// A list of more than `Limits::entries`.
        TooManyEntries:
            "此列表超过◇项的上限，请减少",
            "this list has more than ◇ entries: reduce them";
        /// A map that is JSON, but neither GeoJSON nor TopoJSON.
        NotAMap:
            "既不是GeoJSON也不是TopoJSON：顶层的type应为FeatureCollection或Topology",
            "neither GeoJSON nor TopoJSON: the top-level type must be FeatureCollection or Topology";
        /// A map of more than [`crate::geo::Limits::vertices`].
        TooManyVertices:
            "边界超过◇个顶点的上限，请先简化边界（例如用mapshaper）",
            "more than ◇ vertices: simplify the borders (with mapshaper, say)";
        /// A map of more than [`crate::geo::Limits::features`].
        TooManyFeatures:
            "地图超过◇个区域的上限，请拆分地图",
            "more than ◇ features: split the map";
        /// Polygons that lie on top of each other, a hundred deep.
        Piled:
            "多边形层层重叠，总面积超过地图范围的100倍，请删去多余的多边形",
            "polygons lie on top of each other, with over 100 times the map's area: remove those not needed";
    }
}

impl Error {
    /// One sentence with its place, in Chinese or in English.
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
        fill(
            &mut text,
            self.kind.words(chinese),
            &self.detail,
            &self.detail,
        );
        text
    }
}

impl fmt::Display for Error {
    /// Chinese, then English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(true))?;
        f.write_str(" / ")?;
        f.write_str(&self.text(false))
    }
}

impl std::error::Error for Error {}
