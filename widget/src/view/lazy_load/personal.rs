//! What the visitor is asked before personal data is sent.

use crate::chat::{Answer, Event, LazyEvent};
use crate::host::{clock, dispatch, random};
use crate::view::{
    Ui,
    piece::{Piece, button, el, group, text, with_text},
    texts::Texts,
};
use leptos::prelude::*;
use wire::Word;

/// The question.
#[inline(never)]
pub fn draw(ui: Ui, texts: &Texts) -> Piece {
    let asking = ui.chat.with_untracked(|chat| {
        chat.asking.as_ref().map(|asking| (asking.kinds, asking.refused, asking.hidden.is_some()))
    });
    let Some((kinds, refused, hides)) = asking else { return group([]) };
    let sentence = texts.words().personal_data_sentence(kinds, refused);
    // What an Enter out of habit does must harm nobody.
    let ways = [
        (hides, Word::HideAndSend, Answer::Hide),
        (!hides, Word::Edit, Answer::Edit),
        (!refused, Word::SendAsIs, Answer::Send),
        (hides, Word::Edit, Answer::Edit),
    ];
    let mut ways = ways.into_iter().filter(|way| way.0).map(|(_, word, answer)| way(texts, word, answer));
    // The focus comes to the first one, and what it is about is read with it.
    let first = ways.next().map(|way| way.attr("id", "hoi-hide").attr("aria-describedby", "hoi-asking"));
    el("div", "hoi-bar")
        .attr("role", "group")
        .child(with_text("p", "hoi-bar-text", &sentence).attr("id", "hoi-asking"))
        .children(first)
        .children(ways)
}

fn way(texts: &Texts, label: Word, answer: Answer) -> Piece {
    let press = move || {
        dispatch(Event::Lazy(LazyEvent::Answered { answer, id: random::id(), at: clock::now() }));
    };
    button("hoi-again", press).child(text(texts.word(label)))
}
