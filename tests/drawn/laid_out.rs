//! Whether a picture is laid out well: what lies outside it, which texts touch one another or are
//! covered, and which can't be read on what they stand on.

use std::collections::BTreeMap;

use progress_widgets::scene::{Anchor, Fill, Mark, Point, Px, Rect, Scene, TextRun, metrics};
use progress_widgets::style::Color;

/// A rectangle in CSS pixels: left, top, right, bottom.
pub type Box4 = [f64; 4];

/// What texts and marks may touch one another by before it counts, in CSS pixels: outlines and
/// rounding to sixteenths.
const AIR_CSS_PX: f64 = 0.5;

const BAND_CSS_PX: f64 = 64.0;

/// Everything that is wrong with a picture's layout, a line each.
pub fn problems(scene: &Scene) -> Vec<String> {
    let mut found = outside(scene);
    found.extend(overlaps(scene));
    found.extend(squeezed(scene));
    found.extend(unreadable(scene));
    found
}

/// Where a text's ink may be: as wide as reserved, from the top of a Chinese character (0.85 em in
/// Noto Sans CJK SC) to a little below the baseline (0.12 em; Latin descenders reach further but
/// are thin); figures alone are as high as a capital (0.733 em).
pub fn ink(run: &TextRun) -> Box4 {
    let (x, width, size) = (run.at.x.css(), run.width.css(), run.size.css());
    let left = match run.anchor {
        Anchor::Left => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::Right => x - width,
    };
    let baseline = run.at.y.css();
    let figures = run
        .text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '.' | '%'));
    let (above, below) = if figures { (0.74, 0.02) } else { (0.85, 0.12) };
    [
        left,
        baseline - above * size,
        left + width,
        baseline + below * size,
    ]
}

/// Bounds of a mark without its border.
pub fn bounds(mark: &Mark) -> Box4 {
    let hull = |points: &mut dyn Iterator<Item = &Point>| {
        let mut hull = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        for point in points {
            let (x, y) = (point.x.css(), point.y.css());
            hull = [
                hull[0].min(x),
                hull[1].min(y),
                hull[2].max(x),
                hull[3].max(y),
            ];
        }
        hull
    };
    match mark {
        Mark::Text(run) => ink(run),
        Mark::Rect { rect, .. } => of_rect(rect),
        Mark::Line { points, .. } => hull(&mut points.iter()),
        Mark::Region { rings, .. } => hull(&mut rings.iter().flatten()),
        Mark::Circle { center, radius, .. } => {
            let (x, y, r) = (center.x.css(), center.y.css(), radius.css());
            [x - r, y - r, x + r, y + r]
        }
    }
}

fn of_rect(rect: &Rect) -> Box4 {
    let (x, y) = (rect.x.css(), rect.y.css());
    [x, y, x + rect.width.css(), y + rect.height.css()]
}

/// Enough of a text for a message.
fn brief(text: &str) -> String {
    text.chars().take(30).collect()
}

fn name(mark: &Mark) -> String {
    match mark {
        Mark::Text(run) => format!("text {:?}", brief(&run.text)),
        Mark::Rect { .. } => "rectangle".to_owned(),
        Mark::Line { .. } => "line".to_owned(),
        Mark::Region { .. } => "region".to_owned(),
        Mark::Circle { .. } => "circle".to_owned(),
    }
}

/// Marks and hit areas that leave the picture.
fn outside(scene: &Scene) -> Vec<String> {
    let (width, height) = (scene.width.css(), scene.height.css());
    let leaves = |[left, top, right, bottom]: Box4| {
        left < -AIR_CSS_PX
            || top < -AIR_CSS_PX
            || right > width + AIR_CSS_PX
            || bottom > height + AIR_CSS_PX
    };
    let mut found = Vec::new();
    for mark in &scene.marks {
        let bounds = bounds(mark);
        if leaves(bounds) {
            found.push(format!(
                "{} at {bounds:.1?} leaves the picture of {width} × {height}",
                name(mark)
            ));
        }
    }
    for hit in &scene.hits {
        let bounds = of_rect(&hit.rect);
        if leaves(bounds) {
            found.push(format!(
                "hit {:?} at {bounds:.1?} leaves the picture of {width} × {height}",
                hit.label
            ));
        }
    }
    found
}

