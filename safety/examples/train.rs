//! Learns the models: `cargo run --release -p safety --features train --example train` from the repository's root.
//!
//! Reads `tests/corpus/safety/<lang>.tsv`, where `train-…` and `dev` stand for writers and `everyday` for what people write
//! to any service, and the phrases of the example sites as harmless; writes `safety/data/model-<lang>.bin`. What it prints is cross-validated by writer: each text is
//! judged by a model that saw nothing of its writer, with thresholds chosen on others yet. The same corpus gives the same
//! files.

#![allow(clippy::indexing_slicing, reason = "a tool for developers")]

use safety::{
    DangerKind, LEVELS,
    thresholds::{self, ScoredText},
    train::{self, Learnt, TrainingRow, TrainingText},
};
use std::{fs, io, path::Path};

/// Languages that are written in the same letters: each is asked about texts in the others.
const SCRIPTS: [&[&str]; 8] =
    [&["vi", "en", "fr", "es"], &["ru", "uk"], &["zh", "ja"], &["ko"], &["km"], &["lo"], &["th"], &["ar"]];
/// The writer of lines that are taught and not judged.
const FOREIGN: usize = 0;
/// How much a phrase of an example site counts, an everyday text, and a harmless text in another language.
const SITE_WEIGHT: f32 = 0.2;
const EVERYDAY_WEIGHT: f32 = 0.5;
const FOREIGN_WEIGHT: f32 = 0.1;
/// Of a hundred harmless neighbours, and of a hundred ordinary texts, taken for danger at most.
const ALARMS: [f32; 2] = [1.0, 0.1];
/// The same where a model has learnt from two writers alone: with fewer alarms it would miss most.
const ALARMS_OF_FEW: [f32; 2] = [2.0, 0.4];

/// What is learnt from.
struct Corpus {
    lines: Vec<TrainingText>,
    /// The split of each line.
    splits: Vec<String>,
    /// The greatest number of a writer, and one.
    writers: usize,
    /// Whether parts of the texts stand for writers, since there are too few.
    is_of_few: bool,
}

fn main() -> io::Result<()> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let mut table = String::new();
    for lang in safety::LANGUAGES {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == lang) {
            is_compiled(lang)?;
            table += &train_language(lang)?;
        }
    }
    // A table of some languages is for whoever tries something.
    if wanted.is_empty() { write_table(&table) } else { Ok(()) }
}

/// Learns the model of `lang`, writes it and returns its rows of the table.
fn train_language(lang: &str) -> io::Result<String> {
    let Corpus { lines, splits, writers, is_of_few } = load_corpus(lang)?;
    let rows = train::build_rows(lang, &lines);
    let learnt = learnt_without_each(&rows, writers);
    let judged: Vec<(&TrainingRow, f32)> = rows
        .iter()
        .filter(|row| row.writer != FOREIGN)
        .map(|row| (row, learnt[row.writer].score(row)))
        .collect();
    let alarms = if is_of_few { ALARMS_OF_FEW } else { ALARMS };
    let chosen: Vec<_> = (0..writers)
        .map(|writer| choose_thresholds(judged.iter().filter(|(row, _)| row.writer != writer), alarms))
        .collect();
    let mut table = String::new();
    let mut say = |name: &str, of: &dyn Fn(&TrainingRow) -> bool| {
        let row = report_row(name, &judged, &chosen, &learnt, of);
        print!("{row}");
        table += &row;
    };
    let mut names: Vec<&String> =
        splits.iter().filter(|split| *split == "dev" || split.starts_with("train-")).collect();
    names.sort();
    names.dedup();
    for name in names {
        say(&format!("{lang} {name}"), &|row| row.own && splits[row.line] == *name);
    }
    if lang == "vi" {
        say(&format!("{lang}, all with marks"), &|row| !row.ordinary && row.own && row.marked);
        say(&format!("{lang}, all without"), &|row| !row.ordinary && row.own && !row.marked);
        say(&format!("{lang}, marks taken away"), &|row| !row.ordinary && !row.own);
    }
    if !is_of_few {
        say(&format!("{lang}, all but dev"), &|row| !row.ordinary && row.own && !row.fitted);
    }
    if rows.iter().any(|row| row.ordinary) {
        say(&format!("{lang}, phrases of the example sites and everyday texts"), &|row| row.ordinary);
    }
    let least = choose_thresholds(judged.iter(), alarms);
    println!("{least:.2?}");
    let all = train::train_model(&rows, |_| true);
    fs::write(format!("safety/data/model-{lang}.bin"), all.to_bytes(&least))?;
    Ok(table)
}

