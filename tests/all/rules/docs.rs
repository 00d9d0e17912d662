//! What the documents say of the code: paths that exist, names that are where they are said to be, words that functions have.

use super::{files, measure_workspace, name_places, sources};
use std::{collections::BTreeSet, fs, path::PathBuf};
use tests::root;

/// The words of which `docs/glossary.md` says that they do alone as a public function's name.
fn known_words(glossary: &str) -> BTreeSet<&str> {
    let (_, list) =
        glossary.split_once("## One-word functions").expect("the glossary lists one-word functions");
    list.split('`').skip(1).step_by(2).filter(|word| !is_path(word)).collect()
}

#[test]
fn public_functions_of_one_word_are_named_by_a_known_one() {
    let glossary = fs::read_to_string(root().join("docs/glossary.md")).unwrap();
    let known = known_words(&glossary);
    let metrics = measure_workspace();
    let wrong =
        name_places(metrics.public_one_word.iter().filter(|place| !known.contains(place.name.as_str())));
    assert!(
        wrong.is_empty(),
        "say what it is done to (`load_settings`), or use a word that docs/glossary.md lists; add to the list only what \
         Rust's conventions or the field call it: {wrong:#?}"
    );
}

#[test]
fn every_known_word_names_a_public_function() {
    let glossary = fs::read_to_string(root().join("docs/glossary.md")).unwrap();
    let metrics = measure_workspace();
    let used: BTreeSet<&str> = metrics.public_one_word.iter().map(|place| place.name.as_str()).collect();
    let unused: Vec<&str> = known_words(&glossary).difference(&used).copied().collect();
    assert!(
        unused.is_empty(),
        "no public function has these names any more; take them out of docs/glossary.md: {unused:?}"
    );
}

#[test]
fn paths_named_in_the_docs_exist() {
    for doc in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/glossary.md"] {
        let text = fs::read_to_string(root().join(doc)).unwrap_or_else(|_| panic!("{doc} is not there"));
        for named in text.split('`').skip(1).step_by(2).filter(|word| is_path(word)) {
            assert!(root().join(named).exists(), "{doc} names `{named}`, which is not there");
        }
    }
}

/// Texts in which a name in backquotes stands beside the file that it is in.
fn doc_texts() -> Vec<(String, String)> {
    let mut paths: Vec<PathBuf> =
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"].map(|doc| root().join(doc)).into();
    paths.extend(files(&root().join("docs"), "md"));
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is not there", path.display()));
        (path.strip_prefix(root()).unwrap().display().to_string(), text)
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn names_beside_a_path_in_the_docs_are_in_that_file() {
    let mut wrong = Vec::new();
    for (doc, text) in doc_texts() {
        for (name, path) in named_beside_paths(&text) {
            let file = root().join(path);
            let named = match file.extension().and_then(|ending| ending.to_str()) {
                Some("rs" | "js") => vec![file],
                None if file.is_dir() => sources(&file),
                _ => continue,
            };
            let texts: Vec<String> = named.iter().flat_map(fs::read_to_string).collect();
            let missing = name.split("::").find(|part| !texts.iter().any(|text| has_word(text, part)));
            wrong.extend(missing.map(|part| format!("{doc}: `{path}` has no `{part}`")));
        }
    }
    assert!(wrong.is_empty(), "these have moved or are called something else by now: {wrong:#?}");
}

/// The pairs of a name and a path of which one stands right beside the other: `` `name` (`path`) ``, `` `name`, `path` `` and
/// `` `path` (`name`) ``.
fn named_beside_paths(text: &str) -> Vec<(&str, &str)> {
    let parts: Vec<&str> = text.split('`').collect();
    let mut pairs = Vec::new();
    for window in parts[1..].windows(3).step_by(2) {
        let &[first, between, second] = window else { continue };
        let between = between.split_whitespace().collect::<Vec<_>>().join(" ");
        match (is_path(first), is_path(second), between.as_str()) {
            (false, true, "(") if is_item_name(first) => pairs.push((first, second)),
            // What stands in a list beside a path may be anything, but for names that only code has.
            (false, true, ",") if is_item_name(first) && first.contains(['_', ':']) => {
                pairs.push((first, second));
            }
            (true, false, "(") if is_item_name(second) => pairs.push((second, first)),
            _ => {}
        }
    }
    pairs
}

/// Whether a word in backquotes names something of Rust: `handle_frame`, `MessageBudget::take_message`.
fn is_item_name(word: &str) -> bool {
    word.split("::").all(|part| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    })
}

/// Whether `word` stands in `text` as a whole word.
fn has_word(text: &str, word: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(joins) && !text[at + word.len()..].starts_with(joins))
}

#[test]
fn names_are_found_beside_paths() {
    let text = "By `admit_frame` (`core/src/a.rs`), then (`Budget::take`,\n`core/src/b.rs`); `core/src/c.rs` (`handle_post`) \
                and `hoi x` (`core/src/d.rs`), `core/src` and `core/src/e.rs` (`core/src/f.rs`).";
    let found = [
        ("admit_frame", "core/src/a.rs"),
        ("Budget::take", "core/src/b.rs"),
        ("handle_post", "core/src/c.rs"),
    ];
    assert_eq!(named_beside_paths(text), found);
    assert!(has_word("fn admit_frame(", "admit_frame") && !has_word("fn admit_frames(", "admit_frame"));
}

/// Whether a word in backquotes is a path of this repository.
fn is_path(word: &str) -> bool {
    let plain = word.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-./".contains(&b));
    let built = ["target/", "dist/", "http"].iter().any(|start| word.starts_with(start));
    plain && word.contains('/') && !word.starts_with('/') && !built
}
