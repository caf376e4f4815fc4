//! Labels of points: beside their dot where there is room, else at the end of a short line, else
//! the name alone, else nowhere: then hover and the table tell.
//!
//! Greedy, most important first. No label touches another, a dot, the edge of the map or a line;
//! no line crosses another or passes a dot.

use super::dots::Dot;
use super::wording;
use crate::geo::labels::{Corners, Line, Taken, meets, overlap};
use crate::scene::{Anchor, Draft, Type};

/// A name longer than this many characters is broken or shortened.
const LONG: usize = 4;

/// No line of a name is longer than this many characters; the second is shortened with `…`.
const LONGEST: usize = 6;

/// The rule for long names on maps: up to four characters stand on one line; a longer name breaks
/// into two, the second no shorter than the first, because names grow at their end (莪山 / 畲族乡),
/// and never between a people's name and 族; what is longer than twice six characters ends in `…`.
/// Names with Latin letters or figures break where a text may, within the same width.
#[must_use]
pub fn name_lines(set: Type, name: &str) -> Vec<String> {
    let em = |count: usize| set.size * 1.05 * count as f64;
    if set.width(name) <= em(LONG) + 0.1 {
        return vec![name.to_owned()];
    }
    let latin = name.bytes().any(|byte| byte.is_ascii());
    let count = name.chars().count();
    if latin || count > LONGEST.saturating_mul(2) {
        return set.wrap(name, em(LONGEST), 2);
    }
    let (mut middle, mut before) = (0, 0);
    for (index, (at, letter)) in name.char_indices().enumerate() {
        if index == count / 2 {
            middle = if letter == '族' { before } else { at };
        }
        before = at;
    }
    let (first, second) = name.split_at_checked(middle).unwrap_or((name, ""));
    vec![first.to_owned(), second.to_owned()]
}

/// Directions in which a label is tried, best first; the last eight only with a line.
const DIRECTIONS: [[f64; 2]; 16] = [
    [1.0, 0.0],
    [-1.0, 0.0],
    [0.0, -1.0],
    [0.0, 1.0],
    [0.7, -0.7],
    [0.7, 0.7],
    [-0.7, -0.7],
    [-0.7, 0.7],
    [0.92, -0.38],
    [0.92, 0.38],
    [-0.92, -0.38],
    [-0.92, 0.38],
    [0.38, -0.92],
    [0.38, 0.92],
    [-0.38, -0.92],
    [-0.38, 0.92],
];

/// Lengths of lines that are tried, in CSS pixels from the dot's edge; 0 is none.
const LEADERS: [f64; 5] = [0.0, 10.0, 18.0, 28.0, 40.0];

/// Between a dot and its label where no line joins them.
const GAP: f64 = 3.0;

/// Where a label goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The label's box.
    pub corners: Corners,
    /// Which side of the box faces the dot: -1 the left, 1 the right, 0 above or below.
    pub side: f64,
    /// The line, from the dot's edge to the box.
    pub leader: Option<Line>,
    /// The name alone.
    pub short: bool,
}

/// The sizes that a label can take, width and height: in full, and the name alone; and its place.
type Label = ([[f64; 2]; 2], Option<Place>);

/// Which lengths of lines are tried in a round, and whether for the name alone: all beside their dots
/// first, then at the end of lines, then in a shorter form.
const ROUNDS: [(usize, usize, bool); 4] =
    [(0, 1, false), (1, 5, false), (0, 1, true), (1, 3, true)];

/// Places labels for the first of the `dots`, most important first, within `bounds` and off all
/// dots and `lines`.
fn place(labels: &mut [Label], dots: &[Dot], lines: Vec<Line>, bounds: Corners) {
    let mut taken = Taken {
        boxes: Vec::new(),
        lines,
    };
    for &(from, to, short) in &ROUNDS {
        for (label, dot) in labels.iter_mut().zip(dots) {
            let ([full, name], slot) = label;
            let extent = if short { *name } else { *full };
            for &length in LEADERS.get(from..to).unwrap_or(&[]) {
                let directions = if length > 0.0 { 16 } else { 8 };
                for &direction in DIRECTIONS.iter().take(directions) {
                    if slot.is_some() {
                        break;
                    }
                    let mut place = beside(dot.center, dot.reach, extent, direction, length);
                    if is_free(&place, dot.center, &taken, dots, bounds) {
                        taken.boxes.push(place.corners);
                        taken.lines.extend(place.leader);
                        place.short = short;
                        *slot = Some(place);
                    }
                }
            }
        }
    }
}

