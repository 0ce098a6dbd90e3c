//! The program as a user meets it: options, streams, exit status, and what breaks.

#![allow(clippy::unwrap_used)] // A helper that fails is a test that fails.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own for one test, removed at the end.
struct Site(PathBuf);

impl Site {
    /// A site with these files; a name ending in `/` is an empty folder.
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        // Outside the repository, whose own configuration would be found upward of it.
        let root = std::env::temp_dir().join(format!("factlint-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).unwrap();
        let site = Site(root);
        for (path, text) in files {
            site.put(path, text.as_bytes());
        }
        site
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        let full = self.0.join(path);
        if path.ends_with('/') {
            return fs::create_dir_all(full).unwrap();
        }
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, bytes).unwrap();
    }

    /// Where the cache of this site lies: beside it, so that a site holds its files and no more.
    fn cache(&self) -> PathBuf {
        self.0.with_extension("cache")
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_factlint"));
        command.args(args).current_dir(&self.0).env_remove("FACTLINT_FORMAT");
        command.env("FACTLINT_CACHE_DIR", self.cache());
        command
    }

    /// Runs the program; gives status, standard output and standard error.
    #[track_caller]
    fn run(&self, args: &[&str]) -> (i32, String, String) {
        read(self.command(args).stdin(Stdio::null()).output().unwrap())
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
        let _ = fs::remove_dir_all(self.cache());
    }
}

