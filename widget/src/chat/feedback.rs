//! What the visitor thinks of an answer, and of the chat when it ends. Shown at once; kept, and sent again with every new
//! line, until the edge has said it back.

use super::{Chat, ChatEffect, DeliveryState, StorageKey, people, personal, session_refresh};
use wire::{Down, Fault, Id, Message, Rated, Reason, State, Up, Word, limits::MAX_OPINION_CHARS};

/// What was said and what is being asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Opinion {
    /// Which answers helped.
    pub rated: Rated,
    /// The answer about which the visitor is asked why it did not help.
    pub why: Option<u64>,
    /// The answer about which the visitor was thanked last.
    pub thanked: Option<u64>,
    /// Whether the visitor is asked how the chat was: about to end it, or because a person has closed it.
    pub ending: bool,
    /// The latter: then it stays when that is said.
    pub closed: bool,
    /// What the edge has not said back yet: the last word about each answer.
    unsaid: Vec<PendingRating>,
    /// The same of the survey, its mark and words.
    survey: Option<(u8, String)>,
}

/// What was said of one answer.
#[derive(Debug, Clone, PartialEq)]
struct PendingRating {
    /// Which.
    seq: u64,
    /// Whether it helped; nothing if that is not said any more.
    good: Option<bool>,
    reason: Option<Reason>,
    text: String,
}

impl PendingRating {
    fn to_frame(&self) -> Up {
        let PendingRating { seq, good, reason, ref text } = *self;
        Up::Rate { seq, good, reason, text: text.clone() }
    }
}

/// Between what was said of one answer and of the next; between the parts of one. Nobody types either.
const NEXT: char = '\u{1e}';
const PART: char = '\u{1f}';
const REASONS: [Reason; 4] = [Reason::Wrong, Reason::Unclear, Reason::Missing, Reason::Other];

/// What was said in `conversation` and kept, because the edge had not said it back.
pub fn parse(kept: &str, conversation: Id) -> Opinion {
    let mut opinion = Opinion::default();
    let mut ratings = kept.split(NEXT);
    if ratings.next() == Some(&conversation.to_hex()) {
        opinion.unsaid.extend(ratings.filter_map(parse_rating));
    }
    opinion.apply_pending();
    opinion
}

fn parse_rating(kept: &str) -> Option<PendingRating> {
    let mut parts = kept.split(PART);
    let mut next = || parts.next().unwrap_or_default();
    let (seq, good, reason, text) = (next().parse().ok()?, next(), next(), next().to_owned());
    let good = (!good.is_empty()).then_some(good == "1");
    Some(PendingRating { seq, good, reason: REASONS.into_iter().find(|own| own.name() == reason), text })
}

/// Keeps what the edge has not said back.
fn store_ratings(chat: &Chat) -> ChatEffect {
    if chat.opinion.unsaid.is_empty() {
        return ChatEffect::Forget(StorageKey::Ratings);
    }
    let mut kept = chat.conversation.to_hex();
    for PendingRating { seq, good, reason, text } in &chat.opinion.unsaid {
        let good = good.map_or("", |good| if good { "1" } else { "0" });
        let number = seq.to_string();
        let parts = [number.as_str(), good, reason.map_or("", Reason::name), text];
        for (mark, part) in [NEXT, PART, PART, PART].into_iter().zip(parts) {
            kept.push(mark);
            kept.push_str(part);
        }
    }
    ChatEffect::Store(StorageKey::Ratings, kept)
}

impl Opinion {
    /// Has the answers look as was said last.
    fn apply_pending(&mut self) {
        for PendingRating { seq, good, .. } in &self.unsaid {
            self.rated.set_rating(*seq, *good);
        }
    }
}

/// What an opinion is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedbackSubject {
    /// An answer that did not help, and why.
    Answer(u64, Option<Reason>),
    /// The chat, and its mark.
    Chat(u8),
}

/// What the visitor does about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedbackAction {
    /// Leaves a question unanswered.
    Skip,
    /// Wants to end the chat.
    End,
    /// Ends it without a mark.
    EndOnly,
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
    asks_no_more(chat);
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

/// The visitor says more about it. Personal data in it is asked about as in everything that is typed.
pub fn submit(chat: &mut Chat, about: FeedbackSubject, text: &str, at: u64) -> Vec<ChatEffect> {
    let text: String = text.trim().chars().take(MAX_OPINION_CHARS).collect();
    match personal::check_feedback(chat, &text, about, at) {
        Some(asking) => asking,
        None => send(chat, about, text),
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
    let survey = survey.iter().map(|(score, text)| Up::Survey { score: *score, text: text.clone() });
    unsaid.iter().map(PendingRating::to_frame).chain(survey).map(ChatEffect::Send).collect()
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
            asks_no_more(chat);
            vec![ChatEffect::FocusLog, ChatEffect::announce(chat.words.word_text(Word::Thanks))]
        }
        Down::Surveyed if chat.opinion.survey.is_some() => end_chat(chat),
        _ => Vec::new(),
    }
}

fn asks_no_more(chat: &mut Chat) {
    (chat.opinion.ending, chat.opinion.closed, chat.opinion.survey) = (false, false, None);
}

/// The edge doesn't take what it was told last; it would not the next time either.
pub fn on_refusal(chat: &mut Chat) {
    chat.opinion.unsaid.clear();
    chat.opinion.survey = None;
}

/// The chat ends: this device forgets it.
fn end_chat(chat: &mut Chat) -> Vec<ChatEffect> {
    asks_no_more(chat);
    let mut effects = session_refresh::start_over(chat);
    effects.push(ChatEffect::announce(chat.words.word_text(Word::Ended)));
    effects
}
