//! How scores become probabilities and outcomes: fitted on texts that the weights had not seen.
//!
//! Two kinds of unseen texts are made of the examples themselves ([`held`]). Texts are left out with others: so we
//! learn how scores look when the intent is known. And intents are left out with others: their texts then are what
//! nobody taught, near to the rest and yet none of them. Texts that the site itself declares to be out of scope, and
//! those of a development set, are used as they are.

mod fit;
pub mod held;

use crate::{
    example::Example,
    model::{INPUTS, Model, Scale},
    rank::{Evidence, RankingOutcome, Scratch},
};

/// Among the texts answered without asking back, at least this share must be right.
const PRECISION: f32 = 0.97;
/// What it costs to take a text out of scope for one in scope, if the contrary costs 1. The texts tried are nearer to the
/// intents than what visitors ask beyond them, and a needless rejection is the dearer mistake: someone has to answer.
const OUTSIDE: f32 = 0.35;
/// So many texts are enough for the sharpness.
const ENOUGH: usize = 1_500;

/// Until something is fitted.
pub const PLAIN: Scale =
    Scale { sharpness: 4.0, scope: [0.0, 2.0, 1.0, 1.0, 1.0, -1.0], in_scope: 0.5, sure: 0.5 };

/// What happened to one unseen text.
#[derive(Debug)]
pub struct Trial {
    pub evidence: Evidence,
    /// Each score's distance to the best one.
    pub behind: Vec<f32>,
    /// That of the right intent, if there is one.
    pub right: Option<f32>,
    /// If it is out of scope: whether it was declared to be, and not of an intent that was left out.
    pub declared: bool,
}

impl Trial {
    /// A trial of a text with these `scores`.
    pub fn new(scores: &[f32], evidence: Evidence, right: Option<usize>, declared: bool) -> Trial {
        let right = right.and_then(|intent| scores.get(intent)).map(|score| score - evidence.best);
        Trial {
            evidence,
            behind: scores.iter().map(|score| score - evidence.best).collect(),
            right,
            declared,
        }
    }

    fn is_right(&self) -> bool {
        self.right.is_some_and(|behind| behind >= 0.0)
    }
}

/// What a threshold is chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// As few mistakes as possible on texts such as those tried.
    Accuracy,
    /// As [`OUTSIDE`] weighs them, however many were tried of each.
    Balance,
}

/// Fits the scale to `trials`.
pub fn fit_scale(trials: &[Trial]) -> Scale {
    let inside = trials.iter().filter(|trial| trial.right.is_some()).count();
    if inside == 0 {
        return PLAIN;
    }
    let mut scale = Scale { sharpness: fit_sharpness(trials), ..PLAIN };
    if inside < trials.len() {
        scale.scope = fit_scope_regression(trials);
        choose_thresholds(&mut scale, trials, Aim::Balance);
    }
    scale
}

/// Chooses both thresholds on `trials`.
pub fn choose_thresholds(scale: &mut Scale, trials: &[Trial], aim: Aim) {
    scale.in_scope = in_scope_threshold(scale, trials, aim);
    scale.sure = sure_threshold(scale, trials);
}

/// What `model` makes of examples that were not taught.
pub fn try_out(model: &Model, examples: &[Example]) -> Vec<Trial> {
    let mut scratch = Scratch::default();
    let tried = examples.iter().filter_map(|example| {
        let evidence = model.score_intents(&example.text, &example.lang, &mut scratch)?;
        let intent = example.intent.as_ref().and_then(|name| model.intents().binary_search(name).ok());
        // An intent that was never taught is out of scope.
        Some(Trial::new(scratch.scores(), evidence, intent, intent.is_none()))
    });
    tried.collect()
}

/// The sharpness under which the right intents are most likely.
fn fit_sharpness(trials: &[Trial]) -> f32 {
    let known: Vec<(&Trial, f32)> = trials.iter().filter_map(|trial| Some((trial, trial.right?))).collect();
    let step = known.len().div_ceil(ENOUGH).max(1);
    let loss = |sharpness: f32| -> f32 {
        let each = known
            .iter()
            .step_by(step)
            .map(|(trial, right)| trial.sum_of_exponentials(sharpness).ln() - sharpness * right);
        each.sum()
    };
    fit::minimise_by_golden_section(0.5, 40.0, loss)
}

