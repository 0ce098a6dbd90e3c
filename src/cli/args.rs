//! The command line.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use super::fix::Wanted;
use crate::parse::Anchor;
use crate::rule::{self, Severity};

/// Holds what was written from a report against the report.
#[derive(Debug, Parser)]
#[command(name = "factlint", version, about, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Options of every command.
    #[command(flatten)]
    pub common: Common,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// Print the findings and nothing that is not an error besides
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say which references and configuration govern each document
    #[arg(long, short, global = true)]
    pub verbose: bool,
    /// When to make file names into links
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub hyperlinks: Color,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: Color,
}

/// When to use what not every terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal.
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Hold documents against their references
    Check(Check),
    /// Hold references against themselves: the same thing told with two values
    Audit(Audit),
    /// List the figures, dates and quotations that are read from documents
    Facts(Facts),
    /// Show how the figures and dates at a place were decided
    Trace(Trace),
    /// Speak with an editor over standard input and output (Language Server Protocol)
    #[cfg(feature = "lsp")]
    Lsp(Lsp),
    /// Find what a revision of a reference made wrong in the documents written from it
    Impact(Impact),
    /// Write a configuration, and a workflow where there is a place for one
    Init(Init),
    /// Print the completions of a shell
    Completions {
        /// The shell
        #[arg(value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man {
        /// Write the pages of all commands into this folder
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
    },
    /// Show the manual page of a rule
    Explain {
        /// The rule, as findings name it
        #[arg(value_name = "RULE")]
        rule: String,
    },
    /// List all rules
    Rules {
        /// How to list them
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: RulesFormat,
    },
}

/// Where a configuration comes from.
#[derive(Debug, Clone, Args)]
pub struct ConfigArgs {
    /// Use this configuration file for every document
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Read no configuration file
    #[arg(long, conflicts_with = "config")]
    pub isolated: bool,
}

/// How findings are chosen and shown.
#[derive(Debug, Clone, Args)]
pub struct ReportArgs {
    /// How findings are shown; FORMAT=FILE writes to a file (may be repeated)
    #[arg(long, value_name = "FORMAT[=FILE]", env = "FACTLINT_FORMAT", hide_env_values = true, action = ArgAction::Append)]
    pub format: Vec<Target>,
    /// End with status 1 if there are findings as grave as this
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    pub fail_on: FailOn,
    /// Speak of these rules or families only
    #[arg(long, value_name = "RULE|FAMILY", value_delimiter = ',', value_parser = rules)]
    pub select: Vec<Rules>,
    /// Be silent on these rules or families
    #[arg(long, value_name = "RULE|FAMILY", value_delimiter = ',', value_parser = rules)]
    pub ignore: Vec<Rules>,
    /// How grave a claim is of which the reference says nothing (else each rule's own severity)
    #[arg(long, value_name = "LEVEL")]
    pub unsupported: Option<Level>,
    /// Count the findings of each rule on standard error
    #[arg(long)]
    pub statistics: bool,
    /// Work on so many documents at a time (as many as there are processors)
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<usize>,
}

/// Which documents are meant.
#[derive(Debug, Clone, Args)]
pub struct Selection {
    /// Documents and folders; `-` is standard input. Without any, what the configuration names
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Leave out files that match (may be repeated); a file named as PATH is checked all the same
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Leave out excluded files even if they are named as PATH
    #[arg(long)]
    pub force_exclude: bool,
    /// Read more PATHs from a file, one a line; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
    /// The name under which standard input is reported and its configuration is found
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,
}

impl Selection {
    /// Whether no document is named, so that all are meant that the configuration names.
    pub fn is_all(&self) -> bool {
        self.paths.is_empty() && self.files_from.is_none()
    }
}

/// `factlint check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The documents.
    #[command(flatten)]
    pub selection: Selection,
    /// The report the documents were written from (may be repeated; in place of those configured)
    #[arg(long, short, value_name = "FILE")]
    pub reference: Vec<PathBuf>,
    /// The configuration.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// The report.
    #[command(flatten)]
    pub report: ReportArgs,
    /// Speak of lines only that changed since this git revision
    #[arg(long, value_name = "REV", conflicts_with_all = ["fix", "unsafe_fixes", "diff"])]
    pub diff_base: Option<String>,
    /// Check again whenever a document, a reference or the configuration changes
    #[cfg(feature = "watch")]
    #[arg(long, conflicts_with_all = ["show_files", "diff", "files_from", "stdin_filename"])]
    pub watch: bool,
    /// The cache.
    #[command(flatten)]
    pub cache: CacheArgs,
    /// List the documents that would be checked, and check none
    #[arg(long)]
    pub show_files: bool,
    /// Put in the suggestions that are certain, and report what is left
    #[arg(long)]
    pub fix: bool,
    /// Put in the suggestions that a person should look at as well
    #[arg(long)]
    pub unsafe_fixes: bool,
    /// Show what --fix (or --unsafe-fixes) would change, and change nothing
    #[arg(long)]
    pub diff: bool,
    /// Be silent on the findings that this file knows
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write the findings into a file for --baseline
    #[arg(long, value_name = "FILE", conflicts_with_all = ["fix", "diff"])]
    pub write_baseline: Option<PathBuf>,
}

