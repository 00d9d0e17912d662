//! What can be done with the conversation.

use super::{
    trouble::Trouble,
    ui::{DeskUi, desk_memo, press_button, use_ui},
};
use crate::desk::{DeskButton, Dialog, permissions_in};
use leptos::prelude::*;
use wire::desk::{Stage, Tried};

/// The buttons of what may be done.
#[component]
pub fn ActionButtons() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let allowed = desk_memo(|desk| desk.talk().map(|talk| permissions_in(desk, talk)).unwrap_or_default());
    let holder = desk_memo(|desk| {
        let stands = desk.talk()?.stands.as_ref()?;
        let with = stands.with.as_ref().filter(|_| stands.stage == Stage::With);
        with.map(|(_, shown)| shown.clone())
    });
    let take = move || {
        let label = holder.get().map_or_else(|| words.take.to_owned(), |who| words.take_over.fill(who));
        allowed.get().take.then(|| view! {
            <button type="button" class="desk-button desk-strong" on:click=move |_| press_button(DeskButton::Take)>{label}</button>
        })
    };
    let plain = |shown: bool, label: &'static str, button: DeskButton| {
        shown.then(|| view! {
            <button type="button" class="desk-button" on:click=move |_| press_button(button.clone())>{label}</button>
        })
    };
    view! {
        <div class="desk-actions">
            {take}
            {move || plain(allowed.get().transfer, words.transfer, DeskButton::Ask(Dialog::Transfer))}
            {move || plain(allowed.get().hand_back, words.hand_back, DeskButton::HandBack)}
            {move || plain(allowed.get().end, words.end, DeskButton::Ask(Dialog::End))}
            <Trouble of={|tried: &Tried| matches!(tried, Tried::Take | Tried::Transfer | Tried::HandBack | Tried::End)}/>
        </div>
    }
}
