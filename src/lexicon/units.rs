//! `rules/units`: units of measure and currencies.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use serde::Deserialize;

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
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CurrencyFile {
    symbols: Vec<String>,
    names: Vec<String>,
    #[serde(default)]
    assumed: Vec<String>,
    #[serde(default)]
    minor: Vec<String>,
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
    units: HashMap<String, Unit>,
    bases: HashMap<&'static str, &'static str>,
    symbols: HashMap<String, Arc<str>>,
    names: HashMap<String, Arc<str>>,
    currency_symbols: Vec<(String, Currency)>,
    currency_names: HashMap<String, Currency>,
    codes: HashMap<String, Arc<str>>,
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
    let files: BTreeMap<String, DimensionFile> =
        toml::from_str(super::file("units/measures.toml")).expect("units/measures.toml is tested");
    let currencies: BTreeMap<String, CurrencyFile> =
        toml::from_str(super::file("units/currencies.toml"))
            .expect("units/currencies.toml is tested");
    let mut all = Units {
        units: HashMap::new(),
        bases: HashMap::new(),
        symbols: HashMap::new(),
        names: HashMap::new(),
        currency_symbols: Vec::new(),
        currency_names: HashMap::new(),
        codes: HashMap::new(),
    };
    let decimal = |text: &str| Decimal::parse(text).expect("units/measures.toml is tested");
    for (dimension, file) in files {
        let dimension = leak(dimension);
        all.bases.insert(dimension, leak(file.base));
        for (name, unit) in file.units {
            let canonical: Arc<str> = name.as_str().into();
            for symbol in unit.symbols {
                all.symbols.entry(symbol).or_insert_with(|| canonical.clone());
            }
            for spelling in unit.names {
                all.names.entry(spelling).or_insert_with(|| canonical.clone());
            }
            let offset = unit.offset.as_deref().map_or(Decimal::ZERO, decimal);
            all.units.insert(name, Unit { dimension, factor: decimal(&unit.factor), offset });
        }
    }
    for (code, file) in currencies {
        let code: Arc<str> = code.as_str().into();
        all.codes.insert(code.to_string(), code.clone());
        let currency = |assumed, minor| Currency { code: code.clone(), assumed, minor };
        for symbol in file.symbols {
            let assumed = symbol == "$" || symbol == "¥";
            all.currency_symbols.push((symbol, currency(assumed, false)));
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
    }
    all.currency_symbols.sort_by_key(|(symbol, _)| std::cmp::Reverse(symbol.len()));
    all
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

/// Words of the longest unit name.
const LONGEST: usize = 4;

/// The unit that starts `text`: its canonical name and how many bytes its name takes.
pub fn unit(text: &str) -> Option<(Arc<str>, usize)> {
    let first = text.chars().next()?;
    if !(first.is_alphabetic() || first == '°' || first == 'º') {
        return None;
    }
    let mut best = None;
    for end in ends(text) {
        let form = &text[..end];
        let found =
            units().symbols.get(form).or_else(|| units().names.get(form.to_lowercase().as_str()));
        if let Some(name) = found {
            best = Some((name.clone(), end));
        }
    }
    best
}

/// Places where a name of up to [`LONGEST`] words could end.
fn ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut words = 0;
    text.char_indices()
        .skip(1)
        .map(|(at, c)| (at, Some(c)))
        .chain([(text.len(), None)])
        .map_while(move |(at, c)| {
            let end = c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '²' | '³' | '-'));
            words += usize::from(c == Some(' ') || c.is_none());
            (words <= LONGEST && at < 48).then_some((at, end))
        })
        .filter(|&(_, end)| end)
        .map(|(at, _)| at)
}

/// The currency symbol that starts `text`, and its length.
pub fn currency_symbol(text: &str) -> Option<(Currency, usize)> {
    units()
        .currency_symbols
        .iter()
        .find(|(symbol, _)| {
            text.starts_with(symbol.as_str())
                && !(symbol.ends_with(|c: char| c.is_ascii_alphabetic())
                    && text[symbol.len()..].starts_with(|c: char| c.is_ascii_alphabetic()))
        })
        .map(|(symbol, currency)| (currency.clone(), symbol.len()))
}

/// The ISO code that starts `text`.
pub fn currency_code(text: &str) -> Option<Currency> {
    let code = text.get(..3)?;
    let code = units().codes.get(code)?.clone();
    (!text[3..].starts_with(char::is_alphabetic)).then_some(Currency {
        code,
        assumed: false,
        minor: false,
    })
}

/// The currency name that starts `text`, and its length.
pub fn currency_name(text: &str) -> Option<(Currency, usize)> {
    let mut best = None;
    for end in ends(text) {
        if let Some(currency) = units().currency_names.get(text[..end].to_lowercase().as_str()) {
            best = Some((currency.clone(), end));
        }
    }
    best
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
        assert_eq!(
            currency_symbol("US$5").map(|(c, l)| (c.code.to_string(), l)),
            Some(("USD".into(), 3))
        );
        assert_eq!(currency_name("pence a day").map(|(c, l)| (c.minor, l)), Some((true, 5)));
    }
}
