//! Whether every figure that a picture shows, says or lists comes from its feed.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use progress_widgets::scene::{Anchor, Fill, Hit, Mark, Point, Px, Scene, TextRun};
use serde_json::Value;

use super::facts::{self, Facts, Figure};
use super::figure::{Mention, Token, dates, tokens};
use super::laid_out::ink;

/// One text of a picture and whom it speaks of.
pub struct Said {
    /// Where it stands, for the message.
    pub place: String,
    pub text: String,
    /// Names, codes or ids in [`Facts::of`]; empty: the whole feed.
    pub of: Vec<String>,
    /// It is the label of an axis.
    pub tick: bool,
    /// The lowest figure at the picture's axes.
    pub lowest_tick: Option<f64>,
}

/// Every text of a picture: what is drawn, the table, the sentence, the tooltips, the remarks.
pub fn said(scene: &Scene, facts: &Facts) -> Vec<Said> {
    let mut all = Vec::new();
    let ticks = axis_ticks(scene);
    let lowest_tick = ticks
        .iter()
        .filter_map(|index| match &scene.marks[*index] {
            Mark::Text(run) => lone_figure(&run.text),
            _ => None,
        })
        .reduce(f64::min);
    let mut add = |place: &str, text: &str, of: Vec<String>, tick: bool| {
        all.push(Said {
            place: place.to_owned(),
            text: text.to_owned(),
            of,
            tick,
            lowest_tick,
        });
    };
    let paragraphs = paragraphs(scene);
    let days = time_ticks(scene, &paragraphs, facts);
    for paragraph in paragraphs {
        // What stands in a region's row or on a region speaks of that region.
        let of = paragraph
            .hit
            .and_then(|index| scene.hits.get(index))
            .map_or_else(Vec::new, |hit| speaks_of(scene, hit, facts));
        let of = if of.iter().any(|name| is_day(name)) {
            Vec::new()
        } else {
            of
        };
        add(
            "picture",
            &paragraph.text,
            of,
            ticks.contains(&paragraph.first) || days.contains(&paragraph.first),
        );
    }
    add("sentence", &scene.alt, Vec::new(), false);
    for table in &scene.tables {
        add("caption", &table.caption, Vec::new(), false);
        for head in &table.head {
            add("head", head, Vec::new(), false);
        }
        for row in &table.rows {
            let head = row.first().map_or("", String::as_str);
            let of = known(facts, &[head]);
            for cell in row {
                add(
                    &format!("table, row {:?}", brief(head)),
                    cell,
                    of.clone(),
                    false,
                );
            }
        }
    }
    for hit in &scene.hits {
        let of = speaks_of(scene, hit, facts);
        add("tooltip", &hit.label, of.clone(), false);
        for line in &hit.lines {
            add(
                &format!("tooltip of {:?}", hit.label),
                line,
                of.clone(),
                false,
            );
        }
    }
    for remark in &scene.remarks {
        add("remark", remark, Vec::new(), false);
    }
    all
}

/// The index of the hit area that a text stands in.
fn hit(scene: &Scene, run: &TextRun) -> Option<usize> {
    let [left, top, right, bottom] = ink(run);
    scene.hit_at(Point::from_css((left + right) / 2.0, (top + bottom) / 2.0))
}

/// Lines that are one text.
struct Paragraph {
    /// Index of the first line's mark.
    first: usize,
    text: String,
    hit: Option<usize>,
}

/// The texts of a picture with the lines put together that were broken: a line set like the one
/// before it, right below it, in the same hit area.
fn paragraphs(scene: &Scene) -> Vec<Paragraph> {
    let mut all: Vec<Paragraph> = Vec::new();
    let mut before: Option<&TextRun> = None;
    for (index, mark) in scene.marks.iter().enumerate() {
        let Mark::Text(run) = mark else { continue };
        let hit = hit(scene, run);
        let set = |run: &TextRun| (run.at.x, run.anchor, run.size, run.weight, run.color);
        let goes_on = before.is_some_and(|before| {
            let down = run.at.y.css() - before.at.y.css();
            set(run) == set(before) && down > 0.0 && down <= 1.5 * run.size.css()
        });
        match all.last_mut().filter(|last| goes_on && last.hit == hit) {
            Some(paragraph) => {
                paragraph.text.push(BREAK);
                paragraph.text.push_str(&run.text);
            }
            None => all.push(Paragraph {
                first: index,
                text: run.text.clone(),
                hit,
            }),
        }
        before = Some(run);
    }
    all
}

