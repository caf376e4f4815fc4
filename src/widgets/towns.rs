//! Towns as points on the map: how many projects, at which rate, which are models; towns without a
//! point are listed below it.

use super::Input;
use super::parts::base_map::Base;
use super::parts::classes::Classes;
use super::parts::{frame, point_map, ranked_bars, ranking_table, wording};
use crate::figures::{Places, Row};
use crate::scene::Draft;
use crate::style::{Lang, cat};

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, options) = (draft.lang, input.options);
    let selection = options.selection.of_towns(input.feed);
    let rows = selection.rows(input.feed, options.metric, options.sort);
    let places = Places::of(&rows);
    let classes = Classes::of_rows(options, &rows);
    let base = Some(Base::whole(draft, input, &rows)).filter(|base| base.holds(&rows));
    let (title, what) = if places.any_figure() {
        (
            wording::by_rows(lang, options.metric, &rows, false),
            match base {
                Some(_) => String::new(),
                None => ranked_bars::what(lang, options.metric, &rows),
            },
        )
    } else {
        let what = if places.models > 0 {
            lang.pick("样板镇|樣板鎮|Model towns")
        } else {
            wording::rows_name(lang, &rows, false)
        };
        let title = cat(what, lang.pick("分布|分佈|"), "");
        (title, counts(lang, &rows, &places))
    };
    frame::open(draft, input, &title, &what);
    if rows.is_empty() {
        frame::nothing_to_draw(draft, wording::NO_REGIONS);
    } else if let Some(base) = base {
        point_map::draw(draft, input, &rows, (&places, base), &classes);
    } else {
        let why = "没有可上图的坐标（point），以条形图代替。|沒有可上圖的坐標（point），以條形圖代替。|No region has a point on the map (point): bars instead.";
        frame::nothing_to_draw(draft, why);
        draft.y += 8.0;
        ranked_bars::draw(draft, input, &rows);
    }
    tell(draft, input, &rows, &places);
    frame::close(draft, input);
    frame::add_sentence(draft, &counts(lang, &rows, &places));
}

/// How many models and others: `29个样板镇，其他5个`, `14个区县`.
fn counts(lang: Lang, rows: &[Row], places: &Places) -> String {
    let others = rows.len().saturating_sub(places.models) as f64;
    if places.models == 0 {
        return wording::count_of_rows(lang, others, rows);
    }
    let mut text = lang.number("@个样板镇|@個樣板鎮|@ model towns", places.models as f64);
    if others > 0.0 {
        wording::clause(
            lang,
            &mut text,
            &lang.number("其他@个|其他@個|@ others", others),
        );
    }
    text
}

/// The table of a ranking with a column that says which are models; without figures no more than
/// that.
fn tell(draft: &mut Draft, input: &Input, rows: &[Row], places: &Places) {
    let lang = draft.lang;
    ranking_table::table(draft, input, rows);
    let models = places.models > 0;
    if models {
        let model = |at: usize| rows.get(at).is_some_and(|row| row.model);
        let head = point_map::kind_of_town(true, lang);
        ranking_table::insert(&mut draft.table, head, &|at| {
            lang.pick(if model(at) { "是|Yes" } else { "否|No" })
        });
    }
    if places.any_figure() {
        ranking_table::tell(draft, rows);
    } else {
        let columns = if models { 2 } else { 1 };
        draft.table.head.truncate(columns);
        for cells in &mut draft.table.rows {
            cells.truncate(columns);
        }
    }
}
