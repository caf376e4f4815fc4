//! Where things are: the checkout, the target folder, `dist/`. Runs nothing but `cargo metadata`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

/// The checkout and its folders.
pub struct Project {
    /// The checkout's root: where the root Cargo.toml stands.
    pub root: PathBuf,
    /// Cargo's target folder, wherever the reader's settings put it.
    pub target: PathBuf,
    /// What `cargo metadata` said of the packages.
    pub metadata: Value,
}

impl Project {
    /// Finds the checkout that this program was built from.
    ///
    /// # Errors
    /// Where `cargo metadata` fails: no network on the first run, or a broken Cargo.toml.
    pub fn find() -> Result<Self> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("Cargo.toml");
        let metadata = metadata(&manifest)?;
        let folder = |name: &str| -> Result<PathBuf> {
            let text = metadata.get(name).and_then(Value::as_str);
            Ok(PathBuf::from(
                text.with_context(|| format!("cargo metadata: no {name}"))?,
            ))
        };
        Ok(Self {
            root: folder("workspace_root")?,
            target: folder("target_directory")?,
            metadata,
        })
    }

    /// The same project, its checkout copied to another folder, with a target folder in there.
    pub fn copied_to(&self, root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            target: root.join("target"),
            metadata: self.metadata.clone(),
        }
    }

    /// The folder that holds what portals get.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The version in the root Cargo.toml: the one place where it stands.
    pub fn version(&self) -> &str {
        self.packages()
            .find(|package| package.get("name").and_then(Value::as_str) == Some("progress-widgets"))
            .and_then(|package| package.get("version"))
            .and_then(Value::as_str)
            .unwrap_or("0.0.0")
    }

    /// Whether the workspace has a package of this name.
    pub fn has_member(&self, name: &str) -> bool {
        // Packages of the workspace have no `source`; those of a registry do.
        self.packages().any(|package| {
            package.get("name").and_then(Value::as_str) == Some(name)
                && package.get("source").is_none_or(Value::is_null)
        })
    }

    /// What the fuzz targets need: a workspace of its own, with its own lock file.
    ///
    /// # Errors
    /// Where `cargo metadata` fails: no other command fetches these packages, so that is what
    /// happens without a network.
    pub fn fuzz_packages(&self) -> Result<Vec<Value>> {
        let mut metadata = metadata(&self.root.join("tests/fuzz/Cargo.toml"))?;
        let packages = metadata.get_mut("packages").and_then(Value::as_array_mut);
        Ok(packages.map(std::mem::take).unwrap_or_default())
    }

    /// Every package that the lock file names, ours included.
    pub fn packages(&self) -> impl Iterator<Item = &Value> {
        self.metadata
            .get("packages")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    }
}

fn metadata(manifest: &Path) -> Result<Value> {
    let output = Command::new(cargo())
        .args(["metadata", "--format-version=1", "--manifest-path"])
        .arg(manifest)
        .output()
        .context("cargo metadata")?;
    ensure!(
        output.status.success(),
        "cargo metadata: {}",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    serde_json::from_slice(&output.stdout).context("cargo metadata")
}

/// The cargo that runs this program; plain `cargo` where it was started by hand.
pub fn cargo() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}
