//! Lengths of time and ages.

use nom::IResult;

use super::{Context, clause_ends, day, digits, ends, refuse, skip, word};
use crate::lexicon::calendar::{self, TimeUnit, unit};
use crate::lexicon::numbers::{NumberWord, number_word};
use crate::parse::figure::leads_from;
use crate::parse::figure::number::{Kind, number};
use crate::value::{Decimal, Duration};

/// A length as read, before it is known whether it may stand alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Length {
    /// The length itself.
    pub duration: Duration,
    /// The last unit named.
    pub unit: TimeUnit,
    /// How many units were named.
    pub parts: usize,
    /// "a", "an": the number was not said.
    pub article: bool,
    /// "a few", "several": the number was left open.
    pub vague: bool,
    /// The unit is one letter behind the digits ("2h").
    pub letter: bool,
    /// A unit in the singular behind a number above one ("40 day").
    singular: bool,
}

impl Length {
    /// `count` of a unit.
    pub fn of(unit: TimeUnit, count: Decimal) -> Self {
        let mut duration = Duration::default();
        add(&mut duration, unit, count);
        Length {
            duration,
            unit,
            parts: 1,
            article: false,
            vague: false,
            letter: false,
            singular: false,
        }
    }

    fn is_zero(&self) -> bool {
        self.duration.high.is_none() && self.duration.approx_seconds().is_zero()
    }

    /// One unit.
    pub fn one(unit: TimeUnit) -> Self {
        Length::of(unit, Decimal::ONE)
    }

    /// How many of its only unit, where that is a small whole number.
    pub fn count(&self) -> Option<i32> {
        let whole = |amount: Decimal, of: i64| Some(amount.to_i64()? / of);
        let count = match self.unit {
            TimeUnit::Quarter => whole(self.duration.months, 3),
            TimeUnit::Decade => whole(self.duration.years, 10),
            TimeUnit::Century => whole(self.duration.years, 100),
            _ => None,
        };
        count.and_then(|count| i32::try_from(count).ok()).filter(|count| *count < 1000)
    }
}

/// duration := length (" old" | "-old")?, as a value of its own
pub fn duration<'a>(
    input: &'a str,
    (rest, found): &(&'a str, Length),
    context: Context<'_>,
) -> Option<(&'a str, Duration)> {
    let mut rest = *rest;
    if !stands(found, input, rest, context) {
        return None;
    }
    let mut all = found.duration.clone();
    let old = skip(rest, &[" old", "-old"]).filter(|left| !left.starts_with(char::is_alphanumeric));
    if let Some(left) = old {
        rest = left;
        all.age = true;
    } else {
        all.age = context.last_word() == "aged";
    }
    Some((rest, all))
}

/// years of life := ("early" | "mid" | "late")? decade, behind "her", "his" and the like: "in her
/// forties" is from 40 to 49 years
pub fn years_of_life<'a>(input: &'a str, context: Context<'_>) -> Option<(&'a str, Duration)> {
    let decade = skip(input, &["early ", "mid-", "mid ", "late "]).unwrap_or(input);
    let (rest, low) = match digits(2)(decade) {
        Ok((rest, low)) => (rest.strip_prefix('s')?, low),
        Err(_) => {
            let (rest, name) = word(decade).ok()?;
            (rest, i32::from(calendar::decade(&name)?))
        }
    };
    let decade = low % 10 == 0 && (20..100).contains(&low) && ends(rest);
    if !decade || !day::of_age(context.before) {
        return None;
    }
    let mut life = Duration { age: true, ..Duration::default() };
    life.years = Decimal::from(i64::from(low));
    life.high = Some(Decimal::from(i64::from(low) + 9));
    Some((rest, life))
}

/// race := digit{1,2} ":" digit{2} "." digit{1,3}, minutes and seconds: "4:17.57"
pub fn race(input: &str) -> Option<(&str, Duration)> {
    let (rest, minutes) = digits(2)(input).ok()?;
    let tail = rest.strip_prefix(':')?;
    let (rest, seconds) = digits(2)(tail).ok()?;
    let whole = tail.len() - rest.len() == 2 && seconds < 60;
    let places = rest.strip_prefix('.')?.bytes().take_while(u8::is_ascii_digit).count();
    let left = rest.get(1 + places..).filter(|left| ends(left))?;
    if !whole || !(1..=3).contains(&places) {
        return None;
    }
    let fraction = tail.get(..3 + places)?;
    let minutes = Decimal::from(i64::from(minutes));
    Some((left, Duration { minutes, seconds: Decimal::parse(fraction)?, ..Duration::default() }))
}

