//! A chart over time: axes, dated notes above it, lines to reach, a series with dots and labels.

use super::axis::{self, Days, Values};
use super::room::{Place, Room};
use crate::figures::{AsOf, Known};
use crate::scene::plot::{Plot, Span};
use crate::scene::{Anchor, Draft, Fill, Px, Rect, Stroke, Type};
use crate::style::Color;

/// What happened or is due on a day: a rule through the chart with its text above.
pub struct Note {
    /// When.
    pub day: AsOf,
    /// What.
    pub text: String,
    /// Something is due by that day: dashed, in the colour of targets.
    pub deadline: bool,
    /// Its row above the chart, counted from below; 0 where its text has no place: it is not cut.
    pub lane: u8,
    /// Of its rule, then of its text.
    x: f64,
    left: f64,
    width: f64,
}

impl Note {
    /// A note that has no place yet.
    #[must_use]
    pub fn new(day: AsOf, text: String, deadline: bool) -> Note {
        Note {
            day,
            text,
            deadline,
            lane: 0,
            x: 0.0,
            left: 0.0,
            width: 0.0,
        }
    }
}

/// Notes above a chart stand in rows below this one.
const END_OF_LANES: u8 = 7;

/// Width of the series' line, and of the outline of its dots.
const LINE_CSS_PX: f64 = 2.0;

/// Radius of a figure's dot.
pub const DOT_RADIUS_CSS_PX: f64 = 3.5;

/// A chart whose axes are drawn.
pub struct Chart {
    /// Where labels may go.
    pub room: Room,
    /// The area between the axes: left, top, right, bottom.
    pub area: [f64; 4],
    days: Days,
    values: (f64, f64),
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
    /// Draws the axes and those notes that have room, and moves the draft's `y` below.
    pub fn open(
        draft: &mut Draft,
        values: &Values,
        (low, high): (f64, f64),
        notes: &mut [Note],
    ) -> Chart {
        let set = draft.mute(draft.sizes.count);
        let left = (draft.left() + values.label_width(draft.lang, set) + 12.0).floor();
        // A dot on the last day is not cut by the picture's edge.
        let right = draft.right() - 6.0;
        let days = Days {
            low,
            high,
            left,
            width: right - left,
        };
        let lanes = lanes(draft, notes, &days);
        let line = set.line_height();
        let above = draft.y + f64::from(lanes) * line;
        // The label of the highest value stands above its dot.
        let top = (above + draft.sizes.label + 12.0).ceil();
        let bottom = top + height(draft);
        values.draw(draft, left - 4.0, (top, bottom));
        let mut lines = Vec::new();
        for note in &*notes {
            let x = note.x;
            let (mut set, mut color) = (draft.ink(draft.sizes.count), draft.theme.mute);
            if note.deadline {
                color = draft.theme.target;
                set = set.colored(color);
            }
            if note.lane == 0 {
                // Its text stands below the chart; here is its day.
                draft.line((x, bottom - 8.0), (x, bottom), color, 1.0, 0.0);
                continue;
            }
            let text_top = above - line * f64::from(note.lane);
            // Those of one day share the rule of the highest; a deadline's is dashed.
            let (mut highest, mut dash) = (true, 0.0);
            for other in notes.iter().filter(|n| n.x == note.x && n.lane > 0) {
                highest &= other.lane <= note.lane;
                if other.deadline {
                    (color, dash) = (draft.theme.target, 4.0);
                }
            }
            if highest {
                // Beside its text, or below it.
                let beside = note.left >= x || note.left + note.width <= x;
                let from = text_top + if beside { 3.0 } else { line };
                draft.line((x, from), (x, bottom), color, 1.0, dash);
            }
            draft.label(&note.text, (note.left, text_top), line, Anchor::Left, set);
            lines.push([[x, above], [x, bottom]]);
        }
        draft.y = bottom;
        axis::draw_time(draft, &days);
        Chart {
            room: Room {
                bounds: [[left - 4.0, above], [draft.right(), bottom - 1.0]],
                taken: Vec::new(),
                lines,
            },
            area: [left, top, right, bottom],
            days,
            values: (values.low, values.high),
        }
    }

    /// Where a day lies.
    #[must_use]
    pub fn x(&self, day: f64) -> f64 {
        self.days.x(day)
    }

    /// Where a figure lies.
    #[must_use]
    pub fn at(&self, day: f64, value: f64) -> (f64, f64) {
        let [_, top, _, bottom] = self.area;
        let (low, high) = self.values;
        (
            self.x(day),
            bottom - (value - low) / (high - low) * (bottom - top),
        )
    }

    /// Draws a line through figures, oldest first.
    pub fn line(&self, draft: &mut Draft, figures: &[Known]) {
        let [left, top, right, bottom] = self.area;
        let (low, high) = self.values;
        let plot = Plot::new(
            Rect::from_css(left, top, right - left, bottom - top),
            Span::new(self.days.low, self.days.high),
            // The plot's second axis grows downwards.
            Span::new(0.0, high - low),
        );
        let mut points: Vec<(f64, f64)> = Vec::new();
        for figure in figures {
            points.push((figure.day, high - figure.value));
            thin(&mut points, &|day| self.x(day).floor());
        }
        let stroke = Stroke {
            color: draft.theme.accent,
            width: Px::from_css(LINE_CSS_PX),
            dash: Px(0),
        };
        plot.line(draft, points, stroke);
    }

