//! What a map's face must say below it: review number or that there is none, maker, what could
//! not be placed, what the feed does not know. The same for every kind of map.

use super::wording;
use crate::figures::Row;
use crate::geo::Geometry;
use crate::scene::{Anchor, Draft};
use crate::style::number;

/// What a map has no place for.
pub const NOT_ON_MAP: &str = "未上图|未上圖|Not on the map";

/// Most names in one list: the rest are counted. The table has them all.
const NAMES: usize = 30;

/// The review number (审图号), or that there is none, and the map's maker.
#[must_use]
pub fn review(draft: &Draft, geometry: &Geometry) -> String {
    let lang = draft.lang;
    let colon = lang.pick("：|: ");
    let mut text = match &geometry.review_number {
        Some(number) => [
            lang.pick("审图号|審圖號|Review number"),
            colon,
            number.as_str(),
        ]
        .concat(),
        None => lang
            .pick("示意图 · 无审图号|示意圖 · 無審圖號|Sketch map · no review number")
            .to_owned(),
    };
    if let Some(maker) = &geometry.map_source {
        text = [&text, " · ", lang.pick("制图|製圖|Map"), colon, maker].concat();
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
    not_in_feed: &[&str],
) {
    let not_on_map = listed(draft, label, not_on_map);
    let not_in_feed = named(
        draft,
        "数据未列|數據未列|Not in the feed",
        not_in_feed.get(..NAMES).unwrap_or(not_in_feed),
        not_in_feed.len(),
    );
    let set = draft.mute(draft.sizes.footer);
    if set.width(left) + set.width(&not_on_map) + 16.0 <= draft.inner() {
        let height = set.line_height();
        let baseline = draft.y + set.baseline_in(height);
        draft.text(left, (draft.left(), baseline), Anchor::Left, set);
        draft.text(&not_on_map, (draft.right(), baseline), Anchor::Right, set);
        draft.y += height;
    } else {
        draft.paragraph(left, set, 2);
        draft.paragraph(&not_on_map, set, 3);
    }
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
    let figures: Vec<String> = rows
        .iter()
        .take(NAMES)
        .map(|row| {
            if row.rate.value.is_none() && row.rate.text.is_none() {
                row.name.clone()
            } else {
                [&row.name, " ", &wording::rate(draft.lang, &row.rate)].concat()
            }
        })
        .collect();
    let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
    named(draft, label, &figures, rows.len())
}

/// `label：a、b、c`, and how many there are where not all are named; empty where there are none.
#[must_use]
pub fn named(draft: &Draft, label: &'static str, names: &[&str], all: usize) -> String {
    if names.is_empty() {
        return String::new();
    }
    let lang = draft.lang;
    let mut text = [
        lang.pick(label),
        lang.pick("：|: "),
        &names.join(lang.pick("、|, ")),
    ]
    .concat();
    if all > names.len() {
        text = [
            &text,
            lang.pick("等| … "),
            &number::amount(all as f64),
            lang.pick("个|個|in all"),
        ]
        .concat();
    }
    text
}
