//! Planned, started, completed, accepted: a bar a region, or a funnel for the whole.

use super::Input;
use super::parts::key::Sign;
use super::parts::rows::{self, Chart, Layout, Part, Row};
use super::parts::{count_bar, frame, ranking_table, wording};
use crate::figures::{self, Bound, Group, STAGES, Stages};
use crate::scene::{Draft, Fill};
use crate::style::{Lang, cat, number};

const NAMES: [&str; STAGES] = ["计划|計劃|Planned", STARTED, COMPLETED, ACCEPTED];
const STARTED: &str = "已开工|已開工|Started";
const COMPLETED: &str = "已完工|Completed";
const ACCEPTED: &str = "已验收|已驗收|Accepted";

/// What a bar's parts stand for, the furthest stage first: where all is reported, and where it is
/// not.
const KEY: [&str; 8] = [
    ACCEPTED,
    "",
    COMPLETED,
    "已完工（已验收数未报送）|已完工（已驗收數未報送）|Completed (accepted not reported)",
    STARTED,
    "已开工（已完工数未报送）|已開工（已完工數未報送）|Started (completed not reported)",
    "未开工|未開工|Not started",
    ranking_table::NOT_REPORTED,
];

const WORDS: &str = "项目进展阶段\t\t数据中没有各阶段的个数（planned、started、completed、accepted）。\t阶段\t个数\t占计划\t比上一步|項目進展階段\t\t數據中沒有各階段的個數（planned、started、completed、accepted）。\t階段\t個數\t占計劃\t比上一步|Projects by stage\t\tThe feed has no counts by stage (planned, started, completed, accepted).\tStage\tNumber\tOf planned\tFrom the step before";

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, feed, options) = (draft.lang, input.feed, input.options);
    let by_category = options.selection.group == Group::Categories;
    let mut chart = Chart::new(draft, WORDS);
    let mut ranked = options.selection.rows(feed, options.metric, options.sort);
    chart.beyond = ranked.len().saturating_sub(ranking_table::MOST_ROWS);
    // The others are counted as not shown.
    ranked.truncate(ranking_table::MOST_ROWS);
    let stages_of = |row: &figures::Row| {
        let progress = match by_category {
            true => feed.categories.get(row.index).map(|c| &c.progress),
            false => feed.regions.get(row.index).map(|r| &r.progress),
        };
        progress.map_or(Stages::default(), Stages::of)
    };
    let mut charted = [false; STAGES];
    for row in &ranked {
        let stages = stages_of(row);
        for (stage, charted) in charted.iter_mut().enumerate() {
            *charted |= stages.count(stage).is_some();
        }
    }
    let total = feed.total.as_ref().map_or(Stages::default(), Stages::of);
    // With starts alone it says what bars say: a board has better to show.
    let [.., completed, accepted] = charted;
    let far = total.count(2).or(total.count(3)).is_some();
    draft.nothing |= !(completed || accepted || far);
    for stage in 0..STAGES {
        if total.count(stage).is_some() {
            frame::tell(draft, clause(lang, &total, stage));
        }
    }
    if charted.contains(&true) {
        let rows_name = wording::rows_name(lang, &ranked, by_category);
        draft.table.head.truncate(0);
        draft.table.head.push(rows_name.to_owned());
        bars(draft, &mut chart, &ranked, &stages_of, charted);
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
fn bars<'a>(
    draft: &mut Draft,
    chart: &mut Chart,
    ranked: &[figures::Row],
    stages_of: &dyn Fn(&figures::Row) -> Stages<'a>,
    charted: [bool; STAGES],
) {
    let (lang, theme) = (draft.lang, draft.theme);
    let [_, started, _, completed, accepted] = theme.classes;
    // Of each stage, as far as all has been reported and where it is open: some of those may have
    // come further.
    let fills = [
        Fill::solid(accepted),
        Fill::NONE,
        Fill::solid(completed),
        Fill::hatch(completed, accepted),
        Fill::solid(started),
        Fill::hatch(started, completed),
        Fill::solid(theme.track),
        draft.missing(),
    ];
    let mut drawn = 0;
    chart.what = lang.pick("到各阶段的个数，右为计划数|到各階段的個數，右為計劃數|Number that reached each stage; planned at the right");
    chart.high = 1.0;
    for stage in 0..STAGES {
        draft.table.head.push(name(lang, stage).to_owned());
    }
    let mut missing = 0.0;
    for ranked in ranked {
        let stages = stages_of(ranked);
        let mut row = Row::new(&ranked.id(), ranked.name);
        for stage in 0..STAGES {
            row.cells.push(count(lang, &stages, stage));
        }
        row.more = count(lang, &stages, 0);
        for (index, part) in stages.parts(charted).iter().enumerate() {
            let place = (index << 1 | usize::from(part.open)) & 7;
            if part.to > part.from
                && let Some(fill) = fills.get(place)
            {
                drawn |= 1 << place;
                let mut stretch = Part::new(part.from, part.to, *fill);
                // Of those that are planned only it is at the right.
                stretch.cell = NAMES.len().saturating_sub(1).saturating_sub(index);
                row.parts.push(stretch);
            }
        }
        if !row.parts.is_empty() {
            // All is told.
        } else if stages.any() {
            // No share can be told: the published counts stand alone, below 420 px the first.
            for stage in 1..STAGES {
                let room = row.words.is_empty() || draft.width >= 420.0;
                if room && stages.count(stage).is_some() {
                    wording::clause(lang, &mut row.words, &clause(lang, &stages, stage));
                }
            }
        } else {
            missing += 1.0;
            row.more = ranking_table::not_reported(lang).to_owned();
            row.part(0.0, 1.0, draft.missing());
        }
        chart.rows.push(row);
    }
    chart.explain(lang, drawn, &fills.map(Sign::Box), &KEY);
    if missing > 0.0 {
        let words = "@个未报送|@個未報送|@ not reported";
        frame::tell(draft, lang.number(words, missing));
    }
}

