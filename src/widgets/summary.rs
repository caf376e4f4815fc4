//! The programme at a glance: the one big figure, its target, and the facts beside them.

use super::Input;
use super::parts::{frame, wording};
use crate::figures::{Fact, Overview, RateFigure};
use crate::scene::plot::{Plot, Span};
use crate::scene::{Anchor, Draft, Fill, Hit, Px, Rect, Table, Type};
use crate::style::{join, number};

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, metric) = (draft.lang, input.options.metric);
    let overview = Overview::of(input.feed, metric);
    let name = wording::metric_name(lang, metric);
    let unit = wording::unit(lang, metric, overview.unit.as_deref());
    let planned = overview.whole.as_ref().map(|c| {
        let amount = wording::count_with_unit(lang, c, &unit);
        let space = if lang.is_chinese() { "" } else { " " };
        [wording::whole_name(lang, metric), space, &amount].concat()
    });
    // In a board these are the board's own.
    let given = |text: &Option<String>| text.clone().filter(|_| !input.panel);
    let title = given(&input.feed.title).unwrap_or_else(|| name.to_owned());
    let subtitle = given(&input.feed.subtitle).or(planned.clone());
    frame::open(
        draft,
        input,
        &title,
        &frame::subtitle(input, &subtitle.unwrap_or_default()),
    );

    let rate = wording::rate(lang, &overview.rate);
    let part = overview.part.as_ref().map(|c| {
        let amount = wording::count_with_unit(lang, c, &unit);
        let part = wording::part_name(lang, metric);
        if lang.is_chinese() {
            [part, " ", &amount].concat()
        } else {
            [&*amount, " ", &part.to_ascii_lowercase()].concat()
        }
    });
    let nothing = overview.rate
        == RateFigure {
            value: None,
            text: None,
            origin: overview.rate.origin,
        };
    if nothing && part.is_none() && planned.is_none() && overview.facts.is_empty() {
        let why = lang.pick("数据中没有项目合计（total）。|數據中沒有項目合計（total）。|The feed has no figures for the whole programme (total).");
        frame::nothing_to_draw(draft, why);
    } else {
        big_figure(draft, &rate, name, part.as_deref());
        bar(draft, &overview);
        facts(draft, &overview.facts);
    }
    frame::close(draft, input);
    tell(
        draft,
        input,
        &overview,
        (&rate, part.as_deref(), planned.as_deref()),
    );
}

/// The rate, large, with its name and the count beside it or, where there is no room, below.
fn big_figure(draft: &mut Draft, rate: &str, name: &str, part: Option<&str>) {
    let mut big = Type::new(draft.sizes.big, draft.theme.accent).bold();
    if draft.width < 400.0 {
        big.size -= 16.0;
    }
    if !rate.is_ascii() && rate != wording::MISSING {
        // Published words (全部开工) are wider than figures.
        big.size *= 0.62;
    }
    let widest = draft.inner() / big.width(rate).max(1.0) * big.size;
    if widest < draft.sizes.title {
        // A sentence, set as one.
        big.size = draft.sizes.title;
        draft.paragraph(rate, big, 3);
        draft.paragraph(name, draft.mute(draft.sizes.subtitle), 1);
        draft.paragraph(
            part.unwrap_or_default(),
            draft.bold(draft.sizes.label + 3.0),
            2,
        );
        draft.y += 6.0;
        return;
    }
    big.size = big.size.min(widest);
    let baseline = draft.y + (big.size * 0.733).ceil() + 4.0;
    draft.text(rate, (draft.left(), baseline), Anchor::Left, big);
    let x = draft.left() + big.width(rate) + 12.0;
    let (label, count) = (
        draft.mute(draft.sizes.subtitle),
        draft.bold(draft.sizes.label + 3.0),
    );
    let part = part.unwrap_or_default();
    if x + label.width(name).max(count.width(part)) <= draft.right() {
        let lower = baseline - 2.0;
        let upper = if part.is_empty() {
            lower
        } else {
            lower - count.line_height()
        };
        draft.text(name, (x, upper), Anchor::Left, label);
        draft.text(part, (x, lower), Anchor::Left, count);
        draft.y = baseline + 14.0;
    } else {
        draft.y = baseline + 8.0;
        draft.paragraph(name, label, 1);
        draft.paragraph(part, count, 2);
        draft.y += 6.0;
    }
}

