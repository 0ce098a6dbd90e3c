//! What tells two facts apart, and which of the two a claim speaks of by it.
//!
//! "The old mill made 48,300 tonnes and the new mill 51,700": the words that both facts have say
//! nothing of which one is meant, however many they are. What counts are the words that only one
//! of them has.

use crate::document::Document;
use crate::lexicon::{calendar, deeds, qualifiers};
use crate::source::Span;
use crate::statement::words::{TermId, Token, Vocabulary};
use crate::statement::{Frame, Statement};

/// How far a claim's words are those of one fact and not of another: the rarity-weighted sum over
/// the words that belong to the one clearly more closely, for each of the two, as shares of the
/// claim's frame.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pull {
    /// Towards the first fact.
    pub first: f32,
    /// Towards the second.
    pub second: f32,
}

/// A claim is pulled to the other fact of a sentence by this share of its words ...
pub const PULLED: f32 = 0.12;
/// ... and so many times more than to the fact that has its value.
const PULLED_RATIO: f32 = 3.0;

impl Pull {
    /// Whether the claim is pulled to the first fact, away from the second.
    pub fn draws(&self) -> bool {
        self.first >= PULLED && self.first >= PULLED_RATIO * self.second
    }
}

/// Words of a claim that are bound to it less than this are not its own.
const OWN: f32 = 0.3;

/// Holds the words of `claim` against two facts of one sentence of the report.
pub fn pull(
    claim: &Frame,
    (first, second): (&Statement, &Statement),
    report: &Document,
    vocabulary: &Vocabulary,
) -> Pull {
    let earlier_first = first.mention.span.start < second.mention.span.start;
    let (earlier, later) = if earlier_first { (first, second) } else { (second, first) };
    let (one, other) = belongings(earlier, later, report, vocabulary);
    let (one, other) = if earlier_first { (one, other) } else { (other, one) };
    let weight = |words: &[(TermId, f32)], term: TermId| {
        let found = words.iter().filter(|(word, _)| *word == term).map(|(_, weight)| *weight);
        found.fold(0.0, f32::max)
    };
    let mut pull = Pull::default();
    for word in claim.bonds.chunk_by(|a, b| a.word == b.word) {
        // Of several alternatives the nearest to the claim's own word that either fact has.
        let told = word.iter().filter(|bond| bond.weight >= OWN).find_map(|bond| {
            let (first, second) = (weight(&one, bond.term), weight(&other, bond.term));
            (first + second > 0.0)
                .then(|| (first - second) * bond.weight * vocabulary.rarity(bond.term))
        });
        let told = told.unwrap_or_default();
        if told > 0.0 {
            pull.first += told / claim.mass;
        } else {
            pull.second -= told / claim.mass;
        }
    }
    pull
}

/// Whether the headers of two cells of a table tell that a claim is of the first: it has words of that
/// one's frame alone and none of the other's alone.
pub fn by_headers(claim: &Frame, first: &Statement, second: &Statement) -> bool {
    let has = |cell: &Statement, term| cell.frame.bonds.iter().any(|bond| bond.term == term);
    let only = |here: &Statement, there: &Statement| {
        let mut own = claim.bonds.iter().filter(|bond| bond.weight >= OWN);
        own.any(|bond| has(here, bond.term) && !has(there, bond.term))
    };
    only(first, second) && !only(second, first)
}

/// What a word before two facts of one sentence keeps for the second, where that has a subject of
/// its own.
const LEFT_BEHIND: f32 = 0.4;

/// Words behind "of" for a whole that was told before: "58 complaints, of which 46".
pub(super) const THE_WHOLE: [&str; 5] = ["which", "whom", "them", "these", "those"];

/// A word with how far it belongs to a fact.
type Belonging = Vec<(TermId, f32)>;

