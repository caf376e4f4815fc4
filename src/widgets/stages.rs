//! Planned, started, completed, accepted: a bar a region, or a funnel for the whole.

use super::Input;
use super::parts::key::Sign;
use super::parts::rows::{self, Body, Chart, Layout, Part, Row};
use super::parts::{count_bar, ranking_table, wording};
use crate::figures::{self, Group, STAGES, Stages};
use crate::scene::{Draft, Fill};
use crate::style::{Lang, number};

const NAMES: [&str; STAGES] = [
    "计划|計劃|Planned",
    "已开工|已開工|Started",
    "已完工|Completed",
    "已验收|已驗收|Accepted",
];

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (feed, options) = (input.feed, input.options);
    let group = options.selection.group;
    let mut ranked = options.selection.rows(feed, options.metric, options.sort);
    let beyond = ranked.len().saturating_sub(ranking_table::MOST_ROWS);
    // The others are counted as not shown.
    ranked.truncate(ranking_table::MOST_ROWS);
    let stages = |row: &figures::Row| match group {
        Group::Categories => feed
            .categories
            .get(row.index)
            .map(|c| Stages::of(&c.progress)),
        _ => feed.regions.get(row.index).map(|r| Stages::of(&r.progress)),
    };
    let all: Vec<Stages> = ranked.iter().filter_map(stages).collect();
    let total = feed.total.as_ref().map(Stages::of).filter(Stages::any);
    let mut chart = Chart {
        why: draft.lang.pick("数据中没有各阶段的个数（planned、started、completed、accepted）。|數據中沒有各階段的個數（planned、started、completed、accepted）。|The feed has no counts by stage (planned, started, completed, accepted)."),
        high: 1.0,
        beyond,
        title: draft.lang.pick("项目进展阶段|項目進展階段|Projects by stage").to_owned(),
        ..Chart::default()
    };
    if let Some(total) = &total {
        chart.clauses = (0..STAGES)
            .filter(|stage| count(total, *stage).is_some())
            .map(|stage| clause(draft.lang, total, stage))
            .collect();
    }
    // With starts alone it says what bars say: a board has better to show.
    let far = |stages: &Stages| (2..STAGES).any(|stage| count(stages, stage).is_some());
    draft.nothing |= !all.iter().chain(&total).any(far);
    if all.iter().any(Stages::any) {
        bars(draft, input, &mut chart, &ranked, &all);
    } else if let Some(total) = &total {
        funnel(draft, &mut chart, total);
    }
    rows::show(draft, input, chart);
}

fn name(lang: Lang, stage: usize) -> &'static str {
    NAMES.get(stage).map_or("", |words| lang.pick(words))
}

fn count(stages: &Stages, stage: usize) -> Option<&figures::Count> {
    stages.0.get(stage)?.as_ref()
}

/// `已开工1,858`
fn clause(lang: Lang, stages: &Stages, stage: usize) -> String {
    let space = if lang.is_chinese() { "" } else { " " };
    let count = wording::optional_count(lang, count(stages, stage));
    [name(lang, stage), space, &count].concat()
}

