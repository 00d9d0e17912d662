//! Pages beside the chat, which the edge draws: a procedure's form, a code for another device.

use super::{Chat, Connection, Effect};
use wire::Word;

/// To the page `page`; `procedure` is empty where it isn't about one.
pub fn visit(chat: &Chat, page: &'static str, procedure: String) -> Vec<Effect> {
    let view = if chat.display.plain { "plain" } else { "" };
    let fields = vec![
        ("ticket", chat.ticket.clone()),
        ("lang", chat.langs()),
        ("procedure", procedure),
        ("view", view.to_owned()),
    ];
    vec![Effect::Visit { page, fields }]
}

/// To the page that says what deleting the conversation means, and does it. While the line is down that page can't be had:
/// nothing is deleted, and that is said.
pub fn erase(chat: &Chat) -> Vec<Effect> {
    match chat.connection {
        Connection::Online | Connection::Idle => visit(chat, "erase", String::new()),
        Connection::Connecting | Connection::Greeting | Connection::Resting | Connection::Refused => {
            vec![Effect::say(chat.words.get(Word::Reconnecting))]
        }
    }
}
