//! Regions as points on a quiet map: area by number of projects, colour by rate class, models
//! within a ring; what stands nowhere is listed below. What `towns` draws, and `map` where its rows
//! are points.

use super::base_map::{self, Base, View};
use super::classes::Classes;
use super::key::{self, Sign};
use super::point_labels::{self, Dot};
use super::{face, legend, ranking_table, wording};
use crate::figures::{Metric, Places, Row, SizeBy};
use crate::scene::{Anchor, Draft, Fill, Hit, Mark, Point, Px, Rect, Stroke};
use crate::style::{Color, number};
use crate::widgets::Input;

/// More points than these are not drawn: on any screen they would be one blot.
const MOST: usize = 5000;

/// More labels than these are not tried, and fewer among many points: each is tried against all.
const LABELS: usize = 150;
const TRIES: usize = 100_000;

/// Among more points none is moved: they are small by then.
const MOVED: usize = 400;

/// No point is drawn farther from its place than this, in CSS pixels.
const FARTHEST: f64 = 14.0;

/// Half the side of the square that stands for an unknown number.
const UNKNOWN: f64 = 3.5;

/// From the edge of a model's disc to the middle of its ring.
const RING: f64 = 2.5;

/// A row on the map.
struct Town {
    /// Index of the row.
    row: usize,
    /// Where it lies.
    place: [f64; 2],
    /// Where it is drawn.
    center: [f64; 2],
    /// Of the disc; half the side of a square.
    radius: f64,
    /// Of the disc with its ring.
    reach: f64,
    /// The number that the area tells is not known: a square.
    unknown: bool,
}

/// How large the points are.
#[derive(Clone, Copy)]
struct Scale {
    by: SizeBy,
    metric: Metric,
    /// Radius for the number 1, or of every point where there are no numbers.
    unit: f64,
}

impl Scale {
    /// All discs together cover a small part of the map, and none is larger than a thumb.
    fn of(rows: &[Row], places: &Places, base: &Base, metric: Metric) -> Scale {
        let [[left, top], [right, bottom]] = base.corners;
        let area = (right - left) * (bottom - top);
        let (mut sum, mut most) = (0.0, 1e-9_f64);
        for row in places.order.iter().filter_map(|&at| rows.get(at)) {
            let size = places.by.size(row).unwrap_or(0.0);
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
        }
    }

    /// Radius for a number; what is smaller than can be seen is drawn as large as can.
    fn radius(self, size: f64) -> f64 {
        (self.unit * size.sqrt()).max(2.0)
    }
}

/// Draws legends, map and face; false, and nothing drawn, where no row has a point on the map.
pub fn draw(
    draft: &mut Draft,
    input: &Input,
    rows: &[Row],
    places: &Places,
    classes: &Classes,
) -> bool {
    let options = input.options;
    let geometry = input.geometry.filter(|map| {
        map.bounds().is_some() && (map.review_number.is_some() || !options.require_review_number)
    });
    let points: Vec<[f64; 2]> = rows.iter().filter_map(|row| row.point).collect();
    let window = match geometry {
        Some(_) => None,
        None => base_map::window(&points, None),
    };
    let mut base = Base::new(
        geometry,
        &View {
            left: draft.left(),
            width: draft.inner(),
            height: draft.inner().clamp(240.0, 720.0),
            window,
            projection: options.projection,
        },
    );
    let on_map = |row: &Row| row.point.and_then(|point| base.place(point)).is_some();
    if !rows.iter().any(on_map) {
        return false;
    }
    let off_map: Vec<&Row> = rows.iter().filter(|row| !on_map(row)).collect();
    let scale = Scale::of(rows, places, &base, options.metric);
    legends(draft, rows, places, classes, scale);
    draft.y += 8.0;
    base.draw(draft, draft.y);
    let mut towns: Vec<Town> = places
        .order
        .iter()
        .filter_map(|&at| town(rows.get(at)?, at, &base, scale))
        .collect();
    let beyond = towns.len().saturating_sub(MOST);
    towns.truncate(MOST);
    if towns.len() <= MOVED {
        part(&mut towns, base.corners);
    }
    for town in &towns {
        lead(draft, town);
    }
    for town in &towns {
        if let Some(row) = rows.get(town.row) {
            disc(draft, town, row, places, classes);
            hit(draft, input, town, row, places);
        }
    }
    let dots: Vec<([f64; 2], f64)> = towns.iter().map(|t| (t.center, t.reach)).collect();
    let labels: Vec<Dot> = towns
        .iter()
        .take(LABELS.min(TRIES.checked_div(towns.len()).unwrap_or(0)))
        .filter_map(|town| {
            let row = rows.get(town.row)?;
            Some(Dot {
                center: town.center,
                radius: town.reach,
                name: row.name.clone(),
                rate: if row.rate.value.is_some() || row.rate.text.is_some() {
                    wording::rate(draft.lang, &row.rate)
                } else {
                    String::new()
                },
            })
        })
        .collect();
    let mut taken = point_labels::draw(draft, &labels, &dots, base.corners);
    taken.extend(
        dots.iter()
            .map(|&([x, y], r)| [[x - r, y - r], [x + r, y + r]]),
    );
    if draft.width >= 420.0 {
        base.names(draft, &taken);
    }
    draft.y = base.corners[1][1] + 8.0;
    let review = match geometry {
        Some(geometry) => face::review(draft, geometry),
        None => draft
            .lang
            .pick("示意图，无边界|示意圖，無邊界|Sketch without boundaries")
            .to_owned(),
    };
    face::draw(draft, &review, face::NOT_ON_MAP, &off_map, &[]);
    if beyond > 0 {
        let lang = draft.lang;
        let n = number::amount(beyond as f64);
        let text = [
            lang.pick("另有|"),
            &n,
            lang.pick("个未画出|個未畫出| more not drawn"),
        ];
        draft.remark(text.concat());
    }
    true
}