/// Whom a hit area speaks of; nobody where it is most of the picture: the whole.
fn speaks_of(scene: &Scene, hit: &Hit, facts: &Facts) -> Vec<String> {
    let area = |width: Px, height: Px| width.css() * height.css();
    if area(hit.rect.width, hit.rect.height) > 0.6 * area(scene.width, scene.height) {
        return Vec::new();
    }
    known(facts, &[&hit.id, &hit.label])
}

fn is_day(name: &str) -> bool {
    name.len() == 10 && name.as_bytes()[4] == b'-'
}

/// Those of the names that the feed knows; a day by what it is called.
fn known(facts: &Facts, names: &[&str]) -> Vec<String> {
    let mut known: Vec<String> = names
        .iter()
        .filter(|name| facts.of.contains_key(**name))
        .map(|name| (*name).to_owned())
        .collect();
    for name in names {
        if let [mention] = dates(name).1.as_slice() {
            let matching = facts.days.iter().filter(|(year, month, day)| {
                mention.year == Some(*year)
                    && mention.month == Some(*month)
                    && mention.day.is_none_or(|d| d == *day)
            });
            known.extend(
                matching.map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}")),
            );
        }
    }
    known.retain(|name| facts.of.contains_key(name));
    known
}

/// Enough of a text for a message.
fn brief(text: &str) -> String {
    text.chars().take(160).collect()
}

/// What is wrong in one text; empty where every figure and date of it is the feed's.
pub fn wrong(said: &Said, facts: &Facts, extra: &[Figure]) -> Option<String> {
    let mut text = said.text.clone();
    for wording in &facts.wordings {
        text = without(&text, wording);
    }
    let (text, mentions) = dates(&joined(&text));
    for mention in &mentions {
        let tick = said.tick || (said.tick_of_time() && facts.has_tick(mention));
        if !tick && !facts.has_day(mention) {
            return Some(format!(
                "{}: {:?} names a day that is not the feed's: {mention:?}",
                said.place,
                brief(&said.text)
            ));
        }
    }
    let alone = said.text.trim();
    let drawn = said.place == "picture";
    for token in tokens(&text) {
        let year = token.decimals == 0 && !token.percent && alone.len() == 4;
        if year
            && facts.has_tick(&Mention {
                year: Some(token.value as i32),
                month: None,
                day: None,
            })
        {
            continue;
        }
        if said.tick
            || start_of_an_axis(said, &token)
            || worth_of_a_square(said, &token)
            || scale_of_a_map(said, &token)
            || end_of_a_rate_axis(&token, alone)
            || facts::allows(extra, &token, drawn)
        {
            continue;
        }
        if said.of.is_empty() {
            if !facts.allows(&token, drawn) {
                return Some(format!(
                    "{}: {:?} has a figure that is neither the feed's nor derived: {token:?}",
                    said.place,
                    brief(&said.text)
                ));
            }
        } else if !said.of.iter().any(|name| {
            facts
                .of
                .get(name)
                .is_some_and(|own| facts::allows(own, &token, drawn))
        }) {
            let whose = if facts.allows(&token, drawn) {
                "another's"
            } else {
                "nobody's"
            };
            return Some(format!(
                "{}: {:?} has a figure that is {whose}, and not one of {:?}: {token:?}",
                said.place,
                brief(&said.text),
                said.of
            ));
        }
    }
    None
}

impl Said {
    /// Labels of an axis of time stand in the picture by themselves.
    fn tick_of_time(&self) -> bool {
        self.place == "picture" && dates(&self.text).0.chars().all(|c| !c.is_ascii_digit())
    }
}

