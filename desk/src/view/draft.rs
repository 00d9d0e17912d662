//! An answer of software's that waits to be let through.

use super::{
    block::render_blocks,
    trouble::Trouble,
    ui::{DeskUi, desk_memo, use_ui},
};
use crate::{
    desk::{ConversationAction, DeskEvent, permissions_in},
    host::{dispatch, field_value},
};
use leptos::prelude::*;
use wire::desk::{Draft, Tried};

/// The draft, and what can become of it: as it is, changed, or not at all.
#[component]
pub fn DraftCard(draft: Draft) -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let works = desk_memo(|desk| desk.talk().is_some_and(|talk| permissions_in(desk, talk).work));
    let edited = RwSignal::new(None::<String>);
    let number = draft.draft;
    let text = draft.text.clone();
    let approve = move |_| {
        dispatch(DeskEvent::Action(ConversationAction::Approve(number, edited.get_untracked())));
    };
    let reject = move |_| dispatch(DeskEvent::Action(ConversationAction::Reject(number)));
    let body = draft.body.clone();
    let shown = move || match edited.get().is_some() {
        true => view! {
            <label class="desk-field">{words.edited}
                <textarea rows="6" prop:value=move || edited.get().unwrap_or_default()
                    on:input=move |event| edited.set(Some(field_value(&event)))></textarea>
            </label>
        }
        .into_any(),
        false => view! { <div class="desk-bubble" dir="auto">{render_blocks(&body, false, words)}</div> }
            .into_any(),
    };
    let edit = move |_| edited.set(Some(text.clone()));
    let edit = move || {
        let edit = edit.clone();
        let editing = edited.get().is_some();
        if editing {
            return view! { <button type="button" class="desk-button" on:click=move |_| edited.set(None)>{words.cancel}</button> }.into_any();
        }
        view! { <button type="button" class="desk-button" on:click=edit>{words.edit}</button> }.into_any()
    };
    let buttons =
        move || {
            works.get().then(|| view! {
        <div class="desk-draft-buttons">
            <button type="button" class="desk-button desk-strong" on:click=approve>
                {move || if edited.get().is_some() { words.approve_edited } else { words.approve }}
            </button>
            {edit.clone()}
            <button type="button" class="desk-button" on:click=reject>{words.reject}</button>
        </div>
    })
        };
    view! {
        <article class="desk-message" data-from="draft">
            <p class="desk-meta"><span class="desk-kind">{words.draft}</span><span>{words.draft_hint}</span></p>
            {shown}
            {buttons}
            <Trouble of={move |tried: &Tried| *tried == Tried::Draft(number)}/>
        </article>
    }
}
