//! What the visitor thinks of an answer, and of the chat when it ends. Shown at once; sent again with every new line
//! until the edge has said it back.

use super::{Chat, Connection, Effect, Stage, personal, renew};
use wire::{Down, Message, Rated, Reason, State, Up, Word, limits::MAX_OPINION_CHARS};

/// What was said and what is being asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Opinion {
    /// Which answers helped.
    pub rated: Rated,
    /// The answer about which the visitor is asked why it did not help.
    pub why: Option<u64>,
    /// The answer about which the visitor was thanked last.
    pub thanked: Option<u64>,
    /// Whether the visitor, about to end the chat, is asked how it was.
    pub ending: bool,
    /// What the edge has not said back yet: the last word about each answer.
    unsaid: Vec<Up>,
    /// The same of the survey; the chat ends with its answer.
    survey: Option<Up>,
}

/// What an opinion is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// An answer that did not help, and why.
    Answer(u64, Option<Reason>),
    /// The chat, and its mark.
    Chat(u8),
}

/// What the visitor does about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judge {
    /// Leaves a question unanswered.
    Skip,
    /// Wants to end the chat.
    End,
    /// Ends it without a mark.
    EndOnly,
}

/// Whether the visitor is asked about `message`.
pub fn is_asked(chat: &Chat, message: &Message, stage: &Stage) -> bool {
    let whole = *stage == Stage::Sent && message.state == State::Done;
    chat.look.thumbs && whole && message.topic.is_some()
}

/// The visitor presses one of the buttons under an answer: it helped, or not.
pub fn thumbed(chat: &mut Chat, seq: u64, good: bool) -> Vec<Effect> {
    let good = Some(good).filter(|_| chat.opinion.rated.of(seq) != Some(good));
    let opinion = &mut chat.opinion;
    opinion.why = (good == Some(false)).then_some(seq);
    opinion.thanked = None;
    let mut effects = rate(chat, seq, good, None, String::new());
    // The question why comes up below.
    let last = chat.lines.last().is_some_and(|line| line.message.seq == seq);
    if chat.opinion.why.is_some() && last && chat.following {
        effects.push(Effect::ScrollToEnd);
    }
    effects
}

/// The visitor leaves a question unanswered.
pub fn skip(chat: &mut Chat) -> Vec<Effect> {
    (chat.opinion.why, chat.opinion.ending) = (None, false);
    vec![Effect::FocusLog]
}

/// Does what the visitor wants.
pub fn judged(chat: &mut Chat, judge: Judge) -> Vec<Effect> {
    match judge {
        Judge::Skip => skip(chat),
        Judge::End => {
            chat.opinion.ending = true;
            vec![Effect::FocusId("hoi-survey")]
        }
        Judge::EndOnly => end(chat),
    }
}

/// The visitor says more about it. Personal data in it is asked about as in everything that is typed.
pub fn said(chat: &mut Chat, about: About, text: &str, at: u64) -> Vec<Effect> {
    let text: String = text.trim().chars().take(MAX_OPINION_CHARS).collect();
    match personal::ask_about(chat, &text, about, at) {
        Some(asking) => asking,
        None => send(chat, about, text),
    }
}

/// Sends it.
pub fn send(chat: &mut Chat, about: About, text: String) -> Vec<Effect> {
    match about {
        About::Answer(seq, reason) => {
            (chat.opinion.why, chat.opinion.thanked) = (None, Some(seq));
            let mut effects = rate(chat, seq, Some(false), reason, text);
            effects.extend([Effect::FocusLog, Effect::say(chat.words.get(Word::Thanks))]);
            effects
        }
        About::Chat(score) => {
            let up = Up::Survey { score, text };
            chat.opinion.survey = Some(up);
            resend(chat)
        }
    }
}

fn rate(chat: &mut Chat, seq: u64, good: Option<bool>, reason: Option<Reason>, text: String) -> Vec<Effect> {
    let opinion = &mut chat.opinion;
    opinion.rated.set(seq, good);
    opinion.unsaid.retain(|up| !matches!(up, Up::Rate { seq: other, .. } if *other == seq));
    let up = Up::Rate { seq, good, reason, text };
    opinion.unsaid.push(up.clone());
    if is_open(chat) { vec![Effect::Send(up)] } else { Vec::new() }
}

fn is_open(chat: &Chat) -> bool {
    chat.connection == Connection::Online && !chat.held
}

/// Sends what the edge has not said back yet, if it takes it now.
pub fn resend(chat: &Chat) -> Vec<Effect> {
    if !is_open(chat) {
        return Vec::new();
    }
    let Opinion { unsaid, survey, .. } = &chat.opinion;
    unsaid.iter().chain(survey).cloned().map(Effect::Send).collect()
}

/// The edge says what it has written down.
pub fn heard(chat: &mut Chat, frame: Down) -> Vec<Effect> {
    match frame {
        Down::Rated(rated) => {
            let opinion = &mut chat.opinion;
            opinion.unsaid.retain(|up| matches!(up, Up::Rate { seq, good, .. } if rated.of(*seq) != *good));
            opinion.rated = rated;
            for up in &opinion.unsaid {
                if let Up::Rate { seq, good, .. } = up {
                    opinion.rated.set(*seq, *good);
                }
            }
            Vec::new()
        }
        Down::Surveyed if chat.opinion.survey.is_some() => end(chat),
        _ => Vec::new(),
    }
}

/// The edge doesn't take what it was told last; it would not the next time either.
pub fn refused(chat: &mut Chat) {
    chat.opinion.unsaid.clear();
    chat.opinion.survey = None;
}

/// The chat ends: this device forgets it.
fn end(chat: &mut Chat) -> Vec<Effect> {
    (chat.opinion.ending, chat.opinion.survey) = (false, None);
    let mut effects = renew::start_over(chat);
    effects.push(Effect::say(chat.words.get(Word::Ended)));
    effects
}
