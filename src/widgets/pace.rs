//! How fast it must go: days left, the pace needed against the recent one, and where that leads.

use super::Input;
use super::parts::key::{self, Sign};
use super::parts::series_chart::Subject;
use super::parts::time_chart::Chart;
use super::parts::{frame, wording};
use crate::figures::{AsOf, Known, Pace, Show};
use crate::scene::{Draft, Fill, Hit, Mark, Point, Px, Rect, Stroke, Type};
use crate::style::{Lang, number};

const NEEDED: &str = "需要|Needed";
const RECENT: &str = "近期平均|Recent average";

/// What is known of the way to the target.
struct Way<'a> {
    subject: &'a Subject<'a>,
    /// The last figure.
    last: Known,
    pace: Option<Pace>,
    /// Rate to reach and the day.
    target: Option<f64>,
    by: Option<AsOf>,
    /// From the figures' day to the target's.
    days_left: Option<i32>,
    /// The first day with the target reached.
    reached: Option<AsOf>,
    /// The change a day that leads there in time.
    needed: Option<f64>,
    /// How many days the forecast reaches ahead of the last figure: to the target's day, but no
    /// further than the window is long. `None` where there is no forecast.
    horizon: Option<f64>,
}

/// What the widget tells, as it is collected: rows of the table, and the same as sentences.
struct Told {
    lang: Lang,
    rows: Vec<Vec<String>>,
    clauses: Vec<String>,
}

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let lang = draft.lang;
    let subject = Subject::of(draft, input, Show::Rate);
    let title = subject.title(input, "进度|進度|: the pace needed");
    let note = subject.axis_note(lang);
    frame::open(draft, input, &title, &frame::subtitle(input, &note));
    let mut told = Told {
        lang,
        rows: Vec::new(),
        clauses: Vec::new(),
    };
    if let Some(way) = Way::of(input, &subject) {
        way.tell(&mut told);
        // A board has better to show than a pace without one.
        draft.nothing = way.pace.is_none();
        let top = draft.y;
        big(draft, &way);
        paces(draft, &way);
        draft.hit(Hit {
            rect: Rect::from_css(0.0, top, draft.width, draft.y - top),
            mark: None,
            id: String::new(),
            label: title.clone(),
            lines: told.clauses.clone(),
            row: Some(0),
        });
        subject.key(draft);
        chart(draft, &way);
        let method = match (way.reached, way.pace, way.horizon) {
            (Some(_), ..) => "|",
            (_, None, _) => {
                "数字少于三期或相隔太近，不作预测。|數字少於三期或相隔太近，不作預測。|Fewer than three figures, or too close together: no forecast."
            }
            (_, _, None) => {
                "速度由公布的数字计算；没有未到的目标期限，不作预测。|速度由公佈的數字計算；沒有未到的目標期限，不作預測。|Paces are computed from the published figures; no target date ahead, no forecast."
            }
            _ => {
                "速度和预测由公布的数字计算；预测区间取近期最慢与最快一段的速度，不是概率。|速度和預測由公佈的數字計算；預測區間取近期最慢與最快一段的速度，不是概率。|Paces and forecast are computed from the published figures; the band runs from the slowest to the fastest recent stretch and is no probability."
            }
        };
        draft.y += 6.0;
        draft.paragraph(lang.pick(method), draft.mute(draft.sizes.count), 6);
    } else {
        subject.nothing(draft, input);
    }
    frame::close(draft, input);
    let head = frame::heads(lang.pick("指标 数值 来源|指標 數值 來源|Figure Value Origin"));
    frame::tell(draft, input, &title, head, told.rows, &told.clauses);
}

impl Told {
    fn add(&mut self, name: &'static str, text: &str, computed: bool) {
        let name = self.lang.pick(name);
        let space = if name.is_empty() {
            ""
        } else {
            self.lang.pick("| ")
        };
        self.clauses.push([name, space, text].concat());
        let origin = if computed {
            "计算|計算|computed"
        } else {
            "公布|公佈|published"
        };
        let origin = self.lang.pick(origin).to_owned();
        self.rows
            .push(vec![name.to_owned(), text.to_owned(), origin]);
    }
}