    /// Draws a level to reach across the chart. Its words come last, see [`Chart::level_words`].
    pub fn level(&mut self, draft: &mut Draft, value: f64, color: Color) {
        let [left, _, right, _] = self.area;
        let (_, y) = self.at(0.0, value);
        draft.line((left, y), (right + 6.0, y), color, 1.5, 4.0);
        self.room.taken.push([[left, y - 1.0], [right, y + 1.0]]);
    }

    /// The words of a level: above it or below, where the series and its labels leave room.
    pub fn level_words(&mut self, draft: &mut Draft, value: f64, text: &str, color: Color) {
        const PLACES: [Place; 6] = [
            [0, 0, 10, -2, -6],
            [2, -2, -8, -2, -6],
            [1, -1, 5, -2, -6],
            [0, 0, 10, 0, 6],
            [2, -2, -8, 0, 6],
            [1, -1, 5, 0, 6],
        ];
        let at = (self.area[0], self.at(0.0, value).1);
        let set = Type::new(draft.sizes.count, color);
        self.put(draft, text, at, set, &PLACES, false);
    }

    /// Draws a dot, hollow where its figure is computed. Labels keep clear of it.
    pub fn dot(&mut self, draft: &mut Draft, (x, y): (f64, f64), radius: f64, hollow: bool) {
        let r = radius + 1.0;
        self.room.taken.push([[x - r, y - r], [x + r, y + r]]);
        let line = draft.theme.accent;
        let fill = if hollow { draft.theme.ground } else { line };
        draft.circle((x, y), radius, Fill::solid(fill), (line, LINE_CSS_PX));
    }

    /// Writes the label of a dot beside it where there is room; `needed` ones may lie over a line.
    pub fn label(&mut self, draft: &mut Draft, text: &str, at: (f64, f64), needed: bool) {
        /// Above, beside, further above, below.
        const PLACES: [Place; 10] = [
            [0, -1, 0, -2, -12],
            [0, -2, 7, -2, -12],
            [0, 0, -7, -2, -12],
            [0, 0, 16, -1, 0],
            [0, -2, -16, -1, 0],
            [0, -1, 0, -2, -28],
            [0, 0, -7, -2, -36],
            [0, -1, 0, 0, 12],
            [0, 0, -7, 0, 12],
            [0, -2, 7, 0, 12],
        ];
        let set = draft.bold(draft.sizes.label);
        self.put(draft, text, at, set, &PLACES, !needed);
    }

    /// Writes a text at the first place around a point that is free.
    fn put(
        &mut self,
        draft: &mut Draft,
        text: &str,
        at: (f64, f64),
        set: Type,
        places: &[Place],
        clear: bool,
    ) {
        let across = self.days.width;
        let size = (set.width(text), set.size * 1.1);
        if let Some((x, y)) = self.room.place(at, across, size, places, clear) {
            let halo = draft.ground;
            let baseline = y + set.baseline_in(size.1);
            draft.text_over(text, (x, baseline), Anchor::Left, set, halo);
        }
    }
}

/// Gives each note a row above the chart, beside its rule, where no text meets another or a rule.
/// Returns how many rows there are.
///
/// The latest first, its text to the right: then each rule passes to the left of the texts that
/// stand already, and an earlier text goes above the rules that it would meet. Those at the right
/// edge, whose text goes to the left, come last, above them all. Where more has a place so, a
/// deadline counting four, deadlines come before the others, and those at the edge first.
fn lanes(draft: &Draft, notes: &mut [Note], days: &Days) -> u8 {
    let set = draft.ink(draft.sizes.count);
    for note in &mut *notes {
        note.width = set.width(&note.text);
        note.x = days.x(f64::from(note.day.date.days_since_epoch()));
    }
    let mut before = 0.0;
    for pass in 0..3 {
        let due_first = pass == 1;
        for note in &mut *notes {
            note.lane = 0;
        }
        for turn in 0..4 {
            let (first_turns, at_edge) = (turn < 2, (turn % 2 == 1) != due_first);
            for place in 0..notes.len() {
                let from_last = notes.len().wrapping_sub(place).wrapping_sub(1);
                let index = if at_edge { place } else { from_last };
                let its_turn = notes.get(index).is_some_and(|note| {
                    (note.x + 4.0 + note.width > draft.right()) == at_edge
                        && first_turns == (note.deadline || !due_first)
                });
                if its_turn {
                    find_lane(draft, notes, index);
                }
            }
        }
        let (mut score, mut lanes) = (0.0, 0);
        for note in &*notes {
            if note.lane > 0 {
                score += if note.deadline { 4.0 } else { 1.0 };
            }
            lanes = lanes.max(note.lane);
        }
        if pass == 2 || due_first && score > before {
            return lanes;
        }
        before = score;
    }
    0
}

