//! A file in a message.

use crate::host::lazy_load::upload;
use crate::view::{
    dom::{ViewNode, element_with_text, new_element, new_fragment, new_text},
    icon::icon,
    link::render_link,
    texts::UiTexts,
};
use wire::{File, Word, format_size};

/// Its name and size, and the way to it: a form, so that the ticket stands in no address.
pub fn render_file(file: &File, texts: &UiTexts) -> ViewNode {
    let hidden = element_with_text("span", "hoi-hidden", &[": ", &file.name].concat());
    let way = new_fragment([new_text(texts.word_text(Word::Download)), hidden]);
    let size = (file.size > 0)
        .then(|| element_with_text("span", "hoi-size-of", &format_size(file.size, texts.lang())));
    let way = match (file.id, &file.href) {
        (Some(id), _) => Some(download_form(&id.to_hex(), way)),
        (None, Some(href)) => Some(render_link(href, "hoi-again", way, texts)),
        (None, None) => None,
    };
    let words =
        new_element("span", "").with_child(element_with_text("strong", "", &file.name)).with_children(size);
    new_element("div", "hoi-file").with_child(icon("file")).with_child(words).with_children(way)
}

fn download_form(id: &str, way: ViewNode) -> ViewNode {
    let ticket = new_element("input", "").with_attribute("type", "hidden").with_attribute("name", "ticket");
    let own = ticket.clone();
    new_element("form", "hoi-say")
        .with_attribute("method", "post")
        .with_attribute("action", &upload::file_url(id))
        // Tickets are renewed: the one that opens now goes.
        .with_listener("submit", move |_: web_sys::Event| {
            drop(own.clone().with_attribute("value", &upload::ticket()))
        })
        .with_child(ticket)
        .with_child(new_element("button", "hoi-again").with_attribute("type", "submit").with_child(way))
}
