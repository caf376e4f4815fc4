//! A picture on its way from an older issue's to the newest: shapes move, texts do not.
//!
//! Pure: the caller passes how much of the time has gone. A figure in words is the new one from
//! the first moment; only what stands for a figure by its size, place or colour takes its time.

use super::{Anchor, Fill, Mark, Point, Px, Rect, Scene, TextRun, Weight, metrics};
use crate::style::{Color, Lang, number};

/// Font size of a difference.
const SIZE_CSS_PX: f64 = 12.0;

/// Bars are looked up by what they stand for, each among all: of more than this none moves.
const MOST_BARS: usize = 400;

/// The marks of `after`, at `t` (0 to 1) of the way from `before`, fast first.
///
/// Bars of one region, and circles, lines and regions of one place in the order, move where both
/// pictures have them; what only one picture has appears or goes at once. So does everything where the
/// pictures differ in size: whatever lies below a new row would slide.
#[must_use]
pub fn between(before: &Scene, after: &Scene, t: f64) -> Vec<Mark> {
    let mut marks = after.marks.clone();
    if (before.width, before.height) != (after.width, after.height) {
        return marks;
    }
    let left = 1.0 - t.clamp(0.0, 1.0);
    let left = left * left * left;
    let old_bars = bars(before, &before.marks);
    let new_bars = bars(after, &after.marks);
    if old_bars.len().max(new_bars.len()) <= MOST_BARS {
        for (index, part, id) in new_bars {
            let same = old_bars.iter().find(|bar| (bar.1, bar.2) == (part, id));
            let old = same.and_then(|bar| before.marks.get(bar.0));
            if let (Some(old), Some(new)) = (old, marks.get_mut(index)) {
                blend(old, new, left);
            }
        }
    }
    for kind in 1..4 {
        let of_kind = |mark: &&Mark| number(mark) == kind;
        let mut old = before.marks.iter().filter(of_kind);
        if old.clone().count() != after.marks.iter().filter(of_kind).count() {
            continue;
        }
        for new in &mut marks {
            if number(new) == kind
                && let Some(old) = old.next()
            {
                blend(old, new, left);
            }
        }
    }
    marks
}

/// `+2.7个百分点` in each bar that has room for it, where a rate has changed: old and new as they are
/// shown, never what lies behind them.
#[must_use]
pub fn differences(before: &Scene, after: &Scene) -> Vec<Mark> {
    let lang = Lang::from_tag(&after.lang);
    let rate = |scene: &Scene, id: &str| {
        let hit = scene.hits.iter().find(|hit| hit.id == id)?;
        percent(hit.lines.first()?)
    };
    let mut texts = Vec::new();
    for (index, part, id) in bars(after, &after.marks) {
        let Some(Mark::Rect { rect, fill, .. }) = after.marks.get(index) else {
            continue;
        };
        let Some(fill) = fill.color() else { continue };
        let (Some(old), Some(new)) = (rate(before, id), rate(after, id)) else {
            continue;
        };
        let points = number::amount((new - old).abs());
        let sign = if new < old { "−" } else { "+" };
        let text = [sign, &points, lang.pick("个百分点|個百分點| points")].concat();
        let width = metrics::width(&text, SIZE_CSS_PX, Weight::Bold);
        let fits = rect.width.css() > width + 12.0 && rect.height.css() > SIZE_CSS_PX;
        if id.is_empty() || part > 0 || points == "0" || !fits {
            continue;
        }
        let (black, white) = (Color::hex(0), Color::hex(0xff_ffff));
        texts.push(Mark::Text(TextRun {
            text,
            at: Point::from_css(
                rect.x.css() + rect.width.css() - 6.0,
                rect.y.css() + (rect.height.css() + SIZE_CSS_PX * 0.733) / 2.0,
            ),
            anchor: Anchor::Right,
            size: Px::from_css(SIZE_CSS_PX),
            weight: Weight::Bold,
            color: if fill.contrast(white) >= fill.contrast(black) {
                white
            } else {
                black
            },
            halo: None,
            width: Px::from_css(width),
        }));
    }
    texts
}

/// The percentage that a tooltip's line ends with; `None` for bounds and words.
fn percent(line: &str) -> Option<f64> {
    let (percent, digits) = line.as_bytes().split_last()?;
    let name = digits
        .iter()
        .rposition(|b| !matches!(b, b'0'..=b'9' | b'.'));
    let from = name.map_or(0, |at| at.saturating_add(1));
    // 0x92 ends a minus sign.
    let plain = !matches!(
        name.and_then(|at| digits.get(at)),
        Some(b'<' | b',' | b'-' | 0x92)
    );
    if *percent != b'%' || !plain {
        return None;
    }
    number::parse(line.get(from..digits.len())?)
}

