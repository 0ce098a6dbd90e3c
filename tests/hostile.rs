//! Text of any kind is read without a panic, every place lies inside it, and no length of line
//! makes the program hang.

use std::path::Path;

use factlint::document::{self, Document};
use factlint::rule::Settings;
use factlint::{Reference, lint, statement};
use proptest::prelude::*;

fn read(name: &str, text: &str) -> Option<Document> {
    document::read(Path::new(name), text.as_bytes().to_vec()).ok()
}

/// Every format that is text.
const NAMES: &str = "a\\.(md|mdx|txt|html|csv|tsv|json|ipynb|eml|tex|rst|adoc|org)";

/// Pieces that the readers have an ear for, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("about "),
        Just("more than "),
        Just("3,800 "),
        Just("€4.2m "),
        Just("€"),
        Just("one in nine "),
        Just("half an hour "),
        Just("two thirds "),
        Just("16 July 2020 "),
        Just("last year "),
        Just("Dr "),
        Just("Anna Lind"),
        Just(", 48, "),
        Just(" said: "),
        Just("“"),
        Just("”"),
        Just("' "),
        Just("``"),
        Just("\""),
        Just(". "),
        Just("\n\n"),
        Just("| 1 | 2 |\n|---|---|\n| 3 | 4% |\n"),
        Just("- "),
        Just("# "),
        Just("<b>"),
        Just("&nbsp;"),
        Just("é😀"),
        Just("…"),
        Just("["),
        Just("—"),
        Just("İ"),
        Just("of "),
        Just("the "),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_checked(report in pieces(), article in pieces(), name in NAMES) {
        if let (Some(report), Some(article)) = (read(&name, &report), read(&name, &article)) {
            let settings = Settings::default();
            let outcome = lint(&[Reference::new(report, &settings)], &article, &settings);
            for finding in outcome.findings {
                prop_assert!(article.text.is_char_boundary(finding.span.start as usize));
                prop_assert!(article.text.is_char_boundary(finding.span.end as usize));
                let place = article.source_span(finding.span);
                prop_assert!(place.end as usize <= article.source.len());
            }
        }
    }

    #[test]
    fn any_characters_are_read(text in "\\PC{0,200}", name in NAMES) {
        if let Some(document) = read(&name, &text) {
            for mention in statement::mentions(&document, None) {
                prop_assert!(!document.slice(mention.span).is_empty());
            }
        }
    }
}

/// Each of these lines once took time that grows with the square of its length.
#[test]
fn long_lines_are_read_in_one_pass() {
    for piece in
        ["7 ", "one hundred ", "(", "' ", "\"a ", "``a ", "‘ a ", "Ab ", "2019-", "€1 ", "a "]
    {
        let line = piece.repeat(400_000 / piece.len());
        let document = read("a.txt", &line).expect("it is text");
        statement::mentions(&document, None);
        factlint::parse::quote::quotes(&document);
        factlint::parse::name::runs(&document);
    }
}

/// Signs that open something in one of the formats and are never closed.
#[test]
fn long_lines_of_any_format_are_read_in_one_pass() {
    let endings =
        ["md", "mdx", "html", "csv", "tsv", "json", "ipynb", "eml", "tex", "rst", "adoc", "org"];
    let pieces = [
        "[[",
        "{",
        "$",
        "\\section{",
        "\\begin{tabular}{",
        "\\footnote{a\n\n",
        "`",
        "|",
        "<a ",
        "<b hidden>",
        "<!--",
        "*",
        "\"",
        "\"a\",",
        ":a:`",
        "#+begin_src\n",
        ":a:\n",
        "----\n",
        "|===\n",
        "== ==\n",
        "+-+\n",
        ".. a::\n",
        "=?utf-8?q?",
        "footnote:[",
        "import a\n\n",
        "<sup>1",
        "- ",
        "a\n=\n",
        "\\'",
        "<table><tr><td rowspan=9>",
    ];
    let mut slow = Vec::new();
    for ending in endings {
        for piece in pieces {
            let start = std::time::Instant::now();
            read(&format!("a.{ending}"), &piece.repeat(200_000 / piece.len()));
            let taken = start.elapsed();
            if taken.as_secs() >= 5 {
                slow.push(format!("{ending}: {piece:?} takes {taken:?}"));
            }
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

/// One sentence with thousands of figures, or of names, held against itself.
#[test]
fn long_lists_are_judged_in_one_pass() {
    let settings = Settings::default();
    let figures = |at: usize| format!("mill {at} made {} tonnes of flour, ", 1000 + 7 * at);
    let names = |at: usize| format!("Ada{at}o Bo{at}n is the head teacher of Holm, ");
    for list in
        [(0..1_500).map(figures).collect::<String>(), (0..1_000).map(names).collect::<String>()]
    {
        let document = read("a.txt", &list).expect("it is text");
        lint(&[Reference::new(document.clone(), &settings)], &document, &settings);
    }
}
