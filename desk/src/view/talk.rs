//! The conversation that is shown.

use super::{
    actions::ActionButtons,
    composer::Composer,
    icon::Icon,
    log::MessageLog,
    ui::{DeskUi, desk_memo, press_button, use_ui},
};
use crate::desk::{Desk, DeskButton, Talk};
use crate::words::Words;
use leptos::prelude::*;
use wire::desk::Stage;

/// The middle: head, what was said, what is being written.
#[component]
pub fn Conversation() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let open = desk_memo(|desk| desk.open);
    move || match open.get() {
        None => view! {
            <section class="desk-talk desk-talk-none">
                <h2 id="desk-heading" tabindex="-1">{words.choose}</h2>
                <p class="desk-small">{words.choose_how}</p>
            </section>
        }
        .into_any(),
        Some(_) => view! {
            <section class="desk-talk" aria-labelledby="desk-heading">
                <ConversationHead/>
                <MessageLog/>
                <Composer/>
            </section>
        }
        .into_any(),
    }
}

/// How it stands, in a line.
fn status_text(desk: &Desk, talk: &Talk, words: &Words) -> String {
    let Some(stands) = &talk.stands else {
        return if talk.connection.is_online() { String::new() } else { words.connecting.to_owned() };
    };
    let state = match stands.stage {
        Stage::Waiting => words.stage_waiting.to_owned(),
        Stage::With => {
            let shown = stands.with.as_ref().map_or("", |(_, shown)| shown);
            words.with.fill(shown)
        }
        Stage::Back => words.stage_back.to_owned(),
        Stage::Closed | Stage::Unknown => words.stage_closed.to_owned(),
    };
    match &stands.department {
        Some(id) => format!("{state} · {}", desk.department_name(id)),
        None => state,
    }
}

#[component]
fn ConversationHead() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let who = desk_memo(|desk| desk.open.map(|id| desk.visitor_name(id)).unwrap_or_default());
    let state =
        desk_memo(move |desk| desk.talk().map(|talk| status_text(desk, talk, words)).unwrap_or_default());
    view! {
        <div class="desk-head">
            <button type="button" class="desk-tool desk-back" aria-label=words.back on:click=move |_| press_button(DeskButton::Back)>
                <Icon name="back"/>
            </button>
            <div class="desk-head-who">
                <h2 id="desk-heading" tabindex="-1">{who}</h2>
                <p class="desk-small">{state}</p>
            </div>
            <ActionButtons/>
            <button type="button" class="desk-tool desk-to-about" on:click=move |_| press_button(DeskButton::About)>
                <Icon name="info"/><span class="desk-label">{words.about}</span>
            </button>
        </div>
    }
}
