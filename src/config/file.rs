//! The shape of the file. Every value that can be wrong keeps its place.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::globs::BadGlob;
use super::{Config, Globs, NAMES, Override, Placed, Problem, ReferenceEntry, normal};
use crate::lexicon::tolerances::{Share, Tolerances};
use crate::rule::{RuleSet, Settings, Severity};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    extend: Option<Spanned<String>>,
    document_date: Option<Spanned<toml::Value>>,
    unsupported: Option<Level>,
    #[serde(default)]
    reference: Vec<ReferenceTable>,
    #[serde(default)]
    rules: Rules,
    #[serde(default, rename = "override")]
    overrides: Vec<OverrideTable>,
    #[serde(default)]
    alias: Vec<AliasTable>,
    #[serde(default)]
    tolerances: TolerancesTable,
    #[serde(default)]
    files: FilesTable,
}

type Rules = BTreeMap<Spanned<String>, Level>;

/// A severity, or silence.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Level {
    Off,
    Note,
    Warning,
    Error,
}

impl Level {
    fn severity(self) -> Option<Severity> {
        match self {
            Level::Off => None,
            Level::Note => Some(Severity::Note),
            Level::Warning => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReferenceTable {
    path: Spanned<String>,
    documents: Option<Vec<Spanned<String>>>,
    date: Option<Spanned<toml::Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct OverrideTable {
    documents: Vec<Spanned<String>>,
    #[serde(default)]
    rules: Rules,
    document_date: Option<Spanned<toml::Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AliasTable {
    names: Spanned<Vec<String>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct TolerancesTable {
    about: Option<Share>,
    nearly: Option<Share>,
    nearly_share: Option<Share>,
    round_share: Option<Share>,
    bound: Option<Share>,
    round: Option<Share>,
    rounding: Option<Share>,
}

impl TolerancesTable {
    /// The shipped tolerances, with those that the file sets in their place.
    fn over_shipped(&self) -> Tolerances {
        let shipped = Tolerances::default();
        Tolerances {
            about: self.about.unwrap_or(shipped.about),
            nearly: self.nearly.unwrap_or(shipped.nearly),
            nearly_share: self.nearly_share.unwrap_or(shipped.nearly_share),
            round_share: self.round_share.unwrap_or(shipped.round_share),
            bound: self.bound.unwrap_or(shipped.bound),
            round: self.round.unwrap_or(shipped.round),
            rounding: self.rounding.unwrap_or(shipped.rounding),
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct FilesTable {
    #[serde(default)]
    include: Vec<Spanned<String>>,
    #[serde(default)]
    exclude: Vec<Spanned<String>>,
}

/// See [`Config::parse`].
pub fn parse(path: &Path, text: &str) -> Result<Config, Problem> {
    let file: File = toml::from_str(text).map_err(|error| Problem {
        message: error.message().to_owned(),
        help: None,
        span: error.span(),
    })?;
    let folder = path.parent().unwrap_or(Path::new("/"));
    // A file in `.config` speaks for the folder around it.
    let root = match path.ends_with(NAMES[2]) {
        true => folder.parent().unwrap_or(folder),
        false => folder,
    };
    let mut rules = RuleSet::default();
    if let Some(level) = file.unsupported {
        rules.set_unsupported(level.severity());
    }
    rules.merge(&rule_set(file.rules)?);
    let mut aliases = Vec::new();
    for alias in file.alias {
        if alias.names.as_ref().len() < 2 {
            return Err(Problem {
                message: "an alias needs at least two names".into(),
                help: Some("list every form that means the same, the full one first".into()),
                span: Some(alias.names.span()),
            });
        }
        aliases.push(alias.names.into_inner());
    }
    let reference = |table: ReferenceTable| {
        Ok(ReferenceEntry {
            path: placed(root, &table.path),
            documents: table.documents.map(|d| globs(root, &d, Globs::new)).transpose()?,
            date: day(table.date)?,
        })
    };
    let overriding = |table: OverrideTable| {
        Ok(Override {
            documents: globs(root, &table.documents, Globs::new)?,
            rules: rule_set(table.rules)?,
            document_date: day(table.document_date)?,
        })
    };
    Ok(Config {
        path: path.to_owned(),
        root: root.to_owned(),
        extend: file.extend.as_ref().map(|extend| placed(folder, extend)),
        references: file.reference.into_iter().map(reference).collect::<Result<_, _>>()?,
        settings: Settings {
            aliases,
            document_date: day(file.document_date)?,
            tolerances: file.tolerances.over_shipped(),
            rules,
        },
        overrides: file.overrides.into_iter().map(overriding).collect::<Result<_, _>>()?,
        include: vec![globs(root, &file.files.include, Globs::loose)?],
        exclude: vec![globs(root, &file.files.exclude, Globs::loose)?],
    })
}

fn placed(folder: &Path, path: &Spanned<String>) -> Placed<PathBuf> {
    Placed { value: normal(folder, Path::new(path.as_ref())), span: path.span() }
}

/// Families first, so that a rule's own line wins wherever it stands.
fn rule_set(rules: Rules) -> Result<RuleSet, Problem> {
    let mut set = RuleSet::default();
    let (families, single): (Vec<_>, Vec<_>) =
        rules.into_iter().partition(|(name, _)| !name.as_ref().contains('-'));
    for (name, level) in families.into_iter().chain(single) {
        set.set(name.as_ref(), level.severity()).map_err(|unknown| Problem {
            message: unknown.to_string(),
            help: None,
            span: Some(name.span()),
        })?;
    }
    Ok(set)
}

fn globs(
    root: &Path,
    patterns: &[Spanned<String>],
    read: fn(&Path, &[&str]) -> Result<Globs, BadGlob>,
) -> Result<Globs, Problem> {
    let texts: Vec<_> = patterns.iter().map(|pattern| pattern.as_ref().as_str()).collect();
    read(root, &texts).map_err(|bad| Problem {
        message: format!("this is no glob: {}", bad.message),
        help: None,
        span: patterns.get(bad.index).map(Spanned::span),
    })
}

/// A day, as a TOML date or as a string.
pub(super) fn day(value: Option<Spanned<toml::Value>>) -> Result<Option<Date>, Problem> {
    let Some(value) = value else { return Ok(None) };
    let span: Range<usize> = value.span();
    let text = match value.into_inner() {
        toml::Value::String(text) => text,
        toml::Value::Datetime(date) => date.to_string(),
        other => other.to_string(),
    };
    text.parse().map(Some).map_err(|_| Problem {
        message: format!("`{text}` is not a day of the calendar"),
        help: Some("write it as \"YYYY-MM-DD\"".into()),
        span: Some(span),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, Problem> {
        Config::parse(Path::new("/site/factlint.toml"), text)
    }

    /// What is wrong with `text`, and the words at that place.
    #[track_caller]
    fn wrong(text: &str) -> (String, &str) {
        let problem = read(text).unwrap_err();
        (problem.message, problem.span.map_or("", |span| &text[span]))
    }

    #[test]
    fn reads_everything_that_may_stand_in_it() {
        let config = read(
            r#"
            document-date = 2020-07-20
            unsupported = "off"
            [[reference]]
            path = "../reports/r.md"
            documents = ["articles/*.md"]
            date = "2020-07-16"
            [rules]
            figure-unsupported = "note"
            figure = "warning"
            [[override]]
            documents = ["articles/old.md"]
            rules = { date = "off" }
            document-date = "2019-01-01"
            [[alias]]
            names = ["the Trust", "HT"]
            [tolerances]
            about = "0.1"
            [files]
            exclude = ["drafts"]
            "#,
        )
        .unwrap();
        assert_eq!(config.references[0].path.value, Path::new("/reports/r.md"));
        let article = Path::new("/site/articles/a.md");
        assert_eq!(config.governing(article), [0]);
        assert!(config.governing(Path::new("/site/b.md")).is_empty());
        let settings = config.settings_for(article);
        assert_eq!(settings.document_date, Some(jiff::civil::date(2020, 7, 20)));
        assert!(settings.rules.speaks("figure-unsupported"));
        assert!(!settings.rules.speaks("date-unsupported"));
        let settings = config.settings_for(Path::new("/site/articles/old.md"));
        assert_eq!(settings.document_date, Some(jiff::civil::date(2019, 1, 1)));
        assert!(!settings.rules.speaks("date-mismatch"));
        assert!(config.exclude[0].matches(Path::new("/site/x/drafts/y.md")));
    }

    #[test]
    fn what_is_wrong_is_pointed_at() {
        assert_eq!(wrong("refrence = 1").1, "refrence");
        assert_eq!(wrong("unsupported = \"loud\"").1, "\"loud\"");
        assert_eq!(wrong("[rules]\nfigure-mismach = \"off\"").1, "figure-mismach");
        assert_eq!(wrong("[[reference]]\npath = \"r\"\ndocuments = [\"a\", \"[\"]").1, "\"[\"");
        assert_eq!(wrong("document-date = \"2020-02-30\"").1, "\"2020-02-30\"");
        assert_eq!(wrong("[[alias]]\nnames = [\"one\"]").1, "[\"one\"]");
        assert!(wrong("[rules]\nqoute = \"off\"").0.contains("did you mean `quote`"));
    }
}
