//! What there is to beat, in the same run: a plain linear classifier (softmax regression on words and pairs of words, as
//! they are typed), trained by stochastic gradient descent.

use crate::data::Dice;
use intent::Example;
use std::collections::HashMap;

const EPOCHS: usize = 25;
const RATE: f32 = 0.5;

pub struct Plain {
    intents: Vec<String>,
    /// By feature and then by intent.
    weights: HashMap<String, Vec<f32>>,
}

impl Plain {
    pub fn train(examples: &[Example]) -> Plain {
        let mut intents: Vec<String> = examples.iter().filter_map(|example| example.intent.clone()).collect();
        intents.sort();
        intents.dedup();
        let known: Vec<(Vec<String>, usize)> = examples
            .iter()
            .filter_map(|example| {
                Some((extract_features(&example.text), intents.binary_search(example.intent.as_ref()?).ok()?))
            })
            .collect();
        let mut plain = Plain { intents, weights: HashMap::new() };
        let mut dice = Dice::new(1);
        for step in 0..EPOCHS * known.len() {
            let rate = RATE * (1.0 - step as f32 / (EPOCHS * known.len()) as f32);
            let (features, intent) = &known[dice.roll(known.len())];
            let mut chances = plain.intent_probabilities(features);
            chances[*intent] -= 1.0;
            let value = feature_value(features);
            for feature in features {
                let weights =
                    plain.weights.entry(feature.clone()).or_insert_with(|| vec![0.0; chances.len()]);
                for (weight, slope) in weights.iter_mut().zip(&chances) {
                    *weight -= rate * value * slope;
                }
            }
        }
        plain
    }

    /// The most likely intent, and how likely it is.
    pub fn best_intent(&self, text: &str) -> (&str, f32) {
        let chances = self.intent_probabilities(&extract_features(text));
        let best = chances.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
        best.map_or(("", 0.0), |(at, chance)| (&self.intents[at], *chance))
    }

    fn intent_probabilities(&self, features: &[String]) -> Vec<f32> {
        let mut scores = vec![0f32; self.intents.len()];
        for weights in features.iter().filter_map(|feature| self.weights.get(feature)) {
            scores
                .iter_mut()
                .zip(weights)
                .for_each(|(score, weight)| *score += feature_value(features) * weight);
        }
        let best = scores.iter().copied().fold(f32::MIN, f32::max);
        scores.iter_mut().for_each(|score| *score = (10.0 * (*score - best)).exp());
        let sum: f32 = scores.iter().sum();
        scores.into_iter().map(|score| score / sum).collect()
    }
}

fn extract_features(text: &str) -> Vec<String> {
    let words: Vec<String> = text
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let pairs: Vec<String> = words.windows(2).map(|pair| pair.join(" ")).collect();
    words.into_iter().chain(pairs).collect()
}

fn feature_value(features: &[String]) -> f32 {
    1.0 / (features.len().max(1) as f32).sqrt()
}
