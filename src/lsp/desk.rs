//! The documents that are open, what governs them, and what was found of them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::client::Client;
use super::library::{Library, Paper, Shelves, Stamp, stamp};
use super::text::{Lines, Position, Range};
use super::{show, uri};
use crate::cli::args::ConfigArgs;
use crate::cli::check::{guarded, settle};
use crate::cli::files::{self, DocumentFile};
use crate::cli::project::{Governing, Project, ReferenceFile, Tell};
use crate::config::{Config, Problem};
use crate::document;
use crate::memory::Memory;
use crate::rule::{Finding, Settings};
use crate::source::Span;
use crate::{Ruled, judged, suppress};

/// Something to tell the client.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// The parameters of `textDocument/publishDiagnostics`.
    Diagnostics(Json),
    /// A message for the user.
    Trouble(String),
}

/// What a document was found to hold.
pub struct Checked {
    /// The document.
    pub paper: Paper,
    /// What it was held against.
    pub against: Arc<Library>,
    /// The findings that the rules let through.
    pub findings: Vec<Finding>,
    /// Every figure and date that was judged.
    pub rulings: Vec<Ruled>,
}

/// What governs a document.
#[derive(Clone)]
struct Governed {
    config: Option<Arc<Config>>,
    /// None at all if it is no document of the project.
    references: Vec<ReferenceFile>,
    settings: Settings,
    /// The references that its text names itself.
    own: Vec<String>,
}

/// What was found out about what governs a document.
#[derive(Clone, Default)]
struct Ground {
    /// None if it cannot be told.
    governed: Option<Governed>,
    consulted: Vec<(PathBuf, Stamp)>,
    troubles: Vec<String>,
    problems: BTreeMap<String, Json>,
}

/// An open document.
struct Open {
    path: Option<PathBuf>,
    version: Option<i64>,
    text: Arc<String>,
    governed: Option<Governed>,
    /// Every file that has a say in what governs it, even if none can be told.
    consulted: Vec<(PathBuf, Stamp)>,
    checked: Option<Arc<Checked>>,
    /// Of the last check, under the same library.
    memory: Memory,
    /// What could not be done for it.
    troubles: Vec<String>,
    /// Diagnostics in configuration files, by address.
    problems: BTreeMap<String, Json>,
}

/// The server's state.
pub struct Desk {
    /// The client's abilities.
    pub client: Client,
    args: ConfigArgs,
    given: Vec<PathBuf>,
    shelves: Shelves,
    open: HashMap<String, Open>,
    /// Findings in documents that are not open, for the citations of references.
    filed: HashMap<PathBuf, (Stamp, Arc<Checked>)>,
    /// What is of no use any more, until there is time to let it go.
    swept: Vec<Arc<Checked>>,
    /// Configuration files with diagnostics.
    marked: BTreeSet<String>,
    /// Messages that were shown and still hold.
    shown: BTreeSet<String>,
}

/// Takes down what cannot be used.
struct Notes<'a> {
    client: &'a Client,
    troubles: RefCell<Vec<String>>,
    problems: RefCell<BTreeMap<String, Json>>,
}

impl Tell for Notes<'_> {
    fn error(&self, message: &str) {
        self.troubles.borrow_mut().push(message.to_owned());
    }

    fn problem(&self, path: &Path, shown: &str, text: &str, problem: &Problem) {
        let lines = Lines::new(text.as_bytes(), self.client.encoding);
        let span = problem.span.clone().unwrap_or(0..0);
        let range = lines.range(text.as_bytes(), span);
        let mut message = problem.message.clone();
        if let Some(help) = &problem.help {
            message = format!("{message}\n{help}");
        }
        let line = range.start.line + 1;
        self.error(&format!("{shown}:{line}: {message}"));
        let diagnostic = json!({
            "range": range, "severity": 1, "source": show::SOURCE, "code": "configuration",
            "message": message,
        });
        self.problems.borrow_mut().insert(uri::of(path), diagnostic);
    }
}

