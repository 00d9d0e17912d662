//! Where the visitor writes: a real form, as in the document.

use super::{Ui, bar, icon::icon, texts::Texts};
use crate::chat::Event;
use crate::host::{clock, dispatch, field, random};
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use std::cell::Cell;
use wire::Word;

/// So long after a composition has ended, Enter still belongs to the input method, in milliseconds: Safari ends the
/// composition first and reports the key after it.
const AFTER_COMPOSITION_MS: f64 = 100.0;
/// What browsers report for a key that an input method has taken.
const TAKEN: u32 = 229;

/// Everything below the list.
pub fn foot(ui: Ui, texts: &Texts) -> impl IntoView + use<> {
    let note = texts.look().privacy.clone().map(|privacy| view! { <p class="hoi-note">{privacy.text}</p> });
    view! {
        <div class="hoi-foot">
            {bar::below(ui, texts)}
            {bar::bar(ui, texts)}
            {note}
            {form(ui, texts)}
            {fault(ui, texts)}
            {under(ui, texts)}
        </div>
    }
}

fn form(ui: Ui, texts: &Texts) -> impl IntoView + use<> {
    let draft = ui.chat.with_untracked(|chat| chat.draft.clone());
    let invalid = Memo::new(move |_| ui.chat.with(|chat| chat.excess > 0));
    let send = texts.word(Word::Send);
    let submit = |event: SubmitEvent| {
        event.prevent_default();
        submit();
    };
    view! {
        <form id="hoi-composer" class="hoi-composer" on:submit=submit>
            <label class="hoi-hidden" for="hoi-text">{texts.word(Word::YourQuestion)}</label>
            <textarea id="hoi-text" class="hoi-text" name="text" rows="1" placeholder=texts.word(Word::TypeHere)
                autocomplete="off" enterkeyhint="send" aria-describedby="hoi-fault"
                aria-invalid=move || invalid.get().then_some("true")
                prop:value=draft
                on:input=|_| dispatch(Event::Typed(field::typed()))
                on:compositionend=|event| ENDED.set(event.time_stamp())
                on:keydown=key></textarea>
            <button class="hoi-send" type="submit" aria-label=send.clone() title=send>{icon("send")}</button>
        </form>
    }
}

thread_local! {
    /// When the last composition ended, by the clock of the events.
    static ENDED: Cell<f64> = const { Cell::new(f64::MIN) };
}

/// Enter sends, Shift and Enter begin a new line, and an Enter that ends a composition (Telex, VNI, kana …) does
/// neither.
fn key(event: KeyboardEvent) {
    let composing = event.is_composing()
        || event.key_code() == TAKEN
        || event.time_stamp() - ENDED.get() < AFTER_COMPOSITION_MS;
    if event.key() == "Enter" && !event.shift_key() && !composing {
        event.prevent_default();
        submit();
    }
}

fn submit() {
    dispatch(Event::Submitted { id: random::id(), at: clock::now() });
}

/// What is wrong with what stands in the composer.
fn fault(ui: Ui, texts: &Texts) -> impl IntoView + use<> {
    let texts = texts.clone();
    let excess = Memo::new(move |_| ui.chat.with(|chat| chat.excess));
    let sentence = move || match excess.get() {
        0 => String::new(),
        excess => texts.words().with(Word::TooLong, &excess.to_string()),
    };
    view! { <p id="hoi-fault" class="hoi-fault">{sentence}</p> }
}

/// The way to begin anew, and whose software this is, where its name may be shown.
fn under(ui: Ui, texts: &Texts) -> impl IntoView + use<> {
    let (label, credit) = (texts.word(Word::StartOver), texts.look().credit);
    let begun = Memo::new(move |_| ui.chat.with(|chat| !chat.lines.is_empty()));
    move || {
        let over = begun.get().then(|| {
            let ask = |_| dispatch(Event::AskedToStartOver);
            view! { <button class="hoi-over" type="button" on:click=ask>{label.clone()}</button> }
        });
        let credit = credit.then(|| view! { <p class="hoi-credit">"Hoi"</p> });
        (over.is_some() || credit.is_some()).then(|| view! { <div class="hoi-below">{credit} {over}</div> })
    }
}
