//! `factlint check`.

use std::collections::HashMap;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use rayon::prelude::*;

use super::Exit;
use super::args::{Check, FailOn, Format, ReportArgs, Target};
use super::baseline;
use super::cache::{Cache, Ground};
use super::files::{self, DocumentFile};
use super::fix::{self, Fixed};
use super::progress::Progress;
use super::project::{Broken, Project, ReferenceFile, Source, settings};
use super::since::Since;
use super::stream::Streams;
use crate::config::Config;
use crate::document::Document;
use crate::lexicon::terms;
use crate::report::diagnostic::shown;
use crate::report::html::Page;
use crate::report::{
    Checked, Counts, annotations, compact, gitlab, html, human, json, markdown, rdjson, sarif, xml,
};
use crate::rule::{Finding, Settings, Severity};
use crate::{Outcome, Reference, lint, suppress};

/// So many documents without a claim are named one by one.
const SHOWN_SILENT: usize = 10;

/// Documents with the same references, which are then read once.
struct Group {
    config: Option<Arc<Config>>,
    references: Vec<ReferenceFile>,
    documents: Vec<DocumentFile>,
}

/// Runs the command.
pub fn run(args: &Check, streams: &Streams) -> Exit {
    #[cfg(feature = "watch")]
    if args.watch {
        return match refuse(&args.report, streams) {
            Ok(()) => super::watch::run(args, streams),
            Err(exit) => exit,
        };
    }
    once(args, streams)
}

/// Checks everything once.
pub fn once(args: &Check, streams: &Streams) -> Exit {
    if let Err(exit) = refuse(&args.report, streams) {
        return exit;
    }
    let Ok(mut project) = Project::new(&args.config, &args.reference, streams) else {
        return Exit::Trouble;
    };
    let since = match &args.diff_base {
        Some(revision) => match Since::new(&project.here, revision) {
            Ok(since) => Some(since),
            Err(trouble) => {
                streams.error(&format!("--diff-base {revision}: {trouble}"));
                return Exit::Trouble;
            }
        },
        None => None,
    };
    let documents = files::find(&args.selection, &mut project, streams);
    if documents.is_empty() {
        return nothing_to_check(args, &mut project, streams);
    }
    let groups = group(documents, &mut project, streams);
    if args.show_files {
        let mut files: Vec<_> = groups.iter().flat_map(|group| &group.documents).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let lines: String = files.iter().map(|file| shown(&file.path) + "\n").collect();
        streams.print_text(&lines);
        return streams.exit(Exit::Clean);
    }
    let run = Run::new(args, &groups, streams);
    let done = with_jobs(args.report.jobs, || run.groups(&groups), streams);
    run.progress.end();
    let Told { troubles, mut notices } = run.told.into_inner().unwrap_or_default();
    notices.sort();
    notices.dedup();
    notices.iter().for_each(|notice| streams.notice(notice));
    let (checked, fixed): (Vec<Checked>, Vec<Option<Fixed>>) = done.into_iter().unzip();
    let fixed: Vec<Fixed> = fixed.into_iter().flatten().collect();
    if args.diff {
        return show_diff(fixed, troubles, streams);
    }
    for fixed in &fixed {
        match fixed.write() {
            Ok(()) => fixed.changes.iter().for_each(|change| streams.notice(change)),
            Err(trouble) => streams.error(&trouble),
        }
    }
    let known = Known { since: since.as_ref(), ..Known::of(args) };
    for reference in groups.iter().flat_map(|group| &group.references) {
        if since.as_ref().is_some_and(|since| since.touches(&reference.path)) {
            streams.notice(&format!(
                "{}: this reference changed too; `factlint impact` tells what it made wrong elsewhere",
                shown(&reference.path)
            ));
        }
    }
    finish(checked, troubles, &args.report, &known, streams)
}

/// Shows what would be changed, and nothing else. Something to change is a finding.
fn show_diff(mut fixed: Vec<Fixed>, troubles: Vec<String>, streams: &Streams) -> Exit {
    for trouble in &troubles {
        streams.error(trouble);
    }
    fixed.sort_by(|a, b| a.path.cmp(&b.path));
    streams.print_text(&fixed.iter().map(Fixed::diff).collect::<String>());
    streams.exit(if fixed.is_empty() { Exit::Clean } else { Exit::Findings })
}

