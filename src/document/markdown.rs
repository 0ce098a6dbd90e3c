//! Markdown: CommonMark with GFM tables, footnotes and front matter, by pulldown-cmark; of MDX the text.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::builder::{self, Builder};
use super::markup::OBJECT;
use super::{BlockKind, Cell};

/// What of the front matter is printed.
const PRINTED: &[&str] =
    &["title", "subtitle", "description", "summary", "abstract", "excerpt", "lead"];

/// Expressions nest a few levels deep.
const NESTING: i32 = 20;

/// Reads Markdown with JavaScript and components in it.
pub fn read_mdx(source: &str, builder: &mut Builder) {
    read(&masked(source), builder);
}

/// The text with spaces in the place of imports, components and expressions.
fn masked(source: &str) -> String {
    let mut bytes = source.as_bytes().to_vec();
    let mut blank = |from: usize, to: usize| {
        bytes[from..to].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    };
    let mut at = 0;
    let (mut after_blank, mut code) = (true, false);
    for line in source.split_inclusive('\n') {
        let is_blank = line.trim().is_empty();
        code = !is_blank
            && (code
                || after_blank && (line.starts_with("import ") || line.starts_with("export ")));
        if code {
            blank(at, at + line.len());
        }
        after_blank = is_blank;
        at += line.len();
    }
    let mut pos = 0;
    while let Some(found) = memchr::memchr2(b'{', b'<', &source.as_bytes()[pos..]) {
        let open = pos + found;
        let body = &source.as_bytes()[open..];
        let component = body[0] == b'<'
            && body
                .iter()
                .find(|byte| **byte != b'<' && **byte != b'/')
                .is_some_and(u8::is_ascii_uppercase);
        let expression = body[0] == b'{' && source[..open].bytes().next_back() != Some(b'\\');
        let end = if component || expression { code_end(body) } else { None };
        if let Some(end) = end {
            blank(open, open + end);
        }
        pos = open + end.unwrap_or(1);
    }
    // Whole characters were replaced.
    String::from_utf8(bytes).unwrap_or_else(|_| source.to_owned())
}

/// Where the expression or component tag at the head of `body` ends, near by.
fn code_end(body: &[u8]) -> Option<usize> {
    let tag = body[0] == b'<';
    let mut depth = 0;
    for (at, byte) in body.iter().enumerate().take(2000) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b'>' if tag && depth == 0 && body[at - 1] != b'=' => return Some(at + 1),
            _ => {}
        }
        if depth > NESTING {
            return None;
        }
        if !tag && depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// Adds the title and the like of a front matter.
fn front_matter(text: &str, at: usize, builder: &mut Builder) {
    let mut start = at;
    for line in text.split_inclusive('\n') {
        let parts = line.split_once(": ").or_else(|| line.split_once(" = "));
        if let Some((key, value)) = parts
            && PRINTED.contains(&key.trim())
            && !line.starts_with([' ', '\t', '#'])
        {
            let words = value.trim();
            let plain = words.trim_matches(['"', '\'']);
            let offset = line.len() - value.len() + (value.len() - value.trim_start().len());
            let quote = words.len() - words.trim_start_matches(['"', '\'']).len();
            // "|" and ">" announce lines that follow, "[" and "{" lists.
            if !plain.starts_with(['|', '>', '[', '{', '&', '*']) {
                builder.push(plain, start + offset + quote);
                let title = key.trim() == "title";
                builder
                    .end(if title { BlockKind::Heading(1) } else { BlockKind::Paragraph }, false);
            }
        }
        start += line.len();
    }
}

