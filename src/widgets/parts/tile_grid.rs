//! Tiles in place of regions: a square a place, roughly where it lies; no boundaries are needed.
//!
//! `tile_layouts.txt` holds the arrangements, which are our own: the 34 provincial units and
//! Zhejiang's 11 cities. An arrangement begins with `=` and the digits that all its codes begin
//! with. Then a line a tile: column and line; two further digits of the code, or `++` where a place
//! may stand that has none of its own; the letters of GB/T 2260; the short name in simplified and
//! traditional Chinese and in English.

use super::classes::Classes;
use super::{face, frame, legend, map_labels, ranked_bars, ranking_table, wording};
use crate::figures::{Code, Level, Row};
use crate::scene::{Draft, Rect, Type};
use crate::style::{Lang, cat, number};
use crate::widgets::Input;

static LAYOUTS: &str = include_str!("tile_layouts.txt");

/// Between tiles, in CSS pixels.
const GAP: f64 = 2.0;

/// Beside a text on its tile, both sides together.
const AIR: f64 = 3.0;

/// A tile; larger ones only make the way from name to name longer.
const WIDEST: f64 = 108.0;

/// An arrangement of tiles and the rows that stand on them, each with its index.
struct Grid<'a> {
    /// In reading order.
    tiles: Vec<Tile<'a>>,
    columns: f64,
    lines: f64,
    /// The rows that have no place in the arrangement.
    unplaced: Vec<(usize, &'a Row<'a>)>,
}

/// One place of an arrangement.
struct Tile<'a> {
    /// Column and line, from 0.
    at: (f64, f64),
    /// `None` for a tile that any row may take, and that is not drawn where none does.
    code: Option<Code>,
    /// Two letters and the wordings of the short name; empty for a tile without a place.
    names: &'static str,
    row: Option<(usize, &'a Row<'a>)>,
}

impl Tile<'_> {
    /// Two letters or the short name.
    fn short(&self, lang: Lang, letters: bool) -> &'static str {
        let (short, wordings) = self.names.split_at_checked(2).unwrap_or(("", ""));
        if letters { short } else { lang.pick(wordings) }
    }

    /// Whether a region's name is this place's, with or without 省, 市 and the like behind it.
    fn is_called(&self, name: &str) -> bool {
        let wordings = self.names.get(2..).unwrap_or("").split('|');
        for short in wordings {
            if !short.is_empty() && name.starts_with(short) {
                return true;
            }
        }
        false
    }
}

impl<'a> Grid<'a> {
    /// The arrangement in which most rows have a place, by code, or by name where a row has none;
    /// `None` where none holds at least half of them.
    fn holding(rows: &'a [Row]) -> Option<Grid<'a>> {
        let mut best = None;
        let mut least = rows.len();
        let mut level = Level::Province;
        // Nothing stands before the first.
        for layout in LAYOUTS.split('=').filter(|layout| !layout.is_empty()) {
            let grid = Grid::read(layout, rows, level);
            level = Level::City;
            let unplaced = grid.unplaced.len();
            if unplaced < least && unplaced.saturating_mul(2) <= rows.len() {
                (least, best) = (unplaced, Some(grid));
            }
        }
        best
    }

    fn read(layout: &'static str, rows: &'a [Row], level: Level) -> Grid<'a> {
        let mut grid = Grid {
            tiles: Vec::new(),
            columns: 0.0,
            lines: 0.0,
            unplaced: Vec::new(),
        };
        for row in rows.iter().enumerate() {
            grid.unplaced.push(row);
        }
        let mut prefix = "";
        for line in layout.split('\n') {
            let Some(digits) = line.get(2..4) else {
                prefix = line;
                continue;
            };
            let digit = |at: usize| f64::from(line.as_bytes().get(at).map_or(0, |byte| byte & 15));
            let code = cat(prefix, digits, "0000");
            let mut tile = Tile {
                at: (digit(0), digit(1)),
                code: code.get(..6).and_then(Code::parse),
                names: line.get(4..).unwrap_or(""),
                row: None,
            };
            grid.columns = grid.columns.max(tile.at.0 + 1.0);
            grid.lines = grid.lines.max(tile.at.1 + 1.0);
            let own = tile.code.map(Code::same_place);
            let is_own = |(_, row): &(usize, &Row)| match row.code {
                Some(code) => own == Some(code.same_place()),
                None => row.level.is_none_or(|own| own == level) && tile.is_called(row.name),
            };
            if let Some(at) = grid.unplaced.iter().position(is_own) {
                tile.row = Some(grid.unplaced.remove(at));
            }
            grid.tiles.push(tile);
        }
        let mut others = grid.unplaced.iter();
        for tile in &mut grid.tiles {
            if tile.code.is_none() {
                tile.row = others.next().copied();
            }
        }
        grid
    }