/// Whether a length in this place tells one. "A second", "a day" are words or rates more often,
/// "40 day tickets" counts tickets, "several days" gives no number, "2D" is a dimension.
fn stands(found: &Length, input: &str, rest: &str, context: Context<'_>) -> bool {
    let lead = calendar::leads_length(&context.last_word()) || context.is_outlasted();
    let alone = context.before.trim().is_empty() && clause_ends(rest);
    let used = &input[..input.len() - rest.len()];
    // "zero-hours contracts", "four second-half scores"
    let counts_on =
        rest.starts_with('-') && !rest.starts_with("-old") && !rest.starts_with("-long");
    if found.vague || found.is_zero() || counts_on && used.contains(' ') {
        return false;
    }
    // "Rose from 4 to 7 weeks": two lengths of two times.
    if found.duration.high.is_some() && used.contains(" to ") && leads_from(context.before) {
        return false;
    }
    // "One day they will" tells no length.
    if found.unit == TimeUnit::Day && used.eq_ignore_ascii_case("one day") {
        let told = [" before", " after", " later", " earlier", " of ", " old", " off"];
        return lead || alone || skip(rest, &told).is_some();
    }
    if found.article && found.parts == 1 {
        let long = matches!(found.unit, TimeUnit::Decade | TimeUnit::Century | TimeUnit::Fortnight);
        let short = matches!(found.unit, TimeUnit::Second | TimeUnit::Minute);
        // "A year later than planned", "a week late"
        let told = [" later than", " earlier than", " longer", " shorter", " ahead of", " behind"];
        let compared = skip(rest, &told).is_some_and(ends)
            || skip(rest, &[" late", " early"]).is_some_and(clause_ends);
        return long || !short && (alone || compared || lead && clause_ends(rest));
    }
    if found.letter {
        return lead;
    }
    // "forty-second" counts the forty-second.
    if used.ends_with("-second")
        && !used.starts_with(|c: char| c.is_ascii_digit())
        && clause_ends(rest)
    {
        return false;
    }
    if found.singular {
        let fine = matches!(found.unit, TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour);
        let counts = rest.strip_prefix(' ').and_then(|tail| word(tail).ok());
        return fine
            || rest.starts_with(" old")
            || counts.is_none_or(|(_, name)| !name.ends_with('s')) && !input.contains('-');
    }
    true
}

/// One unit without a number, as after "every".
pub fn one_unit(input: &str) -> IResult<&str, Duration> {
    let (rest, name) = word(input)?;
    let Some(found) = unit(&name) else { return refuse(input) };
    let mut all = Duration::default();
    add(&mut all, found, Decimal::ONE);
    Ok((rest, all))
}

/// abbreviated := (digit{1,2} " h ")? digit{1,2} " min" (" " digit{1,2} " s")? | digit{1,2} " h " digit{2}, of two
/// parts at least: "4 h 31 min 12 s", "2 h 40"
fn abbreviated(input: &str) -> Option<(&str, Length)> {
    const UNITS: [(&[&str], TimeUnit); 3] = [
        (&[" h"], TimeUnit::Hour),
        (&[" min", " m"], TimeUnit::Minute),
        (&[" sec", " s"], TimeUnit::Second),
    ];
    let mut all: Option<Length> = None;
    let mut rest = input;
    for (names, unit) in UNITS {
        let start = match &all {
            Some(_) => rest.strip_prefix(' ').unwrap_or(rest),
            None => rest,
        };
        let Ok((tail, count)) = digits(2)(start) else { break };
        let named = names.iter().find_map(|name| tail.strip_prefix(name)).filter(|left| ends(left));
        // "2 h 40"
        let bare = unit == TimeUnit::Minute && all.is_some() && start.len() - tail.len() == 2;
        let Some(left) = named.or_else(|| (bare && ends(tail)).then_some(tail)) else { continue };
        let amount = Decimal::from(i64::from(count));
        match &mut all {
            None => all = Some(Length::of(unit, amount)),
            Some(_) if count >= 60 => return None,
            Some(all) => {
                add(&mut all.duration, unit, amount);
                all.parts += 1;
                // "2 h 40" may be a time of day.
                all.letter = named.is_none();
            }
        }
        rest = left;
    }
    all.filter(|all| all.parts > 1).map(|all| (rest, all))
}

