//! Spreadsheets of Excel and its like (SpreadsheetML, ECMA-376), as they are shown: cells with their number
//! formats, without hidden sheets, rows and columns.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::ReadError;
use super::archive::Archive;
use super::builder::Builder;
use super::landmark::Landmark;
use super::table::{COLUMNS, ROWS, Table};
use super::xml::{Node, Xml};

/// Reads a spreadsheet.
pub fn read(bytes: &[u8], builder: &mut Builder) -> Result<(), ReadError> {
    let mut archive = Archive::open(bytes)?;
    let main = archive.main_part("xl/workbook.xml")?;
    let workbook = archive.expect(&main)?;
    let relations = archive.relations(&main)?;
    let mut related = |kind: &str| match relations.iter().find(|r| r.kind == kind) {
        Some(relation) => archive.part(&relation.target),
        None => Ok(None),
    };
    let strings = match related("sharedStrings")? {
        Some(text) => strings(&text)?,
        None => Vec::new(),
    };
    let formats = match related("styles")? {
        Some(text) => formats(&text)?,
        None => Vec::new(),
    };
    let (sheets, from_1904) = sheets(&workbook)?;
    let mut book = Book { strings, formats, from_1904, tables: 0 };
    for (name, id) in sheets {
        let Some(relation) = relations.iter().find(|r| r.id == id && r.kind == "worksheet") else {
            continue;
        };
        if let Some(text) = archive.part(&relation.target)? {
            book.sheet(&name, &text, builder)?;
        }
    }
    Ok(())
}

/// Names and relations of the sheets that are shown, and whether days are counted from 1904.
fn sheets(workbook: &str) -> Result<(Vec<(String, String)>, bool), ReadError> {
    let (mut sheets, mut from_1904) = (Vec::new(), false);
    let mut xml = Xml::new(workbook);
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        match element.name() {
            "workbookPr" => {
                from_1904 = matches!(element.get("date1904").as_deref(), Some("1" | "true"));
            }
            "sheet" if element.get("state").is_none_or(|state| state == "visible") => {
                let [name, id] = ["name", "id"].map(|name| element.get(name).unwrap_or_default());
                sheets.push((name, id));
            }
            _ => {}
        }
    }
    Ok((sheets, from_1904))
}

fn strings(text: &str) -> Result<Vec<String>, ReadError> {
    let mut strings = Vec::new();
    let (mut string, mut inside) = (String::new(), false);
    let mut xml = Xml::new(text);
    while let Some(node) = xml.next()? {
        match node {
            // How signs are spoken.
            Node::Open(element) if element.name() == "rPh" => xml.skip()?,
            Node::Open(element) => inside = element.name() == "t",
            Node::Close(end) if end.name() == "si" => strings.push(std::mem::take(&mut string)),
            Node::Close(_) => inside = false,
            Node::Text(text) if inside => string.push_str(&text),
            Node::Text(_) => {}
        }
    }
    Ok(strings)
}

/// The number format of each cell style.
fn formats(text: &str) -> Result<Vec<NumberFormat>, ReadError> {
    let mut codes: HashMap<u32, String> = HashMap::new();
    let (mut styles, mut in_cells) = (Vec::new(), false);
    let mut xml = Xml::new(text);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(element) => match element.name() {
                "numFmt" => {
                    let code = element.get("formatCode").unwrap_or_default();
                    codes.insert(element.number("numFmtId").unwrap_or(0), code);
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => styles.push(element.number("numFmtId").unwrap_or(0)),
                _ => {}
            },
            Node::Close(end) if end.name() == "cellXfs" => in_cells = false,
            _ => {}
        }
    }
    let format = |id: u32| {
        let own = codes.get(&id).map(String::as_str);
        NumberFormat::new(own.unwrap_or_else(|| built_in(id)))
    };
    Ok(styles.into_iter().map(format).collect())
}