fn touch(a: Box4, b: Box4) -> bool {
    let across = a[2].min(b[2]) - a[0].max(b[0]);
    let down = a[3].min(b[3]) - a[1].max(b[1]);
    across > AIR_CSS_PX && down > AIR_CSS_PX
}

/// Pairs of texts that touch, and texts that something drawn later covers.
fn overlaps(scene: &Scene) -> Vec<String> {
    let mut found = Vec::new();
    let texts: Vec<(usize, &TextRun, Box4)> = scene
        .marks
        .iter()
        .enumerate()
        .filter_map(|(index, mark)| match mark {
            Mark::Text(run) => Some((index, run, ink(run))),
            _ => None,
        })
        .collect();
    // By their top, so that each is only compared with those that begin above its bottom.
    let mut by_top: Vec<usize> = (0..texts.len()).collect();
    by_top.sort_by(|a, b| texts[*a].2[1].total_cmp(&texts[*b].2[1]));
    for (place, &a) in by_top.iter().enumerate() {
        for &b in &by_top[place + 1..] {
            let (a, b) = (&texts[a], &texts[b]);
            if b.2[1] > a.2[3] {
                break;
            }
            if touch(a.2, b.2) {
                found.push(format!(
                    "{:?} at {:.1?} touches {:?} at {:.1?}",
                    brief(&a.1.text),
                    a.2,
                    brief(&b.1.text),
                    b.2
                ));
            }
        }
    }
    // What lies over texts: only marks of some size after the first text, and few of them.
    let first = texts.first().map_or(usize::MAX, |(index, ..)| *index);
    let covers: Vec<(usize, &Mark, Box4)> = scene
        .marks
        .iter()
        .enumerate()
        .skip(first.saturating_add(1))
        .filter(|(_, mark)| !matches!(mark, Mark::Text(_)))
        .map(|(index, mark)| (index, mark, bounds(mark)))
        .collect();
    // By bands of the picture: a hundred thousand marks are compared with their neighbours only.
    let bands = |bounds: &Box4| (bounds[1] / BAND_CSS_PX) as i64..=(bounds[3] / BAND_CSS_PX) as i64;
    let mut by_band: BTreeMap<i64, Vec<&(usize, &Mark, Box4)>> = BTreeMap::new();
    for cover in &covers {
        for band in bands(&cover.2) {
            by_band.entry(band).or_default().push(cover);
        }
    }
    for (index, run, ink) in &texts {
        let near = bands(ink).filter_map(|band| by_band.get(&band)).flatten();
        let over = near.filter(|(cover, mark, bounds)| {
            cover > index && touch(*ink, *bounds) && covers_ink(mark, *ink)
        });
        if let Some((_, mark, bounds)) = over.min_by_key(|(cover, ..)| *cover) {
            found.push(format!(
                "{:?} at {ink:.1?} is covered by a {} at {bounds:.1?}",
                brief(&run.text),
                name(mark)
            ));
        }
    }
    found
}

/// Whether a mark, of which the bounds touch the ink, lies over it itself.
fn covers_ink(mark: &Mark, ink: Box4) -> bool {
    match mark {
        Mark::Rect { fill, .. } => *fill != Fill::NONE,
        Mark::Region {
            fill,
            stroke,
            rings,
        } => {
            let inner = [ink[0] + 1.0, ink[1] + 1.0, ink[2] - 1.0, ink[3] - 1.0];
            (*fill != Fill::NONE && within(ink).iter().any(|at| even_odd(rings, *at)))
                || (stroke.is_some() && rings.iter().any(|ring| crosses(&closed(ring), inner)))
        }
        Mark::Circle {
            center,
            radius,
            fill,
            ..
        } => {
            let (x, y, r) = (center.x.css(), center.y.css(), radius.css());
            let (dx, dy) = (x - x.clamp(ink[0], ink[2]), y - y.clamp(ink[1], ink[3]));
            *fill != Fill::NONE && (dx * dx + dy * dy).sqrt() < r - AIR_CSS_PX
        }
        Mark::Line { points, .. } => crosses(
            points,
            [ink[0] + 1.0, ink[1] + 1.0, ink[2] - 1.0, ink[3] - 1.0],
        ),
        Mark::Text(_) => false,
    }
}

