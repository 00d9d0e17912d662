//! The way to send files along.

use super::{
    Ui, icon, lazy_load,
    piece::{Piece, button, el},
    texts::Texts,
};
use crate::chat::{Event, LazyEvent};
use crate::host::{FILES_ID, dispatch, root};
use leptos::prelude::*;
use wire::Word;

/// The button beside the composer's field, where the site takes files.
pub fn attach(texts: &Texts) -> Option<Piece> {
    let rules = texts.look().files.as_ref()?;
    let accept: String = rules.allow.iter().map(|ending| [".", ending, ","].concat()).collect();
    let label = texts.word(Word::Attach);
    let field = el("input", "hoi-hidden")
        .attr("type", "file")
        .attr("id", FILES_ID)
        .attr("multiple", "")
        .attr("tabindex", "-1")
        .attr("aria-label", label)
        .attr("accept", &accept)
        .on("change", |_: web_sys::Event| dispatch(Event::Lazy(LazyEvent::Picked)));
    let press = icon::only(button("hoi-tool hoi-attach", || root::click(FILES_ID)), "attach", label);
    Some(el("div", "").child(field).child(press))
}

/// `foot` with the files that were chosen.
pub fn attached(foot: Piece, ui: Ui, texts: &Texts) -> Piece {
    let texts = texts.clone();
    // As a list: things in it change by themselves.
    let some = move || Vec::from_iter(ui.chat.with(|chat| !chat.uploads.files.is_empty()).then_some(0));
    foot.named(Box::new(some), Box::new(move |_| lazy_load::attach::files(ui, &texts)))
}
