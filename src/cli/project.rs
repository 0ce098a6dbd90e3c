//! Which configuration and which references govern a document.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::args::{ConfigArgs, ReportArgs};
use super::files;
use super::stream::Streams;
use crate::Reference;
use crate::config::{Config, NAMES, Problem, errata, normal};
use crate::report::{diagnostic::shown, human};
use crate::rule::Settings;

/// Who is told of what cannot be used.
pub trait Tell {
    /// One message.
    fn error(&self, message: &str);
    /// Something wrong in the configuration file at `path`, which holds `text`.
    fn problem(&self, path: &Path, shown: &str, text: &str, problem: &Problem);
}

impl Tell for Streams {
    fn error(&self, message: &str) {
        Streams::error(self, message);
    }

    fn problem(&self, _: &Path, shown: &str, text: &str, problem: &Problem) {
        self.drawn_error(&human::config_problem(shown, text, problem));
    }
}

/// The configurations of a run, each folder looked at once.
pub struct Project<'a> {
    streams: &'a dyn Tell,
    /// Every file that was read or looked for; while none of them changes, nothing else does.
    pub consulted: RefCell<Vec<PathBuf>>,
    /// The folder the run was started in.
    pub here: PathBuf,
    given: Vec<PathBuf>,
    fixed: Option<Found>,
    by_folder: HashMap<PathBuf, Found>,
    read: HashMap<PathBuf, Found>,
}

/// What was found: a configuration, none, or one that cannot be used (which has been said already).
type Found = Result<Option<Arc<Config>>, Broken>;

/// A configuration or reference that cannot be used; the user has been told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

/// What governs one document.
pub struct Governing {
    /// Its configuration, if any.
    pub config: Option<Arc<Config>>,
    /// Its references.
    pub references: Vec<ReferenceFile>,
}

/// A reference before it is read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReferenceFile {
    /// As the user is shown it.
    pub path: PathBuf,
    /// The day it was written.
    pub date: Option<Date>,
}

/// A reference with all that it is made of, before it is understood.
#[derive(Debug, Clone)]
pub struct Source {
    /// The reference.
    pub file: ReferenceFile,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The file of its errata and the text of that, if there is one.
    pub errata: Option<(PathBuf, String)>,
}

impl Source {
    /// Reads the files of a reference, or says in one line why that cannot be done.
    pub fn read(file: &ReferenceFile) -> Result<Source, String> {
        let bytes = files::bytes(&file.path, false)?;
        let path = errata::path(&file.path);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(format!("{}: cannot be read: {error}", shown(&path))),
        };
        Ok(Source { file: file.clone(), bytes, errata: text.map(|text| (path, text)) })
    }

    /// Understands it, under the settings that its configuration gives it.
    pub fn reference(self, config: Option<&Config>) -> Result<Reference, String> {
        let errata = match &self.errata {
            Some((path, text)) => errata::parse(text).map_err(|problem| {
                let at = problem.span.map_or(0, |span| span.start.min(text.len()));
                let line = text[..at].matches('\n').count() + 1;
                format!("{}:{line}: {}", shown(path), problem.message)
            })?,
            None => Vec::new(),
        };
        let document = files::parse(&self.file.path, self.bytes)?;
        let mut settings = config.map(|config| config.settings.clone()).unwrap_or_default();
        settings.document_date = self.file.date;
        Ok(Reference::corrected(document, &settings, &errata))
    }
}

impl<'a> Project<'a> {
    /// The project as the options see it; `references` stand in for all that are configured.
    pub fn new(
        args: &ConfigArgs,
        references: &[PathBuf],
        streams: &'a dyn Tell,
    ) -> Result<Self, Broken> {
        let here = std::env::current_dir().map_err(|error| {
            streams.error(&format!("the current folder cannot be told: {error}"));
            Broken
        })?;
        let given = references.to_vec();
        let (by_folder, read) = (HashMap::new(), HashMap::new());
        let consulted = RefCell::default();
        let mut project = Project { streams, consulted, here, given, fixed: None, by_folder, read };
        if args.isolated {
            project.fixed = Some(Ok(None));
        } else if let Some(path) = &args.config {
            let config = project.load(&normal(&project.here, path));
            project.fixed = Some(config.clone());
            config?;
        }
        Ok(project)
    }

    /// The configuration for files in `folder` (an absolute path).
    pub fn config(&mut self, folder: &Path) -> Found {
        if let Some(fixed) = &self.fixed {
            return fixed.clone();
        }
        if let Some(found) = self.by_folder.get(folder) {
            return found.clone();
        }
        self.consulted.borrow_mut().extend(NAMES.iter().map(|name| folder.join(name)));
        let here = NAMES.iter().map(|name| folder.join(name)).find(|path| path.is_file());
        let found = match (here, folder.parent()) {
            (Some(path), _) => self.load(&path),
            (None, Some(parent)) => self.config(parent),
            (None, None) => Ok(None),
        };
        self.by_folder.insert(folder.to_owned(), found.clone());
        found
    }

