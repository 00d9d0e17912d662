//! How to reach the agency without the chat.

use super::procedure::render_fact;
use crate::view::{
    dom::{ViewNode, el, fragment, text, with_text},
    icon::icon,
    link::render_link,
    texts::UiTexts,
};
use wire::{Contact, Link, Word};

/// The card: numbers to press, where, when, an address to write to.
pub fn render_contact(contact: &Contact, texts: &UiTexts) -> ViewNode {
    let mut facts = el("dl", "hoi-facts");
    if let Some(address) = &contact.address {
        facts = facts.child(render_fact(texts.word_text(Word::Address), "place", [text(address)]));
    }
    if !contact.hours.is_empty() {
        let lines = contact.hours.iter().map(|line| text(line));
        facts = facts.child(render_fact(texts.word_text(Word::Hours), "hours", lines));
    }
    if let Some(email) = &contact.email {
        let way = render_link(&["mailto:", email].concat(), "hoi-link", text(email), texts);
        facts = facts.child(render_fact(texts.word_text(Word::Email), "email", [way]));
    }
    el("section", "hoi-card hoi-contact")
        .child(with_text("h2", "hoi-card-title", texts.word_text(Word::ReachUs)))
        .children(contact.phones.iter().map(|phone| phone_link(phone, texts)))
        .child(facts)
}

/// A number to press; only its words, should it lead anywhere else.
fn phone_link(phone: &Link, texts: &UiTexts) -> ViewNode {
    let inner = fragment([icon("phone"), with_text("span", "", &phone.label)]);
    render_link(&phone.href, "hoi-phone", inner, texts)
}
