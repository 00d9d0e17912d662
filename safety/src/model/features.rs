//! What the model sees of a text: words with and without their marks, pieces of them, neighbours, topics, the rule.

use crate::{
    lexicon::{Hit, Language, Mention, PhraseMatches},
    text::{FoldedWord, MarkSource, Signs, is_alone},
};

/// Words a text is looked at together; a longer one is looked at in parts that overlap by half.
const WINDOW: usize = 40;
/// The same in scripts without spaces, where a word is a character.
const WINDOW_CHARACTERS: usize = 120;

/// How many of `words` are looked at together.
pub fn window_size(words: &[FoldedWord]) -> usize {
    if words.iter().any(is_character) { WINDOW_CHARACTERS } else { WINDOW }
}

fn is_character(word: &FoldedWord) -> bool {
    word.plain.chars().next().is_some_and(is_alone)
}

/// FNV-1a over 32 bits; the last step spreads what changed to the highest bits, which choose the bucket.
#[derive(Clone, Copy)]
struct FeatureHash(u32);

impl FeatureHash {
    const fn new(sort: u8) -> FeatureHash {
        FeatureHash(0x811c_9dc5).with_byte(sort)
    }

    const fn with_byte(self, byte: u8) -> FeatureHash {
        FeatureHash((self.0 ^ byte as u32).wrapping_mul(0x0100_0193))
    }

    fn with_word(self, word: u32) -> FeatureHash {
        word.to_le_bytes().into_iter().fold(self, FeatureHash::with_byte)
    }

    fn finish(self) -> u32 {
        let spread = (self.0 ^ (self.0 >> 15)).wrapping_mul(0x2c1b_3c6d);
        spread ^ (spread >> 12)
    }
}

/// A word as the model sees it.
struct WordHashes {
    /// Its letters; what it is short for; any long number alike.
    plain: u32,
    /// The same with its marks, where they are known.
    marked: Option<u32>,
}

fn hash_word(word: &FoldedWord, language: &Language, strict: bool) -> WordHashes {
    let typed = word.plain.as_str();
    let long = language.expand_abbreviation(typed).filter(|_| word.marks == MarkSource::None);
    let plain = match long {
        _ if typed.is_empty() => ".",
        Some(long) => long,
        None if typed.len() > 3 && typed.starts_with(|c: char| c.is_ascii_digit()) => "0000",
        None => typed,
    };
    let plain = plain.bytes().fold(FeatureHash::new(0), FeatureHash::with_byte);
    let known = match word.marks {
        MarkSource::Typed => true,
        MarkSource::Keys => false,
        MarkSource::None => strict && long.is_none() && !typed.is_empty(),
    };
    let marks = |plain: FeatureHash| {
        let tone = plain.with_byte(word.tone).with_byte(1);
        word.hats.to_le_bytes().into_iter().filter(|byte| *byte != 0).fold(tone, FeatureHash::with_byte)
    };
    WordHashes { plain: plain.0, marked: known.then(|| marks(plain).0) }
}

/// A text as the model reads it.
pub struct ModelInput<'a> {
    /// Its words.
    pub words: &'a [FoldedWord],
    /// Where words of the topics stand in it, in order.
    pub mentions: &'a [Mention],
    /// The language it is read as.
    pub language: &'a Language,
    /// Whether a word without marks has none.
    pub strict: bool,
    /// The rule that matched.
    pub hit: Option<Hit>,
    /// Its signs.
    pub signs: Signs,
    /// Which phrases of the lexicon stand where.
    pub found: &'a PhraseMatches,
}