/// "axis from 80%" tells where the lowest tick stands: a tick says the same figure.
fn start_of_an_axis(said: &Said, token: &Token) -> bool {
    let words = ["纵轴从", "縱軸從", "axis from "];
    words.iter().any(|words| said.text.contains(words))
        && said
            .lowest_tick
            .is_some_and(|tick| (tick - token.value).abs() < 1e-9)
}

/// "a square for every 10": a key, and always a power of ten.
fn worth_of_a_square(said: &Said, token: &Token) -> bool {
    let words = ["每格", "square"];
    words.iter().any(|words| said.text.contains(words))
        && [1.0, 10.0, 100.0, 1_000.0].contains(&token.value)
}

/// "10 km" alone: how long a bar on a map is; that it is so long has a test of its own.
fn scale_of_a_map(said: &Said, token: &Token) -> bool {
    let alone = [
        format!("{}公里", token.value),
        format!("{} km", token.value),
    ];
    let round = |lead: f64| [1.0, 10.0, 100.0, 1_000.0].contains(&(token.value / lead));
    said.place == "picture" && alone.contains(&said.text) && [1.0, 2.0, 5.0].into_iter().any(round)
}

/// 0% and 100% alone, and what the target of every rate is called: the ends of an axis.
fn end_of_a_rate_axis(token: &Token, alone: &str) -> bool {
    token.percent && matches!(alone, "0%" | "100%" | "≥100%")
}

/// Where a text was broken into lines.
const BREAK: char = '\u{2}';

/// The text without a published wording, however that was broken into lines, unless it is part of
/// a longer number.
fn without(text: &str, wording: &str) -> String {
    let of_a_number = |c: &char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%');
    let blank = |c: &char| c.is_whitespace() || *c == BREAK;
    let wanted: Vec<char> = wording.chars().filter(|c| !blank(c)).collect();
    let chars: Vec<char> = text.chars().collect();
    let mut left = String::new();
    let mut at = 0;
    while at < chars.len() {
        let mut end = at;
        let mut matched = 0;
        while matched < wanted.len() && end < chars.len() {
            if chars[end] == wanted[matched] {
                matched += 1;
            } else if !blank(&chars[end]) || matched == 0 {
                break;
            }
            end += 1;
        }
        let cuts =
            (at > 0 && of_a_number(&chars[at - 1])) || chars.get(end).is_some_and(of_a_number);
        if matched == wanted.len() && !cuts {
            left.push('\u{1}');
            at = end;
        } else {
            left.push(chars[at]);
            at += 1;
        }
    }
    left
}

/// The lines put together: with a space between words of Latin letters and figures.
fn joined(text: &str) -> String {
    let mut whole = String::new();
    for line in text.split(BREAK) {
        let spaced =
            whole.ends_with(|c: char| c.is_ascii()) && line.starts_with(|c: char| c.is_ascii());
        whole.push_str(if spaced { " " } else { "" });
        whole.push_str(line);
    }
    whole
}

/// Indices of the texts that label an axis or a legend: three or more texts on one line (or under one
/// another), each nothing but one figure, whose figures rise evenly with their places.
fn axis_ticks(scene: &Scene) -> Vec<usize> {
    let lone: Vec<(usize, &TextRun, f64)> = scene
        .marks
        .iter()
        .enumerate()
        .filter_map(|(index, mark)| match mark {
            Mark::Text(run) => Some((index, run, lone_figure(&run.text)?)),
            _ => None,
        })
        .collect();
    let mut found = Vec::new();
    for across in [true, false] {
        let line = |run: &TextRun| if across { run.at.y } else { run.at.x };
        let place = |run: &TextRun| match (across, run.anchor) {
            (true, Anchor::Middle) | (false, _) => Some(if across {
                run.at.x.css()
            } else {
                run.at.y.css()
            }),
            _ => None,
        };
        let mut lines: Vec<_> = lone.iter().map(|(_, run, _)| line(run)).collect();
        lines.sort_unstable();
        lines.dedup();
        for at in lines {
            let mut group: Vec<(f64, f64, usize)> = lone
                .iter()
                .filter(|(_, run, _)| line(run) == at)
                .filter_map(|(index, run, value)| Some((place(run)?, *value, *index)))
                .collect();
            group.sort_by(|a, b| a.0.total_cmp(&b.0));
            if group.len() >= 3 && evenly(&group) {
                found.extend(group.iter().map(|(.., index)| *index));
                continue;
            }
            // Other figures may stand at the same edge: four neighbours at least make an axis.
            for first in 0..group.len() {
                for end in (first + 4..=group.len()).rev() {
                    if evenly(&group[first..end]) {
                        found.extend(group[first..end].iter().map(|(.., index)| *index));
                        break;
                    }
                }
            }
        }
    }
    found.extend(size_legend(scene, &lone));
    found
}

