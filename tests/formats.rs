//! What machines read: places in each format's own columns, and text that stays text.

#![allow(clippy::unwrap_used)] // A helper that fails is a test that fails.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value as Json;

const REFERENCE: &str = "The mission broke up 78 clandestine cells in the northern valley.\n";

fn site(name: &str) -> PathBuf {
    let root = std::env::temp_dir().join(format!("factlint-formats-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(&root).unwrap();
    fs::write(root.join("report.txt"), REFERENCE).unwrap();
    root
}

fn run(root: &Path, format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_factlint"))
        .args([
            "check",
            "--no-cache",
            "--isolated",
            "-r",
            "report.txt",
            "a.txt",
            "--format",
            format,
        ])
        .current_dir(root)
        .env_remove("FACTLINT_FORMAT")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap()
}

/// Before the wrong figure stands what makes columns hard to count.
#[test]
fn each_format_counts_columns_its_own_way() {
    for (number, (before, file_start)) in [
        ("The mission broke up ", ""),
        ("é😀 The mission broke up ", ""),
        ("\tThe\tmission broke up ", ""),
        ("e\u{301}\u{302} the mission broke up ", ""),
        ("שלום the mission broke up ", ""),
        ("The mission broke up ", "\u{feff}"),
        ("First line.\r\nThe mission broke up ", ""),
    ]
    .into_iter()
    .enumerate()
    {
        let root = site(&format!("columns-{number}"));
        let text = format!("{file_start}{before}87 clandestine cells in the northern valley.\r\n");
        fs::write(root.join("a.txt"), &text).unwrap();
        let at = text.find("87").unwrap();
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let lead = &text[line..at];
        let scalars = lead.chars().count() + 1;
        let found = json(&run(&root, "json"));
        let span = &found["diagnostics"][0]["span"];
        assert_eq!(span["start_column"], scalars, "json {before:?}");
        assert_eq!(span["start_byte"], at, "json {before:?}");
        assert_eq!(span["end_byte"], at + 2, "json {before:?}");
        let sarif = json(&run(&root, "sarif"));
        let region = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
        assert_eq!(region["startColumn"], lead.encode_utf16().count() + 1, "sarif {before:?}");
        let rdjson = json(&run(&root, "rdjson"));
        let start = &rdjson["diagnostics"][0]["location"]["range"]["start"];
        assert_eq!(start["column"], lead.len() + 1, "rdjson {before:?}");
        let compact = run(&root, "compact");
        let row = text[..at].matches('\n').count() + 1;
        assert!(compact.starts_with(&format!("a.txt:{row}:{scalars}: error[")), "{compact}");
        for (format, place) in [
            ("github", format!("file=a.txt,line={row},col={scalars},")),
            ("azure", format!("linenumber={row};columnnumber={scalars};")),
            ("junit", format!("name=\"figure-mismatch {row}:{scalars}\"")),
            ("checkstyle", format!("line=\"{row}\" column=\"{scalars}\"")),
            ("human", format!("[a.txt:{row}:{scalars}]")),
            ("narrated", format!("a.txt, line {row}, column {scalars}.")),
            ("markdown", format!("\n| {row} | error `figure-mismatch`")),
            ("gitlab", format!("\"begin\": {row},")),
            ("jsonl", format!("\"start_line\":{row},\"start_column\":{scalars},")),
            ("rdjsonl", format!("\"start\":{{\"line\":{row},\"column\":{}}}", lead.len() + 1)),
            ("html", format!("a.txt, line {row}<")),
        ] {
            let out = run(&root, format);
            assert!(out.contains(&place), "{format} {before:?}: {place} in {out}");
        }
        fs::remove_dir_all(root).unwrap();
    }
}

/// A quotation in the article that is full of what the formats live on.
#[test]
fn no_text_of_a_document_leaves_its_field() {
    let root = site("hostile");
    let hostile = "]]></failure><script>alert(1)</script> | `x` \u{1b}[31m ::error::x %0A ##vso[task] &amp; \"";
    let text = format!("The mission broke up 87 clandestine cells in the valley. {hostile}\n");
    fs::write(root.join("a.txt"), &text).unwrap();
    let report = format!("{} {hostile}\n", REFERENCE.trim_end());
    fs::write(root.join("report.txt"), report).unwrap();
    for format in [
        "human",
        "compact",
        "github",
        "azure",
        "junit",
        "checkstyle",
        "markdown",
        "html",
        "narrated",
    ] {
        let out = run(&root, format);
        assert!(!out.contains('\u{1b}'), "{format}: {out}");
        assert!(
            !out.contains("<script>alert") || format == "human" || format == "narrated",
            "{format}"
        );
        assert!(!out.lines().any(|line| line.starts_with("::error::x")), "{format}: {out}");
    }
    for format in ["jsonl", "rdjsonl"] {
        run(&root, format).lines().for_each(|line| drop(json(line)));
    }
    let gitlab = json(&run(&root, "gitlab"));
    assert_eq!(gitlab[0]["check_name"], "figure-mismatch");
    assert_eq!(gitlab[0]["location"]["lines"]["begin"], 1);
    fs::remove_dir_all(root).unwrap();
}

/// Every format is the same bytes however many threads there are.
#[test]
fn the_same_bytes_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for format in [
        "human",
        "narrated",
        "compact",
        "json",
        "jsonl",
        "sarif",
        "github",
        "gitlab",
        "azure",
        "junit",
        "checkstyle",
        "rdjson",
        "rdjsonl",
        "markdown",
        "html",
    ] {
        let run = |jobs: &str| {
            Command::new(env!("CARGO_BIN_EXE_factlint"))
                .args(["check", "--no-cache", "--format", format, "-j", jobs])
                .current_dir(root)
                .env_remove("FACTLINT_FORMAT")
                .output()
                .unwrap()
                .stdout
        };
        let first = run("1");
        assert!(!first.is_empty());
        for jobs in ["2", "8"] {
            assert_eq!(run(jobs), first, "{format} -j {jobs}");
        }
    }
}