/// The rate as a bar on its track, with the target's mark and words.
fn bar(draft: &mut Draft, overview: &Overview) {
    let (lang, theme) = (draft.lang, draft.theme);
    let value = overview.rate.value;
    let target = overview.target.as_ref().and_then(|t| t.value);
    let high = [1.0]
        .into_iter()
        .chain(value)
        .chain(target)
        .fold(1.0, f64::max);
    let rect = Rect::from_css(draft.left(), draft.y, draft.inner(), 12.0);
    let plot = Plot::new(rect, Span::new(0.0, high), Span::new(0.0, 1.0));
    let track = if value.is_some() {
        Fill::Solid(theme.track)
    } else {
        draft.missing()
    };
    plot.rect((0.0, 0.0), (high, 1.0), track, 0.0, 0);
    if let Some(value) = value {
        plot.rect((0.0, 0.0), (value, 1.0), Fill::Solid(theme.accent), 2.0, 1);
    }
    let mark_x = target.map(|t| plot.locate((t, 0.0)).x.css());
    draft.extend(plot.into_marks());
    draft.y += 12.0;
    let (Some(target), Some(x)) = (&overview.target, mark_x) else {
        draft.y += 4.0;
        return;
    };
    let x = x.clamp(draft.left() + 1.0, draft.right() - 1.0);
    let (top, bottom) = (draft.y - 17.0, draft.y + 5.0);
    draft.line((x, top), (x, bottom), theme.target, 2.0, 0.0);
    let set = Type::new(draft.sizes.subtitle, theme.target);
    let text = [
        lang.pick("目标 |目標 |Target "),
        &*wording::rate(lang, target),
    ]
    .concat();
    let reached = overview
        .rate
        .value
        .zip(target.value)
        .is_some_and(|(v, t)| v >= t - 1e-9);
    let mut clauses = vec![text];
    if let Some(by) = overview.target_by {
        let day = wording::day(lang, by);
        clauses.push(if lang.is_chinese() {
            [&*day, "前"].concat()
        } else {
            ["by ", &*day].concat()
        });
    }
    if reached {
        clauses.push(lang.pick("已达到|已達到|reached").to_owned());
    } else if let Some(days) = overview.days_left {
        clauses.push(wording::days_left(lang, days));
    }
    let text = wording::clauses(lang, &clauses);
    draft.y += 6.0;
    let lines = set.wrap(&text, draft.inner(), 2);
    // Under its mark, but never past the left edge.
    let left_of_mark = x + 1.0 - draft.left();
    let under = lines.iter().all(|line| set.width(line) <= left_of_mark);
    for line in lines {
        let height = set.line_height();
        let baseline = draft.y + set.baseline_in(height);
        if under {
            draft.text(&line, (x + 1.0, baseline), Anchor::Right, set);
        } else {
            draft.text(&line, (draft.left(), baseline), Anchor::Left, set);
        }
        draft.y += height;
    }
}

/// A fact in words: the figure, what it counts, and one line more.
fn words(draft: &Draft, fact: &Fact) -> (String, String, String) {
    let lang = draft.lang;
    let rate_line = |name: &str, rate: &RateFigure| {
        if rate.value.is_none() && rate.text.is_none() {
            String::new()
        } else {
            [name, " ", &wording::rate(lang, rate)].concat()
        }
    };
    match fact {
        Fact::Completed(count, rate) => (
            wording::optional_count(lang, count.as_ref()),
            lang.pick("个已完工|個已完工|completed").to_owned(),
            rate_line(lang.pick("完工率|Rate"), rate),
        ),
        Fact::Invested(count, unit, rate) => (
            count.as_ref().map_or_else(
                || wording::MISSING.to_owned(),
                |c| wording::count_with_unit(lang, c, unit.as_deref().unwrap_or_default()),
            ),
            lang.pick("已完成投资|已完成投資|invested").to_owned(),
            rate_line(lang.pick("完成率|Rate"), rate),
        ),
        Fact::ModelTowns(count) => (
            number::amount(*count as f64),
            lang.pick("个样板镇|個樣板鎮|model towns").to_owned(),
            String::new(),
        ),
        Fact::Coverage(name, done, of) => (
            wording::optional_count(lang, done.as_ref()),
            name.clone(),
            of.as_ref().map_or_else(String::new, |of| {
                let of = wording::count(lang, of);
                if lang.is_chinese() {
                    ["共", &*of, lang.pick("个|個|")].concat()
                } else {
                    ["of ", &*of].concat()
                }
            }),
        ),
        Fact::Activities(count) => (
            wording::count(lang, count),
            lang.pick("次专家团队活动|次專家團隊活動|expert-team activities")
                .to_owned(),
            String::new(),
        ),
        Fact::ProblemsSolved(count) => (
            wording::count(lang, count),
            lang.pick("问题已解决|問題已解決|problems solved")
                .to_owned(),
            String::new(),
        ),
    }
}