    /// Whether a name of two characters has room on a tile.
    fn has_room(&self, draft: &Draft) -> bool {
        self.tile_width(draft) - GAP - AIR >= 2.0 * smallest(draft)
    }

    /// The tiles that stand for a place or for a row.
    fn shown(&self) -> impl Iterator<Item = &Tile<'a>> {
        let shown = |tile: &&Tile| tile.code.is_some() || tile.row.is_some();
        self.tiles.iter().filter(shown)
    }

    fn tile_width(&self, draft: &Draft) -> f64 {
        (draft.inner() / self.columns).min(WIDEST).floor()
    }

    /// Draws the legend, the tiles, and below them what has no place and what the feed does not list.
    fn draw(&self, draft: &mut Draft, input: &Input, classes: &Classes) {
        let lang = draft.lang;
        let (mut any_value, mut any_missing) = (false, false);
        for tile in self.shown() {
            let has_value = tile.row.is_some_and(|(_, row)| row.rate.value.is_some());
            any_value |= has_value;
            any_missing |= !has_value;
        }
        legend::draw(draft, classes, any_value, any_missing);
        draft.y += 8.0;
        let width = self.tile_width(draft);
        let room = width - GAP - AIR;
        let smallest = smallest(draft);
        // Names have three characters, rates about as much; all of one size.
        let sized = |set: Type, size: f64| set.sized(size.min(set.size).max(smallest));
        let name_set = sized(draft.bold(draft.sizes.label), room / 3.1);
        let rate_set = sized(draft.ink(draft.sizes.count), room / 2.8);
        let letters = lang == Lang::English && room < 102.0;
        let height = (width * 0.75)
            .max(name_set.size + rate_set.size + 10.0)
            .ceil();
        let left = draft.left() + (draft.inner() - width * self.columns) / 2.0;
        let mut unknown = Vec::new();
        for tile in self.shown() {
            let row = tile.row.map(|(_, row)| row);
            let (x, y) = (left + tile.at.0 * width, draft.y + tile.at.1 * height);
            let rect = Rect::from_css(x, y, width - GAP, height - GAP);
            let value = row.and_then(|row| row.rate.value);
            let fill = classes.fill(draft, value);
            draft.rect(rect, fill);
            let name = match row {
                Some(row) if !tile.is_called(row.name) => row.name,
                _ => tile.short(lang, letters),
            };
            let rate = row.map_or_else(String::new, |row| {
                shorter(wording::rate(lang, &row.rate), value, &|text| {
                    rate_set.width(text) <= room
                })
            });
            let lines = map_labels::height(&rate, (name_set, rate_set));
            let at = (x + (width - GAP) / 2.0, y + (height - GAP - lines) / 2.0);
            let name = match tile.short(lang, true) {
                _ if name_set.width(name) <= room => name,
                // Of three characters: in large type only the province's short form fits.
                "HL" => "黑",
                "NM" => "蒙",
                _ => name,
            };
            let name = name_set.shorten(name, room);
            map_labels::stacked(draft, (&name, &rate), at, (name_set, rate_set), fill);
            let name = tile.short(lang, false);
            if row.is_none() {
                unknown.push(name.to_owned());
            }
            draft.hit(ranking_table::hit(input, tile.row, name, rect));
        }
        draft.y += self.lines * height + 6.0;
        let mut unplaced = Vec::new();
        for (_, row) in &self.unplaced {
            unplaced.push(*row);
        }
        let what = lang.pick("方格示意，位置为大致方位|方格示意，位置為大致方位|Tiles stand roughly where the places lie");
        face::draw(draft, what, "单列|單列|Set apart", &unplaced, &unknown);
    }
}

