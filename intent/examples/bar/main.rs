//! Prints how the matcher does on public sets that lie in a folder: see `docs/intent.md`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod data;
mod measure;

use data::{Dice, bare, few, lines, slipped};
use intent::{Example, Meaning, Model, Options, train, train_with};
use measure::{measure, pace};
use std::{path::Path, time::Instant};

fn main() {
    let folder = std::env::args()
        .skip(1)
        .find(|arg| !arg.starts_with("--"))
        .or_else(|| std::env::var("HOI_INTENT_DATA").ok());
    let folder = folder.expect("name the folder that holds clinc150, snips and massive4-vi");
    let folder = Path::new(&folder);
    let of = |name: &str| lines(&folder.join(name));
    let (taught, dev, test) =
        (of("clinc150/train.jsonl"), of("clinc150/dev.jsonl"), of("clinc150/test.jsonl"));
    clinc(&taught, &dev, &test);
    shots("CLINC150", &taught, &test, 3);
    let (snips, massive) = (of("snips/train.jsonl"), of("massive4-vi/train.jsonl"));
    shots("Snips", &snips, &of("snips/dev.jsonl"), 10);
    let massive_dev = of("massive4-vi/dev.jsonl");
    shots("MASSIVE-vi", &massive, &massive_dev, 10);
    let (model, _) = learn(&massive);
    let whole = measure(&model, &massive_dev, str::to_owned).accuracy;
    let drop = whole - measure(&model, &massive_dev, bare).accuracy;
    println!("MASSIVE-vi full                accuracy {whole:.1}, falls by {drop:.2} without diacritics");
    let mut small: Vec<Example> = few(&taught, 3, 1);
    small.extend(few(&snips, 3, 1));
    small.extend(few(&massive, 3, 1));
    small.truncate(480);
    let (model, seconds) = learn(&small);
    println!("160 intents of 3 phrases       {seconds:.3} s, {} bytes", model.to_bytes().len());
}

/// With the table of word meaning, unless `--without-meaning` is said.
fn options() -> Options {
    let without = std::env::args().any(|arg| arg == "--without-meaning");
    Options { meaning: Meaning::ours().filter(|_| !without), ..Options::default() }
}

fn learn(examples: &[Example]) -> (Model, f32) {
    let started = Instant::now();
    let model = train(examples, &options(), &mut |_| {}).unwrap();
    (model, started.elapsed().as_secs_f32())
}

fn clinc(taught: &[Example], dev: &[Example], test: &[Example]) {
    let (model, seconds) = learn(taught);
    let bytes = model.to_bytes();
    let m = measure(&model, test, str::to_owned);
    println!("CLINC150 full                  accuracy {:.2}", m.accuracy);
    println!(
        "  out of scope                 AUROC {:.2}, {:.2} while rejecting 80 %",
        m.auroc, m.while_rejecting
    );
    println!("  thresholds without dev       {:.2} / {:.2}", m.accepted, m.rejected);
    let tuned = train_with(taught, dev, &options(), &mut |_| {}).unwrap();
    let t = measure(&tuned, test, str::to_owned);
    println!("  thresholds from dev          {:.2} / {:.2}", t.accepted, t.rejected);
    for slips in [1, 2] {
        let mut dice = Dice::new(7);
        let slip = measure(&model, test, |text| slipped(text, slips, &mut dice)).accuracy;
        println!("  {slips} slips of the keyboard     {slip:.2}");
    }
    let (median, p99) = pace(&model, test);
    println!("  a text                       {median:.1} / {p99:.1} µs");
    let started = Instant::now();
    let mut read = Model::read(&bytes).unwrap();
    let ms = started.elapsed().as_secs_f32() * 1e3;
    if let Some(table) = &options().meaning {
        assert!(read.attach(table));
    }
    assert_eq!(read, model);
    println!("  model                        {} bytes, read in {ms:.1} ms", bytes.len());
    println!("  training                     {seconds:.2} s");
}

fn shots(name: &str, taught: &[Example], test: &[Example], seeds: u64) {
    for shots in [5, 10] {
        let (mut accuracy, mut auroc, mut slip) = (0.0, 0.0, 0.0);
        for seed in 0..seeds {
            let (model, _) = learn(&few(taught, shots, 11 + seed));
            let m = measure(&model, test, str::to_owned);
            let mut dice = Dice::new(7);
            slip += measure(&model, test, |text| slipped(text, 1, &mut dice)).accuracy / seeds as f32;
            accuracy += m.accuracy / seeds as f32;
            auroc += m.auroc / seeds as f32;
        }
        println!("{name} {shots} examples  accuracy {accuracy:.2}, AUROC {auroc:.2}, one slip {slip:.2}");
    }
}
