//! Rates, days, instants and durations as publishers write them.

use progress_widgets::feed::{AsOf, Feed, Instant, Limits, Problem, parse};

fn with(field: &str, value: &str) -> (Feed, Vec<Problem>) {
    let value = serde_json::to_string(value).unwrap();
    let json = format!(
        "{{\"feed\":\"progress-widgets/1\",\"as_of\":\"2020-09-30\",{}}}",
        field.replace('◇', &value)
    );
    let parsed = parse(json.as_bytes(), &Limits::default()).unwrap();
    let problems = parsed.notices.iter().map(|n| n.problem).collect();
    (parsed.feed, problems)
}

#[test]
fn rates_as_they_are_printed() {
    for (text, value) in [
        ("97%", 0.97),
        ("97.5％", 0.975),
        ("９７．５％", 0.975),
        ("97 %", 0.97),
        ("0%", 0.0),
        ("100%", 1.0),
        ("230%", 2.3),
        ("79.39%", 0.7939),
        ("0.97", 0.97),
        ("全部开工", 1.0),
        ("全部完工", 1.0),
        ("全部", 1.0),
        ("九成", 0.9),
        ("九成七", 0.97),
        ("九成半", 0.95),
        ("9成7", 0.97),
        ("十成", 1.0),
        ("百分之九十七", 0.97),
        ("百分之九", 0.09),
        ("百分之百", 1.0),
        ("百分之十", 0.1),
        ("百分之十七", 0.17),
        ("百分之一百", 1.0),
        ("百分之一百零五", 1.05),
        ("百分之97.4", 0.974),
        ("约97%", 0.97),
        ("超过97%", 0.97),
        ("97%以上", 0.97),
        ("九成多", 0.9),
    ] {
        let (feed, problems) = with("\"total\":{\"rate\":◇}", text);
        let rate = feed.total.unwrap().rate.unwrap();
        assert_eq!(rate.value, Some(value), "{text}");
        assert_eq!(rate.text.as_deref(), Some(text), "kept as printed");
        assert_eq!(problems, [], "{text}");
    }
}

#[test]
fn texts_that_are_no_rate_are_kept_as_texts() {
    for text in [
        "大部分",
        "全部未开工",
        "全部尚未开工",
        // Less than all, whatever it begins with.
        "全部项目开工率97%",
        "97",
        "-3%",
        "%",
        "9.7.5%",
        "97..%",
        ".5%",
        "5.%",
        "1001%",
        "成",
        "九成七八",
        "二十成",
        "百分之",
        "百分之九七",
        "百分之百百百百百百百百百百百百",
        "1234567890123456%",
        "97%/98%",
        "∞%",
    ] {
        let (feed, problems) = with("\"total\":{\"rate\":◇}", text);
        let rate = feed.total.unwrap().rate.unwrap();
        assert_eq!(rate.value, None, "{text}");
        assert_eq!(rate.text.as_deref(), Some(text));
        assert_eq!(problems, [Problem::RateUnread], "{text}");
    }
}

#[test]
fn a_rate_is_held_against_the_counts_by_its_own_digits() {
    for (rate, started, contradicted) in [
        ("\"97%\"", 974, false),
        ("\"97%\"", 965, false),
        ("\"97%\"", 976, true),
        ("\"97.0%\"", 974, true),
        ("\"97.4%\"", 974, false),
        ("0.97", 974, false),
        ("0.974", 974, false),
        ("0.974", 975, true),
        ("0.9", 906, true),
        ("1", 999, false),
        ("1", 994, true),
        ("\"全部开工\"", 999, true),
        ("\"九成\"", 940, false),
        ("\"九成\"", 960, true),
        ("\"约97%\"", 900, false),
    ] {
        let json = format!(
            "{{\"feed\":\"progress-widgets/1\",\"as_of\":\"2020-09\",\
             \"total\":{{\"planned\":1000,\"started\":{started},\"rate\":{rate}}}}}"
        );
        let parsed = parse(json.as_bytes(), &Limits::default()).unwrap();
        let problems: Vec<Problem> = parsed.notices.iter().map(|n| n.problem).collect();
        let expected: &[Problem] = if contradicted {
            &[Problem::RateContradicted]
        } else {
            &[]
        };
        assert_eq!(problems, expected, "{rate} and {started} of 1000");
    }
}

