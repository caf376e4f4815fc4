//! What a feed allows a picture to say: its figures, and every figure that may be derived from
//! them, each kind of derivation by name and computed here anew from the raw JSON.
//!
//! A widget that shows a new kind of derived figure adds it here, computed from the feed and
//! never by the crate's own code.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::figure::{Mention, Token, dates, tokens};

/// A figure that may be shown.
#[derive(Clone, Debug)]
pub struct Figure {
    pub value: f64,
    pub percent: bool,
    /// By how much what is shown may differ: rounding of what was computed.
    pub slack: f64,
    /// Which derivation.
    pub why: &'static str,
}

/// What may be drawn where there is no room for the rate, but neither listed nor told.
const CUT: &str = "a rate cut to whole percents";

/// A day, comparable.
pub type Day = (i32, u32, u32);

/// What one feed allows.
pub struct Facts {
    /// Everything.
    pub all: Vec<Figure>,
    /// By name, code and id: what may be said of a region, category, cluster and so on; by
    /// `YYYY-MM-DD` what may be said of a day.
    pub of: BTreeMap<String, Vec<Figure>>,
    /// Every day that the feed names; a month's last day for a month.
    pub days: BTreeSet<Day>,
    /// Names and sentences that are shown as they are.
    pub wordings: Vec<String>,
}

/// Largest difference between a computed rate and what is shown of it: one decimal of a percent.
const RATE_SLACK: f64 = 0.05 + 1e-9;

/// Lists whose entries are spoken of by name.
const LISTS: [&str; 8] = [
    "regions",
    "categories",
    "clusters",
    "coverage",
    "grades",
    "milestones",
    "history",
    "roles",
];

/// Parts and wholes of a rate, in a Progress.
const RATIOS: [(&str, &str, &str); 6] = [
    ("started", "planned", "rate"),
    ("completed", "planned", "completion_rate"),
    ("accepted", "planned", ""),
    ("completed", "started", ""),
    ("accepted", "completed", ""),
    ("accepted", "started", ""),
];

impl Facts {
    pub fn of(feed: &Value) -> Facts {
        let mut facts = Facts {
            all: Vec::new(),
            of: BTreeMap::new(),
            days: BTreeSet::new(),
            wordings: Vec::new(),
        };
        facts.wordings(feed, "");
        facts
            .wordings
            .retain(|text| text.chars().any(|c| c.is_ascii_digit()));
        facts
            .wordings
            .sort_by_key(|text| std::cmp::Reverse(text.len()));
        facts.days(feed, "");
        let mut all = Vec::new();
        gather(feed, "", &mut all);
        ratios_below(feed, &mut all);
        changes(feed, feed.get("total").unwrap_or(&Value::Null), &mut all);
        paces(feed, &mut all);
        paces_in_projects(feed, &mut all);
        facts.entities(feed, feed);
        facts.entities(feed, feed.get("teams").unwrap_or(&Value::Null));
        facts.days_as_entities(feed);
        counts_of_rows(feed, &mut all);
        sums(feed, &mut all);
        class_bounds(feed, &mut all);
        facts.days_between(&mut all);
        all.extend(facts.of.values().flatten().cloned());
        facts.all = all;
        facts
    }

    /// Whether figures of a whole feed hold this one.
    pub fn allows(&self, token: &Token, drawn: bool) -> bool {
        allows(&self.all, token, drawn)
    }

    /// Whether the feed names such a day, month or year.
    pub fn has_day(&self, mention: &Mention) -> bool {
        self.days.iter().any(|(year, month, day)| {
            mention.year.is_none_or(|y| y == *year)
                && mention.month.is_none_or(|m| m == *month)
                && mention.day.is_none_or(|d| d == *day)
        })
    }

