//! How to reach the agency without the chat.

use super::procedure::fact;
use crate::view::{icon::icon, link::link, texts::Texts};
use leptos::prelude::*;
use wire::{Contact, Word};

/// The card: numbers to press, where, when, an address to write to.
pub fn contact(contact: &Contact, texts: &Texts) -> AnyView {
    let phones: Vec<AnyView> = contact
        .phones
        .iter()
        .map(|phone| {
            let inner = (icon("phone"), view! { <span>{phone.label.clone()}</span> }).into_any();
            link(&phone.href, "hoi-phone", inner, texts)
        })
        .collect();
    let address = contact
        .address
        .as_ref()
        .map(|address| fact(texts.word(Word::Address), "place", vec![address.clone().into_any()]));
    let hours = (!contact.hours.is_empty()).then(|| {
        let lines = contact.hours.iter().map(|line| line.clone().into_any()).collect();
        fact(texts.word(Word::Hours), "hours", lines)
    });
    let email = contact.email.as_ref().map(|email| {
        let way = link(&format!("mailto:{email}"), "hoi-link", email.clone().into_any(), texts);
        fact(texts.word(Word::Email), "email", vec![way])
    });
    view! {
        <section class="hoi-card hoi-contact">
            <h2 class="hoi-card-title">{texts.word(Word::ReachUs)}</h2>
            {phones}
            <dl class="hoi-facts">{address} {hours} {email}</dl>
        </section>
    }
    .into_any()
}
