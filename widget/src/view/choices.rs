//! What can be pressed instead of typing.

use super::{Ui, link::link, texts::Texts};
use crate::chat::Event;
use crate::host::{clock, dispatch, random};
use leptos::prelude::*;
use wire::{Button, Word};

/// The buttons under the last message, or under the greeting.
pub fn choices(ui: Ui, texts: &Texts) -> impl IntoView + use<> {
    let texts = texts.clone();
    let buttons = Memo::new(move |_| ui.chat.with(|chat| chat.choices().to_vec()));
    move || {
        let buttons = buttons.get();
        if buttons.is_empty() {
            return ().into_any();
        }
        let choices: Vec<AnyView> = buttons.into_iter().map(|button| choice(button, &texts)).collect();
        view! { <div class="hoi-choices" role="group" aria-label=texts.word(Word::Choices)>{choices}</div> }
            .into_any()
    }
}

fn choice(button: Button, texts: &Texts) -> AnyView {
    let label = button.label.clone();
    if let Some(href) = &button.href {
        return link(href, "hoi-choice hoi-choice-link", label.into_any(), texts);
    }
    let press =
        move |_| dispatch(Event::Pressed { button: button.clone(), id: random::id(), at: clock::now() });
    view! { <button class="hoi-choice" type="button" on:click=press>{label}</button> }.into_any()
}