fn closed(ring: &[Point]) -> Vec<Point> {
    ring.iter().chain(ring.first()).copied().collect()
}

/// Whether a line of points passes through a rectangle (Liang and Barsky's clipping).
fn crosses(points: &[Point], [left, top, right, bottom]: Box4) -> bool {
    points.windows(2).any(|pair| {
        let (x, y) = (pair[0].x.css(), pair[0].y.css());
        let (dx, dy) = (pair[1].x.css() - x, pair[1].y.css() - y);
        let (mut from, mut to) = (0.0_f64, 1.0_f64);
        for (p, q) in [
            (-dx, x - left),
            (dx, right - x),
            (-dy, y - top),
            (dy, bottom - y),
        ] {
            if p == 0.0 {
                if q < 0.0 {
                    return false;
                }
            } else if p < 0.0 {
                from = from.max(q / p);
            } else {
                to = to.min(q / p);
            }
        }
        from < to
    })
}

/// The middle and four points halfway to the corners.
fn within([left, top, right, bottom]: Box4) -> [Point; 5] {
    let (x, y) = ((left + right) / 2.0, (top + bottom) / 2.0);
    let (dx, dy) = ((right - left) / 4.0, (bottom - top) / 4.0);
    [(0.0, 0.0), (-dx, -dy), (dx, -dy), (-dx, dy), (dx, dy)]
        .map(|(dx, dy)| Point::from_css(x + dx, y + dy))
}

