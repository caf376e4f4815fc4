//! The programme at a glance: the one big figure, its target, and the facts beside them.

use super::Input;
use super::parts::rows::{self, Part};
use super::parts::{frame, wording};
use crate::figures::{Metric, Overview, Progress, RateFigure, counts, models, unit};
use crate::scene::{Anchor, Draft, Fill, Hit, Rect, Table, Type};
use crate::style::number;

/// A further figure of the whole: the figure, what it counts, and one line more.
type Fact = [String; 3];

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, metric, feed) = (draft.lang, input.options.metric, input.feed);
    let none = Progress::default();
    let total = feed.total.as_ref().unwrap_or(&none);
    let overview = Overview::of(feed, total, metric);
    let name = wording::metric_name(lang, metric);
    let money = unit(total).filter(|_| metric == Metric::Investment);
    let unit = wording::unit(lang, metric, money);
    let rate = wording::rate(lang, &overview.rate);
    let part = wording::amount(lang, overview.part, unit);
    let whole = wording::amount(lang, overview.whole, unit);
    let (part_name, whole_name) = (
        wording::part_name(lang, metric),
        wording::whole_name(lang, metric),
    );
    let mut planned = String::new();
    if overview.whole.is_some() {
        planned = wording::named(lang, whole_name, &whole);
    }
    let mut started = String::new();
    if overview.part.is_some() {
        started = match lang.is_chinese() {
            true => [part_name, " ", &part].concat(),
            false => [&part, " ", &*part_name.to_ascii_lowercase()].concat(),
        };
    }
    // In a board these are the board's own.
    let (mut title, mut subtitle) = (name, planned.as_str());
    if !input.panel {
        title = feed.title.as_deref().unwrap_or(title);
        subtitle = feed.subtitle.as_deref().unwrap_or(subtitle);
    }
    frame::open(draft, input, title, &frame::subtitle(input, subtitle));
    let facts = facts(draft, input, total);
    if rate == wording::MISSING && started.is_empty() && planned.is_empty() && facts.is_empty() {
        let why = lang.pick("数据中没有项目合计（total）。|數據中沒有項目合計（total）。|The feed has no figures for the whole programme (total).");
        frame::nothing_to_draw(draft, why);
    } else {
        big_figure(draft, &rate, name, &started);
        bar(draft, &overview);
        draw_facts(draft, &facts);
    }
    frame::close(draft, input);

    let (mut table, mut lines) = (Vec::new(), Vec::new());
    for (name, figure) in [(name, &rate), (part_name, &part), (whole_name, &whole)] {
        table.push(frame::cells(&[name, figure]));
        lines.push(wording::colon(lang, name, figure));
    }
    let caption = feed.title.as_deref().unwrap_or(name);
    draft.hit(Hit {
        rect: Rect::from_css(0.0, 0.0, draft.width, draft.y),
        mark: None,
        id: String::new(),
        label: caption.to_owned(),
        lines,
        row: Some(0),
    });
    let mut alt = wording::as_of(lang, feed.as_of);
    if lang.is_chinese() {
        started = [part_name, &part].concat();
    }
    if overview.part.is_some() {
        wording::clause(lang, &mut alt, &started);
    }
    wording::clause(lang, &mut alt, &planned);
    wording::clause(lang, &mut alt, &wording::named(lang, name, &rate));
    if let Some(basis) = overview.basis {
        table.push(frame::cells(&[lang.pick("口径|口徑|Basis"), basis]));
    }
    if let Some(target) = &overview.target {
        let mut text = wording::rate(lang, target);
        let target = lang.fill("目标|目標|target ", &text);
        wording::clause(lang, &mut alt, &target);
        if let Some(by) = overview.target_by {
            wording::clause(lang, &mut text, &wording::day(lang, by));
        }
        table.push(frame::cells(&[lang.pick("目标|目標|Target"), &text]));
    }
    for [value, what, extra] in &facts {
        let figure = wording::clauses(lang, &[value, extra]);
        table.push(frame::cells(&[what, &figure]));
    }
    alt.push_str(lang.pick("。|."));
    let head = [lang.pick("指标|指標|Figure"), lang.pick("数值|數值|Value")];
    draft.tell(
        Table {
            caption: caption.to_owned(),
            head: frame::cells(&head),
            rows: table,
        },
        alt,
    );
}

/// The rate, large, with its name and the count beside it or, where there is no room, below.
fn big_figure(draft: &mut Draft, rate: &str, name: &str, part: &str) {
    let mut big = Type::new(draft.sizes.big, draft.theme.accent).bold();
    if draft.width < 400.0 {
        big.size -= 16.0;
    }
    if !rate.is_ascii() && rate != wording::MISSING {
        // Published words (全部开工) are wider than figures.
        big.size *= 0.62;
    }
    let (label, count) = (
        draft.mute(draft.sizes.subtitle),
        draft.bold(draft.sizes.label + 3.0),
    );
    let widest = draft.inner() / big.width(rate).max(1.0) * big.size;
    let sentence = widest < draft.sizes.title;
    if sentence {
        // Set as one.
        big.size = draft.sizes.title;
        draft.paragraph(rate, big, 3);
    } else {
        big.size = big.size.min(widest);
        let baseline = draft.y + (big.size * 0.733).ceil() + 4.0;
        draft.text(rate, (draft.left(), baseline), Anchor::Left, big);
        let x = draft.left() + big.width(rate) + 12.0;
        if x + label.width(name).max(count.width(part)) <= draft.right() {
            let lower = baseline - 2.0;
            let mut upper = lower;
            if !part.is_empty() {
                upper -= count.line_height();
            }
            draft.text(name, (x, upper), Anchor::Left, label);
            draft.text(part, (x, lower), Anchor::Left, count);
            draft.y = baseline + 14.0;
            return;
        }
        draft.y = baseline + 8.0;
    }
    draft.paragraph(name, label, 1);
    draft.paragraph(part, count, 2);
    draft.y += 6.0;
}

