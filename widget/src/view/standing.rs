//! What everybody is told, over everything else: it must be seen wherever the list has been scrolled to.

use super::{
    Ui,
    block::more::notice,
    piece::{Piece, el},
    texts::Texts,
};
use leptos::prelude::*;
use wire::{Run, Word};

/// The banner, empty on ordinary days.
pub fn standing(ui: Ui, texts: &Texts) -> Piece {
    let texts = texts.clone();
    let read = move || ui.chat.with(|chat| (chat.look.notice.clone(), chat.look.off));
    el("div", "hoi-standing").live(read, move |(own, off)| {
        let draw = |run: &Run| notice(std::slice::from_ref(run), &texts);
        let said = || Run { text: texts.word(Word::SwitchedOff).to_owned(), ..Run::default() };
        match own {
            Some(run) => Some(texts.own(draw(run))),
            None => off.then(|| draw(&said())),
        }
    })
}