/// length := abbreviated | piece ((", and " | ", " | " and " | " +" | " ") piece)* rest-minutes?
pub fn length(input: &str) -> IResult<&str, Length> {
    if let Some(found) = abbreviated(input) {
        return Ok(found);
    }
    let (mut rest, mut all) = piece(input)?;
    // "4 hours and 12 minutes", "7 years, 3 months".
    while all.duration.high.is_none()
        && let Some(tail) = skip(rest, &[", and ", " and ", ", ", " +", " "])
        && let Ok((left, next)) = piece(tail)
        && next.duration.high.is_none()
        && size(next.unit) < size(all.unit)
        // "18 months and 200 hours of unpaid work" are two lengths.
        && next.duration.hours < Decimal::from(100)
        && !next.vague
    {
        all.duration = sum(all.duration, &next.duration);
        all.unit = next.unit;
        all.parts += 1;
        all.letter &= next.letter;
        all.singular = next.singular && all.singular;
        rest = left;
    }
    // rest-minutes := " and "? number, behind hours: "1 hour and thirty", "2 hours ten".
    if all.unit == TimeUnit::Hour
        && !all.letter
        && let Some(tail) = skip(rest, &[" and ", " "])
        && let Ok((left, (minutes, _))) = count(tail)
        && minutes.is_integer()
        && minutes < Decimal::from(60)
        && !minutes.is_negative()
        && (left.trim().is_empty() || left.starts_with(['.', ',', ';', ')']) && ends(left))
    {
        add(&mut all.duration, TimeUnit::Minute, minutes);
        all.parts += 1;
        rest = left;
    }
    Ok((rest, all))
}

fn sum(mut all: Duration, more: &Duration) -> Duration {
    for (slot, part) in [
        (&mut all.years, more.years),
        (&mut all.months, more.months),
        (&mut all.weeks, more.weeks),
        (&mut all.days, more.days),
        (&mut all.hours, more.hours),
        (&mut all.minutes, more.minutes),
        (&mut all.seconds, more.seconds),
    ] {
        *slot = slot.checked_add(part).unwrap_or(*slot);
    }
    all
}

/// Seconds of the unit, for keeping the order of a compound.
fn size(unit: TimeUnit) -> u64 {
    match unit {
        TimeUnit::Second => 1,
        TimeUnit::Minute => 60,
        TimeUnit::Hour => 3_600,
        TimeUnit::Day => 86_400,
        TimeUnit::Week | TimeUnit::Fortnight => 604_800,
        TimeUnit::Month | TimeUnit::Quarter => 2_600_000,
        TimeUnit::Year => 31_000_000,
        TimeUnit::Decade | TimeUnit::Century => 310_000_000,
    }
}

fn add(all: &mut Duration, unit: TimeUnit, amount: Decimal) {
    let scaled = |factor: i64| amount.checked_mul(Decimal::from(factor)).unwrap_or(amount);
    let (slot, amount) = match unit {
        TimeUnit::Second => (&mut all.seconds, amount),
        TimeUnit::Minute => (&mut all.minutes, amount),
        TimeUnit::Hour => (&mut all.hours, amount),
        TimeUnit::Day => (&mut all.days, amount),
        TimeUnit::Week => (&mut all.weeks, amount),
        TimeUnit::Fortnight => (&mut all.weeks, scaled(2)),
        TimeUnit::Month => (&mut all.months, amount),
        TimeUnit::Quarter => (&mut all.months, scaled(3)),
        TimeUnit::Year => (&mut all.years, amount),
        TimeUnit::Decade => (&mut all.years, scaled(10)),
        TimeUnit::Century => (&mut all.years, scaled(100)),
    };
    *slot = slot.checked_add(amount).unwrap_or(amount);
}

/// How much, before the unit.
struct Amount {
    low: Decimal,
    high: Option<Decimal>,
    article: bool,
    vague: bool,
    /// A share of one unit: "half an", "a quarter of an", "1/2".
    share: bool,
}

