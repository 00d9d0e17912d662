//! Ranking the intents of one text.

use crate::{
    features::{BLOCKS, Extractor, feature_block},
    model::{INPUTS, Model},
    rows::{block_length, term_frequency},
    weights::smallest_weight,
};

/// How many intents a ranking names at most.
pub const RANKED: usize = 3;

/// What a text is taken to mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// The most likely intents, best first; empty for a text without words.
    pub ranked: Vec<Ranked>,
    /// The probability that none of the intents is meant. With those of all intents it sums to 1.
    pub none: f32,
    /// Rises with how sure it is that the text is in scope, also where it is rejected; 0 to 1.
    pub score: f32,
    /// What follows from that.
    pub outcome: RankingOutcome,
}

/// An intent and its probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// An index into [`Model::intents`].
    pub intent: usize,
    /// 0 to 1.
    pub p: f32,
}

/// What to do with a ranking. The thresholds are the model's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RankingOutcome {
    /// Answer the first.
    Sure,
    /// Ask which of those ranked is meant.
    Unsure,
    /// None of them.
    None,
}

/// Room that is used again from text to text, so that matching does not allocate.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(crate) extractor: Extractor,
    pub(crate) spelling: crate::spelling::Mender,
    /// The features that are known: where each stands, its block, and how much it counts.
    known: Vec<(usize, usize, f32)>,
    scores: Vec<f32>,
    meaning: Vec<f32>,
}

impl Scratch {
    /// The scores of the last text, by intent.
    pub(crate) fn scores(&self) -> &[f32] {
        &self.scores
    }

    /// The meaning of the last text, by dimension.
    pub(crate) fn text_meaning(&self) -> &[f32] {
        &self.meaning
    }
}

/// What is known about a text when it is decided whether it is in scope.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Evidence {
    /// The best score.
    pub best: f32,
    /// How far the second is behind.
    pub lead: f32,
    /// By block, how much of the text is known from training: the share of its squared length, 0 to 1.
    pub known: [f32; BLOCKS],
    /// The score of being out of scope; [`Evidence::NO_STRANGERS`] if that was not learnt.
    pub strange: f32,
}

impl Evidence {
    /// The score of a text far from all that is out of scope.
    pub const NO_STRANGERS: f32 = -1.0;

    /// What `scores` say.
    pub fn from_scores(
        scores: impl Iterator<Item = f32>,
        known: [f32; BLOCKS],
        strange: Option<f32>,
    ) -> Evidence {
        let (mut best, mut second) = (f32::MIN, f32::MIN);
        for score in scores {
            second = second.max(score.min(best));
            best = best.max(score);
        }
        // With one intent alone there is no second; then it is as far behind as scores go.
        Evidence {
            best,
            lead: best - second.max(best - 4.0),
            known,
            strange: strange.unwrap_or(Evidence::NO_STRANGERS),
        }
    }

    /// As numbers, the constant first.
    pub fn regression_inputs(&self) -> [f32; INPUTS] {
        let [words, pieces] = self.known;
        [1.0, self.best, self.lead, words, pieces, self.strange]
    }
}

impl Model {
    /// Ranks the intents of `text`. `lang` is the visitor's language: it decides about synonyms; words are one for
    /// all languages.
    ///
    /// Where the visitor is to be asked which of several is meant, only those that are really likely are named. Where even
    /// the likeliest is far less likely than that none is meant, a question back would lead away: then none is.
    pub fn rank(&self, text: &str, lang: &str, scratch: &mut Scratch) -> Ranking {
        let Ranking { ranked, none, score, outcome } = self.rank_all(text, lang, scratch);
        let outcome = without_weak_question(ranked.first().map_or(0.0, |first| first.p), none, outcome);
        Ranking { ranked: keep_plausible(ranked, outcome), none, score, outcome }
    }

    /// As [`Model::rank`], but always names [`RANKED`] intents if there are so many, and says by the thresholds alone what
    /// follows: what the matcher is measured by.
    pub fn rank_all(&self, text: &str, lang: &str, scratch: &mut Scratch) -> Ranking {
        let Some(evidence) = self.score_intents(text, lang, scratch) else {
            return Ranking { ranked: Vec::new(), none: 1.0, score: 0.0, outcome: RankingOutcome::None };
        };
        let in_scope = self.scale.in_scope_chance(&evidence).min(in_scope_ceiling(evidence.known));
        let sharpness = self.scale.sharpness;
        let likely = |score: f32| (sharpness * (score - evidence.best)).exp();
        let part = in_scope / scratch.scores.iter().map(|score| likely(*score)).sum::<f32>();
        let ranked: Vec<Ranked> = best_scores(&scratch.scores)
            .map(|(intent, score)| Ranked { intent, p: part * likely(score) })
            .collect();
        let outcome = self.scale.decide_outcome(in_scope, ranked.first().map_or(0.0, |first| first.p));
        Ranking { ranked, none: 1.0 - in_scope, score: in_scope, outcome }
    }