impl Trial {
    /// What the exponentials of all scores sum to; that of the best one is 1.
    fn sum_of_exponentials(&self, sharpness: f32) -> f32 {
        self.behind.iter().map(|behind| (sharpness * behind).exp()).sum()
    }
}

/// How much each trial counts if texts in scope and out of scope count alike, and of the latter both kinds.
fn trial_weights(trials: &[Trial]) -> impl Fn(&Trial) -> f32 {
    let count = |is: fn(&Trial) -> bool| trials.iter().filter(|trial| is(trial)).count() as f32;
    let inside = count(|trial| trial.right.is_some());
    let declared = count(|trial| trial.right.is_none() && trial.declared);
    let left_out = trials.len() as f32 - inside - declared;
    let each = if declared > 0.0 && left_out > 0.0 { 0.25 } else { 0.5 };
    move |trial| match (trial.right, trial.declared) {
        (Some(_), _) => 0.5 / inside,
        (None, true) => each / declared,
        (None, false) => each / left_out,
    }
}

/// Logistic regression on the evidence.
fn fit_scope_regression(trials: &[Trial]) -> [f32; INPUTS] {
    let share = trial_weights(trials);
    let row = |trial: &Trial| fit::RegressionRow {
        inputs: trial.evidence.regression_inputs(),
        target: if trial.right.is_some() { 1.0 } else { 0.0 },
        share: share(trial),
    };
    fit::fit_logistic_regression(&trials.iter().map(row).collect::<Vec<_>>(), PLAIN.scope)
}

/// Where mistakes are rarest: a text in scope that is rejected or taken for another, a text out of scope that is not.
fn in_scope_threshold(scale: &Scale, trials: &[Trial], aim: Aim) -> f32 {
    let share = trial_weights(trials);
    let mut chances: Vec<(f32, f32)> = trials
        .iter()
        .filter(|trial| trial.right.is_none() || trial.is_right())
        .map(|trial| {
            let cost = match (aim, trial.right) {
                (Aim::Accuracy, Some(_)) => 1.0,
                (Aim::Accuracy, None) => -1.0,
                (Aim::Balance, Some(_)) => share(trial),
                (Aim::Balance, None) => -OUTSIDE * share(trial),
            };
            (scale.in_scope_chance(&trial.evidence), cost)
        })
        .collect();
    chances.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    fit::choose_cut(&chances).clamp(0.02, 0.98)
}

/// The lowest probability from which answers are right often enough.
fn sure_threshold(scale: &Scale, trials: &[Trial]) -> f32 {
    let known: Vec<(f32, bool)> = trials
        .iter()
        .filter(|trial| trial.right.is_some())
        .map(|trial| (trial, scale.in_scope_chance(&trial.evidence)))
        .filter(|(_, chance)| *chance >= scale.in_scope)
        .map(|(trial, chance)| (chance / trial.sum_of_exponentials(scale.sharpness), trial.is_right()))
        .collect();
    let precise = |at: f32| {
        let answered = known.iter().filter(|(p, _)| *p >= at);
        let (all, right) = answered.fold((0, 0), |(all, right), (_, ok)| (all + 1, right + usize::from(*ok)));
        right as f32 >= PRECISION * all as f32
    };
    let mut tried = (40..=80).map(|percent| percent as f32 / 100.0);
    tried.find(|at| precise(*at)).unwrap_or(0.8)
}

impl Scale {
    /// The chance that a text with this evidence is in scope.
    pub(crate) fn in_scope_chance(&self, evidence: &Evidence) -> f32 {
        fit::logistic_probability(&self.scope, &evidence.regression_inputs())
    }

    /// What follows from the chance to be in scope and the best intent's probability.
    pub(crate) fn decide_outcome(&self, in_scope: f32, best: f32) -> RankingOutcome {
        match (in_scope >= self.in_scope, best >= self.sure) {
            (true, true) => RankingOutcome::Sure,
            (true, false) => RankingOutcome::Unsure,
            (false, _) => RankingOutcome::None,
        }
    }
}
