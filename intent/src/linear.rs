//! One-against-rest linear support vector machines, by dual coordinate descent
//! (Hsieh et al., "A dual coordinate descent method for large-scale linear SVM", ICML 2008; the L2 loss).

/// A sparse row: feature index and value, by index.
pub type Row = Vec<(u32, f32)>;

/// The cost of a mistake.
const COST: f64 = 1.0;
/// Most passes over the examples.
const PASSES: usize = 30;
/// A pass that changes no multiplier by more than this is the last.
const CLOSE: f64 = 0.02;

/// The weights that tell the examples of one class from all others; the last one is the bias.
///
/// `rows[i]` has the weight `share[i]` in the training and is of the class if `of[i]`. Deterministic: `order` says in
/// which order examples are visited.
pub fn one_class(rows: &[Row], share: &[f32], of: &[bool], features: usize, order: &[usize]) -> Vec<f32> {
    let mut weights = vec![0f32; features + 1];
    let mut alpha = vec![0f64; rows.len()];
    let squares: Vec<f64> = rows
        .iter()
        .map(|row| row.iter().map(|(_, v)| f64::from(*v) * f64::from(*v)).sum::<f64>() + 1.0)
        .collect();
    for _ in 0..PASSES {
        let mut largest = 0f64;
        for i in order {
            let (Some(row), Some(square), Some(alpha), Some(share), Some(of)) =
                (rows.get(*i), squares.get(*i), alpha.get_mut(*i), share.get(*i), of.get(*i))
            else {
                continue;
            };
            let y = if *of { 1.0 } else { -1.0 };
            let diagonal = 0.5 / (COST * f64::from(*share).max(1e-3));
            let gradient = y * f64::from(dot(&weights, row)) - 1.0 + diagonal * *alpha;
            let next = (*alpha - gradient / (square + diagonal)).max(0.0);
            let change = next - *alpha;
            if change != 0.0 {
                *alpha = next;
                add(&mut weights, row, (change * y) as f32);
                largest = largest.max(change.abs());
            }
        }
        if largest < CLOSE {
            break;
        }
    }
    weights
}

fn dot(weights: &[f32], row: &Row) -> f32 {
    let bias = weights.last().copied().unwrap_or_default();
    row.iter()
        .map(|(feature, value)| weights.get(*feature as usize).copied().unwrap_or_default() * value)
        .sum::<f32>()
        + bias
}

fn add(weights: &mut [f32], row: &Row, step: f32) {
    for (feature, value) in row {
        if let Some(weight) = weights.get_mut(*feature as usize) {
            *weight += step * value;
        }
    }
    if let Some(bias) = weights.last_mut() {
        *bias += step;
    }
}
