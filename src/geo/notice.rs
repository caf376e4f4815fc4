//! What is wrong with a geometry, in words for those who publish it.

use std::fmt::Write;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// More bytes than allowed.
    TooLarge,
    /// Nested too deeply.
    TooDeep,
    /// More vertices than allowed.
    TooManyVertices,
    /// More features than allowed.
    TooManyFeatures,
    /// UTF-16 text.
    Utf16,
    /// Neither UTF-8 nor UTF-16; often GBK.
    NotUtf8,
    /// The end of the document is missing.
    CutOff,
    /// Not JSON.
    NotJson,
    /// JSON, but neither GeoJSON nor TopoJSON.
    NotAMap,
    /// No region with an area in the whole document.
    NoPolygons,
    /// A point, a line, or a feature without geometry.
    NoArea,
    /// An object of unknown `type`.
    UnknownType,
    /// Coordinates or arcs nested differently from what the type says.
    Nesting,
    /// A reference to an arc that is not there.
    ArcIndex,
    /// A position that is no finite longitude and latitude in degrees.
    OutOfRange,
    /// A ring whose last position is not its first.
    Unclosed,
    /// A ring of fewer than four positions (three different ones).
    RingTooShort,
    /// Borders of one polygon that cross.
    SelfCrossing,
    /// A join key that is no code.
    BadCode(String),
    /// Two features with one code.
    DuplicateCode(String),
    /// A coordinate system that we don't know.
    UnknownCrs(String),
}

impl Problem {
    fn words(&self) -> (&'static str, &'static str) {
        match self {
            Problem::TooLarge => (
                "地图文件太大;请先简化边界(如 mapshaper)",
                "the map file is too large; simplify its borders first (with mapshaper, say)",
            ),
            Problem::TooDeep => ("嵌套层数太多", "nested too deeply"),
            Problem::TooManyVertices => (
                "边界顶点太多;请先简化边界(如 mapshaper)",
                "too many vertices; simplify the borders first (with mapshaper, say)",
            ),
            Problem::TooManyFeatures => ("区域太多", "too many features"),
            Problem::Utf16 => (
                "文件是 UTF-16 编码;请另存为 UTF-8",
                "the file is UTF-16; save it as UTF-8",
            ),
            Problem::NotUtf8 => (
                "文件不是 UTF-8 编码(可能是 GBK);请转换:iconv -f GBK -t UTF-8",
                "the file is not UTF-8 (perhaps GBK); convert it: iconv -f GBK -t UTF-8",
            ),
            Problem::CutOff => (
                "文件不完整,结尾缺失",
                "the file is incomplete: its end is missing",
            ),
            Problem::NotJson => ("不是合法的 JSON", "not valid JSON"),
            Problem::NotAMap => (
                "不是 GeoJSON 或 TopoJSON:顶层缺少可识别的 type",
                "neither GeoJSON nor TopoJSON: no known top-level type",
            ),
            Problem::NoPolygons => ("地图中没有任何多边形", "the map has no polygons"),
            Problem::NoArea => (
                "不是多边形(点、线或空),已忽略",
                "not a polygon (a point, a line or nothing); ignored",
            ),
            Problem::UnknownType => ("type 无法识别,已忽略", "unknown type; ignored"),
            Problem::Nesting => (
                "坐标的嵌套层次与 type 不符,已忽略",
                "coordinates are not nested as the type says; ignored",
            ),
            Problem::ArcIndex => (
                "引用的弧不存在,该环已忽略",
                "a referenced arc does not exist; the ring is ignored",
            ),
            Problem::OutOfRange => (
                "坐标不是以度为单位的有效经纬度(可能是投影坐标),该环已忽略",
                "a position is no valid longitude and latitude in degrees (projected \
                 coordinates?); the ring is ignored",
            ),
            Problem::Unclosed => (
                "环未闭合,已自动闭合",
                "the ring is not closed; it was closed",
            ),
            Problem::RingTooShort => (
                "环少于四个坐标,已忽略",
                "the ring has fewer than four positions; ignored",
            ),
            Problem::SelfCrossing => (
                "边界自相交,按奇偶规则填充",
                "the border crosses itself; filled by the even-odd rule",
            ),
            Problem::BadCode(_) => (
                "代码不是 6、9 或 12 位数字,已忽略",
                "the code does not have 6, 9 or 12 digits; ignored",
            ),
            Problem::DuplicateCode(_) => (
                "代码重复,关联时只用第一个",
                "the code is used twice; only the first is joined",
            ),
            Problem::UnknownCrs(_) => (
                "未知坐标系,按 WGS 84 处理",
                "unknown coordinate system; read as WGS 84",
            ),
        }
    }

    fn detail(&self) -> &str {
        match self {
            Problem::BadCode(text) | Problem::DuplicateCode(text) | Problem::UnknownCrs(text) => {
                text
            }
            _ => "",
        }
    }

    fn text(&self, path: &str, (line, column): (u32, u32), chinese: bool) -> String {
        let mut text = String::new();
        let (zh, en) = self.words();
        // Writing to a String never fails.
        let _ = if line == 0 {
            write!(text, "{path} ")
        } else if chinese {
            write!(text, "{path}(第 {line} 行第 {column} 列)")
        } else {
            write!(text, "{path} (line {line}, column {column}) ")
        };
        text.push_str(if chinese { zh } else { en });
        let detail = self.detail();
        if !detail.is_empty() {
            let _ = write!(text, ": {detail}");
        }
        text
    }
}

/// Something in a geometry that was left out or put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// JSON path: `$.features[3].geometry.coordinates[0]`.
    pub path: String,
    /// Line of the value, from 1; 0 where not known.
    pub line: u32,
    /// Column of the value in characters, from 1; 0 where not known.
    pub column: u32,
    /// What was found.
    pub problem: Problem,
}

impl Notice {
    /// One line for the publisher: where, what, and what was done about it.
    #[must_use]
    pub fn text(&self, chinese: bool) -> String {
        self.problem
            .text(&self.path, (self.line, self.column), chinese)
    }
}

/// Why a geometry can't be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Line, from 1; 0 where not known.
    pub line: u32,
    /// Column, from 1; 0 where not known.
    pub column: u32,
    /// Why.
    pub problem: Problem,
}

impl Error {
    /// One line for the publisher: where, what, and what to do.
    #[must_use]
    pub fn text(&self, chinese: bool) -> String {
        self.problem.text("$", (self.line, self.column), chinese)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text(false))
    }
}

impl std::error::Error for Error {}
