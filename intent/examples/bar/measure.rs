//! What is measured.

use crate::plain::Plain;
use intent::{Example, Model, RankingOutcome, Scratch};
use std::time::Instant;

/// What a model made of a list of texts. Shares are percent.
#[derive(Debug, Default)]
pub struct Measured {
    /// In scope, and the first intent is right.
    pub accuracy: f32,
    /// The chance that a text in scope scores above one that is not, if there are some.
    pub auroc: Option<f32>,
    /// In scope, right, and above the score that 80 % of the texts out of scope are below.
    pub while_rejecting: f32,
    /// In scope, right, and not rejected.
    pub accepted: f32,
    /// Out of scope, and rejected.
    pub rejected: f32,
}

/// How a text scored: its in-scope score, whether the first intent is right, whether it was rejected.
struct Scored {
    score: f32,
    right: bool,
    rejected: bool,
}

/// What `model` makes of `examples`, once disturbed.
pub fn measure_model(model: &Model, examples: &[Example], disturb: impl FnMut(&str) -> String) -> Measured {
    let (inside, outside) = score_examples(model, examples, disturb);
    summarise(&inside, &outside)
}

/// The same of the plain classifier, which rejects nothing.
pub fn measure_plain(
    plain: &Plain,
    examples: &[Example],
    mut disturb: impl FnMut(&str) -> String,
) -> Measured {
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    for example in examples {
        let text = disturb(&example.text);
        let (best, score) = plain.best_intent(&text);
        let scored = Scored { score, right: example.intent.as_deref() == Some(best), rejected: false };
        if example.intent.is_some() { inside.push(scored) } else { outside.push(scored) }
    }
    summarise(&inside, &outside)
}

fn summarise(inside: &[Scored], outside: &[Scored]) -> Measured {
    let share = |part: usize, of: usize| 100.0 * part as f32 / of.max(1) as f32;
    let count = |of: &[Scored], is: &dyn Fn(&Scored) -> bool| {
        share(of.iter().filter(|one| is(one)).count(), of.len())
    };
    let mut scores: Vec<f32> = outside.iter().map(|one| one.score).collect();
    scores.sort_by(f32::total_cmp);
    let border = scores.get(scores.len() * 4 / 5).copied().unwrap_or(0.0);
    Measured {
        accuracy: count(inside, &|one| one.right),
        auroc: (!outside.is_empty()).then(|| 100.0 * auroc(inside, &scores)),
        while_rejecting: count(inside, &|one| one.right && one.score > border),
        accepted: count(inside, &|one| one.right && !one.rejected),
        rejected: count(outside, &|one| one.rejected),
    }
}

fn score_examples(
    model: &Model,
    examples: &[Example],
    mut disturb: impl FnMut(&str) -> String,
) -> (Vec<Scored>, Vec<Scored>) {
    let mut scratch = Scratch::default();
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    for example in examples {
        let ranking = model.rank(&disturb(&example.text), &example.lang, &mut scratch);
        let top = ranking.ranked.first().and_then(|first| model.intents().get(first.intent));
        let right = example.intent.is_some() && top == example.intent.as_ref();
        let scored =
            Scored { score: ranking.score, right, rejected: ranking.outcome == RankingOutcome::None };
        if example.intent.is_some() { inside.push(scored) } else { outside.push(scored) }
    }
    (inside, outside)
}

/// `outside` ascends.
fn auroc(inside: &[Scored], outside: &[f32]) -> f32 {
    let above = |one: &Scored| {
        let below = outside.partition_point(|score| *score < one.score);
        let same = outside.partition_point(|score| *score <= one.score) - below;
        below as f64 + same as f64 / 2.0
    };
    let sum: f64 = inside.iter().map(above).sum();
    (sum / (inside.len().max(1) * outside.len().max(1)) as f64) as f32
}

/// Microseconds a text that `rank` takes, median and 99th percentile.
pub fn measure_latency(examples: &[Example], mut rank: impl FnMut(&Example)) -> (f32, f32) {
    let mut times: Vec<f32> = Vec::new();
    for round in 0..2 {
        for example in examples {
            let started = Instant::now();
            rank(example);
            let time = started.elapsed().as_secs_f32() * 1e6;
            if round == 1 {
                times.push(time);
            }
        }
    }
    times.sort_by(f32::total_cmp);
    let at = |share: f32| times.get((times.len() as f32 * share) as usize).copied().unwrap_or(0.0);
    (at(0.5), at(0.99))
}
