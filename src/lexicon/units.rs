//! `rules/units`: units of measure and currencies.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use super::terms::is_stopword;
use super::{HashMap, HashSet};
use crate::value::Decimal;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DimensionFile {
    base: String,
    units: BTreeMap<String, UnitFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitFile {
    factor: String,
    offset: Option<String>,
    symbols: Vec<String>,
    names: Vec<String>,
    /// Prefixes it is written with, by name.
    #[serde(default)]
    prefixes: Vec<String>,
    /// "A foot" is no length more often than not.
    #[serde(default)]
    word: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PrefixFile {
    symbols: Vec<String>,
    factor: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CurrencyFile {
    symbols: Vec<String>,
    names: Vec<String>,
    #[serde(default)]
    assumed: Vec<String>,
    /// What the shared names call it, where none of the currencies is the likely one.
    shared: Option<String>,
    #[serde(default)]
    minor: Vec<String>,
    /// Its code is an English word, which stands before numbers for itself.
    #[serde(default)]
    word: bool,
}

struct Unit {
    dimension: &'static str,
    factor: Decimal,
    /// Added before the factor is applied.
    offset: Decimal,
}

/// A currency as a text names it.
#[derive(Debug, Clone, PartialEq)]
pub struct Currency {
    /// ISO 4217 code.
    pub code: Arc<str>,
    /// Several currencies share the name or symbol.
    pub assumed: bool,
    /// A hundredth of it was named ("pence").
    pub minor: bool,
}

struct Units {
    words: HashSet<Arc<str>>,
    units: HashMap<String, Unit>,
    bases: HashMap<&'static str, &'static str>,
    symbols: HashMap<String, Arc<str>>,
    names: HashMap<String, Arc<str>>,
    /// By the first byte, longest first.
    currency_symbols: HashMap<u8, Vec<(String, Currency)>>,
    shared: HashMap<Arc<str>, String>,
    currency_names: HashMap<String, Currency>,
    codes: HashMap<String, (Arc<str>, bool)>,
}

fn units() -> &'static Units {
    static UNITS: LazyLock<Units> = LazyLock::new(load);
    &UNITS
}

fn leak(text: String) -> &'static str {
    // Once per dimension for the life of the program.
    Box::leak(text.into_boxed_str())
}

fn load() -> Units {
    let files: BTreeMap<String, DimensionFile> = super::table("units/measures.toml");
    let currencies: BTreeMap<String, CurrencyFile> = super::table("units/currencies.toml");
    let mut all = Units {
        words: HashSet::default(),
        units: HashMap::default(),
        bases: HashMap::default(),
        symbols: HashMap::default(),
        names: HashMap::default(),
        currency_symbols: HashMap::default(),
        shared: HashMap::default(),
        currency_names: HashMap::default(),
        codes: HashMap::default(),
    };
    let prefixes: BTreeMap<String, PrefixFile> = super::table("units/prefixes.toml");
    let decimal = |text: &str| Decimal::parse(text).expect("units/ is tested");
    for (dimension, file) in files {
        let dimension = leak(dimension);
        all.bases.insert(dimension, leak(file.base));
        for (name, unit) in file.units {
            let offset = unit.offset.as_deref().map_or(Decimal::ZERO, decimal);
            let factor = decimal(&unit.factor);
            for prefix in &unit.prefixes {
                let file = prefixes.get(prefix).expect("units/ is tested");
                let prefixed = |fronts: &[String], backs: &[String]| -> Vec<String> {
                    let all = fronts.iter().flat_map(|f| backs.iter().map(move |b| f.clone() + b));
                    all.collect()
                };
                let size = factor.checked_mul(decimal(&file.factor)).expect("units/ is tested");
                all.add(
                    format!("{prefix}{name}"),
                    Unit { dimension, factor: size, offset },
                    prefixed(&file.symbols, &unit.symbols),
                    prefixed(std::slice::from_ref(prefix), &unit.names),
                );
            }
            if unit.word {
                all.words.insert(name.as_str().into());
            }
            all.add(name, Unit { dimension, factor, offset }, unit.symbols, unit.names);
        }
    }
    all.raise();
    for (code, file) in currencies {
        let code: Arc<str> = code.as_str().into();
        all.codes.insert(code.to_string(), (code.clone(), file.word));
        let currency = |assumed, minor| Currency { code: code.clone(), assumed, minor };
        for symbol in file.symbols {
            let assumed = symbol == "$" || symbol == "¥";
            let first = symbol.as_bytes().first().copied().unwrap_or_default();
            let known = all.currency_symbols.entry(first).or_default();
            known.push((symbol, currency(assumed, false)));
        }
        for name in file.names {
            all.currency_names.insert(name, currency(false, false));
        }
        for name in file.assumed {
            all.currency_names.insert(name, currency(true, false));
        }
        for name in file.minor {
            all.currency_names.insert(name, currency(true, true));
        }
        all.shared.extend(file.shared.map(|name| (code.clone(), name)));
    }
    for known in all.currency_symbols.values_mut() {
        known.sort_by_key(|(symbol, _)| std::cmp::Reverse(symbol.len()));
    }
    all
}

impl Units {
    /// Adds a unit; what is known already under a symbol or name stays.
    fn add(
        &mut self,
        name: String,
        unit: Unit,
        symbols: impl IntoIterator<Item = String>,
        names: impl IntoIterator<Item = String>,
    ) {
        let canonical: Arc<str> = name.as_str().into();
        for symbol in symbols {
            self.symbols.entry(symbol).or_insert_with(|| canonical.clone());
        }
        for spelling in names {
            // "Light years", "light-years": a hyphen is as good as a space.
            self.names.entry(spelling.replace('-', " ")).or_insert_with(|| canonical.clone());
        }
        self.units.entry(name).or_insert(unit);
    }

    /// Adds the squares and cubes of all lengths.
    fn raise(&mut self) {
        let lengths: Vec<(String, Decimal)> = self
            .units
            .iter()
            .filter(|(_, unit)| unit.dimension == "length")
            .map(|(name, unit)| (name.clone(), unit.factor))
            .collect();
        for (length, factor) in lengths {
            let of = |forms: &HashMap<String, Arc<str>>| -> Vec<String> {
                let own = forms.iter().filter(|(_, name)| ***name == *length);
                own.map(|(form, _)| form.clone()).collect()
            };
            let (symbols, names) = (of(&self.symbols), of(&self.names));
            for (dimension, word, short, past, marks, power) in [
                ("area", "square", "sq", "squared", ["2", "²", "^2"], 2),
                ("volume", "cubic", "cu", "cubed", ["3", "³", "^3"], 3),
            ] {
                let base = if dimension == "volume" { 3 } else { 0 };
                let factor = (1..power)
                    .try_fold(factor, |size, _| size.checked_mul(factor))
                    .and_then(|size| size.checked_mul(Decimal::power_of_ten(base)?));
                let Some(factor) = factor else { continue };
                let unit = Unit { dimension, factor, offset: Decimal::ZERO };
                let raised = symbols.iter().flat_map(|symbol| {
                    let marked = marks.iter().map(move |mark| format!("{symbol}{mark}"));
                    marked.chain([
                        format!("{short} {symbol}"),
                        format!("{short}. {symbol}"),
                        format!("{symbol} {past}"),
                    ])
                });
                let named = names
                    .iter()
                    .flat_map(|name| [format!("{word} {name}"), format!("{name} {past}")]);
                let (raised, named): (Vec<_>, Vec<_>) = (raised.collect(), named.collect());
                self.add(format!("{word} {length}"), unit, raised, named);
            }
        }
    }
}

/// The dimension of a unit by its canonical name.
pub fn dimension(unit: &str) -> Option<&'static str> {
    units().units.get(unit).map(|unit| unit.dimension)
}

