//! How a chat begins.

use super::{
    Chat, ChatEffect, Display, MessageRow, OutgoingMessage, StorageKey, Transport, checklist, connection,
    feedback,
};
use client::{Timeline, TransportSelector};
use wire::{
    Boot, Id,
    json::{Fields, Record, Writer},
};

/// What the browser had kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Saved {
    /// The conversation of the last visit.
    pub kept: Option<SavedConversation>,
    /// What was said and not acknowledged, in any order.
    pub outgoing: Vec<OutgoingMessage>,
    /// What stood in the composer: there now, or else when it was last closed.
    pub draft: String,
    /// The language the visitor chose, or else the one that the page says by hand.
    pub lang: Option<String>,
    /// How the visitor wanted the panel.
    pub display: String,
    /// What was ticked off.
    pub ticks: String,
    /// What was said of answers.
    pub ratings: String,
    /// The way to the edge that worked earlier in this session.
    pub transport: Transport,
}

/// Which conversation is the visitor's, and what opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedConversation {
    /// Its name.
    pub conversation: Id,
    /// Its ticket.
    pub ticket: String,
    /// Its epoch, once known.
    pub epoch: Option<Id>,
}

/// A chat as it stands when the widget takes the document over.
///
/// Messages in the document come first: the visitor has just written them, without the widget. Then what the browser
/// kept, and only then the document's unused conversation, for which no line is opened yet.
pub fn start(boot: Boot, saved: Saved, framed: bool) -> (Chat, Vec<ChatEffect>) {
    let Saved { kept, outgoing: mut said, draft, lang, display, ticks, ratings, transport } = saved;
    let posted = !boot.messages.is_empty();
    let returning = kept.is_some() || posted || !said.is_empty();
    let kept = kept.filter(|_| !posted);
    let SavedConversation { conversation, ticket, epoch } = kept.unwrap_or(SavedConversation {
        conversation: boot.conversation,
        ticket: boot.ticket,
        epoch: None,
    });
    // A few at most: a sort of the library's would weigh more than all of this.
    let mut sorted: Vec<OutgoingMessage> = Vec::new();
    for each in said.drain(..) {
        let place = sorted.partition_point(|other| (other.at, other.id) <= (each.at, each.id));
        sorted.insert(place, each);
    }
    let said = sorted;
    let past = boot.messages.last().map_or(0, |message| message.seq);
    let rows = boot.messages.into_iter().map(MessageRow::of_message);
    let entries = rows.chain(said.into_iter().map(MessageRow::of_outgoing)).collect();
    let mut chat = Chat {
        look: boot.look,
        words: boot.words,
        framed,
        open: !framed,
        timeline: Timeline { entries, epoch, base: 0 },
        working: None,
        read: 0,
        seen: 0,
        notice: None,
        asking: None,
        searching: None,
        primed: false,
        excess: 0,
        draft,
        display: Display::from_saved(&display),
        opinion: feedback::parse(&ratings, conversation),
        ticks: checklist::parse(&ticks, conversation),
        locating: Default::default(),
        uploads: Default::default(),
        menu: false,
        telling: None,
        lazy: Default::default(),
        lazy_failures: 0,
        lazy_events: Vec::new(),
        unread: 0,
        below: false,
        behind: false,
        connection: Default::default(),
        identity: Default::default(),
        transport: TransportSelector::new(transport),
        conversation,
        ticket,
        kept: returning,
        catching_up: returning,
        past,
        undrawn: 0,
        following: true,
        renewing: false,
        held: false,
        told: false,
        follows_language: lang.is_none(),
        announced: false,
        asked: false,
    };
    let mut effects = Vec::new();
    if chat.open {
        effects.push(super::standing::schedule_poll());
    }
    if !display.is_empty() {
        effects.push(ChatEffect::Show);
    }
    if posted {
        effects.push(store_conversation(&chat));
    }
    if returning {
        effects.extend(connection::connect(&mut chat));
        // A conversation that has not begun is read from its top.
        effects.push(ChatEffect::ScrollToEnd);
    }
    if let Some(lang) = lang {
        effects.extend(super::session_refresh::change_language(&mut chat, lang));
    }
    // Written without the widget.
    let answered =
        chat.timeline.entries.iter().map(|line| (line.message.author.kind, line.message.lang.clone()));
    for (kind, lang) in answered.collect::<Vec<_>>() {
        effects.extend(super::session_refresh::follow_language(&mut chat, kind, lang));
    }
    effects.extend(super::lazy_state::load_if_wanted(&mut chat));
    (chat, effects)
}

/// Keeps the conversation for the next visit.
pub(super) fn store_conversation(chat: &Chat) -> ChatEffect {
    ChatEffect::Store(StorageKey::Conversation, conversation_json(chat))
}

/// The same for one that has just begun.
pub(super) fn claim_conversation(chat: &Chat) -> ChatEffect {
    ChatEffect::Claim(conversation_json(chat))
}

fn conversation_json(chat: &Chat) -> String {
    let mut kept = Writer::default();
    kept.write_id("conversation", Some(chat.conversation));
    kept.write_text("ticket", &chat.ticket);
    kept.write_id("epoch", chat.timeline.epoch);
    kept.finish_object()
}

impl Record for SavedConversation {
    fn record(fields: &mut Fields) -> SavedConversation {
        SavedConversation {
            conversation: fields.get("conversation"),
            ticket: fields.get("ticket"),
            epoch: fields.get("epoch"),
        }
    }
}
