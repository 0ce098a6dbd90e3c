//! What the headers of a table and its caption say of its bare numbers: "€ million", "Area (ha)",
//! "Livestock, thousands", "Cases per 100,000".

use crate::document::{Block, BlockKind, Document};
use crate::lexicon::labels::{self, Label};
use crate::lexicon::numbers::{NumberWord, abbreviation, number_word};
use crate::lexicon::units;
use crate::parse::Mention;
use crate::parse::figure::core::core;
use crate::parse::figure::number::{Kind, number};
use crate::value::figure::{FigureKind, Per, Unit};
use crate::value::{Decimal, Figure, Value};

/// The note that tells the unit of a table is no longer than this, in bytes.
const NOTE: usize = 60;
/// A caption is no longer than this, in bytes.
const CAPTION: usize = 200;

/// Gives a bare number in a table the unit that its row, its column, the corner or the caption of the
/// table tells. Whole numbers may be counts in a table of money, so the corner and the caption tell
/// of money only for numbers with decimals.
pub(super) fn unit(document: &Document, block: usize, mention: &mut Mention) {
    let Value::Figure(figure) = &mut mention.value else { return };
    if figure.kind != FigureKind::Number
        || !matches!(document.blocks[block].kind, BlockKind::Cell(_))
    {
        return;
    }
    let text = |block: usize| document.slice(document.blocks[block].span);
    let (column, row) = (document.column_header(block), document.row_header(block));
    figure.per = figure.per.take().or_else(|| {
        let headers = [column, row].into_iter().flatten();
        headers.map(text).find_map(rate)
    });
    let corner = document.corner(block).filter(|&corner| leads(document, corner));
    let whole = figure.low.is_integer() && figure.step >= Decimal::ONE;
    let of_all = |unit: &Figure| unit.kind != FigureKind::Money || !whole;
    let above = whole_of(document, block);
    let row = row.filter(|&row| leads(document, row));
    let own = [row, above, column].into_iter().flatten().map(text).find_map(told);
    let Some(unit) = own
        .or_else(|| corner.map(text).and_then(told).filter(of_all))
        .or_else(|| caption(document, block).map(text).and_then(told).filter(of_all))
        .or_else(|| note(document, block).map(text).and_then(told).filter(of_all))
    else {
        return;
    };
    let scaled = |value: Decimal| value.checked_mul(unit.low).unwrap_or(value);
    (figure.kind, figure.unit, figure.unit_assumed) = (unit.kind, unit.unit, unit.unit_assumed);
    figure.low = scaled(figure.low);
    figure.high = figure.high.map(scaled);
    figure.step = scaled(figure.step);
}

/// Whether a cell stands in the first column, which names the rows.
fn leads(document: &Document, block: usize) -> bool {
    document.cell(block).is_some_and(|cell| cell.column == 0)
}

/// The short paragraph right before the table of a cell whose row has a name.
pub(crate) fn caption(document: &Document, block: usize) -> Option<usize> {
    document.row_header(block)?;
    let caption = document.corner(block)?.checked_sub(1)?;
    (document.slice(document.blocks[caption].span).len() <= CAPTION).then_some(caption)
}

/// The short paragraph right behind the table of a cell that tells its unit: "Figures in million euros."
pub(crate) fn note(document: &Document, block: usize) -> Option<usize> {
    document.row_header(block)?;
    let table = document.cell(block)?.table;
    let rest = &document.blocks[block..];
    // Each table has its number for itself, so that no cell of this one stands behind another block.
    let inside = |block: &Block| matches!(block.kind, BlockKind::Cell(cell) if cell.table == table);
    let note = block + rest.partition_point(inside);
    let text = document.slice(document.blocks.get(note)?.span);
    let mut words = text.split(' ').filter(|word| !word.eq_ignore_ascii_case("all"));
    let tells = words.next().is_some_and(|word| labels::tells(Label::Notes, word));
    (tells && text.len() <= NOTE).then_some(note)
}

/// For a cell of the row "of which dairy cows" the name of the row that it is a part of.
pub(crate) fn whole_of(document: &Document, block: usize) -> Option<usize> {
    let row = document.row_header(block).filter(|&row| leads(document, row))?;
    let opening = document.slice(document.blocks[row].span).get(..5)?;
    let first = document.corner(block).filter(|_| opening.eq_ignore_ascii_case("of wh"))?;
    (first..row).rev().find(|&block| leads(document, block))
}