/// The words of a sentence that belong to each of two of its facts. What stands between them is
/// parted at the last conjunction or mark; what stands before both belongs to both, unless the
/// later fact has words of its own before it ("and the new mill 51,700").
fn belongings(
    earlier: &Statement,
    later: &Statement,
    report: &Document,
    vocabulary: &Vocabulary,
) -> (Belonging, Belonging) {
    let one = earlier.mention.span;
    // "Walls up to 4 metres thick": the qualifier is the figure's.
    let other = Span { start: later.mention.start().max(one.end), end: later.mention.span.end };
    let words = vocabulary.words().within(earlier.sentence);
    let between = |at: u32| one.end <= at && at < other.start;
    // "By 11 minutes in the amber group and by 3 in the other": a conjunction parts them at any rate.
    let joins = |(span, token): &(Span, Token)| {
        *token == Token::Function && matches!(report.slice(*span), "and" | "but" | "while")
    };
    let parts = |word: &(Span, Token)| match word.1 {
        Token::Break(_) => true,
        Token::Function => {
            joins(word)
                || match report.slice(word.0) {
                    "or" | "against" | "with" => true,
                    "to" => word.0.end + 1 >= other.start,
                    _ => false,
                }
        }
        Token::Word(_) => false,
    };
    // "Phase 1 (17 km) and Phase 2 (25 km)", "and imports, at 25,": the mark before a figure that
    // no word follows does not part it from its subject; nor does that of "the others (n = 988)".
    let subject = words.iter().rposition(|(span, token)| {
        between(span.start) && span.len() > 1 && matches!(token, Token::Word(_))
    });
    let subject = subject.map_or(0, |at| words[at].0.end);
    let parted = words.iter().rev().find(|word| {
        let at = word.0.start;
        between(at) && (at < subject && parts(word) || joins(word))
    });
    // "148 billion go to pensions, 71 billion to health": what each is for stands behind it.
    let last = words.iter().rfind(|(span, _)| between(span.start));
    let last = last.filter(|(_, token)| matches!(token, Token::Break(1)));
    let followed = |at: u32| {
        let next = words.iter().find(|(span, _)| span.start >= at);
        next.is_some_and(|word| !matches!(word.1, Token::Break(_)) && !joins(word))
    };
    let behind_each = followed(one.end) && followed(other.end);
    let parted = last.filter(|_| behind_each).or(parted);
    let parted = parted.map_or(other.start, |(span, _)| span.start);
    // "36.4% of the one group and in 431 (38.3%) of the other": a number is no subject.
    let number = |span: Span| report.slice(span).starts_with(|c: char| c.is_ascii_digit());
    let own_subject = words.iter().any(|(span, token)| {
        matches!(token, Token::Word(_))
            && parted <= span.start
            && span.start < other.start
            && !number(*span)
    });
    let ended = words.iter().any(|(span, token)| between(span.start) && token.ends_clause());
    let own_subject = own_subject || ended;
    // "(of the £4.7 million) needed; the county pays £900,000": another clause.
    let mut marks =
        words.iter().filter(|(_, token)| token.ends_clause()).map(|(span, _)| span.start);
    let until = marks.clone().find(|&at| at >= other.end).unwrap_or(u32::MAX);
    // "They give £64 million; Norvia pays 22 million and Estmark 9": what stands before the clause of both
    // is of both.
    let clause = marks.rfind(|&at| at < one.start).unwrap_or(0);
    // "Of the 260 gauges, 84 were replaced": what the whole is of, its parts are of.
    let opens = Span { start: earlier.sentence.start.min(one.start), end: one.start };
    let opens = report.slice(opens).trim_end().to_lowercase();
    let whole = opens == "of" || opens == "of the";
    // "58 complaints, of which 46 were dismissed" tells it behind.
    let joint = report.slice(Span { start: one.end.min(other.start), end: other.start });
    let of_which = ends_with_whole(joint);
    // "Fourteen of our 32 classrooms": both count them.
    let mut joined = joint.split_whitespace();
    let part = joined.next() == Some("of") && joined.nth(1).is_none();
    let mark =
        words.iter().find(|(span, token)| between(span.start) && matches!(token, Token::Break(_)));
    let of_whole = mark.filter(|_| whole || of_which).map_or(0, |(span, _)| span.start);
    let verb = |span: &Span| is_verb(report.slice(*span));
    // "Donors gave 19.6 million, governments 8.9": the verb is of both.
    let gap = own_subject
        && !words
            .iter()
            .any(|(span, _)| parted <= span.start && span.start < other.start && verb(span));
    let gapped = words
        .iter()
        .rfind(|(span, token)| span.start < one.start && matches!(token, Token::Word(_)));
    let gapped = gapped.map(|(span, _)| *span).filter(|span| gap && verb(span));
    // "268 were seriously hurt and 1,102 slightly": so is all but how.
    let how = |from: u32, to: u32| {
        let mut here = words.iter().filter(|(span, token)| {
            from <= span.start && span.start < to && *token != Token::Function
        });
        here.find(|(span, _)| report.slice(*span).ends_with("ly")).map(|(span, _)| *span)
    };
    // "£41,000 more than its income": the income is something else.
    let tail = report.slice(later.behind());
    let than = tail.find(" than ").filter(|_| qualifiers::comparative_behind(tail).is_some());
    let until = than.map_or(until, |at| until.min(other.end + at as u32));
    // "Those on nights 6 hours 20 minutes, and day workers 7": the next item has its own words.
    let next_item = words.iter().find(|word| {
        word.0.start >= other.end && (joins(word) || matches!(word.1, Token::Break(_)))
    });
    let item_ends = next_item.map_or(until, |(span, _)| span.start.min(until));
    let behind = words.iter().filter(|(span, token)| {
        other.end <= span.start && span.start < item_ends && matches!(token, Token::Word(_))
    });
    let behind = behind.count();
    let until = if own_subject && behind == 0 { item_ends } else { until };
    // "In Oster 78% passed; in Hald only 58% did": what they did is of both.
    let elided = own_subject && behind == 0;
    // "In mathematics 18 percent of the papers failed, in English 6": so is all that is told of them.
    let opening = |from: u32| {
        let first = words.iter().find(|word| {
            word.0.start >= from && !matches!(word.1, Token::Break(_)) && !joins(word)
        });
        first.filter(|(_, token)| *token == Token::Function).map(|(span, _)| report.slice(*span))
    };
    let fronted = elided
        && opening(clause.max(earlier.sentence.start))
            .zip(opening(parted))
            .is_some_and(|(a, b)| a.eq_ignore_ascii_case(b) && !is_article(a));
    // "In the public sector the growth was 6.1% and in the private sector 4.9%": what stands behind as many
    // words as the later one has before it is of both.
    let topical = |from: u32, to: u32| {
        words.iter().filter(move |(span, token)| {
            from <= span.start && span.start < to && matches!(token, Token::Word(_))
        })
    };
    let behind_front = || {
        let fronts = topical(parted, other.start).count();
        topical(clause.max(earlier.sentence.start), one.start).nth(fronts)
    };
    let of_both = fronted.then(behind_front).flatten().map_or(u32::MAX, |(span, _)| span.start);
    // "Lind declared it at 9 and rolled it back at 10": the subject is of both.
    let mut after =
        words.iter().filter(|(span, _)| parted <= span.start && span.start < other.start);
    let next = after.find(|(_, token)| !matches!(token, Token::Break(_)));
    let and = next.is_some_and(|(span, _)| report.slice(*span) == "and");
    // "She married the painter in 1958; he died in 1999"
    let pronoun = next.is_some_and(|(span, _)| is_pronoun(report.slice(*span)));
    let one_subject = pronoun || and && after.next().is_some_and(|(span, _)| verb(span));
    // What the one subject did first is of the first: "she graduated in 1956 and took her doctorate in 1960".
    let mut acts = words.iter().filter(|(span, _)| (clause..one.start).contains(&span.start));
    let first_act = acts.find(|(span, _)| verb(span)).map_or(u32::MAX, |(span, _)| span.start);
    let done_first = match one_subject {
        true if pronoun => u32::MAX,
        true => first_act,
        false => 0,
    };
    // "2,300 soldiers and 540 firefighters are deployed": what both did is of both.
    let acted = words.iter().any(|(span, _)| between(span.start) && verb(span));
    let both = and && !own_subject && !acted;
    let done = words.iter().find(|(span, _)| other.end <= span.start && verb(span));
    let done = done.filter(|_| both).map_or(u32::MAX, |(span, _)| span.start);
    let alike = !own_subject && behind == 1 && how(other.end, until).is_some();
    let manner = how(one.end, other.start).filter(|_| alike);
    // "Including debt of $260 million the deal is worth $1.6 billion": the deal is told behind it.
    let is = |word: &str| matches!(word, "is" | "was" | "are" | "were");
    let told = words.iter().any(|(span, token)| {
        between(span.start) && *token == Token::Function && is(report.slice(*span))
    });
    let told = if told && parted == other.start { other.start } else { 0 };
    // "31% receive free meals, against 24% nationally": so do the 24%.
    let against = [", against ", ", compared with "].iter().any(|words| joint.ends_with(words));
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for &(span, token) in words {
        let Token::Word(stem) = token else { continue };
        let at = span.start;
        if at < one.start {
            let left = (own_subject || part)
                && at >= done_first
                && (clause..of_both).contains(&at)
                && gapped != Some(span);
            second.push((stem, if left { LEFT_BEHIND } else { 1.0 }));
            first.push((stem, 1.0));
        } else if between(at) && at < parted {
            first.push((stem, 1.0));
            let shared = against
                || at < told
                || elided && (fronted || verb(&span))
                || at < of_whole
                || manner.is_some_and(|manner| manner != span);
            second.extend(shared.then_some((stem, 1.0)));
        } else if at >= one.end && !(other.start <= at && at < other.end) && at < until {
            second.push((stem, 1.0));
            first.extend((at >= done || part).then_some((stem, 1.0)));
        }
    }
    (first, second)
}

/// Whether the later of two facts of a sentence is told as a part of the earlier: "58 complaints, of which
/// 46", "11 were hurt, two of them badly".
pub(super) fn is_part(later: &Statement, earlier: &Statement, report: &Document) -> bool {
    let between = Span { start: earlier.mention.span.end, end: later.mention.start() };
    let behind = report.slice(later.behind()).strip_prefix(" of ");
    between.start <= between.end
        && (ends_with_whole(report.slice(between))
            || behind.is_some_and(|tail| THE_WHOLE.iter().any(|word| tail.starts_with(word))))
}

fn ends_with_whole(joint: &str) -> bool {
    THE_WHOLE
        .iter()
        .any(|word| joint.trim_end().strip_suffix(word).is_some_and(|front| front.ends_with("of ")))
}

fn is_article(word: &str) -> bool {
    ["the", "a", "an"].iter().any(|known| known.eq_ignore_ascii_case(word))
}

fn is_pronoun(word: &str) -> bool {
    ["he", "she", "they", "it"].iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Whether a word is likely to be a verb of the past, or one that lists leave out behind the first item.
fn is_verb(word: &str) -> bool {
    word.ends_with("ed") || calendar::looks_back(word) || deeds::makes_gap(word)
}
