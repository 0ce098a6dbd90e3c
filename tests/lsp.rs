//! The language server as an editor meets it: JSON-RPC over the standard streams of the program.

#![cfg(feature = "lsp")]
#![allow(clippy::unwrap_used)] // A helper that fails is a test that fails.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

/// Longer than any answer takes, on a machine that has other things to do.
const PATIENCE: Duration = Duration::from_secs(60);

const REPORT: &str = "# Report\r\n\r\nThe harbour 😀 was founded in 1912.\r\n\
    The railway will be 573 km long.\r\n\r\nAnna Lind liked it. The harbour was founded well.\r\n";
const ARTICLE: &str =
    "The harbour was founded in 1912.\r\n\r\nÉ 😀😀 The railway will be 537 km long.\r\n";
const CONFIG: &str = "[[reference]]\npath = \"report.md\"\ndocuments = [\"articles/*\"]\n";

/// A folder with a server at work in it.
struct Client {
    root: PathBuf,
    child: Child,
    heard: Receiver<Json>,
    /// Messages that were heard while another was waited for.
    kept: Vec<Json>,
    asked: i64,
}

impl Client {
    /// A server that has not been greeted.
    fn raw(name: &str, files: &[(&str, &str)]) -> Self {
        let root = std::env::temp_dir().join(format!("factlint-lsp-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        for (path, text) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_factlint"))
            .args(["lsp", "--stdio"])
            .current_dir(&root)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let (send, heard) = channel();
        std::thread::spawn(move || {
            while let Some(message) = message(&mut out) {
                if send.send(message).is_err() {
                    break;
                }
            }
        });
        Client { root, child, heard, kept: Vec::new(), asked: 0 }
    }

    /// A server that columns of this encoding were agreed upon with.
    fn new(name: &str, files: &[(&str, &str)], encoding: &str) -> Self {
        let mut client = Client::raw(name, files);
        let greeting = client.ask(
            "initialize",
            json!({"processId": null, "capabilities": {
                "general": {"positionEncodings": [encoding, "utf-16"]},
                "textDocument": {
                    "publishDiagnostics": {"relatedInformation": true},
                    "hover": {"contentFormat": ["markdown", "plaintext"]},
                    "definition": {"linkSupport": true},
                },
                "window": {"showDocument": {"support": true}},
                "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}},
            }}),
        );
        assert_eq!(greeting["capabilities"]["positionEncoding"], encoding);
        client.tell("initialized", json!({}));
        client
    }

    fn uri(&self, path: &str) -> String {
        format!("file://{}/{path}", self.root.display())
    }

    fn send(&mut self, message: Json) {
        let body = message.to_string();
        let mut stdin = self.child.stdin.as_ref().unwrap();
        write!(stdin, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        stdin.flush().unwrap();
    }

    fn tell(&mut self, method: &str, params: Json) {
        self.send(json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Asks, and gives the whole answer.
    fn answer(&mut self, method: &str, params: Json) -> Json {
        self.asked += 1;
        let id = self.asked;
        self.send(json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.wait(&format!("answer to {method}"), |message| {
            message["id"] == id && message.get("method").is_none()
        })
    }

    #[track_caller]
    fn ask(&mut self, method: &str, params: Json) -> Json {
        let answer = self.answer(method, params);
        assert!(answer.get("error").is_none(), "{answer}");
        answer["result"].clone()
    }

    /// The first message that is wanted; others are kept.
    #[track_caller]
    fn wait(&mut self, what: &str, wanted: impl Fn(&Json) -> bool) -> Json {
        if let Some(at) = self.kept.iter().position(&wanted) {
            return self.kept.remove(at);
        }
        let end = Instant::now() + PATIENCE;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            match self.heard.recv_timeout(left) {
                Ok(message) if wanted(&message) => return message,
                Ok(message) => self.kept.push(message),
                Err(_) => break,
            }
        }
        panic!("no {what}; heard {:#?}", self.kept);
    }

    /// The next diagnostics of a file.
    #[track_caller]
    fn diagnostics(&mut self, path: &str) -> Json {
        let uri = self.uri(path);
        let message = self.wait(&format!("diagnostics of {path}"), |message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == *uri
        });
        message["params"].clone()
    }

    #[track_caller]
    fn message(&mut self) -> String {
        let shown = self.wait("message", |message| message["method"] == "window/showMessage");
        shown["params"]["message"].as_str().unwrap().to_owned()
    }

    fn open(&mut self, path: &str, text: &str) {
        let uri = self.uri(path);
        self.tell(
            "textDocument/didOpen",
            json!({"textDocument": {
                "uri": uri, "languageId": "markdown", "version": 1, "text": text,
            }}),
        );
    }

    fn change(&mut self, path: &str, version: i64, changes: Json) {
        let document = json!({"uri": self.uri(path), "version": version});
        let params = json!({"textDocument": document, "contentChanges": changes});
        self.tell("textDocument/didChange", params);
    }

    fn at(&self, path: &str, line: u32, character: u32) -> Json {
        json!({
            "textDocument": {"uri": self.uri(path)},
            "position": {"line": line, "character": character},
        })
    }

    /// Ends it as the protocol has it; gives the exit status and what it said on standard error.
    fn end(mut self) -> (i32, String) {
        assert_eq!(self.ask("shutdown", Json::Null), Json::Null);
        self.tell("exit", Json::Null);
        self.ended()
    }

    fn ended(&mut self) -> (i32, String) {
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code().unwrap(), said)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = fs::remove_dir_all(&self.root);
    }
}

fn message(out: &mut impl BufRead) -> Option<Json> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if out.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => {
                if let Some(number) = line.strip_prefix("Content-Length: ") {
                    length = number.parse().ok()?;
                }
            }
        }
    }
    let mut body = vec![0; length];
    out.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

