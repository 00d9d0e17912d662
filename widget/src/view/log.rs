//! The list of what was said.

use super::{
    Ui, aids, block, choices, input, message,
    piece::{Piece, el, with_text},
    texts::Texts,
    working,
};
use crate::host::{root, scroll};
use leptos::prelude::*;
use wire::{Block, Word};

/// The greeting, everything after it, what can be pressed, and who is at work.
pub fn log(ui: Ui, texts: &Texts) -> Piece {
    let for_rows = texts.clone();
    // Polite regions apart from it speak for it: assistive technology must not read growing text by itself.
    let log = el("div", "hoi-log")
        .attr("id", scroll::ID)
        .attr("role", "log")
        .attr("aria-live", "off")
        .attr("tabindex", "0")
        .attr("aria-label", texts.word(Word::Conversation))
        .on("scroll", |_: web_sys::Event| scroll::scrolled())
        .child(with_text("p", "hoi-lead", texts.word(Word::SoftwareNote)))
        .child(greeting(texts));
    let log = aids::earlier(log, ui, texts)
        .list(move || ui.rows.get(), move |row| message::message(ui, &for_rows, row));
    let log = input::inputs(aids::read(log, ui, texts), ui, texts);
    let log = choices::choices(log, ui, texts);
    working::working(aids::ask(log, ui, texts), ui, texts)
}

fn greeting(texts: &Texts) -> Piece {
    let look = texts.look();
    let words = Block::Text { runs: look.greeting.clone() };
    el("article", "hoi-message hoi-from-assistant")
        .attr("lang", &look.lang)
        .child(el("div", "hoi-meta").child(with_text("span", "hoi-author", &look.assistant)))
        .child(
            el("div", "hoi-bubble")
                .attr("dir", root::direction(&look.lang))
                .child(block::block(&words, texts, None)),
        )
}