/// Facts side by side, as many as the width holds.
fn facts(draft: &mut Draft, facts: &[Fact]) {
    let room = draft.inner() / (draft.sizes.label * 7.5);
    let columns = (room.floor().clamp(1.0, 4.0) as usize).min(facts.len());
    if columns == 0 {
        return;
    }
    draft.y += 14.0;
    let column = draft.inner() / columns as f64;
    let (figure, label, more) = (
        draft.bold(draft.sizes.title + 4.0),
        draft.ink(draft.sizes.label),
        draft.mute(draft.sizes.count),
    );
    let top = draft.y;
    let mut bottom = top;
    for (index, fact) in facts.iter().take(columns).enumerate() {
        let (value, what, extra) = words(draft, fact);
        let x = draft.left() + column * index as f64;
        let mut y = top;
        let mut lines = |text: &str, set: Type, count: usize| {
            for line in set.wrap(text, column - 12.0, count) {
                let height = set.line_height();
                draft.text(&line, (x, y + set.baseline_in(height)), Anchor::Left, set);
                y += height;
            }
        };
        // Long published wording is set smaller before it is shortened.
        let fit = (column - 12.0) / figure.width(&value).max(1.0) * figure.size;
        lines(&value, figure.sized(fit.clamp(label.size, figure.size)), 2);
        lines(&what, label, 2);
        lines(&extra, more, 2);
        bottom = f64::max(bottom, y);
    }
    draft.y = bottom;
}

/// The table, the sentence, and the hit area of the whole.
fn tell(
    draft: &mut Draft,
    input: &Input,
    overview: &Overview,
    (rate, part, planned): (&str, Option<&str>, Option<&str>),
) {
    let (lang, metric) = (draft.lang, input.options.metric);
    let unit = wording::unit(lang, metric, overview.unit.as_deref());
    let amount = |count: Option<&crate::figures::Count>| {
        count.map_or_else(
            || wording::MISSING.to_owned(),
            |c| wording::count_with_unit(lang, c, &unit),
        )
    };
    let mut rows = vec![
        vec![
            wording::metric_name(lang, metric).to_owned(),
            rate.to_owned(),
        ],
        vec![
            wording::part_name(lang, metric).to_owned(),
            amount(overview.part.as_ref()),
        ],
        vec![
            wording::whole_name(lang, metric).to_owned(),
            amount(overview.whole.as_ref()),
        ],
    ];
    if let Some(basis) = &overview.basis {
        rows.push(vec![lang.pick("口径|口徑|Basis").to_owned(), basis.clone()]);
    }
    if let Some(target) = &overview.target {
        let by = overview
            .target_by
            .map(|by| wording::day(lang, by))
            .unwrap_or_default();
        let text = wording::clauses(lang, &[wording::rate(lang, target), by]);
        rows.push(vec![lang.pick("目标|目標|Target").to_owned(), text]);
    }
    for fact in &overview.facts {
        let (value, what, extra) = words(draft, fact);
        rows.push(vec![what, wording::clauses(lang, &[value, extra])]);
    }
    let target = overview
        .target
        .as_ref()
        .map(|t| [lang.pick("目标|目標|target "), &*wording::rate(lang, t)].concat());
    let space = if lang.is_chinese() { "" } else { " " };
    let alt = wording::clauses(
        lang,
        &[
            wording::as_of(lang, input.feed.as_of),
            part.map(|p| {
                if lang.is_chinese() {
                    p.replace(' ', "")
                } else {
                    p.to_owned()
                }
            })
            .unwrap_or_default(),
            planned.unwrap_or_default().to_owned(),
            [wording::metric_name(lang, metric), space, rate].concat(),
            target.unwrap_or_default(),
        ],
    );
    let full_stop = lang.pick("。|.");
    let caption = input
        .feed
        .title
        .clone()
        .unwrap_or_else(|| wording::metric_name(lang, metric).to_owned());
    let lines: Vec<String> = rows
        .iter()
        .take(3)
        .map(|row| join(row, lang.pick("：|: ")))
        .collect();
    draft.hit(Hit {
        rect: Rect {
            x: Px(0),
            y: Px(0),
            width: Px::from_css(draft.width),
            height: Px::from_css(draft.y),
        },
        mark: None,
        id: String::new(),
        label: caption.clone(),
        lines,
        row: Some(0),
    });
    let head = vec![
        lang.pick("指标|指標|Figure").to_owned(),
        lang.pick("数值|數值|Value").to_owned(),
    ];
    draft.tell(
        Table {
            caption,
            head,
            rows,
        },
        [&*alt, full_stop].concat(),
    );
}
