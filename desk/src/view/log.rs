//! What was said, with notes and drafts in it.

use super::{
    Ui,
    draft::DraftCard,
    message::{Message, NoteCard, Unsent},
    see, ui,
};
use crate::desk::{DeliveryState, Item, timeline};
use leptos::prelude::*;
use wire::{AuthorKind, State};

/// The list. It can be reached and scrolled with the keyboard.
#[component]
pub fn Log() -> impl IntoView {
    let Ui { words, .. } = ui();
    let items = see(|desk| desk.talk().map(timeline).unwrap_or_default());
    view! {
        <div class="desk-log" id="desk-log" tabindex="0" role="log" aria-live="off" aria-label=words.log>
            <For each=move || items.get() key=key let(item)>
                {draw(item)}
            </For>
            <Below/>
        </div>
    }
}

/// What changes is drawn anew; the rest stays as it is.
fn key(item: &Item) -> String {
    match item {
        Item::Message(message) => {
            let growing = message.state == State::Growing;
            format!("{}.{}.{growing}", item.key(), message.rev)
        }
        Item::Out(out) => format!("{}.{}", item.key(), matches!(out.delivery, DeliveryState::Failed(_))),
        Item::Note(_) | Item::Draft(_) => item.key(),
    }
}

fn draw(item: Item) -> AnyView {
    match item {
        Item::Message(message) => view! { <Message message/> }.into_any(),
        Item::Note(note) => view! { <NoteCard note/> }.into_any(),
        Item::Draft(draft) => view! { <DraftCard draft/> }.into_any(),
        Item::Out(out) => view! { <Unsent out/> }.into_any(),
    }
}

/// What goes for the end: that it was read, that somebody writes.
#[component]
fn Below() -> impl IntoView {
    let Ui { words, .. } = ui();
    let seen = see(|desk| {
        desk.talk().is_some_and(|talk| {
            let last = talk.timeline.entries.last();
            last.is_some_and(|own| own.author.kind == AuthorKind::Staff && talk.read >= own.seq)
        })
    });
    let typing = see(|desk| desk.talk().is_some_and(|talk| talk.typing.is_some()));
    let working = see(move |desk| {
        let author = desk.talk()?.working.as_ref()?;
        Some(words.answering.fill(super::message::named(words, author)))
    });
    view! {
        {move || seen.get().then(|| view! { <p class="desk-seen">{words.seen}</p> })}
        {move || typing.get().then(|| view! { <p class="desk-typing">{words.visitor_types}</p> })}
        {move || working.get().map(|text| view! { <p class="desk-typing">{text}</p> })}
    }
}
