//! Somebody or something is at work on an answer.

use super::{
    dom::{ViewNode, element_with_text, new_element},
    texts::UiTexts,
    ui::Ui,
};
use leptos::prelude::*;
use wire::Word;

/// `log` with who, and moving dots; or that a person has read what was said last.
pub fn add_typing_indicator(log: ViewNode, ui: Ui, texts: &UiTexts) -> ViewNode {
    let (answering, read) = (texts.clone(), texts.word_text(Word::Read).to_owned());
    let what = move || {
        ui.chat.with(|chat| {
            let (author, text) = chat.working.as_ref()?;
            let who = || [chat.author_name(author), " · ", answering.word_text(Word::Answering)].concat();
            Some(text.clone().unwrap_or_else(who))
        })
    };
    let log = log.reactive_child(what, move |what| {
        what.as_ref().map(|what| {
            let dots = (0..3).map(|_| new_element("i", ""));
            new_element("div", "hoi-working")
                .with_child(
                    new_element("span", "hoi-dots").with_attribute("aria-hidden", "true").with_children(dots),
                )
                .with_child(element_with_text("span", "", what))
        })
    });
    let is_read = move || ui.chat.with(|chat| chat.is_read());
    log.show_when(Box::new(is_read), Box::new(move || element_with_text("p", "hoi-read", &read)))
}
