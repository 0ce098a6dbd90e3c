//! Figures that share what is said once: behind the last ("5, 7 and 9 km", "5 of 9 km", "from 5 to 9
//! km") or behind the first ("9 km, up from 5", "9 km, 4 more than planned").

use crate::lexicon::numbers::NumberWord;
use crate::lexicon::{calendar, numbers, qualifiers, terms};
use crate::parse::Mention;
use crate::value::figure::{FigureKind, Unit};
use crate::value::{Decimal, Figure, Value};

/// Lets the figures of a text, `found` in order, lend each other what only one of them was told.
pub fn lend(text: &str, found: &mut [Mention]) {
    share_ends(text, found);
    share_units(text, found);
    keep_units(text, found);
    keep_times(text, found);
    split_amounts(text, found);
    before_in_brackets(text, found);
}

/// Items of the longest list that shares a unit.
const MOST: usize = 12;

/// Gives the bare numbers of a list the unit of its last item. All but the last two are joined by
/// commas, the last by "and" or "or".
fn share_units(text: &str, found: &mut [Mention]) {
    for last in 1..found.len() {
        let Value::Figure(figure) = &found[last].value else { continue };
        let digits =
            text[found[last].span.start as usize..].starts_with(|c: char| c.is_ascii_digit());
        let behind = matches!(figure.unit, Unit::Measure(_) | Unit::Percent)
            || matches!(figure.unit, Unit::Money(_)) && digits;
        let behind = behind && figure.high.is_none();
        if !behind || !measured(figure) {
            continue;
        }
        let (unit, size) = (figure.clone(), as_written(figure));
        let mut joints: &[&str] = &[" and ", " or ", ", and ", ", or ", " & ", " against "];
        for item in (last.saturating_sub(MOST)..last).rev() {
            let between = &text[found[item].span.end as usize..found[item + 1].span.start as usize];
            let Value::Figure(figure) = &found[item].value else { break };
            // "12 of 38 hectares": the part is measured as the whole is.
            let part = between == " of "
                && item + 1 == last
                && unit.kind == FigureKind::Quantity
                && !figure.in_words
                && figure.low < size;
            // "From 1,150 to 1,200 crowns", "by 0.8 to 41.2 square kilometres"
            let before = &text[..found[item].span.start as usize];
            let change = between == " to "
                && item + 1 == last
                && ["from ", "by "].iter().any(|word| before.ends_with(word));
            // "1,250, or 11%": the same told otherwise, not one of three.
            let restated = between == ", or "
                && !item.checked_sub(1).is_some_and(|more| {
                    &text[found[more].span.end as usize..found[item].span.start as usize] == ", "
                });
            let Value::Figure(figure) = &mut found[item].value else { break };
            if restated
                || !(part || change || joints.contains(&between))
                || !bare(figure)
                || !alike(figure.low, size, SPREAD)
            {
                break;
            }
            measure_as(figure, &unit);
            joints = &[", "];
        }
    }
}

/// Gives the first of two ends of a change what only the second was told: the scale word ("from 7.5 to 11
/// million"), the unit of time ("from 55 to 40 minutes").
fn share_ends(text: &str, found: &mut [Mention]) {
    for last in 1..found.len() {
        let (before, behind) = found.split_at_mut(last);
        let (first, last) = (&mut before[last - 1], &behind[0]);
        let between = &text[first.span.end as usize..last.span.start as usize];
        if between != " to " || !text[..first.span.start as usize].ends_with("from ") {
            continue;
        }
        let Value::Figure(from) = &mut first.value else { continue };
        // "From 5,200 to 1,900 a year"
        if let Value::Figure(to) = &last.value
            && from.per.is_none()
            && from.unit == to.unit
        {
            from.per.clone_from(&to.per);
        }
        if !bare(from) {
            continue;
        }
        match &last.value {
            Value::Duration(to) => {
                if let Some(time) = to.with_amount(from.low) {
                    first.value = Value::Duration(time);
                }
            }
            Value::Figure(to) => share_scale(&text[last.span.range()], from, to),
            _ => {}
        }
    }
}

