//! The way to send files along.

use super::{
    dom::{ViewNode, button, el},
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
    let field = el("input", "hoi-hidden")
        .attr("type", "file")
        .attr("id", FILES_ID)
        .attr("multiple", "")
        .attr("tabindex", "-1")
        .attr("aria-label", label)
        .attr("accept", &accept)
        .on("change", |_: web_sys::Event| dispatch(ChatEvent::Lazy(LazyEvent::Picked)));
    let press =
        icon::icon_only(button("hoi-tool hoi-attach", || root::click_element(FILES_ID)), "attach", label);
    Some(el("div", "").child(field).child(press))
}

/// `foot` with the files that were chosen.
pub fn add_uploads(foot: ViewNode, ui: Ui, texts: &UiTexts) -> ViewNode {
    let texts = texts.clone();
    // As a list: things in it change by themselves.
    let some = move || Vec::from_iter(ui.chat.with(|chat| !chat.uploads.files.is_empty()).then_some(0));
    foot.keyed_list(Box::new(some), Box::new(move |_| lazy_load::attach::render_uploads(ui, &texts)))
}