#[track_caller]
fn read(output: Output) -> (i32, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

const TEXT: &str = "The harbour was founded in 1912.\n";

fn site(name: &str) -> Site {
    Site::new(
        name,
        &[
            ("report.md", TEXT),
            ("articles/a.md", TEXT),
            ("articles/b.txt", TEXT),
            ("articles/picture.png", "\u{89}PNG"),
            ("articles/.hidden.md", TEXT),
            ("notes/n.md", TEXT),
        ],
    )
}

const CONFIG: &str = "[[reference]]\npath = \"report.md\"\ndocuments = [\"articles/*\"]\n";

/// What each command line comes to: status, and words on standard error.
#[test]
fn what_cannot_be_done_is_said_and_ends_with_2() {
    let site = site("trouble");
    site.put("binary.md", &[0, 159, 146, 150, 0, 255, 0, 1]);
    let article = "articles/a.md";
    for (args, words) in [
        (&["check", "-r", "missing.md", article][..], "missing.md: there is no such file"),
        (&["check", "-r", "articles", article], "articles: is a folder"),
        (&["check", "-r", "report.md", "missing.md"], "missing.md: there is no such file"),
        (&["check", "-r", "report.md", "binary.md"], "binary.md"),
        (&["check", article], "articles/a.md: no reference governs it; give --reference"),
        (&["check", "articles"], "no reference governs the 2 documents found"),
        (&["check"], "nothing to check"),
        (
            &["check", "--config", "none.toml", article],
            "none.toml: the configuration cannot be read",
        ),
        (&["check", "-r", "report.md", "--format", "yaml", article], "human, compact, json"),
        (&["check", "-r", "report.md", "--format", "json=", article], "no file is named"),
        (
            &["check", "-r", "report.md", "--format", "json", "--format", "compact", article],
            "only one format can go to standard output",
        ),
        (
            &["check", "-r", "report.md", "--format", "json=no/such/x", article],
            "could not be written",
        ),
        (&["check", "-r", "report.md", "--select", "qoute", article], "did you mean `quote`?"),
        (&["check", "-r", "report.md", "--exclude", "[", "articles"], "--exclude ["),
        (&["check", "-r", "report.md", "--jobs", "0", article], "--jobs 0"),
        (&["check", "-r", "report.md", "--files-from", "none", article], "--files-from none"),
        (&["audit"], "nothing to audit"),
        (&["audit", "missing.md"], "missing.md: there is no such file"),
        (&["facts", "missing.md"], "missing.md: there is no such file"),
        (&["facts", "--date", "2020-02-30", article], "YYYY-MM-DD"),
        (&["explain", "figure-missmatch"], "did you mean `figure-mismatch`?"),
        (&["frobnicate"], "unrecognized subcommand"),
    ] {
        let (status, _, stderr) = site.run(args);
        assert_eq!(status, 2, "{args:?}: {stderr}");
        assert!(stderr.contains(words), "{args:?}: {stderr}");
        assert!(!stderr.contains("panicked"), "{args:?}: {stderr}");
    }
}

#[test]
fn one_broken_file_does_not_stop_the_others() {
    let site = site("broken");
    let args = [
        "check",
        "-r",
        "report.md",
        "--format",
        "json",
        "articles/b.txt",
        "no.md",
        "articles/a.md",
    ];
    let (status, stdout, stderr) = site.run(&args);
    let report: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let paths: Vec<_> =
        report["documents"].as_array().unwrap().iter().map(|d| &d["path"]).collect();
    assert_eq!(paths, ["articles/a.md", "articles/b.txt"]);
    assert_eq!((status, stderr.matches("error").count()), (2, 1), "{stderr}");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let site = site("forbidden");
    let path = site.0.join("articles/a.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    // The administrator may read everything.
    if fs::read(&path).is_ok() {
        return;
    }
    let (status, _, stderr) = site.run(&["check", "-r", "report.md", "articles/a.md"]);
    assert!(status == 2 && stderr.contains("articles/a.md: cannot be read"), "{stderr}");
}

#[test]
fn documents_of_every_shape_are_read() {
    let site = site("shapes");
    for (name, bytes) in [
        ("empty.md", &b""[..]),
        ("bom.md", b"\xEF\xBB\xBFFounded in 1912.\n"),
        ("crlf.txt", b"One.\r\nFounded in 1912.\r\n"),
        ("one-line.html", b"<p>Founded in 1912.</p>"),
        ("words only.md", b"No figures at all."),
        ("ferret é.md", b"Founded in 1912."),
    ] {
        site.put(name, bytes);
        let (status, stdout, stderr) =
            site.run(&["check", "-r", "report.md", "--format", "json", name]);
        assert_ne!(status, 2, "{name}: {stderr}");
        let report: serde_json::Value = serde_json::from_str(&stdout).unwrap();
        assert_eq!(report["documents"][0]["path"], name);
    }
    let (_, _, stderr) = site.run(&["check", "-r", "report.md", "empty.md"]);
    assert!(stderr.contains("empty.md: no claim was read in it"), "{stderr}");
    let (_, _, stderr) = site.run(&["check", "-q", "-r", "report.md", "empty.md"]);
    assert_eq!(stderr, "");
}

#[test]
fn folders_are_walked_and_the_configuration_is_found_from_the_document() {
    let site = site("walk");
    site.put(".gitignore", b"skipped.md\n");
    site.put("articles/skipped.md", TEXT.as_bytes());
    let shown = |args: &[&str]| {
        let (status, stdout, stderr) = site.run(&[&["check", "--show-files"], args].concat());
        assert_eq!(status, 0, "{stderr}");
        stdout
    };
    assert_eq!(shown(&["-r", "report.md", "."]), "articles/a.md\narticles/b.txt\nnotes/n.md\n");
    assert_eq!(
        shown(&["-r", "report.md", "--exclude", "notes", "."]),
        "articles/a.md\narticles/b.txt\n"
    );
    assert_eq!(shown(&["-r", "report.md", "--exclude", "notes", "notes/n.md"]), "notes/n.md\n");

    site.put("factlint.toml", format!("{CONFIG}[files]\nexclude = [\"b.*\"]\n").as_bytes());
    assert_eq!(shown(&[]), "articles/a.md\n");
    assert_eq!(shown(&["articles/b.txt"]), "articles/b.txt\n");
    // From another folder the document's own configuration counts.
    let mut command = site.command(&["check", "--show-files", "../articles/a.md"]);
    let (status, stdout, _) = read(command.current_dir(site.0.join("notes")).output().unwrap());
    assert_eq!((status, stdout.as_str()), (0, "../articles/a.md\n"));
    let (status, _, stderr) = site.run(&["check", "--isolated", "articles/a.md"]);
    assert!(status == 2 && stderr.contains("no reference governs it"), "{stderr}");
}

#[test]
fn a_wrong_configuration_is_drawn_at_its_place() {
    let site = site("config");
    for (config, words) in [
        ("refrence = 1\n", "unknown field `refrence`"),
        ("[rules]\nfigure-mismach = \"off\"\n", "did you mean `figure-mismatch`?"),
        ("[[reference]]\npath = \"reprot.md\"\n", "there is no such reference file"),
        ("[[reference]]\npath = \"articles\"\n", "this reference is a folder"),
        ("[[reference]]\npath = \"report.md\"\ndocuments = [\"a[\"]\n", "this is no glob"),
        ("extend = \"factlint.toml\"\n", "leads back to itself"),
        ("extend = \"base.toml\"\n", "no such file to extend"),
        ("not toml", "factlint.toml:1:"),
    ] {
        site.put("factlint.toml", config.as_bytes());
        let (status, _, stderr) = site.run(&["check", "articles/a.md"]);
        assert_eq!(status, 2, "{config}: {stderr}");
        assert!(stderr.contains(words) && stderr.contains("factlint.toml:"), "{config}: {stderr}");
    }
    site.put("base.toml", b"[[reference]]\npath = \"report.md\"\n");
    site.put("factlint.toml", b"extend = \"base.toml\"\n");
    let (status, _, stderr) = site.run(&["check", "-v", "articles/a.md"]);
    assert!(status == 0 && stderr.contains("articles/a.md: against report.md"), "{stderr}");
}

#[test]
fn standard_input_has_a_name_and_a_configuration() {
    let site = site("stdin");
    site.put("factlint.toml", CONFIG.as_bytes());
    let piped = |args: &[&str], text: &str| {
        use std::io::Write;
        let mut command = site.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        read(child.wait_with_output().unwrap())
    };
    let (status, stdout, _) =
        piped(&["check", "-", "--stdin-filename", "articles/new.md", "--format", "json"], TEXT);
    assert!(status == 0 && stdout.contains("\"path\": \"articles/new.md\""), "{stdout}");
    let (status, stdout, _) =
        piped(&["check", "--show-files", "--files-from", "-"], "articles/a.md\n");
    assert_eq!((status, stdout.as_str()), (0, "articles/a.md\n"));
    let (status, _, stderr) = piped(&["check", "--files-from", "-"], "");
    assert!(status == 0 && stderr.contains("the list of files is empty"), "{stderr}");
    let (status, stdout, _) = piped(&["facts", "--format", "json", "-"], TEXT);
    let facts: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((status, &facts["schema"]), (0, &"factlint-facts/1".into()));
}

#[test]
fn reports_go_where_they_are_sent() {
    let site = site("targets");
    let args = ["check", "-r", "report.md", "--format", "json=out.json", "articles/a.md"];
    let (status, stdout, _) = site.run(&args);
    assert_eq!(status, 0);
    assert!(stdout.contains("in 1 document"), "people still read standard output: {stdout}");
    assert!(fs::read_to_string(site.0.join("out.json")).unwrap().starts_with('{'));
    let mut command = site.command(&["check", "-r", "report.md", "articles/a.md"]);
    let (_, stdout, _) = read(command.env("FACTLINT_FORMAT", "json").output().unwrap());
    assert!(stdout.starts_with('{'));
    let mut command = site.command(&["check", "-r", "report.md", "articles/a.md"]);
    let (status, stdout, _) = read(command.env("FACTLINT_FORMAT", "").output().unwrap());
    assert!(status == 0 && stdout.contains("in 1 document"));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_quiet() {
    let site = site("pipe");
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = site.command(&["rules"]).stdout(writer).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(read(output), (0, String::new(), String::new()));
    if Path::new("/dev/full").exists() {
        let full = fs::File::create("/dev/full").unwrap();
        let mut command = site.command(&["rules"]);
        let (status, _, stderr) = read(command.stdout(full).output().unwrap());
        assert!(status == 2 && stderr.contains("could not be written"), "{stderr}");
    }
}

#[test]
fn the_output_does_not_depend_on_the_number_of_jobs() {
    let site = site("jobs");
    let run = |jobs: &str| {
        site.run(&["check", "-r", "report.md", "--format", "json", "-j", jobs, "articles", "notes"])
            .1
    };
    assert_eq!(run("1"), run("4"));
}

#[test]
fn rules_are_listed_and_explained() {
    let site = site("rules");
    let (status, stdout, _) = site.run(&["rules", "--format", "json"]);
    let rules: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(status, 0);
    for rule in rules.as_array().unwrap() {
        let id = rule["id"].as_str().unwrap();
        let (status, page, _) = site.run(&["explain", id]);
        assert!(status == 0 && page.starts_with(id) && page.contains("Why"), "{id}: {page}");
    }
}

#[test]
fn the_schema_of_the_configuration_knows_what_the_program_knows() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../schema/factlint.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let config = "extend = \"a.toml\"\nunsupported = \"off\"\ndocument-date = \"2020-02-01\"\n\
                  [[reference]]\npath = \"r\"\ndate = \"2020-01-01\"\ndocuments = [\"a\"]\n[rules]\n\
                  figure = \"note\"\n[[override]]\ndocuments = [\"b\"]\nrules = { date = \"off\" }\n\
                  document-date = \"2020-02-01\"\n[[alias]]\nnames = [\"a\", \"b\"]\n[tolerances]\n\
                  about = \"0.1\"\nnearly = \"0\"\nnearly_share = \"0\"\nround_share = \"0\"\nrounding = \"1\"\nbound = \"1\"\nround = \"0.5\"\n[files]\ninclude = []\n\
                  exclude = [\"c\"]\n";
    let parsed = factlint::config::Config::parse(Path::new("/x/factlint.toml"), config);
    assert!(parsed.is_ok(), "{parsed:?}");
    let config: serde_json::Value = toml::from_str(config).unwrap();
    assert!(validator.is_valid(&config));
    assert!(!validator.is_valid(&serde_json::json!({"refrence": 1})));
    // Every key that the schema has stands in the text above, and the program knew them all.
    for key in keys(&schema["properties"]) {
        assert!(parsed_has(&config, &key), "{key}");
    }
    let rules = &schema["$defs"]["rules"]["properties"];
    for id in factlint::rule::ids() {
        assert!(rules[id].is_object() && rules[factlint::rule::family(id)].is_object(), "{id}");
    }
}

/// The keys of a schema, those of nested tables after a dot.
fn keys(properties: &serde_json::Value) -> Vec<String> {
    let mut found = Vec::new();
    for (name, about) in properties.as_object().into_iter().flatten() {
        let inner =
            keys(&about["properties"]).into_iter().chain(keys(&about["items"]["properties"]));
        let before = found.len();
        found.extend(inner.map(|key| format!("{name}.{key}")));
        if found.len() == before {
            found.push(name.clone());
        }
    }
    found
}

fn parsed_has(config: &serde_json::Value, key: &str) -> bool {
    let found = key.split('.').try_fold(config, |at, name| {
        let at = at.as_array().and_then(|list| list.first()).unwrap_or(at);
        at.get(name)
    });
    found.is_some()
}

#[test]
fn the_schema_of_errata_knows_what_the_program_knows() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../schema/errata.schema.json")).unwrap();
    let text = "[[erratum]]\ntext = \"5 km\"\nnear = \"road\"\nholds = \"6 km\"\nwhy = \"a\"\nby = \"b\"\n\
                since = \"2020-01-02\"\n";
    assert!(factlint::config::errata::parse(text).is_ok());
    let errata: serde_json::Value = toml::from_str(text).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&errata));
    assert!(keys(&schema["properties"]).iter().all(|key| parsed_has(&errata, key)));
}

