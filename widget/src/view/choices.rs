//! What can be pressed instead of typing.

use super::{
    Ui,
    link::link,
    piece::{self, Piece, el, text},
    texts::Texts,
};
use crate::chat::Event;
use crate::host::{clock, dispatch, random};
use leptos::prelude::*;
use wire::{Button, Word};

/// `log` with the buttons under the last message, or under the greeting.
pub fn choices(log: Piece, ui: Ui, texts: &Texts) -> Piece {
    let texts = texts.clone();
    let buttons = move || ui.chat.with(|chat| (chat.choices().to_vec(), chat.choices_lang().to_owned()));
    log.live(buttons, move |(buttons, lang)| {
        (!buttons.is_empty()).then(|| {
            let choices = el("div", "hoi-choices").attr("lang", lang);
            choices
                .attr("role", "group")
                .attr("aria-label", texts.word(Word::Choices))
                .children(buttons.iter().map(|button| choice(button, &texts)))
        })
    })
}

fn choice(button: &Button, texts: &Texts) -> Piece {
    if let Some(href) = &button.href {
        return link(href, "hoi-choice hoi-choice-link", text(&button.label), texts);
    }
    let (label, choice) = (text(&button.label), button.clone());
    let press = move || {
        dispatch(Event::Pressed { button: choice.clone(), id: random::id(), at: clock::now() });
    };
    piece::button("hoi-choice", press).child(label)
}
