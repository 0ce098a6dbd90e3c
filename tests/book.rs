//! The book in `docs`: its pages of rules and commands are made from the program, and its contents are
//! whole. `UPDATE_BOOK=1 cargo test --test book` writes the pages anew.

#![allow(clippy::unwrap_used)] // A helper that fails is a test that fails.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use factlint::rule::{self, Check};

fn book() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src")
}

/// Holds a page against what it should be, or writes it.
#[track_caller]
fn page(name: &str, text: &str) {
    let path = book().join(name);
    if std::env::var_os("UPDATE_BOOK").is_some() {
        fs::write(&path, text).unwrap();
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(there == text, "docs/src/{name} is out of date: UPDATE_BOOK=1 cargo test --test book");
}

fn rule_page(check: &Check) -> String {
    let mut out = format!("# {}\n\n{}.\n\n", check.id, capital(&check.summary));
    // Writing to a String does not fail.
    let _ = writeln!(
        out,
        "Severity: {}. Family: `{}`. Advice: {}.\n\n{}\n\n## Examples",
        check.severity.id(),
        rule::family(&check.id),
        check.help.trim(),
        check.why.trim()
    );
    for example in &check.examples {
        let flagged: Vec<_> = example.flags.iter().map(|words| format!("`{words}`")).collect();
        let verdict = match flagged.as_slice() {
            [] => "Nothing is flagged.".to_owned(),
            _ => format!("Flagged: {}.", flagged.join(", ")),
        };
        let _ = write!(
            out,
            "\n```text\nreference: {}\ndocument:  {}\n```\n\n{verdict}\n",
            example.reference.trim(),
            example.document.trim()
        );
    }
    let _ = write!(
        out,
        "\n## To silence it\n\n`{0} = \"off\"` under `[rules]` in `factlint.toml`, `--ignore {0}` on the command line, or \
         `<!-- factlint: ignore[{0}] reason -->` at the place.\n",
        check.id
    );
    out
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

#[test]
fn every_rule_has_its_page() {
    let mut index = String::from("# Rules\n\n| rule | default | what it finds |\n|---|---|---|\n");
    for check in rule::checks() {
        page(&format!("rules/{}.md", check.id), &rule_page(check));
        let (id, severity) = (&check.id, check.severity.id());
        let _ = writeln!(index, "| [`{id}`]({id}.md) | {severity} | {} |", check.summary);
    }
    index.push_str("\n`factlint explain RULE` prints the same pages.\n");
    page("rules/index.md", &index);
}

#[test]
fn every_command_has_its_options_told() {
    let mut command = factlint::cli::args::Cli::command().term_width(100);
    command.build();
    let mut out = String::from("# Commands\n");
    for part in command.get_subcommands_mut().filter(|part| part.get_name() != "help") {
        let name = format!("factlint {}", part.get_name());
        let help = part.clone().term_width(100).bin_name(&name).render_help().to_string();
        // What a line has behind its words differs between systems.
        let help: Vec<_> = help.lines().map(str::trim_end).collect();
        let _ = write!(out, "\n## {name}\n\n```text\n{}\n```\n", help.join("\n").trim());
    }
    page("commands.md", &out);
}

#[test]
fn the_contents_are_whole() {
    let summary = fs::read_to_string(book().join("SUMMARY.md")).unwrap();
    let listed: BTreeSet<&str> =
        summary.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    let mut there = BTreeSet::new();
    for folder in ["", "rules"] {
        for entry in fs::read_dir(book().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(book()).unwrap().to_str().unwrap().replace('\\', "/");
            if name.ends_with(".md") && name != "SUMMARY.md" {
                there.insert(name);
            }
        }
    }
    assert_eq!(listed, there.iter().map(String::as_str).collect());
    for name in &there {
        let text = fs::read_to_string(book().join(name)).unwrap();
        let folder = book().join(name).parent().unwrap().to_owned();
        let links = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
        for link in links.filter(|link| link.ends_with(".md")) {
            assert!(folder.join(link).is_file(), "{name} leads to {link}");
        }
    }
}

/// The examples of configuration in the book are read by the program.
#[test]
fn the_examples_of_configuration_are_right() {
    let text = |name: &str| fs::read_to_string(book().join(name)).unwrap();
    let example = |name: &str| {
        let text = text(name);
        text.split("```toml\n").nth(1).unwrap().split("```").next().unwrap().to_owned()
    };
    let config = factlint::config::Config::parse(
        Path::new("/site/factlint.toml"),
        &example("configuration.md"),
    );
    assert!(config.is_ok(), "{config:?}");
    let errata = factlint::config::errata::parse(&example("errata.md"));
    assert_eq!(errata.map(|errata| errata.len()), Ok(1));
}
