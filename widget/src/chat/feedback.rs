//! What the visitor thinks of an answer, and of the chat when it ends. Shown at once; kept, and sent again with every new
//! line, until the edge has said it back.

use super::{
    effect::{ChatEffect, StorageKey},
    people, session_refresh,
    state::{
        Chat,
        opinion::{FeedbackAction, FeedbackSubject, Opinion, PendingRating},
    },
};
use client::DeliveryState;
use wire::{Down, Fault, Message, Reason, State, Up, Word};

/// Keeps what the edge has not said back.
fn store_ratings(chat: &Chat) -> ChatEffect {
    if chat.opinion.unsaid.is_empty() {
        return ChatEffect::Forget(StorageKey::Ratings);
    }
    ChatEffect::Store(StorageKey::Ratings, chat.opinion.format_pending(chat.conversation))
}

/// Whether the visitor is asked about `message`.
pub fn is_asked(chat: &Chat, message: &Message, delivery: &DeliveryState<Fault>) -> bool {
    let whole = delivery.is_sent() && message.state == State::Done;
    chat.look.thumbs && whole && message.topic.is_some()
}

/// The visitor presses one of the buttons under an answer: it helped, or not.
pub fn rate_answer(chat: &mut Chat, seq: u64, good: bool) -> Vec<ChatEffect> {
    let good = Some(good).filter(|_| chat.opinion.rated.rating_of(seq) != Some(good));
    let opinion = &mut chat.opinion;
    opinion.why = (good == Some(false)).then_some(seq);
    opinion.thanked = None;
    let mut effects = record_rating(chat, seq, good, None, String::new());
    // The question why comes up below.
    let last = chat.timeline.entries.last().is_some_and(|line| line.message.seq == seq);
    if chat.opinion.why.is_some() && last && chat.following {
        effects.push(ChatEffect::ScrollToEnd);
    }
    effects
}

/// The visitor leaves a question unanswered.
pub fn skip_question(chat: &mut Chat) -> Vec<ChatEffect> {
    chat.opinion.why = None;
    close_survey(chat);
    vec![ChatEffect::FocusLog]
}

/// Does what the visitor wants.
pub fn on_action(chat: &mut Chat, judge: FeedbackAction) -> Vec<ChatEffect> {
    match judge {
        FeedbackAction::Skip => skip_question(chat),
        // Whoever is asked already has no need to be asked again.
        FeedbackAction::End if !chat.opinion.ending => {
            chat.opinion.ending = true;
            vec![ChatEffect::FocusId("hoi-survey")]
        }
        FeedbackAction::End | FeedbackAction::EndOnly => end_chat(chat),
    }
}

/// Sends it.
pub fn send(chat: &mut Chat, about: FeedbackSubject, text: String) -> Vec<ChatEffect> {
    match about {
        FeedbackSubject::Answer(seq, reason) => {
            (chat.opinion.why, chat.opinion.thanked) = (None, Some(seq));
            let mut effects = record_rating(chat, seq, Some(false), reason, text);
            effects.extend([ChatEffect::FocusLog, ChatEffect::announce(chat.words.word_text(Word::Thanks))]);
            effects
        }
        FeedbackSubject::Chat(score) => {
            chat.opinion.survey = Some((score, text));
            resend_pending(chat)
        }
    }
}

fn record_rating(
    chat: &mut Chat,
    seq: u64,
    good: Option<bool>,
    reason: Option<Reason>,
    text: String,
) -> Vec<ChatEffect> {
    let opinion = &mut chat.opinion;
    opinion.rated.set_rating(seq, good);
    opinion.unsaid.retain(|other| other.seq != seq);
    let rating = PendingRating { seq, good, reason, text };
    let up = rating.to_frame();
    opinion.unsaid.push(rating);
    let mut effects = vec![store_ratings(chat)];
    if is_open(chat) {
        effects.push(ChatEffect::Send(up));
    }
    effects
}

fn is_open(chat: &Chat) -> bool {
    chat.connection.is_online() && !chat.held
}

/// Sends what the edge has not said back yet, if it takes it now.
pub fn resend_pending(chat: &Chat) -> Vec<ChatEffect> {
    if !is_open(chat) {
        return Vec::new();
    }
    let Opinion { unsaid, survey, .. } = &chat.opinion;
    let mut ups: Vec<Up> = unsaid.iter().map(PendingRating::to_frame).collect();
    if let Some((score, text)) = survey {
        ups.push(Up::Survey { score: *score, text: text.clone() });
    }
    ups.into_iter().map(ChatEffect::Send).collect()
}

/// The edge says what it has written down.
pub fn on_frame(chat: &mut Chat, frame: Down) -> Vec<ChatEffect> {
    match frame {
        Down::Rated(rated) => {
            let opinion = &mut chat.opinion;
            let before = opinion.unsaid.len();
            opinion.unsaid.retain(|rating| rated.rating_of(rating.seq) != rating.good);
            let fewer = opinion.unsaid.len() < before;
            opinion.rated = rated;
            opinion.apply_pending();
            if fewer { vec![store_ratings(chat)] } else { Vec::new() }
        }
        Down::Survey if !chat.opinion.ending => {
            (chat.opinion.ending, chat.opinion.closed) = (true, true);
            let mut effects = vec![ChatEffect::announce(chat.words.word_text(Word::HowWasIt))];
            effects.extend(people::send_read_receipt(chat));
            // What was said last stays in view, however little room is left.
            if chat.following {
                effects.push(ChatEffect::ScrollToEnd);
            }
            effects
        }
        Down::Surveyed if chat.opinion.survey.is_some() && chat.opinion.closed => {
            close_survey(chat);
            vec![ChatEffect::FocusLog, ChatEffect::announce(chat.words.word_text(Word::Thanks))]
        }
        Down::Surveyed if chat.opinion.survey.is_some() => end_chat(chat),
        _ => Vec::new(),
    }
}

fn close_survey(chat: &mut Chat) {
    (chat.opinion.ending, chat.opinion.closed, chat.opinion.survey) = (false, false, None);
}

/// The edge doesn't take what it was told last; it would not the next time either.
pub fn on_refusal(chat: &mut Chat) {
    chat.opinion.unsaid.clear();
    chat.opinion.survey = None;
}

/// The chat ends: this device forgets it.
fn end_chat(chat: &mut Chat) -> Vec<ChatEffect> {
    close_survey(chat);
    let mut effects = session_refresh::start_over(chat);
    effects.push(ChatEffect::announce(chat.words.word_text(Word::Ended)));
    effects
}
