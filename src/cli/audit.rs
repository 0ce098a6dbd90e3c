//! `factlint audit`.

use std::sync::Arc;

use rayon::prelude::*;

use super::Exit;
use super::args::Audit;
use super::check::{
    Known, finish, guarded, read_reference, refuse, settle, wants_pages, with_jobs,
};
use super::project::{Broken, Project, ReferenceFile, settings};
use super::stream::Streams;
use crate::config::normal;
use crate::report::Checked;
use crate::report::html::Page;
use crate::{Outcome, audit};

/// Runs the command.
pub fn run(args: &Audit, streams: &Streams) -> Exit {
    if let Err(exit) = refuse(&args.report, streams) {
        return exit;
    }
    let Ok(mut project) = Project::new(&args.config, &[], streams) else {
        return Exit::Trouble;
    };
    let Ok(references) = references(args, &mut project) else { return Exit::Trouble };
    if references.is_empty() {
        streams.error("nothing to audit: name a reference, or write a factlint.toml with one");
        return Exit::Trouble;
    }
    let work: Vec<_> = references
        .into_iter()
        .filter_map(|file| {
            let absolute = normal(&project.here, &file.path);
            let config = project.config(absolute.parent()?).ok()?;
            Some((settings(config.as_deref(), &absolute, &args.report), config, file))
        })
        .collect();
    let results: Vec<Result<Checked, String>> = with_jobs(
        args.report.jobs,
        || {
            work.par_iter()
                .map(|(settings, config, file)| {
                    guarded(&file.path, || {
                        let reference = read_reference(file, config.as_deref())?;
                        let document = &reference.document;
                        let mut outcome = audit(&reference, settings);
                        settle(&mut outcome, document, settings);
                        let Outcome { findings, claims } = outcome;
                        let mut checked = Checked::new(document, &[document], findings, claims);
                        if wants_pages(&args.report) {
                            checked.pages = vec![Arc::new(Page::new(document))];
                        }
                        Ok(checked)
                    })
                })
                .collect()
        },
        streams,
    );
    let (checked, troubles): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    finish(
        checked.into_iter().flatten().collect(),
        troubles.into_iter().filter_map(Result::err).collect(),
        &args.report,
        &Known::default(),
        streams,
    )
}

/// The references named, or all that the configuration names.
fn references(args: &Audit, project: &mut Project) -> Result<Vec<ReferenceFile>, Broken> {
    let here = project.here.clone();
    let config = project.config(&here)?;
    if !args.paths.is_empty() {
        let named = args.paths.iter();
        return Ok(named.map(|path| project.reference_at(config.as_deref(), path)).collect());
    }
    let Some(config) = config else { return Ok(Vec::new()) };
    Ok((0..config.references.len()).map(|index| project.reference(&config, index)).collect())
}
