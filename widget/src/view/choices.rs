//! What can be pressed instead of typing.

use super::{
    dom::{self, ViewNode, new_element, new_text},
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
            let choices = new_element("div", "hoi-choices").with_attribute("lang", lang);
            choices
                .with_attribute("role", "group")
                .with_attribute("aria-label", texts.word_text(Word::Choices))
                .with_children(buttons.iter().map(|button| render_choice(button, &texts)))
        })
    })
}

fn render_choice(button: &Button, texts: &UiTexts) -> ViewNode {
    if let Some(href) = &button.href {
        return render_link(href, "hoi-choice hoi-choice-link", new_text(&button.label), texts);
    }
    let (label, choice) = (new_text(&button.label), button.clone());
    let press = move || {
        dispatch(ChatEvent::Pressed { button: choice.clone(), id: random::random_id(), at: clock::now() });
    };
    dom::new_button("hoi-choice", press).with_child(label)
}
