//! Which words and pieces of words spoke for an intent, and which against.

use crate::{
    features::{BLOCKS, WordHash, feature_block, pair_hash, piece_hash},
    model::Model,
    rank::Scratch,
    rows::{block_length, term_frequency},
    weights::smallest_weight,
};
use std::collections::BTreeMap;

/// How a text came to its intents.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// The words as they were read, slips of the keyboard mended.
    pub words: Vec<String>,
    /// The first intents, best first: index, score, and what it is the sum of, the strongest first.
    pub intents: Vec<(usize, f32, Vec<FeatureContribution>)>,
}

/// What one feature adds to an intent's score.
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureContribution {
    /// The word, the two words, or the piece of a word with `_` for its border. Empty: what is there before any word.
    pub what: String,
    /// What it adds; negative if it speaks against the intent.
    pub adds: f32,
}

/// What the meaning of all words together adds, where a table of meaning is attached.
const MEANING: &str = "(what the words mean)";

impl Model {
    /// How `text`, written in `lang`, came to its first `most` intents; those of a text without words have no parts.
    pub fn explain(&self, text: &str, lang: &str, most: usize) -> Explained {
        let mut scratch = Scratch::default();
        let scores = match self.score_intents(text, lang, &mut scratch) {
            Some(_) => scratch.scores().to_vec(),
            None => self.biases.iter().copied().take(self.intents.len()).collect(),
        };
        let words = self.corrected_words(text, lang, &mut scratch);
        let mut best: Vec<(usize, f32)> = scores.into_iter().enumerate().collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.truncate(most);
        let features = count_features(&words);
        let mut squares = [0f32; BLOCKS];
        let value = |hash: u32, count: u32| {
            term_frequency(count)
                * self.index.find(hash).map_or(self.unseen, |index| self.feature_rarity(index))
        };
        for (hash, (_, count)) in &features {
            squares
                .iter_mut()
                .skip(feature_block(*hash))
                .take(1)
                .for_each(|s| *s += value(*hash, *count).powi(2));
        }
        let lengths = squares.map(block_length);
        let parts = |intent: usize| {
            let mut parts: Vec<FeatureContribution> = features
                .iter()
                .filter_map(|(hash, (what, count))| {
                    let mut weights = self.weights.feature_weights(self.index.find(*hash)?);
                    let (_, worth) = weights.find(|(of, _)| usize::from(*of) == intent)?;
                    let size = value(*hash, *count) / lengths.get(feature_block(*hash))?;
                    Some(FeatureContribution {
                        what: what.clone(),
                        adds: size * smallest_weight(self.largest) * f32::from(worth),
                    })
                })
                .collect();
            if let (Some(_), Some(sense)) = (self.meaning.get(), &self.sense) {
                let mut adds = vec![0.0; self.biases.len()];
                sense.add_scores(scratch.text_meaning(), &mut adds);
                parts.push(FeatureContribution {
                    what: MEANING.to_owned(),
                    adds: adds.get(intent).copied().unwrap_or_default(),
                });
            }
            let bias = self.biases.get(intent).copied().unwrap_or_default();
            parts.push(FeatureContribution { what: String::new(), adds: bias });
            parts.sort_by(|a, b| b.adds.abs().total_cmp(&a.adds.abs()).then_with(|| a.what.cmp(&b.what)));
            parts
        };
        let intents = best.into_iter().map(|(intent, score)| (intent, score, parts(intent))).collect();
        Explained { words, intents }
    }

    /// The words of `text`, slips mended.
    fn corrected_words(&self, text: &str, lang: &str, scratch: &mut Scratch) -> Vec<String> {
        let mut words = Vec::new();
        scratch.spelling.begin_text();
        let spelling = &mut scratch.spelling;
        scratch.extractor.extract(text, lang, &self.synonyms, |word, out| {
            let mended = spelling.correct_word(self, word, out);
            words.push(if mended { out.clone() } else { word.to_owned() });
            mended
        });
        words
    }
}

/// The features of `words` by their hashes, with what they are and how often they occur.
fn count_features(words: &[String]) -> BTreeMap<u32, (String, u32)> {
    let mut out = BTreeMap::new();
    let mut add = |hash: u32, what: &str| out.entry(hash).or_insert_with(|| (what.to_owned(), 0)).1 += 1;
    for (word, after) in words.iter().zip(words.iter().skip(1).map(Some).chain([None])) {
        add(WordHash::hash_of(word), word);
        if let Some(after) = after {
            add(pair_hash(WordHash::hash_of(word), WordHash::hash_of(after)), &format!("{word} {after}"));
        }
        let letters: Vec<char> = format!("_{word}_").chars().collect();
        for size in 2..=5 {
            for piece in letters.windows(size) {
                let piece: String = piece.iter().collect();
                add(piece_hash(&piece), &piece);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{features::Extractor, synonyms::SynonymRules};

    #[test]
    fn the_features_explained_are_those_matched() {
        let text = "làm giấy khai sinh cho con, giấy gì ạ";
        let words = crate::normalised_words(text);
        let ours: Vec<(u32, u32)> =
            count_features(&words).into_iter().map(|(hash, (_, count))| (hash, count)).collect();
        assert_eq!(ours, Extractor::default().extract(text, "vi", &SynonymRules::default(), |_, _| false));
    }
}
