//! LaTeX: the text of the document with its sections, lists and tables. Commands are skipped, with arguments
//! that are no text; formulas that are no plain numbers stand as one sign.

use std::collections::VecDeque;

use unicode_normalization::char::compose;

use super::BlockKind;
use super::builder::Builder;
use super::markup::{OBJECT, cell};

/// Arguments in arguments: deeper ones are read without regard to their braces.
const DEPTH: usize = 40;

/// So far the end of an argument is looked for.
const REACH: usize = 10_000;

/// Commands whose argument is no text.
const HIDDEN: &[&str] = &[
    "label",
    "ref",
    "eqref",
    "pageref",
    "autoref",
    "cref",
    "Cref",
    "cite",
    "citep",
    "citet",
    "citealp",
    "parencite",
    "textcite",
    "autocite",
    "nocite",
    "includegraphics",
    "input",
    "include",
    "url",
    "nolinkurl",
    "vspace",
    "hspace",
    "bibliography",
    "bibliographystyle",
    "usepackage",
    "documentclass",
    "setlength",
    "addtolength",
    "setcounter",
    "addtocounter",
    "pagestyle",
    "thispagestyle",
    "index",
    "hyperref",
    "cmidrule",
    "cline",
    "definecolor",
    "newcommand",
    "renewcommand",
    "newenvironment",
    "graphicspath",
    "hypersetup",
    "color",
    "pagenumbering",
    "linespread",
    "fontsize",
    "selectlanguage",
    "sisetup",
    "addbibresource",
    "begin",
    "end",
    "rule",
    "vphantom",
];

/// Environments that hold no prose.
const SKIPPED: &[&str] = &[
    "equation",
    "equation*",
    "align",
    "align*",
    "gather",
    "gather*",
    "multline",
    "multline*",
    "eqnarray",
    "displaymath",
    "math",
    "verbatim",
    "verbatim*",
    "Verbatim",
    "lstlisting",
    "minted",
    "tikzpicture",
    "comment",
    "thebibliography",
    "filecontents",
    "filecontents*",
    "picture",
    "algorithm",
    "algorithmic",
];

/// Reads a LaTeX text.
pub fn read(source: &str, builder: &mut Builder) {
    let mut reader = Reader {
        source,
        builder,
        kinds: vec![BlockKind::Paragraph],
        quoted: 0,
        tables: 0,
        table: None,
        notes: VecDeque::new(),
        in_note: false,
    };
    let body = source.find("\\begin{document}").map(|at| at + "\\begin{document}".len());
    if let Some(body) = body {
        // Of the preamble only the title is text.
        for (command, kind) in
            [("\\title{", BlockKind::Heading(1)), ("\\date{", BlockKind::Paragraph)]
        {
            if let Some(at) = source[..body].find(command) {
                let open = at + command.len() - 1;
                let close = close(source, open);
                reader.text(open + 1, close, 0);
                reader.builder.end(kind, false);
            }
        }
    }
    let end = source.find("\\end{document}").unwrap_or(source.len());
    let start = body.unwrap_or(0);
    reader.text(start, end.max(start), 0);
    reader.end();
}

struct Reader<'r> {
    source: &'r str,
    builder: &'r mut Builder,
    /// What blocks are, by the lists that are open.
    kinds: Vec<BlockKind>,
    quoted: u32,
    tables: u32,
    /// Row and column within a table.
    table: Option<(u32, usize)>,
    /// Notes that wait for the end of their paragraph.
    notes: VecDeque<(usize, usize)>,
    in_note: bool,
}

