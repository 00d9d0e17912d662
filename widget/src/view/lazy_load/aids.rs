//! What the simple view adds: an answer to listen to, a way back to what was said, the composer when it is wanted.

use crate::chat::{Chat, ChatEvent, DisplayAction, LazyEvent};
use crate::host::dispatch;
use crate::view::{
    dom::{ViewNode, new_button, new_fragment, new_text},
    icon::icon,
    texts::UiTexts,
    ui::Ui,
};
use leptos::prelude::*;
use wire::Word;

/// What stands on the button for `wish` and its drawing, if there is reason for one.
fn label_of(chat: &Chat, wish: DisplayAction) -> Option<(Word, &'static str)> {
    let display = &chat.display;
    match wish {
        DisplayAction::Earlier => {
            let shown = (display.plain && !display.earlier) || chat.has_earlier();
            shown.then_some((Word::Earlier, "again"))
        }
        DisplayAction::Read => {
            let label =
                if display.reading { (Word::StopReading, "stop") } else { (Word::ReadAloud, "sound") };
            chat.can_read().then_some(label)
        }
        DisplayAction::Write => {
            let shown = display.plain && !display.writing && !chat.choices().is_empty();
            shown.then_some((Word::OtherQuestion, "send"))
        }
        DisplayAction::Speak => {
            let label = if display.hearing { Word::Listening } else { Word::Speak };
            (display.plain && display.ears).then_some((label, "voice"))
        }
        DisplayAction::Larger | DisplayAction::Smaller | DisplayAction::Plain | DisplayAction::Save => None,
    }
}

/// Which label the button for `wish` has now, as a number for following it; 0 if there is no reason for one.
#[inline(never)]
pub fn label_key(chat: &Chat, wish: DisplayAction) -> u64 {
    label_of(chat, wish).map_or(0, |(word, _)| word as u64 + 1)
}

/// That button.
#[inline(never)]
pub fn render_button(ui: Ui, texts: &UiTexts, wish: DisplayAction) -> ViewNode {
    let label = ui.chat.with_untracked(|chat| label_of(chat, wish));
    let Some((word, drawing)) = label else { return new_fragment([]) };
    let class = match wish {
        DisplayAction::Earlier => "hoi-aid hoi-earlier",
        DisplayAction::Read => "hoi-aid hoi-read",
        DisplayAction::Write => "hoi-aid hoi-other",
        DisplayAction::Speak => "hoi-aid hoi-speak",
        DisplayAction::Larger | DisplayAction::Smaller | DisplayAction::Plain | DisplayAction::Save => {
            "hoi-aid"
        }
    };
    let press = move || dispatch(ChatEvent::Lazy(LazyEvent::Wished(wish)));
    new_button(class, press).with_child(icon(drawing)).with_child(new_text(texts.word_text(word)))
}
