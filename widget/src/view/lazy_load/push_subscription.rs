//! Under what there may be news of: the offer to have this device told, and how that stands.

use crate::chat::{ChatEvent, LazyEvent};
use crate::host::dispatch;
use crate::view::{
    dom::{ViewNode, new_button, new_element, watch_value},
    texts::UiTexts,
    ui::Ui,
};
use leptos::prelude::*;

/// Whether it stands under the message `seq`.
#[inline(never)]
pub fn is_offered(ui: Ui, seq: u64) -> bool {
    ui.chat.with(|chat| chat.tells_at(seq))
}

/// A sentence and a button. Both stay, whatever they say by now: who has pressed must not lose the focus.
#[inline(never)]
pub fn render_offer(ui: Ui, texts: &UiTexts) -> ViewNode {
    let sentence = new_element("span", "");
    let press = new_button("hoi-again", || dispatch(ChatEvent::Lazy(LazyEvent::PressedTell)));
    let (said, label) = (sentence.clone(), press.clone());
    let texts_of = move || ui.chat.with(|chat| chat.push_texts().map(str::to_owned));
    watch_value(texts_of, move |[sentence, on]| {
        said.as_element().set_text_content(Some(sentence));
        label.as_element().set_text_content(Some(on));
    });
    new_element("p", "hoi-state").with_attribute("lang", texts.lang()).with_child(sentence).with_child(press)
}