/// Lines, regions and circles are matched by their order; rectangles by what they stand for.
fn number(mark: &Mark) -> u8 {
    match mark {
        Mark::Line { .. } => 1,
        Mark::Region { .. } => 2,
        Mark::Circle { .. } => 3,
        _ => 0,
    }
}

/// The bars that are named: index, which part of their row, and the row's id. A row's place says
/// nothing: rows are sorted by their figures.
fn bars<'a>(scene: &'a Scene, marks: &[Mark]) -> Vec<(usize, u64, &'a str)> {
    let mut bars = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        if let Mark::Rect { rect, key, .. } = mark
            && *key > 0
        {
            let middle = Point {
                x: rect.x,
                y: Px(rect.y.0.saturating_add(rect.height.0 / 2)),
            };
            let row = scene.hits.iter().find(|hit| hit.rect.contains(middle));
            let id = row.map_or("", |hit| hit.id.as_str());
            // Of several bars in a row each has its own upper half; the lower is the row's place.
            bars.push((index, if id.is_empty() { *key } else { *key >> 32 }, id));
            if bars.len() > MOST_BARS {
                break;
            }
        }
    }
    bars
}

/// Puts `new` back by the part of the way that is left.
fn blend(old: &Mark, new: &mut Mark, left: f64) {
    let px = |old: Px, new: &mut Px| {
        let (from, to) = (f64::from(old.0), f64::from(new.0));
        *new = Px((to + (from - to) * left + 0.5).floor() as i32);
    };
    let point = |old: &Point, new: &mut Point| {
        px(old.x, &mut new.x);
        px(old.y, &mut new.y);
    };
    match (old, new) {
        (Mark::Rect { rect: old, .. }, Mark::Rect { rect: new, .. }) => {
            let Rect { x, width, .. } = *new;
            px(old.x, &mut new.x);
            px(old.width, &mut new.width);
            // A row that has a new place is there at once, like its name; a column grows.
            if (old.x, old.width) == (x, width) {
                px(old.y, &mut new.y);
                px(old.height, &mut new.height);
            }
        }
        (Mark::Line { points: old, .. }, Mark::Line { points: new, .. })
            if old.len() == new.len() =>
        {
            for (old, new) in old.iter().zip(new) {
                point(old, new);
            }
        }
        (Mark::Region { fill: old, .. }, Mark::Region { fill: new, .. }) => color(*old, new, left),
        (
            Mark::Circle {
                center: c,
                radius: r,
                fill: old,
                ..
            },
            Mark::Circle {
                center,
                radius,
                fill,
                ..
            },
        ) => {
            point(c, center);
            px(*r, radius);
            color(*old, fill, left);
        }
        _ => {}
    }
}