/// Gives a bare number the scale word of the figure that it changes to, whose words are `words`.
fn share_scale(words: &str, from: &mut Figure, to: &Figure) {
    let scale = words.rsplit(' ').find_map(|word| match numbers::number_word(word) {
        Some(NumberWord::Scale(power)) => Decimal::power_of_ten(power),
        _ => None,
    });
    let Some(scale) = scale.filter(|_| !from.in_words && from.step < to.step) else { return };
    if let (Some(low), Some(step)) = (from.low.checked_mul(scale), from.step.checked_mul(scale))
        && alike(low, to.low, CHANGE)
    {
        (from.low, from.step) = (low, step);
    }
}

/// Gives a bare number that tells of a change the unit of the figure before it.
fn keep_units(text: &str, found: &mut [Mention]) {
    for number in 1..found.len() {
        let Value::Figure(figure) = &found[number].value else { continue };
        if !bare(figure) || figure.in_words {
            continue;
        }
        let span = found[number].span;
        let mut before = found[..number].iter().rev().take(BETWEEN + 1);
        let Some(Mention { span: first, value: Value::Figure(first_figure), .. }) =
            before.find(|mention| matches!(mention.value, Value::Figure(_)))
        else {
            continue;
        };
        let (between, behind) =
            (&text[first.end as usize..span.start as usize], &text[span.end as usize..]);
        let dated = found.get(number + 1).is_some_and(|next| {
            next.span.start == span.end + 1 && matches!(next.value, Value::Date(_))
        });
        let kept = measured(first_figure)
            && first_figure.high.is_none()
            && alike(as_written(first_figure), figure.low, CHANGE)
            && !between.contains('\n')
            // "Turnover was 71.2 million crowns. Cheese brought in 38.9 million"
            && (!between.contains('.') || scaled(first_figure) && scaled(figure))
            && (bracketed(between, behind)
                || !between.contains(':')
                    && (moved(between) && (dated || alone(behind))
                        || compared(between) && alone(behind)
                        || parallel(between, behind)
                        || between == ", " && gap(behind)
                        || of_this(behind)
                        // "It rises by 1,200 crowns to 31,200", but "fell by 17% to 1,240".
                        || between == " to "
                            && alone(behind)
                            && (first_figure.kind != FigureKind::Percent
                                || !figure.low.is_integer())
                            && text[..first.start as usize].ends_with("by ")
                        || scaled(first_figure)
                            && scaled(figure)
                            && (alone(behind) || goes(behind))
 && !goes_on(behind)));
        if kept {
            let unit = first_figure.clone();
            let Value::Figure(figure) = &mut found[number].value else { continue };
            measure_as(figure, &unit);
        }
    }
}

/// Gives a bare number that tells how long something takes the unit of time of the length before it: "22
/// minutes by metro; the bus takes 50".
fn keep_times(text: &str, found: &mut [Mention]) {
    for number in 1..found.len() {
        let (before, here) = found.split_at_mut(number);
        let (length, mention) = (&before[number - 1], &mut here[0]);
        let (Value::Duration(time), Value::Figure(figure)) = (&length.value, &mention.value) else {
            continue;
        };
        let between = &text[length.span.end as usize..mention.span.start as usize];
        let verb = between.trim_end().rsplit(' ').next().unwrap_or_default();
        let behind = &text[mention.span.end as usize..];
        // "Takes", "lasted"
        let lasts = calendar::leads_length(verb) && calendar::outlasts(verb) && verb != "for";
        let ends = behind.is_empty() || behind.starts_with(['.', ',', ';', ')', '\n']);
        if bare(figure)
            && !between.contains(['.', ':', '\n'])
            && (lasts && ends || between != ", " && parallel(between, behind))
            && let Some(time) = time.with_amount(figure.low)
        {
            mention.value = Value::Duration(time);
        }
    }
}

/// The parts of an amount stand within so many bytes of it.
const SPLIT: usize = 160;

