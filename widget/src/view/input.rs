//! What the last message asks for besides words.

use super::{
    Ui,
    icon::icon,
    options::{form_of, options},
    piece::{Piece, button, el, group, text, with_text},
    texts::Texts,
};
use crate::chat::{Event, Locating};
use crate::host::{clock, dispatch, form, place, random};
use leptos::prelude::*;
use wire::{Given, Input, InputKind, Word, limits::MAX_VALUE_CHARS};

/// `log` with a form for each thing asked.
pub fn inputs(log: Piece, ui: Ui, texts: &Texts) -> Piece {
    let texts = texts.clone();
    log.list(move || ui.chat.with(|chat| chat.inputs()), move |input| form_for(ui, &texts, input))
}

fn form_for(ui: Ui, texts: &Texts, input: &Input) -> Piece {
    let (own, lang) = (input.clone(), texts.look().lang.clone());
    let submit = move |element: &web_sys::Element| {
        let value = match own.kind {
            InputKind::Choice => form::chosen(element),
            _ => form::value(element, "input"),
        };
        if value.trim().is_empty() {
            return;
        }
        let text = match own.kind {
            InputKind::Choice => label(&own, &value),
            InputKind::Date => clock::day(&value, &lang),
            InputKind::Place | InputKind::Unknown => value.clone(),
        };
        give(Given { name: own.name.clone(), value }, text);
    };
    let send = el("button", "hoi-choice").attr("type", "submit").child(text(texts.word(Word::Send)));
    let field = match input.kind {
        InputKind::Date => date(input),
        InputKind::Choice => choice(input),
        InputKind::Place => address(ui, texts, input),
        InputKind::Unknown => return el("div", ""),
    };
    form_of("hoi-input", submit).attr("lang", &texts.look().lang).child(field).child(send)
}

fn give(value: Given, text: String) {
    dispatch(Event::Gave { value, text, id: random::id(), at: clock::now() });
}

fn label(input: &Input, key: &str) -> String {
    let chosen = input.options.iter().find(|choice| choice.key == key);
    chosen.map(|choice| choice.label.clone()).unwrap_or_default()
}

fn date(input: &Input) -> Piece {
    let field = el("input", "").attr("type", "date").attr("required", "").attr("aria-label", &input.label);
    let bounds = [("min", &input.min), ("max", &input.max)];
    bounds
        .into_iter()
        .filter_map(|(name, day)| Some((name, day.as_ref()?)))
        .fold(field, |field, (name, day)| field.attr(name, day))
}

fn choice(input: &Input) -> Piece {
    let all = input.options.iter().map(|choice| (choice.key.as_str(), choice.label.as_str()));
    options(with_text("legend", "hoi-hidden", &input.label), &input.name, true, all)
}

/// The button that asks the browser, where it can be asked, and the field for an address.
fn address(ui: Ui, texts: &Texts, input: &Input) -> Piece {
    let (name, words) = (input.name.clone(), texts.clone());
    let locate = place::is_there().then(|| {
        button("hoi-choice", move || dispatch(Event::Locate(name.clone())))
            .child(icon("place"))
            .child(text(texts.word(Word::Locate)))
    });
    let told = el("div", "").live(
        move || ui.chat.with(|chat| chat.locating),
        move |locating| {
            let word = match locating {
                Locating::Idle => return None,
                Locating::Waits => Word::Locating,
                Locating::Failed => Word::NotLocated,
            };
            Some(with_text("p", "hoi-state", words.word(word)))
        },
    );
    let field = el("input", "")
        .attr("type", "text")
        .attr("id", "hoi-address")
        .attr("required", "")
        .attr("autocomplete", "street-address")
        .attr("maxlength", &MAX_VALUE_CHARS.to_string());
    let label = with_text("label", "", texts.word(Word::OrAddress)).attr("for", "hoi-address");
    group(locate.into_iter().chain([told, label.attr("lang", texts.lang()), field]))
}
