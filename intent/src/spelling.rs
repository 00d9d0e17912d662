//! Slips of the keyboard: an unknown word that is one keystroke away from a known one is read as that.
//!
//! Known are the words of the training. All spellings one keystroke away are made and looked up (P. Norvig, "How to
//! Write a Spelling Corrector", 2007); each costs only the letters after the slip, since the hash of what stands
//! before it is at hand.

use crate::{
    features::{Hash, WordHash},
    model::Model,
    normalise::is_syllable,
};

/// Shortest word that is mended, in letters: a shorter one is near to too many.
const SHORTEST: usize = 4;
/// Longest word that is mended, in letters: nobody types a longer one, and it would cost.
const LONGEST: usize = 24;
/// Most words of one text that are mended, so that no text takes long.
const MOST: usize = 6;

/// Mends words. Holds the room for it.
#[derive(Debug, Default)]
pub struct Mender {
    tried: usize,
    /// The hashes of the word's beginnings, the empty one first.
    beginnings: Vec<WordHash>,
}

/// One keystroke.
#[derive(Debug, Clone, Copy)]
enum Slip {
    /// The letter at this place should not be there.
    Extra,
    /// The letter at this place and the next changed places.
    Swapped,
    /// At this place should be this letter instead.
    Other(u8),
    /// Before this place this letter is missing.
    Missing(u8),
}

impl Mender {
    /// A new text begins.
    pub fn begin_text(&mut self) {
        self.tried = 0;
    }

    /// Writes the most frequent known word that is one keystroke from `word` into `out`, which is empty; `false` if there is none, or
    /// `word` is known itself.
    pub fn correct_word(&mut self, model: &Model, word: &str, out: &mut String) -> bool {
        let letters = word.as_bytes();
        let fits =
            (SHORTEST..=LONGEST).contains(&letters.len()) && letters.iter().all(u8::is_ascii_lowercase);
        let is_word = || model.meaning.get().is_some_and(|table| table.contains_word(word));
        if !fits
            || self.tried >= MOST
            || is_syllable(word)
            || is_word()
            || model.index.find(WordHash::hash_of(word)).is_some()
        {
            return false;
        }
        self.tried += 1;
        self.beginnings.clear();
        let mut hash = WordHash::default();
        self.beginnings.push(hash);
        self.beginnings.extend(letters.iter().map(|letter| {
            hash = hash.with_letter(*letter);
            hash
        }));
        let mut best: Option<(u8, usize, Slip)> = None;
        self.each_slip(letters, |at, slip, hash| {
            let Some(index) = model.index.find(hash) else { return };
            let rarity = model.rarity.get(index).copied().unwrap_or(u8::MAX);
            if best.is_none_or(|(least, _, _)| rarity < least) {
                best = Some((rarity, at, slip));
            }
        });
        best.is_some_and(|(_, at, slip)| write_correction(letters, at, slip, out))
    }

    /// Calls `visit` with each slip that may have made `letters`, and the hash of what was meant.
    fn each_slip(&self, letters: &[u8], mut visit: impl FnMut(usize, Slip, Hash)) {
        for (at, before) in self.beginnings.iter().enumerate() {
            let rest = letters.get(at..).unwrap_or_default();
            let ends = |hash: WordHash, rest: &[u8]| {
                rest.iter().fold(hash, |hash, letter| hash.with_letter(*letter)).finish()
            };
            for letter in b'a'..=b'z' {
                visit(at, Slip::Missing(letter), ends(before.with_letter(letter), rest));
            }
            let [own, after @ ..] = rest else { continue };
            visit(at, Slip::Extra, ends(*before, after));
            for letter in (b'a'..=b'z').filter(|letter| letter != own) {
                visit(at, Slip::Other(letter), ends(before.with_letter(letter), after));
            }
            if let [next, after @ ..] = after {
                visit(at, Slip::Swapped, ends(before.with_letter(*next).with_letter(*own), after));
            }
        }
    }
}

/// Writes what was meant.
fn write_correction(letters: &[u8], at: usize, slip: Slip, out: &mut String) -> bool {
    let Some((before, rest)) = letters.split_at_checked(at) else { return false };
    let mut push = |letters: &[u8]| out.extend(letters.iter().map(|letter| char::from(*letter)));
    let (new, taken): (&[u8], usize) = match (slip, rest) {
        (Slip::Extra, _) => (&[], 1),
        (Slip::Swapped, [own, next, ..]) => (&[*next, *own], 2),
        (Slip::Swapped, _) => return false,
        (Slip::Other(letter), _) => (&[letter], 1),
        (Slip::Missing(letter), _) => (&[letter], 0),
    };
    push(before);
    push(new);
    push(rest.get(taken..).unwrap_or_default());
    true
}