impl Desk {
    /// An empty desk.
    pub fn new(client: Client, args: ConfigArgs, given: Vec<PathBuf>) -> Self {
        Desk {
            client,
            args,
            given,
            shelves: Shelves::default(),
            open: HashMap::new(),
            filed: HashMap::new(),
            swept: Vec::new(),
            marked: BTreeSet::new(),
            shown: BTreeSet::new(),
        }
    }

    /// Takes the text of a document that was opened or changed. It is not checked yet.
    pub fn put(&mut self, uri: &str, version: Option<i64>, text: Arc<String>) {
        let open = self.open.entry(uri.to_owned()).or_insert_with(|| Open {
            path: uri::path(uri),
            version,
            text: Arc::default(),
            governed: None,
            consulted: Vec::new(),
            checked: None,
            memory: Memory::default(),
            troubles: Vec::new(),
            problems: BTreeMap::new(),
        });
        open.version = version;
        open.text = text;
    }

    /// Puts a document away.
    pub fn close(&mut self, uri: &str) -> Vec<Notice> {
        self.open.remove(uri);
        self.shelves.tidy();
        let gone = json!({"uri": uri, "diagnostics": []});
        let mut notices = vec![Notice::Diagnostics(gone)];
        notices.extend(self.settle());
        notices
    }

    /// What was found of an open document.
    pub fn checked(&self, uri: &str) -> Option<Arc<Checked>> {
        self.open.get(uri)?.checked.clone()
    }

    /// The addresses of all open documents.
    pub fn uris(&self) -> Vec<String> {
        let mut uris: Vec<_> = self.open.keys().cloned().collect();
        uris.sort();
        uris
    }

    /// Whether the file at `path` governs an open document, or could.
    pub fn concerns(&self, path: &Path) -> bool {
        let mut consulted = self.open.values().flat_map(|open| &open.consulted);
        let mut checked = self.open.values().filter_map(|open| open.checked.as_ref());
        consulted.any(|(consulted, _)| consulted == path)
            || checked.any(|checked| checked.against.paths().any(|read| read == path))
    }

    /// Forgets what was read from these files and what hangs on them.
    pub fn forget(&mut self, paths: &[PathBuf]) {
        for path in paths {
            self.shelves.forget(path);
            self.filed.remove(path);
        }
        self.open.values_mut().for_each(|open| open.governed = None);
    }

    /// The files of all references in use.
    pub fn watched(&self) -> BTreeSet<PathBuf> {
        let libraries = self.open.values().filter_map(|open| open.checked.as_ref());
        libraries.flat_map(|checked| checked.against.paths().map(Path::to_owned)).collect()
    }

    /// Checks an open document. The second part tells whether what governs it had changed, so that
    /// others may have to be checked as well.
    pub fn check(&mut self, uri: &str) -> (Vec<Notice>, bool) {
        let Some(open) = self.open.get_mut(uri) else { return (Vec::new(), false) };
        // Lost, should the check fail.
        let mut memory = std::mem::take(&mut open.memory);
        let (version, text, before) = (open.version, open.text.clone(), open.checked.clone());
        let Some(path) = open.path.clone() else { return (Vec::new(), false) };
        let own = suppress::references(text.as_bytes());
        let fresh = open
            .governed
            .clone()
            .filter(|governed| governed.own == own)
            .filter(|_| open.consulted.iter().all(|(path, before)| stamp(path) == *before));
        let moved = fresh.is_none() && open.governed.is_some();
        let ground = match fresh {
            // It has no troubles, or it would not have been kept.
            Some(governed) => Ground {
                governed: Some(governed),
                consulted: open.consulted.clone(),
                ..Ground::default()
            },
            None => self.ground(&path, own),
        };
        let Ground { governed, consulted, mut troubles, problems } = ground;
        let checked = governed.as_ref().filter(|g| !g.references.is_empty()).and_then(|governed| {
            let bytes = text.as_bytes().to_vec();
            let last = before.as_ref().map(|before| &before.against);
            let found = self.judge(&path, bytes, governed, last, &mut memory);
            found.map_err(|trouble| troubles.push(trouble)).ok()
        });
        troubles.dedup();
        let checked = checked.map(Arc::new);
        let library = |checked: &Option<Arc<Checked>>| {
            checked.as_ref().map(|checked| Arc::as_ptr(&checked.against))
        };
        let moved = moved || before.is_some() && library(&before) != library(&checked);
        let diagnostics = checked.as_ref().map_or_else(Vec::new, |checked| {
            let shown = checked.findings.iter();
            shown.map(|finding| show::diagnostic(finding, checked, &self.client)).collect()
        });
        let mut published = json!({"uri": uri, "diagnostics": diagnostics});
        if let Some(version) = version {
            published["version"] = version.into();
        }
        if let Some(open) = self.open.get_mut(uri) {
            // A trouble with a reference is looked into again at the next keystroke.
            let solved = governed.filter(|_| troubles.is_empty());
            (open.governed, open.checked, open.memory) = (solved, checked, memory);
            (open.consulted, open.troubles, open.problems) = (consulted, troubles, problems);
        }
        self.swept.extend(before);
        let mut notices = vec![Notice::Diagnostics(published)];
        notices.extend(self.settle());
        (notices, moved)
    }

