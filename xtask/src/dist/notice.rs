//! `THIRD-PARTY.txt`: what of others is in a bundle, under which licences, and their texts.
//!
//! Made from cargo's own list of what is built in, and from the licence files in the crates' sources; nothing is fetched.
//! A crate without a licence, or with one that is not on the list below, ends the packing.

mod expression;

use crate::{paths, run::command_output};
use anyhow::{Context as _, bail};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
};

/// Licences under which others' code may be in what we give away, by their SPDX names: all of them permissive, so that
/// whoever gets it may use it as our own licence says.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];
/// A file with a licence begins with one of these, in whatever case.
const NAMES: &[&str] = &["license", "licence", "copying", "copyright", "notice", "unlicense"];
/// Where software in wasm runs.
const WASM: &str = "wasm32-unknown-unknown";

/// What is packed: crates of ours and what they are built for, and words about what comes from elsewhere.
pub struct NoticeScope {
    /// Our packages, each with its target; `None`: this machine.
    pub packages: &'static [(&'static str, Option<&'static str>)],
    /// Texts about what is no crate.
    pub more: &'static [&'static str],
}

/// `dist/server`.
pub const SERVER: NoticeScope = NoticeScope {
    packages: &[("cli", None), ("edge", Some(WASM)), ("widget", Some(WASM)), ("desk", Some(WASM))],
    more: &[WORKERD, RUST, TABLE],
};
/// `dist/cloudflare`.
pub const CLOUDFLARE: NoticeScope = NoticeScope {
    packages: &[("edge", Some(WASM)), ("widget", Some(WASM)), ("desk", Some(WASM))],
    more: &[RUST, TABLE],
};
/// `dist/npm`: scripts of ours alone.
pub const NPM: NoticeScope = NoticeScope { packages: &[], more: &[] };

