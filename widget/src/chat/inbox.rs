//! What comes from the edge.

use super::{
    connection,
    effect::{ChatEffect, StorageKey, ToPage},
    fault, feedback, identity,
    message_row::{MessageRow, RowKey},
    outbox, people, session_refresh, speech,
    state::Chat,
    stream_timeout, welcome, window,
};
use client::GrowthOutcome;
use wire::{AuthorKind, Block, Down, Message, State, Word};

/// A frame came.
pub fn on_frame(chat: &mut Chat, frame: Down) -> Vec<ChatEffect> {
    chat.connection.on_frame();
    // A wait that we were told of holds if the line is closed right behind it.
    chat.connection.retry_after_ms = 0;
    match frame {
        Down::Welcome { epoch, last, ticket } => welcome::on_welcome(chat, epoch, last, ticket),
        Down::Ack { id, seq, at } => outbox::on_ack(chat, id, seq, at),
        Down::Message(message) => on_message(chat, message),
        Down::Grow { seq, rev, keep, blocks } => on_growth(chat, seq, rev, keep, blocks),
        Down::Working { author, text } => {
            let mut effects = Vec::from_iter(match &text {
                Some(text) => Some(ChatEffect::announce(text.clone())),
                None => announce_answering(chat, &author),
            });
            chat.working = Some((author, text));
            effects.extend(reveal_newest(chat));
            effects
        }
        Down::Quiet => {
            chat.working = None;
            chat.announced = false;
            Vec::new()
        }
        Down::Read { seq } => {
            people::on_read(chat, seq);
            Vec::new()
        }
        Down::Identified { ticket } => identity::on_identified(chat, ticket),
        Down::Fault { id, code, retry_ms } => fault::on_fault(chat, id, code, retry_ms),
        frame @ (Down::Rated(_) | Down::Survey | Down::Surveyed) => feedback::on_frame(chat, frame),
        Down::Erased => session_refresh::on_erased(chat),
        // `Closed` follows, and with it the next try.
        Down::Going => vec![ChatEffect::Disconnect],
        Down::Unknown => Vec::new(),
    }
}

/// A message, whole as of now: it takes the place of what is shown under its number or its id.
fn on_message(chat: &mut Chat, message: Message) -> Vec<ChatEffect> {
    let old = chat.timeline.position(&message);
    if chat.timeline.is_outdated(&message, old) {
        return Vec::new();
    }
    let old = old.map(|place| chat.timeline.entries.remove(place));
    let was_growing = old.as_ref().is_some_and(|line| line.message.state == State::Growing);
    let is_new = old.is_none();
    let (kind, lang) = (message.author.kind, message.lang.clone());
    let gap = chat.timeline.has_gap_before(message.seq);
    let (seq, past) = (message.seq, chat.past);

    let mut line = MessageRow::of_message(message);
    let mut effects = Vec::new();
    if let Some(old) = old {
        line.key = old.key;
        line.version = old.version + 1;
        if let (RowKey::Id(id), Some(_)) = (old.key, old.outgoing) {
            effects.push(ChatEffect::Forget(StorageKey::Outgoing(id)));
        }
    }
    if line.message.state == State::Growing {
        effects.push(stream_timeout::restart_timer(chat));
    }
    if seq > past && line.message.author.kind != AuthorKind::Visitor {
        effects.extend(notify_visitor(chat, &line, is_new, was_growing));
    }
    chat.timeline.insert(line);
    window::limit_rows(chat);
    chat.behind = is_new && seq < past;
    if !chat.behind {
        effects.extend(if is_new { reveal_newest(chat) } else { reveal_if_following(chat) });
    }
    if gap && is_new {
        effects.push(connection::send_hello(chat));
    }
    effects.extend(people::send_read_receipt(chat));
    effects.extend(session_refresh::follow_language(chat, kind, lang));
    effects
}

/// What a visitor who sees and one who listens are told about a message that is news.
fn notify_visitor(chat: &mut Chat, line: &MessageRow, is_new: bool, was_growing: bool) -> Vec<ChatEffect> {
    let message = &line.message;
    let mut effects = Vec::new();
    if is_new {
        effects.extend(notify_handoff(chat, message.author.kind));
        effects.push(ChatEffect::Tell(ToPage::Message { author: message.author.kind, seq: message.seq }));
        if !chat.open {
            chat.unread = chat.unread.saturating_add(1);
            effects.push(ChatEffect::Tell(ToPage::Unread(chat.unread)));
        }
    }
    if is_new {
        chat.working = None;
    }
    if message.state == State::Growing {
        effects.extend(announce_answering(chat, &message.author));
    } else if is_new || was_growing {
        chat.announced = false;
        effects.push(ChatEffect::announce(speech::spoken_text(chat, message)));
    }
    effects
}

/// A person answers for the first time since software did.
fn notify_handoff(chat: &Chat, kind: AuthorKind) -> Option<ChatEffect> {
    let before = chat.timeline.entries.iter().rev().map(|line| line.message.author.kind);
    let before = before.into_iter().find(|kind| *kind != AuthorKind::Visitor);
    (kind == AuthorKind::Staff && before != Some(AuthorKind::Staff))
        .then_some(ChatEffect::Tell(ToPage::Handoff))
}

/// Says once a reply that somebody is at it.
fn announce_answering(chat: &mut Chat, author: &wire::Author) -> Option<ChatEffect> {
    if std::mem::replace(&mut chat.announced, true) {
        return None;
    }
    let says = chat.words.text_with(Word::Says, chat.author_name(author));
    Some(ChatEffect::announce([&says, " ", chat.words.word_text(Word::Answering)].concat()))
}

/// A growing message has grown. After a gap nothing fits any more: ask for it whole.
fn on_growth(chat: &mut Chat, seq: u64, rev: u32, keep: usize, blocks: Vec<Block>) -> Vec<ChatEffect> {
    match chat.timeline.apply_growth(seq, rev, keep, blocks) {
        GrowthOutcome::Applied(row) => {
            row.timed_out = false;
            row.version += 1;
            let mut effects = vec![stream_timeout::restart_timer(chat)];
            effects.extend(reveal_if_following(chat));
            effects
        }
        GrowthOutcome::Known => Vec::new(),
        GrowthOutcome::Gap => vec![connection::send_hello(chat)],
    }
}

/// Something new is at the end: bring it into view, or say that it is there.
fn reveal_newest(chat: &mut Chat) -> Option<ChatEffect> {
    if chat.following {
        return Some(ChatEffect::Reveal);
    }
    chat.below = true;
    None
}

/// Something changed where it was.
fn reveal_if_following(chat: &Chat) -> Option<ChatEffect> {
    chat.following.then_some(ChatEffect::Reveal)
}

/// The visitor scrolled, or we did.
pub fn on_scroll(chat: &mut Chat, at_end: bool) -> Vec<ChatEffect> {
    chat.following = at_end;
    chat.below &= !at_end;
    Vec::new()
}

/// The visitor wants to see what is new.
pub fn to_end(chat: &mut Chat) -> Vec<ChatEffect> {
    chat.following = true;
    chat.below = false;
    vec![ChatEffect::ScrollToEnd, ChatEffect::FocusLog]
}