/// Reads a Markdown text.
pub fn read(source: &str, builder: &mut Builder) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut quoted = 0u32;
    let mut items = 0u32;
    let mut skip = 0u32;
    let mut cell = Cell { table: 0, row: 0, column: 0, header: false };
    let mut in_html = false;
    let mut raised = false;
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        let body = |builder: &mut Builder, quoted: u32, items: u32| {
            let kind = if items > 0 { BlockKind::ListItem } else { BlockKind::Paragraph };
            builder.end(kind, quoted > 0);
        };
        match event {
            Event::Start(tag) => match tag {
                Tag::BlockQuote(_) => {
                    body(builder, quoted, items);
                    quoted += 1;
                }
                Tag::Item => {
                    body(builder, quoted, items);
                    items += 1;
                }
                Tag::Paragraph | Tag::Heading { .. } | Tag::List(_) => body(builder, quoted, items),
                Tag::Table(_) => {
                    body(builder, quoted, items);
                    cell.row = 0;
                    cell.column = 0;
                }
                Tag::TableHead => cell.header = true,
                Tag::TableRow => cell.header = false,
                Tag::MetadataBlock(_) => {
                    skip += 1;
                    let text = &source[range.clone()];
                    front_matter(text, range.start, builder);
                }
                // What is struck out was taken back.
                Tag::CodeBlock(_) | Tag::Image { .. } | Tag::Strikethrough => skip += 1,
                Tag::HtmlBlock => {
                    in_html = true;
                    super::html::read_part(&source[range.clone()], range.start, builder);
                }
                _ => {}
            },
            Event::End(tag) => match tag {
                TagEnd::BlockQuote(_) => {
                    body(builder, quoted, items);
                    quoted = quoted.saturating_sub(1);
                }
                TagEnd::Item => {
                    body(builder, quoted, items);
                    items = items.saturating_sub(1);
                }
                TagEnd::Paragraph | TagEnd::List(_) | TagEnd::FootnoteDefinition => {
                    body(builder, quoted, items)
                }
                TagEnd::Heading(level) => {
                    builder.end(BlockKind::Heading(depth(level)), quoted > 0);
                }
                TagEnd::TableCell => {
                    builder.end(BlockKind::Cell(cell), quoted > 0);
                    cell.column += 1;
                }
                TagEnd::TableHead | TagEnd::TableRow => {
                    cell.row += 1;
                    cell.column = 0;
                }
                TagEnd::Table => cell.table += 1,
                TagEnd::CodeBlock
                | TagEnd::MetadataBlock(_)
                | TagEnd::Image
                | TagEnd::Strikethrough => skip = skip.saturating_sub(1),
                TagEnd::HtmlBlock => {
                    in_html = false;
                    body(builder, quoted, items);
                }
                _ => {}
            },
            Event::Text(text) if skip == 0 => {
                if in_html {
                    continue;
                }
                if raised && text.bytes().all(|byte| byte.is_ascii_digit()) {
                    let high = builder::raised(builder.block(), &text);
                    builder.replace(&high, range.start, range.len());
                } else if source.get(range.clone()) == Some(&*text) {
                    builder.push(&text, range.start);
                } else if let Some(body) = source
                    .get(range.clone())
                    .and_then(|s| s.strip_prefix('\\'))
                    .filter(|s| *s == &*text)
                {
                    builder.push(body, range.start + 1);
                } else {
                    builder.replace(&text, range.start, range.len());
                }
            }
            // "` We agree ' ": tokenised text has a back-tick for the mark that opens.
            Event::Code(_) if skip == 0 && is_quotation(&source[range.clone()]) => {
                builder.push(&source[range.clone()], range.start);
            }
            Event::Code(_) if skip == 0 => builder.replace(OBJECT, range.start, range.len()),
            Event::SoftBreak | Event::HardBreak if skip == 0 => {
                let behind = &source[range.end..];
                let (line, rest) = behind.split_once('\n').unwrap_or((behind, ""));
                if is_turn(line) && (is_turn(builder.block()) || is_turn(rest)) {
                    body(builder, quoted, items);
                } else {
                    builder.line_break(range.start, range.len());
                }
            }
            Event::InlineHtml(tag) => {
                let (closing, name) = tag_name(&tag);
                match name.as_str() {
                    "br" if skip == 0 => builder.line_break(range.start, range.len()),
                    "q" if skip == 0 => {
                        let mark = if closing { "”" } else { "“" };
                        builder.replace(mark, range.start, range.len());
                    }
                    "sup" => raised = !closing,
                    "del" | "s" | "strike" | "script" | "style" => {
                        skip = if closing { skip.saturating_sub(1) } else { skip + 1 };
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    builder.end(BlockKind::Paragraph, false);
}

/// Words of a speaker's name or office, at most, and its bytes.
const LABEL: (usize, usize) = (4, 40);

/// Whether a line begins with whoever speaks: "Project Manager: ", "**Lind:** ".
fn is_turn(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '*', '_']);
    let head = &line[..line.floor_char_boundary(LABEL.1)];
    let Some((label, behind)) = head.split_once(':') else { return false };
    let mut words = label.split(' ');
    let named = words.by_ref().take(LABEL.0).all(|word| word.starts_with(char::is_uppercase));
    named && words.next().is_none() && behind.starts_with([' ', '*', '_'])
}

/// Whether a tag closes an element, and which.
fn tag_name(tag: &str) -> (bool, String) {
    let body = tag.trim_start_matches('<');
    let name = body.trim_start_matches('/');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    (name.len() < body.len(), name[..end].to_ascii_lowercase())
}

/// Whether what looks like inline code is words between a back-tick and the next, with the mark
/// that closes a quotation in between.
fn is_quotation(code: &str) -> bool {
    code.starts_with("` ") && code.contains(" '") && !code.contains('\n')
}

fn depth(level: HeadingLevel) -> u8 {
    level as u8
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::document::read as read_document;

    #[test]
    fn what_is_read() {
        for (name, text, expected) in [
            (
                "a.md",
                "---\ntitle: \"Boats: 12\"\nweight: 9\ndescription: One line.\n---\n\nIt.",
                "Boats: 12 One line. It.",
            ),
            (
                "a.md",
                "It was ~~12~~ 14 km<sup>2</sup>,<br>5<!-- 9 --> and <q>so</q> `9` ![9](9.png).",
                "It was 14 km², 5 and “so” \u{FFFC} .",
            ),
            (
                "a.md",
                "# Built {#b9 .c}\n\n<table>\n<tr><td>1</td>\n<td>2</td></tr>\n</table>\n\n- [x] done[^1]\n\n[^1]: A note.",
                "Built 1 2 done A note.",
            ),
            (
                "a.mdx",
                "import {a} from 'x9'\n\nIt is <Figure data={[1, {b: 2}]} f={() => 3}>12</Figure> {9 * {a}.b}high, <b>5</b>.",
                "It is 12 high, 5.",
            ),
        ] {
            let read = read_document(Path::new(name), text.into()).unwrap();
            assert_eq!(read.text.trim_end().replace('\n', " "), expected, "{text}");
        }
    }

    #[test]
    fn turns_are_blocks() {
        let text =
            "Anna Lind: It is wide.\nHarbour Master: Not so\nwide: it is long.\nAnna Lind: Oh.";
        let read = read_document(Path::new("a.md"), text.into()).unwrap();
        let blocks: Vec<&str> = read.blocks.iter().map(|block| read.slice(block.span)).collect();
        assert_eq!(
            blocks,
            [
                "Anna Lind: It is wide.",
                "Harbour Master: Not so wide: it is long.",
                "Anna Lind: Oh."
            ]
        );
    }

    #[test]
    fn html_blocks_are_read_whole() {
        let text = "<table>\n<tr><td>Berth</td>\n<td>2019</td></tr><tr>\n<td>North</td>\n<td>12</td></tr></table>\n";
        let read = read_document(Path::new("a.md"), text.into()).unwrap();
        assert!(read.column_header(3).is_some());
        let place = read.source_span(read.blocks[3].span).range();
        assert_eq!(&text[place], "12");
    }
}
