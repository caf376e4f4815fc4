//! What a map's face must say below it: review number or that there is none, maker, what could
//! not be placed, what the feed does not know. The same for every kind of map.

use super::{frame, wording};
use crate::figures::Row;
use crate::geo::Geometry;
use crate::scene::Draft;
use crate::style::{cat, join};

/// What a map has no place for.
pub const NOT_ON_MAP: &str = "未上图|未上圖|Not on the map";

/// Most names in one list: the rest are counted. The table has them all.
const NAMES: usize = 30;

/// The review number (审图号), or that there is none, and the map's maker.
#[must_use]
pub fn review(draft: &Draft, geometry: &Geometry) -> String {
    let lang = draft.lang;
    let mut text = match &geometry.review_number {
        Some(number) => lang.fill("审图号：|審圖號：|Review number: ", number.as_str()),
        None => lang.text("示意图 · 无审图号|示意圖 · 無審圖號|Sketch map · no review number"),
    };
    if let Some(maker) = &geometry.map_source {
        text.push_str(&lang.fill(" · 制图：| · 製圖：| · Map: ", maker));
    }
    text
}

/// `left` in the lower left corner; the rows that are not on the map with their figures, under the
/// wordings of `label`; the names of what the map has and the feed does not.
pub fn draw(
    draft: &mut Draft,
    left: &str,
    label: &'static str,
    not_on_map: &[&Row],
    not_in_feed: &[String],
) {
    let not_on_map = listed(draft, label, not_on_map);
    let label = "数据未列|數據未列|Not in the feed";
    let not_in_feed = named(draft, label, not_in_feed, not_in_feed.len());
    let set = draft.mute(draft.sizes.footer);
    frame::ends(draft, left, &not_on_map, set, (2, 3));
    draft.paragraph(&not_in_feed, set, 3);
    for remark in [not_on_map, not_in_feed] {
        if !remark.is_empty() {
            draft.remark(remark);
        }
    }
}

/// The rows' names with their rates, where they have any.
#[must_use]
pub fn listed(draft: &Draft, label: &'static str, rows: &[&Row]) -> String {
    let mut names = Vec::new();
    for row in rows.iter().take(NAMES) {
        let rate = wording::rate(draft.lang, &row.rate);
        names.push(match rate == wording::MISSING {
            true => row.name.to_owned(),
            false => cat(row.name, " ", &rate),
        });
    }
    named(draft, label, &names, rows.len())
}

/// `label：a、b、c`, and how many there are where not all are named; empty where there are none.
#[must_use]
pub fn named(draft: &Draft, label: &'static str, names: &[String], all: usize) -> String {
    if names.is_empty() {
        return String::new();
    }
    let lang = draft.lang;
    let shown = names.get(..NAMES).unwrap_or(names);
    let names = join(shown, lang.pick("、|, "));
    let mut text = wording::colon(lang, lang.pick(label), &names);
    if all > shown.len() {
        text.push_str(&lang.number("等@个|等@個| … @ in all", all as f64));
    }
    text
}