/// The output that the README shows is that of the present program.
#[test]
fn the_readme_shows_real_output() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let shown = readme.split("```console\n").nth(1).unwrap().split("```").next().unwrap();
    let (command, output) = shown.split_once('\n').unwrap();
    let mut words = command.trim_start_matches("$ ").split(' ');
    assert_eq!(words.next(), Some("factlint"));
    let mut program = Command::new(env!("CARGO_BIN_EXE_factlint"));
    program.env("FACTLINT_CACHE_DIR", std::env::temp_dir().join("factlint-readme.cache"));
    let ran = program.args(words).current_dir(root).env_remove("FACTLINT_FORMAT").output().unwrap();
    assert_eq!(String::from_utf8(ran.stdout).unwrap(), output);
}

const REPORT: &str = "The harbour was founded in 1912. The district counted 42,800 ferry passengers \
                      in 2019.\n\nAnna Lind said: \"We support it in full and without conditions.\"\n";
const ARTICLE: &str = "# Harbour\r\n\r\nThe district counted 48,200 ferry passengers in 2019. \
                       \"We support it in part and without conditions,\" said Anna Lind.\r\n";

#[test]
fn certain_suggestions_are_put_in_and_nothing_else_is_touched() {
    let site = Site::new("fix", &[("r.md", REPORT), ("a.md", ARTICLE)]);
    let (status, out, _) = site.run(&["check", "-r", "r.md", "--diff", "a.md"]);
    assert_eq!(status, 1);
    assert!(out.contains("-The district counted 48,200") && out.contains("+The district"), "{out}");
    assert_eq!(fs::read_to_string(site.0.join("a.md")).unwrap(), ARTICLE, "--diff changes nothing");
    let (status, out, notices) =
        site.run(&["check", "-r", "r.md", "--fix", "--format=compact", "a.md"]);
    let fixed = fs::read_to_string(site.0.join("a.md")).unwrap();
    assert_eq!(fixed, ARTICLE.replace("48,200", "42,800").replace("in part", "in full"), "{out}");
    assert!(notices.contains("a.md:3: \"48,200\" -> \"42,800\" (figure-mismatch)"), "{notices}");
    assert_eq!((status, out.as_str()), (0, ""));
    // A second run finds nothing to do.
    assert_eq!(site.run(&["check", "-r", "r.md", "--fix", "--diff", "a.md"]).0, 0);
    assert_eq!(fs::read_dir(&site.0).unwrap().count(), 2, "nothing is left beside the files");
}

