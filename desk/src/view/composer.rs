//! Where answers and notes are written.

use super::{
    attach::{AttachButton, AttachedFiles},
    icon::Icon,
    ui::{DeskUi, desk_memo, press_button, use_ui},
};
use crate::{
    desk::{DeskButton, DeskEvent, Dialog, excess_chars, permissions_in},
    host::{commit_composition, dispatch, field_value, put_text, random, set_text},
};
use leptos::{html::Textarea, prelude::*};
use web_sys::KeyboardEvent;

/// The composer, or why there is none.
#[component]
pub fn Composer() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let works = desk_memo(|desk| desk.may_work());
    move || {
        if works.get() {
            view! { <ComposerForm/> }.into_any()
        } else {
            view! { <p class="desk-foot desk-small">{words.read_only}</p> }.into_any()
        }
    }
}

/// Sends what is seen, also the part of a word that an input method still has.
fn submit_text() {
    commit_composition(|| dispatch(DeskEvent::Submitted(random::random_id())));
}

/// Enter sends; Shift and Enter begin a new line; while a word is being put together, Enter belongs to that.
fn on_keydown(event: KeyboardEvent) {
    let composing = event.is_composing() || event.key_code() == 229;
    if event.key() == "Enter" && !event.shift_key() && !composing {
        event.prevent_default();
        submit_text();
    }
}

#[component]
fn ComposerForm() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let written = desk_memo(|desk| desk.talk().map(|talk| talk.text.clone()).unwrap_or_default());
    let say = desk_memo(|desk| desk.talk().is_some_and(|talk| permissions_in(desk, talk).say));
    let note =
        desk_memo(|desk| desk.talk().is_some_and(|talk| talk.internal || !permissions_in(desk, talk).say));
    let over = Memo::new(move |_| written.with(|text| excess_chars(text, note.get())));
    let place = NodeRef::<Textarea>::new();
    // Not `prop:value`: that does not wait for the end of a word.
    Effect::new(move |_| {
        let text = written.get();
        if let Some(field) = place.get() {
            put_text(&field, text);
        }
    });
    let wrote = move |event: web_sys::Event| {
        dispatch(DeskEvent::Wrote(field_value(&event)));
        // A stroke that opens the answers is not written.
        set_text(&event, &written.get_untracked());
    };
    let hint = move || (!say.get()).then(|| view! { <p class="desk-small">{words.take_to_answer}</p> });
    let too_long = move || {
        (over.get() > 0).then(|| {
            view! {
                <span class="desk-bad" id="desk-too-long">{words.format_count(words.too_long, over.get())}</span>
            }
        })
    };
    view! {
        <form class="desk-foot" data-note=move || note.get().then_some("yes") on:submit=move |event| {
            event.prevent_default();
            submit_text();
        }>
            <SuggestionButtons/>
            {hint}
            <ModeSwitch say note/>
            <AttachedFiles/>
            <label class="hoi-hidden" for="desk-text">{move || if note.get() { words.composer_note } else { words.composer }}</label>
            <textarea id="desk-text" rows="3" autocomplete="off"
                placeholder=move || if note.get() { words.write_note } else { words.write_answer }
                aria-invalid=move || (over.get() > 0).then_some("true")
                node_ref=place on:keydown=on_keydown on:input=wrote></textarea>
            <div class="desk-foot-row">
                {move || say.get().then(|| view! {
                    <button type="button" class="desk-tool" on:click=move |_| press_button(DeskButton::Ask(Dialog::Canned))>
                        <Icon name="book"/><span>{words.canned}</span>
                    </button>
                })}
                <AttachButton/>
                <span class="desk-small desk-hint">{words.enter_sends}</span>
                {too_long}
                <button type="submit" class="desk-button desk-strong desk-send">
                    {move || if note.get() { words.save_note } else { words.send }}
                </button>
            </div>
        </form>
    }
}

/// For the visitor, or for colleagues.
#[component]
fn ModeSwitch(say: Memo<bool>, note: Memo<bool>) -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let pressed = |on: bool| if on { "true" } else { "false" };
    move || {
        say.get().then(|| view! {
        <div class="desk-modes" role="group">
            <button type="button" aria-pressed=move || pressed(!note.get()) on:click=move |_| dispatch(DeskEvent::Internal(false))>
                {words.reply_mode}
            </button>
            <button type="button" aria-pressed=move || pressed(note.get()) on:click=move |_| dispatch(DeskEvent::Internal(true))>
                <Icon name="note"/>{words.note}
            </button>
        </div>
    })
    }
}

/// What the assistant would answer: to be put into the text, not sent.
#[component]
fn SuggestionButtons() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let items = desk_memo(|desk| desk.talk().map(|talk| talk.suggestions.clone()).unwrap_or_default());
    move || {
        let items = items.get();
        (!items.is_empty()).then(|| {
            view! {
                <div class="desk-suggestions" role="group" aria-label=words.suggested>
                    <span class="desk-small">{words.suggested}</span>
                    {items.into_iter().map(|item| {
                        let inserted = item.text;
                        let sure = format!("{:.0} %", item.p * 100.0);
                        view! {
                            <button type="button" class="desk-chip" title=inserted.clone()
                                on:click=move |_| dispatch(DeskEvent::Inserted(inserted.clone()))>
                                {item.title}" "<span class="desk-small">{sure}</span>
                            </button>
                        }
                    }).collect_view()}
                </div>
            }
        })
    }
}
