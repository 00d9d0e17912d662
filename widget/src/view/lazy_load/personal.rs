//! What the visitor is asked before personal data is sent.

use crate::chat::{ChatEvent, LazyEvent, PersonalDataDecision};
use crate::host::{clock, dispatch, random};
use crate::view::{
    dom::{ViewNode, element_with_text, new_button, new_element, new_fragment, new_text},
    texts::UiTexts,
    ui::Ui,
};
use leptos::prelude::*;
use wire::Word;

/// The question.
#[inline(never)]
pub fn render_question(ui: Ui, texts: &UiTexts) -> ViewNode {
    let asking = ui.chat.with_untracked(|chat| {
        chat.asking.as_ref().map(|asking| (asking.kinds, asking.refused, asking.hidden.is_some()))
    });
    let Some((kinds, refused, hides)) = asking else { return new_fragment([]) };
    let sentence = texts.words().personal_data_sentence(kinds, refused);
    // What an Enter out of habit does must harm nobody.
    let ways = [
        (hides, Word::HideAndSend, PersonalDataDecision::Hide),
        (!hides, Word::Edit, PersonalDataDecision::Edit),
        (!refused, Word::SendAsIs, PersonalDataDecision::Send),
        (hides, Word::Edit, PersonalDataDecision::Edit),
    ];
    let mut ways =
        ways.into_iter().filter(|way| way.0).map(|(_, word, answer)| answer_button(texts, word, answer));
    // The focus comes to the first one, and what it is about is read with it.
    let first = ways
        .next()
        .map(|way| way.with_attribute("id", "hoi-hide").with_attribute("aria-describedby", "hoi-asking"));
    new_element("div", "hoi-bar")
        .with_attribute("role", "group")
        .with_child(element_with_text("p", "hoi-bar-text", &sentence).with_attribute("id", "hoi-asking"))
        .with_children(first)
        .with_children(ways)
}

fn answer_button(texts: &UiTexts, label: Word, answer: PersonalDataDecision) -> ViewNode {
    let press = move || {
        dispatch(ChatEvent::Lazy(LazyEvent::Answered { answer, id: random::random_id(), at: clock::now() }));
    };
    new_button("hoi-again", press).with_child(new_text(texts.word_text(label)))
}
