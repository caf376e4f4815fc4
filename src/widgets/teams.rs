//! Expert teams: attendances by role as bars; activities and problems solved as printed.

use super::Input;
use super::parts::rows::{self, Body, Chart, Part, Row};
use super::parts::{count_bar, wording};
use crate::figures::Count;
use crate::scene::Draft;

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let lang = draft.lang;
    let words = lang.pick("项目,数量|項目,數量|Figure,Number");
    let mut chart = Chart {
        title: lang.pick("专家团队服务|專家團隊服務|Expert teams").to_owned(),
        what: lang.pick("条形为各角色人次|條形為各角色人次|Bars: attendances by role").to_owned(),
        why: lang.pick("数据中没有专家团队（teams）。|數據中沒有專家團隊（teams）。|The feed has no expert teams (teams)."),
        head: words.split(',').map(str::to_owned).collect(),
        ..Chart::default()
    };
    let Some(teams) = &input.feed.teams else {
        return rows::show(draft, input, chart);
    };
    let counts = teams
        .roles
        .iter()
        .filter_map(|role| role.attendances.as_ref());
    // What a bound leaves open needs room.
    chart.high = counts.map(|count| count.value).fold(1e-6, f64::max) * 1.04;
    let row = |name: &str, count: Option<&Count>, parts: Vec<Part>| {
        let figure = wording::optional_count(lang, count);
        Row {
            id: name.to_owned(),
            cells: vec![name.to_owned(), figure.clone()],
            figure,
            body: Body::Bar(parts),
            ..Row::default()
        }
    };
    for role in &teams.roles {
        let count = role.attendances.as_ref();
        let parts = match count {
            Some(count) => count_bar::parts(draft, count, chart.high),
            None => vec![Part::new(0.0, chart.high, draft.missing())],
        };
        chart.rows.push(row(&role.name, count, parts));
    }
    // Counts of other things have no length beside those of people.
    for (name, count) in [
        ("合计人次|合計人次|Attendances", &teams.attendances),
        ("活动次数|活動次數|Activities", &teams.activities),
        ("解决问题|解決問題|Problems solved", &teams.problems_solved),
    ] {
        if count.is_some() {
            let name = lang.pick(name);
            chart.rows.push(row(name, count.as_ref(), Vec::new()));
            let space = if lang.is_chinese() { "" } else { " " };
            let figure = wording::optional_count(lang, count.as_ref());
            chart.clauses.push([name, space, &figure].concat());
        }
    }
    rows::stack_where_cut(draft, &mut chart);
    rows::show(draft, input, chart);
}
