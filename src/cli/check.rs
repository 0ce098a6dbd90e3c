//! `factlint check`.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use super::Exit;
use super::args::{Check, FailOn, Format, ReportArgs, Target};
use super::baseline;
use super::files::{self, DocumentFile};
use super::fix::{self, Fixed};
use super::project::{Broken, Project, ReferenceFile, settings};
use super::stream::Streams;
use crate::config::Config;
use crate::document::Document;
use crate::report::diagnostic::shown;
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
    if let Err(exit) = refuse(&args.report, streams) {
        return exit;
    }
    let Ok(mut project) = Project::new(&args.config, &args.reference, streams) else {
        return Exit::Trouble;
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
        streams.print(&lines);
        return streams.exit(Exit::Clean);
    }
    let Done { checked, troubles, fixed } =
        with_jobs(args.report.jobs, || check_groups(&groups, args), streams);
    if args.diff {
        return show_diff(fixed, troubles, streams);
    }
    for fixed in &fixed {
        match fixed.write() {
            Ok(()) => fixed.changes.iter().for_each(|change| streams.notice(change)),
            Err(trouble) => streams.error(&trouble),
        }
    }
    finish(checked, troubles, &args.report, &Known::of(args), streams)
}

/// Shows what would be changed, and nothing else. Something to change is a finding.
fn show_diff(mut fixed: Vec<Fixed>, troubles: Vec<String>, streams: &Streams) -> Exit {
    for trouble in &troubles {
        streams.error(trouble);
    }
    fixed.sort_by(|a, b| a.path.cmp(&b.path));
    streams.print(&fixed.iter().map(Fixed::diff).collect::<String>());
    streams.exit(if fixed.is_empty() { Exit::Clean } else { Exit::Findings })
}

/// The baseline files of a run.
#[derive(Debug, Default)]
pub struct Known<'a> {
    read: Option<&'a Path>,
    write: Option<&'a Path>,
}

impl<'a> Known<'a> {
    fn of(args: &'a Check) -> Self {
        Known { read: args.baseline.as_deref(), write: args.write_baseline.as_deref() }
    }

    /// Leaves out what is known, and writes down what is left to be known.
    fn apply(&self, checked: &mut [Checked], streams: &Streams) {
        match self.read.map(|file| (file, baseline::apply(file, checked))) {
            Some((file, Ok(unmet))) if unmet > 0 => streams.notice(&format!(
                "{}: {unmet} of its findings are no longer there; write it anew with --write-baseline",
                shown(file)
            )),
            Some((_, Err(trouble))) => streams.error(&trouble),
            _ => {}
        }
        if let Some(file) = self.write {
            streams.write(file, &baseline::of(checked));
        }
    }
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
    for document in documents {
        let Ok(governing) = project.governing(&document.absolute) else { continue };
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

/// What became of all documents.
struct Done {
    checked: Vec<Checked>,
    troubles: Vec<String>,
    fixed: Vec<Fixed>,
}

/// What became of one document.
type One = (Checked, Option<Fixed>);

fn check_groups(groups: &[Group], args: &Check) -> Done {
    let troubles = Mutex::new(Vec::new());
    let each = |group: &Group| check_group(group, args, &troubles);
    let done: Vec<One> = match groups {
        [group] => each(group),
        _ => groups.par_iter().flat_map_iter(each).collect(),
    };
    let (checked, fixed): (Vec<Checked>, Vec<Option<Fixed>>) = done.into_iter().unzip();
    let fixed = fixed.into_iter().flatten().collect();
    Done { checked, troubles: troubles.into_inner().unwrap_or_default(), fixed }
}

fn check_group(group: &Group, args: &Check, troubles: &Mutex<Vec<String>>) -> Vec<One> {
    let report = |trouble: String| {
        if let Ok(mut troubles) = troubles.lock() {
            troubles.push(trouble);
        }
    };
    let mut references = Vec::new();
    for file in &group.references {
        match guarded(&file.path, || read_reference(file, group.config.as_deref())) {
            Ok(reference) => references.push(reference),
            Err(trouble) => report(trouble),
        }
    }
    // Held against half of its references, a document would be accused of what the other half says.
    if references.len() < group.references.len() {
        return Vec::new();
    }
    let one = |file: &DocumentFile| {
        let settings = settings(group.config.as_deref(), &file.absolute, &args.report);
        let checked = guarded(&file.path, || {
            let bytes = files::bytes(&file.path, file.stdin)?;
            let fixes = args.fixes().filter(|_| !file.stdin);
            let written = fixes.map(|wanted| (wanted, bytes.clone()));
            let document = files::parse(&file.path, bytes)?;
            let mut outcome = lint(&references, &document, &settings);
            let problems = settle(&mut outcome, &document, &settings);
            let fixed = written.and_then(|(wanted, bytes)| {
                fix::apply(&document, &bytes, &mut outcome.findings, wanted)
            });
            let texts: Vec<_> = references.iter().map(|reference| &reference.document).collect();
            let Outcome { findings, claims } = outcome;
            let mut checked = Checked::new(&document, &texts, findings, claims);
            checked.problems.extend(problems);
            Ok((checked, fixed))
        });
        checked.map_err(report).ok()
    };
    match group.documents.as_slice() {
        [file] => one(file).into_iter().collect(),
        files => files.par_iter().filter_map(one).collect(),
    }
}

/// Reads a reference with the settings that its configuration gives it.
pub fn read_reference(file: &ReferenceFile, config: Option<&Config>) -> Result<Reference, String> {
    let document = files::read(&file.path, false)?;
    let mut settings = config.map(|config| config.settings.clone()).unwrap_or_default();
    settings.document_date = file.date;
    Ok(Reference::new(document, &settings))
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
    let draw = |format: Format, colored: bool| match format {
        Format::Human => human::report(&checked, colored, streams.width()),
        Format::Compact => compact::report(&checked),
        Format::Json => format!("{:#}\n", json::report(&checked)),
        Format::Jsonl => json::lines(&checked),
        Format::Sarif => format!("{:#}\n", sarif::report(&checked)),
        Format::Github => annotations::github(&checked),
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
    let mut to_stdout = Format::Human;
    for Target { format, file } in &options.format {
        match file {
            Some(file) => streams.write(file, &draw(*format, false)),
            None => to_stdout = *format,
        }
    }
    streams.print(&draw(to_stdout, streams.colored()));
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
