//! What can be typed: commands and their options. Imports `message` for the choice of language.

use std::path::PathBuf;

use clap::error::{ContextKind, ErrorKind};
use clap::{Parser, Subcommand, ValueEnum};

use crate::message::Say;

/// 建设进度图表 · Construction-progress charts and maps from one JSON feed
#[derive(Debug, Parser)]
#[command(name = "progress-widgets", version)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 发布前预览；不带文件则打开示例 · Look at a feed before publishing; without one, the gallery
    Preview(Preview),
    /// 检查数据文件 · Check a feed and list what is wrong with it
    Check(Check),
    /// 检查网址：响应头、压缩、缓存、跨域 · Check a URL: headers, compression, caching, cross-origin
    CheckUrl(CheckUrl),
    /// 生成 SVG 图片 · Draw one widget as SVG
    Render(Render),
    /// 生成嵌入代码，含静态图片与表格 · Print what to paste into a page, still picture and table included
    Snippet(Snippet),
    /// 把示例页导出为静态文件 · Write the gallery as static files
    Gallery(Gallery),
}

/// Arguments of `preview`.
#[derive(Debug, clap::Args)]
pub struct Preview {
    /// 数据文件；不写则打开示例 · the feed; without it, the gallery of samples
    pub feed: Option<PathBuf>,
    /// 地图文件（GeoJSON 或 TopoJSON）· the map (GeoJSON or TopoJSON)
    #[arg(long, value_name = "MAP", requires = "feed")]
    pub geometry: Option<PathBuf>,
    /// 端口；被占用时用下一个空闲端口，0 为任意 · port; if in use, the next free one; 0 for any
    #[arg(long, value_name = "N", default_value_t = 8787)]
    pub port: u16,
    /// 打开浏览器 · open the browser
    #[arg(long)]
    pub open: bool,
    /// Where the pages and the built widgets are.
    #[command(flatten)]
    pub folders: Folders,
}

/// Where the pages and the built widgets are.
#[derive(Debug, Default, clap::Args)]
pub struct Folders {
    /// 构建产物所在文件夹 · folder of the built widgets [default: dist, here or beside the program]
    #[arg(long, value_name = "DIR")]
    pub dist: Option<PathBuf>,
    /// 网页所在文件夹 · folder of the pages [default: those built into the program]
    #[arg(long, value_name = "DIR")]
    pub www: Option<PathBuf>,
}

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "退出码 Exit code:\n  0  可用（可能有提示）usable, perhaps with notices\n  1  有提示，且给出了 --strict notices, and --strict was given\n  2  不可用 can't be used"
)]
pub struct Check {
    /// 数据文件；- 为标准输入 · the feed; - for standard input
    pub feed: PathBuf,
    /// 地图文件，用来检查区划能否对上 · the map, to see which regions it lacks
    #[arg(long, value_name = "MAP")]
    pub geometry: Option<PathBuf>,
    /// 输出格式 · what to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// 输出语言 · language of the messages
    #[arg(long, value_enum, default_value_t = Say::Both)]
    pub lang: Say,
    /// 有提示时退出码为 1 · notices make the exit code 1
    #[arg(long)]
    pub strict: bool,
}

/// Arguments of `check-url`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "退出码 Exit code:\n  0  可用（可能有建议）usable, perhaps with advice\n  1  有建议，且给出了 --strict advice, and --strict was given\n  2  不可用 can't be used"
)]
pub struct CheckUrl {
    /// 数据、地图、脚本或 .wasm 的网址 · URL of a feed, a map, the script or the .wasm
    pub url: String,
    /// 网页的源，如 https://www.example.gov.cn · origin of the page that embeds it
    #[arg(long)]
    pub origin: Option<String>,
    /// 输出语言 · language of the messages
    #[arg(long, value_enum, default_value_t = Say::Both)]
    pub lang: Say,
    /// 有建议时退出码为 1 · advice makes the exit code 1
    #[arg(long)]
    pub strict: bool,
}

/// What `check` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// 每条一行 · one line each
    Text,
    /// JSON
    Json,
}

