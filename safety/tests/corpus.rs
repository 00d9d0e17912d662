//! What is found and what is missed, counted on corpora: `tests/corpus/safety`, a file a language.
//!
//! The models have learnt from all lines but the `held` ones, so what is counted on those others guards against losing what
//! was reached and says nothing about texts nobody has seen: for that, see the tables in `docs/safety.md`.
//! `HOI_BLESS=1 cargo test -p safety` writes the second of them; `HOI_MISSES=vi cargo test -p safety -- --nocapture` prints
//! what went wrong on that language's lines. The `held` lines are never printed: whoever writes rules must not learn from them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use safety::{DangerKind, LANGUAGES, detect};
use std::{collections::BTreeMap, fmt::Write as _, fs, path::PathBuf, sync::LazyLock};

/// Lines that models have learnt from; those of the first writers that nothing learnt from (split `held`); the same of
/// later writers, whom models have learnt other lines of (`held-…`).
const LINES: [&str; 3] = ["learnt", "held", "held of later writers"];

/// A language, which lines, and the bar: of a hundred dangers found at least, of a hundred harmless
/// neighbours taken for danger at most. Below what is reached, by a little. `docs/safety.md` says what is aimed at.
const BARS: [(&str, &str, f64, f64); 39] = [
    ("vi", "learnt", 97.0, 1.0),
    ("vi", "held", 95.0, 2.5),
    ("en", "learnt", 90.0, 1.0),
    ("en", "held", 90.0, 2.5),
    ("fr", "learnt", 96.0, 1.0),
    ("fr", "held", 87.0, 2.5),
    ("es", "learnt", 92.0, 1.0),
    ("es", "held", 70.0, 8.0),
    ("ru", "learnt", 95.0, 1.0),
    ("ru", "held", 72.0, 5.0),
    ("uk", "learnt", 95.0, 2.5),
    ("uk", "held", 76.0, 4.0),
    ("zh", "learnt", 95.0, 1.0),
    ("zh", "held", 78.0, 8.0),
    ("ja", "learnt", 95.0, 1.0),
    ("ja", "held", 83.0, 6.0),
    ("ko", "learnt", 95.0, 1.0),
    ("ko", "held", 88.0, 4.5),
    ("km", "learnt", 95.0, 1.0),
    ("km", "held", 75.0, 4.5),
    ("lo", "learnt", 95.0, 1.0),
    ("lo", "held", 76.0, 9.0),
    ("th", "learnt", 95.0, 1.0),
    ("th", "held", 81.0, 7.5),
    ("ar", "learnt", 94.0, 1.0),
    ("ar", "held", 76.0, 5.0),
    ("vi", "held of later writers", 90.0, 5.0),
    ("en", "held of later writers", 86.0, 3.0),
    ("fr", "held of later writers", 90.0, 3.0),
    ("es", "held of later writers", 58.0, 5.0),
    ("ru", "held of later writers", 69.0, 7.0),
    ("uk", "held of later writers", 58.0, 5.0),
    ("zh", "held of later writers", 70.0, 11.5),
    ("ja", "held of later writers", 60.0, 3.0),
    ("ko", "held of later writers", 65.0, 5.0),
    ("km", "held of later writers", 84.0, 5.0),
    ("lo", "held of later writers", 63.0, 3.0),
    ("th", "held of later writers", 63.0, 3.0),
    ("ar", "held of later writers", 55.0, 11.5),
];

