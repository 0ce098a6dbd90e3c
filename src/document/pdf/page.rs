//! One page: from the pieces of text that a PDF draws to lines and tables in reading order.
//!
//! Columns of prose are found by the gap that few lines cross (a cut of the page as in Nagy and Seth's
//! X-Y trees, 1984), tables by rows whose parts stand under each other.

use std::collections::HashSet;

use pdfboss_text::{ArtifactKind, Ruling, TextSpan};

use super::super::builder::raised;

/// A gap of so many ems parts two words.
const WORD_GAP: f32 = 0.15;

/// A gap of so many ems parts two columns ...
const COLUMN_GAP: f32 = 1.0;

/// ... and one of so many may part two cells of a table.
const CELL_GAP: f32 = 0.38;

/// Rows that are so full of text are lines of prose with stretched spaces.
const FULL: f32 = 0.85;

/// Baselines that differ by less than this share of the size are one.
const SAME_LINE: f32 = 0.35;

/// Prose is set in columns at least so many ems wide ...
const PROSE_WIDTH: f32 = 11.0;

/// ... and fills this share of them on most lines.
const PROSE_FILL: f32 = 0.7;

/// Pages hold no longer tables.
const TABLE_LINES: usize = 400;

/// Columns within columns: a page has no more than eight.
const CUTS: usize = 3;

/// A stretch of text on one line, without wide gaps.
#[derive(Debug, Clone, Default)]
pub struct Run {
    /// Its words.
    pub text: String,
    /// Left edge, in points; it grows to the right.
    pub x0: f32,
    /// Right edge.
    pub x1: f32,
    /// Baseline; it grows upwards.
    pub y: f32,
    /// Size of the type.
    pub size: f32,
    /// Whether all of it is bold.
    pub bold: bool,
    /// Gaps that may part cells: bytes of the text before each, where it starts and ends.
    gaps: Vec<(usize, f32, f32)>,
}

impl Run {
    /// The stretches between its gaps.
    fn split(mut self) -> Vec<Run> {
        let mut parts = Vec::new();
        for (at, x1, x0) in std::mem::take(&mut self.gaps).into_iter().rev() {
            let text = self.text.split_off(at);
            let text = text.trim_start().to_owned();
            parts.push(Run { text, x0, ..self.clone() });
            self.x1 = x1;
        }
        parts.push(self);
        parts.reverse();
        parts
    }
}

/// A page as it is drawn.
#[derive(Debug, Default)]
pub struct Page {
    /// Number, from 1.
    pub number: u32,
    /// The text.
    pub runs: Vec<Run>,
    /// Horizontal lines: left end, right end, height.
    rules: Vec<(f32, f32, f32)>,
}

/// A line of text: runs beside each other.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// The runs, from left to right.
    pub runs: Vec<Run>,
}

/// Rows of cells: column, text.
pub type Rows = Vec<Vec<(u32, String)>>;

/// What a page is made of, in reading order.
#[derive(Debug)]
pub enum Part {
    /// A line of prose, a heading, a list item.
    Line(Line),
    /// A table.
    Table(Rows),
    /// What follows stands in another column: its first line does not follow from its place.
    Break,
}

impl Line {
    /// The line with its runs cut where cells may part.
    fn split(self) -> Line {
        Line { runs: self.runs.into_iter().flat_map(Run::split).collect() }
    }

    /// Left edge.
    pub fn x0(&self) -> f32 {
        self.runs.first().map_or(0.0, |run| run.x0)
    }

    /// Right edge.
    pub fn x1(&self) -> f32 {
        self.runs.last().map_or(0.0, |run| run.x1)
    }

    /// Baseline.
    pub fn y(&self) -> f32 {
        self.runs.first().map_or(0.0, |run| run.y)
    }

    /// The largest size of type.
    pub fn size(&self) -> f32 {
        self.runs.iter().fold(0.0, |size, run| run.size.max(size))
    }
}

