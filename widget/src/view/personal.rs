//! What the visitor is asked before personal data is sent.

use super::{
    Ui,
    piece::{Piece, button, el, text, with_text},
    texts::Texts,
};
use crate::chat::{Answer, Event};
use crate::host::{clock, dispatch, random};
use leptos::prelude::*;
use wire::Word;

/// `foot` with the question, while it is open.
pub fn personal(foot: Piece, ui: Ui, texts: &Texts) -> Piece {
    let texts = texts.clone();
    let asking =
        move || ui.chat.with(|chat| chat.asking.as_ref().map(|a| (a.kinds, a.refused, a.hidden.is_some())));
    foot.live(asking, move |asking| {
        asking.as_ref().map(|(kinds, refused, hides)| {
            let sentence = texts.words().personal(*kinds, *refused);
            // What an Enter out of habit does must harm nobody.
            let ways = [
                (*hides, Word::HideAndSend, Answer::Hide),
                (!hides, Word::Edit, Answer::Edit),
                (!refused, Word::SendAsIs, Answer::Send),
                (*hides, Word::Edit, Answer::Edit),
            ];
            let mut ways =
                ways.into_iter().filter(|way| way.0).map(|(_, word, answer)| way(&texts, word, answer));
            // The focus comes to the first one, and what it is about is read with it.
            let first =
                ways.next().map(|way| way.attr("id", "hoi-hide").attr("aria-describedby", "hoi-asking"));
            el("div", "hoi-bar")
                .attr("role", "group")
                .child(with_text("p", "hoi-bar-text", &sentence).attr("id", "hoi-asking"))
                .children(first)
                .children(ways)
        })
    })
}

fn way(texts: &Texts, label: Word, answer: Answer) -> Piece {
    let press = move || dispatch(Event::Answered { answer, id: random::id(), at: clock::now() });
    button("hoi-again", press).child(text(texts.word(label)))
}
