//! Tile grid map: a tile a province, or a city of Zhejiang, coloured by rate. No boundaries needed.

use super::Input;
use super::parts::classes::Classes;
use super::parts::{frame, legend, tile_grid, wording};
use crate::scene::Draft;

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, options) = (draft.lang, input.options);
    let rows = options
        .selection
        .rows(input.feed, options.metric, options.sort);
    let classes = Classes::of_rows(options, &rows);
    let title = wording::by_rows(lang, options.metric, &rows, false);
    frame::open(draft, input, &title, &legend::what(input, &classes));
    if rows.is_empty() {
        frame::nothing_to_draw(draft, wording::NO_REGIONS);
    } else {
        tile_grid::draw_or_bars(draft, input, &rows, &classes, "");
    }
    tile_grid::close(draft, input, &rows);
}