/// Opens the frame and draws tiles where an arrangement holds the rows and has room, else bars.
/// `why` says why there is nothing better; with an empty one tiles are what was asked for.
pub fn draw_or_bars(
    draft: &mut Draft,
    input: &Input,
    rows: &[Row],
    title: &str,
    classes: &Classes,
    why: &'static str,
) {
    let lang = draft.lang;
    let grid = Grid::holding(rows);
    let has_room = grid.as_ref().is_some_and(|grid| grid.has_room(draft));
    let what = match has_room {
        true => String::new(),
        false => ranked_bars::what(lang, input.options.metric, rows),
    };
    frame::open(draft, input, title, &what);
    if rows.is_empty() {
        frame::nothing_to_draw(draft, wording::NO_REGIONS);
        return;
    }
    let mut why = why;
    if why.is_empty() && !has_room {
        why = lang.pick(match grid {
            Some(_) => "宽度不够画方格图|寬度不夠畫方格圖|There is no room for a tile map",
            None => {
                "没有适合这些地区的方格布局|沒有適合這些地區的方格佈局|No arrangement of tiles holds these regions"
            }
        });
    }
    if !why.is_empty() {
        let what = lang.pick(if has_room {
            "，以方格图代替。|，以方格圖代替。|: tiles instead."
        } else {
            "，以条形图代替。|，以條形圖代替。|: bars instead."
        });
        frame::nothing(draft, &cat(why, what, ""));
        draft.y += 8.0;
    }
    match grid {
        Some(grid) if has_room => grid.draw(draft, input, classes),
        _ => ranked_bars::draw(draft, input, rows),
    }
}

/// What a map of regions or tiles ends with: footer, table, sentence.
pub fn close(draft: &mut Draft, input: &Input, rows: &[Row]) {
    // A map of nothing but missing figures is drawn, but a board has better to show.
    draft.nothing |= rows.iter().all(|row| row.rate.value.is_none());
    ranking_table::table(draft, input, rows);
    ranking_table::tell(draft, rows);
    frame::close(draft, input);
}

/// No text is smaller than this: the footer's size, or a little below it where readers have not
/// asked for large text.
fn smallest(draft: &Draft) -> f64 {
    match draft.sizes.footer {
        large if large >= 18.0 => large,
        size => size - 1.5,
    }
}

/// A rate where there is room for it, else its value in whole percent, cut and not rounded, because
/// 99.6% is not all; else nothing: it is left to the colour, to hover and to the table.
fn shorter(text: String, value: Option<f64>, fits: &dyn Fn(&str) -> bool) -> String {
    if fits(&text) {
        return text;
    }
    let whole = value.map_or(0.0, |value| (value * 100.0 + 1e-9).floor());
    let text = cat(&number::amount(whole), "%", "");
    if whole >= 1.0 && fits(&text) {
        text
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrangements_hold_every_place_once_and_each_with_names() {
        for (layout, count) in LAYOUTS.split('=').skip(1).zip([34, 11]) {
            let grid = Grid::read(layout, &[], Level::City);
            let places: Vec<&Tile> = grid.tiles.iter().filter(|t| t.code.is_some()).collect();
            assert_eq!(places.len(), count);
            for tile in &places {
                let same = |other: &&&Tile| other.code == tile.code || other.at == tile.at;
                assert_eq!(places.iter().filter(same).count(), 1, "{}", tile.names);
                assert!(
                    tile.names
                        .get(..2)
                        .is_some_and(|l| l.bytes().all(|b| b.is_ascii_uppercase()))
                );
                for lang in [Lang::Hans, Lang::Hant, Lang::English] {
                    assert!(!tile.short(lang, false).is_empty(), "{:?}", tile.code);
                }
            }
        }
    }

    #[test]
    fn a_rate_without_room_is_cut_to_whole_percents_and_never_claims_all_or_nothing() {
        let short =
            |text: &str, value| shorter(text.to_owned(), Some(value), &|t| t.chars().count() <= 4);
        assert_eq!(short("97%", 0.97), "97%");
        assert_eq!(short("79.39%", 0.7939), "79%");
        assert_eq!(short("99.96%", 0.9996), "99%");
        assert_eq!(short("全部已经开工", 1.0), "100%");
        assert_eq!(short("0.004%", 0.00004), "");
        assert_eq!(shorter("一部分已经开工".to_owned(), None, &|_| false), "");
    }
}
