//! The samples' figures, as published.

use progress_widgets::feed::{Bound, Feed, Level, Limits, Progress, parse};

fn sample(name: &str) -> Feed {
    let bytes = std::fs::read(format!("www/samples/{name}.json")).unwrap();
    let parsed = parse(&bytes, &Limits::default()).unwrap();
    let texts: Vec<String> = parsed.notices.iter().map(|n| n.text(false)).collect();
    assert!(texts.is_empty(), "{name}: {texts:#?}");
    parsed.feed
}

fn rate(progress: &Progress) -> (Option<f64>, Option<&str>) {
    let rate = progress.rate.as_ref().unwrap();
    (rate.value, rate.text.as_deref())
}

fn started(progress: &Progress) -> f64 {
    progress.started.as_ref().unwrap().value
}

#[test]
fn real_figures_are_tested_here_and_others_say_so() {
    let mut names: Vec<String> = std::fs::read_dir("www/samples")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| crate::is_feed(name))
        .collect();
    names.sort();
    let (made_up, names): (Vec<String>, Vec<String>) = names
        .into_iter()
        .partition(|name| name.ends_with("-sample.json"));
    for name in made_up {
        assert!(sample(name.trim_end_matches(".json")).sample, "{name}");
    }
    let known = [
        "china-renovation-2023h1.json",
        "hangzhou-2020-11.json",
        "hangzhou-2020.en.json",
        "hangzhou-2020.json",
        "zhejiang-2020-h1.json",
        "zhejiang-towns-2019.json",
    ];
    assert_eq!(names, known);
}

#[test]
fn grades_of_zhejiangs_towns() {
    let feed = sample("zhejiang-towns-2019");
    let count = |g: &progress_widgets::feed::Grade| g.count.as_ref().map(|c| c.value);
    let counts: Vec<_> = feed.grades.iter().map(count).collect();
    assert_eq!(counts, [Some(39.0), Some(10.0), Some(4.0)]);
}

#[test]
fn hangzhou_in_september() {
    let feed = sample("hangzhou-2020");
    assert_eq!(feed.as_of.date.to_string(), "2020-09-30");
    let total = feed.total.as_ref().unwrap();
    let planned = total.planned.as_ref().unwrap();
    assert_eq!(planned.value, 1900.0);
    assert_eq!(planned.bound, Bound::MoreThan);
    assert_eq!(planned.text.as_deref(), Some("1900多个"));
    assert_eq!(started(total), 1892.0);
    assert_eq!(rate(total), (Some(0.97), Some("97%")));
    let target = feed.target.as_ref().unwrap();
    assert_eq!(target.rate.value, Some(1.0));
    assert_eq!(target.by.unwrap().date.to_string(), "2020-10-31");
    assert!(!feed.sample);
    let published = feed.published.unwrap();
    // 2020-10-17T02:01:32Z, by `date -u -d 2020-10-17T10:01:32+08:00 +%s`.
    assert_eq!(published.unix_s, 1_602_900_092.0);
    assert_eq!(published.local_time, (10, 1));

    let model = |r: &&progress_widgets::feed::Region| r.tags.iter().any(|t| t == "model");
    assert_eq!(feed.regions.iter().filter(model).count(), 29);
    assert!(feed.regions.iter().all(|r| r.level == Some(Level::Town)));
    // Towns without a point, a code or a parent are normal.
    let town = |name: &str| feed.regions.iter().find(|r| r.name == name).unwrap();
    assert_eq!(town("龙坞茶镇").code, None);
    assert_eq!(town("汾口镇").point, None);
    assert_eq!(town("义蓬街道").parent, None);
    assert_eq!(town("塘栖镇").parent.unwrap().to_string(), "330110");

    let teams = feed.teams.as_ref().unwrap();
    assert_eq!(teams.activities.as_ref().unwrap().value, 278.0);
    let attendances: f64 = teams
        .roles
        .iter()
        .map(|r| r.attendances.as_ref().unwrap().value)
        .sum();
    assert_eq!(attendances, 1324.0);
    assert_eq!(teams.attendances.as_ref().unwrap().value, 1324.0);

    assert_eq!(feed.clusters.len(), 4);
    let lead = feed.clusters[0].lead.as_ref().unwrap();
    assert_eq!(feed.regions[lead.region.unwrap()].name, "昌化镇");
    assert_eq!(feed.clusters[3].lead, None, "a belt");
    assert_eq!(feed.milestones.len(), 3);
    assert!(feed.milestones[1].deadline);
}