/// One of the unit that a header tells.
fn told(header: &str) -> Option<Figure> {
    money(header).or_else(|| phrases(header).find_map(one))
}

/// Money by its sign: "€ million", "Revenue ($m)".
fn money(header: &str) -> Option<Figure> {
    let at =
        header.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, ' ' | '(' | ',' | '-'))?;
    let (currency, len) = units::currency_symbol(&header[at..])?;
    let scale = header[at + len..].trim_start().split(|c: char| !c.is_alphabetic()).next()?;
    let scale = scale.to_lowercase();
    let power = match number_word(&scale) {
        Some(NumberWord::Scale(power)) => power,
        _ => abbreviation(&scale, false).unwrap_or(0),
    };
    let one = Decimal::power_of_ten(power)?;
    Some(Figure {
        kind: FigureKind::Money,
        unit: Unit::Money(currency.code),
        unit_assumed: currency.assumed,
        ..Figure::number(one, one)
    })
}

/// Where a header may tell its unit: in brackets, behind the last comma, behind "in"; or it is the unit.
fn phrases(header: &str) -> impl Iterator<Item = &str> {
    let brackets = header.rsplit_once('(').and_then(|(_, tail)| tail.split_once(')'));
    let behind = |mark| header.rsplit_once(mark).map(|(_, tail)| tail);
    // "St", "Pts": short words with a capital are abbreviations of the table's own.
    let short = header.len() <= 3 && !header.starts_with(char::is_uppercase);
    let whole = (short || header.starts_with(['\'', '’'])).then_some(header);
    [brackets.map(|(inside, _)| inside), behind(", "), behind(" in "), whole].into_iter().flatten()
}

/// One of what a phrase names: "thousands", "'000 tonnes", "km", "in millions of euros".
fn one(phrase: &str) -> Option<Figure> {
    let phrase = phrase.trim_end_matches([':', '.']);
    let phrase = phrase.strip_prefix("in ").unwrap_or(phrase);
    // "m" may be metres or millions.
    if phrase.len() < 2 && phrase != "%" {
        return None;
    }
    let (scale, unit) = phrase.split_once(' ').unwrap_or((phrase, ""));
    let thousands = matches!(scale, "'000" | "’000" | "000" | "000s");
    if !thousands && scale.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let singular = scale.strip_suffix('s').unwrap_or(scale);
    let scale = match number_word(singular) {
        _ if thousands => "thousand",
        Some(NumberWord::Scale(_)) => singular,
        _ => scale,
    };
    let unit = unit.strip_prefix("of ").unwrap_or(unit);
    let text = format!("1 {scale} {unit}");
    let text = text.trim_end();
    let found = core(text).filter(|found| found.len == text.len())?;
    let counted = found.figure.kind == FigureKind::Number && found.figure.low == Decimal::ONE;
    let plain = matches!(
        found.figure.kind,
        FigureKind::Number | FigureKind::Money | FigureKind::Percent | FigureKind::Quantity
    );
    (plain && !counted).then_some(found.figure)
}

/// The rate that a header names: "Cases per 100,000".
fn rate(header: &str) -> Option<Per> {
    let at = header.find(" per ").map(|at| at + " per ".len()).or_else(|| {
        header.get(..4).filter(|start| start.eq_ignore_ascii_case("per ")).map(|_| 4)
    })?;
    let (_, number) = number(&header[at..]).ok()?;
    (number.kind == Kind::Cardinal && number.value >= Decimal::from(10))
        .then_some(Per::Number(number.value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_headers() {
        let cases = [
            ("Livestock, thousands", "1000 None"),
            ("Population by region (in millions)", "1000000 None"),
            ("'000 tonnes", "1000 Measure(\"metric ton\")"),
            ("Crop (thousand tonnes)", "1000 Measure(\"metric ton\")"),
            ("Area (ha)", "1 Measure(\"hectare\")"),
            ("Share (%)", "1 Percent"),
            ("%", "1 Percent"),
            ("€ million", "1000000 Money(\"EUR\")"),
            ("Income in millions of euros", "1000000 Money(\"EUR\")"),
            // No units.
            ("Height (m)", "–"),
            ("Pts", "–"),
            ("Smith, J", "–"),
            ("Cases (all)", "–"),
            ("The towns, 573", "–"),
        ];
        for (header, expected) in cases {
            let read = told(header)
                .map_or("–".to_owned(), |figure| format!("{} {:?}", figure.low, figure.unit));
            assert_eq!(read, expected, "{header}");
        }
    }
}
