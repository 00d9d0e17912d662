//! What the agency answers, made safe to show.

use wire::{Author, AuthorKind, Button, limits};

/// A piece of a reply.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// More Markdown, to be appended.
    More(String),
    /// The whole reply; whatever came before is replaced.
    Whole(Reply),
    /// The reply is complete. A body that ends without this was cut.
    Done,
    /// The agency has the question and answers by itself, later; see [`super::Connector::callback`].
    Later,
    /// The agency understood, and has nothing to say to this. Asking again would not help.
    Declined,
    /// To be kept with the conversation under this name, for [`super::Ask::remembered`].
    Remember(&'static str, String),
    /// This was a preparation: ask the connector for the next request.
    Again,
}

/// What the agency answers.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
pub struct Reply {
    /// Markdown.
    pub text: String,
    /// What to press next.
    pub buttons: Vec<Button>,
    /// Who answers, if the agency says so.
    pub author: Option<Author>,
}

impl Reply {
    /// The reply with everything taken out of it that must not reach a visitor.
    pub fn safe(text: String, buttons: Vec<Button>, author: Option<Author>) -> Reply {
        let safe = |button: &Button| button.href.as_deref().is_none_or(crate::rich::safe_link);
        let short = |button: Button| Button { label: label(&button.label), ..button };
        let buttons = buttons.into_iter().filter(safe).map(short).filter(|b| !b.label.trim().is_empty());
        // Only people and the agency itself may speak through this door: never in the visitor's name.
        let author = author
            .filter(|author| matches!(author.kind, AuthorKind::Staff | AuthorKind::Agency))
            .map(|author| Author { name: author.name.map(|name| label(&name)), ..author });
        Reply { text, buttons: buttons.take(limits::MAX_BUTTONS).collect(), author }
    }
}

/// A short text that stands by itself, such as a button's.
pub fn label(text: &str) -> String {
    crate::gate::plain(text).chars().take(limits::MAX_LABEL_CHARS).collect()
}
