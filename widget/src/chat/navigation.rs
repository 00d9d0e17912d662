//! Pages beside the chat, which the edge draws: a procedure's form, a code for another device.

use super::{effect::ChatEffect, state::Chat};
use client::ConnectionState;
use wire::Word;

/// To the page `page`; `procedure` is empty where it isn't about one.
pub fn open_page(chat: &Chat, page: &'static str, procedure: String) -> Vec<ChatEffect> {
    let view = if chat.display.plain { "plain" } else { "" };
    let fields = vec![
        ("ticket", chat.ticket.clone()),
        ("lang", chat.preferred_languages()),
        ("procedure", procedure),
        ("view", view.to_owned()),
    ];
    vec![ChatEffect::Visit { page, fields }]
}

/// To the page that says what deleting the conversation means, and does it. While the line is down that page can't be had:
/// nothing is deleted, and that is said.
pub fn open_erasure(chat: &Chat) -> Vec<ChatEffect> {
    match chat.connection.state {
        ConnectionState::Online | ConnectionState::Idle => open_page(chat, "erase", String::new()),
        ConnectionState::Connecting
        | ConnectionState::Greeting
        | ConnectionState::Waiting
        | ConnectionState::Refused => {
            vec![ChatEffect::announce(chat.words.word_text(Word::Reconnecting))]
        }
    }
}