/// The findings of a run that are not spoken of: those of a baseline, those on lines that are as they
/// were.
#[derive(Debug, Default)]
pub struct Known<'a> {
    read: Option<&'a Path>,
    write: Option<&'a Path>,
    since: Option<&'a Since>,
}

impl<'a> Known<'a> {
    fn of(args: &'a Check) -> Self {
        Known { read: args.baseline.as_deref(), write: args.write_baseline.as_deref(), since: None }
    }

    /// Leaves out what is known, and writes down what is left to be known.
    fn apply(&self, checked: &mut [Checked], streams: &Streams) {
        if let Some(since) = self.since {
            since.apply(checked);
        }
        match self.read.map(|file| (file, baseline::apply(file, checked))) {
            Some((file, Ok(unmet))) if unmet > 0 => streams.notice(&format!(
                "{}: {unmet} of its findings are no longer there; write it anew with --write-baseline",
                shown(file)
            )),
            Some((_, Err(trouble))) => streams.error(&trouble),
            _ => {}
        }
        if let Some(file) = self.write {
            streams.write_text(file, &baseline::of(checked));
        }
    }
}

/// Whether a report shows whole documents.
pub fn wants_pages(options: &ReportArgs) -> bool {
    options.format.iter().any(|target| target.format == Format::Html)
}

/// Options that contradict each other.
pub fn refuse(options: &ReportArgs, streams: &Streams) -> Result<(), Exit> {
    if options.format.iter().filter(|target| target.file.is_none()).count() > 1 {
        streams.error(
            "only one format can go to standard output; give the others a file: --format json=FILE",
        );
        return Err(Exit::Trouble);
    }
    if options.jobs == Some(0) {
        streams.error("--jobs 0: at least one job is needed");
        return Err(Exit::Trouble);
    }
    Ok(())
}

fn nothing_to_check(args: &Check, project: &mut Project, streams: &Streams) -> Exit {
    if args.selection.files_from.is_some() && args.selection.paths.is_empty() {
        streams.notice("the list of files is empty: nothing to check");
        return streams.exit(Exit::Clean);
    }
    let here = project.here.clone();
    match project.config(&here) {
        Err(Broken) => {}
        Ok(None) if args.selection.paths.is_empty() => streams.error(
            "nothing to check: name a document, as in `factlint check --reference REPORT ARTICLE`, \
             or write a factlint.toml that names them",
        ),
        Ok(Some(config)) if args.selection.paths.is_empty() => {
            streams.error(&format!("{}: no document matches its globs", shown(&config.path)))
        }
        Ok(_) => streams.error("nothing to check: no document was found"),
    }
    Exit::Trouble
}

/// Parts the documents by what governs them. Documents without a reference are spoken of here.
fn group(documents: Vec<DocumentFile>, project: &mut Project, streams: &Streams) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut numbers: HashMap<(Option<PathBuf>, Vec<ReferenceFile>), usize> = HashMap::new();
    let mut configured = true;
    let mut ungoverned = Vec::new();
    let own: Vec<Vec<String>> = match documents.as_slice() {
        [document] => vec![document.own_references()],
        _ => documents.par_iter().map(DocumentFile::own_references).collect(),
    };
    for (document, own) in documents.into_iter().zip(own) {
        let Ok(governing) = project.governing_named(&document.absolute, &own) else { continue };
        let config = governing.config.as_ref().map(|config| config.path.clone());
        if governing.references.is_empty() {
            configured &= config.is_some();
            ungoverned.push(document);
            continue;
        }
        streams.detail(|| {
            let names: Vec<_> = governing.references.iter().map(|r| shown(&r.path)).collect();
            let config = config.as_deref().map_or("none".into(), shown);
            let document = shown(&document.path);
            format!("{document}: against {} (configuration: {config})", names.join(", "))
        });
        let key = (config, governing.references.clone());
        let number = *numbers.entry(key).or_insert_with(|| {
            groups.push(Group {
                config: governing.config.clone(),
                references: governing.references,
                documents: Vec::new(),
            });
            groups.len() - 1
        });
        groups[number].documents.push(document);
    }
    let advice = "give --reference FILE, or add a [[reference]] to factlint.toml";
    let named: Vec<_> = ungoverned.iter().filter(|document| document.named).collect();
    for document in &named {
        streams.error(&format!("{}: no reference governs it; {advice}", shown(&document.path)));
    }
    for document in ungoverned.iter().filter(|document| !document.named) {
        streams.detail(|| format!("{}: no reference governs it", shown(&document.path)));
    }
    if named.is_empty() && !ungoverned.is_empty() && (groups.is_empty() || !configured) {
        let count = ungoverned.len();
        streams.error(&format!("no reference governs the {count} documents found; {advice}"));
    }
    groups
}

