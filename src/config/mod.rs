//! `factlint.toml`: what may stand in it, and what it means once read. Reading files is the work of
//! `cli::project`; here a text becomes a [`Config`].

pub mod errata;
mod file;
mod globs;

use std::ops::Range;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::rule::{RuleSet, Settings};
pub use globs::{Globs, normal};

/// The names under which a configuration is looked for in every folder from a document upward.
pub const NAMES: [&str; 3] = ["factlint.toml", ".factlint.toml", ".config/factlint.toml"];

/// A configuration file that has been read, with whatever it extends.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The file.
    pub path: PathBuf,
    /// The folder it speaks for.
    pub root: PathBuf,
    /// The file it extends, until that has been read too.
    pub extend: Option<Placed<PathBuf>>,
    /// The references it names.
    pub references: Vec<ReferenceEntry>,
    /// Settings for all documents.
    pub settings: Settings,
    /// Settings for some documents, the last match wins.
    pub overrides: Vec<Override>,
    /// Which files of a folder are documents, besides those of the known formats.
    pub include: Vec<Globs>,
    /// Which files of a folder are not to be checked.
    pub exclude: Vec<Globs>,
}

/// A value with its place in the configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// One `[[reference]]`.
#[derive(Debug, Clone)]
pub struct ReferenceEntry {
    /// The reference.
    pub path: Placed<PathBuf>,
    /// The documents it governs; all below the folder if the key is missing.
    pub documents: Option<Globs>,
    /// The day it was written.
    pub date: Option<Date>,
}

/// One `[[override]]`.
#[derive(Debug, Clone)]
pub struct Override {
    /// The documents it is for.
    pub documents: Globs,
    /// Severities.
    pub rules: RuleSet,
    /// The day those documents were written.
    pub document_date: Option<Date>,
}

/// Something wrong in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Where in the file, if at a place.
    pub span: Option<Range<usize>>,
}

impl Config {
    /// Reads the text of the configuration file at `path`, which must be absolute.
    pub fn parse(path: &Path, text: &str) -> Result<Config, Problem> {
        file::parse(path, text)
    }

    /// Puts what `base` says below what this file says.
    pub fn extend_from(&mut self, base: Config) {
        let Config { references, settings, overrides, include, exclude, .. } = base;
        self.references.splice(0..0, references);
        self.overrides.splice(0..0, overrides);
        self.include.splice(0..0, include);
        self.exclude.splice(0..0, exclude);
        self.settings.aliases.splice(0..0, settings.aliases);
        let mut rules = settings.rules;
        rules.merge(&self.settings.rules);
        self.settings.rules = rules;
        self.settings.document_date = self.settings.document_date.or(settings.document_date);
        if self.settings.tolerances == Default::default() {
            self.settings.tolerances = settings.tolerances;
        }
    }

    /// The settings for the document at this absolute path.
    pub fn settings_for(&self, document: &Path) -> Settings {
        let mut settings = self.settings.clone();
        for part in self.overrides.iter().filter(|part| part.documents.matches(document)) {
            settings.rules.merge(&part.rules);
            settings.document_date = part.document_date.or(settings.document_date);
        }
        settings
    }

    /// The references (by number) that govern the document at this absolute path. A reference does
    /// not govern itself.
    pub fn governing(&self, document: &Path) -> Vec<usize> {
        let governs = |entry: &ReferenceEntry| {
            entry.path.value != document
                && match &entry.documents {
                    Some(globs) => globs.matches(document),
                    None => document.starts_with(&self.root),
                }
        };
        (0..self.references.len()).filter(|&index| governs(&self.references[index])).collect()
    }

    /// Whether the file at this absolute path is a reference of this configuration.
    pub fn is_reference(&self, path: &Path) -> bool {
        self.references.iter().any(|entry| entry.path.value == path)
    }
}
