//! The way to send files along.

use super::{
    dom::{ViewNode, new_button, new_element},
    icon, lazy_load,
    texts::UiTexts,
    ui::Ui,
};
use crate::chat::{ChatEvent, LazyEvent};
use crate::host::{dispatch, form::FILES_ID, root};
use leptos::prelude::*;
use wire::Word;

/// The button beside the composer's field, where the site takes files.
pub fn attach_button(texts: &UiTexts) -> Option<ViewNode> {
    let rules = texts.look().files.as_ref()?;
    let accept: String = rules.allow.iter().map(|ending| [".", ending, ","].concat()).collect();
    let label = texts.word_text(Word::Attach);
    let field = new_element("input", "hoi-hidden")
        .with_attribute("type", "file")
        .with_attribute("id", FILES_ID)
        .with_attribute("multiple", "")
        .with_attribute("tabindex", "-1")
        .with_attribute("aria-label", label)
        .with_attribute("accept", &accept)
        .with_listener("change", |_: web_sys::Event| dispatch(ChatEvent::Lazy(LazyEvent::Picked)));
    let press =
        icon::icon_only(new_button("hoi-tool hoi-attach", || root::click_element(FILES_ID)), "attach", label);
    Some(new_element("div", "").with_child(field).with_child(press))
}

/// `foot` with the files that were chosen.
pub fn add_uploads(foot: ViewNode, ui: Ui, texts: &UiTexts) -> ViewNode {
    let texts = texts.clone();
    // As a list: things in it change by themselves.
    let some = move || Vec::from_iter(ui.chat.with(|chat| !chat.uploads.files.is_empty()).then_some(0));
    foot.keyed_list(Box::new(some), Box::new(move |_| lazy_load::attach::render_uploads(ui, &texts)))
}
