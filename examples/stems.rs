//! Prints the stem of every line of standard input: `tools/make_synonyms.py` asks it, so that the
//! generated table and the program never disagree on a stem.

use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        writeln!(out, "{}", factlint::lexicon::terms::stem(&line?))?;
    }
    Ok(())
}
