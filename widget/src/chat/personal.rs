//! Personal data in what the visitor is about to send: the visitor is asked first.
//!
//! What a text holds is told by a part of its own (`widget/src/bin/personal.rs`), which comes when somebody first types a
//! digit or an `@`. Should it not come in time, the visitor is asked all the same, only less exactly.

use super::{
    draft::{clear_draft, restore_draft},
    effect::{ChatEffect, StorageKey, Timer},
    lazy_load,
    message_row::{MessageRow, RowKey},
    outbox,
    state::{
        Chat,
        lazy::LazyState,
        opinion::FeedbackSubject,
        personal_data::{
            Asking, PersonalDataDecision, PersonalDataResult, PersonalDataSearch, SearchPurpose, Searching,
        },
    },
};
use privacy::{EARLIER, Kinds};
use wire::{AuthorKind, Id, limits::MAX_OPINION_CHARS};

/// Longest wait for the part, in milliseconds. What was typed stays where it is meanwhile.
pub const SEARCH_MS: u64 = 4_000;

/// What the visitor is asked about before it is sent.
fn checked_kinds(chat: &Chat) -> Kinds {
    chat.look.care.warn.union_with(chat.look.care.refuse)
}

/// Whether `text` must be searched before it is sent.
pub fn is_due(chat: &Chat, text: &str) -> bool {
    checked_kinds(chat) != Kinds::default() && privacy::may_hold(text)
}

/// Searches `text` before it is sent under `id`, if there may be something to ask. `None`: it may be sent.
pub fn check_message(chat: &mut Chat, text: &str, id: Id, at: u64) -> Option<Vec<ChatEffect>> {
    is_due(chat, text)
        .then(|| start_search(chat, text, checked_kinds(chat), at, SearchPurpose::Say { id, at }))
}

/// The visitor says more about an answer or the chat: searched like everything that is typed, before it is sent.
pub fn submit_feedback(chat: &mut Chat, about: FeedbackSubject, text: &str, at: u64) -> Vec<ChatEffect> {
    let text: String = text.trim().chars().take(MAX_OPINION_CHARS).collect();
    if is_due(chat, &text) {
        return start_search(chat, &text, checked_kinds(chat), at, SearchPurpose::Opinion(about));
    }
    lazy_load::personal_data::send_feedback(chat, about, text)
}

fn start_search(chat: &mut Chat, text: &str, hide: Kinds, at: u64, reason: SearchPurpose) -> Vec<ChatEffect> {
    chat.searching = Some(Searching { text: text.to_owned(), reason });
    let search = PersonalDataSearch {
        text: text.to_owned(),
        earlier: earlier_texts(chat),
        year: privacy::year_of_ms(at),
        hide,
    };
    vec![ChatEffect::Search(search), ChatEffect::After { ms: SEARCH_MS, timer: Timer::Search }]
}

/// The search of `text` is over. Nothing was found out if the part did not come.
pub fn on_search_result(chat: &mut Chat, text: &str, found: Option<PersonalDataResult>) -> Vec<ChatEffect> {
    match chat.searching.take_if(|searching| searching.text == text) {
        Some(searching) => resolve_search(chat, searching, found),
        None => Vec::new(),
    }
}

/// The part should have come by now.
pub fn on_search_timeout(chat: &mut Chat) -> Vec<ChatEffect> {
    chat.searching.take().map(|searching| resolve_search(chat, searching, None)).unwrap_or_default()
}

/// The composer's text changes: what was to be sent is no longer what stands there.
pub fn on_draft_change(chat: &mut Chat) {
    chat.asking = None;
    let draft = chat.draft.trim();
    chat.searching.take_if(|searching| {
        searching.text == draft && matches!(searching.reason, SearchPurpose::Say { .. })
    });
}

