//! What was found of a document, kept for the next run.
//!
//! An entry is met again only if nothing that could change the outcome has changed: the program, the
//! document's bytes and name, its references' bytes, names and dates, and every setting. What is not
//! whole, or cannot be read, is as good as not there.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::args::CacheArgs;
use super::files::DocumentFile;
use super::project::Source;
use crate::config::Config;
use crate::report::Checked;
use crate::report::diagnostic::shown;
use crate::rule::Settings;

/// A folder of entries, one for each document, so that it does not grow with every change.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// All that an outcome depends on, but for the document.
#[derive(Debug, Clone)]
pub struct Ground(blake3::Hasher);

/// All that an outcome depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(blake3::Hash);

/// So often old entries are looked for.
const SWEPT: Duration = Duration::from_secs(24 * 60 * 60);
/// An entry that was not written for so long is of a document that is gone, or soon made anew.
const OLD: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Tells the temporary files of one run apart.
static NUMBER: AtomicU32 = AtomicU32::new(0);
static SWEEP: Once = Once::new();
const TAG: &str = "CACHEDIR.TAG";

fn add(hasher: &mut blake3::Hasher, part: &[u8]) {
    // The length keeps ("ab", "c") apart from ("a", "bc").
    hasher.update(&(part.len() as u64).to_le_bytes());
    hasher.update(part);
}

impl Cache {
    /// The cache that the options ask for, if any.
    pub fn of(args: &CacheArgs) -> Option<Cache> {
        let folder = match &args.cache_dir {
            _ if args.no_cache => return None,
            Some(folder) => folder.clone(),
            None => usual_folder()?,
        };
        Some(Cache { folder: folder.join(env!("CARGO_PKG_VERSION")) })
    }

    /// What the outcomes of a group of documents have in common.
    pub fn ground(&self, references: &[Source], config: Option<&Config>) -> Ground {
        let mut hasher = blake3::Hasher::new();
        add(&mut hasher, env!("FACTLINT_BUILD").as_bytes());
        // Debug shows every field there is, also one that will be added.
        add(&mut hasher, format!("{:?}", config.map(|config| &config.settings)).as_bytes());
        for reference in references {
            add(&mut hasher, shown(&reference.file.path).as_bytes());
            add(&mut hasher, format!("{:?}", reference.file.date).as_bytes());
            add(&mut hasher, &reference.bytes);
            add(&mut hasher, reference.errata.as_ref().map_or("", |(_, text)| text).as_bytes());
        }
        Ground(hasher)
    }

    /// What was found of the document, if it is known.
    pub fn get(&self, file: &DocumentFile, key: Key) -> Option<Checked> {
        let text = std::fs::read(self.path(file)).ok()?;
        let end = memchr::memchr(b'\n', &text)?;
        let (head, body) = (&text[..end], &text[end + 1..]);
        if head != key.head(body).as_bytes() {
            return None;
        }
        serde_json::from_slice(body).ok()
    }

    /// Keeps what was found. A cache that cannot be written costs time and nothing else.
    pub fn put(&self, file: &DocumentFile, key: Key, checked: &Checked) {
        let Ok(body) = serde_json::to_vec(checked) else { return };
        let path = self.path(file);
        let Some(folder) = path.parent() else { return };
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let beside = folder.join(format!(".new-{}-{number}", std::process::id()));
        let write = || -> std::io::Result<()> {
            let mut new = std::fs::File::create(&beside)?;
            new.write_all(key.head(&body).as_bytes())?;
            new.write_all(b"\n")?;
            new.write_all(&body)?;
            drop(new);
            std::fs::rename(&beside, &path)
        };
        let missing = |error: &std::io::Error| error.kind() == std::io::ErrorKind::NotFound;
        let mut written = write();
        if written.as_ref().is_err_and(missing) && self.create(folder).is_ok() {
            written = write();
        }
        match written {
            Ok(()) => SWEEP.call_once(|| self.sweep()),
            Err(_) => drop(std::fs::remove_file(&beside)),
        }
    }

    /// Removes old entries, once a day.
    fn sweep(&self) {
        let older = |path: &Path, than: Duration| {
            let written = std::fs::metadata(path).and_then(|about| about.modified());
            written.is_ok_and(|written| written.elapsed().is_ok_and(|age| age > than))
        };
        if !older(&self.folder.join(TAG), SWEPT) || self.create(&self.folder).is_err() {
            return;
        }
        let inside = |folder: &Path| std::fs::read_dir(folder).into_iter().flatten().flatten();
        for folder in inside(&self.folder).filter(|entry| entry.path().is_dir()) {
            for entry in inside(&folder.path()).filter(|entry| older(&entry.path(), OLD)) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    /// The folder, marked for those who make copies of whole disks (<https://bford.info/cachedir/>).
    fn create(&self, folder: &Path) -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        let tag = self.folder.join(TAG);
        std::fs::write(tag, "Signature: 8a477f597d28d172789f06886806bc55\n# Made by factlint.\n")
    }

    fn path(&self, file: &DocumentFile) -> PathBuf {
        let name = blake3::hash(file.absolute.as_os_str().as_encoded_bytes()).to_hex();
        self.folder.join(&name[..2]).join(&name[2..34])
    }
}

impl Ground {
    /// The key of a document with these bytes under these settings.
    pub fn key(&self, file: &DocumentFile, bytes: &[u8], settings: &Settings) -> Key {
        let mut hasher = self.0.clone();
        add(&mut hasher, shown(&file.path).as_bytes());
        add(&mut hasher, format!("{settings:?}").as_bytes());
        add(&mut hasher, bytes);
        Key(hasher.finalize())
    }
}

impl Key {
    /// The first line of an entry: what it is for, and what its text must be.
    fn head(self, body: &[u8]) -> String {
        format!("factlint {} {}", self.0.to_hex(), blake3::hash(body).to_hex())
    }
}

/// Where programs of this system keep what can be worked out anew.
fn usual_folder() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let base = if cfg!(windows) {
        named("LOCALAPPDATA")?
    } else if cfg!(target_os = "macos") {
        named("HOME")?.join("Library/Caches")
    } else {
        match named("XDG_CACHE_HOME").filter(|folder| folder.is_absolute()) {
            Some(folder) => folder,
            None => named("HOME")?.join(".cache"),
        }
    };
    Some(base.join("factlint"))
}
