//! `rules/words/en/stages.toml`: words that tell at which stage of something a figure holds.

use std::sync::LazyLock;

use serde::Deserialize;

/// The words, lower case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stages {
    /// Right behind a score that was not the last.
    pub score_behind: Vec<String>,
    /// Right before one.
    pub score_before: Vec<String>,
    /// Right behind a length of time that is counted from the end.
    pub from_end: Vec<String>,
}

/// The words of the language.
pub fn stages() -> &'static Stages {
    static STAGES: LazyLock<Stages> = LazyLock::new(|| super::table("words/en/stages.toml"));
    &STAGES
}
