//! Forms inside the chat: one of a few, some words, and what to do with them.

use crate::host::form;
use crate::view::{
    dom::{ViewNode, button, el, text, with_text},
    texts::UiTexts,
};
use wire::{Word, format_decimal, limits::MAX_OPINION_CHARS};

/// A form that does something instead of being sent.
pub fn form_of(class: &str, submit: Box<dyn Fn(&web_sys::Element)>) -> ViewNode {
    let form = el("form", class);
    let own = form.as_element().clone();
    form.on("submit", move |event: web_sys::Event| {
        event.prevent_default();
        submit(&own);
    })
}

/// One of a few: each a value and its label. `name` tells it from other ones on the page.
pub fn radio_group(legend: ViewNode, name: &str, needed: bool, all: &[(&str, &str)]) -> ViewNode {
    let option = |(value, label): &(&str, &str)| {
        let input = el("input", "").attr("type", "radio").attr("name", name).attr("value", value);
        let input = if needed { input.attr("required", "") } else { input };
        el("label", "").child(input).child(text(label))
    };
    el("fieldset", "hoi-options").child(legend).children(all.iter().map(option))
}

/// Room for one's own words.
pub fn own_words(texts: &UiTexts) -> [ViewNode; 2] {
    let field = el("textarea", "")
        .attr("id", form::WORDS)
        .attr("rows", "2")
        .attr("maxlength", &format_decimal(MAX_OPINION_CHARS as u64));
    [with_text("label", "", texts.word_text(Word::OwnWords)).attr("for", form::WORDS), field]
}

/// The button that sends a form, and what else may be done.
pub fn form_buttons(label: &str, others: &[(String, fn())]) -> ViewNode {
    let send = el("button", "hoi-again").attr("type", "submit").child(text(label));
    let other = |(label, press): &(String, fn())| button("hoi-again", *press).child(text(label));
    el("div", "hoi-ways").child(send).children(others.iter().map(other))
}
