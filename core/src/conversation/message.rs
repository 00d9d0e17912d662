//! A line of the conversation, as it begins.

use super::{ConversationStore, StoreError};
use crate::decide::Published;
use wire::{Author, AuthorKind, Body, Message, State};

/// What `author` says next, whole and in answer to nothing. It is not written down yet.
pub fn new_message(
    store: &impl ConversationStore,
    author: Author,
    lang: String,
    body: Body,
    now: u64,
) -> Result<Message, StoreError> {
    Ok(Message {
        seq: store.last_seq()? + 1,
        id: None,
        author,
        at: now,
        lang,
        state: State::Done,
        rev: 0,
        topic: None,
        value: None,
        later: false,
        body,
    })
}

/// The visitor.
pub fn visitor_author() -> Author {
    Author { kind: AuthorKind::Visitor, name: None }
}

/// The site's assistant.
pub fn assistant_author(published: &Published, lang: &str) -> Author {
    let name = published.site.text_in(&published.site.settings.assistant, lang);
    Author { kind: AuthorKind::Assistant, name: Some(name.to_owned()) }
}

/// The agency itself.
pub fn agency_author(published: &Published, lang: &str) -> Author {
    let name = published.site.text_in(&published.site.settings.name, lang);
    Author { kind: AuthorKind::Agency, name: Some(name.to_owned()) }
}