    /// Whether an axis of time over the feed's days may have such a tick: a year, a month, or the
    /// first of a month, from the first day's month to the month after the last.
    pub fn has_tick(&self, mention: &Mention) -> bool {
        let (Some(first), Some(last)) = (self.days.first(), self.days.last()) else {
            return false;
        };
        let month = |year: i32, month: u32| year * 12 + i32::try_from(month).unwrap();
        let (from, to) = (month(first.0, first.1), month(last.0, last.1) + 1);
        match (mention.year, mention.month, mention.day) {
            (Some(year), Some(m), None | Some(1)) => (from..=to).contains(&month(year, m)),
            (None, Some(m), None | Some(1)) => {
                (first.0..=last.0 + 1).any(|year| (from..=to).contains(&month(year, m)))
            }
            (Some(year), None, None) => (first.0..=last.0 + 1).contains(&year),
            _ => false,
        }
    }

    fn wordings(&mut self, value: &Value, key: &str) {
        match value {
            Value::String(text)
                if matches!(
                    key,
                    "title" | "subtitle" | "name" | "notes" | "rate_basis" | "unit" | "batch"
                ) =>
            {
                self.wordings.push(text.trim().to_owned());
            }
            Value::Array(list) => list.iter().for_each(|value| self.wordings(value, key)),
            Value::Object(map) => map
                .iter()
                .for_each(|(key, value)| self.wordings(value, key)),
            _ => {}
        }
    }

    fn days(&mut self, value: &Value, key: &str) {
        match value {
            Value::String(text) if matches!(key, "as_of" | "by" | "date" | "published") => {
                self.days.extend(day(text))
            }
            Value::Array(list) => list.iter().for_each(|value| self.days(value, key)),
            Value::Object(map) => map.iter().for_each(|(key, value)| self.days(value, key)),
            _ => {}
        }
    }

    /// What may be said of each entry of the lists in `value`.
    fn entities(&mut self, feed: &Value, value: &Value) {
        for list in LISTS {
            let entries = entries(value, list);
            for (place, entry) in entries.iter().enumerate() {
                let mut figures = Vec::new();
                gather(entry, "", &mut figures);
                ratios_below(entry, &mut figures);
                changes(feed, entry, &mut figures);
                for metric in ["rate", "completion_rate", "investment"] {
                    figures.extend(rank(entries, entry, metric));
                    figures.extend(rate(entry, metric).map(|rate| Figure {
                        value: (rate + 1e-9).floor(),
                        percent: true,
                        slack: 0.0,
                        why: CUT,
                    }));
                }
                if list == "clusters" {
                    members(entry, feed, &mut figures);
                    figures.push(exact(place as f64 + 1.0, "number of a cluster on a map"));
                }
                shares(entries, entry, &mut figures);
                figures.extend(days_off(feed, entry));
                if list == "coverage" {
                    figures.push(exact(place as f64 + 1.0, "number of a column in a matrix"));
                }
                for key in ["name", "code", "id"] {
                    let name = match entry.get(key) {
                        Some(Value::String(text)) => text.trim().to_owned(),
                        Some(Value::Number(number)) => number.to_string(),
                        _ => continue,
                    };
                    self.of
                        .entry(name)
                        .or_default()
                        .extend(figures.iter().cloned());
                }
            }
        }
    }

    fn days_as_entities(&mut self, feed: &Value) {
        let mut points: Vec<&Value> = entries(feed, "history").iter().collect();
        points.extend(entries(feed, "milestones"));
        points.extend(
            entries(feed, "regions")
                .iter()
                .flat_map(|region| entries(region, "history")),
        );
        let as_of = feed.get("as_of").and_then(Value::as_str).and_then(day);
        for point in points {
            let text = point
                .get("as_of")
                .or(point.get("date"))
                .and_then(Value::as_str)
                .unwrap_or_default();
            let Some((year, month, day)) = day(text) else {
                continue;
            };
            let mut figures = Vec::new();
            gather(point, "", &mut figures);
            ratios_below(point, &mut figures);
            figures.extend(days_off(feed, point));
            changes(feed, point, &mut figures);
            if let Some(as_of) = as_of {
                let days = since_epoch((year, month, day)) - since_epoch(as_of);
                let why = "days between the figures' day and this one";
                figures.push(exact(f64::from(days.abs()), why));
            }
            self.of
                .entry(format!("{year:04}-{month:02}-{day:02}"))
                .or_default()
                .extend(figures);
        }
        // The total is the state of the feed's own day.
        if let (Some((year, month, day)), Some(total)) = (
            feed.get("as_of").and_then(Value::as_str).and_then(day),
            feed.get("total"),
        ) {
            let mut figures = Vec::new();
            gather(total, "", &mut figures);
            ratios_below(total, &mut figures);
            changes(feed, total, &mut figures);
            self.of
                .entry(format!("{year:04}-{month:02}-{day:02}"))
                .or_default()
                .extend(figures);
        }
    }