/// What was found before.
#[derive(Debug, Clone, Args)]
pub struct CacheArgs {
    /// Check every document anew
    #[arg(long)]
    pub no_cache: bool,
    /// Keep what was found in this folder
    #[arg(long, value_name = "DIR", env = "FACTLINT_CACHE_DIR", hide_env_values = true)]
    pub cache_dir: Option<PathBuf>,
}

impl Check {
    /// What is to be done with suggestions, if anything.
    pub fn fixes(&self) -> Option<Wanted> {
        let any = self.fix || self.unsafe_fixes || self.diff;
        any.then_some(Wanted { unsafe_too: self.unsafe_fixes, dry: self.diff })
    }
}

/// `factlint impact`.
#[derive(Debug, Args)]
pub struct Impact {
    /// The reference before it was revised; REVISION:PATH asks git for it
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The reference now
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// The documents.
    #[command(flatten)]
    pub selection: Selection,
    /// The configuration.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// The report.
    #[command(flatten)]
    pub report: ReportArgs,
}

/// `factlint init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder of the project
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,
    /// The report the documents are written from (may be repeated), where its name does not tell
    #[arg(long, short, value_name = "FILE")]
    pub reference: Vec<PathBuf>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// `factlint audit`.
#[derive(Debug, Args)]
pub struct Audit {
    /// References; without any, those that the configuration names
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The configuration.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// The report.
    #[command(flatten)]
    pub report: ReportArgs,
}

/// `factlint trace`.
#[derive(Debug, Args)]
pub struct Trace {
    /// The place: `PATH:LINE` or `PATH:LINE:COL`
    #[arg(value_name = "PATH:LINE[:COL]")]
    pub place: String,
    /// The report the document was written from (may be repeated; in place of those configured)
    #[arg(long, short, value_name = "FILE")]
    pub reference: Vec<PathBuf>,
    /// The configuration.
    #[command(flatten)]
    pub config: ConfigArgs,
}

/// `factlint lsp`.
#[cfg(feature = "lsp")]
#[derive(Debug, Args)]
pub struct Lsp {
    /// The report the documents were written from (may be repeated; in place of those configured)
    #[arg(long, short, value_name = "FILE")]
    pub reference: Vec<PathBuf>,
    /// The configuration.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// What editors add, though there is no other way.
    #[arg(long, hide = true)]
    pub stdio: bool,
}

/// `factlint facts`.
#[derive(Debug, Args)]
pub struct Facts {
    /// Documents; `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// How to list them
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: FactsFormat,
    /// The day (and time) the text was written, for "yesterday" and "last year"
    #[arg(long, value_name = "YYYY-MM-DD[THH:MM:SS]", value_parser = anchor)]
    pub date: Option<Anchor>,
}

/// Formats of a report of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Human,
    /// One line for each finding.
    Compact,
    /// One object.
    Json,
    /// One object a finding.
    Jsonl,
    /// For code scanning.
    Sarif,
    /// Annotations of GitHub workflows.
    Github,
    /// GitLab's Code Quality report.
    Gitlab,
    /// Annotations of Azure Pipelines.
    Azure,
    /// For CI servers.
    Junit,
    /// For editors and CI servers.
    Checkstyle,
    /// For reviewdog.
    Rdjson,
    /// For reviewdog, an object a line.
    Rdjsonl,
    /// Tables.
    Markdown,
    /// One page.
    Html,
    /// Sentences, for screen readers.
    Narrated,
}

/// Formats of the facts listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FactsFormat {
    /// For people.
    Human,
    /// One object.
    Json,
    /// For spreadsheets.
    Csv,
}

/// Formats of the list of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RulesFormat {
    /// For people.
    Human,
    /// An array.
    Json,
}

/// A format, and the file it goes to unless that is standard output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The format.
    pub format: Format,
    /// The file.
    pub file: Option<PathBuf>,
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, file) = match text.split_once('=') {
            // An environment variable that is set to nothing asks for nothing special.
            None if text.is_empty() => ("human", None),
            Some((_, "")) => return Err(format!("no file is named after `{text}`")),
            Some((name, file)) => (name, Some(PathBuf::from(file))),
            None => (text, None),
        };
        let format =
            Format::from_str(name, false).map_err(|_| format!("the formats are {}", names()))?;
        Ok(Target { format, file })
    }
}

/// The names of all formats.
fn names() -> String {
    let values = Format::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    values.map(|value| value.get_name().to_owned()).collect::<Vec<_>>().join(", ")
}

/// At which findings the run fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// At errors.
    Error,
    /// At warnings and errors.
    Warning,
    /// At none.
    Never,
}

/// A severity, or silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// Say nothing.
    Off,
    /// Say it as a note.
    Note,
    /// Say it as a warning.
    Warning,
    /// Say it as an error.
    Error,
}

impl Level {
    /// The severity, if it is one.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Off => None,
            Level::Note => Some(Severity::Note),
            Level::Warning => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        }
    }
}

/// The rules that one word on the command line stands for.
#[derive(Debug, Clone)]
pub struct Rules(pub Vec<&'static str>);

fn rules(name: &str) -> Result<Rules, rule::UnknownRule> {
    rule::named(name).map(Rules)
}

fn anchor(text: &str) -> Result<Anchor, String> {
    let wanted = || "write it as YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS".to_owned();
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, Some(time.parse().map_err(|_| wanted())?)),
        None => (text, None),
    };
    Ok(Anchor { day: day.parse().map_err(|_| wanted())?, time })
}