/// The box that lies in a direction from a dot.
fn beside(
    [x, y]: [f64; 2],
    radius: f64,
    [width, height]: [f64; 2],
    [right, down]: [f64; 2],
    length: f64,
) -> Place {
    let reach = radius + if length > 0.0 { length } else { GAP };
    let end = [x + right * reach, y + down * reach];
    // The box hangs on the end by the middle of its near side; close to the dot, by its corner.
    let sign = |v: f64, least: f64| if v.abs() > least { v.signum() } else { 0.0 };
    let side = -sign(right, 0.5);
    let left = end[0] - width / 2.0 - side * width / 2.0;
    let mut top = end[1] - height / 2.0;
    if side == 0.0 || length == 0.0 {
        top += sign(down, 0.0) * height / 2.0;
    }
    let start = [x + right * radius, y + down * radius];
    Place {
        corners: [[left, top], [left + width, top + height]],
        side,
        leader: (length > 0.0).then_some([start, end]),
        short: false,
    }
}

fn is_free(place: &Place, own: [f64; 2], taken: &Taken, dots: &[Dot], bounds: Corners) -> bool {
    let [[left, top], [right, bottom]] = place.corners;
    if left < bounds[0][0] || top < bounds[0][1] || right > bounds[1][0] || bottom > bounds[1][1] {
        return false;
    }
    for dot in dots {
        let [x, y] = dot.center;
        let air = dot.reach + 1.0;
        let dot = [[x - air, y - air], [x + air, y + air]];
        // The own dot lies beside the box by a gap, and the line begins at its edge.
        if [x, y] != own
            && (overlap(&dot, &place.corners) || place.leader.is_some_and(|line| meets(&dot, line)))
        {
            return false;
        }
    }
    taken.is_free(&place.corners, [2.0, 1.0], place.leader)
}

