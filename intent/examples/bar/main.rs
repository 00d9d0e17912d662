//! Prints how the matcher does on public sets that lie in a folder: see `docs/intent.md`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod data;
mod measure;
mod plain;

use data::{Dice, add_typos, load_examples, sample_few_shot, strip_diacritics};
use intent::{Example, Meaning, Model, Options, Scratch, train, train_with};
use measure::{measure_latency, measure_model, measure_plain};
use plain::Plain;
use std::{path::Path, time::Instant};

fn main() {
    let folder = std::env::args()
        .skip(1)
        .find(|arg| !arg.starts_with("--"))
        .or_else(|| std::env::var("HOI_INTENT_DATA").ok());
    let folder = folder.expect("name the folder that holds clinc150, snips and massive4-vi");
    let folder = Path::new(&folder);
    let of = |name: &str| load_examples(&folder.join(name));
    let (taught, dev, test) =
        (of("clinc150/train.jsonl"), of("clinc150/dev.jsonl"), of("clinc150/test.jsonl"));
    report_clinc(&taught, &dev, &test);
    report_few_shot("CLINC150", &taught, &test, 3);
    let (snips, massive) = (of("snips/train.jsonl"), of("massive4-vi/train.jsonl"));
    report_few_shot("Snips", &snips, &of("snips/dev.jsonl"), 10);
    let massive_dev = of("massive4-vi/dev.jsonl");
    report_few_shot("MASSIVE-vi", &massive, &massive_dev, 10);
    report_vietnamese(&massive, &massive_dev);
    let mut small: Vec<Example> = sample_few_shot(&taught, 3, 1);
    small.extend(sample_few_shot(&snips, 3, 1));
    small.extend(sample_few_shot(&massive, 3, 1));
    small.truncate(480);
    let (model, seconds) = train_model(&small);
    println!("{:31}{seconds:>16.3} s{:>12} bytes", "160 intents of 3 phrases", model.to_bytes().len());
}

/// With the table of word meaning, unless `--without-meaning` is said.
fn options() -> Options {
    let without = std::env::args().any(|arg| arg == "--without-meaning");
    Options { meaning: Meaning::bundled_table().filter(|_| !without), ..Options::default() }
}

fn train_model(examples: &[Example]) -> (Model, f32) {
    let started = Instant::now();
    let model = train(examples, &options(), &mut |_| {}).unwrap();
    (model, started.elapsed().as_secs_f32())
}

fn report_clinc(taught: &[Example], dev: &[Example], test: &[Example]) {
    let (model, seconds) = train_model(taught);
    let started = Instant::now();
    let plain = Plain::train(taught);
    let plain_seconds = started.elapsed().as_secs_f32();
    let bytes = model.to_bytes();
    let (m, p) = (measure_model(&model, test, str::to_owned), measure_plain(&plain, test, str::to_owned));
    println!("{:31}{:>18}{:>18}", "CLINC150, all phrases", "Hoi", "plain linear");
    let line = |what: &str, ours: String, plain: String| println!("  {what:29}{ours:>18}{plain:>18}");
    let one = |figure: f32| format!("{figure:.2}");
    let two = |a: f32, b: f32| format!("{a:.2} / {b:.2}");
    line("in scope, first is right", one(m.accuracy), one(p.accuracy));
    line("AUROC", one(m.auroc.unwrap_or_default()), one(p.auroc.unwrap_or_default()));
    line("in scope, rejecting 80 % oos", one(m.while_rejecting), one(p.while_rejecting));
    line("thresholds of its own", two(m.accepted, m.rejected), "–".to_owned());
    let tuned = train_with(taught, dev, &options(), &mut |_| {}).unwrap();
    let t = measure_model(&tuned, test, str::to_owned);
    line("thresholds from dev", two(t.accepted, t.rejected), "–".to_owned());
    for slips in [1, 2] {
        let (mut dice, mut same) = (Dice::new(7), Dice::new(7));
        let slip = measure_model(&model, test, |text| add_typos(text, slips, &mut dice)).accuracy;
        let plain = measure_plain(&plain, test, |text| add_typos(text, slips, &mut same)).accuracy;
        line(if slips == 1 { "one slip of the keyboard" } else { "two slips" }, one(slip), one(plain));
    }
    let mut scratch = Scratch::default();
    let (median, p99) = measure_latency(test, |example| {
        std::hint::black_box(model.rank(&example.text, &example.lang, &mut scratch));
    });
    let (plain_median, plain_p99) = measure_latency(test, |example| {
        std::hint::black_box(plain.best_intent(&example.text));
    });
    line("µs a text, median / p99", two(median, p99), two(plain_median, plain_p99));
    let started = Instant::now();
    let read = Model::read(&bytes).unwrap();
    let ms = started.elapsed().as_secs_f32() * 1e3;
    options().meaning.iter().for_each(|table| assert!(read.attach_meaning(table)));
    assert_eq!(read, model);
    line("bytes", bytes.len().to_string(), "–".to_owned());
    line("ms to read it", one(ms), "–".to_owned());
    line("s to train", one(seconds), one(plain_seconds));
}

fn report_few_shot(name: &str, taught: &[Example], test: &[Example], seeds: u64) {
    println!("{:31}{:>10}{:>10}{:>10}{:>14}", name, "accuracy", "AUROC", "one slip", "plain linear");
    for shots in [5, 10] {
        let (mut accuracy, mut auroc, mut slip, mut plain) = (0.0, None, 0.0, 0.0);
        for seed in 0..seeds {
            let few = sample_few_shot(taught, shots, 11 + seed);
            let (model, _) = train_model(&few);
            let m = measure_model(&model, test, str::to_owned);
            let mut dice = Dice::new(7);
            slip += measure_model(&model, test, |text| add_typos(text, 1, &mut dice)).accuracy / seeds as f32;
            plain += measure_plain(&Plain::train(&few), test, str::to_owned).accuracy / seeds as f32;
            accuracy += m.accuracy / seeds as f32;
            auroc = m.auroc.map(|own| auroc.unwrap_or(0.0) + own / seeds as f32);
        }
        let auroc = auroc.map_or("–".to_owned(), |auroc: f32| format!("{auroc:.2}"));
        println!(
            "  {:29}{accuracy:>10.2}{auroc:>10}{slip:>10.2}{plain:>14.2}",
            format!("{shots} phrases an intent")
        );
    }
}

fn report_vietnamese(taught: &[Example], test: &[Example]) {
    let (model, plain) = (train_model(taught).0, Plain::train(taught));
    println!("{:31}{:>18}{:>18}", "MASSIVE-vi, all phrases", "Hoi", "plain linear");
    for (what, disturb) in
        [("as it is", str::to_owned as fn(&str) -> String), ("without diacritics", strip_diacritics)]
    {
        let (m, p) =
            (measure_model(&model, test, disturb).accuracy, measure_plain(&plain, test, disturb).accuracy);
        println!("  {what:29}{m:>18.2}{p:>18.2}");
    }
}
