//! What several kinds share: wording, the frame, legends, axes, label places. Knows no kind.

pub mod axis;
pub mod base_map;
pub mod change;
pub mod classes;
pub mod count_bar;
pub mod dots;
pub mod face;
pub mod frame;
pub mod key;
pub mod legend;
pub mod map_labels;
pub mod point_labels;
pub mod point_map;
pub mod ranked_bars;
pub mod ranking_table;
pub mod room;
pub mod rows;
pub mod series_chart;
pub mod tile_grid;
pub mod time_chart;
pub mod wording;
