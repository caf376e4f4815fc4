//! Regions as points on a quiet map: area by number of projects, colour by rate class, models
//! within a ring; what stands nowhere is listed below. What `towns` draws, and `map` where its rows
//! are points.

use super::base_map::{self, Base, round_numbers};
use super::classes::Classes;
use super::dots::{self, Dot};
use super::key::{self, Sign};
use super::{face, legend, wording};
use crate::figures::{Metric, Places, Row, SizeBy};
use crate::scene::{Anchor, Draft, Fill};
use crate::style::{cat, number};
use crate::widgets::Input;

/// More points than these are not drawn: on any screen they would be one blot.
const MOST: usize = 5000;

/// More labels than these are not tried, and fewer among many points: each is tried against all.
const LABELS: usize = 150;
const TRIES: usize = 100_000;

/// Among more points none is moved: they are small by then.
const MOVED: usize = 400;

/// Half the side of the square that stands for an unknown number.
const UNKNOWN: f64 = 3.5;

/// How large the points are.
struct Scale {
    by: SizeBy,
    metric: Metric,
    /// Radius for the number 1, or of every point where there are no numbers.
    unit: f64,
    /// The largest number.
    most: f64,
}

impl Scale {
    /// All discs together cover a small part of the map, and none is larger than a thumb.
    fn of(rows: &[Row], places: &Places, base: &Base, metric: Metric) -> Scale {
        let [[left, top], [right, bottom]] = base.corners;
        let area = (right - left) * (bottom - top);
        let (mut sum, mut most) = (0.0, 1e-9_f64);
        for &at in &places.order {
            let row = rows.get(at);
            let size = row.and_then(|row| places.by.size(row)).unwrap_or(0.0);
            sum += size;
            most = most.max(size);
        }
        let unit = match places.by {
            SizeBy::Nothing => {
                let each = 0.03 * area / places.order.len() as f64;
                (each / std::f64::consts::PI).sqrt().clamp(2.0, 5.0)
            }
            _ => {
                let largest = ((right - left) / 28.0).clamp(9.0, 22.0);
                let unit = (0.07 * area / (std::f64::consts::PI * sum.max(1e-9))).sqrt();
                unit.min(largest / most.sqrt())
            }
        };
        Scale {
            by: places.by,
            metric,
            unit,
            most,
        }
    }

    /// Radius for a number; what is smaller than can be seen is drawn as large as can.
    fn radius(&self, size: f64) -> f64 {
        (self.unit * size.sqrt()).max(2.0)
    }
}

/// Draws legends, map and face.
pub fn draw(
    draft: &mut Draft,
    input: &Input,
    rows: &[Row],
    (places, mut base): (&Places, Base),
    classes: &Classes,
) {
    let scale = &Scale::of(rows, places, &base, input.options.metric);
    legends(draft, rows, places, classes, scale);
    draft.y += 8.0;
    base.draw(draft, &[]);
    let off_map = base.unplaced(rows);
    let mut towns: Vec<Dot> = Vec::new();
    let mut beyond = 0.0;
    for &at in &places.order {
        let Some(row) = rows.get(at) else { continue };
        let Some(place) = base.place(row) else {
            continue;
        };
        if towns.len() < MOST {
            towns.push(town(draft, (row, at), place, places, classes, scale));
        } else {
            beyond += 1.0;
        }
    }
    if towns.len() <= MOVED {
        dots::part(&mut towns, base.corners);
    }
    let labels = LABELS.min(TRIES.checked_div(towns.len()).unwrap_or(0));
    let taken = dots::draw(draft, input, &towns, labels, Vec::new(), base.corners);
    if draft.width >= 420.0 {
        base.names(draft, taken);
    }
    draft.y = base.corners[1][1] + 8.0;
    let review = base_map::face(draft, input);
    face::draw(draft, &review, face::NOT_ON_MAP, &off_map, &[]);
    if beyond > 0.0 {
        let words = "另有@个未画出|另有@個未畫出|@ more not drawn";
        let text = draft.lang.number(words, beyond);
        draft.remark(text);
    }
}

