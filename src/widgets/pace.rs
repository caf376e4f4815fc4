//! How fast it must go: days left, the pace needed against the recent one, and where that leads.

use super::Input;
use super::parts::key::{self, Sign};
use super::parts::series_chart::Subject;
use super::parts::time_chart::Chart;
use super::parts::{frame, wording};
use crate::figures::{AsOf, Known, Metric, Pace, Show, exact};
use crate::scene::{Draft, Fill, Hit, Mark, Point, Px, Rect, Stroke, Type};
use crate::style::{Lang, number};

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
    /// The change a day that leads there in time, and the recent one.
    needed: Option<Change>,
    recent: Option<Change>,
    /// How many days the forecast reaches ahead of the last figure: to the target's day, but no
    /// further than the window is long. `None` where there is no forecast.
    horizon: Option<f64>,
}

/// A change a day: what it is called, its text, and in shares of the whole.
struct Change {
    name: String,
    text: String,
    rate: f64,
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
    fn add(&mut self, name: &str, text: &str, computed: bool) {
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
        let (lang, last) = (input.lang(), *known.last()?);
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
        // Beside the rates, over the same days: only between exact counts, and of projects, because
        // amounts of money may differ in their unit.
        let counted = input.options.metric != Metric::Investment;
        let moment = |place: usize| subject.series.moment(place).filter(|_| counted);
        let part = |place: usize| exact(moment(place)?.part);
        let last_place = known.len().saturating_sub(1);
        let needed = match (target, days_left) {
            (Some(target), Some(days @ 1..)) if reached.is_none() => {
                let whole = moment(last_place).and_then(|moment| exact(moment.whole));
                let missing = || Some(target * whole? - part(last_place)?);
                let name = lang.pick("需要|Needed").to_owned();
                let missing = missing().filter(|missing| *missing > 0.0);
                Some(Change::new(
                    lang,
                    name,
                    target - last.value,
                    missing,
                    days.into(),
                ))
            }
            _ => None,
        };
        let recent = pace.map(|pace| {
            let more = || Some(part(last_place)? - part(pace.since)?);
            let name = lang.number("近@天|Recent @-day average", pace.days);
            Change::new(lang, name, pace.mean * pace.days, more(), pace.days)
        });
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
            recent,
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
            told.add(lang.pick("现为|現為|Now"), &rate, series.is_computed(last));
        }
        if let Some(level) = &self.subject.level {
            told.add("", &level.text, false);
        }
        if let (Some(by), Some(days)) = (self.by, self.days_left) {
            told.add(
                lang.pick("期限|Target date"),
                &wording::day(lang, by),
                false,
            );
            if self.reached.is_none() {
                told.add("", &wording::days_left(lang, days), true);
            }
        }
        if let Some(reached) = self.reached {
            let day = wording::day(lang, reached);
            told.add(
                lang.pick("不晚于|不晚於|Reached no later than"),
                &day,
                false,
            );
            return;
        }
        for change in self.needed.iter().chain(&self.recent) {
            told.add(&change.name, &change.text, true);
        }
        let Some(pace) = self.pace else { return };
        if let Some(since) = series.moment(pace.since) {
            let day = wording::day(lang, since.day);
            told.add(lang.pick("近期自|Recent: since"), &day, false);
        }
        let to = lang.pick("～| to ");
        let range = [&points(lang, pace.slowest), to, &points(lang, pace.fastest)].concat();
        told.add(lang.pick("近期快慢|Slowest and fastest"), &range, true);
        if let Some(horizon) = self.horizon {
            let rate = |pace: f64| number::percent_computed(self.ahead(pace, horizon, 0.0));
            let days = number::amount(horizon);
            let after = lang.pick("天后|天後| days on: ");
            let text = [&days, after, &rate(pace.slowest), to, &rate(pace.fastest)].concat();
            told.add(lang.pick("预测|預測|Forecast"), &text, true);
        }
    }
}

impl Change {
    /// What is gained or to be gained within these days: of a rate, and of exact counts too where
    /// they are known: `0.23个百分点/天，0.96个/天`.
    fn new(lang: Lang, name: String, rate: f64, count: Option<f64>, days: f64) -> Change {
        let rate = rate / days;
        let mut text = points(lang, rate);
        if let Some(count) = count {
            let count = a_day(lang, count / days, "@个/天|@個/天|@ projects a day");
            wording::clause(lang, &mut text, &count);
        }
        Change { name, text, rate }
    }
}

/// `0.23个百分点/天`.
fn points(lang: Lang, rate: f64) -> String {
    a_day(
        lang,
        rate * 100.0,
        "@个百分点/天|@個百分點/天|@ points a day",
    )
}

fn a_day(lang: Lang, change: f64, words: &'static str) -> String {
    if change > 0.0 && change < 0.005 {
        return lang.fill(words, "<0.01");
    }
    lang.number(words, change)
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
    let rate = |change: &Option<Change>| change.as_ref().map_or(0.0, |change| change.rate);
    let most = rate(&way.needed).max(rate(&way.recent));
    for (change, color) in [(&way.needed, theme.target), (&way.recent, theme.accent)] {
        let Some(change) = change else { continue };
        let computed = lang.pick("（计算）|（計算）| (computed)");
        let text = [&change.name, computed, " ", &change.text].concat();
        draft.paragraph(&text, draft.ink(draft.sizes.label), 2);
        let share = if most > 0.0 {
            (change.rate / most).max(0.0)
        } else {
            0.0
        };
        for (width, color) in [(1.0, theme.track), (share, color)] {
            let rect = Rect::from_css(draft.left(), draft.y, draft.inner() * width, 8.0);
            draft.rect(rect, Fill::solid(color));
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
        key::draw(draft, &[(Sign::Box(Fill::solid(draft.theme.track)), word)]);
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
            fill: Fill::solid(draft.theme.track),
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
