//! Several widgets of one feed as one picture: one title, one footer, panels in columns.

use super::parts::frame;
use super::{Input, Kind, Options};
use crate::scene::{Draft, Scene};
use crate::style::Theme;

/// What a board shows where the page does not say: of each group, the first that has something to
/// show. Maps only where there is a map.
const CHOICE: [&[&str]; 11] = [
    &["summary"],
    &["map", "grid"],
    &["bars"],
    &["trend"],
    &["pace"],
    &["stages"],
    &["milestones"],
    &["clusters", "towns"],
    &["coverage"],
    &["teams"],
    &["grades"],
];
/// Widest picture with one column, and with two.
const ONE_COLUMN_CSS_PX: f64 = 560.0;
const TWO_COLUMNS_CSS_PX: f64 = 1100.0;
/// Space between columns, and between panels.
const GAP: f64 = 28.0;
/// From a panel's rule to its title.
const RULE_GAP: f64 = 10.0;
/// Kept free at the end of a page for the footer.
const FOOTER: f64 = 80.0;

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let (lang, options) = (draft.lang, input.options);
    let title = input.feed.title.as_deref();
    let title = title.unwrap_or(lang.pick("建设进度|建設進度|Progress"));
    let subtitle = input.feed.subtitle.as_deref().unwrap_or_default();
    frame::open(draft, input, title, &frame::subtitle(input, subtitle));
    let columns = match draft.width {
        width if width < ONE_COLUMN_CSS_PX => 1.0,
        width if width <= TWO_COLUMNS_CSS_PX => 2.0,
        _ => 3.0,
    };
    let width = ((draft.inner() - GAP * (columns - 1.0)) / columns).floor();
    let options = Options {
        width_css_px: width,
        theme: Theme {
            // Panels stand on the board's ground, and have no margin of their own.
            paint_ground: false,
            ..options.theme.clone()
        },
        title: None,
        ..options.clone()
    };
    let inside = Input {
        options: &options,
        panel: true,
        ..*input
    };
    let panels = panels(&inside);
    if panels.is_empty() {
        let why = lang.pick(
            "数据中没有可以显示的数字。|數據中沒有可以顯示的數字。|The feed has no figures to show.",
        );
        frame::nothing_to_draw(draft, why);
    }
    let sentences: Vec<String> = panels.iter().map(|panel| panel.alt.clone()).collect();
    let alt = [
        &*frame::caption(input, title),
        lang.pick("。|. "),
        &sentences.join(lang.pick("| ")),
    ];
    let alt = alt.concat();
    place(draft, panels, columns as usize, width);
    frame::close(draft, input);
    draft.alt(alt);
}

/// The panels asked for, or those that have something to show.
fn panels(input: &Input) -> Vec<Scene> {
    let draft = |kind: Kind| {
        let draft = kind.draft(input);
        let something = !draft.nothing && (!kind.uses_geometry || input.geometry.is_some());
        (something, draft)
    };
    if !input.options.kinds.is_empty() {
        let kinds = input.options.kinds.iter();
        return kinds.map(|kind| draft(*kind).1.finish()).collect();
    }
    let choice = CHOICE.iter().filter_map(|group| {
        let mut kinds = group.iter().filter_map(|name| Kind::named(name));
        let (_, draft) =
            kinds.find_map(|kind| Some(draft(kind)).filter(|(something, _)| *something))?;
        Some(draft.finish())
    });
    choice.collect()
}

/// Each panel where the column is shortest. On paper, none is cut: one that does not fit the page
/// begins the next.
fn place(draft: &mut Draft, panels: Vec<Scene>, columns: usize, width: f64) {
    if panels.is_empty() {
        return;
    }
    let page = draft
        .page
        .map_or(f64::INFINITY, |page| (page - FOOTER).max(1.0));
    let mut page_top = 0.0;
    let mut ends = vec![draft.y; columns];
    for panel in panels {
        let height = RULE_GAP + panel.height.css();
        let shortest = |ends: &[f64]| {
            let all = ends.iter().copied().enumerate();
            all.fold((0, f64::INFINITY), |least, (column, end)| {
                if end < least.1 { (column, end) } else { least }
            })
        };
        let (mut column, mut y) = shortest(&ends);
        let start = ends.iter().copied().fold(0.0, f64::max);
        if y + height > page_top + page && start > page_top {
            draft.cut(start);
            page_top = start;
            ends = vec![start + draft.margin; columns];
            (column, y) = shortest(&ends);
        }
        let x = draft.left() + (width + GAP) * column as f64;
        let color = draft.theme.mute;
        draft.line((x, y + 0.5), (x + width, y + 0.5), color, 1.0, 0.0);
        draft.place(panel, (x, y + RULE_GAP));
        if let Some(end) = ends.get_mut(column) {
            *end = y + height + GAP;
        }
    }
    draft.y = ends.iter().copied().fold(0.0, f64::max) - GAP;
}
