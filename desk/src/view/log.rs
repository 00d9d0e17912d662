//! What was said, with notes and drafts in it.

use super::{
    draft::DraftCard,
    message::{MessageCard, NoteCard, OutboxCard},
    ui::{DeskUi, desk_memo, use_ui},
};
use crate::desk::{DeliveryState, TimelineItem, author_name, timeline_items};
use leptos::prelude::*;
use wire::{AuthorKind, State};

/// The list. It can be reached and scrolled with the keyboard.
#[component]
pub fn MessageLog() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let items = desk_memo(|desk| desk.talk().map(timeline_items).unwrap_or_default());
    view! {
        <div class="desk-log" id="desk-log" tabindex="0" role="log" aria-live="off" aria-label=words.log>
            <For each=move || items.get() key=render_key let(item)>
                {render_item(item)}
            </For>
            <LogStatus/>
        </div>
    }
}

/// What changes is drawn anew; the rest stays as it is.
fn render_key(item: &TimelineItem) -> String {
    match item {
        TimelineItem::Message(message) => {
            let growing = message.state == State::Growing;
            format!("{}.{}.{growing}", item.key(), message.rev)
        }
        TimelineItem::Out(out) => {
            format!("{}.{}", item.key(), matches!(out.delivery, DeliveryState::Failed(_)))
        }
        TimelineItem::Note(_) | TimelineItem::Draft(_) => item.key(),
    }
}

fn render_item(item: TimelineItem) -> AnyView {
    match item {
        TimelineItem::Message(message) => view! { <MessageCard message/> }.into_any(),
        TimelineItem::Note(note) => view! { <NoteCard note/> }.into_any(),
        TimelineItem::Draft(draft) => view! { <DraftCard draft/> }.into_any(),
        TimelineItem::Out(out) => view! { <OutboxCard out/> }.into_any(),
    }
}

/// What goes for the end: that it was read, that somebody writes.
#[component]
fn LogStatus() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let seen = desk_memo(|desk| {
        desk.talk().is_some_and(|talk| {
            let last = talk.timeline.entries.last();
            last.is_some_and(|own| own.author.kind == AuthorKind::Staff && talk.read >= own.seq)
        })
    });
    let typing = desk_memo(|desk| desk.talk().is_some_and(|talk| talk.typing.is_some()));
    let working = desk_memo(move |desk| {
        let author = desk.talk()?.working.as_ref()?;
        Some(words.answering.fill(author_name(words, author)))
    });
    view! {
        {move || seen.get().then(|| view! { <p class="desk-seen">{words.seen}</p> })}
        {move || typing.get().then(|| view! { <p class="desk-typing">{words.visitor_types}</p> })}
        {move || working.get().map(|text| view! { <p class="desk-typing">{text}</p> })}
    }
}
