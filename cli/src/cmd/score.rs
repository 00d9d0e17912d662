//! `hoi score`

use super::match_::read;
use crate::examples;
use anyhow::bail;
use intent::{Model, Outcome, Scratch};
use std::{collections::BTreeMap, path::PathBuf};

/// Measure a matcher on lines it has not seen.
///
/// Prints accuracy, how well it tells what is out of scope, and which intents are confused.
#[derive(clap::Args)]
pub struct Args {
    /// The model's file.
    #[arg(long)]
    model: PathBuf,
    /// A file with {"text","intent","lang"} a line; intent "oos" is out of scope.
    #[arg(long)]
    jsonl: PathBuf,
}

#[derive(Default)]
struct Tally {
    known: usize,
    right: usize,
    accepted: usize,
    strangers: usize,
    rejected: usize,
    inside: Vec<f32>,
    outside: Vec<f32>,
    confused: BTreeMap<(String, String), Vec<String>>,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let model = read(&args.model)?;
    let examples = examples::from_lines(&args.jsonl)?;
    if examples.is_empty() {
        bail!("{} has no lines to measure on", args.jsonl.display());
    }
    let mut tally = Tally::default();
    let mut scratch = Scratch::default();
    for example in &examples {
        tally.add(&model, example, &mut scratch);
    }
    tally.print();
    Ok(())
}

impl Tally {
    fn add(&mut self, model: &Model, example: &intent::Example, scratch: &mut Scratch) {
        let ranking = model.rank(&example.text, &example.lang, scratch);
        let rejected = ranking.outcome == Outcome::None;
        let Some(intent) = &example.intent else {
            self.strangers += 1;
            self.rejected += usize::from(rejected);
            self.outside.push(ranking.score);
            return;
        };
        self.known += 1;
        self.inside.push(ranking.score);
        let top = ranking.ranked.first().and_then(|first| model.intents().get(first.intent));
        if top == Some(intent) {
            self.right += 1;
            self.accepted += usize::from(!rejected);
        } else if let Some(top) = top {
            self.confused.entry((intent.clone(), top.clone())).or_default().push(example.text.clone());
        }
    }

    fn print(mut self) {
        let percent = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
        println!(
            "in scope      {:>6} lines   {:>5.1} % first   {:>5.1} % first and not rejected",
            self.known,
            percent(self.right, self.known),
            percent(self.accepted, self.known)
        );
        if self.strangers > 0 {
            let area = 100.0 * auroc(&mut self.inside, &self.outside);
            println!(
                "out of scope  {:>6} lines   {:>5.1} % rejected   AUROC {area:.1}",
                self.strangers,
                percent(self.rejected, self.strangers)
            );
        }
        let mut confused: Vec<_> = self.confused.into_iter().collect();
        confused.sort_by_key(|(_, texts)| std::cmp::Reverse(texts.len()));
        if !confused.is_empty() {
            println!("\nmost confused; give each more phrases of its own, or make them one intent:");
        }
        for ((intent, top), texts) in confused.iter().take(10) {
            println!(
                "  {:>3} × {intent} taken for {top}: {}",
                texts.len(),
                texts.first().map_or("", String::as_str)
            );
        }
    }
}

/// The chance that a text in scope scores above one that is not.
fn auroc(inside: &mut [f32], outside: &[f32]) -> f64 {
    inside.sort_by(f32::total_cmp);
    let below = |score: &f32| {
        let less = inside.partition_point(|x| x < score);
        let same = inside.partition_point(|x| x <= score) - less;
        less as f64 + same as f64 / 2.0
    };
    let wrong: f64 = outside.iter().map(below).sum();
    1.0 - wrong / (inside.len().max(1) * outside.len().max(1)) as f64
}
