//! `--format gitlab`: GitLab's Code Quality report.

use serde_json::{Value as Json, json};

use super::diagnostic::Checked;
use super::fingerprint::fingerprints;
use crate::rule::Severity;

/// The whole report.
pub fn report(documents: &[Checked]) -> Json {
    let mut found = Vec::new();
    for document in documents {
        for (diagnostic, fingerprint) in
            document.diagnostics.iter().zip(fingerprints(&document.diagnostics))
        {
            let severity = match diagnostic.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Note => "info",
            };
            let place = &diagnostic.place;
            let path = place.path.trim_start_matches("./");
            found.push(json!({
                "description": diagnostic.message,
                "check_name": diagnostic.rule,
                // Two files of one name may hold the same error.
                "fingerprint": format!("{path}:{fingerprint}"),
                "severity": severity,
                "location": {"path": path, "lines": {"begin": place.start.line, "end": place.end.line}},
            }));
        }
    }
    Json::Array(found)
}