/// piece := amount (" " | "-")? filler? unit (" and " share)?
fn piece(input: &str) -> IResult<&str, Length> {
    let (rest, amount) = amount(input)?;
    // "30m" and "5s" are measures as often; of single letters few are read.
    let tail = skip(rest, &[" ", "-", ""]).unwrap_or(rest);
    let tail = filler(tail);
    let glued = tail.len() == rest.len();
    let Some((mut left, found, letter)) = unit_word(tail, glued) else { return refuse(input) };
    let name = &tail[..tail.len() - left.len()];
    let spelled = name.len() > 2;
    if !spelled && rest.starts_with('-') {
        return refuse(input);
    }
    // "two quarters" of a game or a pound: only whole numbers of them in digits are lengths.
    if found == TimeUnit::Quarter && (amount.article || amount.share || !clause_ends(left)) {
        return refuse(input);
    }
    let short = matches!(found, TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour);
    let plural = name.ends_with('s') || short && name.len() < 4 || name.len() < 3;
    let singular = rest.starts_with(' ')
        && !plural
        && amount.high.is_none()
        && !amount.share
        && amount.low > Decimal::ONE;
    let mut value = amount.low;
    let mut half = false;
    if let Some((after, more)) = and_share(left).filter(|(after, _)| ends(after)) {
        value = value.checked_add(more).unwrap_or(value);
        left = after;
        half = true;
    }
    let mut duration = Duration::default();
    add(&mut duration, found, value);
    duration.high = amount.high;
    let article = amount.article && !half;
    Ok((
        left,
        Length { duration, unit: found, parts: 1, article, vague: amount.vague, letter, singular },
    ))
}

/// amount := share | "a couple of" | "a few" | "a dozen" | "a" | count (" and "? share)? | count joint count
fn amount(input: &str) -> IResult<&str, Amount> {
    let plain = |low| Amount { low, high: None, article: false, vague: false, share: false };
    if let Some((rest, low)) = share_of_one(input) {
        return Ok((rest, Amount { share: true, ..plain(low) }));
    }
    if let Some((len, low)) = calendar::vague_amount(input) {
        let vague = low == 3;
        return Ok((&input[len..], Amount { vague, ..plain(Decimal::from(i64::from(low))) }));
    }
    if let Some(rest) = skip(input, &["another", "an", "a", "An", "A"])
        .filter(|rest| rest.starts_with(' '))
        // "A hundred years"
        .filter(|rest| !["hundred", "thousand"].iter().any(|many| rest[1..].starts_with(many)))
    {
        return Ok((rest, Amount { article: true, ..plain(Decimal::ONE) }));
    }
    let (rest, (low, _)) = count(input)?;
    if low.is_negative() {
        return refuse(input);
    }
    // "two and a quarter of an hour", "one and half hour"
    let whole = |left| skip(left, &[" of an", " of a", " of"]).unwrap_or(left);
    if let Some((left, more)) = and_share(rest) {
        return Ok((whole(left), plain(low.checked_add(more).unwrap_or(low))));
    }
    // "7 to 9 days", "2-14 days", "4.5 to 7.2 hours".
    // "16- to 24-year-olds"
    let range = skip(rest, &["- to ", "- and ", "- or ", "-", "–", " to ", " or ", " and "])
        .and_then(|tail| count(tail).ok())
        .filter(|(_, (upper, _))| *upper > low);
    if let Some((left, (upper, _))) = range
        && skip(left, &[" ", "-"]).is_some_and(|tail| unit_word(tail, false).is_some())
    {
        return Ok((left, Amount { high: Some(upper), ..plain(low) }));
    }
    let rest = if low.is_integer() { rest } else { whole(rest) };
    Ok((rest, plain(low)))
}

/// share of one := "half a" | "half an" | "half" | fraction (" of an" | " of a" | " of")?
fn share_of_one(input: &str) -> Option<(&str, Decimal)> {
    let half = Decimal::new(5, -1)?;
    for form in ["half an ", "half a ", "half "] {
        if input.get(..form.len()).is_some_and(|start| start.eq_ignore_ascii_case(form)) {
            return Some((&input[form.len() - 1..], half));
        }
    }
    let (rest, read) = number(input).ok()?;
    let Kind::Fraction(n, d) = read.kind else { return None };
    // "three seconds" is no fraction here.
    if read.in_words && d != 4 || n >= d {
        return None;
    }
    let share =
        Decimal::from(i64::try_from(n).ok()?).checked_div(Decimal::from(i64::try_from(d).ok()?))?;
    let left = match skip(rest, &[" of an", " of a", " of"]) {
        Some(left) => left,
        None if read.in_words => return None,
        None => rest,
    };
    Some((left, share))
}

/// and share := " and " ("a half" | "half" | "a quarter" | "three quarters" | ...)
fn and_share(input: &str) -> Option<(&str, Decimal)> {
    let tail = input.strip_prefix(" and ")?;
    let forms = [
        ("a half", 50),
        ("an half", 50),
        ("half", 50),
        ("a quarter", 25),
        ("one quarter", 25),
        ("two quarters", 50),
        ("two quarter", 50),
        ("three quarters", 75),
        ("three quarter", 75),
    ];
    let (form, hundredths) = forms.into_iter().find(|(form, _)| tail.starts_with(form))?;
    let left = &tail[form.len()..];
    (!left.starts_with(char::is_alphanumeric)).then_some((left, Decimal::new(hundredths, -2)?))
}

