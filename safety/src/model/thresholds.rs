//! From which score on a text is danger: chosen on texts that the score had not seen.

use super::{LEVELS, train::TrainingRow};
use crate::lexicon::Level;

/// A text that the model had not seen when it said `score` of it.
#[derive(Debug, Clone, Copy)]
pub struct ScoredText {
    /// Whether it is danger.
    pub danger: bool,
    /// See [`Row::level`].
    pub level: u8,
    /// See [`Row::marked`].
    pub marked: bool,
    /// See [`Row::ordinary`].
    pub ordinary: bool,
    /// What the model said.
    pub score: f32,
    /// How much it counts.
    pub weight: f32,
}

impl ScoredText {
    /// The trial of a row of which the model said `score`.
    pub fn from_row(row: &TrainingRow, score: f32) -> ScoredText {
        let weight = if row.own { 1.0 } else { 0.3 };
        ScoredText {
            danger: row.kind.is_some(),
            level: row.level,
            marked: row.marked,
            ordinary: row.ordinary,
            score,
            weight,
        }
    }

    /// Whether it is taken for danger with these thresholds.
    pub fn is_taken(&self, least: &[[f32; LEVELS]; 2]) -> bool {
        let least = least.get(usize::from(!self.marked)).and_then(|least| least.get(usize::from(self.level)));
        least.is_some_and(|least| self.score >= *least)
    }
}

/// For each level, with marks and without, the least score to be danger, so that of a hundred harmless neighbours no more
/// than `alarms[0]` are, and of a hundred ordinary texts no more than `alarms[1]`. Ordinary texts that no rule is about are
/// what most people write, so for these alone the rest is asked of what has no rule.
pub fn choose_thresholds(trials: &[ScoredText], alarms: [f32; 2]) -> [[f32; LEVELS]; 2] {
    let odds = Odds::fit(trials);
    // From even odds on, upwards in small steps.
    let steps = || (-40i16..200).map(|step| f32::from(step) * 0.05);
    let least = |more: f32, no_rule: f32| {
        let mut least = odds.min_scores(more);
        least.iter_mut().flat_map(|levels| levels.iter_mut().take(NO_RULE)).for_each(|bare| *bare += no_rule);
        least
    };
    let within = |more: &f32| share_taken(trials, false, &least(*more, 0.0)) <= alarms[0];
    let more = steps().find(within).unwrap_or_default();
    let within = |no_rule: &f32| share_taken(trials, true, &least(more, *no_rule)) <= alarms[1];
    least(
        more,
        steps().filter(|no_rule| (0.0..MOST_EXTRA).contains(no_rule)).find(within).unwrap_or(MOST_EXTRA),
    )
}

/// Of a hundred harmless neighbours or ordinary texts, how many are taken for danger, those aside that a certain rule takes: no
/// threshold keeps them out.
fn share_taken(trials: &[ScoredText], ordinary: bool, least: &[[f32; LEVELS]; 2]) -> f32 {
    let harmless = || trials.iter().filter(|trial| !trial.danger && trial.ordinary == ordinary);
    let all: f32 = harmless().map(|trial| trial.weight).sum();
    let taken = harmless().filter(|trial| trial.level < CERTAIN && trial.is_taken(least));
    100.0 * taken.map(|trial| trial.weight).sum::<f32>() / all.max(1.0)
}

/// The first levels: those without a rule.
const NO_RULE: usize = 2;
/// How much more is asked of them at most: beyond it, of a hundred dangers more than one is missed for each ordinary text in a
/// thousand that is spared.
const MOST_EXTRA: f32 = 0.3;
/// What a certain rule needs at most: that the text sounds no more like what is harmless than like danger.
const MOST: f32 = 0.0;
/// The level of certain rules.
const CERTAIN: u8 = Level::Certain as u8;

/// Log-odds of danger: what each level adds, with marks and without, and what a score does.
struct Odds([f32; INPUTS]);

/// The score, the score without marks, no marks, and the levels.
const INPUTS: usize = 3 + LEVELS;

impl Odds {
    fn regression_inputs(trial: &ScoredText) -> [f32; INPUTS] {
        let mut inputs = [0.0; INPUTS];
        let bare = if trial.marked { 0.0 } else { 1.0 };
        for (input, value) in inputs.iter_mut().zip([trial.score, bare * trial.score, bare]) {
            *input = value;
        }
        if let Some(level) = inputs.get_mut(3 + usize::from(trial.level)) {
            *level = 1.0;
        }
        inputs
    }

    /// Logistic regression with a little ridge, by gradient descent.
    fn fit(trials: &[ScoredText]) -> Odds {
        let mut odds = [0f32; INPUTS];
        let all: f32 = trials.iter().map(|trial| trial.weight).sum();
        for _ in 0..1500 {
            let mut slope = odds.map(|weight| -0.002 * weight);
            for trial in trials {
                let inputs = Odds::regression_inputs(trial);
                let sum: f32 = odds.iter().zip(inputs).map(|(weight, input)| weight * input).sum();
                let wrong = if trial.danger { 1.0 } else { 0.0 } - 1.0 / (1.0 + (-sum).exp());
                for (slope, input) in slope.iter_mut().zip(inputs) {
                    *slope += trial.weight * wrong * input / all;
                }
            }
            odds.iter_mut().zip(slope).for_each(|(weight, slope)| *weight += 2.0 * slope);
        }
        Odds(odds)
    }

    /// The scores from which on the log-odds are more than `more`.
    fn min_scores(&self, more: f32) -> [[f32; LEVELS]; 2] {
        let [score, bare_score, bare, levels @ ..] = self.0;
        let mut least = [[0f32; LEVELS]; 2];
        for (row, share) in least.iter_mut().zip([0.0, 1.0]) {
            let mut above = f32::INFINITY;
            for ((at, least), level) in row.iter_mut().enumerate().zip(levels) {
                // A rule that is surer never needs more than one that is less.
                above = above.min((more - level - share * bare) / (score + share * bare_score).max(0.1));
                *least = match at {
                    _ if at == usize::from(CERTAIN) => above.min(MOST),
                    _ => above,
                };
            }
        }
        least
    }
}
