//! From the lines of all pages to blocks: paragraphs over the ends of lines, columns and pages, headings by
//! their type, list items, captions, tables.

use std::collections::{HashMap, HashSet};

use super::super::BlockKind;
use super::super::builder::Builder;
use super::super::landmark::Landmark;
use super::super::table::Table;
use super::page::{Line, Page, Part, Rows};

/// Types are of one size if they differ by less than this.
const SAME_SIZE: f32 = 0.07;

/// A heading is set so much larger than the text.
const LARGER: f32 = 1.12;

/// Longer paragraphs are no headings, however they are set.
const HEADING: usize = 160;

/// Written with a hyphen before a digit.
const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Lines that stand this much further apart than usual begin a paragraph.
const APART: f32 = 1.3;

/// Right edges are known of left edges that so many lines share.
const LINES_OF_EDGE: usize = 4;

/// A paragraph while it is read.
#[derive(Debug)]
struct Paragraph {
    /// Its text, page by page.
    parts: Vec<(u32, String)>,
    size: f32,
    bold: bool,
    item: bool,
    /// Left edge of the words, without the mark of a list item.
    left: f32,
    lines: usize,
    last: Line,
}

#[derive(Debug)]
enum Piece {
    Paragraph(Paragraph),
    Table(u32, Rows),
}

/// Fills `builder` with the text of these pages.
pub fn read(pages: Vec<Page>, builder: &mut Builder) {
    let words = words(&pages);
    let body = body_size(&pages);
    let pages: Vec<(u32, Vec<Part>)> =
        pages.into_iter().map(|page| (page.number, page.parts())).collect();
    let leading = leading(&pages, body);
    let mut reader = Reader { pieces: Vec::new(), words, body, leading, waiting: None };
    for (number, parts) in pages {
        reader.page(number, parts);
    }
    reader.emit(builder);
}

/// "page 3", "pages 3, 5 and 9 more".
pub fn list(pages: &[u32]) -> String {
    let shown: Vec<_> = pages.iter().take(5).map(u32::to_string).collect();
    let more = pages.len() - shown.len();
    let and = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("page{} {}{and}", if pages.len() > 1 { "s" } else { "" }, shown.join(", "))
}

struct Reader {
    pieces: Vec<Piece>,
    words: HashSet<String>,
    body: f32,
    leading: f32,
    /// The last paragraph of text before the end of a column or page, which may go on behind it.
    waiting: Option<usize>,
}

/// The words of all pages that stand whole on a line, in lower case.
fn words(pages: &[Page]) -> HashSet<String> {
    let mut words = HashSet::new();
    for run in pages.iter().flat_map(|page| &page.runs) {
        let broken = run.text.trim_end().ends_with(['-', '\u{2010}', '\u{AD}']);
        let mut found: Vec<&str> = run
            .text
            .split(|c: char| !c.is_alphabetic() && c != '-')
            .filter(|word| word.len() > 1)
            .collect();
        if broken {
            found.pop();
        }
        words.extend(found.into_iter().map(str::to_lowercase));
    }
    words
}

/// The size in which most letters are set.
fn body_size(pages: &[Page]) -> f32 {
    let mut sizes: HashMap<i32, usize> = HashMap::new();
    for run in pages.iter().flat_map(|page| &page.runs) {
        *sizes.entry((run.size * 4.0).round() as i32).or_default() += run.text.len();
    }
    let most = sizes.into_iter().max_by_key(|(size, letters)| (*letters, *size));
    most.map_or(10.0, |(size, _)| size as f32 / 4.0)
}

/// How far the lines of the text stand apart, in sizes of the type.
fn leading(pages: &[(u32, Vec<Part>)], body: f32) -> f32 {
    let mut steps: Vec<f32> = Vec::new();
    for (_, parts) in pages {
        for pair in parts.windows(2) {
            let [Part::Line(one), Part::Line(next)] = pair else { continue };
            let step = (one.y() - next.y()) / body;
            if same_size(one.size(), body)
                && same_size(next.size(), body)
                && (0.8..2.5).contains(&step)
            {
                steps.push(step);
            }
        }
    }
    steps.sort_by(f32::total_cmp);
    // More lines go on a paragraph than begin one.
    steps.get(steps.len() / 3).copied().unwrap_or(1.2)
}

fn same_size(one: f32, other: f32) -> bool {
    (one - other).abs() <= SAME_SIZE * one.max(other)
}

/// Right edges of the lines of a column, by their left edges.
struct Edges {
    by_left: HashMap<i32, (usize, f32)>,
    widest: f32,
}

