//! Faults, in the visitor's terms.

use super::{
    connection,
    effect::{ChatEffect, Timer, ToPage},
    feedback,
    message_row::RowKey,
    notice::show_notice,
    personal, session_refresh,
    state::{Chat, notice::ChatNotice},
};
use wire::{Fault, Id, Word};

/// A wait up to this is "a moment", in milliseconds.
const SHORT_MS: u64 = 60_000;

/// The edge says that something went wrong, about what was said or about everything.
pub fn on_fault(chat: &mut Chat, id: Option<Id>, code: Fault, retry_ms: Option<u64>) -> Vec<ChatEffect> {
    if id.is_none() && code != Fault::TooFast && code != Fault::Ticket {
        feedback::on_refusal(chat);
    }
    let mut effects = match code {
        Fault::Ticket => {
            chat.renewing = true;
            vec![ChatEffect::Disconnect]
        }
        Fault::Version => connection::mark_refused(chat, ChatNotice::Reload),
        Fault::Origin | Fault::NoSite => connection::mark_refused(chat, ChatNotice::Refused),
        Fault::Personal => id.map(|id| personal::on_refusal(chat, id)).unwrap_or_default(),
        Fault::Identity => {
            // The page is told, and may bring another one. The visitor can do nothing about it.
            chat.identity.token = None;
            Vec::new()
        }
        Fault::Stranger => session_refresh::start_over(chat),
        Fault::TooFast => hold_outbox(chat, id, retry_ms.unwrap_or(connection::ACK_TIMEOUT_MS)),
        Fault::Malformed
        | Fault::TooLong
        | Fault::IdReused
        | Fault::FileKind
        | Fault::FilesFull
        | Fault::Internal
        | Fault::Unknown => match id {
            Some(id) => mark_failed(chat, id, code),
            None => show_notice(chat, ChatNotice::Broken),
        },
    };
    effects.push(ChatEffect::Tell(ToPage::Error(code)));
    effects
}

/// What was said stays in the outbox until the edge takes more.
fn hold_outbox(chat: &mut Chat, id: Option<Id>, ms: u64) -> Vec<ChatEffect> {
    chat.held = true;
    if !chat.connection.is_online() {
        // It is about to close: knocking again sooner would be of no use.
        chat.connection.retry_after_ms = ms;
    } else if id.is_none() {
        // It may close, for too much was sent.
        chat.connection.retry_after_ms = ms.min(connection::BACKOFF.max_ms);
    }
    let mut effects = vec![ChatEffect::After { ms, timer: Timer::Flush }];
    effects.extend(show_notice(chat, if ms > SHORT_MS { ChatNotice::TooMuch } else { ChatNotice::TooFast }));
    effects
}

/// What was said stays where it is, with what is wrong about it and a way to send it again.
fn mark_failed(chat: &mut Chat, id: Id, code: Fault) -> Vec<ChatEffect> {
    let Some(line) = chat.timeline.entries.iter_mut().find(|line| line.key == RowKey::Id(id)) else {
        return Vec::new();
    };
    if !line.delivery.mark_failed(code) {
        // It was taken; what went wrong came after.
        return show_notice(chat, ChatNotice::Broken);
    }
    line.version += 1;
    // It stays in storage too: a reload must not lose what was written.
    vec![ChatEffect::Announce { text: chat.words.word_text(Word::NotSent).to_owned(), urgent: true }]
}
