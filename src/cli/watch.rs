//! `--watch`: a check whenever something it depends on changes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, SystemTime};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::Exit;
use super::args::Check;
use super::check;
use super::files;
use super::project::{Project, Tell};
use super::stream::Streams;
use crate::config::{Problem, errata, normal};

/// Changes come in bursts: an editor writes a file beside, then over the old one.
const BURST: Duration = Duration::from_millis(80);

/// What tells whether a file is still the same.
type Stamp = Option<(SystemTime, u64)>;

/// Runs the command again and again, until it is stopped.
pub fn run(args: &Check, streams: &Streams) -> Exit {
    let (send, changes) = mpsc::channel();
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Nobody listens any more once the program ends.
        let _ = event.map(|event| (!event.kind.is_access()).then(|| send.send(())));
    });
    let mut watcher = match watcher {
        Ok(watcher) => watcher,
        Err(error) => {
            streams.error(&format!("--watch: {error}"));
            return Exit::Trouble;
        }
    };
    loop {
        // Before the check: what changes while it runs is seen after it.
        let before = stamps(args);
        watch(&mut watcher, args, &before);
        check::once(args, streams);
        streams.forget();
        streams.notice("waiting for changes; Ctrl-C ends");
        loop {
            if wait(&changes).is_err() {
                return Exit::Trouble;
            }
            if stamps(args) != before {
                break;
            }
        }
        streams.notice("something changed: checking again");
    }
}

/// Waits for a change, and for the burst it comes in to end.
fn wait(changes: &Receiver<()>) -> Result<(), mpsc::RecvError> {
    changes.recv()?;
    while changes.recv_timeout(BURST).is_ok() {}
    Ok(())
}

/// Told elsewhere: the check itself says it.
struct Silent;

impl Tell for Silent {
    fn error(&self, _: &str) {}
    fn problem(&self, _: &Path, _: &str, _: &str, _: &Problem) {}
}

/// All files that a check depends on, as they are now.
fn stamps(args: &Check) -> BTreeMap<PathBuf, Stamp> {
    let mut paths = Vec::new();
    if let Ok(mut project) = Project::new(&args.config, &args.reference, &Silent) {
        for document in files::find_quietly(&args.selection, &mut project, &Silent) {
            if let Ok(governing) = project.governing(&document.absolute) {
                let references = governing.references.iter();
                paths.extend(references.map(|r| normal(&project.here, &r.path)));
            }
            paths.push(document.absolute);
        }
        let beside: Vec<_> = paths.iter().map(|path| errata::path(path)).collect();
        paths.extend(beside);
        paths.extend(args.reference.iter().map(|path| normal(&project.here, path)));
        paths.extend(project.consulted.take());
    }
    paths.extend(args.baseline.clone());
    let stamp = |path: &Path| {
        let about = std::fs::metadata(path).ok()?;
        Some((about.modified().ok()?, about.len()))
    };
    paths.into_iter().map(|path| (path.clone(), stamp(&path))).collect()
}

/// Watches the folders of all these files, so that a file that is written anew is seen too.
fn watch(watcher: &mut RecommendedWatcher, args: &Check, files: &BTreeMap<PathBuf, Stamp>) {
    let folders = files.keys().filter_map(|path| path.parent()).filter(|folder| folder.is_dir());
    let mut folders: Vec<_> = folders.map(|folder| (folder, RecursiveMode::NonRecursive)).collect();
    let whole = args.selection.paths.iter().filter(|path| path.is_dir());
    folders.extend(whole.map(|path| (path.as_path(), RecursiveMode::Recursive)));
    if args.selection.is_all() {
        folders.push((Path::new("."), RecursiveMode::Recursive));
    }
    folders.dedup();
    for (folder, mode) in folders {
        // One that cannot be watched is passed over: the others still are.
        let _ = watcher.watch(folder, mode);
    }
}