/// Arguments of `render`.
#[derive(Debug, clap::Args)]
pub struct Render {
    /// 数据文件；- 为标准输入 · the feed; - for standard input
    pub feed: PathBuf,
    /// 组件类型，如 summary、bars；写错时列出全部 · kind of widget, such as summary, bars; a wrong one lists all
    #[arg(long)]
    pub kind: String,
    /// 地图文件 · the map
    #[arg(long, value_name = "MAP")]
    pub geometry: Option<PathBuf>,
    /// 宽度，CSS 像素 · width in CSS pixels
    #[arg(long, value_name = "PX", default_value = "640")]
    pub width: String,
    /// 明暗：light 或 dark · light or dark
    #[arg(long)]
    pub scheme: Option<String>,
    /// 文字语言，如 zh-CN、en · language of the words, such as zh-CN, en
    #[arg(long)]
    pub lang: Option<String>,
    /// 其他选项，与网页属性同名，可重复 · any option of the element, by its attribute's name; repeatable
    #[arg(long = "option", value_name = "NAME=VALUE", value_parser = name_and_value)]
    pub options: Vec<(String, String)>,
    /// 输出文件；不写则输出到标准输出 · file to write; standard output without it
    #[arg(short, long, value_name = "FILE.svg")]
    pub out: Option<PathBuf>,
}

/// Arguments of `snippet`.
#[derive(Debug, clap::Args)]
pub struct Snippet {
    /// What is drawn, and where the still picture goes.
    #[command(flatten)]
    pub render: Render,
    /// 页面上数据文件的网址；默认即上面的文件名 · address of the feed in the page [default: the file's name]
    #[arg(long, value_name = "URL")]
    pub src: Option<String>,
    /// 页面上地图文件的网址 · address of the map in the page [default: the file's name]
    #[arg(long, value_name = "URL")]
    pub geometry_src: Option<String>,
    /// 页面上静态图片的网址 · address of the still picture in the page [default: the file's name]
    #[arg(long, value_name = "URL")]
    pub picture_src: Option<String>,
    /// 脚本的网址 · address of the script
    #[arg(long, value_name = "URL", default_value = "progress-widgets.js")]
    pub script: String,
    /// 用 div 与 data-*，供会去掉未知标签的编辑器 · a div with data-*, for editors that strip unknown tags
    #[arg(long)]
    pub div: bool,
}

/// Arguments of `gallery`.
#[derive(Debug, clap::Args)]
pub struct Gallery {
    /// 导出到这个文件夹 · folder to write to; made where it isn't there
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Where the pages and the built widgets are.
    #[command(flatten)]
    pub folders: Folders,
}

/// What clap says in English only, for the line before it; none of [`help`] and of the version.
pub fn in_chinese(error: &clap::Error) -> Option<String> {
    let of = |kind| error.get(kind).map(ToString::to_string);
    let argument = of(ContextKind::InvalidArg).unwrap_or_default();
    let what = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        | ErrorKind::DisplayVersion => return None,
        ErrorKind::InvalidSubcommand => {
            let command = of(ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("没有“{command}”这个命令")
        }
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个参数"),
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {argument}"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            match of(ContextKind::InvalidValue).filter(|value| !value.is_empty()) {
                Some(value) => format!("{argument} 的值“{value}”不能用"),
                None => format!("{argument} 后面缺少值"),
            }
        }
        ErrorKind::ArgumentConflict => format!("{argument} 重复，或不能与其他参数同用"),
        _ => "参数有误".to_owned(),
    };
    Some(format!("{what}；用 --help 查看用法"))
}

/// What clap's help says in English only, and the same in both languages.
const HEADINGS: [(&str, &str); 10] = [
    ("Usage:", "用法 Usage:"),
    ("Commands:", "命令 Commands:"),
    ("Arguments:", "参数 Arguments:"),
    ("Options:", "选项 Options:"),
    ("Possible values:", "可用的值 Possible values:"),
    ("[possible values:", "[可用 possible values:"),
    ("[default:", "[默认 default:"),
    ("Print help", "显示用法 · print help"),
    ("Print version", "显示版本 · print version"),
    ("Print this message", "显示用法 · print this message"),
];

/// The help that was asked for, with its headings in both languages; none of what is no help.
/// Styled for a terminal, if it goes to one.
pub fn help(error: &clap::Error, styled: bool) -> Option<String> {
    let kind = error.kind();
    if kind != ErrorKind::DisplayHelp && kind != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    {
        return None;
    }
    let text = error.render();
    let english = match styled {
        true => text.ansi().to_string(),
        false => text.to_string(),
    };
    let both = |text: String, (english, both): &(&str, &str)| text.replace(english, both);
    Some(HEADINGS.iter().fold(english, both))
}

fn name_and_value(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(name, value)| (name.trim().to_owned(), value.to_owned()))
        .filter(|(name, _)| !name.is_empty())
        .ok_or_else(|| {
            "应写成 名称=值，如 sort=name · write NAME=VALUE, such as sort=name".to_owned()
        })
}