impl<'a> Way<'a> {
    /// `None` where there is no figure.
    fn of(input: &Input, subject: &'a Subject<'a>) -> Option<Way<'a>> {
        let known = &subject.series.known;
        let last = *known.last()?;
        let target = subject.level.as_ref().map(|level| level.value);
        let by = subject.series.target.and_then(|target| target.by);
        let days_left = by.map(|by| input.feed.as_of.date.days_until(by.date));
        let mut reached = None;
        for figure in known.iter().rev() {
            // A published 100% and a target of 1 may differ in the last bit.
            if target.is_none_or(|target| figure.value < target - 1e-9) {
                break;
            }
            reached = subject.series.moments.get(figure.index);
        }
        let pace = Pace::of(known);
        let needed = match (target, days_left) {
            (Some(target), Some(days @ 1..)) if reached.is_none() => {
                Some((target - last.value) / f64::from(days))
            }
            _ => None,
        };
        let horizon = match (pace, by) {
            (Some(pace), Some(by)) if reached.is_none() => {
                let by = f64::from(by.date.days_since_epoch()) - last.day;
                (by > 0.0).then(|| by.min(pace.days))
            }
            _ => None,
        };
        Some(Way {
            subject,
            last,
            pace,
            target,
            by,
            days_left,
            reached: reached.map(|moment| moment.day),
            needed,
            horizon,
        })
    }

    /// The forecast for a day ahead at a pace: within what there is to reach.
    fn ahead(&self, pace: f64, days: f64, low: f64) -> f64 {
        let high = self.target.unwrap_or(1.0).max(1.0).max(self.last.value);
        (self.last.value + pace * days).clamp(low.min(high), high)
    }

    /// Every figure of the widget, in order.
    fn tell(&self, told: &mut Told) {
        let (lang, series) = (told.lang, &self.subject.series);
        let count = series.known.len();
        if let Some(last) = series.moment(count.saturating_sub(1)) {
            let rate = wording::rate(lang, &last.rate);
            told.add("现为|現為|Now", &rate, series.is_computed(last));
        }
        if let Some(level) = &self.subject.level {
            told.add("|", &level.text, false);
        }
        if let (Some(by), Some(days)) = (self.by, self.days_left) {
            told.add("期限|Target date", &wording::day(lang, by), false);
            if self.reached.is_none() {
                told.add("|", &wording::days_left(lang, days), true);
            }
        }
        if let Some(reached) = self.reached {
            let day = wording::day(lang, reached);
            told.add("不晚于|不晚於|Reached no later than", &day, false);
            return;
        }
        if let Some(needed) = self.needed {
            told.add(NEEDED, &a_day(lang, needed), true);
        }
        let Some(pace) = self.pace else { return };
        told.add(RECENT, &a_day(lang, pace.mean), true);
        if let Some(since) = series.moment(pace.since) {
            let day = wording::day(lang, since.day);
            told.add("近期自|Recent: since", &day, false);
        }
        let to = lang.pick("～| to ");
        let range = [&a_day(lang, pace.slowest), to, &a_day(lang, pace.fastest)].concat();
        told.add("近期快慢|Slowest and fastest", &range, true);
        if let Some(horizon) = self.horizon {
            let rate = |pace: f64| number::percent_computed(self.ahead(pace, horizon, 0.0));
            let days = number::amount(horizon);
            let after = lang.pick("天后|天後| days on: ");
            let text = [&days, after, &rate(pace.slowest), to, &rate(pace.fastest)].concat();
            told.add("预测|預測|Forecast", &text, true);
        }
    }
}

