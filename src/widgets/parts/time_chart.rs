//! A chart over time: axes, dated notes above it, lines to reach, a series with dots and labels.

use super::axis::{self, Values};
use super::room::{Bounds, Room};
use crate::scene::plot::{Plot, Span};
use crate::scene::{Anchor, Draft, Fill, Mark, Point, Px, Rect, Stroke, Type};
use crate::style::Color;

/// What happened or is due on a day: a rule through the chart with its text above.
pub struct Note {
    /// Days since 1970-01-01.
    pub day: f64,
    /// Shortened where it is too long.
    pub text: String,
    /// Something is due by that day: dashed, in the colour of targets.
    pub deadline: bool,
}

/// Most rows of notes above a chart.
const MOST_LANES: u8 = 6;

/// Radius of a dot in CSS pixels, and how far a label stays from its middle.
const DOT: (f64, f64) = (3.5, 6.0);

/// A chart whose axes are drawn.
pub struct Chart {
    /// Where labels may go.
    pub room: Room,
    /// The area between the axes.
    pub area: Bounds,
    plot: Plot,
    high: f64,
}

/// How many steps a value axis has room for.
#[must_use]
pub fn most_steps(draft: &Draft) -> f64 {
    height(draft) / (draft.sizes.count * 2.6)
}

fn height(draft: &Draft) -> f64 {
    (draft.inner() * 0.42).clamp(170.0, 340.0).floor()
}

impl Chart {
    /// Draws the axes and those notes that have room, and moves the draft's `y` below. Also which
    /// notes had none.
    pub fn open(
        draft: &mut Draft,
        values: &Values,
        (first, last): (f64, f64),
        notes: &[Note],
    ) -> (Chart, Vec<usize>) {
        let set = draft.mute(draft.sizes.count);
        let left = (draft.left() + values.label_width(set) + 12.0).floor();
        // A dot on the last day is not cut by the picture's edge.
        let right = draft.right() - 6.0;
        let days = Span::new(first, last.max(first + 1.0));
        let width = right - left;
        let x_of = |day: f64| left + (day - days.low()) / (days.high() - days.low()) * width;
        let (placed, lanes, without_room) = lanes(draft, notes, &x_of);
        let note_set = draft.ink(draft.sizes.count);
        let line = note_set.line_height();
        let above = draft.y + f64::from(lanes) * line;
        // The label of the highest value stands above its dot.
        let top = (above + draft.sizes.label + DOT.1 + 6.0).ceil();
        let bottom = top + height(draft);
        let plot = Plot::new(
            Rect::from_css(left, top, width, bottom - top),
            days,
            // The plot's second axis grows downwards.
            Span::new(0.0, values.high - values.low),
        );
        let share = |value: f64| (value - values.low) / (values.high - values.low);
        values.draw(draft, left - 4.0, &|value| {
            bottom - share(value) * (bottom - top)
        });
        let mut room = Room::new([left - 4.0, above, draft.right(), bottom - 1.0]);
        for (index, lane, text_x, text) in &placed {
            let Some(note) = notes.get(*index) else {
                continue;
            };
            let x = x_of(note.day);
            let text_top = above - line * f64::from(*lane);
            // Those of one day share the rule of the highest; a deadline's is dashed.
            let same_day = || {
                let others = placed.iter().filter_map(|p| Some((p.1, notes.get(p.0)?)));
                others.filter(|(_, other)| other.day == note.day)
            };
            let (color, dash) = if same_day().any(|(_, other)| other.deadline) {
                (draft.theme.target, 4.0)
            } else {
                (draft.theme.mute, 0.0)
            };
            if same_day().all(|(other, _)| other <= *lane) {
                draft.line((x, text_top + 3.0), (x, bottom), color, 1.0, dash);
            }
            let set = if note.deadline {
                note_set.colored(draft.theme.target)
            } else {
                note_set
            };
            let baseline = text_top + set.baseline_in(line);
            draft.text(text, (*text_x, baseline), Anchor::Left, set);
            room.lines.push([(x, above), (x, bottom)]);
        }
        for note in without_room.iter().filter_map(|index| notes.get(*index)) {
            // Its text stands below the chart; here is its day.
            let x = x_of(note.day);
            let color = if note.deadline {
                draft.theme.target
            } else {
                draft.theme.mute
            };
            draft.line((x, bottom - 8.0), (x, bottom), color, 1.0, 0.0);
        }
        draft.y = bottom;
        let ticks = axis::time_ticks(draft.lang, (first, last), width, set);
        axis::draw_time(draft, &ticks, &x_of);
        let chart = Chart {
            room,
            area: [left, top, right, bottom],
            plot,
            high: values.high,
        };
        (chart, without_room)
    }

