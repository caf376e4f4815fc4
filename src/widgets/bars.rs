//! Regions or categories ranked by rate.

use super::Input;
use super::parts::{frame, ranked_bars, ranking_table, wording};
use crate::figures::{Group, Metric, Row};
use crate::scene::Draft;

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, metric) = (draft.lang, input.options.metric);
    let selection = &input.options.selection;
    let rows = selection.rows(input.feed, metric, input.options.sort);
    let by_category = selection.group == Group::Categories;
    let title = title(draft, &rows, by_category, metric);
    let unit = rows.iter().find_map(|r| r.unit.as_deref());
    let unit = wording::unit(lang, metric, unit);
    let mut what = wording::part_name(lang, metric).to_owned();
    if rows.iter().any(|r| r.whole.is_some()) {
        what = [&what, "/", wording::whole_name(lang, metric)].concat();
    }
    if !unit.is_empty() {
        what = wording::clauses(lang, &[what, unit]);
    }
    frame::open(draft, input, &title, &frame::subtitle(input, &what));
    if rows.is_empty() {
        let why = if by_category {
            lang.pick("数据中没有分类数字（categories）。|數據中沒有分類數字（categories）。|The feed has no figures by category (categories).")
        } else {
            lang.pick("数据中没有符合条件的分地区数字（regions）。|數據中沒有符合條件的分地區數字（regions）。|The feed has no matching figures by region (regions).")
        };
        frame::nothing_to_draw(draft, why);
    } else {
        ranked_bars::draw(draft, input, &rows);
    }
    frame::close(draft, input);
    ranking_table::tell(draft, input, &rows, &title);
}

fn title(draft: &Draft, rows: &[Row], by_category: bool, metric: Metric) -> String {
    let lang = draft.lang;
    let rows = wording::rows_name(lang, rows, by_category);
    let metric = wording::metric_name(lang, metric);
    if lang.is_chinese() {
        ["各", rows, metric].concat()
    } else {
        [metric, " by ", &rows.to_ascii_lowercase()].concat()
    }
}
