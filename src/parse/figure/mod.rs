//! Figures: numbers with what they are written with (currency, unit, per cent, range, qualifier).

mod context;
pub mod core;
mod list;
pub mod number;
mod range;

use self::core::{core, per};
use super::{At, Mention};
use crate::lexicon::{calendar, openers, qualifiers, units};
use crate::source::Span;
use crate::value::figure::{Direction, FigureKind, Per, Unit};
use crate::value::{Figure, Qualifier, Value};
pub use context::contact;
pub use list::lend;
pub use range::leads_from;

/// Reads the longest figure that starts here. Spans count from the start of `at.text`.
///
/// figure := (feet and inches | bounds | range | uncertain | core compound*) per?, with its
/// qualifier before or behind
pub fn figure(at: At<'_>) -> Option<Mention> {
    let rest = at.rest();
    if !starts(at) {
        return None;
    }
    let mut bounded = false;
    let mut core = match range::feet_and_inches(rest) {
        Some(whole) => whole,
        None => {
            let mut core = core(rest)?;
            context::settle(at, &mut core);
            let before = qualifier_before(at.text, at.pos).map(|(qualifier, _)| qualifier);
            if let Some(whole) = range::bounds(at, &core, before) {
                bounded = true;
                core = whole;
            } else if let Some(whole) = range::range(at, &core)
                .or_else(|| range::uncertain(at, &core))
                .or_else(|| range::ratio(at, &core))
            {
                core = whole;
            } else {
                while let Some(whole) = range::compound(at, &core) {
                    core = whole;
                }
            }
            core
        }
    };
    context::settle(at, &mut core);
    // "Serogroup 1 grew in 17 samples"
    let named = core.figure.kind == FigureKind::Fraction && context::label(at, core.len);
    if core.bare && !context::is_figure(at, core.len) || named || context::is_part(at, core.len) {
        return None;
    }
    let (mut figure, mut len) = (core.figure, core.len);
    if figure.per.is_none() {
        // "212 cases per 100,000": the counted thing may stand between.
        let rated = || {
            let things = counted_things(&rest[len..]).filter(|_| core.bare)?;
            let (unit, used) = per(&rest[len + things..], &figure)?;
            matches!(unit, Per::Number(_)).then_some((unit, things + used))
        };
        if let Some((unit, used)) = per(&rest[len..], &figure).or_else(rated) {
            figure.per = Some(unit);
            len += used;
        }
    }
    let span = Span::new(at.pos, at.pos + len);
    let mut mention = Mention { span, qualifier_span: None, value: Value::Figure(figure) };
    qualify(at, &mut mention, bounded);
    Some(mention)
}

/// Bytes of the words for what is counted right behind a number, before " per ".
fn counted_things(behind: &str) -> Option<usize> {
    const WORDS: usize = 3;
    let mut at = 0;
    for _ in 0..WORDS {
        let word = behind[at..].strip_prefix(' ')?;
        let end = word.find(|c: char| !c.is_ascii_lowercase()).filter(|end| *end > 0)?;
        at += 1 + end;
        if behind[at..].starts_with(" per ") {
            return Some(at);
        }
    }
    None
}

/// What to call the currency of an amount that was told by a name which several share: "franc".
pub fn shared_currency(figure: &Figure) -> Option<&'static str> {
    let Unit::Money(code) = &figure.unit else { return None };
    units::shared_name(code).filter(|_| figure.unit_assumed && !figure.minor)
}

