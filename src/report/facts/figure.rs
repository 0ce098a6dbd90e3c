//! Figures in the facts listing.

use serde_json::{Map, Value as Json, json};

use crate::lexicon::units;
use crate::value::Figure;
use crate::value::figure::{Direction, FigureKind, Per, Unit};

/// Adds the fields of a figure; returns its kind.
pub fn fields(figure: &Figure, fields: &mut Map<String, Json>) -> &'static str {
    let own = match figure.kind {
        FigureKind::Number | FigureKind::Vague | FigureKind::Ratio => "number",
        FigureKind::Ordinal => "ordinal",
        FigureKind::Fraction => "fraction",
        FigureKind::Multiplier => "multiplier",
        FigureKind::Percent => "percent",
        FigureKind::Money => "money",
        FigureKind::Quantity => "quantity",
    };
    let kind = match (figure.high, figure.fraction) {
        (Some(high), _) => {
            fields.insert(
                "value".into(),
                json!({"lower": figure.low.to_string(), "upper": high.to_string()}),
            );
            fields.insert("range_of".into(), json!(own));
            "range"
        }
        (None, Some((numerator, denominator))) => {
            let sign = if figure.low.is_negative() { "-" } else { "" };
            fields.insert("value".into(), json!(format!("{sign}{numerator}/{denominator}")));
            own
        }
        (None, None) => {
            fields.insert("value".into(), json!(figure.low.to_string()));
            own
        }
    };
    let unit = match &figure.unit {
        Unit::None => None,
        Unit::Percent => Some("percent".to_owned()),
        Unit::PercentagePoint => Some("percentage point".to_owned()),
        Unit::BasisPoint => Some("basis point".to_owned()),
        Unit::PerMille => Some("per mille".to_owned()),
        Unit::Money(code) => {
            let shared = units::shared_name(code).filter(|_| figure.unit_assumed && !figure.minor);
            Some(shared.unwrap_or(code).to_owned())
        }
        Unit::Measure(name) => Some(match &figure.per {
            Some(Per::Unit(unit)) => format!("{name} per {unit}"),
            _ => name.to_string(),
        }),
    };
    if let Some(unit) = unit {
        fields.insert("unit".into(), json!(unit));
    }
    match &figure.per {
        Some(Per::Unit(unit)) => {
            fields.insert("per".into(), json!(unit.as_ref()));
        }
        Some(Per::Number(number)) => {
            fields.insert("per".into(), json!(number.to_string()));
        }
        None => {}
    }
    if figure.unit_assumed {
        fields.insert("unit_assumed".into(), json!(true));
    }
    fields.insert("qualifier".into(), json!(figure.qualifier.map(|qualifier| qualifier.id())));
    if let Some(direction) = figure.direction {
        let word = match direction {
            Direction::Up => "up",
            Direction::Down => "down",
        };
        fields.insert("direction".into(), json!(word));
    }
    fields.insert("precision".into(), json!(figure.step.to_string()));
    kind
}