fn town(row: &Row, at: usize, base: &Base, scale: Scale) -> Option<Town> {
    let place = base.place(row.point?)?;
    let (radius, unknown) = match (scale.by, scale.by.size(row)) {
        (SizeBy::Nothing, _) => (scale.unit, false),
        (_, Some(size)) => (scale.radius(size), false),
        (_, None) => (UNKNOWN, true),
    };
    Some(Town {
        row: at,
        place,
        center: place,
        radius,
        reach: radius + if row.model { RING + 0.75 } else { 0.5 },
        unknown,
    })
}

/// Pushes points apart that cover one another, each no farther than [`FARTHEST`] from its place;
/// what still overlaps lies largest behind.
fn part(towns: &mut [Town], [[left, top], [right, bottom]]: [[f64; 2]; 2]) {
    // Points at one place are told apart by a little star around it.
    let turns = [
        [1.0, 0.0],
        [-0.5, 0.8],
        [-0.5, -0.8],
        [0.5, 0.8],
        [-1.0, 0.0],
        [0.5, -0.8],
    ];
    for (town, (turn, step)) in towns.iter_mut().zip(turns.into_iter().cycle().zip(1_u32..)) {
        let length = 0.01 * f64::from(step);
        town.center[0] += turn[0] * length;
        town.center[1] += turn[1] * length;
    }
    for _ in 0..60 {
        let now: Vec<([f64; 2], f64)> = towns.iter().map(|t| (t.center, t.reach)).collect();
        let mut moved = false;
        for town in towns.iter_mut() {
            let [x, y] = town.center;
            let mut push = [0.0, 0.0];
            for &(other, reach) in &now {
                let [dx, dy] = [x - other[0], y - other[1]];
                let wanted = town.reach + reach + 0.5;
                let square = dx * dx + dy * dy;
                if square < wanted * wanted && square > 0.0 {
                    let distance = square.sqrt();
                    let part = (wanted - distance) / distance * 0.35;
                    push = [push[0] + dx * part, push[1] + dy * part];
                    moved = true;
                }
            }
            let [dx, dy] = [x + push[0] - town.place[0], y + push[1] - town.place[1]];
            let most = (FARTHEST / (dx * dx + dy * dy).sqrt().max(1e-9)).min(1.0);
            // On a map that is smaller than the point, at its upper left: never a panic.
            let within =
                |at: f64, low: f64, high: f64| at.min(high - town.reach).max(low + town.reach);
            town.center = [
                within(town.place[0] + dx * most, left, right),
                within(town.place[1] + dy * most, top, bottom),
            ];
        }
        if !moved {
            break;
        }
    }
}