impl Page {
    /// The page of these pieces.
    pub fn new(number: u32, spans: &[TextSpan], rulings: &[Ruling]) -> Page {
        let turn = main_turn(spans);
        let seen: Vec<&TextSpan> =
            spans.iter().filter(|span| span.rotate == turn && is_text(span)).collect();
        // The text under a scan is drawn invisibly; under a drawn text it would be that text twice.
        let any_visible = seen.iter().any(|span| !span.invisible);
        let mut runs: Vec<Run> = Vec::new();
        for span in seen.into_iter().filter(|span| !(span.invisible && any_visible)) {
            let piece = piece(span, turn);
            if !runs.last_mut().is_some_and(|last| join(last, &piece)) {
                runs.push(piece);
            }
        }
        runs.retain(|run| !run.text.trim().is_empty());
        let rules = rulings
            .iter()
            .map(|rule| {
                (upright(rule.start.x, rule.start.y, turn), upright(rule.end.x, rule.end.y, turn))
            })
            .filter(|(start, end)| (start.1 - end.1).abs() < 0.5)
            .map(|(start, end)| (start.0.min(end.0), start.0.max(end.0), start.1))
            .filter(|(x0, x1, y)| (x0 + x1 + y).is_finite())
            .collect();
        Page { number, runs, rules }
    }

    /// The runs of the first and last `lines` lines.
    pub fn margins(&self, lines: usize) -> HashSet<usize> {
        let mut order: Vec<usize> = (0..self.runs.len()).collect();
        order.sort_by(|a, b| self.runs[*b].y.total_cmp(&self.runs[*a].y));
        let mut found = HashSet::new();
        let mut from_end = |order: &mut dyn Iterator<Item = usize>| {
            let (mut count, mut y) = (0, f32::INFINITY);
            for at in order {
                if (self.runs[at].y - y).abs() > 2.0 {
                    (count, y) = (count + 1, self.runs[at].y);
                }
                if count > lines {
                    break;
                }
                found.insert(at);
            }
        };
        from_end(&mut order.iter().copied());
        from_end(&mut order.iter().rev().copied());
        found
    }

    /// The parts of the page in reading order.
    pub fn parts(self) -> Vec<Part> {
        let mut parts = Vec::new();
        let Page { runs, mut rules, .. } = self;
        rules.sort_by(|a, b| a.2.total_cmp(&b.2));
        zone(runs, &rules, CUTS, &mut parts);
        parts
    }
}

/// The direction in which most of the text runs.
fn main_turn(spans: &[TextSpan]) -> i32 {
    let share = |turn: i32| -> usize {
        spans.iter().filter(|span| span.rotate == turn).map(|span| span.text.len()).sum()
    };
    [270, 180, 90, 0].into_iter().max_by_key(|turn| share(*turn)).unwrap_or(0)
}

fn is_text(span: &TextSpan) -> bool {
    let furniture = span.artifact.as_ref().is_some_and(|artifact| {
        matches!(
            artifact.kind,
            ArtifactKind::Pagination | ArtifactKind::Page | ArtifactKind::Background
        )
    });
    let placed = [span.x, span.y, span.end_x, span.end_y, span.size];
    !furniture
        && !span.vertical
        && !span.text.is_empty()
        && span.size > 0.1
        && placed.iter().all(|n| n.is_finite() && n.abs() < 1e6)
}

/// A place as it would be were the text upright.
fn upright(x: f32, y: f32, turn: i32) -> (f32, f32) {
    match turn {
        90 => (y, -x),
        180 => (-x, -y),
        270 => (-y, x),
        _ => (x, y),
    }
}

fn piece(span: &TextSpan, turn: i32) -> Run {
    let (x0, y) = upright(span.x, span.y, turn);
    let (x1, _) = upright(span.end_x, span.end_y, turn);
    Run {
        text: span.text.clone(),
        x0: x0.min(x1),
        x1: x0.max(x1),
        y,
        size: span.size,
        bold: span.bold,
        gaps: Vec::new(),
    }
}

