//! What the model sees of a text: words with and without their marks, pieces of them, neighbours, topics, the rule.

use crate::{
    lexicon::{Hit, Language, Mention},
    text::{Marks, Word},
};

/// Words a text is looked at together; a longer one is looked at in parts that overlap by half.
pub const WINDOW: usize = 40;

/// FNV-1a over 32 bits; the last step spreads what changed to the highest bits, which choose the bucket.
#[derive(Clone, Copy)]
struct Hash(u32);

impl Hash {
    const fn new(sort: u8) -> Hash {
        Hash(0x811c_9dc5).and(sort)
    }

    const fn and(self, byte: u8) -> Hash {
        Hash((self.0 ^ byte as u32).wrapping_mul(0x0100_0193))
    }

    fn word(self, word: u32) -> Hash {
        word.to_le_bytes().into_iter().fold(self, Hash::and)
    }

    fn finish(self) -> u32 {
        let spread = (self.0 ^ (self.0 >> 15)).wrapping_mul(0x2c1b_3c6d);
        spread ^ (spread >> 12)
    }
}

/// A word as the model sees it.
struct Seen {
    /// Its letters; what it is short for; any long number alike.
    plain: u32,
    /// The same with its marks, where they are known.
    marked: Option<u32>,
}

fn seen(word: &Word, language: &Language, strict: bool) -> Seen {
    let typed = word.plain.as_str();
    let long = language.long(typed).filter(|_| word.marks == Marks::None);
    let plain = match long {
        _ if typed.is_empty() => ".",
        Some(long) => long,
        None if typed.len() > 3 && typed.starts_with(|c: char| c.is_ascii_digit()) => "0000",
        None => typed,
    };
    let plain = plain.bytes().fold(Hash::new(0), Hash::and);
    let known = match word.marks {
        Marks::Typed => true,
        Marks::Keys => false,
        Marks::None => strict && long.is_none() && !typed.is_empty(),
    };
    let marks = |plain: Hash| {
        let tone = plain.and(word.tone).and(1);
        word.hats.to_le_bytes().into_iter().filter(|byte| *byte != 0).fold(tone, Hash::and)
    };
    Seen { plain: plain.0, marked: known.then(|| marks(plain).0) }
}

/// A text as the model reads it.
pub struct Text<'a> {
    /// Its words.
    pub words: &'a [Word],
    /// Where words of the topics stand in it, in order.
    pub mentions: &'a [Mention],
    /// The language it is read as.
    pub language: &'a Language,
    /// Whether a word without marks has none.
    pub strict: bool,
    /// The rule that matched.
    pub hit: Option<Hit>,
}

/// The features of the words from `from` to `to`, ascending, each once.
pub fn features(text: &Text<'_>, from: usize, to: usize, out: &mut Vec<u32>) {
    out.clear();
    let Text { language, strict, .. } = *text;
    let words = text.words.get(from..to).unwrap_or_default();
    let first = text.mentions.partition_point(|mention| mention.from < from);
    let last = text.mentions.partition_point(|mention| mention.from < to);
    let mentions = text.mentions.get(first..last).unwrap_or_default().iter();
    let marks = language.code == "vi";
    let seen: Vec<Seen> = words.iter().map(|word| seen(word, language, strict)).collect();
    for mention in mentions.filter(|mention| mention.to <= to) {
        out.push(Hash::new(8).word(mention.topic).finish());
        // What stands before and behind it.
        let before = (mention.from - from).checked_sub(1).and_then(|at| seen.get(at));
        let behind = seen.get(mention.to - from);
        out.extend(before.map(|word| Hash::new(10).word(mention.topic).word(word.plain).finish()));
        out.extend(behind.map(|word| Hash::new(11).word(mention.topic).word(word.plain).finish()));
    }
    if let Some(hit) = text.hit.filter(|hit| (from..to).contains(&hit.from)) {
        let level = Hash::new(12).and(hit.level as u8);
        out.push(Hash::new(9).word(hit.rule).finish());
        out.push(level.finish());
        out.push(level.and(hit.kind as u8).finish());
    }
    words.iter().for_each(|word| pieces(&word.plain, out));
    // How long it is says something too.
    out.push(Hash::new(6).and((words.len().min(60) / 5) as u8).finish());
    for (at, one) in seen.iter().enumerate() {
        out.push(Hash::new(1).word(one.plain).finish());
        if let Some(marked) = one.marked.filter(|_| marks) {
            out.push(Hash::new(2).word(marked).finish());
        }
        if let Some(next) = seen.get(at + 1) {
            out.push(Hash::new(3).word(one.plain).word(next.plain).finish());
            if let (true, Some(a), Some(b)) = (marks, one.marked, next.marked) {
                out.push(Hash::new(4).word(a).word(b).finish());
            }
        }
    }
    out.sort_unstable();
    out.dedup();
}

/// Pushes the pieces of four letters of a word of three or more, its borders letters too: they are alike where words are
/// of one stem, or mistyped.
fn pieces(word: &str, out: &mut Vec<u32>) {
    let mut piece = [' '; 4];
    for (at, letter) in word.chars().chain([' ']).enumerate() {
        piece = [piece[1], piece[2], piece[3], letter];
        // The first is whole with the third letter; a word of two has none.
        if at >= 2 && word.len() > 2 {
            out.push(piece.iter().fold(Hash::new(13), |hash, letter| hash.word(u32::from(*letter))).finish());
        }
    }
}
