//! Names for findings that outlive edits elsewhere in a document.

use std::collections::HashMap;

use super::diagnostic::Diagnostic;

/// A name for each finding of one document, in order: by what it says rather than by where it
/// stands, so that it stays the same when lines are added above. Findings that say the same are
/// numbered.
pub fn fingerprints(diagnostics: &[Diagnostic]) -> Vec<String> {
    let mut seen: HashMap<u64, u32> = HashMap::new();
    let mut one = |diagnostic: &Diagnostic| {
        let key = hash(diagnostic);
        let occurrence = seen.entry(key).and_modify(|count| *count += 1).or_insert(0);
        format!("{key:016x}-{occurrence}")
    };
    diagnostics.iter().map(&mut one).collect()
}

/// FNV-1a over rule, file name, claimed words and the values held against them.
fn hash(diagnostic: &Diagnostic) -> u64 {
    let name = diagnostic.place.path.rsplit('/').next().unwrap_or_default();
    let parts = [diagnostic.rule, name, &diagnostic.place.text];
    let values = diagnostic.evidence.iter().map(|proof| proof.value.as_str());
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts.into_iter().chain(values) {
        // 0xFF is in no UTF-8 text: it keeps ("ab", "c") apart from ("a", "bc").
        for byte in part.bytes().chain([0xFF]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}
