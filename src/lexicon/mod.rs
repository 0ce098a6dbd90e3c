//! The data of `rules/` as typed tables.

pub mod calendar;
pub mod cues;
pub mod deeds;
pub mod entities;
pub mod kinds;
pub mod labels;
pub mod names;
pub mod numbers;
pub mod openers;
pub mod people;
pub mod qualifiers;
pub mod roles;
pub mod stages;
pub mod terms;
pub mod tolerances;
pub mod units;

use std::hash::{BuildHasherDefault, Hasher};

use serde::Deserialize;

/// Tables of words, by a hash that is quick for short keys. They hold what the program brought, so
/// that nobody can choose keys that meet.
pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Fnv>>;
pub(crate) type HashSet<K> = std::collections::HashSet<K, BuildHasherDefault<Fnv>>;

/// FNV-1a (Fowler, Noll, Vo).
#[derive(Debug, Clone)]
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
}

/// Every file of data of `rules/` as (path below it, its table as MessagePack), embedded at build
/// time.
pub const TABLES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// The other files, as text.
const TEXTS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/texts.rs"));

fn embedded<T: Copy>(files: &[(&str, T)], path: &str) -> T {
    match files.iter().find(|(name, _)| *name == path) {
        Some((_, file)) => *file,
        None => panic!("rules/{path} is not embedded"),
    }
}

/// What one embedded file of data says.
///
/// # Panics
/// If there is no such file, or if it is not of this form: the files come with the program, so a
/// test run finds it at once.
pub(crate) fn table<T: Deserialize<'static>>(path: &str) -> T {
    let table = rmp_serde::from_slice(embedded(TABLES, path));
    table.unwrap_or_else(|error| panic!("rules/{path}: {error}"))
}

/// The text of one embedded file.
///
/// # Panics
/// As [`table`].
pub(crate) fn text(path: &str) -> &'static str {
    embedded(TEXTS, path)
}

/// Bytes of the longest word that a table of words is asked for.
pub(crate) const LONGEST_WORD: usize = 24;

/// A word with its ASCII letters in lower case, without an allocation; none if it is longer than
/// any in a table.
pub(crate) fn lower<'b, const N: usize>(word: &str, buffer: &'b mut [u8; N]) -> Option<&'b str> {
    let buffer = buffer.get_mut(..word.len())?;
    buffer.copy_from_slice(word.as_bytes());
    buffer.make_ascii_lowercase();
    std::str::from_utf8(buffer).ok()
}
