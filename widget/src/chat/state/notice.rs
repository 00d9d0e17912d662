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
            ChatNotice::StartOver => Word::StartOverNote,
        }
    }

    /// Whether something is wrong, rather than on its way.
    pub fn is_error(self) -> bool {
        match self {
            ChatNotice::Broken | ChatNotice::Reload | ChatNotice::Refused => true,
            ChatNotice::Reconnecting
            | ChatNotice::TooFast
            | ChatNotice::TooMuch
            | ChatNotice::Expired
            | ChatNotice::Erased
            | ChatNotice::StartOver => false,
        }
    }

    /// Has it said, failures at once.
    pub fn announce(self, words: &Words) -> ChatEffect {
        ChatEffect::Announce { text: words.word_text(self.word()).to_owned(), urgent: self.is_error() }
    }
}