#[test]
fn text_in_another_encoding_is_not_rewritten() {
    let site = Site::new("fix-latin", &[("r.md", REPORT)]);
    let latin: Vec<u8> = "The café district counted 48,200 ferry passengers in 2019.\n"
        .chars()
        .map(|c| c as u8)
        .collect();
    site.put("a.md", &latin);
    assert_eq!(site.run(&["check", "-r", "r.md", "--fix", "a.md"]).0, 1);
    assert_eq!(fs::read(site.0.join("a.md")).unwrap(), latin);
}

#[test]
fn a_baseline_is_silent_on_what_it_knows_and_tells_what_is_gone() {
    let site = Site::new("baseline", &[("r.md", REPORT), ("a.md", ARTICLE)]);
    let check = |args: &[&str]| site.run(&[&["check", "-r", "r.md", "a.md"], args].concat());
    assert_eq!(check(&["--write-baseline", "b.json"]).0, 1);
    assert_eq!(check(&["--baseline", "b.json"]).0, 0);
    // Lines above change nothing; a new finding is spoken of.
    site.put("a.md", format!("New.\n\n{ARTICLE}\nIt was founded in 1921.\n").as_bytes());
    let (status, out, _) = check(&["--baseline", "b.json", "--format=compact"]);
    assert_eq!(status, 1);
    assert!(out.lines().count() == 1 && out.contains("1921"), "{out}");
    site.put("a.md", b"The district counted 42,800 ferry passengers in 2019.\n");
    assert!(check(&["--baseline", "b.json"]).2.contains("2 of its findings are no longer there"));
    site.put("b.json", b"[]");
    let (status, _, errors) = check(&["--baseline", "b.json"]);
    assert_eq!(status, 2);
    assert!(errors.contains("b.json: is no baseline"), "{errors}");
}

