//! How Vietnamese is read among the languages written in Latin letters: keystrokes left in, words run together, marks
//! typed, half typed or not at all.

use crate::{
    keys,
    text::{FoldedWord, MarkSource},
};
use intent::is_syllable;

/// Letters of the longest run of words that is taken apart: "toikhongmuonsong".
const LONGEST_RUN: usize = 24;

/// A text as Vietnamese.
pub struct VietnameseReading {
    /// Its words.
    pub words: Vec<FoldedWord>,
    /// Whether marks are typed throughout, so that a word without any has none.
    pub strict: bool,
    /// Whether marks are typed at all, more than here and there.
    pub marked: bool,
    /// Whether it can be Vietnamese at all.
    pub likely: bool,
}

/// Reads `words` as Vietnamese; `is_short` knows the chat's abbreviations, `is_known` every word of the lexicon.
pub fn read(
    words: &[FoldedWord],
    is_short: impl Fn(&str) -> bool,
    is_known: impl Fn(&str) -> bool,
) -> VietnameseReading {
    let mut out = Vec::with_capacity(words.len());
    let (mut marked, mut could, mut other) = (0_usize, 0_usize, 0_usize);
    for word in words {
        let plain = word.plain.as_str();
        if plain.is_empty() || !plain.is_ascii() || plain.starts_with(|c: char| c.is_ascii_digit()) {
            out.push(word.clone());
            continue;
        }
        // "oong" is a rhyme, but of loans only: "khoong" is *không* in Telex.
        if plain.contains("oo")
            && let Some(read) = keys::decode_telex(word)
        {
            marked += 1;
            out.push(read);
        } else if word.marks != MarkSource::None && is_syllable(plain) {
            marked += 1;
            out.push(word.clone());
        } else if is_syllable(plain) || is_short(plain) {
            could += 1;
            out.push(word.clone());
        } else if is_known(plain) {
            out.push(word.clone());
        } else if let Some(read) = keys::decode_telex(word) {
            // One key left in says little: "car" is *cả* in Telex.
            if plain.len() > read.plain.len() + 1 {
                marked += 1;
            } else {
                could += 1;
            }
            out.push(read);
        } else if split_syllables(word, &mut out) {
            could += 1;
        } else {
            other += 1;
            out.push(word.clone());
        }
    }
    let all = marked + could;
    VietnameseReading {
        words: out,
        strict: 5 * marked >= 3 * all,
        marked: 4 * marked >= all,
        likely: marked > other || all > 3 * other,
    }
}

/// Takes `word` apart if it is two to six syllables without spaces; pushes them.
fn split_syllables(word: &FoldedWord, out: &mut Vec<FoldedWord>) -> bool {
    let plain = word.plain.as_str();
    if !(4..=LONGEST_RUN).contains(&plain.len()) {
        return false;
    }
    // The fewest syllables that end at each letter, and where the last of them begins.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; plain.len() + 1];
    if let Some(first) = best.first_mut() {
        *first = Some((0, 0));
    }
    for end in 2..=plain.len() {
        for from in end.saturating_sub(7)..end.saturating_sub(1) {
            let before = best.get(from).copied().flatten();
            let (Some((count, _)), Some(part)) = (before, plain.get(from..end)) else { continue };
            let now = best.get(end).copied().flatten();
            if is_syllable(part)
                && now.is_none_or(|(least, _)| count + 1 < least)
                && let Some(place) = best.get_mut(end)
            {
                *place = Some((count + 1, from));
            }
        }
    }
    let Some((count @ 2..=6, _)) = best.last().copied().flatten() else { return false };
    // Two letters a syllable are chance: "internet", "banana".
    if plain.len() < 3 * count && count > 2 {
        return false;
    }
    let (at, mut end) = (out.len(), plain.len());
    while end > 0 {
        let Some((_, from)) = best.get(end).copied().flatten() else { break };
        let part = plain.get(from..end).unwrap_or_default().to_owned();
        out.insert(at, FoldedWord { plain: part, from: word.from, to: word.to, ..FoldedWord::default() });
        end = from;
    }
    true
}