/// What lines are called in the table and in messages.
fn name(lang: &str, which: &str) -> String {
    format!("{lang} {which}")
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Lines of a language, one of [`LINES`]: the kind, `None` for a harmless one, and the text.
fn lines(lang: &str, which: &str) -> Vec<(Option<DangerKind>, String)> {
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
            name => Some(
                DangerKind::from_name(name)
                    .unwrap_or_else(|| panic!("{}:{}: {name}", path.display(), number + 1)),
            ),
        };
        let learnt = matches!(of, "dev" | "everyday") || of.starts_with("train-");
        let of = match of {
            _ if learnt => "learnt",
            _ if of.starts_with("held-") => "held of later writers",
            of => of,
        };
        assert!(LINES.contains(&of), "{}:{}: {of}", path.display(), number + 1);
        if of == which {
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

type Counts = BTreeMap<Option<DangerKind>, Count>;

/// By language and lines.
static COUNTS: LazyLock<BTreeMap<(&str, &str), Counts>> = LazyLock::new(|| {
    let all = LANGUAGES.iter().flat_map(|lang| LINES.iter().map(move |which| (*lang, *which)));
    all.map(|(lang, which)| ((lang, which), count(lang, which))).collect()
});

fn count(lang: &str, which: &str) -> Counts {
    let told = std::env::var("HOI_MISSES").is_ok_and(|wanted| wanted == lang) && which == "learnt";
    let mut counts = Counts::new();
    for (kind, text) in lines(lang, which) {
        let found = detect(&text);
        let count = counts.entry(kind).or_default();
        count.all += 1;
        count.found += usize::from(found.is_some());
        count.right += usize::from(found.as_ref().map(|danger| danger.kind) == kind);
        if told && found.as_ref().map(|danger| danger.kind) != kind {
            let words = found.as_ref().and_then(|danger| text.get(danger.span.clone())).unwrap_or_default();
            println!(
                "{}\t→ {} ({words})\t{text}",
                kind.map_or("none", DangerKind::name),
                found.as_ref().map_or("none", |danger| danger.kind.name())
            );
        }
    }
    counts
}

fn dangers(counts: &Counts) -> Count {
    counts.iter().filter(|(kind, _)| kind.is_some()).fold(Count::default(), |sum, (_, count)| Count {
        all: sum.all + count.all,
        found: sum.found + count.found,
        right: sum.right + count.right,
    })
}

#[test]
fn languages_stay_above_their_bar() {
    let mut wrong = String::new();
    for (lang, which, recall, alarms) in BARS {
        let counts = &COUNTS[&(lang, which)];
        let (found, harmless) = (dangers(counts), counts.get(&None).copied().unwrap_or_default());
        let name = name(lang, which);
        println!(
            "{name}: {}/{} dangers found, {} as their kind; {}/{} harmless taken for danger",
            found.found, found.all, found.right, harmless.found, harmless.all
        );
        if found.all == 0 || harmless.all == 0 {
            let _ = writeln!(wrong, "tests/corpus/safety/{lang}.tsv has no such lines: {name}");
            continue;
        }
        if found.share() < recall {
            let _ = writeln!(wrong, "{name}: recall {:.1} % < {recall} %", found.share());
        }
        if harmless.share() > alarms {
            let _ = writeln!(wrong, "{name}: false alarms {:.2} % > {alarms} %", harmless.share());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

const BEGIN: &str = "<!-- table: HOI_BLESS=1 cargo test -p safety -->";
const END: &str = "<!-- end of table -->";

/// The table in the documentation is what is measured.
#[test]
fn the_table_in_the_docs_is_measured() {
    let mut table = String::from("\n| language | dangers | found | false alarms |");
    DangerKind::ALL.iter().for_each(|kind| {
        let _ = write!(table, " {} |", kind.name());
    });
    table += "\n|---|---|---|---|";
    table += &"---|".repeat(DangerKind::ALL.len());
    for lang in LANGUAGES {
        // What is learnt by heart tells a reader nothing.
        for which in ["held", "held of later writers"] {
            let counts = &COUNTS[&(lang, which)];
            let (found, harmless) = (dangers(counts), counts.get(&None).copied().unwrap_or_default());
            if found.all == 0 {
                continue;
            }
            let _ = write!(
                table,
                "\n| {} | {} | {:.1} % | {} of {} |",
                name(lang, which),
                found.all,
                found.share(),
                harmless.found,
                harmless.all
            );
            for kind in DangerKind::ALL {
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

/// The compiled lexicons are those of the texts.
#[test]
fn every_lexicon_is_compiled() {
    let data = root().join("safety/data");
    for lang in LANGUAGES {
        let [rules, topics] = ["", "topics/"]
            .map(|folder| fs::read_to_string(data.join(format!("{folder}{lang}.txt"))).unwrap());
        match safety::compile_lexicon(lang, &(rules + &topics)) {
            Err(error) => panic!("safety/data/{lang}.txt, {error}"),
            Ok(bytes) => assert!(
                bytes == fs::read(data.join(format!("{lang}.bin"))).unwrap(),
                "safety/data/{lang}.bin is of another {lang}.txt: cargo run -p safety --example compile, then learn anew"
            ),
        }
    }
}
