//! Links in what was said.

use super::{
    dom::{ViewNode, element_with_text, new_element, new_text},
    texts::UiTexts,
};
use wire::{Link, Word};

/// A link, if `href` leads where a message may lead; else only what stands in it.
pub fn render_link(href: &str, class: &str, inner: ViewNode, texts: &UiTexts) -> ViewNode {
    if !leads_somewhere_safe(href) {
        return inner;
    }
    let link = new_element("a", class).with_attribute("href", href).with_child(inner);
    if !href.starts_with("http") {
        return link;
    }
    let note = [" ", texts.word_text(Word::NewWindow)].concat();
    link.with_attribute("target", "_blank")
        .with_attribute("rel", "noopener noreferrer")
        .with_child(element_with_text("span", "hoi-hidden", &note))
}

/// A link that looks like the thing to press next.
pub fn button_link(way: &Link, texts: &UiTexts) -> ViewNode {
    render_link(&way.href, "hoi-button", new_text(&way.label), texts)
}

/// The edge has checked links when it read them; a guest checks once more before it shows one.
fn leads_somewhere_safe(href: &str) -> bool {
    ["https://", "http://localhost", "http://127.0.0.1", "mailto:", "tel:"]
        .iter()
        .any(|start| href.starts_with(start))
}