/// Adds a piece to the run before it, if it goes on there.
fn join(run: &mut Run, piece: &Run) -> bool {
    let size = run.size.max(piece.size);
    let (gap, rise) = (piece.x0 - run.x1, piece.y - run.y);
    if piece.text == run.text && (piece.x0 - run.x0).abs() + rise.abs() < 0.2 * size {
        // Drawn twice, to look bold.
        return true;
    }
    if !(-0.4 * size..COLUMN_GAP * size).contains(&gap) || rise.abs() > 0.7 * size {
        return false;
    }
    let small = piece.size < 0.85 * run.size;
    let mark = run.size < 0.85 * piece.size
        && run.text.len() <= 3
        && run.text.bytes().all(|byte| byte.is_ascii_digit());
    if mark && rise < -0.1 * size {
        // The mark of a note at the head of it.
        run.text = raised("", &run.text);
        (run.y, run.size, run.bold) = (piece.y, piece.size, piece.bold);
    } else if small && rise > 0.15 * size {
        let text = raised(&run.text, piece.text.trim());
        run.text.push_str(&text);
        run.x1 = piece.x1;
        return true;
    } else if rise.abs() > (if small { 0.35 } else { 0.2 }) * size {
        return false;
    }
    let spaced =
        run.text.ends_with(char::is_whitespace) || piece.text.starts_with(char::is_whitespace);
    if gap > WORD_GAP * size && !spaced {
        if gap > CELL_GAP * size {
            run.gaps.push((run.text.len(), run.x1, piece.x0));
        }
        run.text.push(' ');
    }
    let shift = run.text.len();
    run.gaps.extend(piece.gaps.iter().map(|(at, x1, x0)| (at + shift, *x1, *x0)));
    run.text.push_str(&piece.text);
    run.x1 = run.x1.max(piece.x1);
    run.bold &= piece.bold || piece.text.trim().is_empty();
    run.size = size;
    true
}

/// Puts the runs of a part of the page in order: tables as wide as it, and between them columns.
fn zone(runs: Vec<Run>, rules: &[(f32, f32, f32)], cuts: usize, parts: &mut Vec<Part>) {
    if cuts == 0 || runs.len() < 6 {
        return rows(runs, rules, parts);
    }
    let coarse = coarse_lines(runs);
    let lines: Vec<Line> = coarse.iter().cloned().map(Line::split).collect();
    let mut between = Vec::new();
    let mut at = 0;
    let mut rest = coarse.into_iter();
    while at < lines.len() {
        match table(&lines[at..], rules, true) {
            Some((length, cells)) => {
                columns(std::mem::take(&mut between), rules, cuts, parts);
                parts.push(Part::Table(cells));
                rest.by_ref().take(length).for_each(drop);
                at += length;
            }
            None => {
                between.extend(rest.next().into_iter().flat_map(|line| line.runs));
                at += 1;
            }
        }
    }
    columns(between, rules, cuts, parts);
}

/// Reads the columns of a stretch of the page one after the other.
fn columns(mut runs: Vec<Run>, rules: &[(f32, f32, f32)], cuts: usize, parts: &mut Vec<Part>) {
    let Some(gutter) = gutter(&runs) else { return rows(runs, rules, parts) };
    // What crosses the gutter parts the columns above it from those below.
    runs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut whole = Vec::new();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut flush = |whole: &mut Vec<Run>, left: &mut Vec<Run>, right: &mut Vec<Run>| {
        if is_prose(left) && is_prose(right) && !is_ruled(left, right, gutter, rules) {
            rows(std::mem::take(whole), rules, parts);
            parts.push(Part::Break);
            zone(std::mem::take(left), rules, cuts - 1, parts);
            parts.push(Part::Break);
            zone(std::mem::take(right), rules, cuts - 1, parts);
            parts.push(Part::Break);
        } else {
            whole.append(left);
            whole.append(right);
        }
    };
    for run in runs {
        if run.x1 <= gutter {
            left.push(run);
        } else if run.x0 >= gutter {
            right.push(run);
        } else {
            flush(&mut whole, &mut left, &mut right);
            whole.push(run);
        }
    }
    flush(&mut whole, &mut left, &mut right);
    rows(whole, rules, parts);
}

