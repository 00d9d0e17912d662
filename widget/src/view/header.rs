//! The top of the panel: whose chat this is, who answers, how to reach them otherwise, languages, the way out.

use super::{
    Ui,
    block::contact::contact,
    icon, lazy_load,
    piece::{Piece, button, el, with_text},
    texts::Texts,
};
use crate::chat::Event;
use crate::host::{dispatch, root};
use leptos::prelude::*;
use wire::{Contact, Word};

/// The header. Another language also changes what the document says of itself.
pub fn header(ui: Ui, texts: &Texts) -> Piece {
    let look = texts.look();
    root::speak(texts.lang(), &look.name);
    let logo = look.logo.as_ref().map(|src| {
        let src = [&root::edge(), src.as_str()].concat();
        el("img", "hoi-logo").attr("src", &src).attr("alt", "").attr("width", "40").attr("height", "40")
    });
    let reach = (look.contact != Contact::default()).then(|| reach(texts));
    let close = ui.chat.with_untracked(|chat| chat.framed).then(|| close(texts));
    el("header", "hoi-header")
        .children(logo)
        .child(
            texts.own(el("div", "hoi-who")).child(with_text("h1", "hoi-name", &look.name)).child(with_text(
                "p",
                "hoi-assistant",
                &look.assistant,
            )),
        )
        .child(el("div", "hoi-tools").children(reach).child(menu(ui, texts)).children(close))
}

fn reach(texts: &Texts) -> Piece {
    let summary = icon::only(el("summary", "hoi-tool"), "phone", texts.word(Word::ReachUs));
    let drop = el("div", "hoi-drop").child(contact(&texts.look().contact, texts));
    el("details", "hoi-menu").child(summary).child(drop)
}

fn close(texts: &Texts) -> Piece {
    let close = button("hoi-tool hoi-close", || dispatch(Event::Escaped));
    icon::only(close, "close", texts.word(Word::Close))
}

/// The menu for text size, simple view and language; what is in it comes when it is first opened.
fn menu(ui: Ui, texts: &Texts) -> Piece {
    let summary = icon::only(el("summary", "hoi-tool"), "menu", texts.word(Word::Display));
    let texts = texts.clone();
    // As a list: things in it change by themselves.
    let wanted = move || Vec::from_iter((ui.chat.with(|chat| chat.menu) && ui.is_lazy_ready()).then_some(0));
    el("details", "hoi-menu")
        .on("toggle", |_: web_sys::Event| dispatch(Event::MenuOpened))
        .child(summary)
        .named(Box::new(wanted), Box::new(move |_| lazy_load::menu::drop(ui, &texts)))
}