/// Gives the parts of an amount its currency: "640,000 euros, of which the state paid 400,000 and the
/// union 90,000".
fn split_amounts(text: &str, found: &mut [Mention]) {
    let mut whole: Option<(usize, Figure)> = None;
    for mention in found {
        let (from, to) = (mention.span.start as usize, mention.span.end as usize);
        let Value::Figure(figure) = &mut mention.value else { continue };
        let of_one = whole.as_ref().filter(|(end, amount)| {
            let between = &text[*end..from];
            between.len() <= SPLIT
                && between.contains("of which")
                && !between.contains(['.', ';', ':', '\n'])
                && alike(amount.low, figure.low, CHANGE)
                && figure.low < amount.low
        });
        match of_one {
            Some((_, amount)) if bare(figure) && !figure.in_words && alone(&text[to..]) => {
                measure_as(figure, amount);
            }
            None if figure.kind == FigureKind::Money => whole = Some((to, figure.clone())),
            _ => {}
        }
    }
}

/// Gives a number in brackets right behind an amount its unit and scale: reports put there what the amount
/// was a year before, "SEK 201 billion (194)", "12.4% (14.1)".
fn before_in_brackets(text: &str, found: &mut [Mention]) {
    for number in 1..found.len() {
        let (before, here) = found.split_at_mut(number);
        let (amount, mention) = (&before[number - 1], &mut here[0]);
        let (Value::Figure(now), Value::Figure(then)) = (&amount.value, &mut mention.value) else {
            continue;
        };
        let between = &text[amount.span.end as usize..mention.span.start as usize];
        let closed = text[mention.span.end as usize..].starts_with(')');
        if between != " (" || !closed || !bare(then) || then.in_words || !measured(now) {
            continue;
        }
        share_scale(&text[amount.span.range()], then, now);
        // "44% (12)" counts the cases; "(3)" is a note.
        let told = match now.kind {
            FigureKind::Percent => !then.low.is_integer() && !now.low.is_integer(),
            _ => then.low >= Decimal::from(10) || !then.low.is_integer(),
        };
        if told && now.high.is_none() && alike(as_written(now), then.low, YEAR_ON_YEAR) {
            measure_as(then, now);
        }
    }
}

/// What an amount was a year before lies within this of it.
const YEAR_ON_YEAR: i64 = 10;

/// Dates between two figures of one change, at most.
const BETWEEN: usize = 1;

/// "(9 km in 2020,) up from", "rising to".
fn moved(between: &str) -> bool {
    let clause = between.rsplit(',').next().unwrap_or_default();
    let mut words = clause.split(' ').filter(|word| !word.is_empty());
    let verb = words.next().is_some_and(|word| qualifiers::direction(word).is_some());
    let mut words = words.skip_while(|word| word.ends_with("ly"));
    between.contains(',')
        && verb
        && matches!(words.next(), Some("from" | "to"))
        && words.next().is_none()
}

/// "(64 per cent were decided in time), against a target of".
fn compared(between: &str) -> bool {
    let clause = between.rsplit([',', ';']).next().unwrap_or_default();
    let mut words = clause.split(' ').filter(|word| !word.is_empty());
    let held = match (words.next(), words.next()) {
        (Some("against"), None) => true,
        (Some("against"), Some("a" | "an" | "the")) => {
            words.next().is_some() && words.next() == Some("of")
        }
        (Some("compared"), Some("with" | "to")) => true,
        _ => false,
    };
    between.contains(',') && held && words.next().is_none()
}

/// "(25 years) on panels and (ten) on the inverter", "(12 euros), (7) for children".
fn parallel(between: &str, behind: &str) -> bool {
    let Some(preposition) = preposition(behind) else { return false };
    if between == ", " {
        return preposition == "for";
    }
    let lead = between.strip_suffix(" and ").or_else(|| between.strip_suffix(", "));
    lead.is_some_and(|lead| {
        self::preposition(lead) == Some(preposition) && !lead.contains([';', ':'])
    })
}