/// Whether a figure can start here at all: the cheap refusal for most words.
fn starts(at: At<'_>) -> bool {
    let rest = at.rest();
    let before = at.before().chars().next_back();
    match rest.bytes().next() {
        Some(b'0'..=b'9') => !before.is_some_and(|c| {
            c.is_alphanumeric()
                || matches!(c, '.' | '/' | '_' | '#' | '@' | '-' | '+' | ':') && glued(at)
        }),
        Some(b'.') => {
            rest[1..].starts_with(|c: char| c.is_ascii_digit()) && before.is_none_or(|c| c == ' ')
        }
        Some(b'-' | b'+') => {
            let signed = rest[1..]
                .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '$' | '£' | '€'));
            signed
                && before.is_none_or(|c| matches!(c, ' ' | '(' | '<' | '>' | '=' | '~' | '≤' | '≥'))
        }
        Some(byte) if byte.is_ascii_alphabetic() => {
            if before.is_some_and(|c| c.is_alphanumeric() || c == '\'') {
                return false;
            }
            openers::figure(rest)
        }
        Some(b'$') => rest[1..].starts_with(|c: char| c.is_ascii_digit() || " .(U-".contains(c)),
        Some(byte) => {
            !byte.is_ascii() && (number::is_sign(rest) || units::currency_symbol(rest).is_some())
        }
        None => false,
    }
}

