//! Tile grid map: a tile a province, or a city of Zhejiang, coloured by rate. No boundaries needed.

use super::Input;
use super::parts::classes::Classes;
use super::parts::{tile_grid, wording};
use crate::scene::Draft;

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, options) = (draft.lang, input.options);
    let rows = options
        .selection
        .rows(input.feed, options.metric, options.sort);
    let classes = Classes::of_rows(options, &rows);
    let title = wording::by_rows(lang, options.metric, &rows, false);
    tile_grid::draw_or_bars(draft, input, &rows, &title, &classes, "");
    tile_grid::close(draft, input, &rows);
}
