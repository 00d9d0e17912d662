//! Figures of the source tree: names, sizes, and which module uses which. Tests are left out.

mod graph;
mod items;
mod modules;
mod names;
mod tree;

pub use names::{is_bare_participle, is_one_word};
pub use tree::read_workspace;

use anyhow::Context as _;
use graph::{Graph, find_circles};
use items::FileItems;
use modules::{Modules, module_path};
use std::collections::{BTreeMap, BTreeSet};

/// Type names that may stand in many modules.
pub const SHARED_TYPE_NAMES: &[&str] = &[
    // What clap's documentation calls a program, its commands and their arguments.
    "Args", "Cli", "Command",
    // A site, and the worker's object of a site: its class is deployed under that name.
    "Site",
    // The state of the visitor's chat, and a chat as the board lists it: each has the name of what it is in its package.
    "Chat",
];

/// A file of Rust.
pub struct SourceFile {
    /// The folder of its package.
    pub package: String,
    /// Its path from the workspace's root, with `/`.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceLine {
    /// The file's path from the workspace's root.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What it is about.
    pub name: String,
}

/// The figures of one package, or of all.
#[derive(Debug, Default, Clone)]
pub struct PackageMetrics {
    /// How many functions there are; those that implement a trait are named by the trait and do not count.
    pub functions: usize,
    /// Those whose name is one word.
    pub one_word: Vec<SourceLine>,
    /// Those of them that something outside their module may call.
    pub public_one_word: Vec<SourceLine>,
    /// Public ones named by a bare participle.
    pub participles: Vec<SourceLine>,
    /// How many types and traits there are.
    pub types: usize,
    /// Those whose name another module of the workspace gives to something else.
    pub homonyms: Vec<SourceLine>,
    /// The lines of each file, the shortest first.
    pub file_lines: Vec<usize>,
    /// Modules that all lead to one another by what they use, the largest such set first.
    pub circles: Vec<Vec<String>>,
    /// From which top-level module to which other, and by how many arrows between their files.
    pub arrows: BTreeMap<(String, String), usize>,
}

impl PackageMetrics {
    /// The share of functions whose name is one word, in percent.
    pub fn one_word_percent(&self) -> f64 {
        percent(self.one_word.len(), self.functions)
    }

    /// The share of types whose name is not theirs alone, in percent.
    pub fn homonym_percent(&self) -> f64 {
        percent(self.homonyms.len(), self.types)
    }

    /// The lines of the file in the middle.
    pub fn median_lines(&self) -> usize {
        self.file_lines.get(self.file_lines.len() / 2).copied().unwrap_or_default()
    }

    /// The lines of the longest file.
    pub fn max_lines(&self) -> usize {
        self.file_lines.last().copied().unwrap_or_default()
    }

    /// How many modules the largest circle has; 0 if there is none.
    pub fn longest_circle(&self) -> usize {
        self.circles.first().map_or(0, Vec::len)
    }

    fn add_package(&mut self, other: &PackageMetrics) {
        self.functions += other.functions;
        self.types += other.types;
        self.one_word.extend(other.one_word.iter().cloned());
        self.public_one_word.extend(other.public_one_word.iter().cloned());
        self.participles.extend(other.participles.iter().cloned());
        self.homonyms.extend(other.homonyms.iter().cloned());
        self.file_lines.extend(&other.file_lines);
        self.file_lines.sort_unstable();
        self.circles.extend(other.circles.iter().cloned());
        self.circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 }
}

/// The figures of each package by its name.
///
/// # Errors
/// The file that is no Rust.
pub fn measure_packages(files: &[SourceFile]) -> anyhow::Result<BTreeMap<String, PackageMetrics>> {
    let parsed = parse_packages(files)?;
    let shared = find_shared_names(&parsed);
    let measured =
        parsed.iter().map(|(package, files)| ((*package).to_owned(), measure_package(files, &shared)));
    Ok(measured.collect())
}

/// The figures of all packages together; no arrows, which are between modules of one package.
pub fn sum_packages(packages: &BTreeMap<String, PackageMetrics>) -> PackageMetrics {
    let mut sum = PackageMetrics::default();
    packages.values().for_each(|package| sum.add_package(package));
    sum
}

struct ParsedFile<'a> {
    source: &'a SourceFile,
    module: Vec<String>,
    items: FileItems,
}

type Parsed<'a> = BTreeMap<&'a str, Vec<ParsedFile<'a>>>;

