//! What the bar above the composer says.

use super::{
    effect::ChatEffect,
    state::{Chat, notice::ChatNotice},
};

/// Says `notice`, unless the bar does already.
pub fn show_notice(chat: &mut Chat, notice: ChatNotice) -> Vec<ChatEffect> {
    let new = chat.notice.replace(notice) != Some(notice);
    if new { vec![notice.announce(&chat.words)] } else { Vec::new() }
}

/// Asks back before a conversation is thrown away.
pub fn ask_to_start_over(chat: &mut Chat) -> Vec<ChatEffect> {
    show_notice(chat, ChatNotice::StartOver)
}

/// The bar goes, unless it says what still is so.
pub fn on_dismiss(chat: &mut Chat) -> Vec<ChatEffect> {
    match chat.notice {
        Some(ChatNotice::StartOver | ChatNotice::Expired | ChatNotice::Erased | ChatNotice::Broken) => {
            chat.notice = None;
            vec![ChatEffect::FocusComposer]
        }
        Some(
            ChatNotice::Reconnecting
            | ChatNotice::TooFast
            | ChatNotice::TooMuch
            | ChatNotice::Reload
            | ChatNotice::Refused,
        )
        | None => Vec::new(),
    }
}
