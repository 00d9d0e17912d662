//! A file in a message.

use crate::host::lazy_load::upload;
use crate::view::{
    icon::icon,
    link::link,
    piece::{Piece, el, group, text, with_text},
    texts::Texts,
};
use wire::{File, Word, format_size};

/// Its name and size, and the way to it: a form, so that the ticket stands in no address.
pub fn file(file: &File, texts: &Texts) -> Piece {
    let hidden = with_text("span", "hoi-hidden", &[": ", &file.name].concat());
    let way = group([text(texts.word(Word::Download)), hidden]);
    let size =
        (file.size > 0).then(|| with_text("span", "hoi-size-of", &format_size(file.size, texts.lang())));
    let way = match (file.id, &file.href) {
        (Some(id), _) => Some(fetch(&id.to_hex(), way)),
        (None, Some(href)) => Some(link(href, "hoi-again", way, texts)),
        (None, None) => None,
    };
    let words = el("span", "").child(with_text("strong", "", &file.name)).children(size);
    el("div", "hoi-file").child(icon("file")).child(words).children(way)
}

fn fetch(id: &str, way: Piece) -> Piece {
    let ticket = el("input", "").attr("type", "hidden").attr("name", "ticket");
    let own = ticket.clone();
    el("form", "hoi-say")
        .attr("method", "post")
        .attr("action", &upload::address(id))
        // Tickets are renewed: the one that opens now goes.
        .on("submit", move |_: web_sys::Event| drop(own.clone().attr("value", &upload::ticket())))
        .child(ticket)
        .child(el("button", "hoi-again").attr("type", "submit").child(way))
}
