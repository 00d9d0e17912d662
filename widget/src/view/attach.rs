//! Files that go with what is being written.

use super::{
    Ui,
    icon::icon,
    piece::{Piece, button, el, follow, text, with_text},
    texts::Texts,
};
use crate::chat::{Attached, Chat, Event, Going, sentence};
use crate::host::{dispatch, upload};
use leptos::prelude::*;
use wire::{Fault, Id, Word};

/// The button beside the composer's field, where the site takes files.
pub fn attach(texts: &Texts) -> Option<Piece> {
    let rules = texts.look().files.as_ref()?;
    let accept: String = rules.allow.iter().map(|ending| [".", ending, ","].concat()).collect();
    let label = texts.word(Word::Attach);
    let field = el("input", "hoi-hidden")
        .attr("type", "file")
        .attr("id", upload::ID)
        .attr("multiple", "")
        .attr("tabindex", "-1")
        .attr("aria-label", label)
        .attr("accept", &accept)
        .on("change", |_: web_sys::Event| upload::chosen());
    let press = button("hoi-tool hoi-attach", upload::choose)
        .attr("aria-label", label)
        .attr("title", label)
        .child(icon("attach"));
    Some(el("div", "").child(field).child(press))
}

/// `foot` with the files, each with how far it has come and the way to take it out.
pub fn attached(foot: Piece, ui: Ui, texts: &Texts) -> Piece {
    let texts = texts.clone();
    let ids = move || ui.chat.with(|chat| chat.attached.iter().map(|each| each.id.0).collect());
    foot.child(el("ul", "hoi-attached").named(Box::new(ids), Box::new(move |id| row(ui, &texts, Id(id)))))
}

fn row(ui: Ui, texts: &Texts, id: Id) -> Piece {
    let of = move |each: &&Attached| each.id == id;
    let found = move || ui.chat.with(|chat| chat.attached.iter().find(of).cloned());
    let first = ui.chat.with_untracked(|chat| chat.attached.iter().find(of).cloned());
    let name = first.map(|each| each.file.name).unwrap_or_default();
    let stage = move || found().map(|each| each.stage);
    let bar = el("progress", "").attr("max", "100").attr("aria-label", texts.word(Word::Uploading));
    let shown = bar.clone();
    follow(stage, move |stage| {
        let (value, hidden) = match stage {
            Some(Going::Sent(part)) => (*part, false),
            Some(Going::There | Going::Failed(_)) | None => (100, true),
        };
        let _ = shown.clone().attr("value", &value.to_string());
        let _ = shown.as_element().toggle_attribute_with_force("hidden", hidden);
    });
    let remove = button("hoi-again", move || dispatch(Event::FileDropped(id)))
        .child(icon("close"))
        .child(with_text("span", "hoi-hidden", &[texts.word(Word::Detach), ": ", &name].concat()));
    let (words, failed) = (texts.clone(), move || matches!(stage(), Some(Going::Failed(_))));
    let fault = move || ui.chat.with_untracked(|chat| fault(chat, id));
    el("li", "hoi-file")
        .child(icon("file"))
        .child(el("span", "").child(with_text("strong", "", &name)).child(bar))
        .child(remove)
        .when(Box::new(failed), Box::new(move || why(&words, id, fault())))
}

fn fault(chat: &Chat, id: Id) -> Option<Fault> {
    chat.attached.iter().find(|each| each.id == id).and_then(|each| match each.stage {
        Going::Failed(fault) => fault,
        Going::Sent(_) | Going::There => None,
    })
}

fn why(texts: &Texts, id: Id, fault: Option<Fault>) -> Piece {
    let again = fault.is_none().then(|| {
        button("hoi-again", move || dispatch(Event::FileRetried(id)))
            .child(icon("again"))
            .child(text(texts.word(Word::TryAgain)))
    });
    let words = sentence(texts.look(), texts.words(), fault);
    with_text("p", "hoi-state hoi-state-bad", &words).children(again)
}
