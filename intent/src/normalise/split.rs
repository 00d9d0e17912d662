//! A text to words, folded, with numbers and codes as classes.

use super::{
    WordList,
    fold::fold_char,
    keystroke,
    numbers::{NUMBER, is_link, number_class},
    short::JOINED,
};

/// Holds the room for splitting.
#[derive(Debug, Default)]
pub struct Splitter {
    /// What stands between two spaces, folded.
    chunk: String,
    /// What an input method's keystrokes stand for.
    key: String,
    /// How often the last letter of `chunk` was typed.
    run: usize,
    words: WordList,
}

impl Splitter {
    /// The words of `text`, as they were typed but folded.
    pub fn split_words(&mut self, text: &str) -> &WordList {
        self.words.clear();
        self.chunk.clear();
        for c in text.chars().take(crate::MAX_CHARS) {
            if c.is_whitespace() {
                self.end_chunk();
            } else {
                fold_char(c, &mut |c| self.push_char(c));
            }
        }
        self.end_chunk();
        &self.words
    }

    /// Adds `c`. A letter that was held down counts once: "alooo". Consonants stand three times in abbreviations.
    fn push_char(&mut self, c: char) {
        let again = c.is_alphabetic() && self.chunk.ends_with(c);
        self.run = if again { self.run + 1 } else { 1 };
        let held = if "aeiouy".contains(c) { 3 } else { 4 };
        if self.run < held {
            self.chunk.push(c);
        } else if self.run == held {
            for _ in 2..held {
                self.chunk.pop();
            }
        }
    }

    fn end_chunk(&mut self) {
        let Splitter { chunk, key, words, .. } = self;
        if is_link(chunk) {
            words.push("0link");
        } else if !chunk.bytes().any(|byte| byte.is_ascii_digit() || byte == b'@') {
            split_words(chunk, words);
        } else if let Some(class) = number_class(chunk) {
            words.push(class);
        } else {
            split_mixed(chunk, key, words);
        }
        chunk.clear();
    }
}

fn split_words(chunk: &str, words: &mut WordList) {
    let mut apostrophe = false;
    for (word, sign) in alphanumeric_runs(chunk) {
        if apostrophe && JOINED.contains(&word) {
            words.join_to_last(word);
        } else if !word.is_empty() {
            words.push(word);
        }
        apostrophe = !word.is_empty() && matches!(sign, Some('\'' | '’' | 'ʼ' | '`' | '´'));
    }
}

/// Letters and digits together: keystrokes of VNI, an amount with its unit ("5tr", "8h30"), or a name ("a4", "mp3").
fn split_mixed(chunk: &str, key: &mut String, words: &mut WordList) {
    for (word, _) in alphanumeric_runs(chunk).filter(|(word, _)| !word.is_empty()) {
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            words.push(NUMBER);
        } else if let Some(read) = keystroke::decode_vni(word, key) {
            words.push(read);
        } else if word.starts_with(|c: char| c.is_ascii_digit()) {
            key.clear();
            for c in word.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }) {
                if !(c == '0' && key.ends_with('0')) {
                    key.push(c);
                }
            }
            words.push(key);
        } else {
            words.push(word);
        }
    }
}

/// Runs of letters and digits, perhaps empty, each with the sign after it.
fn alphanumeric_runs(chunk: &str) -> impl Iterator<Item = (&str, Option<char>)> {
    let sign = |c: char| !c.is_alphanumeric();
    chunk
        .split_inclusive(sign)
        .map(move |piece| (piece.trim_end_matches(sign), piece.chars().last().filter(|c| sign(*c))))
}
