//! Measuring a matcher: what became of each text, and what to do about it.

mod report;

pub use report::ScoreReport;

use intent::{Example, Model, Options, RankingOutcome, Scratch};

/// Into how many parts a site is divided, to try each on what was learnt from the others.
const PARTS: usize = 5;

/// What a matcher made of one text that it was not taught.
#[derive(Debug, Clone)]
pub struct Judged {
    pub text: String,
    pub lang: String,
    /// What is meant; `None`: none of the intents.
    pub intent: Option<String>,
    /// The first intents and their probabilities, best first.
    pub ranked: Vec<(String, f32)>,
    /// How sure it was that the text is in scope.
    pub score: f32,
    pub outcome: RankingOutcome,
}

impl Judged {
    /// The best intent; empty for a text without words.
    pub fn top_intent(&self) -> &str {
        self.ranked.first().map_or("", |(intent, _)| intent)
    }

    pub fn is_right(&self) -> bool {
        self.intent.as_deref() == Some(self.top_intent())
    }

    pub fn is_rejected(&self) -> bool {
        self.outcome == RankingOutcome::None
    }
}

/// What `model` makes of `examples`.
pub fn judge_examples(model: &Model, examples: &[Example]) -> Vec<Judged> {
    let mut scratch = Scratch::default();
    let name = |index: usize| model.intents().get(index).cloned().unwrap_or_default();
    let judged = examples.iter().map(|example| {
        let ranking = model.rank_all(&example.text, &example.lang, &mut scratch);
        Judged {
            text: example.text.clone(),
            lang: example.lang.clone(),
            intent: example.intent.clone(),
            ranked: ranking.ranked.iter().map(|one| (name(one.intent), one.p)).collect(),
            score: ranking.score,
            outcome: ranking.outcome,
        }
    });
    judged.collect()
}

/// What becomes of each phrase of `examples` if it is left out of the training with every fifth of the others. Weaker
/// evidence is learnt from, and not tried.
///
/// # Errors
/// If there is too little to learn from.
pub fn cross_validate(examples: &[Example], options: &Options) -> anyhow::Result<Vec<Judged>> {
    let mut judged = Vec::new();
    for part in 0..PARTS {
        let (mut taught, mut left) = (Vec::new(), Vec::new());
        for (index, example) in examples.iter().enumerate() {
            let is_left = index % PARTS == part && example.weight >= 1.0;
            if is_left { left.push(example.clone()) } else { taught.push(example.clone()) }
        }
        let model = intent::train(&taught, options, &mut |_| {})?;
        judged.extend(judge_examples(&model, &left));
    }
    Ok(judged)
}
