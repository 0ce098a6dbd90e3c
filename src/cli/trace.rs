//! `factlint trace PATH:LINE[:COL]`.

use std::path::{Path, PathBuf};

use super::Exit;
use super::args::Trace;
use super::check::{guarded, read_reference};
use super::files;
use super::project::Project;
use super::stream::Streams;
use crate::config::normal;
use crate::document::Document;
use crate::source::Span;
use crate::trace;

/// Runs the command.
pub fn run(args: &Trace, streams: &Streams) -> Exit {
    let Some((path, line, column)) = place(&args.place) else {
        streams.error(&format!("{}: name the place as PATH:LINE or PATH:LINE:COL", args.place));
        return Exit::Trouble;
    };
    let Ok(mut project) = Project::new(&args.config, &args.reference, streams) else {
        return Exit::Trouble;
    };
    let absolute = normal(&project.here, &path);
    let Ok(governing) = project.governing(&absolute) else { return Exit::Trouble };
    if governing.references.is_empty() {
        let advice = "give --reference FILE, or add a [[reference]] to factlint.toml";
        streams.error(&format!("{}: no reference governs it; {advice}", path.display()));
        return Exit::Trouble;
    }
    let config = governing.config.as_deref();
    let settings = config.map(|config| config.settings_for(&absolute)).unwrap_or_default();
    let traced = guarded(&path, || {
        let document = files::read(&path, false)?;
        let references: Result<Vec<_>, _> =
            governing.references.iter().map(|file| read_reference(file, config)).collect();
        let span = span(&document, line, column);
        Ok(trace::trace(&references?, &document, &settings, span))
    });
    match traced {
        Ok(text) if text.is_empty() => {
            streams.notice(&format!("{}: no figure or date is read there", args.place));
            streams.exit(Exit::Clean)
        }
        Ok(text) => {
            streams.print_text(&text);
            streams.exit(Exit::Clean)
        }
        Err(trouble) => {
            streams.error(&trouble);
            Exit::Trouble
        }
    }
}

/// Splits `PATH:LINE[:COL]`; the path may hold colons of its own.
fn place(text: &str) -> Option<(PathBuf, usize, Option<usize>)> {
    let (before, last) = text.rsplit_once(':')?;
    let last: usize = last.parse().ok().filter(|n| *n > 0)?;
    match before.rsplit_once(':') {
        Some((path, line)) if line.parse::<usize>().is_ok_and(|n| n > 0) => {
            Some((Path::new(path).to_owned(), line.parse().ok()?, Some(last)))
        }
        _ => Some((Path::new(before).to_owned(), last, None)),
    }
}

/// The clean text of a line, or of one place in it.
fn span(document: &Document, line: usize, column: Option<usize>) -> Span {
    let start = document.lines.start(line);
    let end = if line < document.lines.lines() {
        document.lines.start(line + 1)
    } else {
        document.source.len()
    };
    let text = |at: usize| document.origin.text_offset(at as u32);
    match column {
        None => Span { start: text(start), end: text(end).max(text(start)) },
        Some(column) => {
            let words = String::from_utf8_lossy(&document.source[start..end]);
            let offset: usize = words.chars().take(column - 1).map(char::len_utf8).sum();
            let at = text(start + offset);
            Span { start: at, end: at + 1 }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        assert_eq!(place("a.md:3"), Some((PathBuf::from("a.md"), 3, None)));
        assert_eq!(place("a.md:3:7"), Some((PathBuf::from("a.md"), 3, Some(7))));
        assert_eq!(place("a.md"), None);
        assert_eq!(place("a.md:0"), None);
    }
}
