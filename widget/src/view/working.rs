//! Somebody or something is at work on an answer.

use super::{Ui, texts::Texts};
use leptos::prelude::*;
use wire::Word;

/// Who, and moving dots.
pub fn working(ui: Ui, texts: &Texts) -> impl IntoView + use<> {
    let answering = texts.word(Word::Answering);
    let who = Memo::new(move |_| {
        ui.chat.with(|chat| chat.working.as_ref().map(|author| chat.name(author).to_owned()))
    });
    move || {
        who.get().map(|who| {
            view! {
                <div class="hoi-working">
                    <span class="hoi-dots" aria-hidden="true"><i></i><i></i><i></i></span>
                    <span>{format!("{who} · {answering}")}</span>
                </div>
            }
        })
    }
}
