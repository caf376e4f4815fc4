//! What several kinds share: wording, the frame, legends. Knows no kind.

pub mod classes;
pub mod count_bar;
pub mod frame;
pub mod key;
pub mod legend;
pub mod map_labels;
pub mod ranked_bars;
pub mod ranking_table;
pub mod wording;
