//! Where output goes: findings to standard output, everything said about the run to standard error.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};

use super::Exit;
use super::args::{Color, Common};
use crate::report::Checked;
use crate::report::excerpt::mask;

/// The streams of one run.
pub struct Streams {
    quiet: bool,
    verbose: bool,
    color: ColorChoice,
    hyperlinks: Color,
    trouble: Cell<bool>,
}

impl Streams {
    /// The streams as the options want them.
    pub fn new(options: &Common) -> Self {
        let color = match options.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        let Common { quiet, verbose, hyperlinks, .. } = *options;
        Streams { quiet, verbose, color, hyperlinks, trouble: Cell::new(false) }
    }

    /// Whether standard output takes colours.
    pub fn colored(&self) -> bool {
        match self.color {
            ColorChoice::Auto => AutoStream::choice(&std::io::stdout()) != ColorChoice::Never,
            choice => choice != ColorChoice::Never,
        }
    }

    /// Whether standard output takes links (OSC 8).
    pub fn linked(&self) -> bool {
        match self.hyperlinks {
            Color::Auto => supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
            Color::Always => true,
            Color::Never => false,
        }
    }

    /// Whether somebody watches who can be shown how far the work is.
    pub fn watched(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Forgets trouble that has been told: another run begins.
    pub fn forget(&self) {
        self.trouble.set(false);
    }

    /// The width to draw for: that of the terminal as far as it tells, else a fixed one, so that
    /// output into a file is the same everywhere.
    pub fn width(&self) -> usize {
        let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
        match std::io::stdout().is_terminal() {
            true => columns().unwrap_or(100_usize).clamp(40, 160),
            false => 100,
        }
    }

    /// Something could not be done: one message, and the run will end with status 2.
    pub fn error(&self, message: &str) {
        self.trouble.set(true);
        self.say("\x1b[1;31merror\x1b[0m: ", message);
    }

    /// A trouble that has been drawn already.
    pub fn drawn_error(&self, drawing: &str) {
        self.trouble.set(true);
        let mut stderr = AutoStream::new(std::io::stderr().lock(), self.color);
        let _ = stderr.write_all(drawing.as_bytes());
    }

    /// Something the user ought to know.
    pub fn notice(&self, message: &str) {
        if !self.quiet {
            self.say("\x1b[1;36mnotice\x1b[0m: ", message);
        }
    }

    /// Something the user asked to be told.
    pub fn detail(&self, message: impl FnOnce() -> String) {
        if self.verbose {
            self.say("", &message());
        }
    }

    /// How many findings each rule made, the most frequent first.
    pub fn statistics(&self, checked: &[Checked]) {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for diagnostic in checked.iter().flat_map(|document| &document.diagnostics) {
            *counts.entry(diagnostic.rule).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), *rule));
        for (rule, count) in counts {
            self.say("", &format!("{count:6}  {rule}"));
        }
    }

    fn say(&self, label: &str, message: &str) {
        let mut stderr = AutoStream::new(std::io::stderr().lock(), self.color);
        // There is nobody left to tell if standard error is closed.
        let _ = writeln!(stderr, "{label}{}", mask(message));
    }

    /// Writes text to standard output.
    pub fn print_text(&self, text: &str) {
        self.print(|out| out.write_all(text.as_bytes()));
    }

    /// Writes what `draw` makes to standard output. A closed pipe is the reader's right.
    pub fn print(&self, draw: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        match buffered(std::io::stdout().lock(), draw) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                self.error(&format!("standard output could not be written: {error}"));
            }
            _ => {}
        }
    }

    /// Writes text to a file.
    pub fn write_text(&self, path: &Path, text: &str) {
        self.write(path, |out| out.write_all(text.as_bytes()));
    }

    /// Writes what `draw` makes to a file.
    pub fn write(&self, path: &Path, draw: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        if let Err(error) = File::create(path).and_then(|file| buffered(file, draw)) {
            self.error(&format!("{}: the report could not be written: {error}", path.display()));
        }
    }

    /// Trouble, if any was met, else `exit`.
    pub fn exit(&self, exit: Exit) -> Exit {
        if self.trouble.get() { Exit::Trouble } else { exit }
    }
}

/// Writes what `draw` makes in large pieces: a report is made of many small ones.
fn buffered(to: impl Write, draw: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, to);
    draw(&mut out)?;
    out.flush()
}
