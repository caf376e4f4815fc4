//! Several widgets of one feed as one picture: one title, one footer, panels in columns.

use super::parts::frame;
use super::{Input, Kind};
use crate::scene::Draft;
use crate::style::cat;

/// What a board shows where the page does not say: of each group, the first that has something to
/// show. Maps only where there is a map.
const CHOICE: &str =
    "summary,map grid,bars,trend,pace,stages,milestones,clusters towns,coverage,teams,grades";
/// Widest picture with one column, and with two.
const ONE_COLUMN_CSS_PX: f64 = 560.0;
const TWO_COLUMNS_CSS_PX: f64 = 1100.0;
/// Space between columns, and between panels.
const GAP: f64 = 28.0;
/// From a panel's rule to its title.
const RULE_GAP: f64 = 10.0;
/// Kept free at the end of a page for the footer.
const FOOTER: f64 = 80.0;

/// The panels as far as they are placed.
struct Board {
    width: f64,
    left: f64,
    /// Where each column ends.
    ends: Vec<f64>,
    /// Where the longest ends.
    end: f64,
    /// Where the page begins, and its height.
    page: (f64, f64),
    /// The sentences.
    alt: String,
}

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, options) = (draft.lang, input.options);
    let title = input.feed.title.as_deref();
    let title = title.unwrap_or(lang.pick("建设进度|建設進度|Progress"));
    let subtitle = input.feed.subtitle.as_deref().unwrap_or_default();
    frame::open(draft, input, title, subtitle);
    let columns = match draft.width {
        width if width < ONE_COLUMN_CSS_PX => 1,
        width if width <= TWO_COLUMNS_CSS_PX => 2,
        _ => 3,
    };
    let mut ends = Vec::new();
    while ends.len() < columns {
        ends.push(draft.y);
    }
    let columns = columns as f64;
    let mut board = Board {
        width: ((draft.inner() - GAP * (columns - 1.0)) / columns).floor(),
        left: draft.left(),
        ends,
        end: draft.y,
        page: (0.0, (options.page_css_px - FOOTER).max(1.0)),
        alt: cat(&draft.table.caption, lang.pick("。|."), ""),
    };
    let inside = Input {
        panel: true,
        ..*input
    };
    let mut nothing = true;
    for kind in &options.kinds {
        board.panel(draft, &inside, kind);
        nothing = false;
    }
    if nothing {
        for group in CHOICE.split(',') {
            for kind in group.split(' ').filter_map(Kind::named) {
                let something = !kind.uses_geometry || input.geometry.is_some();
                if something && board.panel(draft, &inside, kind) {
                    nothing = false;
                    break;
                }
            }
        }
    }
    draft.nothing = false;
    draft.y = board.end;
    if nothing {
        let why = "数据中没有可以显示的数字。|數據中沒有可以顯示的數字。|The feed has no figures to show.";
        frame::nothing_to_draw(draft, why);
    } else {
        draft.y -= GAP;
    }
    frame::foot(draft, input);
    draft.scene.alt = board.alt;
}

impl Board {
    /// Draws a panel at the top left corner, and moves it to where the column is shortest. On
    /// paper, none is cut: one that does not fit the page begins the next. Where the page names no
    /// kinds, one that has nothing to show is taken back: false.
    fn panel(&mut self, draft: &mut Draft, input: &Input, kind: &Kind) -> bool {
        let (whole, margin, ground) = (draft.width, draft.margin, draft.ground);
        let since = draft.extent();
        // Panels stand on the board's ground, and have no margin of their own.
        (draft.width, draft.margin, draft.ground, draft.y) = (self.width, 0.0, None, 0.0);
        draft.nothing = false;
        let (y, color) = (0.5 - RULE_GAP, draft.theme.mute);
        draft.line((0.0, y), (self.width, y), color, 1.0, 0.0);
        (kind.draw)(input, draft);
        (draft.width, draft.margin, draft.ground) = (whole, margin, ground);
        if draft.nothing && input.options.kinds.is_empty() {
            draft.undo(since);
            return false;
        }
        let height = RULE_GAP + draft.y.ceil();
        let start = self.end;
        let (mut column, mut y) = self.shortest();
        let (top, page) = self.page;
        if y + height > top + page && start > top {
            draft.cut(start);
            self.page.0 = start;
            self.ends.fill(start + margin);
            (column, y) = (0, start + margin);
        }
        if let Some(end) = self.ends.get_mut(column) {
            *end = y + height + GAP;
            self.end = end.max(start);
        }
        let x = self.left + (self.width + GAP) * column as f64;
        draft.shift(since, (x, y + RULE_GAP));
        self.alt.push_str(draft.lang.pick("| "));
        self.alt.push_str(&draft.scene.alt);
        true
    }

    /// The column that ends first, and where.
    fn shortest(&self) -> (usize, f64) {
        let mut least = (0, f64::INFINITY);
        for (column, end) in self.ends.iter().enumerate() {
            if *end < least.1 {
                least = (column, *end);
            }
        }
        least
    }
}
