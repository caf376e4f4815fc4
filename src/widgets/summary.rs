//! The programme at a glance: the one big figure, its target, and the facts beside them.

use super::Input;
use super::parts::rows::{self, Part};
use super::parts::{frame, wording};
use crate::figures::{Metric, Progress, RateFigure, basis, counts, models, reaches, target, unit};
use crate::scene::{Anchor, Draft, Fill, Type};
use crate::style::number;

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, metric, feed) = (draft.lang, input.options.metric, input.feed);
    let none = Progress::default();
    let total = feed.total.as_ref().unwrap_or(&none);
    let unit = wording::unit(lang, metric, unit(total));
    let name = wording::metric_name(lang, metric);
    let figure = RateFigure::of(total, metric);
    let rate = wording::rate(lang, &figure);
    let (part, whole) = counts(total, metric);

    // What the sentence says of a figure; what the table and the tooltip do.
    let mut lines = Vec::new();
    let mut tell = |name: &str, figure: &str| {
        frame::row(draft, &[name, figure]);
        lines.push(wording::colon(lang, name, figure));
        match figure {
            wording::MISSING => String::new(),
            _ => wording::named(lang, name, figure),
        }
    };
    let mut rated = tell(name, &rate);
    if input.panel && !rated.is_empty() {
        rated = rate.clone(); // The panel's title names it.
    }
    let part_name = wording::part_name(lang, metric);
    let started = tell(part_name, &wording::amount(lang, part, unit));
    let whole_name = wording::whole_name(lang, metric);
    let planned = tell(whole_name, &wording::amount(lang, whole, unit));
    if let Some(basis) = basis(total, metric) {
        frame::row(draft, &[lang.pick("口径|口徑|Basis"), basis]);
    }
    let (mut aim, mut at) = (String::new(), None);
    if let Some(target) = target(feed, metric) {
        let published = RateFigure::published(&target.rate);
        at = published.value;
        let mut text = wording::rate(lang, &published);
        if let Some(by) = target.by {
            let by = lang.fill("@前|by @", &wording::day(lang, by));
            wording::clause(lang, &mut text, &by);
        }
        if let (Some(rate), Some(at)) = (figure.value, at)
            && reaches(rate, at)
        {
            wording::clause(lang, &mut text, lang.pick("已达到|已達到|reached"));
        } else if let Some(by) = target.by {
            let days = feed.as_of.date.days_until(by.date);
            wording::clause(lang, &mut text, &wording::days_left(lang, days));
        }
        let name = lang.pick("目标|目標|Target");
        frame::row(draft, &[name, &text]);
        aim = wording::named(lang, name, &text);
    }
    let facts = facts(draft, input, total);
    for fact in &facts {
        if let [value, what, extra] = &fact[..] {
            let figure = wording::clauses(lang, &[value, extra]);
            frame::row(draft, &[what, &figure]);
        }
    }

    let title = feed.title.as_deref().unwrap_or(name);
    // In a board the feed's title and subtitle are the board's own.
    let (mut above, mut below) = (name, planned.as_str());
    if !input.panel {
        (above, below) = (title, feed.subtitle.as_deref().unwrap_or(below));
    }
    frame::open(draft, input, above, below);
    if rated.is_empty() && started.is_empty() && planned.is_empty() && facts.is_empty() {
        let why = "数据中没有项目合计（total）。|數據中沒有項目合計（total）。|The feed has no figures for the whole programme (total).";
        frame::nothing_to_draw(draft, why);
    } else {
        big_figure(draft, &rate, name, &started);
        bar(draft, figure.value, at, &aim);
        draw_facts(draft, &facts);
    }
    frame::heads(draft, "指标 数值|指標 數值|Figure Value");
    for clause in [rated, started, planned, aim] {
        frame::tell(draft, clause);
    }
    frame::close(draft, input);
    frame::answer(draft, 0.0, String::new(), title, lines, 0);
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
fn bar(draft: &mut Draft, value: Option<f64>, target: Option<f64>, words: &str) {
    let theme = draft.theme;
    let high = value.unwrap_or(0.0).max(target.unwrap_or(0.0)).max(1.0);
    let (mut track, mut count) = (draft.missing(), 1);
    if value.is_some() {
        (track, count) = (Fill::solid(theme.track), 2);
    }
    let parts = [
        Part::new(0.0, high, track),
        Part::new(0.0, value.unwrap_or(0.0), Fill::solid(theme.accent)),
    ];
    let shown = parts.get(..count).unwrap_or_default();
    let (left, width, top) = (draft.left(), draft.inner(), draft.y);
    rows::bar_parts(
        draft,
        (shown, &[]),
        (left, width),
        (top, 12.0),
        (12.0, high),
        1,
    );
    draft.y += 12.0;
    let Some(at) = target else {
        draft.y += 4.0;
        return;
    };
    let x = (left + at / high * width)
        .min(draft.right() - 1.0)
        .max(left + 1.0);
    draft.line((x, top - 5.0), (x, top + 17.0), theme.target, 2.0, 0.0);
    let set = Type::new(draft.sizes.subtitle, theme.target);
    draft.y += 6.0;
    // Under its mark, but never past the left edge.
    let lines = set.wrap(words, width, 2);
    let mut end = (x + 1.0, Anchor::Right);
    for line in &lines {
        if set.width(line) > x + 1.0 - left {
            end = (left, Anchor::Left);
        }
    }
    for line in &lines {
        let height = set.line_height();
        draft.label(line, (end.0, draft.y), height, end.1, set);
        draft.y += height;
    }
}

