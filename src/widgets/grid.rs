//! Tile grid map: a tile a province, or a city of Zhejiang, coloured by rate. No boundaries needed.

use super::Input;
use super::parts::classes::Classes;
use super::parts::{frame, legend, ranking_table, tile_grid, wording};
use crate::scene::Draft;

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, options) = (draft.lang, input.options);
    let rows = options
        .selection
        .rows(input.feed, options.metric, options.sort);
    let classes = Classes::of_rows(options, &rows);
    let title = wording::by_rows(lang, options.metric, &rows, false);
    frame::open(draft, input, &title, &legend::subtitle(input, &classes));
    if rows.is_empty() {
        frame::nothing_to_draw(draft, wording::NO_REGIONS);
    } else {
        tile_grid::draw_or_bars(draft, input, &rows, &classes, "");
    }
    // A map of nothing but missing figures is drawn, but a board has better to show.
    draft.nothing |= rows.iter().all(|row| row.rate.value.is_none());
    frame::close(draft, input);
    ranking_table::tell(draft, input, &rows, &title);
}
