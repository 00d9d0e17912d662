//! A message of the conversation: how it begins, what the assistant says, and what it reads.

use super::{ConversationStore, StoreError};
use crate::decide::Published;
use wire::{Author, AuthorKind, Block, Body, Message, Run, State};

/// How far back an input may stand that something is given for.
const INPUT_LOOKBACK: u64 = 50;

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

/// The words of a visitor's message.
pub(crate) fn message_text(message: &Message) -> String {
    crate::rich::plain_text(&message.body.blocks)
}

/// A paragraph that is plain text.
pub(crate) fn text_block(text: String) -> Block {
    Block::Text { runs: vec![Run { text, ..Run::default() }] }
}

/// The language of the message at `seq`.
pub(crate) fn message_language(store: &impl ConversationStore, seq: u64) -> Result<String, StoreError> {
    Ok(store.message(seq)?.map(|message| message.lang).unwrap_or_default())
}

/// The newest messages, as far back as an input may stand that something is given for.
pub(crate) fn recent_messages(store: &impl ConversationStore) -> Result<Vec<Message>, StoreError> {
    store.messages_after(store.last_seq()?.saturating_sub(INPUT_LOOKBACK), INPUT_LOOKBACK as usize)
}

/// The assistant says something.
pub(crate) fn say_as_assistant(
    store: &mut impl ConversationStore,
    published: &Published,
    lang: String,
    body: Body,
    now: u64,
) -> Result<Message, StoreError> {
    put_assistant_message(store, published, lang, body, now, false)
}

/// The assistant says that there will be news, when the visitor may be away.
pub(crate) fn promise_news(
    store: &mut impl ConversationStore,
    published: &Published,
    lang: String,
    body: Body,
    now: u64,
) -> Result<Message, StoreError> {
    put_assistant_message(store, published, lang, body, now, true)
}

fn put_assistant_message(
    store: &mut impl ConversationStore,
    published: &Published,
    lang: String,
    body: Body,
    now: u64,
    later: bool,
) -> Result<Message, StoreError> {
    let message =
        Message { later, ..new_message(store, assistant_author(published, &lang), lang, body, now)? };
    store.put_message(&message)?;
    Ok(message)
}
