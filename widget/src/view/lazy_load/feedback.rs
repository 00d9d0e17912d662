//! Why an answer did not help, and how the chat was.

use super::options::{form_buttons, form_of, own_words, radio_group};
use crate::chat::{ChatEvent, FeedbackAction, FeedbackSubject, LazyEvent};
use crate::host::{clock, dispatch, form};
use crate::view::{
    dom::{ViewNode, element_with_text},
    texts::UiTexts,
    ui::Ui,
};
use leptos::prelude::*;
use wire::{Reason, Word};

const REASONS: [(Reason, Word); 4] = [
    (Reason::Wrong, Word::IsWrong),
    (Reason::Unclear, Word::IsUnclear),
    (Reason::Missing, Word::IsIncomplete),
    (Reason::Other, Word::IsOther),
];
const SCORES: [Word; 5] = [Word::Score5, Word::Score4, Word::Score3, Word::Score2, Word::Score1];

/// Why it did not help.
#[inline(never)]
pub fn render_reason_form(texts: &UiTexts, seq: u64) -> ViewNode {
    let submit = move |own: &web_sys::Element| {
        let name = form::chosen_value(own);
        let reason = REASONS.iter().map(|(reason, _)| *reason).find(|reason| reason.name() == name);
        submit_feedback(own, FeedbackSubject::Answer(seq, reason));
    };
    let reasons = REASONS.iter().map(|(reason, word)| (reason.name(), texts.word_text(*word)));
    let skip = (texts.word_text(Word::Skip).to_owned(), (|| dispatch_action(FeedbackAction::Skip)) as fn());
    form_of("hoi-opinion", Box::new(submit))
        .with_child(radio_group(
            element_with_text("legend", "", texts.word_text(Word::WhyNot)),
            "hoi-why",
            false,
            &reasons.collect::<Vec<_>>(),
        ))
        .with_children(own_words(texts))
        .with_child(form_buttons(texts.word_text(Word::Send), &[skip]))
}

/// How the chat was, for a visitor who ends it, or whose chat a person has closed: that one stays.
#[inline(never)]
pub fn render_survey(ui: Ui, texts: &UiTexts) -> ViewNode {
    let closed = ui.opinion.with_untracked(|opinion| opinion.closed);
    let submit = move |own: &web_sys::Element| match form::chosen_value(own).parse() {
        Ok(score) => submit_feedback(own, FeedbackSubject::Chat(score)),
        Err(_) if closed => dispatch_action(FeedbackAction::Skip),
        Err(_) => dispatch_action(FeedbackAction::EndOnly),
    };
    let scores = ["5", "4", "3", "2", "1"].into_iter().zip(SCORES.map(|word| texts.word_text(word)));
    let way = |word, press: fn()| (texts.word_text(word).to_owned(), press);
    let skip: fn() = || dispatch_action(FeedbackAction::Skip);
    let ways = if closed {
        form_buttons(texts.word_text(Word::Send), &[way(Word::Skip, skip)])
    } else {
        let end: fn() = || dispatch_action(FeedbackAction::EndOnly);
        form_buttons(texts.word_text(Word::SendAndEnd), &[way(Word::EndOnly, end), way(Word::Cancel, skip)])
    };
    // The focus comes to the question, not to the form: on a small screen it is in view then, and it is what is read out.
    let legend = element_with_text("legend", "", texts.word_text(Word::HowWasIt))
        .with_attribute("id", "hoi-survey")
        .with_attribute("tabindex", "-1");
    let class = if closed { "hoi-opinion hoi-after" } else { "hoi-opinion hoi-survey" };
    form_of(class, Box::new(submit))
        .with_child(radio_group(legend, "hoi-how", false, &scores.collect::<Vec<_>>()))
        .with_children(own_words(texts))
        .with_child(ways)
}

fn dispatch_action(judge: FeedbackAction) {
    dispatch(ChatEvent::Lazy(LazyEvent::Judged(judge)));
}

fn submit_feedback(own: &web_sys::Element, about: FeedbackSubject) {
    dispatch(ChatEvent::Lazy(LazyEvent::Opined { about, text: form::textarea_value(own), at: clock::now() }));
}
