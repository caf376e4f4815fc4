//! How fast it must go: days left, the pace needed against the recent one, and where that leads.

use super::Input;
use super::parts::key::{self, Sign};
use super::parts::series_chart::Subject;
use super::parts::time_chart::{Chart, Note};
use super::parts::{frame, wording};
use crate::figures::{AsOf, Pace, Show};
use crate::scene::{Draft, Fill, Hit, Mark, Point, Px, Rect, Stroke, Table, Type};
use crate::style::{Lang, number};

/// A figure of this widget: its name, its text, and whether it is computed.
type Figure = (&'static str, String, bool);

const NEEDED: &str = "需要|Needed";
const RECENT: &str = "近期平均|Recent average";

/// What is known of the way to the target.
struct Way {
    /// Days since 1970-01-01 and rates, oldest first.
    points: Vec<(f64, f64)>,
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
}

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let lang = draft.lang;
    let subject = Subject::of(draft, input, Show::Rate);
    let title = subject.title(input, "进度|進度|: the pace needed");
    let note = subject.axis_note(lang);
    frame::open(draft, input, &title, &frame::subtitle(input, &note));
    let way = way(input, &subject);
    let figures = figures(lang, &subject, &way);
    let caption = frame::caption(input, &title);
    if subject.known.is_empty() {
        subject.nothing(draft);
    } else {
        // A board has better to show than a pace without one.
        draft.nothing = way.pace.is_none();
        let top = draft.y;
        big(draft, &subject, &way);
        paces(draft, &way);
        let rect = Rect::from_css(0.0, top, draft.width, draft.y - top);
        let told = figures
            .iter()
            .map(|f| [f.0, lang.pick("：|: "), &f.1].concat());
        draft.hit(Hit {
            rect,
            mark: None,
            id: String::new(),
            label: title.clone(),
            lines: told.collect(),
            row: Some(0),
        });
        subject.key(draft);
        chart(draft, &subject, &way);
        let method = match way.pace {
            Some(_) if way.horizon().is_some() => {
                "速度和预测由公布的数字计算；预测区间取近期最慢与最快一段的速度，不是概率。|速度和預測由公佈的數字計算；預測區間取近期最慢與最快一段的速度，不是概率。|Paces and forecast are computed from the published figures; the band runs from the slowest to the fastest recent stretch and is no probability."
            }
            None if way.reached.is_none() => {
                "数字少于三期或相隔太近，不作预测。|數字少於三期或相隔太近，不作預測。|Fewer than three figures, or too close together: no forecast."
            }
            Some(_) if way.reached.is_none() => {
                "速度由公布的数字计算；没有未到的目标期限，不作预测。|速度由公佈的數字計算；沒有未到的目標期限，不作預測。|Paces are computed from the published figures; no target date ahead, no forecast."
            }
            _ => "|",
        };
        draft.y += 6.0;
        draft.paragraph(lang.pick(method), draft.mute(draft.sizes.count), 6);
    }
    frame::close(draft, input);
    let clauses: Vec<String> = figures
        .iter()
        .map(|f| [f.0, lang.pick("| "), &f.1].concat())
        .collect();
    let alt = frame::sentence(lang, &caption, &clauses);
    let origin = |computed: bool| {
        lang.pick(if computed {
            "计算|計算|computed"
        } else {
            "公布|公佈|published"
        })
    };
    let row = |f: Figure| vec![f.0.to_owned(), f.1, origin(f.2).to_owned()];
    let head = lang.pick("指标 数值 来源|指標 數值 來源|Figure Value Origin");
    draft.tell(
        Table {
            caption,
            head: head.split(' ').map(str::to_owned).collect(),
            rows: figures.into_iter().map(row).collect(),
        },
        alt,
    );
}

fn way(input: &Input, subject: &Subject) -> Way {
    let known = &subject.known;
    let points: Vec<(f64, f64)> = known.iter().map(|k| (k.day, k.value)).collect();
    let series = subject.series.as_ref();
    let target = subject.level.as_ref().map(|level| level.value);
    let by = series.and_then(|s| s.target?.by);
    let days_left = by.map(|by| input.feed.as_of.date.days_until(by.date));
    let last = points.last().map_or(0.0, |p| p.1);
    // A published 100% and a target of 1 may differ in the last bit.
    let short = |value: f64| target.is_none_or(|target| value < target - 1e-9);
    let reached = known
        .iter()
        .rev()
        .take_while(|k| !short(k.value))
        .last()
        .and_then(|k| subject.moments().get(k.index));
    Way {
        pace: Pace::of(&points),
        reached: reached.map(|moment| moment.day),
        needed: match (target, days_left) {
            (Some(target), Some(days @ 1..)) if reached.is_none() => {
                Some((target - last) / f64::from(days))
            }
            _ => None,
        },
        points,
        target,
        by,
        days_left,
    }
}

impl Way {
    /// The forecast for a day ahead at a pace: within what there is to reach.
    fn ahead(&self, pace: f64, days: f64, low: f64) -> f64 {
        let last = self.points.last().map_or(0.0, |p| p.1);
        let high = self.target.unwrap_or(1.0).max(1.0).max(last);
        (last + pace * days).clamp(low.min(high), high)
    }