/// The preposition that a phrase begins with.
fn preposition(text: &str) -> Option<&str> {
    let word = text.strip_prefix(' ')?.split(' ').next()?;
    matches!(word, "for" | "on" | "in" | "at" | "from").then_some(word)
}

/// Whether nothing that could be counted stands behind a number.
fn alone(behind: &str) -> bool {
    let Some(rest) = behind.strip_prefix(' ') else {
        return !behind.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '%' | '/'));
    };
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    terms::is_stopword(&word) || numbers::number_word(&word).is_some()
}

/// "(31.2 million crowns) (first half of 2023: 27.4 million)": the same at another time.
fn bracketed(between: &str, behind: &str) -> bool {
    // "1.20 euros a share (2022: 1.05)"
    let (lead, inside) = between.split_once(" (").unwrap_or(("(", ""));
    let lead = lead.is_empty() || lead.strip_prefix(" a ").is_some_and(|unit| !unit.contains(' '));
    let inside = if lead { inside } else { "" };
    inside.ends_with(": ") && !inside.contains([')', ';']) && behind.starts_with(')')
}

/// "(€64 million; the state pays 22 million) of this".
fn of_this(behind: &str) -> bool {
    ["this", "that", "it", "which", "these"].iter().any(|word| {
        behind.strip_prefix(" of ").and_then(|rest| rest.strip_prefix(word)).is_some_and(alone)
    })
}

/// "Health receives €96.2 billion and education 61 billion": an amount in a scale word.
fn scaled(figure: &Figure) -> bool {
    figure.low >= Decimal::from(1_000_000)
}

/// "(148 billion) go to pensions": what goes somewhere is the amount.
fn goes(behind: &str) -> bool {
    let verb = behind.trim_start().split(' ').next().unwrap_or_default();
    matches!(verb, "go" | "goes" | "went" | "come" | "comes" | "came" | "flow" | "flows" | "flowed")
}

/// "(22) to 25 million": a range.
fn goes_on(behind: &str) -> bool {
    behind.strip_prefix(" to ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// "(27) more than".
fn gap(behind: &str) -> bool {
    let mut words = behind.split(' ').filter(|word| !word.is_empty());
    words.next().is_some_and(|word| qualifiers::comparative(word).is_some())
        && words.next() == Some("than")
}

/// What a figure changes from or to lies within this of it.
const CHANGE: i64 = 100;

/// Items of a list lie within this of each other: "1.5 million and 4%" is none.
const SPREAD: i64 = 1_000;

/// Whether neither of two values is more than so many times the other.
fn alike(a: Decimal, b: Decimal, times: i64) -> bool {
    let times = |value: Decimal| value.checked_mul(Decimal::from(times));
    times(a).is_some_and(|a| b <= a) && times(b).is_some_and(|b| a <= b)
}

/// The number that a figure was written with: that of cents, not of dollars.
fn as_written(figure: &Figure) -> Decimal {
    let cents = figure.low.checked_mul(Decimal::from(100));
    cents.filter(|_| figure.minor).unwrap_or(figure.low)
}

/// Gives a bare number the unit of another figure.
fn measure_as(figure: &mut Figure, other: &Figure) {
    if other.minor {
        let Some(cent) = Decimal::power_of_ten(-2) else { return };
        let parts = figure.low.checked_mul(cent).zip(figure.step.checked_mul(cent));
        let Some((low, step)) = parts else { return };
        (figure.low, figure.step) = (low, step);
    }
    (figure.kind, figure.minor) = (other.kind, other.minor);
    figure.unit = other.unit.clone();
}

/// A figure with a unit of its own.
fn measured(figure: &Figure) -> bool {
    matches!(figure.kind, FigureKind::Quantity | FigureKind::Percent | FigureKind::Money)
}

/// A plain number that nothing else was said of.
fn bare(figure: &Figure) -> bool {
    figure.kind == FigureKind::Number
        && figure.unit == Unit::None
        && figure.high.is_none()
        && figure.per.is_none()
}
