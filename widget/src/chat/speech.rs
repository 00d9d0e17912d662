//! A message as words to be spoken: what the live region is given, once, when a reply is complete.

use super::state::Chat;
use wire::{Block, Labels, Message, State, Word, Words, push_row};

/// Labels of a text that is read: there, a mark parts items from each other.
struct TranscriptLabels<'a>(&'a Words);

impl Labels for TranscriptLabels<'_> {
    fn label(&self, word: Word) -> &str {
        self.0.word_text(word)
    }

    fn item_mark(&self) -> &'static str {
        "- "
    }
}

/// Who says what, as one text.
pub fn spoken_text(chat: &Chat, message: &Message) -> String {
    let mut text = chat.words.text_with(Word::Says, chat.author_name(&message.author));
    text.push('\n');
    text.push_str(&message.body.plain_text(&chat.words));
    if message.state == State::Cut {
        push_row(&mut text, chat.words.word_text(Word::CutShort));
    }
    text
}

/// The same for a file to keep: with boxes before papers and steps.
pub fn transcript_text(chat: &Chat, message: &Message) -> String {
    let mut text = chat.words.text_with(Word::Says, chat.author_name(&message.author));
    text.push('\n');
    for (block, place) in message.body.blocks.iter().zip(0..) {
        let Block::Procedure(procedure) = block else {
            block.push_plain_text(&mut text, &TranscriptLabels(&chat.words));
            continue;
        };
        let mut item = 0;
        let mut ticked = || {
            item += 1;
            chat.ticks.contains(&[message.seq as u32, place, item - 1])
        };
        procedure.push_plain_text(&mut text, &chat.words, &mut Some(&mut ticked));
    }
    text
}
