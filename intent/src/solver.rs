//! One-against-rest linear support vector machines with the squared hinge loss, by dual coordinate descent (Hsieh et
//! al., "A dual coordinate descent method for large-scale linear SVM", ICML 2008).
//!
//! A text is visited once for [`LANES`] intents: reading a row and jumping to its features is most of the cost, and is
//! shared. Most texts soon hold no intent's border and are not visited again (the paper's shrinking, without its
//! bookkeeping). What one solver learnt is a good beginning for learning without some texts, which is how
//! [`Solver::retrain_without`] finds in a pass or two what a text's scores would be, had it not been taught.

use crate::rows::{Rows, SparseRow};

/// How many intents are learnt together.
pub const LANES: usize = 8;
/// A value for each of them.
pub type Lanes = [f32; LANES];

/// The cost of a mistake on a text of weight 1.
const COST: f32 = 1.0;
/// Most passes over the texts.
const PASSES: usize = 40;
/// A pass that changes no multiplier by more than this is the last.
const CLOSE: f32 = 0.001;
/// The pass that visits all texts once more, since some were left too early.
const AGAIN: usize = 4;
/// Passes after some texts were taken out.
const REPAIRS: usize = 2;

/// What all solvers of a training share.
pub struct TrainingTask<'a> {
    /// The texts.
    pub rows: &'a Rows,
    /// The intent of each; `None` is of none.
    pub intents: &'a [Option<u16>],
    /// How much each counts.
    pub shares: &'a [f32],
    /// In which order they are visited.
    pub order: &'a [u32],
    /// How many features there are.
    pub features: usize,
}

/// The machines of [`LANES`] intents.
#[derive(Clone)]
pub struct Solver {
    /// The first of the intents.
    first: usize,
    /// By feature.
    pub weights: Vec<Lanes>,
    /// The bias of each intent.
    pub bias: Lanes,
    /// Each text's multipliers.
    alpha: Vec<Lanes>,
}

impl Solver {
    /// Learns to tell the intents from `first` on from all other texts.
    pub fn train(task: &TrainingTask<'_>, first: usize) -> Solver {
        let mut solver = Solver {
            first,
            weights: vec![Lanes::default(); task.features],
            bias: Lanes::default(),
            alpha: vec![Lanes::default(); task.rows.len()],
        };
        let mut active = task.order.to_vec();
        for pass in 0..PASSES {
            let change = solver.run_pass(task, &mut active);
            if change < CLOSE && pass > 0 {
                break;
            }
            if pass + 1 == AGAIN {
                active = task.order.to_vec();
            }
        }
        solver
    }

    /// The same, had the texts that are `held` not been taught.
    pub fn retrain_without(&self, task: &TrainingTask<'_>, held: &[bool]) -> Solver {
        let mut solver = self.clone();
        let is_held = |index: &u32| held.get(*index as usize).copied().unwrap_or_default();
        for index in task.order.iter().filter(|index| is_held(index)) {
            let row = task.rows.row(*index as usize);
            let change = solver.remove_text(task, *index as usize);
            solver.add_change(row, &change);
        }
        let mut active: Vec<u32> = task.order.iter().copied().filter(|index| !is_held(index)).collect();
        for _ in 0..REPAIRS {
            solver.run_pass(task, &mut active);
        }
        solver
    }

    /// The scores of a row.
    pub fn row_scores(&self, (features, values): SparseRow<'_>) -> Lanes {
        let mut scores = self.bias;
        for (feature, value) in features.iter().zip(values) {
            if let Some(weights) = self.weights.get(*feature as usize) {
                for (score, weight) in scores.iter_mut().zip(weights) {
                    *score += value * weight;
                }
            }
        }
        scores
    }

    /// Visits the `active` texts and leaves those in it that are worth another visit. Gives the largest change.
    fn run_pass(&mut self, task: &TrainingTask<'_>, active: &mut Vec<u32>) -> f32 {
        let mut largest = 0f32;
        active.retain(|index| {
            let row = task.rows.row(*index as usize);
            let (change, again) = self.optimise_text(task, *index as usize, row);
            let most = change.iter().fold(0f32, |most, change| most.max(change.abs()));
            if most > 0.0 {
                largest = largest.max(most);
                self.add_change(row, &change);
            }
            again
        });
        largest
    }

    /// The best multipliers for one text while all others stay, as changes of its part in the weights; and whether it
    /// holds a border of any of the intents.
    fn optimise_text(&mut self, task: &TrainingTask<'_>, index: usize, row: SparseRow<'_>) -> (Lanes, bool) {
        let scores = self.row_scores(row);
        let (mut change, mut again) = (Lanes::default(), false);
        let square = task.rows.squares.get(index).copied().unwrap_or(1.0);
        let slack = 0.5 / (COST * task.shares.get(index).copied().unwrap_or(1.0).max(1e-3));
        let own = own_lane(task, index, self.first);
        let Some(alphas) = self.alpha.get_mut(index) else { return (change, false) };
        for (lane, ((alpha, score), change)) in alphas.iter_mut().zip(scores).zip(&mut change).enumerate() {
            let side = if own == Some(lane) { 1.0 } else { -1.0 };
            let gradient = side * score - 1.0 + slack * *alpha;
            let next = (*alpha - gradient / (square + slack)).max(0.0);
            *change = (next - *alpha) * side;
            again |= next > 0.0 || gradient < 0.0;
            *alpha = next;
        }
        (change, again)
    }

    /// Takes a text's multipliers back, as changes of its part in the weights.
    fn remove_text(&mut self, task: &TrainingTask<'_>, index: usize) -> Lanes {
        let own = own_lane(task, index, self.first);
        let mut change = std::mem::take(self.alpha.get_mut(index).unwrap_or(&mut Lanes::default()));
        for (lane, change) in change.iter_mut().enumerate() {
            if own == Some(lane) {
                *change = -*change;
            }
        }
        change
    }

    fn add_change(&mut self, (features, values): SparseRow<'_>, change: &Lanes) {
        for (feature, value) in features.iter().zip(values) {
            if let Some(weights) = self.weights.get_mut(*feature as usize) {
                for (weight, change) in weights.iter_mut().zip(change) {
                    *weight += value * change;
                }
            }
        }
        for (bias, change) in self.bias.iter_mut().zip(change) {
            *bias += change;
        }
    }
}

/// Which of a solver's lanes the text at `index` is of.
fn own_lane(task: &TrainingTask<'_>, index: usize, first: usize) -> Option<usize> {
    let intent = usize::from(task.intents.get(index).copied().flatten()?);
    intent.checked_sub(first).filter(|lane| *lane < LANES)
}
