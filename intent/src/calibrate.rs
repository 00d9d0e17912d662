//! How scores become probabilities and outcomes: fitted on texts that the weights had not seen.
//!
//! Two kinds of unseen texts are made of the examples themselves. Every example is left out once, with a fifth of the
//! others: so we learn how scores look when the intent is known. And every intent is left out once, with a fifth of
//! the others: its phrases then are what nobody taught, near to the rest and yet none of them.

use crate::{
    model::{Model, Scale},
    rank::{Evidence, Outcome, Scratch},
    train::{Example, Options, Steps, fit},
};

/// Into how many parts the examples, and the intents, are divided.
const PARTS: usize = 5;
/// Trainings beside the final one.
pub const PASSES: usize = 2 * PARTS;
/// Among the texts answered without asking back, at least this share must be right.
const PRECISION: f32 = 0.97;

/// Until something is fitted.
const PLAIN: Scale = Scale { sharpness: 4.0, scope: [0.0, 2.0, 1.0, 2.0], in_scope: 0.5, sure: 0.5 };

/// What happened to one unseen text.
struct Trial {
    evidence: Evidence,
    /// The best score's distance to each score; the right intent's one apart, if it was there.
    behind: Vec<f32>,
    right: Option<f32>,
    in_scope: bool,
}

/// Fits the scale.
pub fn scale(examples: &[&Example], options: &Options, steps: &mut Steps<'_>) -> Scale {
    let mut trials = Vec::new();
    let mut names: Vec<&String> = examples.iter().filter_map(|example| example.intent.as_ref()).collect();
    names.sort_unstable();
    names.dedup();
    for part in 0..PARTS {
        try_part(examples, options, steps, &mut trials, |index, _| spread(index) == part);
        try_part(examples, options, steps, &mut trials, |_, example| {
            let at = example.intent.as_ref().and_then(|name| names.binary_search(&name).ok());
            at.is_some_and(|at| spread(at) == part)
        });
    }
    if trials.iter().all(|trial| trial.in_scope) || !trials.iter().any(|trial| trial.in_scope) {
        return PLAIN;
    }
    let mut scale = Scale { sharpness: sharpness(&trials), scope: scope(&trials), ..PLAIN };
    scale.in_scope = in_scope_threshold(&scale, &trials);
    scale.sure = sure_threshold(&scale, &trials);
    scale
}

/// Neighbours in sorted order are often near-copies; they should not all be left out together.
fn spread(index: usize) -> usize {
    index % PARTS
}

/// Trains without the examples that are `out`, and tries them.
fn try_part(
    examples: &[&Example],
    options: &Options,
    steps: &mut Steps<'_>,
    trials: &mut Vec<Trial>,
    out: impl Fn(usize, &Example) -> bool,
) {
    let (mut taught, mut left) = (Vec::new(), Vec::new());
    for (index, example) in examples.iter().enumerate() {
        if out(index, example) { left.push(*example) } else { taught.push(*example) }
    }
    if left.is_empty() || taught.iter().all(|example| example.intent.is_none()) {
        return;
    }
    let model = fit(&taught, options, PLAIN, steps);
    let mut scratch = Scratch::default();
    trials.extend(
        left.iter()
            .filter(|example| example.weight >= 1.0)
            .filter_map(|example| trial(&model, example, &mut scratch)),
    );
}

fn trial(model: &Model, example: &Example, scratch: &mut Scratch) -> Option<Trial> {
    let evidence = model.score(&example.text, scratch)?;
    let class =
        example.intent.as_ref().and_then(|name| model.intents().iter().position(|other| other == name));
    let behind: Vec<f32> = scratch.scores().iter().map(|score| score - evidence.best).collect();
    let right = class.and_then(|class| behind.get(class).copied());
    Some(Trial { evidence, behind, right, in_scope: class.is_some() })
}

