//! How many characters are too many, in words: the browser knows the plural.

use crate::host::{announce, clock, dispatcher::chat_now};
use wire::{Word, Words};

/// The sentence, in these words.
pub fn too_long(words: &Words, excess: usize) -> String {
    words.counted_form(Word::TooLong, &clock::plural_category(words.word_text(Word::Lang), excess), excess)
}

/// Has it said at once.
#[inline(never)]
pub fn announce(excess: usize) {
    announce::announce(chat_now(|chat| too_long(&chat.words, excess)).unwrap_or_default(), true);
}
