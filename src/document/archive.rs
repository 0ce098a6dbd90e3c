//! ZIP packages of XML parts, unpacked within bounds.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::ReadError;
use super::xml::{Node, Xml};

/// The most that the parts that are read may unpack to, together. The text of the longest novels
/// takes a tenth of this as XML.
const UNPACKED: u64 = 128 << 20;

/// A package whose parts are read by name.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// So many bytes may still be unpacked.
    left: u64,
}

/// A relation of a part to another, as Open Packaging files state them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// What the source part calls it.
    pub id: String,
    /// The last word of its type: `styles`, `footnotes`, `slide`.
    pub kind: String,
    /// The name of the other part.
    pub target: String,
}

impl<'a> Archive<'a> {
    /// Opens a package.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        Ok(Archive { zip, left: UNPACKED })
    }

    /// The text of a part, if there is one of this name.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let mut file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(error)),
        };
        let mut bytes = Vec::new();
        let read = (&mut file).take(self.left + 1).read_to_end(&mut bytes);
        let read = read.map_err(|error| ReadError::new(format!("is damaged: {name}: {error}")))?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            let limit = UNPACKED >> 20;
            ReadError::new(format!("unpacks to more than {limit} MiB of text; split it"))
        })?;
        Ok(Some(decode(bytes)))
    }

    /// The text of a part that must be there.
    pub fn expect(&mut self, name: &str) -> Result<String, ReadError> {
        self.part(name)?.ok_or_else(|| ReadError::new(format!("is damaged: it holds no {name}")))
    }

    /// What a part refers to; `""` is the package itself.
    pub fn relations(&mut self, part: &str) -> Result<Vec<Relation>, ReadError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let rels = format!("{folder}/_rels/{name}.rels");
        let Some(text) = self.part(rels.trim_start_matches('/'))? else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        let mut xml = Xml::new(&text);
        while let Some(node) = xml.next()? {
            let Node::Open(element) = node else { continue };
            let [id, kind, target] = ["Id", "Type", "Target"].map(|name| element.get(name));
            if let (Some(id), Some(kind), Some(target)) = (id, kind, target)
                && element.get("TargetMode").as_deref() != Some("External")
            {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                found.push(Relation { id, kind, target: resolve(folder, &target) });
            }
        }
        Ok(found)
    }

    /// The main part of an Open Packaging file; `usual` if the file does not say.
    pub fn main_part(&mut self, usual: &str) -> Result<String, ReadError> {
        let main = self.relations("")?.into_iter().find(|r| r.kind == "officeDocument");
        Ok(main.map_or_else(|| usual.to_owned(), |relation| relation.target))
    }
}

/// The name of a part that another in `folder` refers to.
pub fn resolve(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            _ => steps.push(step),
        }
    }
    steps.join("/")
}

fn damaged(error: ZipError) -> ReadError {
    ReadError::new(match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            "is protected by a password; save it without one".to_owned()
        }
        error => format!("is damaged: {error}"),
    })
}

/// XML says itself how it is encoded; nearly all is UTF-8.
fn decode(bytes: Vec<u8>) -> String {
    let marked = encoding_rs::Encoding::for_bom(&bytes).map(|(encoding, _)| encoding);
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text),
        Err(error) => error.into_bytes(),
    };
    let declared = || {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(100)]);
        let (_, name) = head.split_once("encoding=")?;
        encoding_rs::Encoding::for_label(name.get(1..)?.split(['"', '\'']).next()?.as_bytes())
    };
    let encoding = marked.or_else(declared).unwrap_or(encoding_rs::UTF_8);
    encoding.decode(&bytes).0.into_owned()
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    /// A package of these parts.
    pub fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_bomb_is_refused_before_it_bursts() {
        let zeros = " ".repeat(20 << 20);
        let names: Vec<_> = (0..8).map(|n| format!("part{n}")).collect();
        let parts: Vec<_> = names.iter().map(|name| (name.as_str(), zeros.as_str())).collect();
        let bytes = package(&parts);
        assert!(bytes.len() < 1 << 20);
        let mut archive = Archive::open(&bytes).unwrap_or_else(|e| panic!("{}", e.message));
        let refused = names.iter().find_map(|name| archive.part(name).err());
        assert!(refused.is_some_and(|error| error.message.contains("more than 128 MiB")));
    }

    #[test]
    fn targets_are_seen_from_their_folder() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("ppt/slides", "../notes/./n1.xml"), "ppt/notes/n1.xml");
        assert_eq!(resolve("word", "/word/document.xml"), "word/document.xml");
        assert_eq!(resolve("", "../../etc/passwd"), "etc/passwd");
    }

    #[test]
    fn encodings_of_parts() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><p>caf\xe9</p>";
        assert!(decode(latin.to_vec()).contains("café"));
        assert_eq!(decode(b"\xff\xfe<\0p\0>\0".to_vec()), "<p>");
        assert_eq!(decode("\u{FEFF}<p>".into()), "<p>");
    }
}
