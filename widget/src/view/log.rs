//! The list of what was said.

use super::{
    Ui, block, choices, lazy_load, message,
    piece::{Piece, el, with_text},
    texts::Texts,
    working,
};
use crate::chat::Wish;
use crate::host::{root, scroll};
use leptos::prelude::*;
use wire::{Block, Word};

/// The greeting, everything after it, what can be pressed, and who is at work.
pub fn log(ui: Ui, texts: &Texts) -> Piece {
    let for_rows = texts.clone();
    let names = move || ui.rows.with(|rows| rows.iter().map(|row| row.key.number()).collect());
    let row = move |name| {
        let row = ui.rows.with_untracked(|rows| rows.iter().find(|row| row.key.number() == name).cloned());
        row.map_or_else(|| el("div", ""), |row| message::message(ui, &for_rows, &row))
    };
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
    let log = aid(log, ui, texts, Wish::Earlier).named(Box::new(names), Box::new(row));
    let log = inputs(aid(log, ui, texts, Wish::Read), ui, texts);
    let log = choices::choices(log, ui, texts);
    let log = aid(aid(log, ui, texts, Wish::Write), ui, texts, Wish::Speak);
    working::working(log, ui, texts)
}

/// `log` with a button for what few want, when that is there and there is reason for it.
fn aid(log: Piece, ui: Ui, texts: &Texts, wish: Wish) -> Piece {
    let texts = texts.clone();
    log.numbered(
        Box::new(move || {
            if ui.is_lazy_ready() { ui.chat.with(|chat| lazy_load::aids::label(chat, wish)) } else { 0 }
        }),
        Box::new(move |label| (label != 0).then(|| lazy_load::aids::draw(ui, &texts, wish))),
    )
}

/// `log` with a form for each thing the last message asks for.
fn inputs(log: Piece, ui: Ui, texts: &Texts) -> Piece {
    let texts = texts.clone();
    let names = move || if ui.is_lazy_ready() { ui.chat.with(lazy_load::input::names) } else { Vec::new() };
    log.named(Box::new(names), Box::new(move |name| lazy_load::input::draw(ui, &texts, name)))
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