/// For each writer, what is learnt from the others.
fn learnt_without_each(rows: &[TrainingRow], writers: usize) -> Vec<Learnt> {
    std::thread::scope(|scope| {
        let without = |writer| scope.spawn(move || train::train_model(rows, |row| row.writer != writer));
        let threads: Vec<_> = (0..writers).map(without).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
    })
}

/// Models learn from what the compiled lexicons say: they must be those of the texts.
fn is_compiled(lang: &str) -> io::Result<()> {
    let text = |folder: &str| fs::read_to_string(format!("safety/data/{folder}{lang}.txt"));
    let bytes = safety::compile_lexicon(lang, &(text("")? + &text("topics/")?)).map_err(io::Error::other)?;
    let is_same = bytes == fs::read(format!("safety/data/{lang}.bin"))?;
    if is_same { Ok(()) } else { Err(io::Error::other("first: cargo run -p safety --example compile")) }
}

/// Thresholds for what `judged` shows: texts that the rules were not written after, where there are any.
fn choose_thresholds<'a>(
    judged: impl Iterator<Item = &'a (&'a TrainingRow, f32)>,
    alarms: [f32; 2],
) -> [[f32; LEVELS]; 2] {
    let judged: Vec<_> = judged.collect();
    let fair = judged.iter().any(|(row, _)| !row.fitted && !row.ordinary);
    let kept = judged.iter().filter(|(row, _)| !(fair && row.fitted));
    let trials: Vec<ScoredText> = kept.map(|(row, score)| ScoredText::from_row(row, *score)).collect();
    thresholds::choose_thresholds(&trials, alarms)
}

fn report_row(
    name: &str,
    judged: &[(&TrainingRow, f32)],
    chosen: &[[[f32; LEVELS]; 2]],
    learnt: &[Learnt],
    of: impl Fn(&TrainingRow) -> bool,
) -> String {
    let (mut dangers, mut found, mut right, mut harmless, mut alarms) = (0, 0, 0, 0, 0);
    for (row, score) in judged.iter().filter(|(row, _)| of(row)) {
        let taken = ScoredText::from_row(row, *score).is_taken(&chosen[row.writer]);
        match row.kind {
            None => {
                harmless += 1;
                alarms += usize::from(taken);
            }
            Some(kind) => {
                dangers += 1;
                found += usize::from(taken);
                let said = match row.rule {
                    Some(kind) if row.sure_of_kind => kind,
                    _ => learnt[row.writer].predict_kind(row).0,
                };
                right += usize::from(taken && said == kind);
            }
        }
    }
    let share = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
    let of = |part: usize, of: usize| match of {
        0 => "–".to_owned(),
        of => format!("{:.1} %", share(part, of)),
    };
    format!(
        "| {name} | {dangers} | {} | {} | {harmless} | {} |\n",
        of(found, dangers),
        of(right, dangers),
        of(alarms, harmless)
    )
}

const BEGIN: &str = "<!-- table: cargo run --release -p safety --features train --example train -->";
const END: &str = "<!-- end of the trainer's table -->";

/// Writes the table into the documentation.
fn write_table(rows: &str) -> io::Result<()> {
    let path = "docs/safety.md";
    let docs = fs::read_to_string(path)?;
    let parts = docs.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let Some((before, after)) = parts else { return Ok(()) };
    let head = "| language, writer | dangers | found | as their kind | harmless | false alarms |\n|---|---|---|---|---|---|\n";
    fs::write(path, format!("{before}{BEGIN}\n{head}{rows}{END}{after}"))
}