/// The sharpness under which the right intents are most likely.
fn sharpness(trials: &[Trial]) -> f32 {
    let loss = |sharpness: f32| -> f32 {
        let rights = trials.iter().filter_map(|trial| Some((trial.right?, trial)));
        rights
            .map(|(right, trial)| {
                let total: f32 = trial.behind.iter().map(|behind| (sharpness * behind).exp()).sum();
                total.ln() - sharpness * right
            })
            .sum()
    };
    let tried = (0..24).map(|step| 0.5 * 1.25f32.powi(step));
    tried.min_by(|a, b| loss(*a).total_cmp(&loss(*b))).unwrap_or(PLAIN.sharpness)
}

/// Logistic regression on the evidence, both kinds of texts counting alike, by gradient descent.
fn scope(trials: &[Trial]) -> [f32; 4] {
    let inside = trials.iter().filter(|trial| trial.in_scope).count() as f32;
    let outside = trials.len() as f32 - inside;
    let mut weights = PLAIN.scope;
    for _ in 0..600 {
        let mut gradient = [0f32; 4];
        for trial in trials {
            let (target, share) = if trial.in_scope { (1.0, 0.5 / inside) } else { (0.0, 0.5 / outside) };
            let inputs = trial.evidence.inputs();
            let error = (logistic(&weights, &inputs) - target) * share;
            gradient.iter_mut().zip(inputs).for_each(|(g, input)| *g += error * input);
        }
        weights.iter_mut().zip(gradient).for_each(|(weight, g)| *weight -= 4.0 * g);
    }
    weights
}

/// Where both kinds of mistakes together are rarest.
fn in_scope_threshold(scale: &Scale, trials: &[Trial]) -> f32 {
    let inside = trials.iter().filter(|trial| trial.in_scope).count() as f32;
    let outside = trials.len() as f32 - inside;
    let mistakes = |at: f32| -> f32 {
        let wrong =
            trials.iter().filter(|trial| (scale.in_scope_chance(&trial.evidence) >= at) != trial.in_scope);
        wrong.map(|trial| 1.0 / if trial.in_scope { inside } else { outside }).sum()
    };
    let tried = (20..=80).map(|percent| percent as f32 / 100.0);
    tried.min_by(|a, b| mistakes(*a).total_cmp(&mistakes(*b))).unwrap_or(PLAIN.in_scope)
}

/// The lowest probability from which answers are right often enough.
fn sure_threshold(scale: &Scale, trials: &[Trial]) -> f32 {
    let known: Vec<(f32, bool)> = trials
        .iter()
        .filter(|trial| trial.in_scope && scale.in_scope_chance(&trial.evidence) >= scale.in_scope)
        .map(|trial| {
            let total: f32 = trial.behind.iter().map(|behind| (scale.sharpness * behind).exp()).sum();
            (scale.in_scope_chance(&trial.evidence) / total, trial.right == Some(0.0))
        })
        .collect();
    let precise = |at: f32| {
        let answered = known.iter().filter(|(p, _)| *p >= at);
        let (all, right) = answered.fold((0, 0), |(all, right), (_, ok)| (all + 1, right + usize::from(*ok)));
        right as f32 >= PRECISION * all as f32
    };
    let mut tried = (20..=80).map(|percent| percent as f32 / 100.0);
    tried.find(|at| precise(*at)).unwrap_or(0.8)
}

fn logistic(weights: &[f32; 4], inputs: &[f32; 4]) -> f32 {
    let sum: f32 = weights.iter().zip(inputs).map(|(weight, input)| weight * input).sum();
    1.0 / (1.0 + (-sum).exp())
}

impl Evidence {
    fn inputs(&self) -> [f32; 4] {
        [1.0, self.best, self.lead, self.known]
    }
}

impl Scale {
    /// The chance that a text with this evidence is in scope.
    pub(crate) fn in_scope_chance(&self, evidence: &Evidence) -> f32 {
        logistic(&self.scope, &evidence.inputs())
    }

    /// What follows from the chance to be in scope and the best intent's probability.
    pub(crate) fn outcome(&self, in_scope: f32, best: f32) -> Outcome {
        match (in_scope >= self.in_scope, best >= self.sure) {
            (true, true) => Outcome::Sure,
            (true, false) => Outcome::Unsure,
            (false, _) => Outcome::None,
        }
    }
}
