//! The legend of rate classes: bins in a row with their bounds, "no data" apart.

use super::classes::Classes;
use crate::scene::{Anchor, Draft, Rect};
use crate::style::{cat, number};

/// Draws the legend at the draft's `y`, which moves below it: the bounds of classes, or what a single
/// one lies between. Without any value there are no classes to explain, only "no data".
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
    for class in (0..classes.len()).filter(|_| any_value) {
        let fill = classes.fill_of(draft, class);
        draft.rect(Rect::from_css(x, top, bin, thick), fill);
        let (mut text, mut middle) = (String::new(), x + bin / 2.0);
        if let Some(&bound) = classes.bounds.get(class) {
            // The bound of the last class stands in its middle where that class is 100% alone.
            if !classes.last_is_whole || bound != 1.0 {
                text = number::percent_as_published(bound);
                middle = x + bin + gap / 2.0;
            }
        } else if classes.last_is_whole {
            let sign = if classes.above_whole { "≥" } else { "" };
            text = cat(sign, "100%", "");
        } else if class == 0 {
            let (low, high) = classes.range;
            text = number::percent_as_published(low);
            if low < high {
                let to = draft.lang.pick("～|–");
                text = cat(&text, to, &number::percent_as_published(high));
            }
            middle = middle.max(x + set.width(&text) / 2.0);
        }
        let half = set.width(&text) / 2.0;
        if middle - half >= end {
            draft.text(&text, (middle, baseline), Anchor::Middle, set);
            end = middle + half + 1.0;
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
