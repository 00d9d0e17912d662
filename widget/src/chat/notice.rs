//! What the bar above the composer says, and faults in the visitor's terms.

use super::{Chat, Effect, RowKey, Timer, ToPage, connection, feedback, personal, session_refresh};
use wire::{Fault, Id, Word, Words};

/// A wait up to this is "a moment", in milliseconds.
const SHORT_MS: u64 = 60_000;

/// Something the visitor should know about the chat itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The line is down and is being tried again.
    Reconnecting,
    /// The edge takes more in a moment.
    TooFast,
    /// The edge takes more in some minutes, or tomorrow.
    TooMuch,
    /// Something of ours went wrong.
    Broken,
    /// The widget is outdated.
    Reload,
    /// This address may not show the chat, or the site is gone.
    Refused,
    /// The earlier conversation can't be opened any more.
    Expired,
    /// The earlier conversation was deleted.
    Erased,
    /// Really start over?
    StartOver,
}

impl Notice {
    /// The sentence for it.
    pub fn word(self) -> Word {
        match self {
            Notice::Reconnecting => Word::Reconnecting,
            Notice::TooFast => Word::TooFast,
            Notice::TooMuch => Word::TooMuch,
            Notice::Broken => Word::Broken,
            Notice::Reload => Word::Reload,
            Notice::Refused => Word::NotHere,
            Notice::Expired => Word::Expired,
            Notice::Erased => Word::ErasedChat,
            Notice::StartOver => Word::StartOverNote,
        }
    }

    /// Whether something is wrong, rather than on its way.
    pub fn bad(self) -> bool {
        match self {
            Notice::Broken | Notice::Reload | Notice::Refused => true,
            Notice::Reconnecting
            | Notice::TooFast
            | Notice::TooMuch
            | Notice::Expired
            | Notice::Erased
            | Notice::StartOver => false,
        }
    }

    /// Has it said, failures at once.
    pub fn announce(self, words: &Words) -> Effect {
        Effect::Announce { text: words.word_text(self.word()).to_owned(), urgent: self.bad() }
    }
}

/// The edge says that something went wrong, about what was said or about everything.
pub fn fault(chat: &mut Chat, id: Option<Id>, code: Fault, retry_ms: Option<u64>) -> Vec<Effect> {
    if id.is_none() && code != Fault::TooFast && code != Fault::Ticket {
        feedback::refused(chat);
    }
    let mut effects = match code {
        Fault::Ticket => {
            chat.renewing = true;
            vec![Effect::Disconnect]
        }
        Fault::Version => connection::refuse(chat, Notice::Reload),
        Fault::Origin | Fault::NoSite => connection::refuse(chat, Notice::Refused),
        Fault::Personal => id.map(|id| personal::refused(chat, id)).unwrap_or_default(),
        Fault::Identity => {
            // The page is told, and may bring another one. The visitor can do nothing about it.
            chat.identity.token = None;
            Vec::new()
        }
        Fault::Stranger => session_refresh::start_over(chat),
        Fault::TooFast => hold(chat, id, retry_ms.unwrap_or(connection::ACK_TIMEOUT_MS)),
        Fault::Malformed
        | Fault::TooLong
        | Fault::IdReused
        | Fault::FileKind
        | Fault::FilesFull
        | Fault::Internal
        | Fault::Unknown => match id {
            Some(id) => refused(chat, id, code),
            None => show(chat, Notice::Broken),
        },
    };
    effects.push(Effect::Tell(ToPage::Error(code)));
    effects
}

/// What was said stays in the outbox until the edge takes more.
fn hold(chat: &mut Chat, id: Option<Id>, ms: u64) -> Vec<Effect> {
    chat.held = true;
    if !chat.connection.is_online() {
        // It is about to close: knocking again sooner would be of no use.
        chat.connection.retry_after_ms = ms;
    } else if id.is_none() {
        // It may close, for too much was sent.
        chat.connection.retry_after_ms = ms.min(connection::BACKOFF.max_ms);
    }
    let mut effects = vec![Effect::After { ms, timer: Timer::Flush }];
    effects.extend(show(chat, if ms > SHORT_MS { Notice::TooMuch } else { Notice::TooFast }));
    effects
}

fn show(chat: &mut Chat, notice: Notice) -> Vec<Effect> {
    let new = chat.notice.replace(notice) != Some(notice);
    if new { vec![notice.announce(&chat.words)] } else { Vec::new() }
}

/// What was said stays where it is, with what is wrong about it and a way to send it again.
fn refused(chat: &mut Chat, id: Id, code: Fault) -> Vec<Effect> {
    let Some(line) = chat.timeline.entries.iter_mut().find(|line| line.key == RowKey::Id(id)) else {
        return Vec::new();
    };
    if !line.delivery.fail(code) {
        // It was taken; what went wrong came after.
        return show(chat, Notice::Broken);
    }
    line.version += 1;
    // It stays in storage too: a reload must not lose what was written.
    vec![Effect::Announce { text: chat.words.word_text(Word::NotSent).to_owned(), urgent: true }]
}

/// Asks back before a conversation is thrown away.
pub fn ask_to_start_over(chat: &mut Chat) -> Vec<Effect> {
    show(chat, Notice::StartOver)
}

/// The bar goes, unless it says what still is so.
pub fn dismissed(chat: &mut Chat) -> Vec<Effect> {
    match chat.notice {
        Some(Notice::StartOver | Notice::Expired | Notice::Erased | Notice::Broken) => {
            chat.notice = None;
            vec![Effect::FocusComposer]
        }
        Some(Notice::Reconnecting | Notice::TooFast | Notice::TooMuch | Notice::Reload | Notice::Refused)
        | None => Vec::new(),
    }
}