/// The formats that every program knows by number (ECMA-376 part 1, 18.8.30).
fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 => "#,##0",
        4 | 39 | 40 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14..=17 => "d mmm yyyy",
        18..=21 | 45..=47 => "h:mm",
        22 => "d mmm yyyy h:mm",
        _ => "General",
    }
}

/// How a number is shown.
#[derive(Debug, Clone, Default, PartialEq)]
struct NumberFormat {
    /// Words before and behind the number.
    before: String,
    behind: String,
    /// Digits after the point; none for as many as there are.
    decimals: Option<usize>,
    grouped: bool,
    percent: bool,
    /// Divided by a thousand so many times.
    thousands: i32,
    /// Day, month, year, hour are shown, for a date.
    date: Option<[bool; 4]>,
}

impl NumberFormat {
    /// Reads the code for positive numbers.
    fn new(code: &str) -> NumberFormat {
        let mut format = NumberFormat::default();
        let code = code.split(';').next().unwrap_or_default();
        if code.eq_ignore_ascii_case("general") || code == "@" || code.is_empty() {
            return format;
        }
        let mut letters = String::new();
        let (mut digits, mut point) = (false, None);
        let mut chars = code.chars();
        while let Some(c) = chars.next() {
            let words = if digits { &mut format.behind } else { &mut format.before };
            match c {
                '"' => words.extend(chars.by_ref().take_while(|c| *c != '"')),
                '\\' => words.extend(chars.next()),
                '_' | '*' => drop(chars.next()),
                '[' => {
                    // "[$€-407]" is a currency, "[Red]" and "[>5]" are none.
                    let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    if let Some(currency) = inside.strip_prefix('$') {
                        words.push_str(currency.split('-').next().unwrap_or_default());
                    } else if inside.chars().all(|c| matches!(c, 'h' | 'H' | 'm' | 's')) {
                        letters.push_str(&inside);
                    }
                }
                '0' | '#' | '?' => {
                    digits = true;
                    format.thousands = 0;
                    point = point.map(|count: usize| count + 1);
                }
                '.' if digits => point = Some(0),
                ',' if digits => {
                    format.grouped = true;
                    format.thousands += 1;
                }
                '%' => format.percent = true,
                '€' | '$' | '£' | '¥' | ' ' | '\u{A0}' => words.push(c),
                c if c.is_ascii_alphabetic() => letters.push(c.to_ascii_lowercase()),
                _ => {}
            }
        }
        format.decimals = Some(point.unwrap_or(0));
        format.grouped &= code.contains(",#") || code.contains(",0");
        if !digits && letters.contains(['d', 'm', 'y', 'h', 's']) {
            let minutes = letters.contains('h') || letters.contains('s');
            let month = letters.contains("mmm")
                || letters.contains('m') && (!minutes || letters.contains('y'));
            format.date = Some([letters.contains('d'), month, letters.contains('y'), minutes]);
        }
        format
    }

    /// The number as it is shown; `value` is as the file has it.
    fn show(&self, value: &str, from_1904: bool) -> String {
        let Ok(number) = value.trim().parse::<f64>() else { return value.to_owned() };
        if let Some(date) = self.date.and_then(|parts| date(number, parts, from_1904)) {
            return date;
        }
        let scaled = if self.percent { number * 100.0 } else { number };
        let scaled = scaled / 1000f64.powi(self.thousands.min(5));
        let digits = match self.decimals {
            Some(decimals) => format!("{scaled:.*}", decimals.min(20)),
            // Programs show numbers without a format with fifteen digits at most.
            None if scaled != 0.0 && scaled.is_finite() && scaled.abs() < 1e15 => {
                let whole = scaled.abs().log10().floor() as i32 + 1;
                let text = format!("{scaled:.*}", (15 - whole).clamp(0, 20) as usize);
                match text.contains('.') {
                    true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
                    false => text,
                }
            }
            None => value.trim().to_owned(),
        };
        let digits = if self.grouped { grouped(&digits) } else { digits };
        let percent = if self.percent { "%" } else { "" };
        format!("{}{digits}{percent}{}", self.before, self.behind)
    }
}

