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

const WORDS: &str = "项目进展阶段\t\t数据中没有各阶段的个数（planned、started、completed、accepted）。\t阶段\t个数\t占计划\t比上一步|項目進展階段\t\t數據中沒有各階段的個數（planned、started、completed、accepted）。\t階段\t個數\t占計劃\t比上一步|Projects by stage\t\tThe feed has no counts by stage (planned, started, completed, accepted).\tStage\tNumber\tOf planned\tFrom the step before";

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, feed, options) = (draft.lang, input.feed, input.options);
    let by_category = options.selection.group == Group::Categories;
    let mut chart = Chart::new(lang, WORDS);
    let mut ranked = options.selection.rows(feed, options.metric, options.sort);
    chart.beyond = ranked.len().saturating_sub(ranking_table::MOST_ROWS);
    // The others are counted as not shown.
    ranked.truncate(ranking_table::MOST_ROWS);
    let mut all = Vec::new();
    let mut charted = [false; STAGES];
    for row in &ranked {
        let progress = match by_category {
            true => feed.categories.get(row.index).map(|c| &c.progress),
            false => feed.regions.get(row.index).map(|r| &r.progress),
        };
        let stages = progress.map_or(Stages::default(), Stages::of);
        for (charted, count) in charted.iter_mut().zip(stages.0) {
            *charted |= count.is_some();
        }
        all.push(stages);
    }
    let total = feed.total.as_ref().map_or(Stages::default(), Stages::of);
    // With starts alone it says what bars say: a board has better to show.
    let [.., completed, accepted] = charted;
    let far = total.count(2).or(total.count(3)).is_some();
    draft.nothing |= !(completed || accepted || far);
    for stage in 0..STAGES {
        if total.count(stage).is_some() {
            chart.clauses.push(clause(lang, &total, stage));
        }
    }
    if charted.contains(&true) {
        let rows_name = wording::rows_name(lang, &ranked, by_category);
        chart.head = vec![rows_name.to_owned()];
        bars(draft, &mut chart, &ranked, &all, charted);
    } else if total.any() {
        funnel(draft, &mut chart, &total);
    }
    rows::show(draft, input, chart);
}

fn name(lang: Lang, stage: usize) -> &'static str {
    NAMES.get(stage).map_or("", |words| lang.pick(words))
}

fn count(lang: Lang, stages: &Stages, stage: usize) -> String {
    wording::optional_count(lang, stages.count(stage))
}

/// `已开工1,858`
fn clause(lang: Lang, stages: &Stages, stage: usize) -> String {
    wording::named(lang, name(lang, stage), &count(lang, stages, stage))
}