fn town<'a>(
    draft: &Draft,
    (row, at): (&'a Row, usize),
    place: [f64; 2],
    places: &Places,
    classes: &Classes,
    scale: &Scale,
) -> Dot<'a> {
    let (theme, figures) = (draft.theme, places.any_figure());
    let size = scale.by.size(row);
    let square = scale.by != SizeBy::Nothing && size.is_none();
    let radius = match size {
        Some(size) => scale.radius(size),
        None if square => UNKNOWN,
        None => scale.unit,
    };
    let mut dot = Dot::new(row, at, place, radius);
    dot.reach = radius + if row.model { dots::RING + 0.75 } else { 0.5 };
    (dot.square, dot.ring, dot.figures) = (square, row.model, figures);
    dot.line = (if figures { theme.mute } else { theme.ground }, 0.75);
    dot.fill = if figures {
        classes.fill(draft, row.rate.value)
    } else if row.model || places.models == 0 {
        Fill::solid(theme.accent)
    } else {
        Fill::solid(theme.mute)
    };
    if row.model || !figures {
        dot.word = kind_of_town(row.model, draft.lang);
    }
    dot
}

/// 样板镇, or another.
#[must_use]
pub fn kind_of_town(model: bool, lang: crate::style::Lang) -> &'static str {
    lang.pick(if model {
        "样板镇|樣板鎮|Model town"
    } else {
        "其他|Other"
    })
}

/// What colours, sizes, rings and squares mean.
fn legends(draft: &mut Draft, rows: &[Row], places: &Places, classes: &Classes, scale: &Scale) {
    let lang = draft.lang;
    let (mut any_value, mut any_missing, mut any_unknown) = (false, false, false);
    let mut unit = None;
    for &at in &places.order {
        let Some(row) = rows.get(at) else { continue };
        any_value |= row.rate.value.is_some();
        any_missing |= row.rate.value.is_none();
        any_unknown |= scale.by.size(row).is_none();
        unit = unit.or(row.unit);
    }
    if places.any_figure() {
        legend::draw(draft, classes, any_value, any_missing);
        draft.y += 4.0;
    }
    let theme = draft.theme;
    let mut entries = Vec::new();
    let counted = |model: bool, count: usize| {
        let count = number::amount(count as f64);
        cat(kind_of_town(model, lang), " ", &count)
    };
    let models = counted(true, places.models);
    let others = rows.len().saturating_sub(places.models);
    let other_towns = counted(false, others);
    if places.models > 0 {
        entries.push((Sign::Ringed(theme.accent, theme.ink), models.as_str()));
        if others > 0 && !places.any_figure() {
            entries.push((Sign::Dot(theme.mute), other_towns.as_str()));
        }
    }
    if scale.by != SizeBy::Nothing && any_unknown {
        let unknown = lang.pick("数量未报送|數量未報送|Number not reported");
        entries.push((Sign::Box(Fill::solid(theme.mute)), unknown));
    }
    if scale.by != SizeBy::Nothing {
        sizes(draft, unit, scale);
    }
    if !entries.is_empty() {
        key::draw(draft, &entries);
    }
}

/// Circles of round numbers, largest first, behind what they count.
fn sizes(draft: &mut Draft, unit: Option<&str>, scale: &Scale) {
    let lang = draft.lang;
    let set = draft.mute(draft.sizes.count);
    let numbers = round_numbers(scale.most);
    // What is drawn larger than it is would mislead.
    let is_true = |number: f64| scale.unit * number.sqrt() >= 2.0;
    let Some(largest) = numbers.first().copied().filter(|&number| is_true(number)) else {
        return;
    };
    let height = (2.0 * scale.radius(largest) + 2.0).max(set.line_height());
    let middle = draft.y + height / 2.0;
    let baseline = draft.y + set.baseline_in(height);
    let metric = scale.metric;
    let what = match scale.by {
        SizeBy::Whole => wording::whole_name(lang, metric),
        _ => wording::part_name(lang, metric),
    };
    let unit = wording::unit(lang, metric, unit);
    let what = wording::with_unit(lang, what, unit);
    draft.text(&what, (draft.left(), baseline), Anchor::Left, set);
    let mut x = draft.left() + set.width(&what) + 8.0;
    for number in numbers {
        let radius = scale.radius(number);
        let text = number::amount(number);
        let width = 2.0 * radius + 4.0 + set.width(&text);
        if x + width > draft.right() || !is_true(number) {
            break;
        }
        let line = (draft.theme.mute, 1.0);
        draft.circle((x + radius, middle), radius, Fill::NONE, line);
        let at = (x + 2.0 * radius + 4.0, baseline);
        draft.text(&text, at, Anchor::Left, set);
        x += width + 10.0;
    }
    draft.y += height + 4.0;
}