fn circle(draft: &mut Draft, [x, y]: [f64; 2], radius: f64, fill: Fill, line: (Color, f64)) {
    draft.push(Mark::Circle {
        center: Point::from_css(x, y),
        radius: Px::from_css(radius),
        fill,
        stroke: Some(Stroke {
            color: line.0,
            width: Px::from_css(line.1),
            dash: Px(0),
        }),
    });
}

/// A thin line from where a point lies to where it is drawn, where one can tell.
fn lead(draft: &mut Draft, town: &Town) {
    let [dx, dy] = [
        town.center[0] - town.place[0],
        town.center[1] - town.place[1],
    ];
    if dx * dx + dy * dy > 4.0 {
        let color = draft.theme.mute;
        let to = (town.center[0], town.center[1]);
        draft.line((town.place[0], town.place[1]), to, color, 0.75, 0.0);
        circle(draft, town.place, 0.75, Fill::Solid(color), (color, 0.5));
    }
}

fn disc(draft: &mut Draft, town: &Town, row: &Row, places: &Places, classes: &Classes) {
    let theme = draft.theme;
    let fill = match row.rate.value {
        Some(value) => Fill::Solid(classes.color(theme, value)),
        None if places.any_figure() => draft.missing(),
        None if row.model || places.models == 0 => Fill::Solid(theme.accent),
        None => Fill::Solid(theme.mute),
    };
    let line = if places.any_figure() {
        (theme.mute, 0.75)
    } else {
        (theme.ground, 0.75)
    };
    if row.model {
        let radius = town.radius + RING;
        circle(
            draft,
            town.center,
            radius,
            Fill::Solid(theme.ground),
            (theme.ink, 1.25),
        );
    }
    if town.unknown {
        let [x, y] = town.center;
        let r = town.radius;
        let corner = |[dx, dy]: [f64; 2]| Point::from_css(x + dx * r, y + dy * r);
        draft.push(Mark::Region {
            rings: vec![
                [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]]
                    .map(corner)
                    .to_vec(),
            ],
            fill,
            stroke: Some(Stroke {
                color: line.0,
                width: Px::from_css(line.1),
                dash: Px(0),
            }),
        });
    } else {
        circle(draft, town.center, town.radius, fill, line);
    }
}