/// count := a whole or decimal number; whether it stands in words.
///
/// "Three seconds" and "two quarters" read as fractions elsewhere, so the number is read up to them.
pub fn count(input: &str) -> IResult<&str, (Decimal, bool)> {
    let read = number(input).ok();
    match read {
        Some((rest, read)) if read.kind == Kind::Cardinal => {
            return Ok((rest, (read.value, read.in_words)));
        }
        // "3/2" stays as written.
        Some((rest, read)) if matches!(read.kind, Kind::Fraction(..)) && !read.in_words => {
            return Ok((rest, (read.value, false)));
        }
        _ => {}
    }
    let used = read.map_or("", |(rest, _)| &input[..input.len() - rest.len()]);
    if let Some(cut) = used.rfind([' ', '-'])
        && let Ok(("", read)) = number(&input[..cut])
        && read.kind == Kind::Cardinal
    {
        return Ok((&input[cut..], (read.value, read.in_words)));
    }
    let (rest, name) = word(input)?;
    match number_word(&name) {
        Some(NumberWord::Cardinal(value)) => Ok((rest, (value, true))),
        _ => refuse(input),
    }
}

/// "more", "full", "consecutive" between a number and its unit.
fn filler(input: &str) -> &str {
    match word(input) {
        Ok((rest, name)) if calendar::fills_length(&name) => {
            rest.strip_prefix([' ', '-']).unwrap_or(rest)
        }
        _ => input,
    }
}

/// A unit's word at the start of `input`; a single letter only behind digits.
fn unit_word(input: &str, glued: bool) -> Option<(&str, TimeUnit, bool)> {
    let (rest, name) = word(input).ok()?;
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Some(found) = unit(&name) {
        return Some((rest, found, false));
    }
    let found = calendar::unit_letter(&name)?;
    glued.then_some((rest, found, true))
}

/// Twice a length: every other one.
pub fn doubled(length: Duration) -> Duration {
    sum(length.clone(), &length)
}

#[cfg(test)]
mod tests {
    use super::super::table::check;

    #[test]
    fn lengths() {
        check(&[
            ("1.5 hours", "PT1.5H"),
            ("half hour", "PT0.5H"),
            ("1/2 day", "P0.5D"),
            ("an hour and a half", "PT1.5H"),
            ("1 hour and thirty", "PT1H30M"),
            ("1 hour and thirty people", "PT1H…"),
            ("two hours and forty. We left.", "PT2H40M…"),
            ("2 hours and 40.5", "PT2H…"),
            ("one and three quarters of hour", "PT1.75H"),
            ("1 year, 2 days, 3 hours, and 4 seconds", "P1Y2DT3H4S"),
            ("fifteen seconds", "PT15S"),
            ("2 more minutes", "PT2M"),
            ("for |2h", "PT2H"),
            ("for |2 h 40", "PT2H40M"),
            ("after |4 h 31 min 12 s, a record", "PT4H31M12S…"),
            ("after |12 min 5 s", "PT12M5S"),
            ("|18 months and 200 hours of work", "P18M…"),
            ("2D", "–"),
            ("$5 |a month", "–"),
            ("for |a month", "P1M"),
            ("a decade", "P10Y"),
            ("fell in |a hundred years", "P100Y"),
            ("opens in 2027, |a year later than planned", "P1Y…"),
            ("came |a week late", "P1W…"),
            ("opened |a day later", "–"),
            ("a man in his |40s", "P40Y"),
            ("in her |early fifties", "P50Y"),
            ("ran |4:17.57", "PT4M17.57S"),
            ("|16- to 24-year-olds", "P16Y…"),
            ("lasted |4.5 to 7.2 hours", "PT4.5H"),
            ("rose from |4 to 7 weeks", "–"),
            ("rose from 5 to 6 days in the north and from |4 to 7 weeks", "–"),
            ("several days", "–"),
            ("40 day tickets", "–"),
            ("forty-second", "–"),
        ]);
    }

    #[test]
    fn lengths_that_lead_somewhere() {
        check(&[
            ("in |2 hours", "PT2H to 2013-02-12T06:30:00"),
            ("It will open in |a few weeks", "2013-03-05"),
            ("It fell in |a few weeks", "–"),
            ("One day they met", "–"),
            ("zero-hours contracts", "–"),
            ("It will open in |three weeks", "P3W to 2013-03-05"),
            ("the lowest in |three weeks", "P3W"),
        ]);
    }
}
