//! Same input, same bytes: builds a copy of the checkout in another folder and compares.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::command;
use crate::dist;
use crate::project::Project;

/// Builds here and in a copy with a target folder of its own, and compares every file.
///
/// # Errors
/// Names the files that differ.
pub fn check(project: &Project) -> Result<()> {
    dist::build(project)?;
    let copy = project.target.join("copy in another folder");
    // A first run has nothing to remove; what is left of an earlier one must not be taken for new.
    let _ = std::fs::remove_dir_all(&copy);
    let mut git = Command::new("git");
    git.current_dir(&project.root)
        .args(["ls-files", "-z", "-co", "--exclude-standard"]);
    let files = command::output(&mut git).context("git ls-files")?;
    for file in files.split('\0').filter(|file| !file.is_empty()) {
        let from = project.root.join(file);
        // A file that is deleted but not yet committed is listed too.
        if from.is_file() {
            let to = copy.join(file);
            std::fs::create_dir_all(to.parent().unwrap_or(&copy))?;
            std::fs::copy(from, to)?;
        }
    }
    let other = project.copied_to(&copy);
    dist::build(&other)?;
    let differing: Vec<String> = names(&project.dist())?
        .into_iter()
        .filter(|name| {
            let read = |project: &Project| std::fs::read(project.dist().join(name)).ok();
            read(project) != read(&other)
        })
        .collect();
    ensure!(
        differing.is_empty(),
        "两次构建结果不同 / two builds differ: {}",
        differing.join(", ")
    );
    ensure!(
        names(&project.dist())? == names(&other.dist())?,
        "two builds have different files"
    );
    std::fs::remove_dir_all(&copy).context("removing the copy")
}

fn names(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for file in std::fs::read_dir(folder)? {
        names.push(file?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}
