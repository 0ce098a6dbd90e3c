//! Markdown: CommonMark with GFM tables, footnotes and front matter, by pulldown-cmark.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::builder::Builder;
use super::{BlockKind, Cell};

/// Stands for inline code and pictures, so that a sentence keeps its shape.
const OBJECT: &str = "\u{FFFC}";

/// Reads a Markdown text.
pub fn read(source: &str, builder: &mut Builder) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut quoted = 0u32;
    let mut items = 0u32;
    let mut skip = 0u32;
    let mut cell = Cell { table: 0, row: 0, column: 0, header: false };
    let mut in_html = false;
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
                Tag::CodeBlock(_) | Tag::MetadataBlock(_) | Tag::Image { .. } => skip += 1,
                Tag::HtmlBlock => in_html = true,
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
                TagEnd::CodeBlock | TagEnd::MetadataBlock(_) | TagEnd::Image => {
                    skip = skip.saturating_sub(1)
                }
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
                if source.get(range.clone()) == Some(&*text) {
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
                builder.replace(" ", range.start, range.len())
            }
            Event::Html(html) if skip == 0 => super::html::read_part(&html, range.start, builder),
            _ => {}
        }
    }
    builder.end(BlockKind::Paragraph, false);
}

/// Whether what looks like inline code is words between a back-tick and the next, with the mark
/// that closes a quotation in between.
fn is_quotation(code: &str) -> bool {
    code.starts_with("` ") && code.contains(" '") && !code.contains('\n')
}

fn depth(level: HeadingLevel) -> u8 {
    level as u8
}
