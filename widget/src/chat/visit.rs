//! Pages beside the chat, which the edge draws: a procedure's form, a code for another device.

use super::{Chat, Effect};

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