/// The features of the words from `from` to `to`, ascending, each once.
pub fn extract_features(text: &ModelInput<'_>, from: usize, to: usize, out: &mut Vec<u32>) {
    out.clear();
    let ModelInput { language, strict, .. } = *text;
    let words = text.words.get(from..to).unwrap_or_default();
    let first = text.mentions.partition_point(|mention| mention.from < from);
    let last = text.mentions.partition_point(|mention| mention.from < to);
    let mentions = text.mentions.get(first..last).unwrap_or_default().iter();
    let marks = language.code == "vi";
    let seen: Vec<WordHashes> = words.iter().map(|word| hash_word(word, language, strict)).collect();
    for mention in mentions.filter(|mention| mention.to <= to) {
        out.push(FeatureHash::new(8).with_word(mention.topic).finish());
        // What stands before and behind it.
        let before = (mention.from - from).checked_sub(1).and_then(|at| seen.get(at));
        let behind = seen.get(mention.to - from);
        out.extend(
            before.map(|word| FeatureHash::new(10).with_word(mention.topic).with_word(word.plain).finish()),
        );
        out.extend(
            behind.map(|word| FeatureHash::new(11).with_word(mention.topic).with_word(word.plain).finish()),
        );
    }
    if let Some(hit) = text.hit.filter(|hit| (from..to).contains(&hit.from)) {
        let level = FeatureHash::new(12).with_byte(hit.level as u8);
        out.push(FeatureHash::new(9).with_word(hit.rule).finish());
        out.push(level.finish());
        out.push(level.with_byte(hit.kind as u8).finish());
    }
    words.iter().for_each(|word| push_char_ngrams(&word.plain, out));
    push_character_runs(words, &seen, out);
    // What rules are made of: words that mean alike to whoever wrote them, where no topics say so.
    if !language.has_topics() {
        out.extend(
            text.found
                .classes_within(from, to)
                .map(|class| FeatureHash::new(23).with_word(class.into()).finish()),
        );
    }
    // How it begins and ends, and whether it asks or cries.
    let mut plain =
        seen.iter().zip(words).filter(|(_, word)| !word.plain.is_empty()).map(|(seen, _)| seen.plain);
    push_edge(15, plain.next(), plain.next(), out);
    push_edge(17, plain.next_back(), plain.next_back(), out);
    out.push(FeatureHash::new(19).with_byte(u8::from(text.signs.asks)).finish());
    out.push(FeatureHash::new(20).with_byte(text.signs.cries).finish());
    // How long it is says something too.
    out.push(FeatureHash::new(6).with_byte((words.len().min(60) / 5) as u8).finish());
    for (at, one) in seen.iter().enumerate() {
        out.push(FeatureHash::new(1).with_word(one.plain).finish());
        if let Some(marked) = one.marked.filter(|_| marks) {
            out.push(FeatureHash::new(2).with_word(marked).finish());
        }
        if let Some(next) = seen.get(at + 1) {
            out.push(FeatureHash::new(3).with_word(one.plain).with_word(next.plain).finish());
            if let (true, Some(a), Some(b)) = (marks, one.marked, next.marked) {
                out.push(FeatureHash::new(4).with_word(a).with_word(b).finish());
            }
        }
        if let Some(second) = seen.get(at + 2) {
            out.push(FeatureHash::new(21).with_word(one.plain).with_word(second.plain).finish());
        }
    }
    out.sort_unstable();
    out.dedup();
}

/// Pushes a word at an edge of a text and the two there.
fn push_edge(sort: u8, outer: Option<u32>, inner: Option<u32>, out: &mut Vec<u32>) {
    let Some(outer) = outer else { return };
    out.push(FeatureHash::new(sort).with_word(outer).finish());
    out.extend(inner.map(|inner| FeatureHash::new(sort + 1).with_word(outer).with_word(inner).finish()));
}

/// Pushes three and four characters in a row of scripts without spaces.
fn push_character_runs(words: &[FoldedWord], seen: &[WordHashes], out: &mut Vec<u32>) {
    let mut run = 0;
    for (at, word) in words.iter().enumerate() {
        run = if is_character(word) { run + 1 } else { 0 };
        for long in 3..=run.min(4) {
            let row = seen.get(at + 1 - long..=at).unwrap_or_default();
            out.push(row.iter().fold(FeatureHash::new(22), |hash, one| hash.with_word(one.plain)).finish());
        }
    }
}

/// Pushes the pieces of four letters of a word of three or more, its borders letters too: they are alike where words are
/// of one stem, or mistyped.
fn push_char_ngrams(word: &str, out: &mut Vec<u32>) {
    let mut piece = [' '; 4];
    for (at, letter) in word.chars().chain([' ']).enumerate() {
        piece = [piece[1], piece[2], piece[3], letter];
        // The first is whole with the third letter; a word of two has none.
        if at >= 2 && word.len() > 2 {
            out.push(
                piece
                    .iter()
                    .fold(FeatureHash::new(13), |hash, letter| hash.with_word(u32::from(*letter)))
                    .finish(),
            );
        }
    }
}
