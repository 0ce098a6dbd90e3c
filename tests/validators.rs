//! What others wrote reads what the program writes: editors, validators, a browser. Each is passed over
//! where it is not installed. Those of npm are looked for in the folder that `FACTLINT_NODE_MODULES`
//! names:
//!
//! ```sh
//! npm install --prefix tools @microsoft/sarif-multitool @umbrelladocs/rdformat-validator axe-core playwright-core
//! FACTLINT_NODE_MODULES=tools/node_modules cargo test --test validators
//! ```

#![allow(clippy::unwrap_used)] // A helper that fails is a test that fails.
#![allow(clippy::print_stdout)] // What is passed over is told.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const REFERENCE: &str = "# Report\n\nThe mission broke up 78 clandestine cells in the northern valley. Anna Lind \
                         said: \"We support <b>it</b> & all in full.\"\n";
/// Text that formats trip over, with an error behind it, and a name of a file to match.
const ARTICLE: &str = "# ]]> <script>alert(1)</script> %0A::error::x\n\n\té😀 שלום \u{202e}e\u{301} the mission \
                       broke up 87 clandestine cells in the northern valley.\r\n\r\n\"We support it & all in part,\" \
                       said Anna Lind. \u{1b}[31m\u{0}\n";
const NAME: &str = "a b&é'[1].md";

struct Site(PathBuf);

impl Site {
    fn new(name: &str) -> Self {
        let root =
            std::env::temp_dir().join(format!("factlint-valid-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).unwrap();
        fs::write(root.join("report.md"), REFERENCE).unwrap();
        fs::write(root.join(NAME), ARTICLE.replace('\0', "")).unwrap();
        Site(root)
    }

    /// Writes a report and returns its path.
    fn report(&self, format: &str, name: &str) -> PathBuf {
        let output = Command::new(env!("CARGO_BIN_EXE_factlint"))
            .args(["check", "--no-cache", "--isolated", "-r", "report.md", NAME])
            .arg(format!("--format={format}={name}"))
            .current_dir(&self.0)
            .env_remove("FACTLINT_FORMAT")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        self.0.join(name)
    }

    /// Runs a program that others wrote; `None` if it is not installed.
    fn run(&self, program: &str, args: &[&str]) -> Option<(bool, String)> {
        let mut command = Command::new(program);
        // Where no locale is set Vim takes a name for Latin-1.
        command.env("LC_ALL", "C.UTF-8");
        command.args(args).current_dir(&self.0).stdin(Stdio::null());
        let Ok(output) = command.output() else {
            println!("{program} is not installed: passed over");
            return None;
        };
        let text = [output.stdout, output.stderr].concat();
        Some((output.status.success(), String::from_utf8_lossy(&text).into_owned()))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Where npm put its packages.
fn modules() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("FACTLINT_NODE_MODULES") else {
        println!("FACTLINT_NODE_MODULES is not set: passed over");
        return None;
    };
    Some(fs::canonicalize(folder).unwrap())
}

#[test]
fn vim_and_neovim_load_the_quickfix_list() {
    let site = Site::new("quickfix");
    site.report("compact", "list.txt");
    let json = fs::read_to_string(site.report("json", "list.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let wanted: Vec<_> = json["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| {
            let severity = &found["severity"].as_str().unwrap()[..1];
            serde_json::json!([NAME, found["span"]["start_line"], severity, 1])
        })
        .collect();
    assert!(wanted.len() > 1);
    for editor in ["vim", "nvim"] {
        let script = "call writefile([json_encode(map(getqflist(), \
                      '[bufname(v:val.bufnr), v:val.lnum, v:val.type, v:val.valid]'))], 'list.json')";
        let args = [
            "-u",
            "NONE",
            "-i",
            "NONE",
            "-N",
            "-n",
            "-es",
            "-c",
            r"set errorformat=%f:%l:%c:\ %t%*[a-z][%*[a-z-]]\ %m",
            "-c",
            "cgetfile list.txt",
            "-c",
            script,
            "-c",
            "qa!",
        ];
        let Some((_, said)) = site.run(editor, &args) else { continue };
        let list = fs::read_to_string(site.0.join("list.json")).expect(&said);
        let list: serde_json::Value = serde_json::from_str(&list).unwrap();
        assert_eq!(list.as_array(), Some(&wanted), "{editor}");
        fs::remove_file(site.0.join("list.json")).unwrap();
    }
}

#[test]
fn xml_is_well_formed() {
    let site = Site::new("xml");
    for format in ["junit", "checkstyle"] {
        let path = site.report(format, &format!("{format}.xml"));
        let args = ["--noout", path.to_str().unwrap()];
        let Some((well, said)) = site.run("xmllint", &args) else { return };
        assert!(well, "{format}: {said}");
    }
}

#[test]
fn sarif_is_what_code_scanning_takes() {
    let Some(modules) = modules() else { return };
    let site = Site::new("sarif");
    let log = site.report("sarif", "log.sarif");
    let tool = modules.join("@microsoft/sarif-multitool-linux/Sarif.Multitool");
    let log = log.to_str().unwrap();
    let args = ["validate", log, "--rule-kind", "Sarif;Ghas", "--output", "found.sarif"];
    let Some((_, said)) = site.run(tool.to_str().unwrap(), &args) else { return };
    let found = fs::read_to_string(site.0.join("found.sarif")).expect(&said);
    let found = found.trim_start_matches('\u{feff}');
    let found: serde_json::Value = serde_json::from_str(found).unwrap();
    assert_eq!(found["runs"][0]["results"], serde_json::json!([]), "{said}");
}

#[test]
fn rdjson_is_what_reviewdog_takes() {
    let Some(modules) = modules() else { return };
    let site = Site::new("rdjson");
    let tool = modules.join("@umbrelladocs/rdformat-validator");
    let package = fs::read_to_string(tool.join("package.json")).unwrap();
    let package: serde_json::Value = serde_json::from_str(&package).unwrap();
    let tool = tool.join(package["bin"]["rdformat-validator"].as_str().unwrap());
    let whole = site.report("rdjson", "log.json");
    let lines = fs::read_to_string(site.report("rdjsonl", "log.jsonl")).unwrap();
    let mut paths = vec![whole];
    for (number, line) in lines.lines().enumerate() {
        paths.push(site.0.join(format!("{number}.json")));
        fs::write(paths.last().unwrap(), line).unwrap();
    }
    for path in paths {
        let args =
            [tool.to_str().unwrap(), "--strict", "--no-extra-fields", path.to_str().unwrap()];
        let Some((valid, said)) = site.run("node", &args) else { return };
        assert!(valid, "{said}");
    }
}

#[test]
fn the_page_is_for_everybody() {
    let Some(modules) = modules() else { return };
    let site = Site::new("page");
    let page = site.report("html", "page.html");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validators/axe.mjs");
    // The script looks for packages below a folder.
    let folder = modules.parent().unwrap();
    let args = [&script, &page, folder].map(|path| path.to_str().unwrap());
    let Some((clean, said)) = site.run("node", &args) else { return };
    assert!(clean, "{said}");
}