/// Indices of the texts of a legend of sizes: figures to the right of empty circles whose areas are
/// as the figures. Those that can't be drawn as small as they are may be larger.
fn size_legend(scene: &Scene, lone: &[(usize, &TextRun, f64)]) -> Vec<usize> {
    let mut found: Vec<(usize, f64, f64)> = Vec::new();
    for mark in &scene.marks {
        let Mark::Circle {
            center,
            radius,
            fill: Fill::NONE,
            ..
        } = mark
        else {
            continue;
        };
        let right = center.x.css() + radius.css();
        let beside = lone.iter().find(|(_, run, _)| {
            let [left, top, _, bottom] = ink(run);
            let middle = center.y.css();
            (0.0..6.0).contains(&(left - right)) && top < middle && middle < bottom
        });
        if let Some((index, _, value)) = beside {
            found.push((*index, value / radius.css().powi(2), radius.css()));
        }
    }
    let per_area = found.iter().map(|(_, area, _)| *area).fold(0.0, f64::max);
    found.retain(|(_, area, radius)| *area > 0.9 * per_area || *radius <= 2.0);
    found.into_iter().map(|(index, ..)| index).collect()
}

/// Indices of the texts that label an axis of time: two or more on one line, each nothing but a day
/// or a quarter, whose days rise evenly with their places and lie near the feed's.
fn time_ticks(scene: &Scene, paragraphs: &[Paragraph], facts: &Facts) -> Vec<usize> {
    let (Some(first), Some(last)) = (facts.days.first(), facts.days.last()) else {
        return Vec::new();
    };
    let (from, to) = (facts::since_epoch(*first), facts::since_epoch(*last));
    let margin = (to - from).max(40);
    let mut lines: BTreeMap<Px, Vec<Tick>> = BTreeMap::new();
    for paragraph in paragraphs {
        let Mark::Text(run) = &scene.marks[paragraph.first] else {
            continue;
        };
        let (days, span) = tick_days(
            &paragraph.text.replace(BREAK, " "),
            first.0 - 1..=last.0 + 1,
        );
        let days: Vec<f64> = days
            .into_iter()
            .filter(|day| (from - margin..=to + margin).contains(day))
            .map(f64::from)
            .collect();
        let [left, _, right, _] = ink(run);
        if !days.is_empty() {
            let tick = Tick {
                place: (left + right) / 2.0,
                half: (right - left) / 2.0,
                days,
                span,
                index: paragraph.first,
            };
            lines.entry(run.at.y).or_default().push(tick);
        }
    }
    let mut found = Vec::new();
    for group in lines.values_mut() {
        group.sort_by(|a, b| a.place.total_cmp(&b.place));
        let pairs = group
            .iter()
            .enumerate()
            .flat_map(|(i, a)| group.iter().skip(i + 1).map(move |b| (a, b)));
        let mut scales = pairs.flat_map(|(a, b)| {
            let days = a
                .days
                .iter()
                .flat_map(|x| b.days.iter().map(move |y| (*x, *y)));
            days.filter(|(x, y)| y > x)
                .map(|(x, y)| (a.place, x, (y - x) / (b.place - a.place)))
        });
        let even = scales.any(|(place, day, slope)| {
            group.iter().enumerate().all(|(i, tick)| {
                // What would leave the picture is moved back into it.
                let moved = if i == 0 || i + 1 == group.len() {
                    tick.half
                } else {
                    0.0
                };
                let error = tick
                    .days
                    .iter()
                    .map(|own| (day + slope * (tick.place - place) - own).abs())
                    .fold(f64::MAX, f64::min);
                error <= slope * (1.0 + moved) + 2.0 + tick.span / 2.0
            })
        });
        if even {
            found.extend(group.iter().map(|tick| tick.index));
        }
    }
    found
}

