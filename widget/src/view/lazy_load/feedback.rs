//! Why an answer did not help, and how the chat was.

use super::options::{form_of, options, own_words, ways};
use crate::chat::{About, Event, FeedbackAction, LazyEvent};
use crate::host::{clock, dispatch, form};
use crate::view::{
    Ui,
    piece::{Piece, with_text},
    texts::Texts,
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
pub fn reason(texts: &Texts, seq: u64) -> Piece {
    let submit = move |own: &web_sys::Element| {
        let name = form::chosen(own);
        let reason = REASONS.iter().map(|(reason, _)| *reason).find(|reason| reason.name() == name);
        opine(own, About::Answer(seq, reason));
    };
    let reasons = REASONS.iter().map(|(reason, word)| (reason.name(), texts.word(*word)));
    let skip = (texts.word(Word::Skip).to_owned(), (|| judge(FeedbackAction::Skip)) as fn());
    form_of("hoi-opinion", Box::new(submit))
        .child(options(
            with_text("legend", "", texts.word(Word::WhyNot)),
            "hoi-why",
            false,
            &reasons.collect::<Vec<_>>(),
        ))
        .children(own_words(texts))
        .child(ways(texts.word(Word::Send), &[skip]))
}

/// How the chat was, for a visitor who ends it, or whose chat a person has closed: that one stays.
#[inline(never)]
pub fn survey(ui: Ui, texts: &Texts) -> Piece {
    let closed = ui.opinion.with_untracked(|opinion| opinion.closed);
    let submit = move |own: &web_sys::Element| match form::chosen(own).parse() {
        Ok(score) => opine(own, About::Chat(score)),
        Err(_) if closed => judge(FeedbackAction::Skip),
        Err(_) => judge(FeedbackAction::EndOnly),
    };
    let scores = ["5", "4", "3", "2", "1"].into_iter().zip(SCORES.map(|word| texts.word(word)));
    let way = |word, press: fn()| (texts.word(word).to_owned(), press);
    let skip: fn() = || judge(FeedbackAction::Skip);
    let ways = if closed {
        ways(texts.word(Word::Send), &[way(Word::Skip, skip)])
    } else {
        let end: fn() = || judge(FeedbackAction::EndOnly);
        ways(texts.word(Word::SendAndEnd), &[way(Word::EndOnly, end), way(Word::Cancel, skip)])
    };
    // The focus comes to the question, not to the form: on a small screen it is in view then, and it is what is read out.
    let legend =
        with_text("legend", "", texts.word(Word::HowWasIt)).attr("id", "hoi-survey").attr("tabindex", "-1");
    let class = if closed { "hoi-opinion hoi-after" } else { "hoi-opinion hoi-survey" };
    form_of(class, Box::new(submit))
        .child(options(legend, "hoi-how", false, &scores.collect::<Vec<_>>()))
        .children(own_words(texts))
        .child(ways)
}

fn judge(judge: FeedbackAction) {
    dispatch(Event::Lazy(LazyEvent::Judged(judge)));
}

fn opine(own: &web_sys::Element, about: About) {
    dispatch(Event::Lazy(LazyEvent::Opined { about, text: form::words(own), at: clock::now() }));
}