    /// What governs the document at this absolute path.
    pub fn governing(&mut self, document: &Path) -> Result<Governing, Broken> {
        let config = self.config(document.parent().unwrap_or(Path::new("/")))?;
        let references = if !self.given.is_empty() {
            self.given.iter().map(|path| self.reference_at(config.as_deref(), path)).collect()
        } else if let Some(config) = &config {
            config.governing(document).into_iter().map(|n| self.reference(config, n)).collect()
        } else {
            Vec::new()
        };
        Ok(Governing { config, references })
    }

    /// What governs a document that names its references itself, as paths from its folder. What is
    /// given on the command line goes before.
    pub fn governing_named(
        &mut self,
        document: &Path,
        named: &[String],
    ) -> Result<Governing, Broken> {
        let mut governing = self.governing(document)?;
        if !named.is_empty() && self.given.is_empty() {
            let folder = document.parent().unwrap_or(Path::new("/"));
            let config = governing.config.as_deref();
            let reference = |name: &String| {
                let path = normal(folder, Path::new(name));
                let path = path.strip_prefix(&self.here).unwrap_or(&path);
                self.reference_at(config, path)
            };
            governing.references = named.iter().map(reference).collect();
        }
        Ok(governing)
    }

    /// Whether the file at this absolute path was given as a reference on the command line.
    pub fn is_given(&self, path: &Path) -> bool {
        self.given.iter().any(|given| normal(&self.here, given) == path)
    }

    /// A configured reference, named as seen from the current folder.
    pub fn reference(&self, config: &Config, index: usize) -> ReferenceFile {
        let entry = &config.references[index];
        let path = &entry.path.value;
        let path = path.strip_prefix(&self.here).unwrap_or(path).to_owned();
        ReferenceFile { path, date: entry.date }
    }

    /// A reference named on the command line, with the date that the configuration has for it.
    pub fn reference_at(&self, config: Option<&Config>, path: &Path) -> ReferenceFile {
        let absolute = normal(&self.here, path);
        let entry = config.and_then(|c| c.references.iter().find(|r| r.path.value == absolute));
        ReferenceFile { path: path.to_owned(), date: entry.and_then(|entry| entry.date) }
    }

    fn load(&mut self, path: &Path) -> Found {
        if let Some(found) = self.read.get(path) {
            return found.clone();
        }
        let found = self.load_chain(path, &mut Vec::new()).map(|config| Some(Arc::new(config)));
        self.read.insert(path.to_owned(), found.clone());
        found
    }

    /// Reads a file and all it extends. `above` are the files that led here.
    fn load_chain(&self, path: &Path, above: &mut Vec<PathBuf>) -> Result<Config, Broken> {
        let shown = shown(path.strip_prefix(&self.here).unwrap_or(path));
        self.consulted.borrow_mut().push(path.to_owned());
        let text = std::fs::read_to_string(path).map_err(|error| {
            self.streams.error(&format!("{shown}: the configuration cannot be read: {error}"));
            Broken
        })?;
        let broken = |problem: Problem| {
            self.streams.problem(path, &shown, &text, &problem);
            Broken
        };
        let mut config = Config::parse(path, &text).map_err(broken)?;
        let named = config.references.iter().map(|entry| entry.path.value.clone());
        self.consulted.borrow_mut().extend(named);
        let missing = config.references.iter().find(|entry| !entry.path.value.is_file());
        if let Some(entry) = missing.filter(|_| self.given.is_empty()) {
            let what = match entry.path.value.is_dir() {
                true => "this reference is a folder",
                false => "there is no such reference file",
            };
            return Err(broken(Problem {
                message: what.into(),
                help: Some(format!("it was looked for as {}", entry.path.value.display())),
                span: Some(entry.path.span.clone()),
            }));
        }
        if let Some(base) = config.extend.take() {
            above.push(path.to_owned());
            let problem = |message: &str| {
                let span = Some(base.span.clone());
                broken(Problem { message: message.into(), help: None, span })
            };
            if above.contains(&base.value) {
                return Err(problem("this file leads back to itself"));
            }
            if !base.value.is_file() {
                return Err(problem("there is no such file to extend"));
            }
            config.extend_from(self.load_chain(&base.value, above)?);
        }
        Ok(config)
    }
}

/// The settings for a document, with what the command line says on top.
pub fn settings(config: Option<&Config>, document: &Path, options: &ReportArgs) -> Settings {
    let mut settings = config.map(|config| config.settings_for(document)).unwrap_or_default();
    if let Some(level) = options.unsupported {
        settings.rules.set_unsupported(level.severity());
    }
    if !options.select.is_empty() {
        let selected: Vec<_> = options.select.iter().flat_map(|rules| &rules.0).copied().collect();
        settings.rules.select(&selected);
    }
    for rule in options.ignore.iter().flat_map(|rules| &rules.0) {
        // The name has been looked up already.
        let _ = settings.rules.set(rule, None);
    }
    settings
}
