//! What the worker's code keeps to for its size.

use super::sources;
use std::fs;
use tests::root;

/// What the worker is made of.
const FOLDERS: [&str; 9] = ["wire", "i18n", "privacy", "intent", "safety", "site", "core", "pages", "edge"];

/// Modules that the worker leaves out.
const ON_THE_HOST: &[(&str, &str)] = &[("site", "read")];

/// Modules that are tests as a whole.
const TEST_FILES: &[&str] = &["tests.rs", "walks.rs"];

/// The lines of the worker's code that are `wanted`, each with its place.
fn find_lines(wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for folder in FOLDERS {
        let source = root().join(folder).join("src");
        for file in sources(&source) {
            let name = file.strip_prefix(&source).unwrap().display().to_string();
            let text = fs::read_to_string(&file).unwrap();
            let own = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let is_only_hosts = ON_THE_HOST.contains(&(folder, name.split('/').next().unwrap_or_default()));
            let is_test = name.contains("tests/") || TEST_FILES.iter().any(|ending| name.ends_with(ending));
            if is_only_hosts || is_test {
                continue;
            }
            let code = own.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
            let hits = code.filter(|(_, line)| wanted(line));
            found.extend(hits.map(|(at, line)| format!("{folder}/src/{name}:{}: {}", at + 1, line.trim())));
        }
    }
    found
}

/// The worker is built without what `{:?}` writes, for its size: it would say nothing there.
#[test]
fn the_worker_formats_nothing_by_debug() {
    let wrong = find_lines(|line| line.contains(":?}") || line.contains(":#?}"));
    assert!(wrong.is_empty(), "give these a name or use `hoi_core::quote::quote_text`: {wrong:#?}");
}

/// Each further way to read JSON has the code of every type it reads compiled once more.
#[test]
fn the_worker_reads_json_in_one_way() {
    let others = ["serde_json::from_str", "serde_json::from_slice", "serde_json::from_reader"];
    let wrong = find_lines(|line| others.iter().any(|other| line.contains(other)));
    assert!(wrong.is_empty(), "use `wire::parse_json_text` or `wire::parse_json`: {wrong:#?}");
}