/// Gives a note the lowest row where its text has room to the right or the left of its rule, or
/// above it where it is too long for both.
fn find_lane(draft: &Draft, notes: &mut [Note], index: usize) {
    let Some((x, width)) = notes.get(index).map(|note| (note.x, note.width)) else {
        return;
    };
    let mut places = [x + 4.0, x - width - 4.0];
    if places[0] + width > draft.right() && places[1] < draft.left() {
        places = [draft.left(); 2];
    }
    for lane in 1..END_OF_LANES {
        for &left in &places {
            let right = left + width;
            let mut free = left >= draft.left() && right <= draft.right();
            for other in notes.iter().filter(|other| other.lane > 0) {
                let meets = |from: f64, to: f64| from < other.left + other.width && other.left < to;
                // Its rule runs down through the rows below it, and the other's down through this.
                free &= !(other.lane <= lane && meets(x - 2.0, x + 2.0)
                    || other.lane == lane && meets(left - 2.0, right + 4.0)
                    || other.lane >= lane && left < other.x + 2.0 && other.x - 2.0 < right);
            }
            if let Some(note) = notes.get_mut(index).filter(|_| free) {
                (note.lane, note.left) = (lane, left);
                return;
            }
        }
    }
}

/// Of the last three points, given as day and height, the middle one in height goes where all lie
/// in one pixel column: a column keeps its extremes, and the line looks the same.
fn thin(points: &mut Vec<(f64, f64)>, column: &dyn Fn(f64) -> f64) {
    if let [.., a, b, c] = points[..]
        && column(a.0) == column(c.0)
    {
        let from_end = if (b.1 - a.1) * (c.1 - b.1) >= 0.0 {
            2
        } else if (a.1 - b.1) * (c.1 - a.1) >= 0.0 {
            3
        } else {
            1
        };
        points.remove(points.len().saturating_sub(from_end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Date;
    use crate::style::{Lang, Scheme, Sizes, TextSize, Theme};

    fn thinned(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let mut kept = Vec::new();
        for point in points {
            kept.push(*point);
            thin(&mut kept, &f64::floor);
        }
        kept
    }

    #[test]
    fn a_thinned_line_keeps_every_columns_extremes() {
        let points: Vec<(f64, f64)> = (0..20_000_u32)
            .map(|i| (f64::from(i) * 0.05, f64::from(i * 7919 % 1000)))
            .collect();
        let kept = thinned(&points);
        assert!(kept.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for column in 0..1000 {
            let heights = |points: &[(f64, f64)]| {
                let inside = points.iter().filter(|p| p.0.floor() == f64::from(column));
                let mut heights: Vec<f64> = inside.map(|p| p.1).collect();
                heights.sort_by(f64::total_cmp);
                heights
            };
            let (all, kept) = (heights(&points), heights(&kept));
            assert_eq!(kept, [all[0], *all.last().unwrap()], "{column}");
        }
    }

    #[test]
    fn few_points_are_all_kept() {
        assert!(thinned(&[]).is_empty());
        let points = [(0.0, 1.0), (0.2, 1.0), (30.0, 5.0), (30.5, 2.0)];
        assert_eq!(thinned(&points), points);
    }

    #[test]
    fn notes_never_overlap() {
        let theme = Theme::news(Scheme::Light);
        for width in [320.0, 640.0] {
            let sizes = Sizes::new(TextSize::Normal);
            let draft = Draft::new(&theme, sizes, Lang::Hans, width);
            let note = |i: i32| {
                let day = AsOf {
                    date: Date::from_days(i * i),
                    month_only: false,
                };
                Note::new(day, "全部项目开工".into(), i % 5 == 0)
            };
            let mut notes: Vec<Note> = (0..12).map(note).collect();
            let days = Days {
                low: 0.0,
                high: 121.0,
                left: 40.0,
                width: width - 60.0,
            };
            let lanes = lanes(&draft, &mut notes, &days);
            notes.retain(|note| note.lane > 0);
            assert!(notes.len() >= 3 && lanes < END_OF_LANES, "{}", notes.len());
            let text_width = draft.ink(sizes.count).width("全部项目开工");
            for (i, a) in notes.iter().enumerate() {
                for b in notes.iter().skip(i + 1) {
                    assert!(a.left >= draft.left() && a.left + text_width <= draft.right());
                    let apart = a.left + text_width <= b.left || b.left + text_width <= a.left;
                    assert!(a.lane != b.lane || apart, "{} {}", a.x, b.x);
                    // The higher one's rule passes beside the lower one's text.
                    let (high, low) = if a.lane > b.lane { (a, b) } else { (b, a) };
                    let x = high.x;
                    let beside = x < low.left || x > low.left + text_width;
                    assert!(a.lane == b.lane || beside, "{} {}", a.x, b.x);
                }
            }
        }
    }
}