#[test]
fn days_and_months() {
    let day = |text: &str| AsOf::parse(text).map(|d| (d.date.to_string(), d.month_only));
    assert_eq!(day("2020-09-30"), Some(("2020-09-30".into(), false)));
    assert_eq!(day("2020-02"), Some(("2020-02-29".into(), true)));
    assert_eq!(day("1900-02"), Some(("1900-02-28".into(), true)));
    for wrong in [
        "2020-09-31",
        "2020-9-30",
        "2020-13",
        "2020",
        "20200930",
        "2020/09/30",
        "2020-09-30T00:00",
        "2020-09-",
        "",
        "0000-01-01",
        "２０２０-09-30",
        "+020-09-30",
    ] {
        assert_eq!(day(wrong), None, "{wrong}");
    }
}

#[test]
fn instants() {
    let unix = |text: &str| Instant::parse(text).map(|i| i.unix_s);
    // By `date -u -d … +%s`.
    assert_eq!(unix("1970-01-01T00:00:00Z"), Some(0.0));
    assert_eq!(unix("2020-10-17T10:01:32+08:00"), Some(1_602_900_092.0));
    assert_eq!(unix("2020-10-16t20:31:32.5-05:30"), Some(1_602_900_092.5));
    assert_eq!(unix("2016-12-31T23:59:60Z"), Some(1_483_228_800.0));
    for wrong in [
        "2020-10-17",
        "2020-10-17T10:01Z",
        "2020-10-17T10:01:32",
        "2020-10-17T24:00:00Z",
        "2020-10-17T10:60:00Z",
        "2020-10-17T10:01:32.Z",
        "2020-10-17T10:01:000Z",
        "2020-10-17T10:01:00000.5Z",
        "2020-10-17T10:01:320Z",
        "2020-10-17T10:01:32+0800",
        "2020-02-30T10:01:32Z",
        "2020-10-17T10:01:32Zx",
        "二〇二〇",
    ] {
        assert_eq!(unix(wrong), None, "{wrong}");
    }
    let long = |digits: usize| unix(&format!("2020-10-17T02:01:32.{}Z", "9".repeat(digits)));
    assert_eq!(long(30), Some(1_602_900_093.0));
    assert_eq!(long(400), None, "never not-a-number");
    let instant = Instant::parse("2020-10-17T00:30:00+08:00").unwrap();
    // The publisher's day, which is not that of UTC.
    assert_eq!(instant.local_date.to_string(), "2020-10-17");
    assert_eq!(instant.local_time, (0, 30));
}

#[test]
fn durations() {
    for (text, seconds) in [
        ("P1D", 86_400.0),
        ("P1W", 604_800.0),
        ("P1M", 2_629_746.0),
        ("P1Y", 31_556_952.0),
        ("PT5M", 300.0),
        ("PT0.5S", 0.5),
        ("P1DT12H", 129_600.0),
    ] {
        let (feed, problems) = with("\"expected_every\":◇", text);
        assert_eq!(problems, [], "{text}");
        let got = feed.expected_every_s.unwrap();
        assert!((got - seconds).abs() < 1e-6, "{text}: {got}");
    }
    for wrong in [
        "P", "PT", "P0D", "P1", "1D", "P1DT", "P1H", "PT1D", "P1M1Y", "P-1D", "P1.D", "p1d",
        "P999Y", "P5T5M", "P0T5M", "P1Y0T5M", "PTT5M", "PT0T5M",
    ] {
        let (feed, problems) = with("\"expected_every\":◇", wrong);
        assert_eq!(feed.expected_every_s, None, "{wrong}");
        assert_eq!(problems, [Problem::BadDuration], "{wrong}");
    }
}
