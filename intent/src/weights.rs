//! The weights of all features, laid out so that adding up those of a text is quick.
//!
//! A feature that speaks of a few intents names them; one that speaks of many, as frequent words and short pieces do,
//! has a number for every machine, so that the processor can take several at a time. The file has one form for both.

/// A feature has a number for every machine if it speaks of one in so many of them. At 2 both forms take the same room;
/// above, the second is quicker (measured between 3 and 12: alike).
const FULL: usize = 4;

/// Weights by feature. A weight is its level, -127 to 127, times the level's size: steps stand closer near 0, where most
/// weights are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Weights {
    /// How many machines there are: intents, and what is out of scope if that was learnt.
    machines: usize,
    /// How many weights are not 0.
    count: usize,
    /// Where each feature's row begins; one more than features.
    starts: Vec<u32>,
    /// The rows: a worth for each machine; or, where that would be long, machines and worths in turn.
    rows: Vec<i16>,
}

impl Weights {
    /// No features yet.
    pub fn new(machines: usize) -> Weights {
        Weights { machines, starts: vec![0], ..Weights::default() }
    }

    /// Adds the next feature: machines, ascending, and levels. `None` if a machine is not there or out of order, a level
    /// is none, or there are too many.
    pub fn push(&mut self, weights: impl ExactSizeIterator<Item = (u16, i8)> + Clone) -> Option<()> {
        let ordered = weights.clone().map(|(machine, _)| machine).is_sorted_by(|a, b| a < b);
        let strange =
            |(machine, level)| usize::from(machine) >= self.machines || matches!(level, 0 | i8::MIN);
        if !ordered || weights.clone().any(strange) {
            return None;
        }
        self.count += weights.len();
        if weights.len() * FULL < self.machines {
            self.rows
                .extend(weights.flat_map(|(machine, level)| [machine.cast_signed(), level_value(level)]));
        } else {
            let from = self.rows.len();
            self.rows.resize(from + self.machines, 0);
            let row = self.rows.get_mut(from..).unwrap_or_default();
            for (machine, level) in weights {
                row.iter_mut().skip(usize::from(machine)).take(1).for_each(|slot| *slot = level_value(level));
            }
        }
        self.starts.push(u32::try_from(self.rows.len()).ok()?);
        Some(())
    }

    /// How many weights there are.
    pub fn weight_count(&self) -> usize {
        self.count
    }

    /// How many features there are.
    pub fn feature_count(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The weights of a feature that are not 0: machine, ascending, and worth.
    pub fn feature_weights(&self, feature: usize) -> impl Iterator<Item = (u16, i16)> {
        let row = self.weight_row(feature);
        let (few, full) =
            if self.is_full(row) { (&[] as &[_], row) } else { (row.as_chunks().0, &[] as &[_]) };
        let few = few.iter().map(|[machine, worth]| (machine.cast_unsigned(), *worth));
        few.chain((0..).zip(full.iter().copied()).filter(|(_, worth)| *worth != 0))
    }

    /// Adds `value` times each weight of `feature` to `sums`, one for each machine.
    pub fn add_weighted(&self, feature: usize, value: f32, sums: &mut [f32]) {
        let row = self.weight_row(feature);
        if self.is_full(row) {
            for (sum, worth) in sums.iter_mut().zip(row) {
                *sum += value * f32::from(*worth);
            }
        } else {
            for [machine, worth] in row.as_chunks().0 {
                if let Some(sum) = sums.get_mut(usize::from(machine.cast_unsigned())) {
                    *sum += value * f32::from(*worth);
                }
            }
        }
    }

    fn weight_row(&self, feature: usize) -> &[i16] {
        let range = self.starts.get(feature).zip(self.starts.get(feature + 1));
        range.and_then(|(from, to)| self.rows.get(*from as usize..*to as usize)).unwrap_or_default()
    }

    /// A row of machines and worths is shorter than one of all machines: see [`FULL`].
    fn is_full(&self, row: &[i16]) -> bool {
        row.len() == self.machines
    }
}

/// What a weight of `level` is worth, in steps of [`smallest_weight`].
fn level_value(level: i8) -> i16 {
    i16::from(level) * i16::from(level).abs()
}

/// The level that is `worth` so much.
pub(crate) fn level_of(worth: i16) -> i8 {
    (f32::from(worth.unsigned_abs()).sqrt() as i8) * worth.signum() as i8
}

/// The level of a weight that is `part` of the largest.
pub(crate) fn quantise_level(part: f32) -> i8 {
    (part.abs().sqrt().copysign(part) * 127.0).round() as i8
}

/// What the smallest weight is worth if the largest is worth `largest`.
pub(crate) fn smallest_weight(largest: f32) -> f32 {
    largest / (127.0 * 127.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_say_the_same() {
        let mut weights = Weights::new(12);
        let rows: [&[(u16, i8)]; 3] = [&[(11, -127)], &[(0, 1), (3, -2), (5, 9), (11, 127)], &[]];
        for row in rows {
            weights.push(row.iter().copied()).unwrap();
        }
        assert_eq!((weights.weight_count(), weights.feature_count(), weights.rows.len()), (5, 3, 2 + 12));
        for (feature, row) in rows.iter().enumerate() {
            let read: Vec<(u16, i8)> =
                weights.feature_weights(feature).map(|(machine, worth)| (machine, level_of(worth))).collect();
            assert_eq!(read, *row);
            let mut sums = [0f32; 12];
            weights.add_weighted(feature, 2.0, &mut sums);
            for (machine, sum) in (0..).zip(sums) {
                let own =
                    row.iter().find(|(of, _)| *of == machine).map_or(0, |(_, level)| level_value(*level));
                assert_eq!(sum, 2.0 * f32::from(own));
            }
        }
    }

    #[test]
    fn levels_come_back() {
        for level in -127..=127 {
            assert_eq!(level_of(level_value(level)), level);
        }
    }

    #[test]
    fn strange_weights_are_refused() {
        let push = |row: &[(u16, i8)]| Weights::new(2).push(row.iter().copied());
        assert_eq!(push(&[(2, 1)]), None);
        assert_eq!(push(&[(1, 1), (0, 1)]), None);
        assert_eq!(push(&[(1, 1), (1, 1)]), None);
        assert_eq!(push(&[(1, 0)]), None);
        assert_eq!(push(&[(1, -128)]), None);
    }
}