    /// Lets go of what the last checks left over.
    pub fn sweep(&mut self) {
        self.swept.clear();
    }

    /// Finds out what governs the document at `path`.
    fn ground(&self, path: &Path, own: Vec<String>) -> Ground {
        let notes = Notes {
            client: &self.client,
            troubles: RefCell::default(),
            problems: RefCell::default(),
        };
        let mut ground = Ground::default();
        if let Ok(mut project) = Project::new(&self.args, &self.given, &notes) {
            let governing = project.governing_named(path, &own);
            let file = DocumentFile {
                path: path.to_owned(),
                absolute: path.to_owned(),
                named: true,
                stdin: false,
                text: None,
            };
            let ours = !project.is_given(path)
                && files::is_document(&file, &mut project)
                && !files::is_excluded(&file, &mut project);
            let mut consulted = project.consulted.take();
            consulted.sort();
            consulted.dedup();
            let stamped = consulted.into_iter().map(|path| (path.clone(), stamp(&path)));
            ground.consulted = stamped.collect();
            if let Ok(Governing { config, references }) = governing {
                let settings = config.as_ref().map(|config| config.settings_for(path));
                ground.governed = Some(Governed {
                    settings: settings.unwrap_or_default(),
                    config,
                    references: if ours { references } else { Vec::new() },
                    own,
                });
            }
        }
        ground.troubles = notes.troubles.into_inner();
        ground.problems = notes.problems.into_inner();
        ground
    }

    fn judge(
        &mut self,
        path: &Path,
        bytes: Vec<u8>,
        governed: &Governed,
        last: Option<&Arc<Library>>,
        memory: &mut Memory,
    ) -> Result<Checked, String> {
        let here = std::env::current_dir().map_err(|error| error.to_string())?;
        let encoding = self.client.encoding;
        let config = governed.config.as_deref();
        let library = self.shelves.take(&here, &governed.references, config, encoding)?;
        if last.is_none_or(|last| !Arc::ptr_eq(last, &library)) {
            *memory = Memory::default();
        }
        guarded(path, || {
            let name = path.strip_prefix(&here).unwrap_or(path);
            let document = document::read(name, bytes)
                .map_err(|error| format!("{}: {}", name.display(), error.message))?;
            let settings = &governed.settings;
            let (mut outcome, rulings) =
                judged(&library.references, &document, settings, Some(memory));
            // Comments that silence nothing are told by `check`; in an editor one is being written.
            settle(&mut outcome, &document, settings);
            let findings = outcome.findings;
            let paper = Paper::new(document, encoding);
            Ok(Checked { paper, against: library, findings, rulings })
        })
    }

    /// What has to be said about configuration files and troubles since the last time.
    fn settle(&mut self) -> Vec<Notice> {
        let mut notices = Vec::new();
        let mut problems: BTreeMap<&str, Vec<&Json>> = BTreeMap::new();
        let mut troubles = BTreeSet::new();
        for open in self.open.values() {
            for (uri, problem) in &open.problems {
                let there = problems.entry(uri).or_default();
                if !there.contains(&problem) {
                    there.push(problem);
                }
            }
            troubles.extend(open.troubles.iter().cloned());
        }
        for trouble in troubles.difference(&self.shown) {
            notices.push(Notice::Trouble(trouble.clone()));
        }
        // New troubles come with new diagnostics.
        if troubles != self.shown {
            let none = self.marked.iter().filter(|uri| !problems.contains_key(uri.as_str()));
            let none = none.map(|uri| json!({"uri": uri, "diagnostics": []}));
            let some = problems.iter().map(|(u, all)| json!({"uri": u, "diagnostics": all}));
            notices.extend(none.chain(some).map(Notice::Diagnostics));
            self.marked = problems.keys().map(|uri| (*uri).to_owned()).collect();
        }
        self.shown = troubles;
        notices
    }

