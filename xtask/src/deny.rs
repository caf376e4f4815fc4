//! `deny.toml`: which licences, crates and sources the dependencies may have. Their known holes
//! are looked up in `advisories`.
//!
//! Reads the part of cargo-deny's format that the project uses, so that `cargo deny check` reads
//! the same file. Installing cargo-deny takes minutes; this takes none. Without a network only the
//! fuzz targets' packages, which nothing else fetches, are left out.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::advisories;
use crate::progress::note;
use crate::project::Project;

/// Checks every package of both lock files, the workspace's and the fuzz targets'.
///
/// # Errors
/// Lists each package that breaks a rule, and which.
pub fn check(project: &Project) -> Result<()> {
    let text = std::fs::read_to_string(project.root.join("deny.toml")).context("deny.toml")?;
    let rules: toml::Table = text.parse().context("deny.toml")?;
    let mut findings = Vec::new();
    let mut used = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let fuzz = project.fuzz_packages().unwrap_or_else(|error| {
        note(format!(
            "未检查 tests/fuzz 的软件包 / packages of tests/fuzz not checked: {error}"
        ));
        Vec::new()
    });
    let packages: Vec<&Value> = project.packages().chain(&fuzz).collect();
    for package in &packages {
        let word = |name: &str| package.get(name).and_then(Value::as_str);
        let (Some(name), Some(version)) = (word("name"), word("version")) else {
            continue;
        };
        // The workspace's own packages come from nowhere; what they may be is ours to say.
        let Some(source) = word("source") else {
            continue;
        };
        let label = format!("{name} {version}");
        if !seen.insert(label.clone()) {
            continue;
        }
        if let Err(why) = licence(&rules, name, word("license"), &mut used) {
            findings.push(format!("{label}: {why}"));
        }
        if !list(&rules, "sources", "allow-registry").any(|it| source == format!("registry+{it}")) {
            findings.push(format!("{label}: source {source}"));
        }
        if tables(&rules, "bans", "deny").any(|ban| names(ban, name)) {
            findings.push(format!("{label}: banned"));
        }
    }
    for unused in list(&rules, "licenses", "allow").filter(|licence| !used.contains(*licence)) {
        findings.push(format!("deny.toml allows {unused}, which nothing needs"));
    }
    advisories::check(project, &packages, &rules, &mut findings)?;
    ensure!(
        findings.is_empty(),
        "deny.toml:\n  {}",
        findings.join("\n  ")
    );
    let checked = seen.len();
    note(format!(
        "{checked} 个软件包符合 deny.toml / packages keep to deny.toml"
    ));
    Ok(())
}

/// Whether the licence expression can be met with allowed licences alone.
fn licence(
    rules: &toml::Table,
    name: &str,
    expression: Option<&str>,
    used: &mut BTreeSet<String>,
) -> Result<(), String> {
    let expression = expression.ok_or("no licence")?;
    // Old crates write "MIT/Apache-2.0".
    let parsed = spdx::Expression::parse_mode(expression, spdx::ParseMode::LAX)
        .map_err(|error| format!("licence {expression}: {error}"))?;
    let exceptions: Vec<&str> = tables(rules, "licenses", "exceptions")
        .filter(|exception| names(exception, name))
        .flat_map(|exception| strings(exception.get("allow")))
        .collect();
    let fits = parsed.evaluate(|required| {
        let required = required.to_string();
        // Every alternative that is allowed counts as needed: which one is chosen is open.
        if list(rules, "licenses", "allow").any(|allowed| allowed == required) {
            used.insert(required);
            return true;
        }
        exceptions.contains(&required.as_str())
    });
    if fits {
        Ok(())
    } else {
        Err(format!("licence {expression} is not allowed"))
    }
}

fn list<'a>(rules: &'a toml::Table, section: &str, key: &str) -> impl Iterator<Item = &'a str> {
    strings(rules.get(section).and_then(|section| section.get(key)))
}

fn strings(value: Option<&toml::Value>) -> impl Iterator<Item = &str> {
    value
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(toml::Value::as_str)
}

fn tables<'a>(
    rules: &'a toml::Table,
    section: &str,
    key: &str,
) -> impl Iterator<Item = &'a toml::Table> {
    let array = rules.get(section).and_then(|section| section.get(key));
    array
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(toml::Value::as_table)
}

fn names(rule: &toml::Table, name: &str) -> bool {
    rule.get("crate").and_then(toml::Value::as_str) == Some(name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::licence;

    #[test]
    fn a_licence_must_be_met_by_allowed_ones_alone() {
        let rules = r#"
            [licenses]
            allow = ["MIT", "Unicode-3.0"]
            exceptions = [{ crate = "odd", allow = ["Zlib"] }]
        "#;
        let rules: toml::Table = rules.parse().unwrap();
        let check = |name, text| licence(&rules, name, Some(text), &mut BTreeSet::new()).is_ok();
        assert!(check("a", "MIT OR Apache-2.0"));
        assert!(check("a", "MIT/Apache-2.0"));
        assert!(check("a", "(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(!check("a", "Apache-2.0"));
        assert!(!check("a", "MIT AND GPL-3.0-only"));
        assert!(!check("a", "Zlib"));
        assert!(check("odd", "Zlib"));
        assert!(!check("a", "no such licence"));
        assert!(licence(&rules, "a", None, &mut BTreeSet::new()).is_err());
    }
}
