//! The list of what was said.

use super::{
    block, choices,
    dom::{ViewNode, element_with_text, new_element},
    lazy_load, message,
    texts::UiTexts,
    ui::Ui,
    working,
};
use crate::chat::DisplayAction;
use crate::host::{root, scroll};
use leptos::prelude::*;
use wire::{Block, Word};

/// The greeting, everything after it, what can be pressed, and who is at work.
pub fn render_log(ui: Ui, texts: &UiTexts) -> ViewNode {
    let for_rows = texts.clone();
    let names = move || ui.rows.with(|rows| rows.iter().map(|row| row.key.to_u128()).collect());
    let row = move |name| {
        let row = ui.rows.with_untracked(|rows| rows.iter().find(|row| row.key.to_u128() == name).cloned());
        row.map_or_else(|| new_element("div", ""), |row| message::render_message(ui, &for_rows, &row))
    };
    // Polite regions apart from it speak for it: assistive technology must not read growing text by itself.
    let log = new_element("div", "hoi-log")
        .with_attribute("id", scroll::ID)
        .with_attribute("role", "log")
        .with_attribute("aria-live", "off")
        .with_attribute("tabindex", "0")
        .with_attribute("aria-label", texts.word_text(Word::Conversation))
        .with_listener("scroll", |_: web_sys::Event| scroll::on_scroll())
        .with_child(element_with_text("p", "hoi-lead", texts.word_text(Word::SoftwareNote)))
        .with_child(render_greeting(texts));
    let log =
        add_action_button(log, ui, texts, DisplayAction::Earlier).keyed_list(Box::new(names), Box::new(row));
    let log = add_inputs(add_action_button(log, ui, texts, DisplayAction::Read), ui, texts);
    let log = choices::add_choices(log, ui, texts);
    let log = add_action_button(
        add_action_button(log, ui, texts, DisplayAction::Write),
        ui,
        texts,
        DisplayAction::Speak,
    );
    working::add_typing_indicator(log, ui, texts)
}

/// `log` with a button for what few want, when that is there and there is reason for it.
fn add_action_button(log: ViewNode, ui: Ui, texts: &UiTexts, wish: DisplayAction) -> ViewNode {
    let texts = texts.clone();
    log.reactive_by_number(
        Box::new(move || {
            if ui.is_lazy_ready() { ui.chat.with(|chat| lazy_load::aids::label_key(chat, wish)) } else { 0 }
        }),
        Box::new(move |label| (label != 0).then(|| lazy_load::aids::render_button(ui, &texts, wish))),
    )
}

/// `log` with a form for each thing the last message asks for.
fn add_inputs(log: ViewNode, ui: Ui, texts: &UiTexts) -> ViewNode {
    let texts = texts.clone();
    let names =
        move || if ui.is_lazy_ready() { ui.chat.with(lazy_load::input::input_keys) } else { Vec::new() };
    log.keyed_list(Box::new(names), Box::new(move |name| lazy_load::input::render_input(ui, &texts, name)))
}

fn render_greeting(texts: &UiTexts) -> ViewNode {
    let look = texts.look();
    let words = Block::Text { runs: look.greeting.clone() };
    new_element("article", "hoi-message hoi-from-assistant")
        .with_attribute("lang", &look.lang)
        .with_child(new_element("div", "hoi-meta").with_child(element_with_text(
            "span",
            "hoi-author",
            &look.assistant,
        )))
        .with_child(
            new_element("div", "hoi-bubble")
                .with_attribute("dir", root::text_direction(&look.lang))
                .with_child(block::render_block(&words, texts, None)),
        )
}
