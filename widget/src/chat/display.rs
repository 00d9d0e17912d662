//! How the visitor wants the panel: the size of its text, the simple view, and what is read or heard in it.
//!
//! The simple view is for people unsure on screens: one question and its answer at a time, buttons before typing,
//! an answer to listen to, a question to speak. What a browser can't do is not offered.

use super::{
    effect::{ChatEffect, StorageKey},
    speech,
    state::{
        Chat,
        display::{DisplayAction, SIZES},
    },
    window,
};
use wire::{AuthorKind, State};

/// Does what the visitor wants.
pub fn on_action(chat: &mut Chat, wish: DisplayAction) -> Vec<ChatEffect> {
    let display = &mut chat.display;
    match wish {
        DisplayAction::Larger => display.size = (display.size + 1).min(SIZES.len() - 1),
        DisplayAction::Smaller => display.size = display.size.saturating_sub(1),
        DisplayAction::Plain => {
            display.plain = !display.plain;
            display.writing = false;
            display.earlier = false;
        }
        DisplayAction::Write => {
            display.writing = true;
            return vec![ChatEffect::Show, ChatEffect::FocusComposer];
        }
        DisplayAction::Earlier if !display.plain || display.earlier => return window::show_more(chat),
        DisplayAction::Earlier => {
            display.earlier = true;
            return vec![ChatEffect::Show, ChatEffect::FocusLog];
        }
        DisplayAction::Read => return toggle_reading(chat),
        DisplayAction::Save => {
            return vec![ChatEffect::Save { name: chat.look.site.clone(), text: transcript(chat) }];
        }
        DisplayAction::Speak => {
            display.hearing = !display.hearing;
            let lang = chat.look.lang.clone();
            return vec![if display.hearing { ChatEffect::Hear(lang) } else { ChatEffect::Deafen }];
        }
    }
    let turned_on = wish == DisplayAction::Plain && display.plain;
    let kept = ChatEffect::Store(StorageKey::Display, display.to_saved());
    [kept, ChatEffect::Show].into_iter().chain(turned_on.then_some(ChatEffect::Voices)).collect()
}

fn toggle_reading(chat: &mut Chat) -> Vec<ChatEffect> {
    if std::mem::take(&mut chat.display.reading) {
        return vec![ChatEffect::Hush];
    }
    let Some((text, lang)) = last_answer(chat) else { return Vec::new() };
    chat.display.reading = true;
    vec![ChatEffect::Read { text, lang }]
}

/// All that was said, as text: whose words, then the words.
fn transcript(chat: &Chat) -> String {
    let lines = chat.timeline.entries.iter().map(|line| speech::transcript_text(chat, &line.message));
    let head = [chat.look.name.clone(), String::new()].into_iter();
    head.chain(lines).collect::<Vec<_>>().join("\n\n")
}

/// What the last answer says, and in which language.
fn last_answer(chat: &Chat) -> Option<(String, String)> {
    let message = &chat.timeline.entries.last()?.message;
    let whole = message.author.kind != AuthorKind::Visitor && message.state != State::Growing;
    whole.then(|| (message.body.plain_text(&chat.words), message.lang.clone()))
}

impl Chat {
    /// Whether there is an answer to read out, and a voice to do it.
    pub fn can_read(&self) -> bool {
        let voice = |lang: &str| {
            let primary = lang.split('-').next().unwrap_or(lang);
            self.display.voices.iter().any(|voice| voice == primary)
        };
        self.display.plain && last_answer(self).is_some_and(|(_, lang)| voice(&lang))
    }
}

/// The visitor has asked something: the simple view shows that, and what comes.
pub fn on_question(chat: &mut Chat) -> Vec<ChatEffect> {
    let display = &mut chat.display;
    let read = std::mem::take(&mut display.reading).then_some(ChatEffect::Hush);
    let shown = (std::mem::take(&mut display.writing) | std::mem::take(&mut display.earlier))
        .then_some(ChatEffect::Show);
    let mut effects = Vec::from_iter(read);
    effects.extend(shown);
    effects
}

/// What was spoken, as far as it was understood; nothing when the microphone is off again.
pub fn on_speech(chat: &mut Chat, text: Option<String>) -> Vec<ChatEffect> {
    let Some(text) = text else {
        chat.display.hearing = false;
        return Vec::new();
    };
    chat.display.writing = true;
    chat.draft.clone_from(&text);
    vec![
        ChatEffect::Store(StorageKey::Draft, text.clone()),
        ChatEffect::Draft(text),
        ChatEffect::Show,
        ChatEffect::FocusComposer,
    ]
}
