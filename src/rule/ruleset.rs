//! Which rules speak, and how loudly.

use std::collections::BTreeMap;

use super::{Finding, Severity, checks};

/// Severities that differ from the rules' own defaults. `None` silences a rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleSet {
    set: BTreeMap<&'static str, Option<Severity>>,
}

/// A rule or family that does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRule {
    /// The name as given.
    pub name: String,
    /// The nearest name there is.
    pub nearest: Option<&'static str>,
}

impl std::fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "there is no rule or family `{}`", self.name)?;
        match self.nearest {
            Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
            None => write!(f, "; `factlint rules` lists them"),
        }
    }
}

impl std::error::Error for UnknownRule {}

/// The rules that `name` stands for: one rule, or all rules of a family.
pub fn named(name: &str) -> Result<Vec<&'static str>, UnknownRule> {
    let found: Vec<_> =
        checks::ids().filter(|id| *id == name || checks::family(id) == name).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let nearest = checks::ids()
        .flat_map(|id| [id, checks::family(id)])
        .map(|known| (strsim::jaro_winkler(name, known), known))
        .filter(|(score, _)| *score > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known);
    Err(UnknownRule { name: name.to_owned(), nearest })
}

impl RuleSet {
    /// Sets the severity of a rule or of a whole family.
    pub fn set(&mut self, name: &str, severity: Option<Severity>) -> Result<(), UnknownRule> {
        for id in named(name)? {
            self.set.insert(id, severity);
        }
        Ok(())
    }

    /// Sets the severity of every rule about claims of which the reference says nothing.
    pub fn set_unsupported(&mut self, severity: Option<Severity>) {
        for id in checks::ids().filter(|id| id.ends_with("-unsupported")) {
            self.set.insert(id, severity);
        }
    }

    /// Silences every rule outside `selected`.
    pub fn select(&mut self, selected: &[&'static str]) {
        for id in checks::ids().filter(|id| !selected.contains(id)) {
            self.set.insert(id, None);
        }
    }

    /// Takes over what `other` sets.
    pub fn merge(&mut self, other: &RuleSet) {
        self.set.extend(other.set.iter());
    }

    /// Whether the rule speaks at all.
    pub fn speaks(&self, rule: &str) -> bool {
        self.set.get(rule) != Some(&None)
    }

    /// Gives every finding the severity that was set for its rule and drops those of silent rules.
    pub fn apply(&self, findings: &mut Vec<Finding>) {
        findings.retain_mut(|finding| match self.set.get(finding.rule) {
            Some(None) => false,
            Some(Some(severity)) => {
                finding.severity = *severity;
                true
            }
            None => true,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_rules_or_families_and_typos_are_guessed() {
        assert_eq!(named("date"), Ok(vec!["date-mismatch", "date-unsupported"]));
        assert_eq!(named("quote-altered"), Ok(vec!["quote-altered"]));
        let nearest = |name: &str| named(name).unwrap_err().nearest;
        assert_eq!(nearest("figure-missmatch"), Some("figure-mismatch"));
        assert_eq!(nearest("qoute"), Some("quote"));
        assert_eq!(nearest("zzz"), None);
    }

    #[test]
    fn a_later_setting_wins() {
        let mut rules = RuleSet::default();
        rules.set("figure", Some(Severity::Note)).unwrap();
        rules.set("figure-mismatch", None).unwrap();
        rules.set_unsupported(Some(Severity::Error));
        assert!(!rules.speaks("figure-mismatch"));
        assert!(rules.speaks("figure-unsupported"));
        assert_eq!(rules.set["figure-unsupported"], Some(Severity::Error));
        assert_eq!(rules.set["figure-qualifier"], Some(Severity::Note));
    }
}