/// Runs `work` on so many threads. One document needs no threads at all, and starting them costs more
/// than checking it.
pub fn with_jobs<T: Send>(
    jobs: Option<usize>,
    work: impl FnOnce() -> T + Send,
    streams: &Streams,
) -> T {
    silence_panics();
    let Some(jobs) = jobs else { return work() };
    match rayon::ThreadPoolBuilder::new().num_threads(jobs).build() {
        Ok(pool) => pool.install(work),
        Err(error) => {
            streams.notice(&format!("--jobs {jobs}: {error}; going on with the default"));
            work()
        }
    }
}

/// A panic is caught and reported in one line; the message that Rust would print itself is kept back.
pub fn silence_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line()));
        LAST_PANIC.with(|last| *last.borrow_mut() = place.unwrap_or_default());
    }));
}

thread_local! {
    static LAST_PANIC: std::cell::RefCell<String> = const { std::cell::RefCell::new(String::new()) };
}

/// Runs `work` on a file; a panic becomes a message that names it.
pub fn guarded<T>(path: &Path, work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let place = LAST_PANIC.with(|last| last.take());
        let file = shown(path);
        Err(format!("internal error while checking {file} ({place}); please report it"))
    })
}

/// What became of one document.
type One = (Checked, Option<Fixed>);

/// What is to be told of a run.
#[derive(Debug, Default)]
struct Told {
    troubles: Vec<String>,
    notices: Vec<String>,
}

/// A check on its way.
struct Run<'a> {
    args: &'a Check,
    cache: Option<Cache>,
    progress: Progress,
    told: Mutex<Told>,
    /// References as a whole, each once.
    pages: Mutex<HashMap<PathBuf, Arc<Page>>>,
}

impl<'a> Run<'a> {
    fn new(args: &'a Check, groups: &[Group], streams: &Streams) -> Self {
        let documents = groups.iter().map(|group| group.documents.len()).sum();
        // Pages need whole documents, fixes their bytes.
        let whole = args.fixes().is_some() || wants_pages(&args.report);
        Run {
            args,
            cache: Cache::of(&args.cache).filter(|_| !whole),
            progress: Progress::new(documents, streams.watched()),
            told: Mutex::default(),
            pages: Mutex::default(),
        }
    }

    fn pages(&self, documents: &[&Document]) -> Vec<Arc<Page>> {
        let Ok(mut pages) = self.pages.lock() else { return Vec::new() };
        let page = |document: &&Document| {
            let page = pages.entry(document.path.clone());
            page.or_insert_with(|| Arc::new(Page::new(document))).clone()
        };
        documents.iter().map(page).collect()
    }

    fn trouble(&self, trouble: String) {
        if let Ok(mut told) = self.told.lock() {
            told.troubles.push(trouble);
        }
    }

    fn groups(&self, groups: &[Group]) -> Vec<One> {
        match groups {
            [group] => self.group(group),
            _ => groups.par_iter().flat_map_iter(|group| self.group(group)).collect(),
        }
    }

