//! How long a keystroke takes to become diagnostics: an article of 5,000 words, a report of 100 pages.
//!
//! `cargo bench --bench lsp`

use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::Duration;

use divan::{Bencher, black_box};
use factlint::cli::args::ConfigArgs;
use factlint::lsp::server::{End, serve};
use factlint::rule::Settings;
use factlint::{Reference, document, lint};
use lsp_server::{Connection, Message, Notification, Request};
use serde_json::{Value, json};

fn main() {
    divan::main();
}

const REPORT: &str = include_str!("../reference/sco-webinar-2020/report.md");
const ARTICLES: [&str; 3] = [
    include_str!("../articles/explainer.md"),
    include_str!("../articles/news-brief.md"),
    include_str!("../articles/thread.txt"),
];
/// A page holds so many words.
const PAGE: usize = 500;

/// `text` with other figures and other names: what else an author might have written.
fn varied(text: &str, number: usize) -> String {
    const ENDINGS: [&str; 7] = ["ia", "ton", "berg", "sk", "ville", "am", "ora"];
    let mut out = String::with_capacity(text.len() + 64);
    for (at, word) in text.split_inclusive([' ', '\n']).enumerate() {
        let bare = word.trim_end();
        let name = number > 0
            && bare.len() > 5
            && bare.starts_with(char::is_uppercase)
            && bare.ends_with(char::is_alphabetic)
            && at % 3 == 0;
        let digit = |(place, c): (usize, char)| match c.to_digit(10) {
            Some(digit) if digit > 0 => {
                let other = (digit as usize - 1 + number * (place + 3)) % 9 + 1;
                char::from_digit(other as u32, 10).unwrap_or(c)
            }
            _ => c,
        };
        // Years stay, so that dates stay dates.
        let year = bare.starts_with("20") || bare.starts_with("19");
        let figures: String = match year {
            true => bare.to_owned(),
            false => bare.char_indices().map(digit).collect(),
        };
        out.push_str(&figures);
        if name {
            out.push_str(ENDINGS[number % ENDINGS.len()]);
        }
        out.push_str(&word[bare.len()..]);
    }
    out
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// A report of so many pages.
fn report(pages: usize) -> String {
    let mut text = String::new();
    let mut number = 0;
    while words(&text) < pages * PAGE {
        text.push_str(&varied(REPORT, number));
        text.push_str("\n\n");
        number += 1;
    }
    text
}

/// An article of so many words on such a report, with some figures wrong.
fn article(length: usize) -> String {
    let mut text = String::new();
    let mut number = 0;
    while words(&text) < length {
        for article in ARTICLES {
            text.push_str(&varied(article, number));
            text.push_str("\n\n");
        }
        // The report's own words, some with the figures of another part.
        let paragraphs = REPORT.split("\n\n").skip(number % 5).step_by(5);
        for (at, paragraph) in paragraphs.enumerate() {
            text.push_str(&varied(paragraph, number + usize::from(at % 4 == 0)));
            text.push_str("\n\n");
        }
        number += 1;
    }
    text
}

fn read(text: &str) -> document::Document {
    document::read(Path::new("text.md"), text.as_bytes().to_vec()).expect("text")
}

#[divan::bench(args = [100], sample_count = 5)]
fn read_reference_of_pages(bencher: Bencher, pages: usize) {
    let text = report(pages);
    bencher.bench(|| Reference::new(read(black_box(&text)), &Settings::default()));
}

/// The whole check without a memory, as the command line does it.
#[divan::bench(args = [500, 5_000], sample_count = 20)]
fn check_everything(bencher: Bencher, length: usize) {
    let references = [Reference::new(read(&report(100)), &Settings::default())];
    let text = article(length);
    bencher.bench(|| lint(&references, &read(black_box(&text)), &Settings::default()));
}

/// An editor in the same process, with an article open.
struct Editor {
    end: Connection,
    server: Option<JoinHandle<End>>,
    folder: PathBuf,
    uri: String,
    version: i64,
    line: u32,
    column: u32,
}

impl Editor {
    fn new(words: usize, pages: usize) -> Self {
        let name = format!("factlint-bench-{}-{words}-{pages}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("folder");
        let config = "[[reference]]\npath = \"report.md\"\ndate = \"2020-07-16\"\n";
        let text = article(words);
        for (name, text) in
            [("factlint.toml", config), ("report.md", &report(pages)), ("article.md", &text)]
        {
            std::fs::write(folder.join(name), text).expect("file");
        }
        let (end, theirs) = Connection::memory();
        let args = ConfigArgs { config: None, isolated: false };
        let server = Some(std::thread::spawn(move || serve(theirs, args, Vec::new())));
        let uri = factlint::lsp::uri::of(&folder.join("article.md"));
        // The cursor stands behind a figure in the middle.
        let middle = text.len() / 2;
        let is_figure = |at: usize| {
            text[at..].starts_with(|c: char| c.is_ascii_digit())
                && !text[at + 1..].starts_with(|c: char| c.is_ascii_digit())
        };
        let at = (middle..text.len()).find(|&at| text.is_char_boundary(at) && is_figure(at));
        let at = at.expect("a figure") + 1;
        let line = text[..at].matches('\n').count() as u32;
        let column = text[..at].rsplit('\n').next().unwrap_or_default().encode_utf16().count();
        let mut editor =
            Editor { end, server, folder, uri, version: 0, line, column: column as u32 };
        let request = json!({"capabilities": {
            "textDocument": {"publishDiagnostics": {"relatedInformation": true}},
        }});
        let request = Request::new(1.into(), "initialize".to_owned(), request);
        editor.end.sender.send(request.into()).expect("server");
        editor.end.receiver.recv().expect("greeting");
        let document =
            json!({"uri": editor.uri, "version": 0, "languageId": "markdown", "text": text});
        editor.tell("textDocument/didOpen", json!({"textDocument": document}));
        assert!(!editor.diagnostics().is_empty());
        editor
    }

    fn tell(&self, method: &str, params: Value) {
        let message = Notification::new(method.to_owned(), params);
        self.end.sender.send(message.into()).expect("server");
    }

    /// Waits for the diagnostics of the newest version.
    fn diagnostics(&mut self) -> Vec<Value> {
        loop {
            let message = self.end.receiver.recv_timeout(Duration::from_secs(60));
            if let Message::Notification(note) = message.expect("diagnostics")
                && note.params["version"] == self.version
            {
                return note.params["diagnostics"].as_array().cloned().unwrap_or_default();
            }
        }
    }

    /// Types a digit, or takes it back.
    fn key(&mut self) -> Vec<Value> {
        let gone = u32::from(self.version % 2 == 1);
        self.version += 1;
        let text = if gone == 0 { "7" } else { "" };
        let place = |character: u32| json!({"line": self.line, "character": character});
        let range = json!({"start": place(self.column), "end": place(self.column + gone)});
        self.tell(
            "textDocument/didChange",
            json!({
                "textDocument": {"uri": self.uri, "version": self.version},
                "contentChanges": [{"range": range, "text": text}],
            }),
        );
        self.diagnostics()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.tell("exit", Value::Null);
        let _ = self.server.take().map(JoinHandle::join);
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// From the key to the diagnostics in the editor's hands.
#[divan::bench(args = [500, 5_000, 20_000], sample_count = 200)]
fn keystroke_in_article_of_words(bencher: Bencher, words: usize) {
    let mut editor = Editor::new(words, 100);
    bencher.bench_local(|| editor.key());
}
