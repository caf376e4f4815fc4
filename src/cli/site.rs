//! The site's files: pages built into the program or in a folder, and the built widgets.
//!
//! Imports nothing of ours.

use std::path::{Path, PathBuf};

/// A page or sample built into the program, by its path in the site.
macro_rules! built_in {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../www/", $path)))),*]
    };
}

/// Every file under `www/` that a page needs; a test compares the list with the folder.
static BUILT_IN: &[(&str, &[u8])] = built_in![
    "docs/embed.en.html",
    "docs/embed.html",
    "every-kind.html",
    "feed.schema.json",
    "index.html",
    "preview.html",
    "preview.js",
    "samples/README.md",
    "samples/china-renovation-2023h1.json",
    "samples/coverage-sample.json",
    "samples/gallery.json",
    "samples/hangzhou-2020-11.json",
    "samples/hangzhou-2020.en.json",
    "samples/hangzhou-2020.json",
    "samples/hangzhou-districts-2020.topo.json",
    "samples/hangzhou-districts-sample.json",
    "samples/stages-sample.json",
    "samples/tonglu-towns-sample.json",
    "samples/trend-sample.json",
    "samples/hangzhou-towns-sample.json",
    "samples/zhejiang-2020-h1.json",
    "samples/zhejiang-towns-2019.json",
    "samples/zhejiang-cities-sample.json",
    "site.css",
    "site.js",
];

/// Where the site's files come from.
#[derive(Clone, Debug, Default)]
pub struct Site {
    www: Option<PathBuf>,
    dist: Option<PathBuf>,
}

impl Site {
    /// The pages from a folder, or else those built in; the widgets from a folder, or else from
    /// `dist` in the working folder or beside the program.
    pub fn new(www: Option<&Path>, dist: Option<&Path>) -> Site {
        Site {
            www: www.map(Path::to_path_buf),
            dist: dist.map(Path::to_path_buf).or_else(found_dist),
        }
    }

    /// The folder of the built widgets, if there is one with a widget script in it.
    pub fn dist(&self) -> Option<&Path> {
        self.dist
            .as_deref()
            .filter(|dist| dist.join("progress-widgets.js").is_file())
    }

    /// A file of the site by its path (`samples/gallery.json`, `dist/progress-widgets.js`); `None`
    /// where there is none, and for every path that leads outside.
    pub fn read(&self, path: &str) -> Option<Vec<u8>> {
        if !is_plain(path) {
            return None;
        }
        if let Some(rest) = path.strip_prefix("dist/") {
            return read_inside(self.dist.as_deref()?, rest);
        }
        match &self.www {
            Some(www) => read_inside(www, path),
            None => BUILT_IN
                .iter()
                .find(|(name, _)| *name == path)
                .map(|(_, bytes)| bytes.to_vec()),
        }
    }

    /// The paths of all pages and samples, sorted; the widgets not among them.
    pub fn pages(&self) -> Vec<String> {
        let mut paths = Vec::new();
        match &self.www {
            Some(www) => list(www, "", &mut paths),
            None => paths.extend(BUILT_IN.iter().map(|(name, _)| (*name).to_owned())),
        }
        paths.sort();
        paths
    }

    /// The names of the files of the built widgets, sorted.
    pub fn built(&self) -> Vec<String> {
        let mut paths = Vec::new();
        if let Some(dist) = &self.dist {
            list(dist, "", &mut paths);
        }
        paths.sort();
        paths
    }
}

/// Whether every part of a path is a plain name: no `..`, nothing hidden, nothing absolute, no
/// other system's separators.
fn is_plain(path: &str) -> bool {
    path.split('/')
        .all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']))
}

/// Reads a file that lies in a folder once links are followed.
fn read_inside(folder: &Path, path: &str) -> Option<Vec<u8>> {
    let folder = folder.canonicalize().ok()?;
    let file = folder.join(path).canonicalize().ok()?;
    if !file.starts_with(&folder) || !file.is_file() {
        return None;
    }
    std::fs::read(file).ok()
}

fn list(folder: &Path, prefix: &str, into: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| is_plain(name)) else {
            continue;
        };
        let path = format!("{prefix}{name}");
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => list(&entry.path(), &format!("{path}/"), into),
            Ok(kind) if kind.is_file() => into.push(path),
            _ => {}
        }
    }
}

fn found_dist() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    let beside = program.parent()?;
    // Unpacked beside the program; or the program in `target/debug` of a working copy.
    [
        PathBuf::from("dist"),
        beside.join("dist"),
        beside.join("../../dist"),
    ]
    .into_iter()
    .find(|dist| dist.join("progress-widgets.js").is_file())
}

/// The media type by the name's ending. WebAssembly is compiled while it streams only as
/// `application/wasm`.
pub fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "geojson" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "ts" | "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, Site, list, media_type};
    use std::path::Path;

    /// Sources of other rooms, not served from here: they go into `dist`.
    fn is_page(path: &str) -> bool {
        !(path.starts_with("element/") || path.starts_with("frame/") || path.contains(".d."))
    }

    #[test]
    fn the_built_in_list_is_the_folder() {
        let mut folder = Vec::new();
        list(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("www"),
            "",
            &mut folder,
        );
        folder.retain(|path| is_page(path));
        folder.sort();
        let mut listed: Vec<_> = BUILT_IN
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect();
        listed.sort();
        assert_eq!(listed, folder, "BUILT_IN in src/cli/site.rs against www/");
    }

    #[test]
    fn no_path_leads_outside() {
        let site = Site::new(
            Some(&Path::new(env!("CARGO_MANIFEST_DIR")).join("www")),
            None,
        );
        assert!(site.read("index.html").is_some());
        for path in [
            "../Cargo.toml",
            "samples/../../Cargo.toml",
            "/etc/passwd",
            "samples//gallery.json",
            ".git",
            "..\\Cargo.toml",
            "c:/x",
            "",
            "samples",
        ] {
            assert!(site.read(path).is_none(), "{path}");
        }
    }

    #[test]
    fn wasm_streams() {
        assert_eq!(media_type("dist/progress-widgets.wasm"), "application/wasm");
    }
}
