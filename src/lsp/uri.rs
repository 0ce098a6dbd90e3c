//! `file:` addresses and paths.

use std::path::{Path, PathBuf};

/// The path that an address names, if it is one of a file.
pub fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    // A host may stand before the path; only this one is ours.
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = decoded(path.split(['?', '#']).next()?)?;
    if !path.starts_with('/') {
        return None;
    }
    let drive = path.get(1..).filter(|rest| rest.as_bytes().get(1) == Some(&b':'));
    Some(PathBuf::from(drive.filter(|_| cfg!(windows)).unwrap_or(&path)))
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let digits = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match digits.filter(|_| first == b'%').map(|two| u8::from_str_radix(two, 16)) {
            Some(Ok(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// The address of an absolute path.
pub fn of(path: &Path) -> String {
    let path = path.to_string_lossy();
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() };
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_paths() {
        let odd = Path::new("/a b/ü#1?%41/[x].md");
        assert_eq!(path(&of(odd)).as_deref(), Some(odd));
        assert_eq!(path("file:///a%20b/%C3%BC.md").as_deref(), Some(Path::new("/a b/ü.md")));
        assert_eq!(path("file://localhost/a.md").as_deref(), Some(Path::new("/a.md")));
        // What is not escaped as it should be is taken as it stands.
        assert_eq!(path("file:///100%.md").as_deref(), Some(Path::new("/100%.md")));
        for no in
            ["untitled:Untitled-1", "https://x.org/a.md", "file://host/a.md", "", "file:///%FF"]
        {
            assert_eq!(path(no), None, "{no}");
        }
    }
}