    /// The findings of the document at `path`, be it open or not, if a library with the reference
    /// at `reference` governs it.
    pub fn citing(&mut self, path: &Path, reference: &Path) -> Option<Arc<Checked>> {
        let open = self.open.values().find(|open| open.path.as_deref() == Some(path));
        let checked = match open {
            Some(open) => open.checked.clone()?,
            None => {
                let now = stamp(path);
                let fresh = self.filed.get(path).filter(|(before, checked)| {
                    *before == now && now.is_some() && !checked.against.stale()
                });
                match fresh {
                    Some((_, checked)) => checked.clone(),
                    None => {
                        let bytes = std::fs::read(path).ok()?;
                        let ground = self.ground(path, suppress::references(&bytes));
                        let governed = ground.governed.filter(|g| !g.references.is_empty())?;
                        let checked = Arc::new(
                            self.judge(path, bytes, &governed, None, &mut Memory::default())
                                .ok()?,
                        );
                        self.filed.insert(path.to_owned(), (now, checked.clone()));
                        checked
                    }
                }
            }
        };
        checked.against.number(reference).is_some().then_some(checked)
    }

    /// The documents that the reference at `path` governs, as its configuration has it.
    pub fn governed_by(&self, path: &Path) -> Vec<PathBuf> {
        let notes = Notes {
            client: &self.client,
            troubles: RefCell::default(),
            problems: RefCell::default(),
        };
        let Ok(mut project) = Project::new(&self.args, &self.given, &notes) else {
            return Vec::new();
        };
        // The configuration above the reference, and those of the documents that are open.
        let mut configs: Vec<Arc<Config>> = Vec::new();
        let above = project.config(path.parent().unwrap_or(Path::new("/"))).ok().flatten();
        let used = self.open.values().filter_map(|open| open.governed.as_ref()?.config.clone());
        for config in above.into_iter().chain(used).filter(|config| config.is_reference(path)) {
            if configs.iter().all(|known| known.path != config.path) {
                configs.push(config);
            }
        }
        let mut documents = BTreeSet::new();
        for config in configs {
            let mut found = Vec::new();
            files::walk(&config.root, &mut project, &notes, &mut found);
            for file in found {
                let references = config.governing(&file.absolute);
                if references.iter().any(|&n| config.references[n].path.value == path)
                    && !files::is_excluded(&file, &mut project)
                {
                    documents.insert(file.absolute);
                }
            }
        }
        documents.into_iter().collect()
    }
}

impl Checked {
    /// The byte of the clean text at a place.
    pub fn offset(&self, place: Position) -> u32 {
        self.paper.offset(place)
    }

    /// The findings at a place, the shortest first.
    pub fn findings_at(&self, at: u32) -> Vec<&Finding> {
        let here = |span: Span| span.start <= at && at <= span.end;
        let mut found: Vec<&Finding> = self.findings.iter().filter(|f| here(f.span)).collect();
        found.sort_by_key(|finding| finding.span.len());
        found
    }

    /// The findings that a range touches.
    pub fn findings_in(&self, range: Range) -> impl Iterator<Item = (&Finding, Range)> {
        let all = self.findings.iter().map(|finding| (finding, self.paper.range(finding.span)));
        all.filter(move |(_, there)| there.touches(range))
    }

    /// The figure or date at a place.
    pub fn ruling_at(&self, at: u32) -> Option<&Ruled> {
        self.rulings.iter().find(|(_, claim, _)| {
            let span = crate::diagnose::with_qualifier(claim);
            span.start <= at && at <= span.end
        })
    }
}
