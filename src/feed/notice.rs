//! What could not be used, or looks wrong: listed, never swallowed.

use super::locate;
use super::order::{arrange, order};
use super::text::digits;
use super::words::worded;

/// One thing in a feed or a map that could not be used as it stands, or that contradicts itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// JSON path: `$.regions[3].rate`.
    pub path: String,
    /// Line of the value, from 1.
    pub line: u32,
    /// Character within the line, from 1.
    pub column: u32,
    /// What is wrong, and what was done about it.
    pub problem: Problem,
    /// What stands there, shortened to 40 characters.
    pub found: String,
    /// The other place, the missing field, the computed rate: what the problem needs to be told.
    pub detail: String,
}

impl Notice {
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
            self.problem.words(chinese),
            &self.found,
            &self.detail,
        );
        text
    }
}

/// `第12行第8列 $.total.rate：` or `line 12, column 8, $.total.rate: `; what is not known is left out.
pub(crate) fn place(path: &str, line: u32, column: u32, chinese: bool) -> String {
    let mut text = String::new();
    if line > 0 {
        text.push_str(if chinese { "第" } else { "line " });
        text.push_str(&digits(u64::from(line), 1));
        text.push_str(if chinese { "行第" } else { ", column " });
        text.push_str(&digits(u64::from(column), 1));
        text.push_str(if chinese { "列" } else { "" });
    }
    if !path.is_empty() {
        text.push_str(match (line > 0, chinese) {
            (true, true) => " ",
            (true, false) => ", ",
            _ => "",
        });
        text.push_str(path);
    }
    if !text.is_empty() {
        text.push_str(if chinese { "：" } else { ": " });
    }
    text
}

/// Appends `words` with `◇` and `◆` replaced.
pub(crate) fn fill(text: &mut String, words: &str, found: &str, detail: &str) {
    for c in words.chars() {
        match c {
            '◇' => text.push_str(found),
            '◆' => text.push_str(detail),
            _ => text.push(c),
        }
    }
}

