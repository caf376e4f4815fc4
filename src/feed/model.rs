//! What a feed says, as read: every other room reads these types.
//!
//! Absent is `None`, never zero. Nothing here computes: rates, ranks and wording are `figures`' job.

use super::date::Date;
use super::text::digits;
use std::num::NonZeroU64;

/// A parsed feed, version 1.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Feed {
    /// The finding, as the publisher words it: `杭州美丽城镇项目九成七已开工`.
    pub title: Option<String>,
    /// What is measured.
    pub subtitle: Option<String>,
    /// BCP 47 tag; `zh-CN` where the feed gives none.
    pub lang: String,
    /// Coordinate system of the regions' points; `None`: that of the map.
    pub crs: Option<Crs>,
    /// The day that the figures describe.
    pub as_of: AsOf,
    /// The instant of publication.
    pub published: Option<Instant>,
    /// Time between issues, in seconds (a month counts as 30.436875 days, a year as 365.2425).
    pub expected_every_s: Option<f64>,
    /// Who published the figures.
    pub source: Option<Source>,
    /// The figures are made up: every widget says so on its face.
    pub sample: bool,
    /// Rate to reach and the day.
    pub target: Option<Target>,
    /// The whole programme.
    pub total: Option<Progress>,
    /// Districts, towns, zones, in one list, in the feed's order.
    pub regions: Vec<Region>,
    /// Kinds of project, in the feed's order.
    pub categories: Vec<Category>,
    /// Earlier states of the whole, oldest first.
    pub history: Vec<HistoryPoint>,
    /// In the feed's order.
    pub milestones: Vec<Milestone>,
    /// In the feed's order.
    pub clusters: Vec<Cluster>,
    /// In the feed's order.
    pub coverage: Vec<Coverage>,
    /// Expert teams.
    pub teams: Option<Teams>,
    /// Counts by grade, in the feed's order.
    pub grades: Vec<Grade>,
    /// Shown in the footer.
    pub notes: Vec<String>,
}

/// Coordinate reference system of points and polygons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crs {
    /// WGS 84; CGCS2000 agrees with it within a metre.
    Wgs84,
    /// China Geodetic Coordinate System 2000.
    Cgcs2000,
    /// The shifted system of Chinese web maps, up to 700 m off.
    Gcj02,
}

impl Crs {
    /// By its name: `gcj02`, `urn:ogc:def:crs:OGC:1.3:CRS84`, `urn:ogc:def:crs:EPSG::4490`,
    /// `EPSG:4326`, in capitals or not.
    #[must_use]
    pub fn named(name: &str) -> Option<Crs> {
        for (end, crs) in [
            ("wgs84", Crs::Wgs84),
            ("crs84", Crs::Wgs84),
            (":4326", Crs::Wgs84),
            ("cgcs2000", Crs::Cgcs2000),
            (":4490", Crs::Cgcs2000),
            ("gcj02", Crs::Gcj02),
        ] {
            let start = name.len().saturating_sub(end.len());
            let tail = name.get(start..);
            if tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end)) {
                return Some(crs);
            }
        }
        None
    }

    /// Whether places in one system may be laid over places in the other: so they may where one of
    /// them is not stated.
    #[must_use]
    pub fn agree(a: Option<Crs>, b: Option<Crs>) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => (a == Crs::Gcj02) == (b == Crs::Gcj02),
            _ => true,
        }
    }
}

/// A day, or the end of a month where the feed gives only the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct AsOf {
    /// The day; the month's last where only the month is given.
    pub date: Date,
    /// The feed wrote `YYYY-MM`.
    pub month_only: bool,
}

/// An RFC 3339 instant.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Instant {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub unix_s: f64,
    /// The calendar day that the publisher's own clock showed (in the offset written).
    pub local_date: Date,
    /// Hour and minute of the publisher's own clock.
    pub local_time: (u8, u8),
}