/// The rate as a bar on its track, with the target's mark and words.
fn bar(draft: &mut Draft, overview: &Overview) {
    let (lang, theme) = (draft.lang, draft.theme);
    let value = overview.rate.value;
    let target = overview.target.as_ref().and_then(|t| t.value);
    let high = value.unwrap_or(0.0).max(target.unwrap_or(0.0)).max(1.0);
    let mut parts = vec![Part::new(0.0, high, draft.missing())];
    if let Some(value) = value {
        parts = vec![
            Part::new(0.0, high, Fill::solid(theme.track)),
            Part::new(0.0, value, Fill::solid(theme.accent)),
        ];
    }
    let (left, width, top) = (draft.left(), draft.inner(), draft.y);
    rows::bar_parts(
        draft,
        (&parts, &[]),
        (left, width),
        (top, 12.0),
        (12.0, high),
        1,
    );
    draft.y += 12.0;
    let (Some(target), Some(at)) = (&overview.target, target) else {
        draft.y += 4.0;
        return;
    };
    let x = (left + at / high * width).clamp(left + 1.0, draft.right() - 1.0);
    draft.line((x, top - 5.0), (x, top + 17.0), theme.target, 2.0, 0.0);
    let set = Type::new(draft.sizes.subtitle, theme.target);
    let mut text = lang.fill("目标 |目標 |Target ", &wording::rate(lang, target));
    if let Some(by) = overview.target_by {
        let by = lang.fill("@前|by @", &wording::day(lang, by));
        wording::clause(lang, &mut text, &by);
    }
    if value.is_some_and(|value| value >= at - 1e-9) {
        wording::clause(lang, &mut text, lang.pick("已达到|已達到|reached"));
    } else if let Some(days) = overview.days_left {
        wording::clause(lang, &mut text, &wording::days_left(lang, days));
    }
    draft.y += 6.0;
    // Under its mark, but never past the left edge.
    let lines = set.wrap(&text, width, 2);
    let mut end = (x + 1.0, Anchor::Right);
    if lines.iter().any(|line| set.width(line) > end.0 - left) {
        end = (left, Anchor::Left);
    }
    for line in &lines {
        let height = set.line_height();
        draft.label(line, (end.0, draft.y), height, end.1, set);
        draft.y += height;
    }
}

/// What else the feed tells of the whole, most telling first.
fn facts(draft: &Draft, input: &Input, total: &Progress) -> Vec<Fact> {
    let (lang, feed) = (draft.lang, input.feed);
    let mut facts = Vec::new();
    for (metric, what, share, unit) in [
        (
            Metric::Completion,
            "个已完工|個已完工|completed",
            "完工率 |Rate ",
            None,
        ),
        (
            Metric::Investment,
            "已完成投资|已完成投資|invested",
            "完成率 |Rate ",
            unit(total),
        ),
    ] {
        let part = counts(total, metric).0;
        let mut rate = wording::rate(lang, &RateFigure::of(total, metric));
        let known = rate != wording::MISSING;
        if metric == input.options.metric || part.is_none() && !known {
            continue;
        }
        rate = match known {
            true => lang.fill(share, &rate),
            false => String::new(),
        };
        let part = wording::amount(lang, part, unit.unwrap_or_default());
        facts.push([part, lang.pick(what).to_owned(), rate]);
    }
    let models = models(feed);
    if models > 0 {
        let what = lang.pick("个样板镇|個樣板鎮|model towns").to_owned();
        facts.push([number::amount(models as f64), what, String::new()]);
    }
    if let Some(item) = feed.coverage.iter().find(|item| item.done.is_some()) {
        let done = wording::optional_count(lang, item.done.as_ref());
        let of = item.of.as_ref().map(|of| wording::count(lang, of));
        let of = of.map(|of| lang.fill("共@个|共@個|of @", &of));
        facts.push([done, item.name.clone(), of.unwrap_or_default()]);
    }
    let teams = feed.teams.iter();
    for (count, what) in teams.flat_map(|teams| {
        [
            (
                &teams.activities,
                "次专家团队活动|次專家團隊活動|expert-team activities",
            ),
            (
                &teams.problems_solved,
                "问题已解决|問題已解決|problems solved",
            ),
        ]
    }) {
        if let Some(count) = count {
            let count = wording::count(lang, count);
            facts.push([count, lang.pick(what).to_owned(), String::new()]);
        }
    }
    facts
}

/// Facts side by side, as many as the width holds.
fn draw_facts(draft: &mut Draft, facts: &[Fact]) {
    if facts.is_empty() {
        return;
    }
    let sizes = draft.sizes;
    let room = draft.inner() / (sizes.label * 7.5);
    let columns = room.floor().clamp(1.0, 4.0).min(facts.len() as f64);
    draft.y += 14.0;
    let step = draft.inner() / columns;
    let (mut x, width) = (draft.left(), step - 12.0);
    let (top, mut bottom) = (draft.y, draft.y);
    for [value, what, extra] in facts.iter().take(columns as usize) {
        draft.y = top;
        // Long published wording is set smaller before it is shortened.
        let mut figure = draft.bold(sizes.title + 4.0);
        let fit = width / figure.width(value).max(1.0) * figure.size;
        figure.size = fit.clamp(sizes.label, figure.size);
        for (text, set) in [
            (value, figure),
            (what, draft.ink(sizes.label)),
            (extra, draft.mute(sizes.count)),
        ] {
            draft.column(text, (x, width), set, 2);
        }
        bottom = bottom.max(draft.y);
        x += step;
    }
    draft.y = bottom;
}