/// The canonical name of a dimension's base unit.
pub fn base(dimension: &str) -> Option<&'static str> {
    units().bases.get(dimension).copied()
}

/// A value in another unit of the same dimension.
pub fn convert(value: Decimal, from: &str, to: &str) -> Option<Decimal> {
    let (from, to) = (units().units.get(from)?, units().units.get(to)?);
    if from.dimension != to.dimension {
        return None;
    }
    let base = value.checked_add(from.offset)?.checked_mul(from.factor).or_else(|| {
        // Too many digits to multiply exactly: one in 10^20 is given up.
        let short = value.round_to(Decimal::power_of_ten(-12)?);
        short.checked_add(from.offset)?.checked_mul(from.factor)
    })?;
    if to.factor == Decimal::ONE && to.offset.is_zero() {
        return Some(base);
    }
    base.checked_div(to.factor)?.checked_sub(to.offset)
}

/// Whether a unit's name with an article ("a foot") means something else more often than not.
pub fn is_word(unit: &str) -> bool {
    units().words.contains(unit)
}

/// Words of the longest unit name.
const LONGEST: usize = 4;
/// Bytes of the longest unit name.
const LONGEST_NAME: usize = 48;

/// The unit that starts `text`: its canonical name and how many bytes its name takes.
pub fn unit(text: &str) -> Option<(Arc<str>, usize)> {
    let first = text.chars().next()?;
    if !(first.is_alphabetic() || first == '°' || first == 'º') {
        return None;
    }
    let mut best = None;
    let mut buffer = [0; LONGEST_NAME];
    for end in ends(text) {
        let form = &text[..end];
        let named = || {
            let buffer = buffer.get_mut(..form.len())?;
            for (to, from) in buffer.iter_mut().zip(form.bytes()) {
                *to = if from == b'-' { b' ' } else { from.to_ascii_lowercase() };
            }
            units().names.get(std::str::from_utf8(buffer).ok()?)
        };
        if let Some(name) = units().symbols.get(form).or_else(named) {
            best = Some((name, end));
        }
    }
    best.map(|(name, end)| (name.clone(), end))
}

