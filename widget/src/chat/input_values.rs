//! What a message asks for besides words: a date, one of a few, a place.

use super::{
    effect::ChatEffect,
    message_row::OutgoingMessage,
    outbox,
    state::{Chat, Locating},
};
use wire::{AuthorKind, Block, Given, Id, Input, State, Word};

impl Chat {
    /// What the last message asks for. Once something else was said it is asked for no more.
    pub fn inputs(&self) -> Vec<Input> {
        let last = self.timeline.entries.last().map(|line| &line.message).filter(|_| !self.look.off);
        let whole = |message: &&wire::Message| {
            message.author.kind != AuthorKind::Visitor && message.state != State::Growing
        };
        let blocks = last.filter(whole).map_or(&[][..], |message| &message.body.blocks);
        let input = |block: &Block| if let Block::Input(input) = block { Some(input.clone()) } else { None };
        blocks.iter().filter_map(input).collect()
    }
}

/// The visitor gives `value`, which is `text` in words.
pub fn submit_value(chat: &mut Chat, value: Given, text: String, id: Id, at: u64) -> Vec<ChatEffect> {
    chat.locating = Locating::Idle;
    let lang = chat.look.lang.clone();
    let said = OutgoingMessage { id, text, lang, pick: None, value: Some(value), files: Vec::new(), at };
    let mut effects = outbox::send_message(chat, said);
    // The form that was used goes.
    effects.push(ChatEffect::FocusLog);
    effects
}

/// The visitor wants to say where he is, for the input called `name`.
pub fn request_location(chat: &mut Chat, name: String) -> Vec<ChatEffect> {
    chat.locating = Locating::Waits;
    vec![ChatEffect::Locate(name), ChatEffect::announce(chat.words.word_text(Word::Locating))]
}

/// Where the visitor is: latitude and longitude as texts; nothing if it could not be found out.
pub fn submit_location(
    chat: &mut Chat,
    name: String,
    place: Option<[String; 2]>,
    id: Id,
    at: u64,
) -> Vec<ChatEffect> {
    let waits = chat.locating == Locating::Waits && chat.inputs().iter().any(|input| input.name == name);
    let Some([latitude, longitude]) = place.filter(|_| waits) else {
        if waits {
            chat.locating = Locating::Failed;
        }
        let text = chat.words.word_text(Word::NotLocated).to_owned();
        return if waits { vec![ChatEffect::Announce { text, urgent: true }] } else { Vec::new() };
    };
    let text = chat.words.text_with(Word::MyLocation, &[&latitude, ", ", &longitude].concat());
    let value = ["geo:", &latitude, ",", &longitude].concat();
    submit_value(chat, Given { name, value }, text, id, at)
}
