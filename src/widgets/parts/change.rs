//! What a new issue of a feed changed, as one sentence for those who hear the picture.

use crate::figures::{Feed, Metric, RateFigure};
use crate::style::{Lang, cat};

use super::wording;

/// `已更新：截至2020年10月31日，开工率由97%变为98%`; the rate of the whole only where it changed.
#[must_use]
pub fn sentence(before: &Feed, after: &Feed, metric: Metric, lang: Lang) -> String {
    let rate = |feed: &Feed| match &feed.total {
        Some(total) => wording::rate(lang, &RateFigure::of(total, metric)),
        None => wording::MISSING.to_owned(),
    };
    let (old, new) = (rate(before), rate(after));
    let mut text = lang.fill("已更新：|Updated. ", &wording::as_of(lang, after.as_of));
    if old != new {
        let name = wording::metric_name(lang, metric);
        let from = lang.fill("由|由| from ", &old);
        let to = lang.fill("变为|變為| to ", &new);
        wording::clause(lang, &mut text, &cat(name, &from, &to));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(as_of: &str, rate: &str) -> Feed {
        let text = format!(
            r#"{{"feed":"progress-widgets/1","as_of":"{as_of}","total":{{"rate":"{rate}"}}}}"#
        );
        crate::feed::parse(text.as_bytes(), &crate::feed::Limits::default())
            .unwrap()
            .feed
    }

    #[test]
    fn says_old_and_new() {
        let (before, after) = (feed("2020-09-30", "97%"), feed("2020-10-31", "98%"));
        assert_eq!(
            sentence(&before, &after, Metric::Start, Lang::Hans),
            "已更新：截至2020年10月31日，开工率由97%变为98%"
        );
        assert_eq!(
            sentence(&before, &after, Metric::Start, Lang::English),
            "Updated. As of 31 October 2020, Start rate from 97% to 98%"
        );
        // Another figure changed, or one that this widget does not show.
        assert_eq!(
            sentence(&before, &after, Metric::Completion, Lang::Hans),
            "已更新：截至2020年10月31日"
        );
    }
}