/// Four bars one below another, each beside what was left of the one before.
fn funnel(draft: &Draft, chart: &mut Chart, total: &Stages) {
    let lang = draft.lang;
    let narrow = draft.inner() < 400.0;
    if narrow {
        chart.layout = Layout::Stacked;
    }
    let what = match (total.share(0).is_some(), narrow) {
        (false, _) => "个数|個數|Number",
        (_, true) => "个数、占计划|個數、占計劃|Number, share of planned",
        (_, false) => {
            "个数、占计划，右为比上一步增减|個數、占計劃，右為比上一步增減|Number, share of planned; at the right: from the step before"
        }
    };
    chart.what = lang.pick(what);
    let mut exact = true;
    for count in total.0 {
        chart.fit(count);
        exact &= count.is_none_or(|count| count.bound == Bound::Exact);
    }
    if exact {
        chart.high /= 1.04;
    }
    for stage in 0..STAGES {
        let count = total.count(stage);
        let mut row = Row::of(lang, name(lang, stage), count);
        let share = total.share(stage).filter(|_| stage > 0);
        row.share(share);
        if let Some(share) = share {
            let share = number::percent_computed(share);
            row.figure = cat(&row.figure, " · ", &share);
        }
        let mut step = wording::MISSING.to_owned();
        let before = stage.checked_sub(1).and_then(|before| total.exact(before));
        if let (Some(before), Some(own)) = (before, total.exact(stage)) {
            let [low, ..] = draft.theme.classes;
            row.part(0.0, before, Fill::solid(low));
            step = number::signed_amount(own - before);
            row.more = step.clone();
        }
        row.cells.push(step);
        count_bar::add(&mut row, draft, count, 1.0, chart.high);
        // The whole has no name of its own.
        row.id.clear();
        chart.rows.push(row);
    }
}
