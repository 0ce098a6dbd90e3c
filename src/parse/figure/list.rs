//! Figures of a list that share what is said once, behind the last: "5, 7 and 9 km".

use crate::parse::Mention;
use crate::value::figure::{FigureKind, Unit};
use crate::value::{Figure, Value};

/// Items of the longest list that shares a unit.
const MOST: usize = 12;

/// Gives the bare numbers of a list the unit of its last item. All but the last two are joined by
/// commas, the last by "and" or "or".
pub fn share_units(text: &str, found: &mut [Mention]) {
    for last in 1..found.len() {
        let Value::Figure(figure) = &found[last].value else { continue };
        let behind =
            matches!(figure.unit, Unit::Measure(_) | Unit::Percent) && figure.high.is_none();
        let whole = matches!(figure.kind, FigureKind::Quantity | FigureKind::Percent);
        if !behind || !whole {
            continue;
        }
        let (kind, unit) = (figure.kind, figure.unit.clone());
        let mut joints: &[&str] = &[" and ", " or ", ", and ", ", or ", " & "];
        for item in (last.saturating_sub(MOST)..last).rev() {
            let between = &text[found[item].span.end as usize..found[item + 1].span.start as usize];
            let Value::Figure(figure) = &mut found[item].value else { break };
            if !joints.contains(&between) || !bare(figure) {
                break;
            }
            (figure.kind, figure.unit) = (kind, unit.clone());
            joints = &[", "];
        }
    }
}

/// A plain number that nothing else was said of.
fn bare(figure: &Figure) -> bool {
    figure.kind == FigureKind::Number
        && figure.unit == Unit::None
        && figure.high.is_none()
        && figure.per.is_none()
}