    fn days_between(&self, all: &mut Vec<Figure>) {
        for (index, a) in self.days.iter().enumerate() {
            for b in self.days.iter().skip(index) {
                all.push(exact(
                    f64::from(since_epoch(*b) - since_epoch(*a)),
                    "days between two dates of the feed",
                ));
            }
        }
    }
}

/// Whether one of the figures is what the token shows; `drawn` and not listed or told.
pub fn allows(figures: &[Figure], token: &Token, drawn: bool) -> bool {
    why(figures, token, drawn).is_some()
}

/// The derivation by which one of the figures is what the token shows.
pub fn why(figures: &[Figure], token: &Token, drawn: bool) -> Option<&'static str> {
    let figure = figures
        .iter()
        .find(|figure| (drawn || figure.why != CUT) && shows(token, figure))?;
    Some(figure.why)
}

fn shows(token: &Token, figure: &Figure) -> bool {
    if token.percent != figure.percent {
        return false;
    }
    if token.less_than {
        return figure.value > 0.0 && figure.value < token.value;
    }
    let near = |shown: f64, value: f64, unit: f64| {
        let slack = figure.slack.max(1e-9 * value.abs());
        // An amount has at most two decimals.
        let cut = if !token.percent && token.decimals == 2 {
            0.005 + 1e-9
        } else {
            0.0
        };
        // 99.96% is cut to 99.9%: nothing but all is 100%.
        let held =
            token.percent && shown == 99.9 && value > 99.9 && value < 100.0 && figure.slack > 0.0;
        let claims = token.percent && shown == 100.0 && value < 100.0 && figure.slack > 0.0;
        held || (!claims && (shown - value).abs() <= slack.max(cut).max(unit))
    };
    let value = figure.value;
    match token.sign {
        Some(sign) => near(sign * token.value, value, 0.0),
        None => {
            near(token.value, value.abs(), 0.0)
                // 1.55万: exact to the digits shown.
                || (token.scale > 1.0
                    && near(
                        token.value * token.scale,
                        value.abs(),
                        token.scale * 0.5 * 0.1_f64.powi(i32::try_from(token.decimals).unwrap()),
                    ))
        }
    }
}

fn exact(value: f64, why: &'static str) -> Figure {
    Figure {
        value,
        percent: false,
        slack: 0.0,
        why,
    }
}

fn computed(percent: f64, why: &'static str) -> Figure {
    Figure {
        value: percent,
        percent: true,
        slack: RATE_SLACK,
        why,
    }
}

fn entries<'a>(value: &'a Value, list: &str) -> &'a [Value] {
    value
        .get(list)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// The figures that stand in the JSON itself.
fn gather(value: &Value, key: &str, out: &mut Vec<Figure>) {
    match value {
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or(f64::NAN);
            match key {
                "code" | "point" | "parent" | "lead" | "members" | "region" => {}
                "rate" | "completion_rate" => out.push(Figure {
                    value: number * 100.0,
                    percent: true,
                    slack: 0.0,
                    why: "a published rate",
                }),
                _ => out.push(exact(number, "a published figure")),
            }
        }
        Value::String(text) => match key {
            "code" | "parent" | "url" | "lead" | "region" | "id" | "level" | "as_of" | "by"
            | "date" | "published" => {}
            _ => {
                for token in tokens(&dates(text).0) {
                    let figure = |value| Figure {
                        value,
                        percent: token.percent,
                        slack: 0.0,
                        why: "a figure in a published text",
                    };
                    // A text such as "-5%" is shown as printed, and no rate.
                    out.push(figure(token.sign.unwrap_or(1.0) * token.value));
                    if token.scale > 1.0 {
                        out.push(figure(token.value * token.scale));
                    }
                }
                if matches!(key, "rate" | "completion_rate") && text.contains("全部") {
                    out.push(Figure {
                        value: 100.0,
                        percent: true,
                        slack: 0.0,
                        why: "全部 is 100%",
                    });
                }
            }
        },
        Value::Array(list) if key != "point" => {
            list.iter().for_each(|value| gather(value, key, out));
        }
        Value::Object(map) => map.iter().for_each(|(key, value)| gather(value, key, out)),
        _ => {}
    }
}