/// What else the feed tells of the whole, most telling first: the figure, what it counts, and one
/// line more.
fn facts(draft: &Draft, input: &Input, total: &Progress) -> Vec<Vec<String>> {
    let (lang, feed) = (draft.lang, input.feed);
    let mut facts = Vec::new();
    let mut add = |value: &str, what: &str, extra: &str| {
        facts.push(frame::cells(&[value, what, extra]));
    };
    for &(metric, what, share) in &[
        (
            Metric::Completion,
            "个已完工|個已完工|completed",
            "完工率 |Rate ",
        ),
        (
            Metric::Investment,
            "已完成投资|已完成投資|invested",
            "完成率 |Rate ",
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
        let unit = unit(total).filter(|_| metric == Metric::Investment);
        let part = wording::amount(lang, part, unit.unwrap_or_default());
        add(&part, lang.pick(what), &rate);
    }
    let models = models(feed);
    if models > 0 {
        let what = lang.pick("个样板镇|個樣板鎮|model towns");
        add(&number::amount(models as f64), what, "");
    }
    for item in &feed.coverage {
        let Some(done) = &item.done else { continue };
        let mut extra = String::new();
        if let Some(of) = &item.of {
            extra = lang.fill("共@个|共@個|of @", &wording::count(lang, of));
        }
        add(&wording::count(lang, done), &item.name, &extra);
        break;
    }
    if let Some(teams) = &feed.teams {
        for (count, what) in [
            (
                &teams.activities,
                "次专家团队活动|次專家團隊活動|expert-team activities",
            ),
            (
                &teams.problems_solved,
                "问题已解决|問題已解決|problems solved",
            ),
        ] {
            if let Some(count) = count {
                add(&wording::count(lang, count), lang.pick(what), "");
            }
        }
    }
    facts
}

/// Facts side by side, in lines of as many as the width holds, or fewer where that fills them evenly.
fn draw_facts(draft: &mut Draft, facts: &[Vec<String>]) {
    if facts.is_empty() {
        return;
    }
    let sizes = draft.sizes;
    let most = (draft.inner() / (sizes.label * 7.5))
        .floor()
        .clamp(1.0, 4.0);
    let count = facts.len() as f64;
    let columns = (count / (count / most).ceil()).ceil();
    draft.y += 14.0;
    let step = draft.inner() / columns;
    let (mut x, width) = (draft.left(), step - 12.0);
    let (mut top, mut bottom) = (draft.y, draft.y);
    for fact in facts {
        let [value, what, extra] = &fact[..] else {
            break;
        };
        if x + width > draft.right() {
            (x, top) = (draft.left(), bottom + 8.0);
        }
        draft.y = top;
        // Long published wording is set smaller before it is shortened.
        let mut figure = draft.bold(sizes.title + 4.0);
        let fit = width / figure.width(value).max(1.0) * figure.size;
        figure.size = fit.min(figure.size).max(sizes.label);
        draft.column(value, (x, width), figure, 2);
        draft.column(what, (x, width), draft.ink(sizes.label), 3);
        draft.column(extra, (x, width), draft.mute(sizes.count), 2);
        bottom = bottom.max(draft.y);
        x += step;
    }
    draft.y = bottom;
}