    /// Where a figure lies in the picture.
    #[must_use]
    pub fn at(&self, day: f64, value: f64) -> (f64, f64) {
        let at = self.plot.locate((day, self.high - value));
        (at.x.css(), at.y.css())
    }

    /// Draws a line through figures, oldest first; labels keep clear of it.
    pub fn line(&mut self, draft: &mut Draft, points: &[(f64, f64)], stroke: Stroke) {
        let places: Vec<(f64, f64)> = points.iter().map(|p| self.at(p.0, p.1)).collect();
        let kept = thin(&places);
        let mut drawn: Vec<(f64, f64)> = Vec::new();
        for (index, _) in &kept {
            let figure = points.get(*index).copied().unwrap_or_default();
            drawn.push((figure.0, self.high - figure.1));
        }
        self.plot.line(&drawn, stroke);
        draft.extend(self.plot.take_marks());
        let segments = kept.iter().zip(kept.iter().skip(1));
        self.room.lines.extend(segments.map(|(a, b)| [a.1, b.1]));
    }

    /// Draws a level to reach across the chart. Its words come last, see [`Chart::level_words`].
    pub fn level(&mut self, draft: &mut Draft, value: f64, color: Color) {
        let [left, _, right, _] = self.area;
        let y = self.at(0.0, value).1;
        draft.line((left, y), (right + 6.0, y), color, 1.5, 4.0);
        self.room.taken.push([left, y - 1.0, right, y + 1.0]);
    }

    /// The words of a level: above it or below, where the series and its labels leave room.
    pub fn level_words(&mut self, draft: &mut Draft, value: f64, text: &str, color: Color) {
        let [left, _, right, _] = self.area;
        let y = self.at(0.0, value).1;
        let set = Type::new(draft.sizes.count, color);
        let text = set.shorten(text, (right - left) * 0.6);
        let size = (set.width(&text), set.size * 1.1);
        let (start, end) = (left + 5.0, right - size.0);
        let (above, below) = (y - size.1 - 3.0, y + 3.0);
        let corners = [
            (start, above),
            (end, above),
            ((start + end) / 2.0, above),
            (start, below),
            (end, below),
            ((start + end) / 2.0, below),
        ];
        self.put(draft, &text, size, &corners, set, false);
    }

    /// Keeps labels off a dot that is going to be drawn.
    pub fn keep_clear(&mut self, (x, y): (f64, f64)) {
        let r = DOT.0 + 1.0;
        self.room.taken.push([x - r, y - r, x + r, y + r]);
    }

    /// Writes the label of a dot beside it where there is room; `needed` ones may lie over a line.
    pub fn label(&mut self, draft: &mut Draft, text: &str, at: (f64, f64), needed: bool) {
        let set = draft.bold(draft.sizes.label);
        let text = set.shorten(text, (self.area[2] - self.area[0]) * 0.4);
        let (width, height) = (set.width(&text), set.size * 1.1);
        let (above, below) = (at.1 - DOT.1 - height, at.1 + DOT.1);
        let beside = at.1 - height / 2.0;
        let (centre, before, after) = (at.0 - width / 2.0, at.0 - width + DOT.0, at.0 - DOT.0);
        let corners = [
            (centre, above),
            (before, above),
            (after, above),
            (at.0 + DOT.1 + 2.0, beside),
            (at.0 - DOT.1 - 2.0 - width, beside),
            (centre, above - 8.0),
            (after, above - 8.0),
            (centre, below),
            (after, below),
            (before, below),
        ];
        self.put(draft, &text, (width, height), &corners, set, !needed);
    }

    fn put(
        &mut self,
        draft: &mut Draft,
        text: &str,
        size: (f64, f64),
        corners: &[(f64, f64)],
        set: Type,
        clear: bool,
    ) {
        if let Some((x, y)) = self.room.place(size, corners, clear) {
            let halo = draft.ground;
            let baseline = y + set.baseline_in(size.1);
            draft.text_over(text, (x, baseline), Anchor::Left, set, halo);
        }
    }
}

