//! The rules as their files in `rules/checks` state them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Severity;
use crate::lexicon;

/// What a message may speak of.
#[cfg(test)]
const PLACEHOLDERS: [&str; 4] = ["found", "expected", "thing", "other"];

/// One rule: its wording, its manual page and its proof.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The rule's name, which is also that of its file.
    pub id: String,
    /// How grave its findings are unless the user says otherwise.
    pub severity: Severity,
    /// What it finds, in one line.
    pub summary: String,
    /// What the user should do; placeholders as in the messages.
    pub help: String,
    /// Why it matters and where its edges are: the manual text.
    pub why: String,
    /// Message templates by case. `default` is always there.
    pub messages: BTreeMap<String, String>,
    /// Texts with the words that must be flagged.
    #[serde(rename = "example")]
    pub examples: Vec<Example>,
}

/// One example of a rule, shown in its page and run as a test.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text of the reference.
    pub reference: String,
    /// The text of the derivative.
    pub document: String,
    /// The words that the rule flags, in order; none for a text that it must leave alone.
    pub flags: Vec<String>,
}

static CHECKS: LazyLock<Vec<Check>> =
    LazyLock::new(|| ids().map(|id| lexicon::table(&format!("checks/{id}.toml"))).collect());

/// The names of all rules, in alphabetical order. The files are not read for it.
pub fn ids() -> impl Iterator<Item = &'static str> {
    let file = |path: &'static str| path.strip_prefix("checks/")?.strip_suffix(".toml");
    lexicon::TABLES.iter().filter_map(move |(path, _)| file(path))
}

/// The family of a rule: "figure" for "figure-mismatch".
pub fn family(id: &str) -> &str {
    id.split_once('-').map_or(id, |(family, _)| family)
}

/// All rules, in alphabetical order.
pub fn checks() -> &'static [Check] {
    &CHECKS
}

/// The rule of this name.
pub fn check(id: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|check| check.id == id)
}

/// The rule's message for `case` (its default one if it has none of its own) with the placeholders
/// filled in: `message("figure-mismatch", "default", &[("found", "3"), ("expected", "4")])`.
pub fn message(rule: &str, case: &str, values: &[(&str, &str)]) -> String {
    let template = check(rule)
        .and_then(|check| check.messages.get(case).or_else(|| check.messages.get("default")));
    template.map_or_else(String::new, |template| fill(template, values))
}

/// What the rule advises, with the placeholders filled in.
pub fn help(rule: &str, values: &[(&str, &str)]) -> Option<String> {
    check(rule).filter(|check| !check.help.is_empty()).map(|check| fill(&check.help, values))
}

/// Fills the placeholders of a template in one pass, so that a value may itself hold braces.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, name, after)) = next_placeholder(rest) {
        text.push_str(before);
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => text.push_str(value),
            None => debug_assert!(false, "no value for {{{name}}} of {template:?}"),
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

fn next_placeholder(template: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = template.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_may_hold_braces() {
        let values = [("found", "{expected}"), ("expected", "4")];
        assert_eq!(fill("{found}, not {expected}.", &values), "{expected}, not 4.");
    }

    #[test]
    fn every_rule_file_is_whole() {
        for (id, check) in ids().zip(checks()) {
            assert_eq!(check.id, id, "the id is the name of the file");
            assert!(check.messages.contains_key("default"), "{id}: no default message");
            assert!(!check.summary.is_empty() && !check.summary.contains('\n'), "{id}: summary");
            assert!(check.why.len() > 100, "{id}: `why` is the manual and needs its paragraphs");
            assert!(check.examples.iter().any(|e| e.flags.is_empty()), "{id}: none stays silent");
            assert!(check.examples.iter().any(|e| !e.flags.is_empty()), "{id}: none fires");
            for template in check.messages.values().chain([&check.help]) {
                assert!(!template.contains('\n'), "{id}: a message is one line");
                let mut rest = template.as_str();
                while let Some((_, name, after)) = next_placeholder(rest) {
                    assert!(PLACEHOLDERS.contains(&name), "{id}: unknown placeholder {{{name}}}");
                    rest = after;
                }
                assert!(!rest.contains(['{', '}']), "{id}: stray brace in {template:?}");
            }
            for example in &check.examples {
                let mut rest = example.document.as_str();
                for words in &example.flags {
                    let at = rest.find(words.as_str()).unwrap_or_else(|| {
                        panic!("{id}: {words:?} does not stand, in this order, in {rest:?}")
                    });
                    rest = &rest[at + words.len()..];
                }
            }
        }
    }
}