/// Who published the figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Shown in the footer.
    pub name: String,
    /// http or https only; anything else was dropped with a notice.
    pub url: Option<String>,
}

/// Rate to reach and the day.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The rate.
    pub rate: Rate,
    /// The day by which.
    pub by: Option<AsOf>,
}

/// A rate: 0 is nothing, 1 is everything, above 1 is over-fulfilment.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// 0 or more and finite; `None` where the text can't be read as a number.
    pub value: Option<f64>,
    /// The text as published (`97%`, `全部开工`); `None` where the feed gave a number.
    pub text: Option<String>,
}

/// A count: of projects, towns, people.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// 0 or more and finite.
    pub value: f64,
    /// How exact it is. Only an exact count is ever divided.
    pub bound: Bound,
    /// The published wording (`1900多个`).
    pub text: Option<String>,
}

/// How exact a count is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Bound {
    /// The default.
    #[default]
    Exact,
    /// 约
    About,
    /// 不少于
    AtLeast,
    /// 多于
    MoreThan,
    /// 不超过
    AtMost,
}

/// The figures of one whole: a programme, a region, a category, a day.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Progress {
    /// Projects planned.
    pub planned: Option<Count>,
    /// Projects started.
    pub started: Option<Count>,
    /// Projects completed.
    pub completed: Option<Count>,
    /// Projects accepted.
    pub accepted: Option<Count>,
    /// Start rate as published (开工率).
    pub rate: Option<Rate>,
    /// Completion rate as published (完工率).
    pub completion_rate: Option<Rate>,
    /// What the start rate divides by (`按计划`).
    pub rate_basis: Option<String>,
    /// Money. Boxed: few of 100,000 regions have it, and all would pay for its room.
    pub investment: Option<Box<Investment>>,
}

/// Money planned and spent.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Investment {
    /// In `unit`.
    pub planned: Option<Count>,
    /// In `unit`.
    pub done: Option<Count>,
    /// Investment rate as published (投资完成率).
    pub rate: Option<Rate>,
    /// `亿元`, `万元`.
    pub unit: Option<String>,
}

/// An administrative or functional area.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Region {
    /// 6, 9 or 12 digits.
    pub code: Option<Code>,
    /// Shown as label.
    pub name: String,
    /// Rank in the administration.
    pub level: Option<Level>,
    /// The code of the region that it belongs to.
    pub parent: Option<Code>,
    /// `[longitude, latitude]` in degrees.
    pub point: Option<[f64; 2]>,
    /// Such as `model`, `pilot`.
    pub tags: Vec<String>,
    /// Such as `第一批`.
    pub batch: Option<String>,
    /// Earlier states, oldest first.
    pub history: Vec<HistoryPoint>,
    /// The region's figures.
    pub progress: Progress,
}

impl Region {
    /// What names it to machines: its code, else its name.
    #[must_use]
    pub fn id(&self) -> String {
        self.code.map_or_else(|| self.name.clone(), Code::text)
    }
}

/// Rank of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// 省、自治区、直辖市
    Province,
    /// 设区市
    City,
    /// 区、县、县级市
    District,
    /// 功能区
    Zone,
    /// 镇、乡、街道
    Town,
}

/// An administrative code: 6 (GB/T 2260), 9 (GB/T 10114) or 12 (statistical) digits.
///
/// Trailing zeros are significant for equality only up to the length: `330100` and
/// `330100000` name the same place, see [`Code::same_place`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(
    /// The number, and how many digits it has in the lowest four bits: one word to move.
    NonZeroU64,
);

impl Code {
    fn new(value: u64, digits: usize) -> Option<Code> {
        if !matches!(digits, 6 | 9 | 12) {
            return None;
        }
        NonZeroU64::new(value << 4 | digits as u64).map(Code)
    }

