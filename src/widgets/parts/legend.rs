//! The legend of rate classes: bins in a row with their bounds, "no data" apart.

use super::classes::Classes;
use super::wording;
use crate::scene::{Anchor, Draft, Fill, Rect};
use crate::style::{cat, number};
use crate::widgets::Input;

/// What is coloured, in how many classes: the subtitle of a picture with this legend.
#[must_use]
pub fn what(input: &Input, classes: &Classes) -> String {
    let lang = input.lang();
    if classes.bounds.is_empty() {
        // Nothing to tell apart.
        return String::new();
    }
    let metric = wording::metric_name(lang, input.options.metric);
    let what = lang.fill("按@分|@ in ", metric);
    let classes = lang.number("@档|@檔|@ classes", classes.len() as f64);
    cat(&what, &classes, "")
}

/// Draws the legend at the draft's `y`, which moves below it. Without any value there are no
/// classes to explain, only "no data".
pub fn draw(draft: &mut Draft, classes: &Classes, any_value: bool, any_missing: bool) {
    let set = draft.mute(draft.sizes.count);
    let none = draft.lang.pick("无数据|無數據|No data");
    let gap = 2.0;
    let bins = classes.len() as f64;
    let reserved = if any_missing {
        set.width(none).max(28.0) + 16.0
    } else {
        0.0
    };
    let bin = ((draft.inner() - reserved) / bins - gap).clamp(16.0, 64.0);
    let (top, thick) = (draft.y, 10.0);
    let line = set.line_height();
    let baseline = top + thick + 3.0 + set.baseline_in(line);
    let mut x = draft.left();
    // Where the last text ends: one that would touch it is left out.
    let mut end = 0.0;
    let mut write = |draft: &mut Draft, text: &str, x: f64| {
        let half = set.width(text) / 2.0;
        if x - half >= end {
            draft.text(text, (x, baseline), Anchor::Middle, set);
            end = x + half + 4.0;
        }
    };
    for class in (0..classes.len()).filter(|_| any_value) {
        let color = draft.theme.classes.get(classes.color_index(class)).copied();
        draft.rect(
            Rect::from_css(x, top, bin, thick),
            Fill::solid(color.unwrap_or(draft.theme.accent)),
        );
        let last = class == classes.bounds.len();
        if last && classes.last_is_whole {
            let text = if classes.above_whole {
                "≥100%"
            } else {
                "100%"
            };
            write(draft, text, x + bin / 2.0);
        }
        if let Some(&bound) = classes.bounds.get(class) {
            // The bound of the last class stands in its middle where that class is 100% alone.
            let in_last = classes.last_is_whole && class.saturating_add(1) == classes.bounds.len();
            if !in_last {
                let text = number::percent_as_published(bound);
                write(draft, &text, x + bin + gap / 2.0);
            }
        }
        x += bin + gap;
    }
    if any_missing {
        x = (x + if any_value { 10.0 } else { 0.0 }).max(end);
        draft.rect(Rect::from_css(x, top, 28.0, thick), draft.missing());
        draft.text(none, (x, baseline), Anchor::Left, set);
    }
    draft.y = top + thick + 3.0 + line;
}