/// An exact count.
fn count(value: Option<&Value>) -> Option<f64> {
    match value? {
        Value::Number(number) => number.as_f64(),
        Value::Object(map) => {
            let bound = map.get("bound").and_then(Value::as_str).unwrap_or("exact");
            (bound == "exact")
                .then(|| map.get("value").and_then(Value::as_f64))
                .flatten()
        }
        _ => None,
    }
}

/// Rates of exact counts, in this object and all below it.
fn ratios_below(value: &Value, out: &mut Vec<Figure>) {
    match value {
        Value::Array(list) => list.iter().for_each(|value| ratios_below(value, out)),
        Value::Object(map) => {
            let mut ratio = |part: &str, whole: &str| {
                if let (Some(part), Some(whole)) = (count(map.get(part)), count(map.get(whole)))
                    && whole > 0.0
                {
                    out.push(computed(part / whole * 100.0, "a rate of two exact counts"));
                    out.push(exact(whole - part, "what two exact counts leave to do"));
                    out.push(exact(part - whole, "from one stage to the next"));
                }
            };
            for (part, whole, _) in RATIOS {
                ratio(part, whole);
            }
            ratio("done", "planned");
            ratio("done", "of");
            map.values().for_each(|value| ratios_below(value, out));
        }
        _ => {}
    }
}

/// Whether a rate is published that can be read as a number.
fn publishes(progress: &Value, metric: &str) -> bool {
    let holder = match metric {
        "investment" => progress.get("investment").unwrap_or(&Value::Null),
        _ => progress,
    };
    let name = if metric == "investment" {
        "rate"
    } else {
        metric
    };
    holder.get(name).is_some_and(|rate| !rate.is_null())
}

/// Whether a rate is published as a bound or an approximation: nothing is computed from it.
fn is_bound(progress: &Value, metric: &str) -> bool {
    let holder = match metric {
        "investment" => progress.get("investment").and_then(|i| i.get("rate")),
        _ => progress.get(metric),
    };
    let words = [
        "约", "近", "超", "达", "逾", "不", "≥", "≈", "以", "左右", "多", "余",
    ];
    holder
        .and_then(Value::as_str)
        .is_some_and(|text| words.iter().any(|word| text.contains(word)))
}

/// A rate in percent, as published or of two exact counts.
fn rate(progress: &Value, metric: &str) -> Option<f64> {
    let (holder, name, part, whole) = match metric {
        "investment" => (progress.get("investment")?, "rate", "done", "planned"),
        "completion_rate" => (progress, "completion_rate", "completed", "planned"),
        _ => (progress, "rate", "started", "planned"),
    };
    match holder.get(name) {
        Some(Value::Number(number)) => number.as_f64().map(|rate| rate * 100.0),
        Some(Value::String(text)) => {
            let found = tokens(text);
            match found.as_slice() {
                [token] if token.percent && token.sign.is_none() => Some(token.value),
                _ => text.contains("全部").then_some(100.0),
            }
        }
        _ => {
            let (part, whole) = (count(holder.get(part))?, count(holder.get(whole))?);
            (whole > 0.0).then(|| part / whole * 100.0)
        }
    }
}