/// Draws labels for the first of the `dots` where they have room, within `bounds` and off all dots
/// and `lines`, and adds their boxes to `taken`.
pub fn draw(
    draft: &mut Draft,
    dots: &[Dot],
    labels: usize,
    lines: Vec<Line>,
    bounds: Corners,
    taken: &mut Vec<Corners>,
) {
    let lang = draft.lang;
    let (name_set, rate_set) = (draft.bold(draft.sizes.count), draft.ink(draft.sizes.count));
    let height = name_set.size + 2.0;
    let rate_of = |dot: &Dot| match dot.row.rate.is_known() {
        true => wording::rate(lang, &dot.row.rate),
        false => String::new(),
    };
    let mut places: Vec<Label> = Vec::new();
    for dot in dots.iter().take(labels) {
        let mut name = [0.0, 0.0];
        for line in &name_lines(name_set, dot.row.name) {
            name = [name_set.width(line).max(name[0]), name[1] + height];
        }
        let rate = rate_of(dot);
        let mut full = name;
        if !rate.is_empty() {
            full = [rate_set.width(&rate).max(name[0]), name[1] + height];
        }
        places.push(([full, name], None));
    }
    place(&mut places, dots, lines, bounds);
    let halo = Some(draft.theme.track);
    for ((_, place), dot) in places.iter().zip(dots) {
        let Some(place) = place else { continue };
        let [[left, top], [right, _]] = place.corners;
        if let Some([from, to]) = place.leader {
            draft.line(from.into(), to.into(), draft.theme.mute, 0.75, 0.0);
        }
        let (x, anchor) = match place.side {
            side if side < 0.0 => (left, Anchor::Left),
            side if side > 0.0 => (right, Anchor::Right),
            _ => ((left + right) / 2.0, Anchor::Middle),
        };
        let mut y = top + name_set.baseline_in(height);
        for line in &name_lines(name_set, dot.row.name) {
            draft.text_over(line, (x, y), anchor, name_set, halo);
            y += height;
        }
        if !place.short {
            draft.text_over(&rate_of(dot), (x, y), anchor, rate_set, halo);
        }
        taken.push(place.corners);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Row;
    use crate::geo::labels::cross;
    use crate::style::Color;

    const MAP: Corners = [[0.0, 0.0], [300.0, 200.0]];

    fn lines(name: &str) -> Vec<String> {
        let set = Type::new(12.0, Color::hex(0)).bold();
        name_lines(set, name)
    }

    #[test]
    fn long_names_break_by_rule() {
        assert_eq!(lines("昌化镇"), ["昌化镇"]);
        assert_eq!(lines("前进街道"), ["前进街道"]);
        assert_eq!(lines("莪山畲族乡"), ["莪山", "畲族乡"]);
        assert_eq!(lines("景宁畲族自治县"), ["景宁", "畲族自治县"]);
        assert_eq!(lines("钱塘新区管委会"), ["钱塘新", "区管委会"]);
        assert_eq!(lines("镇13488"), ["镇13488"]);
        assert_eq!(lines("Hangzhou"), ["Hangzhou"]);
        assert_eq!(
            lines("Eshan She Ethnic Township"),
            ["Eshan She", "Ethnic To…"]
        );
        let long = lines(&"很长".repeat(500));
        assert_eq!(long.len(), 2);
        assert!(long[1].ends_with('…') && long[1].chars().count() <= LONGEST);
        assert_eq!(lines(""), [""]);
    }

    /// A dot: its middle and radius.
    type Disc = ([f64; 2], f64);

    /// Labels of 40 by 24, or of 40 by 12 in their short form.
    fn placed(discs: &[Disc]) -> Vec<Option<Place>> {
        placed_in([[40.0, 24.0], [40.0, 12.0]], discs, &[])
    }

    fn placed_in(sizes: [[f64; 2]; 2], discs: &[Disc], lines: &[Line]) -> Vec<Option<Place>> {
        let row = Row::unnamed();
        let dot = |&(center, reach): &Disc| Dot {
            reach,
            ..Dot::new(&row, 0, center, reach)
        };
        let dots: Vec<Dot> = discs.iter().map(dot).collect();
        let mut labels: Vec<Label> = vec![(sizes, None); discs.len()];
        place(&mut labels, &dots, lines.to_vec(), MAP);
        labels.into_iter().map(|(_, place)| place).collect()
    }

    fn check(dots: &[Disc]) {
        let places = placed(dots);
        for (at, a) in places.iter().enumerate() {
            let Some(a) = a else { continue };
            let [[left, top], [right, bottom]] = a.corners;
            assert!(left >= 0.0 && top >= 0.0 && right <= 300.0 && bottom <= 200.0);
            for &([x, y], r) in dots {
                let dot = [[x - r, y - r], [x + r, y + r]];
                assert!(!overlap(&a.corners, &dot), "{a:?} covers {x} {y}");
            }
            for b in places.iter().take(at).flatten() {
                assert!(!overlap(&a.corners, &b.corners), "{a:?} {b:?}");
                for (line, other) in [(a.leader, b), (b.leader, a)] {
                    let Some(line) = line else { continue };
                    assert!(!meets(&other.corners, line), "{line:?} {other:?}");
                    assert!(other.leader.is_none_or(|other| !cross(line, other)));
                }
            }
        }
    }

    #[test]
    fn a_label_stands_to_the_right_where_there_is_room() {
        let places = placed(&[([100.0, 100.0], 5.0), ([290.0, 100.0], 5.0)]);
        assert_eq!(places[0].unwrap().corners, [[108.0, 88.0], [148.0, 112.0]]);
        assert_eq!(
            places[1].unwrap().side,
            1.0,
            "to the left at the right edge"
        );
    }

    #[test]
    fn labels_never_touch_one_another_dots_or_lines() {
        check(&[
            ([100.0, 100.0], 5.0),
            ([112.0, 100.0], 5.0),
            ([106.0, 110.0], 4.0),
        ]);
        check(&[([50.0, 50.0], 3.0); 20]);
        // A crowd of 80 without order.
        let mut state = 1_u32;
        let mut next = |most: f64| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(state >> 8) / f64::from(1 << 24) * most
        };
        let crowd: Vec<_> = (0..80)
            .map(|_| ([next(300.0), next(200.0)], next(6.0)))
            .collect();
        check(&crowd);
        assert!(placed(&crowd).iter().flatten().count() > 10);
        assert!(
            placed(&crowd)
                .iter()
                .flatten()
                .any(|place| place.leader.is_some())
        );
    }

    #[test]
    fn labels_keep_off_the_lines_that_join_dots() {
        let (dot, size) = (([100.0, 100.0], 5.0), [40.0, 12.0]);
        let line = [[100.0, 100.0], [200.0, 100.0]];
        let placed = placed_in([size; 2], &[dot], &[line])[0].unwrap();
        assert!(!meets(&placed.corners, line), "{placed:?}");
    }

    #[test]
    fn a_label_without_room_is_not_shown() {
        let size = [400.0, 24.0];
        assert_eq!(placed_in([size; 2], &[([9.0, 9.0], 1.0)], &[]), [None]);
        assert_eq!(placed(&[]), []);
    }
}
