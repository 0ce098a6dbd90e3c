//! What git knows, asked by its own program.

use std::path::Path;
use std::process::{Command, Stdio};

/// Runs git in `folder`.
///
/// # Errors
/// If it is not installed or fails; the message is its own.
pub fn git(folder: &Path, args: &[&str]) -> Result<Vec<u8>, String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(args).stdin(Stdio::null());
    // Its messages are shown to the user, its output is read: neither is to be dressed up.
    command.env("GIT_PAGER", "").env("LC_ALL", "C");
    let output = command.output().map_err(|error| format!("git cannot be run: {error}"))?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => {
            let said = String::from_utf8_lossy(&output.stderr);
            let line = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it failed");
            Err(format!("git: {}", line.trim_start_matches("fatal: ")))
        }
    }
}

/// The same, as text without the line end behind it.
pub fn line(folder: &Path, args: &[&str]) -> Result<String, String> {
    let text = String::from_utf8_lossy(&git(folder, args)?).into_owned();
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}

/// The bytes of a file as it was: `REVISION:PATH`, the path as seen from `folder`.
pub fn earlier(folder: &Path, named: &str) -> Option<Result<Vec<u8>, String>> {
    let (revision, path) = named.split_once(':')?;
    // A dash would be an option, and a drive is no revision.
    if revision.is_empty() || revision.starts_with('-') || path.is_empty() {
        return None;
    }
    // Git counts a path from the top of the repository unless it starts with a dot.
    let path = match Path::new(path).is_absolute() || path.starts_with('.') {
        true => path.to_owned(),
        false => format!("./{path}"),
    };
    Some(git(folder, &["cat-file", "blob", &format!("{revision}:{path}")]))
}
