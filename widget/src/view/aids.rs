//! What the simple view adds: an answer to listen to, a way back to what was said, the composer when it is wanted.

use super::{
    Ui,
    icon::icon,
    piece::{Piece, button, text},
    texts::Texts,
};
use crate::chat::{Chat, Event, Wish};
use crate::host::dispatch;
use leptos::prelude::*;
use wire::Word;

/// `log` with the button that brings what was said before.
pub fn earlier(log: Piece, ui: Ui, texts: &Texts) -> Piece {
    let shown = |chat: &Chat| (chat.display.plain && !chat.display.earlier) || chat.has_earlier();
    with_button(log, ui, texts, "hoi-earlier", Wish::Earlier, move |chat| {
        shown(chat).then_some((Word::Earlier, "again"))
    })
}

/// `log` with the button that reads the last answer out.
pub fn read(log: Piece, ui: Ui, texts: &Texts) -> Piece {
    with_button(log, ui, texts, "hoi-read", Wish::Read, |chat| {
        let reading = chat.display.reading;
        let label = if reading { (Word::StopReading, "stop") } else { (Word::ReadAloud, "sound") };
        chat.can_read().then_some(label)
    })
}

/// `log` with the buttons for a question of one's own.
pub fn ask(log: Piece, ui: Ui, texts: &Texts) -> Piece {
    let log = with_button(log, ui, texts, "hoi-other", Wish::Write, |chat| {
        let Chat { display, .. } = chat;
        (display.plain && !display.writing && !chat.choices().is_empty())
            .then_some((Word::OtherQuestion, "send"))
    });
    with_button(log, ui, texts, "hoi-speak", Wish::Speak, |chat| {
        let label = if chat.display.hearing { Word::Listening } else { Word::Speak };
        (chat.display.plain && chat.display.ears).then_some((label, "voice"))
    })
}

fn with_button(
    place: Piece,
    ui: Ui,
    texts: &Texts,
    class: &'static str,
    wish: Wish,
    label: impl Fn(&Chat) -> Option<(Word, &'static str)> + 'static,
) -> Piece {
    let texts = texts.clone();
    place.live(
        move || ui.chat.with(&label),
        move |label| {
            label.map(|(word, drawing)| {
                button(&["hoi-aid ", class].concat(), move || dispatch(Event::Wished(wish)))
                    .child(icon(drawing))
                    .child(text(texts.word(word)))
            })
        },
    )
}
