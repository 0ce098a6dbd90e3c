//! `factlint impact OLD NEW [PATH]...`.

use std::path::Path;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use super::Exit;
use super::args::Impact;
use super::check::{Known, finish, guarded, refuse, settle, wants_pages, with_jobs};
use super::files::{self, DocumentFile};
use super::git;
use super::project::{Project, settings};
use super::stream::Streams;
use crate::config::{Config, normal};
use crate::document::Document;
use crate::impact::Revision;
use crate::report::Checked;
use crate::report::diagnostic::shown;
use crate::report::html::Page;
use crate::{Outcome, Reference};

/// Runs the command.
pub fn run(args: &Impact, streams: &Streams) -> Exit {
    if let Err(exit) = refuse(&args.report, streams) {
        return exit;
    }
    let both = [args.old.clone(), args.new.clone()];
    let Ok(mut project) = Project::new(&args.config, &both, streams) else {
        return Exit::Trouble;
    };
    let revision = match revision(args, &mut project) {
        Ok(revision) => revision,
        Err(trouble) => {
            streams.error(&trouble);
            return Exit::Trouble;
        }
    };
    tell(&revision, streams);
    let mut documents = files::find(&args.selection, &mut project, streams);
    if args.selection.is_all() {
        documents.retain(|file| governed(file, &both, &mut project));
    }
    if documents.is_empty() {
        streams.error(
            "nothing to check: name the documents that were written from the reference, or write a \
             factlint.toml that names them",
        );
        return Exit::Trouble;
    }
    let work: Vec<_> = documents
        .into_iter()
        .filter_map(|file| {
            let config = project.config(file.absolute.parent()?).ok()?;
            Some((settings(config.as_deref(), &file.absolute, &args.report), file))
        })
        .collect();
    let troubles = Mutex::new(Vec::new());
    let texts = [&revision.new_reference().document, &revision.old_reference().document];
    let pages = texts.map(|text| Arc::new(Page::new(text)));
    let checked = with_jobs(
        args.report.jobs,
        || {
            let one = |(settings, file): &(_, DocumentFile)| {
                let checked = guarded(&file.path, || {
                    let document = files::parse(&file.path, file.bytes()?)?;
                    let mut outcome = revision.impact(&document, settings);
                    settle(&mut outcome, &document, settings);
                    let Outcome { findings, claims } = outcome;
                    let mut checked = Checked::new(&document, &texts, findings, claims);
                    if wants_pages(&args.report) {
                        let own = Arc::new(Page::new(&document));
                        checked.pages = std::iter::once(own).chain(pages.clone()).collect();
                    }
                    Ok(checked)
                });
                checked.map_err(|trouble| troubles.lock().map(|mut all| all.push(trouble))).ok()
            };
            work.par_iter().filter_map(one).collect()
        },
        streams,
    );
    let troubles = troubles.into_inner().unwrap_or_default();
    finish(checked, troubles, &args.report, &Known::default(), streams)
}

/// Whether the configuration says that a document was written from the reference that was revised.
fn governed(file: &DocumentFile, both: &[std::path::PathBuf], project: &mut Project) -> bool {
    let Some(folder) = file.absolute.parent() else { return false };
    let Ok(Some(config)) = project.config(folder) else { return false };
    let meant = |index: usize| {
        let path = &config.references[index].path.value;
        both.iter().any(|named| normal(&project.here, named) == *path)
    };
    config.governing(&file.absolute).into_iter().any(meant)
}

/// Reads both. The old one may be named as git does, `REVISION:PATH`.
fn revision(args: &Impact, project: &mut Project) -> Result<Revision, String> {
    let here = project.here.clone();
    let config = project.config(&here).map_err(|_| "the configuration cannot be used")?;
    let config = config.as_deref();
    let read = |path: &Path| {
        guarded(path, || {
            let past = match path.exists() {
                true => None,
                false => path.to_str().and_then(|named| git::earlier(&here, named)),
            };
            let bytes = match past {
                Some(bytes) => bytes.map_err(|reason| format!("{}: {reason}", shown(path)))?,
                None => files::bytes(path, false)?,
            };
            Ok(reference(files::parse(path, bytes)?, path, config, project))
        })
    };
    Ok(Revision::new(read(&args.old)?, read(&args.new)?))
}

fn reference(
    document: Document,
    path: &Path,
    config: Option<&Config>,
    project: &Project,
) -> Reference {
    let mut settings = config.map(|config| config.settings.clone()).unwrap_or_default();
    settings.document_date = project.reference_at(config, path).date;
    Reference::new(document, &settings)
}

/// Says what changed: how much, and with `--verbose` each value.
fn tell(revision: &Revision, streams: &Streams) {
    let (old, new) = (revision.old_reference(), revision.new_reference());
    let place = |reference: &Reference, fact| {
        let document = &reference.document;
        let span = reference.fact(fact).mention.span;
        let start = document.source_span(span).start as usize;
        (
            document.slice(span).to_owned(),
            format!("{}:{}", shown(&document.path), document.lines.line(start)),
        )
    };
    let mut count = 0;
    for (was, is) in revision.changes() {
        count += 1;
        streams.detail(|| {
            let (words, at) = place(old, was);
            match is.map(|fact| place(new, fact)) {
                Some((now, there)) => format!("{at}: \"{words}\" is now \"{now}\" ({there})"),
                None => format!("{at}: \"{words}\" is gone"),
            }
        });
    }
    streams.notice(&match count {
        0 => "no figure or date of the reference changed".to_owned(),
        1 => "1 figure or date of the reference changed".to_owned(),
        _ => format!("{count} figures and dates of the reference changed"),
    });
}
