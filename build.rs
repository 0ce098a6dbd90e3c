//! Embeds every file of `rules/` so that the program needs no data files beside it.
//!
//! It also names the build by its sources, for the cache of results: what another program found is
//! not taken for what this one would find.
//!
//! A file of data is written as MessagePack, which is read many times faster than TOML at each start
//! of the program. There is no logic of its own here: what the files mean is decided in
//! `src/lexicon` and `src/rule`.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn files(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files(&path, found)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "toml" || extension == "txt")
        {
            println!("cargo::rerun-if-changed={}", path.display());
            found.push(path);
        }
    }
    Ok(())
}

/// All that decides what the program does, in one number.
fn build(root: &Path) -> io::Result<u64> {
    fn sources(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            match path.is_dir() {
                true => sources(&path, found)?,
                false => found.push(path),
            }
        }
        Ok(())
    }
    let mut found = vec![root.join("Cargo.toml"), root.join("build.rs")];
    // A published package has none.
    found.extend(Some(root.join("Cargo.lock")).filter(|path| path.is_file()));
    for folder in ["src", "rules"] {
        sources(&root.join(folder), &mut found)?;
    }
    found.sort();
    let mut hasher = DefaultHasher::new();
    for path in found {
        println!("cargo::rerun-if-changed={}", path.display());
        path.strip_prefix(root).map_err(io::Error::other)?.hash(&mut hasher);
        fs::read(&path)?.hash(&mut hasher);
    }
    let features = env::vars().filter(|(name, _)| name.starts_with("CARGO_FEATURE_"));
    let mut features: Vec<_> = features.collect();
    features.sort();
    (features, env::var("TARGET").unwrap_or_default()).hash(&mut hasher);
    Ok(hasher.finish())
}

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rustc-env=FACTLINT_BUILD={:016x}", build(&root)?);
    let rules = root.join("rules");
    let mut found = Vec::new();
    files(&rules, &mut found)?;
    found.sort();
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    let (mut tables, mut texts) = (String::from("&[\n"), String::from("&[\n"));
    for (number, path) in found.iter().enumerate() {
        let name = path.strip_prefix(&rules).map_err(io::Error::other)?;
        let name = name.to_string_lossy().replace('\\', "/");
        if !name.ends_with(".toml") {
            texts.push_str(&format!(
                "    ({name:?}, include_str!({:?})),\n",
                path.display().to_string()
            ));
            continue;
        }
        let named = |error: String| io::Error::other(format!("rules/{name}: {error}"));
        let table: toml::Table =
            toml::from_str(&fs::read_to_string(path)?).map_err(|error| named(error.to_string()))?;
        let packed = rmp_serde::to_vec(&table).map_err(|error| named(error.to_string()))?;
        let file = out.join(format!("{number}.msgpack"));
        fs::write(&file, packed)?;
        tables.push_str(&format!(
            "    ({name:?}, include_bytes!({:?})),\n",
            file.display().to_string()
        ));
    }
    tables.push_str("]\n");
    texts.push_str("]\n");
    fs::write(out.join("tables.rs"), tables)?;
    fs::write(out.join("texts.rs"), texts)
}
