//! `NAME.errata.toml` beside a reference `NAME.md`: values of it that were put right since.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::Problem;
use super::file::day;
use crate::rule::Erratum;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    erratum: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    text: String,
    near: Option<String>,
    holds: String,
    why: String,
    by: String,
    since: Spanned<toml::Value>,
}

/// Where the errata of a reference would stand.
pub fn path(reference: &Path) -> PathBuf {
    reference.with_extension("errata.toml")
}

/// Reads the text of a file of errata.
///
/// # Errors
/// If it is no such file; with the place where that shows.
pub fn parse(text: &str) -> Result<Vec<Erratum>, Problem> {
    let file: File = toml::from_str(text).map_err(|error| Problem {
        message: error.message().to_owned(),
        help: None,
        span: error.span(),
    })?;
    let erratum = |entry: Entry| {
        let Entry { text, near, holds, why, by, since } = entry;
        let since: Date = day(Some(since))?.unwrap_or_default();
        Ok(Erratum { text, near, holds, why, by, since })
    };
    file.erratum.into_iter().map(erratum).collect()
}