    fn group(&self, group: &Group) -> Vec<One> {
        let config = group.config.as_deref();
        let mut sources = Vec::new();
        for file in &group.references {
            match Source::read(file) {
                Ok(source) => sources.push(source),
                Err(trouble) => self.trouble(trouble),
            }
        }
        // Held against half of its references, a document would be accused of what the other half says.
        if sources.len() < group.references.len() {
            return Vec::new();
        }
        let ground = self.cache.as_ref().map(|cache| (cache, cache.ground(&sources, config)));
        let (sources, read) = (Mutex::new(sources), OnceLock::new());
        // Read when the first document needs them: it may be that none does.
        let references = || {
            let read = read.get_or_init(|| self.references(&sources, config));
            read.as_ref().map(Vec::as_slice)
        };
        let one = |file: &DocumentFile| {
            let done = self.document(file, config, ground.as_ref(), &references);
            self.progress.one_more();
            done
        };
        match group.documents.as_slice() {
            [file] => one(file).into_iter().collect(),
            files => files.par_iter().filter_map(one).collect(),
        }
    }

    /// Understands references; none if one of them cannot be understood.
    fn references(
        &self,
        sources: &Mutex<Vec<Source>>,
        config: Option<&Config>,
    ) -> Option<Vec<Reference>> {
        // A reference is read without them, so that another thread may bring them meanwhile.
        rayon::spawn(terms::prepare);
        let sources = sources.lock().map(|mut sources| std::mem::take(&mut *sources)).ok()?;
        let mut references = Some(Vec::new());
        for source in sources {
            let path = source.file.path.clone();
            match guarded(&path, || source.reference(config)) {
                Ok(reference) => {
                    let problems = reference.document.problems.iter();
                    let notices = problems.map(|problem| format!("{}: {problem}", shown(&path)));
                    if let Ok(mut told) = self.told.lock() {
                        told.notices.extend(notices);
                    }
                    if let Some(references) = &mut references {
                        references.push(reference);
                    }
                }
                Err(trouble) => {
                    self.trouble(trouble);
                    references = None;
                }
            }
        }
        references
    }

    fn document<'r>(
        &self,
        file: &DocumentFile,
        config: Option<&Config>,
        ground: Option<&(&Cache, Ground)>,
        references: &impl Fn() -> Option<&'r [Reference]>,
    ) -> Option<One> {
        let settings = settings(config, &file.absolute, &self.args.report);
        let checked = guarded(&file.path, || {
            let bytes = file.bytes()?;
            let ground = ground.filter(|_| !file.stdin);
            let key = ground.map(|(cache, ground)| (cache, ground.key(file, &bytes, &settings)));
            if let Some(checked) = key.and_then(|(cache, key)| cache.get(file, key)) {
                return Ok(Some((checked, None)));
            }
            let Some(references) = references() else { return Ok(None) };
            let (checked, fixed) = self.check(file, bytes, references, &settings)?;
            if let Some((cache, key)) = key {
                cache.put(file, key, &checked);
            }
            Ok(Some((checked, fixed)))
        });
        checked.unwrap_or_else(|trouble| {
            self.trouble(trouble);
            None
        })
    }

    fn check(
        &self,
        file: &DocumentFile,
        bytes: Vec<u8>,
        references: &[Reference],
        settings: &Settings,
    ) -> Result<One, String> {
        let fixes = self.args.fixes().filter(|_| !file.stdin);
        let written = fixes.map(|wanted| (wanted, bytes.clone()));
        let document = files::parse(&file.path, bytes)?;
        let mut outcome = lint(references, &document, settings);
        let problems = settle(&mut outcome, &document, settings);
        let fixed = written.and_then(|(wanted, bytes)| {
            fix::apply(&document, &bytes, &mut outcome.findings, wanted)
        });
        let texts: Vec<_> = references.iter().map(|reference| &reference.document).collect();
        let Outcome { findings, claims } = outcome;
        let mut checked = Checked::new(&document, &texts, findings, claims);
        checked.problems.extend(problems);
        if wants_pages(&self.args.report) && !checked.diagnostics.is_empty() {
            let own = Arc::new(Page::new(&document));
            checked.pages = std::iter::once(own).chain(self.pages(&texts)).collect();
        }
        Ok((checked, fixed))
    }
}

/// Reads a reference with the settings that its configuration gives it.
pub fn read_reference(file: &ReferenceFile, config: Option<&Config>) -> Result<Reference, String> {
    Source::read(file)?.reference(config)
}