#[test]
fn comments_silence_findings_and_are_told_when_they_silence_none() {
    let site = Site::new("suppress", &[("r.md", REPORT)]);
    site.put(
        "a.md",
        b"The district counted 48,200 ferry passengers in 2019. <!-- factlint: ignore[figure] misprint of old -->\n\n\
          <!-- factlint: ignore[date] -->\n\nIt is fine.\n",
    );
    let (status, out, notices) = site.run(&["check", "-r", "r.md", "--format=compact", "a.md"]);
    assert_eq!((status, out.as_str()), (0, ""), "{notices}");
    assert!(notices.contains("a.md: line 3: `ignore[date]` silences nothing"), "{notices}");
}

/// How each situation ends: 0, 1 or 2, and never anything else.
#[test]
fn exit_status() {
    let site = Site::new(
        "status",
        &[
            ("r.md", REPORT),
            ("clean.md", "The district counted 42,800 ferry passengers in 2019.\n"),
            ("wrong.md", ARTICLE),
            ("warned.md", "The district counted 42,800 ferry passengers in 2019 and 7,311 cats.\n"),
            ("empty.md", ""),
            ("talk.md", "It rained.\n"),
            ("bad.toml", "refrence = 1\n"),
            ("folder/", ""),
        ],
    );
    site.put("binary.md", b"\0\0\x01\x02\0");
    for (args, status) in [
        (&["clean.md"][..], 0),
        (&["wrong.md"], 1),
        (&["wrong.md", "clean.md"], 1),
        (&["wrong.md", "--fail-on=never"], 0),
        (&["warned.md"], 0),
        (&["warned.md", "--fail-on=warning"], 1),
        (&["warned.md", "--fail-on=warning", "--unsupported=note"], 0),
        (&["warned.md", "--unsupported=error"], 1),
        (&["wrong.md", "--ignore=figure,quote"], 0),
        (&["wrong.md", "--select=date"], 0),
        (&["wrong.md", "--select=dates"], 2),
        (&["missing.md"], 2),
        (&["missing.md", "wrong.md"], 2),
        (&["binary.md"], 2),
        (&["empty.md"], 0),
        (&["talk.md"], 0),
        (&["clean.md", "--config=bad.toml"], 2),
        (&["clean.md", "--config=none.toml"], 2),
        (&["clean.md", "--format=prose"], 2),
        (&["clean.md", "--jobs=0"], 2),
        (&["wrong.md", "--format=json=folder"], 2),
        (&["clean.md", "--baseline=none.json"], 2),
        (&["clean.md", "--no-such-option"], 2),
        (&["wrong.md", "--show-files"], 0),
        (&["wrong.md", "--format=json=no/such/folder/x"], 2),
        (&["wrong.md", "--diff"], 1),
        (&["clean.md", "--diff"], 0),
        (&["clean.md", "--diff-base=no-such-revision"], 2),
        (&["wrong.md", "--cache-dir=r.md"], 1),
        (&["wrong.md", "--fix", "--write-baseline=b.json"], 2),
        (&["-"], 0),
    ] {
        let args = [&["check", "-r", "r.md"], args].concat();
        let (ended, out, errors) = site.run(&args);
        assert_eq!(ended, status, "{args:?}\n{out}{errors}");
    }
    let (status, _, errors) = site.run(&["check", "-r", "none.md", "clean.md"]);
    assert_eq!(status, 2, "{errors}");
    if Path::new("/dev/full").exists() {
        // A disk that is full is no finding.
        for (file, ended) in [("wrong.md", 2), ("clean.md", 2)] {
            let args = ["check", "-r", "r.md", "--format=json=/dev/full", file];
            let (status, _, errors) = site.run(&args);
            assert_eq!(status, ended, "{errors}");
            assert!(errors.contains("/dev/full: the report could not be written"), "{errors}");
        }
    }
}