fn range(line: u32, start: u32, end: u32) -> Json {
    json!({
        "start": {"line": line, "character": start}, "end": {"line": line, "character": end},
    })
}

const FILES: [(&str, &str); 3] =
    [("factlint.toml", CONFIG), ("report.md", REPORT), ("articles/a.md", ARTICLE)];

/// Where "537 km" stands in [`ARTICLE`], by encoding; "1912" in the third line of the report.
const PLACES: [(&str, u32, u32); 3] = [("utf-8", 32, 32), ("utf-16", 27, 30), ("utf-32", 25, 29)];

#[test]
fn a_finding_is_shown_explained_and_fixed() {
    for (encoding, start, _) in PLACES {
        let mut client = Client::new(&format!("fix-{encoding}"), &FILES, encoding);
        client.open("articles/a.md", ARTICLE);
        let shown = client.diagnostics("articles/a.md");
        assert_eq!(shown["version"], 1);
        let found = &shown["diagnostics"];
        assert_eq!(found.as_array().unwrap().len(), 1, "{found:#}");
        let found = &found[0];
        assert_eq!(found["range"], range(2, start, start + 6), "{encoding}");
        assert_eq!((&found["code"], &found["severity"]), (&json!("figure-mismatch"), &json!(1)));
        assert_eq!(found["source"], "factlint");
        assert!(found["message"].as_str().unwrap().contains("573 km"), "{found:#}");
        assert_eq!(found["data"]["fixes"][0]["replacement"], "573 km");
        let related = &found["relatedInformation"][0];
        assert_eq!(related["location"]["uri"], client.uri("report.md"));
        assert_eq!(related["location"]["range"], range(3, 20, 26));
        let said = "report.md:4: The railway will be 573 km long.";
        assert_eq!(related["message"], said);

        let here = client.at("articles/a.md", 2, start + 2);
        let hover = client.ask("textDocument/hover", here.clone());
        let text = hover["contents"]["value"].as_str().unwrap();
        assert!(text.contains("The railway will be **573 km** long"), "{text}");
        assert!(text.contains("report.md#L4"), "{text}");
        assert_eq!(hover["range"], found["range"]);

        let link = client.ask("textDocument/definition", here);
        assert_eq!(link[0]["targetUri"], client.uri("report.md"));
        assert_eq!(link[0]["targetSelectionRange"], range(3, 20, 26));
        assert_eq!(link[0]["originSelectionRange"], found["range"]);

        let uri = client.uri("articles/a.md");
        let actions = client.ask(
            "textDocument/codeAction",
            json!({
                "textDocument": {"uri": uri}, "range": range(2, start, start),
                "context": {"diagnostics": []},
            }),
        );
        assert_eq!(actions[0]["kind"], "quickfix");
        assert_eq!(actions[0]["title"], "Write “573 km” as in the reference");
        let edit = &actions[0]["edit"]["changes"][&uri][0];
        assert_eq!(edit["range"], found["range"]);
        let change = json!([{"range": edit["range"], "text": edit["newText"]}]);
        client.change("articles/a.md", 2, change);
        let shown = client.diagnostics("articles/a.md");
        assert_eq!((&shown["version"], &shown["diagnostics"]), (&json!(2), &json!([])));
        assert_eq!(client.end(), (0, String::new()));
    }
}

