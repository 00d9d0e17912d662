//! The small fits behind the scale.

/// Something to learn from by logistic regression.
pub struct RegressionRow<const N: usize> {
    pub inputs: [f32; N],
    /// 1 or 0.
    pub target: f32,
    /// How much it counts; all together 1.
    pub share: f32,
}

/// Steps of Newton's method; it has long converged by then.
const STEPS: usize = 12;
/// Keeps weights near where they began, where little is known.
const RIDGE: f32 = 1e-3;

/// 1 / (1 + e^-x), of the weighted inputs.
pub fn logistic_probability<const N: usize>(weights: &[f32; N], inputs: &[f32; N]) -> f32 {
    let sum: f32 = weights.iter().zip(inputs).map(|(weight, input)| weight * input).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Logistic regression by Newton's method, beginning at `start` and held there by a little ridge.
pub fn fit_logistic_regression<const N: usize>(rows: &[RegressionRow<N>], start: [f32; N]) -> [f32; N] {
    let mut weights = start;
    for _ in 0..STEPS {
        let mut gradient = [0f32; N];
        let mut curve = [[0f32; N]; N];
        for row in rows {
            let p = logistic_probability(&weights, &row.inputs);
            let (error, bend) = ((p - row.target) * row.share, (p * (1.0 - p)).max(1e-4) * row.share);
            for ((input, slope), bends) in row.inputs.iter().zip(&mut gradient).zip(&mut curve) {
                *slope += error * input;
                bends.iter_mut().zip(row.inputs).for_each(|(slot, other)| *slot += bend * input * other);
            }
        }
        for (at, (slope, bends)) in gradient.iter_mut().zip(&mut curve).enumerate() {
            let (weight, start) = (weights.get(at), start.get(at));
            *slope += RIDGE * weight.zip(start).map_or(0.0, |(weight, start)| weight - start);
            bends.iter_mut().skip(at).take(1).for_each(|diagonal| *diagonal += RIDGE);
        }
        let step = solve_linear_system(curve, gradient);
        // A step that long leads away from where the curve was measured.
        let long = step.iter().fold(0f32, |most, step| most.max(step.abs())).max(4.0) / 4.0;
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight -= step / long);
    }
    weights
}

/// Solves `a x = b` for a positive definite `a`, by elimination.
fn solve_linear_system<const N: usize>(mut a: [[f32; N]; N], mut b: [f32; N]) -> [f32; N] {
    for at in 0..N {
        let (Some(row), Some(right)) = (a.get(at).copied(), b.get(at).copied()) else { continue };
        let pivot = row.get(at).copied().unwrap_or(1.0);
        for (other, (line, side)) in a.iter_mut().zip(&mut b).enumerate() {
            let part = if other == at { 0.0 } else { line.get(at).copied().unwrap_or(0.0) / pivot };
            line.iter_mut().zip(row).for_each(|(slot, value)| *slot -= part * value);
            *side -= part * right;
        }
    }
    for (at, (line, side)) in a.iter().zip(&mut b).enumerate() {
        *side /= line.get(at).copied().unwrap_or(1.0);
    }
    b
}

/// Where between `low` and `high`, on a logarithmic scale, `loss` is lowest, if it has one valley (golden section).
pub fn minimise_by_golden_section(low: f32, high: f32, loss: impl Fn(f32) -> f32) -> f32 {
    const GOLDEN: f32 = 0.618_034;
    let (mut low, mut high) = (low.ln(), high.ln());
    for _ in 0..16 {
        let (left, right) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
        if loss(left.exp()) < loss(right.exp()) { high = right } else { low = left }
    }
    (0.5 * (low + high)).exp()
}

/// The best place to cut a list of chances, ascending. Each comes with what it costs if it is below the cut; where that
/// is negative, it costs as much if it is above.
pub fn choose_cut(chances: &[(f32, f32)]) -> f32 {
    let mut cost = 0f32;
    let (mut least, mut best) = (0f32, 0f32);
    let mut pairs = chances.iter().zip(chances.iter().skip(1).map(|(chance, _)| *chance).chain([1.0]));
    for ((chance, own), next) in &mut pairs {
        cost += own;
        if cost < least && next > *chance {
            least = cost;
            best = 0.5 * (chance + next);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logistic_finds_the_border() {
        let rows: Vec<RegressionRow<2>> = (0..100)
            .map(|i| RegressionRow {
                inputs: [1.0, i as f32 / 100.0],
                target: if i >= 60 { 1.0 } else { 0.0 },
                share: 0.01,
            })
            .collect();
        let weights = fit_logistic_regression(&rows, [0.0, 0.0]);
        let border = -weights[0] / weights[1];
        assert!((0.5..0.7).contains(&border), "{border}");
    }

    #[test]
    fn the_valley_is_found() {
        let lowest = minimise_by_golden_section(0.5, 40.0, |x| (x - 7.0) * (x - 7.0));
        assert!((6.8..7.2).contains(&lowest), "{lowest}");
    }

    #[test]
    fn the_cut_is_between() {
        assert_eq!(choose_cut(&[(0.1, -1.0), (0.2, -1.0), (0.4, 1.0), (0.9, 1.0)]), 0.3);
        assert_eq!(choose_cut(&[(0.4, 1.0), (0.9, 1.0)]), 0.0);
    }
}