/// Differences between an entry's states, and to the same of the feed's own history, target and total: in points for
/// rates, in numbers for counts.
fn changes(feed: &Value, entry: &Value, out: &mut Vec<Figure>) {
    let mut states: Vec<&Value> = vec![entry];
    states.extend(entries(entry, "history"));
    if entry.get("name").is_none() {
        states.extend(feed.get("total"));
        states.extend(entries(feed, "history"));
    }
    for metric in ["rate", "completion_rate", "investment"] {
        let definite = |state: &Value| {
            let published = publishes(state, metric);
            let rate = rate(state, metric).filter(|_| !is_bound(state, metric))?;
            // What was published has no more digits than it shows.
            Some((rate, if published { 1e-9 } else { RATE_SLACK }))
        };
        let mut rates: Vec<(f64, f64)> =
            states.iter().filter_map(|state| definite(state)).collect();
        rates.extend(feed.get("target").and_then(definite));
        for a in &rates {
            for b in &rates {
                out.push(Figure {
                    value: b.0 - a.0,
                    percent: false,
                    slack: a.1.max(b.1),
                    why: "points between two rates",
                });
            }
        }
    }
    for name in ["planned", "started", "completed", "accepted"] {
        let counts: Vec<f64> = states
            .iter()
            .filter_map(|state| count(state.get(name)))
            .collect();
        for a in &counts {
            for b in &counts {
                out.push(exact(b - a, "difference of two exact counts"));
            }
        }
    }
}

/// Rates of the whole and of each region by day: the pace between any two, the pace needed to the
/// target, and where the paces between the last figures lead.
fn paces(feed: &Value, out: &mut Vec<Figure>) {
    let day_of = |value: &Value, key: &str| {
        let text = value.get(key)?.as_str()?;
        day(text).map(|day| f64::from(since_epoch(day)))
    };
    let Some(as_of) = day_of(feed, "as_of") else {
        return;
    };
    let target = feed.get("target").unwrap_or(&Value::Null);
    let goal = rate(target, "rate");
    let mut wholes = vec![(feed, feed.get("total").unwrap_or(&Value::Null))];
    wholes.extend(
        entries(feed, "regions")
            .iter()
            .map(|region| (region, region)),
    );
    for (holder, now) in wholes {
        for metric in ["rate", "completion_rate", "investment"] {
            let mut points: Vec<(f64, f64)> = entries(holder, "history")
                .iter()
                .filter_map(|point| Some((day_of(point, "as_of")?, rate(point, metric)?)))
                .collect();
            if let Some(now) = rate(now, metric) {
                points.retain(|point| point.0 != as_of);
                points.push((as_of, now));
            }
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
            let Some(&(last, value)) = points.last() else {
                continue;
            };
            let mut add = |value: f64, percent: bool, slack: f64, why| {
                out.push(Figure {
                    value,
                    percent,
                    slack,
                    why,
                });
            };
            let by = day_of(target, "by");
            if let (Some(goal), Some(by)) = (goal, by)
                && by > as_of
            {
                let needed = (goal - value) / (by - as_of);
                add(needed, false, 0.005 + 1e-9, "pace needed to the target");
            }
            // A window is of six figures at least, where there are so many: so much for the pairs.
            let recent = points.split_off(points.len().saturating_sub(64));
            let high = goal.unwrap_or(100.0).max(100.0).max(value);
            for (index, a) in recent.iter().enumerate() {
                for b in recent.iter().skip(index + 1).filter(|b| b.0 > a.0) {
                    let pace = (b.1 - a.1) / (b.0 - a.0);
                    add(pace, false, 0.005 + 1e-9, "pace between two rates");
                    for begin in recent.iter().rev().skip(1) {
                        let window = last - begin.0;
                        let ahead = by.map(|by| by - last).filter(|by| *by > 0.0);
                        let days = ahead.unwrap_or(window).min(window);
                        let there = (value + pace * days).clamp(0.0, high);
                        if a.0 >= begin.0 {
                            add(there, true, RATE_SLACK, "forecast at a pace seen");
                        }
                    }
                }
            }
        }
    }
}

