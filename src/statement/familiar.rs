//! How much of what a passage speaks of the reference speaks of too.

use super::frame::Terms;
use super::words::Token;
use crate::document::Document;

/// A passage is taken for one of the reference's topic until its words tell otherwise: as many of
/// its words as these count as known before the first is read.
const TRUST: f32 = 4.0;
/// A name cannot be put in other words: one that the reference never uses weighs so much more.
const NAME: f32 = 2.0;

/// The share of a block's words, and of those that stand over it, that the reference has, 0 to 1:
/// rare words weigh more, and a synonym counts as far as it is one. A few words tell little, so
/// that theirs is near 1.
pub fn familiarity<'a>(document: &Document, block: usize, terms: &mut impl Terms<'a>) -> f32 {
    let words = terms.words();
    let unknown = terms.rarity_unknown();
    let (mut known, mut all) = (TRUST * unknown, TRUST * unknown);
    let above = [
        document.row_header(block),
        document.column_header(block),
        document.heading_of(block),
        document.lead_in(block),
    ];
    let blocks = above.into_iter().flatten().chain([block]);
    for &sentence in blocks.flat_map(|block| &document.blocks[block].sentences) {
        for &(span, token) in words.within(sentence) {
            let Token::Word(word) = token else { continue };
            // A number is what the passage may have wrong.
            if words.stem(word).bytes().any(|byte| byte.is_ascii_digit()) {
                continue;
            }
            match terms.terms(word).first() {
                Some(&(term, bond)) => {
                    let rarity = terms.rarity(term);
                    (known, all) = (known + bond * rarity, all + rarity);
                }
                None => {
                    let name = span.start > sentence.start
                        && document.slice(span).starts_with(char::is_uppercase);
                    all += if name { NAME * unknown } else { unknown };
                }
            }
        }
    }
    known / all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::frame::LookUp;
    use crate::statement::words::{Vocabulary, Words};
    use std::path::Path;

    fn read(text: &str) -> Document {
        crate::document::read(Path::new("t.md"), text.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn a_passage_is_at_home_where_its_words_are() {
        let report = "The harbour board spent 4.2 million crowns on the new ferry quay in 2021.\n\n\
            Ferries carried 310,000 passengers to Tarrow Sound, and the pilots of the harbour \
            brought in 1,204 ships. The quay will be paid for by harbour dues until 2034.";
        let report = read(report);
        let vocabulary = Vocabulary::new(&report, &[]);
        let familiarity = |text: &str| {
            let document = read(text);
            let words = Words::new(&document);
            let last = document.blocks.len() - 1;
            super::familiarity(&document, last, &mut LookUp::new(&vocabulary, &words))
        };
        let home = familiarity("The board paid 4.2 million crowns for the quay of the ferries.");
        let few = familiarity("Twelve firemen.");
        let paraphrase =
            familiarity("Some 310,000 people crossed on ferries, and 1,204 ships were piloted in.");
        let foreign = "Police in the valley arrested nine men on Friday over the theft of paintings \
            from a museum, and a court will hear the case of the gang before winter.";
        let other = familiarity(foreign);
        let named = familiarity(&foreign.replace("a museum", "the Hollins Museum in Brackwater"));
        assert!(home > 0.9 && few > 0.6 && paraphrase > 0.6, "{home} {few} {paraphrase}");
        assert!(other < 0.5 && named < other, "{other} {named}");
        // A heading speaks for the lines below it.
        let line = "- 12 new posts in the second half";
        let below = familiarity(&format!("# Police of Brackwater in the valley\n\n{line}"));
        assert!(below < familiarity(line), "{below}");
    }
}