#[test]
fn hangzhou_in_november() {
    let feed = sample("hangzhou-2020-11");
    let total = feed.total.as_ref().unwrap();
    assert_eq!(started(total), 1941.0);
    assert_eq!(rate(total), (Some(1.0), Some("100%")));
    let investment = total.investment.as_ref().unwrap();
    let done = investment.done.as_ref().unwrap();
    assert_eq!((done.value, done.bound), (567.0, Bound::About));
    assert_eq!(investment.rate.as_ref().unwrap().value, Some(0.99));
    assert_eq!(investment.unit.as_deref(), Some("亿元"));
    let days: Vec<String> = feed
        .history
        .iter()
        .map(|h| h.as_of.date.to_string())
        .collect();
    assert_eq!(days, ["2020-09-30", "2020-11-30"]);
    assert_eq!(started(&feed.history[0].progress), 1892.0);
}

#[test]
fn the_english_feed_says_the_same() {
    let chinese = sample("hangzhou-2020");
    let english = sample("hangzhou-2020.en");
    assert_eq!(english.lang, "en");
    assert_eq!(english.as_of, chinese.as_of);
    let (zh, en) = (chinese.total.unwrap(), english.total.unwrap());
    assert_eq!(rate(&zh), rate(&en));
    assert_eq!(started(&zh), started(&en));
    assert_eq!(zh.planned.unwrap().bound, en.planned.unwrap().bound);
}

#[test]
fn hangzhous_districts_are_made_up_and_say_so() {
    let feed = sample("hangzhou-districts-sample");
    assert!(feed.sample);
    assert!(feed.source.unwrap().name.contains("示例"));
    assert_eq!(feed.regions.len(), 14);
    let figures = |name: &str| {
        let region = feed.regions.iter().find(|r| r.name == name).unwrap();
        let value = |c: &Option<progress_widgets::feed::Count>| c.as_ref().map(|c| c.value);
        (
            value(&region.progress.started),
            value(&region.progress.planned),
        )
    };
    assert_eq!(figures("上城区"), (Some(38.0), Some(38.0)));
    assert_eq!(figures("临安区"), (Some(200.0), Some(213.0)));
    assert_eq!(figures("淳安县"), (None, None), "missing is not zero");
    let zone = feed.regions.iter().find(|r| r.name == "钱塘新区").unwrap();
    assert_eq!((zone.level, zone.code), (Some(Level::Zone), None));
}

#[test]
fn made_up_figures_of_cities_say_so() {
    let feed = sample("zhejiang-cities-sample");
    assert!(feed.sample);
    assert!(feed.source.unwrap().name.contains("虚构"));
    assert_eq!(feed.regions.len(), 11);
    assert!(feed.regions.iter().all(|r| r.level == Some(Level::City)));
}

#[test]
fn the_renovation_of_2023() {
    let feed = sample("china-renovation-2023h1");
    assert_eq!(feed.regions.len(), 32);
    let total = feed.total.as_ref().unwrap();
    assert_eq!(rate(total), (Some(0.804), Some("80.4%")));
    // As published: the parts add up to the whole.
    let sum: f64 = feed.regions.iter().map(|r| started(&r.progress)).sum();
    assert_eq!((sum, started(total)), (42_621.0, 42_621.0));
    assert_eq!(
        rate(&feed.regions[0].progress),
        (Some(1.0), Some("全部开工"))
    );
    assert_eq!(rate(&feed.regions[2].progress), (Some(0.99), Some("99%")));
    let corps = feed.regions.iter().find(|r| r.name == "兵团").unwrap();
    assert_eq!(corps.code, None);
    let mut codes: Vec<u64> = feed
        .regions
        .iter()
        .filter_map(|r| r.code)
        .map(|c| c.same_place())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), 31);
}

#[test]
fn zhejiangs_first_half_of_2020() {
    let feed = sample("zhejiang-2020-h1");
    let total = feed.total.as_ref().unwrap();
    // 12350/15500 is 79.68%: the plan is rounded, the published rate stands.
    assert_eq!(rate(total), (Some(0.7939), Some("79.39%")));
    assert_eq!(total.planned.as_ref().unwrap().bound, Bound::About);
    let investment = total.investment.as_ref().unwrap();
    assert_eq!(investment.done.as_ref().unwrap().value, 1314.46);
    assert_eq!(investment.rate.as_ref().unwrap().value, Some(0.4251));
    assert_eq!(
        rate(&feed.categories[0].progress),
        (Some(0.8536), Some("85.36%"))
    );
    assert_eq!(feed.history.len(), 4);
}

#[test]
fn a_county_over_time() {
    let feed = sample("trend-sample");
    assert!(feed.sample);
    assert_eq!(feed.history.len(), 12);
    let days: Vec<_> = feed.history.iter().map(|p| p.as_of.date).collect();
    assert!(days.is_sorted());
    let published = feed.history.iter().filter(|p| p.progress.rate.is_some());
    assert_eq!(published.count(), 6);
    assert_eq!(started(feed.total.as_ref().unwrap()), 322.0);
    assert_eq!(feed.milestones.len(), 7);
}