/// Projects a day: what is missing to the target's share of the plan, over the days left, and from
/// any earlier state to the last. All of exact counts.
fn paces_in_projects(feed: &Value, out: &mut Vec<Figure>) {
    let day_of = |value: &Value, key: &str| {
        let text = value.get(key)?.as_str()?;
        day(text).map(|day| f64::from(since_epoch(day)))
    };
    let Some(as_of) = day_of(feed, "as_of") else {
        return;
    };
    let target = feed.get("target").unwrap_or(&Value::Null);
    let mut add = |value: f64, why| {
        out.push(Figure {
            value,
            percent: false,
            slack: 0.005 + 1e-9,
            why,
        });
    };
    let mut wholes = vec![(feed, feed.get("total").unwrap_or(&Value::Null))];
    let regions = entries(feed, "regions").iter();
    wholes.extend(regions.map(|region| (region, region)));
    for (holder, now) in wholes {
        for part in ["started", "completed"] {
            let state = |day: f64, state: &Value| {
                let done = count(state.get(part))?;
                Some((day, done, count(state.get("planned"))))
            };
            let history = entries(holder, "history").iter();
            let mut states: Vec<_> = history
                .filter_map(|point| state(day_of(point, "as_of")?, point))
                .collect();
            states.extend(state(as_of, now));
            states.sort_by(|a, b| a.0.total_cmp(&b.0));
            for (index, (last, done, planned)) in states.iter().enumerate() {
                if let (Some(goal), Some(by), Some(planned)) =
                    (rate(target, "rate"), day_of(target, "by"), planned)
                    && by > as_of
                {
                    let missing = goal / 100.0 * planned - done;
                    add(missing / (by - as_of), "projects needed a day");
                }
                for (day, before, _) in states.iter().take(index).rev().take(64) {
                    if last > day {
                        add((done - before) / (last - day), "projects a day of late");
                    }
                }
            }
        }
    }
}

/// The place among the entries of the same rank in the administration: one more than have a
/// higher rate.
fn rank(entries: &[Value], entry: &Value, metric: &str) -> Option<Figure> {
    let step = |entry: &Value| match entry.get("level").and_then(Value::as_str) {
        Some("zone") => "district".to_owned(),
        Some(level) => level.to_owned(),
        None => String::new(),
    };
    let own = rate(entry, metric)?;
    let higher = entries
        .iter()
        .filter(|other| step(other) == step(entry))
        .filter_map(|other| rate(other, metric))
        .filter(|other| *other > own + 1e-9)
        .count();
    Some(exact(higher as f64 + 1.0, "rank"))
}

/// A cluster's own number of towns, and what is known of them.
fn members(cluster: &Value, feed: &Value, out: &mut Vec<Figure>) {
    let members = entries(cluster, "members");
    let lead = cluster.get("lead");
    out.push(exact(members.len() as f64, "count of rows"));
    out.push(exact(
        members.len() as f64 + f64::from(u8::from(lead.is_some())),
        "count of rows",
    ));
    let towns: Vec<&Value> = members
        .iter()
        .chain(lead)
        .filter_map(|town| {
            entries(feed, "regions")
                .iter()
                .find(|r| r.get("code") == Some(town) || r.get("name") == Some(town))
        })
        .collect();
    let all = |name: &str| -> Option<f64> {
        let counts = towns.iter().map(|town| count(town.get(name)));
        let sum: Option<f64> = counts.sum();
        sum.filter(|_| towns.len() == members.len() + usize::from(lead.is_some()))
    };
    for (part, whole, _) in RATIOS {
        if let (Some(part), Some(whole)) = (all(part), all(whole))
            && whole > 0.0
        {
            out.push(computed(100.0 * part / whole, "rate of a list's sums"));
        }
    }
    for name in ["planned", "started", "completed", "accepted"] {
        let counts: Vec<f64> = towns
            .iter()
            .filter_map(|town| count(town.get(name)))
            .collect();
        out.push(exact(counts.iter().sum(), "sum of a list"));
    }
    for town in towns {
        gather(town, "", out);
        ratios_below(town, out);
    }
}

/// Counts of a list that are added up.
const ADDED: [&str; 6] = [
    "planned",
    "started",
    "completed",
    "accepted",
    "count",
    "attendances",
];