/// The sign before a digit joins it to a word or another number: "COVID-19", "2.4.1", "1:54.3".
fn glued(at: At<'_>) -> bool {
    let mut before = at.before().chars().rev();
    match before.next() {
        Some('.' | '/' | '_' | '#' | '@') => true,
        Some('-') if measured(at) => false,
        Some('-' | '+') => before.next().is_some_and(char::is_alphanumeric),
        Some(':') => before.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}

/// "magnitude-6.4": a number with decimals behind a plain word is measured, not named.
fn measured(at: At<'_>) -> bool {
    let word = at.before().trim_end_matches('-');
    let start = word.trim_end_matches(|c: char| c.is_ascii_lowercase()).len();
    let whole = at.rest().bytes().take_while(u8::is_ascii_digit).count();
    let tail = at.rest().as_bytes().get(whole..).unwrap_or_default();
    word.len() - start > 3
        && !word[..start].ends_with(char::is_alphanumeric)
        && matches!(tail, [b'.', b'0'..=b'9', ..])
}

/// Finds the qualifier beside a mention and the direction of what it measures.
fn qualify(at: At<'_>, mention: &mut Mention, bounded: bool) {
    let Value::Figure(figure) = &mut mention.value else { return };
    let mut span = None;
    if !bounded {
        (figure.qualifier, span) = qualifier_beside(at.text, mention.span);
        mention.qualifier_span = span;
    }
    let first = span.map_or(mention.span.start, |span| span.start.min(mention.span.start)) as usize;
    figure.direction =
        qualifiers::direction_before(At { pos: first, ..at }.before()).map(|(way, _)| way);
    figure.direction =
        figure.direction.or_else(|| direction_behind(&at.text[mention.span.end as usize..]));
    if figure.kind == FigureKind::Percent && figure.direction.is_none() {
        figure.direction = match at.text.as_bytes().get(mention.span.start as usize) {
            Some(b'+') => Some(Direction::Up),
            Some(b'-') => Some(Direction::Down),
            _ => None,
        };
    }
}

/// How far back a qualifier, or what denies it, may begin.
const REACH: usize = 48;

/// The qualifier right before or behind `span` of `text`, with its words.
pub fn qualifier_beside(text: &str, span: Span) -> (Option<Qualifier>, Option<Span>) {
    let end = span.end as usize;
    let before = qualifier_before(text, span.start as usize);
    // "€500 plus costs" is a sum, "€500 plus" a bound.
    let adds = |tail: &str| {
        tail.strip_prefix(" plus ").is_some_and(|tail| tail.starts_with(char::is_alphanumeric))
            && units::currency_symbol(&text[span.start as usize..end]).is_some()
    };
    let behind = qualifiers::starting(&text[end..])
        .filter(|_| !adds(&text[end..]))
        .map(|(qualifier, len)| (qualifier, Span::new(end, end + len)))
        .or_else(|| behind_noun(text, end));
    // "About five hundred or more" bounds, whatever it is about.
    let loose = |found: &(Qualifier, Span)| found.0 == Qualifier::About;
    let found = match (before, behind) {
        (Some(before), Some(behind)) if loose(&before) && !loose(&behind) => Some(behind),
        (before, behind) => before.or(behind),
    };
    found.unzip()
}

/// "(two) mutations at most": the qualifier behind the thing that was counted.
fn behind_noun(text: &str, end: usize) -> Option<(Qualifier, Span)> {
    let noun = text[end..].strip_prefix(' ')?;
    let len = noun.find(|c: char| !c.is_ascii_lowercase()).filter(|len| *len > 2)?;
    let start = end + 1 + len;
    let (qualifier, used) = qualifiers::closing(&text[start..])?;
    Some((qualifier, Span::new(start, start + used)))
}

/// The qualifier that ends right before byte `start` of `text`, with its words.
fn qualifier_before(text: &str, start: usize) -> Option<(Qualifier, Span)> {
    let before = text[..start].trim_end_matches([' ', '(']);
    let from = (0..=before.len().saturating_sub(REACH))
        .rev()
        .find(|&at| before.is_char_boundary(at))
        .unwrap_or(0);
    let mut lower = before[from..].to_ascii_lowercase();
    // "more than a score": the article belongs to the number.
    let article = ["a", "an", "the"].iter().find(|a| lower.ends_with(&format!(" {a}")));
    let mut offset = before.len();
    if let Some(article) = article {
        lower.truncate(lower.len() - article.len() - 1);
        offset -= article.len() + 1;
    }
    let (qualifier, len) = qualifiers::ending(&lower)?;
    // "Below the 95% that is needed" tells of something else that is below; "passed the one-billion
    // mark" and "more than the third" do not.
    let compares = || {
        let last = lower.rsplit(' ').next().unwrap_or_default();
        matches!(last, "than" | "below" | "under" | "above" | "over" | "beyond")
    };
    if article == Some(&"the") && compares() && !ordinal_follows(&text[start..]) {
        return None;
    }
    // "Turned over £212 million", "handed over 20 files"
    let verb = lower[..lower.len() - len].trim_end().rsplit(' ').next().unwrap_or_default();
    if lower.ends_with(" over") && qualifiers::goes_over(verb) {
        return None;
    }
    // "Must not cost more than 40", "won't be less than three"
    let turned = || denied(&lower[..lower.len() - len]);
    let qualifier = match qualifier {
        Qualifier::Over if turned() => Qualifier::AtMost,
        Qualifier::Under if turned() => Qualifier::AtLeast,
        qualifier => qualifier,
    };
    Some((qualifier, Span::new(offset - len, offset)))
}

/// Words between a denial and the bound that it turns round, and itself.
const DENIED_REACH: usize = 4;

/// Whether the words before a bound deny it.
fn denied(lower: &str) -> bool {
    let words = lower.trim_end().rsplit(' ').take(DENIED_REACH);
    let mut words = words.take_while(|word| !word.ends_with([',', ';', '.', ':', ')']));
    let denies = |word: &str| {
        matches!(word, "not" | "never" | "cannot") || word.ends_with("n't") || word.ends_with("n’t")
    };
    // "Not only more than 40"
    words.find(|word| denies(word) || *word == "only").is_some_and(denies)
}

/// Whether the number that starts `text` is an ordinal.
fn ordinal_follows(text: &str) -> bool {
    number::number(text).is_ok_and(|(_, number)| number.kind == number::Kind::Ordinal)
}

/// Words between a comparative and what it is held against.
const THAN_REACH: usize = 6;
/// Words of what it is held against.
const PERIOD_REACH: usize = 5;

/// "58 fewer than a year ago": more or less than at another time.
fn direction_behind(behind: &str) -> Option<Direction> {
    // "9% up on last year"
    let moved = |way: &str| {
        let rest = behind.strip_prefix(' ').and_then(|rest| rest.strip_prefix(way));
        rest.is_some_and(|rest| [" on ", " from ", " against "].iter().any(|w| rest.starts_with(w)))
    };
    let ways = [("up", Direction::Up), ("down", Direction::Down)];
    if let Some((_, direction)) = ways.into_iter().find(|(way, _)| moved(way)) {
        return Some(direction);
    }
    let (direction, len) = qualifiers::comparative_behind(behind)?;
    let mut words = behind[len..].split(' ').filter(|word| !word.is_empty());
    // "4% below last year's", "11 cm above the record" have no "than".
    if ["above", "below"].iter().any(|word| behind[..len].ends_with(word)) {
        return Some(direction);
    }
    words.by_ref().take(THAN_REACH).find(|word| *word == "than")?;
    let mut open = true;
    let clause = words.take(PERIOD_REACH).take_while(|word| {
        std::mem::replace(&mut open, !word.ends_with([',', ';', '.', ':', ')']))
    });
    // "2021", "2021/22"
    let year = |word: &str| {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        digits == 4 && (word.len() == 4 || word[4..].starts_with(['/', '-', '–']))
    };
    let past = |word: &str| {
        calendar::unit(word).is_some()
            || calendar::month(word).is_some()
            || qualifiers::is_held_against(word)
            || year(word)
    };
    let mut bare = clause.map(|word| {
        let word = word.trim_end_matches([',', ';', '.', ':', ')']);
        word.trim_end_matches("'s").trim_end_matches("’s").to_lowercase()
    });
    bare.any(|word| past(&word)).then_some(direction)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::scan::scan;

    /// The figures of a text, as "value unit", ranges with two dots; dates are left out.
    fn figures(text: &str) -> Vec<String> {
        let read = |mention: Mention| {
            let Value::Figure(figure) = mention.value else { return None };
            let unit = match &figure.unit {
                Unit::None => String::new(),
                Unit::Money(name) | Unit::Measure(name) => format!(" {name}"),
                other => format!(" {other:?}"),
            };
            let high = figure.high.map(|high| format!("..{high}")).unwrap_or_default();
            Some(format!("{}{high}{unit}", figure.low))
        };
        scan(text, None).into_iter().filter_map(read).collect()
    }

    #[test]
    fn forms_of_the_press() {
        for (text, expected) in [
            ("The 5-foot-10 keeper and his 6ft 2in rival", &["70 inch", "74 inch"][..]),
            ("a £2.1bn-a-year market", &["2100000000 GBP"]),
            ("a 900-square-foot flat", &["900 square foot"]),
            ("a deficit of $(8.4) million", &["-8400000 USD"]),
            ("At least one has died; no one else did", &["1"]),
            ("a third of a million people", &["333333.333333333333333333333333"]),
            ("closed at 298p on Friday, and 1080p video", &["2.98 GBP"]),
            ("lots of 4, 6 and 10 litres", &["4 liter", "6 liter", "10 liter"]),
            ("12 of 38 hectares", &["12 hectare", "38 hectare"]),
            ("a 0.4 percentage-point rise", &["0.4 PercentagePoint"]),
            ("up 20bps, or 3pc", &["20 BasisPoint", "3 Percent"]),
            ("lost by 2-0 and 3-1", &["2..0", "3..1"]),
            ("a ratio of 7:1", &["7..1"]),
            ("gained $2.10 to $64.20 a barrel", &["2.1 USD", "64.2 USD"]),
            ("it hit 38C (100F) in the shade", &["38 celsius", "100 fahrenheit"]),
            ("the dog weighs 60 pounds, and cost 60 pounds", &["60 pound", "60 GBP"]),
            ("a forty-pound sack, a forty-pound fine", &["40 pound", "40 GBP"]),
            ("80 kg (176 pounds)", &["80 kilogram", "176 pound"]),
            ("9 pounds 3 ounces", &["147 ounce"]),
            ("the 400m hurdles drew 2m viewers", &["400 meter", "2000000"]),
            ("20 usd, hk$ 30, 50 RON", &["20 USD", "30 HKD", "50 RON"]),
            ("odds of 1 in 50 million", &["0.00000002"]),
            ("sold 5,200 a year earlier, 5,200 a year", &["5200", "5200"]),
            ("3 metres/s2, 5 kg/m3, 7 km/s", &["3 meter", "5 kilogram", "7 kilometer per second"]),
            ("more than the third but fewer than the ninth", &["3..9"]),
            ("a couple of goats; the couple sold a pair of shoes", &["2", "2"]),
            ("a magnitude-5.8 tremor", &["5.8"]),
            ("a 🕴tremor-5.8", &["5.8"]),
            ("fatigue scores fell; scores of people came", &["40..199"]),
            ("passed by 412 to 187; cut by 412 to 187", &["412..187", "412", "187"]),
            (
                "It made 71.2 million euros. Cheese brought in 38.9 million. They sold 2 million cows.",
                &["71200000 EUR", "38900000 EUR", "2000000"],
            ),
            ("30-40,000 marched, a 5-to-7 percent rise", &["30000..40000", "5..7 Percent"]),
            ("3,4 million or 2,5%", &["3400000", "2.5 Percent"]),
            ("a one-in-four chance", &["0.25"]),
            ("serogroup 1 grew in 17 samples", &["17"]),
            ("rupees 700 crore", &["7000000000 INR"]),
            ("a 2-0 win, then 14-0", &["2..0", "14..0"]),
            ("weighed 12.5st, lost 7st on the 21st", &["12.5 stone", "7 stone", "21"]),
            ("2in of rain, a 25½in waist", &["2 inch", "25.5 inch"]),
            ("a 10k race with 10k runners", &["10 kilometer", "10000"]),
            (
                "a quarter point, half a percentage point",
                &["0.25 PercentagePoint", "0.5 PercentagePoint"],
            ),
            ("two to three hundred, half-a-million", &["200..300", "500000"]),
            (
                "1 in 3,000, one in 550",
                &["0.000333333333333333333333333333333", "0.00181818181818181818181818181818"],
            ),
            ("it peaked at 3.42 metres, 18 centimetres below", &["3.42 meter", "18 centimeter"]),
            ("a score of 61.The rest", &["61"]),
            ("61 hectares, up from 34 twenty years ago", &["61 hectare", "34 hectare"]),
            ("12%, up from 34 shops", &["12 Percent", "34"]),
            (
                "€64 million; the state pays 22 million of this and Holm 9 million",
                &["64000000 EUR", "22000000 EUR", "9000000 EUR"],
            ),
            ("€6 million and 2 million visitors", &["6000000 EUR", "2000000"]),
            (
                "£340 million to raise it from 7.5 to 11 million",
                &["340000000 GBP", "7500000", "11000000"],
            ),
            ("it rose by NOK 25 million to NOK 96 million", &["25000000 NOK", "96000000 NOK"]),
            ("whose colonies number 40,000 animals", &["40000"]),
            (
                "it rises from 15 to 25 cents, or 5 and 10 pence",
                &["0.15 USD", "0.25 USD", "0.05 GBP", "0.1 GBP"],
            ),
            ("it costs 25 cents, up from 20", &["0.25 USD", "0.2 USD"]),
            ("€1.20 a share (2022: 1.05)", &["1.2 EUR", "1.05 EUR"]),
            ("she will stage seven new plays in stage seven", &["7"]),
            ("it rises by €1,200 to 31,200.", &["1200 EUR", "31200 EUR"]),
            ("it raises the fine for a leak from €5 to €70", &["5 EUR", "70 EUR"]),
            ("64% were, against a target of 70.", &["64 Percent", "70 Percent"]),
            ("€12, 7 for children", &["12 EUR", "7 EUR"]),
            ("22 minutes by metro; the bus takes 50.", &[]),
            ("25 years on panels and ten on the inverter", &[]),
            ("4.8 tonnes a hectare, half a tonne less", &["4.8 metric ton", "0.5 metric ton"]),
            (
                "€412 million. Of these, 148 million go to pensions, 71 million to health",
                &["412000000 EUR", "148000000 EUR", "71000000 EUR"],
            ),
        ] {
            assert_eq!(figures(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_claim() {
        for text in [
            "Call 0800 123 4567 or +44 20 7946 0000.",
            "Dial 555-0199 now",
            "(0131) 496 0000",
            "see https://example.org/a?n=30%25%2020% for more",
            "She lives at 14 Old Mill Lane.",
            "agent 007 of the S&P 500 and the FTSE 100",
            "ARP-220, J1149.5+6663, Formula 1, Article 5",
            "a split second",
            "Report 5 follows",
            "Case No. 22-1478 and the class of '98",
            "the 9/11 attacks",
        ] {
            assert_eq!(figures(text), [""; 0], "{text}");
        }
    }
}
