//! What is asked, above everything. The browser keeps the focus in it and gives it back afterwards.

use super::{
    canned::CannedAnswers,
    help::KeyHelp,
    icon::Icon,
    person::PersonalDataForm,
    transfer::{EndChoices, TransferChoices},
    ui::{DeskUi, desk_memo, press_button, use_ui},
};
use crate::{
    desk::{DeskButton, Dialog},
    host::show_modal,
};
use leptos::{html, prelude::*};

/// The dialog, if there is one.
#[component]
pub fn DeskDialog() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let dialog = desk_memo(|desk| desk.dialog);
    let place = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let on = dialog.get().is_some();
        if let Some(element) = place.get() {
            show_modal(&element, on);
        }
    });
    let title = move || match dialog.get() {
        Some(Dialog::Transfer) => words.transfer_title,
        Some(Dialog::End) => words.end_title,
        Some(Dialog::Erase) => words.person_erase_title,
        Some(Dialog::Copy) => words.person_copy_title,
        Some(Dialog::Canned) => words.canned,
        Some(Dialog::Help) => words.keys,
        None => "",
    };
    let content = move || {
        dialog.get().map(|dialog| match dialog {
            Dialog::Transfer => view! { <TransferChoices/> }.into_any(),
            Dialog::End => view! { <EndChoices/> }.into_any(),
            Dialog::Erase => view! { <PersonalDataForm erases=true/> }.into_any(),
            Dialog::Copy => view! { <PersonalDataForm erases=false/> }.into_any(),
            Dialog::Canned => view! { <CannedAnswers/> }.into_any(),
            Dialog::Help => view! { <KeyHelp/> }.into_any(),
        })
    };
    let closed = move |_| {
        if dialog.get_untracked().is_some() {
            press_button(DeskButton::Cancel);
        }
    };
    view! {
        <dialog class="desk-dialog" node_ref=place aria-labelledby="desk-dialog-title" on:close=closed>
            <div class="desk-dialog-head">
                <h2 id="desk-dialog-title">{title}</h2>
                <button type="button" class="desk-tool" aria-label=words.close on:click=move |_| press_button(DeskButton::Cancel)>
                    <Icon name="close"/>
                </button>
            </div>
            {content}
        </dialog>
    }
}