/// One bar a row, cut by stage, the furthest stage first and darkest.
fn bars(
    draft: &Draft,
    chart: &mut Chart,
    ranked: &[figures::Row],
    all: &[Stages],
    charted: [bool; STAGES],
) {
    let (lang, theme) = (draft.lang, draft.theme);
    let [low, started, _, completed, accepted] = theme.classes;
    let colors = [theme.track, started, completed, accepted, low];
    let color = |stage: usize| colors.get(stage).copied().unwrap_or(theme.track);
    let fill = |stage: usize, open: bool| match (stage, open) {
        (0, true) => draft.missing(),
        (_, false) => Fill::solid(color(stage)),
        // Some of them may have come further.
        (_, true) => Fill::hatch(color(stage), color(stage.saturating_add(1))),
    };
    chart.what = lang.pick("到各阶段的个数，右为计划数|到各階段的個數，右為計劃數|Number that reached each stage; planned at the right").to_owned();
    chart.high = 1.0;
    for stage in 0..STAGES {
        chart.head.push(name(lang, stage).to_owned());
    }
    // What is drawn: of each stage a bit, and one where it is open.
    let mut drawn = 0_u32;
    let mut missing = 0.0;
    for (row, stages) in ranked.iter().zip(all) {
        let mut bar = Vec::new();
        let mut more = count(lang, stages, 0);
        if let Some(parts) = stages.parts(charted) {
            for part in parts {
                drawn |= bit(part.stage, part.open);
                let mut stretch = Part::new(part.from, part.to, fill(part.stage, part.open));
                if part.stage > 0 {
                    stretch.text = count(lang, stages, part.stage);
                }
                bar.push(stretch);
            }
        } else if stages.any() {
            // No share can be told: the published counts stand alone, below 420 px the first.
            let mut words = Part::new(0.0, 1.0, Fill::NONE);
            for stage in 1..STAGES {
                let room = words.text.is_empty() || draft.width >= 420.0;
                if room && stages.count(stage).is_some() {
                    wording::clause(lang, &mut words.text, &clause(lang, stages, stage));
                }
            }
            bar.push(words);
        } else {
            missing += 1.0;
            more = ranking_table::not_reported(lang).to_owned();
            bar.push(Part::new(0.0, 1.0, draft.missing()));
        }
        let mut cells = vec![row.name.clone()];
        for stage in 0..STAGES {
            cells.push(count(lang, stages, stage));
        }
        chart.rows.push(Row {
            id: row.id.clone(),
            cells,
            more,
            body: Body::Bar(bar),
            ..Row::default()
        });
    }
    for (stage, open) in [3, 2, 1, 0]
        .into_iter()
        .flat_map(|s| [(s, false), (s, true)])
    {
        if drawn & bit(stage, open) == 0 {
            continue;
        }
        let own = name(lang, stage);
        let words = match (stage, open) {
            (0, false) => lang.pick("未开工|未開工|Not started").to_owned(),
            (0, true) => ranking_table::not_reported(lang).to_owned(),
            (_, false) => own.to_owned(),
            (_, true) => {
                let next = name(lang, stage.saturating_add(1)).to_ascii_lowercase();
                let next = lang.fill("（@数未报送）|（@數未報送）| (@ not reported)", &next);
                [own, &next].concat()
            }
        };
        chart.key.push((Sign::Box(fill(stage, open)), words));
    }
    if missing > 0.0 {
        let words = "@个未报送|@個未報送|@ not reported";
        chart.clauses.push(lang.number(words, missing));
    }
}

fn bit(stage: usize, open: bool) -> u32 {
    1 << (stage & 3) << (u32::from(open) << 2)
}

/// Four bars one below another, each beside what was left of the one before.
fn funnel(draft: &Draft, chart: &mut Chart, total: &Stages) {
    let lang = draft.lang;
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
    let mut exact = true;
    for count in total.0.into_iter().flatten() {
        chart.fit(Some(count));
        exact &= figures::exact(Some(count)).is_some();
    }
    if exact {
        chart.high /= 1.04;
    }
    for stage in 0..STAGES {
        let count = total.count(stage);
        let mut row = Row::of(lang, name(lang, stage), count);
        row.body = count_bar::body(draft, count, 1.0, chart.high);
        let share = total.share(stage).filter(|_| stage > 0);
        row.share(share);
        if let Some(share) = share {
            let share = number::percent_computed(share);
            row.figure = [&*row.figure, " · ", &share].concat();
        }
        let before = stage.checked_sub(1).and_then(|before| total.exact(before));
        if let (Some(before), Some(own), Body::Bar(parts)) =
            (before, total.exact(stage), &mut row.body)
        {
            let [low, ..] = draft.theme.classes;
            parts.insert(0, Part::new(0.0, before, Fill::solid(low)));
            row.more = number::amount((own - before).abs());
            if own != before {
                row.more.insert_str(0, if own > before { "+" } else { "−" });
            }
            row.cells.push(row.more.clone());
        } else {
            row.cell(wording::MISSING);
        }
        // The whole has no name of its own.
        row.id.clear();
        chart.rows.push(row);
    }
}