/// Commas between thousands.
fn grouped(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut text = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

/// A count of days as a date: "14 March 2019 09:30", or the parts of it that are shown.
fn date(days: f64, [day, month, year, time]: [bool; 4], from_1904: bool) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    if !(0.0..3_000_000.0).contains(&days) {
        return None;
    }
    let minutes = ((days.fract() * 1440.0).round() as i64).min(1439);
    let whole = days.trunc() as i64;
    // The first calendar counts a 29 February 1900 that never was.
    let start = match (from_1904, whole) {
        (true, _) => Date::constant(1904, 1, 1),
        (false, ..60) => Date::constant(1899, 12, 31),
        (false, _) => Date::constant(1899, 12, 30),
    };
    let date = start.checked_add(jiff::Span::new().try_days(whole).ok()?).ok()?;
    let mut parts = Vec::new();
    if day {
        parts.push(date.day().to_string());
    }
    if month {
        parts.push(MONTHS[date.month() as usize - 1].to_owned());
    }
    if year {
        parts.push(date.year().to_string());
    }
    if time {
        parts.push(format!("{:02}:{:02}", minutes / 60, minutes % 60));
    }
    Some(parts.join(" "))
}

struct Book {
    strings: Vec<String>,
    formats: Vec<NumberFormat>,
    from_1904: bool,
    tables: u32,
}

/// A cell while it is read.
#[derive(Default)]
struct Open {
    kind: String,
    style: usize,
    value: String,
}

impl Book {
    fn sheet(&mut self, name: &str, text: &str, builder: &mut Builder) -> Result<(), ReadError> {
        let mut table = Table::default();
        let (mut row, mut column) = (0u32, 0u32);
        let mut hidden_columns = HashSet::new();
        let mut hidden_row = false;
        let mut cell = Open::default();
        let mut inside = false;
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(element) => match element.name() {
                    "col" if element.get("hidden").is_some_and(|hidden| hidden != "0") => {
                        let [from, to] = ["min", "max"].map(|n| element.number(n).unwrap_or(0));
                        hidden_columns
                            .extend((from..=to.min(COLUMNS)).map(|n| n.saturating_sub(1)));
                    }
                    "row" => {
                        let number = element.number("r").map(|n| n.saturating_sub(1));
                        row = number.unwrap_or(row).max(row).min(ROWS);
                        hidden_row = element.get("hidden").is_some_and(|hidden| hidden != "0");
                        column = 0;
                    }
                    "c" => {
                        let place = element.get("r").and_then(|place| column_of(&place));
                        column = place.unwrap_or(column).max(column);
                        cell = Open {
                            kind: element.get("t").unwrap_or_default(),
                            style: element.number("s").unwrap_or(0) as usize,
                            value: String::new(),
                        };
                    }
                    "rPh" | "f" => xml.skip()?,
                    "v" | "t" => inside = true,
                    _ => {}
                },
                Node::Close(end) => match end.name() {
                    "v" | "t" => inside = false,
                    "c" => {
                        if !hidden_row && !hidden_columns.contains(&column) {
                            table.add(row, column, self.shown(&cell));
                        }
                        column += 1;
                    }
                    "row" => row += 1,
                    _ => {}
                },
                Node::Text(text) if inside => cell.value.push_str(&text),
                Node::Text(_) => {}
            }
        }
        let sheet: std::sync::Arc<str> = name.into();
        table.end_sheet(&mut self.tables, builder, |row, column| Landmark::Sheet {
            sheet: sheet.clone(),
            row,
            column,
        });
        Ok(())
    }

    fn shown(&self, cell: &Open) -> String {
        match cell.kind.as_str() {
            "s" => {
                let string =
                    cell.value.trim().parse().ok().and_then(|at: usize| self.strings.get(at));
                string.cloned().unwrap_or_default()
            }
            "str" | "inlineStr" => cell.value.clone(),
            "b" | "e" => String::new(),
            "d" => cell.value.clone(),
            _ => match self.formats.get(cell.style) {
                Some(format) => format.show(&cell.value, self.from_1904),
                None => NumberFormat::default().show(&cell.value, self.from_1904),
            },
        }
    }
}

