//! Somebody or something is at work on an answer.

use super::{
    Ui,
    piece::{Piece, el, with_text},
    texts::Texts,
};
use leptos::prelude::*;
use wire::Word;

/// `log` with who, and moving dots.
pub fn working(log: Piece, ui: Ui, texts: &Texts) -> Piece {
    let texts = texts.clone();
    let who = move || ui.chat.with(|chat| chat.working.as_ref().map(|author| chat.name(author).to_owned()));
    log.live(who, move |who| {
        who.as_ref().map(|who| {
            let dots = (0..3).map(|_| el("i", ""));
            el("div", "hoi-working")
                .child(el("span", "hoi-dots").attr("aria-hidden", "true").children(dots))
                .child(with_text("span", "", &[who, " · ", texts.word(Word::Answering)].concat()))
        })
    })
}
