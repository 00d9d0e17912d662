//! The texts of one language.

use super::dom::ViewNode;
use crate::{chat::Chat, host::root::text_direction};
use std::sync::Arc;
use wire::{Look, Word, Words};

/// The site's look and the widget's words. Cheap to copy about.
#[derive(Debug, Clone, PartialEq)]
pub struct UiTexts(Arc<(Look, Words)>);

impl UiTexts {
    /// Those `chat` has now.
    pub fn from_chat(chat: &Chat) -> UiTexts {
        UiTexts(Arc::new((chat.look.clone(), chat.words.clone())))
    }

    /// Whether these still are `chat`'s.
    pub fn are_of(&self, chat: &Chat) -> bool {
        let words = |words: &Words| words.word_text(Word::Lang).to_owned();
        let look = self.look();
        look.lang == chat.look.lang && look.version == chat.look.version && self.lang() == words(&chat.words)
    }

    /// The site's half.
    pub fn look(&self) -> &Look {
        &self.0.0
    }

    /// The widget's half.
    pub fn words(&self) -> &Words {
        &self.0.1
    }

    /// The language of the widget's words.
    pub fn lang(&self) -> &str {
        self.word_text(Word::Lang)
    }

    /// `node`, marked as one of the site's texts: those may be in another language than the widget's words.
    pub fn mark_site_lang(&self, node: ViewNode) -> ViewNode {
        let own = &self.look().lang;
        if own == self.lang() {
            node
        } else {
            node.with_attribute("lang", own).with_attribute("dir", text_direction(own))
        }
    }

    /// The words for `word`.
    pub fn word_text(&self, word: Word) -> &str {
        self.words().word_text(word)
    }
}