/// `0.23个百分点/天`.
fn a_day(lang: Lang, rate: f64) -> String {
    let points = rate * 100.0;
    let small = points > 0.0 && points < 0.005;
    let number = if small {
        "<0.01".to_owned()
    } else {
        number::amount(points)
    };
    let unit = lang.pick("个百分点/天|個百分點/天| points a day");
    [&number, unit].concat()
}

/// The state, large: days left, reached, or overdue.
fn big(draft: &mut Draft, way: &Way) {
    let lang = draft.lang;
    let mut color = draft.theme.accent;
    let words = match (way.reached, way.target, way.days_left) {
        (Some(_), ..) => "已达到目标|已達到目標|Target reached",
        (_, None, _) => "没有目标|沒有目標|No target",
        (_, _, None) => "目标没有期限|目標沒有期限|A target without a date",
        _ => "",
    };
    let mut text = lang.pick(words).to_owned();
    if let (true, Some(days)) = (words.is_empty(), way.days_left) {
        text = wording::days_left(lang, days);
        if days < 0 {
            color = draft.theme.target;
        }
    }
    let set = Type::new(draft.sizes.title * 1.3, color).bold();
    draft.paragraph(&text, set, 2);
    if let Some(level) = &way.subject.level {
        draft.paragraph(&level.text, draft.mute(draft.sizes.count), 1);
    }
    draft.y += 6.0;
}

/// The pace needed and the recent one, as bars of one scale.
fn paces(draft: &mut Draft, way: &Way) {
    if way.reached.is_some() {
        return;
    }
    let (lang, theme) = (draft.lang, draft.theme);
    let mean = way.pace.map(|pace| pace.mean);
    let most = way.needed.unwrap_or(0.0).max(mean.unwrap_or(0.0));
    for (name, value, color) in [
        (NEEDED, way.needed, theme.target),
        (RECENT, mean, theme.accent),
    ] {
        let Some(value) = value else { continue };
        let computed = lang.pick("（计算）|（計算）| (computed)");
        let text = [lang.pick(name), " ", &a_day(lang, value), computed].concat();
        draft.paragraph(&text, draft.ink(draft.sizes.label), 2);
        let share = if most > 0.0 {
            (value / most).max(0.0)
        } else {
            0.0
        };
        for (width, color) in [(1.0, theme.track), (share, color)] {
            let rect = Rect::from_css(draft.left(), draft.y, draft.inner() * width, 8.0);
            draft.rect(rect, Fill::Solid(color));
        }
        draft.y += 16.0;
    }
}

/// The series, and ahead of it the band of the forecast: of the track's colour, with dashed edges.
fn chart(draft: &mut Draft, way: &Way) {
    let lang = draft.lang;
    let mut notes = way.subject.notes(lang, &[]);
    let horizon = way.horizon.unwrap_or(0.0);
    let pace = way.pace.filter(|_| horizon > 0.0);
    if pace.is_some() {
        let word = lang.pick("预测区间（计算）|預測區間（計算）|Forecast (computed)");
        key::draw(draft, &[(Sign::Box(Fill::Solid(draft.theme.track)), word)]);
        draft.y += 4.0;
    }
    let band = |draft: &mut Draft, chart: &Chart| {
        let Some(pace) = pace else { return };
        let mut ring = Vec::new();
        for step in 0..50_u8 {
            // There along the one edge, back along the other.
            let (pace, step) = if step < 25 {
                (pace.slowest, step)
            } else {
                (pace.fastest, 49_u8.saturating_sub(step))
            };
            let days = horizon * f64::from(step) / 24.0;
            let value = way.ahead(pace, days, way.subject.axis.low);
            let (x, y) = chart.at(way.last.day + days, value);
            ring.push(Point::from_css(x, y));
        }
        draft.push(Mark::Region {
            rings: vec![ring],
            fill: Fill::Solid(draft.theme.track),
            stroke: Some(Stroke {
                color: draft.theme.mute,
                width: Px::from_css(1.0),
                dash: Px::from_css(3.0),
            }),
        });
    };
    way.subject
        .draw(draft, &mut notes, way.last.day + horizon, &band);
}
