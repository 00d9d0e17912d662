//! What becomes of personal data that was found, where few visitors get to: a question, an opinion that was searched.

use crate::chat::{
    effect::ChatEffect,
    feedback,
    state::{Chat, opinion::FeedbackSubject},
};

/// Asks, as soon as the question can be drawn.
#[inline(never)]
pub fn show_question(chat: &Chat) -> Option<ChatEffect> {
    let asking = chat.asking.as_ref()?;
    if asking.moves_focus {
        // The button says what it is about: announced as well, it would be read twice.
        return Some(ChatEffect::FocusChoice);
    }
    Some(ChatEffect::Announce {
        text: chat.words.personal_data_sentence(asking.kinds, asking.refused),
        urgent: true,
    })
}

/// Sends an opinion whose words were searched for personal data: only `LazyEvent::Opined` begins such a search.
#[inline(never)]
pub fn send_feedback(chat: &mut Chat, about: FeedbackSubject, text: String) -> Vec<ChatEffect> {
    feedback::send(chat, about, text)
}
