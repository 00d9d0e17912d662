//! Where the visitor writes: a real form, as in the document.

use super::{
    Ui,
    attach::{attach, attached},
    bar,
    icon::icon,
    late, personal,
    piece::{Piece, button, el, follow, text, with_text},
    texts::Texts,
};
use crate::chat::Event;
use crate::host::{clock, dispatch, field, random};
use leptos::prelude::*;
use std::cell::Cell;
use web_sys::KeyboardEvent;
use wire::Word;

/// So long after a composition has ended, Enter still belongs to the input method, in milliseconds: Safari ends the
/// composition first and reports the key after it.
const AFTER_COMPOSITION_MS: f64 = 100.0;
/// What browsers report for a key that an input method has taken.
const TAKEN: u32 = 229;

/// Everything below the list.
pub fn foot(ui: Ui, texts: &Texts) -> Piece {
    let note = texts.look().privacy.as_ref();
    let note = note.map(|privacy| texts.own(with_text("p", "hoi-note", &privacy.text)));
    let foot = bar::below(el("div", "hoi-foot"), ui, texts);
    let foot = survey(bar::bar(foot, ui, texts), ui, texts);
    let foot = attached(personal::personal(foot, ui, texts), ui, texts)
        .children(note)
        .child(form(ui, texts))
        .child(fault(ui, texts));
    under(foot, ui, texts)
}

/// `foot` with the question how the chat was, for a visitor who ends it and for one whose chat was closed.
fn survey(foot: Piece, ui: Ui, texts: &Texts) -> Piece {
    let texts = texts.clone();
    let ending = move || ui.opinion.with(|opinion| opinion.ending) && ui.is_whole();
    foot.when(Box::new(ending), Box::new(move || late::opinion::survey(ui, &texts)))
}

fn form(ui: Ui, texts: &Texts) -> Piece {
    let send = texts.word(Word::Send);
    el("form", "hoi-composer")
        .attr("id", "hoi-composer")
        .on("submit", |event: web_sys::Event| {
            event.prevent_default();
            submit();
        })
        .child(with_text("label", "hoi-hidden", texts.word(Word::YourQuestion)).attr("for", field::ID))
        .children(attach(texts))
        .child(text_field(ui, texts))
        .child(
            el("button", "hoi-send")
                .attr("type", "submit")
                .attr("aria-label", send)
                .attr("title", send)
                .child(icon("send")),
        )
}

fn text_field(ui: Ui, texts: &Texts) -> Piece {
    let piece = el("textarea", "hoi-text")
        .attr("id", field::ID)
        .attr("name", "text")
        .attr("rows", "1")
        .attr("placeholder", texts.word(Word::TypeHere))
        .attr("autocomplete", "off")
        .attr("enterkeyhint", "send")
        .attr("aria-describedby", "hoi-fault")
        .on("input", |_: web_sys::Event| dispatch(Event::Typed(field::typed())))
        .on("compositionend", |event: web_sys::Event| ENDED.set(event.time_stamp()))
        .on("keydown", key);
    field::fill(piece.as_element(), &ui.chat.with_untracked(|chat| chat.draft.clone()));
    let field = piece.clone();
    follow(
        move || ui.chat.with(|chat| chat.excess > 0),
        move |invalid| {
            let field = field.as_element();
            let _ = if *invalid {
                field.set_attribute("aria-invalid", "true")
            } else {
                field.remove_attribute("aria-invalid")
            };
        },
    );
    piece
}

thread_local! {
    /// When the last composition ended, by the clock of the events.
    static ENDED: Cell<f64> = const { Cell::new(f64::MIN) };
}

/// Enter sends, Shift and Enter begin a new line, and an Enter that ends a composition (Telex, VNI, kana …) does
/// neither.
fn key(event: KeyboardEvent) {
    let composing = event.is_composing()
        || event.key_code() == TAKEN
        || event.time_stamp() - ENDED.get() < AFTER_COMPOSITION_MS;
    if event.key() == "Enter" && !event.shift_key() && !composing {
        event.prevent_default();
        submit();
    }
}

fn submit() {
    dispatch(Event::Submitted { id: random::id(), at: clock::now() });
}

/// What is wrong with what stands in the composer.
fn fault(ui: Ui, texts: &Texts) -> Piece {
    let (piece, texts) = (el("p", "hoi-fault").attr("id", "hoi-fault"), texts.clone());
    let place = piece.clone();
    follow(
        move || ui.chat.with(|chat| chat.excess) * usize::from(ui.is_whole()),
        move |excess| {
            let sentence = match excess {
                0 => String::new(),
                excess => late::too_long(&texts, *excess),
            };
            place.as_element().set_text_content(Some(&sentence));
        },
    );
    piece
}

/// `foot` with the way to begin anew, and whose software this is, where its name may be shown.
fn under(foot: Piece, ui: Ui, texts: &Texts) -> Piece {
    let texts = texts.clone();
    let begun = move || ui.chat.with(|chat| !chat.lines.is_empty());
    foot.live(begun, move |begun| {
        let over = begun.then(|| {
            button("hoi-over", || dispatch(Event::AskedToStartOver)).child(text(texts.word(Word::StartOver)))
        });
        let credit = texts.look().credit.then(|| with_text("p", "hoi-credit", "Hoi"));
        (over.is_some() || credit.is_some()).then(|| el("div", "hoi-below").children(credit).children(over))
    })
}