/// The lines of `lang` that are not held.
fn load_corpus(lang: &str) -> io::Result<Corpus> {
    let (mut lines, mut everyday, mut splits) = (Vec::new(), Vec::new(), Vec::<String>::new());
    let mut writers = vec!["foreign".to_owned()];
    let codes = SCRIPTS.into_iter().find(|codes| codes.contains(&lang)).unwrap_or_default();
    for code in codes {
        let file = fs::read_to_string(format!("tests/corpus/safety/{code}.tsv"))?;
        for (number, line) in file.lines().filter(|line| !line.starts_with('#')).enumerate() {
            let mut columns = line.splitn(3, '\t');
            let (Some(kind), Some(split), Some(text)) = (columns.next(), columns.next(), columns.next())
            else {
                continue;
            };
            let line = |writer, weight| TrainingText {
                kind: DangerKind::from_name(kind),
                writer,
                fitted: split == "dev",
                ordinary: false,
                weight,
                text: text.to_owned(),
            };
            if split.starts_with("held") {
                continue;
            }
            if *code != lang {
                // What is harmless in another language is harmless in this one.
                if kind == "none" && number % 3 == 0 {
                    lines.push(line(FOREIGN, FOREIGN_WEIGHT));
                    splits.push("foreign".to_owned());
                }
                continue;
            }
            if split == "everyday" {
                everyday.push(TrainingText { ordinary: true, ..line(FOREIGN, EVERYDAY_WEIGHT) });
                continue;
            }
            let writer = writers.iter().position(|name| name == split).unwrap_or(writers.len());
            if writer == writers.len() {
                writers.push(split.to_owned());
            }
            lines.push(line(writer, 1.0));
            splits.push(split.to_owned());
        }
    }
    let mut folds = writers.len() - 1;
    // Of one or two writers, parts must stand for writers.
    let is_of_few = folds < 3;
    if is_of_few {
        folds = PARTS;
        let own = lines.iter_mut().filter(|line| line.writer != FOREIGN);
        own.enumerate().for_each(|(at, line)| line.writer = 1 + at % PARTS);
    }
    // Other sites and other people are like these: each writer's fold has some of them.
    let from = lines.len();
    lines.append(&mut everyday);
    for site in ["ward", "shop"] {
        add_site_phrases(Path::new(&format!("examples/{site}/intents")), lang, &mut lines)?;
    }
    lines.iter_mut().skip(from).enumerate().for_each(|(at, line)| line.writer = 1 + at % folds);
    splits.resize(lines.len(), "ordinary".to_owned());
    Ok(Corpus { lines, splits, writers: folds + 1, is_of_few })
}

/// Parts of the texts of one or two writers that are judged in turn.
const PARTS: usize = 6;

/// The phrases in `lang` of a site's intents, but for those about danger.
fn add_site_phrases(folder: &Path, lang: &str, lines: &mut Vec<TrainingText>) -> io::Result<()> {
    let mut files: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::path);
    for file in files {
        let (mut inside, mut danger) = (false, false);
        for line in fs::read_to_string(file.path())?.lines().map(str::trim) {
            if let Some(id) = line.strip_prefix("id = ") {
                danger = id.contains("khan-cap") || id.contains("emergency");
            }
            if line.starts_with("phrases") {
                inside = line.starts_with(&format!("phrases.{lang} "));
            }
            let phrase =
                line.strip_prefix('"').and_then(|line| line.split_once('"')).map(|(phrase, _)| phrase);
            if let (Some(phrase), true, false) = (phrase, inside, danger) {
                lines.push(TrainingText {
                    kind: None,
                    writer: FOREIGN,
                    fitted: false,
                    ordinary: true,
                    weight: SITE_WEIGHT,
                    text: phrase.to_owned(),
                });
            }
        }
    }
    Ok(())
}
