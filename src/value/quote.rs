//! Quotations.

use crate::source::Span;

/// How a quotation was marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Marks {
    /// Double marks, straight or typographic, guillemets, low-high.
    Double,
    /// Single marks.
    Single,
    /// A block quotation without marks.
    Block,
}

/// Words in quotation marks. The words themselves are read from the text at `inner`.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// The words inside the marks.
    pub inner: Span,
    /// The marks.
    pub marks: Marks,
    /// Who said it, if the text tells.
    pub speaker: Option<Speaker>,
    /// Whether the marks only set off a name, a title or a single word.
    pub scare: bool,
    /// The mark was opened and never closed before the paragraph ended.
    pub unclosed: bool,
}

/// Who said a quotation, as the text has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Speaker {
    /// As written nearest the quotation, or the full name found for it.
    pub name: String,
    /// Where the speaker is named.
    pub span: Span,
    /// "said", "according to", or nothing for a turn of a transcript.
    pub cue: Option<String>,
    /// Found for a pronoun, not named beside the quotation.
    pub resolved: bool,
}