/// One bar a row, cut by stage, the furthest stage first and darkest.
fn bars(
    draft: &mut Draft,
    input: &Input,
    chart: &mut Chart,
    ranked: &[figures::Row],
    all: &[Stages],
) {
    let (lang, theme) = (draft.lang, draft.theme);
    let by_category = input.options.selection.group == Group::Categories;
    let [low, started, _, completed, accepted] = theme.classes;
    let colors = [theme.track, started, completed, accepted, low];
    let color = |stage: usize| colors.get(stage).copied().unwrap_or(theme.track);
    let charted: [bool; STAGES] =
        std::array::from_fn(|stage| all.iter().any(|row| count(row, stage).is_some()));
    let fill = |stage: usize, open: bool| match (stage, open) {
        (0, true) => draft.missing(),
        (_, false) => Fill::Solid(color(stage)),
        // Some of them may have come further.
        (_, true) => Fill::Hatch {
            ground: color(stage),
            line: color(stage.saturating_add(1)),
        },
    };
    chart.what = lang.pick("到各阶段的个数，右为计划数|到各階段的個數，右為計劃數|Number that reached each stage; planned at the right").to_owned();
    let rows_name = wording::rows_name(lang, ranked, by_category);
    chart.head = vec![rows_name.to_owned()];
    chart
        .head
        .extend((0..STAGES).map(|stage| name(lang, stage).to_owned()));
    let mut drawn = [[false; STAGES]; 2];
    for (row, stages) in ranked.iter().zip(all) {
        let mut parts = Vec::new();
        let mut more = wording::optional_count(lang, count(stages, 0));
        if let Some(cut) = stages.parts(charted) {
            for part in cut {
                if let [solid, open] = &mut drawn
                    && let Some(seen) = if part.open { open } else { solid }.get_mut(part.stage)
                {
                    *seen = true;
                }
                let mut stretch = Part::new(part.from, part.to, fill(part.stage, part.open));
                if part.stage > 0 {
                    stretch.text = wording::optional_count(lang, count(stages, part.stage));
                }
                parts.push(stretch);
            }
        } else if stages.any() {
            // No share can be told: the published counts stand alone, below 420 px the first.
            let room = if draft.width < 420.0 { 1 } else { STAGES };
            let reported = (1..STAGES).filter(|stage| count(stages, *stage).is_some());
            let mut words = Part::new(0.0, 1.0, Fill::None);
            for stage in reported.take(room) {
                wording::clause(lang, &mut words.text, &clause(lang, stages, stage));
            }
            parts.push(words);
        } else {
            more = ranking_table::not_reported(lang).to_owned();
            parts.push(Part::new(0.0, 1.0, draft.missing()));
        }
        let mut cells = vec![row.name.clone()];
        cells.extend(
            stages
                .0
                .iter()
                .map(|c| wording::optional_count(lang, c.as_ref())),
        );
        chart.rows.push(Row {
            id: row.id.clone(),
            cells,
            more,
            body: Body::Bar(parts),
            ..Row::default()
        });
    }
    for stage in (0..STAGES).rev() {
        for (open, seen) in [false, true].into_iter().zip(&drawn) {
            if !seen.get(stage).is_some_and(|seen| *seen) {
                continue;
            }
            let words = match (stage, open) {
                (0, false) => lang.pick("未开工|未開工|Not started").to_owned(),
                (0, true) => ranking_table::not_reported(lang).to_owned(),
                (_, false) => name(lang, stage).to_owned(),
                (_, true) => {
                    let next = name(lang, stage.saturating_add(1)).to_ascii_lowercase();
                    let ends = lang.pick("（,数未报送）|（,數未報送）| (, not reported)");
                    let (before, after) = ends.split_once(',').unwrap_or_default();
                    [name(lang, stage), before, &next, after].concat()
                }
            };
            chart.key.push((Sign::Box(fill(stage, open)), words));
        }
    }
    let missing = all.iter().filter(|stages| !stages.any()).count();
    if missing > 0 {
        let n = number::amount(missing as f64);
        let words = lang.pick("个未报送|個未報送| not reported");
        chart.clauses.push([&*n, words].concat());
    }
}

/// Four bars one below another, each beside what was left of the one before.
fn funnel(draft: &mut Draft, chart: &mut Chart, total: &Stages) {
    let lang = draft.lang;
    let words = lang.pick("阶段,个数,占计划,比上一步|階段,個數,占計劃,比上一步|Stage,Number,Of planned,From the step before");
    chart.head = words.split(',').map(str::to_owned).collect();
    let narrow = draft.inner() < 400.0;
    if narrow {
        chart.layout = Layout::Stacked;
    }
    let what = match (total.share(0), narrow) {
        (None, _) => "个数|個數|Number",
        (_, true) => "个数、占计划|個數、占計劃|Number, share of planned",
        (_, false) => {
            "个数、占计划，右为比上一步增减|個數、占計劃，右為比上一步增減|Number, share of planned; at the right: from the step before"
        }
    };
    chart.what = lang.pick(what).to_owned();
    let values = total.0.iter().flatten().map(|count| count.value);
    // What a bound leaves open needs room.
    chart.high = values.fold(1e-6, f64::max) * 1.04;
    if total
        .0
        .iter()
        .flatten()
        .all(|count| figures::exact(Some(count)).is_some())
    {
        chart.high /= 1.04;
    }
    for stage in 0..STAGES {
        let mut parts = Vec::new();
        let before = stage.checked_sub(1).and_then(|before| total.exact(before));
        let mut step = String::new();
        if let (Some(before), Some(own)) = (before, total.exact(stage)) {
            let [low, ..] = draft.theme.classes;
            parts.push(Part::new(0.0, before, Fill::Solid(low)));
            let sign = if own > before { "+" } else { "−" };
            step = number::amount((own - before).abs());
            if own != before {
                step.insert_str(0, sign);
            }
        }
        match count(total, stage) {
            Some(count) => parts.extend(count_bar::parts(draft, count, chart.high)),
            None => parts = vec![Part::new(0.0, chart.high, draft.missing())],
        }
        let share = total.share(stage).filter(|_| stage > 0);
        let share = share.map_or_else(String::new, number::percent_computed);
        let figure = wording::optional_count(lang, count(total, stage));
        let or_missing = |text: &str| {
            let text = if text.is_empty() {
                wording::MISSING
            } else {
                text
            };
            text.to_owned()
        };
        chart.rows.push(Row {
            cells: vec![
                name(lang, stage).to_owned(),
                figure.clone(),
                or_missing(&share),
                or_missing(&step),
            ],
            figure: if share.is_empty() {
                figure
            } else {
                [&*figure, " · ", &share].concat()
            },
            more: step,
            body: Body::Bar(parts),
            ..Row::default()
        });
    }
}
