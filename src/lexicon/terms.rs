//! Stand-in.

/// Stem.
pub fn stem(word: &str) -> String {
    frostem::Stemmer::new(frostem::Algorithm::English).stem(word).into_owned()
}
/// Stop word.
pub fn is_stopword(lower: &str) -> bool {
    [
        "the", "a", "of", "in", "and", "to", "that", "was", "is", "are", "were", "for", "on", "by",
        "with", "at",
    ]
    .contains(&lower)
}
/// Related.
pub fn related(_stem: &str) -> &'static [(&'static str, f32)] {
    &[]
}
/// Opposite.
pub fn opposite(_a: &str, _b: &str) -> bool {
    false
}