fn resolve_search(
    chat: &mut Chat,
    searching: Searching,
    found: Option<PersonalDataResult>,
) -> Vec<ChatEffect> {
    let Searching { text, reason } = searching;
    let known = found.is_some();
    let (all, hidden) = found.map(|found| (found.kinds, found.hidden)).unzip();
    let all = all.unwrap_or_default();
    let kinds =
        if reason == SearchPurpose::Refused { all } else { all.intersection_with(checked_kinds(chat)) };
    let nothing = known && kinds == Kinds::default();
    match reason {
        SearchPurpose::Say { id, at } if nothing => return send_text(chat, text, id, at),
        SearchPurpose::Opinion(about) if nothing => {
            return lazy_load::personal_data::send_feedback(chat, about, text);
        }
        SearchPurpose::Say { .. } | SearchPurpose::Opinion(_) | SearchPurpose::Refused => {}
    }
    let refused = reason == SearchPurpose::Refused
        || kinds.intersection_with(chat.look.care.refuse) != Kinds::default();
    let about = if let SearchPurpose::Opinion(about) = reason { Some(about) } else { None };
    // What the edge has refused was sent before: the focus stays where the visitor has it by now.
    let moves_focus = reason != SearchPurpose::Refused;
    chat.asking = Some(Asking { kinds, refused, hidden, about, moves_focus, text });
    if chat.lazy == LazyState::Ready {
        lazy_load::personal_data::show_question(chat).into_iter().collect()
    } else {
        Vec::new()
    }
}

/// Says `text`; the composer is emptied if that is where it came from.
fn send_text(chat: &mut Chat, text: String, id: Id, at: u64) -> Vec<ChatEffect> {
    let written = chat.draft.trim() == text;
    send(chat, text, written, id, at)
}

fn send(chat: &mut Chat, text: String, written: bool, id: Id, at: u64) -> Vec<ChatEffect> {
    let mut effects = if written { clear_draft(chat) } else { Vec::new() };
    effects.extend(outbox::send_text(chat, text, None, id, at));
    effects.push(ChatEffect::FocusComposer);
    effects
}

/// The visitor has decided.
pub fn on_answer(chat: &mut Chat, answer: PersonalDataDecision, id: Id, at: u64) -> Vec<ChatEffect> {
    let Some(Asking { refused, hidden, about, text, .. }) = chat.asking.take() else { return Vec::new() };
    let written = chat.draft.trim() == text;
    match (answer, hidden, about) {
        (PersonalDataDecision::Hide, Some(hidden), Some(about)) => {
            lazy_load::personal_data::send_feedback(chat, about, hidden)
        }
        (PersonalDataDecision::Send, _, Some(about)) if !refused => {
            lazy_load::personal_data::send_feedback(chat, about, text)
        }
        // It stands where it was written still.
        (_, _, Some(_)) => vec![ChatEffect::FocusId("hoi-words")],
        (PersonalDataDecision::Hide, Some(hidden), None) => send(chat, hidden, written, id, at),
        (PersonalDataDecision::Send, _, None) if !refused => send(chat, text, written, id, at),
        (PersonalDataDecision::Hide, None, None)
        | (PersonalDataDecision::Send | PersonalDataDecision::Edit, _, None) => {
            let mut effects = if written { Vec::new() } else { restore_draft(chat, text) };
            effects.push(ChatEffect::FocusComposer);
            effects
        }
    }
}

/// The edge doesn't take what was said under `id`: it goes back to where it can be changed.
pub fn on_refusal(chat: &mut Chat, id: Id) -> Vec<ChatEffect> {
    let waits = |row: &MessageRow| row.key == RowKey::Id(id) && row.delivery.is_pending();
    let Some(place) = chat.timeline.entries.iter().position(waits) else { return Vec::new() };
    let Some(said) = chat.timeline.entries.remove(place).outgoing else { return Vec::new() };
    let mut effects = vec![ChatEffect::Forget(StorageKey::Outgoing(id))];
    if chat.draft.is_empty() {
        effects.extend(restore_draft(chat, said.text.clone()));
    }
    effects.extend(start_search(chat, &said.text, Kinds::ALL, said.at, SearchPurpose::Refused));
    effects
}

/// The visitor's last messages, oldest first.
fn earlier_texts(chat: &Chat) -> Vec<String> {
    let mut texts = Vec::new();
    for line in chat.timeline.entries.iter().rev() {
        if line.message.author.kind == AuthorKind::Visitor && texts.len() < EARLIER {
            texts.insert(0, line.message.body.plain_text(&chat.words));
        }
    }
    texts
}
