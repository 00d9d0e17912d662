//! Personal data in what the visitor is about to send: the visitor is asked first.

use super::{About, Chat, Effect, Key, LineKey, Stage, opinion, outbox};
use privacy::{EARLIER, Kinds};
use wire::{AuthorKind, Id};

/// What the visitor is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// What the text seems to hold; nothing if only the edge could tell.
    pub kinds: Kinds,
    /// Whether the site doesn't take it at all.
    pub refused: bool,
    /// What it is about, if not a message.
    about: Option<About>,
    text: String,
}

/// What the visitor answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Hide it and send the rest.
    Hide,
    /// Send it as it is.
    Send,
    /// Write it otherwise.
    Edit,
}

/// Asks about `text`, if there is something to ask. `None`: it may be sent.
pub fn ask(chat: &mut Chat, text: &str, at: u64) -> Option<Vec<Effect>> {
    ask_about(chat, text, None, at)
}

/// The same of an opinion.
pub fn ask_about(chat: &mut Chat, text: &str, about: Option<About>, at: u64) -> Option<Vec<Effect>> {
    let care = chat.look.care;
    let kinds = found(chat, text, at).within(care.warn.and(care.refuse));
    if kinds == Kinds::default() {
        return None;
    }
    let refused = kinds.within(care.refuse) != Kinds::default();
    chat.asking = Some(Asking { kinds, refused, about, text: text.to_owned() });
    // The button says what it is about: announced as well, it would be read twice.
    Some(vec![Effect::FocusChoice])
}

/// The visitor has decided.
pub fn answered(chat: &mut Chat, answer: Answer, id: Id, at: u64) -> Vec<Effect> {
    let Some(Asking { kinds, refused, about, text }) = chat.asking.take() else { return Vec::new() };
    let written = chat.draft.trim() == text;
    let say = match answer {
        Answer::Hide => {
            let wanted = chat.look.care.warn.and(chat.look.care.refuse).and(kinds);
            privacy::hide_all(&text, &earlier(chat), privacy::year(at), wanted)
        }
        Answer::Send if !refused => text,
        // It stands where it was written still.
        Answer::Send | Answer::Edit if about.is_some() => return vec![Effect::FocusId("hoi-words")],
        Answer::Send | Answer::Edit => {
            let mut effects = if written { Vec::new() } else { back(chat, text) };
            effects.push(Effect::FocusComposer);
            return effects;
        }
    };
    if let Some(about) = about {
        return opinion::send(chat, about, say);
    }
    let mut effects = if written { outbox::emptied(chat) } else { Vec::new() };
    effects.extend(outbox::say(chat, say, None, id, at));
    effects.push(Effect::FocusComposer);
    effects
}

/// The edge doesn't take what was said under `id`: it goes back to where it can be changed.
pub fn refused(chat: &mut Chat, id: Id) -> Vec<Effect> {
    let waits = |line: &super::Line| line.key == LineKey::Said(id) && matches!(line.stage, Stage::Waiting(_));
    let Some(place) = chat.lines.iter().position(waits) else { return Vec::new() };
    let Stage::Waiting(said) = chat.lines.remove(place).stage else { return Vec::new() };
    let kinds = found(chat, &said.text, said.at);
    let words = chat.words.personal(kinds, true);
    let mut effects = vec![Effect::Forget(Key::Said(id))];
    if chat.draft.is_empty() {
        effects.extend(back(chat, said.text.clone()));
    }
    chat.asking = Some(Asking { kinds, refused: true, about: None, text: said.text });
    effects.push(Effect::Announce { text: words, urgent: true });
    effects
}

/// Puts `text` back into the composer, before what stands there.
fn back(chat: &mut Chat, text: String) -> Vec<Effect> {
    let mut draft = text;
    if !chat.draft.is_empty() {
        draft.push('\n');
        draft.push_str(&chat.draft);
    }
    chat.draft.clone_from(&draft);
    vec![Effect::Store(Key::Draft, draft.clone()), Effect::Draft(draft)]
}

fn found(chat: &Chat, text: &str, at: u64) -> Kinds {
    privacy::kinds(text, &earlier(chat), privacy::year(at))
}

/// The visitor's last messages, oldest first.
fn earlier(chat: &Chat) -> Vec<String> {
    let mut texts = Vec::new();
    for line in chat.lines.iter().rev() {
        if line.message.author.kind == AuthorKind::Visitor && texts.len() < EARLIER {
            texts.insert(0, super::plain(&line.message.body, &chat.words));
        }
    }
    texts
}