fn hit(draft: &mut Draft, input: &Input, town: &Town, row: &Row, places: &Places) {
    let lang = draft.lang;
    let [x, y] = town.center;
    // A finger needs more than a small dot.
    let reach = town.reach.max(8.0);
    let mut lines = Vec::new();
    if places.any_figure() {
        lines = ranking_table::lines(lang, input.options.metric, row);
    }
    if row.model || lines.is_empty() {
        lines.push(kind_of_town(row.model, lang).to_owned());
    }
    draft.hit(Hit {
        rect: Rect::from_css(x - reach, y - reach, 2.0 * reach, 2.0 * reach),
        mark: None,
        id: row.id.clone(),
        label: row.name.clone(),
        lines,
        row: Some(town.row),
    });
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
fn legends(draft: &mut Draft, rows: &[Row], places: &Places, classes: &Classes, scale: Scale) {
    let lang = draft.lang;
    let shown = || places.order.iter().filter_map(|&at| rows.get(at));
    if places.any_figure() {
        let any_value = shown().any(|row| row.rate.value.is_some());
        let any_missing = shown().any(|row| row.rate.value.is_none());
        legend::draw(draft, classes, any_value, any_missing);
        draft.y += 4.0;
    }
    let theme = draft.theme;
    let mut entries = Vec::new();
    let count = |model: bool| {
        let count = rows.iter().filter(|row| row.model == model).count();
        [
            kind_of_town(model, lang),
            " ",
            &number::amount(count as f64),
        ]
        .concat()
    };
    let (models, others) = (count(true), count(false));
    if places.models > 0 {
        entries.push((Sign::Ringed(theme.accent, theme.ink), models.as_str()));
        if places.models < rows.len() && !places.any_figure() {
            entries.push((Sign::Dot(theme.mute), others.as_str()));
        }
    }
    if scale.by != SizeBy::Nothing && shown().any(|row| scale.by.size(row).is_none()) {
        let unknown = lang.pick("数量未报送|數量未報送|Number not reported");
        entries.push((Sign::Box(Fill::Solid(theme.mute)), unknown));
    }
    if scale.by != SizeBy::Nothing {
        sizes(draft, rows, places, scale);
    }
    if !entries.is_empty() {
        key::draw(draft, &entries);
    }
}

/// Circles of round numbers, largest first, behind what they count.
fn sizes(draft: &mut Draft, rows: &[Row], places: &Places, scale: Scale) {
    let lang = draft.lang;
    let set = draft.mute(draft.sizes.count);
    let of_rows = || places.order.iter().filter_map(|&at| rows.get(at));
    let most = of_rows()
        .filter_map(|row| scale.by.size(row))
        .fold(0.0, f64::max);
    let unit = of_rows().find_map(|row| row.unit.as_deref());
    let numbers = round_numbers(most);
    let Some(&largest) = numbers.first() else {
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
    let what = [what, lang.pick("（|, "), &unit, lang.pick("）|")].concat();
    draft.text(&what, (draft.left(), baseline), Anchor::Left, set);
    let mut x = draft.left() + set.width(&what) + 8.0;
    for number in numbers {
        let radius = scale.radius(number);
        let text = number::amount(number);
        let width = 2.0 * radius + 4.0 + set.width(&text);
        if x + width > draft.right() {
            break;
        }
        let line = (draft.theme.mute, 1.0);
        circle(draft, [x + radius, middle], radius, Fill::None, line);
        let at = (x + 2.0 * radius + 4.0, baseline);
        draft.text(&text, at, Anchor::Left, set);
        x += width + 10.0;
    }
    draft.y += height + 4.0;
}

/// Up to three of 1, 2, 5, 10 and so on, from the largest that is not above `most`, every other.
fn round_numbers(most: f64) -> Vec<f64> {
    let mut numbers = Vec::new();
    let mut power = 1e15;
    while power >= 1.0 {
        for lead in [5.0, 2.0, 1.0] {
            if lead * power <= most && numbers.len() < 5 {
                numbers.push(lead * power);
            }
        }
        power /= 10.0;
    }
    numbers.into_iter().step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legends_have_round_numbers() {
        assert_eq!(round_numbers(87.0), [50.0, 10.0, 2.0]);
        assert_eq!(round_numbers(100.0), [100.0, 20.0, 5.0]);
        assert_eq!(round_numbers(3.0), [2.0]);
        assert_eq!(round_numbers(0.4), [0.0; 0]);
    }

    fn towns(places: &[[f64; 2]]) -> Vec<Town> {
        let town = |(row, &place): (usize, &[f64; 2])| Town {
            row,
            place,
            center: place,
            radius: 5.0,
            reach: 5.5,
            unknown: false,
        };
        places.iter().enumerate().map(town).collect()
    }

    fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
        ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)).sqrt()
    }

    #[test]
    fn points_that_cover_one_another_are_parted_within_bounds() {
        let map = [[0.0, 0.0], [300.0, 200.0]];
        let mut few = towns(&[
            [100.0, 100.0],
            [100.0, 100.0],
            [104.0, 100.0],
            [250.0, 50.0],
        ]);
        part(&mut few, map);
        for (at, a) in few.iter().enumerate() {
            assert!(distance(a.center, a.place) <= FARTHEST + 0.01);
            for b in few.iter().take(at) {
                assert!(
                    distance(a.center, b.center) > 9.0,
                    "{:?} {:?}",
                    a.center,
                    b.center
                );
            }
        }
        assert_eq!(few[3].center.map(|v| (v * 10.0).round()), [2500.0, 500.0]);
        // A map smaller than its points.
        let mut tight = towns(&[[1.0, 1.0]; 3]);
        part(&mut tight, [[0.0, 0.0], [300.0, 2.0]]);
        assert!(tight.iter().all(|town| town.center[1] == 5.5));
        // A hundred at one place, in a corner: as near as they have to be, and on the map.
        let mut many = towns(&[[1.0, 1.0]; 100]);
        part(&mut many, map);
        for town in &many {
            assert!(town.center[0] >= 5.0 && town.center[1] >= 5.0);
            assert!(distance(town.center, town.place) <= FARTHEST + 8.0);
        }
    }
}