fn even_odd(rings: &[Vec<Point>], at: Point) -> bool {
    let (x, y) = (at.x.css(), at.y.css());
    let mut inside = false;
    for ring in rings {
        let Some(mut a) = ring.last() else { continue };
        for b in ring {
            let ((x1, y1), (x2, y2)) = ((a.x.css(), a.y.css()), (b.x.css(), b.y.css()));
            if (y1 > y) != (y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 {
                inside = !inside;
            }
            a = b;
        }
    }
    inside
}

/// Texts that painters would squeeze into less than they need.
fn squeezed(scene: &Scene) -> Vec<String> {
    let mut found = Vec::new();
    for mark in &scene.marks {
        let Mark::Text(run) = mark else { continue };
        let needed = metrics::width(&run.text, run.size.css(), run.weight);
        if run.width < Px::from_css(needed - 0.5) {
            found.push(format!(
                "{:?} has {} px of the {needed:.1} that it needs",
                brief(&run.text),
                run.width.css()
            ));
        }
    }
    found
}

/// Texts that were cut for want of room. Not a problem of long names, but of real data.
#[allow(dead_code)] // Of the two tests that read this file only the golden pictures' has real data alone.
pub fn shortened(scene: &Scene) -> Vec<String> {
    let texts = scene.marks.iter().filter_map(|mark| match mark {
        Mark::Text(run) if run.text.ends_with('…') => Some(format!("{:?} is cut", run.text)),
        _ => None,
    });
    texts.collect()
}

/// Texts with less than 4.5:1 (3:1 from 24 px, or 18.66 px bold; WCAG 2.2, 1.4.3) to what lies
/// under them.
fn unreadable(scene: &Scene) -> Vec<String> {
    let mut found = Vec::new();
    let all_bounds: Vec<Box4> = scene.marks.iter().map(bounds).collect();
    let ground = scene.background.unwrap_or(Color::hex(0xff_ffff));
    for (index, mark) in scene.marks.iter().enumerate() {
        let Mark::Text(run) = mark else { continue };
        let size = run.size.css();
        let bold = run.weight == progress_widgets::scene::Weight::Bold;
        let needed = if size >= 24.0 || (bold && size >= 18.66) {
            3.0
        } else {
            4.5
        };
        let mut grounds = Vec::new();
        for at in within(ink(run)) {
            let (x, y) = (at.x.css(), at.y.css());
            let under = scene.marks[..index]
                .iter()
                .zip(&all_bounds)
                .rev()
                .filter(|(_, b)| x >= b[0] && x <= b[2] && y >= b[1] && y <= b[3])
                .find_map(|(mark, _)| under(mark, at));
            let under = under.unwrap_or(ground);
            // The halo is 3 px wide: it, and not what lies under it, borders on the glyphs.
            grounds.push(run.halo.unwrap_or(under));
        }
        for ground in grounds {
            let contrast = run.color.contrast(ground);
            if contrast < needed {
                found.push(format!(
                    "{:?} in {} on {ground} has {contrast:.2}:1",
                    brief(&run.text),
                    run.color
                ));
                break;
            }
        }
    }
    found
}

/// The colour that a mark puts at a point; a hatch's ground, because its lines are thin.
fn under(mark: &Mark, at: Point) -> Option<Color> {
    let color = |fill: &Fill| fill.ground();
    match mark {
        Mark::Rect { rect, fill, .. } if rect.contains(at) => color(fill),
        Mark::Region { rings, fill, .. } if even_odd(rings, at) => color(fill),
        Mark::Circle {
            center,
            radius,
            fill,
            ..
        } => {
            let (dx, dy) = (center.x.css() - at.x.css(), center.y.css() - at.y.css());
            ((dx * dx + dy * dy).sqrt() <= radius.css())
                .then(|| color(fill))
                .flatten()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use progress_widgets::scene::{Stroke, Weight};

    fn run(text: &str, x: f64, y: f64) -> Mark {
        Mark::Text(TextRun {
            text: text.to_owned(),
            at: Point::from_css(x, y),
            anchor: Anchor::Left,
            size: Px::from_css(13.0),
            weight: Weight::Regular,
            color: Color::hex(0x1b2530),
            halo: None,
            width: Px::from_css(metrics::width(text, 13.0, Weight::Regular)),
        })
    }

    fn scene(marks: Vec<Mark>) -> Scene {
        Scene {
            width: Px::from_css(320.0),
            height: Px::from_css(200.0),
            background: Some(Color::hex(0xff_ffff)),
            font_family: String::new(),
            lang: String::new(),
            marks,
            hits: Vec::new(),
            tables: Vec::new(),
            grids: Vec::new(),
            cuts: Vec::new(),
            alt: String::new(),
            remarks: Vec::new(),
        }
    }

    fn square(left: f64, top: f64, fill: u32) -> Mark {
        Mark::Rect {
            rect: Rect::from_css(left, top, 40.0, 40.0),
            fill: Fill::solid(Color::hex(fill)),
            round_end: Px(0),
            key: 0,
        }
    }

    /// Each kind of fault is seen, and a sound picture has none.
    #[test]
    fn the_checker_sees_what_it_is_for() {
        let line = |from: (f64, f64), to: (f64, f64)| Mark::Line {
            points: vec![Point::from_css(from.0, from.1), Point::from_css(to.0, to.1)],
            stroke: Stroke {
                color: Color::hex(0),
                width: Px(16),
                dash: Px(0),
            },
        };
        let sound = vec![
            square(16.0, 40.0, 0xdcebf5),
            run("上城区", 20.0, 60.0),
            run("97%", 20.0, 75.0),
        ];
        assert_eq!(problems(&scene(sound)), Vec::<String>::new());
        for (marks, says) in [
            (vec![run("上城区", 290.0, 60.0)], "leaves the picture"),
            (vec![run("上城区", 20.0, 8.0)], "leaves the picture"),
            (vec![square(300.0, 20.0, 0)], "leaves the picture"),
            (
                vec![run("上城区", 20.0, 60.0), run("97%", 50.0, 62.0)],
                "touches",
            ),
            (
                vec![run("上城区", 20.0, 60.0), square(30.0, 40.0, 0xdcebf5)],
                "covered",
            ),
            (
                vec![run("上城区", 20.0, 60.0), line((0.0, 55.0), (100.0, 56.0))],
                "covered",
            ),
            (
                vec![square(16.0, 40.0, 0x2f7fb8), run("上城区", 20.0, 60.0)],
                ":1",
            ),
        ] {
            let found = problems(&scene(marks));
            assert!(
                found.len() == 1 && found[0].contains(says),
                "{says}: {found:?}"
            );
        }
    }
}
