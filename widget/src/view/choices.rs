//! What can be pressed instead of typing.

use super::{
    dom::{self, ViewNode, el, text},
    link::render_link,
    texts::UiTexts,
    ui::Ui,
};
use crate::chat::ChatEvent;
use crate::host::{clock, dispatch, random};
use leptos::prelude::*;
use wire::{Button, Word};

/// `log` with the buttons under the last message, or under the greeting.
pub fn add_choices(log: ViewNode, ui: Ui, texts: &UiTexts) -> ViewNode {
    let texts = texts.clone();
    let buttons = move || ui.chat.with(|chat| (chat.choices().to_vec(), chat.choices_lang().to_owned()));
    log.reactive_child(buttons, move |(buttons, lang)| {
        (!buttons.is_empty()).then(|| {
            let choices = el("div", "hoi-choices").attr("lang", lang);
            choices
                .attr("role", "group")
                .attr("aria-label", texts.word_text(Word::Choices))
                .children(buttons.iter().map(|button| render_choice(button, &texts)))
        })
    })
}

fn render_choice(button: &Button, texts: &UiTexts) -> ViewNode {
    if let Some(href) = &button.href {
        return render_link(href, "hoi-choice hoi-choice-link", text(&button.label), texts);
    }
    let (label, choice) = (text(&button.label), button.clone());
    let press = move || {
        dispatch(ChatEvent::Pressed { button: choice.clone(), id: random::id(), at: clock::now() });
    };
    dom::button("hoi-choice", press).child(label)
}