/// Places where a name of up to [`LONGEST`] words could end.
fn ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut words = 0;
    text.char_indices()
        .skip(1)
        .map(|(at, c)| (at, Some(c)))
        .chain([(text.len(), None)])
        .map_while(move |(at, c)| {
            // "5m-10m", "2-litre-engine", but no "10 t-shirts" and no "5 F-16".
            let joined = text[at..].strip_prefix('-').is_some_and(|tail| {
                let digit = tail.starts_with(|c: char| c.is_ascii_digit());
                at > 1 || digit && !text.starts_with(char::is_uppercase)
            });
            let end = joined
                || c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '²' | '³' | '-' | '^'));
            words += usize::from(c == Some(' ') || c.is_none());
            (words <= LONGEST && at < LONGEST_NAME).then_some((at, end))
        })
        .filter(|&(_, end)| end)
        .map(|(at, _)| at)
}

/// The first words of all names of units and currencies.
pub fn first_words() -> impl Iterator<Item = String> {
    let units = units();
    let all = units.names.keys().chain(units.symbols.keys()).chain(units.currency_names.keys());
    all.map(|name| {
        let end = name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len());
        name[..end].to_owned()
    })
}

/// Words that stand before an amount of money: codes, with "M" or "k" before them as well, and the
/// symbols that are words.
pub fn codes() -> impl Iterator<Item = String> {
    let units = units();
    let codes = units.codes.keys().flat_map(|code| {
        ["", "M", "k", "T"].into_iter().map(move |scale| format!("{scale}{code}"))
    });
    let symbols = units.currency_symbols.values().flatten().map(|(symbol, _)| {
        let end = symbol.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(symbol.len());
        symbol[..end].to_owned()
    });
    codes.chain(symbols)
}

/// What a currency is called where only its shared name was said: "franc".
pub fn shared_name(code: &str) -> Option<&'static str> {
    units().shared.get(code).map(String::as_str)
}

/// The currency symbol that starts `text`, and its length.
pub fn currency_symbol(text: &str) -> Option<(Currency, usize)> {
    let known = units().currency_symbols.get(text.as_bytes().first()?);
    let plain = known.and_then(|known| {
        known.iter().find(|(symbol, _)| {
            text.starts_with(symbol.as_str())
                && !(symbol.ends_with(|c: char| c.is_ascii_alphabetic())
                    && text[symbol.len()..].starts_with(|c: char| c.is_ascii_alphabetic()))
        })
    });
    plain
        .map(|(symbol, currency)| (currency.clone(), symbol.len()))
        .or_else(|| lettered_symbol(text))
}

/// Letters of a country or a code before a dollar sign, in whatever case: "hk$", "C $", "AUD$".
fn lettered_symbol(text: &str) -> Option<(Currency, usize)> {
    let len = text.bytes().take(4).take_while(u8::is_ascii_alphabetic).count();
    let (letters, rest) = text.split_at(len);
    let sign = rest.strip_prefix(' ').unwrap_or(rest);
    let tail = sign.strip_prefix('$').filter(|_| (1..=3).contains(&len))?;
    // "Gave us $5", "a $5 note": words.
    let apart = sign.len() < rest.len();
    let upper = letters.bytes().all(|byte| byte.is_ascii_uppercase());
    let lone = len == 1 && !letters.eq_ignore_ascii_case("c");
    if apart && (lone || !upper && is_stopword(letters)) {
        return None;
    }
    let code = letters.to_ascii_uppercase();
    let symbol = format!("{code}$");
    let known = units().currency_symbols.get(symbol.as_bytes().first()?);
    let named = known.and_then(|known| known.iter().find(|(known, _)| *known == symbol));
    let currency = match named {
        Some((_, currency)) => currency.clone(),
        None => {
            // "The top $5": a word.
            let (code, _) = units().codes.get(&code).filter(|(_, word)| !word)?;
            Currency { code: code.clone(), assumed: false, minor: false }
        }
    };
    Some((currency, text.len() - tail.len()))
}

