//! What stands above and below every picture: the mark of samples, the feed's notes.

use progress_widgets::scene::{Mark, Scene};

use crate::{feed, scene, texts};

/// Where the title's measured width ends, and where the sample mark begins.
fn title_and_mark(drawn: &Scene) -> (f64, f64) {
    let run = |wanted: &str| {
        let found = drawn.marks.iter().find_map(|mark| match mark {
            Mark::Text(run) if run.text == wanted => Some(run),
            _ => None,
        });
        found.unwrap_or_else(|| panic!("no {wanted}"))
    };
    let title = &texts(drawn)[0];
    let (title, mark) = (run(title), run("Sample data"));
    let half = mark.width.css() / 2.0 + 6.0;
    (title.at.x.css() + title.width.css(), mark.at.x.css() - half)
}

#[test]
fn the_sample_mark_keeps_its_distance_from_the_letters_of_the_title() {
    for (title, air) in [("九成七已开工", 10.0), ("97% have started", 4.0)] {
        let feed = feed(&format!(
            r#", "sample": true, "title": "{title}", "total": {{"rate": "97%"}}"#
        ));
        let drawn = scene(&feed, "summary", &[("lang", "en")]);
        let (end, mark) = title_and_mark(&drawn);
        assert!((mark - end - air).abs() < 1.0, "{title}: {}", mark - end);
    }
}

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
