//! The list of what was said.

use super::{Ui, block, choices, message, texts::Texts, working};
use crate::host::scroll;
use leptos::prelude::*;
use wire::{Block, Word};

/// The greeting, everything after it, what can be pressed, and who is at work.
pub fn log(ui: Ui, texts: &Texts) -> impl IntoView + use<> {
    let for_rows = texts.clone();
    view! {
        // Polite regions apart from it speak for it: assistive technology must not read growing text by itself.
        <div id="hoi-log" class="hoi-log" role="log" aria-live="off" tabindex="0"
            aria-label=texts.word(Word::Conversation) on:scroll=|_| scroll::scrolled()>
            <p class="hoi-lead">{texts.word(Word::SoftwareNote)}</p>
            {greeting(texts)}
            <For each=move || ui.rows.get() key=|row| row.key children=move |row| message::message(ui, &for_rows, row)/>
            {choices::choices(ui, texts)}
            {working::working(ui, texts)}
        </div>
    }
}

fn greeting(texts: &Texts) -> impl IntoView + use<> {
    let look = texts.look();
    let words = Block::Text { runs: look.greeting.clone() };
    view! {
        <article class="hoi-message hoi-from-assistant" lang=look.lang.clone()>
            <div class="hoi-meta"><span class="hoi-author">{look.assistant.clone()}</span></div>
            <div class="hoi-bubble">{block::block(&words, texts)}</div>
        </article>
    }
}