#[test]
fn a_revision_tells_which_documents_still_carry_an_old_value() {
    let new = REPORT.replace("42,800", "44,100");
    let site = Site::new(
        "impact",
        &[
            ("old.md", REPORT),
            ("report.md", &new),
            ("articles/stale.md", "The district counted 42,800 ferry passengers in 2019.\n"),
            ("articles/fresh.md", "The harbour was founded in 1912.\n"),
            ("factlint.toml", CONFIG),
        ],
    );
    let args = ["impact", "old.md", "report.md", "--format=compact"];
    let (status, out, notices) = site.run(&args);
    assert_eq!(status, 1, "{out}{notices}");
    assert!(out.starts_with("articles/stale.md:1:22: error[figure-mismatch] since the revision"));
    assert!(out.contains("44,100") && out.lines().count() == 1, "{out}");
    assert!(notices.contains("1 figure or date of the reference changed"), "{notices}");
    let (status, out, _) = site.run(&["impact", "-v", "old.md", "report.md", "articles/fresh.md"]);
    assert_eq!(status, 0, "{out}");
    for args in [&["impact", "none.md", "report.md"][..], &["impact", "HEAD:old.md", "report.md"]] {
        let (status, _, errors) = site.run(args);
        assert!(status == 2 && errors.contains(args[1]), "{errors}");
    }
}

#[test]
fn a_project_is_set_up_without_a_question() {
    let site = site("init");
    site.put("README.md", b"# About\n");
    let (status, _, notices) = site.run(&["init"]);
    assert_eq!(status, 0, "{notices}");
    let config = fs::read_to_string(site.0.join("factlint.toml")).unwrap();
    assert!(config.contains("path = \"report.md\"\ndocuments = [\"articles/**\", \"notes/**\"]"));
    assert_eq!(site.run(&["check"]).0, 0);
    let (status, _, errors) = site.run(&["init"]);
    assert!(status == 2 && errors.contains("there is a configuration already"), "{errors}");
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    let site = Site::new("shell", &[("man/", "")]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (status, out, _) = site.run(&["completions", shell]);
        assert!(status == 0 && out.contains("write-baseline"), "{shell}");
    }
    let (status, page, _) = site.run(&["man"]);
    assert!(status == 0 && page.contains(".TH factlint"), "{page}");
    assert_eq!(site.run(&["man", "--dir", "man"]).0, 0);
    let page = fs::read_to_string(site.0.join("man/factlint-check.1")).unwrap();
    assert!(page.contains("unsafe") && page.contains("factlint\\-check"), "{page}");
}