impl Edges {
    fn of(parts: &[Part], body: f32) -> Edges {
        let mut edges = Edges { by_left: HashMap::new(), widest: f32::NEG_INFINITY };
        for part in parts {
            let Part::Line(line) = part else { continue };
            // Headings may reach further, and footnotes.
            if !same_size(line.size(), body) {
                continue;
            }
            let (count, right) =
                edges.by_left.entry(key(line.x0())).or_insert((0, f32::NEG_INFINITY));
            (*count, *right) = (*count + 1, right.max(line.x1()));
            edges.widest = edges.widest.max(line.x1());
        }
        edges
    }

    /// How far to the right lines that start at this left edge may reach.
    fn right(&self, left: f32) -> f32 {
        match self.by_left.get(&key(left)) {
            Some((count, right)) if *count >= LINES_OF_EDGE => *right,
            _ => self.widest,
        }
    }
}

fn key(x: f32) -> i32 {
    (x / 3.0).round() as i32
}

impl Reader {
    fn page(&mut self, number: u32, parts: Vec<Part>) {
        self.column_ends();
        for column in parts.split_inclusive(|part| matches!(part, Part::Break)) {
            let edges = Edges::of(column, self.body);
            for part in column {
                match part {
                    Part::Line(line) => self.line(number, line, &edges),
                    Part::Table(rows) => self.table(number, rows),
                    Part::Break => self.column_ends(),
                }
            }
        }
    }

    /// What comes now does not stand under what came before.
    fn column_ends(&mut self) {
        let body = self.body;
        let is_body = |piece: &Piece| match piece {
            Piece::Paragraph(paragraph) => same_size(paragraph.size, body),
            Piece::Table(..) => false,
        };
        // Notes at the foot of the column stand between.
        let near = self.pieces.len().saturating_sub(12);
        self.waiting = self.pieces[near..].iter().rposition(is_body).map(|at| near + at);
    }

    fn line(&mut self, page: u32, line: &Line, edges: &Edges) {
        let text = text(line);
        let mark = self.mark(line, &text, edges);
        let body = same_size(line.size(), self.body);
        if line.size() > self.body && !body {
            // A heading: nothing goes on behind it.
            self.waiting = None;
        }
        // The first line of text in a column: what waits goes on, or is done.
        let waiting = if body { self.waiting.take() } else { None };
        let fresh = waiting.is_some() || self.waiting.is_some();
        let goes_on = match (waiting, mark, self.pieces.last()) {
            (_, Some(_), _) => None,
            (Some(at), ..) => self.flows(at, line, &text).then_some(at),
            (_, _, Some(Piece::Paragraph(last))) if !fresh || !last.follows_column(line) => {
                self.continues(last, line, &text, edges).then(|| self.pieces.len() - 1)
            }
            _ => None,
        };
        if let Some(Piece::Paragraph(paragraph)) = goes_on.and_then(|at| self.pieces.get_mut(at)) {
            paragraph.add(page, line, &text, &self.words);
            return;
        }
        let (words, left) = match mark {
            Some(len) => {
                (text[len..].trim_start(), line.runs.get(1).map_or(line.x0(), |run| run.x0))
            }
            None => (text.as_str(), line.x0()),
        };
        self.pieces.push(Piece::Paragraph(Paragraph {
            parts: vec![(page, words.to_owned())],
            size: line.size(),
            bold: is_bold(line),
            item: mark.is_some(),
            left,
            lines: 1,
            last: line.clone(),
        }));
    }

    /// The length of the mark of a list item at the head of a line.
    fn mark(&self, line: &Line, text: &str, edges: &Edges) -> Option<usize> {
        let len = marker(text)?;
        let apart = line.runs.len() > 1 && line.runs[0].text.trim().len() + 1 >= len;
        if apart || !text.starts_with(|c: char| c.is_alphanumeric() || c == '(' || c == '-') {
            return Some(len);
        }
        // "12. The" may be the end and the start of a sentence.
        match self.pieces.last() {
            Some(Piece::Paragraph(last)) => {
                let ended = last.item
                    || last.text().trim_end().ends_with(['.', ':', ';', '!', '?'])
                    || !self.continues(last, line, text, edges);
                ended.then_some(len)
            }
            _ => Some(len),
        }
    }

    /// Whether a line goes on the paragraph it stands under.
    fn continues(&self, paragraph: &Paragraph, line: &Line, text: &str, edges: &Edges) -> bool {
        let last = &paragraph.last;
        let (size, step) = (line.size(), last.y() - line.y());
        if !same_size(paragraph.size, size) || step <= 0.0 || step > APART * self.leading * size {
            return false;
        }
        let larger = size >= LARGER * self.body;
        let bold = is_bold(line);
        if paragraph.bold != bold && (bold || paragraph.lines <= 2) && !larger {
            return false;
        }
        if larger || bold {
            // The lines of a heading are short as they are.
            return true;
        }
        let em = size;
        let indented = line.x0() > last.x0() + 0.8 * em && (paragraph.lines > 1 || !paragraph.item);
        let outdented = paragraph.item && line.x0() < paragraph.left - 0.8 * em;
        if outdented || indented && !paragraph.item {
            return false;
        }
        // Had its first word room on the line before, then a line was meant to end there.
        let letters = text.chars().count().max(1) as f32;
        let width = (line.x1() - line.x0()) / letters;
        let word = text.split(' ').next().map_or(0, |word| word.chars().count()) as f32;
        let room = edges.right(last.x0()) - last.x1();
        room < (word + 1.0) * width + 0.3 * em
    }