#[test]
fn what_the_reference_says_too_is_shown_as_well() {
    for (encoding, _, start) in PLACES {
        let mut client = Client::new(&format!("too-{encoding}"), &FILES, encoding);
        client.open("articles/a.md", ARTICLE);
        let here = client.at("articles/a.md", 0, 28);
        let hover = client.ask("textDocument/hover", here.clone());
        let text = hover["contents"]["value"].as_str().unwrap();
        assert!(text.starts_with("The reference says the same."), "{text}");
        let link = client.ask("textDocument/definition", here);
        // Behind the emoji.
        assert_eq!(link[0]["targetSelectionRange"], range(2, start, start + 4), "{encoding}");
        // A quotation and a name.
        let more = "Anna Lind said: \"The harbour was founded\" long ago.\n";
        client.change("articles/a.md", 2, json!([{"text": more}]));
        for (column, said) in [(3, "has this name"), (25, "says the same")] {
            let here = client.at("articles/a.md", 0, column);
            let hover = client.ask("textDocument/hover", here.clone());
            let text = hover["contents"]["value"].as_str().unwrap();
            assert!(text.contains(said), "{text}");
            assert_ne!(client.ask("textDocument/definition", here), Json::Null);
        }
        let nowhere = client.at("articles/a.md", 0, 50);
        assert_eq!(client.ask("textDocument/hover", nowhere.clone()), Json::Null);
        assert_eq!(client.ask("textDocument/definition", nowhere), Json::Null);
        assert_eq!(client.end().0, 0);
    }
}

#[test]
fn edits_are_followed_and_the_last_version_counts() {
    let mut client = Client::new("edits", &FILES, "utf-16");
    client.open("articles/a.md", ARTICLE);
    client.diagnostics("articles/a.md");
    // 537 becomes 573, then 5730; a line with an emoji comes above.
    for (version, range, text) in [
        (2, range(2, 28, 30), "73"),
        (3, range(2, 30, 30), "0"),
        (4, range(0, 0, 0), "😀\r\n"),
        (5, range(0, 2, 2), "!"),
    ] {
        client.change("articles/a.md", version, json!([{"range": range, "text": text}]));
    }
    let mut shown = client.diagnostics("articles/a.md");
    while shown["version"] != 5 {
        shown = client.diagnostics("articles/a.md");
    }
    assert_eq!(shown["diagnostics"][0]["range"], range(3, 27, 34), "{shown:#}");
    // The whole text in one.
    client.change("articles/a.md", 6, json!([{"text": "The railway will be 573 km long."}]));
    assert_eq!(client.diagnostics("articles/a.md")["diagnostics"], json!([]));
    let uri = client.uri("articles/a.md");
    client.tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    assert_eq!(client.diagnostics("articles/a.md")["diagnostics"], json!([]));
    assert_eq!(client.end().0, 0);
}

