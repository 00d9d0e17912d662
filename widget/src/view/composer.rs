//! Where the visitor writes: a real form, as in the document.

use super::{
    attach::{add_uploads, attach_button},
    bar,
    dom::{ViewNode, element_with_text, new_button, new_element, new_text, watch_number},
    icon, lazy_load,
    texts::UiTexts,
    ui::Ui,
};
use crate::chat::{Asking, ChatEvent};
use crate::host::{clock, dispatch, field, random};
use leptos::prelude::*;
use web_sys::KeyboardEvent;
use wire::Word;

/// The code that browsers report for a key that an input method has taken.
const TAKEN: u32 = 229;

/// Everything below the list.
pub fn render_footer(ui: Ui, texts: &UiTexts) -> ViewNode {
    let note = texts.look().privacy.as_ref();
    let note = note.map(|privacy| texts.mark_site_lang(element_with_text("p", "hoi-note", &privacy.text)));
    let foot = bar::add_scroll_buttons(new_element("div", "hoi-foot"), ui, texts);
    let foot = add_survey(bar::add_bar(foot, ui, texts), ui, texts);
    let foot = add_uploads(add_privacy_question(foot, ui, texts), ui, texts)
        .with_children(note)
        .with_child(render_form(ui, texts))
        .with_child(render_fault(ui, texts));
    add_footnote(foot, ui, texts)
}

/// `foot` with the question how the chat was, for a visitor who ends it and for one whose chat was closed.
fn add_survey(foot: ViewNode, ui: Ui, texts: &UiTexts) -> ViewNode {
    let texts = texts.clone();
    let ending = move || ui.opinion.with(|opinion| opinion.ending) && ui.is_lazy_ready();
    foot.show_when(Box::new(ending), Box::new(move || lazy_load::feedback::render_survey(ui, &texts)))
}

/// `foot` with what the visitor is asked before personal data is sent.
fn add_privacy_question(foot: ViewNode, ui: Ui, texts: &UiTexts) -> ViewNode {
    let texts = texts.clone();
    let number = move || {
        let asked = ui.chat.with(|chat| chat.asking.as_ref().map(Asking::question_key));
        asked.filter(|_| ui.is_lazy_ready()).unwrap_or(0)
    };
    let draw = move |number| (number != 0).then(|| lazy_load::personal::render_question(ui, &texts));
    foot.reactive_by_number(Box::new(number), Box::new(draw))
}

fn render_form(ui: Ui, texts: &UiTexts) -> ViewNode {
    new_element("form", "hoi-composer")
        .with_attribute("id", "hoi-composer")
        .with_listener("submit", |event: web_sys::Event| {
            event.prevent_default();
            submit();
        })
        .with_child(
            element_with_text("label", "hoi-hidden", texts.word_text(Word::YourQuestion))
                .with_attribute("for", field::ID),
        )
        .with_children(attach_button(texts))
        .with_child(text_field(ui, texts))
        .with_child(icon::icon_only(
            new_element("button", "hoi-send").with_attribute("type", "submit"),
            "send",
            texts.word_text(Word::Send),
        ))
}

fn text_field(ui: Ui, texts: &UiTexts) -> ViewNode {
    let node = new_element("textarea", "hoi-text")
        .with_attribute("id", field::ID)
        .with_attribute("name", "text")
        .with_attribute("rows", "1")
        .with_attribute("placeholder", texts.word_text(Word::TypeHere))
        .with_attribute("autocomplete", "off")
        .with_attribute("enterkeyhint", "send")
        .with_attribute("aria-describedby", "hoi-fault")
        .with_listener("input", |_: web_sys::Event| dispatch(ChatEvent::Typed(field::read_text())))
        .with_listener("keydown", on_keydown);
    field::set_initial_text(node.as_element(), &ui.chat.with_untracked(|chat| chat.draft.clone()));
    let field = node.clone();
    watch_number(
        Box::new(move || ui.chat.with(|chat| chat.excess > 0).into()),
        Box::new(move |invalid| {
            let field = field.as_element();
            let _ = if invalid != 0 {
                field.set_attribute("aria-invalid", "true")
            } else {
                field.remove_attribute("aria-invalid")
            };
        }),
    );
    node
}

/// Enter sends, Shift and Enter begin a new line, and an Enter that an input method uses for itself does neither.
///
/// No clock here: Vietnamese engines finish the word and hand the very same Enter on, while those that use it up (pinyin,
/// kana) hand nothing on, or a key of the code [`TAKEN`], as Safari does after the end of the composition.
fn on_keydown(event: KeyboardEvent) {
    let composing = event.is_composing() || event.key_code() == TAKEN;
    if event.key() == "Enter" && !event.shift_key() && !composing {
        event.prevent_default();
        submit();
    }
}

/// Sends what is seen, also the part of a word that an input method still has.
fn submit() {
    field::after_commit(|| dispatch(ChatEvent::Submitted { id: random::random_id(), at: clock::now() }));
}

/// What is wrong with what stands in the composer.
fn render_fault(ui: Ui, texts: &UiTexts) -> ViewNode {
    let (node, texts) = (new_element("p", "hoi-fault").with_attribute("id", "hoi-fault"), texts.clone());
    let place = node.clone();
    watch_number(
        Box::new(move || (ui.chat.with(|chat| chat.excess) * usize::from(ui.is_lazy_ready())) as u64),
        Box::new(move |excess| {
            let sentence = match excess {
                0 => String::new(),
                excess => lazy_load::too_long(&texts, excess as usize),
            };
            place.as_element().set_text_content(Some(&sentence));
        }),
    );
    node
}

/// `foot` with the way to begin anew, and whose software this is, where its name may be shown.
fn add_footnote(foot: ViewNode, ui: Ui, texts: &UiTexts) -> ViewNode {
    let texts = texts.clone();
    let begun = move || ui.chat.with(|chat| !chat.timeline.entries.is_empty());
    let draw = move |begun| {
        let over = (begun != 0).then(|| {
            new_button("hoi-over", || dispatch(ChatEvent::AskedToStartOver))
                .with_child(new_text(texts.word_text(Word::StartOver)))
        });
        let credit = texts.look().credit.then(|| element_with_text("p", "hoi-credit", "Hoi"));
        (over.is_some() || credit.is_some())
            .then(|| new_element("div", "hoi-below").with_children(credit).with_children(over))
    };
    foot.reactive_by_number(Box::new(move || begun().into()), Box::new(draw))
}