/// Where a gap between two columns would be: the place in the middle part of the page that the fewest
/// runs cross, if many stand on either side of it.
fn gutter(runs: &[Run]) -> Option<f32> {
    const BINS: usize = 240;
    let x0 = runs.iter().fold(f32::INFINITY, |x, run| x.min(run.x0));
    let x1 = runs.iter().fold(f32::NEG_INFINITY, |x, run| x.max(run.x1));
    let width = (x1 - x0) / BINS as f32;
    if width.is_nan() || width < 0.1 {
        return None;
    }
    let bin = |x: f32| (((x - x0) / width) as usize).min(BINS - 1);
    let (mut opened, mut closed) = ([0i32; BINS + 1], [0i32; BINS + 1]);
    for run in runs {
        opened[bin(run.x0) + 1] += 1;
        closed[bin(run.x1)] += 1;
    }
    // How many runs cross each bin, end left of it and start right of it.
    let (mut started, mut ended) = (0, 0);
    let total = runs.len() as i32;
    let mut best: Option<(i32, usize, usize)> = None;
    for at in 0..BINS {
        started += opened[at];
        ended += closed[at];
        let (crossing, left, right) = (started - ended, ended, total - started);
        let inside = (BINS / 6..BINS - BINS / 6).contains(&at);
        if !inside || left.min(right) < 3 || crossing * 2 > left.min(right) {
            continue;
        }
        match &mut best {
            Some((fewest, _, last)) if *fewest == crossing && *last + 1 == at => *last = at,
            Some((fewest, first, last))
                if *fewest < crossing || (*fewest == crossing && *last > *first) => {}
            _ => best = Some((crossing, at, at)),
        }
    }
    let (_, first, last) = best?;
    Some(x0 + (first + last + 1) as f32 / 2.0 * width)
}

/// Whether these runs fill a column as prose does.
fn is_prose(runs: &[Run]) -> bool {
    let x0 = runs.iter().fold(f32::INFINITY, |x, run| x.min(run.x0));
    let x1 = runs.iter().fold(f32::NEG_INFINITY, |x, run| x.max(run.x1));
    let size = runs.iter().map(|run| run.size).sum::<f32>() / runs.len().max(1) as f32;
    let full = runs.iter().filter(|run| run.x1 - run.x0 >= PROSE_FILL * (x1 - x0)).count();
    runs.len() >= 3 && x1 - x0 >= PROSE_WIDTH * size && full * 2 > runs.len()
}

/// Whether lines are drawn through both columns, as in a table.
fn is_ruled(left: &[Run], right: &[Run], gutter: f32, rules: &[(f32, f32, f32)]) -> bool {
    let runs = || left.iter().chain(right);
    let top = runs().fold(f32::NEG_INFINITY, |y, run| y.max(run.y));
    let foot = runs().fold(f32::INFINITY, |y, run| y.min(run.y));
    let crossing = rules
        .iter()
        .filter(|(x0, x1, y)| *x0 < gutter - 20.0 && *x1 > gutter + 20.0 && *y < top && *y > foot);
    crossing.count() >= 2
}

/// Puts runs in rows from the top down, and finds the tables among them.
fn rows(runs: Vec<Run>, rules: &[(f32, f32, f32)], parts: &mut Vec<Part>) {
    let mut lines: Vec<Line> = coarse_lines(runs).into_iter().map(Line::split).collect();
    let mut at = 0;
    while at < lines.len() {
        match table(&lines[at..], rules, false) {
            Some((length, cells)) => {
                parts.push(Part::Table(cells));
                at += length;
            }
            None => {
                parts.push(Part::Line(std::mem::take(&mut lines[at])));
                at += 1;
            }
        }
    }
}