worded! {
    /// What is wrong with a value, and what was done about it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Problem {
        /// No text; left out.
        ExpectedText:
            "应为文字，却是◇，未采用",
            "expected text, found ◇: left out";
        /// No count (a number, or an object with a number as `value`); left out. Text such as `"NaN"`
        /// or `"1892"` is none.
        ExpectedCount:
            "应为数（如1892，不加引号），却是◇，按缺数处理",
            "expected a count (such as 1892, without quotes), found ◇: taken as missing";
        /// No rate (a number or a text); left out.
        ExpectedRate:
            "应为0到1的数或\"97%\"这样的文字，却是◇，按缺数处理",
            "expected a number from 0 to 1 or text such as \"97%\", found ◇: taken as missing";
        /// Neither true nor false; left out.
        ExpectedBool:
            "应为true或false，却是◇，未采用",
            "expected true or false, found ◇: left out";
        /// No list; left out.
        ExpectedList:
            "应为列表[…]，却是◇，未采用",
            "expected a list […], found ◇: left out";
        /// No object; left out.
        ExpectedObject:
            "应为对象{…}，却是◇，未采用",
            "expected an object {…}, found ◇: left out";
        /// A field without which the entry can't be used, named in `detail`; the entry is left out.
        Missing:
            "缺少◆，此项未采用",
            "◆ is missing: the entry is left out";
        /// A region with a code and no name; the code is shown in its place.
        NameMissing:
            "缺少name，暂以代码代替名称",
            "name is missing: the code is shown in its place";
        /// Below 0; left out.
        Negative:
            "◇小于0，按缺数处理",
            "◇ is below 0: taken as missing";
        /// A count above 10^15, or a rate above 1,000; left out.
        TooLarge:
            "◇过大，按缺数处理",
            "◇ is too large to be meant: taken as missing";
        /// A rate as a number above 1.5: a percentage most likely; left out, since drawing 9700% would
        /// be false. A rate that is really above 150% is written as text.
        LooksLikePercent:
            "◇大于1.5，像是百分数，按缺数处理；97%请写0.97或\"97%\"，确实超过150%请写成文字如\"230%\"",
            "◇ is above 1.5 and looks like a percentage: taken as missing; write 97% as 0.97 or \"97%\", and a rate really above 150% as text, such as \"230%\"";
        /// A text that can't be read as a rate; shown as printed, drawn as missing.
        RateUnread:
            "无法从◇读出比率，文字照登，图上按缺数处理",
            "no rate can be read from ◇: shown as printed, drawn as missing";
        /// Not one of the words for how exact a count is; taken as `about`, so that it is never divided.
        UnknownBound:
            "不认识的bound值◇，按about（约数）处理；可用exact、about、at_least、more_than、at_most",
            "unknown bound ◇: taken as about; known are exact, about, at_least, more_than, at_most";
        /// Not one of the levels; left out.
        UnknownLevel:
            "不认识的level值◇，未采用；可用province、city、district、zone、town",
            "unknown level ◇: left out; known are province, city, district, zone, town";
        /// Not one of the tones; left out.
        UnknownTone:
            "不认识的tone值◇，未采用；可用good、warn、bad",
            "unknown tone ◇: left out; known are good, warn, bad";
        /// Not 6, 9 or 12 digits; left out.
        BadCode:
            "代码◇不是6、9或12位数字，未采用",
            "the code ◇ is not 6, 9 or 12 digits: left out";
        /// No day that exists, or not written so; left out.
        BadDate:
            "◇不是有效的日期，未采用；请写成2020-09-30或2020-09",
            "◇ is no valid date: left out; write 2020-09-30 or 2020-09";
        /// No RFC 3339 instant; left out.
        BadInstant:
            "◇不是时刻，未采用；请写成2020-10-17T10:01:32+08:00",
            "◇ is no instant: left out; write 2020-10-17T10:01:32+08:00";
        /// No ISO 8601 duration longer than nothing; left out.
        BadDuration:
            "◇不是时间长度，未采用；请写成P1M（每月）、P1D（每日）或PT5M（每5分钟）",
            "◇ is no duration: left out; write P1M (monthly), P1D (daily) or PT5M (every 5 minutes)";
        /// No BCP 47 tag; `zh-CN` is taken.
        BadLang:
            "◇不是语言标记，按zh-CN处理；请写成zh-CN或en",
            "◇ is no language tag: zh-CN is taken; write zh-CN or en";
        /// A coordinate system that we don't know; left out.
        BadCrs:
            "不认识的坐标系◇，未采用；可用wgs84、cgcs2000、gcj02",
            "unknown coordinate system ◇: left out; known are wgs84, cgcs2000, gcj02";
        /// Not `[longitude, latitude]` in degrees; left out.
        BadPoint:
            "◇不是[经度, 纬度]，未采用；经度在前，例如[120.15, 30.28]",
            "◇ is not [longitude, latitude]: left out; longitude comes first, as in [120.15, 30.28]";
        /// Not an http or https address; not linked.
        BadUrl:
            "◇不是http或https网址，不作链接",
            "◇ is not an http or https address: not linked";
        /// `sample` is neither true nor false: taken as true, since showing made-up figures as real
        /// would be worse.
        BadSample:
            "应为true或false，却是◇，按示例数据处理",
            "expected true or false, found ◇: the figures are marked as a sample";
        /// Longer than the limit; cut.
        TextCut:
            "文字超过◆个字符的上限，已截断",
            "the text is longer than the limit of ◆ characters: cut";
        /// Control or bidirectional-override characters; taken out, line breaks and tabs became spaces.
        ControlCharacters:
            "文字含控制字符或改变书写方向的字符，已去除",
            "the text holds control characters or changes of writing direction: taken out";
        /// A code stands earlier in the feed or the map already (path in `detail`); the earlier one counts.
        DuplicateCode:
            "代码与◆重复，只采用前者",
            "the code is that of ◆ already: only the earlier one is used";
        /// A day stands earlier in the history already (path in `detail`); the earlier one is kept.
        DuplicateDay:
            "日期与◆重复，只采用前者",
            "the day is that of ◆ already: only the earlier one is used";
        /// A region that is its own parent; the parent is left out.
        OwnParent:
            "上级代码是自己，未采用",
            "the region is its own parent: left out";
        /// A later stage counts more than an earlier one (named in `detail`): started above planned,
        /// completed above started; shown as published.
        StagesNotNested:
            "大于◆，请核对；仍按公布值显示",
            "more than ◆: check the figures; shown as published";
        /// The published rate and the exact counts differ by more than the rate's rounding; shown as
        /// published. `detail` is the rate by the counts.
        RateContradicted:
            "公布的比率为◇，按数量计算为◆，相差超出进位误差，请核对；仍按公布值显示",
            "the published rate is ◇, the counts give ◆, and rounding does not explain it: check the figures; shown as published";
        /// More have it than there are; shown as published.
        CoverageOverfull:
            "done大于of，请核对；仍按公布值显示",
            "done is more than of: check the figures; shown as published";
        /// More or fewer regions are listed (how many: in `detail`) than are said to have it; shown as
        /// published.
        CoverageListed:
            "done为◇，regions却列出◆个，请核对；仍按公布值显示",
            "done is ◇, but regions lists ◆: check the figures; shown as published";
        /// The attendances of the roles add up to another number (in `detail`) than is published for
        /// all, or to more than it; shown as published.
        AttendancesNotAdding:
            "合计为◇，各角色相加为◆，请核对；仍按公布值显示",
            "the total is ◇, the roles add up to ◆: check the figures; shown as published";
        /// A cluster or a coverage names a region that the feed does not have.
        NoSuchRegion:
            "regions中没有◇，无法对应",
            "no region is ◇: it can't be matched";
        /// A cluster or a coverage names a region by a name that several have.
        AmbiguousRegion:
            "regions中有多个◇，请改用代码",
            "several regions are ◇: use the code";
        /// No region with an area in the whole map.
        NoPolygons:
            "地图中没有可用的多边形",
            "the map has no polygon that can be used";
        /// Of a map a point, a line, or nothing; left out.
        NoArea:
            "不是多边形（点、线或空），未采用",
            "not a polygon (a point, a line or nothing): left out";
        /// An object of a map of unknown `type`; left out.
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
        /// A coordinate system of a map that we don't know; WGS 84 is taken.
        UnknownCrs:
            "不认识的坐标系“◆”，按WGS 84处理；可用wgs84、cgcs2000、gcj02",
            "unknown coordinate system \"◆\": taken as WGS 84; known are wgs84, cgcs2000, gcj02";
        /// The feed states another coordinate system than the map; points are drawn without borders.
        OtherCrs:
            "地图的坐标系◆与数据的crs不同，只画点，不画边界",
            "the map's coordinate system ◆ is not the feed's: points are drawn without boundaries";
    }
}