/// A dot: filled, or hollow where its figure is computed.
pub fn dot(draft: &mut Draft, (x, y): (f64, f64), hollow: bool) {
    let (color, ground) = (draft.theme.accent, draft.theme.ground);
    let stroke = Stroke {
        color,
        width: Px::from_css(2.0),
        dash: Px(0),
    };
    draft.push(Mark::Circle {
        center: Point::from_css(x, y),
        radius: Px::from_css(DOT.0),
        fill: Fill::Solid(if hollow { ground } else { color }),
        stroke: Some(stroke),
    });
}

/// A note's index, its row from the bottom, and the left end of its text.
type Placed = (usize, u8, f64, String);

/// Gives each note a row above the chart, beside its rule, where no text meets another or a rule.
/// Also how many rows there are, and which notes have no place.
///
/// The latest first, its text to the right: then each rule passes to the left of the texts that
/// stand already, and an earlier text goes above the rules that it would meet. Those at the right
/// edge, whose text goes to the left, come last, above them all. Where that leaves deadlines
/// without a place, these come first.
fn lanes(
    draft: &Draft,
    notes: &[Note],
    x_of: &dyn Fn(f64) -> f64,
) -> (Vec<Placed>, u8, Vec<usize>) {
    let set = draft.ink(draft.sizes.count);
    let beyond = |note: &Note| {
        let width = set.width(&note_text(draft, note));
        x_of(note.day) + 4.0 + width > draft.right()
    };
    let all = || notes.iter().enumerate().rev();
    let mut order: Vec<usize> = all().filter(|n| !beyond(n.1)).map(|n| n.0).collect();
    order.extend(
        notes
            .iter()
            .enumerate()
            .filter(|n| beyond(n.1))
            .map(|n| n.0),
    );
    let due = |index: &usize| notes.get(*index).is_some_and(|note| note.deadline);
    let mut due_first: Vec<usize> = order.iter().copied().filter(due).collect();
    due_first.extend(order.iter().copied().filter(|index| !due(index)));
    let score = |placed: &[Placed]| -> usize {
        let weight = |p: &Placed| if due(&p.0) { 4 } else { 1 };
        placed.iter().map(weight).sum()
    };
    let [one, other] = [order, due_first].map(|order| lanes_in(draft, notes, x_of, &order));
    let placed = if score(&one) >= score(&other) {
        one
    } else {
        other
    };
    let used = placed.iter().map(|p| p.1).max().unwrap_or(0);
    let without_room = (0..notes.len())
        .filter(|index| !placed.iter().any(|p| p.0 == *index))
        .collect();
    (placed, used, without_room)
}

fn note_text(draft: &Draft, note: &Note) -> String {
    let set = draft.ink(draft.sizes.count);
    set.shorten(&note.text, (draft.inner() * 0.6).min(260.0))
}

/// Those that have a place when they are placed in that order.
fn lanes_in(
    draft: &Draft,
    notes: &[Note],
    x_of: &dyn Fn(f64) -> f64,
    order: &[usize],
) -> Vec<Placed> {
    let set = draft.ink(draft.sizes.count);
    let line = set.line_height();
    let most = f64::from(MOST_LANES) * line;
    // Upwards from the chart's top, which is not known yet. Rules may stand at the very edge.
    let (left, right) = (draft.left(), draft.right());
    let mut texts = Room::new([left - 9.0, -most, right + 9.0, 0.0]);
    let mut rules = Room::new([left, -most, right, 0.0]);
    let mut placed = Vec::new();
    for &index in order {
        let Some(note) = notes.get(index) else {
            continue;
        };
        let text = note_text(draft, note);
        let (width, x) = (set.width(&text), x_of(note.day));
        let free = (1..=MOST_LANES).find_map(|lane| {
            let top = -line * f64::from(lane);
            let rule = [x - 2.0, top, x + 2.0, 0.0];
            if !texts.is_free(rule) {
                return None;
            }
            let sides = [x + 4.0, x - width - 4.0].into_iter();
            let mut rects = sides.map(|left| [left, top, left + width, top + line]);
            let text = rects.find(|text| {
                let wider = [text[0] - 2.0, text[1], text[2] + 4.0, text[3]];
                texts.is_free(wider) && rules.is_free(*text)
            })?;
            Some((lane, rule, text))
        });
        if let Some((lane, rule, at)) = free {
            texts.taken.push(at);
            rules.taken.push(rule);
            placed.push((index, lane, at[0], text));
        }
    }
    placed
}

