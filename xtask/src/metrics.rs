//! `cargo xtask metrics`

use crate::paths;
use anyhow::bail;
use clap::ValueEnum;
use devkit::metrics::{PackageMetrics, SourceLine, measure_packages, read_workspace, sum_packages};
use std::collections::BTreeMap;

/// Count what the sources are like: names, sizes, and which module uses which, package by package; tests are left out.
///
/// One word: functions whose name is one word. Participles: public functions named by a past participle alone. Homonyms:
/// types whose name another module of the workspace has, too. Circle: the most modules of a package that all lead to one
/// another by what they use. Arrows: pairs of top-level modules of which one uses the other.
#[derive(clap::Args)]
pub struct Args {
    /// Name each of a kind, with its file and line.
    #[arg(long, value_name = "KIND")]
    list: Option<List>,
    /// Only this package's, of what is listed.
    #[arg(long, value_name = "NAME", requires = "list")]
    package: Option<String>,
    /// Fail if a figure is beyond its bar.
    #[arg(long)]
    check: bool,
}

/// What can be listed.
#[derive(Clone, Copy, ValueEnum)]
enum List {
    /// Functions whose name is one word.
    OneWord,
    /// Public functions named by a participle alone.
    Participles,
    /// Types whose name is not theirs alone.
    Homonyms,
    /// Modules that all lead to one another.
    Circles,
    /// Which top-level module uses which, and by how many arrows.
    Arrows,
}

/// How many functions in a hundred may be named by one word.
const MOST_ONE_WORD: f64 = 35.0;
/// How many types in a hundred may share their name.
const MOST_HOMONYMS: f64 = 10.0;
/// How many modules of a package may lead to one another.
const LONGEST_CIRCLE: usize = 3;
/// The package in which none may.
const WITHOUT_CIRCLES: &str = "edge";

pub fn run(args: &Args) -> anyhow::Result<()> {
    let packages = measure_packages(&read_workspace(&paths::repository_root())?)?;
    let Some(list) = args.list else {
        print!("{}", render_table(&packages));
        let beyond = find_failures(&packages);
        if args.check && !beyond.is_empty() {
            bail!("{}", beyond.join("; "));
        }
        return Ok(());
    };
    for (name, metrics) in &packages {
        if args.package.as_ref().is_none_or(|package| package == name) {
            print!("{}", render_list(list, name, metrics));
        }
    }
    Ok(())
}

fn render_table(packages: &BTreeMap<String, PackageMetrics>) -> String {
    let mut out = format!(
        "{:<10}{:>10}{:>10}{:>13}{:>7}{:>10}{:>7}{:>8}{:>6}{:>8}{:>8}\n",
        "package",
        "functions",
        "one word",
        "participles",
        "types",
        "homonyms",
        "files",
        "median",
        "max",
        "circle",
        "arrows"
    );
    let all = sum_packages(packages);
    let arrows = packages.values().map(|metrics| metrics.arrows.len()).sum();
    let rows = packages.iter().map(|(name, metrics)| (name.as_str(), metrics, metrics.arrows.len()));
    for (name, metrics, arrows) in rows.chain([("all", &all, arrows)]) {
        out += &format!(
            "{name:<10}{:>10}{:>8.0} %{:>13}{:>7}{:>8.0} %{:>7}{:>8}{:>6}{:>8}{arrows:>8}\n",
            metrics.functions,
            metrics.one_word_percent(),
            metrics.participles.len(),
            metrics.types,
            metrics.homonym_percent(),
            metrics.file_lines.len(),
            metrics.median_lines(),
            metrics.max_lines(),
            metrics.longest_circle(),
        );
    }
    out
}

fn render_list(list: List, package: &str, metrics: &PackageMetrics) -> String {
    let lines = |lines: &[SourceLine]| {
        lines.iter().map(|SourceLine { path, line, name }| format!("{path}:{line}: {name}\n")).collect()
    };
    match list {
        List::OneWord => lines(&metrics.one_word),
        List::Participles => lines(&metrics.participles),
        List::Homonyms => lines(&metrics.homonyms),
        List::Circles => {
            let circle = |circle: &Vec<String>| {
                format!("{package}: {} modules: {}\n", circle.len(), circle.join(", "))
            };
            metrics.circles.iter().map(circle).collect()
        }
        List::Arrows => {
            let arrows = metrics.arrows.iter();
            arrows.map(|((from, to), count)| format!("{package}: {from} -> {to}: {count}\n")).collect()
        }
    }
}

/// The figures that are beyond their bars.
fn find_failures(packages: &BTreeMap<String, PackageMetrics>) -> Vec<String> {
    let all = sum_packages(packages);
    let mut failures = Vec::new();
    if all.one_word_percent() > MOST_ONE_WORD {
        failures.push(format!("{:.1} % of functions are named by one word", all.one_word_percent()));
    }
    if !all.participles.is_empty() {
        failures.push(format!("{} public functions are named by a participle", all.participles.len()));
    }
    if all.homonym_percent() > MOST_HOMONYMS {
        failures.push(format!("{:.1} % of types share their name", all.homonym_percent()));
    }
    for (name, metrics) in packages {
        let most = if name == WITHOUT_CIRCLES { 0 } else { LONGEST_CIRCLE };
        if metrics.longest_circle() > most {
            failures.push(format!("{} modules of {name} lead to one another", metrics.longest_circle()));
        }
    }
    failures
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_circle(package: &str, length: usize) -> BTreeMap<String, PackageMetrics> {
        let circle = (0..length).map(|number| format!("m{number}")).collect();
        let circles = if length == 0 { Vec::new() } else { vec![circle] };
        BTreeMap::from([(package.to_owned(), PackageMetrics { circles, functions: 1, ..Default::default() })])
    }

    #[test]
    fn the_worker_may_have_no_circle_and_others_small_ones() {
        assert!(find_failures(&with_circle("widget", 3)).is_empty());
        assert_eq!(find_failures(&with_circle("widget", 4)), ["4 modules of widget lead to one another"]);
        assert_eq!(find_failures(&with_circle("edge", 2)).len(), 1);
        assert!(find_failures(&with_circle("edge", 0)).is_empty());
    }

    #[test]
    fn offenders_are_named_with_file_and_line() {
        let told = SourceLine { path: "edge/src/a.rs".into(), line: 7, name: "told".into() };
        let metrics = PackageMetrics { participles: vec![told], ..Default::default() };
        assert_eq!(render_list(List::Participles, "edge", &metrics), "edge/src/a.rs:7: told\n");
    }
}