/// A notice whose place is still to be found.
pub(crate) struct Draft {
    /// Offset of the value.
    pub(crate) at: usize,
    /// Offset of the earlier one whose path is the detail; 0: none.
    pub(crate) first: usize,
    pub(crate) problem: Problem,
    pub(crate) detail: String,
}

/// What has been noticed in a document so far.
pub(crate) struct Drafts {
    pub(crate) list: Vec<Draft>,
    /// Notices kept.
    pub(crate) most: usize,
    /// Notices beyond that.
    pub(crate) left_out: usize,
}

impl Drafts {
    /// None yet.
    pub(crate) fn new(most: usize) -> Drafts {
        Drafts {
            list: Vec::new(),
            most,
            left_out: 0,
        }
    }

    /// Lists one; up to a bound, the rest is counted.
    pub(crate) fn add(&mut self, draft: Draft) {
        if self.list.len() < self.most {
            self.list.push(draft);
        } else {
            self.left_out = self.left_out.saturating_add(1);
        }
    }

    /// The notices with their places, in the document's order.
    pub(crate) fn placed(self, text: &str) -> Vec<Notice> {
        let mut drafts = self.list;
        let order = order(drafts.len(), &|index| {
            drafts.get(index).map_or(0.0, |draft| draft.at as f64)
        });
        arrange(order, &mut |a, b| drafts.swap(a, b));
        let mut offsets = Vec::new();
        for draft in &drafts {
            offsets.extend([draft.at, draft.first]);
        }
        let mut notices = Vec::with_capacity(drafts.len());
        let mut places = locate::places(text, &offsets).into_iter();
        for draft in drafts {
            let (Some(place), Some(first)) = (places.next(), places.next()) else {
                break;
            };
            notices.push(Notice {
                path: place.path,
                line: place.line,
                column: place.column,
                problem: draft.problem,
                found: locate::excerpt(text, draft.at),
                detail: if draft.first > 0 {
                    first.path
                } else {
                    draft.detail
                },
            });
        }
        notices
    }
}
