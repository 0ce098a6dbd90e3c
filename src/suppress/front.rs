//! The front matter of a text, as far as it speaks to factlint: `factlint:` in YAML between lines of
//! `---`, `[factlint]` in TOML between lines of `+++`. Of YAML what is needed is read and no more.

/// What front matter says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Front {
    /// Rules that are silent, each with its line.
    pub ignore: Vec<(usize, String)>,
    /// References, as paths from the text's folder.
    pub references: Vec<String>,
    /// What cannot be read, each with its line.
    pub problems: Vec<(usize, String)>,
}

impl Front {
    /// Reads the front matter of a text; one without any says nothing.
    pub fn of(source: &str) -> Front {
        let source = source.strip_prefix('\u{feff}').unwrap_or(source);
        let mut lines = source.lines();
        let fence = lines.next().map(str::trim_end);
        let Some(fence @ ("---" | "+++")) = fence else { return Front::default() };
        let body: Vec<&str> = lines.clone().take_while(|line| line.trim_end() != fence).collect();
        // Without an end it is no front matter.
        if lines.nth(body.len()).is_none() {
            return Front::default();
        }
        match fence {
            "---" => yaml(&body),
            _ => toml(&body.join("\n")),
        }
    }

    fn add(&mut self, line: usize, key: &str, value: &str) {
        match key {
            "ignore" => self.ignore.push((line, value.to_owned())),
            "reference" => self.references.push(value.to_owned()),
            _ => self.problems.push((line, unknown(key))),
        }
    }
}

fn unknown(key: &str) -> String {
    format!("`{key}` is unknown; `factlint` in front matter has `ignore` and `reference`")
}

/// The block below `factlint:`: keys with a value, a list in brackets, or a list of lines.
fn yaml(body: &[&str]) -> Front {
    let mut front = Front::default();
    let Some(start) = body.iter().position(|line| line.trim_end() == "factlint:") else {
        if let Some(at) = body.iter().position(|line| line.starts_with("factlint:")) {
            let problem = "write the keys `ignore` and `reference` in lines of their own below it";
            front.problems.push((at + 2, problem.into()));
        }
        return front;
    };
    let mut key = "";
    for (at, line) in body.iter().enumerate().skip(start + 1) {
        if !line.starts_with([' ', '\t']) && !line.trim().is_empty() {
            break;
        }
        // The first line of the text is the fence, and lines count from 1.
        let number = at + 2;
        let line = line.split(" #").next().unwrap_or(line).trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(item) = line.strip_prefix("- ") {
            front.add(number, key, bare(item));
            continue;
        }
        let Some((name, value)) = line.split_once(':') else {
            front.problems.push((number, format!("`{line}` has no value")));
            continue;
        };
        key = name.trim();
        let value = value.trim();
        let list = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        match list {
            Some(list) => {
                let items = list.split(',').map(bare).filter(|item| !item.is_empty());
                items.for_each(|item| front.add(number, key, item));
            }
            None if value.is_empty() => {}
            None => front.add(number, key, bare(value)),
        }
    }
    front
}

/// A value without the marks it may stand in.
fn bare(value: &str) -> &str {
    let value = value.trim();
    let marked = |mark: char| value.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    marked('"').or_else(|| marked('\'')).unwrap_or(value)
}

fn toml(body: &str) -> Front {
    let mut front = Front::default();
    // What is wrong with it is the business of whoever publishes the text.
    let Ok(table) = body.parse::<toml::Table>() else { return front };
    let Some(own) = table.get("factlint").and_then(toml::Value::as_table) else { return front };
    for (key, value) in own {
        let line = body.lines().position(|line| line.trim_start().starts_with(key.as_str()));
        let line = line.map_or(1, |at| at + 2);
        match value {
            toml::Value::String(value) => front.add(line, key, value),
            toml::Value::Array(values) => {
                values.iter().filter_map(toml::Value::as_str).for_each(|v| front.add(line, key, v));
            }
            _ => front.problems.push((line, format!("`{key}` is neither a text nor a list"))),
        }
    }
    front
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_are_read() {
        let ignore = |text: &str| Front::of(text).ignore;
        let two = [(3, "figure".to_owned()), (3, "date-mismatch".to_owned())];
        assert_eq!(ignore("---\nfactlint:\n  ignore: [figure, 'date-mismatch'] # so\n---\n"), two);
        assert_eq!(ignore("+++\n[factlint]\nignore = [\"figure\", \"date-mismatch\"]\n+++\n"), two);
        assert_eq!(
            ignore("---\r\nfactlint:\r\n  ignore:\r\n    - name\r\nx: 1\r\n---\r\n"),
            [(4, "name".into())]
        );
        assert_eq!(
            Front::of("---\nfactlint:\n  reference: \"a b.md\"\n---").references,
            ["a b.md"]
        );
        for text in ["", "---\nfactlint:\n  ignore: x", "text\n---\nfactlint:\n---", "+++\n=\n+++"]
        {
            assert_eq!(Front::of(text), Front::default(), "{text}");
        }
        assert_eq!(Front::of("---\nfactlint:\n  hush: x\n---").problems[0].0, 3);
        assert_eq!(Front::of("---\nfactlint: off\n---").problems[0].0, 2);
    }
}