/// Sums of each list.
fn sums(feed: &Value, out: &mut Vec<Figure>) {
    let teams = feed.get("teams").unwrap_or(&Value::Null);
    for list in [
        entries(feed, "regions"),
        entries(feed, "categories"),
        entries(feed, "grades"),
        entries(teams, "roles"),
    ] {
        for name in ADDED {
            let counts: Vec<f64> = list
                .iter()
                .filter_map(|entry| count(entry.get(name)))
                .collect();
            if counts.len() > 1 {
                out.push(exact(counts.iter().sum(), "sum of a list"));
            }
        }
    }
}

/// Days between the feed's day and an entry's own.
fn days_off(feed: &Value, entry: &Value) -> Option<Figure> {
    let of = |value: &Value| {
        ["date", "as_of"]
            .iter()
            .find_map(|key| day(value.get(key)?.as_str()?))
    };
    let days = since_epoch(of(entry)?) - since_epoch(of(feed)?);
    Some(exact(f64::from(days), "days between two dates of the feed"))
}

/// Which part of its list's sum an entry is.
fn shares(entries: &[Value], entry: &Value, out: &mut Vec<Figure>) {
    for name in ["count", "attendances"] {
        let sum: f64 = entries
            .iter()
            .filter_map(|entry| count(entry.get(name)))
            .sum();
        if let Some(own) = count(entry.get(name))
            && sum > 0.0
        {
            out.push(computed(own / sum * 100.0, "part of the sum of a list"));
        }
    }
}

/// How many there are of each kind of entry, with and without a figure.
fn counts_of_rows(feed: &Value, out: &mut Vec<Figure>) {
    let mut add = |number: usize| out.push(exact(number as f64, "count of rows"));
    let teams = feed.get("teams").unwrap_or(&Value::Null);
    for list in LISTS {
        add(entries(feed, list).len());
    }
    add(entries(teams, "roles").len());
    let regions = entries(feed, "regions");
    let mut groups: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for region in regions {
        let level = region
            .get("level")
            .and_then(Value::as_str)
            .unwrap_or_default();
        groups
            .entry(if level == "zone" { "district" } else { level }.to_owned())
            .or_default()
            .push(region);
        for tag in entries(region, "tags") {
            groups.entry(format!("tag {tag}")).or_default().push(region);
        }
        if let Some(parent) = region.get("parent") {
            groups
                .entry(format!("parent {parent}"))
                .or_default()
                .push(region);
        }
    }
    groups.insert(
        "categories".to_owned(),
        entries(feed, "categories").iter().collect(),
    );
    groups.insert("all".to_owned(), regions.iter().collect());
    groups.insert(
        "history".to_owned(),
        entries(feed, "history").iter().collect(),
    );
    // The total is one more point in time.
    let moments = entries(feed, "history").iter().chain(feed.get("total"));
    groups.insert("moments".to_owned(), moments.collect());
    for group in groups.values() {
        add(group.len());
        for metric in ["rate", "completion_rate", "investment"] {
            let rates: Vec<f64> = group
                .iter()
                .filter_map(|entry| rate(entry, metric))
                .collect();
            add(rates.len());
            // How many of them are computed, not published.
            add(group
                .iter()
                .filter(|entry| rate(entry, metric).is_some() && !publishes(entry, metric))
                .count());
            add(group.len() - rates.len());
            let highest = rates.iter().copied().fold(f64::MIN, f64::max);
            add(rates
                .iter()
                .filter(|rate| (**rate - highest).abs() < 1e-9)
                .count());
        }
        add(group
            .iter()
            .filter(|entry| entry.get("point").is_some())
            .count());
        add(group
            .iter()
            .filter(|entry| entry.get("point").is_none())
            .count());
    }
    let milestones = entries(feed, "milestones");
    let as_of = feed.get("as_of").and_then(Value::as_str).and_then(day);
    let done = |entry: &&Value| entry.get("done") == Some(&Value::Bool(true));
    let past = |entry: &&Value| entry.get("date").and_then(Value::as_str).and_then(day) <= as_of;
    add(milestones.iter().filter(done).count());
    add(milestones.iter().filter(|m| !done(m)).count());
    add(milestones.iter().filter(|m| !done(m) && past(m)).count());
    add(milestones.iter().filter(|m| !done(m) && !past(m)).count());
}

