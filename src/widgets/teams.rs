//! Expert teams: attendances by role as bars; activities and problems solved as printed.

use super::Input;
use super::parts::count_bar;
use super::parts::rows::{self, Chart, Layout, Row};
use crate::scene::Draft;

const WORDS: &str = "专家团队服务\t条形为各角色人次\t数据中没有专家团队（teams）。\t项目\t数量|專家團隊服務\t條形為各角色人次\t數據中沒有專家團隊（teams）。\t項目\t數量|Expert teams\tBars: attendances by role\tThe feed has no expert teams (teams).\tFigure\tNumber";

pub(super) fn draw(input: &Input, draft: &mut Draft) {
    let lang = draft.lang;
    let mut chart = Chart::new(draft, WORDS);
    if let Some(teams) = &input.feed.teams {
        for role in &teams.roles {
            chart.fit(role.attendances.as_ref());
        }
        for role in &teams.roles {
            let count = role.attendances.as_ref();
            let mut row = Row::of(lang, &role.name, count);
            count_bar::add(&mut row, draft, count, 1.0, chart.high);
            chart.rows.push(row);
        }
        // Counts of other things have no length beside those of people.
        for (name, count) in [
            ("合计人次|合計人次|Attendances", &teams.attendances),
            ("活动次数|活動次數|Activities", &teams.activities),
            ("解决问题|解決問題|Problems solved", &teams.problems_solved),
        ] {
            if count.is_some() {
                let row = Row::of(lang, lang.pick(name), count.as_ref());
                row.tell(draft);
                chart.rows.push(row);
            }
        }
        chart.layout = Layout::Fit;
    }
    rows::show(draft, input, chart);
}
