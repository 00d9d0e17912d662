//! What the last message asks for besides words.

use super::options::{form_of, radio_group};
use crate::chat::{Chat, ChatEvent, LazyEvent, Locating};
use crate::host::{clock, dispatch, form, lazy_load::place, random};
use crate::view::{
    dom::{ViewNode, element_with_text, new_button, new_element, new_fragment, new_text},
    icon::icon,
    texts::UiTexts,
    ui::Ui,
};
use leptos::prelude::*;
use wire::{Given, Input, InputKind, Word, format_decimal, limits::MAX_VALUE_CHARS};

/// By message and place: what a message asks for doesn't change.
#[inline(never)]
pub fn input_keys(chat: &Chat) -> Vec<u128> {
    let seq = chat.timeline.entries.last().map_or(0, |line| line.message.seq);
    (0..chat.inputs().len() as u128).map(|place| u128::from(seq) << 8 | place).collect()
}

/// The form for what is called so.
#[inline(never)]
pub fn render_input(ui: Ui, texts: &UiTexts, name: u128) -> ViewNode {
    let input = ui.chat.with_untracked(|chat| chat.inputs().into_iter().nth((name & 0xff) as usize));
    input.map_or_else(|| new_element("div", ""), |input| form_for(ui, texts, &input))
}

fn form_for(ui: Ui, texts: &UiTexts, input: &Input) -> ViewNode {
    let (own, lang) = (input.clone(), texts.look().lang.clone());
    let submit = move |element: &web_sys::Element| {
        let value = match own.kind {
            InputKind::Choice => form::chosen_value(element),
            _ => form::field_value(element, "input"),
        };
        if value.trim().is_empty() {
            return;
        }
        let text = match own.kind {
            InputKind::Choice => option_label(&own, &value),
            InputKind::Date => clock::format_day(&value, &lang),
            InputKind::Place | InputKind::Unknown => value.clone(),
        };
        submit_value(Given { name: own.name.clone(), value }, text);
    };
    let send = new_element("button", "hoi-choice")
        .with_attribute("type", "submit")
        .with_child(new_text(texts.word_text(Word::Send)));
    let field = match input.kind {
        InputKind::Date => date_field(input),
        InputKind::Choice => choice_field(input),
        InputKind::Place => place_field(ui, texts, input),
        InputKind::Unknown => return new_element("div", ""),
    };
    form_of("hoi-input", Box::new(submit))
        .with_attribute("lang", &texts.look().lang)
        .with_child(field)
        .with_child(send)
}

fn submit_value(value: Given, text: String) {
    dispatch(ChatEvent::Lazy(LazyEvent::Gave { value, text, id: random::random_id(), at: clock::now() }));
}

fn option_label(input: &Input, key: &str) -> String {
    let chosen = input.options.iter().find(|choice| choice.key == key);
    chosen.map(|choice| choice.label.clone()).unwrap_or_default()
}

fn date_field(input: &Input) -> ViewNode {
    let field = new_element("input", "")
        .with_attribute("type", "date")
        .with_attribute("required", "")
        .with_attribute("aria-label", &input.label);
    let bounds = [("min", &input.min), ("max", &input.max)];
    bounds
        .into_iter()
        .filter_map(|(name, day)| Some((name, day.as_ref()?)))
        .fold(field, |field, (name, day)| field.with_attribute(name, day))
}

fn choice_field(input: &Input) -> ViewNode {
    let all = input.options.iter().map(|choice| (choice.key.as_str(), choice.label.as_str()));
    let all: Vec<_> = all.collect();
    radio_group(element_with_text("legend", "hoi-hidden", &input.label), &input.name, true, &all)
}

/// The button that asks the browser, where it can be asked, and the field for an address.
fn place_field(ui: Ui, texts: &UiTexts, input: &Input) -> ViewNode {
    let name = input.name.clone();
    let locate = place::is_available().then(|| {
        new_button("hoi-choice", move || dispatch(ChatEvent::Lazy(LazyEvent::Locate(name.clone()))))
            .with_child(icon("place"))
            .with_child(new_text(texts.word_text(Word::Locate)))
    });
    let told = |locating, word| {
        let (words, shown) = (texts.clone(), move || ui.chat.with(|chat| chat.locating == locating));
        let draw = move || element_with_text("p", "hoi-state", words.word_text(word));
        new_element("div", "").show_when(Box::new(shown), Box::new(draw))
    };
    let told = [(Locating::Waits, Word::Locating), (Locating::Failed, Word::NotLocated)]
        .map(|(locating, word)| told(locating, word));
    let field = new_element("input", "")
        .with_attribute("type", "text")
        .with_attribute("id", "hoi-address")
        .with_attribute("required", "")
        .with_attribute("autocomplete", "street-address")
        .with_attribute("maxlength", &format_decimal(MAX_VALUE_CHARS as u64));
    let label =
        element_with_text("label", "", texts.word_text(Word::OrAddress)).with_attribute("for", "hoi-address");
    new_fragment(locate.into_iter().chain(told).chain([label.with_attribute("lang", texts.lang()), field]))
}
