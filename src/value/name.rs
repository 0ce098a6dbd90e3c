//! Names of persons, organisations and places.

/// What a name names, as far as its words tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// A person: a title, a speech verb or a known first name shows it.
    Person,
    /// An organisation, institute, body.
    Organisation,
    /// A place.
    Place,
    /// Anything else with capital letters.
    Other,
}

/// A name as written. Its words are read from the text at the mention's span.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// What it names.
    pub kind: NameKind,
    /// Titles and ranks written before or after it, in canonical form.
    pub titles: Vec<String>,
}
