//! Figures that share what is said once, behind the last: "5, 7 and 9 km", "5 of 9 km", "from 5 to 9 km".

use crate::parse::Mention;
use crate::value::figure::{FigureKind, Unit};
use crate::value::{Decimal, Figure, Value};

/// Items of the longest list that shares a unit.
const MOST: usize = 12;

/// Gives the bare numbers of a list the unit of its last item. All but the last two are joined by
/// commas, the last by "and" or "or".
pub fn share_units(text: &str, found: &mut [Mention]) {
    for last in 1..found.len() {
        let Value::Figure(figure) = &found[last].value else { continue };
        let digits =
            text[found[last].span.start as usize..].starts_with(|c: char| c.is_ascii_digit());
        let behind = matches!(figure.unit, Unit::Measure(_) | Unit::Percent)
            || matches!(figure.unit, Unit::Money(_)) && digits;
        let behind = behind && figure.high.is_none();
        let kinds = [FigureKind::Quantity, FigureKind::Percent, FigureKind::Money];
        let whole = kinds.contains(&figure.kind);
        if !behind || !whole {
            continue;
        }
        let (kind, unit, size) = (figure.kind, figure.unit.clone(), figure.low);
        let mut joints: &[&str] = &[" and ", " or ", ", and ", ", or ", " & "];
        for item in (last.saturating_sub(MOST)..last).rev() {
            let between = &text[found[item].span.end as usize..found[item + 1].span.start as usize];
            let Value::Figure(figure) = &found[item].value else { break };
            // "12 of 38 hectares": the part is measured as the whole is.
            let part = between == " of "
                && item + 1 == last
                && kind == FigureKind::Quantity
                && !figure.in_words
                && figure.low < size;
            // "From 1,150 to 1,200 crowns"
            let from = between == " to "
                && item + 1 == last
                && text[..found[item].span.start as usize].ends_with("from ");
            let Value::Figure(figure) = &mut found[item].value else { break };
            if !(part || from || joints.contains(&between))
                || !bare(figure)
                || !alike(figure.low, size)
            {
                break;
            }
            (figure.kind, figure.unit) = (kind, unit.clone());
            joints = &[", "];
        }
    }
}

/// Items of a list lie within this of each other: "1.5 million and 4%" is none.
const SPREAD: i64 = 1_000;

fn alike(a: Decimal, b: Decimal) -> bool {
    let times = |value: Decimal| value.checked_mul(Decimal::from(SPREAD));
    times(a).is_some_and(|a| b <= a) && times(b).is_some_and(|b| a <= b)
}

/// A plain number that nothing else was said of.
fn bare(figure: &Figure) -> bool {
    figure.kind == FigureKind::Number
        && figure.unit == Unit::None
        && figure.high.is_none()
        && figure.per.is_none()
}
