//! What the code keeps to, checked in the source itself.

mod docs;

use devkit::metrics::{PackageMetrics, SourceLine, measure_packages, read_workspace, sum_packages};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use tests::root;

/// Which crate may use which of ours.
const ARROWS: &[(&str, &[&str])] = &[
    ("wire", &[]),
    ("i18n", &["wire"]),
    ("privacy", &["wire"]),
    ("intent", &[]),
    ("safety", &["intent"]),
    ("site", &["intent", "safety", "wire"]),
    ("hoi-core", &["i18n", "site", "intent", "privacy", "safety", "wire"]),
    ("pages", &["hoi-core", "i18n", "site", "wire"]),
    ("edge", &["hoi-core", "i18n", "pages", "site", "intent", "privacy", "safety", "wire"]),
    ("client", &["wire"]),
    ("browser", &["wire"]),
    ("widget", &["browser", "client", "privacy", "wire"]),
    ("desk", &["browser", "client", "i18n", "wire"]),
    ("cli", &["hoi-core", "site", "intent", "privacy", "safety", "wire"]),
    ("devkit", &[]),
    ("tests", &["devkit", "hoi-core", "i18n", "site", "intent", "widget", "wire"]),
    ("xtask", &["devkit"]),
];

/// Crates that only the shells may name; on the host they must not even be there.
const SHELL_ONLY: &[&str] = &["worker", "leptos", "any_spawner", "web-sys", "wasm-bindgen", "gloo-net"];

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
        for file in sources(&root().join(folder(name))) {
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
fn only_rpc_reaches_objects() {
    let source = root().join("edge/src");
    let mut wrong = Vec::new();
    for file in sources(&source) {
        if file.starts_with(source.join("rpc")) {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        for word in
            ["durable_object(", "get_by_name(", "get_stub(", "fetch_with_request(", "\"https://object"]
        {
            if text.contains(word) {
                wrong.push(format!("{}: {word}", file.display()));
            }
        }
        for class in ["conversation", "site", "board", "staff"] {
            if text.contains(&format!("\"https://{class}")) {
                wrong.push(format!("{}: a path of {class}'s", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "name these requests in edge/src/rpc: {wrong:#?}");
}

#[test]
fn the_workers_modules_form_no_circle() {
    let source = root().join("edge/src");
    let mut modules: BTreeMap<String, String> = BTreeMap::new();
    for file in sources(&source) {
        let path = file.strip_prefix(&source).unwrap().with_extension("");
        let name = path.to_str().unwrap().replace('/', "::");
        let name = name.trim_end_matches("::mod").to_owned();
        modules.insert(name, fs::read_to_string(&file).unwrap());
    }
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, text) in &modules {
        let code: String = text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
        let own = uses.entry(name.clone()).or_default();
        for path in used_paths(&code) {
            own.extend(module_of(&modules, name, &path).filter(|used| used != name));
        }
    }
    // Whatever uses nothing that is left is taken away; a circle stays.
    while let Some(free) = uses.iter().find(|(_, used)| used.is_empty()).map(|(name, _)| name.clone()) {
        uses.remove(&free);
        uses.values_mut().for_each(|used| {
            used.remove(&free);
        });
    }
    assert!(uses.is_empty(), "these are in a circle, or use one: {uses:#?}");
}

/// Paths that a module's `use` declarations name, and those that it names in passing.
fn used_paths(code: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let starts = code.match_indices("use ").filter(|(at, _)| {
        let before = code[..*at].chars().next_back();
        before.is_none_or(|c| c.is_whitespace() || matches!(c, ';' | '}'))
    });
    for (at, word) in starts {
        let tree = code[at + word.len()..].split(';').next().unwrap_or_default();
        expand("", tree, &mut paths);
    }
    for root in ["crate::", "super::"] {
        paths.extend(code.match_indices(root).map(|(at, _)| {
            let path = code[at..].split(|c: char| !c.is_alphanumeric() && !matches!(c, ':' | '_'));
            path.into_iter().next().unwrap_or_default().to_owned()
        }));
        // What begins a list was read with its declaration.
        paths.retain(|path| !path.ends_with("::"));
    }
    paths
}

/// Each path of a `use` tree.
fn expand(before: &str, tree: &str, paths: &mut Vec<String>) {
    let Some((start, list)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        return paths.push(format!("{before}{}", path.trim()));
    };
    let list = list.rsplit_once('}').map_or(list, |(list, _)| list);
    let before = format!("{before}{}", start.trim());
    let (mut depth, mut begin) = (0, 0);
    for (at, c) in list.char_indices().chain([(list.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let one = list[begin..at].trim();
                begin = (at + 1).min(list.len());
                if !one.is_empty() {
                    expand(&before, one, paths);
                }
            }
            _ => {}
        }
    }
}

/// The module that `path`, as it stands in `module`, leads to or into.
fn module_of(modules: &BTreeMap<String, String>, module: &str, path: &str) -> Option<String> {
    let mut base: Vec<&str> = module.split("::").collect();
    let mut parts = path.split("::").peekable();
    match *parts.peek()? {
        "crate" => {
            parts.next();
            base.clear();
        }
        "super" => {
            while parts.next_if_eq(&"super").is_some() {
                base.pop();
            }
        }
        _ => {}
    }
    let mut found = Some(base.join("::")).filter(|base| base != module && modules.contains_key(base));
    for part in parts {
        base.push(part);
        match modules.contains_key(&base.join("::")) {
            true => found = Some(base.join("::")),
            false => break,
        }
    }
    found
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

fn measure_workspace() -> PackageMetrics {
    sum_packages(&measure_packages(&read_workspace(&root()).unwrap()).unwrap())
}

fn name_places<'a>(places: impl IntoIterator<Item = &'a SourceLine>) -> Vec<String> {
    places.into_iter().map(|SourceLine { path, line, name }| format!("{path}:{line}: {name}")).collect()
}

#[test]
fn no_public_function_is_named_by_a_bare_participle() {
    let wrong = name_places(&measure_workspace().participles);
    assert!(
        wrong.is_empty(),
        "name what the function does (`send_frame`), or what it answers (`is_sent`, `sent_frames`): {wrong:#?}"
    );
}

#[test]
fn no_type_name_exists_twice() {
    let wrong = name_places(&measure_workspace().homonyms);
    assert!(
        wrong.is_empty(),
        "rename one by what tells it from the other (`DraftMessage`, `DraftForm`); a name that both must have goes into \
         `devkit::metrics::SHARED_TYPE_NAMES` with the reason: {wrong:#?}"
    );
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    files(folder, "rs")
}

/// The files in `folder` and below whose names end in `ending`.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            out.extend(files(&path, ending));
        } else if path.extension().is_some_and(|own| own == ending) {
            out.push(path);
        }
    }
    out
}

/// What people say to us, and what is no sentence: letters beyond ASCII stand there for another reason.
const HEARD: &[&str] = &["core/src/cues/", "core/src/accounts/password.rs"];

/// English that nobody reads as a sentence: markup, what the audit trail holds, a selector.
const NO_SENTENCES: &[&str] = &["<script async src=", "out of scope", "input, textarea, "];

#[test]
fn sentences_are_in_the_catalogue() {
    let mut wrong = Vec::new();
    for folder in ["core", "pages", "edge", "widget", "desk"] {
        for file in sources(&root().join(folder).join("src")) {
            let text = fs::read_to_string(&file).unwrap();
            let own = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let name = file.strip_prefix(root()).unwrap().display().to_string();
            let is_test = name.contains("/tests/") || name.ends_with("/tests.rs");
            if is_test || HEARD.iter().any(|heard| name.starts_with(heard)) {
                continue;
            }
            let is_list = ["[&str; 3]", "[&'static str; 3]"].iter().any(|list| own.contains(list));
            if is_list && own.chars().any(|c| c.is_alphabetic() && !c.is_ascii()) {
                wrong.push(format!("{name} lists a sentence in three languages"));
            }
            // What the worker and its decisions say in English goes to logs and to developers.
            let is_read = matches!(folder, "pages" | "widget" | "desk");
            for literal in own.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(literals)
            {
                let foreign = literal.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
                let english = is_read && is_sentence(literal);
                if (foreign || english) && !NO_SENTENCES.iter().any(|known| literal.starts_with(known)) {
                    wrong.push(format!("{name}: {literal:?}"));
                }
            }
        }
    }
    for file in files(&root().join("widget"), "js").iter().filter(|file| !file.ends_with("shell.js")) {
        let text = fs::read_to_string(file).unwrap();
        if text.chars().any(|c| c.is_alphabetic() && !c.is_ascii()) {
            wrong.push(format!("{} has letters of a language", file.display()));
        }
    }
    assert!(wrong.is_empty(), "write these in i18n/messages/<lang>.toml: {wrong:#?}");
}

/// The worker is built without what `{:?}` writes, for its size: it would say nothing there.
#[test]
fn the_worker_formats_nothing_by_debug() {
    let mut wrong = Vec::new();
    for folder in ["wire", "i18n", "privacy", "intent", "safety", "site", "core", "pages", "edge"] {
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
            let shown = code.filter(|(_, line)| line.contains(":?}") || line.contains(":#?}"));
            wrong.extend(shown.map(|(at, line)| format!("{folder}/src/{name}:{}: {}", at + 1, line.trim())));
        }
    }
    assert!(wrong.is_empty(), "give these a name or use `hoi_core::quote::quote_text`: {wrong:#?}");
}

/// Modules that the worker leaves out.
const ON_THE_HOST: &[(&str, &str)] = &[("site", "read")];

/// Modules that are tests as a whole.
const TEST_FILES: &[&str] = &["tests.rs", "walks.rs"];

/// The string literals that begin and end on a line.
fn literals(line: &str) -> Vec<&str> {
    let (mut out, mut start, mut escaped) = (Vec::new(), None, false);
    let line = line.split(" // ").next().unwrap_or(line);
    for (at, c) in line.char_indices() {
        match (c, start) {
            _ if escaped => escaped = false,
            ('\\', Some(_)) => escaped = true,
            ('"', None) if !line[..at].ends_with('\'') => start = Some(at + 1),
            ('"', Some(from)) => {
                out.push(&line[from..at]);
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// Whether three plain words follow each other.
fn is_sentence(literal: &str) -> bool {
    let mut run = 0;
    literal.split(' ').any(|word| {
        let plain = word.chars().filter(|c| c.is_alphabetic()).count() > 1
            && word.chars().all(|c| c.is_ascii_alphabetic() || "’',.!?:".contains(c));
        run = if plain { run + 1 } else { 0 };
        run >= 3
    })
}