/// Leaves of an outcome what the settings and the comments in the document let speak, in order.
/// Returns what is to be told of the comments.
pub fn settle(outcome: &mut Outcome, document: &Document, settings: &Settings) -> Vec<String> {
    settings.rules.apply(&mut outcome.findings);
    outcome.findings.sort_by(|a: &Finding, b| (a.span, a.rule).cmp(&(b.span, b.rule)));
    suppress::apply(document, &mut outcome.findings)
}

/// Says what was found, in every format asked for, and how the run ended.
pub fn finish(
    mut checked: Vec<Checked>,
    mut troubles: Vec<String>,
    options: &ReportArgs,
    known: &Known<'_>,
    streams: &Streams,
) -> Exit {
    troubles.sort();
    troubles.dedup();
    for trouble in &troubles {
        streams.error(trouble);
    }
    checked.sort_by(|a, b| a.path.cmp(&b.path));
    known.apply(&mut checked, streams);
    for document in &checked {
        for problem in &document.problems {
            streams.notice(&format!("{}: {problem}", document.path));
        }
    }
    let silent: Vec<_> = checked.iter().filter(|document| document.claims == 0).collect();
    for document in silent.iter().take(SHOWN_SILENT) {
        streams.notice(&format!("{}: no claim was read in it", document.path));
    }
    if let Some(rest) = silent.len().checked_sub(SHOWN_SILENT).filter(|rest| *rest > 0) {
        streams
            .notice(&format!("no claim was read in {rest} more documents (--format json has all)"));
    }
    let here = std::env::current_dir().ok();
    let prefix = prefix(here.as_deref());
    let draw = |format: Format, colored: bool, links: Option<&Path>, out: &mut dyn Write| {
        let text = match format {
            Format::Human => human::linked(&checked, colored, streams.width(), links),
            Format::Compact => compact::report(&checked),
            Format::Json => return json::report(&checked, out),
            Format::Jsonl => return json::lines(&checked, out),
            Format::Sarif => format!("{:#}\n", sarif::report(&checked)),
            Format::Github => annotations::github(&checked, &prefix),
            Format::Azure => annotations::azure(&checked),
            Format::Gitlab => format!("{:#}\n", gitlab::report(&checked)),
            Format::Junit => xml::junit(&checked),
            Format::Checkstyle => xml::checkstyle(&checked),
            Format::Rdjson => format!("{}\n", rdjson::report(&checked)),
            Format::Rdjsonl => rdjson::lines(&checked),
            Format::Markdown => markdown::report(&checked),
            Format::Html => html::report(&checked),
            Format::Narrated => markdown::narrated(&checked),
        };
        out.write_all(text.as_bytes())
    };
    let mut to_stdout = Format::Human;
    for Target { format, file } in &options.format {
        match file {
            Some(file) => streams.write(file, |out| draw(*format, false, None, out)),
            None => to_stdout = *format,
        }
    }
    let links = here.as_deref().filter(|_| streams.linked());
    streams.print(|out| draw(to_stdout, streams.colored(), links, out));
    if options.statistics {
        streams.statistics(&checked);
    }
    let counts = Counts::of(&checked);
    let failed = match options.fail_on {
        FailOn::Error => counts.reaches(Severity::Error),
        FailOn::Warning => counts.reaches(Severity::Warning),
        FailOn::Never => false,
    };
    streams.exit(if failed { Exit::Findings } else { Exit::Clean })
}

/// The folder of the run as seen from the top of the repository, as GitHub's runners tell it: its
/// annotations count paths from there. Ends with a slash unless it is empty.
fn prefix(here: Option<&Path>) -> String {
    let top = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
    let inside = here.zip(top.as_deref()).and_then(|(here, top)| here.strip_prefix(top).ok());
    match inside {
        Some(inside) if !inside.as_os_str().is_empty() => format!("{}/", shown(inside)),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_one_message_that_names_the_file() {
        let result = guarded(Path::new("a.md"), || -> Result<(), String> { panic!("boom") });
        let message = result.expect_err("it panicked");
        assert!(message.starts_with("internal error while checking a.md"), "{message}");
        assert_eq!(guarded(Path::new("a.md"), || Ok(1)), Ok(1));
    }
}