fn parse_packages(files: &[SourceFile]) -> anyhow::Result<Parsed<'_>> {
    let mut packages = Parsed::new();
    for source in files {
        let library = format!("{}/src/lib.rs", source.package);
        let has_library = files.iter().any(|file| file.path == library);
        let inside = source.path.split_once("/src/").map_or(source.path.as_str(), |(_, inside)| inside);
        let items = FileItems::parse(&source.text).with_context(|| source.path.clone())?;
        let file = ParsedFile { source, module: module_path(inside, has_library), items };
        packages.entry(&source.package).or_default().push(file);
    }
    for files in packages.values_mut() {
        let tests: Vec<Vec<String>> = files
            .iter()
            .flat_map(|file| {
                file.items.test_modules.iter().map(|inner| [&file.module[..], &inner[..]].concat())
            })
            .collect();
        files.retain(|file| !tests.iter().any(|test| file.module.starts_with(test)));
    }
    Ok(packages)
}

/// Type names that more than one module defines.
fn find_shared_names(packages: &Parsed<'_>) -> BTreeSet<String> {
    let mut homes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for file in packages.values().flatten() {
        for item in &file.items.types {
            homes.entry(&item.name).or_default().insert(&file.source.path);
        }
    }
    let shared =
        homes.into_iter().filter(|(name, homes)| homes.len() > 1 && !SHARED_TYPE_NAMES.contains(name));
    shared.map(|(name, _)| name.to_owned()).collect()
}

fn measure_package(files: &[ParsedFile<'_>], shared: &BTreeSet<String>) -> PackageMetrics {
    let mut metrics = PackageMetrics::default();
    for ParsedFile { source, items, .. } in files {
        let place =
            |line: usize, name: &str| SourceLine { path: source.path.clone(), line, name: name.to_owned() };
        metrics.file_lines.push(source.text.lines().count());
        metrics.functions += items.functions.len();
        metrics.types += items.types.len();
        for function in &items.functions {
            if is_one_word(&function.name) {
                metrics.one_word.push(place(function.line, &function.name));
                if function.is_public {
                    metrics.public_one_word.push(place(function.line, &function.name));
                }
            }
            if function.is_public && is_bare_participle(&function.name) {
                metrics.participles.push(place(function.line, &function.name));
            }
        }
        let homonyms = items.types.iter().filter(|item| shared.contains(&item.name));
        metrics.homonyms.extend(homonyms.map(|item| place(item.line, &item.name)));
    }
    metrics.file_lines.sort_unstable();
    let modules = files.iter().map(|file| (file.module.clone(), &file.items)).collect();
    let graph = Modules::new(modules).find_arrows();
    metrics.arrows = count_top_arrows(&graph);
    metrics.circles = find_circles(&graph);
    metrics
}

fn count_top_arrows(graph: &Graph) -> BTreeMap<(String, String), usize> {
    let top = |module: &str| module.split("::").next().unwrap_or_default().to_owned();
    let mut counts = BTreeMap::new();
    for (from, targets) in graph {
        for to in targets.iter().filter(|to| top(to) != top(from)) {
            *counts.entry((top(from), top(to))).or_default() += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(package: &str, file: &str, text: &str) -> SourceFile {
        SourceFile { package: package.into(), path: format!("{package}/src/{file}"), text: text.into() }
    }

    #[test]
    fn a_small_workspace_is_counted() {
        let files = [
            source("core", "lib.rs", "mod a; mod b;\n#[cfg(test)] mod simulated;\npub struct Said;\n"),
            source("core", "a.rs", "use crate::b::send_all;\npub fn told() { send_all() }\nfn taken() {}\n"),
            source(
                "core",
                "b.rs",
                "pub fn send_all() { crate::a::told() }\nimpl Drop for X { fn drop(&mut self) {} }\n",
            ),
            source("core", "simulated.rs", "pub fn faked() {}\n"),
            source("shell", "main.rs", "struct Said;\nstruct Args;\nfn main() {}\n"),
            source("shell", "b.rs", "struct Args;\n"),
        ];
        let packages = measure_packages(&files).unwrap();
        let core = &packages["core"];
        assert_eq!((core.functions, core.one_word.len(), core.public_one_word.len()), (3, 2, 1));
        let told = SourceLine { path: "core/src/a.rs".into(), line: 2, name: "told".into() };
        assert_eq!(core.participles, [told]);
        assert_eq!(core.circles, [["a", "b"]]);
        assert_eq!(core.arrows[&("a".to_owned(), "b".to_owned())], 1);
        assert_eq!((core.median_lines(), core.max_lines()), (3, 3));
        let sum = sum_packages(&packages);
        assert_eq!((sum.types, sum.homonyms.len(), sum.longest_circle()), (4, 2, 2));
    }

    #[test]
    fn what_is_no_rust_is_named() {
        let error = measure_packages(&[source("core", "lib.rs", "fn (")]).unwrap_err();
        assert!(error.to_string().contains("core/src/lib.rs"));
    }
}
