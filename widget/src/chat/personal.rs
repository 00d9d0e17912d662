//! Personal data in what the visitor is about to send: the visitor is asked first.
//!
//! What a text holds is told by a part of its own (`widget/src/bin/personal.rs`), which comes when somebody first types a
//! digit or an `@`. Should it not come in time, the visitor is asked all the same, only less exactly.

use super::{About, Chat, Effect, Key, LazyState, RowKey, Timer, lazy_load, outbox};
use privacy::{EARLIER, Kinds};
use wire::{AuthorKind, Id};

/// Longest wait for the part, in milliseconds. What was typed stays where it is meanwhile.
pub const SEARCH_MS: u64 = 4_000;

/// A text to be searched for personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// What.
    pub text: String,
    /// The visitor's last messages, oldest first: numbers come in pieces.
    pub earlier: Vec<String>,
    /// The present one.
    pub year: u32,
    /// What is to be hidden of it.
    pub hide: Kinds,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Everything it holds.
    pub kinds: Kinds,
    /// The text with what was to be hidden.
    pub hidden: String,
}

/// What a search is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    /// To send the text under this id.
    Say { id: Id, at: u64 },
    /// To send it as what is said about this.
    Opinion(About),
    /// To say what the edge has refused.
    Refused,
}

/// A search that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Searching {
    text: String,
    reason: Reason,
}

/// What the visitor is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// What the text seems to hold; nothing if nobody could tell.
    pub kinds: Kinds,
    /// Whether the site doesn't take it at all.
    pub refused: bool,
    /// The text without it, unless nobody could tell.
    pub hidden: Option<String>,
    /// What it is about, if not a message.
    about: Option<About>,
    /// Whether the visitor has just tried to send it: then the focus comes to the question.
    moves_focus: bool,
    text: String,
}

