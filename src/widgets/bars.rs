//! Regions or categories ranked by rate.

use super::Input;
use super::parts::{frame, ranked_bars, ranking_table, wording};
use crate::figures::{Group, Row, compared_with};
use crate::scene::Draft;
use crate::style::cat;

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, metric) = (draft.lang, input.options.metric);
    let selection = &input.options.selection;
    let mut rows = selection.rows(input.feed, metric, input.options.sort);
    let whole = selection.group == Group::Total;
    if whole && let Some(row) = Row::whole(input.feed, metric, lang.pick("合计|合計|Total")) {
        rows.push(row);
    }
    if let Some(until) = input.options.since {
        selection.compare(&mut rows, input.feed, metric, until);
    }
    let by_category = selection.group == Group::Categories;
    let mut title = match whole {
        true => wording::metric_name(lang, metric).to_owned(),
        false => wording::by_rows(lang, metric, &rows, by_category),
    };
    let parent = selection.parent_name(input.feed);
    if lang.is_chinese() {
        title = cat(parent, &title, "");
    } else {
        wording::clause(lang, &mut title, parent);
    }
    frame::open(
        draft,
        input,
        &title,
        &ranked_bars::what(lang, metric, &rows),
    );
    if rows.is_empty() {
        let why = match selection.group {
            Group::Regions => wording::NO_REGIONS,
            Group::Categories => {
                "数据中没有分类数字（categories）。|數據中沒有分類數字（categories）。|The feed has no figures by category (categories)."
            }
            Group::Total => {
                "数据中没有项目合计（total）。|數據中沒有項目合計（total）。|The feed has no figures for the whole programme (total)."
            }
        };
        frame::nothing_to_draw(draft, why);
    } else {
        if input.options.since.is_some() && compared_with(&rows).is_none() {
            let why = lang.text("数据中没有更早的数字（history）。|數據中沒有更早的數字（history）。|The feed has no earlier figures (history).");
            draft.paragraph(&why, draft.mute(draft.sizes.label), 4);
            draft.remark(why);
            draft.y += 8.0;
        }
        ranked_bars::draw(draft, input, &rows);
    }
    ranking_table::table(draft, input, &rows);
    ranking_table::tell(draft, &rows);
    frame::close(draft, input);
}
