//! What is remembered of a text is what would be worked out anew, whatever was edited in between.

use std::path::Path;

use factlint::memory::Memory;
use factlint::rule::Settings;
use factlint::{Reference, document, judged};
use proptest::prelude::*;

const REPORT: &str = include_str!("../reference/sco-webinar-2020/report.md");
const TABLE: &str =
    "\n\n| Route | 2019 | 2020 |\n|---|---|---|\n| Kabul | 573 | 601 |\n| Total | 700 | 12% |\n\n";
const ARTICLES: [&str; 3] = [
    include_str!("../articles/explainer.md"),
    include_str!("../articles/news-brief.md"),
    include_str!("../articles/summary.html"),
];

fn read(name: &str, text: &str) -> document::Document {
    document::read(Path::new(name), text.as_bytes().to_vec()).expect("text")
}

/// One edit: how far into the text, how much goes, what comes.
fn edit() -> impl Strategy<Value = (f64, usize, String)> {
    let words = prop_oneof![
        Just("".to_owned()),
        Just("\n\n".to_owned()),
        Just("\n\n## In 2019\n\n".to_owned()),
        Just("\n- 40 of them:\n- ".to_owned()),
        Just(TABLE.to_owned()),
        Just("\"".to_owned()),
        Just(" Colonel Norov ".to_owned()),
        Just(" on 30 May 2020 ".to_owned()),
        "[0-9]{1,3}",
        "[a-zA-Z ,.]{1,12}",
    ];
    (0.0..1.0, 0..40_usize, words)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_same_as_anew(number in 0..3_usize, edits in prop::collection::vec(edit(), 1..8)) {
        let half = REPORT.len() / 2;
        let half = (half..).find(|&at| REPORT.is_char_boundary(at)).unwrap_or(0);
        let references = [
            Reference::new(read("report.md", REPORT), &Settings::default()),
            Reference::new(read("half.md", &REPORT[half..]), &Settings::default()),
        ];
        let settings = Settings::default();
        let mut text = ARTICLES[number].to_owned();
        let name = if number == 2 { "a.html" } else { "a.md" };
        let mut memory = Memory::default();
        for (place, gone, words) in std::iter::once((0.0, 0, String::new())).chain(edits) {
            let mut from = (place * text.len() as f64) as usize;
            while !text.is_char_boundary(from) {
                from -= 1;
            }
            let to = text[from..].char_indices().nth(gone).map_or(text.len(), |(at, _)| from + at);
            text.replace_range(from..to, &words);
            let document = read(name, &text);
            let (anew, all) = judged(&references, &document, &settings, None);
            let (again, same) = judged(&references, &document, &settings, Some(&mut memory));
            prop_assert_eq!(anew.claims, again.claims);
            prop_assert_eq!(anew.findings, again.findings);
            prop_assert_eq!(format!("{all:?}"), format!("{same:?}"));
        }
    }
}