impl Asking {
    /// What is asked, as a number, for telling one question from another; never 0.
    pub fn number(&self) -> u64 {
        u64::from(self.kinds.0) << 3
            | u64::from(self.refused) << 2
            | u64::from(self.hidden.is_some()) << 1
            | 1
    }
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

/// What the visitor is asked about before it is sent.
fn wanted(chat: &Chat) -> Kinds {
    chat.look.care.warn.union_with(chat.look.care.refuse)
}

/// Whether `text` must be searched before it is sent.
pub fn is_due(chat: &Chat, text: &str) -> bool {
    wanted(chat) != Kinds::default() && privacy::may_hold(text)
}

/// Searches `text` before it is sent under `id`, if there may be something to ask. `None`: it may be sent.
pub fn ask(chat: &mut Chat, text: &str, id: Id, at: u64) -> Option<Vec<Effect>> {
    is_due(chat, text).then(|| search(chat, text, wanted(chat), at, Reason::Say { id, at }))
}

/// The same of an opinion.
pub fn ask_about(chat: &mut Chat, text: &str, about: About, at: u64) -> Option<Vec<Effect>> {
    is_due(chat, text).then(|| search(chat, text, wanted(chat), at, Reason::Opinion(about)))
}

fn search(chat: &mut Chat, text: &str, hide: Kinds, at: u64, reason: Reason) -> Vec<Effect> {
    chat.searching = Some(Searching { text: text.to_owned(), reason });
    let search =
        Search { text: text.to_owned(), earlier: earlier(chat), year: privacy::year_of_ms(at), hide };
    vec![Effect::Search(search), Effect::After { ms: SEARCH_MS, timer: Timer::Search }]
}

/// The search of `text` is over. Nothing was found out if the part did not come.
pub fn searched(chat: &mut Chat, text: &str, found: Option<Found>) -> Vec<Effect> {
    match chat.searching.take_if(|searching| searching.text == text) {
        Some(searching) => decide(chat, searching, found),
        None => Vec::new(),
    }
}

/// The part should have come by now.
pub fn gave_up(chat: &mut Chat) -> Vec<Effect> {
    chat.searching.take().map(|searching| decide(chat, searching, None)).unwrap_or_default()
}

/// The composer's text changes: what was to be sent is no longer what stands there.
pub fn typed(chat: &mut Chat) {
    chat.asking = None;
    let draft = chat.draft.trim();
    chat.searching
        .take_if(|searching| searching.text == draft && matches!(searching.reason, Reason::Say { .. }));
}

fn decide(chat: &mut Chat, searching: Searching, found: Option<Found>) -> Vec<Effect> {
    let Searching { text, reason } = searching;
    let known = found.is_some();
    let (all, hidden) = found.map(|found| (found.kinds, found.hidden)).unzip();
    let all = all.unwrap_or_default();
    let kinds = if reason == Reason::Refused { all } else { all.intersection_with(wanted(chat)) };
    let nothing = known && kinds == Kinds::default();
    match reason {
        Reason::Say { id, at } if nothing => return say(chat, text, id, at),
        Reason::Opinion(about) if nothing => return lazy_load::opine(chat, about, text),
        Reason::Say { .. } | Reason::Opinion(_) | Reason::Refused => {}
    }
    let refused =
        reason == Reason::Refused || kinds.intersection_with(chat.look.care.refuse) != Kinds::default();
    let about = if let Reason::Opinion(about) = reason { Some(about) } else { None };
    // What the edge has refused was sent before: the focus stays where the visitor has it by now.
    let moves_focus = reason != Reason::Refused;
    chat.asking = Some(Asking { kinds, refused, hidden, about, moves_focus, text });
    if chat.lazy == LazyState::Ready { lazy_load::ask(chat).into_iter().collect() } else { Vec::new() }
}

/// Asks, as soon as the question can be drawn.
pub fn show(chat: &Chat) -> Option<Effect> {
    let asking = chat.asking.as_ref()?;
    if asking.moves_focus {
        // The button says what it is about: announced as well, it would be read twice.
        return Some(Effect::FocusChoice);
    }
    Some(Effect::Announce {
        text: chat.words.personal_data_sentence(asking.kinds, asking.refused),
        urgent: true,
    })
}

/// Says `text`; the composer is emptied if that is where it came from.
fn say(chat: &mut Chat, text: String, id: Id, at: u64) -> Vec<Effect> {
    let written = chat.draft.trim() == text;
    send(chat, text, written, id, at)
}

fn send(chat: &mut Chat, text: String, written: bool, id: Id, at: u64) -> Vec<Effect> {
    let mut effects = if written { outbox::emptied(chat) } else { Vec::new() };
    effects.extend(outbox::say(chat, text, None, id, at));
    effects.push(Effect::FocusComposer);
    effects
}

/// The visitor has decided.
pub fn answered(chat: &mut Chat, answer: Answer, id: Id, at: u64) -> Vec<Effect> {
    let Some(Asking { refused, hidden, about, text, .. }) = chat.asking.take() else { return Vec::new() };
    let written = chat.draft.trim() == text;
    match (answer, hidden, about) {
        (Answer::Hide, Some(hidden), Some(about)) => lazy_load::opine(chat, about, hidden),
        (Answer::Send, _, Some(about)) if !refused => lazy_load::opine(chat, about, text),
        // It stands where it was written still.
        (_, _, Some(_)) => vec![Effect::FocusId("hoi-words")],
        (Answer::Hide, Some(hidden), None) => send(chat, hidden, written, id, at),
        (Answer::Send, _, None) if !refused => send(chat, text, written, id, at),
        (Answer::Hide, None, None) | (Answer::Send | Answer::Edit, _, None) => {
            let mut effects = if written { Vec::new() } else { back(chat, text) };
            effects.push(Effect::FocusComposer);
            effects
        }
    }
}

/// The edge doesn't take what was said under `id`: it goes back to where it can be changed.
pub fn refused(chat: &mut Chat, id: Id) -> Vec<Effect> {
    let waits = |row: &super::MessageRow| row.key == RowKey::Id(id) && row.delivery.is_pending();
    let Some(place) = chat.timeline.entries.iter().position(waits) else { return Vec::new() };
    let Some(said) = chat.timeline.entries.remove(place).outgoing else { return Vec::new() };
    let mut effects = vec![Effect::Forget(Key::Outgoing(id))];
    if chat.draft.is_empty() {
        effects.extend(back(chat, said.text.clone()));
    }
    effects.extend(search(chat, &said.text, Kinds::ALL, said.at, Reason::Refused));
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

/// The visitor's last messages, oldest first.
fn earlier(chat: &Chat) -> Vec<String> {
    let mut texts = Vec::new();
    for line in chat.timeline.entries.iter().rev() {
        if line.message.author.kind == AuthorKind::Visitor && texts.len() < EARLIER {
            texts.insert(0, line.message.body.plain_text(&chat.words));
        }
    }
    texts
}
