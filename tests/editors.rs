//! Editors that others wrote, with the language server in them. An editor that is not installed is
//! passed over.

#![cfg(feature = "lsp")]
#![allow(clippy::unwrap_used)] // A helper that fails is a test that fails.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn neovim_shows_the_diagnostics_and_applies_the_fix() {
    let quiet = Command::new("nvim").arg("--version").stdout(Stdio::null()).status();
    if quiet.is_err() {
        println!("nvim is not installed: passed over");
        return;
    }
    let root = std::env::temp_dir().join(format!("factlint-nvim-{}", std::process::id()));
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(&root).unwrap();
    let config = "[[reference]]\npath = \"report.md\"\ndocuments = [\"a.md\"]\n";
    fs::write(root.join("factlint.toml"), config).unwrap();
    fs::write(root.join("report.md"), "# Report\n\nThe railway will be 573 km long.\n").unwrap();
    fs::write(root.join("a.md"), "# Article\n\nÉ 😀 The railway will be 537 km long.\n").unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editors/neovim.lua");
    let run = Command::new("nvim")
        .args(["--clean", "--headless", "-n", "-i", "NONE", "a.md", "-S"])
        .arg(&script)
        .current_dir(&root)
        .env("FACTLINT", env!("CARGO_BIN_EXE_factlint"))
        .env("XDG_STATE_HOME", &root)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said =
        format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    fs::remove_dir_all(&root).unwrap();
    assert!(run.status.success(), "{said}");
    assert!(said.contains("fix work"), "{said}");
}
