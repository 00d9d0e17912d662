//! "Was this helpful?" under each answer, and what comes of it; where there will be news, the offer to be told.

use super::{
    dom::{ViewNode, element_with_text, new_button, new_element, new_text, watch_number},
    lazy_load,
    texts::UiTexts,
    ui::Ui,
};
use crate::chat::{ChatEvent, MessageRow, is_asked};
use crate::host::dispatch;
use leptos::prelude::*;
use wire::{Word, format_decimal};

/// Stands for the offer among the names of what is asked.
const NEWS: u128 = 0;

/// `article` with the question whether it helped, if it is an answer, or the offer to be told, if it promises one.
pub fn add_feedback(article: ViewNode, ui: Ui, texts: &UiTexts, line: ArcRwSignal<MessageRow>) -> ViewNode {
    let texts = texts.clone();
    let asked = move || {
        let asked = line.with(|line| {
            if line.message.later {
                return (ui.is_lazy_ready()
                    && lazy_load::push_subscription::is_offered(ui, line.message.seq))
                .then_some(NEWS);
            }
            let asked = ui.chat.with_untracked(|chat| is_asked(chat, &line.message, &line.delivery));
            asked.then_some(line.message.seq.into())
        });
        asked.into_iter().collect()
    };
    article.keyed_list(
        Box::new(asked),
        Box::new(move |name| match name {
            NEWS => lazy_load::push_subscription::render_offer(ui, &texts),
            seq => render_feedback(ui, &texts, seq as u64),
        }),
    )
}

fn render_feedback(ui: Ui, texts: &UiTexts, seq: u64) -> ViewNode {
    let why = move || ui.opinion.with(|opinion| opinion.why == Some(seq)) && ui.is_lazy_ready();
    let thanked = move || ui.opinion.with(|opinion| opinion.thanked == Some(seq));
    let (own, thanks) = (texts.clone(), texts.word_text(Word::Thanks).to_owned());
    new_element("div", "hoi-opinions")
        .with_attribute("lang", texts.lang())
        .with_child(render_thumbs(ui, texts, seq))
        .show_when(Box::new(why), Box::new(move || lazy_load::feedback::render_reason_form(&own, seq)))
        .show_when(Box::new(thanked), Box::new(move || element_with_text("p", "hoi-state", &thanks)))
}

fn render_thumbs(ui: Ui, texts: &UiTexts, seq: u64) -> ViewNode {
    let id = ["hoi-helpful-", &format_decimal(seq)].concat();
    let thumb = |word, good| {
        let press = move || dispatch(ChatEvent::Thumbed(seq, good));
        let thumb = new_button("hoi-thumb", press).with_child(new_text(texts.word_text(word)));
        let shown = thumb.clone();
        watch_number(
            Box::new(move || ui.opinion.with(|opinion| opinion.rated.rating_of(seq) == Some(good)).into()),
            Box::new(move |pressed| {
                let _ =
                    shown.clone().with_attribute("aria-pressed", if pressed != 0 { "true" } else { "false" });
            }),
        );
        thumb
    };
    new_element("div", "hoi-thumbs")
        .with_attribute("role", "group")
        .with_attribute("aria-labelledby", &id)
        .with_child(element_with_text("span", "", texts.word_text(Word::Helpful)).with_attribute("id", &id))
        .with_child(thumb(Word::Yes, true))
        .with_child(thumb(Word::No, false))
}
