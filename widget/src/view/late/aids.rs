//! What the simple view adds: an answer to listen to, a way back to what was said, the composer when it is wanted.

use crate::chat::{Chat, Event, Rare, Wish};
use crate::host::dispatch;
use crate::view::{
    icon::icon,
    piece::{Piece, button, text},
};
use wire::Word;

/// The button for `wish`, if there is reason for one: what stands on it, and its drawing.
#[inline(never)]
pub fn label(chat: &Chat, wish: Wish) -> Option<(Word, &'static str)> {
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

/// That button.
#[inline(never)]
pub fn draw(wish: Wish, label: &str, drawing: &'static str) -> Piece {
    let class = match wish {
        Wish::Earlier => "hoi-aid hoi-earlier",
        Wish::Read => "hoi-aid hoi-read",
        Wish::Write => "hoi-aid hoi-other",
        Wish::Speak => "hoi-aid hoi-speak",
        Wish::Larger | Wish::Smaller | Wish::Plain | Wish::Save => "hoi-aid",
    };
    button(class, move || dispatch(Event::Rare(Rare::Wished(wish)))).child(icon(drawing)).child(text(label))
}
