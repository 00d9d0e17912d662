//! One message, one note, one thing that is not sent yet.

use super::{
    block::{render_blocks, render_file},
    ui::{DeskUi, use_ui},
};
use crate::{
    desk::{DeliveryState, DeskEvent, OutboxItem, author_name, refusal_text},
    host::{clock, dispatch},
    words::Words,
};
use leptos::prelude::*;
use wire::{Author, AuthorKind, State, desk::Note};

fn render_time(at: u64, words: &Words) -> impl IntoView + use<> {
    let lang = words.lang.tag();
    view! { <time datetime=clock::format_iso(at) title=clock::format_full(at, lang)>{clock::format_short(at, lang)}</time> }
}

/// What kind of being said it, as the style sheet knows it.
fn author_kind(author: &Author) -> &'static str {
    match author.kind {
        AuthorKind::Visitor => "visitor",
        AuthorKind::Assistant => "assistant",
        AuthorKind::Staff => "staff",
        AuthorKind::Agency | AuthorKind::Unknown => "agency",
    }
}

/// A message.
#[component]
pub fn MessageCard(message: wire::Message) -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let who = author_name(words, &message.author).to_owned();
    let automatic =
        matches!(message.author.kind, AuthorKind::Assistant | AuthorKind::Agency | AuthorKind::Unknown);
    let state = match message.state {
        State::Growing => Some(words.growing),
        State::Cut => Some(words.cut),
        State::Done | State::Unknown => None,
    };
    // Only what visitors and people at the desk say has an id of its own.
    let said_here = message.id.is_some();
    let buttons: Vec<String> = message.body.buttons.iter().map(|button| button.label.clone()).collect();
    let buttons = (!buttons.is_empty()).then(|| {
        view! {
            <ul class="desk-buttons" aria-label=words.buttons>
                {buttons.into_iter().map(|label| view! { <li>{label}</li> }).collect_view()}
            </ul>
        }
    });
    view! {
        <article class="desk-message" data-from=author_kind(&message.author)>
            <p class="desk-meta">
                <span class="desk-author">{who}</span>
                {automatic.then(|| view! { <span class="desk-kind">{words.automatic}</span> })}
                {render_time(message.at, words)}
            </p>
            <div class="desk-bubble" lang=message.lang.clone() dir="auto" translate="yes">{render_blocks(&message.body, said_here, words)}</div>
            {buttons}
            {state.map(|text| view! { <p class="desk-small">{text}</p> })}
        </article>
    }
}

/// A note for colleagues.
#[component]
pub fn NoteCard(note: Note) -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    view! {
        <article class="desk-message" data-from="note">
            <p class="desk-meta">
                <span class="desk-kind">{words.note}</span><span class="desk-author">{note.by.clone()}</span>{render_time(note.at, words)}
            </p>
            <p class="desk-bubble desk-plain" dir="auto" translate="yes">{note.text.clone()}</p>
        </article>
    }
}

/// What waits for the edge, or was refused.
#[component]
pub fn OutboxCard(out: OutboxItem) -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let id = out.id;
    let state = if let DeliveryState::Failed(why) = &out.delivery {
        view! {
            <p class="desk-small desk-bad">
                <span>{words.not_sent}" "{refusal_text(words, why)}</span>
                <button type="button" class="desk-button" on:click=move |_| dispatch(DeskEvent::Retried(id))>{words.retry}</button>
                <button type="button" class="desk-button" on:click=move |_| dispatch(DeskEvent::Discarded(id))>{words.discard}</button>
            </p>
        }
        .into_any()
    } else {
        view! { <p class="desk-small desk-late">{words.sending}</p> }.into_any()
    };
    view! {
        <article class="desk-message desk-unsent" data-from=if out.note { "note" } else { "staff" }>
            <p class="desk-meta">{out.note.then(|| view! { <span class="desk-kind">{words.note}</span> })}{render_time(out.at, words)}</p>
            <div class="desk-bubble desk-plain" dir="auto" translate="yes">
                {(!out.text.is_empty()).then(|| view! { <p>{out.text.clone()}</p> })}
                {out.files.iter().map(|each| render_file(each, false, words)).collect_view()}
            </div>
            {state}
        </article>
    }
}
