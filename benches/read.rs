//! How fast figures, dates and durations are found and read, in bytes of text a second.
//!
//! `cargo bench --bench read`

use std::path::Path;

use divan::{Bencher, black_box, counter::BytesCount};
use factlint::{document, statement};

fn main() {
    divan::main();
}

/// Sentences of a newspaper, invented. About two in five tell a figure or a date.
const SENTENCES: &[&str] = &[
    "The council met again on the same evening, and by the end of it nobody could say who had asked for the vote.",
    "Officials from the harbour board declined to comment on the letter, which had been passed to reporters by a former clerk.",
    "Turnout fell to 38.4 per cent from 51 per cent at the last election, the lowest since 1979.",
    "\"We are not going to be told by anyone how to run a library,\" said the chair of the friends of the reading room.",
    "Residents along the river were asked to move their cars, to keep away from the banks and to look after their neighbours.",
    "The company, which makes valves for water works, said that it would close its older plant and move the work to the new one.",
    "More than 1,200 people signed the petition within two weeks.",
    "Critics say the plan does little for those who rent, and that most of the money will go to owners who may not need it.",
    "A spokeswoman for the ministry said that the rules had always been clear and that an appeal remained open to both sides.",
    "The bridge, opened in May 1934, carries some 14,000 vehicles a day and will cost £4.2 million to repair.",
    "There was little sign of haste among the delegates as they left the hall, many of them still arguing over the wording.",
    "For years the two families had shared a well, a barn and the long track that leads from the road down to the shore.",
    "The court is expected to rule on Friday, a day before the lease ends.",
    "He had been a teacher before he entered politics, and he speaks of the school in which he worked with evident warmth.",
    "Neither the mayor nor her deputy could be reached, although both had earlier promised to answer every question put to them.",
    "Two thirds of the growers lost at least a quarter of their crop, according to a survey of 312 farms.",
    "On the stage itself little happens, yet the silence between the players says more than many longer and louder works have done.",
    "The museum has bought back a painting that was sold, against the wishes of its own curators, to a collector from abroad.",
    "Staff were told of the change by letter, an approach that the union called cold and that managers defended as the only fair one.",
    "Shares in the group closed 3.1% lower at 412p after it warned of weaker sales in the second half of the year.",
];

/// About `bytes` bytes of them, in paragraphs.
fn prose(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 200);
    let mut n = 0_usize;
    while text.len() < bytes {
        // Seven is no divisor of the number of sentences, so that the paragraphs differ.
        text.push_str(SENTENCES[n * 7 % SENTENCES.len()]);
        n += 1;
        text.push_str(if n.is_multiple_of(5) { "\n\n" } else { " " });
    }
    text
}

/// Values side by side, as in the tables and lists of a report: as dense as a text can be.
fn dense(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 200);
    let mut n = 0_usize;
    while text.len() < bytes {
        let (a, b, day) = (n % 900 + 1, n * 37 % 9_000, n % 28 + 1);
        text.push_str(&format!(
            "{a} of {b} tonnes, £{a}.{} million, {day} May {}, {} per cent. ",
            n % 10,
            1950 + n % 70,
            n % 100
        ));
        n += 1;
        if n.is_multiple_of(8) {
            text.push_str("\n\n");
        }
    }
    text
}

fn mentions(bencher: Bencher, text: &str) {
    let document = document::read(Path::new("text.txt"), text.as_bytes().to_vec()).expect("text");
    bencher
        .counter(BytesCount::new(document.text.len()))
        .bench(|| statement::mentions(black_box(&document), None));
}

#[divan::bench(args = [1_000_000, 10_000_000], sample_count = 5)]
fn values_of_prose(bencher: Bencher, bytes: usize) {
    mentions(bencher, &prose(bytes));
}

#[divan::bench(sample_count = 5)]
fn values_of_dense_text(bencher: Bencher) {
    mentions(bencher, &dense(1_000_000));
}

/// One line of 10 MB: each has to take time in proportion to its length.
#[divan::bench(
    args = ["7", "7 ", "one hundred ", "(", "$", "a ", "2019-", "1,", "3 to ", "-", "May ", "of the "],
    sample_count = 1,
    sample_size = 1
)]
fn hostile_line_of(bencher: Bencher, piece: &str) {
    mentions(bencher, &piece.repeat(10_000_000 / piece.len()));
}
