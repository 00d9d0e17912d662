//! Which texts are alike, for people who read many of them.

use crate::{Meaning, SynonymRules, features::Extractor};
use std::collections::HashMap;

/// Texts at least this like each other are about the same: the cosine of what they mean, or of how they are written.
const ALIKE: f32 = 0.62;

/// A text as it is compared.
struct ComparedText {
    /// Features and weights, ascending; of length 1.
    written: Vec<(u32, f32)>,
    /// Of length 1 at most.
    meant: Vec<f32>,
}

/// Groups of `texts` that are alike, the largest first: places in `texts`, the one most like the others first. Each text
/// is in one group. Takes time in the square of their number; a few hundred are meant. `table` tells what words mean; without
/// one, only how texts are written counts.
///
/// ```
/// let texts = ["mấy giờ mở cửa", "làm hộ chiếu ở đâu", "may gio thi mo cua"];
/// assert_eq!(intent::group_similar(&texts, None), [vec![0, 2], vec![1]]);
/// ```
pub fn group_similar(texts: &[&str], table: Option<&Meaning>) -> Vec<Vec<usize>> {
    let seen = read_texts(texts, table);
    let like: Vec<Vec<usize>> = seen
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let others = seen.iter().enumerate().filter(|(other, _)| *other != at);
            others.filter(|(_, other)| similarity(one, other) >= ALIKE).map(|(other, _)| other).collect()
        })
        .collect();
    let mut free = vec![true; texts.len()];
    let mut out = Vec::new();
    loop {
        let is_free = |at: &usize| free.get(*at).copied().unwrap_or(false);
        let crowd = |at: usize| like.get(at).map_or(0, |like| like.iter().filter(|at| is_free(at)).count());
        // Of two with as many, the earlier one.
        let Some(middle) =
            (0..texts.len()).filter(is_free).max_by_key(|at| (crowd(*at), std::cmp::Reverse(*at)))
        else {
            return out;
        };
        let around = like.get(middle).into_iter().flatten().copied().filter(is_free);
        let group: Vec<usize> = std::iter::once(middle).chain(around).collect();
        group.iter().filter_map(|at| free.get_mut(*at).map(|free| *free = false)).count();
        out.push(group);
    }
}

fn similarity(one: &ComparedText, other: &ComparedText) -> f32 {
    let meant: f32 = one.meant.iter().zip(&other.meant).map(|(a, b)| a * b).sum();
    let mut rest = other.written.iter().peekable();
    let mut written = 0.0;
    for (hash, weight) in &one.written {
        while rest.next_if(|(other, _)| other < hash).is_some() {}
        written += rest.next_if(|(other, _)| other == hash).map_or(0.0, |(_, other)| weight * other);
    }
    meant.max(written)
}

fn read_texts(texts: &[&str], table: Option<&Meaning>) -> Vec<ComparedText> {
    let (mut extractor, none) = (Extractor::default(), SynonymRules::default());
    let mut often: HashMap<u32, f32> = HashMap::new();
    let mut seen: Vec<ComparedText> = texts
        .iter()
        .map(|text| {
            let counted = extractor.extract(text, "", &none, |_, _| false).to_vec();
            counted.iter().for_each(|(hash, _)| *often.entry(*hash).or_default() += 1.0);
            let mut meant = Vec::new();
            table.iter().for_each(|table| table.embed(extractor.word_hashes(), &mut meant));
            ComparedText { written: counted.iter().map(|(hash, n)| (*hash, *n as f32)).collect(), meant }
        })
        .collect();
    let of = texts.len() as f32;
    for each in &mut seen {
        for (hash, weight) in &mut each.written {
            *weight = (1.0 + weight.ln()) * ((1.0 + of) / often.get(hash).unwrap_or(&1.0)).ln();
        }
        let length =
            each.written.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt().max(f32::EPSILON);
        each.written.iter_mut().for_each(|(_, weight)| *weight /= length);
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_in_one_group() {
        let texts = ["", "a", "a", "xin chào", "phí bao nhiêu", "lệ phí là bao nhiêu", "?"];
        let mut all: Vec<usize> =
            group_similar(&texts, Meaning::bundled_table().as_deref()).into_iter().flatten().collect();
        all.sort_unstable();
        assert_eq!(all, [0, 1, 2, 3, 4, 5, 6]);
        assert!(group_similar(&[], None).is_empty());
    }

    #[test]
    fn what_is_about_the_same_is_together() {
        let texts = [
            "tiền rác tháng này bao nhiêu",
            "con tôi bị chó cắn thì làm sao",
            "tien rac thang nay dong bao nhieu",
            "đăng ký thi bằng lái xe máy ở đâu",
            "chó cắn con tôi phải làm sao",
        ];
        assert_eq!(
            group_similar(&texts, Meaning::bundled_table().as_deref()),
            [vec![0, 2], vec![1, 4], vec![3]]
        );
    }
}
