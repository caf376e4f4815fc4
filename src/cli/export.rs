//! `gallery`: the gallery as static files, for any web server. Imports `gallery`, `site`, `input`.

use std::path::Path;
use std::process::ExitCode;

use crate::args::Gallery;
use crate::gallery;
use crate::input;
use crate::message::Message;
use crate::site::Site;

/// Files that are not copied: templates, and pages that are nothing without the preview's server.
const NOT_COPIED: [&str; 4] = [
    "index.html",
    "every-kind.html",
    "preview.html",
    "preview.js",
];

/// Writes the pages in both languages, the pictures, the samples and the built widgets.
///
/// # Errors
/// A page can't be made, a sample can't be drawn, or a file can't be written.
pub fn run(args: &Gallery) -> Result<ExitCode, Message> {
    let site = Site::new(args.folders.www.as_deref(), args.folders.dist.as_deref());
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("index.html".into(), gallery::page(&site, false)?.into()),
        ("en.html".into(), gallery::page(&site, true)?.into()),
        (
            "every-kind.html".into(),
            gallery::every_kind(&site, false)?.into(),
        ),
        (
            "every-kind.en.html".into(),
            gallery::every_kind(&site, true)?.into(),
        ),
    ];
    for name in gallery::pictures(&site)? {
        if let Some(picture) = gallery::picture(&site, &name, &[]) {
            files.push((format!("pictures/{name}.svg"), picture?.svg.into()));
        }
    }
    let built = site.built().into_iter().map(|path| format!("dist/{path}"));
    for path in site.pages().into_iter().chain(built) {
        if NOT_COPIED.contains(&path.as_str()) {
            continue;
        }
        if let Some(bytes) = site.read(&path) {
            files.push((path, bytes));
        }
    }
    for (path, bytes) in &files {
        let path = args.out.join(path);
        make_folder(path.parent().unwrap_or(&args.out))?;
        input::write(&path, bytes)?;
    }
    let (count, out) = (files.len(), args.out.display());
    println!("已写入 {count} 个文件到 {out}。Wrote {count} files to {out}.");
    if site.dist().is_none() {
        println!(
            "没有找到构建好的组件（dist），页面只有静态图片。No built widgets (dist) found: the pages show still pictures only."
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn make_folder(folder: &Path) -> Result<(), Message> {
    std::fs::create_dir_all(folder).map_err(|error| {
        let shown = folder.display();
        Message::new(
            format!("无法建立文件夹 {shown}：{error}。"),
            format!("Can't make the folder {shown}: {error}."),
        )
    })
}