/// Which points a line needs to look the same: of each pixel column the first, the lowest, the
/// highest and the last, each with its index. Points run from left to right.
fn thin(points: &[(f64, f64)]) -> Vec<(usize, (f64, f64))> {
    let mut kept: Vec<(usize, (f64, f64))> = Vec::new();
    let mut column: [(usize, (f64, f64)); 4] = Default::default();
    let mut flush = |column: &mut [(usize, (f64, f64)); 4]| {
        // First and last are at their places already.
        if column[1].0 > column[2].0 {
            column.swap(1, 2);
        }
        for point in column.iter() {
            if kept.last().is_none_or(|last| last.0 < point.0) {
                kept.push(*point);
            }
        }
    };
    for (index, &point) in points.iter().enumerate() {
        let new = (index, point);
        if index == 0 || column[0].1.0.floor() != point.0.floor() {
            if index > 0 {
                flush(&mut column);
            }
            column = [new; 4];
        }
        if point.1 < column[1].1.1 {
            column[1] = new;
        }
        if point.1 > column[2].1.1 {
            column[2] = new;
        }
        column[3] = new;
    }
    if !points.is_empty() {
        flush(&mut column);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::{Lang, Scheme, Sizes, TextSize, Theme};

    #[test]
    fn a_thinned_line_keeps_every_columns_extremes() {
        let points: Vec<(f64, f64)> = (0..20_000_u32)
            .map(|i| (f64::from(i) * 0.05, f64::from(i * 7919 % 1000)))
            .collect();
        let kept = thin(&points);
        assert!(kept.len() <= 4000 && kept.len() >= 3000, "{}", kept.len());
        assert!(kept.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(kept[0].0, 0);
        assert_eq!(kept.last().unwrap().0, 19_999);
        let extremes = |points: &[(f64, f64)], column: f64| {
            let inside = points.iter().filter(|p| p.0.floor() == column);
            let ys: Vec<f64> = inside.map(|p| p.1).collect();
            let low = ys.iter().copied().fold(f64::MAX, f64::min);
            (low, ys.iter().copied().fold(f64::MIN, f64::max))
        };
        let kept: Vec<(f64, f64)> = kept.into_iter().map(|(_, p)| p).collect();
        for column in 0..1000 {
            let column = f64::from(column);
            assert_eq!(extremes(&points, column), extremes(&kept, column));
        }
    }

    #[test]
    fn few_points_are_all_kept() {
        assert!(thin(&[]).is_empty());
        let points = [
            (0.0, 1.0),
            (0.2, 1.0),
            (30.0, 5.0),
            (30.5, 2.0),
            (30.9, 3.0),
        ];
        let indices: Vec<usize> = thin(&points).iter().map(|p| p.0).collect();
        assert_eq!(indices, [0, 1, 2, 3, 4]);
    }

    #[test]
    fn notes_never_overlap_and_none_is_lost() {
        let theme = Theme::news(Scheme::Light);
        for width in [320.0, 640.0] {
            let sizes = Sizes::new(TextSize::Normal);
            let draft = Draft::new(&theme, sizes, Lang::Hans, width);
            let notes: Vec<Note> = (0..12)
                .map(|i| Note {
                    day: f64::from(i * i),
                    text: "全部项目开工".into(),
                    deadline: false,
                })
                .collect();
            let x_of = |day: f64| 40.0 + day / 121.0 * (width - 60.0);
            let (placed, lanes, without_room) = lanes(&draft, &notes, &x_of);
            assert_eq!(placed.len() + without_room.len(), 12);
            assert!(placed.len() >= 3 && lanes <= MOST_LANES, "{}", placed.len());
            let text_width = draft.ink(sizes.count).width("全部项目开工");
            for (i, a) in placed.iter().enumerate() {
                for b in placed.iter().skip(i + 1) {
                    assert!(a.2 >= draft.left() && a.2 + text_width <= draft.right());
                    let apart = a.2 + text_width <= b.2 || b.2 + text_width <= a.2;
                    assert!(a.1 != b.1 || apart, "{} {}", a.0, b.0);
                    // The higher one's rule passes beside the lower one's text.
                    let (high, low) = if a.1 > b.1 { (a, b) } else { (b, a) };
                    let x = x_of(notes[high.0].day);
                    let beside = x < low.2 || x > low.2 + text_width;
                    assert!(a.1 == b.1 || beside, "{} {}", a.0, b.0);
                }
            }
        }
    }
}
