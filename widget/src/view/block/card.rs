//! A card: a title, some words and a way on.

use super::text::runs;
use crate::view::{link::link, texts::Texts};
use leptos::prelude::*;
use wire::{Card, Link};

/// The card.
pub fn card(card: &Card, texts: &Texts) -> AnyView {
    let words =
        (!card.runs.is_empty()).then(|| view! { <p class="hoi-text-block">{runs(&card.runs, texts)}</p> });
    let way = card.link.as_ref().map(|way| button_link(way, texts));
    view! {
        <section class="hoi-card">
            <h2 class="hoi-card-title">{card.title.clone()}</h2>
            {words}
            {way}
        </section>
    }
    .into_any()
}

/// A link that looks like the thing to press next.
pub fn button_link(way: &Link, texts: &Texts) -> AnyView {
    link(&way.href, "hoi-button", way.label.clone().into_any(), texts)
}
