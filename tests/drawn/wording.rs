//! Every wording of ours stands in simplified and traditional Chinese and in English.

use std::fs;
use std::path::PathBuf;

use super::{none, root};

/// Characters that the scripts write differently, ours and other common ones: simplified,
/// traditional. A pair that is missing here fails the test at the first three-part text with it.
const PAIRS: &str = "万萬专專业業东東两兩严嚴个個丰豐临臨为為义義乐樂乡鄉书書买買乱亂争爭于於亏虧产產亲親亿億仅僅从從\
    仓倉仪儀们們价價众眾优優会會伟偉传傳伤傷伦倫体體余餘佣傭侧側侨僑俭儉债債倾傾偿償储儲儿兒党黨兰蘭关關兴興养養兽獸内內\
    册冊写寫军軍农農冲沖决決况況冻凍净淨减減凑湊凤鳳击擊划劃刘劉则則刚剛创創删刪别別剂劑剧劇办辦务務动動励勵劳勞势勢\
    匀勻区區医醫华華协協单單卖賣卢盧卫衛却卻厂廠厅廳历歷压壓厌厭县縣参參双雙发發变變叙敘号號叹嘆吓嚇吗嗎启啟吴吳员員\
    响響哑啞唤喚团團园園围圍国國图圖圆圓圣聖场場坏壞块塊坚堅坛壇垒壘垦墾埘塒增增处處备備复復够夠头頭夹夾夺奪奋奮奖獎\
    妇婦妈媽娱娛孙孫学學宁寧宝寶实實审審宽寬宾賓对對寻尋导導寿壽将將尔爾尘塵层層属屬岁歲岛島岭嶺峡峽币幣师師帐帳带帶\
    帮幫干幹并並广廣庄莊庆慶库庫应應庙廟废廢开開异異弃棄张張弥彌弯彎弹彈强強归歸当當录錄彻徹径徑忆憶志志忧憂怀懷态態\
    总總恶惡惊驚惯慣愿願戏戲战戰户戶扩擴扫掃执執扬揚护護报報担擔拟擬拥擁择擇挂掛挥揮损損换換据據摄攝数數斋齋断斷无無\
    旧舊时時昙曇显顯晓曉晕暈暂暫术術机機杀殺杂雜权權条條来來杨楊极極构構标標栋棟栏欄树樹样樣档檔桥橋检檢楼樓欢歡欧歐\
    歼殲残殘毕畢气氣汇匯汉漢没沒沟溝泽澤洁潔济濟浅淺测測浓濃涛濤润潤涨漲湾灣湿濕满滿滚滾灭滅灯燈灵靈灾災点點炼煉热熱\
    烧燒爱愛状狀独獨狭狹现現环環电電画畫畅暢疗療监監盖蓋盘盤码碼础礎确確礼禮离離种種积積称稱稳穩穷窮竞競笔筆筑築签簽\
    简簡类類粮糧紧緊约約级級纪紀纯純纲綱纳納纵縱线線练練组組细細织織终終经經结結绘繪给給络絡统統继繼绩績续續维維综綜\
    绿綠编編缩縮缺缺网網罚罰职職联聯聪聰胜勝脑腦脚腳节節范範药藥获獲营營虑慮虽雖补補装裝见見观觀规規视視览覽觉覺计計\
    订訂认認讨討让讓训訓议議讯訊记記讲講许許论論设設访訪证證评評识識诉訴词詞试試话話该該详詳语語误誤说說请請读讀课課\
    调調谈談谢謝负負贡貢财財责責败敗账賬货貨质質贯貫贵貴贷貸费費资資赋賦赛賽赢贏车車转轉轮輪软軟轴軸载載较較输輸边邊\
    达達迁遷过過运運还還这這进進远遠违違连連迟遲适適选選递遞逻邏遗遺邮郵郑鄭鉴鑒钟鐘钢鋼钱錢铁鐵银銀链鏈销銷锁鎖错錯\
    键鍵镇鎮长長门門闭閉问問间間闻聞队隊阶階际際陆陸险險随隨难難页頁顶頂项項顺順须須顾顧预預领領频頻题題额額颜顏风風\
    与與后後飞飛饭飯馆館马馬驱驅验驗骤驟鱼魚鸟鳥麦麥黄黃齐齊龄齡龙龍";

/// What a two-letter word makes of a character that has two traditional forms.
const WORDS: [(&str, &str); 7] = [
    ("发布", "發佈"),
    ("公布", "公佈"),
    ("分布", "分佈"),
    ("布局", "佈局"),
    ("占比", "佔比"),
    ("制图", "製圖"),
    ("编制", "編製"),
];

/// For those who build pages and read the console; not drawn.
const NOT_DRAWN: [&str; 2] = ["compose/request.rs", "embed/mod.rs"];

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The texts in quotes that have Chinese in them: file, text.
fn literals() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = ["compose", "embed", "paint", "scene", "style", "widgets"]
        .map(|room| root("src").join(room))
        .into();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]\nmod ").next().unwrap();
            let code: String = text
                .lines()
                .map(|line| [comments_off(line), "\n"].concat())
                .collect();
            let name = path
                .strip_prefix(root("src"))
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            for quoted in code.split('"').skip(1).step_by(2) {
                if quoted.chars().any(is_chinese) {
                    found.push((name.clone(), quoted.to_owned()));
                }
            }
        }
    }
    found
}

/// A line without its comment: our texts hold no `//`.
fn comments_off(line: &str) -> &str {
    line.split("//").next().unwrap()
}

/// The traditional form of a simplified text.
fn traditional(text: &str) -> String {
    let pairs: Vec<char> = PAIRS.chars().filter(|c| is_chinese(*c)).collect();
    let mut text = text.to_owned();
    for (simplified, whole) in WORDS {
        text = text.replace(simplified, whole);
    }
    let other = |c: char| {
        pairs
            .chunks(2)
            .find(|pair| pair[0] == c)
            .map_or(c, |pair| pair[1])
    };
    text.chars().map(other).collect()
}

#[test]
fn every_wording_is_there_in_both_scripts_and_in_english() {
    let mut problems = Vec::new();
    let literals = literals();
    assert!(literals.len() > 100, "{}", literals.len());
    for (file, text) in &literals {
        if NOT_DRAWN.contains(&file.as_str()) {
            continue;
        }
        let parts: Vec<&str> = text.split('|').collect();
        let mut tell = |what: &str| problems.push(format!("{file}: {text:?} {what}"));
        let wanted = traditional(parts[0]);
        match parts.as_slice() {
            [_] | [_, _] if wanted != parts[0] => {
                tell(&format!("lacks its traditional form {wanted:?}"))
            }
            [_, hant, _] if *hant != wanted => {
                tell(&format!("should be {wanted:?} in traditional script"))
            }
            [_] | [_, _] | [_, _, _] => {}
            _ => tell("has too many parts"),
        }
        if parts.len() > 1 {
            let english = parts[parts.len() - 1];
            // 审图号 has no English name.
            let plain = english.replace("审图号", "");
            if plain.chars().any(is_chinese) {
                tell("has Chinese in its English");
            }
        }
    }
    none(&problems);
}
