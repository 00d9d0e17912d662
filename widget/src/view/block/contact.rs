//! How to reach the agency without the chat.

use super::procedure::fact;
use crate::view::{
    icon::icon,
    link::link,
    piece::{Piece, el, group, text, with_text},
    texts::Texts,
};
use wire::{Contact, Link, Word};

/// The card: numbers to press, where, when, an address to write to.
pub fn contact(contact: &Contact, texts: &Texts) -> Piece {
    let mut facts = el("dl", "hoi-facts");
    if let Some(address) = &contact.address {
        facts = facts.child(fact(texts.word(Word::Address), "place", [text(address)]));
    }
    if !contact.hours.is_empty() {
        let lines = contact.hours.iter().map(|line| text(line));
        facts = facts.child(fact(texts.word(Word::Hours), "hours", lines));
    }
    if let Some(email) = &contact.email {
        let way = link(&["mailto:", email].concat(), "hoi-link", text(email), texts);
        facts = facts.child(fact(texts.word(Word::Email), "email", [way]));
    }
    el("section", "hoi-card hoi-contact")
        .child(with_text("h2", "hoi-card-title", texts.word(Word::ReachUs)))
        .children(contact.phones.iter().map(|phone| phone_link(phone, texts)))
        .child(facts)
}

/// A number to press; only its words, should it lead anywhere else.
fn phone_link(phone: &Link, texts: &Texts) -> Piece {
    let inner = group([icon("phone"), with_text("span", "", &phone.label)]);
    link(&phone.href, "hoi-phone", inner, texts)
}
