//! Known holes of the dependencies, out of RustSec's database where it can be had.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Result;
use semver::{Version, VersionReq};
use serde_json::Value;

use crate::command;
use crate::progress::note;
use crate::project::Project;

/// The database that cargo-audit and cargo-deny read.
const DATABASE: &str = "https://github.com/rustsec/advisory-db";

/// A shallow copy is some 10 MB.
const DOWNLOAD: Duration = Duration::from_secs(60);

/// Adds a finding for each package with a known hole. `ADVISORY_DB` names a copy of the database
/// to read; else it is fetched into the target folder. Without one the check is skipped, and says
/// so: a machine without that network must still be able to run the tests.
///
/// # Errors
/// Where the database is there and can't be read.
pub fn check(
    project: &Project,
    packages: &[&Value],
    rules: &toml::Table,
    findings: &mut Vec<String>,
) -> Result<()> {
    let Some(database) = database(project) else {
        note(format!(
            "未检查安全公告：无法取得 {DATABASE} / advisories not checked: {DATABASE} can't be had"
        ));
        return Ok(());
    };
    let ignored = rules
        .get("advisories")
        .and_then(|section| section.get("ignore"));
    let ignored: Vec<&str> = ignored
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|it| {
            it.as_str()
                .or_else(|| it.get("id").and_then(toml::Value::as_str))
        })
        .collect();
    for package in packages {
        let word = |name: &str| package.get(name).and_then(Value::as_str);
        let (Some(name), Some(version), Some(_)) = (word("name"), word("version"), word("source"))
        else {
            continue;
        };
        let Ok(version) = Version::parse(version) else {
            continue;
        };
        let Ok(folder) = std::fs::read_dir(database.join("crates").join(name)) else {
            continue;
        };
        for file in folder {
            let text = std::fs::read_to_string(file?.path())?;
            if let Some(id) = hole(&text, &version).filter(|id| !ignored.contains(&id.as_str())) {
                findings.push(format!("{name} {version}: {id}"));
            }
        }
    }
    Ok(())
}

fn database(project: &Project) -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("ADVISORY_DB") {
        return Some(PathBuf::from(named));
    }
    let folder = project.target.join("advisory-db");
    let git = |words: &[&str], folder: &Path| {
        let mut git = Command::new("git");
        git.env("GIT_TERMINAL_PROMPT", "0").args(words).arg(folder);
        command::succeeds_within(&mut git, DOWNLOAD)
    };
    // Holes become known every week: an old copy is worse than it looks, so it is fetched anew.
    let fresh = project.target.join("advisory-db.new");
    // It is there only where an earlier fetch was cut off.
    let _ = std::fs::remove_dir_all(&fresh);
    if git(&["clone", "--quiet", "--depth=1", DATABASE], &fresh) {
        // A first run has no old copy to remove.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::rename(&fresh, &folder).ok()?;
        return Some(folder);
    }
    None
}

/// The advisory's id, where it is a hole (not a remark such as "unmaintained") in this version.
fn hole(text: &str, version: &Version) -> Option<String> {
    // The facts stand in a TOML block at the head of a Markdown file.
    let facts = text.split("```toml").nth(1)?.split("```").next()?;
    let facts: toml::Table = facts.parse().ok()?;
    let advisory = facts.get("advisory")?;
    if advisory.get("informational").is_some() || advisory.get("withdrawn").is_some() {
        return None;
    }
    let within = |key: &str| {
        let ranges = facts.get("versions").and_then(|versions| versions.get(key));
        let mut ranges = ranges.and_then(toml::Value::as_array).into_iter().flatten();
        ranges.any(|range| {
            let range = range
                .as_str()
                .and_then(|range| VersionReq::parse(range).ok());
            range.is_some_and(|range| range.matches(version))
        })
    };
    (!within("patched") && !within("unaffected"))
        .then(|| advisory.get("id")?.as_str().map(str::to_owned))?
}

#[cfg(test)]
mod tests {
    use semver::Version;

    use super::hole;

    #[test]
    fn a_hole_is_one_in_the_versions_neither_patched_nor_unaffected() {
        let text = "```toml\n[advisory]\nid = \"RUSTSEC-2020-0001\"\n[versions]\npatched = [\">= 1.2.3\"]\nunaffected = [\"< 1.0.0\"]\n```\n# Words\n";
        let found = |version: &str| hole(text, &Version::parse(version).unwrap());
        assert_eq!(found("1.1.0").as_deref(), Some("RUSTSEC-2020-0001"));
        assert_eq!(found("1.2.3"), None);
        assert_eq!(found("0.9.0"), None);
        let remark = text.replace("[versions]", "informational = \"unmaintained\"\n[versions]");
        assert_eq!(hole(&remark, &Version::new(1, 1, 0)), None);
    }
}
