//! How a chat begins.

use super::{
    connection, conversation,
    effect::ChatEffect,
    lazy_state,
    message_row::{MessageRow, OutgoingMessage},
    session_refresh, standing,
    state::{
        Chat,
        checklist::parse_ticks,
        display::Display,
        opinion::parse_opinion,
        saved::{Saved, SavedConversation},
    },
};
use client::{Timeline, TransportSelector};
use wire::Boot;

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
        opinion: parse_opinion(&ratings, conversation),
        ticks: parse_ticks(&ticks, conversation),
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
        effects.push(standing::schedule_poll());
    }
    if !display.is_empty() {
        effects.push(ChatEffect::Show);
    }
    if posted {
        effects.push(conversation::store_conversation(&chat));
    }
    if returning {
        effects.extend(connection::connect(&mut chat));
        // A conversation that has not begun is read from its top.
        effects.push(ChatEffect::ScrollToEnd);
    }
    if let Some(lang) = lang {
        effects.extend(session_refresh::change_language(&mut chat, lang));
    }
    // Written without the widget.
    let answered =
        chat.timeline.entries.iter().map(|line| (line.message.author.kind, line.message.lang.clone()));
    for (kind, lang) in answered.collect::<Vec<_>>() {
        effects.extend(session_refresh::follow_language(&mut chat, kind, lang));
    }
    effects.extend(lazy_state::load_if_wanted(&mut chat));
    (chat, effects)
}