    /// Whether a line at the head of a column goes on a paragraph at the foot of the one before.
    fn flows(&self, at: usize, line: &Line, text: &str) -> bool {
        let Some(Piece::Paragraph(paragraph)) = self.pieces.get(at) else { return false };
        let before = paragraph.text();
        let before = before.trim_end();
        let ended = before.ends_with(['.', '!', '?', ':', '"', '”', '…', ')']);
        let lower = text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        paragraph.bold == is_bold(line)
            && (!ended && (lower || paragraph.lines > 1 || before.ends_with([',', ';', '-', '–']))
                || lower
                    && text.starts_with(char::is_lowercase)
                    && before.ends_with([')', '”', '"']))
    }

    fn table(&mut self, page: u32, rows: &[Vec<(u32, String)>]) {
        let columns = |rows: &[Vec<(u32, String)>]| {
            rows.iter().flatten().map(|(column, _)| *column).max().unwrap_or(0)
        };
        // A table goes on, on the next page, often with its head once more.
        if let Some(Piece::Table(start, known)) = self.pieces.last_mut()
            && page > *start
            && columns(known) == columns(rows)
        {
            let again = usize::from(known.first() == rows.first());
            known.extend_from_slice(&rows[again..]);
            return;
        }
        self.pieces.push(Piece::Table(page, rows.to_vec()));
    }

    fn emit(self, builder: &mut Builder) {
        let mut sizes: Vec<i32> = self
            .pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Paragraph(p) if p.is_larger(self.body) => {
                    Some((p.size * 2.0).round() as i32)
                }
                _ => None,
            })
            .collect();
        sizes.sort_by(|a, b| b.cmp(a));
        sizes.dedup();
        let mut tables = 0;
        for piece in self.pieces {
            match piece {
                Piece::Paragraph(paragraph) => {
                    let kind = paragraph.kind(self.body, &sizes);
                    for (page, text) in &paragraph.parts {
                        builder.landmark(Landmark::Page(*page));
                        builder.add(text);
                    }
                    builder.end(kind, false);
                }
                Piece::Table(page, rows) => {
                    let mut table = Table::default();
                    for (row, cells) in rows.into_iter().enumerate() {
                        for (column, text) in cells {
                            table.add(row as u32, column, text);
                        }
                    }
                    table.end(&mut tables, builder, |_, _| Landmark::Page(page));
                }
            }
        }
    }
}

impl Paragraph {
    fn text(&self) -> &str {
        self.parts.last().map_or("", |(_, text)| text)
    }

    /// Whether a line stands higher than the last line: at the head of another column.
    fn follows_column(&self, line: &Line) -> bool {
        line.y() >= self.last.y()
    }

    fn is_larger(&self, body: f32) -> bool {
        let length: usize = self.parts.iter().map(|(_, text)| text.len()).sum();
        self.size >= LARGER * body && length <= HEADING
    }

    fn kind(&self, body: f32, sizes: &[i32]) -> BlockKind {
        let text = &self.parts[0].1;
        if self.is_larger(body) {
            let size = (self.size * 2.0).round() as i32;
            let rank = sizes.iter().position(|known| *known == size).unwrap_or(0);
            return BlockKind::Heading(rank.min(5) as u8 + 1);
        }
        let short = self.parts.len() == 1 && self.lines <= 2 && text.len() <= HEADING;
        if self.bold && short && !text.trim_end().ends_with(['.', ',', ';', ':', '?', '!']) {
            return BlockKind::Heading(sizes.len().min(5) as u8 + 1);
        }
        if self.item {
            return BlockKind::ListItem;
        }
        let mut words = text.split_whitespace();
        let label = matches!(words.next(), Some("Table" | "Figure" | "Fig." | "Chart" | "Exhibit"));
        if label
            && words.next().is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
        {
            return BlockKind::Caption;
        }
        BlockKind::Paragraph
    }