/// A label of an axis of time.
struct Tick {
    /// Its middle.
    place: f64,
    /// Half its width.
    half: f64,
    /// The days it may stand for.
    days: Vec<f64>,
    /// The days it spans, of which only a part may be on the axis: a month, a quarter, a year.
    span: f64,
    /// Index of its mark.
    index: usize,
}

/// The days that a tick may stand for: its own, or that of each year where it names none; the
/// first of a month, a quarter or a year that stands alone.
fn tick_days(text: &str, years: RangeInclusive<i32>) -> (Vec<i32>, f64) {
    let (rest, mentions) = dates(text);
    let part = |of: &dyn Fn(&Mention) -> Option<u32>| mentions.iter().find_map(of);
    let rest = rest.trim();
    let quarter = rest
        .strip_prefix('Q')
        .and_then(|rest| rest.get(..1)?.parse::<u32>().ok());
    let year_alone = rest
        .rsplit(' ')
        .next()
        .filter(|year| year.len() == 4)
        .and_then(|year| year.parse::<i32>().ok());
    let figures = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    let known = match (quarter, year_alone) {
        (Some(_), _) => !figures(
            rest.get(2..)
                .unwrap_or_default()
                .trim_start_matches(|c: char| !c.is_ascii_digit())
                .get(4..)
                .unwrap_or_default(),
        ),
        (None, Some(_)) => rest.len() == 4,
        (None, None) => rest.is_empty() && !mentions.is_empty(),
    };
    if !known {
        return (Vec::new(), 0.0);
    }
    let month = quarter.map_or_else(
        || part(&|m| m.month).unwrap_or(1),
        |quarter| quarter * 3 - 2,
    );
    let day = part(&|m| m.day).unwrap_or(1);
    let span = match (quarter, part(&|m| m.month), part(&|m| m.day)) {
        (Some(_), ..) => 92.0,
        (None, None, _) => 366.0,
        (None, Some(_), None) => 31.0,
        _ => 0.0,
    };
    let year = mentions.iter().find_map(|m| m.year).or(year_alone);
    let years: Vec<i32> = year.map_or_else(|| years.collect(), |year| vec![year]);
    let days = years
        .into_iter()
        .map(|year| facts::since_epoch((year, month, day)));
    (days.collect(), span)
}

/// The figure of a text that is nothing else: `20`, `20%`, `1.5万`.
fn lone_figure(text: &str) -> Option<f64> {
    let found = tokens(text);
    let [token] = found.as_slice() else {
        return None;
    };
    let rest: String = text
        .chars()
        .enumerate()
        .filter(|(i, _)| *i < token.range.0 || *i >= token.range.1)
        .map(|(_, c)| c)
        .collect();
    matches!(
        rest.as_str(),
        "" | "万" | "萬" | "亿" | "億" | " million" | " billion"
    )
    .then_some(token.value * token.scale)
}

fn evenly(group: &[(f64, f64, usize)]) -> bool {
    let (first, last) = (group[0], group[group.len() - 1]);
    let slope = (last.1 - first.1) / (last.0 - first.0);
    let span = (last.1 - first.1).abs();
    span > 0.0
        && group.iter().all(|(place, value, _)| {
            (first.1 + slope * (place - first.0) - value).abs() <= span * 0.01 + 1e-9
        })
}

/// Everything in a picture that is not the feed's.
pub fn problems(scene: &Scene, feed: &Value, extra: &[Figure]) -> Vec<String> {
    let facts = Facts::of(feed);
    said(scene, &facts)
        .iter()
        .filter_map(|said| wrong(said, &facts, extra))
        .collect()
}
