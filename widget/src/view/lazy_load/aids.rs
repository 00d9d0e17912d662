//! What the simple view adds: an answer to listen to, a way back to what was said, the composer when it is wanted.

use crate::chat::{Chat, Event, LazyEvent, Wish};
use crate::host::dispatch;
use crate::view::{
    Ui,
    icon::icon,
    piece::{Piece, button, group, text},
    texts::Texts,
};
use leptos::prelude::*;
use wire::Word;

/// What stands on the button for `wish` and its drawing, if there is reason for one.
fn label_of(chat: &Chat, wish: Wish) -> Option<(Word, &'static str)> {
    let display = &chat.display;
    match wish {
        Wish::Earlier => {
            let shown = (display.plain && !display.earlier) || chat.has_earlier();
            shown.then_some((Word::Earlier, "again"))
        }
        Wish::Read => {
            let label =
                if display.reading { (Word::StopReading, "stop") } else { (Word::ReadAloud, "sound") };
            chat.can_read().then_some(label)
        }
        Wish::Write => {
            let shown = display.plain && !display.writing && !chat.choices().is_empty();
            shown.then_some((Word::OtherQuestion, "send"))
        }
        Wish::Speak => {
            let label = if display.hearing { Word::Listening } else { Word::Speak };
            (display.plain && display.ears).then_some((label, "voice"))
        }
        Wish::Larger | Wish::Smaller | Wish::Plain | Wish::Save => None,
    }
}

/// Which label the button for `wish` has now, as a number for following it; 0 if there is no reason for one.
#[inline(never)]
pub fn label(chat: &Chat, wish: Wish) -> u64 {
    label_of(chat, wish).map_or(0, |(word, _)| word as u64 + 1)
}

/// That button.
#[inline(never)]
pub fn draw(ui: Ui, texts: &Texts, wish: Wish) -> Piece {
    let label = ui.chat.with_untracked(|chat| label_of(chat, wish));
    let Some((word, drawing)) = label else { return group([]) };
    let class = match wish {
        Wish::Earlier => "hoi-aid hoi-earlier",
        Wish::Read => "hoi-aid hoi-read",
        Wish::Write => "hoi-aid hoi-other",
        Wish::Speak => "hoi-aid hoi-speak",
        Wish::Larger | Wish::Smaller | Wish::Plain | Wish::Save => "hoi-aid",
    };
    let press = move || dispatch(Event::Lazy(LazyEvent::Wished(wish)));
    button(class, press).child(icon(drawing)).child(text(texts.word(word)))
}
