//! `budget.toml`: how many bytes portals may download. Compares; measures nothing.

use anyhow::{Context as _, Result, ensure};

use crate::dist::Downloads;
use crate::project::Project;

/// Fails where a download is larger than its budget.
///
/// # Errors
/// Names each that is too large, and by how much; or says what is wrong with budget.toml.
pub fn check(project: &Project, downloads: Downloads) -> Result<()> {
    let text = std::fs::read_to_string(project.root.join("budget.toml")).context("budget.toml")?;
    let budget: toml::Table = text.parse().context("budget.toml")?;
    let brotli = budget
        .get("brotli")
        .and_then(toml::Value::as_table)
        .context("budget.toml: [brotli]")?;
    let rows = [
        ("script", downloads.script),
        ("module", downloads.module),
        ("wasm", downloads.wasm),
    ];
    let mut excesses = Vec::new();
    for (name, bytes) in rows.into_iter().chain([("total", downloads.total())]) {
        let limit = brotli.get(name).and_then(toml::Value::as_integer);
        let limit = limit.and_then(|limit| usize::try_from(limit).ok());
        let limit = limit.with_context(|| format!("budget.toml: brotli.{name}"))?;
        println!("{name:8} {bytes:>7} / {limit:>7} brotli 11");
        if bytes > limit {
            excesses.push(format!("{name} +{}", bytes.saturating_sub(limit)));
        }
    }
    ensure!(
        excesses.is_empty(),
        "超出体积预算 / over budget.toml: {} bytes",
        excesses.join(", ")
    );
    Ok(())
}