    /// Fills `scratch.scores` with a score for each intent; `None` for a text without words.
    pub(crate) fn score_intents(&self, text: &str, lang: &str, scratch: &mut Scratch) -> Option<Evidence> {
        let Scratch { extractor, spelling, known, scores, meaning } = scratch;
        spelling.begin_text();
        extractor.extract(text, lang, &self.synonyms, |word, out| spelling.correct_word(self, word, out));
        let counted = extractor.feature_counts();
        if counted.is_empty() || self.intents.is_empty() {
            return None;
        }
        known.clear();
        let (mut squares, mut shares) = ([0f32; BLOCKS], [0f32; BLOCKS]);
        for (hash, count) in counted {
            let (index, block) = (self.index.find(*hash), feature_block(*hash));
            let value =
                term_frequency(*count) * index.map_or(self.unseen, |index| self.feature_rarity(index));
            add_to_block(&mut squares, block, value * value);
            let Some(index) = index else { continue };
            add_to_block(&mut shares, block, value * value);
            known.push((index, block, value));
        }
        let units = squares.map(|square| smallest_weight(self.largest) / block_length(square));
        scores.clear();
        scores.extend_from_slice(&self.biases);
        for (index, block, value) in known.iter() {
            let unit = units.get(*block).copied().unwrap_or_default();
            self.weights.add_weighted(*index, *value * unit, scores);
        }
        if let (Some(table), Some(sense)) = (self.meaning.get(), &self.sense) {
            table.embed(extractor.word_hashes(), meaning);
            sense.add_scores(meaning, scores);
        }
        let share = |known: f32, all: f32| if all > 0.0 { known / all } else { 0.0 };
        let ([words, pieces], [all_words, all_pieces]) = (shares, squares);
        let known = [share(words, all_words), share(pieces, all_pieces)];
        let strange = scores.get(self.intents.len()).copied();
        scores.truncate(self.intents.len());
        Some(Evidence::from_scores(scores.iter().copied(), known, strange))
    }
}

/// The [`RANKED`] highest scores, the highest first, with where they stand; of equal ones, the first.
fn best_scores(scores: &[f32]) -> impl Iterator<Item = (usize, f32)> {
    let mut best = [(usize::MAX, f32::MIN); RANKED];
    for (at, score) in scores.iter().enumerate() {
        let mut next = (at, *score);
        // Nearly no score gets past the last place.
        if best.last().is_some_and(|(_, last)| next.1 > *last) {
            for place in &mut best {
                if next.1 > place.1 {
                    std::mem::swap(place, &mut next);
                }
            }
        }
    }
    best.into_iter().filter(|(at, _)| *at < usize::MAX)
}

fn add_to_block(values: &mut [f32; BLOCKS], block: usize, value: f32) {
    if let Some(slot) = values.get_mut(block) {
        *slot += value;
    }
}

/// The most that a text's chance to be in scope can be. Where not one word is known, only pieces speak for it; a small
/// site has too few examples to have learnt that from them.
fn in_scope_ceiling([words, pieces]: [f32; BLOCKS]) -> f32 {
    if words > 0.0 { 1.0 } else { pieces }
}

/// Nobody is asked whether he means something that is less than half as likely as that he means none of it.
fn without_weak_question(best: f32, none: f32, outcome: RankingOutcome) -> RankingOutcome {
    if outcome == RankingOutcome::Unsure && best * 2.0 < none { RankingOutcome::None } else { outcome }
}

/// When asking back, only what is really likely is offered.
fn keep_plausible(ranked: Vec<Ranked>, outcome: RankingOutcome) -> Vec<Ranked> {
    let best = ranked.first().map_or(0.0, |first| first.p);
    match outcome {
        RankingOutcome::Unsure => ranked.into_iter().filter(|one| one.p * 8.0 >= best).collect(),
        RankingOutcome::Sure | RankingOutcome::None => ranked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_far_behind_none_is_not_asked() {
        let asked =
            |best, none| without_weak_question(best, none, RankingOutcome::Unsure) == RankingOutcome::Unsure;
        for (best, none, expected) in [
            (0.20, 0.61, false),
            (0.25, 0.55, false),
            (0.30, 0.65, false),
            (0.12, 0.30, false),
            (0.30, 0.60, true),
            (0.31, 0.40, true),
            (0.45, 0.10, true),
            (0.26, 0.50, true),
        ] {
            assert_eq!(asked(best, none), expected, "{best} against {none}");
        }
        assert_eq!(without_weak_question(0.2, 0.6, RankingOutcome::Sure), RankingOutcome::Sure);
        assert_eq!(without_weak_question(0.5, 0.5, RankingOutcome::None), RankingOutcome::None);
    }
}
