//! A file in a message.

use crate::host::lazy_load::upload;
use crate::view::{
    dom::{ViewNode, el, fragment, text, with_text},
    icon::icon,
    link::render_link,
    texts::UiTexts,
};
use wire::{File, Word, format_size};

/// Its name and size, and the way to it: a form, so that the ticket stands in no address.
pub fn render_file(file: &File, texts: &UiTexts) -> ViewNode {
    let hidden = with_text("span", "hoi-hidden", &[": ", &file.name].concat());
    let way = fragment([text(texts.word_text(Word::Download)), hidden]);
    let size =
        (file.size > 0).then(|| with_text("span", "hoi-size-of", &format_size(file.size, texts.lang())));
    let way = match (file.id, &file.href) {
        (Some(id), _) => Some(download_form(&id.to_hex(), way)),
        (None, Some(href)) => Some(render_link(href, "hoi-again", way, texts)),
        (None, None) => None,
    };
    let words = el("span", "").child(with_text("strong", "", &file.name)).children(size);
    el("div", "hoi-file").child(icon("file")).child(words).children(way)
}

fn download_form(id: &str, way: ViewNode) -> ViewNode {
    let ticket = el("input", "").attr("type", "hidden").attr("name", "ticket");
    let own = ticket.clone();
    el("form", "hoi-say")
        .attr("method", "post")
        .attr("action", &upload::file_url(id))
        // Tickets are renewed: the one that opens now goes.
        .on("submit", move |_: web_sys::Event| drop(own.clone().attr("value", &upload::ticket())))
        .child(ticket)
        .child(el("button", "hoi-again").attr("type", "submit").child(way))
}