/// A hatch is no colour on the way to another: a figure that came or went does so at once.
fn color(old: Fill, new: &mut Fill, left: f64) {
    if let (Some(old), Some(color)) = (old.color(), new.color()) {
        let mix = |old: u8, new: u8| {
            (f64::from(new) + (f64::from(old) - f64::from(new)) * left + 0.5) as u8
        };
        let ((r, g, b), (r1, g1, b1)) = (old.rgb(), color.rgb());
        *new = Fill::solid(Color::new(mix(r, r1), mix(g, g1), mix(b, b1)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::{Request, compose};
    use crate::widgets::Kind;

    fn scene(kind: &str, rates: &[(&str, &str, f64)]) -> Scene {
        let regions: Vec<String> = rates
            .iter()
            .map(|(code, name, rate)| {
                let rate = if *rate < 0.0 {
                    "null".to_owned()
                } else {
                    rate.to_string()
                };
                format!(r#"{{"code":"{code}","name":"{name}","level":"district","rate":{rate}}}"#)
            })
            .collect();
        let feed = format!(
            r#"{{"feed":"progress-widgets/1","as_of":"2020-09-30","regions":[{}]}}"#,
            regions.join(",")
        );
        let square = |x: i32, code: &str| {
            format!(
                r#"{{"type":"Feature","properties":{{"adcode":"{code}"}},"geometry":{{"type":"Polygon",
                "coordinates":[[[{x},30],[{},30],[{},31],[{x},31],[{x},30]]]}}}}"#,
                x.saturating_add(1),
                x.saturating_add(1)
            )
        };
        let map = format!(
            r#"{{"type":"FeatureCollection","features":[{},{}]}}"#,
            square(120, "330102"),
            square(121, "330103")
        );
        let request = Request::new(Kind::named(kind).unwrap());
        compose(feed.as_bytes(), Some(map.as_bytes()), &request)
            .unwrap()
            .scene
    }

    fn widths(marks: &[Mark]) -> Vec<i32> {
        let width = |mark: &Mark| match mark {
            Mark::Rect { rect, key, .. } if *key > 0 => Some(rect.width.0),
            _ => None,
        };
        marks.iter().filter_map(width).collect()
    }

    fn texts(marks: &[Mark]) -> Vec<&str> {
        let text = |mark: &'_ Mark| matches!(mark, Mark::Text(_));
        marks
            .iter()
            .filter(|mark| text(mark))
            .map(|mark| match mark {
                Mark::Text(run) => run.text.as_str(),
                _ => "",
            })
            .collect()
    }

    #[test]
    fn it_begins_at_the_old_picture_and_ends_at_the_new() {
        let before = scene(
            "bars",
            &[("330102", "上城区", 0.5), ("330103", "下城区", 0.4)],
        );
        let after = scene(
            "bars",
            &[("330102", "上城区", 0.8), ("330103", "下城区", 0.4)],
        );
        assert_eq!(between(&before, &after, 1.0), after.marks);
        assert_eq!(
            widths(&between(&before, &after, 0.0)),
            widths(&before.marks)
        );
        let half = widths(&between(&before, &after, 0.5));
        let (from, to) = (widths(&before.marks)[0], widths(&after.marks)[0]);
        // Seven eighths of the way in half of the time.
        assert_eq!(
            half[0],
            (f64::from(to) + f64::from(from - to) / 8.0 + 0.5).floor() as i32
        );
        assert_eq!(half[1], widths(&after.marks)[1]);
    }

    #[test]
    fn a_bar_is_followed_to_its_new_place_among_the_rows() {
        let before = scene(
            "bars",
            &[("330102", "上城区", 0.9), ("330103", "下城区", 0.4)],
        );
        let after = scene(
            "bars",
            &[("330102", "上城区", 0.5), ("330103", "下城区", 0.6)],
        );
        let first = between(&before, &after, 0.0);
        // 下城区 is on top now, at its own old length.
        assert_eq!(widths(&first)[0], widths(&before.marks)[1]);
        assert_eq!(widths(&first)[1], widths(&before.marks)[0]);
    }

    #[test]
    fn texts_tell_the_new_figures_from_the_first_moment() {
        for kind in ["bars", "map", "summary"] {
            let before = scene(
                kind,
                &[("330102", "上城区", 0.5), ("330103", "下城区", 0.4)],
            );
            let after = scene(
                kind,
                &[("330102", "上城区", 0.8), ("330103", "下城区", 0.9)],
            );
            assert_eq!(texts(&between(&before, &after, 0.0)), texts(&after.marks));
        }
    }

    #[test]
    fn colours_of_regions_blend_and_a_missing_figure_never_does() {
        let fills = |marks: &[Mark]| -> Vec<Fill> {
            let fill = |mark: &Mark| match mark {
                Mark::Region { fill, .. } => Some(*fill),
                _ => None,
            };
            marks.iter().filter_map(fill).collect()
        };
        let before = scene(
            "map",
            &[("330102", "上城区", 0.1), ("330103", "下城区", -1.0)],
        );
        let after = scene(
            "map",
            &[("330102", "上城区", 0.9), ("330103", "下城区", 0.1)],
        );
        let (old, new) = (fills(&before.marks), fills(&after.marks));
        let half = fills(&between(&before, &after, 0.5));
        assert!(half[0] != old[0] && half[0] != new[0], "{half:?}");
        assert_eq!(half[1], new[1], "hatched before: at once");
    }

    #[test]
    fn differences_are_in_points_with_their_sign_between_the_figures_shown() {
        let before = scene(
            "bars",
            &[("330102", "上城区", 0.9), ("330103", "下城区", 0.4)],
        );
        let after = scene(
            "bars",
            &[("330102", "上城区", 0.873), ("330103", "下城区", 0.5305)],
        );
        let shown = differences(&before, &after);
        assert_eq!(texts(&shown), ["−2.7个百分点", "+13.05个百分点"]);
        assert!(differences(&after, &after).is_empty());
        assert_eq!(percent("开工率：97.5%"), Some(97.5));
        for no in [
            "开工率：<0.1%",
            "开工率：全部开工",
            "已开工：38个",
            "Rate: 1,200%",
        ] {
            assert_eq!(percent(no), None, "{no}");
        }
    }

    #[test]
    fn another_size_or_other_rows_are_there_at_once() {
        let before = scene("bars", &[("330102", "上城区", 0.5)]);
        let after = scene(
            "bars",
            &[("330102", "上城区", 0.8), ("330103", "下城区", 0.9)],
        );
        assert_eq!(between(&before, &after, 0.0), after.marks);
        let other = scene("bars", &[("330104", "江干区", 0.8)]);
        assert_eq!(widths(&between(&before, &other, 0.0)), widths(&other.marks));
    }
}
