//! Training.

use crate::{
    calibrate::{self, Aim, held},
    choose,
    example::{Example, Options},
    model::Model,
    parallel,
    rows::build_rows,
    solver::{LANES, Solver, TrainingTask},
};

/// How far training has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Intents learnt.
    pub done: usize,
    /// Intents to learn.
    pub of: usize,
}

/// From so many texts out of scope on, they are learnt like an intent.
const STRANGERS: usize = 5;

/// Why there is nothing to train on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrainError {
    /// No example names an intent.
    #[error("no example names an intent")]
    NoIntents,
    /// More intents than the model file can number.
    #[error("more than 65534 intents")]
    TooManyIntents,
    /// An intent's name is empty or longer than [`crate::MAX_NAME`].
    #[error("an intent's name is empty or longer than {} bytes", crate::MAX_NAME)]
    Name,
}

/// Trains a model. Deterministic for the examples, whatever their order, and the seed.
///
/// # Errors
/// Any [`TrainError`].
pub fn train(
    examples: &[Example],
    options: &Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<Model, TrainError> {
    train_with(examples, &[], options, progress)
}

/// Trains a model, and chooses its thresholds on the texts of `dev`, where there are any: so that there as few texts as
/// possible are taken for another intent than theirs, rejected though in scope, or accepted though out of scope.
///
/// # Errors
/// Any [`TrainError`].
pub fn train_with(
    examples: &[Example],
    dev: &[Example],
    options: &Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<Model, TrainError> {
    let mut examples: Vec<&Example> = examples.iter().collect();
    examples.sort_by(|a, b| {
        let texts = (&a.text, &a.intent, &a.lang).cmp(&(&b.text, &b.intent, &b.lang));
        texts.then(a.weight.total_cmp(&b.weight))
    });
    let names = intent_names(&examples);
    if names.is_empty() {
        return Err(TrainError::NoIntents);
    }
    if names.len() >= usize::from(u16::MAX) {
        return Err(TrainError::TooManyIntents);
    }
    if names.iter().any(|name| name.is_empty() || name.len() > crate::MAX_NAME) {
        return Err(TrainError::Name);
    }
    let mut model = learn_model(&examples, names, options, progress);
    if !dev.is_empty() {
        let trials = calibrate::try_out(&model, dev);
        calibrate::choose_thresholds(&mut model.scale, &trials, Aim::Accuracy);
    }
    Ok(model)
}

/// The intents, sorted.
fn intent_names(examples: &[&Example]) -> Vec<String> {
    let mut names: Vec<String> = examples.iter().filter_map(|example| example.intent.clone()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn learn_model(
    examples: &[&Example],
    names: Vec<String>,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
) -> Model {
    let (rows, vocabulary) = build_rows(examples, options);
    let n = names.len();
    let strangers = examples.iter().filter(|example| example.intent.is_none()).count();
    // Enough texts out of scope are learnt like one more intent: what they have in common is the best sign of them.
    let machines = if strangers >= STRANGERS { n + 1 } else { n };
    let intent_of = |example: &&Example| match &example.intent {
        Some(name) => Some(names.binary_search(name).ok()? as u16),
        None => (machines > n).then_some(n as u16),
    };
    let intents: Vec<Option<u16>> = examples.iter().map(intent_of).collect();
    let task = TrainingTask {
        rows: &rows,
        intents: &intents,
        shares: &examples.iter().map(|example| example.weight).collect::<Vec<_>>(),
        order: &shuffled_indices(rows.len(), options.seed),
        features: vocabulary.hashes.len() + options.meaning.as_ref().map_or(0, |table| table.dimensions()),
    };
    let folds = held::make_folds(&task, n);
    let learnt = parallel::map(
        machines.div_ceil(LANES),
        |block| {
            let solver = Solver::train(&task, block * LANES);
            let scores: Vec<held::Scores> =
                folds.iter().map(|fold| fold.held_out_scores(&task, &solver)).collect();
            (solver, scores)
        },
        |done| progress(Progress { done: (done * LANES).min(n), of: n }),
    );
    let (solvers, scores): (Vec<Solver>, Vec<Vec<held::Scores>>) = learnt.into_iter().unzip();
    let mut model = choose::build_model(names, machines, &vocabulary, &rows, &solvers, options);
    let mut trials = Vec::new();
    for (at, fold) in folds.iter().enumerate() {
        let scores: Vec<&held::Scores> = scores.iter().filter_map(|of_solver| of_solver.get(at)).collect();
        trials.extend(fold.run_trials(&task, &vocabulary, &model.index, &scores));
    }
    model.scale = calibrate::fit_scale(&trials);
    model
}

/// 0 to `n` in an order that only the seed decides (Fisher and Yates, with a small linear generator).
fn shuffled_indices(n: usize, seed: u64) -> Vec<u32> {
    let mut order: Vec<u32> = (0..).take(n).collect();
    let mut state = seed ^ 0x9e37_79b9_7f4a_7c15;
    for i in (1..n).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(i, (state >> 33) as usize % (i + 1));
    }
    order
}