/// Whatever changes that could change the outcome, a run with the cache says what one without says.
#[test]
fn the_cache_never_changes_an_outcome() {
    // Of each family one.
    let other = "Anna Lint came. It was founded in 1921 and has 7,311 cats. More than 42,800 ferry passengers \
                 were counted.\n";
    let site = Site::new("cache", &[("r.md", REPORT), ("a.md", ARTICLE), ("b.md", other)]);
    site.put("factlint.toml", b"[[reference]]\npath = \"r.md\"\n");
    let files = || {
        let mut found = Vec::new();
        let mut folders = vec![site.cache()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                match entry.path() {
                    path if path.is_dir() => folders.push(path),
                    path => found.push(path),
                }
            }
        }
        found
    };
    let written = || {
        let stamp = |path: PathBuf| (fs::metadata(&path).unwrap().modified().unwrap(), path);
        let mut all: Vec<_> = files().into_iter().map(stamp).collect();
        all.sort();
        all
    };
    let mut last = String::new();
    let mut same = |what: &str, args: &[&str], changed: bool| {
        let run = |more: &[&str]| site.run(&[&["check", "--format=json"], args, more].concat());
        let plain = run(&["--no-cache"]);
        assert_eq!(run(&[]), plain, "{what}: cold");
        let before = written();
        assert_eq!(run(&[]), plain, "{what}: warm");
        assert_eq!(written(), before, "{what}: it was all known");
        assert_eq!(plain.1 != last, changed, "{what}");
        last = plain.1;
    };
    same("first", &[], true);
    assert_eq!(
        files().iter().filter(|path| path.file_name() != Some("CACHEDIR.TAG".as_ref())).count(),
        2
    );
    site.put("a.md", ARTICLE.replace("48,200", "48,100").as_bytes());
    same("a document", &[], true);
    site.put("r.md", REPORT.replace("42,800", "42,900").as_bytes());
    same("the reference", &[], true);
    site.put(
        "r.errata.toml",
        b"[[erratum]]\ntext = \"42,900\"\nholds = \"48,100\"\nwhy = \"x\"\nby = \"y\"\nsince = 2020-01-01\n",
    );
    same("an erratum", &[], true);
    site.put("factlint.toml", b"[[reference]]\npath = \"r.md\"\n[rules]\nfigure = \"note\"\n");
    same("a setting", &[], true);
    same("an option", &["--ignore=quote"], true);
    same("the name of a document", &["./a.md", "--ignore=quote"], true);
    for file in files() {
        let bytes = fs::read(&file).unwrap();
        fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    }
    same("half an entry", &["./a.md", "--ignore=quote"], false);
    for file in files() {
        let text = fs::read_to_string(&file).unwrap().replace("48,200", "48,300");
        fs::write(&file, text).unwrap();
    }
    same("an entry that was tampered with", &["./a.md", "--ignore=quote"], false);
    // A cache that cannot be written is none.
    let (status, _, _) = site.run(&["check", "--cache-dir", "a.md", "a.md"]);
    assert_ne!(status, 2);
}

fn git(site: &Site, args: &[&str]) -> bool {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]);
    git.args(args).current_dir(&site.0).stdout(Stdio::null()).stderr(Stdio::null());
    git.status().is_ok_and(|status| status.success())
}

#[test]
fn only_what_changed_since_a_revision_is_spoken_of() {
    let old = "The district counted 48,200 ferry passengers in 2019.\n\nIt was fine.\n";
    let site = Site::new("since", &[("r.md", REPORT), ("é b.md", old), ("c.md", old)]);
    if !git(&site, &["init", "-q"]) {
        println!("git is not installed: passed over");
        return;
    }
    assert!(git(&site, &["add", "."]) && git(&site, &["commit", "-qm", "a"]));
    site.put("é b.md", format!("{old}\nIt was founded in 1921.\n").as_bytes());
    site.put("new.md", old.as_bytes());
    let check = |args: &[&str]| {
        site.run(&[&["check", "-r", "r.md", "--format=compact", "."], args].concat())
    };
    assert_eq!(check(&[]).1.lines().count(), 4);
    let (status, out, _) = check(&["--diff-base", "HEAD"]);
    let places: Vec<_> = out.lines().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!((status, &places[..]), (1, &["new.md:1:22", "é b.md:5:19"][..]), "{out}");
    site.put("r.md", REPORT.replace("in full", "in part").as_bytes());
    assert!(check(&["--diff-base", "HEAD"]).2.contains("r.md: this reference changed too"));
    let (status, _, errors) = check(&["--diff-base", "no-such"]);
    assert!(status == 2 && errors.contains("there is no revision `no-such`"), "{errors}");
    assert_eq!(check(&["--diff-base", "--output=x"]).0, 2);
    let (status, out, _) = site.run(&["impact", "HEAD:r.md", "r.md", "c.md"]);
    assert_eq!(status, 0, "{out}");
}