#[test]
fn a_reference_and_the_configuration_are_read_again() {
    let mut client = Client::new("again", &FILES, "utf-16");
    client.open("articles/a.md", ARTICLE);
    assert_eq!(client.diagnostics("articles/a.md")["diagnostics"].as_array().unwrap().len(), 1);
    let watched = |client: &mut Client| {
        client.wait("registration", |message| message["method"] == "client/registerCapability")
            ["params"]["registrations"][0]["registerOptions"]["watchers"]
            .clone()
    };
    assert_eq!(watched(&mut client)[0]["globPattern"], "**/factlint.toml");
    let references = watched(&mut client);
    for name in ["**/report.md", "**/report.errata.toml"] {
        let globs = references.as_array().unwrap().iter();
        assert!(globs.clone().any(|glob| glob["globPattern"] == name), "{name}: {references}");
    }

    // An erratum beside the reference counts, and counts no more once it is gone.
    let errata = client.root.join("report.errata.toml");
    let text = "[[erratum]]\ntext = \"573 km\"\nholds = \"537 km\"\nwhy = \"a slip\"\nby = \"b\"\n\
                since = 2020-01-02\n";
    for (text, count) in [(Some(text), 0), (None, 1)] {
        match text {
            Some(text) => fs::write(&errata, text).unwrap(),
            None => fs::remove_file(&errata).unwrap(),
        }
        let changes = json!({"changes": [{"uri": client.uri("report.errata.toml"), "type": 2}]});
        client.tell("workspace/didChangeWatchedFiles", changes);
        let shown = client.diagnostics("articles/a.md");
        assert_eq!(shown["diagnostics"].as_array().unwrap().len(), count, "{shown:#}");
    }

    // The client tells of it.
    fs::write(client.root.join("report.md"), REPORT.replace("573", "537")).unwrap();
    let changes = json!({"changes": [{"uri": client.uri("report.md"), "type": 2}]});
    client.tell("workspace/didChangeWatchedFiles", changes);
    assert_eq!(client.diagnostics("articles/a.md")["diagnostics"], json!([]));

    // It does not; the next keystroke shows it.
    fs::write(client.root.join("report.md"), format!("{REPORT}\r\nMore.\r\n")).unwrap();
    client.change("articles/a.md", 2, json!([{"range": range(0, 0, 0), "text": "\r\n"}]));
    let shown = client.diagnostics("articles/a.md");
    assert_eq!(shown["diagnostics"][0]["range"], range(3, 27, 33));

    // A configuration that cannot be used is told of at its place, once.
    fs::write(client.root.join("factlint.toml"), "[rules]\nfigure-missmatch = \"off\"\n").unwrap();
    let changes = json!({"changes": [{"uri": client.uri("factlint.toml"), "type": 2}]});
    client.tell("workspace/didChangeWatchedFiles", changes.clone());
    assert_eq!(client.diagnostics("articles/a.md")["diagnostics"], json!([]));
    let problem = client.diagnostics("factlint.toml");
    assert_eq!(problem["diagnostics"][0]["range"], range(1, 0, 16), "{problem:#}");
    assert!(client.message().contains("did you mean `figure-mismatch`?"));
    client.change("articles/a.md", 3, json!([{"range": range(0, 0, 0), "text": "\r\n"}]));
    client.diagnostics("articles/a.md");

    // And when it is sound again, that is gone.
    let off = format!("{CONFIG}[rules]\nfigure-mismatch = \"warning\"\n");
    fs::write(client.root.join("factlint.toml"), off).unwrap();
    client.tell("workspace/didChangeWatchedFiles", changes);
    let shown = client.diagnostics("articles/a.md");
    assert_eq!(shown["diagnostics"][0]["severity"], 2, "{shown:#}");
    assert_eq!(client.diagnostics("factlint.toml")["diagnostics"], json!([]));
    let messages = client.kept.iter().filter(|m| m["method"] == "window/showMessage");
    assert_eq!(messages.count(), 0);
    assert_eq!(client.end().0, 0);
}

#[test]
fn what_cannot_be_used_is_told_and_survived() {
    for (name, config, words) in [
        ("syntax", "[[reference]\n", "factlint.toml:1"),
        ("missing", "[[reference]]\npath = \"none.md\"\n", "there is no such reference file"),
        ("key", "refrence = 1\n", "refrence"),
        ("binary", "[[reference]]\npath = \"report.png\"\n", "report.png"),
    ] {
        let files = [
            ("factlint.toml", config),
            ("report.png", "\u{89}PNG\0\0"),
            ("articles/a.md", ARTICLE),
        ];
        let mut client = Client::new(&format!("bad-{name}"), &files, "utf-16");
        client.open("articles/a.md", ARTICLE);
        assert_eq!(client.diagnostics("articles/a.md")["diagnostics"], json!([]));
        let message = client.message();
        assert!(message.contains(words), "{name}: {message}");
        let here = client.at("articles/a.md", 2, 26);
        assert_eq!(client.ask("textDocument/hover", here), Json::Null);
        let (status, said) = client.end();
        assert_eq!((status, said.as_str()), (0, ""), "{name}");
    }
}

#[test]
fn what_is_none_of_its_business_is_left_alone() {
    let mut client = Client::new("business", &FILES, "utf-16");
    // Not governed; the reference itself; no file; nothing of the protocol.
    client.open("notes.md", ARTICLE);
    assert_eq!(client.diagnostics("notes.md")["diagnostics"], json!([]));
    client.open("report.md", REPORT);
    assert_eq!(client.diagnostics("report.md")["diagnostics"], json!([]));
    let document = json!({"uri": "untitled:1", "version": 1, "languageId": "x", "text": ARTICLE});
    client.tell("textDocument/didOpen", json!({"textDocument": document}));
    client.tell("textDocument/didOpen", json!({"odd": []}));
    client.tell("textDocument/didChange", json!({"textDocument": {"uri": "file:///x"}}));
    client.tell("$/setTrace", json!({"value": "off"}));
    let refused = client.answer("textDocument/rename", json!({}));
    assert_eq!(refused["error"]["code"], -32601);
    let refused = client.answer("textDocument/hover", json!({"position": "here"}));
    assert_eq!(refused["error"]["code"], -32602);
    let refused = client.answer("initialize", json!({"capabilities": {}}));
    assert_eq!(refused["error"]["code"], -32600);
    assert_eq!(client.end(), (0, String::new()));
}

