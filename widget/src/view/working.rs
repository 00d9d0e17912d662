//! Somebody or something is at work on an answer.

use super::{
    dom::{ViewNode, el, with_text},
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
            let dots = (0..3).map(|_| el("i", ""));
            el("div", "hoi-working")
                .child(el("span", "hoi-dots").attr("aria-hidden", "true").children(dots))
                .child(with_text("span", "", what))
        })
    });
    let is_read = move || ui.chat.with(|chat| chat.is_read());
    log.show_when(Box::new(is_read), Box::new(move || with_text("p", "hoi-read", &read)))
}
