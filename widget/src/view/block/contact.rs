//! How to reach the agency without the chat.

use super::procedure::render_fact;
use crate::view::{
    dom::{ViewNode, element_with_text, new_element, new_fragment, new_text},
    icon::icon,
    link::render_link,
    texts::UiTexts,
};
use wire::{Contact, Link, Word};

/// The card: numbers to press, where, when, an address to write to.
pub fn render_contact(contact: &Contact, texts: &UiTexts) -> ViewNode {
    let mut facts = new_element("dl", "hoi-facts");
    if let Some(address) = &contact.address {
        facts = facts.with_child(render_fact(texts.word_text(Word::Address), "place", [new_text(address)]));
    }
    if !contact.hours.is_empty() {
        let lines = contact.hours.iter().map(|line| new_text(line));
        facts = facts.with_child(render_fact(texts.word_text(Word::Hours), "hours", lines));
    }
    if let Some(email) = &contact.email {
        let way = render_link(&["mailto:", email].concat(), "hoi-link", new_text(email), texts);
        facts = facts.with_child(render_fact(texts.word_text(Word::Email), "email", [way]));
    }
    new_element("section", "hoi-card hoi-contact")
        .with_child(element_with_text("h2", "hoi-card-title", texts.word_text(Word::ReachUs)))
        .with_children(contact.phones.iter().map(|phone| phone_link(phone, texts)))
        .with_child(facts)
}

/// A number to press; only its words, should it lead anywhere else.
fn phone_link(phone: &Link, texts: &UiTexts) -> ViewNode {
    let inner = new_fragment([icon("phone"), element_with_text("span", "", &phone.label)]);
    render_link(&phone.href, "hoi-phone", inner, texts)
}
