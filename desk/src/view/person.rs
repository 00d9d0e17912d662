//! Erasing the visitor's data, or saving a copy: for leads, with a reason.

use super::ui::{DeskUi, desk_memo, press_button, use_ui};
use crate::{
    desk::{DeskButton, DeskEvent, Dialog, PersonalDataRequest},
    host::{REASON_FIELD_ID, dispatch, field_value},
};
use leptos::prelude::*;

/// Longest reason, in characters, as the edge keeps it.
const MAX_REASON_CHARS: usize = 200;

/// The two buttons.
#[component]
pub fn PersonalDataButtons() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let may = desk_memo(|desk| desk.may_erase());
    move || {
        may.get().then(|| view! {
            <div class="desk-person">
                <button type="button" class="desk-button" on:click=move |_| press_button(DeskButton::Ask(Dialog::Copy))>
                    {words.person_copy}
                </button>
                <button type="button" class="desk-button" on:click=move |_| press_button(DeskButton::Ask(Dialog::Erase))>
                    {words.person_erase}
                </button>
            </div>
        })
    }
}

/// Why, and what exactly.
#[component]
pub fn PersonalDataForm(erases: bool) -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    // Only whom the host's server has signed has other conversations that are known to be his.
    let signed = desk_memo(|desk| {
        let stands = desk.talk().and_then(|talk| talk.stands.as_ref());
        stands.is_some_and(|stands| stands.about.iter().any(|(name, _)| name.is_empty()))
    });
    let reason = RwSignal::new(String::new());
    let (everything, cases, sure) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(!erases));
    let sent = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        dispatch(DeskEvent::PersonalDataRequested(PersonalDataRequest {
            erases,
            reason: reason.get_untracked(),
            everything: everything.get_untracked(),
            cases: cases.get_untracked(),
        }));
    };
    let check = |label: &'static str, signal: RwSignal<bool>| {
        view! {
            <label class="desk-check">
                <input type="checkbox" prop:checked=signal on:change=move |_| signal.update(|on| *on = !*on)/>
                {label}
            </label>
        }
    };
    let idle = move || reason.with(|reason| reason.trim().is_empty()) || !sure.get();
    let label = if erases { words.person_erase } else { words.person_copy };
    view! {
        <form class="desk-person-order" on:submit=sent>
            {erases.then(|| view! { <p>{words.person_means}</p> })}
            <label for=REASON_FIELD_ID>{words.person_reason}</label>
            <input type="text" id=REASON_FIELD_ID required=true maxlength=MAX_REASON_CHARS.to_string() autocomplete="off"
                prop:value=reason on:input=move |event| reason.set(field_value(&event))/>
            {move || signed.get().then(|| check(words.person_everything, everything))}
            {erases.then(|| check(words.person_cases, cases))}
            {erases.then(|| check(words.person_sure, sure))}
            <button type="submit" class="desk-button desk-strong" prop:disabled=idle>{label}</button>
        </form>
    }
}