/// Bounds of rate classes by the documented rule: the smallest round step of which four multiples
/// at most lie between the lowest and the highest rate; where a rate reaches 100%, that is a class
/// of its own and three multiples remain. Without any, what all lie between, to a hundredth.
fn class_bounds(feed: &Value, out: &mut Vec<Figure>) {
    const STEPS: [f64; 10] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 25.0];
    let mut groups: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for region in entries(feed, "regions") {
        let level = region
            .get("level")
            .and_then(Value::as_str)
            .unwrap_or_default();
        groups
            .entry(if level == "zone" { "district" } else { level })
            .or_default()
            .push(region);
    }
    groups.insert("categories", entries(feed, "categories").iter().collect());
    for group in groups.values() {
        for metric in ["rate", "completion_rate", "investment"] {
            let rates: Vec<f64> = group
                .iter()
                .filter_map(|entry| rate(entry, metric))
                .collect();
            let below: Vec<f64> = rates.iter().copied().filter(|rate| *rate < 100.0).collect();
            let whole = below.len() < rates.len();
            let low = below.iter().copied().fold(100.0, f64::min);
            let top = if whole {
                100.0
            } else {
                below.iter().copied().fold(low, f64::max)
            };
            let most = if whole { 3 } else { 4 };
            let between = |step: f64| -> Vec<f64> {
                (0..=2000)
                    .map(|k| f64::from(k) * step)
                    .filter(|bound| *bound > low + 1e-7 && *bound < top - 1e-7)
                    .collect()
            };
            let step = STEPS
                .into_iter()
                .find(|step| between(*step).len() <= most)
                .unwrap_or(25.0);
            let mut bounds = between(step);
            bounds.drain(..bounds.len().saturating_sub(most));
            if bounds.is_empty() && !whole {
                let hundredths = |end: f64, round: fn(f64) -> f64| round(end * 100.0) / 100.0;
                bounds.push(hundredths(low + 1e-7, f64::floor));
                bounds.push(hundredths(top - 1e-7, f64::ceil));
            }
            let bound = |value| Figure {
                value,
                percent: true,
                slack: 1e-7,
                why: "bound of a rate class",
            };
            out.extend(bounds.into_iter().map(bound));
        }
    }
}

/// `YYYY-MM-DD`, the beginning of an instant, or `YYYY-MM`: that month's last day.
fn day(text: &str) -> Option<Day> {
    let number = |from: usize, to: usize| {
        text.get(from..to)
            .and_then(|digits| digits.parse::<u32>().ok())
    };
    let (year, month) = (i32::try_from(number(0, 4)?).ok()?, number(5, 7)?);
    if !(1..=12).contains(&month) || text.as_bytes().get(4) != Some(&b'-') {
        return None;
    }
    match number(8, 10) {
        Some(day) => Some((year, month, day)),
        None if text.len() == 7 => {
            let next = if month == 12 {
                (year + 1, 1, 1)
            } else {
                (year, month + 1, 1)
            };
            let last = since_epoch(next) - since_epoch((year, month, 1));
            Some((year, month, u32::try_from(last).ok()?))
        }
        None => None,
    }
}

/// Days since 1970-01-01, counted year by year and month by month.
pub fn since_epoch((year, month, day): Day) -> i32 {
    let leap = |year: i32| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let years: i32 = if year >= 1970 {
        (1970..year).map(|y| 365 + i32::from(leap(y))).sum()
    } else {
        -(year..1970).map(|y| 365 + i32::from(leap(y))).sum::<i32>()
    };
    let lengths = [
        31,
        28 + i32::from(leap(year)),
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ];
    let months: i32 = lengths
        .iter()
        .take((month as usize).saturating_sub(1))
        .sum();
    years + months + i32::try_from(day).unwrap() - 1
}
