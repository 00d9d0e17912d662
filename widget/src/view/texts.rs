//! The texts of one language.

use crate::chat::Chat;
use std::sync::Arc;
use wire::{Look, Word, Words};

/// The site's look and the widget's words. Cheap to copy about.
#[derive(Debug, Clone, PartialEq)]
pub struct Texts(Arc<(Look, Words)>);

impl Texts {
    /// Those `chat` has now.
    pub fn of(chat: &Chat) -> Texts {
        Texts(Arc::new((chat.look.clone(), chat.words.clone())))
    }

    /// Whether these still are `chat`'s.
    pub fn are_of(&self, chat: &Chat) -> bool {
        self.look().lang == chat.look.lang && self.look().version == chat.look.version
    }

    /// The site's half.
    pub fn look(&self) -> &Look {
        &self.0.0
    }

    /// The widget's half.
    pub fn words(&self) -> &Words {
        &self.0.1
    }

    /// The words for `word`.
    pub fn word(&self, word: Word) -> &str {
        self.words().get(word)
    }
}
