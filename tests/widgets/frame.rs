//! What stands above and below every picture: the feed's notes.

use crate::{feed, scene, texts};

#[test]
fn a_note_is_told_to_its_end() {
    let note = "未公布的数字不作推算，".repeat(80) + "完。";
    let feed = feed(&format!(
        r#", "total": {{"rate": "97%"}}, "notes": ["{note}", "另一条"]"#
    ));
    for options in [
        &[("width", "320")][..],
        &[("width", "280"), ("size", "senior")],
    ] {
        let written = texts(&scene(&feed, "summary", options)).concat();
        assert!(written.contains(&(note.clone() + "另一条")), "{written}");
    }
}