const WORKERD: &str = "bin/workerd
Cloudflare's JavaScript and WebAssembly runtime, Apache License 2.0, passed on as it is in the npm package \"workerd\". Its version
is in bin/NOTICE. It holds software of others, among it V8 (BSD-3-Clause), Cap'n Proto (MIT), BoringSSL (Apache-2.0 and older
OpenSSL terms), ICU (Unicode-3.0), SQLite (public domain), zlib and brotli; what exactly, and their texts, are in its source at the
tag of that version: https://github.com/cloudflare/workerd
";
const RUST: &str = "The Rust standard library
Built into everything here that is WebAssembly, and into bin/hoi. Copyright the Rust project's contributors, \"MIT OR Apache-2.0\";
it holds parts under other permissive licences: https://github.com/rust-lang/rust/blob/master/COPYRIGHT
";
const TABLE: &str = "The matcher's table of word meaning
Learnt with, and not containing: all-MiniLM-L6-v2 (Apache-2.0); WordNet 3.1, Copyright 2011 by Princeton University, all rights
reserved, provided \"as is\" and without warranties (https://wordnet.princeton.edu/license-and-commercial-use); translated strings
of Firefox and Thunderbird (MPL-2.0, https://www.mozilla.org/MPL/2.0/); CLDR annotations (Unicode-3.0, Copyright Unicode, Inc.).
Which English words are in it, and how much frequent ones count, was chosen by the word frequencies of wordfreq 3 by Robyn Speer
(https://github.com/rspeer/wordfreq), whose data is under CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/) and
comes, among others, from Wikipedia, OpenSubtitles, SUBTLEX, Google Books and ParaCrawl. From it come the choice of words and their
weights; both are changed (filtered and rounded) and stand in the table. More: intent/meaning/README.md in the source.
";

/// Writes the file for `bundle` into the folder `to`.
///
/// # Errors
/// If cargo does not say what is built in, or a crate has no licence that we may pass on; with its name.
pub fn write_notice(bundle: &NoticeScope, to: &Path) -> anyhow::Result<()> {
    let path = to.join("THIRD-PARTY.txt");
    fs::write(&path, render_notice(bundle)?).with_context(|| format!("{} can't be written", path.display()))
}

/// A crate that is built in.
struct Crate {
    name: String,
    version: String,
    licence: String,
    authors: String,
    address: String,
    /// Texts of its licence files; empty where its package has none.
    texts: Vec<String>,
}

fn render_notice(bundle: &NoticeScope) -> anyhow::Result<String> {
    let crates = linked_crates(bundle)?;
    let mut text = String::from("What of others is in this folder, and under which terms.\n\n");
    if crates.is_empty() && bundle.more.is_empty() {
        text.push_str("Nothing: these scripts are all our own. Their licence is in LICENSE.\n");
        return Ok(text);
    }
    for more in bundle.more {
        text.push_str(more);
        text.push('\n');
    }
    for each in &crates {
        text.push_str(&format!("{} {}: {}\n", each.name, each.version, each.licence));
        for line in [&each.address, &each.authors].into_iter().filter(|line| !line.is_empty()) {
            text.push_str(&format!("  {line}\n"));
        }
    }
    // Hundreds of crates share a few texts word by word.
    let mut texts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for each in &crates {
        for own in &each.texts {
            texts.entry(own).or_default().push(&each.name);
        }
    }
    let mut texts: Vec<(Vec<&str>, &str)> = texts.into_iter().map(|(text, names)| (names, text)).collect();
    texts.sort();
    for (names, own) in texts {
        text.push_str(&format!("\n{}\n{}\n\n{own}\n", "=".repeat(72), names.join(", ")));
    }
    let silent: Vec<&str> =
        crates.iter().filter(|each| each.texts.is_empty()).map(|each| each.name.as_str()).collect();
    if !silent.is_empty() {
        text.push_str(&format!("\n{}\n{}\n\n", "=".repeat(72), silent.join(", ")));
        text.push_str("Their packages hold no text of the licence that they name above. The text of the Apache License 2.0 is in\nLICENSE; that of the MIT licence is:\n\n");
        text.push_str(MIT);
    }
    Ok(text)
}

const MIT: &str = "Copyright (c) the authors named above

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the \"Software\"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
";

/// The crates of others in `bundle`, in the order of their names.
fn linked_crates(bundle: &NoticeScope) -> anyhow::Result<Vec<Crate>> {
    let mut built_in = BTreeSet::new();
    for (package, target) in bundle.packages {
        built_in.extend(list_dependencies(package, *target)?);
    }
    if built_in.is_empty() {
        return Ok(Vec::new());
    }
    let known = read_metadata()?;
    let mut crates = Vec::new();
    for (name, version) in built_in {
        let package = known
            .get(&(name.clone(), version.clone()))
            .with_context(|| format!("cargo does not say where {name} {version} lies"))?;
        if package.get("source").is_none_or(Value::is_null) {
            continue;
        }
        crates.push(read_crate(package, name, version)?);
    }
    Ok(crates)
}

/// What is built into `package`: names and versions. What only runs while it is built is not.
fn list_dependencies(package: &str, target: Option<&str>) -> anyhow::Result<Vec<(String, String)>> {
    let host = command_output(Command::new("rustc").arg("-vV")).context("rustc does not run")?;
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default().to_owned();
    let mut cargo = Command::new("cargo");
    cargo.args(["tree", "--locked", "--offline", "--package", package, "--edges", "normal,no-proc-macro"]);
    cargo.args(["--target", target.unwrap_or(&host), "--prefix", "none", "--format", "{p}"]);
    let list = command_output(cargo.current_dir(paths::repository_root()))
        .with_context(|| format!("cargo does not say what is built into {package}"))?;
    let named = list.lines().filter_map(|line| {
        let (name, rest) = line.split_once(" v")?;
        let version = rest.split(' ').next()?;
        Some((name.to_owned(), version.to_owned()))
    });
    Ok(named.collect())
}

/// What cargo knows of each package, by name and version.
fn read_metadata() -> anyhow::Result<BTreeMap<(String, String), Value>> {
    let mut cargo = Command::new("cargo");
    cargo.args(["metadata", "--locked", "--format-version", "1", "--all-features"]);
    let json = command_output(cargo.current_dir(paths::repository_root())).context("cargo metadata fails")?;
    let mut all: Value = serde_json::from_str(&json)?;
    let packages = all.get_mut("packages").and_then(Value::as_array_mut).map(std::mem::take);
    let key = |package: &Value| {
        let text = |name: &str| package.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        (text("name"), text("version"))
    };
    Ok(packages.unwrap_or_default().into_iter().map(|package| (key(&package), package)).collect())
}

fn read_crate(package: &Value, name: String, version: String) -> anyhow::Result<Crate> {
    let text = |field: &str| package.get(field).and_then(Value::as_str).unwrap_or_default();
    let licence = text("license").to_owned();
    if licence.is_empty() {
        bail!("{name} {version} names no licence: it can't be passed on");
    }
    if !expression::is_satisfied(&licence, &|one| ALLOWED.contains(&one)) {
        bail!("{name} {version} is under {licence:?}, which is not among the licences that may be passed on");
    }
    let authors = package.get("authors").and_then(Value::as_array).into_iter().flatten();
    let authors: Vec<&str> = authors.filter_map(Value::as_str).collect();
    let folder = Path::new(text("manifest_path")).parent().context("a package without a folder")?;
    Ok(Crate {
        texts: licence_texts(folder).with_context(|| format!("the licence of {name} can't be read"))?,
        authors: authors.join(", "),
        address: text("repository").to_owned(),
        name,
        version,
        licence,
    })
}

/// The texts of the licence files in `folder`, without what is different from one line end to another.
fn licence_texts(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        if path.is_file() && NAMES.iter().any(|begin| name.starts_with(begin)) {
            let text = String::from_utf8_lossy(&fs::read(&path)?).replace("\r\n", "\n");
            let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
            found.insert(name, lines.join("\n").trim().to_owned());
        }
    }
    Ok(found.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_packed_may_be_passed_on() {
        for (bundle, least) in [(&SERVER, 150), (&CLOUDFLARE, 100)] {
            let text = render_notice(bundle).unwrap();
            let crates = text.lines().filter(|line| line.contains(": ") && line.contains("MIT")).count();
            assert!(crates >= least, "{crates} crates");
            for needed in
                ["leptos", "serde_json", "CC BY-SA 4.0", "wordfreq", "WordNet", "Rust standard library"]
            {
                assert!(text.contains(needed), "{needed} is missing");
            }
            assert!(text.contains("Permission is hereby granted"));
            // Nothing of ours is somebody else's.
            assert!(!text.lines().any(|line| line.starts_with("edge 0.") || line.starts_with("wire 0.")));
        }
        assert!(render_notice(&SERVER).unwrap().contains("workerd"));
        assert!(render_notice(&NPM).unwrap().contains("all our own"));
    }
}
