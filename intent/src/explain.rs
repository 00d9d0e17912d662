//! Which words spoke for an intent.

use crate::{model::Model, normalise::words, rank::Scratch};

impl Model {
    /// For the first `most` intents of `text`: each of its words, with how much the intent's score falls without it.
    /// Gives the words by intent, and the intents' indices, best first.
    pub fn explain(&self, text: &str, most: usize) -> (Vec<Vec<(String, f32)>>, Vec<usize>) {
        let mut scratch = Scratch::default();
        let words = words(text);
        let mut scores_of = |text: &str| {
            let scored = self.score(text, &mut scratch).is_some();
            if scored { scratch.scores().to_vec() } else { self.biases.clone() }
        };
        let whole = scores_of(text);
        let mut best: Vec<usize> = (0..whole.len()).collect();
        best.sort_by(|a, b| whole.get(*b).partial_cmp(&whole.get(*a)).unwrap_or(std::cmp::Ordering::Equal));
        best.truncate(most);
        let mut out = vec![Vec::new(); best.len()];
        for skip in 0..words.len() {
            let rest: Vec<&str> =
                words.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, w)| w.as_str()).collect();
            let without = scores_of(&rest.join(" "));
            for (intent, list) in best.iter().zip(&mut out) {
                let fall = whole
                    .get(*intent)
                    .zip(without.get(*intent))
                    .map_or(0.0, |(with, without)| with - without);
                list.extend(words.get(skip).map(|word| (word.clone(), fall)));
            }
        }
        (out, best)
    }
}
