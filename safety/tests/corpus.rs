//! What is found and what is missed, counted on corpora: `tests/corpus/safety`, a file a language.
//!
//! `HOI_BLESS=1 cargo test -p safety` writes the table into `docs/safety.md`; `HOI_MISSES=vi cargo test -p safety --
//! --nocapture` prints what went wrong on that language's `dev` lines. The `held` lines are never printed: whoever writes
//! rules must not learn from them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use safety::{Kind, LANGUAGES, detect};
use std::{collections::BTreeMap, fmt::Write as _, fs, path::PathBuf};

/// The languages that must reach [`RECALL`] and [`ALARMS`], on both halves.
const MAJOR: [&str; 3] = ["vi", "en", "fr"];
/// Of a hundred dangers, found as danger.
const RECALL: f64 = 97.0;
/// Of a hundred harmless neighbours, taken for danger.
const ALARMS: f64 = 0.5;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Lines of a split of a language: the kind, `None` for a harmless one, and the text.
fn lines(lang: &str, split: &str) -> Vec<(Option<Kind>, String)> {
    let path = root().join(format!("tests/corpus/safety/{lang}.tsv"));
    let Ok(file) = fs::read_to_string(&path) else { return Vec::new() };
    let mut out = Vec::new();
    for (number, line) in file.lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let mut columns = line.splitn(3, '\t');
        let (Some(kind), Some(of), Some(text)) = (columns.next(), columns.next(), columns.next()) else {
            panic!("{}:{}: kind, split, text", path.display(), number + 1);
        };
        let kind = match kind {
            "none" => None,
            name => {
                Some(Kind::named(name).unwrap_or_else(|| panic!("{}:{}: {name}", path.display(), number + 1)))
            }
        };
        assert!(matches!(of, "dev" | "held"), "{}:{}: {of}", path.display(), number + 1);
        if of == split {
            out.push((kind, text.to_owned()));
        }
    }
    out
}

#[derive(Default, Clone, Copy)]
struct Count {
    /// Lines of the kind.
    all: usize,
    /// Of these, found as some danger; of harmless ones, taken for one.
    found: usize,
    /// Found as the kind itself.
    right: usize,
}

impl Count {
    fn share(self) -> f64 {
        100.0 * self.found as f64 / self.all.max(1) as f64
    }
}

fn count(lang: &str, split: &str) -> BTreeMap<Option<Kind>, Count> {
    let told = std::env::var("HOI_MISSES").is_ok_and(|wanted| wanted == lang) && split == "dev";
    let mut counts: BTreeMap<Option<Kind>, Count> = BTreeMap::new();
    for (kind, text) in lines(lang, split) {
        let found = detect(&text);
        let count = counts.entry(kind).or_default();
        count.all += 1;
        count.found += usize::from(found.is_some());
        count.right += usize::from(found.as_ref().map(|danger| danger.kind) == kind);
        if told && found.as_ref().map(|danger| danger.kind) != kind {
            let words = found.as_ref().and_then(|danger| text.get(danger.span.clone())).unwrap_or_default();
            println!(
                "{}\t→ {} ({words})\t{text}",
                kind.map_or("none", Kind::name),
                found.as_ref().map_or("none", |danger| danger.kind.name())
            );
        }
    }
    counts
}

fn dangers(counts: &BTreeMap<Option<Kind>, Count>) -> Count {
    counts.iter().filter(|(kind, _)| kind.is_some()).fold(Count::default(), |sum, (_, count)| Count {
        all: sum.all + count.all,
        found: sum.found + count.found,
        right: sum.right + count.right,
    })
}

#[test]
fn major_languages_reach_the_bar() {
    let mut wrong = String::new();
    for lang in MAJOR {
        for split in ["dev", "held"] {
            let counts = count(lang, split);
            let (found, harmless) = (dangers(&counts), counts.get(&None).copied().unwrap_or_default());
            println!(
                "{lang} {split}: {}/{} dangers found, {} as their kind; {}/{} harmless taken for danger",
                found.found, found.all, found.right, harmless.found, harmless.all
            );
            if found.all == 0 || harmless.all == 0 {
                let _ = writeln!(wrong, "tests/corpus/safety/{lang}.tsv has no {split} lines");
                continue;
            }
            for (kind, count) in &counts {
                println!(
                    "    {}: {} of {}",
                    kind.map_or("none", Kind::name),
                    if kind.is_none() { count.found } else { count.right },
                    count.all
                );
            }
            if found.share() < RECALL {
                let _ = writeln!(wrong, "{lang} {split}: recall {:.1} % < {RECALL} %", found.share());
            }
            if harmless.share() > ALARMS {
                let _ =
                    writeln!(wrong, "{lang} {split}: false alarms {:.2} % > {ALARMS} %", harmless.share());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

const BEGIN: &str = "<!-- table: HOI_BLESS=1 cargo test -p safety -->";
const END: &str = "<!-- end of table -->";

/// The table in the documentation is what is measured.
#[test]
fn the_table_in_the_docs_is_measured() {
    let mut table = String::from("\n| language, split | dangers | found | false alarms |");
    Kind::ALL.iter().for_each(|kind| {
        let _ = write!(table, " {} |", kind.name());
    });
    table += "\n|---|---|---|---|";
    table += &"---|".repeat(Kind::ALL.len());
    for lang in LANGUAGES {
        for split in ["dev", "held"] {
            let counts = count(lang, split);
            let (found, harmless) = (dangers(&counts), counts.get(&None).copied().unwrap_or_default());
            if found.all == 0 {
                continue;
            }
            let _ = write!(
                table,
                "\n| {lang} {split} | {} | {:.1} % | {} of {} |",
                found.all,
                found.share(),
                harmless.found,
                harmless.all
            );
            for kind in Kind::ALL {
                let count = counts.get(&Some(kind)).copied().unwrap_or_default();
                let _ = write!(table, " {} of {} |", count.found, count.all);
            }
        }
    }
    table.push('\n');
    let path = root().join("docs/safety.md");
    let docs = fs::read_to_string(&path).unwrap();
    let (before, rest) = docs.split_once(BEGIN).expect("docs/safety.md has a place for the table");
    let (old, after) = rest.split_once(END).expect("the table ends");
    if std::env::var_os("HOI_BLESS").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
    } else {
        assert_eq!(old, table, "HOI_BLESS=1 cargo test -p safety writes the table anew");
    }
}

/// A lexicon that can't be read would find nothing, silently.
#[test]
fn every_lexicon_can_be_read() {
    for lang in LANGUAGES {
        if let Err(error) = safety::check_built_in(lang) {
            panic!("safety/data/{lang}.txt, {error}");
        }
    }
}
