//! One line above the composer: the connection, a fault, a question back; and the way down to what is new.

use super::{
    dom::{ViewNode, element_with_text, new_button, new_element, new_text},
    icon::icon,
    texts::UiTexts,
    ui::Ui,
};
use crate::chat::{ChatEvent, ChatNotice};
use crate::host::{dispatch, scroll};
use leptos::prelude::*;
use wire::Word;

/// `foot` with the bar in it, while there is something to say.
pub fn add_bar(foot: ViewNode, ui: Ui, texts: &UiTexts) -> ViewNode {
    let texts = texts.clone();
    let number = move || ui.chat.with(|chat| chat.notice.map_or(0, |notice| notice as u64 + 1));
    let draw = move |_| {
        let notice = ui.chat.with_untracked(|chat| chat.notice)?;
        let class = if notice.is_error() { "hoi-bar hoi-bar-bad" } else { "hoi-bar" };
        let said = element_with_text("span", "hoi-bar-text", texts.word_text(notice.word()));
        Some(new_element("div", class).with_child(said).with_children(notice_buttons(notice, &texts)))
    };
    foot.reactive_by_number(Box::new(number), Box::new(draw))
}

/// What can be done about it.
fn notice_buttons(notice: ChatNotice, texts: &UiTexts) -> Vec<ViewNode> {
    let way = |label: Word, event: fn() -> ChatEvent| {
        new_button("hoi-again", move || dispatch(event())).with_child(new_text(texts.word_text(label)))
    };
    match notice {
        ChatNotice::StartOver => {
            vec![way(Word::StartOver, || ChatEvent::StartedOver), way(Word::Cancel, || ChatEvent::Dismissed)]
        }
        ChatNotice::Expired | ChatNotice::Erased | ChatNotice::Broken => {
            vec![way(Word::Close, || ChatEvent::Dismissed)]
        }
        ChatNotice::Reconnecting
        | ChatNotice::TooFast
        | ChatNotice::TooMuch
        | ChatNotice::Reload
        | ChatNotice::Refused => Vec::new(),
    }
}

/// `foot` with a button over the composer while something new is below what is seen, or more of what was said already. It has room of
/// its own: nothing that is read lies under it.
pub fn add_scroll_buttons(foot: ViewNode, ui: Ui, texts: &UiTexts) -> ViewNode {
    let on = new_button("hoi-new", scroll::read_on)
        .with_attribute("id", scroll::ON)
        .with_attribute("hidden", "")
        .with_child(icon("down"))
        .with_child(new_text(texts.word_text(Word::ReadOn)));
    let texts = texts.clone();
    let below = move || ui.chat.with(|chat| chat.below);
    let draw = move || {
        new_button("hoi-new", || dispatch(ChatEvent::ToEnd))
            .with_child(icon("down"))
            .with_child(new_text(texts.word_text(Word::NewMessages)))
    };
    foot.show_when(Box::new(below), Box::new(draw)).with_child(on)
}
