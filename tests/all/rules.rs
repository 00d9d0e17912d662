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
    ("hoi-core", &["site", "intent", "privacy", "safety", "wire"]),
    ("pages", &["hoi-core", "site", "wire"]),
    ("edge", &["hoi-core", "pages", "site", "intent", "privacy", "safety", "wire"]),
    ("widget", &["privacy", "wire"]),
    ("desk", &["wire"]),
    ("cli", &["hoi-core", "site", "intent", "privacy", "safety", "wire"]),
    ("devkit", &[]),
    ("tests", &["devkit", "hoi-core", "site", "intent", "widget", "wire"]),
    ("xtask", &["devkit"]),
];

/// Crates that only the shells may name; on the host they must not even be there.
const SHELL_ONLY: &[&str] = &["worker", "leptos", "web-sys", "wasm-bindgen", "gloo-net"];

/// A package's folder: its name, without the product's own before it.
fn folder(name: &str) -> &str {
    name.strip_prefix("hoi-").unwrap_or(name)
}

fn manifest(name: &str) -> toml::Table {
    fs::read_to_string(root().join(folder(name)).join("Cargo.toml")).unwrap().parse().unwrap()
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

/// Folders of the worker, and which of them each may use: requests and objects never know each other.
const WORKER_ARROWS: &[(&str, &[&str])] = &[
    ("platform", &[]),
    ("rpc", &["platform"]),
    ("cache", &["rpc", "platform"]),
    ("http", &["cache", "rpc", "platform"]),
    ("objects", &["cache", "rpc", "platform"]),
];

#[test]
fn the_worker_has_two_doors() {
    let mut wrong = Vec::new();
    for (name, allowed) in WORKER_ARROWS {
        let folder = root().join("edge/src").join(name);
        assert!(folder.exists(), "edge/src/{name} is not there");
        for file in sources(&folder) {
            let text = fs::read_to_string(&file).unwrap();
            for (other, _) in WORKER_ARROWS {
                let is_used = names_folder(&text, other);
                if is_used && other != name && !allowed.contains(other) {
                    wrong.push(format!("{} uses {other}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "see the arrows in ARCHITECTURE.md: {wrong:#?}");
}

/// Whether a source file of the worker names `crate::<folder>`, by itself or in a list.
fn names_folder(text: &str, folder: &str) -> bool {
    text.contains(&format!("crate::{folder}")) || {
        text.split("use crate::{").skip(1).any(|list| {
            let list = list.split(';').next().unwrap_or_default();
            let mut depth = 0;
            let mut outer = String::new();
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    c if depth == 0 => outer.push(c),
                    _ => {}
                }
            }
            outer.split(',').any(|one| one.trim().split("::").next() == Some(folder))
        })
    }
}

/// What is tested is what is shipped: nobody else writes a configuration of workerd's or starts a browser with own flags.
#[test]
fn the_runtime_and_browsers_are_configured_in_one_place() {
    for (name, _) in ARROWS.iter().filter(|(name, _)| *name != "devkit") {
        for file in sources(&root().join(name)) {
            let text = fs::read_to_string(&file).unwrap();
            let signs = ["Workerd.Config", "Workerd.Worker", "compatibilityDate", "--no-sandbox"];
            let found = signs.iter().find(|part| text.contains(**part));
            assert!(
                found.is_none() || file.ends_with("tests/all/rules.rs"),
                "{} says {found:?}; that belongs into devkit",
                file.display()
            );
        }
    }
}

#[test]
fn files_stay_readable() {
    let mut long = Vec::new();
    for (name, _) in ARROWS.iter().filter(|(name, _)| *name != "tests") {
        for file in sources(&root().join(folder(name)).join("src")) {
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
