//! What the visitor should know about the chat itself.

use crate::chat::effect::ChatEffect;
use wire::{Word, Words};

/// Something the visitor should know about the chat itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChatNotice {
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
    /// The line has been down for a while, and is still being tried.
    Offline,
    /// The network here lets no chat through.
    Blocked,
    /// The network here wants a sign-in first.
    SignInFirst,
    /// Really start over?
    StartOver,
}

impl ChatNotice {
    /// The sentence for it.
    pub fn word(self) -> Word {
        match self {
            ChatNotice::Reconnecting => Word::Reconnecting,
            ChatNotice::TooFast => Word::TooFast,
            ChatNotice::TooMuch => Word::TooMuch,
            ChatNotice::Broken => Word::Broken,
            ChatNotice::Reload => Word::Reload,
            ChatNotice::Refused => Word::NotHere,
            ChatNotice::Expired => Word::Expired,
            ChatNotice::Erased => Word::ErasedChat,
            ChatNotice::Offline => Word::StillOffline,
            ChatNotice::Blocked => Word::LineBlocked,
            ChatNotice::SignInFirst => Word::SignInFirst,
            ChatNotice::StartOver => Word::StartOverNote,
        }
    }

    /// Whether something is wrong, rather than on its way.
    pub fn is_error(self) -> bool {
        match self {
            ChatNotice::Broken
            | ChatNotice::Reload
            | ChatNotice::Refused
            | ChatNotice::Blocked
            | ChatNotice::SignInFirst => true,
            ChatNotice::Reconnecting
            | ChatNotice::TooFast
            | ChatNotice::TooMuch
            | ChatNotice::Expired
            | ChatNotice::Erased
            | ChatNotice::Offline
            | ChatNotice::StartOver => false,
        }
    }

    /// Whether it is about the line: it goes when that is up.
    pub fn is_about_line(self) -> bool {
        self == ChatNotice::Reconnecting || self.offers_other_ways()
    }

    /// Whether there are better ways by now than this one.
    pub fn offers_other_ways(self) -> bool {
        matches!(self, ChatNotice::Offline | ChatNotice::Blocked | ChatNotice::SignInFirst)
    }

    /// Has it said, failures at once.
    pub fn announce(self, words: &Words) -> ChatEffect {
        ChatEffect::Announce { text: words.word_text(self.word()).to_owned(), urgent: self.is_error() }
    }
}