    /// Adds a line; a word that was broken at the end of the line before is mended.
    fn add(&mut self, page: u32, line: &Line, text: &str, words: &HashSet<String>) {
        let before = self.parts.last().map_or("", |(_, text)| text.trim_end());
        let hyphen = before.ends_with(['-', '\u{2010}', '\u{AD}']);
        let broken = hyphen
            && text.starts_with(char::is_alphanumeric)
            && before.chars().rev().nth(1).is_some_and(char::is_alphanumeric);
        let drop = broken && is_broken_word(before, text, words);
        if self.parts.last().is_some_and(|(last, _)| *last != page) {
            self.parts.push((page, String::new()));
        }
        let at = self.parts.len() - 1;
        if broken {
            // The word stands whole on the page where it starts.
            let from = if at > 0 && self.parts[at].1.is_empty() { at - 1 } else { at };
            let own = &mut self.parts[from].1;
            own.truncate(own.trim_end().len());
            if drop {
                own.pop();
            }
        } else {
            self.parts[at].1.push(' ');
        }
        self.parts[at].1.push_str(text);
        self.bold &= is_bold(line);
        self.lines += 1;
        self.last = line.clone();
    }
}

/// Whether a hyphen at the end of a line was put there to break a word, rather than being part of it.
fn is_broken_word(before: &str, after: &str, words: &HashSet<String>) -> bool {
    if before.ends_with('\u{AD}') {
        return true;
    }
    let letter = |c: char| c.is_alphabetic();
    let stem = before.trim_end_matches(['-', '\u{2010}']);
    let head = &stem[stem
        .rfind(|c| !letter(c))
        .map_or(0, |at| at + stem[at..].chars().next().map_or(1, char::len_utf8))..];
    let tail = &after[..after.find(|c| !letter(c)).unwrap_or(after.len())];
    if head.is_empty()
        || !tail.starts_with(char::is_lowercase)
        || stem.ends_with(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    let (head, tail) = (head.to_lowercase(), tail.to_lowercase());
    if TENS.contains(&head.as_str()) {
        return false;
    }
    if words.contains(&format!("{head}{tail}")) {
        return true;
    }
    // Fragments of a word are rarely words, both of them.
    !(words.contains(&format!("{head}-{tail}")) || words.contains(&head) && words.contains(&tail))
}

fn is_bold(line: &Line) -> bool {
    line.runs.iter().all(|run| run.bold)
}

/// The text of a line; page numbers behind dot leaders are left out.
fn text(line: &Line) -> String {
    let mut text = String::new();
    for run in &line.runs {
        let own = run.text.trim();
        if text.trim_end().ends_with("....") && own.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(own);
    }
    if let Some(dots) = text.find("....")
        && text[dots..].chars().all(|c| c == '.' || c == ' ' || c.is_ascii_digit())
    {
        text.truncate(dots);
    }
    text
}

/// The length of the mark of a list item at the head of a text, with the space behind it.
pub fn marker(text: &str) -> Option<usize> {
    let (mark, rest) = text.split_once(' ')?;
    if rest.trim().is_empty() {
        return None;
    }
    let mut chars = mark.chars();
    let (first, single) = (chars.next()?, mark.chars().count() == 1);
    let bullet = "•◦▪▫‣●○■□–—-*·➢✓o§".contains(first) || ('\u{F000}'..='\u{F0FF}').contains(&first);
    if single && bullet {
        return Some(mark.len() + 1);
    }
    let body = mark.strip_prefix('(').unwrap_or(mark);
    let inner = body.strip_suffix(')').or_else(|| mark.strip_suffix('.'))?;
    let number = inner.len() <= 3 && inner.bytes().all(|byte| byte.is_ascii_digit());
    let letter = inner.len() == 1 && inner.bytes().all(|byte| byte.is_ascii_lowercase());
    (!inner.is_empty() && (number || letter)).then_some(mark.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_list_items() {
        for text in
            ["• a slip", "- a slip", "1. a slip", "12) a slip", "(a) a slip", "\u{F0B7} a slip"]
        {
            assert_eq!(marker(text).map(|len| &text[len..]), Some("a slip"), "{text}");
        }
        for text in ["2019. Then", "A. Rundle", "a slip", "1.2 km", "• ", "Mr. Rundle"] {
            assert_eq!(marker(text), None, "{text}");
        }
    }

    #[test]
    fn words_broken_at_the_end_of_a_line() {
        let words: HashSet<String> =
            ["part", "time", "north-east", "harbour"].map(str::to_owned).into();
        assert!(is_broken_word("in the har-", "bour of", &words));
        assert!(is_broken_word("the authori-", "ties", &words));
        assert!(!is_broken_word("half of them part-", "time.", &words));
        assert!(!is_broken_word("in the north-", "east", &words));
        assert!(!is_broken_word("Thirty-", "one", &words));
        assert!(!is_broken_word("Anna-", "Maria", &words));
        assert!(!is_broken_word("2019-", "20", &words));
        assert!(is_broken_word("2019\u{AD}", "x", &words));
    }
}