#[test]
fn a_reference_tells_who_cites_it() {
    let other = "The railway will be 573 km long, they say.\n";
    let files = [FILES[0], FILES[1], FILES[2], ("articles/b.md", other), ("notes.md", other)];
    let mut client = Client::new("lens", &files, "utf-16");
    client.open("report.md", REPORT);
    let uri = client.uri("report.md");
    let lenses = client.ask("textDocument/codeLens", json!({"textDocument": {"uri": uri}}));
    let titles: Vec<_> = lenses
        .as_array()
        .unwrap()
        .iter()
        .map(|lens| {
            let line = lens["range"]["start"]["line"].as_u64().unwrap();
            (line, lens["command"]["title"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        titles,
        [
            (0, "factlint: cited by 2 documents"),
            (2, "cited by 1 document"),
            (3, "cited by 2 documents"),
        ]
    );
    let mut here = client.at("report.md", 3, 22);
    here["context"] = json!({"includeDeclaration": false});
    let places = client.ask("textDocument/references", here);
    assert_eq!(
        places,
        json!([
            {"uri": client.uri("articles/a.md"), "range": range(2, 27, 33)},
            {"uri": client.uri("articles/b.md"), "range": range(0, 20, 26)},
        ])
    );
    client.ask("workspace/executeCommand", json!({
        "command": lenses[1]["command"]["command"], "arguments": lenses[1]["command"]["arguments"],
    }));
    let shown = client.wait("document", |message| message["method"] == "window/showDocument");
    assert_eq!(shown["params"]["uri"], client.uri("articles/a.md"));
    // An article has no lenses.
    client.open("articles/a.md", ARTICLE);
    let uri = client.uri("articles/a.md");
    let lenses = client.ask("textDocument/codeLens", json!({"textDocument": {"uri": uri}}));
    assert_eq!(lenses, json!([]));
    assert_eq!(client.end().0, 0);
}

#[test]
fn questions_can_be_taken_back() {
    let mut client = Client::new("cancel", &FILES, "utf-16");
    client.open("articles/a.md", ARTICLE);
    let here = client.at("articles/a.md", 0, 28);
    client.tell("$/cancelRequest", json!({"id": 77}));
    let hover = "textDocument/hover";
    client.send(json!({"jsonrpc": "2.0", "id": 77, "method": hover, "params": here}));
    let answer = client.wait("answer", |message| message["id"] == 77);
    assert_eq!(answer["error"]["code"], -32800);
    assert_eq!(client.end().0, 0);
}

#[test]
fn the_exit_status_tells_how_it_ended() {
    // Questions before the greeting are refused.
    let mut client = Client::raw("early", &[("a.md", "")]);
    let refused = client.answer("textDocument/hover", json!({}));
    assert_eq!(refused["error"]["code"], -32002);
    client.tell("exit", Json::Null);
    assert_eq!(client.ended().0, 1);
    // The client went away.
    let mut client = Client::new("gone", &FILES, "utf-16");
    client.child.stdin.take();
    assert_eq!(client.ended().0, 1);
    // After shutdown only exit is listened to.
    let mut client = Client::new("down", &FILES, "utf-16");
    client.ask("shutdown", Json::Null);
    let refused = client.answer("textDocument/hover", json!({}));
    assert_eq!(refused["error"]["code"], -32600);
    client.tell("exit", Json::Null);
    assert_eq!(client.ended().0, 0);
    // No message of the protocol.
    let mut client = Client::raw("noise", &[("a.md", "")]);
    let mut stdin = client.child.stdin.take().unwrap();
    stdin.write_all(b"Content-Length: 5\r\n\r\n{\"a\":").unwrap();
    drop(stdin);
    let (status, said) = client.ended();
    assert_eq!(status, 2, "{said}");
    assert!(
        said.contains("the client cannot be understood") && !said.contains("panicked"),
        "{said}"
    );
}
