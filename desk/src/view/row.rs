//! One conversation of the list.

use super::ui::{DeskUi, desk_memo, press_button, use_ui};
use crate::{
    desk::{Desk, DeskButton, format_duration, is_unread},
    words::Words,
};
use leptos::prelude::*;
use wire::{
    Id,
    desk::{Chat, Stage},
};

/// What a row says.
#[derive(Clone, PartialEq, Default)]
struct RowContent {
    who: String,
    lang: String,
    state: String,
    urgent: bool,
    place: Option<String>,
    department: Option<String>,
    tags: Vec<String>,
    danger: Option<String>,
    drafts: Option<String>,
    unread: bool,
    open: bool,
}

fn row_content(desk: &Desk, words: &Words, chat: &Chat) -> RowContent {
    let (state, urgent) = status_text(desk, words, chat);
    RowContent {
        who: desk.visitor_name(chat.id),
        lang: chat.lang.clone(),
        state,
        urgent,
        place: desk.queue_position(chat).map(|place| words.place.fill(place)),
        department: chat.department.as_deref().map(|id| desk.department_name(id).to_owned()),
        tags: chat.tags.clone(),
        danger: chat.danger.map(|kind| format!("{}: {}", words.danger, words.danger_kind(kind))),
        drafts: (chat.drafts > 0).then(|| words.format_count(words.to_approve, chat.drafts as usize)),
        unread: is_unread(desk, chat),
        open: desk.open == Some(chat.id),
    }
}

/// How long it has been what it is, and whether somebody should hurry.
fn status_text(desk: &Desk, words: &Words, chat: &Chat) -> (String, bool) {
    let ago = |at: u64| format_duration(words, desk.now.saturating_sub(at));
    match chat.stage {
        Stage::Waiting => {
            let wanted =
                chat.wanted.as_deref().map(|name| words.wanted.fill(desk.display_name(name)) + " · ");
            (wanted.unwrap_or_default() + &words.waits_for.fill(ago(chat.since)), true)
        }
        Stage::With if chat.awaits => (words.unanswered_for.fill(ago(chat.last_at)), true),
        Stage::With => {
            let by = chat.with.as_deref().filter(|name| !desk.is_me(name));
            let by = by.map(|name| words.with.fill(desk.display_name(name)) + " · ").unwrap_or_default();
            (by + &words.last.fill(ago(chat.last_at)), false)
        }
        Stage::Back => (format!("{} · {}", words.stage_back, words.last.fill(ago(chat.last_at))), false),
        Stage::Closed | Stage::Unknown => {
            (format!("{} · {}", words.stage_closed, words.last.fill(ago(chat.last_at))), false)
        }
    }
}

/// The row.
#[component]
pub fn ConversationRow(id: Id) -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let said =
        desk_memo(move |desk| desk.chat(id).map(|chat| row_content(desk, words, chat)).unwrap_or_default());
    let part = |read: fn(&RowContent) -> Option<String>, class: &'static str| {
        move || said.with(read).map(|text| view! { <span class=class>{text}</span> })
    };
    let tags = move || {
        let tags = said.with(|said| said.tags.clone());
        tags.into_iter().map(|tag| view! { <span class="desk-tag">{tag}</span> }).collect_view()
    };
    let mark = move || {
        said.with(|said| said.unread).then(|| {
            view! {
                <span class="desk-unread"><span class="hoi-hidden">{words.unread}</span></span>
            }
        })
    };
    view! {
        <li>
            <button type="button" class="desk-row" id=format!("desk-row-{id}")
                aria-current=move || said.with(|said| said.open).then_some("true")
                on:click=move |_| press_button(DeskButton::Open(id))>
                <span class="desk-row-head">
                    {mark}
                    <span class="desk-row-who">{move || said.with(|said| said.who.clone())}</span>
                    {part(|said| said.place.clone(), "desk-place")}
                    <span class="desk-lang">{move || said.with(|said| said.lang.clone())}</span>
                </span>
                {part(|said| said.danger.clone(), "desk-danger")}
                <span class="desk-row-state" data-urgent=move || said.with(|said| said.urgent).then_some("yes")>
                    {move || said.with(|said| said.state.clone())}
                </span>
                <span class="desk-row-more">
                    {part(|said| said.department.clone(), "desk-small")}
                    {part(|said| said.drafts.clone(), "desk-tag desk-tag-strong")}
                    {tags}
                </span>
            </button>
        </li>
    }
}
