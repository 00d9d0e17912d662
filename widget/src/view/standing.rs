//! What everybody is told, over everything else: it must be seen wherever the list has been scrolled to.

use super::{
    Ui,
    block::{contact::contact, more::notice},
    piece::{Piece, el},
    texts::Texts,
};
use leptos::prelude::*;
use wire::{Run, Word};

/// The banner, empty on ordinary days.
pub fn standing(ui: Ui, texts: &Texts) -> Piece {
    let texts = texts.clone();
    let banner = el("div", "hoi-standing");
    let place = banner.clone();
    banner.live(
        move || ui.chat.with(|chat| (chat.look.notice.clone(), chat.look.off)),
        move |(own, off)| {
            // What stands below it goes by this: see the style sheet.
            let _ = place.clone().attr("data-off", if *off { "1" } else { "" });
            let said = || Run { text: texts.word(Word::SwitchedOff).to_owned(), ..Run::default() };
            let run = own.clone().or_else(|| off.then(said))?;
            let piece = notice(&[run], &texts);
            let piece = if own.is_some() { texts.own(piece) } else { piece };
            let reach = off.then(|| contact(&texts.look().contact, &texts));
            Some(el("div", "").child(piece).children(reach))
        },
    )
}