/// Runs on the same baseline as lines, from the top down.
fn coarse_lines(mut runs: Vec<Run>) -> Vec<Line> {
    runs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut lines: Vec<Line> = Vec::new();
    for run in runs {
        match lines.last_mut() {
            Some(line) if line.y() - run.y <= SAME_LINE * line.size().min(run.size) => {
                line.runs.push(run);
            }
            _ => lines.push(Line { runs: vec![run] }),
        }
    }
    for line in &mut lines {
        line.runs.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let mut runs: Vec<Run> = Vec::new();
        for run in std::mem::take(&mut line.runs) {
            // Pieces of a line that were not drawn one after the other.
            if !runs.last_mut().is_some_and(|last| join(last, &run)) {
                runs.push(run);
            }
        }
        line.runs = runs;
    }
    lines
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
struct Column {
    x0: f32,
    x1: f32,
    /// A line has a cell both in this column and in the next, so that they are two.
    parted: bool,
}

impl Column {
    fn of(run: &Run) -> Column {
        Column { x0: run.x0, x1: run.x1, parted: false }
    }
}

/// The table that starts with the first of these lines: how many lines it takes, and its cells. If `pure`,
/// none of its columns may look like a column of prose.
fn table(lines: &[Line], rules: &[(f32, f32, f32)], pure: bool) -> Option<(usize, Rows)> {
    if lines[0].runs.len() < 2 || is_item(&lines[0]) {
        return None;
    }
    let mut columns: Vec<Column> = Vec::new();
    let (mut length, mut full_rows) = (0, 0);
    for (at, line) in lines.iter().enumerate().take(TABLE_LINES) {
        if at > 0 && lines[at - 1].y() - line.y() > 3.2 * line.size() {
            break;
        }
        if line.runs.len() >= 2 {
            let Some(wider) = with_line(&columns, line) else { break };
            columns = wider;
            (length, full_rows) = (at + 1, full_rows + 1);
        } else if at == 0 || at > length + 2 || !is_inside(&columns, line) {
            break;
        }
    }
    // A last line of one cell goes on the cell over it.
    while let Some([before, line]) = lines.get(length.wrapping_sub(1)..length + 1)
        && full_rows > 1
        && continues(before, line, &columns, rules)
    {
        length += 1;
    }
    let lines = &lines[..length];
    if full_rows < 2
        || columns.len() < 2
        || !is_aligned(lines, &columns)
        || is_contents(lines)
        || is_stretched(lines)
        || pure && (holds_prose(lines, &columns) || !holds_values(lines))
    {
        return None;
    }
    let mut rows = Rows::new();
    for (at, line) in lines.iter().enumerate() {
        let goes_on = at > 0 && continues(&lines[at - 1], line, &columns, rules);
        if !goes_on {
            rows.push(Vec::new());
        }
        let Some(row) = rows.last_mut() else { continue };
        for run in &line.runs {
            let column = column_of(&columns, run).map_or(0, |(column, _)| column as u32);
            match row.iter_mut().find(|(known, _)| *known == column) {
                Some((_, text)) => {
                    text.push(' ');
                    text.push_str(&run.text);
                }
                None => row.push((column, run.text.clone())),
            }
        }
        row.sort_by_key(|(column, _)| *column);
    }
    Some((length, rows))
}

/// The columns of a table to which a line is added; `None` if the line does not fit them.
fn with_line(columns: &[Column], line: &Line) -> Option<Vec<Column>> {
    let mut all = columns.to_vec();
    let mut spanning = 0;
    for run in &line.runs {
        let Some((first, count)) = column_of(&all, run) else {
            let at = all.partition_point(|column| column.x0 < run.x0);
            all.insert(at, Column::of(run));
            continue;
        };
        let last = first + count - 1;
        if all[first..last].iter().any(|column| column.parted) {
            spanning += 1;
            continue;
        }
        let x1 = all[last].x1.max(run.x1);
        all[first] = Column { x0: all[first].x0.min(run.x0), x1, parted: all[last].parted };
        all.drain(first + 1..=last);
    }
    let hit: Vec<_> = line.runs.iter().filter_map(|run| column_of(&all, run)).collect();
    if hit.windows(2).any(|pair| pair[0].0 >= pair[1].0) || spanning > 1 {
        // A heading over several columns has been seen first: this line tells them apart.
        let heading = columns.len() < line.runs.len() && columns.len() <= 2;
        all = line.runs.iter().map(Column::of).collect();
        let parted = all.len() - 1;
        all[..parted].iter_mut().for_each(|column| column.parted = true);
        return heading.then_some(all);
    }
    for pair in hit.windows(2) {
        if pair[0].0 + 1 == pair[1].0 {
            all[pair[0].0].parted = true;
        }
    }
    Some(all)
}

/// The first column that a run stands in, and over how many it reaches.
fn column_of(columns: &[Column], run: &Run) -> Option<(usize, usize)> {
    let over = |column: &Column| run.x0 < column.x1 && run.x1 > column.x0;
    let mut over = columns.iter().enumerate().filter(|(_, column)| over(column));
    let (first, _) = over.next()?;
    Some((first, 1 + over.count()))
}

/// Whether the runs of a line keep to one column each.
fn is_inside(columns: &[Column], line: &Line) -> bool {
    let em = line.size();
    line.runs.iter().all(|run| {
        column_of(columns, run).is_some_and(|(at, count)| {
            let next = columns.get(at + 1).map_or(columns[at].x1 + em, |next| next.x0);
            count == 1 && run.x0 > columns[at].x0 - em && run.x1 <= next
        })
    })
}

/// Whether a line goes on the cells of the line over it, rather than being a row of its own.
fn continues(before: &Line, line: &Line, columns: &[Column], rules: &[(f32, f32, f32)]) -> bool {
    let step = before.y() - line.y();
    let tight = step < 1.45 * line.size();
    let (top, foot) = (before.y(), line.y());
    let from = rules.partition_point(|(_, _, y)| *y <= foot + 0.05 * line.size());
    let parted = rules[from..]
        .iter()
        .take_while(|(_, _, y)| *y < top)
        .any(|(x0, x1, _)| *x0 < line.x1() && *x1 > line.x0());
    let Some((first, _)) = line.runs.first().and_then(|run| column_of(columns, run)) else {
        return false;
    };
    let lower = line.runs[0].text.starts_with(char::is_lowercase);
    tight
        && !parted
        && is_inside(columns, line)
        && line.runs.len() < columns.len()
        && (first > 0 || lower && line.runs.len() == 1)
}

/// Whether in most lines the cells of a column stand under each other: at their left, their right or
/// their middle.
fn is_aligned(lines: &[Line], columns: &[Column]) -> bool {
    let aligned = (0..columns.len()).filter(|&column| {
        let cells: Vec<&Run> = lines
            .iter()
            .flat_map(|line| &line.runs)
            .filter(|run| column_of(columns, run) == Some((column, 1)))
            .collect();
        let edges: [fn(&Run) -> f32; 3] =
            [|run| run.x0, |run| run.x1, |run| (run.x0 + run.x1) / 2.0];
        edges.iter().any(|edge| {
            let mut at: Vec<f32> = cells.iter().map(|run| edge(run)).collect();
            at.sort_by(f32::total_cmp);
            let middle = at.get(at.len() / 2).copied().unwrap_or(0.0);
            let near = at.iter().filter(|x| (*x - middle).abs() < 3.0).count();
            near * 10 >= cells.len() * 6
        })
    });
    aligned.count() * 3 >= columns.len() * 2
}

/// Whether a good part of the cells that are not the first of their row are figures: two columns of prose stand
/// beside each other as well as cells do.
fn holds_values(lines: &[Line]) -> bool {
    let cells = || lines.iter().flat_map(|line| line.runs.iter().skip(1));
    let is_value = |run: &&Run| {
        let text = run.text.trim_start_matches(|c: char| !c.is_alphanumeric());
        text.starts_with(|c: char| c.is_ascii_digit()) && text.split(' ').count() < 4
    };
    cells().filter(is_value).count() * 3 >= cells().count()
}

/// Whether a column of a table is full of text from edge to edge, as one of prose is.
fn holds_prose(lines: &[Line], columns: &[Column]) -> bool {
    (0..columns.len()).any(|column| {
        let runs = lines.iter().flat_map(|line| &line.runs);
        let runs = runs.filter(|run| column_of(columns, run).is_some_and(|(at, _)| at == column));
        is_prose(&runs.cloned().collect::<Vec<_>>())
    })
}

/// Whether these are lines of prose whose spaces were made wide to fill the line.
fn is_stretched(lines: &[Line]) -> bool {
    let width = |line: &Line| line.x1() - line.x0();
    let widest = lines.iter().map(width).fold(0.0, f32::max);
    let narrow = |line: &&Line| {
        line.runs.windows(2).any(|pair| pair[1].x0 - pair[0].x1 < COLUMN_GAP * line.size())
    };
    let full =
        |line: &&Line| line.runs.iter().map(|run| run.x1 - run.x0).sum::<f32>() > FULL * widest;
    lines.iter().any(|line| narrow(&line)) && lines.iter().filter(full).count() * 2 > lines.len()
}

/// Whether these are lines of a table of contents or items of a list.
fn is_contents(lines: &[Line]) -> bool {
    let leaders = lines.iter().filter(|line| {
        line.runs.iter().any(|run| run.text.contains("....") || run.text.contains(". . . ."))
    });
    let items = lines.iter().filter(|line| is_item(line)).count();
    leaders.count() * 2 > lines.len() || items * 2 > lines.len()
}

/// Whether a line starts with the mark of a list item, apart from its words.
fn is_item(line: &Line) -> bool {
    line.runs.len() == 2
        && super::flow::marker(&format!("{} x", line.runs[0].text.trim())).is_some()
        && line.runs[0].text.trim().chars().count() <= 4
}