/// The ISO code that starts `text`, what it is multiplied by as a power of ten ("MUSD", "kEUR"),
/// and its length. A code that is a word is one only where a digit follows at once.
pub fn currency_code(text: &str) -> Option<(Currency, i32, usize)> {
    let len = text.bytes().take(5).take_while(u8::is_ascii_alphabetic).count();
    let (power, front) = match (len, text.bytes().next()) {
        (3, _) => (0, 0),
        (4, Some(b'M')) => (6, 1),
        (4, Some(b'k' | b'T')) => (3, 1),
        _ => return None,
    };
    let (code, word) = units().codes.get(&text[front..len])?.clone();
    let rest = &text[len..];
    let ends = !rest.starts_with(char::is_alphabetic)
        && (!word || rest.starts_with(|c: char| c.is_ascii_digit()));
    ends.then_some((Currency { code, assumed: false, minor: false }, power, len))
}

/// The same behind a number, where small letters will do ("20 usd") and a code may be a word
/// outside a line of capitals ("42 SAR").
pub fn code_behind(text: &str) -> Option<(Currency, i32, usize)> {
    currency_code(text).or_else(|| {
        let len = text.bytes().take(4).take_while(u8::is_ascii_alphabetic).count();
        let (letters, rest) = text.split_at(len);
        let lower = letters.bytes().all(|byte| byte.is_ascii_lowercase());
        let (code, word) = match lower {
            true => units().codes.get(&letters.to_ascii_uppercase()).filter(|(_, word)| !word)?,
            false => units().codes.get(letters)?,
        };
        let mut next = rest.trim_start().chars();
        let capitals = *word
            && next.next().is_some_and(char::is_uppercase)
            && next.next().is_none_or(char::is_uppercase);
        let ends = len == 3 && !rest.starts_with(char::is_alphanumeric) && !capitals;
        ends.then(|| (Currency { code: code.clone(), assumed: false, minor: false }, 0, len))
    })
}

/// The currency name that starts `text`, and its length.
pub fn currency_name(text: &str) -> Option<(Currency, usize)> {
    let mut best = None;
    let mut buffer = [0; LONGEST_NAME];
    for end in ends(text) {
        let name = super::lower(&text[..end], &mut buffer)?;
        if let Some(currency) = units().currency_names.get(name) {
            best = Some((currency, end));
        }
    }
    best.map(|(currency, end)| (currency.clone(), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions_are_exact() {
        let d = |text: &str| Decimal::parse(text).unwrap();
        let round = |value: Decimal, step: &str| value.round_to(d(step)).to_string();
        assert_eq!(round(convert(d("573"), "kilometer", "mile").unwrap(), "0.1"), "356");
        assert_eq!(convert(d("10"), "ton", "kilogram"), Some(d("10000")));
        assert_eq!(round(convert(d("212"), "fahrenheit", "celsius").unwrap(), "0.001"), "100");
        assert_eq!(convert(d("1"), "mile", "kilogram"), None);
    }

    #[test]
    fn units_are_found_by_their_longest_name() {
        assert_eq!(
            unit("square miles of land").map(|(n, l)| (n.to_string(), l)),
            Some(("square mile".into(), 12))
        );
        assert_eq!(unit("km of").map(|(n, l)| (n.to_string(), l)), Some(("kilometer".into(), 2)));
        assert_eq!(unit("men"), None);
        assert_eq!(unit("t-shirts"), None);
        assert_eq!(
            unit("square-foot house").map(|(n, l)| (n.to_string(), l)),
            Some(("square foot".into(), 11))
        );
        for (text, symbol) in [("hk $ 5", "HKD"), ("cad$5", "CAD"), ("us$5", "USD")] {
            assert_eq!(currency_symbol(text).map(|(c, _)| c.code.to_string()), Some(symbol.into()));
        }
        for text in ["a $5 note", "us $5 each", "top $5", "cats"] {
            assert!(currency_symbol(text).is_none(), "{text}");
        }
        assert!(code_behind("usd a day").is_some() && code_behind("TRY TO").is_none());
        assert_eq!(
            currency_symbol("US$5").map(|(c, l)| (c.code.to_string(), l)),
            Some(("USD".into(), 3))
        );
        assert_eq!(currency_name("pence a day").map(|(c, l)| (c.minor, l)), Some((true, 5)));
    }
}
