//! A picture on its way from an older issue's to the newest: shapes move, texts do not.
//!
//! Pure: the caller passes how much of the time has gone. A figure in words is the new one from
//! the first moment; only what stands for a figure by its size, place or colour takes its time.

use super::{Anchor, Fill, Mark, Point, Px, Scene, TextRun, Weight, metrics};
use crate::style::{Color, Lang, cat, number};

/// Font size of a difference.
const SIZE_CSS_PX: f64 = 12.0;

/// Bars are looked up by what they stand for, each among all: of more than this none moves.
const MOST_BARS: usize = 400;

/// How much of the way is left at `t`, 0 to 1: fast first.
#[must_use]
pub fn left(t: f64) -> f64 {
    let left = 1.0 - t.clamp(0.0, 1.0);
    left * left * left
}

/// For each mark of `after` the index of that in `before` from which it comes, `usize::MAX` for none.
///
/// Bars of one region, and circles, lines and regions of one place in the order, move where both
/// pictures have them; what only one picture has appears or goes at once. So does everything where the
/// pictures differ in size: whatever lies below a new row would slide.
#[must_use]
pub fn partners(before: &Scene, after: &Scene) -> Vec<usize> {
    if (before.width, before.height) != (after.width, after.height) {
        return Vec::new();
    }
    let mut partners = vec![usize::MAX; after.marks.len()];
    let old_bars = bars(before);
    let new_bars = bars(after);
    if old_bars.len().max(new_bars.len()) <= MOST_BARS {
        for (index, part, id) in new_bars {
            for bar in &old_bars {
                if (bar.1, bar.2) == (part, id)
                    && let Some(partner) = partners.get_mut(index)
                {
                    *partner = bar.0;
                    break;
                }
            }
        }
    }
    for kind in 1..4 {
        let (old, new) = (of_kind(before, kind), of_kind(after, kind));
        if old.len() == new.len() {
            for (place, index) in new.iter().enumerate() {
                if let (Some(partner), Some(old)) = (partners.get_mut(*index), old.get(place)) {
                    *partner = *old;
                }
            }
        }
    }
    partners
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
    for (index, part, id) in bars(after) {
        let Some(Mark::Rect { rect, fill, .. }) = after.marks.get(index) else {
            continue;
        };
        let Some(fill) = fill.color() else { continue };
        let (Some(old), Some(new)) = (rate(before, id), rate(after, id)) else {
            continue;
        };
        let points = number::amount((new - old).abs());
        let sign = if new < old { "−" } else { "+" };
        let text = cat(sign, &points, lang.pick("个百分点|個百分點| points"));
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

/// Where the lines (1), regions (2) or circles (3) of a picture are: they are matched by their
/// order, rectangles by what they stand for.
fn of_kind(scene: &Scene, wanted: u8) -> Vec<usize> {
    let mut places = Vec::new();
    for (index, mark) in scene.marks.iter().enumerate() {
        let kind = match mark {
            Mark::Line { .. } => 1,
            Mark::Region { .. } => 2,
            Mark::Circle { .. } => 3,
            _ => 0,
        };
        if kind == wanted {
            places.push(index);
        }
    }
    places
}

/// The bars that are named: index, which part of their row, and the row's id. A row's place says
/// nothing: rows are sorted by their figures.
fn bars(scene: &Scene) -> Vec<(usize, u64, &str)> {
    let mut bars = Vec::new();
    for (index, mark) in scene.marks.iter().enumerate() {
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

/// A colour on its way from an older one, which is `left` of it. A hatch is on no way: a figure that
/// came or went does so at once.
#[must_use]
pub fn fill(old: Fill, new: Fill, left: f64) -> Fill {
    let (Some(from), Some(to)) = (old.color(), new.color()) else {
        return new;
    };
    let mut mixed = 0;
    for shift in [16, 8, 0] {
        let channel = |color: Color| f64::from(color.word() >> shift & 0xff);
        let (from, to) = (channel(from), channel(to));
        mixed = mixed << 8 | (to + (from - to) * left + 0.5) as u32;
    }
    Fill::solid(Color::hex(mixed))
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

    /// The bars' widths in `after`, each with that from which it comes.
    fn widths(before: &Scene, after: &Scene) -> Vec<(Option<i32>, i32)> {
        let width = |mark: &Mark| match mark {
            Mark::Rect { rect, key, .. } if *key > 0 => Some(rect.width.0),
            _ => None,
        };
        let partners = partners(before, after);
        let mut widths = Vec::new();
        for (index, mark) in after.marks.iter().enumerate() {
            let old = partners
                .get(index)
                .and_then(|index| before.marks.get(*index));
            if let Some(now) = width(mark) {
                widths.push((old.and_then(width), now));
            }
        }
        widths
    }

    #[test]
    fn seven_eighths_of_the_way_are_done_in_half_of_the_time() {
        assert_eq!([0.0, 0.5, 1.0, 8.0].map(left), [1.0, 0.125, 0.0, 0.0]);
    }

    #[test]
    fn a_bar_comes_from_its_old_length_at_any_place_among_the_rows() {
        let before = scene(
            "bars",
            &[("330102", "上城区", 0.9), ("330103", "下城区", 0.4)],
        );
        let after = scene(
            "bars",
            &[("330102", "上城区", 0.5), ("330103", "下城区", 0.6)],
        );
        let [(_, first), (_, second)] = widths(&before, &before)[..] else {
            panic!("two bars");
        };
        // 下城区 is on top now.
        let [(one, _), (two, _)] = widths(&before, &after)[..] else {
            panic!("two bars");
        };
        assert_eq!((one, two), (Some(second), Some(first)));
    }

    #[test]
    fn texts_come_from_nowhere_and_shapes_from_their_like() {
        for kind in ["bars", "map"] {
            let before = scene(
                kind,
                &[("330102", "上城区", 0.5), ("330103", "下城区", 0.4)],
            );
            let after = scene(
                kind,
                &[("330102", "上城区", 0.8), ("330103", "下城区", 0.9)],
            );
            let partners = partners(&before, &after);
            let mut moving = 0;
            for (index, mark) in after.marks.iter().enumerate() {
                let Some(old) = before.marks.get(partners[index]) else {
                    continue;
                };
                moving += 1;
                assert_eq!(
                    std::mem::discriminant(old),
                    std::mem::discriminant(mark),
                    "{kind}"
                );
                assert!(!matches!(mark, Mark::Text(_)), "{kind}");
            }
            assert!(moving > 0, "{kind}");
        }
    }

    #[test]
    fn colours_blend_and_a_missing_figure_never_does() {
        let color = |rrggbb| Fill::solid(Color::hex(rrggbb));
        let half = fill(color(0x00_80ff), color(0xff_8001), 0.5);
        assert_eq!(half, color(0x80_8080));
        let new = color(0x12_3456);
        assert_eq!(fill(color(0xff_ffff), new, 0.0), new);
        let missing = Fill::hatch(Color::hex(0), Color::hex(0xff_ffff));
        assert_eq!(fill(missing, new, 0.5), new, "at once");
        assert_eq!(fill(new, missing, 0.5), missing);
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
        let texts: Vec<_> = shown
            .iter()
            .map(|mark| match mark {
                Mark::Text(run) => run.text.as_str(),
                _ => "",
            })
            .collect();
        assert_eq!(texts, ["−2.7个百分点", "+13.05个百分点"]);
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
        assert!(partners(&before, &after).is_empty());
        let other = scene("bars", &[("330104", "江干区", 0.8)]);
        assert!(matches!(widths(&before, &other)[..], [(None, _)]));
    }
}
