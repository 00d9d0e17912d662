//! One line above the composer: the connection, a fault, a question back; and the way down to what is new.

use super::{
    Ui,
    icon::icon,
    piece::{Piece, button, el, text, with_text},
    texts::Texts,
};
use crate::chat::{Event, Notice};
use crate::host::{dispatch, scroll};
use leptos::prelude::*;
use wire::Word;

/// `foot` with the bar in it, while there is something to say.
pub fn bar(foot: Piece, ui: Ui, texts: &Texts) -> Piece {
    let texts = texts.clone();
    let number = move || ui.chat.with(|chat| chat.notice.map_or(0, |notice| notice as u64 + 1));
    let draw = move |_| {
        let notice = ui.chat.with_untracked(|chat| chat.notice)?;
        let class = if notice.bad() { "hoi-bar hoi-bar-bad" } else { "hoi-bar" };
        let said = with_text("span", "hoi-bar-text", texts.word(notice.word()));
        Some(el("div", class).child(said).children(ways(notice, &texts)))
    };
    foot.numbered(Box::new(number), Box::new(draw))
}

/// What can be done about it.
fn ways(notice: Notice, texts: &Texts) -> Vec<Piece> {
    let way = |label: Word, event: fn() -> Event| {
        button("hoi-again", move || dispatch(event())).child(text(texts.word(label)))
    };
    match notice {
        Notice::StartOver => {
            vec![way(Word::StartOver, || Event::StartedOver), way(Word::Cancel, || Event::Dismissed)]
        }
        Notice::Expired | Notice::Erased | Notice::Broken => vec![way(Word::Close, || Event::Dismissed)],
        Notice::Reconnecting | Notice::TooFast | Notice::TooMuch | Notice::Reload | Notice::Refused => {
            Vec::new()
        }
    }
}

/// `foot` with a button over the composer while something new is below what is seen, or more of what was said already. It has room of
/// its own: nothing that is read lies under it.
pub fn below(foot: Piece, ui: Ui, texts: &Texts) -> Piece {
    let on = button("hoi-new", scroll::read_on)
        .attr("id", scroll::ON)
        .attr("hidden", "")
        .child(icon("down"))
        .child(text(texts.word(Word::ReadOn)));
    let texts = texts.clone();
    let below = move || ui.chat.with(|chat| chat.below);
    let draw = move || {
        button("hoi-new", || dispatch(Event::ToEnd))
            .child(icon("down"))
            .child(text(texts.word(Word::NewMessages)))
    };
    foot.when(Box::new(below), Box::new(draw)).child(on)
}