/// The column, from 0, of a place such as "AB7".
fn column_of(place: &str) -> Option<u32> {
    let letters = place.bytes().take_while(u8::is_ascii_uppercase);
    let number =
        letters.take(4).fold(0, |number, letter| number * 26 + u32::from(letter - b'A') + 1);
    number.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::document::archive::tests::package;
    use crate::document::read as read_document;

    #[test]
    fn numbers_are_read_as_they_are_shown() {
        let show = |code: &str, value: &str| NumberFormat::new(code).show(value, false);
        assert_eq!(show("General", "0.30000000000000004"), "0.3");
        assert_eq!(show("General", "1204"), "1204");
        assert_eq!(show("0.0%", "0.38412"), "38.4%");
        assert_eq!(show("#,##0", "1234567.8"), "1,234,568");
        assert_eq!(show("[$€-407]#,##0.00;[Red]-0", "4500000"), "€4,500,000.00");
        assert_eq!(show("0.0,,\" million\"", "4500000"), "4.5 million");
        assert_eq!(show("#,##0\\ \"km\"", "-1204"), "-1,204 km");
        assert_eq!(show("yyyy\\-mm\\-dd", "43538"), "14 March 2019");
        assert_eq!(show("mmm\\-yy", "43538"), "March 2019");
        assert_eq!(show("h:mm", "0.3958333333"), "09:30");
        assert_eq!(show("d/m/yyyy h:mm", "1.5"), "1 January 1900 12:00");
        assert_eq!(show("0", "much"), "much");
        assert_eq!(column_of("AB7"), Some(27));
    }

    #[test]
    fn what_is_shown_and_where() {
        let sheet = "<worksheet><cols><col min='4' max='4' hidden='1'/></cols><sheetData>\
            <row r='1'><c r='A1' t='s'><v>0</v></c></row><row r='3'><c r='A3' t='inlineStr'><is><t>Berth</t></is></c><c r='B3'><v>2019</v></c></row>\
            <row r='4'><c r='A4' t='s'><v>1</v></c><c r='B4' s='1'><f>1+1</f><v>0.5</v></c><c r='D4'><v>9</v></c></row>\
            <row r='5' hidden='1'><c><v>8</v></c></row></sheetData></worksheet>";
        let bytes = package(&[
            (
                "xl/workbook.xml",
                "<workbook><sheets><sheet name='Boats' r:id='a'/><sheet name='x' state='hidden' r:id='a'/></sheets></workbook>",
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id='a' Type='x/worksheet' Target='s.xml'/>\
                <Relationship Id='b' Type='x/sharedStrings' Target='t.xml'/><Relationship Id='c' Type='x/styles' Target='f.xml'/></Relationships>",
            ),
            ("xl/s.xml", sheet),
            (
                "xl/t.xml",
                "<sst><si><t>By berth</t></si><si><r><t>No</t></r><r><t>rth</t></r></si></sst>",
            ),
            (
                "xl/f.xml",
                "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='9'/></cellXfs></styleSheet>",
            ),
        ]);
        let read =
            read_document(Path::new("a.xlsx"), bytes).unwrap_or_else(|e| panic!("{}", e.message));
        assert_eq!(read.text, "By berth\nBerth\n2019\nNorth\n50%\n");
        let place = read.landmark(read.blocks[4].span).unwrap().to_string();
        assert_eq!(place, "sheet Boats, cell B4");
        let header = read.column_header(4).unwrap();
        assert_eq!(read.slice(read.blocks[header].span), "2019");
    }
}
