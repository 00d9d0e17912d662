//! What the code keeps to, checked in the source itself.

use std::{fs, path::Path, path::PathBuf};
use tests::root;

/// Which crate may use which of ours.
const ARROWS: &[(&str, &[&str])] = &[
    ("wire", &[]),
    ("privacy", &["wire"]),
    ("intent", &[]),
    ("safety", &["intent"]),
    ("site", &["intent", "safety", "wire"]),
    ("edge", &["site", "intent", "privacy", "safety", "wire"]),
    ("widget", &["privacy", "wire"]),
    ("desk", &["wire"]),
    ("cli", &["edge", "site", "intent", "privacy", "safety", "wire"]),
    ("tests", &["edge", "site", "intent", "widget", "wire"]),
    ("xtask", &[]),
];

/// Crates that only the shells may name; on the host they must not even be there.
const SHELL_ONLY: &[&str] = &["worker", "leptos", "web-sys", "wasm-bindgen", "gloo-net"];

fn manifest(name: &str) -> toml::Table {
    fs::read_to_string(root().join(name).join("Cargo.toml")).unwrap().parse().unwrap()
}

#[test]
fn the_layers_point_one_way() {
    let names: Vec<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    for (name, allowed) in ARROWS {
        let manifest = manifest(name);
        let dependencies =
            manifest.get("dependencies").and_then(toml::Value::as_table).cloned().unwrap_or_default();
        for dependency in dependencies.keys() {
            let ours = names.contains(&dependency.as_str());
            assert!(
                !ours || allowed.contains(&dependency.as_str()),
                "{name} must not use {dependency}: see ARCHITECTURE.md"
            );
            assert!(
                !SHELL_ONLY.contains(&dependency.as_str()),
                "{name} names {dependency} for every target; put it under target.'cfg(target_arch = \"wasm32\")'"
            );
        }
    }
    let workspace: toml::Table = fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let members = workspace["workspace"]["members"].as_array().unwrap();
    assert_eq!(members.len(), ARROWS.len(), "a new crate needs its row in ARROWS");
}

#[test]
fn the_platform_is_named_in_one_folder() {
    for file in sources(&root().join("edge/src")) {
        if file.components().any(|part| part.as_os_str() == "cloudflare") {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        assert!(
            !text.contains("use worker::"),
            "{} names the platform; only edge/src/cloudflare may",
            file.display()
        );
    }
}

#[test]
fn files_stay_readable() {
    let mut long = Vec::new();
    for (name, _) in ARROWS.iter().filter(|(name, _)| *name != "tests") {
        for file in sources(&root().join(name).join("src")) {
            let lines = fs::read_to_string(&file).unwrap().lines().count();
            let is_test = file.components().any(|part| part.as_os_str() == "tests");
            if lines > 400 && !is_test {
                long.push(format!("{}: {lines} lines", file.display()));
            }
        }
    }
    assert!(long.is_empty(), "split these: {long:#?}");
}

#[test]
fn paths_named_in_the_docs_exist() {
    for doc in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(root().join(doc)).unwrap_or_else(|_| panic!("{doc} is not there"));
        for named in text.split('`').skip(1).step_by(2).filter(|word| is_path(word)) {
            assert!(root().join(named).exists(), "{doc} names `{named}`, which is not there");
        }
    }
}

/// Whether a word in backquotes is a path of this repository.
fn is_path(word: &str) -> bool {
    let plain = word.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-./".contains(&b));
    let built = ["target/", "dist/", "http"].iter().any(|start| word.starts_with(start));
    plain && word.contains('/') && !word.starts_with('/') && !built
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            out.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            out.push(path);
        }
    }
    out
}