impl Reader<'_> {
    fn end(&mut self) {
        let kind = match self.table {
            Some((row, column)) => cell(self.tables, row, column, row == 0),
            None => self.kinds.last().cloned().unwrap_or(BlockKind::Paragraph),
        };
        self.builder.end(kind, self.quoted > 0);
        if self.table.is_none() && !self.in_note {
            self.in_note = true;
            while let Some((start, end)) = self.notes.pop_front() {
                self.text(start, end, DEPTH - 2);
                self.builder.end(BlockKind::Paragraph, false);
            }
            self.in_note = false;
        }
    }

    /// Reads the text between two places.
    fn text(&mut self, start: usize, end: usize, depth: usize) {
        let bytes = self.source.as_bytes();
        let mut at = start;
        while at < end {
            let special = |byte: &u8| b"\\%{}$~-`'&\n[]".contains(byte);
            let plain = bytes[at..end].iter().position(special).map_or(end, |found| at + found);
            self.builder.push(&self.source[at..plain], at);
            at = plain;
            if at >= end {
                break;
            }
            let rest = &self.source[at..end];
            let signs = [("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("~", "\u{A0}")];
            if let Some((mark, sign)) = signs.iter().find(|(mark, _)| rest.starts_with(mark)) {
                self.builder.replace(sign, at, mark.len());
                at += mark.len();
                continue;
            }
            at = match bytes[at] {
                b'\\' => self.command(at, end, depth),
                b'%' => line_end(self.source, at, end),
                b'$' => self.formula(at, end),
                b'{' | b'}' => at + 1,
                b'&' if self.table.is_some() => {
                    self.end();
                    if let Some((_, column)) = &mut self.table {
                        *column += 1;
                    }
                    at + 1
                }
                b'\n' => {
                    let blank = rest[1..]
                        .find(|c: char| !matches!(c, ' ' | '\t' | '\r'))
                        .map(|n| at + 1 + n);
                    if blank.is_some_and(|next| bytes[next] == b'\n') && self.table.is_none() {
                        self.end();
                    } else {
                        self.builder.push("\n", at);
                    }
                    at + 1
                }
                _ => {
                    self.builder.push(&rest[..1], at);
                    at + 1
                }
            };
        }
    }

    /// Reads the command at `at`; where the text goes on.
    fn command(&mut self, at: usize, end: usize, depth: usize) -> usize {
        let source = self.source;
        let Some(first) = source[at + 1..end].chars().next() else { return end };
        if !first.is_ascii_alphabetic() {
            return self.sign(first, at, end);
        }
        let name_end =
            at + 1 + source[at + 1..end].bytes().take_while(u8::is_ascii_alphabetic).count();
        let name = &source[at + 1..name_end];
        let starred = source[name_end..end].starts_with('*');
        let arguments = name_end + usize::from(starred);
        let gap = name_end
            + source[name_end..end].bytes().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let level = match name {
            "part" | "chapter" => Some(1),
            "section" => Some(2),
            "subsection" => Some(3),
            "subsubsection" => Some(4),
            "paragraph" | "subparagraph" => Some(5),
            _ => None,
        };
        let sign = match name {
            "ldots" | "dots" | "textellipsis" => "…",
            "euro" | "EUR" | "texteuro" => "€",
            "pounds" | "textsterling" => "£",
            "textdollar" => "$",
            "percent" => "%",
            "textdegree" | "degree" => "°",
            "textendash" => "–",
            "textemdash" => "—",
            "textquoteright" => "'",
            "ss" => "ß",
            "o" => "ø",
            "O" => "Ø",
            "ae" => "æ",
            "AE" => "Æ",
            "oe" => "œ",
            "aa" => "å",
            "AA" => "Å",
            "l" => "ł",
            "L" => "Ł",
            "i" => "ı",
            "quad" | "qquad" | "newline" | "linebreak" | "hfill" | "space" => " ",
            _ => "",
        };
        if !sign.is_empty() {
            self.builder.replace(sign, at, name_end - at);
            return if source[name_end..end].starts_with("{}") { name_end + 2 } else { gap };
        }
        match (name, level) {
            (_, Some(level)) => {
                self.end();
                let (open, close) = self.argument(arguments, end);
                self.nested(open, close, depth);
                self.builder.end(BlockKind::Heading(level), false);
                self.end();
                close + 1
            }
            ("begin" | "end", _) => self.environment(name, name_end, end),
            ("item", _) => {
                self.end();
                self.builder.replace(" ", at, 0);
                optional(source, name_end, end)
            }
            (
                "par" | "maketitle" | "tableofcontents" | "bigskip" | "medskip" | "smallskip"
                | "newpage" | "clearpage",
                _,
            ) => {
                self.end();
                name_end
            }
            ("caption", _) => {
                let table = self.table.take();
                self.end();
                let (open, close) = self.argument(arguments, end);
                self.nested(open, close, depth);
                self.builder.end(BlockKind::Caption, false);
                self.table = table;
                close + 1
            }
            ("footnote" | "footnotetext" | "thanks", _) => {
                let (open, close) = self.argument(arguments, end);
                self.notes.push_back((open, close));
                close + 1
            }
            ("href", _) => {
                let (_, close) = self.argument(arguments, end);
                let (open, close) = self.argument(close + 1, end);
                self.nested(open, close, depth);
                close + 1
            }
            ("textcolor" | "foreignlanguage" | "hypertarget", _) => {
                self.argument(arguments, end).1 + 1
            }
            ("multicolumn" | "multirow", _) => {
                let (_, first) = self.argument(arguments, end);
                let (_, second) = self.argument(first + 1, end);
                let (open, close) = self.argument(second + 1, end);
                self.nested(open, close, depth);
                close + 1
            }
            ("num" | "SI" | "qty", _) => self.quantity(name, arguments, end),
            ("verb", _) => {
                let delimiter = source[arguments..end].chars().next();
                let close = delimiter.and_then(|d| {
                    let body = arguments + d.len_utf8();
                    let line = line_end(source, body, end);
                    source[body..line].find(d).map(|n| body + n + d.len_utf8())
                });
                self.builder.replace(OBJECT, at, name_end - at);
                close.unwrap_or(arguments)
            }
            _ if HIDDEN.contains(&name) => {
                let mut next = arguments;
                loop {
                    let skipped = optional(source, next, end);
                    if !source[skipped..end].starts_with('{') {
                        return skipped;
                    }
                    next = close(source, skipped).min(end) + 1;
                    next = next.min(end);
                }
            }
            // What is set otherwise is read where it stands; an argument in brackets is none of it.
            _ => {
                let next = optional(source, arguments, end);
                if next > arguments || source[next..end].starts_with('{') { next } else { gap }
            }
        }
    }

    /// A backslash and a sign: an escape, an accent, a space, the end of a row.
    fn sign(&mut self, sign: char, at: usize, end: usize) -> usize {
        let source = self.source;
        let next = at + 1 + sign.len_utf8();
        match sign {
            '%' | '$' | '&' | '#' | '_' | '{' | '}' => {
                self.builder.replace(sign.encode_utf8(&mut [0; 4]), at, 2)
            }
            ' ' | ',' | ';' | ':' | '\n' => self.builder.replace(" ", at, 2),
            '-' | '/' | '!' | '@' => {}
            '\\' => {
                match self.table {
                    Some(_) => {
                        self.end();
                        self.table = self.table.map(|(row, _)| (row + 1, 0));
                    }
                    None => self.builder.replace(" ", at, 2),
                }
                return optional(source, next, end);
            }
            '(' | '[' => {
                let mark = if sign == '(' { "\\)" } else { "\\]" };
                let window = &source[next..end.min(source.floor_char_boundary(next + REACH))];
                let close = window.find(mark).map(|n| next + n);
                return match close {
                    Some(close) => {
                        self.math(at, next, close, close + 2);
                        close + 2
                    }
                    None => next,
                };
            }
            '\'' | '`' | '^' | '"' | '~' | '=' | '.' => return self.accent(sign, at, next, end),
            _ => {}
        }
        next
    }

    fn accent(&mut self, accent: char, at: usize, next: usize, end: usize) -> usize {
        let mark = match accent {
            '\'' => '\u{301}',
            '`' => '\u{300}',
            '^' => '\u{302}',
            '"' => '\u{308}',
            '~' => '\u{303}',
            '=' => '\u{304}',
            _ => '\u{307}',
        };
        let braced = self.source[next..end].starts_with('{');
        let letter_at = next + usize::from(braced);
        let dotless = self.source[letter_at..end].starts_with("\\i");
        let letter = match dotless {
            true => Some('i'),
            false => self.source[letter_at..end].chars().next().filter(|c| c.is_alphabetic()),
        };
        let Some(letter) = letter else { return next };
        let mut stop = letter_at + if dotless { 2 } else { letter.len_utf8() };
        stop += usize::from(braced && self.source[stop..end].starts_with('}'));
        let composed = compose(letter, mark).unwrap_or(letter);
        self.builder.replace(composed.encode_utf8(&mut [0; 4]), at, stop - at);
        stop
    }

    /// `$...$`
    fn formula(&mut self, at: usize, end: usize) -> usize {
        let double = self.source[at..end].starts_with("$$");
        let open = at + 1 + usize::from(double);
        let mark = if double { "$$" } else { "$" };
        let window = &self.source[open..end.min(self.source.floor_char_boundary(open + 2000))];
        let Some(close) = window.find(mark).map(|n| open + n) else { return open };
        self.math(at, open, close, close + mark.len());
        close + mark.len()
    }

    /// A formula: a plain number is read, all else stands as one sign.
    fn math(&mut self, at: usize, open: usize, close: usize, end: usize) {
        let body =
            self.source[open..close].replace("{,}", ",").replace("\\,", " ").replace("\\%", "%");
        let body = body.trim();
        let plain = body.starts_with(|c: char| c.is_ascii_digit() || "+-−<>~".contains(c))
            && body.chars().all(|c| c.is_ascii_digit() || " ,.%+-−".contains(c));
        self.builder.replace(if plain { body } else { OBJECT }, at, end - at);
    }

    /// `\SI{12}{\kilo\metre}`: the names of the unit make its word.
    fn quantity(&mut self, name: &str, at: usize, end: usize) -> usize {
        let start = optional(self.source, at, end);
        let (open, close) = self.argument(start, end);
        self.builder.push(&self.source[open..close], open);
        if name == "num" {
            return close + 1;
        }
        let (open, close) = self.argument(close + 1, end);
        self.builder.replace(" ", open, 0);
        let mut word = String::new();
        for part in self.source[open..close].split('\\') {
            match part.trim() {
                "percent" => word.push('%'),
                "per" => word.push_str(" per "),
                part => word.push_str(part),
            }
        }
        self.builder.replace(&word, open, close - open);
        close + 1
    }

    fn environment(&mut self, command: &str, at: usize, end: usize) -> usize {
        let (open, close) = self.argument(at, end);
        let name = &self.source[open..close];
        let next = (close + 1).min(end);
        if command == "begin" && SKIPPED.contains(&name) {
            let mark = format!("\\end{{{name}}}");
            let found = memchr::memmem::find(&self.source.as_bytes()[next..end], mark.as_bytes());
            return found.map_or(end, |n| next + n + mark.len());
        }
        let begin = command == "begin";
        match name {
            "tabular" | "tabular*" | "tabularx" | "tabulary" | "longtable" => {
                self.end();
                if begin {
                    self.table = Some((0, 0));
                    // What tells how wide the table is and how its columns are set.
                    let mut next = optional(self.source, next, end);
                    for _ in
                        0..if matches!(name, "tabular*" | "tabularx" | "tabulary") { 2 } else { 1 }
                    {
                        next = (self.argument(next, end).1 + 1).min(end);
                    }
                    return next;
                }
                self.table = None;
                self.tables += 1;
            }
            "quote" | "quotation" | "displayquote" | "verse" => {
                self.end();
                self.quoted = if begin { self.quoted + 1 } else { self.quoted.saturating_sub(1) };
            }
            "itemize" | "enumerate" | "description" | "compactitem" => {
                self.end();
                match begin {
                    true => self.kinds.push(BlockKind::ListItem),
                    false if self.kinds.len() > 1 => drop(self.kinds.pop()),
                    false => {}
                }
            }
            _ => self.end(),
        }
        if begin { optional(self.source, next, end) } else { next }
    }

    fn nested(&mut self, open: usize, close: usize, depth: usize) {
        if depth < DEPTH {
            self.text(open, close, depth + 1);
        }
    }

    /// The argument in braces behind `at` (and behind one in brackets): its first byte and the closing brace.
    fn argument(&self, at: usize, end: usize) -> (usize, usize) {
        let at = optional(self.source, at.min(end), end);
        let at = at + self.source[at..end].bytes().take_while(u8::is_ascii_whitespace).count();
        if self.source[at..end].starts_with('{') {
            (at + 1, close(self.source, at).min(end).max(at + 1))
        } else {
            (at, at)
        }
    }
}

/// Where the brace that opens at `open` closes.
fn close(source: &str, open: usize) -> usize {
    let bytes = source.as_bytes();
    let mut depth = 0;
    let limit = bytes.len().min(open + REACH);
    let mut at = open;
    while at < limit {
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
        at += 1;
    }
    // It never does: the line is all of it.
    line_end(source, open, bytes.len())
}

/// Behind the argument in brackets at `at`, if there is one.
fn optional(source: &str, at: usize, end: usize) -> usize {
    let window = &source[at..end.min(source.floor_char_boundary(at + 1000))];
    match window.strip_prefix('[').and_then(|rest| rest.find(']')) {
        Some(close) if !window[..close].contains("\n\n") => at + close + 2,
        _ => at,
    }
}

fn line_end(source: &str, at: usize, end: usize) -> usize {
    memchr::memchr(b'\n', &source.as_bytes()[at..end]).map_or(end, |found| at + found + 1)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::document::read;

    #[test]
    fn what_is_read_and_where() {
        let text = "\\documentclass[11pt]{article}\n\\title{The harbour}\n\\begin{document}\n\\maketitle % 9\nIt \\textbf{counted} 3,420 boats,\n\
            12\\% more\\footnote{A note of 7.} than in 2018~\\cite[p.~3]{x}. ``Caf\\'e!'' It cost \\$4.5 or \\SI{12}{\\kilo\\metre}, $3{,}400$ of $x_9$.\n\n\
            \\section*{Built}\n\\begin{itemize}\n\\item a slip for 45\n\\item[b] see \\href{https://e.example/9}{page 8}\n\\end{itemize}\n\\begin{equation}y=6\\end{equation}\n\
            \\begin{tabular}{l|r}\n\\hline\nBerth & 2019 \\\\\nNorth & 12 \\\\[2pt]\n\\end{tabular}\n\\begin{quote}Never.\\end{quote}\n\\end{document}\n 10";
        let read = read(Path::new("a.tex"), text.into()).unwrap();
        assert_eq!(
            read.text,
            "The harbour\nIt counted 3,420 boats, 12% more than in 2018 . “Café!” It cost $4.5 or 12 kilometre, 3,400 of \u{FFFC}.\n\
             A note of 7.\nBuilt\na slip for 45\nsee page 8\nBerth\n2019\nNorth\n12\nNever.\n"
        );
        let boats = read.text.find("3,420 boats, 12%").unwrap();
        let place = read.source_span(crate::source::Span::new(boats, boats + 16)).range();
        assert_eq!(&text[place], "3,420 boats,\n12\\%");
        assert!(read.column_header(9).is_some());
        assert!(read.blocks.last().unwrap().quoted);
    }
}
