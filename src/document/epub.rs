//! EPUB: the chapters in their reading order, each an XHTML page.

use std::collections::HashMap;

use super::archive::{Archive, resolve};
use super::builder::Builder;
use super::landmark::Landmark;
use super::xml::{Node, Xml};
use super::{ReadError, html};

/// Reads an EPUB.
pub fn read(bytes: &[u8], builder: &mut Builder) -> Result<(), ReadError> {
    let mut archive = Archive::open(bytes)?;
    let container = archive.expect("META-INF/container.xml")?;
    let mut package = None;
    let mut xml = Xml::new(&container);
    while let Some(node) = xml.next()? {
        if let Node::Open(element) = node
            && element.name() == "rootfile"
            && package.is_none()
        {
            package = element.get("full-path");
        }
    }
    let package =
        package.ok_or_else(|| ReadError::new("is damaged: it does not name its contents"))?;
    let contents = archive.expect(&package)?;
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder);
    let locked = archive.part("META-INF/encryption.xml")?.unwrap_or_default();
    let mut chapter = 0;
    for target in chapters(&contents)? {
        let name = resolve(folder, &percent_decoded(&target));
        if locked.contains(&format!("\"{name}\"")) {
            return Err(ReadError::new(
                "is locked against copying (DRM); a file without the lock is needed",
            ));
        }
        let Some(page) = archive.part(&name)? else { continue };
        chapter += 1;
        builder.landmark(Landmark::Chapter(chapter));
        html::read(&page, builder);
    }
    Ok(())
}

/// The files of the spine, in order, without tables of contents.
fn chapters(contents: &str) -> Result<Vec<String>, ReadError> {
    let mut files: HashMap<String, String> = HashMap::new();
    let mut spine = Vec::new();
    let mut xml = Xml::new(contents);
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        match element.name() {
            "item" => {
                let kind = element.get("media-type").unwrap_or_default();
                let navigation = element.get("properties").is_some_and(|properties| {
                    properties.split_whitespace().any(|word| word == "nav")
                });
                if let (Some(id), Some(href)) = (element.get("id"), element.get("href"))
                    && kind.contains("html")
                    && !navigation
                {
                    files.insert(id, href);
                }
            }
            "itemref" if element.get("linear").as_deref() != Some("no") => {
                spine.extend(element.get("idref"));
            }
            _ => {}
        }
    }
    // Each file once, however often it is named.
    Ok(spine.into_iter().filter_map(|id| files.remove(&id)).collect())
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::document::archive::tests::package;
    use crate::document::read;

    #[test]
    fn chapters_in_their_order() {
        let contents = "<package><manifest><item id='a' href='b%20c.xhtml' media-type='application/xhtml+xml'/>\
            <item id='n' href='n.xhtml' properties='nav' media-type='application/xhtml+xml'/>\
            <item id='z' href='z.xhtml' media-type='application/xhtml+xml'/></manifest>\
            <spine><itemref idref='n'/><itemref idref='z'/><itemref idref='a'/><itemref idref='a'/></spine></package>";
        let bytes = package(&[
            ("mimetype", "application/epub+zip"),
            (
                "META-INF/container.xml",
                "<container><rootfiles><rootfile full-path='o/c.opf'/></rootfiles></container>",
            ),
            ("o/c.opf", contents),
            (
                "o/b c.xhtml",
                "<html><head><title>x</title></head><body><h1>Two</h1><p>12 boats</p></body></html>",
            ),
            ("o/z.xhtml", "<html><body><p>One</p></body></html>"),
            ("o/n.xhtml", "<html><body><p>Contents 1</p></body></html>"),
        ]);
        let read = read(Path::new("a.epub"), bytes).unwrap_or_else(|e| panic!("{}", e.message));
        assert_eq!(read.text, "One\nTwo\n12 boats\n");
        assert_eq!(read.landmark(read.blocks[2].span).unwrap().to_string(), "chapter 2");
    }
}
