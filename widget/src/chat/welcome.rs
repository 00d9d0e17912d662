//! The connection to the edge is up: what is done then, the first time and every other time.

use super::{
    connection::CALM_MS,
    conversation,
    effect::{ChatEffect, Timer},
    feedback, identity, lazy_state, outbox, people,
    state::{Chat, notice::ChatNotice},
    transport, window,
};
use client::PING_INTERVAL_MS;
use wire::{Id, Word};

/// The edge knows us: what was said and not acknowledged goes out again.
pub fn on_welcome(chat: &mut Chat, epoch: Id, last: u64, ticket: Option<String>) -> Vec<ChatEffect> {
    let other = chat.timeline.epoch.is_some_and(|known| known != epoch);
    if other || chat.catching_up {
        window::show_newest(chat, last);
    }
    if other {
        chat.timeline.clear_numbered();
        chat.opinion.rated = Default::default();
        chat.past = last;
    }
    if chat.catching_up {
        chat.past = chat.past.max(last);
    }
    let changed = chat.timeline.epoch != Some(epoch) || ticket.is_some();
    chat.timeline.epoch = Some(epoch);
    chat.ticket = ticket.unwrap_or_else(|| std::mem::take(&mut chat.ticket));
    chat.timeline.base = chat.timeline.base.max(last.saturating_sub(wire::limits::MAX_RESUME as u64));
    chat.connection.on_welcome();
    chat.catching_up = false;
    chat.held = false;
    // If somebody still is, the edge says so again.
    chat.working = None;
    let mut effects = transport::record_success(chat);
    if changed && chat.kept {
        effects.push(conversation::store_conversation(chat));
    }
    if chat.notice == Some(ChatNotice::Reconnecting) {
        chat.notice = None;
        effects.push(ChatEffect::announce(chat.words.word_text(Word::BackOnline)));
    }
    effects.extend(lazy_state::retry(chat));
    effects.extend(identity::send_pending(chat));
    effects.push(ChatEffect::After { ms: CALM_MS, timer: Timer::Calm });
    effects.push(ChatEffect::After { ms: PING_INTERVAL_MS, timer: Timer::Ping });
    effects.extend(outbox::flush(chat));
    effects.extend(feedback::resend_pending(chat));
    effects.extend(people::send_read_receipt(chat));
    effects
}