    /// How many days the forecast reaches ahead of the last figure: to the target's day, but no
    /// further than the window is long. `None` where there is no forecast.
    fn horizon(&self) -> Option<f64> {
        let pace = self.pace.filter(|_| self.reached.is_none())?;
        let by = f64::from(self.by?.date.days_since_epoch()) - self.points.last()?.0;
        (by > 0.0).then(|| by.min(pace.days))
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
fn big(draft: &mut Draft, subject: &Subject, way: &Way) {
    let lang = draft.lang;
    let text = match way.days_left {
        _ if way.reached.is_some() => lang.pick("已达到目标|已達到目標|Target reached").to_owned(),
        Some(days) if way.target.is_some() => wording::days_left(lang, days),
        _ if way.target.is_some() => lang
            .pick("目标没有期限|目標沒有期限|A target without a date")
            .to_owned(),
        _ => lang.pick("没有目标|沒有目標|No target").to_owned(),
    };
    let color = match way.days_left {
        Some(..0) if way.reached.is_none() => draft.theme.target,
        _ => draft.theme.accent,
    };
    let set = Type::new(draft.sizes.title * 1.3, color).bold();
    draft.paragraph(&text, set, 2);
    if let Some(level) = &subject.level {
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
fn chart(draft: &mut Draft, subject: &Subject, way: &Way) {
    let lang = draft.lang;
    let Some(&(last, _)) = way.points.last() else {
        return;
    };
    let horizon = way.horizon().unwrap_or(0.0);
    let pace = way.pace.filter(|_| horizon > 0.0);
    let first = way.points.first().map_or(last, |p| p.0);
    let mut notes = Vec::new();
    if let Some(by) = way.by {
        let day = f64::from(by.date.days_since_epoch());
        // Further away it would squeeze the figures to one side.
        let reach = (last - first).max(92.0);
        if day >= first - reach && day <= last + reach {
            notes.push(Note {
                day,
                text: lang.pick("目标期限|目標期限|Target date").to_owned(),
                deadline: true,
            });
        }
    }
    if pace.is_some() {
        let word = lang.pick("预测区间（计算）|預測區間（計算）|Forecast (computed)");
        key::draw(draft, &[(Sign::Box(Fill::Solid(draft.theme.track)), word)]);
        draft.y += 4.0;
    }
    let low = subject.axis.low;
    let band = |draft: &mut Draft, chart: &mut Chart| {
        let Some(pace) = pace else { return };
        let mut ring = Vec::new();
        let mut edge = |pace: f64, step: u8| {
            let days = horizon * f64::from(step) / 24.0;
            let (x, y) = chart.at(last + days, way.ahead(pace, days, low));
            ring.push(Point::from_css(x, y));
        };
        (0..=24).for_each(|step| edge(pace.slowest, step));
        (0..=24).rev().for_each(|step| edge(pace.fastest, step));
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
    subject.draw(draft, &notes, last + horizon, &band);
}

/// Every figure that the widget tells, in order.
fn figures(lang: Lang, subject: &Subject, way: &Way) -> Vec<Figure> {
    let moments = subject.moments();
    let mut figures: Vec<Figure> = Vec::new();
    let at = |place: usize| moments.get(subject.known.get(place)?.index);
    let Some(last) = subject.known.len().checked_sub(1).and_then(at) else {
        return figures;
    };
    let rate = wording::rate(lang, &last.rate);
    figures.push((
        lang.pick("现为|現為|Now"),
        rate,
        last.is_computed(Show::Rate),
    ));
    if let Some(level) = &subject.level {
        figures.push(("", level.text.clone(), false));
    }
    if let (Some(by), Some(days)) = (way.by, way.days_left) {
        let name = lang.pick("期限|Target date");
        figures.push((name, wording::day(lang, by), false));
        if way.reached.is_none() {
            figures.push(("", wording::days_left(lang, days), true));
        }
    }
    if let Some(reached) = way.reached {
        let name = lang.pick("不晚于|不晚於|Reached no later than");
        figures.push((name, wording::day(lang, reached), false));
        return figures;
    }
    if let Some(needed) = way.needed {
        figures.push((lang.pick(NEEDED), a_day(lang, needed), true));
    }
    if let Some(pace) = way.pace {
        figures.push((lang.pick(RECENT), a_day(lang, pace.mean), true));
        if let Some(since) = at(pace.since) {
            let name = lang.pick("近期自|Recent: since");
            figures.push((name, wording::day(lang, since.day), false));
        }
        let to = lang.pick("～| to ");
        let range = [pace.slowest, pace.fastest];
        let name = lang.pick("近期快慢|Slowest and fastest");
        figures.push((name, range.map(|pace| a_day(lang, pace)).join(to), true));
        if let Some(horizon) = way.horizon() {
            let range = range.map(|pace| number::percent_computed(way.ahead(pace, horizon, 0.0)));
            let days = number::amount(horizon);
            let after = lang.pick("天后|天後| days on: ");
            let text = [&days, after, &range.join(to)].concat();
            figures.push((lang.pick("预测|預測|Forecast"), text, true));
        }
    }
    figures
}
