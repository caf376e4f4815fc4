//! A page with one of each kind: all that there are, on one feed, at once.

use progress_widgets::widgets::KINDS;
use serde_json::json;

use crate::browser::{Browser, run};
use crate::districts;

#[test]
fn a_page_with_one_of_each_kind_draws_them_all_with_one_download() {
    run(async |b: Browser| {
        let widgets: String = KINDS.iter().map(|kind| districts(kind.name, "")).collect();
        for lang in ["zh-CN", "en"] {
            let all = widgets.replace(
                "<progress-widget ",
                &format!("<progress-widget lang={lang} "),
            );
            b.open(
                &b.server
                    .page(&format!("<div id=frame class=w640>{all}</div>")),
            )
            .await;
            for kind in KINDS {
                let facts = b
                    .js(&format!(
                        "const e = document.getElementById('{0}'), c = e.shadowRoot.querySelector('canvas');
                         return [e.shadowRoot.querySelectorAll('table').length > 0, !c.hidden && seen.inked(c) > 500,
                                 e.summary.length > 8 && e.summary === c.getAttribute('aria-label')]",
                        kind.name
                    ))
                    .await;
                assert_eq!(facts, json!([true, true, true]), "{} {lang}", kind.name);
            }
            let errors = b
                .js("return seen.events.filter(e => e.name === 'error').concat(seen.console)")
                .await;
            assert_eq!(errors, json!([]), "{lang}");
            b.keep_picture("#frame", &format!("each-kind-{lang}")).await;
        }
        b.page_is_unharmed().await;
    });
}