    /// From its digits; `None` unless there are 6, 9 or 12 and all are ASCII digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Code> {
        let mut value = 0_u64;
        for byte in text.bytes() {
            if !byte.is_ascii_digit() {
                return None;
            }
            // Of more than 12 digits it wraps, and is no code.
            value = value.wrapping_mul(10).wrapping_add(u64::from(byte & 15));
        }
        Code::new(value, text.len())
    }

    /// From an integer of 6, 9 or 12 digits (no Chinese code begins with 0).
    #[must_use]
    pub fn from_integer(value: u64) -> Option<Code> {
        Code::new(value, digits(value, 1).len())
    }

    fn digits(self) -> usize {
        (self.0.get() & 15) as usize
    }

    /// Its digits. As `to_string`, which would bring formatting to the browser.
    #[must_use]
    pub fn text(self) -> String {
        digits(self.0.get() >> 4, self.digits())
    }

    /// The code filled up with zeros to 12 digits: equal for two codes of one place.
    #[must_use]
    pub fn same_place(self) -> u64 {
        let zeros = match self.digits() {
            6 => 1_000_000,
            9 => 1_000,
            _ => 1,
        };
        (self.0.get() >> 4).wrapping_mul(zeros) // Below 10^12.
    }

    /// The same as a number above 0, because 000000 is a code too; 0 where there is none.
    pub(super) fn number(code: Option<Code>) -> u64 {
        code.map_or(0, |code| code.same_place().wrapping_add(1))
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text())
    }
}

/// A kind of project, such as 环境美.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Category {
    /// Stable key; the name where the feed gives none.
    pub id: String,
    /// Shown as label.
    pub name: String,
    /// The category's figures.
    pub progress: Progress,
}

/// The state on an earlier day.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct HistoryPoint {
    /// The day.
    pub as_of: AsOf,
    /// The figures of that day.
    pub progress: Progress,
}

/// An event of the programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Milestone {
    /// The day.
    pub date: AsOf,
    /// What.
    pub name: String,
    /// `None`: the feed does not say.
    pub done: Option<bool>,
    /// A day by which something is due.
    pub deadline: bool,
}

/// Towns that develop together.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Cluster {
    /// Shown as label.
    pub name: String,
    /// Lead town; `None` for a belt.
    pub lead: Option<RegionRef>,
    /// The others.
    pub members: Vec<RegionRef>,
    /// The district it lies in; it is not looked up.
    pub region: Option<RegionRef>,
    /// Index of the region of its name, which holds the figures published for it.
    pub own: Option<usize>,
}

/// A region named by code or, where unique, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionRef {
    /// The code or the name, as the feed gives it.
    pub name: String,
    /// Index of the region that it means; `None`: none, several have the name, or it has not been
    /// looked up.
    pub region: Option<usize>,
    /// Where it stands in the document.
    pub(super) at: usize,
}

/// How many of N have something.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Coverage {
    /// What: `一镇一策`.
    pub name: String,
    /// How many have it.
    pub done: Option<Count>,
    /// Of how many.
    pub of: Option<Count>,
    /// Which ones have it, where the feed lists them.
    pub regions: Vec<RegionRef>,
}

/// Expert teams.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Teams {
    /// Visits and meetings.
    pub activities: Option<Count>,
    /// Attendances of all roles together (人次), as published.
    pub attendances: Option<Count>,
    /// Problems solved.
    pub problems_solved: Option<Count>,
    /// In the feed's order.
    pub roles: Vec<Role>,
}

/// One role in the expert teams.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Role {
    /// `首席设计师`.
    pub name: String,
    /// Attendances (人次).
    pub attendances: Option<Count>,
}

/// Count of one grade.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Grade {
    /// `优秀`.
    pub name: String,
    /// How many.
    pub count: Option<Count>,
    /// What the grade means.
    pub tone: Option<Tone>,
}

/// What a grade means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// 优秀、合格
    Good,
    /// 警告
    Warn,
    /// 降格、不合格
    Bad,
}
