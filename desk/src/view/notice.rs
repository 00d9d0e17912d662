//! What goes for the whole desk: that the line is down, that something was not done, that one is signed out.

use super::{
    icon::Icon,
    ui::{DeskUi, desk_memo, press_button, use_ui},
};
use crate::desk::DeskButton;
use leptos::prelude::*;

/// The strips under the bar.
#[component]
pub fn NoticeStrips() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let signed_out = desk_memo(|desk| desk.signed_out);
    // A line that breaks and is there again within a try is nobody's concern.
    let down = desk_memo(|desk| desk.board.attempts > 1 && !desk.board.is_online());
    let notice = desk_memo(|desk| desk.notice.clone());
    let site = use_ui().desk.with_untracked(|desk| desk.site.clone());
    let again = format!("/desk/sign-in?next=/desk/s/{site}");
    move || {
        if signed_out.get() {
            let again = again.clone();
            return view! {
                <p class="desk-strip desk-strip-bad"><span>{words.signed_out}</span><a class="desk-button" href=again>{words.sign_in}</a></p>
            }
            .into_any();
        }
        let down = down.get().then(|| view! { <p class="desk-strip">{words.offline}</p> });
        let notice = notice.get().map(|text| view! {
            <p class="desk-strip desk-strip-bad">
                <span>{text}</span>
                <button type="button" class="desk-tool" aria-label=words.dismiss on:click=move |_| press_button(DeskButton::Dismiss)>
                    <Icon name="close"/>
                </button>
            </p>
        });
        view! { {down}{notice} }.into_any()
    }
}
