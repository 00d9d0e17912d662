//! Forms inside the chat: one of a few, some words, and what to do with them.

use crate::host::form;
use crate::view::{
    dom::{ViewNode, element_with_text, new_button, new_element, new_text},
    texts::UiTexts,
};
use wire::{Word, format_decimal, limits::MAX_OPINION_CHARS};

/// A form that does something instead of being sent.
pub fn form_of(class: &str, submit: Box<dyn Fn(&web_sys::Element)>) -> ViewNode {
    let form = new_element("form", class);
    let own = form.as_element().clone();
    form.with_listener("submit", move |event: web_sys::Event| {
        event.prevent_default();
        submit(&own);
    })
}

/// One of a few: each a value and its label. `name` tells it from other ones on the page.
pub fn radio_group(legend: ViewNode, name: &str, needed: bool, all: &[(&str, &str)]) -> ViewNode {
    let option = |(value, label): &(&str, &str)| {
        let input = new_element("input", "")
            .with_attribute("type", "radio")
            .with_attribute("name", name)
            .with_attribute("value", value);
        let input = if needed { input.with_attribute("required", "") } else { input };
        new_element("label", "").with_child(input).with_child(new_text(label))
    };
    new_element("fieldset", "hoi-options").with_child(legend).with_children(all.iter().map(option))
}

/// Room for one's own words.
pub fn own_words(texts: &UiTexts) -> [ViewNode; 2] {
    let field = new_element("textarea", "")
        .with_attribute("id", form::WORDS)
        .with_attribute("rows", "2")
        .with_attribute("maxlength", &format_decimal(MAX_OPINION_CHARS as u64));
    [
        element_with_text("label", "", texts.word_text(Word::OwnWords)).with_attribute("for", form::WORDS),
        field,
    ]
}

/// The button that sends a form, and what else may be done.
pub fn form_buttons(label: &str, others: &[(String, fn())]) -> ViewNode {
    let send =
        new_element("button", "hoi-again").with_attribute("type", "submit").with_child(new_text(label));
    let other = |(label, press): &(String, fn())| new_button("hoi-again", *press).with_child(new_text(label));
    new_element("div", "hoi-ways").with_child(send).with_children(others.iter().map(other))
}