#[test]
fn an_erratum_settles_a_conflict_or_is_told_to_be_wrong() {
    let text = "The delegation visited the dam in May 2018.\n\nIn March 2018 the delegation visited the dam.\n";
    let site = Site::new(
        "errata",
        &[("r.md", text), ("a.md", "The delegation visited the dam in May 2018.\n")],
    );
    let check = || site.run(&["check", "-r", "r.md", "--format=compact", "a.md"]);
    assert!(check().1.contains("reference-conflict"));
    let erratum = |text: &str| {
        let rest =
            "holds = \"March 2018\"\nwhy = \"a slip\"\nby = \"the editors\"\nsince = 2019-01-02\n";
        site.put("r.errata.toml", format!("[[erratum]]\ntext = \"{text}\"\n{rest}").as_bytes());
    };
    erratum("May 2018");
    let (status, out, _) = check();
    assert!(status == 1 && out.contains("date-mismatch") && out.contains("March 2018"), "{out}");
    assert_eq!(site.run(&["audit", "r.md"]).0, 0);
    erratum("June 2018");
    let (_, _, notices) = check();
    assert!(notices.contains("erratum of \"June 2018\": no such figure or date"), "{notices}");
    site.put("r.errata.toml", b"[[erratum]]\ntext = \"x\"\nhold = \"y\"\n");
    let (status, _, errors) = check();
    assert!(status == 2 && errors.contains("r.errata.toml:3: unknown field `hold`"), "{errors}");
}

#[test]
fn a_document_may_name_its_reference() {
    let site = Site::new("own", &[("reports/r.md", REPORT)]);
    site.put(
        "a/a.md",
        format!("<!-- factlint: reference ../reports/r.md -->\n\n{ARTICLE}").as_bytes(),
    );
    site.put(
        "a/b.md",
        format!("---\nfactlint:\n  reference: ../reports/r.md\n  ignore: [quote]\n---\n{ARTICLE}")
            .as_bytes(),
    );
    let (status, out, errors) = site.run(&["check", "--format=compact", "a"]);
    let rules: Vec<_> = out.lines().map(|line| line.split(['[', ']']).nth(1).unwrap()).collect();
    assert_eq!(
        (status, &rules[..]),
        (1, &["figure-mismatch", "quote-altered", "figure-mismatch"][..]),
        "{errors}"
    );
    site.put("a/a.md", b"<!-- factlint: reference none.md -->\n");
    let (status, _, errors) = site.run(&["check", "a/a.md"]);
    assert!(status == 2 && errors.contains("a/none.md: there is no such file"), "{errors}");
}

#[test]
fn links_and_colours_are_for_terminals() {
    let site = Site::new("links", &[("r.md", REPORT), ("a b.md", ARTICLE)]);
    let check = |args: &[&str]| site.run(&[&["check", "-r", "r.md", "a b.md"], args].concat()).1;
    assert!(!check(&[]).contains('\u{1b}'));
    let linked = check(&["--hyperlinks=always"]);
    assert!(linked.contains("/a%20b.md\u{1b}\\a b.md:3:22\u{1b}]8;;\u{1b}\\]"), "{linked:?}");
    assert!(check(&["--color=always"]).contains("\u{1b}["));
}

#[cfg(feature = "watch")]
#[test]
fn a_change_is_checked_again() {
    use std::io::{BufRead, BufReader};
    use std::sync::mpsc;
    use std::time::Duration;
    let site = Site::new("watch", &[("r.md", REPORT), ("a.md", ARTICLE)]);
    let mut command = site.command(&["check", "-r", "r.md", "--format=compact", "--watch", "a.md"]);
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).stdin(Stdio::null()).spawn().unwrap();
    let (send, lines) = mpsc::channel();
    let stderr = BufReader::new(child.stderr.take().unwrap());
    std::thread::spawn(move || {
        stderr.lines().map_while(Result::ok).for_each(|line| drop(send.send(line)));
    });
    let told = |words: &str| {
        while let Ok(line) = lines.recv_timeout(Duration::from_secs(30)) {
            if line.contains(words) {
                return true;
            }
        }
        false
    };
    assert!(told("waiting for changes"));
    site.put("a.md", ARTICLE.replace("48,200", "42,800").as_bytes());
    let again = told("checking again") && told("waiting for changes");
    child.kill().unwrap();
    let out = child.wait_with_output().unwrap().stdout;
    assert!(again);
    assert_eq!(String::from_utf8(out).unwrap().lines().count(), 3);
}
